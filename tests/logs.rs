//! Known logs: a sample of each, as its schema is published, is recognised, read whole and priced.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "logs/marked.rs"]
mod marked;
#[path = "logs/names.rs"]
mod names;
#[path = "logs/rows.rs"]
mod rows;
mod support;
#[path = "logs/table.rs"]
mod table;
#[path = "logs/texts.rs"]
mod texts;

use serde_json::Value;
use support::{quote, stdout};

const TOKENS: &str = "tokens qwen3-max-2025-09-23";

/// What is read of a trace, on one line.
fn read(flags: &str) -> String {
    let quote = quote(&format!("{TOKENS} {flags}"));
    let trace = &quote["trace"];
    let text = |name: &str| match &trace[name] {
        Value::String(text) => text.clone(),
        _ => "-".to_owned(),
    };
    let logs = trace["log_formats"].as_array();
    let logs = logs.map_or(Vec::new(), |logs| {
        let names = logs.iter().map(|log| log["name"].as_str());
        names.map(|name| name.unwrap_or("usual")).collect()
    });
    format!(
        "{}: {} of {} rows, {} other; {} calls, {} in, {} out, {} cached, {} written; from {}; {}",
        logs.join(" and "),
        text("aggregated_minutes"),
        text("rows"),
        text("other_rows"),
        text("calls"),
        text("input_tokens"),
        text("output_tokens"),
        text("cached_tokens"),
        text("cache_write_tokens"),
        text("from"),
        quote["total"].as_str().unwrap(),
    )
}

fn sample(file: &str) -> String {
    format!("--trace tests/logs/{file}")
}

/// Input costs ¥6 per million tokens, cached or not, and output ¥24. The time is that of the first call.
#[test]
fn a_sample_of_each_log_is_recognised_and_read_whole() {
    for (file, expected) in [
        (
            "litellm.jsonl",
            "litellm: 0 of 3 rows, 1 other; 2 calls, 5000 in, 400 out, 3000 cached, - written; \
             from 2026-11-20T09:00:00+08:00; 0.0396",
        ),
        (
            // Times without a zone are UTC.
            "litellm.csv",
            "litellm: 0 of 3 rows, 1 other; 2 calls, 5000 in, 400 out, - cached, - written; \
             from 2026-11-20T09:00:00+08:00; 0.0396",
        ),
        (
            "langfuse.json",
            "langfuse: 0 of 3 rows, 1 other; 2 calls, 2500 in, 170 out, 1200 cached, - written; \
             from 2026-11-20T09:00:00+08:00; 0.01908",
        ),
        (
            "helicone.jsonl",
            "helicone: 0 of 2 rows, - other; 2 calls, 3000 in, 500 out, - cached, - written; \
             from 2026-11-20T09:00:00+08:00; 0.03",
        ),
        (
            "openai-usage.json",
            "openai-usage: 1 of 2 rows, - other; 4 calls, 9500 in, 750 out, 8000 cached, - written; \
             from 2025-11-20T09:00:00+08:00; 0.075",
        ),
        (
            "openai-batch.jsonl",
            "openai-batch: 0 of 2 rows, - other; 2 calls, 2024 in, 100 out, 1024 cached, - written; \
             from 2025-11-20T09:00:00+08:00; 0.014544",
        ),
        (
            // 4 + 5,000 + 12,000 and 6 + 100 + 17,000 tokens of input.
            "claude-code.jsonl",
            "claude-code: 0 of 6 rows, 4 other; 2 calls, 34110 in, 300 out, 29000 cached, 5100 written; \
             from 2026-11-20T09:00:00+08:00; 0.21186",
        ),
        (
            // The span of the agent repeats the tokens of its call.
            "otel.jsonl",
            "otel: 0 of 4 rows, 2 other; 2 calls, 3040 in, 130 out, 2000 cached, - written; \
             from 2025-11-20T09:00:00+08:00; 0.02136",
        ),
        (
            "dashscope.jsonl",
            "dashscope: 0 of 2 rows, - other; 2 calls, 2500 in, 57 out, 2048 cached, - written; \
             from 2026-11-20T09:00:00+08:00; 0.016368",
        ),
        (
            "bedrock.jsonl",
            "bedrock: 0 of 2 rows, - other; 2 calls, 1300 in, 500 out, 1000 cached, 200 written; \
             from 2026-11-20T09:00:00+08:00; 0.0198",
        ),
        (
            "openai.jsonl",
            "openai: 0 of 2 rows, - other; 2 calls, 4500 in, 320 out, 3000 cached, - written; \
             from 2025-11-20T09:00:00+08:00; 0.03468",
        ),
        (
            "burstgpt.csv",
            "burstgpt: 0 of 3 rows, - other; 3 calls, 2500 in, 400 out, - cached, - written; \
             from -; 0.0246",
        ),
        (
            "bailian.jsonl",
            "bailian: 0 of 2 rows, - other; 2 calls, 1221 in, 212 out, - cached, - written; \
             from -; 0.012414",
        ),
        (
            "mooncake.jsonl",
            "mooncake: 0 of 2 rows, - other; 2 calls, 14074 in, 990 out, - cached, - written; \
             from -; 0.108204",
        ),
        (
            "azure.csv",
            "azure: 0 of 2 rows, - other; 2 calls, 4918 in, 37 out, - cached, - written; \
             from 2023-11-16T18:17:00+08:00; 0.030396",
        ),
    ] {
        assert_eq!(read(&sample(file)), expected, "{file}");
        // It is the same log where that is said.
        let (name, _) = expected.split_once(':').unwrap();
        let asked = format!("{} --log-format {name}", sample(file));
        assert_eq!(read(&asked), expected, "{file}");
    }
}

#[test]
fn every_known_log_has_a_sample() {
    let samples = std::fs::read_dir("tests/logs").unwrap();
    let names: Vec<String> = samples
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    for log in tollgate::trace::log_formats() {
        let of_it = |name: &&String| {
            name.split_once('.')
                .is_some_and(|(stem, _)| stem == log.name)
        };
        assert!(names.iter().any(|name| of_it(&name)), "{}", log.name);
    }
}

#[test]
fn what_it_was_read_as_is_said() {
    let shown = stdout(&format!("quote {TOKENS} {}", sample("claude-code.jsonl")));
    let expected = include_str!("logs/claude-code.txt");
    if std::env::var_os("TOLLGATE_REWRITE").is_some() {
        std::fs::write("tests/logs/claude-code.txt", &shown).unwrap();
    } else {
        assert_eq!(shown, expected);
    }
}
