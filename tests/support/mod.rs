//! Running the program in tests.

#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]

use assert_cmd::Command;
use serde_json::Value;

/// The program, with prices of a fixed day and without what a person's shell may set.
pub fn tollgate() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
    command
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20");
    command.args(["--as-of", "2026-11-20"]);
    command
}

/// What a command line prints on stdout, once it is known to have succeeded.
pub fn stdout(line: &str) -> String {
    stdout_of(line.split_whitespace().collect())
}

/// What these words print on stdout, once they are known to have succeeded.
pub fn stdout_of(words: Vec<&str>) -> String {
    let output = tollgate().args(&words).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    let line = words.join(" ");
    assert_eq!(output.status.code(), Some(0), "`{line}` says {stderr}");
    assert_eq!(stderr, "", "`{line}`");
    String::from_utf8(output.stdout).unwrap()
}

/// The JSON that a command line prints.
pub fn json(line: &str) -> Value {
    serde_json::from_str(&stdout(&format!("{line} --json"))).unwrap()
}

/// The only quote of `tollgate quote <line>`.
pub fn quote(line: &str) -> Value {
    let report = json(&format!("quote {line}"));
    let quotes = report["quotes"].as_array().unwrap();
    assert_eq!(quotes.len(), 1, "`{line}`");
    quotes.first().unwrap().clone()
}

/// The exact total of `tollgate quote <line>`.
pub fn total(line: &str) -> String {
    quote(line)["total"].as_str().unwrap().to_owned()
}

/// The rules of a quote's notes, in their order.
pub fn rules_of(quote: &Value) -> Vec<String> {
    let notes = quote["notes"].as_array().unwrap();
    notes
        .iter()
        .map(|note| note["rule"].as_str().unwrap().to_owned())
        .collect()
}

/// Exit code and stderr of a command line that fails with nothing on stdout.
pub fn refused(line: &str) -> (i32, String) {
    let output = tollgate().args(line.split_whitespace()).output().unwrap();
    assert_eq!(output.stdout, b"", "`{line}`");
    let code = output.status.code().unwrap();
    assert_ne!(code, 0, "`{line}`");
    (code, String::from_utf8(output.stderr).unwrap())
}

/// A catalog file of `examples/`, copied to a folder of its own, and its path.
pub fn example_catalog(name: &str) -> (tempfile::TempDir, String) {
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::copy(examples.join(name), &path).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}
