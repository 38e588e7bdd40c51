//! `compare --trace --write-plan` without a model: `check` of the plan costs what the best ways did.

use proptest::prelude::*;
use serde_json::Value;

use super::common::folder::Folder;
use super::common::{fraction, json, run};
use super::laws::{calls, files, traced};
use super::shown::{LOG, assert_has};

/// The report of a comparison of these files and of the plan that it writes.
fn planned(folder: &Folder, files: &[String], flags: &[&str]) -> (Value, Value, String) {
    let path = folder.path_of("tollgate.toml");
    let mut args = traced(&["compare", "--json", "--write-plan", &path], files);
    args.extend(flags);
    let outcome = run(&args);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{args:?}");
    let [(_, text)] = outcome.new_files.as_slice() else {
        unreachable!("one plan is written")
    };
    folder.file("tollgate.toml", text);
    let checked = json(&["check", &path]);
    std::fs::remove_file(&path).unwrap();
    let compared = serde_json::from_str(&outcome.stdout).unwrap();
    (compared, checked, text.clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_plan_of_a_log_costs_what_its_best_ways_do(
        calls in calls(),
        cut in 1_usize..3,
        fit in prop::sample::select(vec!["peak", "p95", "cheapest"]),
        scale in prop::sample::select(vec![1_u32, 30, 31]),
    ) {
        let folder = Folder::new(&[]);
        let files = files(&folder, &calls, cut.min(calls.len()));
        let scale = scale.to_string();
        let flags = ["--model-map", "mine=deepseek-v3.2", "--fit", fit, "--scale-to", &scale];
        let (compared, checked, text) = planned(&folder, &files, &flags);
        let total = |value: &Value| fraction(value.as_str().unwrap());
        prop_assert_eq!(total(&checked["total"]), total(&compared["best_total"]), "{}", text);
        let models = compared["models"].as_array().unwrap();
        let deployments = checked["deployments"].as_array().unwrap();
        prop_assert_eq!(models.len(), deployments.len());
        for (model, deployment) in models.iter().zip(deployments) {
            prop_assert_eq!(total(&deployment["total"]), total(&model["best_total"]), "{}", text);
        }
    }
}

/// A call that failed, one that is repeated, and one of a model that is left out.
const ODD: &str = r#"{"id":"chatcmpl-a","created":1764208800,"model":"qwen-plus","usage":{"prompt_tokens":4000,"completion_tokens":300}}
{"id":"chatcmpl-a","created":1764208801,"model":"qwen-plus","usage":{"prompt_tokens":4000,"completion_tokens":900}}
{"id":"b","created":1764208802,"model":"qwen-plus","status":500,"usage":{"prompt_tokens":7000,"completion_tokens":70}}
{"id":"c","created":1764208803,"model":"nobodys","usage":{"prompt_tokens":2000,"completion_tokens":100}}
"#;

#[test]
fn the_plan_reads_the_log_as_the_comparison_did() {
    let folder = Folder::new(&[("log.jsonl", ODD)]);
    let files = [folder.path_of("log.jsonl")];
    let mut totals = Vec::new();
    for flags in [
        &[][..],
        &["--failed-calls", "bill"],
        &["--repeated-calls", "bill"],
        &[
            "--failed-calls",
            "bill",
            "--repeated-calls",
            "bill",
            "--log-format",
            "openai",
        ],
        &[
            "--columns",
            "input=usage.completion_tokens,output=usage.prompt_tokens",
        ],
        &["--where", "id=chatcmpl-a"],
    ] {
        let mut all = flags.to_vec();
        all.push("--skip-unknown-models");
        let (compared, checked, text) = planned(&folder, &files, &all);
        let total = |value: &Value| fraction(value.as_str().unwrap());
        assert_eq!(
            total(&checked["total"]),
            total(&compared["best_total"]),
            "{text}"
        );
        totals.push(total(&checked["total"]).to_string());
    }
    let others: std::collections::BTreeSet<&String> = totals.iter().collect();
    // A filter that leaves the failed call out changes no price.
    assert_eq!(others.len(), totals.len() - 1, "{totals:?}");
}

#[test]
fn the_plan_names_the_log_of_each_model() {
    let folder = Folder::new(&[("log.jsonl", LOG)]);
    let flags = ["--model-map", "azure/my-deployment=qwen-plus"];
    let (_, _, text) = planned(&folder, &[folder.path_of("log.jsonl")], &flags);
    // The first lines have the day and the command line.
    let plan: String = text
        .lines()
        .filter(|line| !line.starts_with("# Written on"))
        .map(|line| format!("{line}\n"))
        .collect();
    let plan = plan.replace(&folder.path_of(""), "");
    assert_has("plan.toml", &plan);
}
