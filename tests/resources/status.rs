//! The edges of every status.

use serde_json::{Value, json};

use super::{only, tokens};

fn statuses(resource: &str, flags: &str) -> Value {
    only(resource, flags)["statuses"].clone()
}

#[test]
fn ninety_percent_is_not_nearly_exhausted_and_one_token_more_is() {
    let of = |used: u64| {
        let resource = tokens(1_000_000, &format!("used = {used}\nexpires = 2027-12-31"));
        statuses(&resource, "")
    };
    assert_eq!(of(0), json!(["available"]));
    assert_eq!(of(900_000), json!(["available"]));
    assert_eq!(of(900_001), json!(["available", "nearly-exhausted"]));
    assert_eq!(of(999_999), json!(["available", "nearly-exhausted"]));
    assert_eq!(of(1_000_000), json!(["exhausted"]));
}

#[test]
fn the_share_is_compared_exactly() {
    // 90 % of 7 is 6.3, and of a total with 9 decimals it has 10.
    let of = |total: &str, used: &str| {
        let kind = "kind = \"knowledge-base\"\nsource = \"purchased\"";
        let numbers = format!("total = \"{total}\"\nused = \"{used}\"\nexpires = 2027-12-31");
        statuses(&format!("{kind}\n{numbers}"), "")
    };
    assert_eq!(of("7", "6.3"), json!(["available"]));
    assert_eq!(
        of("7", "6.300000001"),
        json!(["available", "nearly-exhausted"])
    );
    assert_eq!(of("0.000000001", "0"), json!(["available"]));
    assert_eq!(of("0.000000001", "0.000000001"), json!(["exhausted"]));
    let most = "999999999999999.999999999";
    assert_eq!(of(most, "899999999999999.999999999"), json!(["available"]));
    let above = "900000000000000";
    assert_eq!(of(most, above), json!(["available", "nearly-exhausted"]));
}

#[test]
fn more_than_all_is_exhausted_and_nothing_is_left() {
    let resource = tokens(
        100,
        "used = 120\nreason = \"calls under way were finished\"\nexpires = 2027-12-31",
    );
    let only = only(&resource, "");
    assert_eq!(only["statuses"], json!(["exhausted"]));
    assert_eq!(
        (&only["left"], &only["used_percent"]),
        (&json!("0"), &json!("120"))
    );
}

#[test]
fn it_is_expiring_soon_from_thirty_days_before_and_expired_the_day_after() {
    let resource = tokens(100, "used = 0\nexpires = 2026-12-31");
    let available = json!(["available"]);
    let soon = json!(["available", "expiring-soon"]);
    let expired = json!(["expired"]);
    for (today, days, expected) in [
        ("2026-11-30", 31, &available),
        ("2026-12-01", 30, &soon),
        ("2026-12-02", 29, &soon),
        ("2026-12-23", 8, &soon),
        ("2026-12-24", 7, &soon),
        ("2026-12-29", 2, &soon),
        ("2026-12-30", 1, &soon),
        ("2026-12-31", 0, &soon),
        ("2027-01-01", -1, &expired),
        ("2027-12-31", -365, &expired),
    ] {
        let only = only(&resource, &format!("--today {today}"));
        assert_eq!(
            (&only["statuses"], &only["days_left"]),
            (expected, &json!(days)),
            "{today}"
        );
    }
}

#[test]
fn several_statuses_hold_at_once() {
    let of = |used: u64, expires: &str| {
        let resource = tokens(100, &format!("used = {used}\nexpires = {expires}"));
        statuses(&resource, "")
    };
    assert_eq!(
        of(91, "2026-11-20"),
        json!(["available", "nearly-exhausted", "expiring-soon"])
    );
    assert_eq!(of(100, "2026-11-20"), json!(["exhausted", "expiring-soon"]));
    assert_eq!(of(100, "2026-11-19"), json!(["exhausted", "expired"]));
    assert_eq!(of(91, "2026-11-19"), json!(["nearly-exhausted", "expired"]));
}

#[test]
fn the_example_of_the_source_leaves_seven_hundred_thousand() {
    let resource = tokens(1_000_000, "used = [100_000, 200_000]\nexpires = 2027-12-31");
    let only = only(&resource, "");
    assert_eq!(
        (&only["used"], &only["left"], &only["used_percent"]),
        (&json!("300000"), &json!("700000"), &json!("30"))
    );
}
