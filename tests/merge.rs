//! A trace that is read in parts, split at minutes, has the quote of a single run, to the last digit.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice
)]

#[path = "merge/catalogs.rs"]
mod catalogs;
#[allow(dead_code)]
mod common;
#[path = "merge/damaged.rs"]
mod damaged;
#[path = "merge/days.rs"]
mod days;
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

/// How calls are written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Written {
    /// Dates with a zone, in CSV.
    Csv,
    /// Unix milliseconds, in JSON Lines.
    Json,
    /// The sums of each minute.
    Sums,
    /// Milliseconds from a start of their own.
    Counted,
}

/// Milliseconds since the Unix epoch, at 2026-06-01 00:00 in China.
const START: u64 = 1_780_243_200_000;

impl Written {
    fn text(self, calls: &[(u32, u32, u32, u32)]) -> String {
        let mut calls = calls.to_vec();
        calls.sort_by_key(|call| (call.0, call.1));
        let at = |minute: u32, second: u32| u64::from(minute * 60 + second) * 1000;
        match self {
            Self::Csv => csv(&calls),
            Self::Json => {
                let row = |(minute, second, input, output): &(u32, u32, u32, u32)| {
                    let at = START + at(*minute, *second);
                    format!("{{\"ts\":{at},\"input_tokens\":{input},\"output_tokens\":{output}}}\n")
                };
                calls.iter().map(row).collect()
            }
            Self::Sums => {
                let mut text = "minute,requests,input_tokens,output_tokens\n".to_owned();
                for of_minute in calls.chunk_by(|a, b| a.0 == b.0) {
                    let sum = |side: fn(&(u32, u32, u32, u32)) -> u32| -> u32 {
                        of_minute.iter().map(side).sum()
                    };
                    let (hour, minute) = (of_minute[0].0 / 60, of_minute[0].0 % 60);
                    text.push_str(&format!(
                        "2026-06-01 {hour:02}:{minute:02}:00,{},{},{}\n",
                        of_minute.len(),
                        sum(|call| call.2),
                        sum(|call| call.3),
                    ));
                }
                text
            }
            Self::Counted => {
                let rows = calls.iter().map(|(minute, second, input, output)| {
                    format!("{},{input},{output}\n", at(*minute, *second))
                });
                format!(
                    "timestamp,input_tokens,output_tokens\n{}",
                    rows.collect::<String>()
                )
            }
        }
    }

    /// The same in every part, or one after the other.
    fn of_part(self, part: usize) -> Self {
        match (self, part % 2) {
            (Self::Json, 0) => Self::Csv,
            _ => self,
        }
    }

    fn flags(self) -> &'static str {
        match self {
            Self::Counted => " --time-unit milliseconds",
            _ => "",
        }
    }
}

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

/// The report without what is a matter of how the rows are cut into files: the names of these, and how many rows of
/// each stand after later ones.
fn without_files(mut report: Value) -> Value {
    let quote = &mut report["quotes"][0];
    let trace = quote["trace"].as_object_mut().unwrap();
    assert!(trace.remove("files").is_some());
    let rows = trace.remove("out_of_order_rows");
    let notes = quote["notes"].as_array_mut().unwrap();
    let before = notes.len();
    notes.retain(|note| {
        let message = note["message"].as_str().unwrap();
        !message.contains(" put in order of time")
    });
    assert_eq!(before - notes.len(), usize::from(rows.is_some()));
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
            "--days 30 --scale-to 3 --on-overflow bill", "--scale-to 30 --pattern week",
        ]),
        written in prop::sample::select(vec![
            Written::Csv, Written::Json, Written::Sums, Written::Counted,
        ]),
    ) {
        let more = &format!("{more}{}", written.flags());
        let folder = tempfile::tempdir().unwrap();
        // Of several formats, the whole is several files, too.
        let mut wholes = Vec::new();
        let mut lines = Vec::new();
        for owner in 0..4 {
            let of_owner = |call: &&(u32, u32, u32, u32)| owners[call.0 as usize] == owner;
            let part: Vec<_> = calls.iter().filter(of_owner).copied().collect();
            let written = written.of_part(owner);
            // A part without calls has a header alone, where there is one.
            if part.is_empty() && written == Written::Json {
                continue;
            }
            let file = write(folder.path(), &format!("part-{owner}.csv"), &written.text(&part));
            lines.push(partial(&file, more));
            wholes.push(file);
        }
        let mut single = order(&wholes.remove(0), more);
        for file in wholes {
            single.extend(["--trace".to_owned(), file]);
        }
        if written != Written::Json {
            // The order of files is no matter, and neither is whether they are one.
            single = order(&write(folder.path(), "whole.csv", &written.text(&calls)), more);
        }
        let places = lines.len();
        lines.rotate_left(turn % places);
        // The first on its own, the others in one file with an empty line.
        let first = write(folder.path(), "first.json", &lines.remove(0));
        let mut files = vec![first];
        if !lines.is_empty() {
            files.push(write(folder.path(), "others.json", &lines.join("\n")));
        }
        let single = common::json(&single);
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
