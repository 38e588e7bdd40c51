//! A trace of any kind, split by a hash of its minutes as an engine does it: every part is merged,
//! those without a call too, and the whole has the quote of a single run.

use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;

use super::{common, merge, without_files, write};

/// A call, or the sums of a minute.
#[derive(Debug, Clone, Copy)]
struct Row {
    minute: u32,
    second: u32,
    requests: u32,
    input: u32,
    output: u32,
    /// Which of the models.
    other: bool,
    /// Whether its input cannot be read.
    bad: bool,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// CSV of calls with dates.
    Csv,
    /// JSON Lines of calls with Unix times in milliseconds.
    Json,
    /// CSV of the sums of minutes.
    Sums,
    /// CSV of calls in milliseconds from a start of their own.
    Counted,
    /// The same of sums, as JSON Lines.
    CountedSums,
}

impl Kind {
    fn header(self) -> &'static str {
        match self {
            Self::Csv | Self::Counted => {
                "timestamp,model,cached_tokens,enable_thinking,input_tokens,output_tokens\n"
            }
            Self::Sums => "minute,model,requests,reasoning_tokens,input_tokens,output_tokens\n",
            Self::Json | Self::CountedSums => "",
        }
    }

    fn line(self, row: Row) -> String {
        let Row { minute, second, .. } = row;
        let clock = format!("{:02}:{:02}", minute / 60, minute % 60);
        let counted = minute * 60_000;
        let unix = 1_780_243_200_000 + u64::from(counted + second * 1_000);
        let model = ["big", "small"][usize::from(row.other)];
        let input = if row.bad {
            "many".to_owned()
        } else {
            row.input.to_string()
        };
        let output = row.output;
        let cached = row.input / 2;
        let thinks = ["true", "false", ""][usize::try_from(row.input % 3).unwrap()];
        // Sums without requests are without tokens.
        let requests = row.requests;
        let (inputs, outputs) = match (row.bad, requests) {
            (true, _) => (input.clone(), output),
            (false, 0) => ("0".to_owned(), 0),
            (false, _) => (input.clone(), output),
        };
        match self {
            Self::Csv => {
                format!(
                    "2026-06-01T{clock}:{second:02}+08:00,{model},{cached},{thinks},{input},{output}\n"
                )
            }
            Self::Json => format!(
                "{{\"timestamp\":{unix},\"model\":\"{model}\",\"input_tokens\":\"{input}\",\
                 \"output_tokens\":{output},\"thinking\":\"{thinks}\",\
                 \"prompt_tokens_details\":{{\"cached_tokens\":{cached}}}}}\n"
            ),
            Self::Sums => {
                format!("2026-06-01 {clock},{model},{requests},{cached},{inputs},{outputs}\n")
            }
            Self::Counted => {
                let at = counted + second * 1_000;
                format!("{at},{model},{cached},{thinks},{input},{output}\n")
            }
            Self::CountedSums => format!(
                "{{\"minute\":{counted},\"model\":\"{model}\",\"requests\":{requests},\
                 \"input_tokens\":\"{inputs}\",\"output_tokens\":{outputs}}}\n"
            ),
        }
    }
}

fn any_row() -> impl Strategy<Value = Row> {
    // Few seconds, so that many calls come at the same time.
    let time = (0_u32..30, 0_u32..4);
    let tokens = (0_u32..4, 0_u32..9_000, 0_u32..900);
    (time, tokens, any::<bool>(), 0_u32..12).prop_map(
        |((minute, second), (requests, input, output), other, bad)| Row {
            minute,
            second,
            requests,
            input,
            output,
            other,
            bad: bad == 0,
        },
    )
}

fn any_kinds() -> impl Strategy<Value = Vec<Kind>> {
    prop::sample::select(vec![
        vec![Kind::Csv],
        vec![Kind::Json],
        vec![Kind::Sums],
        vec![Kind::Csv, Kind::Sums],
        vec![Kind::Json, Kind::Csv],
        vec![Kind::Sums, Kind::Json, Kind::Csv],
        vec![Kind::Counted],
        vec![Kind::CountedSums, Kind::Counted],
    ])
}

