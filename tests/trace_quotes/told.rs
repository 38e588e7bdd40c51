//! What a log tells of its calls and is not priced: other models, cached and reasoning tokens, modes.

use serde_json::{Value, json};

use super::support::{json as printed, quote, stdout};
use super::traces::Folder;

const MODEL: &str = "qwen3-max-2025-09-23";

/// Two calls of the model and two of another, of which one call reads 3,000 tokens from a cache and
/// one reasons.
const MIXED: &str = r#"{"created":1764208800,"model":"qwen3-max-2025-09-23","usage":{"prompt_tokens":4000,"completion_tokens":300,"prompt_tokens_details":{"cached_tokens":3000}}}
{"created":1764208805,"model":"deepseek-v3.2","usage":{"prompt_tokens":2000,"completion_tokens":100}}
{"created":1764208809,"model":"deepseek-v3.2","usage":{"prompt_tokens":1500,"completion_tokens":400,"completion_tokens_details":{"reasoning_tokens":250}}}
{"created":1764208860,"model":"qwen3-max-2025-09-23","usage":{"prompt_tokens":1000,"completion_tokens":300,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":null}}
"#;

/// The same as a table.
const MIXED_CSV: &str = "\
created,model,prompt_tokens,completion_tokens,cached_tokens,reasoning_tokens
1764208800,qwen3-max-2025-09-23,4000,300,3000,
1764208805,deepseek-v3.2,2000,100,,
1764208809,deepseek-v3.2,1500,400,,250
1764208860,qwen3-max-2025-09-23,1000,300,0,
";

const OTHER: &str = "2 of 4 calls (4,000 tokens, 42% of all) were made to another model, `deepseek-v3.2`, and are priced as `qwen3-max-2025-09-23`: `--where model=qwen3-max-2025-09-23` leaves them out";
const AS_INPUT: &str = "no discount is published for cached input, so it is billed as input";
const CACHED: &str = "1 of 4 calls counts 3,000 cached input tokens in `<FIELD>`, as part of the \
                      input tokens";

/// The field with the cached tokens of [`MIXED`].
const NESTED: &str = "usage.prompt_tokens_details.cached_tokens";

fn cached(field: &str) -> String {
    CACHED.replace("<FIELD>", field)
}
const REASONING: &str = "1 of 4 calls counts 250 reasoning tokens, which are priced as output where \
                         they are within the output tokens, and not at all where they are beside them";

/// The notes of a quote, in their order.
fn notes(quote: &Value) -> Vec<String> {
    let notes = quote["notes"].as_array().unwrap().iter();
    let said = notes.map(|note| note["message"].as_str().unwrap().to_owned());
    said.collect()
}

fn tokens(trace: &str, rest: &str) -> Value {
    quote(&format!("tokens {MODEL} --trace {trace} {rest}"))
}

/// What a command line prints as Markdown, whose sentences are not broken.
fn markdown(line: &str) -> String {
    stdout(&format!("{line} --format markdown")).replace('\\', "")
}

/// The fields of a trace that say what its calls tell.
fn told(quote: &Value) -> Value {
    let trace = &quote["trace"];
    let fields = [
        "other_models",
        "more_models",
        "cached",
        "reasoning",
        "modes",
    ];
    json!(fields.map(|field| trace[field].clone()))
}

#[test]
fn what_is_not_priced_as_it_is_comes_first() {
    let folder = Folder::new(&[]);
    for (name, text, field) in [
        ("mixed.jsonl", MIXED, NESTED),
        ("mixed.csv", MIXED_CSV, "cached_tokens"),
    ] {
        let cached = cached(field);
        let trace = folder.file(name, text);
        let expected = json!([
            [{ "model": "deepseek-v3.2", "calls": "2", "input_tokens": "3500", "output_tokens": "500" }],
            null,
            {
                "calls": "1", "input_tokens": "4000", "output_tokens": "300", "cached_tokens": "3000",
                "tokens": "3000",
            },
            { "calls": "1", "input_tokens": "1500", "output_tokens": "400", "tokens": "250" },
            [],
        ]);
        let all = tokens(&trace, "");
        assert_eq!(notes(&all), [OTHER, &cached, REASONING, AS_INPUT], "{name}");
        assert_eq!(told(&all), expected, "{name}");
        // 8,500 × ¥6 and 1,100 × ¥24 by a million: the price is not changed by what is said.
        assert_eq!(all["total"], "0.0774");
        let reserved = quote(&format!(
            "ptu {MODEL} --trace {trace} --input-tpm 10k --output-tpm 1k"
        ));
        // All calls fit, so that none is billed by token.
        let within = cached.split(':').next().unwrap();
        assert_eq!(notes(&reserved)[..3], [OTHER, within, REASONING], "{name}");
        assert_eq!(told(&reserved), expected, "{name}");
        // What the note names leaves the others out.
        let own = tokens(&trace, &format!("--where model={MODEL}"));
        assert_eq!(
            notes(&own),
            [
                &cached.replace("1 of 4", "1 of 2"),
                AS_INPUT,
                "2 of 4 rows are left out by `--where`"
            ]
        );
        assert_eq!(own["trace"]["other_models"], json!([]));
        assert_eq!(own["trace"]["reasoning"], Value::Null);
    }
}

#[test]
fn a_whole_quote_says_it_first() {
    let folder = Folder::new(&[]);
    let trace = folder.file("mixed.csv", MIXED_CSV);
    let said = stdout(&format!("quote tokens {MODEL} --trace {trace} --details"));
    assert_eq!(said.replace(&trace, "mixed.csv"), include_str!("told.txt"));
}

#[test]
fn a_comparison_says_of_which_model_calls_are() {
    let folder = Folder::new(&[]);
    let trace = folder.file("mixed.jsonl", MIXED);
    let one = stdout(&format!(
        "compare {MODEL} --trace {trace} --format markdown"
    ));
    let list = one.split("Trace:").last().unwrap();
    let place = |what: &str| list.find(what).unwrap_or_else(|| panic!("{what} in {one}"));
    assert!(place("2 of 4 calls") < place("1 of 4 calls counts 3,000"));
    assert!(place("3,000 cached") < place("250 reasoning"));
    let line = format!("compare {MODEL} deepseek-v3.2 --trace {trace}");
    let several = markdown(&line);
    assert!(
        several.contains(
            "2 of 4 calls (4,000 tokens, 42% of all) were made to another model than `qwen3-max-2025-09-23`, \
             which is `deepseek-v3.2`, and are priced as each model that is compared"
        ),
        "{several}"
    );
    // Each option says it of its own model.
    let options = printed(&line)["options"].clone();
    for option in options.as_array().unwrap() {
        let quote = &option["quote"];
        if quote["trace"].is_null() {
            continue;
        }
        let other = match quote["model"]["code"].as_str() {
            Some(MODEL) => "deepseek-v3.2",
            _ => MODEL,
        };
        assert_eq!(quote["trace"]["other_models"][0]["model"], other);
        assert!(notes(quote)[0].contains(&format!("another model, `{other}`,")));
    }
}

/// Calls of 1,000 and 100 tokens, a minute apart, with these texts in a column.
fn column(name: &str, texts: &[&str]) -> String {
    let rows = (0..).zip(texts).map(|(minute, text)| {
        let at = 1_764_208_800 + minute * 60;
        format!("{at},{text},1000,100\n")
    });
    format!(
        "ts,{name},input_tokens,output_tokens\n{}",
        rows.collect::<String>()
    )
}

#[test]
fn the_quoted_model_has_its_name_in_any_case_and_with_any_provider() {
    let folder = Folder::new(&[]);
    let own = [
        "qwen3-max-2025-09-23",
        "Qwen3-Max-2025-09-23",
        "dashscope/qwen3-max-2025-09-23",
        "",
        "null",
    ];
    let trace = folder.file("own.csv", &column("model", &own));
    assert_eq!(notes(&tokens(&trace, "")), [""; 0]);
    // Of three spellings none is named in a hint that would leave out the others.
    let texts = [&own[..], &["qwen3-max", "b,c", "a"][..]].concat();
    let texts = texts.iter().map(|text| match text.contains(',') {
        true => format!("\"{text}\""),
        false => (*text).to_owned(),
    });
    let texts: Vec<String> = texts.collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let trace = folder.file("others.csv", &column("model", &texts));
    assert_eq!(
        notes(&tokens(&trace, "")),
        [
            "3 of 8 calls (3,300 tokens, 38% of all) were made to other models (13% `a`, 13% `b,c` and 13% `qwen3-max`), and are priced as `qwen3-max-2025-09-23`"
        ]
    );
    let trace = folder.file(
        "two.csv",
        &column(
            "Model_Name",
            &["QWEN3-max-2025-09-23", "x/qwen3-max-2025-09-23", "b"],
        ),
    );
    let said = notes(&tokens(&trace, ""));
    assert_eq!(
        said,
        [
            "1 of 3 calls (1,100 tokens, 33% of all) was made to another model, `b`, and is priced as `qwen3-max-2025-09-23`: `--where Model_Name=QWEN3-max-2025-09-23 --where Model_Name=x/qwen3-max-2025-09-23` leaves it out"
        ]
    );
    let filtered = tokens(
        &trace,
        "--where Model_Name=QWEN3-max-2025-09-23 --where Model_Name=x/qwen3-max-2025-09-23",
    );
    assert_eq!(notes(&filtered), ["1 of 3 rows is left out by `--where`"]);
    let trace = folder.file("unknown.csv", &column("model", &["a", "b", "b"]));
    assert_eq!(
        notes(&tokens(&trace, "")),
        [
            "3 of 3 calls (3,300 tokens, 100% of all) were made to other models (67% `b` and 33% `a`), and are priced as \
          `qwen3-max-2025-09-23`: `--where model=<NAME>` keeps the calls of one model"
        ]
    );
}

#[test]
fn a_mode_is_said_where_calls_are_priced_in_the_other() {
    let folder = Folder::new(&[]);
    let rows = ["true", "false", "True", "", "enabled"];
    let trace = folder.file("modes.csv", &column("enable_thinking", &rows));
    let line = format!("tokens qwen3-32b --trace {trace}");
    let ordinary = quote(&line);
    assert_eq!(
        ordinary["trace"]["modes"],
        json!([
            { "mode": "thinking", "calls": "3", "input_tokens": "3000", "output_tokens": "300" },
            { "mode": "non-thinking", "calls": "1", "input_tokens": "1000", "output_tokens": "100" },
        ])
    );
    let said = "3 of 5 calls (3,300 tokens) name the mode `thinking`, and are priced in the mode \
                `non-thinking`";
    assert_eq!(notes(&ordinary)[0], said);
    let thinking = quote(&format!("{line} --mode thinking"));
    assert_eq!(
        notes(&thinking)[0],
        "1 of 5 calls (1,100 tokens) names the mode `non-thinking`, and is priced in the mode `thinking`"
    );
    let compared = markdown(&format!("compare qwen3-32b --trace {trace}"));
    let said = "4 of 5 calls (4,400 tokens) name a mode, 3 `thinking` and 1 `non-thinking`, and each \
                option prices all calls in one mode";
    assert!(compared.contains(said), "{compared}");
    // Other modes are none of thinking.
    let trace = folder.file(
        "other.csv",
        &column("mode", &["chat", "1", "true", "Thinking"]),
    );
    let other = quote(&format!("tokens qwen3-32b --trace {trace}"));
    assert_eq!(other["trace"]["modes"].as_array().unwrap().len(), 1);
    assert_eq!(other["trace"]["modes"][0]["calls"], "1");
}

#[test]
fn sums_of_minutes_count_their_calls() {
    let folder = Folder::new(&[]);
    let trace = folder.file(
        "sums.csv",
        "minute,model,requests,input_tokens,output_tokens,cached_tokens\n\
         2026-06-01 10:00,qwen3-max-2025-09-23,10,1000,100,0\n\
         2026-06-01 10:00,other,30,3000,300,200\n\
         2026-06-01 10:01,none-at-all,0,0,0,0\n",
    );
    let sums = tokens(&trace, "");
    assert_eq!(
        notes(&sums)[0],
        "30 of 40 calls (3,300 tokens, 75% of all) were made to another model, `other`, and are priced as `qwen3-max-2025-09-23`: `--where model=qwen3-max-2025-09-23` leaves them out"
    );
    assert_eq!(
        notes(&sums)[1],
        "30 of 40 calls count 200 cached input tokens in `cached_tokens`, as part of the input \
         tokens"
    );
}

#[test]
fn names_are_clipped_and_printable_and_a_bounded_number_of_them_is_kept() {
    let folder = Folder::new(&[]);
    let long = "x".repeat(1_000_000);
    let hostile = ["a\u{1b}[2J\u{202e}", "é", &long];
    let trace = folder.file("hostile.csv", &column("model", &hostile));
    let quote = tokens(&trace, "");
    let others = quote["trace"]["other_models"].as_array().unwrap();
    let models: Vec<&str> = others
        .iter()
        .map(|other| other["model"].as_str().unwrap())
        .collect();
    let clipped = format!("{}…", "x".repeat(128));
    assert_eq!(models, ["a\\u{1b}[2J\\u{202e}", &clipped, "é"]);

    let names: Vec<String> = (0..100_000).map(|name| format!("m{name:05}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let trace = folder.file("many.csv", &column("model", &names));
    let many = tokens(&trace, "");
    let others = many["trace"]["other_models"].as_array().unwrap();
    assert_eq!(others.len(), 100);
    assert_eq!(others[0]["model"], "m00000");
    assert_eq!(others[99]["model"], "m00099");
    assert_eq!(
        many["trace"]["more_models"],
        json!({ "calls": "99900", "input_tokens": "99900000", "output_tokens": "9990000" })
    );
    assert_eq!(
        notes(&many)[0],
        "100,000 of 100,000 calls (110,000,000 tokens, 100% of all) name one of more than 100 models, which are too many to tell apart, and are priced as `qwen3-max-2025-09-23`"
    );
}

#[test]
fn fields_have_the_names_that_programs_give_them() {
    let folder = Folder::new(&[]);
    let own = format!("\"model\":\"{MODEL}\"");
    let at = |fields: &str| {
        let call = "\"input_tokens\":1000,\"output_tokens\":100";
        // A first row without them, as they may come later.
        format!("{{\"ts\":1764208800,{call}}}\n{{\"ts\":1764208801,{call},{fields}}}\n")
    };
    for fields in [
        r#""model_name":"b""#,
        r#""model_id":"b""#,
        r#""gen_ai.request.model":"b""#,
        r#""gen_ai":{"response":{"model":"b"}}"#,
        r#""response":{"id":"1","model":"b"}"#,
        r#""message":{"model":"b","usage":{"cache_read_input_tokens":0}}"#,
        r#""model":null,"model_name":"b""#,
    ] {
        let trace = folder.file("log.jsonl", &at(fields));
        let quote = tokens(&trace, "");
        assert_eq!(quote["trace"]["other_models"][0]["model"], "b", "{fields}");
    }
    for (fields, cached) in [
        (r#""cached_tokens":7"#, "7"),
        (
            r#""usage":{"cache_read_input_tokens":7,"cache_creation_input_tokens":5}"#,
            "12",
        ),
        (
            r#""usage":{"prompt_tokens_details":{"cached_tokens":7},"prompt_cache_hit_tokens":7}"#,
            "7",
        ),
        (r#""usage.input_tokens_details.cached_tokens":"7""#, "7"),
    ] {
        let trace = folder.file("log.jsonl", &at(&format!("{own},{fields}")));
        let quote = tokens(&trace, "");
        assert_eq!(quote["trace"]["cached"]["tokens"], cached, "{fields}");
        assert_eq!(quote["trace"]["other_models"], json!([]));
    }
    for fields in [
        r#""usage":{"output_tokens_details":{"reasoning_tokens":9}}"#,
        r#""reasoning_tokens":9"#,
    ] {
        let trace = folder.file("log.jsonl", &at(fields));
        let quote = tokens(&trace, "");
        assert_eq!(quote["trace"]["reasoning"]["tokens"], "9", "{fields}");
    }
    for fields in [
        r#""enable_thinking":true"#,
        r#""thinking":{"type":"enabled","budget_tokens":5}"#,
        r#""mode":"thinking""#,
        r#""mode":"non-thinking","extra_body":{"enable_thinking":true}"#,
    ] {
        let trace = folder.file("log.jsonl", &at(fields));
        let modes = tokens(&trace, "")["trace"]["modes"].clone();
        assert_eq!(modes[0]["mode"], "thinking", "{fields}");
        assert_eq!(modes.as_array().unwrap().len(), 1, "{fields}");
    }
    // A number of the call itself is nothing beside it.
    let trace = folder.file("log.jsonl", &at(r#""reasoning_tokens":9"#));
    let log = at(r#""x":1"#).replace("output_tokens", "reasoning_tokens");
    let given = folder.file("given.jsonl", &log);
    let given = tokens(&given, "--columns output=reasoning_tokens");
    assert_eq!(given["trace"]["reasoning"], Value::Null);
    assert_ne!(tokens(&trace, "")["trace"]["reasoning"], Value::Null);
}

#[test]
fn parts_tell_together_what_the_whole_tells() {
    let folder = Folder::new(&[]);
    let rows: Vec<&str> = MIXED.lines().collect();
    let line = |trace: &str| {
        format!("ptu {MODEL} --trace {trace} --input-tpm 10k --output-tpm 1k --hours 1")
    };
    let part = |name: &str, rows: &[&str]| {
        let trace = folder.file(name, &format!("{}\n", rows.join("\n")));
        let part = stdout(&format!("quote {} --partial", line(&trace)));
        folder.file(&format!("{name}.json"), &part)
    };
    let parts = [part("one", &rows[..3]), part("two", &rows[3..])];
    let mut merged = printed(&format!("merge {}", parts.join(" ")))["quotes"][0].clone();
    let mut whole = quote(&line(&folder.file("mixed.jsonl", MIXED)));
    let within = cached(NESTED);
    let within = within.split(':').next().unwrap();
    assert_eq!(notes(&whole)[..3], [OTHER, within, REASONING]);
    for quote in [&mut merged, &mut whole] {
        quote["trace"]["files"] = Value::Null;
    }
    assert_eq!(merged, whole);
}
