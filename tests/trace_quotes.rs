//! `quote ptu --trace` and `quote tokens --trace`: what fits a reservation call by call, what the
//! rest costs, and which size a trace asks for.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "trace_quotes/batch.rs"]
mod batch;
#[path = "trace_quotes/cached.rs"]
mod cached;
#[path = "common/calendar.rs"]
mod calendar;
#[path = "trace_quotes/caveats.rs"]
mod caveats;
#[path = "trace_quotes/cheapest.rs"]
mod cheapest;
mod common;
#[path = "trace_quotes/compared.rs"]
mod compared;
#[path = "trace_quotes/dates.rs"]
mod dates;
#[path = "trace_quotes/drawn.rs"]
mod drawn;
#[path = "trace_quotes/files.rs"]
mod files;
#[path = "trace_quotes/flags.rs"]
mod flags;
#[path = "trace_quotes/laws.rs"]
mod laws;
#[path = "trace_quotes/odd.rs"]
mod odd;
#[path = "trace_quotes/overwritten.rs"]
mod overwritten;
#[path = "trace_quotes/pattern.rs"]
mod pattern;
#[path = "trace_quotes/refused.rs"]
mod refusals;
#[path = "trace_quotes/shown.rs"]
mod shown;
mod support;
#[path = "trace_quotes/told.rs"]
mod told;
#[path = "trace_quotes/traces.rs"]
mod traces;

use serde_json::{Value, json};
use support::{quote, total};
use traces::{Folder, csv};

/// 10,000 input and 1,000 output tokens a minute: ¥7.68 and ¥3.08 an hour.
const RESERVED: &str = "ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k";

/// The first two calls fit, the third is too much input, the fourth fills the minute exactly, the
/// fifth is too much of both.
const MINUTE: [(u64, u64); 5] = [
    (4000, 100),
    (5000, 100),
    (2000, 100),
    (1000, 100),
    (500, 900),
];

fn sums(calls: &str, input: &str, output: &str) -> Value {
    json!({ "calls": calls, "input_tokens": input, "output_tokens": output })
}

/// Id, quantity and amount of each line.
fn lines(quote: &Value) -> Vec<String> {
    let said = |item: &Value| {
        let text = |field: &str| item[field].as_str().unwrap().to_owned();
        [text("id"), text("quantity"), text("amount")].join(" ")
    };
    quote["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(said)
        .collect()
}

#[test]
fn a_minute_worked_by_hand_has_three_calls_that_fit() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv(MINUTE.map(|call| (0, call))));
    let quoted = quote(&format!("{RESERVED} --trace {trace}"));
    assert_eq!(
        lines(&quoted),
        [
            "ptu.input 10000 7.68",
            "ptu.output 1000 3.08",
            // 2,000 and 500 tokens at ¥6, 100 and 900 at ¥24 per 1M.
            "ptu.overflow.input 2500 0.015",
            "ptu.overflow.output 1000 0.024",
        ]
    );
    assert_eq!(quoted["total"], "10.799");
    let admitted = &quoted["trace"]["admitted"];
    assert_eq!(admitted["in_quota"], sums("3", "10000", "300"));
    assert_eq!(admitted["overflow"], sums("2", "2500", "1000"));
    assert_eq!(admitted["overflow_minutes"], "1");
    assert_eq!(admitted["input_utilisation"], "100");
    assert_eq!(admitted["output_utilisation"], "30");
    // The term is the span of the trace, and a started hour counts whole.
    assert_eq!(quoted["parameters"]["duration"], "PT1M");
    assert_eq!(quoted["parameters"]["billed"], "1 h");
}

