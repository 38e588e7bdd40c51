//! A model in the region that is asked for: quotes, lists, plans, and one ranking over several.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

#[path = "regions/compared.rs"]
mod compared;
#[path = "regions/laws.rs"]
mod laws;
#[path = "regions/listed.rs"]
mod listed;
#[path = "regions/planned.rs"]
mod planned;
#[path = "regions/quoted.rs"]
mod quoted;

use std::fs;

use serde_json::Value;

/// `own` and `here` in the provider's first region.
const HERE: &str = r#"
version = 1

[provider]
id = "alibaba"

[[model]]
code = "own"
name = "Own"
family = "Ours"

[[model.ptu]]
max_input = "64000 tokens"
input = { hour = "20 per 10K TPM-hour", day = "240 per 10K TPM-day" }
output = [{ hour = "8 per 1K TPM-hour", day = "96 per 1K TPM-day" }]

[[model.mu]]
spec = "MU1 x 1"
hour = "20 per replica-hour"
month = "9000 per replica-month"

[[model.fine_tuned]]
input = "5 per 1M tokens"
output = [{ price = "20 per 1M tokens" }]

[[model.standard]]
tiers = [{ input = "4 per 1M tokens", output = "16 per 1M tokens" }]

[[model]]
code = "here"
name = "Here"

[[model.standard]]
tiers = [{ input = "3 per 1M tokens", output = "12 per 1M tokens" }]
"#;

/// `own` and `there` in another one.
const THERE: &str = r#"
version = 1

[provider]
id = "alibaba"
region = "ap-southeast-1"

[[model]]
code = "own"

[[model.ptu]]
max_input = "64000 tokens"
input = { hour = "5 per 10K TPM-hour", day = "50 per 10K TPM-day" }
output = [{ hour = "2 per 1K TPM-hour", day = "20 per 1K TPM-day" }]

[[model.standard]]
tiers = [{ input = "6 per 1M tokens", output = "24 per 1M tokens" }]

[[model]]
code = "there"
name = "There"

[[model.standard]]
tiers = [{ input = "2 per 1M tokens", output = "8 per 1M tokens" }]
"#;

/// A folder with both files, in which the program runs.
struct Shop(tempfile::TempDir);

struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Shop {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("here.toml"), HERE).unwrap();
        fs::write(folder.path().join("there.toml"), THERE).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    /// Runs a line on a day, with both files.
    fn on(&self, day: &str, line: &str) -> Ran {
        let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
        command
            .env_remove("TOLLGATE_CATALOG")
            .env("TOLLGATE_TODAY", "2026-11-20")
            .current_dir(self.0.path())
            .args(line.split_whitespace())
            .args(["--catalog", "here.toml", "--catalog", "there.toml"])
            .args(["--as-of", day]);
        let output = command.output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn stdout(&self, line: &str) -> String {
        let ran = self.on("2026-11-20", line);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "`{line}`");
        ran.stdout
    }

    fn json(&self, line: &str) -> Value {
        serde_json::from_str(&self.stdout(&format!("{line} --json"))).unwrap()
    }

    /// Exit code and stderr of a line that fails with nothing on stdout.
    fn refused(&self, line: &str) -> (i32, String) {
        let ran = self.on("2026-11-20", line);
        assert_eq!(ran.stdout, "", "`{line}`");
        assert_ne!(ran.code, 0, "`{line}`");
        (ran.code, ran.stderr)
    }
}

/// An error with its hint, as it is printed.
fn error(message: &str, hint: &str) -> String {
    format!("error: {message}\n\nhint: {hint}\n")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
