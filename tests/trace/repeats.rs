//! Rows that repeat a call, of which the last counts.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tollgate::billing::recorded::Derived;
use tollgate::trace::{Marks, Options, Repeats, TraceError};

use crate::stream::{Stream, good, read_all};

/// A row of a log, and the second in which it stands.
#[derive(Debug, Clone)]
struct Row {
    second: usize,
    id: usize,
    tokens: [u32; 4],
    model: &'static str,
    thinks: bool,
}

impl Row {
    fn json(&self) -> String {
        let [input, output, cached, reasoning] = self.tokens;
        format!(
            "{{\"ts\":{},\"message\":{{\"id\":\"msg_{}\",\"model\":\"{}\"}},\"input_tokens\":{input},\"output_tokens\":{output},\"cached_tokens\":{cached},\"reasoning_tokens\":{reasoning},\"enable_thinking\":{}}}\n",
            1_780_279_200 + self.second,
            self.id,
            self.model,
            self.thinks
        )
    }

    fn csv(&self) -> String {
        let [input, output, cached, reasoning] = self.tokens;
        let at = 1_780_279_200 + self.second;
        let (id, model, thinks) = (self.id, self.model, self.thinks);
        format!("{at},r{id},{model},{input},{output},{cached},{reasoning},{thinks}\n")
    }
}

const HEADER: &str = "time,request_id,model,input_tokens,output_tokens,cached_tokens,reasoning_tokens,enable_thinking\n";

fn text(rows: &[Row], csv: bool) -> String {
    match csv {
        true => HEADER.to_owned() + &rows.iter().map(Row::csv).collect::<String>(),
        false => rows.iter().map(Row::json).collect(),
    }
}

/// What a quote is made of: the stream, the marks, and the first and the last instant.
type Quoted = (Stream, Marks, Option<i64>, Option<i64>);

fn quoted(texts: &[String], options: &Options) -> Result<(Quoted, u64, u64), TraceError> {
    let (stream, result) = read_all(texts, options);
    let summary = result?;
    let found = (stream, summary.marks, summary.first, summary.last);
    Ok((found, summary.odd.repeated, summary.odd.repeated_far))
}

fn row() -> impl Strategy<Value = ([u32; 3], &'static str, bool)> {
    let tokens = [0..5_000_u32, 0..900, 0..90];
    (tokens, select(vec!["a", "b", "qwen3-max"]), any::<bool>())
}

