//! What cannot be priced, and the way out.

use std::fs::OpenOptions;
use std::io::Write;

use chrono::NaiveDate;
use tollgate::billing::load::OnOverflow;
use tollgate::catalog::Catalog;
use tollgate::order::{
    AsOf, Asked, Conflict, OrderError, TraceFit, TraceOrder, TraceTerm, TracedFrom, TracedOrder,
    TracedPtu, traced_quotes,
};
use tollgate::trace::{Options, Tuning};

use super::support::{refused, tollgate};
use super::traces::{CHEAP, Folder, csv};

/// Asserts how a command line fails: its code, what is wrong, and the way out.
fn fails(line: &str, code: i32, message: &str, hint: &str) {
    let expected = format!("error: {message}\n\nhint: {hint}\n");
    assert_eq!(refused(&format!("quote {line}")), (code, expected));
}

const SIZE: &str = "--input-tpm 10k --output-tpm 1k";
const MODEL: &str = "ptu qwen3-max-2025-09-23";

#[test]
fn a_trace_is_not_longer_than_what_is_priced() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(0, (9, 9)), (1500, (9, 9))]));
    fails(
        &format!("{MODEL} {SIZE} --trace {trace} --hours 2"),
        2,
        "the trace has 1,501 minutes, and the term is 120 minutes",
        "give a longer term, or leave it out: it is then that of the trace",
    );
    fails(
        &format!("{MODEL} {SIZE} --trace {trace} --scale-to 1"),
        2,
        "the trace covers 2 calendar days (UTC+8), which are more than 1 day",
        "leave `--scale-to` out, or give more days",
    );
    fails(
        &format!("{MODEL} {SIZE} --trace {trace} --scale-to 30 --days 7"),
        2,
        "`--scale-to 30` is longer than the term, which is 10,080 minutes",
        "scale to fewer days, or leave the term out: it is then that of `--scale-to`",
    );
}

#[test]
fn a_size_is_found_only_in_what_can_be_read_twice() {
    let output = tollgate()
        .args("quote ptu glm-5.1 --trace - --fit p99".split(' '))
        .write_stdin(csv([(0, (9, 9))]))
        .output()
        .unwrap();
    assert_eq!(
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap()
        ),
        (
            Some(2),
            "error: a reservation is sized by reading the trace more than once, and the standard input can be read once\n\n\
             hint: save the trace to a file\n"
                .to_owned()
        )
    );
}

#[test]
fn a_file_is_given_once() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(0, (9, 9))]));
    let again = trace.replace("calls.csv", "./calls.csv");
    let hint = "leave one of them out: its calls would count twice";
    let tokens = "tokens qwen3-max-2025-09-23";
    for (files, twice) in [
        (
            format!("--trace {trace} --trace {again}"),
            format!("`{again}`"),
        ),
        (
            "--trace - --trace -".to_owned(),
            "the standard input".to_owned(),
        ),
        (
            "--trace gone.csv --trace gone.csv".to_owned(),
            "`gone.csv`".to_owned(),
        ),
    ] {
        let message = format!("{twice} is given twice");
        fails(&format!("{MODEL} {SIZE} {files}"), 2, &message, hint);
        fails(&format!("{tokens} {files}"), 2, &message, hint);
        let expected = format!("error: {message}\n\nhint: {hint}\n");
        let compared = refused(&format!("compare qwen3-max-2025-09-23 {files}"));
        assert_eq!(compared, (2, expected));
    }
    // Two files with the same calls are two files.
    let copy = folder.file("copy.csv", &csv([(0, (9, 9))]));
    super::quote(&format!("{tokens} --trace {trace} --trace {copy}"));
}

#[test]
fn the_minutes_of_a_steady_load_are_all_alike() {
    fails(
        "ptu glm-5.1 --fit p95 --hours 1 --rpm 3 --input-per-request 9 --output-per-request 9",
        2,
        "`--fit p99` and `--fit p95` count the minutes of a trace",
        "add `--trace <FILE>`, or use `--fit peak`: a steady load is the same in every minute",
    );
}

#[test]
fn rows_that_cannot_be_read_are_named() {
    let folder = Folder::new(&[]);
    let trace = folder.file(
        "calls.csv",
        "ts,prompt_tokens,completion_tokens\n1767196800,9,9\n1767196801,-1,9\n",
    );
    fails(
        &format!("{MODEL} {SIZE} --trace {trace}"),
        1,
        &format!("1 row of 2 cannot be read\n  {trace}:3: input tokens: `-1` is negative"),
        "correct them, or leave them out with `--skip-bad-rows`",
    );
}

