# Writes a log of so many calls, about so many a minute, of many sizes: awk -v calls=50000000 -v each=1157 -f drawn.awk
# Days have hours with more traffic, and no two minutes are alike.
function normal() { return sqrt(-2 * log(1 - rand())) * cos(6.283185307 * rand()) }
function size(mean, most, drawn) {
    drawn = int(exp(mean + normal()))
    return drawn > most ? most : drawn
}
BEGIN {
    srand(1)
    print "timestamp,input_tokens,output_tokens"
    for (minute = 0; calls > 0; minute++) {
        traffic = each * (1 + 0.6 * sin(minute * 6.283185307 / 1440)) * exp(normal() / 4)
        traffic = int(traffic + 0.5)
        for (call = 0; call < traffic && calls > 0; call++) {
            at = 1780243200 + minute * 60 + int(60 * call / traffic)
            printf "%d,%d,%d\n", at, size(7.3, 200000), size(5, 16000)
            calls--
        }
    }
}
