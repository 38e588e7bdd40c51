//! Dedicated throughput units, as people and programs see them: quotes, traces, comparisons, plans, price cards.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[allow(dead_code)]
mod common;

use std::fs;

use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;
use tollgate::billing::dedicated;
use tollgate::billing::fit;
use tollgate::billing::kind::Tokens;
use tollgate::billing::load::Load;
use tollgate::billing::meter::Meters;
use tollgate::billing::money::Currency;
use tollgate::billing::ptu::{Prices, Rules};
use tollgate::billing::quote::Source;
use tollgate::billing::unit::UnitPrice;
use tollgate::billing::units::{Size, Sold, UnitName, capacity};

const PRICES: &str = "tests/dtu/prices.toml";

fn run(line: &str) -> tollgate::cli::Outcome {
    common::run(&line.split_whitespace().collect::<Vec<_>>())
}

fn json(line: &str) -> Value {
    common::json(&line.split_whitespace().collect::<Vec<_>>())
}

fn quoted(args: &str) -> Vec<Value> {
    let report = json(&format!("quote dtu {args} --catalog {PRICES}"));
    report["quotes"].as_array().unwrap().clone()
}

fn refused(args: &str) -> String {
    let run = run(&format!("quote dtu {args} --catalog {PRICES}"));
    assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{args}");
    run.stderr
}

#[test]
fn units_are_bought_whole_and_hold_both_sides() {
    let one = quoted("qwen3.6-27b --units 1 --months 1");
    assert_eq!(one[0]["total"], "49118");
    let quotes = quoted("qwen3.6-27b --input-tpm 600k --output-tpm 60k --months 1");
    assert_eq!(quotes.len(), 1);
    let parameters = &quotes[0]["parameters"];
    assert_eq!(
        (&quotes[0]["method"], &quotes[0]["total"]),
        (&"dtu".into(), &"147354".into())
    );
    assert_eq!(
        (
            &parameters["spec"],
            &parameters["units"],
            &parameters["input_tpm"],
            &parameters["output_tpm"]
        ),
        (
            &"Standard".into(),
            &"3".into(),
            &"819000".into(),
            &"102000".into()
        )
    );
    let item = &quotes[0]["items"][0];
    assert_eq!(
        (&item["id"], &item["rule"]),
        (&"dtu.units".into(), &"dtu.monthly".into())
    );
    // Output alone decides, too: 103K of it need a fourth.
    let quotes = quoted("qwen3.6-27b --input-tpm 1 --output-tpm 103k --months 1");
    assert_eq!(quotes[0]["parameters"]["units"], "4");
}

#[test]
fn every_specification_is_quoted_the_cheapest_first() {
    let load = "--rpm 60 --input-per-request 8000 --output-per-request 800 --months 3";
    for fit in ["peak", "cheapest"] {
        let quotes = quoted(&format!("qwen3.5-27b --fit {fit} {load}"));
        let of = |quote: &Value| {
            let parameters = &quote["parameters"];
            (
                parameters["spec"].as_str().unwrap().to_owned(),
                parameters["units"].as_str().unwrap().to_owned(),
                quote["total"].as_str().unwrap().to_owned(),
            )
        };
        let quotes: Vec<_> = quotes.iter().map(of).collect();
        let own = |spec: &str, units: &str, total: &str| {
            (spec.to_owned(), units.to_owned(), total.to_owned())
        };
        assert_eq!(
            quotes,
            [
                own("Efficient", "2", "293976"),
                own("Standard", "1", "3326064")
            ],
            "{fit}"
        );
    }
    let quotes = quoted("qwen3.5-27b --spec efficient --units 1 --months 1");
    assert_eq!((quotes.len(), &quotes[0]["total"]), (1, &"48996".into()));
}

