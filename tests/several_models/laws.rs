//! A model of a log costs what it costs alone, and all of them together their sum, however the log is cut.

use proptest::prelude::*;
use serde_json::Value;

use super::common::folder::Folder;
use super::common::{fraction, json};

/// Names in logs and the codes that they stand for. Two of them are the same model.
const NAMES: [(&str, &str); 5] = [
    ("qwen3-max-2025-09-23", "qwen3-max-2025-09-23"),
    ("qwen-plus", "qwen-plus"),
    ("DashScope/Qwen-Plus", "qwen-plus"),
    ("mine", "deepseek-v3.2"),
    ("qwen3-32b", "qwen3-32b"),
];

/// A call: its second, its model, input, cached tokens of it, output.
type Call = (u32, usize, u32, u32, u32);

pub fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = (
        0_u32..7_200,
        0..NAMES.len(),
        1_u32..60_000,
        0_u32..100,
        1_u32..2_000,
    );
    prop::collection::vec(call, 1..60)
}

fn line((second, model, input, share, output): Call) -> String {
    let cached = u64::from(input) * u64::from(share) / 100;
    format!(
        "{},{},{input},{cached},{output}\n",
        1_795_000_000_u64 + u64::from(second),
        NAMES[model].0
    )
}

/// The calls in files, one after the other in turns.
pub fn files(folder: &Folder, calls: &[Call], count: usize) -> Vec<String> {
    let mut texts = vec!["time,model,input_tokens,cached_tokens,output_tokens\n".to_owned(); count];
    for (place, call) in calls.iter().enumerate() {
        texts[place % count].push_str(&line(*call));
    }
    let files = texts.iter().zip(0_u32..);
    files
        .map(|(text, number)| folder.file(&format!("{number}.csv"), text))
        .collect()
}

pub fn traced<'a>(command: &[&'a str], files: &'a [String]) -> Vec<&'a str> {
    let mut args = command.to_vec();
    for file in files {
        args.extend(["--trace", file]);
    }
    args
}

/// The names of a model of the report, as filters.
pub fn filters(model: &Value) -> Vec<String> {
    let names = model["names"].as_array().unwrap().iter();
    names
        .map(|name| format!("model={}", name.as_str().unwrap()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn each_model_costs_what_it_costs_alone(calls in calls(), cut in 1_usize..4, scaled in any::<bool>()) {
        let folder = Folder::new(&[]);
        let files = files(&folder, &calls, cut.min(calls.len()));
        let scale: &[&str] = if scaled { &["--scale-to", "30"] } else { &[] };
        let mut args = traced(&["quote", "tokens", "--model-map", "mine=deepseek-v3.2"], &files);
        args.extend(scale);
        let bill = json(&args);
        let models = bill["bill"]["models"].as_array().unwrap();
        let mut sum = fraction("0");
        for (model, quote) in models.iter().zip(bill["quotes"].as_array().unwrap()) {
            let code = model["model"].as_str().unwrap();
            let filters = filters(model);
            let mut alone = traced(&["quote", "tokens", code, "--rate", "standard"], &files);
            alone.extend(scale);
            for filter in &filters {
                alone.extend(["--where", filter]);
            }
            let alone = &json(&alone)["quotes"][0];
            prop_assert_eq!(&quote["items"], &alone["items"]);
            prop_assert_eq!(&quote["total"], &alone["total"]);
            prop_assert_eq!(&model["total"], &alone["total"]);
            sum += fraction(alone["total"].as_str().unwrap());
        }
        prop_assert_eq!(fraction(bill["bill"]["total"].as_str().unwrap()), sum);
        let all: u64 = models.iter().map(|one| one["calls"].as_str().unwrap().parse::<u64>().unwrap()).sum();
        prop_assert_eq!(all, calls.len() as u64);
    }

    #[test]
    fn the_best_way_of_each_model_is_that_of_the_model_alone(
        calls in calls(),
        cut in 1_usize..3,
        fit in prop::sample::select(vec!["peak", "p95", "cheapest"]),
    ) {
        let folder = Folder::new(&[]);
        let files = files(&folder, &calls, cut.min(calls.len()));
        let log = json(&traced(
            &["compare", "--model-map", "mine=deepseek-v3.2", "--fit", fit, "--scale-to", "30"],
            &files,
        ));
        let mut best = fraction("0");
        for model in log["models"].as_array().unwrap() {
            let code = model["model"].as_str().unwrap();
            let filters = filters(model);
            let mut alone = traced(
                &["compare", code, "--fit", fit, "--scale-to", "30", "--no-savings-plan", "--current", "standard"],
                &files,
            );
            for filter in &filters {
                alone.extend(["--where", filter]);
            }
            let alone = json(&alone);
            for field in ["options", "unranked", "unavailable", "switch", "current"] {
                let with_trace = |value: &Value| strip(value);
                prop_assert_eq!(with_trace(&model["comparison"][field]), with_trace(&alone[field]), "{}", field);
            }
            prop_assert_eq!(&model["best_total"], &alone["options"][0]["total"]);
            best += fraction(alone["options"][0]["total"].as_str().unwrap());
        }
        prop_assert_eq!(fraction(log["best_total"].as_str().unwrap()), best);
    }

    #[test]
    fn it_means_nothing_how_the_log_is_cut(calls in calls(), cut in 2_usize..5) {
        let folder = Folder::new(&[]);
        let whole = files(&folder, &calls, 1);
        let bill = |files: &[String]| {
            let bill = json(&traced(&["quote", "tokens", "--model-map", "mine=deepseek-v3.2"], files));
            let mut models = bill["bill"]["models"].clone();
            for model in models.as_array_mut().unwrap() {
                model.as_object_mut().unwrap().remove("names");
            }
            (models, bill["bill"]["total"].clone())
        };
        let expected = bill(&whole);
        let other = Folder::new(&[]);
        let mut cut = files(&other, &calls, cut.min(calls.len()));
        prop_assert_eq!(bill(&cut), expected.clone());
        cut.reverse();
        prop_assert_eq!(bill(&cut), expected);
    }
}

/// Without what is said of the log beside its calls: which rows a filter leaves out, and notes on it.
fn strip(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields
                .iter()
                .filter(|(name, _)| !["trace", "notes"].contains(&name.as_str()));
            Value::Object(
                kept.map(|(name, value)| (name.clone(), strip(value)))
                    .collect(),
            )
        }
        Value::Array(values) => Value::Array(values.iter().map(strip).collect()),
        other => other.clone(),
    }
}
