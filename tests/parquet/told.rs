//! What is said of Parquet: columns, rows that cannot be read, and files that are refused.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use tollgate::trace::{Columns, Options, Shape, Source, TraceError, read};

use crate::written::{Form, Out, Values, read_file, write};

const START: i64 = 1_700_129_823_000;

fn ints(values: &[Option<i64>]) -> Values {
    Values::Int64(values.to_vec())
}

/// Two rows with these columns for their tokens, and what is read of them.
fn read_of(schema: &str, columns: &[(i16, Values)]) -> (Out, Result<String, TraceError>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    write(&path, schema, columns, &Form::default());
    let (out, result) = read_file(&path, &Options::default());
    let result = result.map(|summary| format!("{:?}", summary.files[0].columns));
    (out, result)
}

fn error_of(schema: &str, columns: &[(i16, Values)]) -> String {
    let (_, result) = read_of(schema, columns);
    let error = result.unwrap_err().to_string();
    let start = error.find("a.parquet").unwrap();
    error[start..].to_owned()
}

#[test]
fn columns_are_found_within_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("no-name-of-its-own");
    let schema = "required int64 time (TIMESTAMP(MILLIS,true));
        optional group usage { optional int64 prompt_tokens; required int64 completion_tokens; }
        required group answers (LIST) { repeated group list { required int64 output_tokens; } }";
    let columns = [
        (0, ints(&[Some(START), Some(START + 1)])),
        (2, ints(&[Some(5), Some(6)])),
        (1, ints(&[Some(7), Some(8)])),
    ];
    let (schema, _) = schema.split_once("required group answers").unwrap();
    write(&path, schema, &columns, &Form::default());
    let (out, result) = read_file(&path, &Options::default());
    let summary = result.unwrap();
    let tokens: Vec<_> = out
        .calls
        .iter()
        .map(|(_, call)| (call.input, call.output))
        .collect();
    assert_eq!(tokens, [(5, 7), (6, 8)]);
    assert_eq!(summary.files[0].shape, Some(Shape::Parquet));
    assert_eq!(
        summary.files[0].columns[1].as_deref(),
        Some("usage.prompt_tokens")
    );
}

#[test]
fn rows_that_cannot_be_read_are_said_by_their_number() {
    let schema = "required int64 time (TIMESTAMP(MILLIS,true)); optional int64 input_tokens;
        required int64 output_tokens;";
    let columns = [
        (0, ints(&[Some(START), Some(START), Some(0)])),
        (1, ints(&[Some(5), None, Some(6)])),
        (0, ints(&[Some(-1), Some(7), Some(8)])),
    ];
    let error = error_of(schema, &columns);
    for line in [
        "a.parquet: row 1: output tokens: `-1` is negative",
        "a.parquet: row 2: no input tokens",
        "a.parquet: row 3: `1970-01-01 00:00:00Z` is not in the years 2000 to 2100",
    ] {
        assert!(error.contains(line), "{error}");
    }
}

#[test]
fn a_column_that_is_not_there_is_said_without_a_line() {
    let schema = "required int64 time; required int64 input_tokens;";
    let columns = [(0, ints(&[Some(START)])), (0, ints(&[Some(1)]))];
    assert_eq!(
        error_of(schema, &columns),
        "a.parquet: no column is known to be the output tokens; there are `time`, `input_tokens`"
    );
}

#[test]
fn days_without_a_clock_time_are_refused() {
    let schema = "required int32 time (DATE); required int64 input_tokens;
        required int64 output_tokens;";
    let columns = [
        (0, Values::Int32(vec![Some(19_000)])),
        (0, ints(&[Some(1)])),
        (0, ints(&[Some(1)])),
    ];
    assert_eq!(
        error_of(schema, &columns),
        "a.parquet` has a column `time` of dates without a clock time"
    );
}

#[test]
fn another_column_may_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let schema = "required int64 begun; required int64 asked; required int64 said;";
    let columns = [
        (0, ints(&[Some(START)])),
        (0, ints(&[Some(3)])),
        (0, ints(&[Some(4)])),
    ];
    write(&path, schema, &columns, &Form::default());
    let options = Options {
        columns: Columns::parse("time=begun,input=asked,output=said").unwrap(),
        ..Options::default()
    };
    let (out, _) = read_file(&path, &options);
    assert_eq!((out.calls[0].1.input, out.calls[0].1.output), (3, 4));
}

#[test]
fn a_stream_and_a_file_that_is_compressed_as_a_whole_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let schema = "required int64 time; required int64 input_tokens; required int64 output_tokens;";
    let one = || (0, ints(&[Some(START)]));
    write(&path, schema, &[one(), one(), one()], &Form::default());
    let bytes = fs::read(&path).unwrap();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&bytes).unwrap();
    for stream in [bytes, gzip.finish().unwrap()] {
        let source = Source::stream("stdin", Box::new(std::io::Cursor::new(stream)));
        let options = Options::default();
        let result = read(vec![source], &options, &mut Out::default(), &mut |_| {});
        let error = result.unwrap_err();
        assert_eq!(
            error.to_string(),
            "`stdin` is Parquet, which cannot be read from a stream"
        );
        assert_eq!(
            error.hint(),
            "name the Parquet file itself, decompressed: its end is read first"
        );
    }
}

#[test]
fn cached_tokens_in_a_column_of_objects_as_text_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let schema = "required int64 time (TIMESTAMP(MILLIS,true)); required int64 input_tokens;
        required int64 output_tokens; optional binary usage (UTF8);";
    let usage = r#"{"prompt_tokens_details":{"cached_tokens":60}}"#;
    let columns = [
        (0, ints(&[Some(START), Some(START + 1)])),
        (0, ints(&[Some(100), Some(100)])),
        (0, ints(&[Some(5), Some(6)])),
        (1, Values::Text(vec![Some(usage.to_owned()), None])),
    ];
    write(&path, schema, &columns, &Form::default());
    let (_, result) = read_file(&path, &Options::default());
    let summary = result.unwrap();
    assert_eq!(summary.marks.cached.calls.calls, 1, "{summary:?}");
}
