//! Help that fits a screen, commands to try that work, and errors that say what to type.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fs;

use clap::Command;
use support::{refused, stdout, tollgate};

/// Lines of a short help.
const SCREEN: usize = 40;

/// The words that call each command, and the command.
fn commands() -> Vec<(String, Command)> {
    fn add(words: &str, command: &Command, all: &mut Vec<(String, Command)>) {
        all.push((words.to_owned(), command.clone()));
        let own = command.get_subcommands();
        for subcommand in own.filter(|subcommand| subcommand.get_name() != "help") {
            let words = format!("{words} {}", subcommand.get_name());
            add(words.trim(), subcommand, all);
        }
    }
    let mut all = Vec::new();
    add("", &tollgate::cli::command(), &mut all);
    assert!(all.len() > 10);
    all
}

/// Flags in a text.
fn flags(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| c.is_whitespace() || "`,=<".contains(c));
    words.filter(|word| word.starts_with("--")).collect()
}

#[test]
fn every_short_help_is_one_screen_with_every_flag_of_the_command_on_it() {
    let root = tollgate::cli::command();
    let globals: Vec<String> = root
        .get_arguments()
        .filter(|arg| arg.is_global_set() && arg.get_id() != "_help")
        .map(|arg| format!("--{}", arg.get_long().unwrap()))
        .collect();
    for (words, command) in commands() {
        let short = stdout(&format!("{words} -h"));
        let lines: Vec<&str> = short.lines().collect();
        assert!(lines.len() <= SCREEN, "{} of\n{short}", lines.len());
        for line in &lines {
            assert!(line.chars().count() <= 80, "{line}");
        }
        let own = command.get_arguments().filter(|arg| !arg.is_global_set());
        let own = own
            .filter_map(clap::Arg::get_long)
            .map(|long| format!("--{long}"));
        for flag in own.chain(globals.clone()) {
            assert!(flags(&short).contains(&*flag), "{flag} is not in\n{short}");
        }
        // What is explained in a line of its own is what is used most.
        let explained = lines.iter().filter(|line| line.starts_with("      --"));
        assert!(explained.count() <= 10, "{short}");
        let (_, of_globals) = short.split_once("\n  Global options: ").unwrap();
        assert_eq!(
            of_globals.split_whitespace().collect::<Vec<_>>(),
            globals,
            "{words}"
        );
    }
}

#[test]
fn a_long_help_explains_every_flag() {
    for (words, command) in commands() {
        let long = stdout(&format!("{words} --help"));
        let explained: BTreeSet<&str> = long
            .lines()
            .filter_map(|line| {
                line.trim_start()
                    .strip_prefix("-h, ")
                    .or(Some(line.trim_start()))
            })
            .filter(|line| line.starts_with("--"))
            .filter_map(|line| line.split(' ').next())
            .collect();
        for arg in command.get_arguments() {
            if let Some(long_name) = arg.get_long().filter(|name| *name != "version") {
                assert!(
                    explained.contains(&*format!("--{long_name}")),
                    "{words} --{long_name}"
                );
            }
        }
    }
}

#[test]
fn help_on_a_command_and_its_flag_are_the_same() {
    for words in ["quote ptu", "compare", "check"] {
        assert_eq!(
            stdout(&format!("help {words}")),
            stdout(&format!("{words} --help"))
        );
    }
}

/// The command lines of a help text below `Try:`.
fn to_try(help: &str) -> Vec<String> {
    let (_, rest) = help.split_once("\nTry:\n").unwrap();
    let (block, _) = rest.split_once("\n\n").unwrap();
    let joined = block.replace("\\\n", " ");
    let lines = joined
        .lines()
        .map(|line| line.trim().strip_prefix("tollgate "));
    lines.map(|line| line.unwrap().to_owned()).collect()
}

#[test]
fn without_a_command_there_is_the_short_help_with_three_to_try_that_work() {
    for words in ["", "quote"] {
        let output = tollgate_alone()
            .args(words.split_whitespace())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(output.stdout, b"");
        let shown = String::from_utf8(output.stderr).unwrap();
        assert_eq!(shown, stdout(&format!("{words} -h")));
        let lines = to_try(&shown);
        assert_eq!(lines.len(), 3, "{shown}");
        for line in lines {
            assert_ne!(stdout(&line), "", "{line}");
        }
    }
}

/// The program without any flag.
fn tollgate_alone() -> assert_cmd::Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("tollgate");
    command
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20");
    command
}

#[test]
fn help_is_styled_where_it_is_asked_for() {
    let output = tollgate_alone()
        .args(["quote", "mu", "-h", "--color", "always"])
        .output();
    let shown = String::from_utf8(output.unwrap().stdout).unwrap();
    assert!(
        shown.contains("\u{1b}[1m\u{1b}[4mAlso, with `--help`:\u{1b}[0m"),
        "{shown:?}"
    );
    assert!(!stdout("quote mu -h --color never").contains('\u{1b}'));
}

#[test]
fn whoever_buys_model_units_by_the_day_is_told_what_to_type() {
    for (days, hours) in [("--days 7", "7d"), ("--days=12", "12d"), ("--days", "7d")] {
        let error = format!(
            "error: no flag or argument `--days` here\n\n\
             hint: model units have no days: write `--hours {hours}` or `--months <MONTHS>`\n"
        );
        assert_eq!(refused(&format!("quote mu qwen3-8b {days}")), (2, error));
        stdout(&format!("quote mu qwen3-8b --hours {hours}"));
    }
    stdout("quote mu qwen3-8b --months 1");
}

