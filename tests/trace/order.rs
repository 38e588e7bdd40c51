//! One stream in order of time, from rows and files in any order.

use proptest::collection::vec;
use proptest::prelude::*;
use tollgate::trace::{Options, TraceError};

use crate::stream::{read_all, wrong};

/// A file of calls at these seconds; the input is the time and the output the place in the file.
fn file(seconds: &[i64]) -> String {
    let rows = seconds.iter().enumerate();
    let rows = rows.map(|(place, at)| format!("{},{at},{place}\n", 1_700_000_000 + at));
    format!(
        "ts,input_tokens,output_tokens\n{}",
        rows.collect::<String>()
    )
}

fn small(block: usize, reorder: usize) -> Options {
    let mut options = Options::default();
    options.tuning.block = block;
    options.tuning.reorder = reorder;
    options.tuning.reorder_floor = 0;
    options.tuning.group = 2;
    options
}

#[test]
fn calls_of_a_second_keep_the_order_of_their_file() {
    let (stream, _) = read_all(&[file(&[5, 3, 5, 3, 4])], &Options::default());
    assert_eq!(stream.tokens(), [(3, 1), (3, 3), (4, 4), (5, 0), (5, 2)]);
}

#[test]
fn a_call_that_is_too_late_is_refused_with_its_line() {
    let text = format!(
        "{}\nx,1,1\n1700000001,1,4\n1700000000,0,5\n",
        file(&[5, 6, 7, 2])
    );
    let (stream, result) = read_all(
        &[&text],
        &Options {
            skip_bad_rows: true,
            ..small(16, 4)
        },
    );
    assert_eq!(
        result.unwrap_err().to_string(),
        "0:9: more than 4 rows before this one are later than it"
    );
    assert!(stream.calls.len() < 2);
    let error = wrong(&text, &small(1_000, 3));
    assert!(
        matches!(error, TraceError::OutOfOrder { line: 8, .. }),
        "{error:?}"
    );
    assert!(error.hint().contains("sort"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn rows_come_in_order_of_time_or_the_first_that_is_too_late_is_named(
        seconds in prop_oneof![vec(0..400_i64, 1..80), nearly_sorted()],
        block in 1..300_usize,
        reorder in 0..40_usize,
    ) {
        let (stream, result) = read_all(&[file(&seconds)], &small(block, reorder));
        let too_late = (0..seconds.len()).find(|row| {
            let earlier = seconds[..*row].iter();
            earlier.filter(|at| **at > seconds[*row]).count() > reorder
        });
        match too_late {
            Some(row) => {
                let line = u64::try_from(row).unwrap() + 2;
                let expected = TraceError::OutOfOrder { file: "0".to_owned(), line, held: reorder, numbered: Default::default() };
                prop_assert_eq!(result.unwrap_err(), expected);
            }
            None => {
                let mut sorted: Vec<(i64, usize)> = seconds.iter().copied().zip(0..).collect();
                sorted.sort();
                let found = stream.tokens().into_iter();
                let found: Vec<(i64, usize)> = found.map(|(at, row)| (at.into(), row as usize)).collect();
                prop_assert_eq!(found, sorted);
                prop_assert_eq!(result.unwrap().rows, seconds.len() as u64);
            }
        }
    }

    #[test]
    fn the_order_of_the_files_does_not_matter(
        (files, shuffled) in vec(vec((0..20_i64, 0..3_u8), 1..30), 1..5)
            .prop_flat_map(|files| (Just(files.clone()), Just(files).prop_shuffle())),
        block in 1..200_usize,
    ) {
        let texts = |files: &[Vec<(i64, u8)>]| -> Vec<String> {
            let text = |calls: &Vec<(i64, u8)>| {
                let rows = calls.iter().map(|(at, n)| format!("{},{n},0\n", 1_700_000_000 + at));
                format!("ts,input_tokens,output_tokens\n{}", rows.collect::<String>())
            };
            files.iter().map(text).collect()
        };
        let (stream, result) = read_all(&texts(&files), &small(block, 1_000));
        let (other, shuffled) = read_all(&texts(&shuffled), &small(1_000, 1_000));
        prop_assert_eq!(&stream, &other);
        let summaries = [result.unwrap(), shuffled.unwrap()].map(|s| (s.calls, s.first, s.last));
        prop_assert_eq!(summaries[0], summaries[1]);
    }

    #[test]
    fn a_file_in_parts_is_as_the_whole(
        mut seconds in vec(0..500_i64, 2..60),
        cut in any::<prop::sample::Index>(),
    ) {
        seconds.sort();
        let cut = seconds[cut.index(seconds.len())];
        let whole = file(&seconds);
        let (start, end): (Vec<_>, Vec<_>) = whole.lines().skip(1).partition(|row| {
            row[..10].parse::<i64>().unwrap() < 1_700_000_000 + cut
        });
        let part = |rows: Vec<&str>| format!("ts,input_tokens,output_tokens\n{}\n", rows.join("\n"));
        let parts = [part(end), part(start)];
        let (stream, _) = read_all(&[&whole], &Options::default());
        let (together, result) = read_all(&parts, &Options::default());
        prop_assert!(result.is_ok());
        prop_assert_eq!(stream, together);
    }
}

/// Times that are a little out of order, as logs are that are written when a call ends.
fn nearly_sorted() -> impl Strategy<Value = Vec<i64>> {
    vec((0..9_i64, 0..60_i64), 1..120).prop_map(|steps| {
        let mut now = 0;
        let mut at = |(step, late): (i64, i64)| {
            now += step;
            (now - late).max(0)
        };
        steps.into_iter().map(&mut at).collect()
    })
}
