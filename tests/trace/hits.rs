//! Cache hits that are derived from the hashes of blocks.

use std::collections::HashMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tollgate::billing::recorded::Derived;
use tollgate::billing::term::Span;
use tollgate::trace::{Call, Options, Place, Reason, TimeUnit, TraceError};

use crate::stream::{read_all, wrong};

fn options(block: u32, ttl: Option<u64>) -> Options {
    Options {
        time_unit: Some(TimeUnit::Seconds),
        derived: Some(Derived {
            field: "hash_ids".to_owned(),
            block,
            ttl: ttl.map(Span::of_seconds),
        }),
        ..Options::default()
    }
}

/// A call of so many input tokens with these blocks.
fn line(at: u64, input: u32, hashes: &[u64]) -> String {
    let hashes = hashes.iter().map(u64::to_string).collect::<Vec<_>>();
    format!(
        "{{\"timestamp\": {at}, \"input_length\": {input}, \"output_length\": 1, \"hash_ids\": [{}]}}\n",
        hashes.join(", ")
    )
}

fn cached(text: &str, options: &Options) -> Vec<u32> {
    let (stream, result) = read_all(&[text], options);
    result.unwrap();
    stream.calls.iter().map(|(_, call)| call.cached).collect()
}

/// Six calls that were worked by hand, with blocks of 10 tokens.
#[test]
fn a_use_renews_a_block_and_a_miss_ends_the_prefix() {
    let text = [
        // Nothing is cached yet.
        line(0, 25, &[1, 2, 3]),
        // All of it, the last block as far as it is filled: 20 + 5.
        line(0, 25, &[1, 2, 3]),
        // Block 9 was never used, so that 3 does not count though it is there: 10.
        line(60, 30, &[1, 9, 3]),
        // 300 s after the last use of 1 and 3, 360 s after that of 2, whose miss ends the prefix: 10.
        line(360, 30, &[1, 2, 3]),
        // That call has used 2 again: 30, and the block that is not full is not hashed.
        line(660, 34, &[1, 2, 3]),
        // 301 s later all of it is gone.
        line(961, 25, &[1, 2, 3]),
    ]
    .concat();
    let five_minutes = options(10, Some(300));
    assert_eq!(cached(&text, &five_minutes), [0, 25, 10, 10, 30, 0]);
    assert_eq!(cached(&text, &options(10, None)), [0, 25, 10, 30, 30, 25]);
    let summary = read_all(&[&text], &five_minutes).1.unwrap();
    let found = summary.marks.cached;
    assert_eq!((found.calls.calls, found.tokens), (4, 75));
    assert_eq!(summary.marks.cached_by.derived, five_minutes.derived);
    // Without it no cache is known.
    let mut plain = five_minutes;
    plain.derived = None;
    assert_eq!(cached(&text, &plain), [0; 6]);
}

#[test]
fn calls_count_in_the_order_of_their_times_whatever_file_they_are_in() {
    let (early, late) = (line(5, 20, &[1, 2]), line(9, 20, &[1, 2]));
    let (stream, _) = read_all(&[&late, &early], &options(10, None));
    let found: Vec<u32> = stream.calls.iter().map(|(_, call)| call.cached).collect();
    assert_eq!(found, [0, 20]);
    assert_eq!(
        cached(&format!("{late}{early}"), &options(10, None)),
        [0, 20]
    );
    // At one instant, in the order of the file; files in one order, however they are given.
    let one = [line(5, 20, &[1, 2]), line(5, 20, &[3, 4])].concat();
    let other = [line(5, 20, &[3, 2]), line(5, 20, &[1, 4])].concat();
    let of = |files: &[&String]| read_all(files, &options(10, None)).0;
    assert_eq!(of(&[&one, &other]), of(&[&other, &one]));
}

#[test]
fn what_was_written_of_cached_tokens_is_not_read() {
    let text = line(0, 10, &[1]).replace("\"hash", "\"cached_tokens\": 10, \"hash");
    assert_eq!(cached(&text, &options(10, None)), [0]);
}

