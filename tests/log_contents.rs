//! `tollgate trace`: what is in a log, before any price. Its sums against sums that are computed here.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice
)]

#[path = "log_contents/flags.rs"]
mod flags;
#[path = "log_contents/shown.rs"]
mod shown;
#[path = "log_contents/totals.rs"]
mod totals;

#[allow(dead_code)]
#[path = "../examples/make_trace.rs"]
mod make_trace;

use std::path::Path;

use chrono::NaiveDate;
use serde_json::Value;
use tollgate::cli::{Environment, Outcome, run};

/// What a command line prints on a terminal of so many columns. `LOG` stands for the folder.
fn printed(line: &str, folder: &Path, width: usize) -> Outcome {
    let folder = folder.to_str().unwrap();
    let words = format!("tollgate {line}");
    let words = words
        .split(' ')
        .map(|word| word.replace("LOG", folder).into());
    let environment = Environment {
        width,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        catalog_path: None,
        style_stdout: false,
        style_stderr: false,
        progress: None,
    };
    let outcome = run(words, &environment);
    Outcome {
        stdout: outcome.stdout.replace(&format!("{folder}/"), ""),
        stderr: outcome.stderr.replace(&format!("{folder}/"), ""),
        ..outcome
    }
}

/// The same of one that succeeds.
fn stdout(line: &str, folder: &Path, width: usize) -> String {
    let outcome = printed(line, folder, width);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
    outcome.stdout
}

/// The JSON of one that succeeds.
fn json(line: &str, folder: &Path) -> Value {
    serde_json::from_str(&stdout(&format!("{line} --json"), folder, 80)).unwrap()
}
