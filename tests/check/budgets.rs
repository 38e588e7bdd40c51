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
        ("\"10139 CNY\"", 2, 0),
        ("\"CNY 10,138.99\"", 2, 3),
        ("\"¥10,138.99\"", 2, 3),
        ("\"0%\"", 1, 0),
        ("0", 1, 0),
        ("0", 2, 3),
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

/// What is said of a plan with this increase, which is refused.
fn refused_increase(increase: &str) -> String {
    let plan = plan(&format!("increase = {increase}"), "");
    let folder = Folder::new(&[("plan.toml", &plan)]);
    let outcome = folder.check("plan.toml", "");
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (1, ""),
        "{increase}"
    );
    let line = outcome.stderr.lines().next().unwrap().to_owned();
    let (_, said) = line.split_once(".toml:3:").unwrap();
    said.to_owned()
}

#[test]
fn an_increase_is_a_percentage_or_money_and_a_bare_number_is_neither() {
    for (increase, said) in [
        (
            "10",
            "12: `increase` cannot be `10`: it can mean percent or money: write `\"10%\"`, or a currency before it: `\"<CODE> 10\"`",
        ),
        (
            "\"0.5\"",
            "12: `increase` cannot be `0.5`: it can mean percent or money: write `\"0.5%\"`, or a currency before it: `\"<CODE> 0.5\"`",
        ),
        (
            "\"1,000\"",
            "12: `increase` cannot be `1,000`: it can mean percent or money: write `\"1,000%\"`, or a currency before it: `\"<CODE> 1,000\"`",
        ),
        (
            "10.5",
            "12: `increase` cannot be `10.5`: it can mean percent or money: write `\"10.5%\"`, or a currency before it: `\"<CODE> 10.5\"`",
        ),
        ("\"-1\"", "12: `increase` cannot be `-1`: it is negative"),
        (
            "\"much\"",
            "12: `increase` cannot be `much`: it is not a percentage or an amount such as `\"10%\"` or `\"CNY 10\"`",
        ),
        (
            "\"¥¥10\"",
            "12: `increase` cannot be `¥¥10`: it is not a percentage or an amount such as `\"10%\"` or `\"CNY 10\"`",
        ),
        (
            "\"¥10 CNY\"",
            "12: `increase` cannot be `¥10 CNY`: it is not a percentage or an amount such as `\"10%\"` or `\"CNY 10\"`",
        ),
        (
            "\"10 USD\"",
            "1: `increase` is in USD, and the plan is priced in CNY: write it in CNY, or say what 1 USD is in CNY, as `--fx 1USD=<RATE>CNY`, or as `fx` of the plan",
        ),
    ] {
        assert_eq!(refused_increase(increase), said);
    }
}

#[test]
fn a_baseline_may_have_an_increase_that_a_plan_may_not() {
    let folder = Folder::new(&[
        ("base.toml", &plan("increase = 500", "")),
        ("plan.toml", &plan("increase = \"500 CNY\"", "")),
    ]);
    let outcome = folder.check("plan.toml", "--baseline @base.toml");
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
    let report = folder.json("plan.toml", "--baseline @base.toml");
    assert_eq!(text(&report, "/budget/increase"), "500");
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
