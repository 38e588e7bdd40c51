//! Cached tokens of a trace: how they are read, billed and said.

use serde_json::{Value, json};

use super::support::{json as printed, quote, refused, stdout};
use super::traces::Folder;

/// Two models that cost the same but for a cache: the second has no price of one.
const PRICES: &str = r#"
version = 1
[provider]
id = "alibaba"
[[model]]
code = "own-cached"
[[model.ptu]]
max_input = "20000 tokens"
input = { hour = "0.5 per 10K TPM-hour", day = "6 per 10K TPM-day" }
output = [{ hour = "0.5 per 1K TPM-hour", day = "6 per 1K TPM-day" }]
[[model.standard]]
tiers = [
  { up_to = "4000 tokens", input = "10 per 1M tokens", cached = "2 per 1M tokens", cache_write = "12.5 per 1M tokens", output = "40 per 1M tokens" },
  { input = "20 per 1M tokens", cached = "4 per 1M tokens", output = "80 per 1M tokens" },
]
[[model]]
code = "own-plain"
[[model.standard]]
tiers = [{ input = "10 per 1M tokens", output = "40 per 1M tokens" }]
"#;

/// A call that reads a cache, one that writes to it, one that does neither, and a large one that reads.
const INSIDE: &str = "\
timestamp,input_tokens,output_tokens,cached_tokens,cache_write_tokens
2026-06-01 10:00:00,3000,100,2000,
2026-06-01 10:00:10,3000,100,,1000
2026-06-01 10:00:20,3000,100,0,0
2026-06-01 10:01:00,9000,100,5000,0
";

/// The same, where cached tokens count beside the input.
const BESIDE: &str = r#"{"ts":"2026-06-01 10:00:00","usage":{"input_tokens":1000,"output_tokens":100,"cache_read_input_tokens":2000,"cache_creation_input_tokens":0}}
{"ts":"2026-06-01 10:00:10","usage":{"input_tokens":2000,"output_tokens":100,"cache_read_input_tokens":0,"cache_creation_input_tokens":1000}}
{"ts":"2026-06-01 10:00:20","usage":{"input_tokens":3000,"output_tokens":100}}
{"ts":"2026-06-01 10:01:00","usage":{"input_tokens":4000,"output_tokens":100,"cache_read_input_tokens":5000}}
"#;

fn folder() -> (Folder, String) {
    let folder = Folder::new(&[]);
    let prices = folder.file("prices.toml", PRICES);
    (folder, prices)
}

fn notes(quote: &Value) -> Vec<String> {
    let notes = quote["notes"].as_array().unwrap().iter();
    let said = notes.map(|note| note["message"].as_str().unwrap().to_owned());
    said.collect()
}

