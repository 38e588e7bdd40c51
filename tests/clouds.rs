//! Several clouds in one plan and in one ranking: terms of weeks and years, and several currencies.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// The day on which it is run.
const TODAY: &str = "2026-12-01";

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("tollgate"))
        .current_dir(folder)
        .args(args)
        .env("TOLLGATE_TODAY", TODAY)
        .env_remove("TOLLGATE_CATALOG")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

const PLAN: &str = r#"version = 1
days = 30
fx = "1CNY=0.14USD"

[[deployment]]
name = "reserved"
method = "ptu"
model = "gpt-5.2"
units = 110
years = 1

[[deployment]]
name = "weekly"
method = "ptu"
model = "gemini-2.5-pro"
units = 2
weeks = 5

[[deployment]]
name = "quarterly"
method = "ptu"
model = "gemini-2.5-pro"
units = 1
quarters = 1

[[deployment]]
name = "calls"
method = "tokens"
model = "qwen3.7-max-2026-05-20"
input = "100M"
output = "10M"
requests = 10000
"#;

/// 110 × 2,652 and 2 × 5 × 1,200 and 3.2877 × 2,190, and 100 × 12 + 10 × 36 CNY at 0.14.
#[test]
fn a_plan_has_terms_of_each_cloud_and_one_currency() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tollgate.toml"), PLAN).unwrap();
    let (code, stdout, stderr) = run(folder.path(), &["check"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(
        stdout,
        "\
tollgate.toml: USD 311,138.46 for 30 days

 Deployment           Bought                                      Cost  Share
 reserved             gpt-5.2 by ptu                    USD 291,720.00  93.8%
 weekly               gemini-2.5-pro by ptu              USD 12,000.00   3.9%
 quarterly            gemini-2.5-pro by ptu               USD 7,200.06   2.3%
 calls                qwen3.7-max-2026-05-20 by tokens      USD 218.40   0.1%
 ────────────────────────────────────────────────────────────────────────────
 Total                                                  USD 311,138.46
 at 1 CNY = 0.14 USD                                     ¥2,222,417.59

 calls: ¥1,560.00 at 1 CNY = 0.14 USD

 Paid by whole terms
   reserved: 1 year is paid for 30 days: a started one is paid whole
   weekly: 5 weeks are paid for 30 days: a started one is paid whole
   quarterly: 1 quarter is paid for 30 days: a started one is paid whole

 Depends on readings: azure.gauge, catalog, google.minute, google.terms

 Prices in force on 2026-12-01, last seen from 2026-07-27 to 2026-10-10
 the newest evidence of a price here is of 2026-07-27, 127 days ago: it may have
   changed since

 `--details` shows line items and notes
"
    );
}

#[test]
fn a_plan_has_no_more_terms_than_its_period_needs_and_one_length() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |from: &str, to: &str| {
        fs::write(folder.path().join("tollgate.toml"), PLAN.replace(from, to)).unwrap();
        let (code, stdout, stderr) = run(folder.path(), &["check"]);
        assert_eq!((code, stdout.as_str()), (1, ""));
        stderr.lines().next().unwrap().to_owned()
    };
    assert_eq!(
        refused("weeks = 5", "weeks = 6"),
        "error: tollgate.toml:17:1: 6 weeks are bought, and the period of 30 days needs 5: buy fewer, or raise `days` of the plan"
    );
    assert_eq!(
        refused("years = 1", "years = 1\nrenew = 1"),
        "error: tollgate.toml:11:1: 2 years are bought, and the period of 30 days needs 1: buy fewer, or raise `days` of the plan"
    );
    assert_eq!(
        refused("years = 1", "years = 1\nmonths = 1"),
        "error: tollgate.toml:11:1: `months` cannot stand beside `years`: keep one of them"
    );
}

/// A unit that costs nearly nothing by the week.
const CHEAP_WEEKS: &str = r#"version = 1
[provider]
id = "ours"
name = "Ours"
region = "here"
region_name = "Here"
currency = "USD"
[[model]]
code = "chat"
[[model.capacity]]
unit = { name = "U", adds = { tokens = "100K TPM" }, week = "10 per unit-week", year = "1000 per unit-year" }
[[model.capacity.meters]]
name = "tokens"
weights = [{ input = "1", output = "8" }]
[[model.standard]]
tiers = [{ input = "1.75 per 1M tokens", output = "14 per 1M tokens" }]
"#;

/// 60 calls of 1,000 + 8 × 100 are 108,000 a minute: 2 units, 5 weeks of 10. All its calls as ordinary ones are
/// 1,080 hours of 3,600 × 3,150 ÷ 1M and more.
#[test]
fn what_is_best_by_the_week_is_a_plan_that_costs_as_much() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("prices.toml"), CHEAP_WEEKS).unwrap();
    let load = "mon-sun 00:00-24:00 60rpm 1000/100";
    let compare = "compare chat --catalog prices.toml --write-plan plan.toml --load";
    let mut args: Vec<&str> = compare.split(' ').collect();
    args.push(load);
    let (code, stdout, stderr) = run(folder.path(), &args);
    assert_eq!(code, 0, "{stderr}");
    let first = stdout.lines().next().unwrap();
    assert_eq!(
        first,
        "Cheapest: PTU by the week (2 U) of chat, USD 100.00 for 30 days (here)"
    );
    let plan = fs::read_to_string(folder.path().join("plan.toml")).unwrap();
    assert!(plan.contains("\nweeks = 5\n"), "{plan}");
    let (code, stdout, stderr) = run(folder.path(), &["check", "plan.toml", "--format", "total"]);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "100\n", ""));
}

