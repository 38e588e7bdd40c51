//! Contributions of whole minutes add up to one replay of all, to the last digit.

use proptest::prelude::*;
use tollgate::billing::recorded::Odd;
use tollgate::billing::recorded::ReadAs;
use tollgate::replay::partial::{MergeError, Parameters, Partial, ReadError, Recorder};
use tollgate::replay::{Profile, Reading, Sink, TooLarge};
use tollgate::trace::{Calls, Marks, Spans, TimeFormat, TimeUnit};

use super::traces::{Trace, Traffic, any_trace, call, config, feed, replay, reservation, sums};

const BEDROCK: ReadAs = ReadAs {
    name: Some("bedrock"),
    title: "Amazon Bedrock invocation logs",
};

fn parameters(quota: (u64, u64)) -> Parameters {
    Parameters {
        reservation: reservation(quota, Some(300), &[Some(100), None]).into(),
        labels: [("model".to_owned(), "small-1".to_owned())].into(),
    }
}

fn partial(quota: (u64, u64), trace: &Trace) -> Partial {
    let mut recorder = Recorder::new(parameters(quota));
    feed(&mut recorder, trace);
    recorder.finish().unwrap()
}

fn through_json(partial: &Partial) -> Partial {
    Partial::from_json(&partial.to_json().unwrap()).unwrap()
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn splitting_at_minutes_and_merging_in_any_order_changes_nothing(
        trace in any_trace(12, 12, 400),
        quota in (0_u64..3_000, 0_u64..900),
        owners in prop::collection::vec(0_usize..4, 12),
        turn in 0_usize..4,
    ) {
        let whole = partial(quota, &trace);
        let mut parts = vec![Trace::new(); 4];
        for (minute, owner) in trace.iter().zip(&owners) {
            parts[*owner].push(minute.clone());
        }
        let mut parts: Vec<Partial> = parts
            .iter()
            .map(|part| through_json(&partial(quota, part)))
            .collect();
        prop_assert_eq!(&Partial::merge(parts.clone()).unwrap(), &whole);
        parts.rotate_left(turn);
        prop_assert_eq!(&Partial::merge(parts.clone()).unwrap(), &whole);
        parts.reverse();
        // In groups, too.
        let rest = parts.split_off(2);
        let groups = [parts, rest].map(|group| through_json(&Partial::merge(group).unwrap()));
        let merged = Partial::merge(groups).unwrap();
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(merged.to_json().unwrap(), whole.to_json().unwrap());
        // And it is what the sinks find on their own.
        let mut profile = Profile::new(Some(300));
        feed(&mut profile, &trace);
        prop_assert_eq!(merged.profile().minutes(), profile.minutes());
        prop_assert_eq!(merged.profile().span(), profile.span());
        prop_assert_eq!(merged.profile().total(), profile.total());
        prop_assert_eq!(merged.profile().above_max(), profile.above_max());
        prop_assert_eq!(merged.profile().largest(), profile.largest());
        let replayed = replay(parameters(quota).reservation.first().clone(), &trace);
        prop_assert_eq!(merged.replayed(), &replayed.into());
    }

    #[test]
    fn no_digit_can_be_changed_unseen_or_make_it_panic(
        trace in any_trace(4, 4, 400),
        at in 0_usize..2_000,
        byte in 0_u8..128,
    ) {
        let text = partial((500, 100), &trace).to_json().unwrap();
        let mut bytes = text.into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(changed) = Partial::from_json(&String::from_utf8(bytes).unwrap()) {
            prop_assert_eq!(&through_json(&changed), &changed);
            prop_assert_eq!(changed.replayed().first().total(), Ok(changed.profile().total()));
        }
    }
}

fn minute(at: i64) -> Trace {
    vec![(at, Traffic::Calls(vec![call(40, 4), call(350, 7)]))]
}

#[test]
fn the_format_is_one_line_of_decimal_strings() {
    let text = partial((50, 10), &minute(28_000_000)).to_json().unwrap();
    let expected = concat!(
        r#"{"schema":"tollgate/partial/1","#,
        r#""parameters":{"input_tpm":"50","output_tpm":"10","max_input":"300","#,
        r#""tiers":["100",null],"labels":{"model":"small-1"}},"#,
        r#""reading":{"files":[],"times":[],"relative":false,"doubtful_unit":null,"rows":null,"#,
        r#""skipped_rows":"0","filtered_rows":"0","#,
        r#""filtered_dates":null,"filtered_counted":null,"filters":[],"#,
        r#""told":{"models":[],"more_models":{"calls":"0","input":"0","output":"0"},"#,
        r#""model_fields":[],"cached":{"calls":{"calls":"0","input":"0","output":"0"},"tokens":"0"},"#,
        r#""reasoning":{"calls":{"calls":"0","input":"0","output":"0"},"tokens":"0"},"#,
        r#""thinking":{"calls":"0","input":"0","output":"0"},"#,
        r#""non_thinking":{"calls":"0","input":"0","output":"0"}}},"#,
        r#""replay":{"in_quota":{"calls":"1","input":"40","output":"4"},"#,
        r#""overflow":[{"calls":"0","input":"0","output":"0"},{"calls":"1","input":"350","output":"7"}],"#,
        r#""unpriced":{"calls":"0","input":"0","output":"0"},"#,
        r#""above_max_input":"1","overflow_minutes":"1","less_exact_minutes":"0"},"#,
        r#""profile":{"largest_input":"350","largest_output":"7","#,
        r#""minutes":[["28000000","390","11"]],"above_max_input":[["28000000","350","7"]]}}"#,
    );
    assert_eq!(text, expected);
}

