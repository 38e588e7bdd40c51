//! The same calls in every shape that a log comes in.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::collection::vec;
use proptest::prelude::*;
use tollgate::trace::{Options, Shape, TraceError};

use crate::stream::{Stream, good, read_all, wrong};

/// Seconds after a start, input and output.
type Row = (u32, u32, u32);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    vec((0..500_u32, 0..3_000_000_u32, 0..20_000_u32), 1..40)
}

fn at(seconds: u32) -> String {
    format!("2026-11-20 09:{:02}:{:02}", seconds / 60, seconds % 60)
}

/// With digits in groups of three.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let first = (digits.len() + 2) % 3 + 1;
    let (first, rest) = digits.split_at(first);
    let mut text = first.to_owned();
    for group in rest.as_bytes().chunks(3) {
        text.push(',');
        text.push_str(std::str::from_utf8(group).unwrap());
    }
    text
}

fn csv(rows: &[Row], separator: &str, end: &str, groups: bool, quotes: bool) -> String {
    let mut text = [
        "when; (local), a|b\tc",
        "timestamp",
        "input_tokens",
        "output_tokens",
    ]
    .map(|name| match name.contains(separator) {
        true => format!("\"{name}\""),
        false => name.to_owned(),
    })
    .join(separator);
    text.push_str(end);
    for (seconds, input, output) in rows {
        let count = |number: &u32| match (groups, quotes || separator == ",") {
            (true, true) => format!("\"{}\"", grouped(*number)),
            (true, false) => grouped(*number),
            (false, true) if quotes => format!("\"{number}\""),
            _ => number.to_string(),
        };
        let fields = ["x".to_owned(), at(*seconds), count(input), count(output)];
        text.push_str(&fields.join(separator));
        text.push_str(end);
    }
    text
}

fn objects(rows: &[Row], pretty: bool) -> Vec<String> {
    let object = |(seconds, input, output): &Row| {
        let object = serde_json::json!({
            "timestamp": at(*seconds),
            "messages": [{"role": "user", "content": "a \"b\"\n[{,"}],
            "usage": {"prompt_tokens": input, "completion_tokens": output},
        });
        match pretty {
            true => serde_json::to_string_pretty(&object).unwrap(),
            false => object.to_string(),
        }
    };
    rows.iter().map(object).collect()
}

