//! Where the output goes: a full disk, a closed pipe, a terminal with or without style.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "streams/fitted.rs"]
mod fitted;
#[path = "streams/width.rs"]
mod width;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use chrono::NaiveDate;
use tollgate::cli::{self, Environment, Outcome};

/// Every command, each of which works.
const COMMANDS: [&str; 11] = [
    "quote ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --days 7",
    "quote mu qwen3-8b --spec MU5x1 --hours 1",
    "quote tokens qwen3-32b --input 1M --output 1M",
    "models",
    "models qwen3-8b",
    "resources tests/resources/account.toml --today 2026-11-20",
    "completions bash",
    "schema plan",
    "--help",
    "quote ptu --help",
    "--version",
];

fn tollgate(args: &str) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
    command
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20")
        .env_remove("NO_COLOR");
    command.env("TERM", "xterm-256color");
    // Scripts and schemas have no prices, and take no date for them.
    if !args.starts_with("completions") && !args.starts_with("schema") {
        command.args(["--as-of", "2026-11-20"]);
    }
    command.args(args.split(' '));
    command
}

fn to(stdout: impl Into<Stdio>, args: &str) -> Output {
    let mut command = tollgate(args);
    let child = command.stdout(stdout).stderr(Stdio::piped()).spawn();
    child.unwrap().wait_with_output().unwrap()
}

fn stderr(output: &Output) -> &str {
    str::from_utf8(&output.stderr).unwrap()
}

/// Runs in this process, as on a terminal that may be styled or as in a pipe.
fn run(args: &str, terminal: bool) -> Outcome {
    let environment = Environment {
        width: 80,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        catalog_path: None,
        style_stdout: terminal,
        style_stderr: terminal,
        progress: None,
    };
    let args = ["tollgate"].into_iter().chain(args.split(' '));
    cli::run(args.map(OsString::from), &environment)
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_whatever_the_verdict() {
    let exceeded = "quote mu qwen3-8b --hours 1 --max-cost 0";
    for args in COMMANDS.into_iter().chain([exceeded]) {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = to(full, args);
        let error = "error: cannot write the output: No space left on device (os error 28)\n";
        assert_eq!(
            (output.status.code(), stderr(&output)),
            (Some(1), error),
            "{args}"
        );
    }
}

#[test]
fn a_closed_pipe_is_quiet_and_the_verdict_stands() {
    let limit = "error: the limit of ¥20 is exceeded: \
        Qwen3-8B · model unit MU5x1 · pay-as-you-go · cn-beijing costs ¥21\n";
    let exceeded = "quote mu qwen3-8b --spec MU5x1 --hours 1 --max-cost 20";
    let done = COMMANDS.map(|args| (args, 0, ""));
    for (args, code, said) in done.into_iter().chain([(exceeded, 3, limit)]) {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let output = to(writer, args);
        assert_eq!(
            (output.status.code(), stderr(&output)),
            (Some(code), said),
            "{args}"
        );
    }
}

#[test]
fn a_closed_stderr_changes_no_exit_code() {
    for (args, code) in [("models nope", 1), ("models --nope", 2), ("models", 0)] {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let status = tollgate(args)
            .stdout(Stdio::null())
            .stderr(writer)
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(code), "{args}");
    }
}