/// A year of 110 PTU is 291,720, and ordinary calls are 525,600 minutes × 0.00063 each: 880.99 a minute cost as much, and
/// the 1,038 calls that 374,000 tokens a minute take are 0.8487 of full use.
#[test]
fn a_year_is_held_against_a_year_of_calls() {
    let folder = tempfile::tempdir().unwrap();
    let load = "--rpm 1000 --input-per-request 200 --output-per-request 20";
    let line = format!("compare gpt-5.2 {load}");
    let (code, stdout, stderr) = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
    assert_eq!((code, stderr.as_str()), (0, ""));
    let answer: Vec<&str> = stdout.lines().take(3).collect();
    assert_eq!(
        answer,
        [
            "Cheapest: ordinary calls of GPT-5.2, USD 27,216.00 for 30 days (global)",
            "PTU never pays for such requests in 30 days; PTU by the year costs less over its",
            "own 365 days: `--days 365` compares it.",
        ]
    );
    let json = format!("{line} --json");
    let (_, stdout, _) = run(folder.path(), &json.split(' ').collect::<Vec<_>>());
    let compared: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let points = compared["break_even"].as_array().unwrap().iter();
    let year: Vec<_> = points
        .filter(|point| point["id"] == "ptu.yearly-vs-standard")
        .map(|point| {
            [
                &point["value"],
                &point["ratio_at_full_use"],
                &point["term_days"],
            ]
        })
        .collect();
    assert_eq!(year, [["880.988620714648", "0.84873662882", "365"]]);
    // In a year of days it is the cheapest way.
    let line = format!("{line} --days 365");
    let (_, stdout, _) = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
    assert_eq!(
        stdout.lines().next().unwrap(),
        "Cheapest: PTU by the year (110 PTU) of GPT-5.2, USD 291,720.00 for 365 days"
    );
}

/// A log is of ordinary calls, also of a model that has a price of fine-tuned ones: 130,000 × 0.6 and 1,000 × 4.8.
#[test]
fn a_bill_has_the_prices_of_ordinary_calls() {
    let folder = tempfile::tempdir().unwrap();
    let log = "time,model,input_tokens,output_tokens\n2026-11-20T10:00:00+08:00,qwen3.5-27b,130000,1000\n";
    fs::write(folder.path().join("log.csv"), log).unwrap();
    let total = |line: &str| {
        let (code, stdout, stderr) = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
        assert_eq!((code, stderr.as_str()), (0, ""), "{line}");
        stdout
    };
    let bill = total("quote tokens --trace log.csv --format total");
    assert_eq!(bill, "0.0828\n");
    let standard = "quote tokens qwen3.5-27b --rate standard --trace log.csv --format total";
    assert_eq!(total(standard), bill);
    let tuned = total("quote tokens --rate fine-tuned --trace log.csv --format total");
    assert_eq!(tuned, "0.2484\n");
}

/// Whether an amount is broken between two lines: `USD` and `5`, or `7.1` and `CNY`.
fn is_broken(one: &str, other: &str) -> bool {
    let last = one.split(' ').next_back().unwrap_or_default();
    let mut next = other.trim_start().split(' ');
    let is_code = |word: &str| {
        let code = word.trim_matches(|c: char| !c.is_alphanumeric());
        ["USD", "CNY"].contains(&code)
    };
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let (first, second) = (next.next().unwrap_or_default(), next.next());
    let of_next = is_code(first) && second.is_some_and(is_number);
    (is_code(last) && is_number(first))
        || (last.ends_with(|c: char| c.is_ascii_digit()) && is_code(first) && !of_next)
}

#[test]
fn at_no_width_is_an_amount_broken_in_prose() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.toml"), PLAN).unwrap();
    let load = "--rpm 200 --input-per-request 1200 --output-per-request 250 --details";
    let mut prose = 0;
    for line in [
        "models gemini-2.5-pro".to_owned(),
        "models gpt-5.2 --details".to_owned(),
        "quote ptu gpt-5.2 --units 110 --months 1 --details --fx 1USD=7.1CNY".to_owned(),
        format!("compare gpt-5.2 qwen3.7-max-2026-05-20 gemini-2.5-pro {load} --fx 1USD=7.1CNY"),
        "check plan.toml --details".to_owned(),
    ] {
        for width in (40..=120).step_by(4) {
            let mut command = Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
            let output = command
                .current_dir(folder.path())
                .args(line.split(' '))
                .env("TOLLGATE_TODAY", TODAY)
                .env("COLUMNS", width.to_string())
                .env_remove("TOLLGATE_CATALOG")
                .output()
                .unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            for pair in lines.windows(2) {
                if let [one, other] = pair {
                    assert!(!is_broken(one, other), "{line} at {width}:\n{one}\n{other}");
                }
            }
            prose += lines.len();
        }
    }
    assert!(prose > 5_000, "{prose}");
}
