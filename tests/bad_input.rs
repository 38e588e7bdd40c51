//! A command line or a lookup that makes no sense: what is wrong and the way out, on stderr alone.

#![allow(clippy::unwrap_used)]

#[path = "bad_input/any.rs"]
mod any;
#[path = "bad_input/lookups.rs"]
mod lookups;

use std::ffi::{OsStr, OsString};
use std::fs;

use chrono::NaiveDate;
use tollgate::cli::{self, Environment, Outcome};

/// Runs the program, and holds its exit code, an empty stdout and the whole of stderr.
fn refused<S: AsRef<OsStr>>(args: &[S], code: i32, stderr: &str) {
    let output = assert_cmd::cargo::cargo_bin_cmd!("tollgate")
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20")
        .args(args)
        .output()
        .unwrap();
    let shown: Vec<_> = args.iter().map(AsRef::as_ref).collect();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        stderr,
        "{shown:?}"
    );
    assert_eq!(output.status.code(), Some(code), "{shown:?}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{shown:?}");
}

/// Runs in this process.
fn run(args: impl IntoIterator<Item = String>) -> Outcome {
    let environment = Environment {
        width: 80,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        catalog_path: None,
        style_stdout: false,
        style_stderr: false,
        progress: None,
    };
    let args = args.into_iter().map(OsString::from);
    cli::run(
        [OsString::from("tollgate")].into_iter().chain(args),
        &environment,
    )
}

/// A case is the arguments after `$` (`''` is an empty one), the exit code with the error, and the
/// hint; where it is left out, the hint is to look at `--help`.
fn transcript(text: &str) {
    transcript_of("@", "@", text);
}

/// The same with `@` standing for `typed` in arguments, and for `shown` in what is said of them.
fn transcript_of(typed: &str, shown: &str, text: &str) {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut lines = lines.peekable();
    while let Some(command) = lines.next() {
        let args = command.strip_prefix('$').unwrap().split_whitespace();
        let mut args: Vec<String> = args
            .map(|arg| arg.trim_matches('\'').replace('@', typed))
            .collect();
        if !command.contains("--as-of") {
            args.splice(0..0, ["--as-of", "2026-11-20"].map(str::to_owned));
        }
        let (code, error) = lines.next().unwrap().split_once(' ').unwrap();
        let hint = lines.next_if(|line| line.starts_with("hint: "));
        let hint = hint.unwrap_or("hint: add `--help` for what the command takes");
        let stderr = format!("{error}\n\n{hint}\n").replace('@', shown);
        refused(&args, code.parse().unwrap(), &stderr);
    }
}

#[test]
fn a_count_is_a_whole_number_within_reason() {
    let no_number = "it is not a number such as `100k`, `1.5M` or `100,000`";
    let too_large = "it is too large: the limit is 1,000,000,000,000,000";
    for (value, reason) in [
        ("-5", "it is negative"),
        ("1.5", "it is not a whole number"),
        ("0.0001k", "it is not a whole number"),
        ("18446744073709551616", too_large),
        ("1000000000000001", too_large),
        ("1e30", no_number),
        ("1e5", no_number),
        ("1,5", no_number),
        ("1,0000", no_number),
        ("", no_number),
        (" 5", no_number),
        ("0x10", no_number),
        ("NaN", no_number),
        ("５", no_number),
    ] {
        let given = |flag: &str, name: &str| {
            let error = format!("`{value}` is not a value for `{flag} <{name}>`: {reason}");
            format!("error: {error}\n\nhint: add `--help` for what the command takes\n")
        };
        let ptu = [
            "quote",
            "ptu",
            "glm-5.1",
            "--output-tpm",
            "1",
            "--hours",
            "1",
        ];
        let args = [&ptu[..], &["--input-tpm", value]].concat();
        refused(&args, 2, &given("--input-tpm", "TPM"));
        let tokens = ["quote", "tokens", "qwen3-32b", "--input", "1"];
        let args = [&tokens[..], &["--output", value]].concat();
        refused(&args, 2, &given("--output", "TOKENS"));
        let mu = ["quote", "mu", "qwen3-8b", "--hours", "1"];
        let args = [&mu[..], &["--replicas", value]].concat();
        refused(&args, 2, &given("--replicas", "N"));
    }
}

