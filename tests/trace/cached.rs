//! Cached tokens: the names of their columns, where they count, and rows that contradict themselves.

use tollgate::billing::kind::Tokens;
use tollgate::billing::recorded::CachedBy;
use tollgate::trace::{CachePlace, Calls, Columns, Options, TraceError};

use crate::stream::{good, read_all, wrong};

/// Fields of tokens that were read from a cache, and whether they are beside the input tokens.
const READ: [(&str, bool); 23] = [
    ("cached_tokens", false),
    ("usage.cached_tokens", false),
    ("cached_input_tokens", false),
    ("usage.cached_input_tokens", false),
    ("cached_prompt_tokens", false),
    ("usage.cached_prompt_tokens", false),
    ("input_cached_tokens", false),
    ("usage.input_cached_tokens", false),
    ("prompt_cached_tokens", false),
    ("usage.prompt_cached_tokens", false),
    ("prompt_tokens_details.cached_tokens", false),
    ("usage.prompt_tokens_details.cached_tokens", false),
    ("input_tokens_details.cached_tokens", false),
    ("usage.input_tokens_details.cached_tokens", false),
    ("cache_read_tokens", false),
    ("usage.cache_read_tokens", false),
    ("prompt_cache_hit_tokens", false),
    ("usage.prompt_cache_hit_tokens", false),
    ("gen_ai.usage.cache_read.input_tokens", false),
    ("gen_ai.usage.cache_read_input_tokens", false),
    ("cache_read_input_tokens", true),
    ("usage.cache_read_input_tokens", true),
    ("message.usage.cache_read_input_tokens", true),
];

/// Fields of tokens that were written to a cache.
const WRITTEN: [(&str, bool); 17] = [
    ("cache_creation_tokens", false),
    ("usage.cache_creation_tokens", false),
    ("prompt_tokens_details.cache_creation_tokens", false),
    ("prompt_tokens_details.cache_creation_input_tokens", false),
    ("prompt_tokens_details.cache_write_tokens", false),
    ("usage.prompt_tokens_details.cache_creation_tokens", false),
    (
        "usage.prompt_tokens_details.cache_creation_input_tokens",
        false,
    ),
    ("usage.prompt_tokens_details.cache_write_tokens", false),
    ("cache_write_tokens", false),
    ("usage.cache_write_tokens", false),
    ("cache_write_input_tokens", false),
    ("usage.cache_write_input_tokens", false),
    ("gen_ai.usage.cache_creation.input_tokens", false),
    ("gen_ai.usage.cache_creation_input_tokens", false),
    ("cache_creation_input_tokens", true),
    ("usage.cache_creation_input_tokens", true),
    ("message.usage.cache_creation_input_tokens", true),
];

/// A value within objects, as the dots in its name say.
fn nested(name: &str, value: &str) -> String {
    let parts: Vec<&str> = name.split('.').collect();
    let (last, above) = parts.split_last().unwrap();
    let opened: String = above.iter().map(|key| format!("\"{key}\":{{")).collect();
    format!("{opened}\"{last}\":{value}{}", "}".repeat(above.len()))
}

/// A call of 1,000 and 10 tokens with this field in it.
fn line(field: &str) -> String {
    let comma = if field.is_empty() { "" } else { "," };
    format!("{{\"ts\":1700000000,\"input_tokens\":1000,\"output_tokens\":10{comma}{field}}}\n")
}

fn tokens_of(text: &str, options: &Options) -> Vec<Tokens<u32>> {
    let mut ways = [true, false].map(|quick| {
        let mut options = options.clone();
        options.tuning.quick = quick;
        let (stream, result) = read_all(&[text], &options);
        result.unwrap();
        let calls = stream.calls.iter();
        calls.map(|(_, call)| *call).collect::<Vec<_>>()
    });
    assert_eq!(ways[0], ways[1], "{text}");
    std::mem::take(&mut ways[0])
}

