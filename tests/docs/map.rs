//! The map of the code in CONTRIBUTING and `docs/architecture.md` names what is there.

use std::fs;

use super::page::{pages, root};

/// What stands between backticks on a line.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Whether a literal is meant as a path of the repository.
fn is_path(literal: &str) -> bool {
    let top = [
        "src",
        "tests",
        "docs",
        "catalog",
        "examples",
        "schema",
        "benches",
        "man",
        "completions",
    ];
    let (first, _) = literal.split_once('/').unwrap_or_default();
    top.contains(&first) && !literal.contains(['<', '*', ' '])
}

#[test]
fn every_file_that_is_named_is_there() {
    let mut named = 0;
    for page in pages() {
        for literal in page
            .text
            .lines()
            .flat_map(literals)
            .filter(|literal| is_path(literal))
        {
            assert!(
                root().join(literal).exists(),
                "{}: there is no `{literal}`",
                page.name
            );
            named += 1;
        }
    }
    assert!(named >= 60, "{named} files");
}

/// In the table of one quote, from `main` to the terminal, each row has a file and functions of it.
#[test]
fn every_step_of_a_quote_is_a_function_of_its_file() {
    let page = include_str!("../../docs/architecture.md");
    let mut steps = 0;
    for row in page.lines().filter(|line| line.starts_with("| `src/")) {
        let mut cells = row.split('|').skip(1);
        let file = literals(cells.next().unwrap()).next().unwrap();
        if !file.ends_with(".rs") {
            continue;
        }
        let source = fs::read_to_string(root().join(file)).unwrap();
        for function in literals(cells.next().unwrap()) {
            let name = function.rsplit("::").next().unwrap();
            let found = [" ", "\n"]
                .iter()
                .any(|before| source.contains(&format!("{before}fn {name}")));
            assert!(found, "{file} has no function `{function}`");
            steps += 1;
        }
    }
    assert!(steps >= 8, "{steps} steps");
}

/// Each room of `src/` has a row in the table of rooms.
#[test]
fn no_room_is_left_out_of_the_map() {
    let page = include_str!("../../docs/architecture.md");
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let room = match entry.path().is_dir() {
            true => format!("src/{name}/"),
            false => continue,
        };
        assert!(
            page.contains(&format!("`{room}`")),
            "the map leaves out {room}"
        );
    }
}

/// What begins with two dashes between backticks is a flag of the program.
#[test]
fn every_flag_that_is_named_is_a_flag() {
    let pages_of_man = fs::read_dir(root().join("man")).unwrap();
    let man: String = pages_of_man
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    let man = man.replace('\\', "");
    let mut named = 0;
    for page in pages() {
        for literal in page.text.lines().flat_map(literals) {
            let Some(flag) = literal.strip_prefix("--") else {
                continue;
            };
            let is_name = |c: char| c.is_ascii_lowercase() || c == '-';
            let name: String = flag.chars().take_while(|c| is_name(*c)).collect();
            let known = ["fB", "fI"]
                .iter()
                .any(|font| man.contains(&format!("{font}--{name}f")));
            assert!(known, "{}: there is no `--{name}`", page.name);
            named += 1;
        }
    }
    assert!(named >= 80, "{named} flags");
}