#[test]
fn a_negative_value_is_called_negative_with_a_suffix_too() {
    transcript(
        r"
        $ quote ptu glm-5.1 --input-tpm -1k --output-tpm 1k --hours 1
        2 error: `-1k` is not a value for `--input-tpm <TPM>`: it is negative
        $ quote mu qwen3-8b --hours -90m
        2 error: `-90m` is not a value for `--hours <HOURS>`: it is negative
        $ quote mu qwen3-8b --hours 1 --discount -5%
        2 error: `-5%` is not a value for `--discount <PERCENT>`: it is not a percentage from `0%` to `100%`
        ",
    );
}

#[test]
fn nothing_is_not_a_quantity() {
    transcript(
        r"
        $ quote ptu glm-5.1 --hours 1
        2 error: missing `--input-tpm <TPM>`, `--output-tpm <TPM>`
        hint: give them, or let `--fit peak` or `--fit cheapest` find the size for a workload or a trace
        $ quote ptu glm-5.1 --input-tpm 0 --output-tpm 0 --hours 1
        2 error: `--input-tpm` and `--output-tpm` are both 0, so nothing is reserved
        hint: give at least one of them, such as `--input-tpm 100k`
        $ quote tokens qwen3-32b --input 0 --output 0
        2 error: `--input` and `--output` are both 0, and billing starts at 1 token
        hint: give at least one of them, such as `--input 1M`
        $ quote mu qwen3-8b --replicas 0 --hours 1
        2 error: `0` is not a value for `--replicas <N>`: must be at least 1
        $ quote ptu glm-5.1 --input-tpm 1 --output-tpm 1 --days 0
        2 error: `0` is not a value for `--days <DAYS>`: must be at least 1
        $ quote mu qwen3-8b --hours 0
        2 error: `0` is not a value for `--hours <HOURS>`: must be above 0
        $ quote mu qwen3-8b --hours 0h0m
        2 error: `0h0m` is not a value for `--hours <HOURS>`: must be above 0
        $ quote mu qwen3-8b --months 0
        2 error: `0` is not a value for `--months <MONTHS>`: must be at least 1
        $ quote tokens qwen3-32b --input 1 --output 1 --requests 0
        2 error: `0` is not a value for `--requests <N>`: must be at least 1
        $ quote mu qwen3-8b --months 1 --cancel-after 0
        2 error: `0` is not a value for `--cancel-after <DAYS>`: must be above 0
        ",
    );
}

