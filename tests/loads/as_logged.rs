//! The law: a load has the numbers of a log of its calls.

use chrono::Weekday;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::Value;

use super::AS_OF;
use super::common::folder::Folder;
use super::common::run;
use super::logged::{Line, csv};

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

fn any_line() -> impl Strategy<Value = Line> {
    let days = subsequence(WEEK.to_vec(), 1..=7);
    let span = (0..1440_u32, 1..200_u32);
    let tokens = (1..40_000_u32, 0..3_000_u32, 0..10_000_u32);
    (days, span, 100..9_000_u64, tokens).prop_map(
        |(days, span, milli_rpm, (input, output, cached))| Line {
            days,
            span,
            milli_rpm,
            tokens: (input, output, cached.min(input)),
        },
    )
}

/// What is said of where the calls come from is not the same, and must not be.
fn without_origin(mut document: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                if fields.contains_key("day") && fields.contains_key("zone_assumed") {
                    for key in ["files", "time", "load", "cached", "cached_by"] {
                        fields.remove(key);
                    }
                }
                if fields.get("message").is_some_and(|message| {
                    let message = message.as_str().unwrap();
                    message.contains("cached")
                        || message.contains("the term is longer")
                        || message.contains("`--scale-to` states")
                }) {
                    *value = Value::Null;
                    return;
                }
                fields.values_mut().for_each(strip);
            }
            Value::Array(values) => {
                values.iter_mut().for_each(strip);
                values.retain(|value| !value.is_null());
            }
            _ => {}
        }
    }
    strip(&mut document);
    document
}

/// A call in the first and in the last minute of each day: a log covers the time of its calls, a load its days.
fn ends_of_days() -> Line {
    Line {
        days: WEEK.to_vec(),
        span: (1439, 2),
        milli_rpm: 1_000,
        tokens: (1, 0, 0),
    }
}

fn same(lines: &[Line], days: u64, command: &str) {
    let lines = &[lines, &[ends_of_days()]].concat();
    let log = csv(lines, AS_OF, days);
    if log.lines().count() == 1 {
        return;
    }
    let folder = Folder::new(&[("calls.csv", &log)]);
    let path = folder.path_of("calls.csv");
    let command: Vec<String> = command.split(' ').map(str::to_owned).collect();
    let with = |more: Vec<String>| {
        let outcome = run(&[command.clone(), more, vec!["--json".into()]].concat());
        // What cannot be priced, such as a size for so few minutes, cannot for the same reason.
        match outcome.code {
            0 => without_origin(serde_json::from_str(&outcome.stdout).unwrap()),
            code => serde_json::json!([code, outcome.stderr]),
        }
    };
    let mut of_load: Vec<String> = vec!["--as-of".into(), AS_OF.into()];
    for line in lines {
        of_load.extend(["--load".to_owned(), line.text()]);
    }
    if !command.contains(&"ptu".to_owned()) && !command.contains(&"dtu".to_owned()) {
        of_load.extend(["--days".to_owned(), days.to_string()]);
    }
    let of_log = vec!["--as-of".into(), AS_OF.into(), "--trace".into(), path];
    let text = |document| serde_json::to_string_pretty(&document).unwrap();
    let (load, log) = (text(with(of_load)), text(with(of_log)));
    let mut pairs = load.lines().zip(log.lines());
    let differing = pairs.find(|(one, other)| one != other);
    assert!(load == log, "{lines:?}\n{differing:?}");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn tokens_of_a_load_are_those_of_its_log(
        lines in proptest::collection::vec(any_line(), 1..4),
        days in 1..9_u64,
    ) {
        same(&lines, days, "quote tokens qwen3-max-2025-09-23");
    }

    #[test]
    fn a_reservation_takes_of_a_load_what_it_takes_of_its_log(
        lines in proptest::collection::vec(any_line(), 1..4),
        size in select(vec!["--input-tpm 20k --output-tpm 2k", "--fit p95", "--fit peak", "--fit cheapest"]),
    ) {
        same(&lines, 30, &format!("quote ptu qwen3-max-2025-09-23 {size}"));
    }

    #[test]
    fn every_way_costs_for_a_load_what_it_costs_for_its_log(
        lines in proptest::collection::vec(any_line(), 1..4),
        days in 1..9_u64,
    ) {
        same(&lines, days, "compare qwen3-max-2025-09-23 --fit p99");
    }
}

#[test]
fn units_and_terms_take_of_a_load_what_they_take_of_its_log() {
    let line = |days: &[Weekday], span, milli_rpm, tokens| Line {
        days: days.to_vec(),
        span,
        milli_rpm,
        tokens,
    };
    let lines = [
        line(&WEEK[..5], (540, 540), 2_500, (3_000, 350, 0)),
        // Over midnight: the night before the first day goes on into it.
        line(&WEEK[4..], (1320, 480), 700, (9_000, 100, 6_000)),
    ];
    same(
        &lines,
        30,
        "quote ptu qwen3-max-2025-09-23 --days 30 --input-tpm 20k --output-tpm 2k",
    );
    same(&lines, 30, "quote dtu qwen3.5-27b --months 1 --fit peak");
}
