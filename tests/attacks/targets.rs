//! The fuzz targets are built from what is locked, run by every script that runs them, and written down.

use std::fs;
use std::path::PathBuf;

use toml::{Table, Value};

fn read(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn targets() -> Vec<String> {
    let manifest: Table = read("fuzz/Cargo.toml").parse().unwrap();
    let names = manifest["bin"].as_array().unwrap().iter();
    names
        .map(|bin| bin["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_fuzz_target_is_built_run_and_written_down() {
    let targets = targets();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let mut files: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    let mut sorted = targets.clone();
    sorted.sort();
    assert_eq!(files, sorted);
    let (run, workflow) = (read("fuzz/run"), read(".github/workflows/fuzz.yml"));
    assert!(run.contains(&format!("set -- {}\n", targets.join(" "))));
    assert!(workflow.contains(&format!("target: [{}]\n", targets.join(", "))));
    let (seeds, page) = (read("fuzz/seeds"), read("docs/attacks.md"));
    for target in targets {
        assert!(seeds.contains(&format!("\n  {target})\n")), "{target}");
        assert!(page.contains(&format!("\n| `{target}` |")), "{target}");
    }
}

/// What `cargo fetch --locked --manifest-path fuzz/Cargo.toml` would refuse.
#[test]
fn what_the_program_depends_on_is_in_the_lock_of_the_fuzz_targets() {
    let manifest: Table = read("Cargo.toml").parse().unwrap();
    let of_unix = &manifest["target"]["cfg(unix)"]["dependencies"];
    let asked = [&manifest["dependencies"], of_unix];
    let asked = asked.into_iter().flat_map(|all| all.as_table().unwrap());
    let lock: Table = read("fuzz/Cargo.lock").parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let named = |name: &str| {
        packages
            .iter()
            .find(|one| one["name"].as_str() == Some(name))
    };
    let program = named("tollgate").unwrap();
    assert_eq!(program["version"], manifest["package"]["version"]);
    let locked = program["dependencies"].as_array().unwrap().iter();
    let mut locked: Vec<&str> = locked.filter_map(Value::as_str).collect();
    // Where several versions are locked, one follows the name.
    for name in &mut locked {
        *name = name.split(' ').next().unwrap();
    }
    let mut asked: Vec<&str> = asked.map(|(name, _)| name.as_str()).collect();
    asked.sort_unstable();
    assert_eq!(locked, asked, "`cargo update --workspace` in `fuzz/`");
}

/// A target whose command line is refused reaches nothing.
#[test]
fn the_command_lines_of_the_fuzz_targets_are_right() {
    let mut ran = 0;
    for target in targets() {
        let text = read(&format!("fuzz/fuzz_targets/{target}.rs"));
        let lines = text.split('"').skip(1).step_by(2);
        let first = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
        let commands = ["models", "quote", "check", "merge", "resources"];
        for line in
            lines.filter(|line| line.contains(' ') && commands.contains(&first(line).as_str()))
        {
            let words = line.replace('@', "Cargo.toml");
            let output = std::process::Command::new(env!("CARGO_BIN_EXE_tollgate"))
                .args(words.split(' '))
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_ne!(output.status.code(), Some(2), "{line}: {said}");
            ran += 1;
        }
    }
    assert!(ran >= 11, "{ran} command lines");
}
