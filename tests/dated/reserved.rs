//! Reservations over a change of price.

use super::prices::{Desk, lines, notes, said};

const TPM: &str = "--input-tpm 10k --output-tpm 1k";

#[test]
fn what_overflows_costs_what_was_in_force_and_an_hour_what_is_where_it_begins() {
    let desk = Desk::new();
    // 22:30 to 01:29: hours that begin at 22:30, 23:30 and 00:30.
    let trace = desk.calls(
        "night.csv",
        &[(-5_400, 15_000, 500), (60, 100, 10), (5_340, 15_000, 500)],
    );
    let quote = desk.quote(&format!("ptu own --trace {trace} {TPM}"));
    assert_eq!(
        lines(&quote),
        said(&[
            ("Input throughput before 2026-06-02", "12"),
            ("Output throughput before 2026-06-02", "2"),
            ("Input throughput from 2026-06-02", "3"),
            ("Output throughput from 2026-06-02", "0.5"),
            ("Overflow input before 2026-06-02", "0.03"),
            ("Overflow output before 2026-06-02", "0.0015"),
            ("Overflow input from 2026-06-02", "0.015"),
            ("Overflow output from 2026-06-02", "0.0005"),
        ])
    );
    assert_eq!(quote["total"], "17.547");
    assert_eq!(quote["parameters"]["billed"], "3 h");
    assert_eq!(
        notes(&quote)[0],
        "prices change on 2026-06-02: each call, and what is billed by the hour or the minute, \
         costs what is in force on its day, and where it begins (UTC+8); `--as-of` takes one day's \
         prices for all"
    );
    let tiers = quote["trace"]["admitted"]["overflow_by_tier"]
        .as_array()
        .unwrap();
    let of = |at: usize, key: &str| tiers[at][key].as_str().map(str::to_owned);
    assert_eq!(tiers.len(), 2);
    assert_eq!(
        (of(0, "before"), of(0, "from")),
        (Some("2026-06-02".to_owned()), None)
    );
    assert_eq!(
        (of(1, "before"), of(1, "from")),
        (None, Some("2026-06-02".to_owned()))
    );
    assert_eq!(
        (of(0, "amount").unwrap(), of(1, "amount").unwrap()),
        ("0.0315".to_owned(), "0.0155".to_owned())
    );
    // One day's prices for all: 3 × 7 and 2 × 0.0315, or half of it and 2 × 0.0155.
    let line = format!("ptu own --trace {trace} {TPM} --as-of");
    assert_eq!(desk.total(&format!("{line} 2026-06-01")), "21.063");
    assert_eq!(desk.total(&format!("{line} 2026-06-02")), "10.531");
    // Refused, nothing of it has a price.
    let refused = desk.quote(&format!(
        "ptu own --trace {trace} {TPM} --on-overflow reject"
    ));
    assert_eq!(refused["total"], "17.5");
    assert_eq!(
        refused["trace"]["admitted"]["overflow_by_tier"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        refused["trace"]["admitted"]["overflow_by_tier"][0]["calls"],
        "2"
    );
}

#[test]
fn a_started_hour_keeps_its_price_over_midnight() {
    let desk = Desk::new();
    let trace = desk.calls("hour.csv", &[(-1_800, 100, 10), (1_740, 100, 10)]);
    let quote = desk.quote(&format!("ptu own --trace {trace} {TPM}"));
    assert_eq!(
        lines(&quote),
        said(&[("Input throughput", "6"), ("Output throughput", "1")])
    );
    assert_eq!(notes(&quote), Vec::<String>::new());
}

#[test]
fn hours_after_the_trace_have_their_price_too() {
    let desk = Desk::new();
    let trace = desk.calls("evening.csv", &[(-7_200, 100, 10), (-6_600, 100, 10)]);
    // 22:00, 23:00 and 00:00.
    let line = format!("ptu own --trace {trace} {TPM} --hours 3");
    assert_eq!(desk.total(&line), "17.5");
    assert_eq!(desk.total(&format!("{line} --as-of 2026-06-01")), "21");
}

#[test]
fn a_subscription_keeps_the_price_of_the_day_on_which_it_was_bought() {
    let desk = Desk::new();
    let trace = desk.calls("two.csv", &[(-3_600, 15_000, 500), (3_600, 15_000, 500)]);
    // 2 days of 60 and 10; what overflows costs what was in force.
    let quote = desk.quote(&format!("ptu own --trace {trace} {TPM} --days 2"));
    assert_eq!(
        lines(&quote),
        said(&[
            ("Input throughput", "120"),
            ("Output throughput", "20"),
            ("Overflow input before 2026-06-02", "0.03"),
            ("Overflow output before 2026-06-02", "0.0015"),
            ("Overflow input from 2026-06-02", "0.015"),
            ("Overflow output from 2026-06-02", "0.0005"),
        ])
    );
    assert_eq!(quote["total"], "140.047");
    assert_eq!(
        notes(&quote)[..2],
        [
            "prices change on 2026-06-02: each call costs what is in force on its day (UTC+8); \
             `--as-of` takes one day's prices for all",
            "the term is bought on 2026-06-01, the first day of the trace, and keeps the price of \
             that day",
        ]
    );
    let as_of = format!("ptu own --trace {trace} {TPM} --days 2 --as-of 2026-06-02");
    assert_eq!(desk.total(&as_of), "70.031");
}

#[test]
fn a_maximum_input_is_that_of_the_day() {
    let desk = Desk::new();
    // Within 20,000 before the change, and above 6,000 after it.
    let trace = desk.calls("large.csv", &[(-60, 15_000, 10), (60, 15_000, 10)]);
    let line = format!("ptu own-tiers --trace {trace}");
    let quote = desk.quote(&format!("{line} --input-tpm 100k --output-tpm 10k"));
    assert_eq!(quote["trace"]["above_max_input"], "1");
    // An hour that begins before the change: 10 × 0.02 and 10 × 0.02; then 15,000 × 6 and 10 × 9.
    assert_eq!(
        lines(&quote),
        said(&[
            ("Input throughput", "0.2"),
            ("Output throughput", "0.2"),
            ("Overflow input of larger calls from 2026-06-02", "0.09"),
            ("Overflow output of larger calls from 2026-06-02", "0.00009"),
        ])
    );
    let fit = desk.quote(&format!("{line} --fit peak"));
    assert_eq!(fit["parameters"]["input_tpm"], "20000");
}

#[test]
fn other_days_have_no_date_that_says_what_an_hour_of_them_costs() {
    let desk = Desk::new();
    let trace = desk.calls("two.csv", &[(-3_600, 100, 10), (3_600, 100, 10)]);
    let line = format!("quote ptu own --trace {trace} {TPM} --scale-to 30");
    assert_eq!(
        desk.refused(&line),
        (
            1,
            "error: the price of the reservation changes on 2026-06-02, in the time of the trace, \
             and the other days of `--scale-to` have no date that says which price they have\n\n\
             hint: `--as-of 2026-06-02` takes the prices of that day for all\n"
                .to_owned()
        )
    );
    let line = line.trim_start_matches("quote ");
    assert_eq!(desk.total(&format!("{line} --as-of 2026-06-02")), "2520");
    // By the day it is bought once, on the first day.
    assert_eq!(desk.total(&format!("{line} --days 30")), "2100");
}

#[test]
fn the_minutes_are_drawn_over_a_change() {
    let desk = Desk::new();
    let trace = desk.calls("two.csv", &[(-60, 15_000, 500), (60, 15_000, 500)]);
    let chart = desk.file("chart.svg", "");
    let line = format!("ptu own --trace {trace} {TPM}");
    let drawn = format!("{line} --chart-file {chart}");
    assert_eq!(desk.total(&line), desk.total(&drawn));
}
