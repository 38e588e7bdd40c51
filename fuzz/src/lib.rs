//! What every target does: run the program on bytes, and hold what it promises of any input.
//!
//! A panic, in whatever thread, and an overflow of a number end the process: nothing between here and
//! the fuzzer catches them, for it is `main` alone that makes exit codes of them.

pub mod both_ways;

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use chrono::NaiveDate;
use tempfile::TempDir;
use tollgate::catalog::is_printable;
use tollgate::cli::{self, Environment, Outcome};

/// The folder of this process, which `fuzz/run` removes.
pub fn folder() -> &'static TempDir {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| tempfile::tempdir().expect("a folder for the inputs"))
}

/// A file with these bytes.
pub fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().path().join(name);
    fs::write(&path, bytes).expect("an input that is written");
    path
}

/// Today, so that an input has the same answer on every day.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date")
}

/// Runs a command line without the program's name, and holds what is promised of every one.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Outcome {
    let environment = Environment {
        width: 80,
        today: today(),
        catalog_path: None,
        style_stdout: false,
        style_stderr: false,
        progress: None,
    };
    let args = [OsString::from("tollgate")].into_iter().chain(args);
    let outcome = cli::run(args, &environment);
    hold_the_promises(&outcome);
    outcome
}

/// An exit code of 0 to 3, nothing on stdout where there is no answer but a reason, and no character that
/// moves a cursor or turns text around.
fn hold_the_promises(outcome: &Outcome) {
    let (stdout, stderr) = (outcome.stdout.as_str(), outcome.stderr.as_str());
    match outcome.code {
        0 => assert!(!stderr.starts_with("error: "), "{stderr}"),
        3 => assert!(!stderr.is_empty(), "{stdout}"),
        1 | 2 => assert!(stdout.is_empty() && !stderr.is_empty(), "{outcome:?}"),
        code => panic!("exit code {code}"),
    }
    let files = outcome.files.iter().chain(&outcome.new_files);
    for text in files.map(|(_, text)| text.as_str()).chain([stdout, stderr]) {
        let raw = text.chars().find(|c| *c != '\n' && !is_printable(*c));
        assert!(raw.is_none(), "{raw:?} in {text:?}");
    }
}

/// The same of words, of which `@` is the file.
pub fn run_on(line: &str, file: &PathBuf) -> Outcome {
    run(line.split_whitespace().map(|word| match word {
        "@" => file.clone().into_os_string(),
        word => word.into(),
    }))
}

/// The same, and that a second run has the same answer.
pub fn run_twice_on(line: &str, file: &PathBuf) -> Outcome {
    let outcome = run_on(line, file);
    assert_eq!(outcome, run_on(line, file));
    outcome
}
