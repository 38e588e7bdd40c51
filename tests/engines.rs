//! The page on traces beyond one machine: what it does in the shell is done here, on a small trace. What needs an engine is
//! run by `benches/engines.sh`.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const PAGE: &str = include_str!("../docs/beyond-one-machine.md");
const ORDER: &str = "tollgate quote ptu qwen3-max-2025-09-23 --input-tpm 250k --output-tpm 10k \
                     --as-of 2026-11-20";

/// The blocks of commands, each with its heading.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let mut heading = "";
    let mut blocks = Vec::new();
    for (place, part) in PAGE.split("```").enumerate() {
        if place % 2 == 1 {
            // Those of the console are compared with what they print by another test.
            blocks.extend(
                part.strip_prefix("sh\n")
                    .map(|commands| (heading, commands)),
            );
        } else if let Some(line) = part.lines().rfind(|line| line.starts_with('#')) {
            heading = line.trim_start_matches('#').trim();
        }
    }
    blocks
}

/// Calls of three days, several a second and more than fit a minute.
fn trace() -> String {
    let mut text = "TIMESTAMP,ContextTokens,GeneratedTokens\n".to_owned();
    for call in 0_u32..900 {
        let (day, minute, second) = (16 + call / 300, call % 300 / 60, call % 60 / 7);
        // The size of a call goes up and down, so that their order decides which fit.
        let (input, output) = (call * 7919 % 60_000, call * 104_729 % 900);
        text.push_str(&format!(
            "2023-11-{day} 23:{minute:02}:{second:02},{input},{output}\n"
        ));
    }
    text
}

fn quote(folder: &Path, name: &str) -> Value {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    let mut report: Value = serde_json::from_str(&text).unwrap();
    let trace = report["quotes"][0]["trace"].as_object_mut().unwrap();
    trace.remove("files").unwrap();
    report
}

#[test]
fn what_the_page_does_in_the_shell_is_the_single_run() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("calls.csv"), trace()).unwrap();
    let program = Path::new(assert_cmd::cargo::cargo_bin!("tollgate"));
    let path = std::env::join_paths(
        std::iter::once(program.parent().unwrap().to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let path = path.unwrap();
    let blocks = blocks();
    let shell = |heading: &str| {
        let mut found = blocks.iter().filter(|(under, _)| *under == heading);
        let (_, commands) = found.next().unwrap();
        // The trace is there.
        let lines = commands.lines().filter(|line| !line.contains("make_trace"));
        let output = Command::new("sh")
            .args(["-eu", "-c", &lines.collect::<Vec<_>>().join("\n")])
            .current_dir(folder.path())
            .env("PATH", &path)
            .env_remove("TOLLGATE_CATALOG")
            .env("TOLLGATE_TODAY", "2026-11-20")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{said}");
    };
    shell("A larger trace");
    shell("In the shell");
    let days = fs::read_to_string(folder.path().join("days.jsonl")).unwrap();
    assert_eq!(days.lines().count(), 3);
    let single = quote(folder.path(), "single.json");
    let trace = &single["quotes"][0]["trace"];
    assert_eq!(trace["rows"], "900");
    assert_ne!(trace["admitted"]["overflow"]["calls"], "0");
    assert_eq!(quote(folder.path(), "days.json"), single);
}

#[test]
fn every_way_of_the_page_prices_the_same_reservation_with_files_that_there_are() {
    let commands: Vec<String> = blocks()
        .iter()
        .map(|(_, commands)| commands.replace("\\\n ", ""))
        .collect();
    assert_eq!(commands.len(), 5);
    for block in &commands {
        let quotes = block.matches("tollgate quote").count();
        assert_eq!((quotes, block.matches(ORDER).count()), (1, 1), "{block}");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths = PAGE.split(|c: char| c.is_whitespace() || "`()[]".contains(c));
    let mut named = 0;
    for path in paths.filter(|path| path.starts_with("examples/") || path.starts_with("../")) {
        let file = root.join(path.trim_start_matches("../"));
        assert!(file.exists(), "{path}");
        named += 1;
    }
    assert!(named >= 7, "{named}");
    assert!(root.join("benches/engines.sh").exists());
}
