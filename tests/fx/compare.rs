//! Models whose prices are in two currencies, ranked at a rate.

use serde_json::Value;

use super::Markets;

/// 14,400 requests: 14.4M + 1.44M tokens, ¥95.04 or $15.84; 10K / 1K TPM for 24 hours are ¥144 or
/// $19.20.
const LOAD: &str = "--rpm 10 --input-per-request 1000 --output-per-request 100 --days 1";

fn line(rate: &str) -> String {
    format!("compare home-model abroad-model {LOAD} {rate}")
}

fn options(markets: &Markets, line: &str) -> Vec<(String, String, String)> {
    let report: Value = serde_json::from_str(&markets.shown(&format!("{line} --json"))).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let options = report["options"].as_array().unwrap().iter();
    options
        .map(|option| {
            (
                format!(
                    "{} {}",
                    text(&option["option"]),
                    text(&option["quote"]["model"]["code"])
                ),
                format!("{} {}", text(&option["total"]), text(&option["currency"])),
                format!(
                    "{} {}",
                    text(&option["quote"]["total"]),
                    text(&option["quote"]["currency"])
                ),
            )
        })
        .collect()
}

#[test]
fn without_a_rate_the_hint_is_the_flag_to_type() {
    let markets = Markets::new();
    let said = (
        1,
        "error: the models are priced in different currencies: CNY and USD\n\n\
         hint: say what 1 USD is in CNY: `--fx 1USD=<RATE>CNY`\n"
            .to_owned(),
    );
    assert_eq!(markets.refused(&line("")), said);
    // There are no chains of rates.
    for (rates, given) in [
        ("--fx EUR=0.9", "`--fx EUR=0.9`"),
        (
            "--fx 1EUR=1.1USD --fx 1EUR=7.8CNY",
            "`--fx 1EUR=1.1USD`, `--fx 1EUR=7.8CNY`",
        ),
    ] {
        let (code, stderr) = &said;
        let stderr = format!("{}, which {given} leaves open\n", stderr.trim_end());
        assert_eq!(markets.refused(&line(rates)), (*code, stderr));
    }
    let (code, stderr) = markets.refused(&line("--fx USD=7.2"));
    assert!(
        code == 2 && stderr.contains("the other way round"),
        "{stderr}"
    );
    let (code, stderr) = markets.refused(&format!("compare abroad-model home-model {LOAD}"));
    assert!(
        code == 1 && stderr.ends_with("`--fx 1CNY=<RATE>USD`\n"),
        "{stderr}"
    );
}

#[test]
fn everything_is_ranked_in_the_currency_of_the_first_model() {
    let markets = Markets::new();
    let rows = |rows: &[[&str; 3]]| -> Vec<(String, String, String)> {
        let owned = |[a, b, c]: &[&str; 3]| (a.to_string(), b.to_string(), c.to_string());
        rows.iter().map(owned).collect()
    };
    assert_eq!(
        options(&markets, &line("--fx 1USD=7.2CNY")),
        rows(&[
            ["standard home-model", "95.04 CNY", "95.04 CNY"],
            ["standard abroad-model", "114.048 CNY", "15.84 USD"],
            ["ptu-hourly abroad-model", "138.24 CNY", "19.2 USD"],
            ["ptu-hourly home-model", "144 CNY", "144 CNY"],
        ])
    );
    // At another rate it is another order; 15.84 ÷ 0.18 is 88.
    assert_eq!(
        options(&markets, &line("--fx USD=0.18")),
        rows(&[
            ["standard abroad-model", "88 CNY", "15.84 USD"],
            ["standard home-model", "95.04 CNY", "95.04 CNY"],
            [
                "ptu-hourly abroad-model",
                "106.666666666667 CNY",
                "19.2 USD"
            ],
            ["ptu-hourly home-model", "144 CNY", "144 CNY"],
        ])
    );
    // The other model first: in dollars, 95.04 ÷ 7.2 is 13.2.
    assert_eq!(
        options(
            &markets,
            &format!("compare abroad-model home-model {LOAD} --fx 1USD=7.2CNY")
        ),
        rows(&[
            ["standard home-model", "13.2 USD", "95.04 CNY"],
            ["standard abroad-model", "15.84 USD", "15.84 USD"],
            ["ptu-hourly abroad-model", "19.2 USD", "19.2 USD"],
            ["ptu-hourly home-model", "20 USD", "144 CNY"],
        ])
    );
}