/// Writes the rows of each file for which `is_in` holds; those that can be read at all.
fn files(
    folder: &Path,
    name: &str,
    rows: &[(usize, Row)],
    kinds: &[Kind],
    is_in: impl Fn(Row) -> bool,
) -> Vec<String> {
    let numbered = kinds.iter().enumerate();
    let texts = numbered.map(|(file, kind)| {
        let of_file = rows
            .iter()
            .filter(|(at, row)| at % kinds.len() == file && is_in(*row));
        let lines: String = of_file.map(|(_, row)| kind.line(*row)).collect();
        (
            format!("{name}-{file}"),
            format!("{}{lines}", kind.header()),
        )
    });
    // Lines of JSON have no header that would say what an empty file is.
    let texts = texts.filter(|(_, text)| !text.is_empty());
    texts
        .map(|(name, text)| write(folder, &name, &text))
        .collect()
}

fn order(files: &[String], kinds: &[Kind], more: &str) -> Vec<String> {
    let unit = match kinds.contains(&Kind::Counted) || kinds.contains(&Kind::CountedSums) {
        true => "--time-unit milliseconds",
        false => "",
    };
    let line = format!("quote ptu glm-5.1 --input-tpm 10k --output-tpm 1k {unit} {more}");
    let mut args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    for file in files {
        args.extend(["--trace".to_owned(), file.clone()]);
    }
    args
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn minutes_in_any_partitions_are_the_single_run(
        rows in prop::collection::vec(any_row(), 1..50),
        kinds in any_kinds(),
        owners in prop::collection::vec(0_usize..5, 30),
        turn in 0_usize..5,
        more in prop::sample::select(vec![
            "--skip-bad-rows",
            "--skip-bad-rows --where model=big",
            "--skip-bad-rows --where model=small --where model=big --scale-to 3",
            "--skip-bad-rows --where model=small --days 2 --on-overflow reject",
        ]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let rows: Vec<(usize, Row)> = rows.into_iter().enumerate().collect();
        let whole = files(folder.path(), "whole", &rows, &kinds, |_| true);
        let single = common::run(&order(&whole, &kinds, more));
        let mut lines = Vec::new();
        for part in 0..5 {
            let is_in = |row: Row| owners[row.minute as usize] == part;
            let files = files(folder.path(), &format!("part-{part}"), &rows, &kinds, is_in);
            if files.is_empty() {
                continue;
            }
            let mut args = order(&files, &kinds, more);
            args.push("--partial".to_owned());
            let made = common::run(&args);
            prop_assert_eq!((made.code, made.stderr.as_str()), (0, ""));
            prop_assert_eq!(made.stdout.lines().count(), 1);
            lines.push(made.stdout);
        }
        let parts = lines.len();
        lines.rotate_left(turn % parts);
        let merged = write(folder.path(), "parts.jsonl", &lines.concat());
        if single.code != 0 {
            // All rows are bad or filtered.
            let refused = common::run(&merge(&[merged]));
            prop_assert_eq!((single.code, refused.code), (1, 1));
            prop_assert!(refused.stderr.starts_with("error: there is no call in the partial"));
            return Ok(());
        }
        let single: Value = common::json(&order(&whole, &kinds, more));
        let merged = common::json(&merge(&[merged]));
        prop_assert_eq!(without_files(merged), without_files(single));
    }
}

#[test]
fn a_piece_with_no_row_that_can_be_read_is_a_part_that_adds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let good =
        "{\"timestamp\":\"2026-11-02T09:30:01+08:00\",\"input_tokens\":1,\"output_tokens\":1}\n";
    let bad = "{\"timestamp\":\"2026-11-02T09:31:01+08:00\"}\n";
    let more = "--skip-bad-rows";
    let whole = write(folder.path(), "whole", &format!("{good}{bad}"));
    let single = common::run(&order(&[whole], &[], &format!("{more} --json")));
    assert_eq!((single.code, single.stderr.as_str()), (0, ""));
    let mut lines = String::new();
    for (name, text) in [("good", good), ("bad", bad)] {
        let piece = write(folder.path(), name, text);
        let mut args = order(&[piece], &[], more);
        args.push("--partial".to_owned());
        let made = common::run(&args);
        assert_eq!((made.code, made.stderr.as_str()), (0, ""));
        lines.push_str(&made.stdout);
    }
    let parts = write(folder.path(), "parts.jsonl", &lines);
    let mut args = merge(&[parts]);
    args.push("--json".to_owned());
    let merged: Value = serde_json::from_str(&common::run(&args).stdout).unwrap();
    let single: Value = serde_json::from_str(&single.stdout).unwrap();
    assert_eq!(without_files(merged), without_files(single));
}
