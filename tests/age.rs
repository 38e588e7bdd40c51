//! Prices have an age: what is known of it is said, and can be a limit.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::fs;

use assert_cmd::Command;
use support::{json, stdout};

const TODAY: &str = "2026-11-20";

/// A model that was seen 60 days before [`TODAY`], and one that had left the page before.
const FRESH: &str = "quote ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 1";
const LEFT: &str = "quote ptu glm-5.1 --input-tpm 200k --output-tpm 20k --days 1";

/// What is said of a price that was transcribed from a document without a day.
const NO_DAY: &str = "a price here has no day: how old it is is not known";

/// Exit code, stdout and stderr of a command line on a day.
fn on(today: &str, line: &str) -> (i32, String, String) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
    command
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", today);
    let output = command.args(line.split_whitespace()).output().unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn messages(report: &serde_json::Value) -> Vec<String> {
    let notes = report["quotes"][0]["notes"].as_array().unwrap().iter();
    let of_age = notes.filter(|note| note["rule"] == "catalog");
    of_age
        .map(|note| note["message"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn evidence_of_more_than_90_days_is_said() {
    // 2026-09-22 and 90 days are 2026-12-21.
    for (today, is_old) in [("2026-12-21", false), ("2026-12-22", true)] {
        let (code, shown, stderr) = on(today, FRESH);
        assert_eq!((code, stderr.as_str()), (0, ""));
        let said = shown.contains("2026-09-22, 91 days");
        assert_eq!(said, is_old, "{today}: {shown}");
        assert_eq!(shown.contains("a price here was last seen"), is_old);
    }
    // 2026-08-17 to 2026-11-20.
    assert_eq!(
        messages(&json(LEFT)),
        [
            "a price here was last seen on 2026-08-17, 95 days ago: it may have changed since",
            "not on the page since 2026-08-18 (last seen 2026-08-17); deployments bought before may go on"
        ]
    );
    let (_, shown, _) = on(TODAY, &format!("{LEFT} --format markdown"));
    assert!(
        shown.contains(
            "\nNotes:\n\n- catalog: a price here was last seen on 2026-08-17, 95 days ago"
        ),
        "{shown}"
    );
}

#[test]
fn a_day_before_the_first_evidence_is_said() {
    let before = json(&format!("{FRESH} --as-of 2026-05-27"));
    assert_eq!(
        messages(&before),
        ["a price here is first known on 2026-05-28, and is taken to be that of 2026-05-27"]
    );
    let since = json(&format!("{FRESH} --as-of 2026-05-28"));
    assert!(messages(&since).is_empty());
}

#[test]
fn a_transcription_is_called_one() {
    let (_, shown, _) = on(TODAY, &format!("{FRESH} --details"));
    assert!(
        shown.contains("seen 2026-09-22,\n     transcribed 2026-11-20")
            || shown.contains("seen\n     2026-09-22, transcribed 2026-11-20"),
        "{shown}"
    );
    assert!(!shown.contains("checked"), "{shown}");
    let report = json(FRESH);
    let source = &report["quotes"][0]["items"][0]["source"];
    assert_eq!(source["transcribed"], "2026-11-20");
    assert_eq!(source["checked"], source["transcribed"]);
    assert_eq!(source["seen"], "2026-09-22");
}

#[test]
fn a_comparison_and_a_plan_say_it_too() {
    let load = "--rpm 1 --input-per-request 900 --output-per-request 100";
    let (_, table, _) = on(TODAY, &format!("compare glm-5.1 {load}"));
    assert!(
        table.contains(" Age of prices\n   a price here was last seen"),
        "{table}"
    );
    let (_, markdown, _) = on(TODAY, &format!("compare glm-5.1 {load} --format markdown"));
    assert!(markdown.contains("Age of prices"), "{markdown}");
    let (_, fresh, _) = on(TODAY, &format!("compare qwen3-max-2025-09-23 {load}"));
    assert!(!fresh.contains("Age of prices"), "{fresh}");

    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.toml");
    let deployment = |name: &str, model: &str| {
        format!(
            "[[deployment]]\nname = \"{name}\"\nmethod = \"ptu\"\nmodel = \"{model}\"\n\
            input_tpm = 10000\noutput_tpm = 1000\nterm = \"subscription\"\n"
        )
    };
    let both = deployment("a", "glm-5.1") + &deployment("b", "qwen3-max-2025-09-23");
    fs::write(&plan, format!("version = 1\ndays = 30\n{both}")).unwrap();
    let check = format!("check {}", plan.display());
    let age = "a price here was last seen on 2026-08-17, 95 days ago";
    let edition = "Prices in force on 2026-11-20, last seen from 2026-08-17 to 2026-09-22\n";
    let (_, table, _) = on(TODAY, &check);
    assert!(table.contains(&format!("\n {edition} {age}")), "{table}");
    let (_, comment, _) = on(TODAY, &format!("{check} --format markdown"));
    assert!(
        comment.contains(&format!("\n- {edition}- {age}")),
        "{comment}"
    );
    let (code, shown, stderr) = on(TODAY, &format!("{check} --max-age 94"));
    assert_eq!(code, 3, "{stderr}");
    assert!(shown.contains(age), "{shown}");
    assert!(
        stderr.contains(" was last seen on 2026-08-17, 95 days before 2026-11-20"),
        "{stderr}"
    );
    assert_eq!(on(TODAY, &format!("{check} --max-age 95")).0, 0);
}

#[test]
fn an_age_can_be_a_limit() {
    for line in [
        LEFT.to_owned(),
        "models glm-5.1".to_owned(),
        "compare glm-5.1 --rpm 1 --input-per-request 900 --output-per-request 100".to_owned(),
    ] {
        let (code, shown, stderr) = on(TODAY, &format!("{line} --max-age 94"));
        assert_eq!(code, 3, "{line}: {stderr}");
        assert!(!shown.is_empty());
        assert!(
            stderr.contains("the limit of 94 days is exceeded: alibaba-model-"),
            "{stderr}"
        );
        let (code, shown_without, stderr) = on(TODAY, &format!("{line} --max-age 300"));
        assert_eq!((code, stderr.as_str()), (0, ""), "{line}");
        assert_eq!(shown, shown_without);
    }
}

#[test]
fn a_price_without_a_day_is_not_known_to_be_young() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    let file = |source: &str| {
        format!(
            "version = 1\n[provider]\nid = \"mine\"\nname = \"Mine\"\nregion = \"r\"\nregion_name = \"R\"\n\
            currency = \"CNY\"\n{source}[[model]]\ncode = \"own\"\n[[model.standard]]\n\
            tiers = [{{ input = \"1 per 1M tokens\", output = \"2 per 1M tokens\" }}]\n"
        )
    };
    let line = format!(
        "quote tokens own --input 1M --output 1M --max-age 30 --catalog {}",
        path.display()
    );
    fs::write(&path, file("")).unwrap();
    let (code, shown, stderr) = on(TODAY, &line);
    assert_eq!(code, 3);
    assert!(
        stderr.contains("own.toml: line 10 has no day on which it was seen"),
        "{stderr}"
    );
    // Nothing is claimed of its age.
    assert!(!shown.contains("no day"), "{shown}");
    for key in ["transcribed", "checked"] {
        let source = format!("[source.c]\ndocument = \"C\"\nsection = \"B\"\n{key} = 2026-11-01\n");
        let text = file(&source) + "source = \"c\"\n";
        fs::write(&path, text).unwrap();
        let (code, shown, _) = on(TODAY, &format!("{line} --details"));
        assert_eq!(code, 3, "{shown}");
        assert!(shown.contains("C: B, transcribed 2026-11-01"), "{shown}");
        assert!(
            shown.contains(&format!("   catalog: {NO_DAY}\n")),
            "{shown}"
        );
    }
    for key in ["first_seen", "seen"] {
        let row = file("") + &format!("{key} = 2026-10-21\n");
        fs::write(&path, row).unwrap();
        assert_eq!(on(TODAY, &line).0, 0, "{key}");
        assert_eq!(on("2026-11-21", &line).0, 3, "{key}");
    }
}

#[test]
fn an_age_limits_nothing_where_no_price_is_used() {
    for line in [
        "completions bash --max-age 3",
        "schema plan --max-age 3",
        "resources a.toml --max-age 3",
    ] {
        let (code, shown, stderr) = on(TODAY, line);
        assert_eq!((code, shown.as_str()), (2, ""), "{line}");
        assert!(stderr.contains("`--max-age` does nothing"), "{stderr}");
    }
    let (code, _, stderr) = on(TODAY, &format!("{FRESH} --max-age -1"));
    assert_eq!(code, 2, "{stderr}");
}

#[test]
fn today_can_be_said_so_that_a_run_is_repeated() {
    let (code, shown, stderr) = on("2026-13-01", FRESH);
    assert_eq!((code, shown.as_str()), (2, ""));
    let error = "error: `TOLLGATE_TODAY` cannot be used: it is not a date from 2000 to 2100 such as `2026-06-01`\n\n\
        hint: unset it, or write a date\n";
    assert_eq!(stderr, error);
    let (_, day, _) = on("2026-08-01", &format!("{FRESH} --json"));
    assert!(day.contains("\"as_of\": \"2026-08-01\""), "{day}");
    assert!(stdout("models qwen3-8b --details").contains("transcribed"));
}

/// The ordinary prices of Azure and Google were transcribed from a document without a day.
#[test]
fn a_transcription_is_no_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.toml");
    let text = "version = 1\ndays = 30\n[[deployment]]\nname = \"a\"\nmethod = \"tokens\"\nmodel = \"gpt-5.2\"\n\
        requests = 1\ninput = 1000\noutput = 100\n";
    fs::write(&plan, text).unwrap();
    let check = format!("check {}", plan.display());
    let edition = "Prices in force on 2026-11-29\n";
    for (line, said) in [
        (
            "quote tokens gpt-5.2 --requests 1 --input 1000 --output 100",
            format!(" Notes\n   catalog: {NO_DAY}\n"),
        ),
        (
            "quote tokens gemini-2.5-pro --requests 1 --input 1000 --output 100",
            format!("   catalog: {NO_DAY}\n"),
        ),
        (
            "compare gpt-5.2 --rpm 1 --input-per-request 900 --output-per-request 100",
            format!(
                " Age of prices\n   a price here was last seen on 2026-07-27, 125 days ago: it may have changed\n     \
                since\n   {NO_DAY}\n"
            ),
        ),
        (&check, format!("\n {edition} {NO_DAY}\n")),
        (
            &format!("{check} --format markdown"),
            format!("\n- {edition}- {NO_DAY}\n"),
        ),
    ] {
        let (code, shown, stderr) = on("2026-11-29", line);
        assert_eq!((code, stderr.as_str()), (0, ""), "{line}");
        assert!(shown.contains(&said), "{line}: {shown}");
        let (code, shown_with, stderr) = on("2026-11-29", &format!("{line} --max-age 30"));
        assert_eq!((code, shown_with), (3, shown), "{line}");
        assert!(
            stderr.contains("the limit of 30 days may be exceeded: litellm-prices: ")
                && stderr.contains(" has no day on which it was seen"),
            "{stderr}"
        );
    }
    let (_, sources, _) = on("2026-11-29", "models --sources");
    let row = sources.lines().find(|row| row.contains("litellm-prices"));
    assert!(row.unwrap().ends_with("not known"), "{sources}");
}