#[test]
fn the_table_says_the_rate_and_the_own_amount_and_mixes_nothing() {
    let markets = Markets::new();
    let table = markets.shown(&line("--fx 1USD=7.2CNY"));
    let (table, _) = table.split_once("\n Catalog files\n").unwrap();
    assert_eq!(
        table,
        "\
Cheapest: ordinary calls of home-model, ¥95.04 for 1 day (r)
PTU never pays for such requests.
10 requests a minute of 1K input and 100 output tokens, 24h a day for 1 day:
14,400 requests, 14,400,000 tokens in, 1,440,000 out.

 #  Option      Bought          Total  At 1 USD = 7.2 CNY   Dearer  Pays from
 1  standard    by token       ¥95.04           USD 13.20           now
     home-model
 2  standard    by token      ¥114.05           USD 15.84  +20.00%  never
     abroad-model
 3  ptu-hourly  10K / 1K TPM  ¥138.24           USD 19.20  +45.45%  never
     abroad-model
 4  ptu-hourly  10K / 1K TPM  ¥144.00           USD 20.00  +51.52%  never
     home-model

 Not equivalent
   2, 3: another model: its answers are not the same
   2: priced in USD: USD 15.84, converted at 1 USD = 7.2 CNY (fx)
   3: priced in USD: USD 19.20, converted at 1 USD = 7.2 CNY (fx)
"
    );
    let details = markets.shown(&line("--fx 1USD=7.2CNY --details"));
    for part in [
        "\n Break-even
   home-model, 10K / 1K TPM: PTU by the hour never costs less than standard
     tokens: at full use it costs 1.5152 times as much
   abroad-model, 10K / 1K TPM: PTU by the hour never costs less than standard
     tokens: at full use it costs 1.2121 times as much\n",
        "\n What is not priced
   ptu-daily of home-model: `home-model` is not sold by the day (`--days`)
   mu-hourly of home-model: `home-model` is not sold in model units (`quote mu`)
   mu-monthly of home-model: `home-model` is not sold in model units (`quote
     mu`)
   fine-tuned of home-model: `home-model` is not sold by fine-tuned token
     (`--rate fine-tuned`)
   ptu-daily of abroad-model: `abroad-model` is not sold by the day (`--days`)
   mu-hourly of abroad-model: `abroad-model` is not sold in model units (`quote
     mu`)
   mu-monthly of abroad-model: `abroad-model` is not sold in model units (`quote
     mu`)
   fine-tuned of abroad-model: `abroad-model` is not sold by fine-tuned token
     (`--rate fine-tuned`)\n",
    ] {
        assert!(details.contains(part), "{details}");
    }
    // Prices per token need more columns than a terminal of 80 has.
    let markdown = markets.shown(&line("--fx 1USD=7.2CNY --format markdown"));
    for row in [
        "| 1 | standard | `home-model` | by token | ¥95.04 | USD 13.20 | ¥6.00 |  | now |\n",
        "| `abroad-model` | by token | ¥114.05 | USD 15.84 | ¥7.20 | +20.00% | never |\n",
        "| `abroad-model` | 10K / 1K TPM | ¥138.24 | USD 19.20 | ¥8.73 | +45.45% | never |\n",
        "| `home-model` | 10K / 1K TPM | ¥144.00 | USD 20.00 | ¥9.09 | +51.52% | never |\n",
    ] {
        assert!(markdown.contains(row), "{markdown}");
    }
}

#[test]
fn the_columns_of_csv_are_the_same_for_every_row() {
    let markets = Markets::new();
    let csv = markets.shown(&line("--fx USD=0.15 --fx 1EUR=8CNY --format csv"));
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let header = rows.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|one| one == name).unwrap();
    let columns = [
        "total",
        "currency",
        "rate_USD",
        "total_USD",
        "rate_EUR",
        "total_EUR",
    ];
    let found: Vec<Vec<String>> = rows
        .records()
        .map(Result::unwrap)
        .filter(|row| !row[0].is_empty())
        .map(|row| {
            columns
                .iter()
                .map(|name| row[at(name)].to_owned())
                .collect()
        })
        .collect();
    assert_eq!(
        found,
        [
            ["95.04", "CNY", "0.15", "14.256", "1 EUR = 8 CNY", "11.88"],
            ["105.6", "CNY", "0.15", "15.84", "1 EUR = 8 CNY", "13.2"],
            ["128", "CNY", "0.15", "19.2", "1 EUR = 8 CNY", "16"],
            ["144", "CNY", "0.15", "21.6", "1 EUR = 8 CNY", "18"],
        ]
    );
}

