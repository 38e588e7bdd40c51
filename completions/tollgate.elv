
use builtin;
use str;

set edit:completion:arg-completer[tollgate] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'tollgate'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'tollgate'= {
            cand --format 'How to print'
            cand --output 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand quote 'Price one deployment, line by line'
            cand merge 'Add up what `quote ptu --partial` printed, and print the quote'
            cand compare 'Price a workload under every billing method, the cheapest first'
            cand models 'List the models, or show one model''s price card'
            cand check 'Price a plan file, and hold it against its budgets and a baseline'
            cand resources 'Show what prepaid and free resources have left, and when each ends'
            cand completions 'Print the completion script of a shell'
            cand schema 'Print the JSON Schema of a file, with which editors complete it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'tollgate;quote'= {
            cand --format 'How to print'
            cand --output 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand ptu 'Provisioned throughput: tokens per minute, reserved by the hour or by the day'
            cand mu 'Model units: replicas of a specification, by the minute or by the month'
            cand tokens 'Tokens of fine-tuned models or of ordinary calls'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'tollgate;quote;ptu'= {
            cand --input-tpm 'Reserved input tokens per minute, such as `100k`'
            cand --output-tpm 'Reserved output tokens per minute'
            cand --hours 'Pay-as-you-go for so many hours (`1.5`) or a duration (`1h30m`, `7d`)'
            cand --days 'A subscription of so many days'
            cand --months 'A subscription of so many months, where it is priced so'
            cand --renew 'Renew the subscription so many times after its first term'
            cand --mode 'What output is priced for: `standard` or `code-interpreter`'
            cand --runs 'Deploy and delete it so many times; each run is rounded up by itself'
            cand --start 'When it is ordered, in China Standard Time: `2026-06-01T21:59`'
            cand --overdue-since 'Say what becomes of it while the balance of the account is overdue from this day or moment on'
            cand --rpm 'Requests per minute, such as `30` or `0.5`'
            cand --input-per-request 'Input tokens of a request'
            cand --output-per-request 'Output tokens of a request'
            cand --trace 'Logged calls, or sums by the minute (`minute,requests,input_tokens,output_tokens`): CSV with a header or JSON Lines, also compressed with gzip or zstd; `-` is the standard input; may be repeated'
            cand --columns 'The columns where they have no usual names: `time=…,input=…,output=…`, and `requests=…` of sums by the minute'
            cand --where 'Only rows with this text in a column; may be repeated: for one column, any of the texts will do (or), and several columns must all agree (and)'
            cand --time-unit 'The unit of times that are numbers; they may then also be counted from 0'
            cand --scale-to 'State the cost for so many days with the pattern of the trace'
            cand --pattern 'What `--scale-to` repeats, in days of UTC+8 [default: week where they are whole weeks, else day]'
            cand --chart-file 'Draw the minutes of the trace as an SVG file'
            cand --hours-per-day 'How long the load lasts each day of a subscription [default: 24]'
            cand --on-overflow 'What is done with calls that do not fit [default: bill]'
            cand --fit 'Size the reservation for the load or the trace instead of giving its TPM'
            cand --free-quota 'Tokens of the model''s free quota, such as `1M`'
            cand --free-used 'What is used of it; repeated for each user of the account'
            cand --free-activated 'The day on which it was activated, from which its last day follows by the days it is valid'
            cand --free-expires 'The last day on which it is valid'
            cand --package 'Tokens left of a package, and the last day on which it is valid: `5M@2026-12-31`; may be repeated'
            cand --package-price 'What the packages cost together, as a line of its own'
            cand --postpaid 'Whether tokens beyond are billed, or not served [default: on]'
            cand --format 'How to print'
            cand --output 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --skip-bad-rows 'Leave out rows that cannot be read'
            cand --partial 'Print what the trace contributes, as JSON for `tollgate merge`, instead of a quote'
            cand --free-covers-overflow 'Take the free quota to pay for calls beyond the reservation too, which is not established'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'tollgate;quote;mu'= {
            cand --spec 'The specification of one replica, such as `MU1x8` [default: all of the model]'
            cand --replicas 'How many replicas'
            cand --hours 'Pay-as-you-go for so many hours (`1.5`) or a duration (`1h30m`, `7d`)'
            cand --months 'A subscription of so many months'
            cand --runs 'Deploy and delete it so many times; each run is rounded up by itself'
            cand --renew 'Renew the subscription so many times after its first term'
            cand --cancel-after 'Cancel the subscription after so many days, in its first month'
            cand --start 'When it is ordered, in China Standard Time: `2026-06-01T21:59`'
            cand --overdue-since 'Say what becomes of it while the balance of the account is overdue from this day or moment on'
            cand --format 'How to print'
            cand --output 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'tollgate;quote;tokens'= {
            cand --input 'Input tokens in all, such as `1.5M`'
            cand --output 'Output tokens in all; or a file to write, whose ending names a format'
            cand --requests 'How many requests they belong to: their average size picks the tier'
            cand --mode 'What output is priced for: `non-thinking` or `thinking`'
            cand --rate 'Which token prices [default: fine-tuned where the model has them, else standard; with `--free-quota` the other way round]'
            cand --rpm 'Requests per minute, such as `30` or `0.5`'
            cand --input-per-request 'Input tokens of a request'
            cand --output-per-request 'Output tokens of a request'
            cand --trace 'Logged calls, or sums by the minute (`minute,requests,input_tokens,output_tokens`): CSV with a header or JSON Lines, also compressed with gzip or zstd; `-` is the standard input; may be repeated'
            cand --columns 'The columns where they have no usual names: `time=…,input=…,output=…`, and `requests=…` of sums by the minute'
            cand --where 'Only rows with this text in a column; may be repeated: for one column, any of the texts will do (or), and several columns must all agree (and)'
            cand --time-unit 'The unit of times that are numbers; they may then also be counted from 0'
            cand --scale-to 'State the cost for so many days with the pattern of the trace'
            cand --pattern 'What `--scale-to` repeats, in days of UTC+8 [default: week where they are whole weeks, else day]'
            cand --chart-file 'Draw the minutes of the trace as an SVG file'
            cand --hours-per-day 'How long requests come each day [default: 24]'
            cand --days 'For how many days [default: 30]'
            cand --free-quota 'Tokens of the model''s free quota, such as `1M`'
            cand --free-used 'What is used of it; repeated for each user of the account'
            cand --free-activated 'The day on which it was activated, from which its last day follows by the days it is valid'
            cand --free-expires 'The last day on which it is valid'
            cand --package 'Tokens left of a package, and the last day on which it is valid: `5M@2026-12-31`; may be repeated'
            cand --package-price 'What the packages cost together, as a line of its own'
            cand --postpaid 'Whether tokens beyond are billed, or not served [default: on]'
            cand --overdue-since 'Say what becomes of calls while the balance of the account is overdue from this day or moment on'
            cand --format 'How to print'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --batch 'Batch calls of an ordinary model'
            cand --skip-bad-rows 'Leave out rows that cannot be read'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'tollgate;quote;help'= {
            cand ptu 'Provisioned throughput: tokens per minute, reserved by the hour or by the day'
            cand mu 'Model units: replicas of a specification, by the minute or by the month'
            cand tokens 'Tokens of fine-tuned models or of ordinary calls'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'tollgate;quote;help;ptu'= {
        }
        &'tollgate;quote;help;mu'= {
        }
        &'tollgate;quote;help;tokens'= {
        }
        &'tollgate;quote;help;help'= {
        }
        &'tollgate;merge'= {
            cand --format 'How to print'
            cand --output 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'tollgate;compare'= {
            cand --mode 'What output is priced for, where a method prices by mode'
            cand --spec 'Only this model unit specification; may be repeated [default: all of the model]'
            cand --replica-capacity 'Input and output TPM that one replica serves, such as `MU1x8=300k/60k`; may be repeated'
            cand --current 'How the workload is served today: what changing to each cheaper option costs'
            cand --current-spec 'Which specification that is, of model units [default: the cheapest]'
            cand --current-ends 'When its running term ends, where it is paid in advance: a date, or days from now [default: it has just begun]'
            cand --overlap 'How long the old and the new deployment are both up when changing [default: 1, or what is left of a running term]'
            cand --fail-above-cheapest 'Exit with 3 when the current method costs more than so much above the cheapest'
            cand --top 'Show so many of the ranked options, the cheapest first'
            cand --chart-file 'Write the chart to an SVG file: of a trace its minutes, with the cheapest reservation'
            cand --rpm 'Requests per minute, such as `30` or `0.5`'
            cand --input-per-request 'Input tokens of a request'
            cand --output-per-request 'Output tokens of a request'
            cand --trace 'Logged calls, or sums by the minute (`minute,requests,input_tokens,output_tokens`): CSV with a header or JSON Lines, also compressed with gzip or zstd; `-` is the standard input; may be repeated'
            cand --columns 'The columns where they have no usual names: `time=…,input=…,output=…`, and `requests=…` of sums by the minute'
            cand --where 'Only rows with this text in a column; may be repeated: for one column, any of the texts will do (or), and several columns must all agree (and)'
            cand --time-unit 'The unit of times that are numbers; they may then also be counted from 0'
            cand --scale-to 'State the cost for so many days with the pattern of the trace'
            cand --pattern 'What `--scale-to` repeats, in days of UTC+8 [default: week where they are whole weeks, else day]'
            cand --fit 'How reservations are sized for the trace [default: peak]'
            cand --hours-per-day 'How long requests come each day'
            cand --days 'For how many days'
            cand --free-quota 'Tokens of the model''s free quota, such as `1M`'
            cand --free-used 'What is used of it; repeated for each user of the account'
            cand --free-activated 'The day on which it was activated, from which its last day follows by the days it is valid'
            cand --free-expires 'The last day on which it is valid'
            cand --package 'Tokens left of a package, and the last day on which it is valid: `5M@2026-12-31`; may be repeated'
            cand --package-price 'What the packages cost together, as a line of its own'
            cand --postpaid 'Whether tokens beyond are billed, or not served [default: on]'
            cand --format 'How to print'
            cand --output 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --fine-tuned 'The workload is of a model fine-tuned from this one: ordinary calls and PTU do not serve it'
            cand --chart 'Draw cost against load under the table; other formats have none'
            cand --skip-bad-rows 'Leave out rows that cannot be read'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'tollgate;models'= {
            cand --method 'Only models that are sold this way; `tokens` are those with a price by token, fine-tuned or standard'
            cand --format 'How to print'
            cand --output 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'tollgate;check'= {
            cand --baseline 'Compare with another plan, or with JSON that `check` wrote before'
            cand --baseline-name 'What the baseline is called, such as `main`, in place of its file'
            cand --format 'How to print'
            cand --output 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --cheapest 'Show the cheapest method for each deployment with a workload'
            cand --warn-only 'Report budgets that are exceeded, and exit with 0'
            cand --init 'Write a plan to start from, and nothing over a file that exists'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'tollgate;resources'= {
            cand --today 'The day as of which everything is said [default: today]'
            cand --fail-on 'Exit with 3 when a resource, shown or not, has one of these statuses; several can hold: what is exhausted is nearly exhausted, too'
            cand --within 'Exit with 3 when a resource that has not ended expires or runs out within so many days'
            cand --overdue-since 'Say what becomes of it while the account is overdue from this day or moment on'
            cand --model 'Price a day''s tokens at this model''s standard token price'
            cand --mode 'What output is priced for: `non-thinking` or `thinking`'
            cand --input-per-request 'Input tokens of a request: its size picks the tier'
            cand --price-in 'Price of 1M input tokens'
            cand --price-out 'Price of 1M output tokens'
            cand --currency 'What `--price-in` and `--price-out` are in [default: CNY]'
            cand --input-share 'How much of the tokens is input, where the file gives one number a day'
            cand --format 'How to print'
            cand --output 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --all 'Also show packages that are used up, and what has expired'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'tollgate;completions'= {
            cand --format 'How to print'
            cand --output 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'tollgate;schema'= {
            cand --format 'How to print'
            cand --output 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated'
            cand --catalog 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list'
            cand --as-of 'The prices in force on that date [default: today; of recorded calls, the day of each]'
            cand --discount 'A negotiated discount on every charge, such as `15%`'
            cand --fx 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated'
            cand --max-cost 'Exit with 3 when the total of a quote or of a plan is above this amount'
            cand --max-age 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day'
            cand --color 'When to style the output'
            cand --details 'Also say how it was worked out, and where each price and rule was read'
            cand --json 'Short for `--format json`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'tollgate;help'= {
            cand quote 'Price one deployment, line by line'
            cand merge 'Add up what `quote ptu --partial` printed, and print the quote'
            cand compare 'Price a workload under every billing method, the cheapest first'
            cand models 'List the models, or show one model''s price card'
            cand check 'Price a plan file, and hold it against its budgets and a baseline'
            cand resources 'Show what prepaid and free resources have left, and when each ends'
            cand completions 'Print the completion script of a shell'
            cand schema 'Print the JSON Schema of a file, with which editors complete it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'tollgate;help;quote'= {
            cand ptu 'Provisioned throughput: tokens per minute, reserved by the hour or by the day'
            cand mu 'Model units: replicas of a specification, by the minute or by the month'
            cand tokens 'Tokens of fine-tuned models or of ordinary calls'
        }
        &'tollgate;help;quote;ptu'= {
        }
        &'tollgate;help;quote;mu'= {
        }
        &'tollgate;help;quote;tokens'= {
        }
        &'tollgate;help;merge'= {
        }
        &'tollgate;help;compare'= {
        }
        &'tollgate;help;models'= {
        }
        &'tollgate;help;check'= {
        }
        &'tollgate;help;resources'= {
        }
        &'tollgate;help;completions'= {
        }
        &'tollgate;help;schema'= {
        }
        &'tollgate;help;help'= {
        }
    ]
    $completions[$command]
}
