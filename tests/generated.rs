//! The files in `man/` and `completions/` are what the command line says today.
//! `TOLLGATE_REWRITE=1 cargo test --test generated` writes them anew.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use clap::ValueEnum;
use clap_complete::{Generator, Shell};
use clap_mangen::Man;

/// What a folder holds: bytes by file name.
type Files = BTreeMap<String, Vec<u8>>;

#[test]
fn the_man_pages_are_those_of_the_command_line() {
    let mut pages = Files::new();
    // `tollgate help …` says what the pages say, so it has none.
    let mut command = tollgate::cli::command().disable_help_subcommand(true);
    command.build();
    add_pages(&command, &mut pages);
    assert_holds("man", &pages);
}

fn add_pages(command: &clap::Command, pages: &mut Files) {
    let man = Man::new(command.clone())
        // A date would change pages of commands that have not changed; left empty, its place in
        // the title line is taken by what comes next.
        .date(" ")
        .source(concat!("tollgate ", env!("CARGO_PKG_VERSION")));
    let mut page = Vec::new();
    man.render(&mut page).unwrap();
    // Headings that people look for, and command lines that are not filled.
    let page = String::from_utf8(page)
        .unwrap()
        .replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n.nf\n")
        .replace(".SH EXTRA\nExit codes: ", ".SH \"EXIT STATUS\"\n");
    pages.insert(man.get_filename(), page.into_bytes());
    for subcommand in command.get_subcommands() {
        add_pages(subcommand, pages);
    }
}

#[test]
fn the_completion_scripts_are_those_of_the_program() {
    let scripts = Shell::value_variants()
        .iter()
        .map(|shell| (shell.file_name("tollgate"), script(*shell)))
        .collect();
    assert_holds("completions", &scripts);
}

fn script(shell: Shell) -> Vec<u8> {
    let printed = cargo_bin_cmd!("tollgate")
        .args(["completions", &shell.to_string()])
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20")
        .assert()
        .success()
        .stderr("");
    printed.get_output().stdout.clone()
}

#[cfg(target_os = "linux")]
#[test]
fn bash_takes_its_script_and_completes_with_it() {
    let complete = r#"
        set -eu
        bash -n <<< "$1"
        eval "$1"
        COMP_WORDS=(tollgate quote "") COMP_CWORD=2
        _tollgate tollgate "" quote
        printf '%s\n' "${COMPREPLY[@]}" | grep -v '^-'
    "#;
    let script = String::from_utf8(script(Shell::Bash)).unwrap();
    assert_cmd::Command::new("bash")
        .args(["--norc", "-c", complete, "bash", &script])
        .assert()
        .success()
        .stderr("")
        .stdout("ptu\nmu\ntokens\nhelp\n");
}

/// Asserts that `folder` holds these files, byte by byte, and no other; or makes it so.
fn assert_holds(folder: &str, wanted: &Files) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if env::var_os("TOLLGATE_REWRITE").is_some_and(|value| value == "1") {
        fs::create_dir_all(&path).unwrap();
        for stale in held(&path)
            .keys()
            .filter(|name| !wanted.contains_key(*name))
        {
            fs::remove_file(path.join(stale)).unwrap();
        }
        for (name, bytes) in wanted {
            fs::write(path.join(name), bytes).unwrap();
        }
    }
    let held = held(&path);
    let different: Vec<&String> = wanted
        .keys()
        .chain(held.keys().filter(|name| !wanted.contains_key(*name)))
        .filter(|name| held.get(*name) != wanted.get(*name))
        .collect();
    assert!(
        different.is_empty(),
        "missing, stale or changed in `{folder}`: {different:?}; \
         `TOLLGATE_REWRITE=1 cargo test --test generated` writes them anew"
    );
}

fn held(folder: &Path) -> Files {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}
