//! The published examples of four products, worked by hand.

use super::common::json;
use super::{Shop, said};
use rust_decimal::Decimal;
use tollgate::billing::kind::Tokens;
use tollgate::billing::load::Reserved;
use tollgate::billing::meter::{Bracket, Meter, Meters, Weights};

/// Input and output units bought apart, weighed by length: brackets of 1×, 3× and 6×, and a model whose second
/// bracket weighs 1.33 for input and 1.17 for output.
fn by_side() -> Shop {
    Shop::of(
        r#"
[[model]]
code = "flash"
[[model.ptu]]
input = { day = "10 per 10K TPM-day" }
output = [{ day = "5 per 1K TPM-day" }]
weights = [
  { up_to = "32K tokens", input = "1", cached = "0.2", output = "1" },
  { up_to = "256K tokens", input = "3", cached = "0.6", output = "3" },
  { input = "6", cached = "1.2", output = "6" },
]
[[model]]
code = "glm"
[[model.ptu]]
input = { day = "10 per 10K TPM-day" }
output = [{ day = "5 per 1K TPM-day" }]
weights = [
  { up_to = "32K tokens", input = "1", cached = "0.2", output = "1" },
  { input = "1.33", cached = "0.266", output = "1.17" },
]
"#,
    )
}

/// One unit of 3,400 weighted tokens a minute: input 1, cached 0, output 8.
pub fn weighted() -> Shop {
    Shop::of(
        r#"
[[model]]
code = "global"
[[model.capacity]]
unit = { name = "PTU", adds = { tokens = "3400 TPM" }, smallest = 15, step = 5, hour = "1.00 per unit-hour", month = "260 per unit-month" }
[[model.capacity.meters]]
name = "tokens"
weights = [{ input = "1", cached = "0", output = "8" }]
[[model.standard]]
tiers = [{ input = "1.75 per 1M tokens", cached = "0.175 per 1M tokens", output = "14 per 1M tokens" }]
[[model]]
code = "regional"
[[model.capacity]]
unit = { name = "PTU", adds = { tokens = "3400 TPM" }, smallest = 50, step = 50, hour = "2.00 per unit-hour" }
[[model.capacity.meters]]
name = "tokens"
weights = [{ input = "1", cached = "0", output = "8" }]
[[model]]
code = "gemini"
[[model.capacity]]
unit = { name = "GSU", adds = { tokens = "201600 TPM" }, week = "1200 per unit-week", month = "2700 per unit-month" }
[[model.capacity.meters]]
name = "tokens"
weights = [{ input = "1", cached = "0.1", output = "4" }]
[[model]]
code = "dtu"
[[model.capacity]]
unit = { name = "DTU", adds = { input = "1372000 TPM", output = "170000 TPM" }, month = "556466 per unit-month" }
[[model.capacity.meters]]
name = "input"
weights = [{ input = "1", output = "0" }]
[[model.capacity.meters]]
name = "output"
weights = [{ input = "0", output = "1" }]
"#,
    )
}

#[test]
fn throughput_by_side_is_weighed_by_the_length_of_a_call() {
    let shop = by_side();
    // 32K + 18K × 3 of input, and output three times: 86K and 3K of a minute, 90K and 3K as it is sold.
    let quote = shop.quote(
        "ptu flash --fit peak --rpm 1 --input-per-request 50000 --output-per-request 1000 --days 1",
    );
    assert_eq!(quote["parameters"]["input_tpm"], "86000");
    assert_eq!(quote["parameters"]["output_tpm"], "3000");
    // 86,000 ÷ 10,000 × 10 + 3,000 ÷ 1,000 × 5.
    assert_eq!(quote["total"], "101");
    // 32K + 18K × 1.33 = 55.94K, and 1K of output takes 1.17K.
    let quote = shop.quote(
        "ptu glm --fit peak --rpm 1 --input-per-request 50000 --output-per-request 1000 --days 1",
    );
    assert_eq!(quote["parameters"]["input_tpm"], "55940");
    assert_eq!(quote["parameters"]["output_tpm"], "1170");
    // Two such calls fit twice that, and not one token less.
    let fits = |input: u64, output: u64| {
        let line = format!(
            "ptu glm --input-tpm {input} --output-tpm {output} --rpm 2 --input-per-request 50000 --output-per-request 1000 --days 1 --on-overflow reject"
        );
        shop.quote(&line)["overflow"].is_null()
    };
    assert!(fits(111_880, 2_340));
    assert!(!fits(111_879, 2_340));
    assert!(!fits(111_880, 2_339));
}