#[test]
fn a_term_is_one_of_two_and_within_a_hundred_years() {
    transcript(
        r"
        $ quote mu qwen3-8b
        2 error: missing `--hours <HOURS>` or `--months <MONTHS>`
        $ quote ptu glm-5.1 --input-tpm 1 --output-tpm 1
        2 error: missing how long `glm-5.1` is reserved
        hint: it is sold by the hour (`--hours`) or by the day (`--days`)
        $ quote ptu gpt-5.2 --units 15
        2 error: missing how long `gpt-5.2` is reserved
        hint: it is sold by the hour (`--hours`), by the month (`--months`) or by the year (`--years`)
        $ quote ptu gemini-2.5-pro --fit peak --rpm 1 --input-per-request 1 --output-per-request 1
        2 error: missing how long `gemini-2.5-pro` is reserved
        hint: it is sold by the month (`--months`), by the week (`--weeks`), by three months (`--quarters`) or by the year (`--years`)
        $ quote ptu glm-5.1 --service standard --input-tpm 200k --output-tpm 20k
        2 error: missing how long `glm-5.1` is reserved
        hint: it is sold by the day (`--days`) or by the block of 8 hours (`--blocks`)
        $ quote ptu qwen3-8b --input-tpm 1 --output-tpm 1
        1 error: `qwen3-8b` is not sold by provisioned throughput (`quote ptu`)
        hint: it is sold in model units (`quote mu`), by fine-tuned token (`quote tokens`) or by standard token (`quote tokens --rate standard`)
        $ quote ptu glm-5.1
        2 error: missing `--input-tpm <TPM>`, `--output-tpm <TPM>`
        hint: give them, or let `--fit peak` or `--fit cheapest` find the size for a workload or a trace
        $ quote ptu glm-5.1 --input-tpm 1
        2 error: missing `--output-tpm <TPM>`
        hint: give it, or leave the other one out and let `--fit peak` or `--fit cheapest` find the size for a workload or a trace
        $ quote ptu gpt-5.2
        2 error: missing `--units <N>`
        hint: give it, or tokens per minute as `--input-tpm <TPM> --output-tpm <TPM>`, or let `--fit peak` or `--fit cheapest` find the size for a workload or a trace
        $ quote ptu gemini-2.5-pro --months 1
        2 error: missing `--units <N>`
        hint: give it, or tokens per minute as `--input-tpm <TPM> --output-tpm <TPM>`, or let `--fit peak` or `--fit cheapest` find the size for a workload or a trace
        $ quote ptu gpt5.2
        1 error: no model `gpt5.2`
        hint: did you mean `gpt-5.2` or `gpt-5.2-codex`?
        $ quote ptu qwen3-8b
        1 error: `qwen3-8b` is not sold by provisioned throughput (`quote ptu`)
        hint: it is sold in model units (`quote mu`), by fine-tuned token (`quote tokens`) or by standard token (`quote tokens --rate standard`)
        $ quote ptu glm-5.1 --input-tpm 1 --output-tpm 1 --hours 1 --days 1
        2 error: `--hours <HOURS>` does not go with `--days <DAYS>`
        hint: leave one of them out
        $ quote mu qwen3-8b --hours 876601
        2 error: `876601` is not a value for `--hours <HOURS>`: it is too long: the limit is a hundred years
        $ quote mu qwen3-8b --hours 1e3
        2 error: `1e3` is not a value for `--hours <HOURS>`: it is not a number of hours or a duration such as `1h30m`
        $ quote ptu glm-5.1 --input-tpm 1 --output-tpm 1 --days 1.5
        2 error: `1.5` is not a value for `--days <DAYS>`: it is not a whole number
        $ quote mu qwen3-8b --months 1 --start 2026-13-01T00:00
        2 error: `2026-13-01T00:00` is not a value for `--start <DATETIME>`: it is not a date and time from 2000 to 2100 such as `2026-06-01T21:59`
        $ models --as-of 2026-02-30
        2 error: `2026-02-30` is not a value for `--as-of <DATE>`: it is not a date from 2000 to 2100 such as `2026-06-01`
        ",
    );
}

#[test]
fn the_reason_for_refusing_a_duration_is_a_sentence() {
    transcript(
        r"
        $ quote mu qwen3-8b --hours 2w
        2 error: `2w` is not a value for `--hours <HOURS>`: a duration counts in `d`, `h`, `m` and `s`
        $ quote mu qwen3-8b --hours 30m1h
        2 error: `30m1h` is not a value for `--hours <HOURS>`: a duration has its units in order, as in `1d12h30m`
        ",
    );
}

#[test]
fn global_flags_are_checked_before_anything_is_priced() {
    transcript(
        r"
        $ quote mu qwen3-8b --hours 1 --fx junk
        2 error: `junk` is not a value for `--fx <CODE=RATE>`: it is not a rate such as `USD=0.1389` or `1USD=7.2CNY`
        $ quote mu qwen3-8b --hours 1 --fx USD=0
        2 error: `USD=0` is not a value for `--fx <CODE=RATE>`: the rate must be above 0
        $ quote mu qwen3-8b --hours 1 --fx CNY=1
        2 error: `--fx` converts from CNY, not to it
        hint: name another currency, as in `--fx USD=0.1389`
        $ quote mu qwen3-8b --hours 1 --discount 101%
        2 error: `101%` is not a value for `--discount <PERCENT>`: it is not a percentage from `0%` to `100%`
        $ quote mu qwen3-8b --hours 1 --discount 0.15
        2 error: `0.15` is not a value for `--discount <PERCENT>`: it can mean 0.15% or 15%
        hint: write `0.15%` or `15%`
        $ check --discount=0.5
        2 error: `0.5` is not a value for `--discount <PERCENT>`: it can mean 0.5% or 50%
        hint: write `0.5%` or `50%`
        $ compare qwen3-8b --rpm 1 --input-per-request 1 --output-per-request 1 --current mu-hourly --fail-above-cheapest 0.2
        2 error: `0.2` is not a value for `--fail-above-cheapest <PERCENT>`: it can mean 0.2% or 20%
        hint: write `0.2%` or `20%`
        $ resources account.toml --price-in 1 --price-out 1 --input-share 0.8
        2 error: `0.8` is not a value for `--input-share <PERCENT>`: it can mean 0.8% or 80%
        hint: write `0.8%` or `80%`
        $ quote mu qwen3-8b --hours 1 --max-cost free
        2 error: `free` is not a value for `--max-cost <AMOUNT>`: it is not an amount such as `20000`, `¥20,000` or `USD 18,076.80`
        $ quote mu qwen3-8b --hours 1 --fx USD=0.1 --fx EUR=1 --fx USD=0.2
        2 error: `--fx` is given twice for `USD`
        hint: leave one of them out
        $ models --json --format csv
        2 error: `--json` does not go with `--format <FORMAT>`
        hint: leave one of them out
        $ models --format yaml
        2 error: `yaml` is not a value for `--format <FORMAT>`
        hint: it takes `table`, `json`, `csv`, `markdown`, `html`, `total`, `github`, `focus`
        $ models --color sometimes
        2 error: `sometimes` is not a value for `--color <WHEN>`
        hint: it takes `auto`, `always`, `never`
        ",
    );
}

