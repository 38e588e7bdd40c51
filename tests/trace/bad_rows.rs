//! Rows that cannot be read: each with its line and a reason, and the others all the same.

use tollgate::trace::{Filter, Options, Place, TraceError};

use crate::stream::{read_all, wrong};

const HEADER: &str = "ts,input_tokens,output_tokens\n";
const GOOD: &str = "1700129880,1,2\n";

#[test]
fn every_row_that_cannot_be_read_has_its_reason() {
    for (row, reason) in [
        ("1700129880,-1,2", "input tokens: `-1` is negative"),
        (
            "1700129880,NaN,2",
            "input tokens: `NaN` is not a number in digits",
        ),
        (
            "1700129880,1.5,2",
            "input tokens: `1.5` is not a whole number",
        ),
        ("1700129880,1,", "no output tokens"),
        (
            "1700129880,1,null",
            "output tokens: `null` is not a number in digits",
        ),
        (
            "1700129880,4294967296,2",
            "input tokens: `4294967296` is too large",
        ),
        (
            "1700129880,1,99999999999999999999999",
            "output tokens: `99999999999999999999999` is too large",
        ),
        ("1700129880,-0,2", "input tokens: `-0` is negative"),
        (
            "1700129880,+1,2",
            "input tokens: `+1` is not a number in digits",
        ),
        (
            "1700129880,1e3,2",
            "input tokens: `1e3` is not a number in digits",
        ),
        (
            "1700129880,inf,2",
            "input tokens: `inf` is not a number in digits",
        ),
        (
            "1700129880,\"1,00\",2",
            "input tokens: `1,00` is not a number in digits",
        ),
        (
            "1700129880,18446744073709551616,2",
            "input tokens: `18446744073709551616` is too large",
        ),
        ("1700129880", "1 field where the header has 3"),
        ("1700129880,1", "2 fields where the header has 3"),
        ("1700129880,1,2,3", "4 fields where the header has 3"),
        ("NaN,1,2", "`NaN` is not a time"),
        (",1,2", "no time"),
        ("-5,1,2", "`-5` is not a time"),
        (
            "2023-02-30 00:00:00,1,2",
            "`2023-02-30 00:00:00` is not a time",
        ),
        (
            "2023-12-31 23:59:60,1,2",
            "`2023-12-31 23:59:60` is not a time",
        ),
        (
            "2023-12-31 24:00:00,1,2",
            "`2023-12-31 24:00:00` is not a time",
        ),
        (
            "0000-01-01 00:00:00,1,2",
            "`0000-01-01 00:00:00` is not in the years 2000 to 2100",
        ),
        (
            "1969-12-31 23:59:59,1,2",
            "`1969-12-31 23:59:59` is not in the years 2000 to 2100",
        ),
        (
            "10000-01-01 00:00:00,1,2",
            "`10000-01-01 00:00:00` is not in the years 2000 to 2100",
        ),
        (
            "1700129880000,1,2",
            "`1700129880000` is not in the years 2000 to 2100, read as Unix seconds like the rest of the file",
        ),
        (
            "2023-11-16 18:17:03,1,2",
            "`2023-11-16 18:17:03` is not written as Unix seconds like the rest of the file",
        ),
        ("\"1700129880,1,2", "a quote is opened and not closed"),
        ("\0\u{1b}[31m,1,2", "`\\u{0}\\u{1b}[31m` is not a time"),
    ] {
        let text = format!("{HEADER}{GOOD}{row}\n{GOOD}");
        let (stream, result) = read_all(&[&text], &Options::default());
        let error = result.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("1 row of 3 cannot be read\n  0:3: {reason}"),
            "{row}"
        );
        assert_eq!(stream.tokens(), [(1, 2), (1, 2)], "{row}");
    }
}