#[test]
fn units_are_rounded_up_to_what_is_sold() {
    let shop = weighted();
    // 1,000 × (200 + 20 × 8) = 360,000, ÷ 3,400 = 105.88.
    let load = "--rpm 1000 --input-per-request 200 --output-per-request 20";
    let quote = shop.quote(&format!("ptu global --fit peak {load} --hours 1"));
    let (total, units, notes) = said(&quote);
    assert_eq!((total, units), ("110", "110"));
    assert!(
        notes.contains(
            &"sized for 1,000 calls a minute at most: 360,000 weighted tokens a minute, rounded up to the purchase steps"
        ),
        "{notes:?}"
    );
    // 1,000 × (100 + 50 × 8) = 500,000, ÷ 3,400 = 147.06, in steps of 50.
    let load = "--rpm 1000 --input-per-request 100 --output-per-request 50";
    let quote = shop.quote(&format!("ptu regional --fit peak {load} --hours 1"));
    assert_eq!((said(&quote).0, said(&quote).1), ("300", "150"));
    // One call a minute takes the smallest number that is sold.
    let load = "--rpm 1 --input-per-request 100 --output-per-request 50";
    let quote = shop.quote(&format!("ptu global --fit peak {load} --hours 1"));
    assert_eq!((said(&quote).0, said(&quote).1), ("15", "15"));
}

#[test]
fn weighted_tokens_a_second_are_units_of_a_minute() {
    // 10 calls a second of 4,500 + 300 × 4 = 5,700, ÷ 3,360 a second = 16.96.
    let load = "--rpm 600 --input-per-request 4500 --output-per-request 300";
    let quote = weighted().quote(&format!("ptu gemini --fit peak {load} --months 1"));
    assert_eq!((said(&quote).0, said(&quote).1), ("45900", "17"));
}

#[test]
fn one_unit_adds_to_two_meters() {
    let shop = weighted();
    let fitted = |rpm: u64, input: u64, output: u64| {
        let load = format!(
            "--rpm {rpm} --input-per-request {input} --output-per-request {output} --months 1"
        );
        let quote = shop.quote(&format!("ptu dtu --fit peak {load}"));
        (said(&quote).0.to_owned(), said(&quote).1.to_owned())
    };
    let pair = |total: &str, units: &str| (total.to_owned(), units.to_owned());
    // Input decides: 2,744,001 ÷ 1,372,000. A token less is two units.
    assert_eq!(fitted(1, 2_744_001, 1), pair("1669398", "3"));
    assert_eq!(fitted(1, 2_744_000, 1), pair("1112932", "2"));
    // Output decides: 10 × 40,000 ÷ 170,000 = 2.35.
    assert_eq!(fitted(10, 1_000, 40_000), pair("1669398", "3"));
}

#[test]
fn what_does_not_fit_a_minute_overflows_whole() {
    // 15 × 3,400 = 51,000 takes 141 calls of 360; 859 are billed: 10,308,000 and 1,030,800 tokens an hour.
    let load = "--rpm 1000 --input-per-request 200 --output-per-request 20 --hours 1";
    let quote = weighted().quote(&format!("ptu global --units 15 {load}"));
    let items: Vec<_> = quote["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            [&item["id"], &item["quantity"], &item["amount"]]
                .map(|value| value.as_str().unwrap().to_owned())
        })
        .collect();
    assert_eq!(
        items,
        [
            ["ptu.units", "15", "15"],
            ["ptu.overflow.input", "10308000", "18.039"],
            ["ptu.overflow.output", "1030800", "14.4312"],
        ]
    );
    assert_eq!(quote["total"], "47.4702");
    assert_eq!(quote["overflow"]["calls_per_minute"], "859");
}

