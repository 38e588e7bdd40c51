//! Several clouds in one plan and in one ranking: terms of weeks and years, and several currencies.

#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

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
 a price here was last seen on 2026-07-27, 127 days ago: it may have changed
   since

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

/// 75 PTU take 980 of 1,000 calls a minute. The other 20 of 100 + 100 cached + 20 tokens are 0.0094 a minute: 13.608 a
/// day, on the days of the plan and not on all of a year that is paid whole.
#[test]
fn what_overflows_is_of_the_days_of_the_plan() {
    let folder = tempfile::tempdir().unwrap();
    let total = |days: u64, term: &str| {
        let plan = format!(
            "version = 1\ndays = {days}\n[[deployment]]\nname = \"a\"\nmethod = \"ptu\"\nmodel = \"gpt-5.2\"\nunits = 75\n\
             {term} = 1\nrpm = 1000\ninput_per_request = 200\noutput_per_request = 20\ncached_per_request = 100\n"
        );
        fs::write(folder.path().join("plan.toml"), plan).unwrap();
        let (code, stdout, stderr) =
            run(folder.path(), &["check", "plan.toml", "--format", "total"]);
        assert_eq!((code, stderr.as_str()), (0, ""), "{days} {term}");
        stdout.trim_end().to_owned()
    };
    // 198,900 and 19,500 are paid.
    assert_eq!(total(30, "years"), "199308.24");
    assert_eq!(total(365, "years"), "203866.92");
    assert_eq!(total(10, "months"), "19636.08");
    assert_eq!(total(30, "months"), "19908.24");
    assert_eq!(total(31, "months"), "19921.848");
    // A month of a longer plan has its own 30 days.
    assert_eq!(total(60, "months"), "19908.24");
}

/// The terms of a comparison in JSON: how many of each way, its total, and what is said of its time.
fn terms(folder: &Path, line: &str) -> Vec<String> {
    let json = format!("{line} --json");
    let (code, stdout, stderr) = run(folder, &json.split(' ').collect::<Vec<_>>());
    assert_eq!((code, stderr.as_str()), (0, ""), "{line}");
    let compared: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let options = compared["options"].as_array().unwrap().iter();
    let of = |row: &serde_json::Value| {
        let caveats = row["caveats"].as_array().unwrap().iter();
        let said = caveats.filter_map(|caveat| caveat["message"].as_str());
        let said: Vec<&str> = said.filter(|said| said.contains(" cover")).collect();
        let (option, total) = (row["option"].as_str().unwrap(), &row["quote"]["total"]);
        format!("{option} {} {}", total.as_str().unwrap(), said.join(""))
    };
    let mut all: Vec<String> = options.map(of).collect();
    all.sort();
    all
}

/// One GSU takes the call a minute. A month and a quarter are as long as the longest of the calendar, a year has 365 days.
#[test]
fn as_many_terms_are_paid_as_the_calendar_needs() {
    let folder = tempfile::tempdir().unwrap();
    let at = |days: u64| {
        let load = "--rpm 1 --input-per-request 1000 --output-per-request 100";
        let line = format!("compare gemini-2.5-pro {load} --days {days}");
        let all = terms(folder.path(), &line).into_iter();
        all.filter(|one| one.starts_with("ptu-"))
            .collect::<Vec<_>>()
    };
    // One GSU: 2,700 a month, 1,200 a week, and a quarter and a year of 8,760 hours.
    let (quarter, year) = ("7200.063", "23999.772");
    let one = |count: u64, each: &str| {
        let each = rust_decimal::Decimal::from_str_exact(each).unwrap();
        (each * rust_decimal::Decimal::from(count)).normalize()
    };
    let covers = |count: u64, noun: &str, days: u64| match count {
        1 => format!("1 {noun} covers the {days} days"),
        _ => format!("{count} {noun}s cover the {days} days"),
    };
    for (days, months, quarters, weeks, whole) in [
        (30, 1, 1, 5, "m"),
        (31, 1, 1, 5, "m"),
        (32, 2, 1, 5, ""),
        (92, 3, 1, 14, "mq"),
        (93, 4, 2, 14, ""),
        (364, 12, 4, 52, "mqw"),
        (365, 12, 4, 53, "mqy"),
    ] {
        let said = |key: &str, text: String| match whole.contains(key) {
            true => String::new(),
            false => text,
        };
        let expected = [
            format!(
                "ptu-monthly {} {}",
                one(months, "2700"),
                said("m", covers(months, "month", days))
            ),
            format!(
                "ptu-quarterly {} {}",
                one(quarters, quarter),
                said("q", covers(quarters, "quarter", days))
            ),
            format!(
                "ptu-weekly {} {}",
                one(weeks, "1200"),
                said("w", covers(weeks, "week", days))
            ),
            format!(
                "ptu-yearly {} {}",
                one(1, year),
                said("y", covers(1, "year", days))
            ),
        ];
        assert_eq!(at(days), expected, "{days}");
    }
}