#[test]
fn what_is_not_sold_or_not_documented_is_refused() {
    for (args, message) in [
        (
            "qwen3.6-27b --units 3 --months 13",
            "error: a term of 13 months is not sold: it has at most 12 (`dtu.monthly`)\n",
        ),
        (
            "qwen3.6-27b --units 3 --months 1 --cancel-after 32",
            "error: 32 days are more than a term of 1 month can have\n",
        ),
        (
            "qwen3.6-27b --spec Fast --units 3 --months 1",
            "error: `qwen3.6-27b` is not offered as `Fast`\n\nhint: it is offered as `Standard`\n",
        ),
        (
            "qwen3-8b --units 3 --months 1",
            "error: `qwen3-8b` is not sold in dedicated throughput units (`quote dtu`)\n",
        ),
        (
            "qwen3.6-27b --units 1 --months 1 --rpm 60 --input-per-request 8000 --output-per-request 800",
            "error: 26 calls a minute do not fit the units of `Standard`, and what becomes of them is not documented (`dtu.beyond`)\n",
        ),
    ] {
        let stderr = refused(args);
        assert!(stderr.starts_with(message), "{args}: {stderr}");
    }
    let none = run(&format!(
        "quote dtu qwen3.6-27b --units 0 --months 1 --catalog {PRICES}"
    ));
    assert_eq!(none.code, 2);
}

#[test]
fn an_early_end_settles_started_days_of_the_whole_term() {
    // 3 units × 49,118 × 1.2 ÷ 30 × 41 days, in the second month, too.
    let quote = &quoted("qwen3.6-27b --units 3 --months 2 --cancel-after 40.5")[0];
    let cancellation = &quote["cancellation"];
    assert_eq!(
        (
            &quote["total"],
            &quote["items"][0]["id"],
            &quote["items"][0]["rule"]
        ),
        (
            &"241660.56".into(),
            &"dtu.cancellation".into(),
            &"dtu.early-end".into()
        )
    );
    assert_eq!(
        (&cancellation["used_days"], &cancellation["refund"]),
        (&"41".into(), &"53047.44".into())
    );
    // 25 days at 1.2 are a whole month, and no more is charged.
    for (days, charged) in [
        ("24.9", "49118"),
        ("25", "49118"),
        ("29", "49118"),
        ("24", "47153.28"),
    ] {
        let args = format!("qwen3.6-27b --units 1 --months 1 --cancel-after {days}");
        assert_eq!(quoted(&args)[0]["total"], charged, "{days}");
    }
    let both = format!(
        "quote dtu qwen3.6-27b --units 1 --months 1 --cancel-after 3 --renew 1 --catalog {PRICES}"
    );
    assert_eq!(run(&both).code, 2);
}

#[test]
fn a_term_is_renewed() {
    let quote = &quoted("qwen3.6-27b --units 1 --months 12 --renew 1 --start 2026-10-01T10:00")[0];
    assert_eq!(quote["total"], "1178832");
    assert_eq!(quote["renewals"]["terms"][1]["cost"], "589416");
    assert_eq!(quote["schedule"]["expires"], Value::Null);
}

/// A trace whose busiest minutes are 330,000 input and 40,000 output tokens.
fn trace(folder: &TempDir) -> String {
    let path = folder.path().join("calls.csv");
    let calls = "time,input_tokens,output_tokens\n\
                 2026-10-01T10:00:00Z,300000,10\n\
                 2026-10-01T10:00:30Z,30000,20\n\
                 2026-10-01T10:05:00Z,300,40000\n";
    fs::write(&path, calls).unwrap();
    path.display().to_string()
}

#[test]
fn a_trace_is_held_in_its_busiest_minutes() {
    let folder = TempDir::new().unwrap();
    let trace = trace(&folder);
    let quotes = quoted(&format!(
        "qwen3.5-27b --trace {trace} --fit peak --months 1"
    ));
    let of = |quote: &Value| (quote["parameters"]["units"].clone(), quote["total"].clone());
    assert_eq!(of(&quotes[0]), ("2".into(), "97992".into()));
    assert_eq!(of(&quotes[1]), ("1".into(), "1108688".into()));
    assert_eq!(quotes[0]["trace"]["admitted"]["overflow"]["calls"], "0");
    let stderr = refused(&format!(
        "qwen3.5-27b --spec Efficient --trace {trace} --units 1 --months 1"
    ));
    assert!(
        stderr.starts_with("error: 2 calls of the trace do not fit the units, and what becomes of that is not documented (`dtu.beyond`)"),
        "{stderr}"
    );
}

