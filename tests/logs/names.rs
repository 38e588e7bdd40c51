//! What comes before the names of a log, logs that are said, and names that are nobody's.

use std::fs;

use super::{TOKENS, read, sample};
use crate::support::{quote, refused};

/// A file of a test.
pub fn file(text: &str, name: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let flags = format!("--trace {}", path.display());
    (folder, flags)
}

#[test]
fn columns_cached_and_the_unit_go_before_the_log() {
    let columns = format!("{} --columns input=total_tokens", sample("litellm.csv"));
    let read_by = read(&columns);
    assert!(read_by.contains("2 calls, 5400 in, 400 out"), "{read_by}");
    let inside =
        read(&format!("{} --cached inside", sample("bedrock.jsonl")).replace("bedrock", "openai"));
    assert!(inside.contains("4500 in, 320 out, 3000 cached"), "{inside}");
    let beside = read(&format!("{} --cached beside", sample("openai.jsonl")));
    assert!(beside.contains("7500 in, 320 out, 3000 cached"), "{beside}");
    // 61,000 seconds are 1,017 minutes; as milliseconds they are 1.
    let minutes = |flags: &str| {
        let quote = quote(&format!("{TOKENS} {} {flags}", sample("mooncake.jsonl")));
        quote["trace"]["minutes"].as_str().unwrap().to_owned()
    };
    assert_eq!(minutes(""), "2");
    assert_eq!(minutes("--time-unit seconds"), "1017");
}

#[test]
fn numbers_of_a_log_from_0_are_dates_where_they_can_be() {
    let (_folder, flags) = file(
        r#"{"timestamp":1780279200,"input_length":1000,"output_length":50,"hash_ids":[1,2]}"#,
        "a.jsonl",
    );
    let read = read(&flags);
    assert!(read.starts_with("mooncake: "), "{read}");
    assert!(read.contains("from 2026-06-01T10:00:00+08:00"), "{read}");
}

#[test]
fn headers_in_chinese_are_usual_names() {
    let headers = [
        "时间,模型,输入Token数,输出Token数,缓存命中Token数",
        "请求时间,模型名称,输入Tokens,输出Tokens,命中缓存Token数",
        "调用时间,模型Code,输入token数,输出token数,缓存Token数",
    ];
    for header in headers {
        let (_folder, flags) = file(
            &format!("{header}\n2026-11-20 09:00:00,qwen3-max,100,10,60\n"),
            "a.csv",
        );
        assert_eq!(
            read(&flags),
            ": 0 of 1 rows, - other; 1 calls, 100 in, 10 out, 60 cached, - written; \
             from 2026-11-20T09:00:00+08:00; 0.00084",
            "{header}"
        );
    }
    let (_folder, flags) = file(
        "分钟,调用次数,输入Token数,输出Token数\n2026-11-20 09:00,2,100,10\n",
        "a.csv",
    );
    assert!(read(&flags).contains("2 calls, 100 in, 10 out"));
}

#[test]
fn an_unknown_name_lists_those_that_there_are() {
    let (code, said) = refused(&format!(
        "quote {TOKENS} {} --log-format lite",
        sample("azure.csv")
    ));
    assert_eq!(code, 2);
    assert!(
        said.contains("there is none of this name; there are `litellm`, `langfuse`"),
        "{said}"
    );
    let (code, said) =
        refused("quote tokens qwen3-max-2025-09-23 --input 1 --output 1 --log-format azure");
    assert_eq!(code, 2);
    assert!(
        said.contains("`--log-format` is for recorded traffic"),
        "{said}"
    );
}

#[test]
fn a_log_that_is_said_and_is_not_it_is_refused() {
    let (code, said) = refused(&format!(
        "quote {TOKENS} {} --log-format bedrock",
        sample("azure.csv")
    ));
    assert_eq!(code, 1);
    assert_eq!(
        said,
        "error: tests/logs/azure.csv:1: no column is known to be the input tokens; there are `TIMESTAMP`, \
         `ContextTokens`, `GeneratedTokens`\n\nhint: name the columns: `--columns time=…,input=…,output=…`\n"
    );
}

#[test]
fn files_of_several_logs_are_each_read_as_what_they_are() {
    let (_folder, usual) = file(
        "timestamp,input_tokens,output_tokens\n2026-11-20T09:00:00+08:00,100,10\n",
        "a.csv",
    );
    let both = format!("{} {usual}", sample("bedrock.jsonl"));
    let read = read(&both);
    assert!(read.starts_with("bedrock and usual: 0 of 3 rows"), "{read}");
    assert!(read.contains("3 calls, 1400 in, 510 out"), "{read}");
}

#[test]
fn cached_tokens_of_a_log_that_does_not_say_where_they_count_are_asked_for() {
    let text = fs::read_to_string("tests/logs/helicone.jsonl").unwrap();
    let (_folder, flags) = file(
        &text.replacen(
            r#""prompt_cache_read_tokens":0"#,
            r#""prompt_cache_read_tokens":600"#,
            1,
        ),
        "a.jsonl",
    );
    let (code, said) = refused(&format!("quote {TOKENS} {flags}"));
    assert_eq!(code, 1);
    assert!(
        said.contains("has cached tokens, and Helicone requests count them inside the input tokens or beside them"),
        "{said}"
    );
    assert!(
        said.contains("hint: say where they count with `--cached inside` or `--cached beside`"),
        "{said}"
    );
    assert!(read(&format!("{flags} --cached inside")).contains("3000 in, 500 out, 600 cached"));
    assert!(read(&format!("{flags} --cached beside")).contains("3600 in, 500 out, 600 cached"));
}
