//! `--format html` and `--output page.html`: one page that needs nothing else, and in which names are text.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "page/hostile.rs"]
mod hostile;
#[path = "page/parsed.rs"]
mod parsed;
mod support;

use std::collections::BTreeSet;
use std::fs;

use parsed::Page;
use support::{json, stdout, tollgate};

/// Command lines of every command that has a page, and whether the page has a drawing.
const LINES: [(&str, bool); 12] = [
    (
        "quote ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7 --start 2026-06-01T21:59 --discount 15% --fx USD=0.1389",
        false,
    ),
    ("quote mu qwen3.6-plus-2026-04-02 --hours 24", false),
    (
        "quote mu qwen3-8b --spec MU5x1 --months 1 --cancel-after 6.5",
        false,
    ),
    (
        "quote tokens qwen3-max-2025-09-23 --trace examples/calls.csv --scale-to 30",
        false,
    ),
    (
        "compare qwen-plus-2025-12-01 --rpm 200 --input-per-request 1200 --output-per-request 250 --fx USD=0.1389",
        true,
    ),
    (
        "compare qwen3-8b qwen-plus-2025-12-01 --rpm 200 --input-per-request 1200 --output-per-request 250",
        true,
    ),
    (
        "compare qwen3-max-2025-09-23 --trace examples/calls.csv --scale-to 30",
        false,
    ),
    ("check examples/tollgate.toml --cheapest", false),
    (
        "check examples/tollgate.toml --baseline examples/tollgate.toml",
        false,
    ),
    ("models --method ptu", false),
    ("models qwen3-8b", false),
    ("resources examples/account.toml --today 2026-11-20", false),
];

#[test]
fn a_page_is_whole_and_needs_nothing_else() {
    for (line, drawn) in LINES {
        let page = Page::parse(&stdout(&format!("{line} --format html")));
        page.assert_self_contained(line);
        assert_eq!(page.count("h1"), 1, "{line}");
        assert!(page.count("table") >= 1, "{line}");
        if drawn {
            assert_eq!(page.count("svg"), 1, "{line}");
        }
        assert!(page.cells_are_even(), "{line}");
    }
}

/// A page begins with the answer that a terminal does, and says it in its title.
#[test]
fn the_answer_is_that_of_the_terminal() {
    for (line, _) in LINES {
        let page = Page::parse(&stdout(&format!("{line} --format html")));
        let table = stdout(line);
        let (first, _) = table.split_once("\n\n").unwrap();
        let on_one_line = first.replace('\n', " ").replace('`', "");
        let answer = page.text_of("h1");
        assert!(
            !answer.is_empty() && on_one_line.starts_with(&answer),
            "{line}: {answer}"
        );
        assert_eq!(page.text_of("title").replace('`', ""), answer, "{line}");
    }
}

/// The amounts of money in a text.
fn amounts(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| c.is_whitespace() || "()[]|`*<>;".contains(c));
    let words = words.map(|word| word.trim_end_matches([',', '.', ':']));
    let money = words.filter(|word| word.trim_start_matches(['-', '+', '~']).starts_with('¥'));
    money.map(str::to_owned).collect()
}

#[test]
fn no_amount_of_the_terminal_is_lost_on_a_page_or_in_markdown() {
    for (line, _) in LINES {
        let terminal = amounts(&stdout(&format!("{line} --details")));
        assert!(
            terminal.len() >= 2 || line.starts_with("resources"),
            "{line}: {terminal:?}"
        );
        let page = Page::parse(&stdout(&format!("{line} --details --format html")));
        let page = amounts(&page.words());
        let markdown = amounts(&stdout(&format!("{line} --details --format markdown")));
        let lost = |format: &BTreeSet<String>| -> Vec<String> {
            terminal.difference(format).cloned().collect()
        };
        assert_eq!(lost(&page), Vec::<String>::new(), "{line}");
        assert_eq!(lost(&markdown), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn the_total_of_the_json_is_in_the_heading_of_a_quote() {
    let line = "quote mu qwen3-8b --spec MU5x1 --months 1";
    let total = json(line)["quotes"][0]["total_rounded"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(total, "10139.00");
    let page = Page::parse(&stdout(&format!("{line} --format html")));
    assert_eq!(
        page.text_of("h1"),
        "¥10,139.00 for Qwen3-8B · model unit MU5x1 · subscription · cn-beijing"
    );
}

/// A file has what stdout would have, whatever the width of the terminal.
#[test]
fn a_file_that_ends_in_html_is_the_same_page() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    for (line, _) in LINES {
        let mut command = tollgate();
        command.args(line.split(' ')).arg("--output").arg(&file);
        let output = command.env("COLUMNS", "60").output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{line}");
        let page = stdout(&format!("{line} --format html"));
        assert_eq!(fs::read_to_string(&file).unwrap(), page, "{line}");
    }
}

/// A budget that is exceeded looks like it, in its row and in the heading.
#[test]
fn what_is_exceeded_is_marked() {
    let line = [
        "check",
        "examples/tollgate.toml",
        "--max-cost",
        "70000",
        "--format",
        "html",
    ];
    let output = tollgate().args(line).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let page = Page::parse(&String::from_utf8(output.stdout).unwrap());
    let alarms = page.texts_with_class("alarm");
    let [heading, row] = alarms.as_slice() else {
        panic!("{alarms:?}");
    };
    assert!(heading.ends_with("1 budget exceeded"), "{heading}");
    assert_eq!(row, "--max-cost ¥70,000.00 ¥72,127.40 103.0% ¥2,127.40");
}
