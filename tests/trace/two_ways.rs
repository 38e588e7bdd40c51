//! The quick way and the well-kept parsers find the same in whole and in damaged files, however
//! these are cut into blocks.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tollgate::trace::{Columns, Filter, Options, TimeUnit, TraceError};

use crate::stream::read_all;

/// Texts that stand for times, in some of which the quick way goes and in some not.
fn time() -> impl Strategy<Value = String> {
    let date_time = (
        0..90_i64,
        0..60_u8,
        "(\\.[0-9]{1,11})?",
        select(vec!["", "", "", "Z", "+08:00", "-03:30", " UTC"]),
        select(vec![" ", " ", "T"]),
    );
    let date_time = date_time.prop_map(|(minute, second, fraction, zone, t)| {
        format!(
            "2023-11-16{t}{:02}:{:02}:{second:02}{fraction}{zone}",
            minute / 60 + 1,
            minute % 60
        )
    });
    let unix = (
        1_700_000_000..1_700_002_000_i64,
        select(vec!["", "", "000", "123456", "123456789"]),
        "(\\.[0-9]{1,10})?",
    );
    let unix = unix.prop_map(|(at, more, fraction)| format!("{at}{more}{fraction}"));
    let odd = select(vec![
        "0",
        "2000",
        "12345678",
        "1e9",
        "1.7e9",
        "",
        "NaN",
        "null",
        "2023-11-16 24:00:00",
        "0001700000000",
        "2023-11-16 18:17",
        "1999-12-31 00:00:00",
        "2000-01-01 00:00:00",
        "2100-12-31 23:59:59",
        "2101-01-01 08:00:00",
        "99999999999999999999",
        "2023-11-16 10:00:60",
        "2023-11-16 10:00:0a",
        "4133980799.999999999",
        "4133980800",
    ]);
    prop_oneof![8 => date_time, 8 => unix, 1 => odd.prop_map(str::to_owned)]
}

fn tokens() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "",
        "-1",
        "1.0",
        "1.5",
        "007",
        "4294967295",
        "4294967296",
        "12345678",
        "null",
        "x",
        " 5",
        "5 ",
    ]);
    prop_oneof![12 => (0..20_000_u32).prop_map(|n| n.to_string()), 1 => odd.prop_map(str::to_owned)]
}

fn other() -> impl Strategy<Value = String> {
    select(vec![
        "",
        "a",
        "b",
        "a b",
        "\"a\"",
        "\"a,b\"",
        "\"a\nb\"",
        "\"\"\"\"",
        "\"a\" ",
        "a\"b",
        "é",
        "\u{feff}a",
        "\r",
        "\\",
        "\t a",
    ])
    .prop_map(str::to_owned)
}

/// A file of CSV with its columns in some order.
fn csv() -> impl Strategy<Value = String> {
    let columns = select(vec!["tio", "tio", "toi", "oxti", "xtioy", "itxo"]);
    let row = (time(), tokens(), tokens(), other(), other(), 0..20_u8);
    let same_time = any::<bool>();
    (
        columns,
        vec(row, 0..30),
        select(vec!["\n", "\r\n"]),
        any::<bool>(),
        same_time,
    )
        .prop_map(|(columns, rows, newline, ends, sorted)| {
            let line = |field: &dyn Fn(char) -> String| {
                columns.chars().map(field).collect::<Vec<_>>().join(",")
            };
            let mut lines = vec![line(&|column| match column {
                't' => "TIMESTAMP".to_owned(),
                'i' => "input_tokens".to_owned(),
                'o' => "output_tokens".to_owned(),
                _ => column.to_string(),
            })];
            let first = rows.first().map(|row| row.0.clone());
            for (place, row) in rows.iter().enumerate() {
                let quoted = |text: String| match row.5 {
                    0 if !text.contains('"') => format!("\"{text}\""),
                    _ => text,
                };
                lines.push(line(&|column| {
                    quoted(match column {
                        // Most rows are like the first, or all would be bad.
                        't' if sorted && place % 4 != 3 => first.clone().unwrap(),
                        't' => row.0.clone(),
                        'i' => row.1.clone(),
                        'o' => row.2.clone(),
                        'x' => row.3.clone(),
                        _ => row.4.clone(),
                    })
                }));
            }
            // Now and then a field too few or too many, with a short number after it.
            for (line, row) in lines.iter_mut().skip(1).zip(&rows) {
                match row.5 {
                    1 => {
                        line.truncate(line.rfind(',').unwrap_or(0));
                        line.push_str("\n7,8");
                    }
                    2 => line.push_str(",9"),
                    _ => {}
                }
            }
            let end = if ends { newline } else { "" };
            format!("{}{end}", lines.join(newline))
        })
}

/// A value of JSON that nobody wants.
fn json_value() -> impl Strategy<Value = String> {
    select(vec![
        "1",
        "-1.5e+3",
        "01",
        "1.",
        "-",
        "1e",
        "true",
        "false",
        "null",
        "nul",
        "\"\"",
        "\"a b\"",
        "\"\\n\"",
        "\"\\x\"",
        "\"é\"",
        "\"a",
        "[]",
        "[ ]",
        "[0, 1, 2]",
        "[1,]",
        "{}",
        "{ }",
        "{\"a\": 1}",
        "{\"a\":[{\"b\":\"c\"}]}",
        "{\"\\u0061\":1}",
        "{a:1}",
        "[[[1]]]",
        "{\"prompt_tokens\":1}",
        "\"\t\"",
    ])
    .prop_map(str::to_owned)
}

