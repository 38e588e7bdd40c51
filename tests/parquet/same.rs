//! The same rows as in CSV.

use std::fs;

use chrono::DateTime;
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use proptest::prelude::*;
use tollgate::trace::{Filter, Options, Summary, TimeUnit, TraceError};

use crate::written::{Form, Out, Values, read_file, write};

/// A row: milliseconds, input, output, cached and the model.
type Row = (i64, Option<u32>, Option<u32>, Option<u32>, Option<u8>);

const START: i64 = 1_700_129_823_000;
/// The Julian day of 1970-01-01.
const EPOCH_DAY: i64 = 2_440_588;
const DAY: i64 = 86_400_000;
const CHINA: i64 = 8 * 3_600_000;

/// Each way to write a time: its line of the schema, its values, and its texts in CSV.
fn time(way: usize, rows: &[Row]) -> (&'static str, i16, Values, Vec<String>) {
    let at = || rows.iter().map(|row| row.0);
    let date = |at: i64| DateTime::from_timestamp_millis(at).unwrap().naive_utc();
    let zoned: Vec<String> = at().map(|at| format!("{}Z", date(at))).collect();
    let bare: Vec<String> = at().map(|at| date(at + CHINA).to_string()).collect();
    let int64 =
        |scale: i64, shift: i64| Values::Int64(at().map(|at| Some((at + shift) * scale)).collect());
    match way {
        0 => (
            "required int64 time (TIMESTAMP(MILLIS,true));",
            0,
            int64(1, 0),
            zoned,
        ),
        1 => (
            "optional int64 time (TIMESTAMP(MICROS,true));",
            1,
            int64(1_000, 0),
            zoned,
        ),
        2 => (
            "optional int64 time (TIMESTAMP(NANOS,true));",
            1,
            int64(1_000_000, 0),
            zoned,
        ),
        3 => (
            "required int64 time (TIMESTAMP(MICROS,false));",
            0,
            int64(1_000, CHINA),
            bare,
        ),
        4 => (
            "required int64 time (TIMESTAMP_MILLIS);",
            0,
            int64(1, 0),
            zoned,
        ),
        5 => {
            let texts = at().map(|at| at.to_string()).collect();
            ("required int64 time;", 0, int64(1, 0), texts)
        }
        6 => {
            let values = at()
                .map(|at| Some(i32::try_from(at / 1_000).unwrap()))
                .collect();
            let texts = at().map(|at| (at / 1_000).to_string()).collect();
            ("required int32 time;", 0, Values::Int32(values), texts)
        }
        7 => {
            let values = at().map(|at| Some(at as f64 / 1_000.0)).collect();
            let texts = at().map(|at| format!("{}", at as f64 / 1_000.0)).collect();
            ("required double time;", 0, Values::Double(values), texts)
        }
        8 => {
            let values = zoned.iter().cloned().map(Some).collect();
            (
                "required binary time (STRING);",
                0,
                Values::Text(values),
                zoned,
            )
        }
        _ => {
            let of_day = |at: i64| (at.rem_euclid(DAY) * 1_000_000) as u64;
            let day = |at: i64| (at.div_euclid(DAY) + EPOCH_DAY) as u32;
            let values = at().map(|at| Some((day(at), of_day(at)))).collect();
            ("required int96 time;", 0, Values::Int96(values), zoned)
        }
    }
}

