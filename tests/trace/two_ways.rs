//! The quick way and the well-kept parsers find the same in whole and in damaged files, however
//! these are cut into blocks.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use tollgate::billing::kind::Tokens;
use tollgate::trace::{
    CachePlace, Calls, Columns, Filter, Marks, NoOutput, Options, Repeats, TimeUnit, TraceError,
};

use crate::generated::{csv, damaged, damages, json, json_alike};
use crate::stream::read_all;

#[derive(Debug, Clone)]
struct Settings {
    block: usize,
    workers: usize,
    max_line: usize,
    reorder: usize,
    filter: Option<&'static str>,
    unit: Option<TimeUnit>,
    named: bool,
    place: Option<CachePlace>,
    window: usize,
    bills_failed: bool,
    repeats: Option<Repeats>,
    no_output: NoOutput,
}

fn settings() -> impl Strategy<Value = Settings> {
    let filters = select(vec![
        None,
        None,
        None,
        Some("x=a"),
        Some("x=a b"),
        Some("m=1"),
        Some("y="),
        Some("usage.a=1"),
        Some("model=a"),
        Some("Model=b"),
        Some("enable_thinking=true"),
        Some("message.model=a"),
        Some("status=200"),
        Some("id=msg_1"),
        Some("error.x=a"),
    ]);
    let units = select(vec![
        None,
        None,
        Some(TimeUnit::Seconds),
        Some(TimeUnit::Microseconds),
    ]);
    let sizes = (
        1..400_usize,
        0..4_usize,
        select(vec![20, 90, 1 << 20]),
        select(vec![2, 1 << 18]),
    );
    let places = select(vec![
        None,
        None,
        Some(CachePlace::Inside),
        Some(CachePlace::Beside),
    ]);
    let odd = (
        select(vec![1, 3, 1 << 18]),
        any::<bool>(),
        select(vec![None, None, Some(Repeats::Last), Some(Repeats::Bill)]),
        select(vec![
            NoOutput::Missing,
            NoOutput::Missing,
            NoOutput::All,
            NoOutput::Of(Arc::new(["a".to_owned()].into())),
        ]),
    );
    (sizes, filters, units, any::<bool>(), places, odd).prop_map(
        |((block, workers, max_line, reorder), filter, unit, named, place, odd)| {
            let (window, bills_failed, repeats, no_output) = odd;
            Settings {
                block,
                workers,
                max_line,
                reorder,
                filter,
                unit,
                named,
                place,
                window,
                bills_failed,
                repeats,
                no_output,
            }
        },
    )
}

