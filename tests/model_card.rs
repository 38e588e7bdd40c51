//! Price cards: the throughput reservation of standard speed, and what has no price yet.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use assert_cmd::Command;
use serde_json::{Value, json};
use support::{json, refused, stdout};

/// A reservation with modes and weights that left its page, and another provider's, of which nothing is
/// documented but a price.
const OWN: &str = r#"
version = 1

[provider]
id = "alibaba"

[[model]]
code = "reserved"
name = "Reserved"

[[model.reservation]]
seen = 2026-10-10
until = 2026-11-02
max_input = "256K tokens"
input = { day = "100.01 per 10K TPM-day", month = "2,000 per 10K TPM-month" }
output = [
  { mode = "standard", day = "20 per 1K TPM-day", month = "400 per 1K TPM-month" },
  { mode = "code-interpreter", day = "30 per 1K TPM-day", month = "600 per 1K TPM-month" },
]
weights = [{ cached = "0.1" }]
"#;

const OTHER: &str = r#"
version = 1

[provider]
id = "other"
name = "Other"
region = "here"
region_name = "Here"
currency = "USD"

[[model]]
code = "plain"
name = "Plain"
family = "Plain"

[[model.reservation]]
input = { day = "1 per 10K TPM-day" }
output = [{ day = "2 per 1K TPM-day" }]
"#;

/// A model with a price from a day on only.
const LATER: &str = r#"
version = 1

[provider]
id = "alibaba"

[[model]]
code = "later"
name = "Later"

[[model.reservation]]
from = 2026-11-10
max_input = "256K tokens"
input = { day = "100 per 10K TPM-day" }
output = [{ day = "20 per 1K TPM-day" }]
"#;

/// What a command that is about all days prints.
fn of_all_days(line: &str) -> String {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
    command
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20");
    let output = command.args(line.split_whitespace()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "`{line}`");
    String::from_utf8(output.stdout).unwrap()
}

/// A catalog file in a folder of its own, and the flag for it.
fn laid(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    std::fs::write(&path, text).unwrap();
    let flag = format!("--catalog {}", path.to_str().unwrap());
    (folder, flag)
}

fn codes(line: &str) -> Vec<String> {
    let report = json(line);
    let models = report["models"].as_array().unwrap().iter();
    let code = |model: &Value| model["code"].as_str().unwrap().to_owned();
    models.map(code).collect()
}

#[test]
fn a_card_has_the_day_the_block_and_how_it_is_sold() {
    let card = stdout("models qwen3.7-max-2026-05-20");
    assert!(
        card.contains(
            "
 Throughput reservation, standard speed
 Side             Subscription          Block of 8 hours
 Input    ¥121 per 10K TPM-day  ¥36.30 per 10K TPM-block
 Output  ¥36.29 per 1K TPM-day  ¥10.887 per 1K TPM-block

 maximum input 256K tokens a call
 bought from 200K input and 20K output TPM on, both together, in steps of 10K
   input and 1K output TPM
 sold for 1 to 30, 60, 90, 120 or 365 days, paid ahead
 a block is ordered from 22:00 on

 What a token counts of it
 Call         Input  Cached  Cache write  Output
 input, any       1     0.1            1       0
 output, any      0       0            0       1
"
        ),
        "{card}"
    );
    assert!(
        card.starts_with(
            "Qwen3.7-Max-2026-05-20: PTU from ¥28.80 per 10K input TPM-hour, standard\n\
             reservation from ¥121 per 10K input TPM-day,"
        ),
        "{card}"
    );
    // The day before its page nothing is said of it.
    let before = stdout("models qwen3.7-max-2026-05-20 --as-of 2026-10-09");
    assert!(!before.contains("reservation"), "{before}");
}

#[test]
fn a_block_costs_on_the_card_what_it_costs_in_a_quote() {
    let quoted = json(
        "quote ptu qwen3.7-max-2026-05-20 --service standard --input-tpm 200k --output-tpm 20k --blocks 1 --start 2026-11-20T22:00",
    );
    let block = &json("models qwen3.7-max-2026-05-20")["models"][0]["reservation"]["block"];
    assert_eq!(
        *block,
        json!({ "input_per_10k_tpm": "36.3", "output_per_1k_tpm": { "default": "10.887" } })
    );
    // 20 × 36.3 + 20 × 10.887.
    assert_eq!(quoted["quotes"][0]["total"], "943.74");
}

