//! What is bought for a part of the period, in whatever unit: the plan says so.

use super::Folder;

const PTU: &str = "method = \"ptu\"\nmodel = \"gpt-5.2\"\nunits = 110";
const BY_DAY: &str = "method = \"ptu\"\nmodel = \"qwen-plus-2025-12-01\"\ninput_tpm = \"240k\"\noutput_tpm = \"50k\"";
const WEEKS: &str = "method = \"ptu\"\nmodel = \"gemini-2.5-pro\"\nunits = 2";
const MU: &str = "method = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"MU5x1\"";
const CALLS: &str = "method = \"tokens\"\nmodel = \"qwen3-8b\"\nrpm = 1\ninput_per_request = 10\noutput_per_request = 10";

fn checked(days: u64, own: &str, more: &str, flags: &str) -> String {
    let plan = format!("version = 1\ndays = {days}\n[[deployment]]\nname = \"a\"\n{own}\n{more}\n");
    let folder = Folder::new(&[("plan.toml", &plan)]);
    let outcome = folder.check("plan.toml", flags);
    assert_eq!(outcome.code, 0, "{plan}{}", outcome.stderr);
    outcome.stdout
}

#[test]
fn a_length_below_the_period_is_said_in_its_own_unit() {
    for (days, own, more, said) in [
        (365, PTU, "months = 1", "1 month is bought of the 365 days"),
        (730, PTU, "years = 1", "1 year is bought of the 730 days"),
        (90, PTU, "hours = 7", "7h is bought of the 90 days"),
        (90, WEEKS, "weeks = 3", "3 weeks are bought of the 90 days"),
        (
            365,
            WEEKS,
            "quarters = 2",
            "2 quarters are bought of the 365 days",
        ),
        (30, BY_DAY, "days = 7", "7 days are bought of the 30 days"),
        (
            30,
            BY_DAY,
            "days = 7\nrenew = 1",
            "14 days are bought of the 30 days",
        ),
        (
            120,
            MU,
            "months = 1\nrenew = 2",
            "3 months are bought of the 120 days",
        ),
        (30, MU, "hours = \"90m\"", "1h 30m is bought of the 30 days"),
        (
            30,
            CALLS,
            "days = 3",
            "there are calls on 3 days of the 30 days",
        ),
    ] {
        let said = format!("{said} of the plan: nothing is billed for the rest");
        let markdown = checked(days, own, more, "--format markdown");
        let part = format!("\nFor a part of the period:\n\n- `a`: {said}\n");
        assert!(markdown.contains(&part), "{markdown}");
        let github = checked(days, own, more, "--format github");
        let notice = format!(
            "::notice file=plan.toml,line=3,col=1,title=For a part of the period::a: {said}\n"
        );
        assert!(github.ends_with(&notice), "{github}");
    }
}

#[test]
fn a_length_that_covers_the_period_says_nothing() {
    for (days, own, more) in [
        (30, PTU, "months = 1"),
        (365, PTU, "years = 1"),
        (30, PTU, "years = 1"),
        (21, WEEKS, "weeks = 3"),
        (30, BY_DAY, "days = 30"),
        (30, BY_DAY, "term = \"subscription\""),
        (30, BY_DAY, "days = 10\nrenew = 2"),
        (1, BY_DAY, "hours = 24"),
        // Up for a part of each day, or at times that the plan says.
        (1, BY_DAY, "term = \"pay-as-you-go\"\nhours_per_day = 8"),
        (30, BY_DAY, "hours = 8\nruns = 20"),
        (60, MU, "months = 2"),
        (60, MU, "months = 1\ncancel_after = \"10d\""),
        (
            30,
            MU,
            "term = \"subscription\"\nreplicas = 2\nphases = [{ days = 9, replicas = 1 }]",
        ),
        (30, CALLS, ""),
        (30, CALLS, "hours_per_day = 8"),
    ] {
        let markdown = checked(days, own, more, "--format markdown");
        assert!(
            !markdown.contains("part of the period"),
            "{more}: {markdown}"
        );
    }
}