fn rows(found: Vec<([u32; 3], &'static str, bool)>) -> Vec<Row> {
    let found = found.into_iter().enumerate();
    let rows = found.map(|(place, ([input, output, reasoning], model, thinks))| Row {
        second: place * 7,
        id: place,
        tokens: [input, output, input / 3, reasoning],
        model,
        thinks,
    });
    rows.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Earlier copies with other tokens change nothing but their own count, in one file or in several in any order.
    #[test]
    fn earlier_copies_change_nothing(
        calls in vec(row(), 1..40),
        copies in vec((any::<Index>(), any::<Index>(), any::<[u8; 3]>()), 0..30),
        files in vec(0..3_usize, 80),
        csv in any::<bool>(),
        turned in any::<bool>(),
    ) {
        let calls = rows(calls);
        let (expected, none, _) = quoted(&[text(&calls, csv)], &Options::default()).unwrap();
        prop_assert_eq!(none, 0);
        let mut all = calls.clone();
        for (number, (of, at, tokens)) in copies.iter().enumerate() {
            let call = of.get(&calls);
            // In a second of its own, before the call.
            let second = at.index(call.second + 1) / 7 * 7;
            let tokens = tokens.map(u32::from);
            if second < call.second {
                all.push(Row { second: second + 1 + number % 6, tokens: [call.tokens[0], tokens[1], tokens[0].min(call.tokens[0]), tokens[2]], thinks: !call.thinks, ..call.clone() });
            }
        }
        let repeated = u64::try_from(all.len() - calls.len()).unwrap();
        all.sort_by_key(|row| row.second);
        let (found, counted, far) = quoted(&[text(&all, csv)], &Options::default()).unwrap();
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!((counted, far), (repeated, 0));
        let mut parts = vec![Vec::new(); 3];
        for (row, file) in all.iter().zip(files.iter().cycle()) {
            parts[*file].push(row.clone());
        }
        parts.retain(|part| !part.is_empty());
        if turned {
            parts.reverse();
        }
        let texts: Vec<String> = parts.iter().map(|part| text(part, csv)).collect();
        // Copies of one instant in several files stand in an order of their own, but none of them counts.
        let (found, counted, far) = quoted(&texts, &Options::default()).unwrap();
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!((counted, far), (repeated, 0));
        let billed = Options { repeats: Some(Repeats::Bill), ..Options::default() };
        let (found, counted, _) = quoted(&texts, &billed).unwrap();
        prop_assert_eq!((found.0.calls.len(), counted), (all.len(), 0));
    }

    /// However few calls are held, no known call is billed twice.
    #[test]
    fn no_known_call_is_billed_twice(
        ids in vec(0..12_usize, 1..60),
        window in 1..8_usize,
    ) {
        let rows: Vec<Row> = ids.iter().enumerate().map(|(second, id)| Row {
            second, id: *id, tokens: [1, 1, 0, 0], model: "a", thinks: false,
        }).collect();
        let mut options = Options::default();
        options.tuning.window = window;
        let (found, repeated, far) = quoted(&[text(&rows, false)], &options).unwrap();
        let mut distinct = ids.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(found.0.calls.len(), distinct.len());
        prop_assert_eq!(repeated + far, u64::try_from(ids.len() - distinct.len()).unwrap());
        prop_assert_eq!(found.1.models["a"].calls, u64::try_from(distinct.len()).unwrap());
    }
}

/// A call of 7 input tokens.
fn call(second: u32, more: &str, output: u32) -> String {
    format!(
        "{{\"ts\":{},\"input_tokens\":7,\"output_tokens\":{output}{more}}}\n",
        1_780_279_200 + second
    )
}

#[test]
fn of_rows_of_one_instant_the_last_of_the_file_counts() {
    let text = call(0, ",\"request_id\":\"x\"", 1) + &call(0, ",\"request_id\":\"x\"", 2);
    let (stream, summary) = good(text);
    assert_eq!(stream.tokens(), [(7, 2)]);
    assert_eq!(summary.odd.repeated, 1);
}

#[test]
fn ids_are_known_by_their_names_and_rows_without_one_all_count() {
    for name in [
        "request_id",
        "requestId",
        "message_id",
        "completion_id",
        "response_id",
        "gen_ai.response.id",
    ] {
        let id = |id: &str| format!(",\"{name}\":{id}");
        let text = call(0, "", 1)
            + &call(1, &id("\"x\""), 2)
            + &call(2, &id("null"), 3)
            + &call(3, &id("\"\""), 4)
            + &call(4, &id("\"\""), 5)
            + &call(5, &id("\"x\""), 6)
            + &call(6, "", 7);
        let (stream, summary) = good(text);
        let output: Vec<u32> = stream.tokens().iter().map(|tokens| tokens.1).collect();
        assert_eq!(output, [1, 3, 4, 5, 6, 7], "{name}");
        assert_eq!(summary.odd.repeated, 1, "{name}");
    }
}

#[test]
fn an_id_that_is_not_of_a_response_makes_no_call_disappear() {
    for id in ["1", "\"alice\"", "\"row-7\"", "true", "\"0000\""] {
        let id = format!(",\"id\":{id}");
        let (stream, summary) = good(call(0, &id, 1) + &call(1, &id, 2));
        assert_eq!(stream.tokens().len(), 2, "{id}");
        assert_eq!(summary.odd.repeated, 0, "{id}");
    }
    for id in ["chatcmpl-7", "cmpl-7", "msg_7", "resp_7"] {
        let id = format!(",\"id\":\"{id}\"");
        let (stream, _) = good(call(0, &id, 1) + &call(1, &id, 2));
        assert_eq!(stream.tokens(), [(7, 2)], "{id}");
    }
}

#[test]
fn the_calls_of_one_request_with_other_inputs_are_calls() {
    let of = |second, input: u32| {
        call(second, ",\"request_id\":\"7f3c\",\"model\":\"a\"", 1)
            .replace("\"input_tokens\":7", &format!("\"input_tokens\":{input}"))
    };
    let steps = of(0, 1_000) + &of(1, 2_000) + &of(2, 3_000) + &of(3, 3_000);
    let (stream, summary) = good(steps);
    assert_eq!(stream.tokens(), [(1_000, 1), (2_000, 1), (3_000, 1)]);
    assert_eq!(summary.odd.repeated, 1);
}

#[test]
fn a_call_without_an_id_keeps_what_it_says_beside_those_with_one() {
    let of = |second, id: &str| {
        let more = format!(",\"model\":\"a\",\"reasoning_tokens\":1{id}");
        call(second, &more, 5)
    };
    let id = ",\"request_id\":\"x\"";
    let text = of(0, "") + &of(1, id) + &of(2, "") + &of(3, id);
    let (_, summary) = good(&text);
    assert_eq!(summary.marks.models["a"].calls, 3);
    assert_eq!(summary.marks.reasoning.tokens, 3);
}

#[test]
fn a_request_to_two_models_is_two_calls() {
    let of = |model: &str| format!(",\"request_id\":\"x\",\"model\":\"{model}\"");
    let text = call(0, &of("embeds"), 1) + &call(1, &of("writes"), 2) + &call(2, &of("writes"), 3);
    let (stream, summary) = good(text);
    assert_eq!(stream.tokens(), [(7, 1), (7, 3)]);
    assert_eq!(summary.odd.repeated, 1);
    assert_eq!(summary.marks.models["writes"].calls, 1);
    assert_eq!(summary.marks.models["writes"].tokens.output, 3);
}

#[test]
fn short_numbers_begin_anew_in_each_file() {
    let rows = |id: &str| {
        let id = format!(",\"request_id\":{id}");
        call(0, &id, 1) + &call(1, &id, 2)
    };
    let (stream, _) = read_all(&[rows("7"), rows("7")], &Options::default());
    assert_eq!(stream.tokens(), [(7, 2); 2]);
    let long = "1780279200123456789";
    let (stream, _) = read_all(&[rows(long), rows(long)], &Options::default());
    assert_eq!(stream.tokens(), [(7, 2)]);
}

#[test]
fn sums_of_minutes_stay_in_order_with_calls_that_are_held() {
    let calls = call(0, ",\"request_id\":\"x\"", 1) + &call(300, ",\"request_id\":\"x\"", 2);
    let sums = "minute,requests,input_tokens,output_tokens\n1780279200,2,9,9\n1780279320,3,9,9\n1780279680,1,9,9\n";
    let (stream, result) = read_all(&[calls.as_str(), sums], &Options::default());
    let summary = result.unwrap();
    assert_eq!(stream.tokens(), [(7, 2)]);
    assert_eq!(stream.sums.len(), 3);
    assert_eq!((summary.calls, summary.odd.repeated), (7, 1));
}

#[test]
fn what_a_removed_row_says_is_taken_back() {
    let row = |second, output: &str| {
        call(
            second,
            &format!(",\"request_id\":\"x\",\"call_type\":\"embedding\"{output}"),
            5,
        )
        .replace("\"output_tokens\":5,", "")
    };
    let (stream, summary) = good(row(0, "") + &row(1, ""));
    assert_eq!(stream.tokens(), [(7, 0)]);
    assert_eq!((summary.odd.no_output, summary.odd.repeated), (1, 1));
}

#[test]
fn with_derived_hits_a_repeat_is_refused_until_it_is_said_what_counts() {
    let row = |second, id: &str| {
        call(
            second,
            &format!(",\"hash_ids\":[1],\"request_id\":\"{id}\""),
            5,
        )
    };
    let derived = Some(Derived {
        field: "hash_ids".to_owned(),
        block: 512,
        ttl: None,
    });
    let mut options = Options {
        derived,
        ..Options::default()
    };
    let (stream, result) = read_all(&[row(0, "x") + &row(1, "y")], &options);
    assert_eq!((stream.calls.len(), result.is_ok()), (2, true));
    let twice = row(0, "x") + &row(1, "x");
    let (_, result) = read_all(&[&twice], &options);
    assert_eq!(result.unwrap_err(), TraceError::RepeatsWithHits);
    options.repeats = Some(Repeats::Bill);
    let (stream, _) = read_all(&[&twice], &options);
    assert_eq!(stream.calls.len(), 2);
}

#[test]
fn rows_that_stand_too_late_are_counted() {
    let at = |second| call(second, "", 1);
    let (_, summary) = good(at(0) + &at(9) + &at(5) + &at(5) + &at(9) + &at(8));
    assert_eq!(summary.odd.out_of_order, 3);
    // However the file is cut.
    let text = at(0) + &at(9) + &at(5) + &at(5) + &at(9) + &at(8);
    for block in [1, 60, 200] {
        let mut options = Options::default();
        options.tuning.block = block;
        let (_, result) = read_all(&[&text], &options);
        assert_eq!(result.unwrap().odd.out_of_order, 3, "{block}");
    }
}
