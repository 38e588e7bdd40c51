//! Command lines for everything that the catalog prices.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::common::json;

pub static MODELS: LazyLock<Vec<Value>> =
    LazyLock::new(|| json(&["models"])["models"].as_array().unwrap().clone());

pub fn codes(method: &str) -> Vec<String> {
    let none = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let sold = MODELS.iter().filter(|model| !none(&model[method]));
    sold.map(|model| model["code"].as_str().unwrap().to_owned())
        .collect()
}

/// `quote ptu` of each model in each mode.
pub fn ptu() -> Vec<String> {
    let mut lines = Vec::new();
    for model in MODELS.iter().filter(|model| !model["ptu"].is_null()) {
        let prices = model["ptu"]["hour"]["output_per_1k_tpm"]
            .as_object()
            .unwrap();
        lines.extend(
            prices
                .keys()
                .map(|mode| with_mode("quote ptu", model, mode)),
        );
    }
    lines
}

/// `quote mu` of each specification.
pub fn mu() -> Vec<String> {
    let mut lines = Vec::new();
    for model in MODELS.iter() {
        let specs = model["mu"]
            .as_array()
            .unwrap()
            .iter()
            .map(|offer| &offer["spec"]);
        let code = model["code"].as_str().unwrap();
        lines
            .extend(specs.map(|spec| format!("quote mu {code} --spec {}", spec.as_str().unwrap())));
    }
    lines
}

/// `quote tokens` at each price, with the ends of its tiers and whether output has a price.
pub fn tokens() -> Vec<(String, Vec<u64>, bool)> {
    let mut lines = Vec::new();
    for model in MODELS.iter() {
        if let Some(prices) = model["fine_tuned"]["output_per_1k"].as_object() {
            let line = |mode: &String| with_mode("quote tokens --rate fine-tuned", model, mode);
            lines.extend(prices.keys().map(|mode| (line(mode), Vec::new(), true)));
        }
        for mode in ["any", "non-thinking", "thinking"] {
            let tiers = model["standard"]["tiers"].as_array().into_iter().flatten();
            let tiers: Vec<&Value> = tiers.filter(|tier| tier["mode"] == mode).collect();
            if let Some(first) = tiers.first() {
                let line = with_mode("quote tokens --rate standard", model, mode);
                let ends = tiers.iter().filter_map(|tier| tier["up_to"].as_u64());
                lines.push((line, ends.collect(), !first["output_per_1m"].is_null()));
            }
        }
    }
    lines
}

pub fn with_mode(line: &str, model: &Value, mode: &str) -> String {
    let code = model["code"].as_str().unwrap();
    match mode {
        "default" | "any" => format!("{line} {code}"),
        mode => format!("{line} {code} --mode {mode}"),
    }
}

/// Two numbers from 1, the second as large as the first or larger.
pub fn growing(most: u64) -> impl Strategy<Value = (u64, u64)> {
    let more = prop_oneof![Just(0), Just(1), 0..=most];
    (1..=most, more).prop_map(move |(few, more)| (few, (few + more).min(most)))
}

/// A quote by any method, of one model.
pub fn any_quote() -> impl Strategy<Value = String> {
    let many = 1..=1_000_000_000_u64;
    let ptu = (
        select(ptu()),
        many.clone(),
        many.clone(),
        select(&["--hours 1.5", "--days 7"]),
    );
    let mu = (
        select(mu()),
        1..=1_000_u64,
        select(&["--hours 90.1m", "--months 2"]),
    );
    let tokens = (select(tokens()), 1..=32_768_u64, many);
    prop_oneof![
        ptu.prop_map(|(line, input, output, time)| {
            format!("{line} --input-tpm {input} --output-tpm {output} {time}")
        }),
        mu.prop_map(|(line, replicas, time)| format!("{line} --replicas {replicas} {time}")),
        tokens.prop_map(|((line, _, priced), input, output)| {
            let output = if priced { output } else { 0 };
            format!("{line} --requests 1 --input {input} --output {output}")
        }),
    ]
}
