//! `--chart-file` of a trace: the minutes of what was quoted.

use std::fs;

use tollgate::billing::load::OnOverflow;
use tollgate::billing::recorded::MinuteTokens;
use tollgate::report::traffic::{TrafficChart, svg};

use super::MINUTE;
use super::support::{refused, stdout};
use super::traces::{CHEAP, Folder, csv};

/// 2026-01-01 00:00 in China, in minutes since the Unix epoch.
const START: i64 = 1_767_196_800 / 60;

fn minute(later: i64, in_quota: (u64, u64), overflow: (u64, u64)) -> MinuteTokens {
    MinuteTokens {
        minute: START + later,
        in_quota,
        overflow,
    }
}

fn drawn(folder: &Folder, line: &str) -> String {
    let path = folder.file("tpm.svg", "");
    let quiet = stdout(&format!("{line} --chart-file {path}"));
    assert_eq!(quiet, stdout(line), "the chart changes nothing else");
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_reservation_is_drawn_with_what_overflows() {
    let folder = Folder::new(&[]);
    let mut calls = MINUTE.map(|call| (0, call)).to_vec();
    calls.push((5, (4000, 100)));
    let trace = folder.file("calls.csv", &csv(calls));
    let line = "quote ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k";
    let title = format!("Tokens per minute of {trace}");
    let mut chart = TrafficChart {
        title: format!("{title} and a reservation of Qwen3-Max-2025-09-23"),
        minutes: vec![
            minute(0, (10_000, 300), (2500, 1000)),
            minute(5, (4000, 100), (0, 0)),
        ],
        length: 6,
        reserved: Some((10_000, 1000)),
        on_overflow: OnOverflow::Bill,
        dated: true,
    };
    let line = format!("{line} --trace {trace}");
    assert_eq!(drawn(&folder, &line), svg(&chart).unwrap());
    chart.on_overflow = OnOverflow::Reject;
    let rejecting = format!("{line} --on-overflow reject");
    assert_eq!(drawn(&folder, &rejecting), svg(&chart).unwrap());
    // By token nothing is reserved, and nothing overflows.
    let tokens = format!("quote tokens qwen3-max-2025-09-23 --trace {trace}");
    chart.minutes = vec![
        minute(0, (12_500, 1300), (0, 0)),
        minute(5, (4000, 100), (0, 0)),
    ];
    chart.reserved = None;
    chart.title = title;
    chart.on_overflow = OnOverflow::Bill;
    assert_eq!(drawn(&folder, &tokens), svg(&chart).unwrap());
}

#[test]
fn a_comparison_draws_its_cheapest_reservation() {
    let folder = Folder::new(&[]);
    let prices = folder.file("own.toml", CHEAP);
    let calls = (0..60).map(|minute| match minute {
        30 => (minute, (30_000, 2000)),
        _ => (minute, (3000, 200)),
    });
    let trace = folder.file("calls.csv", &csv(calls));
    let rest = format!("own-model --catalog {prices} --trace {trace} --scale-to 30");
    let compared = drawn(&folder, &format!("compare {rest} --fit p95"));
    let quoted = drawn(&folder, &format!("quote ptu {rest} --fit p95 --days 30"));
    assert_eq!(compared, quoted);
}

#[test]
fn a_chart_is_in_no_file_that_ends_as_another_format() {
    let load = "--rpm 1 --input-per-request 9 --output-per-request 9";
    for command in [
        "quote ptu qwen3-max-2025-09-23 --fit peak --trace none.csv",
        "quote dtu qwen3.5-27b --fit peak --months 1 --trace none.csv",
        "quote tokens qwen3-max-2025-09-23 --trace none.csv",
        "quote tokens --trace none.csv",
        "trace none.csv",
        "compare --trace none.csv",
        &format!("compare qwen3-8b {load}"),
    ] {
        for chart in ["x.png", "x.svg.pdf", "none/x.PNG"] {
            let expected = format!(
                "error: a chart is drawn as SVG, and `--chart-file {chart}` has another ending\n\nhint: end it in `.svg`\n"
            );
            let line = format!("{command} --chart-file {chart}");
            assert_eq!(refused(&line), (2, expected), "{line}");
        }
    }
    let folder = Folder::new(&[]);
    for chart in ["a.SVG", "plain"] {
        let chart = folder.file(chart, "");
        stdout(&format!("compare qwen3-8b {load} --chart-file {chart}"));
        assert!(fs::read_to_string(chart).unwrap().starts_with("<svg"));
    }
}

#[test]
fn a_chart_is_of_a_trace_and_not_of_a_part_of_one() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(0, (9, 9))]));
    let line = "quote ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k --chart-file a.svg";
    let (code, said) = refused(&format!("{line} --hours 1"));
    assert_eq!(
        (code, said.as_str()),
        (
            2,
            "error: `--chart-file` is for recorded traffic, and there is no `--trace`\n\n\
             hint: add `--trace <FILE>`, or leave it out\n"
        )
    );
    let (code, said) = refused(&format!("{line} --trace {trace} --partial"));
    assert_eq!(code, 2);
    assert!(
        said.contains("--partial") && said.contains("--chart-file"),
        "{said}"
    );
}