fn expected(written: bool, beside: bool) -> Tokens<u32> {
    let input = if beside { 1_400 } else { 1_000 };
    let (cached, cache_write) = if written { (0, 400) } else { (400, 0) };
    Tokens {
        input,
        cached,
        cache_write,
        output: 10,
    }
}

#[test]
fn each_usual_name_is_known_in_a_header_a_first_and_a_later_object() {
    let all = READ.map(|one| (one, false)).into_iter();
    for ((name, beside), written) in all.chain(WRITTEN.map(|one| (one, true))) {
        let csv = format!(
            "ts,input_tokens,{name},output_tokens\n1700000000,1000,400,10\n1700000000,1000,,10\n\
             1700000000,1000,\"\",10\n1700000000,1000,null,10\n1700000000,1000,400.0,10\n"
        );
        let some = expected(written, beside);
        let none = Tokens::plain(1_000, 10);
        let options = Options::default();
        let mut said = CachedBy::default();
        said.field(name.to_owned(), beside);
        assert_eq!(
            tokens_of(&csv, &options),
            [some, none, none, none, some],
            "{name}"
        );
        let upper = csv.replacen(name, &name.to_uppercase(), 1);
        assert_eq!(tokens_of(&upper, &options)[0], some, "{name}");
        for field in [nested(name, "400"), format!("\"{name}\":\"400\"")] {
            let (with, without) = (line(&field), line(""));
            let null = line(&nested(name, "null"));
            let first = tokens_of(&format!("{with}{without}{null}{with}"), &options);
            assert_eq!(first, [some, none, none, some], "{field}");
            let later = tokens_of(&format!("{without}{with}"), &options);
            assert_eq!(later, [none, some], "{field}");
            let by = good(format!("{without}{with}")).1.marks.cached_by;
            assert_eq!(by, said, "{field}");
        }
        assert_eq!(good(&csv).1.marks.cached_by, said);
    }
}

#[test]
fn where_cached_tokens_count_can_be_said() {
    for (name, written) in [
        ("cached_tokens", false),
        ("cache_read_input_tokens", false),
        ("cache_creation_input_tokens", true),
        ("cache_write_tokens", true),
    ] {
        for (place, beside) in [(CachePlace::Inside, false), (CachePlace::Beside, true)] {
            let mut options = Options::default();
            options.columns.place = Some(place);
            let csv = format!("ts,{name},input_tokens,output_tokens\n1700000000,400,1000,10\n");
            assert_eq!(tokens_of(&csv, &options), [expected(written, beside)]);
            let json = format!("{}{}", line(""), line(&nested(name, "400")));
            assert_eq!(tokens_of(&json, &options)[1], expected(written, beside));
        }
    }
}

#[test]
fn columns_name_any_other() {
    let csv = "ts,input_tokens,output_tokens,hits,new,cached_tokens\n1700000000,1000,10,400,50,7\n";
    let options = |columns: &str| Options {
        columns: Columns::parse(columns).unwrap(),
        ..Options::default()
    };
    let named = tokens_of(csv, &options("cached=hits,cache_write=new"));
    let both = Tokens {
        cached: 400,
        cache_write: 50,
        ..Tokens::plain(1_000, 10)
    };
    assert_eq!(named, [both]);
    let json = "{\"ts\":1700000000,\"input_tokens\":1000,\"output_tokens\":10,\"hits\":400,\
                \"x\":{\"new\":50},\"cached_tokens\":7}\n";
    let named = tokens_of(json, &options("cached=hits,cache_write=x.new"));
    assert_eq!(named, [both]);
    // A usual name says where they count though it is given.
    let csv = "ts,input_tokens,output_tokens,cached_tokens,cache_read_input_tokens\n\
               1700000000,1000,10,7,400\n";
    let beside = tokens_of(csv, &options("cached=cache_read_input_tokens"));
    assert_eq!(beside, [expected(false, true)]);
}

