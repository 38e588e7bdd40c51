//! Files of calls as programs write them and as they should not, and damage to them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

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

/// What a log may say of a call beside its tokens.
fn told() -> impl Strategy<Value = String> {
    select(vec![
        "a",
        "a",
        "a",
        "b",
        "b",
        "7",
        "12",
        "0",
        "",
        "-",
        "null",
        "None",
        "true",
        "false",
        "enabled",
        "thinking",
        "non-thinking",
        "x/a",
        "1.5",
        "-3",
        "é",
        " a ",
        "4294967296",
        "18446744073709551616",
        "429",
        "failure",
        "200",
        "msg_1",
        "msg_1",
        "chatcmpl-2",
        "embedding",
        "list",
    ])
    .prop_map(str::to_owned)
}

/// The columns of [`told`], by a letter each.
fn told_name(column: char) -> Option<&'static str> {
    Some(match column {
        'm' => "Model",
        'n' => "gen_ai.request.model",
        'c' => "cached_tokens",
        'w' => "cache_creation_input_tokens",
        'b' => "cache_read_input_tokens",
        'e' => "cache_write_tokens",
        'p' => "prompt_cache_hit_tokens",
        'r' => "reasoning_tokens",
        'k' => "enable_thinking",
        'd' => "mode",
        's' => "status",
        'h' => "request_id",
        'j' => "id",
        'q' => "call_type",
        'f' => "error_code",
        _ => return None,
    })
}

