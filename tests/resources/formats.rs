//! The same account in every format, to the letter: seven entries, 80 columns.

use super::{json, run};

/// Seven resources of every kind, source and status.
const ACCOUNT: &str = include_str!("account.toml");

const PRICED: &str = "--model deepseek-v3.2 --input-share 80%";

#[test]
fn the_table_is_this_one() {
    let ran = run(ACCOUNT, &format!("{PRICED} --all"));
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_golden(&ran.stdout, include_str!("account.txt"), "account.txt");
    for line in ran.stdout.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn the_markdown_is_this_one() {
    let ran = run(ACCOUNT, &format!("{PRICED} --all --format markdown"));
    assert_golden(&ran.stdout, include_str!("account.md"), "account.md");
}

#[test]
fn the_csv_is_this_one() {
    let ran = run(ACCOUNT, &format!("{PRICED} --all --format csv"));
    assert_golden(&ran.stdout, include_str!("account.csv"), "account.csv");
}

#[test]
fn ended_ones_are_last_and_only_shown_when_asked_for() {
    let names = |text: &str| -> Vec<String> {
        let rows = text.lines().skip(1);
        rows.map(|row| row.split(',').next().unwrap().to_owned())
            .collect()
    };
    let shown = names(&run(ACCOUNT, "--format csv").stdout);
    assert_eq!(
        shown,
        [
            "Trial tokens",
            "Team tokens",
            "Search pack",
            "Dedicated concurrency",
            "Knowledge"
        ]
    );
    let all = names(&run(ACCOUNT, "--format csv --all").stdout);
    assert_eq!(all[..5], shown);
    assert_eq!(all[5..], ["Old tokens", "Search trial"]);
    let heading = run(ACCOUNT, "").stdout;
    assert_eq!(
        heading.lines().next(),
        Some("First to end: Search pack, which expires on 2026-11-25 (in 5 days)")
    );
}

#[test]
fn an_account_without_anything_available_says_so() {
    let later = run(ACCOUNT, "--today 2028-01-01");
    assert_eq!(
        later.stdout,
        "account.toml on 2028-01-01: 0 available, 7 ended (`--all` shows them)\n\n `--details` shows sources\n"
    );
}

#[test]
fn style_changes_nothing_but_the_escapes() {
    let plain = run(ACCOUNT, &format!("{PRICED} --all")).stdout;
    let styled = run(ACCOUNT, &format!("{PRICED} --all --color always")).stdout;
    assert_ne!(plain, styled);
    let mut stripped = styled;
    for escape in ["\u{1b}[1m", "\u{1b}[2m", "\u{1b}[31m", "\u{1b}[0m"] {
        stripped = stripped.replace(escape, "");
    }
    assert_eq!(plain, stripped);
}

#[test]
fn the_json_says_what_the_table_says() {
    let report = json(ACCOUNT, PRICED);
    let table = run(ACCOUNT, &format!("{PRICED} --all --details")).stdout;
    assert_eq!(
        (&report["schema"], &report["today"]),
        (&"tollgate/resources/1".into(), &"2026-11-20".into())
    );
    let resources = report["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 7);
    for resource in resources {
        let name = resource["name"].as_str().unwrap();
        let row = table
            .lines()
            .find(|line| line.starts_with(&format!(" {name}")))
            .unwrap();
        assert!(row.contains(resource["expires"].as_str().unwrap()), "{row}");
        if let Some(day) = resource["forecast"]["runs_out"].as_str() {
            assert!(row.contains(day), "{row}");
        }
    }
    for note in report["notes"].as_array().unwrap() {
        let message = note["message"].as_str().unwrap().replace(' ', "");
        assert!(
            table.replace([' ', '\n'], "").contains(&message),
            "{message}"
        );
    }
}

/// Compares with a golden file; `TOLLGATE_REWRITE=1` writes it anew.
fn assert_golden(shown: &str, golden: &str, name: &str) {
    if std::env::var_os("TOLLGATE_REWRITE").is_some() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/resources");
        std::fs::write(format!("{folder}/{name}"), shown).unwrap();
    } else {
        assert_eq!(shown, golden, "{name}");
    }
}
