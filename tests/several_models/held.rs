//! What a comparison of a log is held against, and what is drawn of it.

use serde_json::Value;

use super::common::folder::Folder;
use super::common::{fraction, json, run, whole};
use super::shown::LOG;

const MAP: [&str; 2] = ["--model-map", "azure/my-deployment=qwen-plus"];

/// What a command line prints of the log, and what it fails with.
fn said(words: &[&str]) -> (u8, String, String) {
    let folder = Folder::new(&[("log.jsonl", LOG)]);
    let path = folder.path_of("log.jsonl");
    let outcome = run(&[words, &["--trace", &path]].concat());
    (outcome.code, outcome.stdout, outcome.stderr)
}

#[test]
fn what_is_paid_now_is_held_against_the_best_ways() {
    let flags = ["compare", "--scale-to", "30", "--format", "total"];
    let held = |more: &[&str]| said(&[&flags[..], &MAP, more].concat());
    // Ordinary calls are the best way of so few.
    let ordinary = held(&["--fail-above-cheapest", "0"]);
    assert_eq!(ordinary, (0, "13.63632\n".to_owned(), String::new()));
    // 262,633.89 % more than ¥13.63632 are what 50K / 1K TPM and 10K / 1K TPM cost for 720 hours.
    let (code, _, stderr) = held(&["--current", "ptu-hourly", "--fail-above-cheapest", "1000%"]);
    assert_eq!(
        (code, stderr.as_str()),
        (
            3,
            "error: the log costs ¥35,827.23 by `ptu-hourly` (ordinary calls, where a model is not sold so), 262,633.89% above the best way of each model, and the limit is 1000%\n"
        )
    );
}

/// (29,865.6 + 5,961.6 + 0.03432 − 13.63632) / 13.63632, in percent.
#[test]
fn a_limit_is_exceeded_by_the_least_that_is_above_it() {
    let paid = fraction("29865.6") + fraction("5961.6") + fraction("0.03432");
    let best = fraction("13.63632");
    let above = (paid - &best) / best * whole(100);
    for (limit, code) in [("262633.89", 3), ("262633.90", 0)] {
        assert_eq!(fraction(limit) < above, code == 3, "{above}");
        let flags = ["compare", "--scale-to", "30", "--current", "ptu-hourly"];
        let held = said(&[&flags[..], &MAP, &["--fail-above-cheapest", limit]].concat());
        assert_eq!(held.0, code, "{limit}");
    }
}

#[test]
fn what_is_not_known_to_serve_holds_nothing() {
    let flags = [
        "compare",
        "--current",
        "mu-hourly",
        "--fail-above-cheapest",
        "5%",
    ];
    assert_eq!(
        said(&[&flags[..], &MAP].concat()),
        (
            2,
            String::new(),
            "error: `--fail-above-cheapest` cannot be held: what is paid now is not known of every model\n\n\
             hint: name another way with `--current`, or pick models with `--where`\n"
                .to_owned()
        )
    );
}

/// As all calls of the log are those of one model there.
#[test]
fn the_chart_has_the_minutes_of_all_models() {
    let folder = Folder::new(&[("log.jsonl", LOG)]);
    let path = folder.path_of("log.jsonl");
    let drawn = |words: &[&str]| {
        let args = [words, &["--trace", &path, "--chart-file", "minutes.svg"]].concat();
        let outcome = run(&args);
        assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{args:?}");
        let mut files = outcome.files.into_iter();
        let (_, svg) = files.next().unwrap();
        svg
    };
    let one = drawn(&["quote", "tokens", "qwen-plus"]);
    assert_eq!(drawn(&[&["quote", "tokens"][..], &MAP].concat()), one);
    assert_eq!(drawn(&[&["compare"][..], &MAP].concat()), one);
}

#[test]
fn two_days_are_compared_for_each_model() {
    let folder = Folder::new(&[("log.jsonl", LOG)]);
    let path = folder.path_of("log.jsonl");
    let flags = ["--as-of", "2026-06-01..2026-11-20", "--scale-to", "30"];
    let of = |words: &[&str]| json(&[words, &["--trace", &path], &flags].concat());
    let log = of(&[&["compare"][..], &MAP].concat());
    let mut then = Some(whole(0));
    for model in log["models"].as_array().unwrap() {
        let code = model["model"].as_str().unwrap();
        let names = model["names"].as_array().unwrap().iter();
        let filters: Vec<String> = names
            .map(|name| format!("model={}", name.as_str().unwrap()))
            .collect();
        let mut words = vec!["compare", code, "--no-savings-plan"];
        words.extend(filters.iter().flat_map(|filter| ["--where", filter]));
        let found = &model["comparison"]["as_of_then"];
        assert_eq!(found, &of(&words)["as_of_then"], "{code}");
        let best = &found["models"][0]["then"]["total"];
        then = then
            .zip(best.as_str())
            .map(|(sum, one)| sum + fraction(one));
    }
    let all = &log["as_of_then"];
    assert_eq!(all["date"], "2026-06-01");
    assert_eq!(all["best_total"].as_str().map(fraction), then);
    assert_ne!(all["changed"], Value::Null);
}
