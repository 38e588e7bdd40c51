//! What people read of a trace below its quote.

use super::support::stdout;
use super::traces::{Folder, SERVICE, csv};

/// Calls at 08:00 and, twice as many tokens, at 20:59 in China.
fn trace(folder: &Folder) -> String {
    folder.file("calls.csv", &csv([(480, (4000, 100)), (1259, (8000, 200))]))
}

#[test]
fn a_terminal_shows_the_minutes_and_the_day() {
    let folder = Folder::new(&[]);
    let line = "quote ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 0 --trace";
    let shown = stdout(&format!("{line} {}", trace(&folder)));
    let (_, shown) = shown.split_once("\n Recorded traffic\n").unwrap();
    let (_, shown) = shown.split_once("   Span     ").unwrap();
    let (shown, _) = shown.split_once("\n Notes\n").unwrap();
    assert_eq!(
        shown,
        "\
2026-01-01 08:00 to 2026-01-01 20:59 UTC+8: 780 minutes
   Calls    2 calls: 12,000 input and 300 output tokens
   In quota none
   Overflow 2 calls: 12,000 input and 300 output tokens, in 2 minutes
   Used     0.00% of the input TPM in the minutes of the trace
   Day      00:00 ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▅▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁ 24:00 UTC+8

 Tokens a minute             Input            Output
 mean                        15.38              0.38
 p50                             0                 0
 p95                             0                 0
 p99                             0                 0
 peak                        8,000               200
 busiest minute   2026-01-01 20:59  2026-01-01 20:59
"
    );
}

#[test]
fn a_size_is_said_to_be_rounded_where_it_is() {
    let folder = Folder::new(&[]);
    let prices = folder.file("own.toml", SERVICE);
    let calls = (0..20).map(|minute| (minute, (9_000, 900 + minute)));
    let trace = folder.file("calls.csv", &csv(calls));
    let sized = |line: &str| {
        let shown = stdout(&format!("quote ptu {line}"));
        let words: Vec<&str> = shown.split_whitespace().collect();
        let (_, said) = words
            .join(" ")
            .split_once("sized for ")
            .map(|(before, after)| (before.to_owned(), after.to_owned()))
            .unwrap();
        said.split(" output tokens a minute")
            .nth(1)
            .unwrap()
            .chars()
            .take(35)
            .collect::<String>()
    };
    let own = format!("own-reserved --catalog {prices} --months 1");
    let load = "--rpm 10 --input-per-request 900 --output-per-request 90";
    for fitted in ["p95", "peak"] {
        let fitted = format!("--fit {fitted} --trace {trace}");
        assert!(!sized(&format!("{own} {fitted} --scale-to 30")).starts_with(','));
        assert_eq!(
            sized(&format!("qwen3-max-2025-09-23 {fitted}")),
            ", rounded up to the purchase steps "
        );
    }
    assert!(!sized(&format!("{own} --fit peak {load}")).starts_with(','));
    assert_eq!(
        sized(&format!("qwen3-max-2025-09-23 --hours 1 --fit peak {load}")),
        ", rounded up to the purchase steps "
    );
}