/// October has 31 days: its log is one month of a reservation, and 31 days and a minute more are two.
#[test]
fn a_log_of_the_longest_month_is_one_month() {
    let folder = tempfile::tempdir().unwrap();
    let log = |last: &str| {
        let calls = ["2026-10-01T00:00:00+08:00", last];
        let rows = calls.map(|time| format!("{time},1000,100\n"));
        let text = format!("time,input_tokens,output_tokens\n{}", rows.concat());
        fs::write(folder.path().join("log.csv"), text).unwrap();
    };
    let monthly = |count: &str| {
        let all = terms(folder.path(), "compare gpt-5.2 --trace log.csv --fit peak");
        let found = all.iter().find(|one| one.starts_with("ptu-monthly"));
        let quote =
            format!("quote ptu gpt-5.2 --trace log.csv --fit peak --months {count} --format total");
        let quoted = run(folder.path(), &quote.split(' ').collect::<Vec<_>>());
        (found.unwrap().clone(), quoted)
    };
    // 15 PTU are the fewest, of 260 a month.
    log("2026-10-31T23:59:00+08:00");
    let (compared, quoted) = monthly("1");
    assert_eq!(compared, "ptu-monthly 3900 ");
    assert_eq!(quoted, (0, "3900\n".to_owned(), String::new()));
    log("2026-11-01T00:00:00+08:00");
    let (compared, quoted) = monthly("1");
    let longer = "2 months cover the 44,641 minutes: `--scale-to` states the cost for days";
    assert_eq!(compared, format!("ptu-monthly 7800 {longer}"));
    assert_eq!((quoted.0, quoted.1.as_str()), (2, ""));
    let (_, quoted) = monthly("2");
    assert_eq!(quoted, (0, "7800\n".to_owned(), String::new()));
}

/// A month from the first of February has 28 days: their log is one month, and a day more is two.
#[test]
fn a_log_with_dates_has_the_months_of_the_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let quoted = |last: &str, flags: &str| {
        let calls = ["2026-02-01T00:00:00+08:00", last];
        let rows = calls.map(|time| format!("{time},1000,100\n"));
        let text = format!("time,input_tokens,output_tokens\n{}", rows.concat());
        fs::write(folder.path().join("log.csv"), text).unwrap();
        let line =
            format!("quote ptu gpt-5.2 --as-of 2026-11-20 --trace log.csv {flags} --format total");
        let (code, stdout, _) = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
        (code, stdout)
    };
    let (whole, longer) = ("2026-02-28T23:59:00+08:00", "2026-03-01T00:00:00+08:00");
    assert_eq!(
        quoted(whole, "--fit peak --months 1"),
        (0, "3900\n".to_owned())
    );
    // Its overflow is weighed against the month that it fills.
    let (code, _) = quoted(whole, "--fit cheapest --months 1");
    assert_eq!(code, 0);
    assert_eq!(quoted(longer, "--fit peak --months 1"), (2, String::new()));
    assert_eq!(
        quoted(longer, "--fit peak --months 2"),
        (0, "7800\n".to_owned())
    );
    // Of 30 days without dates nobody knows which month they are.
    let compared = |scale: &str| {
        let line = format!("compare gpt-5.2 --as-of 2026-11-20 --trace log.csv{scale}");
        let all = terms(folder.path(), &line);
        all.into_iter()
            .find(|one| one.starts_with("ptu-monthly"))
            .unwrap()
    };
    assert!(compared("").starts_with("ptu-monthly 7800 "));
    assert_eq!(compared(" --scale-to 30"), "ptu-monthly 3900 ");
}