#[test]
fn the_quota_is_new_with_each_minute_and_takes_no_call_above_the_maximum_input() {
    let folder = Folder::new(&[]);
    let mut calls = MINUTE.map(|call| (0, call)).to_vec();
    calls.extend([(1, (4000, 100)), (1, (130_000, 10))]);
    let trace = folder.file("calls.csv", &csv(calls));
    let quoted = quote(&format!("{RESERVED} --trace {trace}"));
    let found = &quoted["trace"];
    assert_eq!(found["above_max_input"], "1");
    assert_eq!(found["minutes"], "2");
    let admitted = &found["admitted"];
    assert_eq!(admitted["in_quota"], sums("4", "14000", "400"));
    // The large call is billed in the second tier, the others in the first.
    let tier = |mut sums: Value, up_to: &str, amount: &str| {
        sums["up_to"] = json!(up_to);
        sums["amount"] = json!(amount);
        sums
    };
    let tiers = [
        tier(sums("2", "2500", "1000"), "32768", "0.039"),
        tier(sums("1", "130000", "10"), "131072", "1.3004"),
        tier(sums("0", "0", "0"), "262144", "0"),
    ];
    assert_eq!(admitted["overflow_by_tier"], json!(tiers));
    assert_eq!(admitted["overflow_minutes"], "2");
    // 10.76 + 0.015 + 0.024 + 130,000 × 10 ÷ 1M + 10 × 40 ÷ 1M.
    assert_eq!(quoted["total"], "12.0994");
}

#[test]
fn refused_calls_are_counted_and_cost_nothing() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv(MINUTE.map(|call| (0, call))));
    let quoted = quote(&format!("{RESERVED} --trace {trace} --on-overflow reject"));
    assert_eq!(quoted["total"], "10.76");
    assert_eq!(quoted["parameters"]["on_overflow"], "reject");
    let admitted = &quoted["trace"]["admitted"];
    assert_eq!(admitted["overflow"], sums("2", "2500", "1000"));
    let notes = quoted["notes"].to_string();
    assert!(
        notes.contains("they are refused (429) and cost nothing"),
        "{notes}"
    );
}

#[test]
fn the_cheapest_size_is_for_as_long_as_the_trace_is_taken() {
    let folder = Folder::new(&[]);
    let prices = folder.file("own.toml", traces::CHEAP);
    // 200 calls of ¥0.076 each: ¥15.20, and a reservation of ¥1 an hour or ¥12 a day.
    let calls: Vec<_> = (0..200).map(|minute| (minute, (4000, 900))).collect();
    let trace = folder.file("calls.csv", &csv(calls));
    let line = format!("ptu own-model --catalog {prices} --trace {trace} --fit cheapest");
    assert_eq!(quote(&format!("{line} --hours 4"))["total"], "4");
    // Each of 30 days has them once: 24 hours of a reservation cost more, a day of it less.
    assert_eq!(quote(&format!("{line} --scale-to 30"))["total"], "456");
    assert_eq!(
        quote(&format!("{line} --scale-to 30 --days 30"))["total"],
        "360"
    );
}

#[test]
fn each_call_is_billed_in_the_tier_of_its_own_size() {
    let folder = Folder::new(&[]);
    // The average is within the first tier, the second call is not.
    let calls = [(0, (1000, 10)), (0, (40_000, 10)), (9, (32_768, 0))];
    let trace = folder.file("calls.csv", &csv(calls));
    let quoted = quote(&format!("tokens qwen3-max-2025-09-23 --trace {trace}"));
    assert_eq!(
        lines(&quoted),
        [
            "tokens.input 33768 0.202608",
            "tokens.output 10 0.00024",
            "tokens.input 40000 0.4",
            "tokens.output 10 0.0004",
        ]
    );
    assert_eq!(quoted["total"], "0.603248");
    assert_eq!(quoted["parameters"]["requests"], "3");
    assert_eq!(quoted["parameters"]["input_tokens"], "73768");
}

