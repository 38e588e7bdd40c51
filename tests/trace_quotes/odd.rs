//! Failed calls, repeated calls and missing output in a quote.

use serde_json::json;

use super::support::{json as answer, quote, refused, stdout};
use super::traces::Folder;

/// Three calls, of which one was refused, and one stands before an earlier one.
const MIXED: &str = r#"{"created":1780279205,"request_id":"a","usage":{"prompt_tokens":4000,"completion_tokens":300}}
{"created":1780279200,"request_id":"b","usage":{"prompt_tokens":2000,"completion_tokens":100}}
{"created":1780279209,"request_id":"c","status":429,"usage":null}
{"created":1780279260,"request_id":"d","usage":{"prompt_tokens":1000,"completion_tokens":1}}
{"created":1780279261,"request_id":"d","usage":{"prompt_tokens":1000,"completion_tokens":300}}
"#;

fn mixed(folder: &Folder) -> String {
    let trace = folder.file("mixed.jsonl", MIXED);
    format!("tokens qwen3-max-2025-09-23 --trace {trace}")
}

/// A text with the file by its name alone.
fn short(text: &str, folder: &Folder) -> String {
    text.replace(&folder.file("mixed.jsonl", MIXED), "mixed.jsonl")
}

#[test]
fn failed_and_repeated_calls_are_not_billed() {
    let folder = Folder::new(&[]);
    let quoted = quote(&mixed(&folder));
    let trace = &quoted["trace"];
    // 7,000 × ¥6 + 700 × ¥24 per 1M.
    assert_eq!(quoted["total"], "0.0588");
    assert_eq!(trace["calls"], "3");
    assert_eq!(trace["rows"], "5");
    assert_eq!(trace["failed_calls"], "1");
    assert_eq!(trace["repeated_rows"], "1");
    assert_eq!(trace["out_of_order_rows"], "1");
    assert_eq!(trace["repeated_far_rows"], json!(null));
    assert_eq!(trace["no_output_calls"], json!(null));
}

#[test]
fn what_is_left_out_is_said_once_with_its_number() {
    let folder = Folder::new(&[]);
    let shown = stdout(&format!("quote {}", mixed(&folder)));
    assert_eq!(short(&shown, &folder), include_str!("odd.txt"));
    let shown = stdout(&format!("quote {} --format markdown", mixed(&folder)));
    for said in [
        "1 failed call is not billed",
        "1 row repeats a call: the last of each counts",
        "1 row stands after a later one, and is put in order of time",
    ] {
        assert_eq!(shown.matches(said).count(), 1, "{said}");
    }
}

#[test]
fn both_can_be_billed() {
    let folder = Folder::new(&[]);
    let line = mixed(&folder);
    let quoted = quote(&format!("{line} --repeated-calls bill"));
    assert_eq!(quoted["trace"]["calls"], "4");
    assert_eq!(quoted["trace"]["repeated_rows"], json!(null));
    // 8,000 × ¥6 + 701 × ¥24 per 1M.
    assert_eq!(quoted["total"], "0.064824");
    // The refused call has no tokens, so that it cannot be read where it is billed.
    let (code, said) = refused(&format!("quote {line} --failed-calls bill"));
    assert_eq!(code, 1);
    assert_eq!(
        short(&said, &folder),
        "\
error: 1 row of 5 cannot be read
  mixed.jsonl:3: no input tokens

hint: correct them, or leave them out with `--skip-bad-rows`
"
    );
}

#[test]
fn a_transcript_counts_the_last_row_of_a_message() {
    let folder = Folder::new(&[]);
    let row = |second: u8, output: u16| {
        format!(
            "{{\"timestamp\":\"2026-06-01T09:00:{second:02}.123Z\",\"message\":{{\"id\":\"msg_1\",\"model\":\"qwen3-max\",\"usage\":{{\"input_tokens\":4,\"output_tokens\":{output},\"cache_read_input_tokens\":12000,\"cache_creation_input_tokens\":5000}}}}}}\n"
        )
    };
    let trace = folder.file("cc.jsonl", &(row(0, 1) + &row(1, 220)));
    let columns = "--columns time=timestamp,input=message.usage.input_tokens,output=message.usage.output_tokens";
    let quoted = quote(&format!(
        "tokens qwen3-max-2025-09-23 --trace {trace} {columns}"
    ));
    let trace = &quoted["trace"];
    let found = [
        "calls",
        "input_tokens",
        "cached_tokens",
        "cache_write_tokens",
        "output_tokens",
    ];
    let found = found.map(|field| trace[field].as_str().unwrap());
    assert_eq!(found, ["1", "17004", "12000", "5000", "220"]);
    assert_eq!(trace["repeated_rows"], "1");
    // Marks are those of the calls that count.
    assert_eq!(trace["cached"]["calls"], "1");
    assert_eq!(trace["other_models"][0]["calls"], "1");
}

#[test]
fn a_copy_of_a_log_in_another_file_is_not_billed_again() {
    let folder = Folder::new(&[]);
    let line = mixed(&folder);
    let again = folder.file("again.jsonl", MIXED);
    let once = quote(&line);
    let twice = quote(&format!("{line} --trace {again}"));
    assert_eq!(once["total"], twice["total"]);
    assert_eq!(twice["trace"]["calls"], "3");
    assert_eq!(twice["trace"]["failed_calls"], "2");
    assert_eq!(twice["trace"]["repeated_rows"], "5");
}

#[test]
fn a_model_without_a_price_for_output_needs_none() {
    let folder = Folder::new(&[]);
    let text = "time,input_tokens\n1780279200,4000\n1780279201,6000\n";
    let trace = folder.file("ranks.csv", text);
    let quoted = quote(&format!("tokens gte-rerank-v2 --trace {trace}"));
    // 10,000 × ¥0.8 per 1M.
    assert_eq!(quoted["total"], "0.008");
    assert_eq!(quoted["trace"]["no_output_calls"], "2");
    let shown = stdout(&format!("quote tokens gte-rerank-v2 --trace {trace}"));
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "2 calls have no output tokens, which are taken as 0";
    assert_eq!(shown.matches(said).count(), 1, "{shown}");
    let (_, said) = refused(&format!(
        "quote tokens qwen3-max-2025-09-23 --trace {trace}"
    ));
    assert!(
        said.contains("no column is known to be the output tokens"),
        "{said}"
    );
}

#[test]
fn a_part_does_not_know_the_calls_of_others_until_it_is_said_what_counts() {
    let folder = Folder::new(&[]);
    let line = mixed(&folder).replace("tokens", "ptu") + " --input-tpm 10k --output-tpm 1k";
    let (_, said) = refused(&format!("quote {line} --partial"));
    assert_eq!(
        said,
        "\
error: the calls have ids, by which a repeated call is known, and a part does not know the calls of the others

hint: `--repeated-calls last` looks for them in each part alone, `--repeated-calls bill` counts every row
"
    );
    let part = stdout(&format!("quote {line} --partial --repeated-calls last"));
    let part = folder.file("part.json", &part);
    let merged = quote_of(&format!("merge {part}"));
    let whole = quote(&line);
    assert_eq!(merged["total"], whole["total"]);
    for field in [
        "calls",
        "failed_calls",
        "repeated_rows",
        "out_of_order_rows",
    ] {
        assert_eq!(merged["trace"][field], whole["trace"][field], "{field}");
    }
}

/// The only quote of a command.
fn quote_of(line: &str) -> serde_json::Value {
    answer(line)["quotes"][0].clone()
}