#[test]
fn a_span_is_written_where_it_is_wider_than_the_minutes_with_calls() {
    let mut trace = minute(28_000_000);
    trace.push((28_000_009, Traffic::Sums(sums(0, 0, 0))));
    let whole = partial((50, 10), &trace);
    let text = whole.to_json().unwrap();
    let span = r#""span":["28000000","28000009"],"#;
    assert!(text.contains(span), "{text}");
    assert_eq!(through_json(&whole), whole);
    assert_eq!(whole.profile().span_minutes(), 10);
    let narrow = text.replacen("28000009", "27999999", 1);
    let refused = Partial::from_json(&narrow).unwrap_err();
    assert!(matches!(refused, ReadError::Inconsistent(_)));
    // A part in which nothing happened carries its minutes into the whole.
    let parts = [minute(28_000_000), trace.split_off(1)];
    let parts = parts.map(|part| through_json(&partial((50, 10), &part)));
    assert_eq!(Partial::merge(parts).unwrap(), whole);
}

#[test]
fn each_way_of_writing_times_is_named_once() {
    let zoned = TimeFormat::DateTime { zone: true };
    let [seconds, thousandths] = [TimeUnit::Seconds, TimeUnit::Milliseconds].map(TimeFormat::Unix);
    let reading = |times: &[(TimeFormat, bool)]| Reading {
        times: times.iter().map(|(time, own)| time.words(*own)).collect(),
        ..Reading::default()
    };
    for (times, said) in [
        (&[][..], "a format that is not said"),
        (
            &[(zoned, false), (zoned, false)],
            "dates and times with a zone",
        ),
        (
            &[(zoned, false), (seconds, false)],
            "Unix seconds, and dates and times with a zone",
        ),
        (
            &[(thousandths, true), (zoned, false), (seconds, false)],
            "Unix seconds, dates and times with a zone, and milliseconds from a start of its own",
        ),
    ] {
        assert_eq!(reading(times).time(), said);
    }
}

/// Models that are named, in no call.
fn named(models: &[&str]) -> Marks {
    let named = models
        .iter()
        .map(|name| ((*name).to_owned(), Calls::default()));
    Marks {
        models: named.collect(),
        model_fields: ["model".to_owned()].into(),
        ..Marks::default()
    }
}

/// Some rows of each odd kind.
fn odd() -> Odd {
    Odd {
        failed: 1,
        repeated: 2,
        repeated_far: 3,
        no_output: 4,
        out_of_order: 5,
    }
}

