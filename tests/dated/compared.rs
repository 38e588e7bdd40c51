//! Every way of a comparison over a change of price.

use serde_json::Value;

use super::common;
use super::prices::{Desk, lines, said};

/// The option of a kind, known to serve the calls or not.
fn option<'a>(report: &'a Value, kind: &str) -> &'a Value {
    let all = ["options", "unranked"].into_iter();
    let mut all = all.filter_map(|list| report[list].as_array()).flatten();
    all.find(|option| option["option"] == kind).unwrap()
}

#[test]
fn each_way_has_the_prices_of_its_time() {
    let desk = Desk::new();
    // 23:00 to 00:59.
    let trace = desk.calls(
        "two.csv",
        &[
            (-3_600, 5_000, 500),
            (-3_600, 5_000, 500),
            (3_540, 9_000, 500),
        ],
    );
    let report = common::json(&desk.line(&format!("compare own --trace {trace}")));
    let total = |kind: &str| option(&report, kind)["quote"]["total"].clone();
    // 10,000 × 2 and 1,000 × 3; 9,000 and 500.
    assert_eq!(total("standard"), "0.0325");
    // 10K and 1K TPM: an hour of 6 and 1, and one of half of it.
    assert_eq!(total("ptu-hourly"), "10.5");
    assert_eq!(total("ptu-daily"), "70");
    // An hour of 10 and one of 5; the month is bought before the change.
    let hourly = &option(&report, "mu-hourly")["quote"];
    assert_eq!(
        lines(hourly),
        said(&[
            ("Replicas of MU1x2 before 2026-06-02", "10"),
            ("Replicas of MU1x2 from 2026-06-02", "5"),
        ])
    );
    assert_eq!(hourly["total"], "15");
    assert_eq!(total("mu-monthly"), "3000");
    for (kind, line) in [
        ("standard", "tokens own --rate standard"),
        ("ptu-hourly", "ptu own --fit peak"),
        ("ptu-daily", "ptu own --fit peak --days 1"),
    ] {
        assert_eq!(
            total(kind),
            desk.total(&format!("{line} --trace {trace}")),
            "{kind}"
        );
    }
    let later = desk.line(&format!("compare own --trace {trace} --as-of 2026-06-02"));
    let report = common::json(&later);
    let total = |kind: &str| option(&report, kind)["quote"]["total"].clone();
    assert_eq!(total("standard"), "0.0205");
    assert_eq!(total("ptu-hourly"), "7");
    assert_eq!(total("mu-hourly"), "10");
    assert_eq!(total("mu-monthly"), "1500");
}

#[test]
fn what_stands_for_other_days_has_no_price_by_the_hour_that_changes() {
    let desk = Desk::new();
    let trace = desk.calls("two.csv", &[(-3_600, 5_000, 500), (3_540, 9_000, 500)]);
    let line = format!("compare own --trace {trace} --scale-to 30");
    let report = common::json(&desk.line(&line));
    let unavailable = report["unavailable"].as_array().unwrap();
    for kind in ["ptu-hourly", "mu-hourly"] {
        let mut all = unavailable.iter();
        let one = all.find(|one| one["option"] == kind).unwrap();
        let reason = one["reason"].as_str().unwrap();
        assert!(reason.contains("changes on 2026-06-02"), "{reason}");
        assert!(reason.contains("`--as-of 2026-06-02`"), "{reason}");
    }
    assert_eq!(option(&report, "mu-monthly")["quote"]["total"], "3000");
}

#[test]
fn the_table_says_that_prices_change() {
    let desk = Desk::new();
    let trace = desk.calls("two.csv", &[(-3_600, 5_000, 500), (3_540, 9_000, 500)]);
    for (more, words) in [
        ("", "prices change on 2026-06-02"),
        ("--as-of 2026-06-02", "all is priced as of 2026-06-02"),
    ] {
        let line = format!("compare own --trace {trace} {more}");
        for format in ["table", "markdown", "json"] {
            let outcome = common::run(&desk.line(&format!("{line} --format {format}")));
            assert!(outcome.stdout.contains(words), "{}", outcome.stdout);
        }
    }
}