#[test]
fn a_time_that_is_clear_in_no_unit_needs_its_unit() {
    let folder = Folder::new(&[]);
    let trace = folder.file(
        "calls.jsonl",
        "{\"timestamp\":0,\"input_tokens\":9,\"output_tokens\":9}\n",
    );
    fails(
        &format!("tokens glm-5.1 --trace {trace}"),
        1,
        &format!("{trace}:1: `0` is not a Unix time of the years 2000 to 2100 in any unit"),
        "say the unit with `--time-unit`; times may then also be counted from 0",
    );
}

#[test]
fn calls_that_overflow_need_a_price() {
    let folder = Folder::new(&[]);
    let prices = folder.file("own.toml", CHEAP);
    let trace = folder.file("calls.csv", &csv([(0, (9000, 9)), (0, (9000, 9))]));
    let line = format!("--catalog {prices} --trace {trace}");
    let (code, said) = refused(&format!("quote ptu own-reserved-only {SIZE} {line}"));
    assert_eq!(code, 1);
    assert!(said.contains("price"), "{said}");
    // Refused, they need none; and neither do calls that all fit.
    for rest in [
        format!("{SIZE} --on-overflow reject"),
        "--fit peak".to_owned(),
    ] {
        super::quote(&format!("ptu own-reserved-only {rest} {line}"));
    }
    let (code, said) = refused(&format!("quote ptu own-short {SIZE} {line}"));
    assert_eq!(code, 1);
    assert!(said.contains("9,000") && said.contains("4,096"), "{said}");
    // Of a minute, the average request.
    let rows = "minute,requests,input_tokens,output_tokens\n2026-01-01 00:00:00,10,50000,100\n";
    let minute = folder.file("minute.csv", rows);
    fails(
        &format!("ptu own-short {SIZE} --catalog {prices} --trace {minute}"),
        1,
        "8 calls of 5,000 input tokens on average are beyond the last tier, which ends at 4,096 (`tokens.tier`)",
        BEYOND,
    );
    // The larger call fits, and the one that does not is named.
    let two = folder.file("two.csv", &csv([(0, (8000, 9)), (0, (6000, 9))]));
    fails(
        &format!("ptu own-short {SIZE} --catalog {prices} --trace {two}"),
        1,
        "a call of 6,000 input tokens is beyond the last tier, which ends at 4,096 (`tokens.tier`)",
        BEYOND,
    );
    fails(
        &format!("tokens own-short --catalog {prices} --trace {two}"),
        1,
        "2 calls of 7,000 input tokens on average are beyond the last tier, which ends at 4,096 (`tokens.tier`)",
        "leave them out with `--where`, or add a tier in a file of your own with `--catalog`",
    );
}

const BEYOND: &str = "reserve so much that they fit, use `--on-overflow reject`, or add a tier in a file of your own with `--catalog`";

#[test]
fn a_size_is_found_for_what_the_trace_is_taken_for() {
    let folder = Folder::new(&[]);
    let prices = folder.file("own.toml", CHEAP);
    let trace = folder.file("calls.csv", &csv([(0, (9, 9)), (57, (9, 9))]));
    for (term, said, hint) in [
        (
            "--days 30",
            "43,200",
            "add `--scale-to 30`, which takes the trace as the pattern of the term",
        ),
        (
            "--hours 2",
            "120",
            "leave the term out: it is then that of the trace, or of the days of `--scale-to`",
        ),
    ] {
        fails(
            &format!("{MODEL} --fit cheapest --trace {trace} {term}"),
            2,
            &format!(
                "`--fit cheapest` would weigh a reservation of {said} minutes against the overflow of 58 minutes"
            ),
            hint,
        );
    }
    fails(
        &format!("ptu own-reserved-only --fit cheapest --catalog {prices} --trace {trace}"),
        2,
        "`--fit cheapest` weighs what overflow costs, and the model has no published price for ordinary calls",
        "use `--fit peak`, or add the price in a file of your own with `--catalog`",
    );
    fails(
        &format!("{MODEL} --fit p95 --trace {trace}"),
        2,
        "so few minutes of the trace have calls that nothing would be reserved",
        "use `--fit peak`, or give `--input-tpm` and `--output-tpm`",
    );
}

