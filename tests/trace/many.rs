//! Many files: which are meant, and that it does not matter how a log is cut into them.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;
use tempfile::TempDir;
use tollgate::trace::{MAX_FILES, Options, Source, Summary, TraceError, expand, read};

use crate::stream::{Stream, read_all};

const HEADER: &str = "ts,input_tokens,output_tokens\n";

/// A call at this second, with tokens of its own.
fn row(second: u32) -> String {
    format!("{},{second},1\n", 1_700_000_000 + second)
}

fn write(folder: &Path, files: &[String]) -> Vec<PathBuf> {
    let write = |(number, text): (usize, &String)| {
        let path = folder.join(format!("{number}.csv"));
        fs::write(&path, text).unwrap();
        path
    };
    files.iter().enumerate().map(write).collect()
}

fn read_paths(paths: &[PathBuf], options: &Options) -> (Stream, Result<Summary, TraceError>) {
    let sources = paths.iter().map(|path| Source::path(path));
    let mut stream = Stream::default();
    let result = read(sources.collect(), options, &mut stream, &mut |_| {});
    (stream, result)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn it_does_not_matter_how_a_log_is_cut_into_files_and_in_which_order_they_are_given(
        cuts in vec((1..60_u32, 0..3_usize), 1..12), open in 4..7_usize, block in 1..200_usize,
        workers in 0..3_usize, jumbled in any::<bool>(), turn in any::<prop::sample::Index>(),
    ) {
        // Each stretch of time is dealt out to up to three files, whose rows may be out of order.
        let (mut files, mut second) = (Vec::new(), 0);
        let mut whole = HEADER.to_owned();
        for (rows, more) in cuts {
            let mut parts = vec![Vec::new(); more + 1];
            for place in 0..rows {
                whole.push_str(&row(second));
                let part = place as usize % parts.len();
                parts[part].push(row(second));
                second += 1;
            }
            for mut part in parts {
                if jumbled {
                    part.reverse();
                }
                files.push(format!("{HEADER}{}", part.concat()));
            }
        }
        let turned = turn.index(files.len());
        files.rotate_left(turned);
        let folder = TempDir::new().unwrap();
        let paths = write(folder.path(), &files);
        let mut options = Options::default();
        let (expected, one) = read_all(&[&whole], &options);
        (options.tuning.block, options.tuning.workers) = (block, workers);
        for open in [open, MAX_FILES] {
            options.tuning.files = open;
            let (stream, result) = read_paths(&paths, &options);
            prop_assert!(result.is_ok(), "{:?}", result);
            let (summary, one) = (result.unwrap(), one.clone().unwrap());
            prop_assert_eq!(summary.files.len(), files.len());
            prop_assert_eq!((summary.rows, summary.calls), (one.rows, one.calls));
            prop_assert_eq!((summary.first, summary.last), (one.first, one.last));
            prop_assert_eq!(&stream.calls, &expected.calls);
        }
    }
}

#[test]
fn thousands_of_files_are_read_where_few_have_calls_at_one_time() {
    let folder = TempDir::new().unwrap();
    let files = (0..1_500_u32).rev();
    let files = files.map(|file| format!("{HEADER}{}{}", row(file * 2), row(file * 2 + 3)));
    let paths = write(folder.path(), &files.collect::<Vec<_>>());
    let (stream, result) = read_paths(&paths, &Options::default());
    assert_eq!(result.unwrap().calls, 3_000);
    let inputs: Vec<u32> = stream
        .tokens()
        .into_iter()
        .map(|(input, _)| input)
        .collect();
    assert!(inputs.is_sorted());
}