/// 80 PTU for the peak are 20,800, and ordinary calls 20,412. 75 PTU take 980 calls of 1,000, and the others cost 408.24.
#[test]
fn a_smaller_reservation_with_overflow_may_be_the_cheapest() {
    let folder = tempfile::tempdir().unwrap();
    let printed = |line: &str| {
        let (code, stdout, stderr) = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
        assert_eq!((code, stderr.as_str()), (0, ""), "{line}");
        stdout
    };
    let load = "--rpm 1000 --input-per-request 200 --output-per-request 20 --cache-hit 50%";
    let line = format!("compare gpt-5.2 {load}");
    let answer = printed(&line);
    assert_eq!(
        answer.lines().take(3).collect::<Vec<_>>(),
        [
            "Cheapest: ordinary calls of GPT-5.2, USD 20,412.00 for 30 days (global)",
            "A smaller reservation costs less with its overflow: PTU by the month (75 PTU) of",
            "GPT-5.2, USD 19,908.24, which `--fit cheapest` ranks.",
        ]
    );
    let json: serde_json::Value =
        serde_json::from_str(&printed(&format!("{line} --json"))).unwrap();
    assert_eq!(
        json["smaller_reservation"],
        serde_json::json!({
            "option": "ptu-monthly", "provider": "azure", "region": "global", "model": "gpt-5.2", "bought": "75 PTU",
            "currency": "USD", "total": "19908.24", "total_rounded": "19908.24",
        })
    );
    let fitted = format!("{line} --fit cheapest");
    let first = "Cheapest: PTU by the month (75 PTU) of GPT-5.2, USD 19,908.24 for 30 days";
    assert_eq!(printed(&fitted).lines().next().unwrap(), first);
    let json: serde_json::Value =
        serde_json::from_str(&printed(&format!("{fitted} --json"))).unwrap();
    assert!(json["smaller_reservation"].is_null());
    let option = &json["options"][0];
    assert_eq!(
        option["caveats"],
        serde_json::json!([{
            "rule": null,
            "message": "864,000 of 43,200,000 calls do not fit the quota of their minute, and are billed as ordinary ones",
        }])
    );
    // What the quote of that size costs, and the plan that is written.
    let quoted = printed(&format!(
        "quote ptu gpt-5.2 --units 75 --months 1 {load} --format total"
    ));
    assert_eq!(quoted, "19908.24\n");
    printed(&format!("{fitted} --write-plan plan.toml"));
    assert_eq!(printed("check plan.toml --format total"), "19908.24\n");
    // A reservation by the hour does not pay at all, so it has no size.
    let hourly = json["unavailable"].as_array().unwrap().iter();
    let reasons: Vec<_> = hourly.filter(|one| one["option"] == "ptu-hourly").collect();
    let reason = "ordinary calls cost less than with a reservation of any size (`--fit peak` prices one that takes every call)";
    assert_eq!(reasons.len(), 1);
    assert_eq!(reasons[0]["reason"], reason);
    let (code, stdout, stderr) = run(
        folder.path(),
        &format!("{line} --fit p95").split(' ').collect::<Vec<_>>(),
    );
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(
        stderr.contains("those of a steady rate are alike"),
        "{stderr}"
    );
}

