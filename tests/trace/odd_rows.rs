//! Rows that are odd in other ways than a wrong value: where they stand, how many, and in what dress.

use tollgate::trace::{Options, Place, TraceError};

use crate::stream::{read_all, wrong};

const HEADER: &str = "ts,input_tokens,output_tokens\n";
const GOOD: &str = "1700129880,1,2\n";

#[test]
fn the_first_row_has_the_same_reasons() {
    for (time, reason) in [
        ("NaN", "`NaN` is not a time"),
        ("", "no time"),
        ("2023-02-30 00:00:00", "`2023-02-30 00:00:00` is not a time"),
        (
            "10000-01-01 00:00:00",
            "`10000-01-01 00:00:00` is not in the years 2000 to 2100",
        ),
    ] {
        let error = wrong(format!("{HEADER}{time},1,2\n"), &Options::default());
        assert_eq!(
            error.to_string(),
            format!("1 row of 1 cannot be read\n  0:2: {reason}")
        );
    }
}

#[test]
fn runs_of_empty_lines_are_no_rows_and_count_as_lines() {
    let empty = "\n\r\n\n \n\n".repeat(20);
    let bad = "1700129880,none,2\n";
    let row = "{\"ts\":1700129880,\"input_tokens\":1,\"output_tokens\":2}\n";
    let bad_row = row.replace(":1,", ":\"none\",");
    let event = "{\"event\":1}\n";
    for (parts, lines) in [
        (vec![HEADER, GOOD, bad, GOOD, bad], &[303, 505][..]),
        (vec![HEADER, bad, GOOD, bad], &[202, 404]),
        (
            vec![event, row, &bad_row, event, &bad_row],
            &[101, 303, 404, 505],
        ),
    ] {
        let text: String = parts.iter().map(|part| format!("{empty}{part}")).collect();
        for (block, quick) in [(1 << 20, true), (1 << 20, false), (32, true), (1, true)] {
            let mut options = Options::default();
            (options.tuning.block, options.tuning.quick) = (block, quick);
            let (stream, result) = read_all(&[&text], &options);
            let TraceError::BadRows(summary) = result.unwrap_err() else {
                unreachable!()
            };
            let found: Vec<Place> = summary.bad.first.iter().map(|row| row.line).collect();
            let lines: Vec<Place> = lines.iter().map(|line| Place::Line(*line)).collect();
            assert_eq!(found, lines, "{block} {quick}");
            let good = parts
                .iter()
                .filter(|part| [GOOD, row].contains(part))
                .count();
            assert_eq!(stream.tokens(), vec![(1, 2); good], "{block} {quick}");
        }
    }
}

#[test]
fn counts_in_other_dress_are_read() {
    for (input, tokens) in [
        ("007", 7),
        (" 5 ", 5),
        ("\"5\"", 5),
        ("1.0", 1),
        ("4294967295", u32::MAX),
    ] {
        let text = format!("{HEADER}{GOOD}1700129880,{input},2\n");
        let (stream, result) = read_all(&[&text], &Options::default());
        assert!(result.is_ok(), "{input}");
        assert_eq!(stream.tokens(), [(1, 2), (tokens, 2)]);
    }
}

#[test]
fn bytes_that_are_no_text_spoil_only_what_is_read_of_them() {
    let header = b"ts,input_tokens,output_tokens,name\n1700129880,1,2,\"\xff\xfe\"\n";
    let row = b"1700129880,1,\"\xff\",x\n";
    let (stream, result) = read_all(&[[&header[..], row].concat()], &Options::default());
    assert_eq!(stream.tokens(), [(1, 2)]);
    assert_eq!(
        result.unwrap_err().to_string(),
        "1 row of 2 cannot be read\n  0:3: output tokens: `\u{fffd}` is not a number in digits"
    );
}

#[test]
fn only_the_first_five_are_shown_and_all_are_counted() {
    let bad = "x,1,2\n".repeat(7);
    let text = format!("{HEADER}\n{bad}{GOOD}{bad}");
    let error = wrong(&text, &Options::default());
    let lines: Vec<String> = (3..8)
        .map(|line| format!("\n  0:{line}: `x` is not a time"))
        .collect();
    assert_eq!(
        error.to_string(),
        format!(
            "14 rows of 15 cannot be read, the first 5:{}",
            lines.concat()
        )
    );
    assert!(error.hint().contains("--skip-bad-rows"));
    let skip = Options {
        skip_bad_rows: true,
        ..Options::default()
    };
    let (stream, result) = read_all(&[&text, &text], &skip);
    let summary = result.unwrap();
    assert_eq!(stream.tokens(), [(1, 2); 2]);
    assert_eq!((summary.rows, summary.bad.count), (30, 28));
    assert_eq!(summary.bad.first.len(), 5);
    assert_eq!(
        summary.files[1].bad.first[4].to_string(),
        "1:7: `x` is not a time"
    );
}

#[test]
fn sums_that_contradict_themselves_are_bad() {
    let header = "minute,requests,input_tokens,output_tokens\n";
    for (row, reason) in [
        ("1700129880,0,1,0", "tokens, and 0 requests"),
        (
            "1700129881,1,1,0",
            "`1700129881` is not the start of a minute",
        ),
        ("1700129880,-1,1,0", "number of requests: `-1` is negative"),
        (
            "1700129880,1,1,18446744073709551616",
            "output tokens: `18446744073709551616` is too large",
        ),
    ] {
        let error = wrong(format!("{header}{row}\n"), &Options::default());
        assert_eq!(
            error.to_string(),
            format!("1 row of 1 cannot be read\n  0:2: {reason}")
        );
    }
}

#[test]
fn one_stray_quote_spoils_one_row() {
    let mut options = Options::default();
    options.tuning.max_line = 100;
    for rows in [1, 3, 50] {
        let text = format!("{HEADER}\"{GOOD}{}", GOOD.repeat(rows));
        let (stream, result) = read_all(&[&text], &options);
        assert_eq!(stream.calls.len(), rows);
        assert_eq!(
            result.unwrap_err().to_string(),
            format!(
                "1 row of {} cannot be read\n  0:2: a quote is opened and not closed",
                rows + 1
            )
        );
    }
}
