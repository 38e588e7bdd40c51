
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'tollgate' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'tollgate'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'tollgate' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('quote', 'quote', [CompletionResultType]::ParameterValue, 'Price one deployment, line by line')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Add up what `quote ptu --partial` printed, and print the quote')
            [CompletionResult]::new('compare', 'compare', [CompletionResultType]::ParameterValue, 'Price a workload under every billing method, the cheapest first')
            [CompletionResult]::new('models', 'models', [CompletionResultType]::ParameterValue, 'List the models, or show one model''s price card')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Price a plan file, and hold it against its budgets and a baseline')
            [CompletionResult]::new('resources', 'resources', [CompletionResultType]::ParameterValue, 'Show what prepaid and free resources have left, and when each ends')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of a file, with which editors complete it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'tollgate;quote' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('ptu', 'ptu', [CompletionResultType]::ParameterValue, 'Provisioned throughput: tokens per minute, reserved by the hour or by the day')
            [CompletionResult]::new('mu', 'mu', [CompletionResultType]::ParameterValue, 'Model units: replicas of a specification, by the minute or by the month')
            [CompletionResult]::new('tokens', 'tokens', [CompletionResultType]::ParameterValue, 'Tokens of fine-tuned models or of ordinary calls')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'tollgate;quote;ptu' {
            [CompletionResult]::new('--input-tpm', '--input-tpm', [CompletionResultType]::ParameterName, 'Reserved input tokens per minute, such as `100k`')
            [CompletionResult]::new('--output-tpm', '--output-tpm', [CompletionResultType]::ParameterName, 'Reserved output tokens per minute')
            [CompletionResult]::new('--hours', '--hours', [CompletionResultType]::ParameterName, 'Pay-as-you-go for so many hours (`1.5`) or a duration (`1h30m`, `7d`)')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'A subscription of so many days')
            [CompletionResult]::new('--months', '--months', [CompletionResultType]::ParameterName, 'A subscription of so many months, where it is priced so')
            [CompletionResult]::new('--renew', '--renew', [CompletionResultType]::ParameterName, 'Renew the subscription so many times after its first term')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'What output is priced for: `standard` or `code-interpreter`')
            [CompletionResult]::new('--runs', '--runs', [CompletionResultType]::ParameterName, 'Deploy and delete it so many times; each run is rounded up by itself')
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'When it is ordered, in China Standard Time: `2026-06-01T21:59`')
            [CompletionResult]::new('--overdue-since', '--overdue-since', [CompletionResultType]::ParameterName, 'Say what becomes of it while the balance of the account is overdue from this day or moment on')
            [CompletionResult]::new('--rpm', '--rpm', [CompletionResultType]::ParameterName, 'Requests per minute, such as `30` or `0.5`')
            [CompletionResult]::new('--input-per-request', '--input-per-request', [CompletionResultType]::ParameterName, 'Input tokens of a request')
            [CompletionResult]::new('--output-per-request', '--output-per-request', [CompletionResultType]::ParameterName, 'Output tokens of a request')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Logged calls, or sums by the minute (`minute,requests,input_tokens,output_tokens`): CSV with a header or JSON Lines, also compressed with gzip or zstd; `-` is the standard input; may be repeated')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'The columns where they have no usual names: `time=…,input=…,output=…`, and `requests=…` of sums by the minute')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only rows with this text in a column; may be repeated: for one column, any of the texts will do (or), and several columns must all agree (and)')
            [CompletionResult]::new('--time-unit', '--time-unit', [CompletionResultType]::ParameterName, 'The unit of times that are numbers; they may then also be counted from 0')
            [CompletionResult]::new('--scale-to', '--scale-to', [CompletionResultType]::ParameterName, 'State the cost for so many days with the pattern of the trace')
            [CompletionResult]::new('--pattern', '--pattern', [CompletionResultType]::ParameterName, 'What `--scale-to` repeats, in days of UTC+8 [default: week where they are whole weeks, else day]')
            [CompletionResult]::new('--chart-file', '--chart-file', [CompletionResultType]::ParameterName, 'Draw the minutes of the trace as an SVG file')
            [CompletionResult]::new('--hours-per-day', '--hours-per-day', [CompletionResultType]::ParameterName, 'How long the load lasts each day of a subscription [default: 24]')
            [CompletionResult]::new('--on-overflow', '--on-overflow', [CompletionResultType]::ParameterName, 'What is done with calls that do not fit [default: bill]')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'Size the reservation for the load or the trace instead of giving its TPM')
            [CompletionResult]::new('--free-quota', '--free-quota', [CompletionResultType]::ParameterName, 'Tokens of the model''s free quota, such as `1M`')
            [CompletionResult]::new('--free-used', '--free-used', [CompletionResultType]::ParameterName, 'What is used of it; repeated for each user of the account')
            [CompletionResult]::new('--free-activated', '--free-activated', [CompletionResultType]::ParameterName, 'The day on which it was activated, from which its last day follows by the days it is valid')
            [CompletionResult]::new('--free-expires', '--free-expires', [CompletionResultType]::ParameterName, 'The last day on which it is valid')
            [CompletionResult]::new('--package', '--package', [CompletionResultType]::ParameterName, 'Tokens left of a package, and the last day on which it is valid: `5M@2026-12-31`; may be repeated')
            [CompletionResult]::new('--package-price', '--package-price', [CompletionResultType]::ParameterName, 'What the packages cost together, as a line of its own')
            [CompletionResult]::new('--postpaid', '--postpaid', [CompletionResultType]::ParameterName, 'Whether tokens beyond are billed, or not served [default: on]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--skip-bad-rows', '--skip-bad-rows', [CompletionResultType]::ParameterName, 'Leave out rows that cannot be read')
            [CompletionResult]::new('--partial', '--partial', [CompletionResultType]::ParameterName, 'Print what the trace contributes, as JSON for `tollgate merge`, instead of a quote')
            [CompletionResult]::new('--free-covers-overflow', '--free-covers-overflow', [CompletionResultType]::ParameterName, 'Take the free quota to pay for calls beyond the reservation too, which is not established')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'tollgate;quote;mu' {
            [CompletionResult]::new('--spec', '--spec', [CompletionResultType]::ParameterName, 'The specification of one replica, such as `MU1x8` [default: all of the model]')
            [CompletionResult]::new('--replicas', '--replicas', [CompletionResultType]::ParameterName, 'How many replicas')
            [CompletionResult]::new('--hours', '--hours', [CompletionResultType]::ParameterName, 'Pay-as-you-go for so many hours (`1.5`) or a duration (`1h30m`, `7d`)')
            [CompletionResult]::new('--months', '--months', [CompletionResultType]::ParameterName, 'A subscription of so many months')
            [CompletionResult]::new('--runs', '--runs', [CompletionResultType]::ParameterName, 'Deploy and delete it so many times; each run is rounded up by itself')
            [CompletionResult]::new('--renew', '--renew', [CompletionResultType]::ParameterName, 'Renew the subscription so many times after its first term')
            [CompletionResult]::new('--cancel-after', '--cancel-after', [CompletionResultType]::ParameterName, 'Cancel the subscription after so many days, in its first month')
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'When it is ordered, in China Standard Time: `2026-06-01T21:59`')
            [CompletionResult]::new('--overdue-since', '--overdue-since', [CompletionResultType]::ParameterName, 'Say what becomes of it while the balance of the account is overdue from this day or moment on')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'tollgate;quote;tokens' {
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Input tokens in all, such as `1.5M`')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output tokens in all; or a file to write, whose ending names a format')
            [CompletionResult]::new('--requests', '--requests', [CompletionResultType]::ParameterName, 'How many requests they belong to: their average size picks the tier')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'What output is priced for: `non-thinking` or `thinking`')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Which token prices [default: fine-tuned where the model has them, else standard; with `--free-quota` the other way round]')
            [CompletionResult]::new('--rpm', '--rpm', [CompletionResultType]::ParameterName, 'Requests per minute, such as `30` or `0.5`')
            [CompletionResult]::new('--input-per-request', '--input-per-request', [CompletionResultType]::ParameterName, 'Input tokens of a request')
            [CompletionResult]::new('--output-per-request', '--output-per-request', [CompletionResultType]::ParameterName, 'Output tokens of a request')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Logged calls, or sums by the minute (`minute,requests,input_tokens,output_tokens`): CSV with a header or JSON Lines, also compressed with gzip or zstd; `-` is the standard input; may be repeated')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'The columns where they have no usual names: `time=…,input=…,output=…`, and `requests=…` of sums by the minute')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only rows with this text in a column; may be repeated: for one column, any of the texts will do (or), and several columns must all agree (and)')
            [CompletionResult]::new('--time-unit', '--time-unit', [CompletionResultType]::ParameterName, 'The unit of times that are numbers; they may then also be counted from 0')
            [CompletionResult]::new('--scale-to', '--scale-to', [CompletionResultType]::ParameterName, 'State the cost for so many days with the pattern of the trace')
            [CompletionResult]::new('--pattern', '--pattern', [CompletionResultType]::ParameterName, 'What `--scale-to` repeats, in days of UTC+8 [default: week where they are whole weeks, else day]')
            [CompletionResult]::new('--chart-file', '--chart-file', [CompletionResultType]::ParameterName, 'Draw the minutes of the trace as an SVG file')
            [CompletionResult]::new('--hours-per-day', '--hours-per-day', [CompletionResultType]::ParameterName, 'How long requests come each day [default: 24]')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'For how many days [default: 30]')
            [CompletionResult]::new('--free-quota', '--free-quota', [CompletionResultType]::ParameterName, 'Tokens of the model''s free quota, such as `1M`')
            [CompletionResult]::new('--free-used', '--free-used', [CompletionResultType]::ParameterName, 'What is used of it; repeated for each user of the account')
            [CompletionResult]::new('--free-activated', '--free-activated', [CompletionResultType]::ParameterName, 'The day on which it was activated, from which its last day follows by the days it is valid')
            [CompletionResult]::new('--free-expires', '--free-expires', [CompletionResultType]::ParameterName, 'The last day on which it is valid')
            [CompletionResult]::new('--package', '--package', [CompletionResultType]::ParameterName, 'Tokens left of a package, and the last day on which it is valid: `5M@2026-12-31`; may be repeated')
            [CompletionResult]::new('--package-price', '--package-price', [CompletionResultType]::ParameterName, 'What the packages cost together, as a line of its own')
            [CompletionResult]::new('--postpaid', '--postpaid', [CompletionResultType]::ParameterName, 'Whether tokens beyond are billed, or not served [default: on]')
            [CompletionResult]::new('--overdue-since', '--overdue-since', [CompletionResultType]::ParameterName, 'Say what becomes of calls while the balance of the account is overdue from this day or moment on')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Batch calls of an ordinary model')
            [CompletionResult]::new('--skip-bad-rows', '--skip-bad-rows', [CompletionResultType]::ParameterName, 'Leave out rows that cannot be read')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'tollgate;quote;help' {
            [CompletionResult]::new('ptu', 'ptu', [CompletionResultType]::ParameterValue, 'Provisioned throughput: tokens per minute, reserved by the hour or by the day')
            [CompletionResult]::new('mu', 'mu', [CompletionResultType]::ParameterValue, 'Model units: replicas of a specification, by the minute or by the month')
            [CompletionResult]::new('tokens', 'tokens', [CompletionResultType]::ParameterValue, 'Tokens of fine-tuned models or of ordinary calls')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'tollgate;quote;help;ptu' {
            break
        }
        'tollgate;quote;help;mu' {
            break
        }
        'tollgate;quote;help;tokens' {
            break
        }
        'tollgate;quote;help;help' {
            break
        }
        'tollgate;merge' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'tollgate;compare' {
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'What output is priced for, where a method prices by mode')
            [CompletionResult]::new('--spec', '--spec', [CompletionResultType]::ParameterName, 'Only this model unit specification; may be repeated [default: all of the model]')
            [CompletionResult]::new('--replica-capacity', '--replica-capacity', [CompletionResultType]::ParameterName, 'Input and output TPM that one replica serves, such as `MU1x8=300k/60k`; may be repeated')
            [CompletionResult]::new('--current', '--current', [CompletionResultType]::ParameterName, 'How the workload is served today: what changing to each cheaper option costs')
            [CompletionResult]::new('--current-spec', '--current-spec', [CompletionResultType]::ParameterName, 'Which specification that is, of model units [default: the cheapest]')
            [CompletionResult]::new('--current-ends', '--current-ends', [CompletionResultType]::ParameterName, 'When its running term ends, where it is paid in advance: a date, or days from now [default: it has just begun]')
            [CompletionResult]::new('--overlap', '--overlap', [CompletionResultType]::ParameterName, 'How long the old and the new deployment are both up when changing [default: 1, or what is left of a running term]')
            [CompletionResult]::new('--fail-above-cheapest', '--fail-above-cheapest', [CompletionResultType]::ParameterName, 'Exit with 3 when the current method costs more than so much above the cheapest')
            [CompletionResult]::new('--top', '--top', [CompletionResultType]::ParameterName, 'Show so many of the ranked options, the cheapest first')
            [CompletionResult]::new('--chart-file', '--chart-file', [CompletionResultType]::ParameterName, 'Write the chart to an SVG file: of a trace its minutes, with the cheapest reservation')
            [CompletionResult]::new('--rpm', '--rpm', [CompletionResultType]::ParameterName, 'Requests per minute, such as `30` or `0.5`')
            [CompletionResult]::new('--input-per-request', '--input-per-request', [CompletionResultType]::ParameterName, 'Input tokens of a request')
            [CompletionResult]::new('--output-per-request', '--output-per-request', [CompletionResultType]::ParameterName, 'Output tokens of a request')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Logged calls, or sums by the minute (`minute,requests,input_tokens,output_tokens`): CSV with a header or JSON Lines, also compressed with gzip or zstd; `-` is the standard input; may be repeated')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'The columns where they have no usual names: `time=…,input=…,output=…`, and `requests=…` of sums by the minute')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only rows with this text in a column; may be repeated: for one column, any of the texts will do (or), and several columns must all agree (and)')
            [CompletionResult]::new('--time-unit', '--time-unit', [CompletionResultType]::ParameterName, 'The unit of times that are numbers; they may then also be counted from 0')
            [CompletionResult]::new('--scale-to', '--scale-to', [CompletionResultType]::ParameterName, 'State the cost for so many days with the pattern of the trace')
            [CompletionResult]::new('--pattern', '--pattern', [CompletionResultType]::ParameterName, 'What `--scale-to` repeats, in days of UTC+8 [default: week where they are whole weeks, else day]')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'How reservations are sized for the trace [default: peak]')
            [CompletionResult]::new('--hours-per-day', '--hours-per-day', [CompletionResultType]::ParameterName, 'How long requests come each day')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'For how many days')
            [CompletionResult]::new('--free-quota', '--free-quota', [CompletionResultType]::ParameterName, 'Tokens of the model''s free quota, such as `1M`')
            [CompletionResult]::new('--free-used', '--free-used', [CompletionResultType]::ParameterName, 'What is used of it; repeated for each user of the account')
            [CompletionResult]::new('--free-activated', '--free-activated', [CompletionResultType]::ParameterName, 'The day on which it was activated, from which its last day follows by the days it is valid')
            [CompletionResult]::new('--free-expires', '--free-expires', [CompletionResultType]::ParameterName, 'The last day on which it is valid')
            [CompletionResult]::new('--package', '--package', [CompletionResultType]::ParameterName, 'Tokens left of a package, and the last day on which it is valid: `5M@2026-12-31`; may be repeated')
            [CompletionResult]::new('--package-price', '--package-price', [CompletionResultType]::ParameterName, 'What the packages cost together, as a line of its own')
            [CompletionResult]::new('--postpaid', '--postpaid', [CompletionResultType]::ParameterName, 'Whether tokens beyond are billed, or not served [default: on]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--fine-tuned', '--fine-tuned', [CompletionResultType]::ParameterName, 'The workload is of a model fine-tuned from this one: ordinary calls and PTU do not serve it')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw cost against load under the table; other formats have none')
            [CompletionResult]::new('--skip-bad-rows', '--skip-bad-rows', [CompletionResultType]::ParameterName, 'Leave out rows that cannot be read')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'tollgate;models' {
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'Only models that are sold this way; `tokens` are those with a price by token, fine-tuned or standard')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'tollgate;check' {
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Compare with another plan, or with JSON that `check` wrote before')
            [CompletionResult]::new('--baseline-name', '--baseline-name', [CompletionResultType]::ParameterName, 'What the baseline is called, such as `main`, in place of its file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--cheapest', '--cheapest', [CompletionResultType]::ParameterName, 'Show the cheapest method for each deployment with a workload')
            [CompletionResult]::new('--warn-only', '--warn-only', [CompletionResultType]::ParameterName, 'Report budgets that are exceeded, and exit with 0')
            [CompletionResult]::new('--init', '--init', [CompletionResultType]::ParameterName, 'Write a plan to start from, and nothing over a file that exists')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'tollgate;resources' {
            [CompletionResult]::new('--today', '--today', [CompletionResultType]::ParameterName, 'The day as of which everything is said [default: today]')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit with 3 when a resource, shown or not, has one of these statuses; several can hold: what is exhausted is nearly exhausted, too')
            [CompletionResult]::new('--within', '--within', [CompletionResultType]::ParameterName, 'Exit with 3 when a resource that has not ended expires or runs out within so many days')
            [CompletionResult]::new('--overdue-since', '--overdue-since', [CompletionResultType]::ParameterName, 'Say what becomes of it while the account is overdue from this day or moment on')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'Price a day''s tokens at this model''s standard token price')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'What output is priced for: `non-thinking` or `thinking`')
            [CompletionResult]::new('--input-per-request', '--input-per-request', [CompletionResultType]::ParameterName, 'Input tokens of a request: its size picks the tier')
            [CompletionResult]::new('--price-in', '--price-in', [CompletionResultType]::ParameterName, 'Price of 1M input tokens')
            [CompletionResult]::new('--price-out', '--price-out', [CompletionResultType]::ParameterName, 'Price of 1M output tokens')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'What `--price-in` and `--price-out` are in [default: CNY]')
            [CompletionResult]::new('--input-share', '--input-share', [CompletionResultType]::ParameterName, 'How much of the tokens is input, where the file gives one number a day')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Also show packages that are used up, and what has expired')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'tollgate;completions' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'tollgate;schema' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`, of `check` `.focus.csv` too; may be repeated')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'A TOML file, or a folder of them, laid over the built-in catalog; may be repeated; also `TOLLGATE_CATALOG`, a path list')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The prices in force on that date [default: today; of recorded calls, the day of each]')
            [CompletionResult]::new('--discount', '--discount', [CompletionResultType]::ParameterName, 'A negotiated discount on every charge, such as `15%`')
            [CompletionResult]::new('--fx', '--fx', [CompletionResultType]::ParameterName, 'Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`; `USD=0.1389` means 1 CNY is USD 0.1389; may be repeated')
            [CompletionResult]::new('--max-cost', '--max-cost', [CompletionResultType]::ParameterName, 'Exit with 3 when the total of a quote or of a plan is above this amount')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 3 when the newest evidence of a price that is used is older than so many days, or has no day')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to style the output')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Also say how it was worked out, and where each price and rule was read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for `--format json`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'tollgate;help' {
            [CompletionResult]::new('quote', 'quote', [CompletionResultType]::ParameterValue, 'Price one deployment, line by line')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Add up what `quote ptu --partial` printed, and print the quote')
            [CompletionResult]::new('compare', 'compare', [CompletionResultType]::ParameterValue, 'Price a workload under every billing method, the cheapest first')
            [CompletionResult]::new('models', 'models', [CompletionResultType]::ParameterValue, 'List the models, or show one model''s price card')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Price a plan file, and hold it against its budgets and a baseline')
            [CompletionResult]::new('resources', 'resources', [CompletionResultType]::ParameterValue, 'Show what prepaid and free resources have left, and when each ends')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of a file, with which editors complete it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'tollgate;help;quote' {
            [CompletionResult]::new('ptu', 'ptu', [CompletionResultType]::ParameterValue, 'Provisioned throughput: tokens per minute, reserved by the hour or by the day')
            [CompletionResult]::new('mu', 'mu', [CompletionResultType]::ParameterValue, 'Model units: replicas of a specification, by the minute or by the month')
            [CompletionResult]::new('tokens', 'tokens', [CompletionResultType]::ParameterValue, 'Tokens of fine-tuned models or of ordinary calls')
            break
        }
        'tollgate;help;quote;ptu' {
            break
        }
        'tollgate;help;quote;mu' {
            break
        }
        'tollgate;help;quote;tokens' {
            break
        }
        'tollgate;help;merge' {
            break
        }
        'tollgate;help;compare' {
            break
        }
        'tollgate;help;models' {
            break
        }
        'tollgate;help;check' {
            break
        }
        'tollgate;help;resources' {
            break
        }
        'tollgate;help;completions' {
            break
        }
        'tollgate;help;schema' {
            break
        }
        'tollgate;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