fn options(report: &Value) -> Vec<(String, String, String)> {
    let rows = report["options"].as_array().unwrap();
    let of_kind = rows.iter().filter(|row| row["option"] == "dtu-monthly");
    let row = |row: &Value| {
        let parameters = &row["quote"]["parameters"];
        (
            parameters["spec"].as_str().unwrap().to_owned(),
            parameters["units"].as_str().unwrap().to_owned(),
            row["total"].as_str().unwrap().to_owned(),
        )
    };
    of_kind.map(row).collect()
}

#[test]
fn each_specification_is_an_option() {
    let load = "--rpm 60 --input-per-request 8000 --output-per-request 800 --days 30";
    let line = format!("compare qwen3.5-27b {load} --catalog {PRICES}");
    let report = json(&line);
    let own = |spec: &str, units: &str, total: &str| {
        (spec.to_owned(), units.to_owned(), total.to_owned())
    };
    let both = [
        own("Efficient", "2", "97992"),
        own("Standard", "1", "1108688"),
    ];
    assert_eq!(options(&report), both);
    let points = report["break_even"].as_array().unwrap();
    let ids: Vec<&Value> = points.iter().map(|point| &point["id"]).collect();
    assert!(ids.contains(&&"dtu.monthly-vs-standard".into()), "{ids:?}");
    // Two units take 72 such calls a minute, which cost 26,873.856 by token: 97,992 of that is 3.6464 times.
    let at_full_use = points
        .iter()
        .find(|point| point["id"] == "dtu.monthly-vs-standard" && point["units"] == "2")
        .unwrap();
    assert_eq!(
        (&at_full_use["spec"], &at_full_use["value"]),
        (&"Efficient".into(), &Value::Null)
    );
    assert!(
        at_full_use["message"]
            .as_str()
            .unwrap()
            .ends_with("at full use it costs 3.6464 times as much")
    );
    let folder = TempDir::new().unwrap();
    let trace = trace(&folder);
    let line = format!("compare qwen3.5-27b --trace {trace} --scale-to 30 --catalog {PRICES}");
    assert_eq!(options(&json(&line)), both);
    // A term has at most 12 months.
    let line = format!("compare qwen3.5-27b {load}0 --days 390 --catalog {PRICES}");
    let line = line.replace("--days 300 ", "");
    let report = json(&line);
    assert_eq!(options(&report), []);
    let unavailable = report["unavailable"].as_array().unwrap().iter();
    let mut reasons = unavailable.filter(|one| one["option"] == "dtu-monthly");
    assert_eq!(
        reasons.next().unwrap()["reason"],
        "a term of 13 months is not sold: it has at most 12 (`dtu.monthly`)"
    );
}

#[test]
fn leaving_units_gives_back_what_an_early_end_does() {
    let load = "--rpm 60 --input-per-request 8000 --output-per-request 800 --days 30";
    let line = format!(
        "compare qwen3.5-27b {load} --current dtu-monthly --current-ends 10 --catalog {PRICES} --as-of 2026-11-29"
    );
    let report = json(&line);
    // 20 of 30 days have run, and with the overlap a 21st has begun: 97,992 − 2 × 48,996 × 1.2 ÷ 30 × 21.
    let now = &report["switch"][0]["term"]["now"];
    assert_eq!(
        (&now["refund"], &now["refund_rule"]),
        (&"15678.72".into(), &"dtu.early-end".into())
    );
}