#[test]
fn modes_months_weights_and_what_left_its_page_are_shown() {
    let (_folder, flag) = laid(OWN);
    let report = json(&format!("models reserved {flag}"));
    let reservation = &report["models"][0]["reservation"];
    let term = |input: &str, standard: &str, code: &str| {
        json!({
            "input_per_10k_tpm": input,
            "output_per_1k_tpm": { "standard": standard, "code-interpreter": code },
        })
    };
    assert_eq!(reservation["day"], term("100.01", "20", "30"));
    assert_eq!(reservation["month"], term("2000", "400", "600"));
    assert_eq!(reservation["block"], term("30.003", "6", "9"));
    assert!(reservation["hour"].is_null());
    assert_eq!(
        (
            &reservation["smallest_input_tpm"],
            &reservation["output_step_tpm"],
            &reservation["days_up_to"],
            &reservation["longer_days"],
        ),
        (
            &json!(200_000),
            &json!(1_000),
            &json!(30),
            &json!([60, 90, 120, 365])
        )
    );
    assert_eq!(reservation["weights"][0]["cached"], "0.1");
    assert_eq!(reservation["source"]["until"], "2026-11-02");

    let card = stdout(&format!("models reserved {flag}"));
    assert!(
        card.contains(
            "\nstandard reservation: not on the page since 2026-11-02 (last seen 2026-10-10);"
        ),
        "{card}"
    );
    assert!(card.contains("\n Output, code-interpreter"), "{card}");
    let csv = stdout(&format!("models reserved {flag} --format csv"));
    let rows: Vec<Vec<&str>> = csv
        .lines()
        .filter(|row| row.contains(",reservation,"))
        .map(|row| row.split(',').collect())
        .collect();
    let said: Vec<String> = rows.iter().map(|row| row[5..13].join(",")).collect();
    assert_eq!(
        said,
        [
            "reservation,subscription,,,input,100.01,10000,TPM-day",
            "reservation,subscription,standard,,output,20,1000,TPM-day",
            "reservation,subscription,code-interpreter,,output,30,1000,TPM-day",
            "reservation,subscription,,,input,2000,10000,TPM-month",
            "reservation,subscription,standard,,output,400,1000,TPM-month",
            "reservation,subscription,code-interpreter,,output,600,1000,TPM-month",
            "reservation,subscription,,,input,30.003,10000,TPM-block",
            "reservation,subscription,standard,,output,6,1000,TPM-block",
            "reservation,subscription,code-interpreter,,output,9,1000,TPM-block",
        ]
    );
    assert!(
        csv.contains(
            ",,200000,10000,\"of input, input 1, cached input 0.1; of output, output 1\",2026-10-10,2026-11-02\n"
        ),
        "{csv}"
    );
}

#[test]
fn a_list_by_throughput_has_what_is_sold_at_standard_speed_only() {
    let (_folder, flag) = laid(OWN);
    let listed = codes(&format!("models --method ptu {flag}"));
    assert!(listed.contains(&"reserved".to_owned()), "{listed:?}");
    assert!(listed.contains(&"kimi-k2.6".to_owned()), "{listed:?}");
    let list = stdout(&format!(
        "models *reserved* --method ptu --sort price {flag}"
    ));
    assert!(list.contains("standard speed"), "{list}");
    // There is no price by the hour to compare.
    let (code, stderr) = refused(&format!(
        "models reserved --method ptu --max-price 1000 {flag}"
    ));
    assert_eq!(code, 1);
    assert!(
        stderr.contains("has a price by PTU per 10K input TPM-hour"),
        "{stderr}"
    );
    assert!(stdout("models glm-5*").contains(
        "
 glm-5.1                  ¥21.60       ¥400           -        ¥6
     Reservation 10K TPM-d ¥60.50, DTU month ¥504,704, PTU left 2026-08-18;
       MU2x16, MU3x8 left 2026-07-15
"
    ));
}

