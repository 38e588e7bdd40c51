//! `renew` as a key of a plan.

use serde_json::Value;

use super::support::{json as printed, refused, stdout};
use super::{Folder, each};

fn plan(days: u64, own: &str) -> String {
    format!("version = 1\ndays = {days}\n[[deployment]]\nname = \"a\"\n{own}\n")
}

const THROUGHPUT: &str = "method = \"ptu\"\nmodel = \"qwen3-max-2025-09-23\"\n\
                          input_tpm = \"200k\"\noutput_tpm = \"20k\"\n";
const UNITS: &str = "method = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"MU5x1\"\n";

fn checked(days: u64, own: &str) -> Value {
    let folder = Folder::new(&[("plan.toml", &plan(days, own))]);
    printed(&format!("check {}", folder.path_of("plan.toml")))
}

#[test]
fn a_plan_renews_as_the_command_does() {
    let week = checked(
        30,
        &format!("{THROUGHPUT}days = 7\nrenew = 2\nstart = 2026-06-01T21:59:00"),
    );
    assert_eq!(week["total"], "54230.4");
    let deployment = &week["deployments"][0];
    assert_eq!(deployment["parameters"]["renew"], "2");
    let quote = &deployment["parts"][0]["quote"];
    assert_eq!(
        each(quote, "charged_on"),
        ["2026-06-01", "2026-06-06", "2026-06-13"]
    );
    // All of `count`.
    let months = checked(60, &format!("{UNITS}months = 1\nrenew = 1\ncount = 3"));
    assert_eq!(months["total"], "60834");
    assert_eq!(months["deployments"][0]["paid_months"], Value::Null);
}

#[test]
fn the_report_says_what_is_charged_when() {
    let text = plan(
        30,
        &format!("{THROUGHPUT}days = 7\nrenew = 2\nstart = 2026-06-01T21:59:00"),
    );
    let folder = Folder::new(&[("plan.toml", &text)]);
    let line = format!("check {}", folder.path_of("plan.toml"));
    let said =
        "3 terms: ¥18,076.80 on 2026-06-01, ¥18,076.80 on 2026-06-06, ¥18,076.80 on 2026-06-13";
    let table = stdout(&line).replace("\n     ", " ");
    assert!(
        table.contains(&format!("\n Renewed\n   a: {said}\n")),
        "{table}"
    );
    let comment = stdout(&format!("{line} --format markdown"));
    assert!(
        comment.contains(&format!("\nRenewed:\n\n- `a`: {said}\n")),
        "{comment}"
    );
    let focus = stdout(&format!("{line} --format focus"));
    assert_eq!(focus.matches(",Recurring,").count(), 2, "{focus}");
    let details = stdout(&format!("{line} --details"));
    assert!(details.contains("2026-06-14 23:59"), "{details}");
}

#[test]
fn months_beyond_the_period_are_said_by_whole_terms() {
    // 40 days need two months, of which one would do for 30.
    let paid = checked(40, &format!("{UNITS}months = 1\nrenew = 1"));
    let months = &paid["deployments"][0]["paid_months"];
    assert_eq!(
        (&months["months"], &months["days"]),
        (&"2".into(), &"40".into())
    );
    assert_eq!(months["whole"]["total"], "10139");
}

/// What is wrong with this deployment in a plan of 30 days.
fn problem(own: &str) -> String {
    let folder = Folder::new(&[("plan.toml", &plan(30, own))]);
    let (code, stderr) = refused(&format!("check {}", folder.path_of("plan.toml")));
    assert_eq!(code, 1, "{stderr}");
    stderr
}

#[test]
fn a_plan_refuses_renewals_that_cannot_be() {
    for (own, message) in [
        (
            format!("{THROUGHPUT}days = 11\nrenew = 2"),
            "`renew` goes beyond the period of 30 days: shorten it, or raise `days` of the plan",
        ),
        (
            format!("{UNITS}months = 1\nrenew = 1"),
            "`renew` goes beyond the period of 30 days: shorten it, or raise `days` of the plan",
        ),
        (
            format!("{THROUGHPUT}term = \"subscription\"\nrenew = 1"),
            "`renew` renews a term within the period of the plan, and without `days` or `months` the term is all of it: write `days` or `months` of one term",
        ),
        (
            format!("{THROUGHPUT}term = \"pay-as-you-go\"\nrenew = 1"),
            "`renew` renews a subscription, and pay-as-you-go has no term that ends: leave it out, or write `days` or `months` of one term",
        ),
        (
            format!("{THROUGHPUT}hours = 7\nrenew = 1"),
            "`renew` cannot stand beside `hours`: keep one of them",
        ),
        (
            format!("{UNITS}months = 1\ncancel_after = 7\nrenew = 1"),
            "`renew` cannot stand beside `cancel_after`: keep one of them",
        ),
        (
            format!("{UNITS}months = 1\nrenew = 0"),
            "`renew` cannot be `0`: must be at least 1",
        ),
    ] {
        let stderr = problem(&own);
        assert!(stderr.contains(message), "{own}\n{stderr}");
    }
}

#[test]
fn a_default_renews_only_terms_that_are_written() {
    let text = format!(
        "version = 1\ndays = 60\n[defaults]\nrenew = 1\n\
         [[deployment]]\nname = \"hourly\"\n{THROUGHPUT}hours = 1\n\
         [[deployment]]\nname = \"whole\"\n{UNITS}term = \"subscription\"\n\
         [[deployment]]\nname = \"written\"\n{UNITS}months = 1\n\
         [[deployment]]\nname = \"cancelled\"\n{UNITS}months = 1\ncancel_after = 7\n"
    );
    let folder = Folder::new(&[("plan.toml", &text)]);
    let checked = printed(&format!("check {}", folder.path_of("plan.toml")));
    let renewed: Vec<bool> = checked["deployments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["parts"][0]["quote"].get("renewals").is_some())
        .collect();
    assert_eq!(renewed, [false, false, true, false]);
}
