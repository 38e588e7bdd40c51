//! The same calls in every format that a log may have.

use tollgate::billing::kind::Tokens;
use tollgate::trace::{Call, Calls, Options, Shape, TimeFormat, TimeUnit};

use crate::stream::{good, read_all, wrong};

/// 2023-11-16T10:17Z.
const MINUTE: i64 = 28_335_497;

#[test]
fn the_same_calls_are_read_from_every_format() {
    let bare = TimeFormat::DateTime { zone: false };
    let zoned = TimeFormat::DateTime { zone: true };
    for (text, time) in [
        (
            "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.9799600,4808,10\n2023-11-16 18:18:00.0000000,0,2\n",
            bare,
        ),
        (
            "TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:17:03.9799600,4808,10\r\n2023-11-16 18:18:00.0000000,0,2",
            bare,
        ),
        (
            "\u{feff}timestamp,input_tokens,output_tokens\n2023-11-16T10:17:03.97996Z,4808,10\n2023-11-16T18:18:00+08:00,0,2",
            zoned,
        ),
        (
            "\n\r\n\"Timestamp\",\"Request tokens\",\"Response tokens\"\n\n\"2023-11-16T10:17:03.97996Z\",\"4808\",\"10\"\n2023-11-16T10:18:00Z, 0 ,2\n  \n",
            zoned,
        ),
        (
            "output_length,note,input_length,ts\n10,\"a, \"\"b\"\"\nc\",4808,1700129823.97996\n2,,0,1700129880\n",
            TimeFormat::Unix(TimeUnit::Seconds),
        ),
        (
            "arrived_at,input_tokens,model,output_tokens\n1700129823979.96,4808,q,10\n1700129880000,0,,2\n",
            TimeFormat::Unix(TimeUnit::Milliseconds),
        ),
        (
            "time,usage.prompt_tokens,usage.completion_tokens\n1700129823979960,4808,10.0\n1700129880000000,0,2\n",
            TimeFormat::Unix(TimeUnit::Microseconds),
        ),
        (
            "{\"timestamp\": \"2023-11-16 18:17:03.9799600\", \"input_length\": 4808, \"output_length\": 10, \"hash_ids\": [0, 1, 2]}\n{\"timestamp\":\"2023-11-16 18:18:00\",\"input_length\":0,\"output_length\":2}",
            bare,
        ),
        (
            " {\"created\":1700129823.97996,\"usage\":{\"prompt_tokens\":4808,\"completion_tokens\":10,\"total_tokens\":4818},\"x\":{\"y\":[{}]}}\r\n\n{\"usage\":{\"completion_tokens\":2,\"prompt_tokens\":0},\"created\":1700129880}",
            TimeFormat::Unix(TimeUnit::Seconds),
        ),
        (
            "{\"ts\":\"1700129823979.96\",\"usage\":{\"input_tokens\":\"4808\",\"output_tokens\":1\u{30}},\"说\":\"\\u8bf4\"}\n{\"\\u0074s\":1700129880000,\"usage\":{\"input_tokens\":0.0,\"output_tokens\":2}}\n",
            TimeFormat::Unix(TimeUnit::Milliseconds),
        ),
    ] {
        let (stream, summary) = good(text);
        let expected = [(MINUTE, 4808, 10), (MINUTE + 1, 0, 2)];
        let expected = expected.map(|(minute, input, output)| (minute, Call::plain(input, output)));
        assert_eq!(stream.calls, expected, "{text}");
        assert_eq!(summary.time(), Some(time), "{text}");
        assert_eq!(summary.zone_assumed(), time == bare, "{text}");
        assert_eq!((summary.rows, summary.calls), (2, 2), "{text}");
        let span = (summary.first, summary.last);
        assert_eq!(
            span,
            (Some(1_700_129_823_979_960), Some(1_700_129_880_000_000))
        );
        let is_json = text.contains('{');
        let shape = if is_json {
            Shape::JsonLines
        } else {
            Shape::Csv
        };
        assert_eq!(summary.files[0].shape, Some(shape), "{text}");
    }
}

#[test]
fn sums_of_minutes_are_handed_over_as_sums() {
    let text = "minute,requests,input_tokens,output_tokens\n\
        2023-11-16 18:17,3,5000000000,12\n2023-11-16 18:17:00,1,1,1\n2023-11-16 18:18:00,0,0,0\n";
    let (stream, summary) = good(text);
    let sums = |calls, input, output| Calls {
        calls,
        tokens: Tokens::plain(input, output),
    };
    assert_eq!(
        stream.sums,
        [
            (MINUTE, sums(3, 5_000_000_000, 12)),
            (MINUTE, sums(1, 1, 1)),
            (MINUTE + 1, sums(0, 0, 0)),
        ]
    );
    assert!(stream.calls.is_empty());
    assert_eq!((summary.aggregates, summary.calls), (3, 4));
    let json = "{\"minute\":1700129820,\"requests\":3,\"input_tokens\":5,\"output_tokens\":1}";
    assert_eq!(good(json).0.sums, [(MINUTE, sums(3, 5, 1))]);
}

#[test]
fn calls_and_sums_of_several_files_make_one_stream() {
    let sums = "minute,requests,input_tokens,output_tokens\n1700129820,3,5,1\n1700129940,1,1,1\n";
    let calls = "ts,input_tokens,output_tokens\n1700129880,7,7\n1700129940,8,8\n";
    let (stream, result) = read_all(&[sums, calls], &Options::default());
    assert_eq!(stream.tokens(), [(7, 7), (8, 8)]);
    assert_eq!(stream.sums.len(), 2);
    assert_eq!(result.unwrap().calls, 6);
}

