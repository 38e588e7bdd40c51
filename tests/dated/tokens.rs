//! Calls by token over a change of price.

use super::common;
use super::prices::{Desk, lines, notes, said};

const CHANGED: &str = "prices change on 2026-06-02: each call costs what is in force on its day \
                       (UTC+8); `--as-of` takes one day's prices for all";

/// A million tokens of each side a minute before the change, and as many a minute after it.
fn across(desk: &Desk) -> String {
    desk.calls(
        "across.csv",
        &[(-60, 1_000_000, 1_000_000), (60, 1_000_000, 1_000_000)],
    )
}

#[test]
fn each_call_costs_what_was_in_force_on_its_day() {
    let desk = Desk::new();
    let trace = across(&desk);
    // 2 + 3 for the first, 1 + 1 for the second.
    let quote = desk.quote(&format!("tokens own --trace {trace}"));
    assert_eq!(quote["total"], "7");
    assert_eq!(
        lines(&quote),
        said(&[
            ("Input before 2026-06-02", "2"),
            ("Output before 2026-06-02", "3"),
            ("Input from 2026-06-02", "1"),
            ("Output from 2026-06-02", "1"),
        ])
    );
    let prices: Vec<_> = quote["items"].as_array().unwrap().iter().collect();
    assert_eq!(prices[0]["unit_price"]["amount"], "2");
    assert_eq!(prices[2]["unit_price"]["amount"], "1");
    assert_eq!(prices[0]["source"]["from"], serde_json::Value::Null);
    assert_eq!(prices[2]["source"]["from"], "2026-06-02");
    assert_eq!(notes(&quote), [CHANGED]);
    let report = common::json(&desk.line(&format!("quote tokens own --trace {trace}")));
    assert_eq!(report["catalog"]["as_of"], "2026-11-20");
}

#[test]
fn a_day_that_is_given_is_that_of_all_calls_and_is_said() {
    let desk = Desk::new();
    let trace = across(&desk);
    for (as_of, total, other) in [
        ("2026-06-01", "10", "2026-06-02"),
        ("2026-06-02", "4", "2026-06-01"),
        ("2026-11-20", "4", "2026-06-01"),
    ] {
        let quote = desk.quote(&format!("tokens own --trace {trace} --as-of {as_of}"));
        assert_eq!(quote["total"], total);
        assert_eq!(lines(&quote).len(), 2);
        let said = format!(
            "all is priced as of {as_of}, as `--as-of` says, and other prices are in force in the \
             trace, on {other}; without it each call costs what is in force on its own day"
        );
        assert_eq!(notes(&quote), [said]);
    }
}

#[test]
fn a_trace_on_one_side_of_a_change_is_said_to_be_nothing_else() {
    let desk = Desk::new();
    for (at, day, total) in [(-60, "2026-06-01", "5"), (60, "2026-06-02", "2")] {
        let trace = desk.calls("side.csv", &[(at, 1_000_000, 1_000_000)]);
        let own = common::run(&desk.line(&format!("quote tokens own --trace {trace}")));
        let given = format!("quote tokens own --trace {trace} --as-of {day}");
        let given = common::run(&desk.line(&given));
        assert_eq!(own.stdout, given.stdout);
        assert!(
            own.stdout.contains("\n Input   1,000,000 tokens"),
            "{}",
            own.stdout
        );
        assert_eq!(desk.total(&format!("tokens own --trace {trace}")), total);
    }
}

#[test]
fn a_day_changes_at_midnight_in_china() {
    let desk = Desk::new();
    for (at, total) in [("2026-06-01T15:59:59Z", "5"), ("2026-06-01T16:00:00Z", "2")] {
        let text = format!("timestamp,input_tokens,output_tokens\n{at},1000000,1000000\n");
        let trace = desk.file("one.csv", &text);
        assert_eq!(desk.total(&format!("tokens own --trace {trace}")), total);
    }
    // Sums of a minute, and times without a zone.
    let text = "minute,requests,input_tokens,output_tokens\n\
                2026-06-01 23:59,2,1000000,1000000\n2026-06-02 00:00,1,1000000,1000000\n";
    let trace = desk.file("sums.csv", text);
    assert_eq!(desk.total(&format!("tokens own --trace {trace}")), "7");
}

#[test]
fn times_from_a_start_of_their_own_have_the_prices_of_today() {
    let desk = Desk::new();
    let text = "timestamp,input_tokens,output_tokens\n0,1000000,1000000\n90000,1000000,1000000\n";
    let trace = desk.file("counted.csv", text);
    let line = format!("tokens own --trace {trace} --time-unit seconds");
    let quote = desk.quote(&line);
    assert_eq!(
        (lines(&quote), notes(&quote)),
        (said(&[("Input", "2"), ("Output", "2")]), vec![])
    );
    assert_eq!(desk.total(&format!("{line} --as-of 2026-06-01")), "10");
    let hours =
        format!("ptu own --trace {trace} --time-unit seconds --input-tpm 1M --output-tpm 1M");
    // 25 h and a minute: 26 hours of 100 × 3 and 1,000 × 0.5; both calls are above the maximum input.
    assert_eq!(desk.total(&hours), "20804");
}

#[test]
fn a_price_that_was_read_again_is_no_change() {
    let desk = Desk::new();
    let trace = across(&desk);
    for more in ["", "--as-of 2026-06-01", "--as-of 2026-06-02"] {
        let quote = desk.quote(&format!("tokens own-same --trace {trace} {more}"));
        assert_eq!(lines(&quote), said(&[("Input", "4"), ("Output", "6")]));
        assert_eq!(notes(&quote), Vec::<String>::new());
    }
}

#[test]
fn a_price_that_held_for_every_mode_is_that_of_the_mode() {
    let desk = Desk::new();
    let trace = across(&desk);
    let line = format!("tokens own-modes --trace {trace}");
    // 5 before; 1 + 10 and 1 + 1 after.
    assert_eq!(desk.total(&format!("{line} --mode thinking")), "16");
    assert_eq!(desk.total(&line), "7");
    let compared = common::json(&desk.line(&format!(
        "compare own-modes --trace {trace} --mode thinking"
    )));
    assert_eq!(compared["options"][0]["quote"]["total"], "16");
    let (code, error) = desk.refused(&format!("quote tokens own --trace {trace} --mode thinking"));
    assert_eq!(code, 1);
    assert!(
        error.contains("no price of its own for the mode `thinking`"),
        "{error}"
    );
}

#[test]
fn days_that_a_trace_stands_for_cost_as_those_recorded() {
    let desk = Desk::new();
    let trace = across(&desk);
    // Two days, taken five times.
    let quote = desk.quote(&format!("tokens own --trace {trace} --scale-to 10"));
    assert_eq!(quote["total"], "35");
    assert_eq!(notes(&quote)[0], CHANGED);
}