#[test]
fn every_line_of_json_that_cannot_be_read_has_its_reason() {
    let line = |rest: &str| format!("{{\"ts\":1700129880,\"input_tokens\":{rest}}}\n");
    let good = line("1,\"output_tokens\":2");
    for (row, reason) in [
        (line("1"), "no output tokens"),
        (line("null,\"output_tokens\":2"), "no input tokens"),
        (
            line("[],\"output_tokens\":2"),
            "input tokens: neither a number nor text",
        ),
        (
            line("true,\"output_tokens\":2"),
            "input tokens: neither a number nor text",
        ),
        (
            line("1,\"output_tokens\":2,\"output_tokens\":2"),
            "output tokens given twice",
        ),
        (
            line("-1,\"output_tokens\":2"),
            "input tokens: `-1` is negative",
        ),
        (
            line("1e3,\"output_tokens\":2"),
            "input tokens: `1e3` is not a number in digits",
        ),
        (
            line("18446744073709551616,\"output_tokens\":2"),
            "input tokens: `18446744073709551616` is too large",
        ),
        (
            line("Infinity,\"output_tokens\":2"),
            "column 33: expected value",
        ),
        ("{}\n".to_owned(), "no time"),
        ("12\n".to_owned(), "column 2: invalid type: integer `12`"),
        (
            line("1,\"output_tokens\":2,\"x\":\"\u{0}\""),
            "column 57: control character",
        ),
        (
            line("1.25,\"output_tokens\":2"),
            "input tokens: `1.25` is not a whole number",
        ),
        (line("01,\"output_tokens\":2"), "column 34: invalid number"),
        (line("NaN,\"output_tokens\":2"), "column 33: expected value"),
        (line("1,\"output_tokens\":2,"), "column 53: trailing comma"),
        (
            "[1]\n".to_owned(),
            "invalid type: sequence, expected an object",
        ),
        ("{\n".to_owned(), "column 1: EOF while parsing an object"),
        (
            line("1,\"output_tokens\":2}"),
            "column 53: trailing characters",
        ),
    ] {
        let text = format!("{good}{row}{good}");
        let (stream, result) = read_all(&[&text], &Options::default());
        let TraceError::BadRows(summary) = result.unwrap_err() else {
            unreachable!()
        };
        let found = summary.bad.first[0].to_string();
        assert!(found.starts_with(&format!("0:2: {reason}")), "{row}{found}");
        assert_eq!(stream.tokens(), [(1, 2), (1, 2)], "{row}");
    }
}

const EVENTS: &str = "{\"event\":\"start\"}\n\n{\"ts\":1700129820,\"event\":\"warm\"}\n{\n";
const CALL: &str = "{\"ts\":1700129880,\"input_tokens\":1,\"output_tokens\":2}\n";

#[test]
fn objects_before_the_first_with_the_columns_are_rows_that_cannot_be_read() {
    let text = format!("\n{EVENTS}{CALL}{EVENTS}{CALL}");
    for block in [1 << 20, 64, 1] {
        let mut options = Options::default();
        options.tuning.block = block;
        let (stream, result) = read_all(&[&text], &options);
        assert_eq!(
            result.unwrap_err().to_string(),
            "6 rows of 8 cannot be read, the first 5:\n  0:2: no time\n  0:4: no input tokens\n  \
             0:5: column 1: EOF while parsing an object\n  0:7: no time\n  0:9: no input tokens",
            "{block}"
        );
        assert_eq!(stream.tokens(), [(1, 2), (1, 2)]);
        options.skip_bad_rows = true;
        let (stream, result) = read_all(&[&text], &options);
        let summary = result.unwrap();
        assert_eq!(stream.tokens(), [(1, 2), (1, 2)]);
        assert_eq!((summary.rows, summary.bad.count), (8, 6));
        assert_eq!(summary.files[0].columns[1].as_deref(), Some("input_tokens"));
    }
}

