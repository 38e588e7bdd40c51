//! Rows that have a time, both counts and the name of a model, as most of a log does: the quick way finds the same as
//! the well-kept parsers, all together and each model's calls apart, with some row between them that is another.

use std::collections::BTreeMap;
use std::io::Cursor;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tollgate::trace::{Options, Sink, Sinks, Source, Summary, TraceError, read_apart};

use crate::stream::{Stream, read_all};

/// Names of models, some of which are alike for long, and some that are odd.
const NAMES: [&str; 16] = [
    "qwen3-max",
    "qwen3-max-2025-09-23",
    "qwen3-max-2025-09-24",
    "qwen3-max-2025-09-2",
    "gpt-4o",
    "gpt-4",
    "a",
    "dashscope/qwen3.7-plus-2026-05-26-with-a-name-that-is-rather-long",
    "dashscope/qwen3.7-plus-2026-05-26-with-a-name-that-is-rather-lone",
    "模型-一",
    " gpt-4o",
    "gpt-4o ",
    "",
    "-",
    "None",
    "7",
];

#[derive(Debug, Clone)]
struct Row {
    second: i64,
    part: u16,
    input: u32,
    output: u32,
    name: &'static str,
    /// What is odd about it; most have nothing.
    odd: u8,
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let few = vec(0..NAMES.len(), 1..6);
    let row = (
        0..200_i64,
        0..1_000_u16,
        0..3_000_u32,
        0..300_u32,
        any::<usize>(),
        0..24_u8,
    );
    (few, vec(row, 1..80)).prop_map(|(few, rows)| {
        let row = |(second, part, input, output, name, odd): (i64, u16, u32, u32, usize, u8)| Row {
            second: 1_700_128_790 + second,
            part,
            input: if input % 7 == 0 { input * 1_000 } else { input },
            output,
            name: NAMES[few[name % few.len()]],
            odd,
        };
        rows.into_iter().map(row).collect()
    })
}

/// The fields in some order: time, input, output, model, and one that nobody looks at.
fn orders() -> impl Strategy<Value = &'static str> {
    select(vec![
        "tio", "tiom", "mtio", "toim", "itmo", "xtiom", "txiom", "tiomx", "omtix", "tmiox",
    ])
}

fn csv(rows: &[Row], order: &str, newline: &str, dates: bool) -> String {
    let header = order.chars().map(|field| match field {
        't' => "TIMESTAMP",
        'i' => "ContextTokens",
        'o' => "GeneratedTokens",
        'm' => "Model",
        _ => "region",
    });
    let mut text = header.collect::<Vec<_>>().join(",") + newline;
    for row in rows {
        let field = |field| match field {
            't' if dates => {
                let second = row.second - 1_700_128_740;
                let (minute, second) = (second / 60, second % 60);
                format!("2023-11-16 18:{minute:02}:{second:02}.{:03}0000", row.part)
            }
            't' => format!("{}{:03}", row.second, row.part),
            'i' if row.odd == 1 => format!("{},{:03}", row.input, row.part),
            'i' if row.odd == 2 => format!("\"{}\"", row.input),
            'i' if row.odd == 3 => format!("0{}", row.input),
            'i' => row.input.to_string(),
            'o' => row.output.to_string(),
            'm' if row.odd == 4 => format!("\"{}\"", row.name),
            'm' => row.name.to_owned(),
            _ => "cn-beijing".to_owned(),
        };
        text += &order.chars().map(field).collect::<Vec<_>>().join(",");
        text += if row.odd == 5 { "\r\n\n" } else { newline };
    }
    text
}

