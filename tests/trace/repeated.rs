//! The example that repeats a log up to so many rows: what it writes is a trace of dates.

use std::fs;

use super::make_trace::make;
use super::stream::{good, read_all};
use tollgate::trace::Options;

/// Two minutes from a start of their own: 3 calls, and 1.
const COUNTED: [u64; 4] = [0, 27_482, 59_999, 61_000];

/// What `make_trace` writes for the rest of a command line, of a log of that name.
fn made(name: &str, text: &str, line: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join(name);
    fs::write(&log, text).unwrap();
    let words = line.split(' ').map(|word| match word {
        "LOG" => log.to_str().unwrap().to_owned(),
        word => word.to_owned(),
    });
    let mut out = Vec::new();
    match make(words, &mut out) {
        Ok(()) => Ok(String::from_utf8(out).unwrap()),
        Err(error) => Err(error.to_string().replace(log.to_str().unwrap(), "LOG")),
    }
}

fn json_lines() -> String {
    let row = |at| format!("{{\"timestamp\": {at}, \"input_length\": 7, \"output_length\": 5}}\n");
    COUNTED.iter().map(row).collect()
}

fn csv(divisor: u64) -> String {
    let row = |at: &u64| format!("{},7,5\n", at / divisor);
    let rows: String = COUNTED.iter().map(row).collect();
    format!("time,input_tokens,output_tokens\n{rows}")
}

#[test]
fn times_from_a_start_of_their_own_become_dates() {
    for line in ["5 jsonl LOG", "5 jsonl LOG milliseconds", "5 csv LOG"] {
        let text = made("log.jsonl", &json_lines(), line).unwrap();
        let (stream, summary) = good(&text);
        assert_eq!(stream.tokens(), [(7, 5); 5], "{line}");
        assert!(!summary.relative(), "{line}");
        // Three calls in the first minute, one in the second, and the next copy in the third.
        let minutes: Vec<i64> = stream.calls.iter().map(|(minute, _)| *minute).collect();
        let first = minutes[0];
        assert_eq!(
            minutes,
            [0, 0, 0, 1, 2].map(|later| first + later),
            "{line}"
        );
        // 2023-11-16T10:00Z.
        assert_eq!(first, 28_335_480, "{line}");
    }
    let seconds = made("log.csv", &csv(1000), "5 jsonl LOG seconds").unwrap();
    assert_eq!(
        seconds,
        made("log.jsonl", &json_lines(), "5 jsonl LOG").unwrap()
    );
}

#[test]
fn dates_stay_where_they_are() {
    let text = "time,input_tokens,output_tokens\n2026-06-01T10:00:00Z,7,5\n";
    let text = made("log.csv", text, "2 csv LOG").unwrap();
    assert_eq!(
        text,
        "TIMESTAMP,ContextTokens,GeneratedTokens\n\
         2026-06-01 18:00:00.0000000,7,5\n\
         2026-06-01 18:01:00.0000000,7,5\n"
    );
}

#[test]
fn what_cannot_be_repeated_is_said() {
    let units = "hint: give the unit of its times after the log: seconds, milliseconds, \
                 microseconds or nanoseconds";
    let usage = "usage: make_trace [--models <N>] <ROWS> <csv|jsonl> [LOG [UNIT]]";
    let counted = csv(1);
    let header = "time,input_tokens,output_tokens\n";
    for (text, line, said) in [
        (
            counted.as_str(),
            "5 csv LOG",
            format!(
                "LOG:2: `0` is not a Unix time of the years 2000 to 2100 in any unit\n\n{units}"
            ),
        ),
        (
            &counted,
            "5 csv LOG ms",
            format!("`ms` is no unit of time\n\n{units}"),
        ),
        (header, "5 csv LOG", "there is no call in `LOG`".to_owned()),
        (&counted, "five csv LOG", usage.to_owned()),
        (&counted, "--models 0 5 csv LOG", usage.to_owned()),
        (&counted, "5 tsv LOG", usage.to_owned()),
        (&counted, "5 csv LOG seconds more", usage.to_owned()),
        (
            &format!("{header}2100-12-31T23:59:00Z,7,5\n"),
            "5 jsonl LOG",
            "so many copies last beyond the year 2100; 4 of 5 rows are missing".to_owned(),
        ),
    ] {
        assert_eq!(made("log.csv", text, line), Err(said), "{line}");
    }
}

#[test]
fn an_hour_is_made_up_where_there_is_no_log() {
    let mut texts = Vec::new();
    for kind in ["csv", "jsonl"] {
        let mut out = Vec::new();
        make(["20000", kind].map(str::to_owned).into_iter(), &mut out).unwrap();
        texts.push(out);
    }
    let [csv, json] = [0, 1].map(|at| read_all(&[&texts[at]], &Options::default()).0);
    assert_eq!(csv.calls.len(), 20_000);
    assert_eq!(csv.calls, json.calls);
}