/// A file of CSV with its columns in some order.
pub fn csv() -> impl Strategy<Value = String> {
    let columns = select(vec![
        "tio",
        "tio",
        "toi",
        "oxti",
        "xtioy",
        "itxo",
        "tiom",
        "mtio",
        "tnmio",
        "xcwtior",
        "tiobe",
        "tiocp",
        "ptwcio",
        "tioce",
        "bwtio",
        "tiocb",
        "kdtiomy",
        "tiocrwkdmn",
        "tios",
        "stioh",
        "thio",
        "jmtio",
        "tifoq",
        "qti",
        "tim",
        "htiscmfoj",
    ]);
    let row = (
        (time(), vec(told(), 15)),
        tokens(),
        tokens(),
        other(),
        other(),
        0..20_u8,
    );
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
                column => told_name(column).map_or(column.to_string(), str::to_owned),
            })];
            let first = rows.first().map(|row| row.0.0.clone());
            for (place, row) in rows.iter().enumerate() {
                let quoted = |text: String| match row.5 {
                    0 if !text.contains('"') => format!("\"{text}\""),
                    _ => text,
                };
                lines.push(line(&|column| {
                    quoted(match column {
                        // Most rows are like the first, or all would be bad.
                        't' if sorted && place % 4 != 3 => first.clone().unwrap(),
                        't' => row.0.0.clone(),
                        'i' => row.1.clone(),
                        'o' => row.2.clone(),
                        'x' => row.3.clone(),
                        'y' => row.4.clone(),
                        column => row.0.1["mncwrkdbepshjqf".find(column).unwrap()].clone(),
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

/// Time and what else is told, tokens, another value, what is odd, the place of the other value, and white space.
type JsonRow = (
    (String, Vec<(&'static str, String)>),
    String,
    String,
    String,
    [bool; 3],
    u8,
    &'static str,
);

/// A field that says something of a call, or one of that name that does not.
fn told_field() -> impl Strategy<Value = (&'static str, String)> {
    let names = select(vec![
        "model",
        "model",
        "model_name",
        "Model",
        "gen_ai.request.model",
        "message",
        "response",
        "cached_tokens",
        "cache_creation_input_tokens",
        "usage.prompt_tokens_details.cached_tokens",
        "cache_read_input_tokens",
        "cache_write_tokens",
        "cached_tokens",
        "prompt_cache_hit_tokens",
        "reasoning_tokens",
        "prompt_tokens_details",
        "enable_thinking",
        "thinking",
        "mode",
        "status",
        "error",
        "id",
        "id",
        "request_id",
        "call_type",
        "object",
    ]);
    let nested = select(vec![
        "model",
        "type",
        "cached_tokens",
        "é",
        "x",
        "id",
        "status_code",
    ]);
    (names, nested, told(), json_value(), 0..8_u8).prop_map(|(name, nested, told, value, how)| {
        let text = match how {
            0 => value,
            1 => format!("{{\"{nested}\":\"{told}\"}}"),
            2 => format!("{{\"{nested}\":{value},\"x\":[]}}"),
            3..=5 => format!("\"{told}\""),
            _ if told.parse::<f64>().is_ok()
                || ["true", "false", "null"].contains(&told.as_str()) =>
            {
                told
            }
            _ => "5".to_owned(),
        };
        (name, text)
    })
}

pub fn json() -> impl Strategy<Value = String> {
    let row = (
        (time(), vec(told_field(), 0..4)),
        tokens(),
        tokens(),
        json_value(),
        any::<[bool; 3]>(),
        0..10_u8,
        select(vec!["", " ", "\t", " \r"]),
    );
    (vec(row, 0..20), any::<bool>(), any::<bool>()).prop_map(|(rows, same, nested)| {
        let first = rows.first().map(|row| row.0.0.clone());
        let line = |(place, row): (usize, &JsonRow)| {
            let ((time, told), input, output, value, flags, order, space) = row;
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
            fields.extend(told.iter().cloned());
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

/// Runs of lines that have one layout, as programs write them, with small differences in some.
pub fn json_alike() -> impl Strategy<Value = String> {
    let text = select(vec![
        "a",
        "a b",
        "",
        " a ",
        "12",
        "true",
        "é",
        "\\n",
        "\\\"",
        "\t",
        "\u{7f}",
        "a\\u0062",
        "longer than a word",
        "longer than a word \\\\",
        "longer than a word é",
        "longer than\u{1}a word",
        "null",
        "0",
    ]);
    let number = select(vec![
        "0", "7", "-0", "01", "1.5", "1e3", "1.0", "12345678", "-", "null", "true", "\"5\"",
    ]);
    let number = prop_oneof![9 => (0..20_000_u32).prop_map(|n| n.to_string()), 1 => number.prop_map(str::to_owned)];
    let time = prop_oneof![
        9 => (1_700_000_000..1_700_002_000_u64).prop_map(|at| at.to_string()),
        2 => (1_700_000_000_000..1_700_002_000_000_u64).prop_map(|at| format!("{}.{:03}", at / 1_000, at % 1_000)),
        1 => select(vec!["1700000000", "01700000000", "2023-11-16 10:00:00", "null", "17000000000000000", "1e9", "{}"])
            .prop_map(str::to_owned),
    ];
    let date = (0..90_u8, 0..61_u8, "(\\.[0-9]{1,9})?").prop_map(|(minute, second, fraction)| {
        format!(
            "2023-11-16 {:02}:{:02}:{second:02}{fraction}",
            minute / 60 + 1,
            minute % 60
        )
    });
    let row = (
        time,
        date,
        vec(number, 4),
        vec(text, 2),
        json_value(),
        (0..24_u8, any::<Index>()),
    );
    let layout = (
        0..6_usize,
        select(vec!["", "", " "]),
        select(vec!["", " ", "\r"]),
        any::<[bool; 3]>(),
    );
    (vec(row, 0..40), vec(layout, 1..4), 1..9_usize).prop_map(|(rows, layouts, run)| {
        let line = |(place, row): (usize, &JsonAlike)| {
            let (time, date, numbers, texts, value, (odd, at)) = row;
            let (turns, space, end, [nested, _, cached]) = &layouts[(place / run) % layouts.len()];
            // All lines of a file write times in the same way, or all would be bad.
            let [_, dates, _] = layouts[0].3;
            let time = match (dates, odd) {
                (true, 1) => date.clone(),
                (true, _) => format!("\"{date}\""),
                (false, 2) => format!("\"{time}\""),
                (false, _) => time.clone(),
            };
            let input = ("prompt_tokens", numbers[0].clone());
            let output = ("completion_tokens", numbers[1].clone());
            let details = format!(
                "{{\"cached_tokens\":{space}{}}}",
                numbers[2].parse::<u8>().unwrap_or(0)
            );
            let mut usage = vec![input, output];
            if *cached {
                let details = if *odd == 3 { value.clone() } else { details };
                usage.push(("prompt_tokens_details", details));
            }
            if *odd == 4 {
                usage.reverse();
            }
            let object = |fields: &[(&str, String)]| {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|(key, value)| format!("\"{key}\":{space}{value}"))
                    .collect();
                format!("{{{}}}", fields.join(&format!(",{space}")))
            };
            let mut fields = vec![
                ("created", time),
                ("id", format!("\"{}\"", texts[0])),
                ("model", format!("\"{}\"", texts[1])),
                ("n", numbers[3].clone()),
                ("x", "[1, {\"a\": null}]".to_owned()),
                (
                    "a key that is longer than thirty-two bytes are",
                    "true".to_owned(),
                ),
            ];
            if *nested {
                fields.push(("usage", object(&usage)));
            } else {
                fields.extend(usage);
            }
            let length = fields.len();
            fields.rotate_left(turns % length);
            let at = at.index(length);
            match odd {
                5 => drop(fields.remove(at)),
                6 => fields[at].1 = value.clone(),
                7 => fields.swap(at, length - 1),
                8 => fields[at].1.push(' '),
                9 => fields[at].1.insert(0, '\t'),
                10 => fields.push(fields[at].clone()),
                11 => fields.insert(at, ("y", value.clone())),
                _ => {}
            }
            format!("{}{end}", object(&fields))
        };
        let lines: Vec<String> = rows.iter().enumerate().map(line).collect();
        lines.join("\n")
    })
}

/// Two times, numbers, texts, any value, and what is odd and where.
type JsonAlike = (
    String,
    String,
    Vec<String>,
    Vec<&'static str>,
    String,
    (u8, Index),
);

#[derive(Debug, Clone)]
pub enum Damage {
    Remove(Index),
    Insert(Index, u8),
    Cut(Index),
    Copy(Index, Index),
}

pub fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let byte = prop_oneof![any::<u8>(), select(b"\",\n\r{}[]:\\0 .-".to_vec())];
    let damage = prop_oneof![
        3 => any::<Index>().prop_map(Damage::Remove),
        6 => (any::<Index>(), byte).prop_map(|(at, byte)| Damage::Insert(at, byte)),
        1 => any::<Index>().prop_map(Damage::Cut),
        2 => any::<(Index, Index)>().prop_map(|(from, to)| Damage::Copy(from, to)),
    ];
    prop_oneof![2 => Just(Vec::new()), 3 => vec(damage, 1..6)]
}

pub fn damaged(text: String, damages: &[Damage]) -> Vec<u8> {
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