#[test]
fn more_files_than_may_be_open_with_calls_at_one_time_are_refused() {
    let folder = TempDir::new().unwrap();
    let file = |number: u32| format!("{HEADER}{}{}", row(number), row(10_000 - number));
    let files: Vec<String> = (0..5).map(file).collect();
    let paths = write(folder.path(), &files);
    let mut options = Options::default();
    options.tuning.files = 5;
    assert_eq!(read_paths(&paths, &options).1.unwrap().calls, 10);
    options.tuning.files = 4;
    options.tuning.block = 20;
    options.tuning.reorder = 2;
    options.tuning.reorder_floor = 0;
    let error = read_paths(&paths, &options).1.unwrap_err();
    assert_eq!(
        error.to_string(),
        "more than 256 files have calls at one time"
    );
    assert!(!error.hint().is_empty());
}

#[test]
fn what_is_wrong_with_one_of_many_files_is_said_once() {
    let folder = TempDir::new().unwrap();
    let mut files: Vec<String> = (0..6)
        .map(|second| format!("{HEADER}{}", row(second)))
        .collect();
    files[4].push_str("x,1,2\n");
    let mut options = Options::default();
    options.tuning.files = 2;
    let paths = write(folder.path(), &files);
    let error = read_paths(&paths, &options).1.unwrap_err();
    let path = paths[4].display();
    assert_eq!(
        error.to_string(),
        format!("1 row of 7 cannot be read\n  {path}:3: `x` is not a time")
    );
    fs::remove_file(&paths[2]).unwrap();
    let error = read_paths(&paths, &options).1.unwrap_err();
    assert!(matches!(error, TraceError::Unreadable { .. }), "{error:?}");
}

#[test]
fn folders_and_patterns_mean_their_logs_in_the_order_of_their_paths() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in [
        "b.csv",
        "a.JSONL.gz",
        "c/d.json",
        "c/e/f.ndjson.zst",
        "g.tsv",
        "h.txt",
        "i.log",
        "j.parquet",
        "README.md",
        "k.gz",
        "csv",
        ".hidden.csv",
        ".git/x.csv",
    ] {
        fs::create_dir_all(at(name).parent().unwrap()).unwrap();
        fs::write(at(name), "").unwrap();
    }
    fs::create_dir(at("empty")).unwrap();
    let all = [
        "a.JSONL.gz",
        "b.csv",
        "c/d.json",
        "c/e/f.ndjson.zst",
        "g.tsv",
        "h.txt",
        "i.log",
        "j.parquet",
    ]
    .map(at);
    let listed = expand(&[folder.path().to_owned()]).unwrap();
    assert_eq!((listed.files.as_slice(), listed.left_out), (&all[..], 3));
    for (given, files) in [
        (vec!["*.csv"], vec!["b.csv"]),
        (
            vec!["c/*/*", "c/d.json"],
            vec!["c/e/f.ndjson.zst", "c/d.json"],
        ),
        (
            vec!["c/**/*.json", "c"],
            vec!["c/d.json", "c/e/f.ndjson.zst"],
        ),
        (vec!["[bg].?sv", "b.csv", "*.csv"], vec!["b.csv", "g.tsv"]),
        (vec!["c*"], vec!["c/d.json", "c/e/f.ndjson.zst", "csv"]),
        (vec!["missing.csv"], vec!["missing.csv"]),
    ] {
        let given: Vec<PathBuf> = given.into_iter().map(at).collect();
        let files: Vec<PathBuf> = files.into_iter().map(at).collect();
        assert_eq!(expand(&given).unwrap().files, files, "{given:?}");
    }
    // A file may have such a name.
    fs::write(at("[x].csv"), "").unwrap();
    assert_eq!(expand(&[at("[x].csv")]).unwrap().files, [at("[x].csv")]);
    let standard = PathBuf::from("-");
    assert_eq!(
        expand(std::slice::from_ref(&standard)).unwrap().files,
        [standard]
    );
    for (name, what) in [
        ("empty", "no file of `"),
        ("*.xml", "no file matches `"),
        ("[", "` is not a pattern of names of files"),
    ] {
        let error = expand(&[at(name)]).unwrap_err();
        assert!(error.to_string().contains(what), "{error}");
        assert!(!error.hint().is_empty());
    }
}
