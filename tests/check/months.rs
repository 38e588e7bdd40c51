//! A period that does not end with a month: how many are paid for, and what whole ones would cost.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::calendar::months_for;
use super::{Folder, checked, text};

/// A plan of so many days with this deployment.
fn plan(days: u64, own: &str) -> String {
    format!(
        "version = 1\ndays = {days}\n[[deployment]]\nname = \"a\"\nmethod = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"MU5x1\"\n{own}\n"
    )
}

const SUBSCRIBED: &str = "term = \"subscription\"";

/// What is printed of 40 days of a month of ¥10,139.
fn printed(flags: &str) -> String {
    let folder = Folder::new(&[("plan.toml", &plan(40, SUBSCRIBED))]);
    let outcome = folder.check("plan.toml", flags);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    outcome.stdout
}

#[test]
fn the_table_says_what_40_days_and_what_31_days_cost() {
    assert_eq!(
        printed(""),
        "\
plan.toml: ¥20,278.00 for 40 days

 Deployment  Bought                Cost   Share
 a           qwen3-8b by mu  ¥20,278.00  100.0%
 ──────────────────────────────────────────────
 Total                       ¥20,278.00

 Paid by whole months
   a: 2 months are paid for 40 days; 31 days would cost ¥10,139.00

 Not on the page
   a: not on the page since 2026-08-03 (last seen 2026-07-29); deployments
     bought before may go on

 Depends on readings: mu.monthly

 Prices in force on 2026-11-20, last seen on 2026-07-29
 a price here was last seen on 2026-07-29, 114 days ago: it may have changed
   since

 `--details` shows line items and notes
"
    );
}

#[test]
fn every_format_for_people_says_it() {
    let said = "2 months are paid for 40 days; 31 days would cost ¥10,139.00";
    let comment = printed("--format markdown");
    assert!(
        comment.contains(&format!("\nPaid by whole months:\n\n- `a`: {said}\n")),
        "{comment}"
    );
    assert_eq!(
        printed("--format github"),
        format!(
            "::notice title=Cost check::plan.toml: ¥20,278.00 for 40 days\n\
             ::notice file=plan.toml,line=3,col=1,title=Paid by whole months::a: {said}\n"
        )
    );
    let details = printed("--details");
    assert!(
        details.contains("2 months are paid for 40 days"),
        "{details}"
    );
}

fn months_of(plan: &str, flags: &str) -> Value {
    checked(plan, flags)["deployments"][0]["paid_months"].clone()
}

#[test]
fn the_json_has_both_costs() {
    let paid = |months: &str, days: &str, whole: Value| json!({ "months": months, "days": days, "whole": whole });
    let whole = |days: &str, total: &str, rounded: &str| json!({ "days": days, "total": total, "total_rounded": rounded });
    for (days, own, flags, expected) in [
        (
            40,
            SUBSCRIBED,
            "",
            paid("2", "40", whole("31", "10139", "10139.00")),
        ),
        // All of `count`, and what is left of the discount.
        (
            40,
            "term = \"subscription\"\ncount = 2\nreplicas = 3",
            "",
            paid("2", "40", whole("31", "60834", "60834.00")),
        ),
        (
            40,
            SUBSCRIBED,
            "--discount 15%",
            paid("2", "40", whole("31", "8618.15", "8618.15")),
        ),
        (
            89,
            SUBSCRIBED,
            "",
            paid("3", "89", whole("62", "20278", "20278.00")),
        ),
        // There is no shorter period that ends with a month.
        (29, SUBSCRIBED, "", paid("1", "29", Value::Null)),
        (1, "months = 1", "", paid("1", "1", Value::Null)),
        (
            45,
            "months = 2",
            "",
            paid("2", "45", whole("31", "10139", "10139.00")),
        ),
    ] {
        assert_eq!(
            months_of(&plan(days, own), flags),
            expected,
            "{days} {own} {flags}"
        );
    }
}