#[test]
fn a_piece_of_a_file_may_have_no_object_with_the_columns() {
    let options = Options {
        skip_bad_rows: true,
        is_part: true,
        ..Options::default()
    };
    let (stream, read) = read_all(&[CALL, EVENTS], &options);
    let summary = read.unwrap();
    assert_eq!(stream.tokens(), [(1, 2)]);
    assert_eq!((summary.rows, summary.bad.count), (4, 3));
    let TraceError::NoCalls(summary) = wrong(EVENTS, &options) else {
        unreachable!()
    };
    assert_eq!((summary.rows, summary.bad.count), (3, 3));
    // What cannot be read is still not left out unasked.
    let options = Options {
        is_part: true,
        ..Options::default()
    };
    assert!(matches!(
        wrong(EVENTS, &options),
        TraceError::UnknownColumn {
            line: Place::Line(1),
            ..
        }
    ));
}

#[test]
fn a_row_that_cannot_be_read_does_not_say_how_times_are_written() {
    let rows = "1762046001000,1,1\n1762046002000,2,1\n";
    for bad in [
        "1762046001,,5",
        "1762046001,1,NaN",
        "2025-11-02 09:13:21,-1,1",
        ",1,1",
        "yesterday,1,1",
        "5,1.5,1",
    ] {
        let text = format!("{HEADER}{bad}\n{rows}");
        for block in [1 << 20, 64, 1] {
            let mut options = Options {
                skip_bad_rows: true,
                ..Options::default()
            };
            options.tuning.block = block;
            let (stream, read) = read_all(&[&text], &options);
            let summary = read.unwrap();
            assert_eq!(stream.tokens(), [(1, 1), (2, 1)], "{bad}");
            assert_eq!((summary.rows, summary.bad.count), (3, 1));
            options.skip_bad_rows = false;
            let first = read_all(&[&text], &options).1.unwrap_err();
            let later = format!("{HEADER}{rows}{bad}\n");
            let last = read_all(&[later], &options).1.unwrap_err();
            assert_eq!(
                first.to_string().replace("0:2: ", "0:4: "),
                last.to_string(),
                "{bad}"
            );
        }
    }
}

#[test]
fn where_no_row_is_left_the_reasons_are_said() {
    let text = "time,input_tokens,output_tokens,model\nyesterday,5,1,a\n1762046001,1,1,b\n";
    let options = Options {
        filters: vec![Filter::parse("model=a").unwrap()],
        skip_bad_rows: true,
        ..Options::default()
    };
    let error = wrong(text, &options);
    assert_eq!(
        error.to_string(),
        "no call is left: 1 row of 2 cannot be read\n  0:2: `yesterday` is not a time"
    );
    assert_eq!(
        error.hint(),
        "look at the first: `--columns` and `--time-unit` say how rows are read"
    );
}

#[test]
fn where_no_object_has_the_columns_the_first_is_named() {
    for skip_bad_rows in [false, true] {
        let options = Options {
            skip_bad_rows,
            ..Options::default()
        };
        let error = wrong(EVENTS, &options);
        assert_eq!(
            error.to_string(),
            "0:1: no column is known to be the time; there is `event`"
        );
    }
    // A wrong file of any size is not read to its end.
    let endless = "{\"event\":\"start\"}\n".repeat(1 << 16) + CALL;
    let error = wrong(endless, &Options::default());
    assert!(matches!(
        error,
        TraceError::UnknownColumn {
            line: Place::Line(1),
            ..
        }
    ));
}

#[test]
fn where_no_row_has_a_time_it_is_said_how_times_are_written() {
    let text = format!("{HEADER}11/16/2023 18:17,1,2\n11/16/2023 18:18,1,2\n");
    let error = wrong(&text, &Options::default());
    assert_eq!(
        error.hint(),
        "write them as RFC 3339, as `2023-11-16 18:17:03` or as Unix times, or name another column: \
         `--columns time=…`"
    );
    let error = wrong(format!("{text}{GOOD}"), &Options::default());
    assert_eq!(
        error.hint(),
        "correct them, or leave them out with `--skip-bad-rows`"
    );
}
