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

/// The folder of this process.
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

/// Runs a command line without the program's name, and holds what is promised of every one.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Outcome {
    let environment = Environment {
        width: 80,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date"),
        catalog_path: None,
        style_stdout: false,
        style_stderr: false,
        progress: None,
    };
    let args: Vec<OsString> = [OsString::from("tollgate")]
        .into_iter()
        .chain(args)
        .collect();
    let outcome = cli::run(args.clone(), &environment);
    let again = cli::run(args, &environment);
    assert!(outcome == again, "two answers: {outcome:#?} {again:#?}");
    hold_the_promises(&outcome);
    outcome
}

/// An exit code of 0 to 3, data on stdout where there is an answer and only there, a reason where there
/// is none, and no character that moves a cursor or turns text around.
fn hold_the_promises(outcome: &Outcome) {
    let (stdout, stderr) = (outcome.stdout.as_str(), outcome.stderr.as_str());
    match outcome.code {
        0 | 3 => assert!(
            !stderr.starts_with("error: ") || outcome.code == 3,
            "{stderr}"
        ),
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