fn json(rows: &[Row], order: &str, space: &str, seconds: bool) -> String {
    let mut text = String::new();
    for row in rows {
        let field = |field| match field {
            't' if seconds => format!("\"timestamp\":{space}{}", row.second),
            't' => format!("\"timestamp\":{space}{}{:03}", row.second, row.part),
            'i' if row.odd == 1 => format!("\"input_length\":{space}{}.0", row.input),
            'i' if row.odd == 2 => format!("\"input_length\":{space}0{}", row.input),
            'i' => format!("\"input_length\":{space}{}", row.input),
            'o' => format!("\"output_length\":{space}{}", row.output),
            'm' if row.odd == 3 => format!("\"model\":{space}null"),
            'm' if row.odd == 4 => format!("\"model\": {space}\"{}\"", row.name),
            'm' if row.odd == 5 => format!("\"model\":{space}\"{}\\u0061\"", row.name),
            'm' => format!("\"model\":{space}\"{}\"", row.name),
            _ => format!("\"region\":{space}\"cn-beijing\""),
        };
        let fields: Vec<String> = order.chars().map(field).collect();
        text += &format!("{{{}}}", fields.join(&format!(",{space}")));
        text += if row.odd == 6 { " \n" } else { "\n" };
    }
    text
}

/// The calls of each model.
#[derive(Default)]
struct Each {
    names: Vec<Option<String>>,
    streams: Vec<Stream>,
}

impl Sinks for Each {
    fn sink_of(&mut self, name: Option<&str>) -> usize {
        let name = name.map(str::to_owned);
        let place = self.names.iter().position(|known| *known == name);
        place.unwrap_or_else(|| {
            self.names.push(name);
            self.streams.push(Stream::default());
            self.names.len() - 1
        })
    }

    fn sink(&mut self, number: usize) -> &mut dyn Sink {
        &mut self.streams[number]
    }
}

type Apart = (
    BTreeMap<Option<String>, Stream>,
    Result<Summary, TraceError>,
);

fn apart(text: &str, options: &Options) -> Apart {
    let source = Source::stream("0", Box::new(Cursor::new(text.as_bytes().to_vec())));
    let mut each = Each::default();
    let result = read_apart(vec![source], options, &mut each, &mut |_| {});
    (each.names.into_iter().zip(each.streams).collect(), result)
}

fn same(text: &str, block: usize, max_line: usize) -> Result<(), TestCaseError> {
    let mut options = Options {
        skip_bad_rows: true,
        ..Options::default()
    };
    (options.tuning.max_line, options.tuning.workers) = (max_line, 2);
    options.tuning.quick = false;
    let careful = (read_all(&[text], &options), apart(text, &options));
    options.tuning.quick = true;
    for block in [block, 1 << 20] {
        options.tuning.block = block;
        let quick = (read_all(&[text], &options), apart(text, &options));
        prop_assert_eq!(&careful, &quick, "{}", text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn of_csv_they_are_the_same_both_ways(
        rows in rows(), order in orders(), newline in select(vec!["\n", "\r\n"]), dates in any::<bool>(),
        block in 1..2_000_usize, max_line in select(vec![60, 1 << 20]),
    ) {
        same(&csv(&rows, order, newline, dates), block, max_line)?;
    }

    #[test]
    fn of_json_they_are_the_same_both_ways(
        rows in rows(), order in orders(), space in select(vec!["", " "]), seconds in any::<bool>(),
        block in 1..4_000_usize, max_line in select(vec![90, 1 << 20]),
    ) {
        same(&json(&rows, order, space, seconds), block, max_line)?;
    }
}

/// More names than are known at a time, and than are told quickly: each keeps its calls.
#[test]
fn of_many_names_each_keeps_its_calls() {
    let name = |row: usize| format!("model-of-a-long-family-{}", row * row * 7_919 % 499);
    let csv =
        (0..6_000).map(|row| format!("{},{},1,{}\n", 1_700_000_000 + row, row % 97, name(row)));
    let csv = format!(
        "ts,input_tokens,output_tokens,model\n{}",
        csv.collect::<String>()
    );
    let json = (0..6_000).map(|row| {
        let (at, input, name) = (1_700_000_000 + row, row % 97, name(row));
        format!(
            "{{\"ts\":{at},\"input_tokens\":{input},\"output_tokens\":1,\"model\":\"{name}\"}}\n"
        )
    });
    for text in [csv, json.collect()] {
        for block in [3_000, 1 << 20] {
            same(&text, block, 1 << 20).unwrap();
        }
        let (streams, _) = apart(&text, &Options::default());
        let calls: usize = streams.values().map(|stream| stream.calls.len()).sum();
        assert!(calls == 6_000 && streams.len() > 200);
    }
}