const CSV: &str = "ts,input_tokens,output_tokens,model,kind\n\
    1700129880,10,1,qwen3-max,chat\n\
    1700129881,20,2,glm-5.1,batch\n\
    1700129882,30,3,a\u{1b}[31m,batch\n";
const JSON: &str = "{\"ts\":1700129880,\"input_tokens\":1,\"output_tokens\":1,\"model\":\"qwen3-max\",\"usage\":{\"type\":\"chat\"}}\n\
    {\"ts\":1700129881,\"input_tokens\":1,\"output_tokens\":1,\"model\":\"glm-5.1\",\"usage\":{\"type\":\"batch\"}}\n";

/// What is said of a trace that these filters leave nothing of.
fn filtered(name: &str, text: &str, filters: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    let mut command = tollgate();
    command.current_dir(folder.path());
    command.args(["quote", "tokens", "qwen3-max-2025-09-23", "--trace", name]);
    for filter in filters {
        command.args(["--where", filter]);
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{filters:?}");
    assert_eq!(output.stdout, b"");
    let shown = String::from_utf8(output.stderr).unwrap();
    shown
        .strip_prefix("error: ")
        .unwrap()
        .trim_end()
        .replace("\n\nhint: ", "\n")
}

#[test]
fn a_filter_that_no_row_passes_names_a_column_that_is_not_there_or_what_is_in_it() {
    const WHOLE: &str = "`--where` compares the whole text of a column, in upper and lower case";
    let csv = |filters: &[&str]| filtered("calls.csv", CSV, filters);
    let json = |filters: &[&str]| filtered("calls.jsonl", JSON, filters);
    assert_eq!(
        csv(&["model=qwen3-mx"]),
        "none of 3 rows passes the filter: `model` has `qwen3-max`, `glm-5.1`, `a\\u{1b}[31m`\n\
         did you mean `--where model=qwen3-max`?"
    );
    assert_eq!(
        csv(&["kind=chats", "model=other"]),
        "none of 3 rows passes the filters: `kind` has `chat`, `batch`, and `model` has `qwen3-max`, `glm-5.1`, `a\\u{1b}[31m`\n\
         did you mean `--where kind=chat`?"
    );
    assert_eq!(
        csv(&["kind=chat", "model=glm-5.1"]),
        format!(
            "none of 3 rows passes the filters: each is passed by some row, and no row passes all\n{WHOLE}"
        )
    );
    assert_eq!(
        csv(&["mdoel=x"]),
        "calls.csv: there is no column `mdoel` to filter by; there are `ts`, `input_tokens`, `output_tokens`, `model`, `kind`\n\
         did you mean `model`?"
    );
    assert_eq!(
        json(&["mdoel=glm-5.1"]),
        "none of 2 rows passes the filter: there is no column `mdoel`; there are `input_tokens`, `model`, `output_tokens`, `ts`, `usage.type`\n\
         did you mean `--where model=glm-5.1`?"
    );
    assert_eq!(
        json(&["colour=red"]),
        "none of 2 rows passes the filter: there is no column `colour`; there are `input_tokens`, `model`, `output_tokens`, `ts`, `usage.type`\n\
         name a column that is there in `--where <COLUMN>=<VALUE>`"
    );
    assert_eq!(
        json(&["usage.type=image"]),
        format!("none of 2 rows passes the filter: `usage.type` has `chat`, `batch`\n{WHOLE}")
    );
    assert_eq!(
        json(&["usage.type=chat", "model=glm-5.1"]),
        format!(
            "none of 2 rows passes the filters: each is passed by some row, and no row passes all\n{WHOLE}"
        )
    );
}

#[test]
fn of_a_long_file_only_the_first_rows_are_looked_at_for_what_a_filter_misses() {
    let long = "x".repeat(1_000);
    let mut text = String::from("ts,input_tokens,output_tokens,model\n");
    let mut json = String::new();
    for row in 0..5_000 {
        text.push_str(&format!("{},1,1,m{row}{long}\n", 1_700_129_880 + row));
        let at = 1_700_129_880 + row;
        json.push_str(&format!(
            "{{\"ts\":{at},\"input_tokens\":1,\"output_tokens\":1}}\n"
        ));
    }
    let shown = filtered("calls.csv", &text, &["model=glm-5.1"]);
    let (first, hint) = shown.split_once('\n').unwrap();
    assert!(
        first.starts_with(
            "none of 5,000 rows passes the filter: in the first 4,096 rows, `model` has `m0xxx"
        ),
        "{first}"
    );
    assert!(first.ends_with("…`, …"), "{first}");
    assert!(first.len() < 600, "{first}");
    assert!(hint.starts_with("`--where` compares"));
    assert_eq!(
        filtered("calls.jsonl", &json, &["model=x"]),
        "none of 5,000 rows passes the filter: in the first 4,096 rows, there is no column `model`; there are `input_tokens`, `output_tokens`, `ts`\n\
         name a column that is there in `--where <COLUMN>=<VALUE>`"
    );
}
