//! Times that are dates, and times that are counted from a start of their own: never both.

use tollgate::trace::{Options, TimeUnit, TraceError};

use super::stream::read_all;

const DATED: &str = "timestamp,input_tokens,output_tokens\n1767225600,1,1\n1767225660,1,1\n";
const COUNTED: &str = "timestamp,input_tokens,output_tokens\n0,1,1\n60,1,1\n";
const HEADER: &str = "timestamp,input_tokens,output_tokens\n";

fn seconds() -> Options {
    Options {
        time_unit: Some(TimeUnit::Seconds),
        ..Options::default()
    }
}

#[test]
fn a_file_of_each_kind_is_refused_in_any_order() {
    for (texts, counted, dated) in [([DATED, COUNTED], "1", "0"), ([COUNTED, DATED], "0", "1")] {
        let error = read_all(&texts, &seconds()).1.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "the times of `{counted}` are counted from a start of its own, and those of \
                 `{dated}` are dates"
            )
        );
        assert_eq!(error.hint(), "price them one by one");
    }
}

#[test]
fn a_file_of_both_kinds_is_refused() {
    // A log that has 0 where it knows no time would make a trace of half a century.
    let text = format!("{DATED}0,1,1\n");
    let error = read_all(&[text], &seconds()).1.unwrap_err();
    assert!(matches!(error, TraceError::MixedTimes { .. }));
    assert_eq!(
        error.to_string(),
        "some times of `0` are counted from a start of its own, and others are dates"
    );
    assert_eq!(
        error.hint(),
        "look for rows whose time is 0 or in another unit"
    );
}

#[test]
fn a_file_without_calls_goes_with_either_kind() {
    let bad = format!("{HEADER}1767225600,many,1\n");
    let options = Options {
        skip_bad_rows: true,
        ..seconds()
    };
    for text in [DATED, COUNTED] {
        let (stream, read) = read_all(&[HEADER, text, &bad], &options);
        assert_eq!(read.unwrap().relative(), text == COUNTED);
        assert_eq!(stream.calls.len(), 2);
    }
}