#[test]
fn both_ways_to_count_in_one_row_are_refused_until_one_is_said() {
    let csv = "ts,input_tokens,output_tokens,cached_tokens,cache_creation_input_tokens\n\
               1700000000,1000,10,600,300\n";
    let error = wrong(csv, &Options::default()).to_string();
    assert!(
        error.contains("`cached_tokens`, `cache_creation_input_tokens`"),
        "{error}"
    );
    for (place, input) in [(CachePlace::Inside, 1_000), (CachePlace::Beside, 1_900)] {
        let mut options = Options::default();
        options.columns.place = Some(place);
        let tokens = Tokens {
            input,
            cached: 600,
            cache_write: 300,
            output: 10,
        };
        assert_eq!(tokens_of(csv, &options), [tokens]);
    }
}

#[test]
fn rows_that_cannot_be_are_bad() {
    let header = "ts,input_tokens,output_tokens,cached_tokens,cache_write_tokens\n";
    for (row, reason) in [
        (
            "1000,10,1001,",
            "1,001 cached tokens where the input has 1,000",
        ),
        (
            "1000,10,600,401",
            "1,001 cached tokens where the input has 1,000",
        ),
        ("1000,10,-1,", "cached input tokens: `-1` is negative"),
        (
            "1000,10,,x",
            "cache write tokens: `x` is not a number in digits",
        ),
        (
            "1000,10,1.5,",
            "cached input tokens: `1.5` is not a whole number",
        ),
        (
            "1000,10,4294967296,",
            "cached input tokens: `4294967296` is too large",
        ),
    ] {
        let text = format!("{header}1700000000,1,1,,\n1700000000,{row}\n");
        let error = wrong(&text, &Options::default());
        let said = format!("1 row of 2 cannot be read\n  0:3: {reason}");
        assert_eq!(error.to_string(), said);
    }
    let beside = "ts,input_tokens,output_tokens,cache_read_input_tokens\n\
                  1700000000,4294967290,1,6\n";
    let error = wrong(beside, &Options::default()).to_string();
    assert!(
        error.ends_with("0:2: input tokens: `4294967296` is too large"),
        "{error}"
    );
    let fits = beside.replace(",6", ",5");
    assert_eq!(tokens_of(&fits, &Options::default())[0].input, u32::MAX);
    let above = format!("{header}1700000000,1000,10,1001,\n");
    assert_eq!(
        wrong(&above, &Options::default()).hint(),
        "where cached tokens are no part of the input tokens, `--cached beside` reads them so"
    );
    for (field, reason) in [
        (
            r#""cached_tokens":7,"cached_input_tokens":8"#,
            "cached input tokens given twice",
        ),
        (
            r#""cached_tokens":7,"cache_read_input_tokens":7"#,
            "cached input tokens given twice",
        ),
        (
            r#""cached_tokens":[7]"#,
            "cached input tokens: neither a number nor text",
        ),
        (
            r#""cached_tokens":true"#,
            "cached input tokens: neither a number nor text",
        ),
    ] {
        let error = wrong(format!("{}{}", line(""), line(field)), &Options::default());
        assert!(
            error.to_string().ends_with(&format!("0:2: {reason}")),
            "{error}"
        );
        let filled = format!("{}{}", line(""), line(&field.replace(":7,", ":null,")));
        if reason.ends_with("twice") {
            assert_eq!(tokens_of(&filled, &Options::default()).len(), 2);
        }
    }
}