#[test]
fn a_trace_that_counts_from_its_start_needs_a_unit() {
    let text = "{\"timestamp\": 0, \"input_length\": 1, \"output_length\": 2}\n\
        {\"timestamp\": 60000, \"input_length\": 3, \"output_length\": 4}\n";
    let error = wrong(text, &Options::default());
    assert_eq!(
        error.to_string(),
        "0:1: `0` is not a Unix time of the years 2000 to 2100 in any unit"
    );
    assert!(error.hint().contains("--time-unit"), "{}", error.hint());
    let options = Options {
        time_unit: Some(TimeUnit::Milliseconds),
        ..Options::default()
    };
    let (stream, result) = read_all(&[text], &options);
    assert_eq!(
        stream.calls.iter().map(|call| call.0).collect::<Vec<_>>(),
        [0, 1]
    );
    let summary = result.unwrap();
    assert!(summary.relative() && !summary.zone_assumed());
    assert_eq!(summary.last, Some(60_000_000));
}

#[test]
fn a_unit_in_which_dates_become_times_from_a_start_is_doubted() {
    let read = |times: [&str; 2], unit| {
        let options = Options {
            time_unit: Some(unit),
            ..Options::default()
        };
        let rows = times.map(|time| format!("{time},1,2\n"));
        let text = format!("ts,input_tokens,output_tokens\n{}", rows.concat());
        read_all(&[text], &options).1.unwrap()
    };
    use TimeUnit::{Microseconds, Milliseconds, Nanoseconds, Seconds};
    let log = ["1700129823000", "1700216223000"];
    for unit in [Microseconds, Nanoseconds] {
        let summary = read(log, unit);
        assert!(summary.relative());
        assert_eq!(summary.doubtful_unit, Some(Milliseconds), "{unit:?}");
    }
    assert_eq!(
        read(["1700129823", "1700216223"], Milliseconds).doubtful_unit,
        Some(Seconds)
    );
    // In the right unit, from 0, and from a start that would be a date of which the end is none.
    for (times, unit) in [
        (log, Milliseconds),
        (["0", "60000"], Milliseconds),
        (["0", "1700129823000"], Microseconds),
        (["1500000000", "3600000000000"], Nanoseconds),
    ] {
        assert_eq!(read(times, unit).doubtful_unit, None, "{times:?}");
    }
}

#[test]
fn numbers_that_are_too_large_for_the_given_unit_are_refused_for_it() {
    let options = Options {
        time_unit: Some(TimeUnit::Seconds),
        ..Options::default()
    };
    let rows = "ts,input_tokens,output_tokens\n1700129823000,1,2\n1700129883000,1,2\n";
    let error = wrong(rows, &options);
    assert!(error.hint().contains("`--time-unit`"), "{}", error.hint());
    // One of them is a wrong row.
    let one = format!("{rows}1700129823,1,2\n");
    assert!(wrong(one, &options).hint().contains("--skip-bad-rows"));
}

#[test]
fn a_unit_of_times_that_are_dates_is_refused() {
    let options = Options {
        time_unit: Some(TimeUnit::Seconds),
        ..Options::default()
    };
    let csv = "ts,input_tokens,output_tokens\n2023-11-16 18:17:03,1,2\n";
    let json = "{\"ts\":\"2023-11-16T18:17:03Z\",\"input_tokens\":1,\"output_tokens\":2}\n";
    for text in [csv, json] {
        let error = wrong(text, &options);
        assert_eq!(
            error.to_string(),
            "`--time-unit` is for times that are numbers, and those of `0` are dates"
        );
        assert_eq!(error.hint(), "leave `--time-unit` out");
    }
}

#[test]
fn filters_of_one_column_are_alternatives_and_columns_must_agree() {
    let csv = "ts,model,input_tokens,output_tokens,ok\n\
        1700129880,a,1,1,yes\n1700129881,b,2,2,yes\n1700129882,\"c\",3,3,yes\n1700129883,a,x,4,no\n";
    let json = "{\"ts\":1700129880,\"model\":\"a\",\"input_tokens\":1,\"output_tokens\":1,\"ok\":\"yes\"}\n\
        {\"ts\":1700129881,\"model\":\"b\",\"input_tokens\":2,\"output_tokens\":2,\"ok\":\"yes\"}\n\
        {\"ts\":1700129882,\"model\":\"\\u0063\",\"input_tokens\":3,\"output_tokens\":3,\"ok\":\"yes\"}\n\
        {\"model\":\"a\",\"ok\":true}\n";
    let filter = |text| tollgate::trace::Filter::parse(text).unwrap();
    for text in [csv, json] {
        let options = Options {
            filters: ["model=a", "model = c", "ok=yes"].map(filter).into(),
            ..Options::default()
        };
        let (stream, result) = read_all(&[text], &options);
        let summary = result.unwrap();
        assert_eq!(stream.tokens(), [(1, 1), (3, 3)], "{text}");
        assert_eq!((summary.rows, summary.filtered, summary.calls), (4, 2, 2));
        assert_eq!(summary.filters, ["model=a", "model=c", "ok=yes"]);
    }
}