#[test]
fn tokens_per_minute_are_converted_to_units() {
    // 100,000 + 10,000 × 8 = 180,000, ÷ 3,400 = 52.94.
    let quote = weighted().quote("ptu global --input-tpm 100k --output-tpm 10k --hours 1");
    assert_eq!((said(&quote).0, said(&quote).1), ("55", "55"));
    let (code, message) = by_side().fails("ptu flash --units 3 --days 1");
    assert_eq!(code, 1);
    assert!(
        message.contains("the model is not sold in units"),
        "{message}"
    );
}

#[test]
fn a_number_that_is_not_sold_is_said_to_be_none() {
    let shop = weighted();
    for (units, sold) in [(15, true), (20, true), (10, false), (17, false)] {
        let quote = shop.quote(&format!("ptu global --units {units} --hours 1"));
        let notes = said(&quote).2;
        let is_said = notes
            .iter()
            .any(|note| note.contains("may not be for sale"));
        assert_eq!(is_said, !sold, "{units}");
    }
}

fn tokens(input: u64, cached: u64, output: u64) -> Tokens {
    Tokens {
        cached,
        ..Tokens::plain(input, output)
    }
}

fn one_meter(cached: &str, output: &str) -> Meters {
    let decimal = |text| Decimal::from_str_exact(text).unwrap();
    let weights = Weights {
        input: Decimal::ONE,
        cached: decimal(cached),
        cache_write: Decimal::ONE,
        output: decimal(output),
    };
    let meter = Meter::new(
        "tokens",
        vec![Bracket {
            up_to: None,
            weights,
        }],
    );
    Meters::new(vec![meter.unwrap()]).unwrap()
}

#[test]
fn cached_tokens_take_less() {
    // Half of 200 cached at 0: 1,000 × (100 + 20 × 8) = 260,000, ÷ 3,400 = 76.47, so 80 in steps of 5.
    let meters = one_meter("0", "8");
    let reserved = |units: u64| Reserved {
        capacity: [units * 3_400, 0],
        meters: meters.clone(),
        max_input: None,
    };
    let call = tokens(200, 100, 20);
    let all = meters.shares(call.times(1_000).unwrap(), 1_000);
    assert_eq!(meters.whole(all), [260_000, 0]);
    assert!(reserved(80).whole_calls(call) >= 1_000);
    assert!(reserved(75).whole_calls(call) < 1_000);
    // A tenth of a token is not lost: 10 calls of 1 cached token take 1.
    let meters = one_meter("0.1", "4");
    let call = tokens(1, 1, 0);
    assert_eq!(meters.shares(call, 1), [1, 0]);
    assert_eq!(
        meters.whole(meters.shares(call.times(10).unwrap(), 10)),
        [1, 0]
    );
    assert_eq!(
        meters.whole(meters.shares(call.times(11).unwrap(), 11)),
        [2, 0]
    );
}

#[test]
fn a_weight_of_1_changes_nothing() {
    let trace: String = (0..400).fold(
        "timestamp,input_tokens,output_tokens\n".to_owned(),
        |text, call| {
            let (minute, second) = (call / 40, call % 40);
            format!(
                "{text}2026-06-01T10:{minute:02}:{second:02},{},{}\n",
                100 + call * 37 % 900,
                1 + call % 50
            )
        },
    );
    let shop = |weights: &str| {
        let shop = Shop::of(&format!(
            r#"
[[model]]
code = "one"
[[model.ptu]]
input = {{ hour = "10 per 10K TPM-hour" }}
output = [{{ hour = "5 per 1K TPM-hour" }}]
{weights}
[[model.standard]]
tiers = [{{ input = "1.75 per 1M tokens", output = "14 per 1M tokens" }}]
"#
        ));
        shop.folder.file("calls.csv", &trace);
        shop
    };
    let plain = shop("");
    for weights in [
        r#"weights = [{ input = "1", output = "1" }]"#,
        r#"weights = [{ up_to = "200 tokens", input = "1.0" }, { cached = "1", output = "1.00" }]"#,
    ] {
        let weighed = shop(weights);
        for line in [
            "--input-tpm 20k --output-tpm 1k --hours 1",
            "--input-tpm 20k --output-tpm 1k --hours 1 --rpm 300 --input-per-request 321 --output-per-request 7",
            "--fit peak --hours 1 --rpm 300.5 --input-per-request 321 --output-per-request 7",
            "--fit cheapest --hours 1 --rpm 300.5 --input-per-request 321 --output-per-request 7",
            "--trace TRACE --fit peak",
            "--trace TRACE --fit p95",
            "--trace TRACE --fit cheapest",
            "--trace TRACE --input-tpm 20k --output-tpm 1k",
        ] {
            let quote = |shop: &Shop| {
                let line = line.replace("TRACE", &shop.folder.path_of("calls.csv"));
                let quote = shop.quote(&format!("ptu one {line}")).to_string();
                quote.replace(shop.folder.path().to_str().unwrap(), "")
            };
            assert_eq!(quote(&weighed), quote(&plain), "{line}");
        }
    }
}