#[test]
fn a_longer_period_has_the_pattern_of_the_trace() {
    let folder = Folder::new(&[]);
    // A whole day: three of them are three times as much.
    let day = folder.file("day.csv", &csv([(0, (20_000, 30)), (1439, (30_000, 9))]));
    let once = quote(&format!("tokens qwen3-max-2025-09-23 --trace {day}"));
    let thrice = quote(&format!(
        "tokens qwen3-max-2025-09-23 --trace {day} --scale-to 3"
    ));
    assert_eq!(once["total"], "0.300936");
    assert_eq!(thrice["total"], "0.902808");
    assert_eq!(thrice["trace"]["scaled_to_days"], "3");
    assert_eq!(thrice["trace"]["calls"], "2");
    // Two days: 5 × 3 ÷ 2 is 7.5 tokens, and a started one counts whole.
    let days = folder.file("days.csv", &csv([(0, (2, 0)), (1440, (3, 0))]));
    let scaled = quote(&format!(
        "tokens qwen3-max-2025-09-23 --trace {days} --scale-to 3"
    ));
    assert_eq!(lines(&scaled), ["tokens.input 8 0.000048"]);
    // Without a term the reservation is for the days.
    let reserved = quote(&format!("{RESERVED} --trace {days} --scale-to 2"));
    assert_eq!(reserved["parameters"]["billed"], "48 h");
    assert_eq!(reserved["total"], "516.48");
}

#[test]
fn one_call_a_minute_costs_what_a_steady_load_of_one_costs() {
    let folder = Folder::new(&[]);
    let rest = "--hours 1 --input-tpm 10k --output-tpm 1k";
    // Calls that fit, and calls that no reservation takes.
    for (input, output) in [(4000, 400), (10_000, 1000), (130_000, 700)] {
        let calls: Vec<_> = (0..60).map(|minute| (minute, (input, output))).collect();
        let trace = folder.file("calls.csv", &csv(calls));
        let model = "ptu qwen3-max-2025-09-23";
        let steady = format!("--rpm 1 --input-per-request {input} --output-per-request {output}");
        assert_eq!(
            total(&format!("{model} {rest} --trace {trace}")),
            total(&format!("{model} {rest} {steady}")),
            "{input}/{output}"
        );
    }
}

#[test]
fn minutes_of_which_only_sums_are_known_overflow_by_their_share() {
    let folder = Folder::new(&[]);
    let rows = "minute,requests,input_tokens,output_tokens\n2026-01-01 00:00:00,10,50000,100\n";
    let trace = folder.file("minutes.csv", rows);
    let quoted = quote(&format!("{RESERVED} --trace {trace}"));
    // A fifth of the input fits, and so a fifth of the calls.
    let admitted = &quoted["trace"]["admitted"];
    assert_eq!(admitted["in_quota"], sums("2", "10000", "20"));
    assert_eq!(admitted["overflow"], sums("8", "40000", "80"));
    assert_eq!(quoted["trace"]["aggregated_minutes"], "1");
    let notes = quoted["notes"].to_string();
    assert!(notes.contains("which is less exact than calls"), "{notes}");
}

#[test]
fn minutes_without_requests_are_minutes_of_the_trace() {
    let folder = Folder::new(&[]);
    let mut rows = "minute,requests,input_tokens,output_tokens\n".to_owned();
    for minute in 0..1440 {
        let sums = if minute == 570 { "2,5000,100" } else { "0,0,0" };
        let (hour, minute) = (minute / 60, minute % 60);
        rows.push_str(&format!("2026-01-05 {hour:02}:{minute:02},{sums}\n"));
    }
    let trace = folder.file("day.csv", &rows);
    let quoted = quote(&format!("{RESERVED} --trace {trace} --scale-to 3"));
    let found = &quoted["trace"];
    assert_eq!(found["minutes"], "1440");
    assert_eq!(found["from"], "2026-01-05T00:00:00+08:00");
    assert_eq!(found["to"], "2026-01-05T23:59:00+08:00");
    assert_eq!(found["input_tpm"]["p99"], "0");
    assert_eq!(found["input_tpm"]["peak"], "5000");
    assert_eq!(found["aggregated_minutes"], "1");
    assert_eq!(quoted["parameters"]["billed"], "72 h");
    // Three times the tokens of a day, not of a minute.
    let tokens = quote(&format!(
        "tokens qwen3-max-2025-09-23 --trace {trace} --scale-to 3"
    ));
    assert_eq!(tokens["parameters"]["input_tokens"], "15000");
}