/// The calls in lines of JSON, and in every other way in which JSON is written.
fn jsons(rows: &[Row]) -> Vec<String> {
    let (plain, pretty) = (objects(rows, false), objects(rows, true));
    vec![
        plain.join("\n"),
        format!("[{}]", plain.join(",")),
        format!("[\n{}\n]\n", plain.join(",\n")),
        format!("\n[\n  {}\n]", pretty.join(",\r\n  ")),
        pretty.join("\n"),
        pretty.concat(),
        format!(
            "{{\"object\":\"page\",\"n\":[1,[{{}}]],\"data\":[{}],\"more\":null}}",
            plain.join(", ")
        ),
        format!(
            "{{\n  \"a\": {{\"data\": [1]}},\n  \"data\": [\n{}\n  ]\n}}\n",
            pretty.join(",\n")
        ),
        format!(
            "{{\"data\":[{}]}}\n{{\"data\":[]}}\n{{\"data\":null}}",
            plain.join(",")
        ),
    ]
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
    let bytes = units.map(|unit| match little {
        true => unit.to_le_bytes(),
        false => unit.to_be_bytes(),
    });
    bytes.flatten().collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// The bytes of a text in each encoding.
fn encoded(text: &str) -> Vec<Vec<u8>> {
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    vec![
        text.as_bytes().to_vec(),
        marked,
        utf16(text, true),
        utf16(text, false),
    ]
}

fn small(block: usize, quick: bool) -> Options {
    let mut options = Options::default();
    (options.tuning.block, options.tuning.quick) = (block, quick);
    options
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn calls_are_the_same_in_every_shape(rows in rows(), block in 1..300_usize) {
        let mut texts = jsons(&rows);
        for separator in [",", ";", "\t", "|"] {
            for (end, groups, quotes) in [
                ("\n", false, false), ("\r\n", false, true), ("\n", true, true), ("\n", true, false),
            ] {
                texts.push(csv(&rows, separator, end, groups, quotes));
            }
        }
        let (expected, _) = good(csv(&rows, ",", "\n", false, false));
        prop_assert_eq!(expected.calls.len(), rows.len());
        for text in &texts {
            for bytes in encoded(text) {
                for (bytes, options) in [
                    (gzip(&bytes), Options::default()),
                    (zstd(&bytes), Options::default()),
                    (bytes.clone(), small(block, true)),
                    (bytes.clone(), small(block, false)),
                    (bytes, Options::default()),
                ] {
                    let (stream, result) = read_all(&[&bytes], &options);
                    prop_assert!(result.is_ok(), "{}: {:?}", text, result);
                    prop_assert_eq!(&stream.calls, &expected.calls, "{}", text);
                }
            }
        }
    }

    #[test]
    fn json_that_is_cut_off_or_damaged_is_an_error_or_the_same_in_any_blocks(
        rows in rows(), which in 0..9_usize, cut in any::<prop::sample::Index>(), byte in any::<u8>(),
        cuts in any::<bool>(), block in 1..300_usize,
    ) {
        let mut bytes = jsons(&rows).swap_remove(which).into_bytes();
        let place = cut.index(bytes.len());
        match cuts {
            true => bytes.truncate(place),
            false => bytes[place] = byte,
        }
        let (whole, in_whole) = read_all(&[&bytes], &Options::default());
        for quick in [true, false] {
            let (stream, result) = read_all(&[&bytes], &small(block, quick));
            prop_assert_eq!(&result, &in_whole);
            if result.is_ok() {
                prop_assert_eq!(&stream.calls, &whole.calls);
            }
        }
        // No call is lost without a word where a list is cut off.
        if cuts && matches!(which, 1..=3) && !bytes.trim_ascii().is_empty() {
            prop_assert!(in_whole.is_err());
        }
    }
}

#[test]
fn a_file_of_json_without_lines_says_so_and_names_records() {
    let good_one = r#"{"ts":1700129880,"input_tokens":1,"output_tokens":2}"#;
    let (_, summary) = good(format!("[{good_one}]"));
    assert_eq!(summary.files[0].shape, Some(Shape::Json));
    let (_, summary) = good(format!("{good_one}\n{good_one}"));
    assert_eq!(summary.files[0].shape, Some(Shape::JsonLines));
    // A call whose own list is no list of calls.
    let (stream, summary) = good(
        r#"{"ts":1700129880,"input_tokens":1,"output_tokens":2,"messages":[{"ts":1},{"a":[]}]}"#,
    );
    assert_eq!(summary.files[0].shape, Some(Shape::JsonLines));
    assert_eq!(stream.tokens(), [(1, 2)]);
    for (text, message) in [
        (
            format!("[{good_one},1,{good_one},\"a\"]"),
            "2 rows of 4 cannot be read\n  0: record 2: column 1: invalid type: integer `1`, expected an object\n  0: record 4: column 3: invalid type: string \"a\", expected an object",
        ),
        (
            format!(
                "[{good_one},{{\"ts\":1700129880,\n\n\"input_tokens\":-1,\"output_tokens\":2}}]"
            ),
            "1 row of 2 cannot be read\n  0: record 2: input tokens: `-1` is negative",
        ),
        (
            format!("[{good_one}, {{\"ts\":1700129880,\"input_tokens\":1 2,\"output_tokens\":2}}]"),
            "1 row of 2 cannot be read\n  0: record 2: column 35: expected `,` or `}`",
        ),
        (
            format!(
                "[{good_one},{{\"ts\":1700129880,\"a\":\"b\nc\",\"input_tokens\":1,\"output_tokens\":2}}]"
            ),
            "1 row of 2 cannot be read\n  0: record 2: column 23: control character (\\u0000-\\u001F) found while parsing a string",
        ),
        (
            format!("[{good_one},{good_one}"),
            "0: record 3: the file ends before it does",
        ),
        (
            format!("[{good_one},{{\"ts\""),
            "0: record 2: the file ends before it does",
        ),
        (
            format!("{{\"data\":[{good_one},{good_one}]"),
            "0: record 3: the file ends before it does",
        ),
        (
            format!("[{good_one}] x"),
            "0: record 2: `x` stands where `{` or the end of the file belongs",
        ),
        (
            format!("[{good_one} {good_one}]"),
            "0: record 2: `{` stands where `,` or `]` belongs",
        ),
        (
            format!("[{good_one},]"),
            "0: record 2: `]` stands where a record belongs",
        ),
        (
            format!("[,{good_one}]"),
            "0: record 1: `,` stands where a record or `]` belongs",
        ),
        (
            format!("[{good_one}\0]"),
            "0: record 2: `\\u{0}` stands where `,` or `]` belongs",
        ),
        (
            format!("{{\"data\":[{good_one}]}}{{\"dat\":[]}}"),
            "0: record 2: an object has no list `data`",
        ),
        (
            format!("{{\"data\":[{good_one}]}}{{\"data\":{{}}}}"),
            "0: record 2: `{` stands where a list belongs",
        ),
        ("[]".to_owned(), "there is no call in `0`"),
        ("[ ]\n".to_owned(), "there is no call in `0`"),
        ("[".to_owned(), "0: record 1: the file ends before it does"),
        (
            r#"{"data":[{"a":1}]}"#.to_owned(),
            "0: record 1: no column is known to be the time; there is `a`",
        ),
    ] {
        for options in [Options::default(), small(7, true)] {
            let error = wrong(&text, &options);
            assert_eq!(error.to_string(), message, "{text}");
            assert!(!error.hint().is_empty());
        }
    }
}

#[test]
fn json_that_is_nested_without_end_or_longer_than_a_record_is_refused_in_little_memory() {
    let good_one = r#"{"ts":1700129880,"input_tokens":1,"output_tokens":2}"#;
    let deep = format!(
        "[{good_one},{{\"ts\":1700129880,\"input_tokens\":1,\"output_tokens\":2,\"a\":{}{}}}]",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let (stream, _) = good(deep);
    assert_eq!(stream.tokens(), [(1, 2), (1, 2)]);
    let error = wrong("[".repeat(3_000_000), &Options::default());
    assert_eq!(
        error.to_string(),
        "0: record 1: the file ends before it does"
    );
    let long = format!(
        "[{good_one},{{\"a\":\"{}\"}},{good_one}]",
        "x".repeat(3_000_000)
    );
    let error = wrong(&long, &Options::default());
    assert_eq!(
        error.to_string(),
        "1 row of 3 cannot be read\n  0: record 2: longer than 1,048,576 bytes"
    );
    let options = Options {
        skip_bad_rows: true,
        ..Options::default()
    };
    assert_eq!(read_all(&[&long], &options).0.tokens(), [(1, 2), (1, 2)]);
    // A line of JSON Lines that holds no list of calls stays one.
    let line = format!(
        "{{\"messages\":[{{\"a\":\"{}\"}}]}}\n{good_one}",
        "x".repeat(3_000_000)
    );
    assert_eq!(read_all(&[&line], &options).0.tokens(), [(1, 2)]);
}

#[test]
fn a_damaged_first_line_does_not_make_lines_of_json_one_object() {
    let good_one = r#"{"ts":1700129880,"input_tokens":1,"output_tokens":2}"#;
    for damaged in [
        "{\"ts\":1,",
        "{\"ts\":1,\"a",
        "{",
        "{\"a\":{\"b\":1},",
        "{\"ts\":17",
    ] {
        let error = wrong(
            format!("{damaged}\n{good_one}\n{good_one}\n"),
            &Options::default(),
        );
        let TraceError::BadRows(summary) = error else {
            unreachable!("{damaged}: {error}")
        };
        assert_eq!((summary.rows, summary.bad.count), (3, 1), "{damaged}");
    }
}

#[test]
fn a_point_before_three_zeros_is_not_guessed_where_semicolons_separate() {
    let file = |count: &str| format!("ts;input_tokens;output_tokens\n1700129880;{count};2\n");
    for count in ["1.000", "12.000", "\"123.000\""] {
        let error = wrong(file(count), &Options::default()).to_string();
        assert!(
            error.contains("may be 1") && error.contains(",000"),
            "{error}"
        );
    }
    for (count, tokens) in [
        ("0.000", 0),
        ("1.0", 1),
        ("1234.000", 1234),
        ("1,000", 1000),
    ] {
        assert_eq!(good(file(count)).0.tokens(), [(tokens, 2)], "{count}");
    }
    let comma = "ts,input_tokens,output_tokens\n1700129880,1.000,2\n";
    assert_eq!(good(comma).0.tokens(), [(1, 2)]);
    for count in ["1,23", "1,2345", "1.234", "0,123"] {
        wrong(file(count), &Options::default());
    }
}

#[test]
fn half_a_character_of_utf_16_is_named_by_its_line() {
    let mut bytes = utf16("ts,input_tokens,output_tokens\n1700129880,1,2\n", true);
    bytes.extend([0x00, 0xd8, b'\n', 0]);
    for options in [Options::default(), small(3, true)] {
        let error = wrong(&bytes, &options);
        assert_eq!(error.to_string(), "0:3: half of a character of UTF-16");
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn files_with_different_separators_are_read_side_by_side() {
    let rows: Vec<Row> = (0..300).map(|second| (second, second, 1)).collect();
    let texts = [",", ";", "\t", "|"].map(|by| csv(&rows, by, "\n", false, true));
    let (stream, result): (Stream, _) = read_all(&texts, &small(50, false));
    assert_eq!(result.unwrap().calls, 1_200);
    assert_eq!(stream.calls.len(), 1_200);
}
