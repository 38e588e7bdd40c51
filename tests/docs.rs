//! The README, CONTRIBUTING and the pages of `docs/`: what they show is what the program prints, and what they
//! name is there. `TOLLGATE_REWRITE=1 cargo test --test docs` writes what the program prints today.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

#[path = "docs/links.rs"]
mod links;
#[path = "docs/map.rs"]
mod map;
#[path = "docs/page.rs"]
mod page;
#[path = "docs/shown.rs"]
mod shown;
mod support;

use std::fs;

use page::{pages, root};

/// Pages whose commands need what may not be installed, or too long: each has a test of its own.
const TESTED_ELSEWHERE: [&str; 2] = ["docs/beyond-one-machine.md", "docs/recipes.md"];

#[test]
fn every_console_block_is_what_the_program_prints() {
    let rewrite = std::env::var_os("TOLLGATE_REWRITE").is_some();
    let mut changed = Vec::new();
    for page in pages() {
        let folder = page.folder();
        let shown = shown::with_real_output(&page.text, folder.path());
        if rewrite {
            fs::write(root().join(&page.name), &shown).unwrap();
        } else if shown != page.text {
            changed.push((page.name, first_difference(&page.text, &shown)));
        }
    }
    assert!(changed.is_empty(), "other output: {changed:#?}");
}

/// The line of the page where the outputs part, and what stands there now.
fn first_difference(page: &str, shown: &str) -> (usize, String) {
    let mut now = shown.lines();
    let mut lines = (1_usize..).zip(page.lines());
    let line = lines.find(|(_, line)| now.next() != Some(line));
    let (at, _) = line.unwrap_or_default();
    let said = shown.lines().nth(at.saturating_sub(1)).unwrap_or_default();
    (at, said.to_owned())
}

#[test]
fn every_command_of_tollgate_stands_where_a_test_runs_it() {
    let mut run = 0;
    for page in pages() {
        for (kind, text) in page.blocks() {
            match kind.as_str() {
                "console" => run += text.lines().filter(|line| line.starts_with("$ ")).count(),
                "sh" if TESTED_ELSEWHERE.contains(&page.name.as_str()) => {}
                "sh" => assert!(
                    !text.lines().any(|line| line.starts_with("tollgate")),
                    "{}: a command of tollgate that no test runs:\n{text}",
                    page.name
                ),
                "toml" | "csv" | "text" => {}
                _ => panic!("{}: a block of kind `{kind}`:\n{text}", page.name),
            }
        }
    }
    assert!(run >= 30, "{run} commands were found");
}

#[test]
fn the_files_that_pages_show_are_those_of_the_examples() {
    let mut same = 0;
    for page in pages() {
        for (name, text) in page.files() {
            let Ok(example) = fs::read_to_string(root().join("examples").join(&name)) else {
                continue;
            };
            assert_eq!(text, example, "{}: {name}", page.name);
            same += 1;
        }
    }
    assert!(same >= 3, "{same} files");
}

#[test]
fn the_readme_is_two_screens_and_names_every_page() {
    let all = pages();
    let [readme, contents] = ["README.md", "docs/README.md"]
        .map(|name| all.iter().find(|page| page.name == name).unwrap());
    let lines = readme.text.lines().count();
    assert!(lines <= 200, "the README has {lines} lines");
    for page in &all {
        let name = page.name.as_str();
        let linked = |from: &page::Page, name: &str| from.text.contains(&format!("]({name})"));
        if let Some(short) = name
            .strip_prefix("docs/")
            .filter(|short| *short != "README.md")
        {
            assert!(linked(contents, short), "docs/README.md leaves out {short}");
        }
        if name != "README.md" {
            assert!(linked(readme, name), "README.md leaves out {name}");
        }
    }
}

#[test]
fn two_commands_build_price_and_test() {
    let readme = include_str!("../README.md");
    let line = "quote ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7";
    assert!(readme.contains(&format!("cargo run --release --locked -- {line}\n")));
    let quote = support::quote(line.strip_prefix("quote ").unwrap());
    assert_eq!(quote["total_rounded"], "18076.80");
    assert_eq!(quote["items"].as_array().unwrap().len(), 2);
    for text in [readme, include_str!("../.ci/run")] {
        assert!(text.contains("\ncargo test --locked\n"), "{text}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_command_that_measures_pairs_says_how_long_a_command_takes() {
    assert!(include_str!("../docs/benchmarks.md").contains("\nbenches/paired.sh 200 $quote\n"));
    let output = std::process::Command::new(root().join("benches/paired.sh"))
        .args(["3", "/bin/sleep", "0.1"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let (times, rest) = said.split_once(' ').unwrap();
    assert_eq!(rest, "times as long as /bin/true (the middle of 3 pairs)\n");
    let (whole, _) = times.split_once('.').unwrap();
    assert!(whole.parse::<u32>().unwrap() >= 1, "{said}");
}
