//! `--chart-file` on a file that is read: it would be lost.

use std::fs;
use std::path::Path;

use super::support::{refused, tollgate};
use super::traces::{CHEAP, Folder, csv};

const COMMANDS: [&str; 3] = [
    "quote ptu qwen3-max-2025-09-23 --fit peak",
    "quote tokens qwen3-max-2025-09-23",
    "compare qwen3-max-2025-09-23",
];

fn message(chart: &str, read: &str, role: &str) -> String {
    format!(
        "error: `--chart-file {chart}` would write over {read}, which is read as {role}\n\nhint: name another file\n"
    )
}

/// Asserts that a chart is not drawn, and that the file is as it was.
fn refuses(line: &str, chart: &str, read: &str, role: &str) {
    let before = fs::read_to_string(chart).unwrap();
    let expected = (2, message(chart, &format!("`{read}`"), role));
    assert_eq!(refused(&format!("{line} --chart-file {chart}")), expected);
    assert_eq!(fs::read_to_string(chart).unwrap(), before, "{line}");
}

#[test]
fn a_chart_is_not_written_over_a_trace() {
    let folder = Folder::new(&[]);
    let first = folder.file("first.csv", &csv([(0, (9, 9))]));
    let trace = folder.file("calls.csv", &csv([(1, (9, 9))]));
    let detour = trace.replace("calls.csv", "./calls.csv");
    for command in COMMANDS {
        let line = format!("{command} --trace {first} --trace {trace}");
        refuses(&line, &trace, &trace, "the trace");
        refuses(&line, &detour, &trace, "the trace");
        refuses(&line, &first, &first, "the trace");
    }
}

#[test]
fn it_is_refused_before_the_trace_is_read() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", "no trace at all\n");
    for command in COMMANDS {
        refuses(
            &format!("{command} --trace {trace}"),
            &trace,
            &trace,
            "the trace",
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_trace_is_the_trace() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(0, (9, 9))]));
    let (soft, hard) = (format!("{trace}.soft"), format!("{trace}.hard"));
    std::os::unix::fs::symlink(&trace, &soft).unwrap();
    fs::hard_link(&trace, &hard).unwrap();
    for command in COMMANDS {
        for (chart, read) in [(&soft, &trace), (&hard, &trace), (&trace, &soft)] {
            let line = format!("{command} --trace {read}");
            refuses(&line, chart, read, "the trace");
        }
    }
}

#[cfg(unix)]
#[test]
fn the_standard_input_is_the_file_that_it_comes_from() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(0, (9, 9))]));
    let output = std::process::Command::new(assert_cmd::cargo::cargo_bin!("tollgate"))
        .args("quote tokens qwen3-max-2025-09-23 --trace - --chart-file".split(' '))
        .arg(&trace)
        .stdin(fs::File::open(&trace).unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"");
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        message(&trace, "the standard input", "the trace")
    );
    assert_eq!(fs::read_to_string(&trace).unwrap(), csv([(0, (9, 9))]));
}

#[test]
fn a_chart_is_not_written_over_a_catalog() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(0, (9, 9))]));
    let own = folder.file("own.toml", CHEAP);
    let parent = Path::new(&own).parent().unwrap().to_str().unwrap();
    for command in [
        format!("quote tokens own-model --trace {trace}"),
        "compare own-model --rpm 1 --input-per-request 9 --output-per-request 9".to_owned(),
    ] {
        let line = |path: &str| format!("{command} --catalog {path}");
        refuses(&line(&own), &own, &own, "a catalog");
        // A folder stands for the files of prices in it, and for no other file.
        refuses(&line(parent), &own, parent, "a catalog");
        let chart = folder.file("tpm.svg", "");
        let drawn = tollgate()
            .args(line(parent).split(' '))
            .args(["--chart-file", &chart])
            .output()
            .unwrap();
        assert_eq!(drawn.status.code(), Some(0), "{drawn:?}");
        let output = tollgate()
            .env("TOLLGATE_CATALOG", &own)
            .args(command.split(' '))
            .args(["--chart-file", &own])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert_eq!(fs::read_to_string(&own).unwrap(), CHEAP);
    }
}

#[test]
fn a_chart_that_is_not_there_yet_is_written() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(0, (9, 9))]));
    for command in COMMANDS {
        let chart = format!("{trace}.{}.svg", command.len());
        let output = tollgate()
            .args(command.split(' '))
            .args(["--trace", &trace, "--chart-file", &chart])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(fs::read_to_string(&chart).unwrap().starts_with("<svg"));
    }
}
