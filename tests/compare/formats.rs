//! Whole outputs in each format.

use super::{MODELS, document, rows, said, text};

/// Three ways that are cheaper than the one of today, and one that is dearer.
const LINE: &str = "compare qwen3-max-2025-09-23 --rpm 30 --input-per-request 4000 --output-per-request 400 \
                    --hours-per-day 10 --spec MU2x8 --replica-capacity MU2x8=200k/20k --current mu-hourly --fx USD=0.1389";

fn printed(line: &str) -> String {
    let outcome = said(line);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
    outcome.stdout
}

#[test]
fn a_table_ranks_and_says_what_follows() {
    assert_eq!(
        printed(LINE),
        "\
Cheapest: ordinary calls of Qwen3-Max-2025-09-23, ¥18,144.00 for 30 days
(cn-beijing)
PTU and model units never pay for such requests.
30 requests a minute of 4K input and 400 output tokens (non-thinking, assumed),
10h a day for 30 days: 540,000 requests, 2,160,000,000 tokens in, 216,000,000
out.

 #  Option                 Total  At 0.1389 USD    Dearer  Pays from
 1  standard          ¥18,144.00   USD 2,520.20            now
     by token
 2  ptu-hourly        ¥38,736.00   USD 5,380.43  +113.49%  never
     120K / 12K TPM
 3  ptu-daily         ¥46,483.20   USD 6,456.52  +156.19%  never
     120K / 12K TPM
 4  mu-hourly (now)  ¥151,200.00  USD 21,001.68  +733.33%  never
     1 × MU2x8
 5  mu-monthly       ¥240,288.00  USD 33,376.00    13.2 ×  never
     1 × MU2x8

 Changing
   from 4 to 1: ¥504.00 once for the overlap, ¥4,435.20 saved a day, paid back
     after 0.11 days (deploy.switch)
   from 4 to 2: ¥504.00 once for the overlap, ¥3,748.80 saved a day, paid back
     after 0.13 days (deploy.switch)
   from 4 to 3: ¥504.00 once for the overlap, ¥3,490.56 saved a day, paid back
     after 0.14 days (deploy.switch)

 Not equivalent
   2, 4: deployed and deleted each day, and only up in the active hours
     (deploy.window)
   4, 5: one replica is taken to serve 200K / 20K TPM, as `--replica-capacity`
     says

 `--details` shows what holds of each kind, break-even, what is not priced and
 sources
"
    );
}

#[test]
fn markdown_has_the_same_as_the_table() {
    assert_eq!(
        printed(&format!("{LINE} --format markdown")),
        "\
### Cheapest: ordinary calls of Qwen3-Max-2025-09-23, ¥18,144.00 for 30 days (cn-beijing)

PTU and model units never pay for such requests.

30 requests a minute of 4K input and 400 output tokens (non-thinking, assumed), 10h a day for 30 days: 540,000 requests, 2,160,000,000 tokens in, 216,000,000 out.

| # | Option | Bought | Total | At 0.1389 USD | Per 1M tokens | Dearer | Pays from |
|---:|:---|:---|---:|---:|---:|---:|:---|
| 1 | standard | by token | ¥18,144.00 | USD 2,520.20 | ¥7.64 |  | now |
| 2 | ptu-hourly | 120K / 12K TPM | ¥38,736.00 | USD 5,380.43 | ¥16.30 | +113.49% | never |
| 3 | ptu-daily | 120K / 12K TPM | ¥46,483.20 | USD 6,456.52 | ¥19.56 | +156.19% | never |
| 4 | mu-hourly (now) | 1 × MU2x8 | ¥151,200.00 | USD 21,001.68 | ¥63.64 | +733.33% | never |
| 5 | mu-monthly | 1 × MU2x8 | ¥240,288.00 | USD 33,376.00 | ¥101.13 | 13.2 × | never |

Changing:

- from 4 to 1: ¥504.00 once for the overlap, ¥4,435.20 saved a day, paid back after 0.11 days (`deploy.switch`)
- from 4 to 2: ¥504.00 once for the overlap, ¥3,748.80 saved a day, paid back after 0.13 days (`deploy.switch`)
- from 4 to 3: ¥504.00 once for the overlap, ¥3,490.56 saved a day, paid back after 0.14 days (`deploy.switch`)

Not equivalent:

- 2, 4: deployed and deleted each day, and only up in the active hours (`deploy.window`)
- 4, 5: one replica is taken to serve 200K / 20K TPM, as `--replica-capacity` says

<details>
<summary>What holds of each kind</summary>

- 3: can be ended early: a used hour counts 1.2 times, and once where it was used for more than 30 days; read so, as a page says it of reservations (`ptu.early-end`)
- 5: ending it in the first month costs more by the day; later is not documented (`mu.cancel-first-month`)

</details>

<details>
<summary>Break-even</summary>

- qwen3-max-2025-09-23, 120K / 12K TPM: PTU by the day costs less than PTU by the hour above 12 hours per day (a started hour is billed whole: above 11 both cost the same)
- qwen3-max-2025-09-23, 1 × MU2x8: MU by the month costs less than MU by the hour above 476.5 hours per month (a started minute is billed whole: 476.7619 billed hours cost as much)
- qwen3-max-2025-09-23, 120K / 12K TPM: PTU by the hour never costs less than standard tokens: at full use in the active hours (10h a day) it costs 2.1349 times as much
- qwen3-max-2025-09-23, 120K / 12K TPM: PTU by the day never costs less than standard tokens: at full use in the active hours (10h a day) it costs 2.5619 times as much
- qwen3-max-2025-09-23, 1 × MU2x8: MU by the hour never costs less than standard tokens: at full use in the active hours (10h a day) it costs 5 times as much
- qwen3-max-2025-09-23, 1 × MU2x8: MU by the month never costs less than standard tokens: at full use in the active hours (10h a day) it costs 7.946 times as much

</details>

<details>
<summary>What is not priced</summary>

- fine-tuned of qwen3-max-2025-09-23: `qwen3-max-2025-09-23` is not sold by fine-tuned token (`--rate fine-tuned`)

</details>

<details>
<summary>Sources</summary>

- alibaba-model-pricing: list prices, mainland China, seen 2026-10-10, transcribed 2026-11-20
- alibaba-model-deployment: Billing details, Provisioned throughput, Qwen, seen 2026-09-22, transcribed 2026-11-20
- alibaba-model-deployment: Pay-as-you-go (model unit), Text generation, Qwen, seen 2026-09-22, transcribed 2026-11-20
- alibaba-reservation-billing: Alibaba Cloud, Model Studio: throughput reservation, billing, edition of 2026-10-10

</details>
"
    );
}

