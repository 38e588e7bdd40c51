//! Objects of JSON as text, as a copy of a table has them, and objects in lists one a line.

use super::names::file;
use super::read;
use crate::support::{quote, refused};

const HEADER: &str =
    "request_id,call_type,spend,startTime,prompt_tokens,completion_tokens,model,metadata";

/// A row of LiteLLM whose metadata are text.
fn litellm(id: u32, metadata: &str) -> String {
    let metadata = metadata.replace('"', "\"\"");
    format!("r{id},acompletion,0.1,2026-11-20T01:00:00Z,1000,100,qwen3-max,\"{metadata}\"\n")
}

const USAGE: &str = r#"{"status":"success","usage_object":{"prompt_tokens_details":{"cached_tokens":900},"completion_tokens_details":{"reasoning_tokens":40}}}"#;

#[test]
fn cached_tokens_in_an_object_that_is_text_are_read() {
    let rows = [
        litellm(1, USAGE),
        litellm(2, r#"{"status":"failure"}"#),
        litellm(3, "{}"),
        litellm(4, ""),
    ];
    let csv = format!("{HEADER}\n{}", rows.concat());
    let expected = "3 calls, 3000 in, 300 out, 900 cached";
    let (_folder, flags) = file(&csv, "a.csv");
    assert!(read(&flags).contains(expected), "{}", read(&flags));
    let trace = quote(&format!("{} {flags}", super::TOKENS))["trace"].clone();
    assert_eq!(trace["failed_calls"], "1", "{trace}");
    // The same rows as objects, of which some have text there and some an object.
    let objects = [USAGE, r#"{"status":"failure"}"#, "{}", ""];
    let object = |(id, text): (usize, &&str), is_text: bool| {
        let metadata = match is_text || text.is_empty() {
            true => serde_json::to_string(text).unwrap(),
            false => (*text).to_owned(),
        };
        format!(
            r#"{{"request_id":"r{id}","call_type":"acompletion","spend":0.1,"startTime":"2026-11-20T01:00:00Z","prompt_tokens":1000,"completion_tokens":100,"model":"qwen3-max","metadata":{metadata}}}"#
        ) + "\n"
    };
    for is_text in [true, false] {
        let lines = objects.iter().enumerate();
        let lines: String = lines.map(|row| object(row, is_text)).collect();
        let (_folder, flags) = file(&lines, "a.jsonl");
        assert!(read(&flags).contains(expected), "{}", read(&flags));
    }
}

#[test]
fn tokens_of_any_log_are_read_from_usage_that_is_text() {
    let usage = r#"{""prompt_tokens_details"":{""cached_tokens"":900},""input_tokens_details"":{""cache_write_tokens"":50}}"#;
    let csv = format!(
        "time,input_tokens,output_tokens,usage\n2026-11-20 09:00:00,1000,100,\"{usage}\"\n"
    );
    let (_folder, flags) = file(&csv, "a.csv");
    let read = read(&flags);
    assert!(
        read.contains("1000 in, 100 out, 900 cached, 50 written"),
        "{read}"
    );
}

#[test]
fn text_that_may_hide_cached_tokens_is_not_passed_over() {
    let csv = format!("{HEADER}\n{}", litellm(1, "{'usage_object': {}}"));
    let (_folder, flags) = file(&csv, "a.csv");
    let (_, said) = refused(&format!("quote {} {flags}", super::TOKENS));
    assert!(said.contains("`metadata` is no object of JSON"), "{said}");
    let line =
        r#"{"time":"2026-11-20 09:00:00","input_tokens":100,"output_tokens":5,"usage":"{'a'"}"#;
    let (_folder, flags) = file(line, "a.jsonl");
    let (_, said) = refused(&format!("quote {} {flags}", super::TOKENS));
    let expected = "text that begins with `{` is no object of JSON";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn buckets_a_line_keep_their_time() {
    let bucket = |start: u32, results: &str| {
        let end = start + 60;
        format!(
            r#"{{"object":"bucket","start_time":{start},"end_time":{end},"results":[{results}]}}"#
        ) + "\n"
    };
    let result = r#"{"object":"organization.usage.completions.result","input_tokens":1000,"output_tokens":100,"num_model_requests":5}"#;
    let empty = bucket(1_795_132_740, "");
    let full = bucket(1_795_132_800, result);
    let page = |buckets: &str| {
        let buckets = buckets.trim().replace('\n', ",");
        format!(r#"{{"object":"page","data":[{buckets}]}}"#) + "\n"
    };
    let both = format!("{empty}{full}");
    for text in [
        full.clone(),
        both.clone(),
        format!("\u{feff}{full}{empty}"),
        format!("\n{both}"),
        page(&both),
        page(&empty) + &page(&full),
        page(&both).replace(',', ",\n"),
    ] {
        for asked in ["", " --log-format openai-usage"] {
            let (_folder, flags) = file(&text, "a.jsonl");
            let read = read(&format!("{flags}{asked}"));
            assert!(read.contains("5 calls, 1000 in, 100 out"), "{text}: {read}");
        }
    }
}