/// What each line is of, its quantity and its amount.
fn items(quote: &Value) -> Vec<(String, String, String)> {
    let items = quote["items"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    items
        .map(|item| {
            (
                text(&item["id"]),
                text(&item["quantity"]),
                text(&item["amount"]),
            )
        })
        .collect()
}

fn item(id: &str, count: &str, amount: &str) -> (String, String, String) {
    (id.to_owned(), count.to_owned(), amount.to_owned())
}

#[test]
fn each_kind_has_its_line_inside_and_beside() {
    let (folder, prices) = folder();
    for (name, text, fields) in [
        (
            "inside.csv",
            INSIDE,
            "in `cache_write_tokens` and `cached_tokens`, as part of the input tokens",
        ),
        (
            "beside.jsonl",
            BESIDE,
            "in `usage.cache_creation_input_tokens` and `usage.cache_read_input_tokens`, beside the \
             input tokens, to which they are added",
        ),
    ] {
        let trace = folder.file(name, text);
        let own = quote(&format!(
            "tokens own-cached --catalog {prices} --trace {trace}"
        ));
        // Of calls up to 4,000: 9,000 input, of which 2,000 are read and 1,000 written. Of the larger one
        // 5,000 of 9,000 are read; its tier has no price of writing.
        assert_eq!(
            items(&own),
            [
                item("tokens.input", "6000", "0.06"),
                item("tokens.cached", "2000", "0.004"),
                item("tokens.cache-write", "1000", "0.0125"),
                item("tokens.output", "300", "0.012"),
                item("tokens.input", "4000", "0.08"),
                item("tokens.cached", "5000", "0.02"),
                item("tokens.output", "100", "0.008"),
            ],
            "{name}"
        );
        assert_eq!(own["total"], "0.1965");
        let said = format!(
            "3 of 4 calls count 7,000 cached input tokens and 1,000 cache write tokens {fields}"
        );
        assert_eq!(notes(&own)[0], said);
        let trace_json = &own["trace"];
        assert_eq!(trace_json["input_tokens"], "18000");
        assert_eq!(trace_json["cached_tokens"], "7000");
        assert_eq!(trace_json["cache_write_tokens"], "1000");
        let cached = json!({
            "calls": "3", "input_tokens": "15000", "output_tokens": "300",
            "cached_tokens": "7000", "cache_write_tokens": "1000", "tokens": "8000",
        });
        assert_eq!(trace_json["cached"], cached);

        // Without a price of their own they are input: 18,000 × ¥10 and 400 × ¥40 by a million.
        let plain = quote(&format!(
            "tokens own-plain --catalog {prices} --trace {trace}"
        ));
        assert_eq!(
            items(&plain),
            [
                item("tokens.input", "18000", "0.18"),
                item("tokens.output", "400", "0.016")
            ]
        );
        assert_eq!(notes(&plain)[0], said);
    }
}

#[test]
fn a_reservation_keeps_kinds_in_the_quota_and_beyond() {
    let (folder, prices) = folder();
    let trace = folder.file("inside.csv", INSIDE);
    let line =
        format!("ptu own-cached --catalog {prices} --trace {trace} --input-tpm 6k --output-tpm 1k");
    // The first two fit 6,000 tokens a minute, the third and the large one do not.
    let reserved = quote(&line);
    let sums = |name: &str| reserved["trace"]["admitted"][name].clone();
    assert_eq!(
        sums("in_quota"),
        json!({
            "calls": "2", "input_tokens": "6000", "output_tokens": "200",
            "cached_tokens": "2000", "cache_write_tokens": "1000",
        })
    );
    assert_eq!(
        sums("overflow"),
        json!({ "calls": "2", "input_tokens": "12000", "output_tokens": "200", "cached_tokens": "5000" })
    );
    let overflow: Vec<_> = items(&reserved)
        .into_iter()
        .filter(|item| item.0.starts_with("ptu.over"))
        .collect();
    assert_eq!(
        overflow,
        [
            item("ptu.overflow.input", "3000", "0.03"),
            item("ptu.overflow.output", "100", "0.004"),
            item("ptu.overflow.input", "4000", "0.08"),
            item("ptu.overflow.cached", "5000", "0.02"),
            item("ptu.overflow.output", "100", "0.008"),
        ]
    );
    let refused = quote(&format!("{line} --on-overflow reject"));
    assert!(notes(&refused)[0].ends_with("as part of the input tokens"));
}

#[test]
fn a_whole_quote_says_what_is_cached() {
    let (folder, prices) = folder();
    let trace = folder.file("inside.csv", INSIDE);
    let said = stdout(&format!(
        "quote tokens own-cached --catalog {prices} --trace {trace}"
    ));
    let said = said
        .replace(&trace, "inside.csv")
        .replace(&prices, "prices.toml");
    assert_eq!(said, include_str!("cached.txt"));
}

#[test]
fn where_they_count_can_be_said_and_is_refused_where_it_cannot_be() {
    let (folder, prices) = folder();
    let trace = folder.file("inside.csv", INSIDE);
    let line = format!("quote tokens own-plain --catalog {prices} --trace {trace}");
    let beside = printed(&format!("{line} --cached beside"));
    assert_eq!(beside["quotes"][0]["trace"]["input_tokens"], "26000");
    let beside = folder.file("beside.jsonl", BESIDE);
    let (code, said) = refused(&format!(
        "quote tokens own-plain --catalog {prices} --trace {beside} --cached inside"
    ));
    assert_eq!(code, 1);
    assert!(
        said.contains("beside.jsonl:1: 2,000 cached tokens where the input has 1,000")
            && said.contains(
                "hint: where cached tokens are no part of the input tokens, `--cached beside`"
            ),
        "{said}"
    );
    for (flags, message) in [
        ("--cached inside", "`--cached` is for recorded traffic"),
        (
            "--cache-from hash_ids",
            "`--cache-from` is for recorded traffic",
        ),
    ] {
        let line =
            format!("quote tokens own-plain --catalog {prices} --input 5 --output 5 {flags}");
        let (code, said) = refused(&line);
        assert!(code == 2 && said.contains(message), "{said}");
    }
    for (flags, message) in [
        (
            "--cached outside",
            "`outside` is not a value for `--cached <PLACE>`",
        ),
        ("--cache-block 512", "--cache-from"),
        ("--cache-ttl 5m", "--cache-from"),
        ("--cache-from h --cached inside", "does not go with"),
        (
            "--cache-from h --columns cached=x",
            "`--columns` names cached tokens, and `--cache-from` derives them",
        ),
        (
            "--cache-from h --cache-block 0",
            "it is not a number of tokens",
        ),
        ("--cache-from h --cache-ttl never", "a duration counts in"),
        (
            "--cache-from h --cache-ttl 0.5s",
            "it is not in whole seconds",
        ),
    ] {
        let (code, said) = refused(&format!("{line} {flags}"));
        assert!(code == 2 && said.contains(message), "{flags}: {said}");
    }
}

/// Two conversations; the second turn of each repeats the first.
const HASHES: &str = r#"{"timestamp":0,"input_length":1000,"output_length":10,"hash_ids":[1,2]}
{"timestamp":1,"input_length":600,"output_length":10,"hash_ids":[1,3]}
{"timestamp":200,"input_length":1500,"output_length":10,"hash_ids":[1,2,4]}
{"timestamp":510,"input_length":600,"output_length":10,"hash_ids":[1,3]}
"#;

#[test]
fn hits_are_derived_from_hashes_of_blocks() {
    let (folder, prices) = folder();
    let trace = folder.file("hashes.jsonl", HASHES);
    let line = format!(
        "tokens own-cached --catalog {prices} --trace {trace} --time-unit seconds --cache-from hash_ids"
    );
    // The first block of the second call, two of the third; 310 s later all is gone.
    let five = quote(&line);
    assert_eq!(five["trace"]["cached_tokens"], "1536");
    assert_eq!(
        notes(&five)[0],
        "2 of 4 calls count 1,536 cached input tokens, derived from `hash_ids` (a reading: its first \
         blocks of 512 tokens that an earlier call used, within 5 minutes of the last use)"
    );
    assert_eq!(
        five["trace"]["cached_by"],
        json!({
            "inside": [], "beside": [],
            "derived": { "field": "hash_ids", "block": "512", "ttl": "PT5M" },
        })
    );
    // 2,164 × ¥10, 1,536 × ¥2 and 40 × ¥40 by a million.
    assert_eq!(five["total"], "0.026312");
    let six = quote(&format!("{line} --cache-ttl 6m --cache-block 512"));
    assert_eq!(six["trace"]["cached_tokens"], "2048");
    let ever = quote(&format!("{line} --cache-ttl none"));
    assert_eq!(ever["trace"]["cached_tokens"], "2136");
    assert!(notes(&ever)[0].contains("that an earlier call used, at any time before)"));
    let (code, said) = refused(&format!(
        "quote ptu own-cached --catalog {prices} --trace {trace} --time-unit seconds --cache-from \
         hash_ids --partial --input-tpm 10k --output-tpm 1k"
    ));
    assert!(
        code == 2 && said.contains("`--partial` cannot be used with `--cache-from`"),
        "{said}"
    );
    let (code, said) = refused(&format!("quote {line} --cache-block 100"));
    assert_eq!(code, 1);
    assert!(
        said.contains(
            "1: 2 hashes of blocks, where 1,000 input tokens have 10 blocks of 100 tokens"
        )
    );
}

#[test]
fn a_comparison_bills_them_at_each_options_prices() {
    let (folder, prices) = folder();
    let trace = folder.file("inside.csv", INSIDE);
    let line = format!("compare own-cached own-plain --catalog {prices} --trace {trace}");
    let said = stdout(&format!("{line} --format markdown")).replace('\\', "");
    assert!(
        said.contains("no discount is published for cached input, so it is billed as input"),
        "{said}"
    );
    let of = |code: &str| {
        let options = printed(&line)["options"].clone();
        let options = options.as_array().unwrap().clone();
        let option = options.into_iter().find(|option| {
            option["quote"]["model"]["code"] == code && option["quote"]["method"] == "tokens"
        });
        option.unwrap()["quote"]["total"].clone()
    };
    assert_eq!(of("own-cached"), "0.1965");
    assert_eq!(of("own-plain"), "0.196");
}

#[test]
fn parts_keep_what_is_cached_and_how_it_was_counted() {
    let (folder, prices) = folder();
    let (head, rows) = INSIDE.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let line = |trace: &str, more: &str| {
        format!(
            "quote ptu own-cached --catalog {prices} --trace {trace} --input-tpm 6k --output-tpm 1k \
             --hours 1 {more}"
        )
    };
    let part = |name: &str, rows: &[&str], more: &str| {
        let trace = folder.file(name, &format!("{head}\n{}\n", rows.join("\n")));
        folder.file(
            &format!("{name}.json"),
            &stdout(&line(&trace, &format!("{more} --partial"))),
        )
    };
    let merged = |parts: &[&String]| {
        let parts: Vec<&str> = parts.iter().map(|part| part.as_str()).collect();
        let mut merged = printed(&format!("merge --catalog {prices} {}", parts.join(" ")));
        merged["quotes"][0]["trace"]["files"] = Value::Null;
        merged["quotes"][0].clone()
    };
    for more in ["", "--cached inside", "--cached beside"] {
        let (one, two) = (part("one", &rows[..3], more), part("two", &rows[3..], more));
        let mut whole = printed(&line(&folder.file("whole.csv", INSIDE), more));
        whole["quotes"][0]["trace"]["files"] = Value::Null;
        assert_eq!(merged(&[&one, &two]), whole["quotes"][0], "{more}");
    }
    let (one, two) = (
        part("one", &rows[..3], ""),
        part("two", &rows[3..], "--cached beside"),
    );
    let (code, said) = refused(&format!("merge --catalog {prices} {one} {two}"));
    assert_eq!(code, 1);
    assert!(
        said.contains("`cached` is missing here and `beside` there"),
        "{said}"
    );
    // A part that was made before kinds were kept is one whose tokens are all input.
    let two = part("two", &rows[3..], "");
    let kept = std::fs::read_to_string(&two).unwrap();
    let before = kept
        .replace(r#","cached":"5000""#, "")
        .replace(r#","cached_inside":["cached_tokens"]"#, "");
    assert_ne!(before, kept);
    let old = folder.file("old.json", &before);
    let all = merged(&[&one, &old]);
    assert_eq!(all["trace"]["input_tokens"], "18000");
    assert_eq!(all["trace"]["cached_tokens"], "2000");
}

#[test]
fn hits_and_writes_of_two_conventions_are_not_mixed() {
    let (folder, prices) = folder();
    let mixed = folder.file(
        "mixed.jsonl",
        r#"{"ts":"2026-06-01 10:00:00","usage":{"prompt_tokens":1000,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":200},"cache_creation_input_tokens":300}}
"#,
    );
    let line = format!("tokens own-cached --catalog {prices} --trace {mixed}");
    let (code, said) = refused(&format!("quote {line}"));
    assert_eq!(code, 1);
    assert!(
        said.contains("several columns could be the cached input tokens"),
        "{said}"
    );
    assert!(
        said.contains("`--cached inside` or `--cached beside`"),
        "{said}"
    );
    // 500 at ¥10, 200 at ¥2, 300 at ¥12.50 and 5 at ¥40 by a million.
    assert_eq!(
        quote(&format!("{line} --cached inside"))["total"],
        "0.00935"
    );
}

#[test]
fn the_way_of_a_cache_can_be_said_of_recorded_calls() {
    let folder = Folder::new(&[]);
    let prices = folder.file(
        "ways.toml",
        r#"
version = 1
[provider]
id = "alibaba"
[[model]]
code = "own-ways"
[[model.standard]]
tiers = [{ input = "10 per 1M tokens", cached = "2 per 1M tokens", cached_explicit = "1 per 1M tokens", cache_write = "12.5 per 1M tokens", output = "40 per 1M tokens" }]
"#,
    );
    let trace = folder.file(
        "calls.csv",
        "timestamp,input_tokens,output_tokens,cached\n2026-06-01 10:00:00,1000,0,600\n",
    );
    let line = format!("tokens own-ways --catalog {prices} --trace {trace}");
    // 400 at ¥10, and 600 at ¥2 or ¥1 by a million.
    assert_eq!(quote(&line)["total"], "0.0052");
    assert_eq!(
        quote(&format!("{line} --cache explicit"))["total"],
        "0.0046"
    );
}
