//! Whole outputs, compared with `tests/check_formats/golden/`. `TOLLGATE_REWRITE=1` writes them
//! anew: read the difference before it is committed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::common::{Fraction, fraction};
use crate::support::tollgate;

/// The file, the exit code, and the command line whose stdout it holds; its stderr where that is
/// nothing.
#[rustfmt::skip]
const OUTPUTS: &[(&str, i32, &str)] = &[
    ("comment.md", 3, "plan.toml --baseline base.json --cheapest --format markdown"),
    ("comment-details.md", 3, "plan.toml --details --catalog dearer.toml --discount 15% --format markdown"),
    ("comment-same.md", 0, "small.toml --baseline small.toml --format markdown"),
    ("breaches.github.txt", 3, "./plan.toml --baseline base.json --max-cost 90000 --format github"),
    ("warnings.github.txt", 0, "plan.toml --warn-only --format github"),
    ("notice.github.txt", 0, "small.toml --baseline small.toml --format github"),
    ("errors.github.txt", 1, "./wrong.toml --format github"),
    ("items.csv", 3, "plan.toml --catalog dearer.toml --format csv"),
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/check_formats")
        .join(name)
}

/// The plans in a folder of their own, with the JSON of a check at other prices.
fn plans() -> tempfile::TempDir {
    let plans = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(folder("plans")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, plans.path().join(path.file_name().unwrap())).unwrap();
    }
    let base = check(plans.path(), "base.toml --catalog dearer.toml --json");
    assert_eq!(base.status.code(), Some(0));
    fs::write(plans.path().join("base.json"), base.stdout).unwrap();
    plans
}

fn check(folder: &Path, line: &str) -> Output {
    tollgate()
        .current_dir(folder)
        .arg("check")
        .args(line.split(' '))
        .output()
        .unwrap()
}

#[test]
fn every_output_is_the_one_that_was_looked_at() {
    let plans = plans();
    let rewrite = std::env::var_os("TOLLGATE_REWRITE").is_some();
    let mut changed = Vec::new();
    for (name, code, line) in OUTPUTS {
        let output = check(plans.path(), line);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(*code), "{line}: {stderr}");
        let mut shown = String::from_utf8(output.stdout).unwrap();
        if shown.is_empty() {
            shown = stderr;
        }
        let path = folder("golden").join(name);
        if rewrite {
            fs::write(&path, &shown).unwrap();
        } else if fs::read_to_string(&path).ok().as_deref() != Some(shown.as_str()) {
            changed.push(format!("{name}: `tollgate check {line}` prints\n{shown}"));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn no_output_is_left_over() {
    let found: BTreeSet<String> = fs::read_dir(folder("golden"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let known: BTreeSet<String> = OUTPUTS
        .iter()
        .map(|(name, ..)| (*name).to_owned())
        .collect();
    assert_eq!(found, known);
}

#[test]
fn a_file_gets_the_format_of_its_ending() {
    let plans = plans();
    let output = check(
        plans.path(),
        "small.toml --output comment.md --output items.CSV --format github",
    );
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.starts_with(b"::notice "));
    for (name, line) in [
        ("comment.md", "small.toml --format markdown"),
        ("items.CSV", "small.toml --format csv"),
    ] {
        let written = fs::read(plans.path().join(name)).unwrap();
        assert_eq!(written, check(plans.path(), line).stdout, "{name}");
    }
}

/// The rest of a file with one table a deployment, each with this budget.
fn many(count: usize, budget: &str) -> String {
    let one = |number: usize| {
        format!(
            "[[deployment]]\nname = \"d{number}\"\nmethod = \"ptu\"\n\
             model = \"qwen3-max-2025-09-23\"\ninput_tpm = \"100k\"\noutput_tpm = \"10k\"\n\
             term = \"subscription\"\nbudget = {budget}\n"
        )
    };
    let tables: String = (1..=count).map(one).collect();
    format!("version = 1\n{tables}")
}

#[test]
fn of_many_breaches_ten_are_annotated_and_stderr_has_all() {
    let plans = plans();
    fs::write(plans.path().join("many.toml"), many(12, "\"1\"")).unwrap();
    let output = check(plans.path(), "many.toml --format github");
    let stdout = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = stdout.lines().collect();
    assert_eq!(lines.len(), 10);
    assert!(
        lines
            .iter()
            .all(|line| line.starts_with("::error file=many.toml,line="))
    );
    assert!(
        lines[9].ends_with("::3 more budgets are exceeded: the log names them"),
        "{stdout}"
    );
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(stderr.matches("error: the budget of `d").count(), 12);
}

#[test]
fn of_many_errors_ten_are_annotated_and_the_log_has_the_rest() {
    let plans = plans();
    fs::write(plans.path().join("many.toml"), many(12, "\"dear\"")).unwrap();
    let output = check(plans.path(), "many.toml --format github");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let commands = stderr.lines().filter(|line| line.starts_with("::error "));
    assert_eq!(commands.count(), 10, "{stderr}");
    assert!(stderr.contains("::3 more errors are in the plan: the log names them\n"));
    assert_eq!(stderr.matches("\nerror: many.toml:").count(), 3, "{stderr}");
}

#[test]
fn the_rows_of_one_end_add_up_to_the_total() {
    let plans = plans();
    let line = "plan.toml --discount 15%";
    let json = check(plans.path(), &format!("{line} --json")).stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let text = check(plans.path(), &format!("{line} --format csv")).stdout;
    let mut rows = csv::Reader::from_reader(text.as_slice());
    let mut column = |name: &str| rows.headers().unwrap().iter().position(|one| one == name);
    let (end, amount) = (column("end").unwrap(), column("total_amount").unwrap());
    let sums = ["low", "high"].map(|other| {
        let mut rows = csv::Reader::from_reader(text.as_slice());
        let of_end = rows
            .records()
            .map(Result::unwrap)
            .filter(|row| &row[end] != other);
        of_end.map(|row| fraction(&row[amount])).sum::<Fraction>()
    });
    let total = |key: &str| fraction(json["range"][key].as_str().unwrap());
    assert_eq!(sums, [total("high"), total("low")]);
}
