//! What people read.

use std::fmt::Write as _;
use std::fs;

use super::{json, stdout};

/// Two names of one model, one that nobody knows, none; cached tokens and reasoning; a row that cannot be read and
/// one of another team.
const LOG: &str = r#"{"time":"2026-11-01T09:00:00Z","team":"a","model":"qwen3-8b","input_tokens":1000,"output_tokens":200,"cached_tokens":300,"reasoning_tokens":150}
{"time":"2026-11-01T09:00:30Z","team":"a","model":"azure/mine","input_tokens":2000,"output_tokens":100}
{"time":"2026-11-02T10:00:30Z","team":"a","model":"my-own","input_tokens":500,"output_tokens":100}
{"time":"2026-11-02T10:01:30Z","team":"a","input_tokens":500,"output_tokens":100}
{"time":"2026-11-02T10:02:30Z","team":"b","model":"my-own","input_tokens":500,"output_tokens":100}
{"time":"2026-11-03T10:01:30Z","team":"a","model":"qwen3-8b","input_tokens":"x","output_tokens":100}
"#;

const LINE: &str =
    "trace LOG/log.jsonl --skip-bad-rows --where team=a --model-map azure/mine=qwen3-8b";

#[test]
fn the_whole_output_at_80_columns() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("log.jsonl"), LOG).unwrap();
    let said = stdout(LINE, folder.path(), 80);
    let expected = include_str!("shown.txt");
    assert_eq!(said, expected, "{said}");
}

#[test]
fn a_spreadsheet_has_a_row_for_each_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("log.jsonl"), LOG).unwrap();
    let said = stdout(&format!("{LINE} --format csv"), folder.path(), 80);
    assert_eq!(
        said,
        "name,model,provider,region,calls,input_tokens,cached_tokens,cache_write_tokens,output_tokens,reasoning_tokens,minutes,from,to
azure/mine,qwen3-8b,alibaba,cn-beijing,1,2000,0,0,100,0,1,2026-11-01T17:00:00+08:00,2026-11-01T17:00:00+08:00
qwen3-8b,qwen3-8b,alibaba,cn-beijing,1,1000,300,0,200,150,1,2026-11-01T17:00:00+08:00,2026-11-01T17:00:00+08:00
,,,,1,500,0,0,100,0,1,2026-11-02T18:01:00+08:00,2026-11-02T18:01:00+08:00
my-own,,,,1,500,0,0,100,0,1,2026-11-02T18:00:00+08:00,2026-11-02T18:00:00+08:00
"
    );
}

#[test]
fn pages_have_the_models_the_days_and_a_drawing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("log.jsonl"), LOG).unwrap();
    let page = stdout(&format!("{LINE} --format html"), folder.path(), 80);
    for part in ["<svg", "azure/mine", "not in the catalog", "2026-11-02 Mon"] {
        assert!(page.contains(part), "{part}");
    }
    let markdown = stdout(&format!("{LINE} --format markdown"), folder.path(), 80);
    assert!(
        markdown.contains("| `azure/mine` | `qwen3-8b` | 1 |"),
        "{markdown}"
    );
}

/// Calls at 10:00 of so many days in a row, and one more in UTC+8.
fn days(count: u64) -> String {
    let mut text = "time,input_tokens,output_tokens\n".to_owned();
    for day in 0..count {
        let at = 1_767_232_800 + day * 86_400;
        writeln!(text, "{at},{},10", 1_000 * (day % 7 + 1)).unwrap();
    }
    text
}

#[test]
fn the_chart_of_days_fits_and_becomes_one_of_weeks() {
    let folder = tempfile::tempdir().unwrap();
    for (count, first, lines) in [
        (1, "Day", 1),
        (35, "Day", 35),
        (36, "Week of", 6),
        (1_000, "Week of", 60),
    ] {
        fs::write(folder.path().join("log.csv"), days(count)).unwrap();
        for width in [80, 140] {
            let said = stdout("trace LOG/log.csv", folder.path(), width);
            let widest = said.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= width, "{widest} at {width}:\n{said}");
            let chart: Vec<&str> = said
                .lines()
                .skip_while(|line| !line.starts_with(&format!(" {first} ")))
                .skip(1)
                .take_while(|line| !line.is_empty())
                .collect();
            assert_eq!(chart.len(), lines, "{said}");
            assert!(chart.iter().all(|line| line.starts_with(" 202")), "{said}");
        }
        let document = json("trace LOG/log.csv", folder.path());
        assert_eq!(document["days"].as_array().unwrap().len() as u64, count);
    }
}

#[test]
fn a_day_without_calls_has_a_line_and_hours_are_those_of_china() {
    let folder = tempfile::tempdir().unwrap();
    let text = "time,input_tokens,output_tokens\n\
                2026-11-01T16:00:00Z,900,0\n2026-11-03T15:59:59Z,1800,0\n";
    fs::write(folder.path().join("log.csv"), text).unwrap();
    let said = stdout("trace LOG/log.csv", folder.path(), 80);
    let empty = "▁".repeat(48);
    for line in [
        format!(" 2026-11-02 Mon  ▅{}      1     900", "▁".repeat(47)),
        format!(" 2026-11-03 Tue  {}█      1    1.8K", "▁".repeat(47)),
    ] {
        assert!(said.contains(&line), "{line}\n{said}");
    }
    assert!(!said.contains(&empty));
    let later = text.replace("11-03T", "11-04T");
    fs::write(folder.path().join("log.csv"), later).unwrap();
    let said = stdout("trace LOG/log.csv", folder.path(), 80);
    assert!(
        said.contains(&format!(" 2026-11-03 Tue  {empty}      0       0")),
        "{said}"
    );
}

#[test]
fn times_from_a_start_of_their_own_have_days_by_number() {
    let folder = tempfile::tempdir().unwrap();
    let text = "{\"timestamp\": 0, \"input_tokens\": 900, \"output_tokens\": 40}\n\
                {\"timestamp\": 90000, \"input_tokens\": 600, \"output_tokens\": 90}\n";
    fs::write(folder.path().join("log.jsonl"), text).unwrap();
    let line = "trace LOG/log.jsonl --time-unit seconds";
    let said = stdout(line, folder.path(), 80);
    assert!(said.contains("\n day 2 "), "{said}");
    let document = json(line, folder.path());
    assert_eq!(document["from"], serde_json::Value::Null);
    let days: Vec<&serde_json::Value> = document["days"].as_array().unwrap().iter().collect();
    assert_eq!(
        (&days[0]["day"], &days[1]["day"]),
        (&"1".into(), &"2".into())
    );
}

#[test]
fn sums_of_days_are_no_minutes() {
    let page = r#"{"object":"page","data":[{"object":"bucket","start_time":1763596800,"end_time":1763683200,"results":[{"object":"organization.usage.completions.result","input_tokens":900,"output_tokens":90,"num_model_requests":3,"model":"qwen-plus"}]}]}"#;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("usage.json"), page).unwrap();
    let said = stdout("trace LOG/usage.json", folder.path(), 80);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("Sums of up to 1,440 minutes count in their first minute: what a minute has, and when, is not known of them"),
        "{said}"
    );
}
