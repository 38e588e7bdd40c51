//! `tollgate resources`, through the program: statuses, notices, forecast, files, formats.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "resources/files.rs"]
mod files;
#[path = "resources/forecast.rs"]
mod forecast;
#[path = "resources/formats.rs"]
mod formats;
#[path = "resources/hostile.rs"]
mod hostile;
#[path = "resources/limits.rs"]
mod limits;
#[path = "resources/notices.rs"]
mod notices;
#[path = "resources/price.rs"]
mod price;
mod shape;
#[path = "resources/simulation.rs"]
mod simulation;
#[path = "resources/status.rs"]
mod status;
mod support;
#[path = "resources/unreadable.rs"]
mod unreadable;

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

/// What a run gave: exit code, stdout, stderr.
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

/// A folder with `account.toml`.
fn folder(text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("account.toml"), text).unwrap();
    folder
}

/// `tollgate resources account.toml <flags>` in a folder where the file is this text, on
/// 2026-11-20 unless the flags say another day.
fn run(text: &str, flags: &str) -> Ran {
    let ran = run_in(&folder(text), &format!("account.toml {flags}"));
    if [0, 3].contains(&ran.code) {
        shape::assert_taken(shape::Kind::Account, text);
    }
    ran
}

fn run_in(folder: &TempDir, arguments: &str) -> Ran {
    let mut command = support::tollgate();
    command.current_dir(folder.path()).arg("resources");
    command.args(arguments.split_whitespace());
    if !arguments.contains("--today") {
        command.args(["--today", "2026-11-20"]);
    }
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The JSON of a run that succeeds.
fn json(text: &str, flags: &str) -> Value {
    let ran = run(text, &format!("{flags} --all --json"));
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{text}");
    serde_json::from_str(&ran.stdout).unwrap()
}

/// The only resource of a file with this one, named `A`.
fn only(resource: &str, flags: &str) -> Value {
    json(&one(resource), flags)["resources"][0].clone()
}

/// A file with one resource, named `A`.
fn one(resource: &str) -> String {
    format!("[[resource]]\nname = \"A\"\n{resource}\n")
}

/// A purchased token package of this total, with these keys more.
fn tokens(total: u64, rest: &str) -> String {
    format!("kind = \"tokens\"\nsource = \"purchased\"\ntotal = {total}\n{rest}")
}

/// Holds that a run fails with exactly this, and prints nothing on stdout.
fn refused(ran: &Ran, code: i32, error: &str, hint: &str) {
    assert_eq!(ran.stderr, format!("error: {error}\n\nhint: {hint}\n"));
    assert_eq!((ran.code, ran.stdout.as_str()), (code, ""));
}