#[test]
fn nothing_is_said_where_nothing_is_paid_beyond_the_period() {
    for (days, own) in [
        (30, SUBSCRIBED),
        (90, SUBSCRIBED),
        // As long as one month and three in a row can be, and a year of twelve.
        (31, SUBSCRIBED),
        (92, SUBSCRIBED),
        (365, SUBSCRIBED),
        // Only a part of the period is bought.
        (45, "months = 1"),
        (40, "term = \"pay-as-you-go\""),
        // A cancelled order is charged by its used days, whatever its months are.
        (40, "term = \"subscription\"\ncancel_after = \"7\""),
        // Days are sold one by one.
        (40, "term = \"subscription\"\nMETHOD"),
    ] {
        let plan = match own.strip_suffix("METHOD") {
            None => plan(days, own),
            Some(own) => plan(days, own)
                .replace("\"mu\"", "\"ptu\"")
                .replace(
                    "spec = \"MU5x1\"",
                    "input_tpm = \"10k\"\noutput_tpm = \"1k\"",
                )
                .replace("qwen3-8b", "qwen3-max-2025-09-23"),
        };
        assert_eq!(months_of(&plan, ""), Value::Null, "{days} {own}");
    }
}

#[test]
fn a_reservation_that_is_sold_by_the_month_is_no_other_matter() {
    let catalog = "version = 1\n[provider]\nid = \"tencent\"\nregion = \"r\"\nregion_name = \"R\"\ncurrency = \"CNY\"\n\
         [billing.ptu]\nincrement = \"hour\"\n[[model]]\ncode = \"m\"\n[[model.ptu]]\n\
         input = { month = \"100 per 10K TPM-month\" }\noutput = [{ month = \"50 per 1K TPM-month\" }]\n";
    let plan = "version = 1\ndays = 40\ncatalog = \"own.toml\"\n[[deployment]]\nname = \"a\"\nmethod = \"ptu\"\n\
         model = \"m\"\ninput_tpm = \"20k\"\noutput_tpm = \"2k\"\nmonths = 2\n";
    let folder = Folder::new(&[("own.toml", catalog), ("plan.toml", plan)]);
    let outcome = folder.check("plan.toml", "");
    // 2 × 100 + 2 × 50 a month.
    assert!(
        outcome
            .stdout
            .contains("a: 2 months are paid for 40 days; 31 days would cost ¥300.00\n"),
        "{}{}",
        outcome.stdout,
        outcome.stderr
    );
    assert_eq!(text(&folder.json("plan.toml", ""), "/total"), "600");
}

#[test]
fn a_comment_of_thousands_of_them_still_fits() {
    let mut all = "version = 1\ndays = 40\n".to_owned();
    for number in 0..1_500 {
        all.push_str(&format!(
            "[[deployment]]\nname = \"d{number}\"\nmethod = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"MU5x1\"\n{SUBSCRIBED}\n"
        ));
    }
    let folder = Folder::new(&[("plan.toml", &all)]);
    let comment = folder.check("plan.toml", "--format markdown").stdout;
    assert!(comment.len() <= 65_000, "{}", comment.len());
    assert_eq!(comment.matches(" of 1,500 deployments left out").count(), 3);
    let github = folder.check("plan.toml", "--format github").stdout;
    assert_eq!(github.lines().count(), 10);
    assert!(
        github.ends_with("::1492 more notices are of this plan: the table has them\n"),
        "{github}"
    );
}

/// The most days that so many months have, from the first day of some month on.
fn longest(months: u64) -> u64 {
    let covered = (1..).take_while(|days| months_for(*days) <= months);
    covered.last().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The period that is named costs what it is said to, and nothing is said of it.
    #[test]
    fn the_shorter_period_costs_what_is_said(days in 1_u64..400, replicas in 1_u64..4, phase in 0_u64..32) {
        let phases = match phase {
            // Both periods are as long.
            1.. if days > 31 => format!("phases = [{{ days = {phase}, replicas = 1 }}]"),
            _ => String::new(),
        };
        let own = format!("{SUBSCRIBED}\nreplicas = {replicas}\n{phases}");
        let paid = months_of(&plan(days, &own), "");
        let months = months_for(days);
        prop_assert_eq!(paid.is_null(), months * 30 <= days, "{} {}", months, days);
        if let Some(whole) = paid.get("whole").filter(|whole| !whole.is_null()) {
            let shorter: u64 = text(whole, "/days").parse().unwrap();
            prop_assert!(shorter < days && shorter == longest(months - 1));
            let report = checked(&plan(shorter, &own), "");
            prop_assert_eq!(text(&report, "/total"), text(whole, "/total"));
            prop_assert!(months_of(&plan(shorter, &own), "").is_null());
        }
    }
}
