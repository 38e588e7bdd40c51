//! The sums of generated logs of eight models, against sums of their rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json as value};

use super::json;
use super::make_trace::make;

const ROWS: usize = 20_000;

/// A call as it stands in a row.
struct Call {
    minute: u64,
    model: String,
    input: u64,
    output: u64,
}

fn generated(shape: &str) -> String {
    let mut out = Vec::new();
    let line = format!("--models 8 {ROWS} {shape}");
    make(line.split(' ').map(str::to_owned), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The rows of the JSON Lines that were generated, read by `serde_json` alone.
fn rows(text: &str) -> Vec<Call> {
    let calls = text.lines().map(|line| {
        let row: Value = serde_json::from_str(line).unwrap();
        Call {
            minute: row["timestamp"].as_u64().unwrap() / 60_000,
            model: row["model"].as_str().unwrap().to_owned(),
            input: row["input_length"].as_u64().unwrap(),
            output: row["output_length"].as_u64().unwrap(),
        }
    });
    calls.collect()
}

/// The value that so many of 100 minutes do not exceed, by nearest rank.
fn percentile(sorted: &[u64], percent: usize) -> String {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted[rank - 1].to_string()
}

fn assert_minutes(found: &Value, calls: &[Call], count: impl Fn(&Call) -> u64) {
    let first = calls.iter().map(|call| call.minute).min().unwrap();
    let last = calls.iter().map(|call| call.minute).max().unwrap();
    let mut minutes = vec![0; usize::try_from(last - first).unwrap() + 1];
    for call in calls {
        minutes[usize::try_from(call.minute - first).unwrap()] += count(call);
    }
    minutes.sort_unstable();
    assert_eq!(found["p50"], percentile(&minutes, 50));
    assert_eq!(found["p95"], percentile(&minutes, 95));
    assert_eq!(found["p99"], percentile(&minutes, 99));
    assert_eq!(found["peak"], minutes.last().unwrap().to_string());
}

fn assert_is_of(found: &Value, calls: &[Call]) {
    let sum = |count: fn(&Call) -> u64| calls.iter().map(count).sum::<u64>().to_string();
    assert_eq!(found["calls"], calls.len().to_string());
    assert_eq!(found["tokens"]["input"], sum(|call| call.input));
    assert_eq!(found["tokens"]["output"], sum(|call| call.output));
    assert_minutes(&found["input_tpm"], calls, |call| call.input);
    assert_minutes(&found["output_tpm"], calls, |call| call.output);
    assert_minutes(&found["requests_per_minute"], calls, |_| 1);
    let mut models: BTreeMap<&str, (u64, u64, u64, BTreeSet<u64>)> = BTreeMap::new();
    for call in calls {
        let model = models.entry(&call.model).or_default();
        model.0 += 1;
        model.1 += call.input;
        model.2 += call.output;
        model.3.insert(call.minute);
    }
    let listed = found["models"].as_array().unwrap();
    assert_eq!((listed.len(), models.len()), (8, 8));
    for one in listed {
        let (count, input, output, minutes) = &models[one["name"].as_str().unwrap()];
        assert_eq!(one["calls"], count.to_string());
        assert_eq!(one["tokens"]["input"], input.to_string());
        assert_eq!(one["tokens"]["output"], output.to_string());
        assert_eq!(one["minutes"], minutes.len().to_string());
        assert_eq!(one["model"]["code"], one["name"]);
    }
    let largest = calls
        .iter()
        .map(|call| call.input + call.output)
        .max()
        .unwrap();
    let said = &found["largest_call"];
    let number = |name: &str| said[name].as_str().unwrap().parse::<u64>().unwrap();
    assert_eq!(number("input_tokens") + number("output_tokens"), largest);
    let days: u64 = found["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| {
            day["input_tokens"]
                .as_str()
                .unwrap()
                .parse::<u64>()
                .unwrap()
        })
        .sum();
    assert_eq!(days.to_string(), sum(|call| call.input));
}

#[test]
fn the_sums_of_eight_models_are_those_of_their_rows() {
    let folder = tempfile::tempdir().unwrap();
    let text = generated("jsonl");
    fs::write(folder.path().join("calls.jsonl"), &text).unwrap();
    fs::write(folder.path().join("calls.csv"), generated("csv")).unwrap();
    let calls = rows(&text);
    assert_eq!(calls.len(), ROWS);
    for file in ["calls.jsonl", "calls.csv"] {
        assert_is_of(&json(&format!("trace LOG/{file}"), folder.path()), &calls);
    }
}

#[test]
fn files_in_any_order_and_compressed_are_the_same_log() {
    let folder = tempfile::tempdir().unwrap();
    let text = generated("jsonl");
    let calls = rows(&text);
    let mut parts = [String::new(), String::new(), String::new()];
    for (at, line) in text.lines().enumerate() {
        // Neighbours of one instant stand in different files.
        let part = &mut parts[at * 7 % 11 % 3];
        part.push_str(line);
        part.push('\n');
    }
    for (name, part) in ["a", "b"].into_iter().zip(&parts) {
        fs::write(folder.path().join(format!("{name}.jsonl")), part).unwrap();
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(parts[2].as_bytes()).unwrap();
    fs::write(folder.path().join("c.jsonl.gz"), encoder.finish().unwrap()).unwrap();
    let mut found = [
        "trace LOG/a.jsonl LOG/b.jsonl LOG/c.jsonl.gz",
        "trace LOG/c.jsonl.gz LOG/b.jsonl LOG/a.jsonl",
    ]
    .map(|line| json(line, folder.path()));
    for found in &mut found {
        assert_is_of(found, &calls);
        let files = found["files"].as_array_mut().unwrap();
        files.sort_by_key(|file| file["file"].to_string());
        assert_eq!(files[2]["compression"], value!("gzip"));
    }
    let [one, other] = found;
    assert_eq!(one, other);
}