#[test]
fn times_are_said_as_their_files_write_them() {
    let folder = Folder::new(&[]);
    let calls = "ts,input_tokens,output_tokens\n";
    let unix = folder.file("unix.csv", &format!("{calls}1767225600,9,9\n"));
    let dates = folder.file(
        "dates.csv",
        &format!("{calls}2026-01-01T08:00:01+08:00,9,9\n"),
    );
    let own = folder.file("own.csv", &format!("{calls}0,9,9\n"));
    let tokens = "tokens qwen3-max-2025-09-23";
    for (files, said) in [
        (
            format!("--trace {dates} --trace {unix}"),
            "Unix seconds, and dates and times with a zone",
        ),
        (
            format!("--trace {own} --time-unit milliseconds"),
            "milliseconds from a start of its own",
        ),
    ] {
        assert_eq!(quote(&format!("{tokens} {files}"))["trace"]["time"], said);
    }
}

#[test]
fn rows_are_picked_by_a_column_and_bad_ones_left_out_on_demand() {
    let folder = Folder::new(&[]);
    let rows = "when,model,in,out\n\
        1767225600,big,4000,100\n\
        1767225601,small,9000,900\n\
        1767225602,big,none,100\n";
    let trace = folder.file("log.csv", rows);
    let quoted = quote(&format!(
        "{RESERVED} --trace {trace} --columns time=when,input=in,output=out --where model=big --skip-bad-rows"
    ));
    let found = &quoted["trace"];
    assert_eq!(found["calls"], "1");
    assert_eq!(found["skipped_rows"], "1");
    assert_eq!(found["time"], "Unix seconds");
    assert_eq!(found["zone_assumed"], false);
    assert_eq!(found["from"], "2026-01-01T08:00:00+08:00");
    let notes = quoted["notes"].to_string();
    assert!(
        notes.contains("1 of 3 rows is left out that cannot be read"),
        "{notes}"
    );
    assert!(
        notes.contains("1 of 3 rows is left out by `--where`"),
        "{notes}"
    );
    assert_eq!(found["filters"], json!(["model=big"]));
    assert_eq!(found["filtered_rows"], "1");
    assert_eq!(found["rows"], "3");
}

#[test]
fn a_provider_that_documents_its_services_bills_all_tiers_of_the_overflow() {
    let folder = Folder::new(&[]);
    let prices = folder.file("reserved.toml", traces::SERVICE);
    let calls = [(0, (4000, 100)), (0, (9000, 100)), (0, (7000, 100))];
    let trace = folder.file("calls.csv", &csv(calls));
    let line = format!("own-reserved --catalog {prices} --trace {trace}");
    let quoted = quote(&format!(
        "ptu {line} --input-tpm 10k --output-tpm 1k --months 1"
    ));
    assert_eq!(
        lines(&quoted)[2..],
        [
            "ptu.overflow.input 7000 0.007",
            "ptu.overflow.output 100 0.0004",
            "ptu.overflow.input 9000 0.018",
            "ptu.overflow.output 100 0.0008",
        ]
    );
    assert_eq!(quoted["funding"]["billed_tokens"], "16200");
    assert_eq!(
        quoted["funding"]["modes"],
        json!(["TPM Reservation", "Pay-as-you-go"])
    );
    let tokens = quote(&format!("tokens {line}"));
    assert_eq!(tokens["funding"]["billed_tokens"], "20300");
}
