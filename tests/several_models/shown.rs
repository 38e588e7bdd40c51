//! What is printed, whole.

use std::path::Path;

use super::support::tollgate;

/// Six calls of three models: one of them under two names, one call with cached tokens, one of a model that no
/// catalog has.
pub const LOG: &str = r#"{"created":1764208800,"model":"qwen3-max-2025-09-23","usage":{"prompt_tokens":4000,"completion_tokens":300}}
{"created":1764208805,"model":"deepseek-v3.2","usage":{"prompt_tokens":2000,"completion_tokens":100}}
{"created":1764208806,"model":"dashscope/deepseek-v3.2","usage":{"prompt_tokens":2000,"completion_tokens":100}}
{"created":1764208860,"model":"qwen3-max-2025-09-23","usage":{"prompt_tokens":1000,"completion_tokens":300}}
{"created":1764208861,"model":"azure/my-deployment","usage":{"prompt_tokens":1000,"completion_tokens":300,"prompt_tokens_details":{"cached_tokens":400}}}
{"created":1764208862,"model":"qwen3-max-2025-09-23","usage":{"prompt_tokens":40000,"completion_tokens":10}}
"#;

/// Asserts that a command line in a folder with the log as `log.jsonl` prints what a file has.
fn assert_prints(file: &str, line: &str) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("log.jsonl"), LOG).unwrap();
    let mut command = tollgate();
    let output = command
        .current_dir(folder.path())
        .args(line.split_whitespace())
        .output()
        .unwrap();
    let (stdout, stderr) = (output.stdout, String::from_utf8(output.stderr).unwrap());
    assert_eq!(
        (output.status.code(), stderr.as_str()),
        (Some(0), ""),
        "{line}"
    );
    assert_has(file, &String::from_utf8(stdout).unwrap());
}

/// Asserts that this is what a file of `tests/several_models/` has; `TOLLGATE_REWRITE=1` writes the file.
pub fn assert_has(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/several_models")
        .join(file);
    if std::env::var_os("TOLLGATE_REWRITE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(&path).unwrap());
}

const MAP: &str = "--model-map azure/my-deployment=qwen-plus";

#[test]
fn a_bill_has_a_section_for_each_model_and_the_answer_first() {
    assert_prints("bill.txt", &format!("quote tokens --trace log.jsonl {MAP}"));
    assert_prints(
        "bill.csv",
        &format!("quote tokens --trace log.jsonl {MAP} --format csv"),
    );
    assert_prints(
        "bill.md",
        &format!("quote tokens --trace log.jsonl {MAP} --format markdown --fx USD=0.1389"),
    );
}

#[test]
fn what_is_left_out_is_said() {
    assert_prints(
        "left_out.txt",
        "quote tokens --trace log.jsonl --skip-unknown-models --scale-to 30",
    );
}

#[test]
fn a_comparison_has_the_best_way_of_each_model_and_the_answer_first() {
    assert_prints(
        "compare.txt",
        &format!("compare --trace log.jsonl --scale-to 30 {MAP}"),
    );
    assert_prints(
        "compare_details.txt",
        &format!("compare --trace log.jsonl {MAP} --current ptu-hourly --details"),
    );
}

#[test]
fn calls_that_grow_are_billed_by_the_month() {
    let grows = format!("{MAP} --growth 50%/month --growth-months 3");
    let bill = format!("quote tokens --trace log.jsonl {grows}");
    assert_prints("grown_bill.txt", &bill);
    assert_prints(
        "grown_bill.md",
        &format!("{bill} --format markdown --fx USD=0.1389"),
    );
    assert_prints("grown_bill.csv", &format!("{bill} --format csv"));
    assert_prints("grown_bill.json", &format!("{bill} --json"));
    let compare = format!("compare --trace log.jsonl {grows}");
    assert_prints("grown_compare.txt", &compare);
    assert_prints(
        "grown_compare.md",
        &format!("{compare} --current ptu-hourly --format markdown --fx USD=0.1389"),
    );
    assert_prints("grown_compare.csv", &format!("{compare} --format csv"));
}

#[test]
fn a_few_ways_of_each_model_are_shown_where_they_are_asked_for() {
    assert_prints(
        "top.txt",
        &format!("compare --trace log.jsonl --scale-to 30 {MAP} --top 2"),
    );
}

#[test]
fn a_limit_holds_the_sum_of_all_models() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("log.jsonl"), LOG).unwrap();
    for (limit, code, said) in [
        ("0.454544", 0, ""),
        (
            "0.454543",
            3,
            "error: the limit of ¥0.454543 is exceeded: the log costs ¥0.454544\n",
        ),
    ] {
        let mut command = tollgate();
        let line =
            format!("quote tokens --trace log.jsonl {MAP} --format total --max-cost {limit}");
        let output = command
            .current_dir(folder.path())
            .args(line.split_whitespace())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "0.454544\n");
        assert_eq!(output.status.code(), Some(code), "{limit}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), said);
    }
}
