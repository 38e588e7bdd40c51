//! Days of a trace without a price: never 0, and never the price of another day.

use super::prices::Desk;

const TPM: &str = "--input-tpm 10k --output-tpm 1k";

#[test]
fn calls_of_a_day_without_a_price_are_refused() {
    let desk = Desk::new();
    let across = desk.calls("across.csv", &[(-90_000, 100, 10), (60, 100, 10)]);
    let expected = (
        1,
        "error: the trace has calls of 2026-05-31, and `own-new` has no such price on 2026-05-31: \
         the first is in force from 2026-06-02\n\n\
         hint: `--as-of 2026-06-02` takes the prices of that day for all of the trace\n"
            .to_owned(),
    );
    for line in [
        "quote tokens own-new".to_owned(),
        format!("quote ptu own-new {TPM}"),
        format!("quote ptu own-new {TPM} --days 3"),
        "quote ptu own-new --fit peak".to_owned(),
        "quote ptu own-new --fit cheapest".to_owned(),
    ] {
        assert_eq!(
            desk.refused(&format!("{line} --trace {across}")),
            expected,
            "{line}"
        );
        let given = format!("{line} --trace {across} --as-of 2026-06-02");
        let total = desk.total(given.trim_start_matches("quote "));
        assert_ne!(total, "0", "{line}");
    }
    // The days that have calls have prices.
    let after = desk.calls("after.csv", &[(0, 1_000_000, 1_000_000)]);
    assert_eq!(desk.total(&format!("tokens own-new --trace {after}")), "2");
}

#[test]
fn a_day_that_was_given_without_a_price_is_refused_before_the_trace_is_read() {
    let desk = Desk::new();
    let (code, error) = desk.refused("quote tokens own-new --trace none.csv --as-of 2026-06-01");
    assert_eq!(code, 1);
    assert!(
        error.contains("`own-new` has no such price on 2026-06-01"),
        "{error}"
    );
}

#[test]
fn times_from_a_start_of_their_own_need_a_price_of_today() {
    let desk = Desk::new();
    let text = "timestamp,input_tokens,output_tokens\n0,100,10\n";
    let trace = desk.file("counted.csv", text);
    let line = format!("tokens own-next --trace {trace} --time-unit seconds");
    assert_eq!(
        desk.refused(&format!("quote {line}")),
        (
            1,
            "error: `own-next` has no such price on 2026-11-20: the first is in force from \
             2027-01-01\n\nhint: use `--as-of 2027-01-01` or later\n"
                .to_owned()
        )
    );
    let total = desk.total(&format!("{line} --as-of 2027-01-01"));
    assert_eq!(total, "0.00011");
}

#[test]
fn overflow_of_a_day_without_a_price_is_refused() {
    let desk = Desk::new();
    let line = format!("quote ptu own-late-calls {TPM} --trace");
    let over = desk.calls("over.csv", &[(-60, 15_000, 10), (60, 100, 10)]);
    assert_eq!(
        desk.refused(&format!("{line} {over}")),
        (
            1,
            "error: calls of 2026-06-01 or later do not fit the reservation, and `own-late-calls` \
             has no such price on 2026-06-01: the first is in force from 2026-06-02\n\n\
             hint: `--as-of 2026-06-02` takes the prices of that day for all of the trace\n"
                .to_owned()
        )
    );
    // An hour of 3 and 0.5; then what overflows has a price, 15,000 × 1 and 10 × 1.
    let line = line.trim_start_matches("quote ");
    let fits = desk.calls("fits.csv", &[(-60, 100, 10), (60, 15_000, 10)]);
    assert_eq!(desk.total(&format!("{line} {fits}")), "3.51501");
}

#[test]
fn a_comparison_leaves_out_what_had_no_price() {
    let desk = Desk::new();
    let across = desk.calls("across.csv", &[(-60, 100, 10), (60, 100, 10)]);
    let (code, error) = desk.refused(&format!("compare own-new --trace {across}"));
    assert_eq!(code, 1);
    let reason = "standard of `own-new`: the trace has calls of 2026-06-01, and `own-new` has no \
                  such price on 2026-06-01: the first is in force from 2026-06-02 (`--as-of \
                  2026-06-02` takes the prices of that day for all of the trace)";
    assert!(error.contains(reason), "{error}");
}
