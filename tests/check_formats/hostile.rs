//! Names of a plan that try to be more than text.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;

use crate::common::run;
use crate::rendered::{Rendered, html, rendered};

/// What forges and Markdown make something of.
const PIECES: &[&str] = &[
    "|",
    "\\",
    "\\|",
    "`",
    "``",
    "```",
    "<img src=x onerror=alert(1)>",
    "<script>",
    "</details>",
    "<!--",
    "-->",
    "&lt;",
    "&#124;",
    "@team",
    "a@b.example",
    "#123",
    "GH-1",
    "o/r#1",
    "https://evil.example",
    "http://evil.example/a_b",
    "www.evil.example",
    "mailto:a@b.example",
    "[x](https://evil.example)",
    "![x](y)",
    "[^1]",
    "[x]: /y",
    "*",
    "**",
    "_",
    "~~",
    "$a$",
    "$$",
    ":tada:",
    "!1",
    "%1",
    "> ",
    "- ",
    "---",
    " ",
    "  ",
    "a",
    "1. ",
    "é",
    "漢",
    "’",
    "'",
    "\"\"",
    "0a1b2c3d",
];

/// Marks that are no text of ours.
const MARKS: &[&str] = &[
    "@", "#", "<", ">", "`", "$", "~", "*", "_", "[", "]", "://", "www.", "\\",
];

/// A deployment of the plan; `input` is its size.
fn table(name: &str, input: &str) -> String {
    let name = name.replace('\\', "\\\\").replace('"', "\\\"");
    format!(
        "[[deployment]]\nname = \"{name}\"\nmethod = \"ptu\"\n\
         model = \"qwen3-max-2025-09-23\"\ninput_tpm = \"{input}\"\noutput_tpm = \"10k\"\n\
         term = \"subscription\"\nbudget = \"1\"\n"
    )
}

fn plan(tables: &[String]) -> String {
    format!("version = 1\n[budget]\ntotal = \"1\"\n{}", tables.concat())
}

/// The comment on a plan of the name `file` with a baseline of another name.
fn comment(file: &str, new: &str, old: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (path, base) = (
        folder.path().join(file),
        folder.path().join(format!("{file}2")),
    );
    fs::write(&path, new).unwrap();
    fs::write(&base, old).unwrap();
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let outcome = run(&[
        "check",
        &text(&path),
        "--baseline",
        &text(&base),
        "--details",
        "--cheapest",
        "--discount",
        "5%",
        "--format",
        "markdown",
    ]);
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    outcome.stdout
}

/// Nothing but our own HTML, no links, every row of a table as wide as its head.
fn assert_harmless(comment: &str, all: &Rendered) {
    let ours = |line: &String| {
        let marker = line.starts_with("<!-- tollgate:check ") && line.ends_with(" -->");
        let summary = line
            .strip_prefix("<summary>")
            .and_then(|rest| rest.strip_suffix("</summary>"))
            .is_some_and(|title| !title.contains(['<', '>', '&']));
        marker && line.matches("--").count() == 2
            || summary
            || line == "<details>"
            || line == "</details>"
            || line.is_empty()
    };
    let foreign: Vec<_> = all.html.iter().filter(|line| !ours(line)).collect();
    assert!(foreign.is_empty(), "{foreign:?} in\n{comment}");
    let lines = |tag: &str| all.html.iter().filter(|line| *line == tag).count();
    assert_eq!(lines("<details>"), lines("</details>"), "{comment}");
    assert!(all.foreign.is_empty(), "{:?} in\n{comment}", all.foreign);
    assert!(!html(comment).contains("<a "), "{comment}");
    for text in &all.text {
        let found = MARKS.iter().find(|mark| text.contains(**mark));
        assert_eq!(found, None, "`{text}` in\n{comment}");
    }
    for table in &all.tables {
        let wide = table[0].len();
        assert!(
            table.iter().all(|row| row.len() == wide),
            "{table:?} in\n{comment}"
        );
    }
}

/// The first cells of a table that are the names themselves.
fn firsts(table: &[Vec<String>]) -> Vec<&str> {
    table.iter().skip(1).map(|row| row[0].as_str()).collect()
}

fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES), 1..8).prop_map(|pieces| {
        let name = format!("a{}", pieces.concat());
        name.chars().take(128).collect()
    })
}

/// A name that a file can have.
fn file() -> impl Strategy<Value = String> {
    name().prop_map(|name| format!("{}.toml", name.replace(['/', '\\'], "")))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn names_are_text_in_their_own_cells(changed in name(), added in name(), removed in name(), file in file()) {
        let (changed, added, removed) =
            (format!("1{changed}"), format!("2{added}"), format!("3{removed}"));
        let short = |name: &str| name.chars().take(128).collect::<String>();
        let (changed, added, removed) = (short(&changed), short(&added), short(&removed));
        let new = plan(&[table(&changed, "200k"), table(&added, "100k")]);
        let old = plan(&[table(&changed, "100k"), table(&removed, "100k")]);
        let comment = comment(&file, &new, &old);
        let all = rendered(&comment);
        assert_harmless(&comment, &all);
        let [breaches, changes, costs, items] = all.tables.as_slice() else {
            panic!("{} tables in\n{comment}", all.tables.len());
        };
        prop_assert_eq!(firsts(breaches), ["total", &changed, &added]);
        prop_assert_eq!(firsts(changes), [&changed, &added, &removed, "Total"]);
        prop_assert_eq!(firsts(costs), [&changed, &added, "Total"]);
        prop_assert_eq!(items.len(), 7);
    }
}

#[test]
fn a_comment_on_hundreds_of_deployments_fits_and_says_what_it_leaves_out() {
    let long = "|".repeat(100);
    let name = |number: usize| format!("d{number}{long}");
    let tables = |input: &str| -> Vec<String> {
        (0..600).map(|number| table(&name(number), input)).collect()
    };
    let (mut new, old) = (tables("200k"), tables("100k"));
    new[412] = table(&name(412), "900k");
    let comment = comment("plan.toml", &plan(&new), &plan(&old));
    assert!(comment.len() < 65_536, "{}", comment.len());
    assert!(comment.len() > 60_000, "{}", comment.len());
    let all = rendered(&comment);
    assert_harmless(&comment, &all);
    assert!(comment.ends_with("5% off\n"), "{comment}");
    let left_out = |noun: &str| comment.contains(&format!("{noun} left out"));
    for noun in [
        "601 budgets",
        "600 changes",
        "600 deployments",
        "line items",
    ] {
        assert!(left_out(noun), "{noun} in\n{comment}");
    }
    let dearest = name(412);
    for table in &all.tables {
        assert!(table.len() > 2, "{table:?}");
        assert!(firsts(table).contains(&dearest.as_str()), "{table:?}");
    }
}
