//! The example plan against a total that was worked out by hand, and the way of a new user from
//! `check --init` to a budget that fails.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::{Value, json};

/// The program among the examples, on the day of the prices.
fn in_examples(args: &[&str]) -> Command {
    let mut command = support::tollgate();
    command
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"))
        .args(["check"])
        .args(args);
    command
}

// All for 30 days, in CNY:
//
// chat, PTU by the day, qwen-plus-2025-12-01 at 23.04 per 10K input and 5.76 per 1K output a day.
//   240K / 10K = 24;  24 × 23.04 × 30 = 16,588.80
//    50K /  1K = 50;  50 ×  5.76 × 30 =  8,640.00
//   200 calls of 1,200 and 250 tokens are 240K and 50K a minute: nothing overflows.
//                                                                    25,228.80
// assistant, PTU by the hour, qwen3.6-flash-2026-04-16 at 2.88 per 10K input and 1.73 per 1K output
// an hour. 9.5 hours are billed as 10, each day anew.
//   6 days:   (10 × 2.88 + 8 × 1.73) = 42.64;  42.64 × 10 ×  6 = 2,558.40
//   24 days:  ( 5 × 2.88 + 4 × 1.73) = 21.32;  21.32 × 10 × 24 = 5,116.80
//                                                                     7,675.20
// rerank, model units by the minute, MU5x1 at 21 an hour.
//   3 h × 3 + 6 h × 2 + 15 h × 1 = 36 replica-hours a day;  36 × 21 × 30
//                                                                    22,680.00
// search, the same units, 8 hours a day.
//   1 replica:   8 × 21 × 30 =  5,040.00
//   3 replicas:  3 × 5,040                                           15,120.00
//
// summaries, deepseek-v3.2 at 2 and 3 per 1M tokens.
//   3 a minute are 3 × 60 × 24 × 30 = 129,600 calls: 518.4M tokens in, 129.6M out.
//   518.4 × 2 = 1,036.80;  129.6 × 3 = 388.80;  together 1,425.60
//   The free 1M is used 4 : 1, so 800K × 2 per 1M = 1.60 and 200K × 3 per 1M = 0.60 are off.
//                                                                     1,423.40
// Low:   25,228.80 + 7,675.20 + 22,680 +  5,040 + 1,423.40 =         62,047.40
// High:  25,228.80 + 7,675.20 + 22,680 + 15,120 + 1,423.40 =         72,127.40
#[test]
fn the_example_plan_costs_what_was_worked_out_by_hand() {
    let output = in_examples(&["--json"]).assert().success().stderr("");
    let report: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let costs: Vec<Value> = report["deployments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| json!([one["name"], one["total_rounded"], one["range"]]))
        .collect();
    assert_eq!(
        costs,
        [
            json!(["chat", "25228.80", null]),
            json!(["assistant", "7675.20", null]),
            json!(["rerank", "22680.00", null]),
            json!(["search", "15120.00", { "low": "5040", "high": "15120" }]),
            json!(["summaries", "1423.40", null]),
        ]
    );
    assert_eq!(report["total"], "72127.4");
    assert_eq!(
        report["range"],
        json!({ "low": "62047.4", "high": "72127.4" })
    );
    assert_eq!(report["breaches"], json!([]));
}

#[test]
fn the_parts_of_the_example_plan_are_those_of_the_hand_calculation() {
    let output = in_examples(&["--json"]).assert().success();
    let report: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let parts: Vec<Value> = report["deployments"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|one| one["parts"].as_array().unwrap())
        .map(|part| json!([part["label"], part["quote"]["total_rounded"]]))
        .collect();
    assert_eq!(
        parts,
        [
            json!([null, "25228.80"]),
            json!(["days 1–6", "2558.40"]),
            json!(["days 7–30", "5116.80"]),
            json!(["09:00–12:00, 3 replicas", "5670.00"]),
            json!(["12:00–18:00, 2 replicas", "7560.00"]),
            json!(["other 15h a day, 1 replica", "9450.00"]),
            json!(["1 replica", "5040.00"]),
            json!(["3 replicas", "15120.00"]),
            json!([null, "1423.40"]),
        ]
    );
}

#[test]
fn the_example_plan_is_shown_with_its_shares_and_budgets() {
    in_examples(&[]).assert().success().stderr("").stdout(
        "\
tollgate.toml: ¥62,047.40 – ¥72,127.40 for 30 days, within budget

 Budgets
 Budget       Limit        Cost   Used
 total   ¥80,000.00  ¥72,127.40  90.2%
 chat    ¥26,000.00  ¥25,228.80  97.0%

 Increase: 10% allowed, not held without `--baseline`
 A range counts with its high end, or with that of its `budget_on`: ¥72,127.40
   in all

 Deployment  Bought                                              Cost  Share
 chat        qwen-plus-2025-12-01 by ptu                   ¥25,228.80  35.0%
 assistant   qwen3.6-flash-2026-04-16 by ptu                ¥7,675.20  10.6%
 rerank      qwen3-rerank by mu                            ¥22,680.00  31.4%
 search      qwen3-4b by mu                    ¥5,040.00 – ¥15,120.00  21.0%
 summaries   deepseek-v3.2 by tokens                        ¥1,423.40   2.0%
 ───────────────────────────────────────────────────────────────────────────
 Total                                        ¥62,047.40 – ¥72,127.40

 Depends on readings: ptu.early-end, ptu.hourly, ptu.overdue, deploy.autoscale,
   free.overrun, free.mix

 Prices in force on 2026-11-20, last seen from 2026-09-22 to 2026-10-10

 `--details` shows line items and notes
",
    );
}

#[test]
fn a_new_user_comes_from_a_starter_within_its_budget_to_a_budget_that_fails() {
    let folder = tempfile::tempdir().unwrap();
    let check = |args: &[&str]| {
        let mut command = support::tollgate();
        command.current_dir(folder.path()).arg("check").args(args);
        command.assert()
    };
    check(&[]).code(1).stdout("").stderr(
        "error: cannot read the plan `tollgate.toml`: No such file or directory (os error 2)\n\n\
         hint: `tollgate check --init` writes a plan to start from\n",
    );
    check(&["--init"]).success().stderr("");
    let path = folder.path().join("tollgate.toml");
    let starter = fs::read_to_string(&path).unwrap();
    check(&[]).success().stderr("");

    let lowered = starter.replace("budget = \"20000\"", "budget = \"19000\"");
    let lowered = lowered.replace("total = \"30000\"", "total = \"26000\"");
    fs::write(&path, &lowered).unwrap();
    // 50K in and 5K out of qwen3-max by the day: (5 × 92.16 + 5 × 36.96) × 30 = 19,368; MU5x1 for 300
    // hours: 6,300; 36,000 calls of 4,000 and 400 tokens: 144 × 6 + 14.4 × 24 = 1,209.60.
    check(&[]).code(3).stderr(
        "error: the budget of ¥26,000 is exceeded: the plan costs ¥26,877.60 for 30 days\n\
         error: the budget of `chat`, ¥19,000, is exceeded: it costs ¥19,368\n",
    );
    let warned = check(&["--warn-only"]).success();
    let stderr = String::from_utf8_lossy(&warned.get_output().stderr).into_owned();
    assert_eq!(stderr.lines().count(), 2, "{stderr}");
    check(&["--init"]).code(1).stdout("");
    assert_eq!(fs::read_to_string(&path).unwrap(), lowered);
}

/// What the starter shows as comments is right too.
#[test]
fn the_starter_can_be_priced_with_its_commented_keys() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tollgate.toml");
    let run = |args: &[&str]| {
        let mut command = support::tollgate();
        command.current_dir(folder.path()).arg("check").args(args);
        command.assert()
    };
    run(&["--init"]).success();
    let starter = fs::read_to_string(&path).unwrap();
    for key in [
        "discount = \"15%\"",
        "fx = \"USD=0.1389\"",
        "increase = \"10%\"",
        "schedule = [",
        "free_quota = \"1M\"",
    ] {
        let with = starter.replace(&format!("# {key}"), key);
        assert_ne!(with, starter, "{key}");
        fs::write(&path, with).unwrap();
        run(&[]).success().stderr("");
    }
    let defaults = starter
        .replace("# [defaults]", "[defaults]")
        .replace("# term = \"pay-as-you-go\"", "term = \"pay-as-you-go\"");
    fs::write(&path, defaults).unwrap();
    run(&[]).success().stderr("");
}