#[test]
fn a_global_flag_that_would_do_nothing_is_refused() {
    for flag in ["--discount 10%", "--fx USD=0.1", "--max-cost 1"] {
        let (name, _) = flag.split_once(' ').unwrap();
        for command in ["models", "models glm"] {
            transcript(&format!(
                r"
                $ {command} {flag}
                2 error: `{name}` does nothing in `tollgate models`
                hint: leave it out: `quote` and `compare` have totals that it is for
                "
            ));
        }
    }
    // The transcript gives a date to every command without one.
    let script = |flag: &str| {
        for command in [["completions", "bash"], ["schema", "plan"]] {
            let args = command.into_iter().chain(flag.split(' '));
            let (name, _) = flag.split_once(' ').unwrap_or((flag, ""));
            let stderr = format!(
                "error: `{name}` does nothing in `tollgate {}`\n\nhint: leave it out\n",
                command[0]
            );
            refused(&args.collect::<Vec<_>>(), 2, &stderr);
        }
    };
    for flag in [
        "--json",
        "--format csv",
        "--catalog /nowhere",
        "--as-of 2026-11-20",
    ] {
        script(flag);
    }
}

#[test]
fn a_typo_in_a_command_or_a_flag_is_named() {
    transcript(
        r"
        $ --json
        2 error: a command is missing
        hint: `tollgate -h` lists the commands, with some to try
        $ quote --json
        2 error: a command is missing
        hint: `tollgate quote -h` lists the commands, with some to try
        $ qoute mu qwen3-8b
        2 error: no command `qoute`
        hint: did you mean `quote`?
        $ quote sku
        2 error: no command `sku`
        hint: `tollgate quote -h` lists the commands, with some to try
        $ quote mu qwen3-8b --month 1
        2 error: no flag or argument `--month` here
        hint: did you mean `--months`?
        $ models -x
        2 error: no flag or argument `-x` here
        $ quote mu qwen3-8b --hours
        2 error: `--hours <HOURS>` needs a value
        $ quote mu qwen3-8b --hours 1 --hours 2
        2 error: `--hours <HOURS>` is given twice
        hint: leave one of them out
        $ quote mu qwen3-8b qwen3-14b --hours 1
        2 error: no flag or argument `qwen3-14b` here
        $ completions tcl
        2 error: `tcl` is not a value for `<SHELL>`
        hint: it takes `bash`, `elvish`, `fish`, `powershell`, `zsh`
        ",
    );
}

#[test]
fn what_could_move_a_cursor_or_turn_text_around_is_repeated_escaped() {
    for (typed, shown) in [
        ("\u{1b}[31m", r"\u{1b}[31m"),
        ("\u{9b}2J", r"\u{9b}2J"),
        ("\u{202e}", r"\u{202e}"),
        ("\u{200b}", r"\u{200b}"),
        ("\r\n\u{7}", r"\r\n\u{7}"),
    ] {
        transcript_of(
            typed,
            shown,
            r"
            $ quote mu z@ --hours 1
            1 error: no model `z@`
            hint: `tollgate models` lists every model
            $ quote mu qwen3-8b --hours 1 --spec z@
            2 error: `z@` is not a value for `--spec <SPEC>`: it is not a specification such as `MU1x8`
            $ quote mu qwen3-8b --hours 1 --z@=1
            2 error: no flag or argument `--z@` here
            $ z@ mu qwen3-8b
            2 error: no command `z@`
            hint: `tollgate -h` lists the commands, with some to try
            $ models --format z@
            2 error: `z@` is not a value for `--format <FORMAT>`
            hint: it takes `table`, `json`, `csv`, `markdown`, `html`, `total`, `github`, `focus`
            $ models --catalog z@
            1 error: cannot read the catalog `z@`: No such file or directory (os error 2)
            hint: `--catalog` takes a TOML file or a folder of them
            ",
        );
    }
}