#[test]
fn limits_are_in_the_currency_of_the_first_model() {
    let markets = Markets::new();
    let (code, _, stderr) = markets.said(&line("--fx 1USD=7.2CNY --max-cost 90"));
    assert_eq!(code, 3);
    assert_eq!(
        stderr,
        "error: the limit of ¥90 is exceeded: home-model · standard tokens · pay-as-you-go · r costs ¥95.04\n"
    );
    // 88 is within 88: what is held against the limit is what is shown.
    assert_eq!(markets.said(&line("--fx USD=0.18 --max-cost 88")).0, 0);
    // ¥144 is 63.64 % above ¥88.
    let above = line("--fx USD=0.18 --current ptu-hourly --fail-above-cheapest 63%");
    let (code, _, stderr) = markets.said(&above);
    assert_eq!(
        (code, stderr.as_str()),
        (
            3,
            "error: the current method `ptu-hourly` costs 63.64% above the cheapest, and the limit is 63%\n"
        )
    );
}

#[test]
fn what_changing_saves_is_in_the_currency_of_the_first_model() {
    let markets = Markets::new();
    let report = markets.shown(&line("--fx USD=0.18 --current ptu-hourly --json"));
    let report: Value = serde_json::from_str(&report).unwrap();
    // From ¥144 to ¥88, ¥95.04 and ¥106.67, and ¥6 for an hour of both.
    let switches = report["switch"].as_array().unwrap().iter();
    let found: Vec<(&Value, &Value)> = switches.map(|one| (&one["cost"], &one["saving"])).collect();
    assert_eq!(
        found,
        [
            (&"6".into(), &"56".into()),
            (&"6".into(), &"48.96".into()),
            (&"6".into(), &"37.333333333333".into()),
        ]
    );
}

#[test]
fn break_even_points_are_of_one_currency_and_no_rate_moves_them() {
    let markets = Markets::new();
    let points = |line: &str| -> Vec<String> {
        let report: Value = serde_json::from_str(&markets.shown(line)).unwrap();
        let points = report["break_even"].as_array().unwrap().iter();
        points
            .map(|point| point["message"].as_str().unwrap().to_owned())
            .collect()
    };
    let alone: Vec<String> = ["home-model", "abroad-model"]
        .into_iter()
        .flat_map(|model| points(&format!("compare {model} {LOAD} --discount 10% --json")))
        .collect();
    assert_eq!(alone.len(), 2);
    for rate in ["1USD=7.2CNY", "USD=0.18"] {
        assert_eq!(
            points(&format!(
                "{} --discount 10% --json",
                line(&format!("--fx {rate}"))
            )),
            alone
        );
    }
}

#[test]
fn a_chart_is_drawn_in_one_currency() {
    let markets = Markets::new();
    markets.shown(&line("--fx 1USD=7.2CNY --chart-file @cost.svg"));
    let svg = std::fs::read_to_string(markets.path("cost.svg")).unwrap();
    assert!(!svg.contains("USD"), "{svg}");
    // The most is the reservation abroad at twice the load, ($19.20 + $15.84) × 7.2.
    let chart = markets.shown(&line("--fx 1USD=7.2CNY --chart"));
    assert!(chart.contains("\n ¥252.29 │"), "{chart}");
}

#[test]
fn recorded_calls_are_ranked_at_the_rate_too() {
    let markets = Markets::new();
    let calls = "timestamp,input_tokens,output_tokens\n\
                 2026-01-01 08:00:01,1000000,0\n2026-01-01 08:01:01,0,1000000\n";
    markets.write("calls.csv", calls);
    let found = options(
        &markets,
        "compare home-model abroad-model --trace @calls.csv --fx 1USD=5CNY",
    );
    let standard: Vec<&(String, String, String)> = found
        .iter()
        .filter(|(name, _, _)| name.starts_with("standard"))
        .collect();
    let owned = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(
        standard,
        [
            &owned("standard abroad-model", "10 CNY", "2 USD"),
            &owned("standard home-model", "12 CNY", "12 CNY"),
        ]
    );
}