#[test]
fn of_a_provider_without_rules_there_are_but_prices() {
    let (_folder, flag) = laid(OTHER);
    let card = stdout(&format!("models plain {flag}"));
    assert!(
        card.starts_with(
            "\
Plain: standard reservation from USD 1 per 10K input TPM-day
plain · Plain · Other · Here

 Throughput reservation, standard speed
 Side             Subscription
 Input   USD 1 per 10K TPM-day
 Output   USD 2 per 1K TPM-day

 Catalog files
"
        ),
        "{card}"
    );
}

#[test]
fn what_has_no_price_yet_is_not_listed() {
    let then = codes("models --as-of 2026-06-15");
    let now = codes("models");
    for code in ["deepseek-v4-flash-0731", "glm-4.7-flash", "qwen3.5-4b"] {
        assert!(now.iter().any(|one| one == code), "{code}");
        assert!(!then.iter().any(|one| one == code), "{code}");
        let (exit, stderr) = refused(&format!("models {code} --as-of 2026-06-15"));
        assert_eq!(exit, 1);
        assert!(
            stderr.contains("on 2026-06-15: the first is in force from 2026-"),
            "{stderr}"
        );
    }
    // What is listed has a price, and what has left its page still does.
    for model in json("models --region all --as-of 2026-06-15")["models"]
        .as_array()
        .unwrap()
    {
        let has = |key: &str| match &model[key] {
            Value::Array(rows) => !rows.is_empty(),
            other => !other.is_null(),
        };
        let keys = [
            "ptu",
            "capacity",
            "reservation",
            "mu",
            "dtu",
            "fine_tuned",
            "standard",
        ];
        assert!(keys.into_iter().any(has), "{model}");
    }
    let left = stdout("models deepseek-v3.2");
    assert!(left.contains("PTU: not on the page since"), "{left}");
}

#[test]
fn the_day_of_the_first_price_is_the_first_with_a_card() {
    let (_folder, flag) = laid(LATER);
    let (code, stderr) = refused(&format!("models later --as-of 2026-11-09 {flag}"));
    assert_eq!(code, 1);
    assert!(
        stderr.contains("hint: use `--as-of 2026-11-10` or later"),
        "{stderr}"
    );
    assert_eq!(
        codes(&format!("models later --as-of 2026-11-10 {flag}")),
        ["later"]
    );
    // Its history is told on every day.
    let history = of_all_days(&format!("models later --history {flag}"));
    assert!(history.contains("came on 2026-11-10"), "{history}");
}

#[test]
fn prices_of_hours_are_facts_of_their_own() {
    let report = of_all_days("models --history --region all --json");
    let report: Value = serde_json::from_str(&report).unwrap();
    let models = report["history"].as_array().unwrap();
    assert!(models.len() > 100);
    // Two facts of one name would be compared as one.
    for row in models
        .iter()
        .flat_map(|model| model["rows"].as_array().unwrap())
    {
        let says = row["says"].as_array().unwrap().iter();
        let mut names: Vec<&str> = says.map(|fact| fact["what"].as_str().unwrap()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{row}");
    }
    let mut models = models.iter();
    let by_hour = models
        .find(|model| model["code"] == "deepseek-v4-flash-0731" && model["region"] == "cn-beijing");
    let rows = by_hour.unwrap()["rows"].as_array().unwrap().iter();
    let standard = rows.filter(|row| row["method"] == "standard");
    let said: Vec<(&str, &str)> = standard
        .flat_map(|row| row["says"].as_array().unwrap())
        .map(|fact| {
            (
                fact["what"].as_str().unwrap(),
                fact["price"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("input, 08:00–22:00", "3"),
            ("cached, 08:00–22:00", "0.3"),
            ("output, 08:00–22:00", "9"),
            ("input, 22:00–08:00", "1.5"),
            ("cached, 22:00–08:00", "0.15"),
            ("output, 22:00–08:00", "4.5"),
        ]
    );
}

#[test]
fn prices_of_a_cache_count_where_they_were_read() {
    let report = of_all_days("models --sources --json");
    let report: Value = serde_json::from_str(&report).unwrap();
    for id in ["alibaba-context-cache", "alibaba-console-models"] {
        let mut documents = report["sources"].as_array().unwrap().iter();
        let document = documents.find(|one| one["id"] == id).unwrap();
        let count = |key: &str| document[key].as_str().unwrap().parse::<u64>().unwrap();
        assert!(count("prices") > 100, "{document}");
        assert!(count("models") > 30, "{document}");
    }
}