#[test]
fn csv_has_a_row_for_each_option() {
    assert_eq!(
        printed(&format!("{LINE} --format csv")),
        "\
rank,option,provider,region,model,bought,total,currency,per_million_tokens,above_cheapest_percent,rate_USD,total_USD,billing_modes,status,offset_tokens,billed_tokens,unserved_tokens,exhausted_after,per_day_after,current,remarks,reason
1,standard,alibaba,cn-beijing,qwen3-max-2025-09-23,by token,18144,CNY,7.636363636364,0,0.1389,2520.2016,,,,,,,,no,,
2,ptu-hourly,alibaba,cn-beijing,qwen3-max-2025-09-23,120K / 12K TPM,38736,CNY,16.30303030303,113.492063492063,0.1389,5380.4304,,,,,,,,no,\"deployed and deleted each day, and only up in the active hours (deploy.window)\",
3,ptu-daily,alibaba,cn-beijing,qwen3-max-2025-09-23,120K / 12K TPM,46483.2,CNY,19.563636363636,156.190476190476,0.1389,6456.51648,,,,,,,,no,\"can be ended early: a used hour counts 1.2 times, and once where it was used for more than 30 days; read so, as a page says it of reservations (ptu.early-end)\",
4,mu-hourly,alibaba,cn-beijing,qwen3-max-2025-09-23,1 × MU2x8,151200,CNY,63.636363636364,733.333333333333,0.1389,21001.68,,,,,,,,yes,\"one replica is taken to serve 200K / 20K TPM, as `--replica-capacity` says; deployed and deleted each day, and only up in the active hours (deploy.window)\",
5,mu-monthly,alibaba,cn-beijing,qwen3-max-2025-09-23,1 × MU2x8,240288,CNY,101.131313131313,1224.338624338624,0.1389,33376.0032,,,,,,,,no,\"one replica is taken to serve 200K / 20K TPM, as `--replica-capacity` says; ending it in the first month costs more by the day; later is not documented (mu.cancel-first-month)\",
,fine-tuned,alibaba,cn-beijing,qwen3-max-2025-09-23,,,,,,,,,,,,,,,,,`qwen3-max-2025-09-23` is not sold by fine-tuned token (`--rate fine-tuned`)
"
    );
}