/// Time, tokens, another value, what is odd, the place of the other value, and white space.
type JsonRow = (String, String, String, String, [bool; 3], u8, &'static str);

fn json() -> impl Strategy<Value = String> {
    let row = (
        time(),
        tokens(),
        tokens(),
        json_value(),
        any::<[bool; 3]>(),
        0..10_u8,
        select(vec!["", " ", "\t", " \r"]),
    );
    (vec(row, 0..20), any::<bool>(), any::<bool>()).prop_map(|(rows, same, nested)| {
        let first = rows.first().map(|row| row.0.clone());
        let line = |(place, row): (usize, &JsonRow)| {
            let (time, input, output, value, flags, order, space) = row;
            let time = if same && place % 4 != 3 { first.clone().unwrap() } else { time.clone() };
            let time = if flags[0] || time.contains(':') { format!("\"{time}\"") } else { time };
            let input = if flags[1] && place % 3 == 0 { format!("\"{input}\"") } else { input.clone() };
            let usage = |input: &str, output: &str| {
                if nested {
                    vec![("usage", format!("{{\"prompt_tokens\":{space}{input}{space}, \"completion_tokens\":{output}}}"))]
                } else {
                    vec![("input_tokens", input.to_owned()), ("output_tokens", output.to_owned())]
                }
            };
            let mut fields = vec![("ts", time)];
            fields.extend(usage(&input, output));
            if *order > 1 {
                let name = ["x", "x", "m", "m", "t\\u0073", "usage", "é", "ts", "input_tokens", "output_tokens"][usize::from(*order)];
                let (name, value) = match name {
                    // The same once more, but not everywhere, or all rows would be bad.
                    "ts" | "input_tokens" | "output_tokens" if place % 5 != 0 => ("y", value.clone()),
                    "ts" => (name, fields[0].1.clone()),
                    "input_tokens" | "output_tokens" => (name, "1".to_owned()),
                    _ => (name, value.clone()),
                };
                fields.insert(usize::from(*order) % fields.len(), (name, value));
            }
            if flags[2] {
                fields.reverse();
            }
            let fields: Vec<String> = fields.iter().map(|(key, value)| format!("\"{key}\":{space}{value}")).collect();
            format!("{space}{{{space}{}}}{space}", fields.join(&format!("{space},")))
        };
        let lines: Vec<String> = rows.iter().enumerate().map(line).collect();
        lines.join("\n")
    })
}

#[derive(Debug, Clone)]
enum Damage {
    Remove(Index),
    Insert(Index, u8),
    Cut(Index),
    Copy(Index, Index),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let byte = prop_oneof![any::<u8>(), select(b"\",\n\r{}[]:\\0 .-".to_vec())];
    let damage = prop_oneof![
        3 => any::<Index>().prop_map(Damage::Remove),
        6 => (any::<Index>(), byte).prop_map(|(at, byte)| Damage::Insert(at, byte)),
        1 => any::<Index>().prop_map(Damage::Cut),
        2 => any::<(Index, Index)>().prop_map(|(from, to)| Damage::Copy(from, to)),
    ];
    prop_oneof![2 => Just(Vec::new()), 3 => vec(damage, 1..6)]
}

fn damaged(text: String, damages: &[Damage]) -> Vec<u8> {
    let mut bytes = text.into_bytes();
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        match damage {
            Damage::Remove(at) => {
                bytes.remove(at.index(bytes.len()));
            }
            Damage::Insert(at, byte) => bytes.insert(at.index(bytes.len()), *byte),
            Damage::Cut(at) => bytes.truncate(at.index(bytes.len()).max(bytes.len() / 2)),
            Damage::Copy(from, to) => {
                let from = from.index(bytes.len());
                let end = (from + 12).min(bytes.len());
                let to = to.index(bytes.len());
                let copied = bytes[from..end].to_vec();
                bytes.splice(to..to, copied);
            }
        }
    }
    bytes
}

#[derive(Debug, Clone)]
struct Settings {
    block: usize,
    workers: usize,
    max_line: usize,
    reorder: usize,
    filter: Option<&'static str>,
    unit: Option<TimeUnit>,
    named: bool,
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
    ]);
    let units = select(vec![
        None,
        None,
        Some(TimeUnit::Seconds),
        Some(TimeUnit::Microseconds),
    ]);
    let sizes = (
        1..400_usize,
        1..4_usize,
        select(vec![20, 90, 1 << 20]),
        select(vec![2, 1 << 18]),
    );
    (sizes, filters, units, any::<bool>()).prop_map(
        |((block, workers, max_line, reorder), filter, unit, named)| Settings {
            block,
            workers,
            max_line,
            reorder,
            filter,
            unit,
            named,
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
        ..Options::default()
    };
    if settings.named && bytes.starts_with(b"{") {
        options.columns =
            Columns::parse("time=ts,input=usage.prompt_tokens,output=output_tokens").unwrap();
    }
    options.tuning.max_line = settings.max_line;
    options.tuning.reorder = settings.reorder;
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
    fn lines_of_json_are_the_same_both_ways(text in json(), damages in damages(), settings in settings()) {
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
        csv("1700000000,5\r,7"),
        json("\"output_tokens\":2,\"input_tokens\":3"),
        json("\"output_tokens\":2,\"output_tokens\":2"),
        json("\"output_tokens\":2,\"ts\":1700000000"),
        json("\"output_tokens\":02"),
        json("\"output_tokens\":2,\"x\":01"),
        json("\"output_tokens\":2,\"x\":[1,]"),
        json("\"output_tokens\":2,\"x\":\"\t\""),
        json("\"output_tokens\":2,"),
        json("\"output_tokens\":2}"),
    ] {
        for block in [1, 64, 1 << 20] {
            both_ways(text.as_bytes(), &settings(block)).unwrap();
        }
        let error = read_all(&[&text], &Options::default()).1.unwrap_err();
        assert!(matches!(error, TraceError::BadRows(_)), "{text}{error}");
    }
}
