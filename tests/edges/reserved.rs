//! What is reserved, on one side or on none.

use super::said;
use super::support::{quote, rules_of};

#[test]
fn one_side_alone_is_a_reservation_too() {
    let by_the_hour = [
        "ptu.price-unit",
        "ptu.hourly",
        "ptu.hourly",
        "ptu.overdue",
        "reservation.minimum",
        "deploy.region",
        "deploy.update",
        // How old the evidence is, and that it has left its page.
        "catalog",
        "catalog",
    ];
    let by_the_day = [
        "ptu.early-end",
        "ptu.grace",
        "reservation.minimum",
        "deploy.region",
        "deploy.update",
        // How old the evidence is, and that it has left its page.
        "catalog",
        "catalog",
    ];
    for sides in [
        "--input-tpm 10k --output-tpm 0",
        "--input-tpm 0 --output-tpm 1k",
        "--input-tpm 10k --output-tpm 1k",
    ] {
        let ptu = format!("ptu glm-5.1 {sides}");
        assert_eq!(
            rules_of(&quote(&format!("{ptu} --hours 1.5"))),
            by_the_hour,
            "{sides}"
        );
        assert_eq!(
            rules_of(&quote(&format!("{ptu} --days 7"))),
            by_the_day,
            "{sides}"
        );
    }
}

#[test]
fn of_nothing_that_is_reserved_nothing_is_said() {
    // 60 calls an hour of 900 × ¥6 and 100 × ¥24 per 1M: ¥0.0078 each.
    let load = "--fit cheapest --rpm 1 --input-per-request 900 --output-per-request 100";
    for (length, cost) in [("--hours 1", "0.468"), ("--days 1", "11.232")] {
        let never = quote(&format!("ptu glm-5.1 {length} {load}"));
        assert_eq!(never["total"], cost);
        assert_eq!(
            rules_of(&never),
            [
                "ptu.overflow",
                "ptu.overflow-minute",
                "ptu.overflow",
                "catalog",
                "catalog"
            ],
            "{length}"
        );
    }
}

#[test]
fn a_mode_of_another_name_is_said_and_its_own_name_is_not() {
    let ptu = "ptu qwen-plus-2025-12-01 --input-tpm 10k --output-tpm 1k --hours 1";
    let alias = |flags: &str| {
        let notes = said(&quote(&format!("{ptu} {flags}")));
        notes.into_iter().find(|(rule, _)| rule == "ptu.modes")
    };
    assert_eq!(
        alias("--mode non-thinking").unwrap().1,
        "`non-thinking` is taken as `standard`: one mode, called so by the newest and by an earlier edition of the page"
    );
    assert_eq!(alias("--mode standard"), None);
    assert_eq!(alias(""), None);
}
