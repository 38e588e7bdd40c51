//! Budgets: what holds them, what breaks them, and how that is said.

use super::{Folder, text};

fn plan(budget: &str, own: &str) -> String {
    format!(
        "version = 1\n[budget]\n{budget}\n[[deployment]]\nname = \"m\"\nmethod = \"mu\"\n\
         model = \"qwen3-8b\"\nspec = \"MU5x1\"\nterm = \"subscription\"\n{own}\n"
    )
}

/// Exit code and stderr of a plan that costs 10,139.
fn verdict(budget: &str, own: &str, flags: &str) -> (u8, String) {
    let folder = Folder::new(&[("plan.toml", &plan(budget, own))]);
    let outcome = folder.check("plan.toml", flags);
    assert_ne!(outcome.stdout, "");
    (outcome.code, outcome.stderr)
}

#[test]
fn a_budget_that_is_met_exactly_is_not_exceeded() {
    assert_eq!(
        verdict("total = 10139", "budget = 10139", ""),
        (0, String::new())
    );
    assert_eq!(
        verdict("total = \"10138.99\"", "", ""),
        (
            3,
            "error: the budget of ¥10,138.99 is exceeded: the plan costs ¥10,139 for 30 days\n"
                .to_owned()
        )
    );
}

#[test]
fn every_breach_is_a_line_and_warnings_keep_exit_0() {
    let lines = "the budget of ¥10,000 is exceeded: the plan costs ¥10,139 for 30 days\n\
         the limit of ¥9,000 is exceeded: the plan costs ¥10,139\n\
         the budget of `m`, ¥8,000, is exceeded: it costs ¥10,139\n";
    let with = |word: &str| -> String {
        lines
            .lines()
            .map(|line| format!("{word}: {line}\n"))
            .collect()
    };
    assert_eq!(
        verdict("total = 10_000", "budget = 8000", "--max-cost 9000"),
        (3, with("error"))
    );
    assert_eq!(
        verdict(
            "total = 10_000",
            "budget = 8000",
            "--max-cost 9000 --warn-only"
        ),
        (0, with("warning"))
    );
}

#[test]
fn an_increase_is_held_against_the_baseline_alone() {
    let base = plan("", "");
    for (increase, replicas, code) in [
        ("\"100%\"", 2, 0),
        ("\"99.99%\"", 2, 3),
        ("10139", 2, 0),
        ("\"10138.99\"", 2, 3),
        ("\"0%\"", 1, 0),
    ] {
        let now = plan(
            &format!("increase = {increase}"),
            &format!("replicas = {replicas}"),
        );
        let folder = Folder::new(&[("base.toml", &base), ("plan.toml", &now)]);
        assert_eq!(folder.check("plan.toml", "").code, 0, "{increase}");
        let outcome = folder.check("plan.toml", "--baseline @base.toml");
        assert_eq!(outcome.code, code, "{increase}: {}", outcome.stderr);
    }
    let now = plan("increase = \"10%\"", "replicas = 2");
    let folder = Folder::new(&[("base.toml", &base), ("plan.toml", &now)]);
    assert_eq!(
        folder.check("plan.toml", "--baseline @base.toml").stderr,
        "error: the increase of 10% is exceeded: the plan costs ¥20,278, the baseline ¥10,139\n"
    );
}

#[test]
fn a_budget_of_a_range_holds_against_the_end_that_it_names() {
    let ranged = |on: &str| {
        plan("", "").replace(
            "term = \"subscription\"",
            &format!("hours = 10\nreplicas_min = 1\nreplicas_max = 2\nbudget = 300\n{on}"),
        )
    };
    let folder = Folder::new(&[
        ("high.toml", &ranged("")),
        ("low.toml", &ranged("budget_on = \"low\"")),
    ]);
    assert_eq!(folder.check("high.toml", "").code, 3);
    assert_eq!(folder.check("low.toml", "").code, 0);
}

#[test]
fn the_json_says_which_budgets_are_exceeded() {
    let folder = Folder::new(&[("plan.toml", &plan("total = 1", "budget = 2"))]);
    let report = folder.json("plan.toml", "");
    assert_eq!(text(&report, "/breaches/0/kind"), "total");
    assert_eq!(report["breaches"][0]["line"], 3);
    assert_eq!(text(&report, "/breaches/1/deployment"), "m");
    assert_eq!(report["breaches"][1]["line"], 10);
    assert_eq!(report["deployments"][0]["budget"]["exceeded"], true);
}