fn both_ways(bytes: &[u8], settings: &Settings) -> Result<(), TestCaseError> {
    let mut options = Options {
        filters: settings
            .filter
            .and_then(Filter::parse)
            .into_iter()
            .collect(),
        time_unit: settings.unit,
        bills_failed: settings.bills_failed,
        repeats: settings.repeats,
        no_output: settings.no_output.clone(),
        ..Options::default()
    };
    if settings.named && bytes.starts_with(b"{") {
        options.columns =
            Columns::parse("time=ts,input=usage.prompt_tokens,output=output_tokens").unwrap();
    }
    options.columns.place = settings.place;
    options.tuning.max_line = settings.max_line;
    options.tuning.reorder = settings.reorder;
    (options.tuning.window, options.tuning.known) = (settings.window, settings.window);
    options.tuning.quick = false;
    options.tuning.workers = 1;
    let careful = read_all(&[bytes], &options);
    options.tuning.block = settings.block;
    let careful_in_blocks = read_all(&[bytes], &options);
    options.tuning.workers = settings.workers;
    options.tuning.quick = true;
    let quick_in_blocks = read_all(&[bytes], &options);
    options.tuning.block = 1 << 20;
    let quick = read_all(&[bytes], &options);
    for other in [careful_in_blocks, quick_in_blocks, quick] {
        prop_assert_eq!(&careful.1, &other.1);
        // How much was handed over before an error is nobody's business.
        let ends = matches!(&careful.1, Err(error) if !matches!(error, TraceError::BadRows(_)));
        if !ends {
            prop_assert_eq!(&careful.0, &other.0);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn csv_is_the_same_both_ways(text in csv(), damages in damages(), settings in settings()) {
        both_ways(&damaged(text, &damages), &settings)?;
    }

    #[test]
    fn csv_of_other_separators_is_the_same_both_ways(
        text in csv(), by in select(vec![";", "\t", "|"]), damages in damages(), settings in settings(),
    ) {
        both_ways(&damaged(text.replace(',', by), &damages), &settings)?;
    }

    #[test]
    fn lists_of_json_are_the_same_both_ways(
        text in json(), (start, between, end) in select(vec![("[", ",", "]"), ("{\"data\":[\n", ",\n", "]}"), ("", "\n\n", "")]),
        damages in damages(), settings in settings(),
    ) {
        let text = format!("{start}{}{end}", text.trim_ascii().replace('\n', between));
        both_ways(&damaged(text, &damages), &settings)?;
    }

    #[test]
    fn lines_of_json_are_the_same_both_ways(text in json(), damages in damages(), settings in settings()) {
        both_ways(&damaged(text, &damages), &settings)?;
    }

    #[test]
    fn lines_of_one_layout_are_the_same_both_ways(text in json_alike(), damages in damages(), settings in settings()) {
        both_ways(&damaged(text, &damages), &settings)?;
    }
}

/// Rows that the quick way could take for others.
#[test]
fn traps_are_the_same_both_ways() {
    let settings = |block| Settings {
        block,
        workers: 1,
        max_line: 1 << 20,
        reorder: 10,
        filter: None,
        unit: None,
        named: false,
        place: None,
        window: 1 << 18,
        bills_failed: false,
        repeats: None,
        no_output: NoOutput::Missing,
    };
    let good = "1700000000,1,2\n";
    let csv = |rows: &str| format!("ts,input_tokens,output_tokens\n{good}{rows}\n{good}{good}");
    let good = "{\"ts\":1700000000,\"input_tokens\":1,\"output_tokens\":2}\n";
    let json =
        |rest: &str| format!("{good}{{\"ts\":1700000000,\"input_tokens\":1,{rest}}}\n{good}{good}");
    for text in [
        csv("1700000000,5\n7"),
        csv("1700000000,5,7,8"),
        csv("1700000000,5,7,1700000000,5,7"),
        csv("1700000000\n5,7"),
        csv("\"1700000000,5,7\"\n"),
        csv("\"1700000000\"\"\",5,7"),
        csv("1700000000,\"5,7\""),
        json("\"output_tokens\":2,\"input_tokens\":3"),
        json("\"output_tokens\":2,\"output_tokens\":2"),
        json("\"output_tokens\":2,\"ts\":1700000000"),
        json("\"output_tokens\":2,\"cached_tokens\":2"),
        json("\"output_tokens\":2,\"cached_tokens\":nul"),
        json("\"output_tokens\":2,\"cached_tokens\":01"),
        json("\"output_tokens\":2,\"cached_tokens\":1,\"cached_tokens\":0"),
        json("\"output_tokens\":2,\"cached_tokens\":0,\"usage\":{\"cache_read_input_tokens\":0}"),
        json("\"output_tokens\":02"),
        json("\"output_tokens\":2,\"x\":01"),
        json("\"output_tokens\":2,\"x\":[1,]"),
        json("\"output_tokens\":2,\"x\":\"\t\""),
        json("\"output_tokens\":2,"),
        json("\"output_tokens\":2}"),
        json("\"output_tokens\":-0"),
        json("\"output_tokens\":2e0"),
        json("\"output_tokens\":2\"x\":1"),
        json("\"output_tokens\":2,\"output_tokens\":"),
    ] {
        for block in [1, 64, 1 << 20] {
            both_ways(text.as_bytes(), &settings(block)).unwrap();
        }
        let error = read_all(&[&text], &Options::default()).1.unwrap_err();
        assert!(matches!(error, TraceError::BadRows(_)), "{text}{error}");
    }
    for text in [
        json("\"output_tokens\":2,\"error\":{ }"),
        json("\"output_tokens\":2,\"error\":{\"status\":429}"),
        json("\"output_tokens\":2,\"error\":[1]"),
        json("\"output_tokens\":null,\"status\":429"),
        json("\"output_tokens\":2,\"id\":\"msg_1\""),
    ] {
        for block in [1, 64, 1 << 20] {
            both_ways(text.as_bytes(), &settings(block)).unwrap();
        }
        read_all(&[&text], &Options::default()).1.unwrap();
    }
}

/// Of more names than are kept, the same are kept with all their calls wherever blocks end.
#[test]
fn the_same_names_of_models_are_kept_both_ways() {
    let names = (0..4_000_usize).map(|row| row * row * 7_919 % 997);
    let names: Vec<String> = names.map(|name| format!("m{name:03}")).collect();
    let rows = names
        .iter()
        .map(|name| format!("1700000000,{name},3,1\n"))
        .collect::<String>();
    let csv = format!("ts,model,input_tokens,output_tokens\n{rows}");
    let rows = names.iter().map(|name| {
        format!(
            "{{\"ts\":1700000000,\"model\":\"{name}\",\"input_tokens\":3,\"output_tokens\":1}}\n"
        )
    });
    let json: String = rows.collect();
    let mut calls: BTreeMap<&str, u64> = BTreeMap::new();
    for name in &names {
        *calls.entry(name).or_default() += 1;
    }
    assert!(calls.len() > 2 * Marks::MOST);
    let expected: Vec<(&str, u64)> = calls.into_iter().take(Marks::MOST).collect();
    let kept: u64 = expected.iter().map(|(_, calls)| calls).sum();
    for text in [csv, json] {
        for block in [1, 300, 5_000, 1 << 20] {
            let settings = Settings {
                block,
                workers: 2,
                max_line: 1 << 20,
                reorder: 1 << 18,
                filter: None,
                unit: None,
                named: false,
                place: None,
                window: 1 << 18,
                bills_failed: false,
                repeats: None,
                no_output: NoOutput::Missing,
            };
            both_ways(text.as_bytes(), &settings).unwrap();
        }
        let marks = read_all(&[&text], &Options::default()).1.unwrap().marks;
        let models = marks.models.iter();
        let found: Vec<(&str, u64)> = models
            .map(|(name, sums)| (name.as_str(), sums.calls))
            .collect();
        assert_eq!(found, expected);
        let more = Calls {
            calls: 4_000 - kept,
            tokens: Tokens::plain(3 * (4_000 - kept), 4_000 - kept),
        };
        assert_eq!(marks.more_models, more);
    }
}
