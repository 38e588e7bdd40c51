//! Logs as they lie on a disk: in any shape, in folders, under patterns.

use serde_json::json;

use super::support::{quote, refused, stdout, total};
use super::traces::Folder;

const TOKENS: &str = "tokens qwen3-max-2025-09-23";

/// The same two calls, 4,000 input and 300 output tokens together, in a shape each.
const SHAPES: [(&str, &str); 7] = [
    (
        "comma.csv",
        "timestamp,input_tokens,output_tokens\n2026-11-20 09:00:00,\"3,000\",200\n2026-11-20 09:00:01,1000,100\n",
    ),
    (
        "semi.csv",
        "timestamp;input_tokens;output_tokens\n2026-11-20 09:00:00;3,000;200\n2026-11-20 09:00:01;1000;100\n",
    ),
    (
        "t.tsv",
        "timestamp\tinput_tokens\toutput_tokens\n2026-11-20 09:00:00\t3000\t200\n2026-11-20 09:00:01\t1000\t100\n",
    ),
    (
        "bar.txt",
        "\u{feff}timestamp|input_tokens|output_tokens\r\n2026-11-20 09:00:00|3000|200\r\n2026-11-20 09:00:01|1,000|100\r\n",
    ),
    (
        "list.json",
        r#"[{"received":"2026-11-20T01:00:00.123Z","timestamp":"2026-11-20 09:00:00","prompt_tokens":3000,"completion_tokens":200},
{"timestamp":"2026-11-20 09:00:01","prompt_tokens":1000,"completion_tokens":100}]"#,
    ),
    (
        "held.json",
        r#"{"object":"page","data":[{"timestamp":"2026-11-20 09:00:00","prompt_tokens":3000,"completion_tokens":200},{"timestamp":"2026-11-20 09:00:01","prompt_tokens":1000,"completion_tokens":100}]}"#,
    ),
    (
        "pretty.log",
        "{\n  \"timestamp\": \"2026-11-20 09:00:00\",\n  \"usage\": {\n    \"prompt_tokens\": 3000,\n    \"completion_tokens\": 200\n  }\n}\n{\n  \"timestamp\": \"2026-11-20 09:00:01\",\n  \"usage\": {\"prompt_tokens\": 1000, \"completion_tokens\": 100}\n}\n",
    ),
];

#[test]
fn calls_cost_the_same_in_every_shape() {
    let folder = Folder::new(&[]);
    for (name, text) in SHAPES {
        let file = folder.file(name, text);
        let trace = quote(&format!("{TOKENS} --trace {file}"));
        assert_eq!(trace["trace"]["calls"], "2", "{name}");
        assert_eq!(trace["trace"]["input_tokens"], "4000", "{name}");
        assert_eq!(trace["trace"]["output_tokens"], "300", "{name}");
        // 4,000 at ¥6 and 300 at ¥24 per million.
        assert_eq!(
            total(&format!("{TOKENS} --trace {file}")),
            "0.0312",
            "{name}"
        );
    }
}

#[test]
fn a_folder_is_the_sum_of_its_logs_and_says_what_it_left_out() {
    let folder = Folder::new(&[("README.md", "how these were made"), (".x.csv", "no log")]);
    for (name, text) in SHAPES {
        folder.file(name, text);
    }
    let path = folder.path().display();
    let found = quote(&format!("{TOKENS} --trace {path}"));
    let trace = &found["trace"];
    assert_eq!(trace["files"].as_array().unwrap().len(), 7);
    assert_eq!(trace["files_left_out"], json!("1"));
    assert_eq!(
        (&trace["calls"], &trace["input_tokens"]),
        (&json!("14"), &json!("28000"))
    );
    let text = stdout(&format!("quote {TOKENS} --trace {path}"));
    assert!(
        text.contains(
            "times without a zone; 1 file left out, no\n         log by name or without a call"
        ),
        "{text}"
    );
    let found = quote(&format!(
        "{TOKENS} --trace {path}/*.json --trace {path}/list.json"
    ));
    assert_eq!(found["trace"]["calls"], "4");
    assert_eq!(found["trace"].get("files_left_out"), None);
}

#[test]
fn a_folder_or_a_pattern_without_a_log_is_refused() {
    let folder = Folder::new(&[("README.md", "")]);
    let path = folder.path().display();
    assert_eq!(
        refused(&format!("quote {TOKENS} --trace {path}")),
        (
            1,
            format!(
                "error: no file of `{path}` is a log by its name; it has 1 other\n\n\
                 hint: their names end in `.csv`, `.tsv`, `.txt`, `.log`, `.json`, `.jsonl`, `.ndjson` or \
                 `.parquet`, and then perhaps in `.gz` or `.zst`; name other files one by one\n"
            )
        )
    );
    assert_eq!(
        refused(&format!(
            "compare qwen3-max-2025-09-23 --trace {path}/*.csv"
        )),
        (
            1,
            format!(
                "error: no file matches `{path}/*.csv`\n\n\
                 hint: name a file, a folder, or a pattern such as `logs/*.jsonl`\n"
            )
        )
    );
}
