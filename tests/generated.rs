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
    let mut command = explained(tollgate::cli::command()).disable_help_subcommand(true);
    command.build();
    add_pages(&command, &mut pages);
    assert_holds("man", &pages);
}

/// With what the short help leaves out, which is no less a part of a page.
fn explained(command: clap::Command) -> clap::Command {
    command
        .mut_args(|arg| arg.hide_short_help(false))
        .mut_subcommands(explained)
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
        .replace(".SH EXTRA\nTry:\n", ".SH EXAMPLES\n.nf\n")
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
        shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_TYPE=9
        _clap_complete_tollgate tollgate "${COMP_WORDS[COMP_CWORD]}"
        printf '%s\n' "${COMPREPLY[@]}" | grep -v '^-'
    "#;
    let script = String::from_utf8(script(Shell::Bash)).unwrap();
    let program = assert_cmd::cargo::cargo_bin!("tollgate");
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    for (words, found) in [
        (vec!["quote", ""], "ptu\nmu\ntokens\ndtu\nhelp\n"),
        (vec!["quote", "ptu", "glm"], "glm-5.1\nglm-5.2\n"),
        (
            vec!["quote", "mu", "qwen3-8b", "--spec", ""],
            "MU1x2\nMU2x2\nMU5x1\n",
        ),
    ] {
        assert_cmd::Command::new("bash")
            .args(["--norc", "-c", complete, "bash", &script, "tollgate"])
            .args(words)
            .env("PATH", &path)
            .env_remove("TOLLGATE_CATALOG")
            .env("TOLLGATE_TODAY", "2026-11-20")
            .assert()
            .success()
            .stderr("")
            .stdout(found);
    }
}

/// What fish is told can come next.
fn candidates(words: &[&str], more: &[(&str, &str)]) -> String {
    let mut command = cargo_bin_cmd!("tollgate");
    command
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20")
        .env("TOLLGATE_COMPLETE", "fish")
        .envs(more.iter().copied())
        .args(["--", "tollgate"])
        .args(words);
    let assert = command.assert().success().stderr("");
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

#[test]
fn models_are_completed_as_they_are_sold_and_specifications_as_a_model_has_them() {
    let all = candidates(&["quote", "mu", "qwen3-r"], &[]);
    assert_eq!(
        all,
        "qwen3-rerank-0.6b\tQwen3-Rerank-0.6B\nqwen3-rerank\tQwen3-Rerank\n"
    );
    assert_eq!(candidates(&["quote", "ptu", "qwen3-r"], &[]), "");
    assert_eq!(
        candidates(&["compare", "qwen3-8b", "MINI"], &[]),
        "MiniMax-M2.5	MiniMax-M2.5\nMiniMax-M2.1	MiniMax-M2.1\n"
    );
    assert_eq!(
        candidates(&["models", "glm-5.1"], &[]),
        "glm-5.1\tGLM-5.1\n"
    );
    assert_eq!(
        candidates(&["resources", "a.toml", "--model", "glm-5.1"], &[]),
        "glm-5.1\tGLM-5.1\n"
    );
    assert_eq!(
        candidates(&["compare", "qwen3-8b", "--replica-capacity", "mu1"], &[]),
        "MU1x2=\n"
    );
    // Without a model on the line, every specification that some model has.
    let specs = candidates(&["quote", "mu", "--spec", "MU1x"], &[]);
    assert!(specs.lines().count() > 2, "{specs}");
}

#[test]
fn models_of_a_catalog_are_completed_and_nothing_goes_wrong_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.toml");
    let text = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"our-model\"\n\
        [[model.mu]]\nspec = \"MU7 x 3\"\nhour = \"1 per replica-hour\"\n\
        from = 2026-01-01\n";
    fs::write(&own, text).unwrap();
    let own = own.to_str().unwrap();
    let ours = "our-model\tour-model\n";
    let equals = format!("--catalog={own}");
    assert_eq!(
        candidates(&["quote", "mu", "--catalog", own, "our"], &[]),
        ours
    );
    assert_eq!(candidates(&[&equals, "quote", "mu", "our"], &[]), ours);
    assert_eq!(
        candidates(&["quote", "mu", "our"], &[("TOLLGATE_CATALOG", own)]),
        ours
    );
    assert_eq!(
        candidates(&[&equals, "quote", "mu", "our-model", "--spec", ""], &[]),
        "MU7x3\n"
    );
    assert_eq!(
        candidates(
            &[&equals, "--as-of", "2025-12-31", "quote", "mu", "our"],
            &[]
        ),
        ""
    );
    // A catalog that cannot be read leaves the built-in models.
    let glm = "glm-5.1\tGLM-5.1\n";
    let wrong = [("TOLLGATE_CATALOG", "/nowhere.toml")];
    assert_eq!(candidates(&["quote", "ptu", "glm-5.1"], &wrong), glm);
    for shell in ["nosuch", "bash", "zsh", "elvish", "powershell", "fish"] {
        for args in [
            vec![],
            vec!["--"],
            vec!["quote", "ptu"],
            vec!["--", "a", "\u{1b}"],
        ] {
            let assert = cargo_bin_cmd!("tollgate")
                .env("TOLLGATE_COMPLETE", shell)
                .env("_CLAP_COMPLETE_INDEX", "99999999999999999999")
                .args(&args)
                .assert();
            assert.success().stderr("");
        }
    }
    let wrong_day = [("TOLLGATE_TODAY", "yesterday")];
    assert_eq!(candidates(&["quote", "ptu", "glm"], &wrong_day), "");
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