#[test]
fn a_trace_without_tokens_has_no_size() {
    let folder = Folder::new(&[]);
    // Neither has one of which every call is above the maximum input.
    for call in [(0, 0), (2_000_000, 9)] {
        let trace = folder.file("calls.csv", &csv([(0, call), (57, call)]));
        for fit in ["peak", "p99", "p95"] {
            fails(
                &format!("{MODEL} --fit {fit} --trace {trace}"),
                1,
                "no call of the trace has tokens that a reservation takes, so nothing would be reserved",
                "give `--input-tpm` and `--output-tpm`, or name the columns of tokens with `--columns`",
            );
        }
    }
    // What is reserved all the same is not used.
    let trace = folder.file("calls.csv", &csv([(0, (0, 0))]));
    let line = format!("{MODEL} --input-tpm 10k --output-tpm 1k --trace {trace}");
    let quoted = crate::support::quote(&line);
    assert_eq!(quoted["trace"]["admitted"]["input_utilisation"], "0");
    assert_eq!(quoted["trace"]["admitted"]["in_quota"]["calls"], "1");
}

#[test]
fn calls_without_tokens_cost_nothing_that_could_be_said() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(0, (0, 0)), (1, (0, 0))]));
    fails(
        &format!("tokens qwen3-max-2025-09-23 --trace {trace}"),
        1,
        "the calls of the trace have no tokens, so there is nothing to price",
        "name the columns of tokens, as in `--columns input=prompt,output=answer`",
    );
}

#[test]
fn output_without_a_price_is_no_output_of_nothing() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(0, (9, 9))]));
    fails(
        &format!("tokens qwen3-rerank --trace {trace}"),
        1,
        "the trace has output tokens, and the model has no published price for them",
        "add the price in a file of your own with `--catalog`",
    );
}

/// A log that grows between two readings would be sized by one and priced by the other.
#[test]
fn a_trace_that_changes_while_it_is_read_is_refused() {
    let folder = Folder::new(&[]);
    let calls = (0..1000).map(|_| (0, (9000, 9)));
    let path = folder.file("calls.csv", &csv(calls));
    let catalog = Catalog::load(&[]).unwrap();
    let model = catalog.model("qwen3-max-2025-09-23").unwrap();
    let trace = TraceOrder {
        cache: None,
        from: TracedFrom::Files {
            given: vec![path.clone().into()],
            files: vec![path.clone().into()],
            left_out: 0,
            options: Box::new(Options {
                // So small that it is told of the reading before it is over.
                tuning: Tuning {
                    block: 64,
                    ..Tuning::default()
                },
                ..Options::default()
            }),
        },
        grown: None,
        scale_to: None,
        pattern: None,
        keeps_minutes: false,
    };
    let order = TracedOrder::Ptu(TracedPtu {
        service: None,
        asked: None,
        fit: Some(TraceFit::Peak),
        term: TraceTerm::Hours,
        mode: None,
        in_any_mode: false,
        on_overflow: OnOverflow::Bill,
        savings: None,
        dtu: None,
    });
    let asked = [Asked { model, order }];
    let day = AsOf {
        date: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        given: true,
    };
    let mut log = OpenOptions::new().append(true).open(&path).unwrap();
    let mut grows = |_| log.write_all(b"1767196801000,1,1\n").unwrap();
    let answers = traced_quotes(&trace, &asked, &catalog, day, &mut grows);
    assert_eq!(
        answers.unwrap_err(),
        OrderError::Conflict(Conflict::TraceChanged)
    );
    let mut still = |_| ();
    assert!(traced_quotes(&trace, &asked, &catalog, day, &mut still).is_ok());
}

#[test]
fn flags_that_a_trace_answers_are_refused() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(0, (9, 9))]));
    for (flags, message) in [
        ("--runs 2", "`--runs` cannot be used with `--trace`"),
        (
            "--free-quota 1M",
            "the funding flags cannot be used with `--trace`",
        ),
        (
            "--start 2026-01-01T00:00",
            "`--start` cannot be used with `--trace`",
        ),
    ] {
        fails(
            &format!("{MODEL} {SIZE} --trace {trace} {flags}"),
            2,
            message,
            "leave one of them out",
        );
    }
    fails(
        &format!("{MODEL} --fit cheapest --on-overflow reject --trace {trace}"),
        2,
        "`--fit cheapest` weighs what overflow costs, and `--on-overflow reject` has none",
        "use `--fit peak`, or leave `--on-overflow` out",
    );
    fails(
        &format!("{MODEL} {SIZE} --hours-per-day 3 --trace {trace}"),
        2,
        "`--hours-per-day <HOURS>` does not go with `--trace <FILE>`",
        "leave one of them out",
    );
    fails(
        &format!("{MODEL} {SIZE} --rpm 3 --trace {trace}"),
        2,
        "`--rpm <RATE>` does not go with `--trace <FILE>`",
        "leave one of them out",
    );
}