#[test]
fn a_part_of_a_trace_knows_no_weights() {
    let shop = weighted();
    let calls = shop.folder.file(
        "calls.csv",
        "timestamp,input_tokens,output_tokens\n2026-06-01T10:00:00,200,20\n",
    );
    for model in ["global", "dtu"] {
        let term = if model == "dtu" { "--months 1" } else { "" };
        let line = format!("ptu {model} --units 15 --trace {calls} --partial {term}");
        let (code, message) = shop.fails(&line);
        assert_eq!(code, 2, "{message}");
        assert!(message.contains("a part of a trace knows no reservation"));
    }
}

#[test]
fn a_comparison_ranks_units() {
    let shop = weighted();
    let catalog = shop.folder.path_of("shop.toml");
    let line = "compare global --rpm 1000 --input-per-request 200 --output-per-request 20 --days 30 --catalog";
    let mut words: Vec<&str> = line.split(' ').collect();
    words.push(&catalog);
    let found = json(&words);
    let total = |kind: &str| {
        let mut rows = found["options"].as_array().unwrap().iter();
        let row = rows.find(|row| row["option"] == kind).unwrap();
        row["total"].as_str().unwrap().to_owned()
    };
    // 110 × 720 h, 110 × 260, and 43.2 million calls by token: 8,640M × 1.75 + 864M × 14.
    assert_eq!(total("ptu-hourly"), "79200");
    assert_eq!(total("ptu-monthly"), "28600");
    assert_eq!(total("standard"), "27216");
}

#[test]
fn a_comparison_ranks_weeks_and_years() {
    let shop = Shop::of(
        r#"
[[model]]
code = "long"
[[model.capacity]]
unit = { name = "LU", adds = { tokens = "40500 TPM" }, block = "5 per unit-block", week = "10 per unit-week", year = "500 per unit-year" }
[[model.capacity.meters]]
name = "tokens"
weights = [{ input = "1", output = "6" }]
[[model.standard]]
tiers = [{ input = "1.5 per 1M tokens", output = "9 per 1M tokens" }]
"#,
    );
    let catalog = shop.folder.path_of("shop.toml");
    let line =
        "compare long --rpm 10 --input-per-request 5k --output-per-request 500 --days 30 --catalog";
    let mut words: Vec<&str> = line.split(' ').collect();
    words.push(&catalog);
    let found = json(&words);
    let rows = found["options"].as_array().unwrap().iter();
    let rows: Vec<(&str, &str)> = rows
        .map(|row| {
            (
                row["option"].as_str().unwrap(),
                row["total"].as_str().unwrap(),
            )
        })
        .collect();
    // 80,000 weighted tokens a minute are 2 units: 5 weeks × 2 × 10, 1 year × 2 × 500, and by token
    // 2,160M × 1.5 + 216M × 9.
    let expected = [
        ("ptu-weekly", "100"),
        ("ptu-yearly", "1000"),
        ("standard", "5184"),
    ];
    assert_eq!(rows, expected);
    let missing = found["unavailable"].as_array().unwrap().iter();
    let missing: Vec<&str> = missing.map(|one| one["option"].as_str().unwrap()).collect();
    assert!(missing.contains(&"ptu-8h"), "{missing:?}");
}