#[test]
fn what_is_told_of_the_files_is_written_and_added_up() {
    let told = |reading| partial((50, 10), &Trace::new()).read_from(reading);
    let one = told(Reading {
        files_left_out: 0,
        load: None,
        files: vec!["a.csv".to_owned()],
        times: ["milliseconds from a start of its own"].into(),
        relative: true,
        doubtful_unit: Some(TimeUnit::Seconds),
        rows: Some(9),
        skipped: 1,
        filtered: 2,
        other_rows: 4,
        logs: [BEDROCK].into(),
        filtered_at: Spans {
            dates: None,
            counted: Some((3, 8)),
        },
        marks: named(&["b", "c"]),
        filters: vec!["model=a".to_owned()],
        odd: odd(),
    });
    assert_eq!(through_json(&one), one);
    let other = told(Reading {
        rows: Some(5),
        filtered: 3,
        filtered_at: Spans {
            dates: Some((7, 7)),
            counted: Some((5, 12)),
        },
        marks: named(&["a", "b"]),
        odd: odd(),
        filters: vec!["model=a".to_owned(), "kind=b".to_owned()],
        ..Reading::default()
    });
    let both = Partial::merge([other, one.clone()]).unwrap();
    let expected = Reading {
        rows: Some(14),
        filtered: 5,
        other_rows: 4,
        filtered_at: Spans {
            dates: Some((7, 7)),
            counted: Some((3, 12)),
        },
        marks: named(&["a", "b", "c"]),
        odd: odd().plus(odd()).unwrap(),
        filters: vec!["kind=b".to_owned(), "model=a".to_owned()],
        ..one.reading().clone()
    };
    assert_eq!(both.reading(), &expected);
    // How many rows there are is known where all parts say it.
    let both = Partial::merge([told(Reading::default()), one.clone()]).unwrap();
    let rows = None;
    let expected = Reading {
        rows,
        ..one.reading().clone()
    };
    assert_eq!(both.reading(), &expected);
    let text = one.to_json().unwrap();
    for (from, to) in [
        ("own", "old"),
        (r#"":"seconds""#, r#"":"days""#),
        ("model=a", r"model=\u001b"),
        ("bedrock", "bedrocks"),
        (r#""filtered_counted":["3""#, r#""filtered_counted":["9""#),
        (r#""model":"b""#, r#""model":"\u001b""#),
        (r#""model":"b""#, r#""model":"c""#),
        (
            r#""model":"b","calls":{"calls":"0""#,
            r#""model":"b","calls":{"calls":"1""#,
        ),
        (r#""model_fields":["model""#, r#""model_fields":["\u202e""#),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        let refused = Partial::from_json(&changed).unwrap_err();
        assert!(matches!(refused, ReadError::Inconsistent(_)), "{to}");
    }
}

#[test]
fn the_same_minute_twice_is_refused() {
    let (a, b) = (partial((50, 10), &minute(7)), partial((50, 10), &minute(8)));
    let merged = Partial::merge([a.clone(), b.clone()]).unwrap();
    assert_eq!(Partial::merge([merged, a]), Err(MergeError::SameMinute(7)));
    assert_eq!(
        Partial::merge([b.clone(), b]),
        Err(MergeError::SameMinute(8))
    );
    assert_eq!(Partial::merge([]), Err(MergeError::Nothing));
}

#[test]
fn other_parameters_are_refused() {
    let a = partial((50, 10), &minute(7));
    let other_quota = partial((50, 20), &minute(8));
    let refused = Partial::merge([a.clone(), other_quota]);
    assert_eq!(refused, Err(MergeError::Different { at: 1 }));
    let mut parameters = parameters((50, 10));
    parameters
        .labels
        .insert("model".to_owned(), "small-2".to_owned());
    let other_model = Recorder::new(parameters).finish().unwrap();
    let nothing = partial((50, 10), &Trace::new());
    let refused = Partial::merge([a.clone(), nothing.clone(), other_model]);
    assert_eq!(refused, Err(MergeError::Different { at: 2 }));
    assert_eq!(Partial::merge([nothing, a.clone()]), Ok(a));
}

#[test]
fn what_is_not_a_contribution_is_refused() {
    let text = partial((50, 10), &minute(7)).to_json().unwrap();
    let read = |from: &str, to: &str| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        Partial::from_json(&changed).unwrap_err()
    };
    for list in ["", "[]", r#"["tollgate/partial/1"]"#] {
        assert_eq!(Partial::from_json(list), Err(ReadError::NoObject), "{list}");
    }
    let later = read("partial/1", "partial/2");
    assert_eq!(later, ReadError::Version("2".to_owned()));
    for name in [
        "tollgate/quote/1",
        "tollgate/partial/",
        "tollgate/partial/x",
    ] {
        let other = read("tollgate/partial/1", name);
        assert_eq!(other, ReadError::Schema(name.to_owned()));
    }
    // Wherever the line is cut, it says so.
    for end in 1..text.len() {
        let cut = Partial::from_json(text.get(..end).unwrap());
        assert_eq!(cut, Err(ReadError::CutOff), "{end}");
    }
    for (from, to) in [
        (r#""calls":"1""#, r#""calls":1"#),
        (r#""calls":"1""#, r#""calls":"01""#),
        (r#""calls":"1""#, r#""calls":"+1""#),
        (r#""calls":"1""#, r#""calls":"-1""#),
        (r#""calls":"1""#, r#""calls":"1.0""#),
        (r#""calls":"1""#, r#""calls":"18446744073709551616""#),
        (r#""labels""#, r#""label""#),
    ] {
        assert!(matches!(read(from, to), ReadError::Field { .. }), "{to}");
    }
    for (from, to) in [
        (r#"["7","390","11"]"#, r#"["7","391","11"]"#),
        (r#"["7","350","7"]"#, r#"["8","350","7"]"#),
        (r#"["7","350","7"]"#, r#"["7","350","12"]"#),
        (r#"["7","390","11"]"#, r#"["8","380","11"],["7","10","0"]"#),
        (r#""overflow_minutes":"1""#, r#""overflow_minutes":"2""#),
        (r#""tiers":["100",null]"#, r#""tiers":["100"]"#),
        (r#""input_tpm":"50""#, r#""input_tpm":"39""#),
    ] {
        assert!(matches!(read(from, to), ReadError::Inconsistent(_)), "{to}");
    }
    let huge = read(r#""input":"40""#, r#""input":"18446744073709551615""#);
    assert_eq!(huge, ReadError::TooLarge(TooLarge::Sum));
}

#[test]
fn sums_that_do_not_fit_together_are_refused() {
    let of = |at| {
        let mut recorder = Recorder::new(parameters((50, 10)));
        recorder.aggregate(at, sums(1, u64::MAX, 0)).unwrap();
        recorder.finish().unwrap()
    };
    let refused = Partial::merge([of(1), of(2)]);
    assert_eq!(refused, Err(MergeError::TooLarge(TooLarge::Sum)));
}