#[test]
fn several_columns_are_ambiguous_where_they_count_in_different_ways() {
    for (names, what) in [
        ("cached_tokens,cached_tokens", "cached input tokens"),
        (
            "cache_read_input_tokens,cached_tokens",
            "cached input tokens",
        ),
        (
            "cache_write_tokens,cache_creation_input_tokens",
            "cache write tokens",
        ),
    ] {
        let csv = format!("ts,input_tokens,output_tokens,{names}\n1700000000,1000,10,1,1\n");
        let error = wrong(&csv, &Options::default());
        assert!(
            matches!(error, TraceError::AmbiguousColumn { .. }),
            "{names}"
        );
        let said = format!("0:1: several columns could be the {what}: ");
        assert!(error.to_string().starts_with(&said), "{error}");
        let are_alike = names == "cached_tokens,cached_tokens";
        let hint = match are_alike {
            true => "give each column of the file a name of its own",
            false => {
                "say where they count with `--cached inside` or `--cached beside`, or name one: \
                 `--columns cached=…,cache_write=…`"
            }
        };
        assert_eq!(error.hint(), hint);
        let mut options = Options::default();
        options.columns.place = Some(CachePlace::Inside);
        if !are_alike {
            let kinds = tokens_of(&csv, &options)[0];
            assert_eq!((kinds.input, kinds.cached + kinds.cache_write), (1_000, 1));
        }
    }
}

#[test]
fn several_columns_that_count_alike_have_the_same_number_or_are_bad() {
    let csv = |one: &str, other: &str| {
        format!(
            "ts,input_tokens,output_tokens,cached_tokens,prompt_cache_hit_tokens\n\
             1700000000,1000,10,{one},{other}\n"
        )
    };
    let json = |one: &str, other: &str| {
        let hits = format!("\"prompt_cache_hit_tokens\":{one}");
        line(&format!(
            "{hits},\"prompt_tokens_details\":{{\"cached_tokens\":{other}}}"
        ))
    };
    let options = Options::default();
    for (one, other, cached) in [
        ("7", "7", 7),
        ("0", "0", 0),
        ("null", "7", 7),
        ("7", "null", 7),
    ] {
        assert_eq!(tokens_of(&csv(one, other), &options)[0].cached, cached);
        assert_eq!(tokens_of(&json(one, other), &options)[0].cached, cached);
    }
    for (one, other) in [("", "7"), ("007", "7"), ("7.0", "7")] {
        assert_eq!(tokens_of(&csv(one, other), &options)[0].cached, 7);
    }
    for (one, other) in [("0", "7"), ("7", "8")] {
        for text in [csv(one, other), json(one, other)] {
            let error = wrong(&text, &options);
            assert!(
                error
                    .to_string()
                    .ends_with("cached input tokens given twice"),
                "{error}"
            );
            assert_eq!(
                error.hint(),
                "name the field that counts: `--columns cached=…,cache_write=…`"
            );
        }
    }
}

#[test]
fn sums_of_minutes_have_cached_tokens_too() {
    let csv = "minute,requests,input_tokens,output_tokens,cached_tokens,cache_write_tokens\n\
               2026-06-01 10:00,10,5000000000,100,4000000000,7\n2026-06-01 10:01,1,5,1,,\n";
    let (stream, summary) = good(csv);
    let sums = Calls {
        calls: 10,
        tokens: Tokens {
            input: 5_000_000_000,
            cached: 4_000_000_000,
            cache_write: 7,
            output: 100,
        },
    };
    assert_eq!(stream.sums[0].1, sums);
    assert_eq!(stream.sums[1].1.tokens, Tokens::plain(5, 1));
    assert_eq!(summary.marks.cached.calls, sums);
    let over = csv.replace("4000000000,7", "5000000001,7");
    let error = wrong(&over, &Options::default()).to_string();
    assert!(
        error.ends_with("0:2: 5,000,000,008 cached tokens where the input has 5,000,000,000"),
        "{error}"
    );
    let beside = "cache_read_input_tokens,cache_creation_input_tokens";
    let huge = csv.replace("cached_tokens,cache_write_tokens", beside);
    let huge = huge.replace("5000000000", &u64::MAX.to_string());
    let error = wrong(&huge, &Options::default()).to_string();
    assert!(
        error.ends_with("0:2: input tokens: `18446744073709551616` is too large"),
        "{error}"
    );
}