#[test]
fn a_long_argument_is_repeated_clipped() {
    let long = "x".repeat(100_000);
    let error = format!("error: no model `{}…`", "x".repeat(128));
    let hint = "hint: `tollgate models` lists every model";
    refused(&["models", &long], 1, &format!("{error}\n\n{hint}\n"));
}

/// A value that is read by recursion would end the process here.
#[test]
fn a_long_value_of_one_sign_is_refused_by_every_flag() {
    let tokens = "quote tokens qwen3-8b --rpm 1 --input-per-request 10 --output-per-request 10";
    for (line, flags) in [
        (
            "quote mu qwen3-8b",
            &["--hours", "--months", "--replicas", "--max-cost"][..],
        ),
        (
            tokens,
            &["--free-quota", "--package", "--savings-plan", "--discount"],
        ),
        (tokens, &["--fx", "--max-age", "--as-of"]),
        ("quote tokens qwen3-8b", &["--load", "--rpm", "--cache-hit"]),
        ("models", &["--max-price", "--changes"]),
    ] {
        for flag in flags {
            for sign in ["-", "+", "¥", "(", "1.", ","] {
                let value = format!("{flag}={}", sign.repeat(120_000 / sign.len()));
                let args = line.split(' ').chain([value.as_str()]);
                let mut command = assert_cmd::cargo::cargo_bin_cmd!("tollgate");
                let output = command.args(args).output().unwrap();
                assert_eq!(output.status.code(), Some(2), "{line} {flag} {sign}");
                assert_eq!(output.stdout, b"");
                assert!(output.stderr.starts_with(b"error: "));
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf8_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let odd = OsStr::from_bytes(b"qwen3-\xff");
    let stderr = "error: an argument is not UTF-8\n\nhint: give it in UTF-8\n";
    refused(&[OsStr::new("models"), odd], 2, stderr);
    let hours = ["quote", "mu", "qwen3-8b", "--hours"].map(OsStr::new);
    refused(&[&hours[..], &[odd]].concat(), 2, stderr);
}

#[test]
fn no_file_is_written_over_one_that_is_read_or_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let part = path("part.json");
    fs::write(&part, "{}").unwrap();
    let chart = path("a.html");
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    for (line, role) in [
        (
            format!("merge {part} --output {part}"),
            "which is read as a partial result",
        ),
        (
            format!("resources {part} --output {part}"),
            "which is read as the account",
        ),
        (
            format!("compare qwen3-8b {load} --output {chart} --output {chart}"),
            "would write over what `--output` writes",
        ),
        (
            format!("compare qwen3-8b {load} --chart-file {chart} --output {chart}"),
            "would write over what `--chart-file` writes",
        ),
    ] {
        let output = assert_cmd::cargo::cargo_bin_cmd!("tollgate")
            .env("TOLLGATE_TODAY", "2026-11-20")
            .args(line.split(' '))
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), output.stdout),
            (Some(2), Vec::new()),
            "{line}"
        );
        assert!(stderr.contains(role), "{stderr}");
    }
    assert_eq!(fs::read_to_string(&part).unwrap(), "{}");
}

#[test]
fn a_comparison_without_a_ranking_has_no_total() {
    let line = "compare qwen3.7-plus-2026-05-26 --rpm 30 --input-per-request 4000 --output-per-request 400 --fine-tuned --format total";
    let output = assert_cmd::cargo::cargo_bin_cmd!("tollgate")
        .env("TOLLGATE_TODAY", "2026-11-20")
        .args(line.split(' '))
        .output()
        .unwrap();
    assert_eq!((output.status.code(), output.stdout), (Some(1), Vec::new()));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: no option is known to serve this workload, so there is no total\n\n\
         hint: say what a replica serves with `--replica-capacity`, or leave `--format total` out\n"
    );
}
