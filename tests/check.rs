//! `tollgate check`: plans, budgets, baselines, and every way to write one wrong.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "check/any.rs"]
mod any;
#[path = "check/baselines.rs"]
mod baselines;
#[path = "check/budgets.rs"]
mod budgets;
#[path = "common/calendar.rs"]
mod calendar;
#[path = "check/cheapest.rs"]
mod cheapest;
mod common;
#[path = "check/covered.rs"]
mod covered;
#[path = "check/errors.rs"]
mod errors;
#[path = "check/laws.rs"]
mod laws;
#[path = "check/logs.rs"]
mod logs;
#[path = "check/months.rs"]
mod months;
#[path = "check/outputs.rs"]
mod outputs;
#[path = "check/phases.rs"]
mod phases;
#[path = "check/rates.rs"]
mod rates;
mod shape;
#[path = "check/sizes.rs"]
mod sizes;

use std::fs;

use serde_json::Value;
use tempfile::TempDir;
use tollgate::cli::Outcome;

/// A folder with files.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::new().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// `tollgate check <name> <flags>`, without the folder's path in what it prints. A flag that
    /// begins with `@` is a file of the folder.
    fn check(&self, name: &str, flags: &str) -> Outcome {
        let mut args = vec!["check".to_owned(), self.path(name)];
        args.extend(flags.split_whitespace().map(|flag| {
            flag.strip_prefix('@')
                .map_or_else(|| flag.to_owned(), |name| self.path(name))
        }));
        let mut outcome = common::run(&args);
        let plan = fs::read_to_string(self.0.path().join(name)).unwrap_or_default();
        if [0, 3].contains(&outcome.code) {
            shape::assert_taken(shape::Kind::Plan, &plan);
        }
        let folder = format!("{}/", self.0.path().to_str().unwrap());
        outcome.stdout = outcome.stdout.replace(&folder, "");
        outcome.stderr = outcome.stderr.replace(&folder, "");
        outcome
    }

    /// The JSON of a check that is done, whatever its verdict.
    fn json(&self, name: &str, flags: &str) -> Value {
        let outcome = self.check(name, &format!("{flags} --json"));
        assert!([0, 3].contains(&outcome.code), "{}", outcome.stderr);
        serde_json::from_str(&outcome.stdout).unwrap()
    }
}

/// The JSON of a plan.
fn checked(plan: &str, flags: &str) -> Value {
    Folder::new(&[("plan.toml", plan)]).json("plan.toml", flags)
}

/// Exit code and stderr of a plan that is refused, with nothing on stdout.
fn refused(plan: &str) -> (u8, String) {
    let outcome = Folder::new(&[("plan.toml", plan)]).check("plan.toml", "");
    assert_eq!(outcome.stdout, "");
    (outcome.code, outcome.stderr)
}

/// The text of a field.
fn text<'a>(json: &'a Value, path: &str) -> &'a str {
    let found = json.pointer(path);
    found
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{path} in {json}"))
}
