//! A trace that is read in parts, split at minutes, has the quote of a single run, to the last digit.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice
)]

#[allow(dead_code)]
mod common;
#[path = "merge/refused.rs"]
mod refused;
#[path = "merge/split.rs"]
mod split;
mod support;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;

const SIZE: &str = "--input-tpm 10k --output-tpm 1k";

/// Calls as `(minute, second, input, output)`, as a CSV.
fn csv(calls: &[(u32, u32, u32, u32)]) -> String {
    let mut calls = calls.to_vec();
    calls.sort_by_key(|call| (call.0, call.1));
    let rows = calls.iter().map(|(minute, second, input, output)| {
        let (hour, minute) = (minute / 60, minute % 60);
        format!("2026-06-01T{hour:02}:{minute:02}:{second:02}+08:00,{input},{output}\n")
    });
    format!(
        "timestamp,input_tokens,output_tokens\n{}",
        rows.collect::<String>()
    )
}

/// Writes a file into a folder; its path.
fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn order(file: &str, more: &str) -> Vec<String> {
    let line = format!("quote ptu glm-5.1 {SIZE} {more}");
    let mut args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    args.extend(["--trace".to_owned(), file.to_owned()]);
    args
}

/// What a part contributes: a line of JSON.
fn partial(file: &str, more: &str) -> String {
    let mut args = order(file, more);
    args.push("--partial".to_owned());
    let outcome = common::run(&args);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
    assert_eq!(outcome.stdout.lines().count(), 1);
    outcome.stdout
}

fn without_files(mut report: Value) -> Value {
    let trace = report["quotes"][0]["trace"].as_object_mut().unwrap();
    assert!(trace.remove("files").is_some());
    report
}

fn merge(files: &[String]) -> Vec<String> {
    let files = files.iter().cloned();
    std::iter::once("merge".to_owned()).chain(files).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn parts_merged_in_any_order_are_the_single_run(
        calls in prop::collection::vec((0_u32..90, 0_u32..60, 1_u32..9_000, 0_u32..900), 1..60),
        owners in prop::collection::vec(0_usize..4, 90),
        turn in 0_usize..4,
        more in prop::sample::select(vec![
            "", "--days 2", "--hours 5h30m", "--scale-to 7", "--on-overflow reject",
            "--days 30 --scale-to 3 --on-overflow bill",
        ]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let whole = write(folder.path(), "whole.csv", &csv(&calls));
        let mut lines: Vec<String> = (0..4)
            .filter_map(|owner| {
                let of_owner = |call: &&(u32, u32, u32, u32)| owners[call.0 as usize] == owner;
                let part: Vec<_> = calls.iter().filter(of_owner).copied().collect();
                let name = format!("part-{owner}.csv");
                (!part.is_empty()).then(|| write(folder.path(), &name, &csv(&part)))
            })
            .map(|file| partial(&file, more))
            .collect();
        let places = lines.len();
        lines.rotate_left(turn % places);
        // The first on its own, the others in one file with an empty line.
        let first = write(folder.path(), "first.json", &lines.remove(0));
        let mut files = vec![first];
        if !lines.is_empty() {
            files.push(write(folder.path(), "others.json", &lines.join("\n")));
        }
        let single = common::json(&order(&whole, more));
        let merged = common::json(&merge(&files));
        prop_assert_eq!(without_files(merged), without_files(single));
    }
}

/// A trace of two minutes as a whole and in two parts.
fn two_minutes(folder: &Path) -> (String, [String; 2]) {
    let calls = [
        (600, 1, 8_000, 400),
        (600, 2, 3_000, 100),
        (601, 0, 4_000, 900),
        (601, 3, 500, 200),
    ];
    let whole = write(folder, "whole.csv", &csv(&calls));
    let parts = [
        write(folder, "a.csv", &csv(&calls[..2])),
        write(folder, "b.csv", &csv(&calls[2..])),
    ];
    (whole, parts)
}

#[test]
fn the_program_merges_files_and_the_standard_input_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, parts) = two_minutes(folder.path());
    let made = |file: &str| {
        let args = order(file, "--partial");
        let output = support::tollgate().args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    let first = write(folder.path(), "a.json", &made(&parts[0]));
    for format in ["table", "csv", "markdown", "json"] {
        let flags = [
            "--format",
            format,
            "--discount",
            "15%",
            "--fx",
            "USD=0.1389",
            "--max-cost",
            "1",
        ];
        let mut single = support::tollgate();
        let single = single.args(order(&whole, "")).args(flags).output().unwrap();
        let mut merged = support::tollgate();
        let merged = merged
            .args(["merge", "-", &first])
            .args(flags)
            .write_stdin(made(&parts[1]))
            .output()
            .unwrap();
        assert_eq!(merged.status.code(), single.status.code(), "{format}");
        assert_eq!(merged.stderr, single.stderr, "{format}");
        let texts = [single.stdout, merged.stdout].map(|text| String::from_utf8(text).unwrap());
        match format {
            "json" => {
                let [single, merged] =
                    texts.map(|text| serde_json::from_str::<Value>(&text).unwrap());
                let files = &merged["quotes"][0]["trace"]["files"];
                assert_eq!(files.as_array().unwrap().len(), 2);
                assert_eq!(without_files(merged), without_files(single));
            }
            "csv" => assert_eq!(texts[1], texts[0]),
            _ => {
                let totals = texts.map(|text| {
                    let lines = text.lines().filter(|line| line.contains("otal"));
                    lines.map(str::to_owned).collect::<Vec<_>>()
                });
                assert!(!totals[0].is_empty());
                assert_eq!(totals[1], totals[0]);
            }
        }
    }
}