#[test]
fn several_models_take_a_line_of_their_own_where_columns_do_not_fit() {
    let line = "compare qwen3-max-2025-09-23 qwen3-8b --rpm 30 --input-per-request 4000 \
                --output-per-request 400 --hours-per-day 10 --days 31 --spec MU5 --replica-capacity MU5=200k/20k";
    let table = printed(line);
    let (ranking, _) = table.split_once("\n -  fine-tuned").unwrap();
    assert_eq!(
        ranking,
        "\
Cheapest: ordinary calls of Qwen3-8B, ¥1,562.40 for 31 days (cn-beijing)
PTU and model units never pay for such requests.
30 requests a minute of 4K input and 400 output tokens (non-thinking, assumed),
10h a day for 31 days: 558,000 requests, 2,232,000,000 tokens in, 223,200,000
out.

 #  Option      Bought               Total    Dearer  Pays from
 1  standard    by token         ¥1,562.40            now
     qwen3-8b
 2  mu-hourly   1 × MU5x1        ¥6,510.00  +316.67%  never
     qwen3-8b
 3  mu-monthly  1 × MU5x1       ¥10,139.00  +548.94%  never
     qwen3-8b
 4  standard    by token        ¥18,748.80      12 ×  never
     qwen3-max-2025-09-23
 5  ptu-hourly  120K / 12K TPM  ¥40,027.20    25.6 ×  never
     qwen3-max-2025-09-23
 6  ptu-daily   120K / 12K TPM  ¥48,032.64    30.7 ×  never
     qwen3-max-2025-09-23"
    );
    // Prices per token need more columns than a terminal of 80 has.
    let markdown = printed(&format!("{line} --format markdown"));
    for row in [
        "| ¥1,562.40 | ¥0.64 |  |",
        "| ¥6,510.00 | ¥2.65 | +316.67% |",
        "| ¥10,139.00 | ¥4.13 | +548.94% |",
        "| ¥18,748.80 | ¥7.64 | 12 × |",
        "| ¥40,027.20 | ¥16.30 | 25.6 × |",
        "| ¥48,032.64 | ¥19.56 | 30.7 × |",
    ] {
        assert!(markdown.contains(row), "{markdown}");
    }
}

#[test]
fn colour_changes_nothing_but_escape_sequences() {
    let plain = printed(LINE);
    let styled = printed(&format!("{LINE} --color always"));
    assert_ne!(plain, styled);
    let mut stripped = String::new();
    let mut rest = styled.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    stripped.push_str(rest);
    assert_eq!(stripped, plain);
}

/// The lines of more than 80 columns.
fn too_wide(line: &str) -> Vec<String> {
    let table = printed(line);
    let wide = table.lines().filter(|line| line.chars().count() > 80);
    wide.map(str::to_owned).collect()
}

#[test]
fn the_comparison_of_each_model_fits_80_columns() {
    let load =
        "--rpm 123.4 --input-per-request 4000 --output-per-request 0 --days 61 --hours-per-day 8.5";
    for model in MODELS.iter() {
        let code = text(&model["code"]);
        assert_eq!(
            too_wide(&format!("compare {code} {load}")),
            [""; 0],
            "{code}"
        );
    }
    // Those of one currency need no rate; all of them need one.
    let codes_of = |currency: &str| {
        let of = MODELS
            .iter()
            .filter(|model| currency.is_empty() || model["currency"] == currency);
        let codes: Vec<&str> = of.map(|model| text(&model["code"])).collect();
        codes.join(" ")
    };
    for (currency, rate) in [("CNY", ""), ("USD", ""), ("", " --fx USD=0.1389")] {
        let codes = codes_of(currency);
        assert_eq!(
            too_wide(&format!("compare {codes} {load}{rate}")),
            [""; 0],
            "{currency}"
        );
    }
}

#[test]
fn the_comparison_of_the_largest_rate_fits_80_columns() {
    let load = "--rpm 1000000000 --input-per-request 4000 --output-per-request 400";
    for codes in [
        "qwen3-8b",
        "qwen3-max-2025-09-23",
        "qwen3-8b qwen3-max-2025-09-23",
    ] {
        assert_eq!(
            too_wide(&format!("compare {codes} {load}")),
            [""; 0],
            "{codes}"
        );
    }
}

#[test]
fn the_first_few_are_shown_alone_and_the_others_are_counted() {
    let line = "compare qwen-plus-2025-12-01 --rpm 200 --input-per-request 1200 --output-per-request 250 --top 1";
    assert_eq!(
        printed(line),
        "\
Cheapest: ordinary calls of Qwen-Plus-2025-12-01, ¥12,614.40 for 30 days
(cn-beijing)
PTU never pays for such requests; model units by the month (1 × MU1x4) would pay
from 1,657 requests a minute on, if one replica serves them.
200 requests a minute of 1,200 input and 250 output tokens (non-thinking,
assumed), 24h a day for 30 days: 8,640,000 requests, 10,368,000,000 tokens in,
2,160,000,000 out.

 #  Option    Bought         Total  Per 1M tokens  Dearer  Pays from
 1  standard  by token  ¥12,614.40          ¥1.01          now

 2 options not shown: leave `--top` out to see all

 `--details` shows what is not ranked, break-even, what is not priced and
 sources
"
    );
    let all = document(line);
    assert_eq!(rows(&all).len(), 3);
}