#[test]
fn no_line_is_wider_than_a_terminal() {
    let folder = Folder::new(&[]);
    let most = u64::from(u32::MAX);
    let calls = (0..200).map(|at| (at % 7, (most - at, most - 7 * at)));
    folder.file("most.csv", &csv(calls));
    let path = folder.file(
        "most.csv",
        &csv((0..200).map(|at| (at % 7, (120_000 + at, most - at)))),
    );
    for rest in [
        "--input-tpm 90M --output-tpm 1k",
        "--fit peak",
        "--fit p95 --on-overflow reject",
    ] {
        let shown = stdout(&format!(
            "quote ptu qwen3-max-2025-09-23 --trace {path} {rest} --scale-to 30"
        ));
        for line in shown.lines().filter(|line| !line.contains(&path)) {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[test]
fn markdown_has_it_as_a_list() {
    let folder = Folder::new(&[]);
    let line = "quote tokens qwen3-max-2025-09-23 --format markdown --trace";
    let shown = stdout(&format!("{line} {}", trace(&folder)));
    assert!(
        shown.contains("\nRecorded traffic:\n\n- Trace: "),
        "{shown}"
    );
    for item in [
        "- Span: 2026-01-01 `08:00` to 2026-01-01 `20:59` UTC+8: 780 minutes\n",
        "- Calls: 2 calls: 12,000 input and 300 output tokens\n",
        "| mean | 15.38 | 0.38 |\n| p50 | 0 | 0 |\n| p95 | 0 | 0 |\n| p99 | 0 | 0 |\n| peak | 8,000 | 200 |\n",
        "| busiest minute | 2026-01-01 20:59 | 2026-01-01 20:59 |\n",
        "- Day: `00:00` `▁",
    ] {
        assert!(shown.contains(item), "{item}\n{shown}");
    }
}

#[test]
fn a_trace_without_dates_has_no_day() {
    let folder = Folder::new(&[]);
    let rows = "timestamp,input_tokens,output_tokens\n0,9,9\n61,9,9\n";
    let path = folder.file("counted.csv", rows);
    let line = format!("quote tokens glm-5.1 --trace {path} --time-unit seconds");
    let shown = stdout(&line);
    assert!(
        shown.contains("   Span  2 minutes from a start of its own\n"),
        "{shown}"
    );
    assert!(
        !shown.contains("Day ") && !shown.contains("busiest"),
        "{shown}"
    );
    let quoted = super::quote(line.strip_prefix("quote ").unwrap());
    assert_eq!(quoted["trace"]["from"], serde_json::Value::Null);
    assert_eq!(quoted["trace"]["day"], serde_json::json!([]));
}

#[test]
fn one_call_is_said_as_one() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(0, (10_001, 1))]));
    let line = format!("ptu glm-5.1 --input-tpm 10k --output-tpm 1k --trace {trace}");
    let shown = stdout(&format!("quote {line}"));
    for said in [
        "   Calls    1 call: 10,001 input and 1 output token\n",
        "   Overflow 1 call: 10,001 input and 1 output token, in 1 minute\n",
    ] {
        assert!(shown.contains(said), "{shown}");
    }
    let note = |more: &str| {
        let quoted = super::quote(&format!("{line} {more}"));
        let notes = quoted["notes"].as_array().unwrap();
        let mut found = notes
            .iter()
            .filter(|note| note["rule"] == "ptu.overflow-minute");
        found.next().unwrap()["message"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let start = "1 of 1 call, in 1 minute, does not fit what is left of its minute: it is ";
    assert_eq!(
        note(""),
        format!("{start}billed as an ordinary call, in the tier of its size")
    );
    assert_eq!(
        note("--on-overflow reject"),
        format!("{start}refused (429) and costs nothing")
    );
}

#[test]
fn a_spreadsheet_has_what_the_trace_adds_up_to_beside_each_item() {
    let folder = Folder::new(&[]);
    let calls = [
        (0, (4000, 100)),
        (0, (5000, 100)),
        (0, (2000, 100)),
        (1, (20_000, 10)),
    ];
    let trace = folder.file("calls.csv", &csv(calls));
    let line =
        format!("quote ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k --trace {trace}");
    let shown = stdout(&format!("{line} --scale-to 1 --format csv"));
    let mut rows = shown.lines();
    let last = |row: &str, count: usize| -> Vec<String> {
        let cells: Vec<&str> = row.split(',').collect();
        cells[cells.len() - count..]
            .iter()
            .map(|cell| (*cell).to_owned())
            .collect()
    };
    assert_eq!(
        last(rows.next().unwrap(), 11),
        [
            "trace_minutes",
            "trace_calls",
            "in_quota_calls",
            "overflow_calls",
            "input_utilisation_percent",
            "output_utilisation_percent",
            "scaled_to_days",
            "skipped_rows",
            "zone_assumed",
            "pattern",
            "pattern_days"
        ]
    );
    for row in rows {
        assert_eq!(
            last(row, 11),
            // 9,000 and 200 tokens of a day of 1,440 minutes.
            [
                "2",
                "4",
                "2",
                "2",
                "0.0625",
                "0.013888888889",
                "1",
                "0",
                "no",
                "day",
                "1"
            ]
        );
    }
    // Without a trace there are no such columns.
    let steady = stdout("quote tokens qwen3-8b --input 1M --output 0 --format csv");
    assert!(!steady.contains("trace_calls"), "{steady}");
}