/// Each way to write a number of tokens: its type and its values.
fn counts(way: usize, all: &[Option<u32>]) -> (&'static str, &'static str, Values) {
    let all = || all.iter().copied();
    let bytes = |value: u32| i64::from(value).to_be_bytes().to_vec();
    match way {
        0 => (
            "int32",
            "",
            Values::Int32(all().map(|value| value.map(|value| value as i32)).collect()),
        ),
        1 => (
            "int64",
            "",
            Values::Int64(all().map(|value| value.map(i64::from)).collect()),
        ),
        2 => {
            let values = all().map(|value| value.map(|value| value as i32));
            (
                "int32",
                " (INTEGER(32,false))",
                Values::Int32(values.collect()),
            )
        }
        3 => {
            let values = all().map(|value| value.map(i64::from));
            (
                "int64",
                " (INTEGER(64,false))",
                Values::Int64(values.collect()),
            )
        }
        4 => (
            "double",
            "",
            Values::Double(all().map(|value| value.map(f64::from)).collect()),
        ),
        5 => {
            let values = all().map(|value| value.map(i64::from));
            ("int64", " (DECIMAL(18,0))", Values::Int64(values.collect()))
        }
        6 => {
            let values = all().map(|value| value.map(bytes));
            (
                "fixed_len_byte_array(8)",
                " (DECIMAL(18,0))",
                Values::Fixed(values.collect()),
            )
        }
        7 => {
            let values = all().map(|value| value.map(|value| i64::from(value) * 100));
            ("int64", " (DECIMAL(18,2))", Values::Int64(values.collect()))
        }
        8 => (
            "float",
            "",
            Values::Float(all().map(|value| value.map(|value| value as f32)).collect()),
        ),
        _ => {
            let values = all().map(|value| value.map(|value| value.to_string()));
            ("binary", " (STRING)", Values::Text(values.collect()))
        }
    }
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// What the two files say of each other: what is read, without the names of the files and what is theirs alone.
fn read_as(out: Out, result: Result<Summary, TraceError>, name: &str) -> (Out, String) {
    let shown = match result {
        Ok(summary) => format!(
            "{:?}",
            (
                summary.rows,
                summary.calls,
                summary.filtered,
                summary.filtered_at,
                &summary.marks,
                summary.bad.count,
                summary.first,
                summary.last,
                summary.time(),
            )
        ),
        Err(error) => error.to_string(),
    };
    (out, shown.replace(name, "FILE"))
}

fn check(rows: &[Row], ways: (usize, usize, usize), form: &Form, options: &Options) {
    let folder = tempfile::tempdir().unwrap();
    let (parquet, csv) = (folder.path().join("a.parquet"), folder.path().join("a.csv"));
    let (time_schema, time_levels, times, time_texts) = time(ways.0, rows);
    let column = |pick: fn(&Row) -> Option<u32>| rows.iter().map(pick).collect::<Vec<_>>();
    let (inputs, outputs, cached) = (
        column(|row| row.1),
        column(|row| row.2),
        column(|row| row.3),
    );
    let models: Vec<Option<String>> = rows
        .iter()
        .map(|row| row.4.map(|model| format!("qwen-{model}")))
        .collect();
    let input = counts(ways.1, &inputs);
    let output = counts(ways.2, &outputs);
    let hits = counts(1, &cached);
    let schema = format!(
        "{time_schema} optional {} input_tokens{}; optional {} output_tokens{};
         optional {} cached_tokens; optional binary model (STRING);",
        input.0, input.1, output.0, output.1, hits.0
    );
    let columns = [
        (time_levels, times),
        (1, input.2),
        (1, output.2),
        (1, hits.2),
        (1, Values::Text(models.clone())),
    ];
    write(&parquet, &schema, &columns, form);
    let mut lines = "time,input_tokens,output_tokens,cached_tokens,model\n".to_owned();
    for (at, time) in time_texts.iter().enumerate() {
        lines += &format!(
            "{time},{},{},{},{}\n",
            text(inputs[at]),
            text(outputs[at]),
            text(cached[at]),
            text(models[at].as_ref())
        );
    }
    fs::write(&csv, lines).unwrap();
    let (out, result) = read_file(&csv, options);
    let expected = read_as(out, result, &csv.to_string_lossy());
    let (out, result) = read_file(&parquet, options);
    let found = read_as(out, result, &parquet.to_string_lossy());
    assert_eq!(found.0, expected.0);
    // Rows of CSV begin on line 2.
    let is_error = expected.1.contains("FILE:");
    match is_error {
        true => assert_eq!(found.1.lines().next(), expected.1.lines().next()),
        false => assert_eq!(found.1, expected.1),
    }
}

fn compressions() -> [Compression; 5] {
    [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::LZ4_RAW,
        Compression::ZSTD(ZstdLevel::default()),
    ]
}

fn sample(rows: i64) -> Vec<Row> {
    let row = |at: i64| {
        let tokens = |most: i64| Some(u32::try_from(at * 7_919 % most).unwrap());
        let cached = (at % 3 == 0).then_some(0);
        (
            START + at * 2_000,
            tokens(9_000),
            tokens(700),
            cached,
            Some((at / 5 % 4) as u8),
        )
    };
    (0..rows).map(row).collect()
}

#[test]
fn every_type_codec_and_kind_of_page_is_read_as_csv_is() {
    let rows = sample(250);
    for way in 0..10 {
        for compression in compressions() {
            for (dictionary, version2) in
                [(true, false), (false, false), (true, true), (false, true)]
            {
                let form = Form {
                    compression,
                    dictionary,
                    version2,
                    ..Form::default()
                };
                check(
                    &rows,
                    (way, way, (way + 1) % 10),
                    &form,
                    &Options::default(),
                );
            }
        }
    }
}

#[test]
fn a_large_group_of_rows_is_read_in_parts_whose_pages_overlap() {
    let rows = sample(300_000);
    for page in [70_000, 20_001] {
        let form = Form {
            group: 1_000_000,
            page,
            compression: Compression::SNAPPY,
            ..Form::default()
        };
        check(&rows, (0, 0, 1), &form, &Options::default());
    }
}

#[test]
fn a_filter_passes_the_same_rows() {
    let rows = sample(500);
    for value in ["qwen-1", "qwen-9"] {
        let options = Options {
            filters: vec![Filter::parse(&format!("model={value}")).unwrap()],
            ..Options::default()
        };
        check(&rows, (1, 1, 1), &Form::default(), &options);
    }
}

fn row() -> impl Strategy<Value = Row> {
    let tokens = || prop_oneof![9 => (0_u32..20_000).prop_map(Some), 1 => Just(None)];
    let cached = prop_oneof![(0_u32..2_000).prop_map(Some), Just(None)];
    let model = prop_oneof![(0_u8..9).prop_map(Some), Just(None)];
    (0_i64..9_000_000, tokens(), tokens(), cached, model)
        .prop_map(|(at, input, output, cached, model)| (START + at, input, output, cached, model))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Nulls, rows that cannot be read, rows out of order, any type beside any other, pages and groups of any size.
    #[test]
    fn any_rows_are_read_as_csv_is(
        rows in proptest::collection::vec(row(), 1..200),
        ways in (0_usize..10, 0_usize..10, 0_usize..10),
        compression in 0_usize..5,
        (dictionary, version2) in any::<(bool, bool)>(),
        group in 1_usize..100,
        page in 1_usize..40,
        (skip_bad_rows, quick, given) in any::<(bool, bool, bool)>(),
    ) {
        let form = Form { compression: compressions()[compression], dictionary, version2, group, page };
        let mut options = Options { skip_bad_rows, ..Options::default() };
        options.tuning.quick = quick;
        if given && ways.0 == 5 {
            options.time_unit = Some(TimeUnit::Milliseconds);
        }
        check(&rows, ways, &form, &options);
    }
}
