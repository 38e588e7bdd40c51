//! Every command at the widths that terminals have: no line is wider, and no number is broken.

use std::collections::BTreeSet;
use std::ffi::OsString;

use chrono::NaiveDate;
use tollgate::cli::{self, Environment};

/// Command lines whose output is a document, each of which works.
const LINES: [&str; 22] = [
    "quote ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7 --start 2026-06-01T21:59 --discount 15% --fx USD=0.1389 --fx EUR=0.12",
    "quote ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400",
    "quote ptu qwen3-max-2025-09-23 --input-tpm 999,999,999,999,999 --output-tpm 20k --days 36525",
    "quote ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --days 30 --trace examples/calls.csv",
    "quote mu qwen3.6-plus-2026-04-02 --hours 24",
    "quote mu qwen3-8b --spec MU5x1 --months 1 --cancel-after 6.5",
    "quote mu qwen3-8b --spec MU5x1 --months 3 --start 2026-01-31T10:00 --max-cost 100000",
    "quote tokens qwen3-max-2025-09-23 --input 1M --output 100k --requests 25 --batch",
    "quote tokens qwen3-max-2025-09-23 --trace examples/calls.csv --scale-to 30 --fx USD=0.1389",
    "models",
    "models --method mu",
    "models qwen-plus-2025-12-01",
    "models qwen3-8b",
    "compare qwen3-max-2025-09-23 --rpm 200 --input-per-request 4000 --output-per-request 400 --spec MU2x8",
    "compare qwen3-8b --rpm 30 --input-per-request 4000 --output-per-request 400 --spec MU5x1 --replica-capacity MU5x1=100k/20k --current mu-hourly",
    "compare qwen3-8b qwen-plus-2025-12-01 deepseek-v3.2 --rpm 200 --input-per-request 1200 --output-per-request 250 --discount 15% --fx USD=0.1389",
    "compare qwen3-max-2025-09-23 --trace examples/calls.csv --scale-to 30",
    "check examples/tollgate.toml",
    "check examples/tollgate.toml --cheapest --fx USD=0.1389",
    "check examples/tollgate.toml --baseline examples/tollgate.toml",
    "resources examples/account.toml --today 2026-11-20",
    "resources tests/resources/account.toml --today 2026-11-20 --all",
];

fn shown(line: &str, width: usize) -> String {
    let environment = Environment {
        width,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        catalog_path: None,
        style_stdout: false,
        style_stderr: false,
        progress: None,
    };
    let args = ["tollgate"].into_iter().chain(line.split(' '));
    let outcome = cli::run(args.map(OsString::from), &environment);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
    assert!(outcome.stdout.ends_with('\n'), "{line}");
    outcome.stdout
}

/// The lines wider than a terminal that could have been broken at a space.
fn too_wide(text: &str, width: usize) -> Vec<&str> {
    let lines = text.lines();
    let wide = lines.filter(|line| textwrap::core::display_width(line) > width);
    wide.filter(|line| line.trim().contains(' ')).collect()
}

/// The words that hold a digit, without what may follow a word.
fn numbers(text: &str) -> BTreeSet<&str> {
    let words = text.split_whitespace();
    let words = words.map(|word| word.trim_matches([',', ';', ':', '.', '(', ')', '`']));
    words
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .collect()
}

#[test]
fn no_line_is_wider_than_the_terminal_and_no_number_is_broken() {
    for line in LINES
        .iter()
        .flat_map(|line| [line.to_string(), format!("{line} --details")])
    {
        let widest = shown(&line, 500);
        for width in [60, 80, 140] {
            let text = shown(&line, width);
            assert_eq!(too_wide(&text, width), [""; 0], "{width}: {line}");
            let broken: Vec<&str> = numbers(&text)
                .difference(&numbers(&widest))
                .copied()
                .collect();
            assert_eq!(broken, [""; 0], "{width}: {line}:\n{text}");
        }
    }
}

#[test]
fn a_chart_fits_the_terminal() {
    for line in &LINES[13..16] {
        for width in [60, 80, 140] {
            let text = shown(&format!("{line} --chart"), width);
            assert_eq!(too_wide(&text, width), [""; 0], "{width}: {line}");
        }
    }
}