#[test]
fn a_pipe_is_not_styled() {
    for args in COMMANDS.into_iter().chain(["models nope", "models --nope"]) {
        let output = tollgate(args).output().unwrap();
        let both = [output.stdout, output.stderr].concat();
        assert!(!both.is_empty() && !both.contains(&0x1b), "{args}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_is_styled_unless_it_is_dumb_or_no_color_is_set() {
    let program = assert_cmd::cargo::cargo_bin!("tollgate");
    let on_terminal = |name: &str, value: &str| {
        // A terminal takes a pseudo-terminal, which `script` makes.
        let output = Command::new("script")
            .args([
                "-qec",
                &format!("'{}' models qwen3-8b", program.display()),
                "/dev/null",
            ])
            .env_remove("TOLLGATE_CATALOG")
            .env("TOLLGATE_TODAY", "2026-11-20")
            .env_remove("NO_COLOR")
            .env("TERM", "xterm-256color")
            .env(name, value)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let bold = "\u{1b}[1mQwen3-8B: model units from ¥21 per replica-hour, ";
    assert!(on_terminal("TERM", "xterm-256color").starts_with(bold));
    assert!(on_terminal("NO_COLOR", "").starts_with(bold));
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let plain = on_terminal(name, value);
        assert!(
            plain.starts_with("Qwen3-8B: model units from ¥21 per replica-hour, "),
            "{name}: {plain}"
        );
        assert!(!plain.contains('\u{1b}'), "{name}");
    }
}

#[test]
fn color_always_styles_tables_without_changing_a_word() {
    for args in &COMMANDS[..6] {
        let styled = tollgate(args)
            .args(["--color", "always"])
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let styled = String::from_utf8(styled.stdout).unwrap();
        assert!(styled.contains('\u{1b}'), "{args}");
        let mut plain = styled;
        for style in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m"] {
            plain = plain.replace(style, "");
        }
        assert_eq!(plain, run(&format!("{args} --color never"), true).stdout);
        assert_eq!(plain, run(args, false).stdout);
        assert_ne!(plain, run(args, true).stdout);
    }
}

#[test]
fn what_scripts_read_is_never_styled() {
    for args in &COMMANDS[..6] {
        for format in ["json", "csv", "markdown"] {
            let always = run(&format!("{args} --format {format} --color always"), true);
            let never = run(&format!("{args} --format {format} --color never"), false);
            assert_eq!(always.code, 0, "{args}");
            assert_eq!(always, never, "{args} --format {format}");
            assert!(
                !always.stdout.contains('\u{1b}'),
                "{args} --format {format}"
            );
        }
    }
}

/// A failed lookup, a command line that contradicts itself, and one that cannot be parsed.
const FAILURES: [(&str, &str, &str); 3] = [
    (
        "quote mu z --hours 1",
        "no model `z`",
        "`tollgate models` lists every model",
    ),
    (
        "quote tokens glm-5.1 --input 0 --output 0",
        "`--input` and `--output` are both 0, and billing starts at 1 token",
        "give at least one of them, such as `--input 1M`",
    ),
    (
        "models --nope",
        "no flag or argument `--nope` here",
        "add `--help` for what the command takes",
    ),
];

fn assert_color_always_styles(failures: &[(&str, &str, &str)]) {
    for (args, error, hint) in failures {
        let styled = format!(
            "\u{1b}[1m\u{1b}[31merror:\u{1b}[0m {error}\n\n\u{1b}[1mhint:\u{1b}[0m {hint}\n"
        );
        let output = tollgate(args).args(["--color", "always"]).output().unwrap();
        assert_eq!(stderr(&output), styled, "{args}");
        let plain = format!("error: {error}\n\nhint: {hint}\n");
        assert_eq!(run(&format!("{args} --color never"), true).stderr, plain);
    }
}

#[test]
fn color_always_styles_an_error_and_never_does_not() {
    assert_color_always_styles(&FAILURES[..2]);
}

#[test]
fn color_is_obeyed_by_an_error_of_the_command_line_too() {
    assert_color_always_styles(&FAILURES[2..]);
}

#[test]
fn color_is_obeyed_by_help_too() {
    for args in ["--help", "quote ptu --help"] {
        let plain = run(args, false).stdout;
        assert_eq!(run(&format!("--color never {args}"), true).stdout, plain);
        assert_eq!(
            run(&format!("--color always {args}"), false).stdout,
            run(args, true).stdout
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_written_to_and_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    for (device, code) in [("/dev/null", 0), ("/dev/full", 1)] {
        // A link, so that a mistake costs no device.
        let link = folder.path().join("chart.svg");
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(device, &link).unwrap();
        let output = tollgate("compare qwen3-8b")
            .args(load.split(' '))
            .arg("--chart-file")
            .arg(&link)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code), "{device}");
        assert_eq!(fs::read_link(&link).unwrap(), Path::new(device));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
