# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_tollgate_global_optspecs
    string join \n format= details output= json catalog= as-of= discount= fx= max-cost= max-age= color= h/help V/version
end

function __fish_tollgate_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_tollgate_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_tollgate_using_subcommand
    set -l cmd (__fish_tollgate_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c tollgate -n "__fish_tollgate_needs_command" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_needs_command" -l output -d 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_needs_command" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_needs_command" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_needs_command" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_needs_command" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_needs_command" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_needs_command" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_needs_command" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_needs_command" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_needs_command" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_needs_command" -s V -l version -d 'Print version'
complete -c tollgate -n "__fish_tollgate_needs_command" -f -a "quote" -d 'Price one deployment, line by line'
complete -c tollgate -n "__fish_tollgate_needs_command" -f -a "merge" -d 'Add up what `quote ptu --partial` printed, and print the quote'
complete -c tollgate -n "__fish_tollgate_needs_command" -f -a "compare" -d 'Price a workload under every billing method, the cheapest first'
complete -c tollgate -n "__fish_tollgate_needs_command" -f -a "models" -d 'List the models, or show one model\'s price card'
complete -c tollgate -n "__fish_tollgate_needs_command" -f -a "check" -d 'Price a plan file, and hold it against its budgets and a baseline'
complete -c tollgate -n "__fish_tollgate_needs_command" -f -a "resources" -d 'Show what prepaid and free resources have left, and when each ends'
complete -c tollgate -n "__fish_tollgate_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c tollgate -n "__fish_tollgate_needs_command" -f -a "schema" -d 'Print the JSON Schema of a file, with which editors complete it'
complete -c tollgate -n "__fish_tollgate_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -l output -d 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -f -a "ptu" -d 'Provisioned throughput: tokens per minute, reserved by the hour or by the day'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -f -a "mu" -d 'Model units: replicas of a specification, by the minute or by the month'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -f -a "tokens" -d 'Tokens of fine-tuned models or of ordinary calls'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and not __fish_seen_subcommand_from ptu mu tokens help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l input-tpm -d 'Reserved input tokens per minute, such as `100k`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l output-tpm -d 'Reserved output tokens per minute' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l hours -d 'Pay-as-you-go for so many hours (`1.5`) or a duration (`1h30m`, `7d`)' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l days -d 'A subscription of so many days' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l months -d 'A subscription of so many months, where it is priced so' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l renew -d 'Renew the subscription so many times after its first term' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l mode -d 'What output is priced for: `standard` or `code-interpreter`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l runs -d 'Deploy and delete it so many times; each run is rounded up by itself' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l start -d 'When it is ordered, in China Standard Time: `2026-06-01T21:59`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l overdue-since -d 'Say what becomes of it while the balance of the account is overdue from this day or moment on' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l rpm -d 'Requests per minute, such as `30` or `0.5`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l input-per-request -d 'Input tokens of a request' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l output-per-request -d 'Output tokens of a request' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l trace -d 'Logged calls, or sums by the minute (`minute,requests,input_tokens,output_tokens`): CSV with a header or JSON Lines, also compressed with gzip or zstd; `-` is the standard input; may be repeated' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l columns -d 'The columns where they have no usual names: `time=…,input=…,output=…`, and `requests=…` of sums by the minute' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l where -d 'Only rows with this text in a column; may be repeated: for one column, any of the texts will do (or), and several columns must all agree (and)' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l time-unit -d 'The unit of times that are numbers; they may then also be counted from 0' -r -f -a "seconds\t''
milliseconds\t''
microseconds\t''
nanoseconds\t''"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l scale-to -d 'State the cost for so many days with the pattern of the trace' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l pattern -d 'What `--scale-to` repeats, in days of UTC+8 [default: week where they are whole weeks, else day]' -r -f -a "day\t'The days of the trace'
week\t'Whole weeks: weekdays that were not recorded have no calls'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l chart-file -d 'Draw the minutes of the trace as an SVG file' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l hours-per-day -d 'How long the load lasts each day of a subscription [default: 24]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l on-overflow -d 'What is done with calls that do not fit [default: bill]' -r -f -a "bill\t'They are billed as ordinary calls'
reject\t'They are refused, and cost nothing'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l fit -d 'Size the reservation for the load or the trace instead of giving its TPM' -r -f -a "peak\t'Every call fits'
p99\t'99 of 100 minutes of a trace fit on each side'
p95\t'95 of 100 minutes of a trace fit on each side'
cheapest\t'Reservation and overflow together cost least'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l free-quota -d 'Tokens of the model\'s free quota, such as `1M`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l free-used -d 'What is used of it; repeated for each user of the account' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l free-activated -d 'The day on which it was activated, from which its last day follows by the days it is valid' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l free-expires -d 'The last day on which it is valid' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l package -d 'Tokens left of a package, and the last day on which it is valid: `5M@2026-12-31`; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l package-price -d 'What the packages cost together, as a line of its own' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l postpaid -d 'Whether tokens beyond are billed, or not served [default: on]' -r -f -a "on\t''
off\t''"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l output -d 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l skip-bad-rows -d 'Leave out rows that cannot be read'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l partial -d 'Print what the trace contributes, as JSON for `tollgate merge`, instead of a quote'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l free-covers-overflow -d 'Take the free quota to pay for calls beyond the reservation too, which is not established'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from ptu" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l spec -d 'The specification of one replica, such as `MU1x8` [default: all of the model]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l replicas -d 'How many replicas' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l hours -d 'Pay-as-you-go for so many hours (`1.5`) or a duration (`1h30m`, `7d`)' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l months -d 'A subscription of so many months' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l runs -d 'Deploy and delete it so many times; each run is rounded up by itself' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l renew -d 'Renew the subscription so many times after its first term' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l cancel-after -d 'Cancel the subscription after so many days, in its first month' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l start -d 'When it is ordered, in China Standard Time: `2026-06-01T21:59`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l overdue-since -d 'Say what becomes of it while the balance of the account is overdue from this day or moment on' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l output -d 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from mu" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l input -d 'Input tokens in all, such as `1.5M`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l output -d 'Output tokens in all; or a file to write, whose ending names a format' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l requests -d 'How many requests they belong to: their average size picks the tier' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l mode -d 'What output is priced for: `non-thinking` or `thinking`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l rate -d 'Which token prices [default: fine-tuned where the model has them, else standard; with `--free-quota` the other way round]' -r -f -a "fine-tuned\t''
standard\t''"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l rpm -d 'Requests per minute, such as `30` or `0.5`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l input-per-request -d 'Input tokens of a request' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l output-per-request -d 'Output tokens of a request' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l trace -d 'Logged calls, or sums by the minute (`minute,requests,input_tokens,output_tokens`): CSV with a header or JSON Lines, also compressed with gzip or zstd; `-` is the standard input; may be repeated' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l columns -d 'The columns where they have no usual names: `time=…,input=…,output=…`, and `requests=…` of sums by the minute' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l where -d 'Only rows with this text in a column; may be repeated: for one column, any of the texts will do (or), and several columns must all agree (and)' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l time-unit -d 'The unit of times that are numbers; they may then also be counted from 0' -r -f -a "seconds\t''
milliseconds\t''
microseconds\t''
nanoseconds\t''"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l scale-to -d 'State the cost for so many days with the pattern of the trace' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l pattern -d 'What `--scale-to` repeats, in days of UTC+8 [default: week where they are whole weeks, else day]' -r -f -a "day\t'The days of the trace'
week\t'Whole weeks: weekdays that were not recorded have no calls'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l chart-file -d 'Draw the minutes of the trace as an SVG file' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l hours-per-day -d 'How long requests come each day [default: 24]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l days -d 'For how many days [default: 30]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l free-quota -d 'Tokens of the model\'s free quota, such as `1M`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l free-used -d 'What is used of it; repeated for each user of the account' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l free-activated -d 'The day on which it was activated, from which its last day follows by the days it is valid' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l free-expires -d 'The last day on which it is valid' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l package -d 'Tokens left of a package, and the last day on which it is valid: `5M@2026-12-31`; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l package-price -d 'What the packages cost together, as a line of its own' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l postpaid -d 'Whether tokens beyond are billed, or not served [default: on]' -r -f -a "on\t''
off\t''"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l overdue-since -d 'Say what becomes of calls while the balance of the account is overdue from this day or moment on' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l batch -d 'Batch calls of an ordinary model'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l skip-bad-rows -d 'Leave out rows that cannot be read'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from tokens" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from help" -f -a "ptu" -d 'Provisioned throughput: tokens per minute, reserved by the hour or by the day'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from help" -f -a "mu" -d 'Model units: replicas of a specification, by the minute or by the month'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from help" -f -a "tokens" -d 'Tokens of fine-tuned models or of ordinary calls'
complete -c tollgate -n "__fish_tollgate_using_subcommand quote; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -l output -d 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_using_subcommand merge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l mode -d 'What output is priced for, where a method prices by mode' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l spec -d 'Only this model unit specification; may be repeated [default: all of the model]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l replica-capacity -d 'Input and output TPM that one replica serves, such as `MU1x8=300k/60k`; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l current -d 'How the workload is served today: what changing to each cheaper option costs' -r -f -a "ptu-hourly\t''
ptu-daily\t''
ptu-monthly\t''
mu-hourly\t''
mu-monthly\t''
fine-tuned\t''
standard\t''"
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l current-spec -d 'Which specification that is, of model units [default: the cheapest]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l current-ends -d 'When its running term ends, where it is paid in advance: a date, or days from now [default: it has just begun]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l overlap -d 'How long the old and the new deployment are both up when changing [default: 1, or what is left of a running term]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l fail-above-cheapest -d 'Exit with 3 when the current method costs more than so much above the cheapest' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l top -d 'Show so many of the ranked options, the cheapest first' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l chart-file -d 'Write the chart to an SVG file: of a trace its minutes, with the cheapest reservation' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l rpm -d 'Requests per minute, such as `30` or `0.5`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l input-per-request -d 'Input tokens of a request' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l output-per-request -d 'Output tokens of a request' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l trace -d 'Logged calls, or sums by the minute (`minute,requests,input_tokens,output_tokens`): CSV with a header or JSON Lines, also compressed with gzip or zstd; `-` is the standard input; may be repeated' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l columns -d 'The columns where they have no usual names: `time=…,input=…,output=…`, and `requests=…` of sums by the minute' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l where -d 'Only rows with this text in a column; may be repeated: for one column, any of the texts will do (or), and several columns must all agree (and)' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l time-unit -d 'The unit of times that are numbers; they may then also be counted from 0' -r -f -a "seconds\t''
milliseconds\t''
microseconds\t''
nanoseconds\t''"
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l scale-to -d 'State the cost for so many days with the pattern of the trace' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l pattern -d 'What `--scale-to` repeats, in days of UTC+8 [default: week where they are whole weeks, else day]' -r -f -a "day\t'The days of the trace'
week\t'Whole weeks: weekdays that were not recorded have no calls'"
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l fit -d 'How reservations are sized for the trace [default: peak]' -r -f -a "peak\t'Every call fits'
p99\t'99 of 100 minutes of a trace fit on each side'
p95\t'95 of 100 minutes of a trace fit on each side'
cheapest\t'Reservation and overflow together cost least'"
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l hours-per-day -d 'How long requests come each day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l days -d 'For how many days' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l free-quota -d 'Tokens of the model\'s free quota, such as `1M`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l free-used -d 'What is used of it; repeated for each user of the account' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l free-activated -d 'The day on which it was activated, from which its last day follows by the days it is valid' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l free-expires -d 'The last day on which it is valid' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l package -d 'Tokens left of a package, and the last day on which it is valid: `5M@2026-12-31`; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l package-price -d 'What the packages cost together, as a line of its own' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l postpaid -d 'Whether tokens beyond are billed, or not served [default: on]' -r -f -a "on\t''
off\t''"
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l output -d 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l fine-tuned -d 'The workload is of a model fine-tuned from this one: ordinary calls and PTU do not serve it'
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l chart -d 'Draw cost against load under the table; other formats have none'
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l skip-bad-rows -d 'Leave out rows that cannot be read'
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_using_subcommand compare" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l method -d 'Only models that are sold this way; `tokens` are those with a price by token, fine-tuned or standard' -r -f -a "ptu\t''
mu\t''
tokens\t''"
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l output -d 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_using_subcommand models" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l baseline -d 'Compare with another plan, or with JSON that `check` wrote before' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l baseline-name -d 'What the baseline is called, such as `main`, in place of its file' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l output -d 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l cheapest -d 'Show the cheapest method for each deployment with a workload'
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l warn-only -d 'Report budgets that are exceeded, and exit with 0'
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l init -d 'Write a plan to start from, and nothing over a file that exists'
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l today -d 'The day as of which everything is said [default: today]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l fail-on -d 'Exit with 3 when a resource, shown or not, has one of these statuses; several can hold: what is exhausted is nearly exhausted, too' -r -f -a "available\t''
nearly-exhausted\t''
exhausted\t''
expiring-soon\t''
expired\t''"
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l within -d 'Exit with 3 when a resource that has not ended expires or runs out within so many days' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l overdue-since -d 'Say what becomes of it while the account is overdue from this day or moment on' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l model -d 'Price a day\'s tokens at this model\'s standard token price' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l mode -d 'What output is priced for: `non-thinking` or `thinking`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l input-per-request -d 'Input tokens of a request: its size picks the tier' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l price-in -d 'Price of 1M input tokens' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l price-out -d 'Price of 1M output tokens' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l currency -d 'What `--price-in` and `--price-out` are in [default: CNY]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l input-share -d 'How much of the tokens is input, where the file gives one number a day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l output -d 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l all -d 'Also show packages that are used up, and what has expired'
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_using_subcommand resources" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -l output -d 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -l format -d 'How to print' -r -f -a "table\t''
json\t''
csv\t''
markdown\t''
html\t'One page with charts, for a browser and for paper'
total\t'The total alone, for scripts'
github\t'Workflow commands of GitHub Actions; only `check`'
focus\t'Rows of the FinOps FOCUS specification; only `check`'"
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -l output -d 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -l catalog -d 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list' -r -F
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -l as-of -d 'The prices in force on that date [default: today; of recorded calls, the day of each]' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -l discount -d 'A negotiated discount on every charge, such as `15%`' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -l fx -d 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -l max-cost -d 'Exit with 3 when the total of a quote or of a plan is above this amount' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -l max-age -d 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day' -r
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -l color -d 'When to style the output' -r -f -a "auto\t'Where the stream is a terminal that wants it'
always\t'Also in a pipe'
never\t'Not at all'"
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -l details -d 'Also say how it was worked out, and where each price and rule was read'
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -l json -d 'Short for `--format json`'
complete -c tollgate -n "__fish_tollgate_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and not __fish_seen_subcommand_from quote merge compare models check resources completions schema help" -f -a "quote" -d 'Price one deployment, line by line'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and not __fish_seen_subcommand_from quote merge compare models check resources completions schema help" -f -a "merge" -d 'Add up what `quote ptu --partial` printed, and print the quote'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and not __fish_seen_subcommand_from quote merge compare models check resources completions schema help" -f -a "compare" -d 'Price a workload under every billing method, the cheapest first'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and not __fish_seen_subcommand_from quote merge compare models check resources completions schema help" -f -a "models" -d 'List the models, or show one model\'s price card'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and not __fish_seen_subcommand_from quote merge compare models check resources completions schema help" -f -a "check" -d 'Price a plan file, and hold it against its budgets and a baseline'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and not __fish_seen_subcommand_from quote merge compare models check resources completions schema help" -f -a "resources" -d 'Show what prepaid and free resources have left, and when each ends'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and not __fish_seen_subcommand_from quote merge compare models check resources completions schema help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and not __fish_seen_subcommand_from quote merge compare models check resources completions schema help" -f -a "schema" -d 'Print the JSON Schema of a file, with which editors complete it'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and not __fish_seen_subcommand_from quote merge compare models check resources completions schema help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and __fish_seen_subcommand_from quote" -f -a "ptu" -d 'Provisioned throughput: tokens per minute, reserved by the hour or by the day'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and __fish_seen_subcommand_from quote" -f -a "mu" -d 'Model units: replicas of a specification, by the minute or by the month'
complete -c tollgate -n "__fish_tollgate_using_subcommand help; and __fish_seen_subcommand_from quote" -f -a "tokens" -d 'Tokens of fine-tuned models or of ordinary calls'
