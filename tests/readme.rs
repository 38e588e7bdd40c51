//! The README shows what the program prints: every `console` block is run and compared.
//!
//! `TOLLGATE_REWRITE=1` writes the real output into the README.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::tollgate;

#[test]
fn every_console_block_is_what_the_program_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    write_files(&readme, folder.path());
    let (shown, commands) = with_real_output(&readme, folder.path());
    assert!(commands >= 8, "{commands} commands were found");
    if std::env::var_os("TOLLGATE_REWRITE").is_some() {
        fs::write(&path, &shown).unwrap();
    }
    assert_eq!(readme, shown);
}

#[test]
fn the_first_command_prices_seven_days_with_two_line_items() {
    let readme = include_str!("../README.md");
    let line = "quote ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7";
    assert!(readme.contains(&format!("cargo run --release --locked -- {line}\n")));
    let quote = support::quote(line.strip_prefix("quote ").unwrap());
    assert_eq!(quote["total_rounded"], "18076.80");
    assert_eq!(quote["items"].as_array().unwrap().len(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn the_command_that_measures_pairs_says_how_long_a_command_takes() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/paired.sh");
    assert!(include_str!("../README.md").contains("\nbenches/paired.sh 200 $quote\n"));
    let output = Command::new(script)
        .args(["3", "/bin/sleep", "0.1"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let (times, rest) = said.split_once(' ').unwrap();
    assert_eq!(rest, "times as long as /bin/true (the middle of 3 pairs)\n");
    let (whole, _) = times.split_once('.').unwrap();
    assert!(whole.parse::<u32>().unwrap() >= 1, "{said}");
}

/// Blocks that follow `<!-- file: name -->` are files that the commands use.
fn write_files(readme: &str, folder: &Path) {
    for part in readme.split("<!-- file: ").skip(1) {
        let (name, rest) = part.split_once(" -->\n").unwrap();
        let (_, block) = rest.split_once('\n').unwrap();
        let (text, _) = block.split_once("```").unwrap();
        fs::write(folder.join(name), text).unwrap();
    }
}

/// The README with the real output of every command, and how many commands it has.
fn with_real_output(readme: &str, folder: &Path) -> (String, usize) {
    let mut shown = String::new();
    let mut commands = 0;
    let mut in_console = false;
    for line in readme.lines() {
        if line == "```console" {
            in_console = true;
        } else if in_console && line == "```" {
            in_console = false;
        } else if in_console && !line.starts_with("$ ") {
            continue;
        }
        shown.push_str(line);
        shown.push('\n');
        let Some(command) = line.strip_prefix("$ ").filter(|_| in_console) else {
            continue;
        };
        match command.strip_prefix("tollgate ") {
            Some(arguments) if !command.contains(['>', '|']) => {
                commands += 1;
                shown.push_str(&output(arguments, folder));
            }
            _ => shown.push_str(&shell(command, folder)),
        }
    }
    (shown, commands)
}

fn output(command: &str, folder: &Path) -> String {
    let mut run = if command.contains("--as-of") {
        let mut fresh = Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
        fresh
            .env_remove("TOLLGATE_CATALOG")
            .env("TOLLGATE_TODAY", "2026-11-20");
        assert_cmd::Command::from_std(fresh)
    } else {
        tollgate()
    };
    let output = run
        .args(command.split_whitespace())
        .current_dir(folder)
        .output()
        .unwrap();
    // As a terminal shows it: a limit that is exceeded is said on stderr.
    let shown = [output.stdout, output.stderr].concat();
    let shown = String::from_utf8(shown).unwrap();
    let done = matches!(output.status.code(), Some(0 | 3));
    assert!(done, "`{command}` fails: {shown}");
    shown
}

/// What a command of the shell prints; most make a file for those after it, and say nothing.
fn shell(command: &str, folder: &Path) -> String {
    let program = Path::new(assert_cmd::cargo::cargo_bin!("tollgate"));
    let path = std::env::var_os("PATH").unwrap();
    let mut folders = vec![program.parent().unwrap().to_owned()];
    folders.extend(std::env::split_paths(&path));
    let run = assert_cmd::Command::new("sh")
        .args(["-e", "-c", command])
        .current_dir(folder)
        .env("PATH", std::env::join_paths(folders).unwrap())
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20")
        .assert()
        .success()
        .stderr("");
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

#[test]
fn the_plan_is_that_of_the_examples() {
    let folder = tempfile::tempdir().unwrap();
    write_files(include_str!("../README.md"), folder.path());
    let shown = fs::read_to_string(folder.path().join("tollgate.toml")).unwrap();
    assert_eq!(shown, include_str!("../examples/tollgate.toml"));
}