/// At every whole load of a range that is printed, the option is the cheapest there, and not one beside it.
#[test]
fn every_load_of_a_range_is_one_at_which_the_option_pays() {
    let folder = tempfile::tempdir().unwrap();
    let compared = |rpm: u64| -> serde_json::Value {
        let load =
            format!("--days 31 --rpm {rpm} --input-per-request 1000 --output-per-request 100");
        let line = format!("compare gpt-5.2 {load} --json");
        let (code, stdout, _) = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
        assert_eq!(code, 0);
        serde_json::from_str(&stdout).unwrap()
    };
    let first = |rpm: u64| compared(rpm)["options"][0]["option"].clone();
    let found = compared(85);
    let calls = found["options"].as_array().unwrap();
    let calls = calls
        .iter()
        .find(|row| row["option"] == "standard")
        .unwrap();
    let at = |key: &str| {
        calls["pays_from"]["rpm"][key]
            .as_str()
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    let (from, to) = (at("from"), at("up_to"));
    for load in from..=to {
        assert_eq!(first(load), "standard", "{load} of {from} to {to}");
    }
    assert_ne!(first(from - 1), "standard", "{from}");
    assert_ne!(first(to + 1), "standard", "{to}");
}

/// Azure bills PTU by the minute, so no hour is paid beyond the calls, as it is of a model that is billed by the hour.
#[test]
fn what_is_billed_by_the_minute_pays_for_no_hour() {
    let folder = tempfile::tempdir().unwrap();
    let rows = ["10:00", "10:01"].map(|time| format!("2026-11-20T{time}:00+08:00,1000,100\n"));
    let text = format!("time,input_tokens,output_tokens\n{}", rows.concat());
    fs::write(folder.path().join("log.csv"), text).unwrap();
    let hourly = |model: &str| {
        let line = format!("compare {model} --trace log.csv --fit peak");
        let all = terms(folder.path(), &line).into_iter();
        all.filter(|one| one.starts_with("ptu-hourly"))
            .collect::<Vec<_>>()
    };
    assert_eq!(hourly("gpt-5.2"), ["ptu-hourly 0.5 "]);
    let said = "1 hour covers the 2 minutes: `--scale-to` states the cost for days";
    let [one] = hourly("qwen3-max-2025-09-23").try_into().unwrap();
    assert!(one.ends_with(said), "{one}");
}

/// Cached input counts nothing, and a call of nothing else still needs a deployment: 15 PTU, the fewest, are 0.25 a
/// minute, and 200 ordinary calls of 100,000 at 0.175 a million are 3.50.
#[test]
fn calls_of_which_no_token_counts_need_the_fewest_units() {
    let folder = tempfile::tempdir().unwrap();
    let log = |more: &str| {
        let calls = "2026-11-20T10:00:00+08:00,100000,100000,0\n".repeat(200);
        let text = format!("time,input_tokens,cached_input_tokens,output_tokens\n{calls}{more}");
        fs::write(folder.path().join("log.csv"), text).unwrap();
    };
    let total = |line: &str| {
        let line = format!("{line} --format total");
        let (code, stdout, stderr) = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
        assert_eq!((code, stderr.as_str()), (0, ""), "{line}");
        stdout.trim_end().to_owned()
    };
    log("");
    for fit in ["peak", "p99", "p95", "cheapest"] {
        let line = format!("quote ptu gpt-5.2 --trace log.csv --fit {fit}");
        assert_eq!(total(&line), "0.25", "{fit}");
    }
    let all = terms(folder.path(), "compare gpt-5.2 --trace log.csv");
    let expected = [
        "ptu-hourly 0.25 ",
        "ptu-monthly 3900 1 month covers the 1 minute: `--scale-to` states the cost for days",
        "ptu-yearly 39780 1 year covers the 1 minute: `--scale-to` states the cost for days",
        "standard 3.5 ",
    ];
    assert_eq!(all, expected);
    // A call that counts 100,080 does not fit 15 units of 3,400, and overflows: 0.17514. It fits 30, for 0.5.
    log("2026-11-20T10:00:30+08:00,100000,0,10\n");
    let line = "quote ptu gpt-5.2 --trace log.csv --fit";
    assert_eq!(total(&format!("{line} cheapest")), "0.42514");
    assert_eq!(total(&format!("{line} peak")), "0.5");
    // A steady rate of such calls: 15 an hour, or 60 calls of 1,000 at 0.175 a million.
    let steady =
        "--input-per-request 1000 --cached-per-request 1000 --output-per-request 0 --hours 1";
    let line = |fit: &str, rpm: u32| format!("quote ptu gpt-5.2 --fit {fit} --rpm {rpm} {steady}");
    assert_eq!(total(&line("peak", 1)), "15");
    assert_eq!(total(&line("cheapest", 1)), "0.0105");
    assert_eq!(total(&line("cheapest", 2_000)), "15");
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

/// 170,000 weighted tokens a minute take 472 calls of 360; what is refused stands beside the price.
#[test]
fn a_quote_says_first_what_it_does_not_serve() {
    let folder = tempfile::tempdir().unwrap();
    let load = "--rpm 1000 --input-per-request 200 --output-per-request 20";
    let line = format!("quote ptu gpt-5.2 --units 50 --months 1 {load}");
    let said = |more: &str| {
        let line = format!("{line} {more}");
        let (code, shown, stderr) =
            run(folder.path(), &line.split_whitespace().collect::<Vec<_>>());
        assert_eq!((code, stderr.as_str()), (0, ""), "{line}");
        shown
    };
    let answer = "USD 13,000.00 for GPT-5.2 · 50 PTU · 1 month · subscription · global";
    let markdown = said("--on-overflow reject --format markdown");
    let first = format!("### {answer}, 528 of 1,000 calls a minute refused\n");
    assert!(markdown.starts_with(&first), "{markdown}");
    let table = said("--on-overflow reject");
    let first = format!("{answer}, 528 of\n1,000 calls a minute refused\n");
    assert!(table.starts_with(&first), "{table}");
    // Nobody is told to give the flag that was given.
    let spillover = "azure.spillover: calls that do not fit go to a standard deployment where its\n     \
        owner has set up spillover (`--on-overflow bill`), and are refused\n     \
        otherwise (`--on-overflow reject`)\n";
    assert!(table.contains(spillover), "{table}");
    let billed = said("");
    assert!(!billed.contains("calls a minute refused"), "{billed}");
    assert!(billed.contains(spillover), "{billed}");
    // Of recorded calls it is their number.
    let minute = "2026-11-02T09:00:00+08:00,4000,100\n".repeat(3);
    let log = format!("timestamp,input_tokens,output_tokens\n{minute}");
    fs::write(folder.path().join("calls.csv"), log).unwrap();
    let traced = "quote ptu gpt-5.2 --units 2 --hours 1 --trace calls.csv --on-overflow reject";
    let (_, shown, stderr) = run(folder.path(), &traced.split(' ').collect::<Vec<_>>());
    assert_eq!(stderr, "");
    let first =
        "USD 2.00 for GPT-5.2 · 2 PTU · 60 min · pay-as-you-go · global, 2 of 3 calls refused\n";
    assert!(
        shown.replace("\nrefused", " refused").starts_with(first),
        "{shown}"
    );
}

#[test]
fn a_comparison_says_what_documents_say_where_details_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let line =
        "compare gpt-5.2 --region all --rpm 1000 --input-per-request 200 --output-per-request 20";
    let said = |line: &str| run(folder.path(), &line.split_whitespace().collect::<Vec<_>>()).1;
    let details = said(&format!("{line} --details"));
    let sentence = "   4, 5, 10, 11: the price is of one public calculator, and another source says\n     \
        that reservations cost the same for all deployment types: then it is that\n     \
        of `--region global`\n";
    let (_, said_there) = details.split_once("\n What providers say\n").unwrap();
    assert!(said_there.contains(sentence), "{details}");
    let short = said(line);
    assert!(!short.contains("public calculator"), "{short}");
    assert!(
        short.contains("`--details` shows what providers say, "),
        "{short}"
    );
}