#[test]
fn hashes_that_cannot_be_are_bad_rows() {
    let good = line(0, 25, &[1, 2]);
    for (list, reason) in [
        ("null", Reason::NoHashes),
        ("7", Reason::NotHashes),
        ("[1, -2]", Reason::NotHashes),
        ("[1, 2.5]", Reason::NotHashes),
        ("[1, \"a\"]", Reason::NotHashes),
        ("[[1], 2]", Reason::NotHashes),
        ("[1, 18446744073709551616]", Reason::NotHashes),
        (
            "[1]",
            Reason::OtherHashes {
                found: 1,
                input: 25,
                block: 10,
            },
        ),
    ] {
        for quick in [true, false] {
            let mut options = options(10, None);
            options.tuning.quick = quick;
            let bad = good.replace("[1, 2]", list);
            let error = wrong(format!("{good}{bad}{good}"), &options);
            let TraceError::BadRows(summary) = error else {
                panic!("{error}")
            };
            let first = &summary.bad.first[0];
            assert_eq!(first.reason, reason, "{list}");
            assert_eq!(
                (first.line, summary.bad.count),
                (Place::Line(2), 1),
                "{list}"
            );
        }
    }
    let error = wrong(line(0, 25, &[1]), &options(10, None));
    assert_eq!(
        error.to_string(),
        "1 row of 1 cannot be read\n  0:1: 1 hash of blocks, where 25 input tokens have 3 blocks of \
         10 tokens"
    );
    assert_eq!(
        error.hint(),
        "say with `--cache-block` how many tokens a block has"
    );
    let csv = "timestamp,input_tokens,output_tokens,hash_ids\n0,1,1,1\n";
    let error = wrong(csv, &options(10, None));
    assert_eq!(
        error.to_string(),
        "`--cache-from` reads hashes of blocks from lines of JSON, a call each, and `0` is a CSV file"
    );
    let sums =
        "{\"minute\":0,\"requests\":1,\"input_tokens\":1,\"output_tokens\":1,\"hash_ids\":[1]}\n";
    let error = wrong(sums, &options(10, None));
    assert!(
        error.to_string().ends_with("`0` is sums by the minute"),
        "{error}"
    );
}

/// The same as it is said: every block with the time of its last use.
fn as_it_is_said(calls: &[(u64, u32, Vec<u64>)], block: u32, ttl: Option<u64>) -> Vec<u32> {
    let mut used: HashMap<u64, u64> = HashMap::new();
    let of_call = |(at, input, hashes): &(u64, u32, Vec<u64>)| {
        let mut hits = 0;
        for hash in hashes {
            match used.get(hash) {
                Some(last) if ttl.is_none_or(|ttl| at - last <= ttl) => hits += block,
                _ => break,
            }
        }
        for hash in hashes {
            used.insert(*hash, *at);
        }
        hits.min(*input)
    };
    calls.iter().map(of_call).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn hits_are_those_of_the_rule_however_a_file_is_cut(
        rows in vec((0..40_u64, 0..60_u32, vec(0..12_u64, 6), any::<bool>()), 1..40),
        ttl in select(vec![None, Some(0), Some(5), Some(20)]),
        (size, workers, quick) in (1..400_usize, 0..4_usize, any::<bool>()),
    ) {
        let block = 10;
        let mut calls: Vec<(u64, u32, Vec<u64>)> = rows.into_iter().map(|(at, input, hashes, whole)| {
            let blocks = if whole { input.div_ceil(block) } else { input / block };
            (at, input, hashes[..blocks as usize].to_vec())
        }).collect();
        let text: String = calls.iter().map(|(at, input, hashes)| line(*at, *input, hashes)).collect();
        calls.sort_by_key(|call| call.0);
        let mut options = options(block, ttl);
        options.tuning.block = size;
        options.tuning.workers = workers;
        options.tuning.quick = quick;
        let (stream, result) = read_all(&[&text], &options);
        result.unwrap();
        let found: Vec<Call> = stream.calls.iter().map(|(_, call)| *call).collect();
        let said = as_it_is_said(&calls, block, ttl);
        let expected: Vec<Call> = calls.iter().zip(said).map(|((_, input, _), cached)| Call {
            cached,
            ..Call::plain(*input, 1)
        }).collect();
        prop_assert_eq!(found, expected);
    }
}

/// Many more blocks than are kept at first, of which old ones are dropped and recent ones are not.
#[test]
fn old_blocks_are_dropped_and_no_other() {
    let calls = 3_000_u64;
    let hashes = |call: u64| (call * 100..call * 100 + 100).collect::<Vec<_>>();
    let text: String = (0..calls)
        .flat_map(|call| [call, call].map(|call| line(call, 1_000, &hashes(call))))
        .collect();
    let found = cached(&text, &options(10, Some(60)));
    let pairs: Vec<&[u32]> = found.chunks(2).collect();
    assert!(pairs.iter().all(|pair| *pair == [0, 1_000]));
    assert_eq!(cached(&text, &options(10, None)), found);
}
