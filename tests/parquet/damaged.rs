//! Files that are cut off, or of which bytes are others: an error or calls, no panic, and no memory without end.

use std::fs;
use std::path::Path;

use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use tollgate::trace::Options;

use crate::written::{Form, Values, read_file, write};

fn files() -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let rows = 40_i64;
    let numbers = |scale: i64| {
        let values = (0..rows).map(|at| (at % 9 != 8).then_some(at % 7 * scale));
        Values::Int64(values.collect())
    };
    let times = (0..rows).map(|at| Some(1_700_129_823_000 + at * 1_000));
    let models = (0..rows).map(|at| Some(format!("model-{}", at % 3)));
    let columns = [
        (0, Values::Int64(times.collect())),
        (1, numbers(100)),
        (1, numbers(3)),
        (1, Values::Text(models.collect())),
    ];
    let schema = "required int64 time (TIMESTAMP(MILLIS,true)); optional int64 input_tokens;
        optional int64 output_tokens; optional binary model (STRING);";
    let mut files = Vec::new();
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY] {
        for (dictionary, version2) in [(true, false), (false, true)] {
            let form = Form {
                compression,
                dictionary,
                version2,
                group: 20,
                page: 10,
            };
            write(&path, schema, &columns, &form);
            files.push(fs::read(&path).unwrap());
        }
    }
    files
}

fn is_read(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
    let options = Options {
        skip_bad_rows: true,
        ..Options::default()
    };
    let (_, result) = read_file(path, &options);
    if let Err(error) = result {
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn a_file_that_is_cut_off_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let whole = files().swap_remove(0);
    for length in (4..whole.len()).step_by(7) {
        fs::write(&path, &whole[..length]).unwrap();
        let (_, result) = read_file(&path, &Options::default());
        let error = result.unwrap_err();
        let words = "is not valid Parquet";
        assert!(error.to_string().contains(words), "{length}: {error}");
        assert_eq!(error.hint(), "copy the file again, or write it again");
    }
}

#[test]
fn any_byte_may_be_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let flips = [0x01, 0x80, 0xff, 0x10].into_iter().cycle();
    for (file, whole) in files().into_iter().enumerate() {
        for (at, flip) in (4..whole.len()).zip(flips.clone().skip(file)) {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            is_read(&path, &bytes);
        }
    }
}

/// Two columns of tokens with this one, in one page each.
fn one_page(model: &str, form: (Compression, bool), values: Values) -> Result<usize, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let rows = values.len();
    let numbers = || (0, Values::Int64(vec![Some(1_700_129_823); rows]));
    let form = Form {
        compression: form.0,
        dictionary: false,
        version2: form.1,
        group: rows,
        page: rows,
    };
    let schema = format!(
        "required int64 time; required int64 input_tokens; required int64 output_tokens; {model}"
    );
    let columns = [numbers(), numbers(), numbers(), (0, values)];
    write(&path, &schema, &columns, &form);
    let (out, result) = read_file(&path, &Options::default());
    match result {
        Ok(_) => Ok(out.calls.len()),
        Err(error) => Err(format!("{error}; {}", error.hint())),
    }
}

#[test]
fn pages_that_grow_too_large_are_refused() {
    let gzip = || Compression::GZIP(GzipLevel::default());
    let zstd = || Compression::ZSTD(ZstdLevel::default());
    let codecs = [gzip(), zstd(), Compression::SNAPPY, Compression::LZ4_RAW];
    for codec in codecs {
        let model = "required binary model (STRING);";
        let text = || Values::Text(vec![Some("m".repeat(200_000)); 80]);
        // The texts share what they begin with, so the page is small, and they are read one after the other.
        assert_eq!(one_page(model, (codec, true), text()), Ok(80), "{codec}");
        let error = one_page(model, (codec, false), text()).unwrap_err();
        let words =
            "has Parquet pages that take more than 12 MiB at a time; write it with smaller pages";
        assert!(error.contains(words), "{codec}: {error}");
    }
}