#[test]
fn a_plan_has_dedicated_units() {
    let folder = TempDir::new().unwrap();
    let prices = fs::read_to_string(PRICES).unwrap();
    fs::write(folder.path().join("prices.toml"), prices).unwrap();
    let plan = folder.path().join("tollgate.toml");
    let write = |keys: &str| {
        let text = format!(
            "version = 1\ndays = 60\ncatalog = \"prices.toml\"\n\n[[deployment]]\nname = \"chat\"\nmethod = \"dtu\"\nmodel = \"qwen3.5-27b\"\n{keys}\n"
        );
        fs::write(&plan, text).unwrap();
        run(&format!("check {} --json", plan.display()))
    };
    let load = "rpm = 60\ninput_per_request = 8000\noutput_per_request = 800";
    let priced = write(&format!(
        "spec = \"Efficient\"\nfit = \"peak\"\nterm = \"subscription\"\n{load}"
    ));
    let report: Value = serde_json::from_str(&priced.stdout).unwrap();
    assert_eq!(
        report["deployments"][0]["total"], "195984",
        "{}",
        priced.stderr
    );
    // Which of two is meant has to be said, as of model units.
    let several = write("units = 2\nmonths = 2");
    assert_eq!(several.code, 1);
    assert!(
        several
            .stderr
            .contains("name one as `spec`: `Efficient` or `Standard`"),
        "{}",
        several.stderr
    );
    for (keys, message) in [
        ("units = 2\nterm = \"pay-as-you-go\"", "sold by the month"),
        (
            "units = 2\nhours = 3",
            "is a key of `ptu` and `mu`, and the method is `dtu`",
        ),
        ("term = \"subscription\"", "input_tpm"),
    ] {
        let refused = write(keys);
        assert_eq!(refused.code, 1, "{keys}");
        assert!(refused.stderr.contains(message), "{}", refused.stderr);
    }
}

#[test]
fn a_price_card_and_a_list_have_them() {
    let report = json(&format!("models qwen3.5-27b --catalog {PRICES}"));
    let dtu = &report["models"][0]["dtu"];
    assert_eq!(dtu.as_array().unwrap().len(), 2);
    assert_eq!(
        (
            &dtu[1]["spec"],
            &dtu[1]["input_tpm"],
            &dtu[1]["output_tpm"],
            &dtu[1]["month"]
        ),
        (
            &"Efficient".into(),
            &291_000.into(),
            &36_000.into(),
            &"48996".into()
        )
    );
    let listed = run(&format!(
        "models --method dtu --max-price 49000 --sort price --catalog {PRICES}"
    ));
    assert!(listed.stdout.contains("qwen3.5-27b"), "{}", listed.stdout);
    assert!(!listed.stdout.contains("qwen3.6-27b"), "{}", listed.stdout);
    let sheet = run(&format!(
        "models qwen3.6-27b --catalog {PRICES} --format csv"
    ));
    let row = sheet.stdout.lines().find(|line| line.contains(",dtu,"));
    assert!(
        row.is_some_and(
            |row| row.contains(",dtu,subscription,Standard,,unit,49118,1,unit-month,CNY,")
        ),
        "{}",
        sheet.stdout
    );
}

/// Units that add so much to each side.
fn sold(input: u64, output: u64) -> Prices {
    Prices {
        units: vec![Sold {
            name: UnitName::Dedicated("Fast".to_owned()),
            adds: [input, output],
            smallest: 1,
            step: 1,
            steps_unknown: false,
            price: UnitPrice::parse("7 per unit-month").unwrap(),
        }],
        meters: Meters::of_sides(),
        mode: None,
        max_input: None,
        or_max_input: None,
        rules: Rules {
            dedicated: dedicated::Rules::default(),
            ..Rules::default()
        },
        currency: Currency::CNY,
        source: Source {
            document: "a".to_owned(),
            section: "b".to_owned(),
            first_seen: None,
            seen: None,
            transcribed: None,
            from: None,
            after: None,
            until: None,
            next: None,
        },
        standard: None,
        reservation: None,
        sale: None,
        says: Vec::new(),
        sizing: None,
    }
}

proptest! {
    #[test]
    fn the_units_hold_the_peak_and_one_less_does_not(
        adds in (1_u64..5_000_000, 1_u64..500_000),
        call in (1_u64..1_000_000, 0_u64..100_000),
        rpm in 1_u32..10_000,
    ) {
        let prices = sold(adds.0, adds.1);
        let load = Load {
            rpm: rpm.into(),
            per_request: Tokens::plain(call.0, call.1),
            cache: None,
        };
        let size = fit::peak(&load, &prices).unwrap();
        let needed = [call.0 * u64::from(rpm), call.1 * u64::from(rpm)];
        let holds = |count: u64| {
            let all = capacity(&prices.units, Size([count, 0])).unwrap();
            all.iter().zip(needed).all(|(has, needs)| *has >= needs)
        };
        prop_assert!(holds(size.0[0]));
        prop_assert!(!holds(size.0[0] - 1));
    }
}
