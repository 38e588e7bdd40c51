//! Rows of other types than calls.

use std::fs;

use super::{TOKENS, read, sample};
use crate::support::{quote, refused, stdout};

fn notes(flags: &str) -> Vec<String> {
    let quote = quote(&format!("{TOKENS} {flags}"));
    let notes = quote["notes"].as_array().unwrap().iter();
    let notes = notes.map(|note| note["message"].as_str().unwrap().to_owned());
    notes.filter(|note| note.contains("row")).collect()
}

#[test]
fn rows_of_other_types_are_said_once() {
    assert_eq!(
        notes(&sample("claude-code.jsonl")),
        ["4 of 6 rows are no calls, but of other types"]
    );
    assert_eq!(
        notes(&sample("litellm.csv")),
        ["1 of 3 rows is no call, but of another type"]
    );
}

#[test]
fn they_are_counted_apart_from_those_that_filters_leave_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let header = "request_id,startTime,prompt_tokens,completion_tokens,model,cache_hit";
    let row = |model: &str, hit: &str| format!("r,2026-11-20T01:00:00Z,100,10,{model},{hit}\n");
    let rows = [
        row("a", "True"),
        row("a", "False"),
        row("b", "True"),
        row("b", "False"),
    ];
    fs::write(&path, format!("{header}\n{}", rows.concat())).unwrap();
    let flags = format!("--trace {} --where model=a", path.display());
    let trace = quote(&format!("{TOKENS} {flags}"))["trace"].clone();
    assert_eq!(
        (
            &trace["calls"],
            &trace["filtered_rows"],
            &trace["other_rows"]
        ),
        (&"1".into(), &"2".into(), &"1".into())
    );
    // The same column may be looked at by both.
    let kept = format!("--trace {} --where cache_hit=False", path.display());
    assert!(read(&kept).contains("- other; 2 calls"));
    let none = format!("--trace {} --where cache_hit=True", path.display());
    let (code, said) = refused(&format!("quote {TOKENS} {none}"));
    assert_eq!(code, 1, "{said}");
}

#[test]
fn sums_of_more_than_a_minute_are_priced_and_fill_no_reservation() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    let minute = fs::read_to_string("tests/logs/openai-usage.json").unwrap();
    let day = minute.replacen("1763600460", "1763686800", 1);
    fs::write(&path, day).unwrap();
    let flags = format!("--trace {}", path.display());
    let trace = read(&flags);
    assert!(trace.contains("4 calls, 9500 in, 750 out"), "{trace}");
    assert!(trace.ends_with("0.075"), "{trace}");
    let notes = quote(&format!("{TOKENS} {flags}"))["notes"].clone();
    let of_sums = "sums of up to 1,440 minutes are taken as of their first minute: what a minute takes, and when, is not known";
    let mut notes = notes.as_array().unwrap().iter();
    assert!(notes.any(|note| note["message"] == of_sums));
    for line in [
        format!("quote ptu qwen3-max-2025-09-23 --fit peak --hours 1 {flags}"),
        format!("quote ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k --partial {flags}"),
        format!("compare qwen3-max-2025-09-23 {flags}"),
    ] {
        let (code, said) = refused(&line);
        assert_eq!(code, 1);
        assert_eq!(
            said,
            "error: sums of up to 1,440 minutes do not say what a single minute takes, which a reservation is \
             sized and filled by\n\nhint: get the sums of minutes, as OpenAI gives with `bucket_width=1m`, or \
             price them with `quote tokens`\n",
            "{line}"
        );
    }
    // Sums of minutes are fine.
    let line = format!(
        "ptu qwen3-max-2025-09-23 --fit peak --hours 1 {}",
        sample("openai-usage.json")
    );
    assert_eq!(quote(&line)["trace"]["calls"], "4");
}

#[test]
fn a_log_without_a_call_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let row = r#"{"parentUuid":null,"sessionId":"s","uuid":"u","type":"user","timestamp":"2026-11-20T01:00:00Z"}"#;
    fs::write(&path, format!("{row}\n{row}\n")).unwrap();
    let (code, said) = refused(&format!("quote {TOKENS} --trace {}", path.display()));
    assert_eq!(code, 1);
    assert_eq!(
        said,
        "error: none of 2 rows is a call, read as Claude Code transcripts\n\n\
         hint: name a file that has calls, or say with `--log-format` what it is\n"
    );
}

#[test]
fn a_file_of_a_folder_without_a_call_is_left_out_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let others = "{\"type\":\"summary\",\"summary\":\"x\",\"leafUuid\":\"y\"}\n".repeat(300);
    let none = put("a.jsonl", &others);
    let empty = put("b.jsonl", "");
    put("c.jsonl", &others.clone());
    let call = fs::read_to_string("tests/logs/claude-code.jsonl").unwrap();
    put("d.jsonl", &format!("{others}{call}"));
    let named = folder.path().display();
    for trace in [named.to_string(), format!("{named}/*.jsonl")] {
        let quote = quote(&format!("{TOKENS} --trace {trace}"));
        let trace = &quote["trace"];
        let expected = (&"2".into(), &"3".into());
        assert_eq!((&trace["calls"], &trace["files_left_out"]), expected);
    }
    let shown = stdout(&format!("quote {TOKENS} --trace {named}"));
    let words: Vec<&str> = shown.split_whitespace().collect();
    let words = words.join(" ");
    assert!(
        words.contains("; 3 files left out, no log by name or without a call"),
        "{shown}"
    );
    let shown = stdout(&format!("trace {named}"));
    assert!(
        shown.contains("3 files, no log by name or without a call"),
        "{shown}"
    );
    for file in [none, empty] {
        let (code, said) = refused(&format!("quote {TOKENS} --trace {file}"));
        assert_eq!(code, 1, "{said}");
    }
    // Where no file has a call, the first is refused.
    fs::remove_file(folder.path().join("d.jsonl")).unwrap();
    let (code, said) = refused(&format!("quote {TOKENS} --trace {named}"));
    assert_eq!(code, 1, "{said}");
}
