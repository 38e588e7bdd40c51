//! Comparisons: the plan is an option where it pays, and its quote costs what the comparison said.

use serde_json::Value;

use super::support::{json, refused};

/// Models with a factor, and how large and how many their requests are.
const MODELS: &[&str] = &[
    "qwen3.6-plus-2026-04-02",
    "qwen3-max-2025-09-23",
    "qwen-flash-2025-07-28",
    "qwen3-8b",
];

const LOADS: &[&str] = &[
    "--rpm 0.1 --input-per-request 1000 --output-per-request 100",
    "--rpm 3 --input-per-request 4000 --output-per-request 400",
    "--rpm 30 --input-per-request 4000 --output-per-request 400 --hours-per-day 8",
    "--rpm 300 --input-per-request 30000 --output-per-request 4000",
    "--rpm 7000 --input-per-request 2000 --output-per-request 900",
];

fn option<'a>(compared: &'a Value, name: &str) -> Option<&'a Value> {
    let mut options = compared["options"].as_array().unwrap().iter();
    options.find(|option| option["option"] == name)
}

fn amount(value: &Value) -> rust_decimal::Decimal {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn the_plan_that_is_recommended_costs_what_the_comparison_said() {
    let mut found = 0;
    for model in MODELS {
        for load in LOADS {
            for days in ["7", "30", "45", "90"] {
                let line = format!("{model} {load} --days {days}");
                let compared = json(&format!("compare {line}"));
                let calls = option(&compared, "standard").unwrap();
                let Some(plan) = option(&compared, "savings-plan") else {
                    continue;
                };
                found += 1;
                assert!(amount(&plan["total"]) < amount(&calls["total"]), "{line}");
                let commitment = plan["quote"]["savings_plan"]["commitment_per_month"].as_str();
                let commitment = commitment.unwrap();
                let quoted = json(&format!("quote tokens {line} --savings-plan {commitment}"));
                let quoted = &quoted["quotes"][0];
                assert_eq!(quoted["total"], plan["total"], "{line}");
                let term = &plan["quote"]["savings_plan"]["term_months"];
                assert_eq!(term, "3", "{line}");
                // Ten more or ten less a month cost no less.
                let tens = commitment.parse::<u64>().unwrap();
                for other in [tens - 10, tens + 10] {
                    if other < 1_000 {
                        continue;
                    }
                    let other = json(&format!("quote tokens {line} --savings-plan {other}"));
                    let other = amount(&other["quotes"][0]["total"]);
                    assert!(other >= amount(&plan["total"]), "{line}");
                }
            }
        }
    }
    assert!(found > 20, "{found}");
}

#[test]
fn where_no_plan_pays_it_is_no_option_and_the_details_say_why() {
    for (line, why) in [
        (
            "qwen3-8b --rpm 0.1 --input-per-request 1000 --output-per-request 100",
            "no commitment costs less than the calls alone",
        ),
        (
            "deepseek-v4-pro --rpm 300 --input-per-request 4000 --output-per-request 400",
            "the factor of its group is 1, so a commitment pays for no more than it costs",
        ),
        (
            "qwen3-vl-plus-2025-09-23 --rpm 300 --input-per-request 4000 --output-per-request 400",
            "in which group of the savings plan `qwen3-vl-plus-2025-09-23` is, of the family `Qwen-VL`, is not known, and so neither is its factor (`tokens.savings-plan`)",
        ),
        (
            "qwen3-8b --rpm 300 --input-per-request 4000 --output-per-request 400 --fine-tuned",
            "a savings plan does not pay for tokens of fine-tuned models, which are those of a deployment (`tokens.savings-scope`)",
        ),
    ] {
        let compared = json(&format!("compare {line}"));
        assert!(option(&compared, "savings-plan").is_none(), "{line}");
        let mut reasons = compared["unavailable"].as_array().unwrap().iter();
        let reason = reasons.find(|one| one["option"] == "savings-plan");
        assert_eq!(reason.unwrap()["reason"], why, "{line}");
    }
}

#[test]
fn what_is_committed_and_what_24_months_cost_is_said() {
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400 --days 30";
    let compared = json(&format!("compare qwen3.6-plus-2026-04-02 {load}"));
    let plan = option(&compared, "savings-plan").unwrap();
    // ¥16,588.80 of calls: ¥13,930 at 0.84 pay for 16,583.33 of them, ¥12,940 at 0.78 for all.
    assert_eq!(plan["total"], "13935.466666666667");
    assert_eq!(plan["caveats"][0]["rule"], "tokens.savings-term");
    assert_eq!(
        plan["caveats"][0]["message"],
        "¥13,930.00 a month are committed for 3 months, ¥41,790.00 in all, paid at the order and used or not: `--savings-plan 13930` of `quote tokens` prices it; for 24 months it would be ¥12,940.00 a month, and the total ¥12,940.00"
    );
    let long = "--savings-plan 12940 --savings-plan-term 24";
    let quoted = json(&format!(
        "quote tokens qwen3.6-plus-2026-04-02 {load} {long}"
    ));
    assert_eq!(quoted["quotes"][0]["total"], "12940");
    // A discount is taken off what is said, too.
    let compared = json(&format!(
        "compare qwen3.6-plus-2026-04-02 {load} --discount 10%"
    ));
    let plan = option(&compared, "savings-plan").unwrap();
    assert_eq!(
        plan["caveats"][0]["message"],
        "¥13,930.00 a month are committed for 3 months, ¥37,611.00 in all, paid at the order and used or not: `--savings-plan 13930` of `quote tokens` prices it; for 24 months it would be ¥12,940.00 a month, and the total ¥11,646.00"
    );
}

#[test]
fn units_pay_only_from_where_they_cost_less_than_calls_with_a_plan() {
    let load = "--input-per-request 4000 --output-per-request 400 --days 30";
    let model = "qwen3.6-plus-2026-04-02";
    let compared = json(&format!("compare {model} --rpm 30 {load}"));
    let mut unranked = compared["unranked"].as_array().unwrap().iter();
    let monthly = unranked.find(|one| one["option"] == "mu-monthly").unwrap();
    let from = monthly["pays_from"]["rpm"]
        .as_str()
        .unwrap()
        .parse::<u64>()
        .unwrap();
    for (rpm, first) in [(from - 1, "savings-plan"), (from, "mu-monthly")] {
        let serves = "--replica-capacity MU1x8=100M/100M";
        let at = json(&format!("compare {model} --rpm {rpm} {load} {serves}"));
        assert_eq!(at["options"][0]["option"], first, "{rpm}");
    }
}

#[test]
fn recorded_calls_are_compared_with_a_plan_too() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("calls.csv");
    let mut text = "time,input_tokens,output_tokens\n".to_owned();
    for minute in 0..50 {
        for _ in 0..3 {
            text.push_str(&format!("2026-06-01T10:{minute:02}:00Z,250000,20000\n"));
        }
    }
    std::fs::write(&log, text).unwrap();
    let trace = format!("--trace {} --scale-to 30", log.display());
    let model = "qwen3.6-plus-2026-04-02";
    let compared = json(&format!("compare {model} {trace}"));
    let plan = option(&compared, "savings-plan").unwrap();
    let commitment = plan["quote"]["savings_plan"]["commitment_per_month"]
        .as_str()
        .unwrap();
    let quoted = json(&format!(
        "quote tokens {model} {trace} --savings-plan {commitment}"
    ));
    assert_eq!(quoted["quotes"][0]["total"], plan["total"]);
    let note = quoted["quotes"][0]["notes"].as_array().unwrap().iter();
    let mut note = note.filter(|note| note["rule"] == "tokens.savings-month");
    assert_eq!(
        note.next().unwrap()["message"],
        "1 month of 30 days is paid for the 30 days of the trace, with usage spread evenly over them"
    );
}

/// A commitment of three months of which 20 days are left began on 2026-09-10, 91 days before its end.
#[test]
fn a_plan_of_today_is_paid_until_its_end() {
    let load = "--rpm 5000 --input-per-request 1200 --output-per-request 250";
    let line = format!("compare qwen-plus-2025-12-01 {load} --current savings-plan");
    let units = "--spec MU1x4 --replica-capacity MU1x4=10M/5M";
    let compared = json(&format!("{line} {units} --current-ends 20"));
    let first = &compared["switch"][0];
    assert_eq!(first["from"], compared["current"]);
    assert_eq!(first["term"]["days"], "91");
    assert_eq!(first["term"]["days_left"], "20");
    assert_eq!(first["term"]["now"]["refund"], Value::Null);
    // 104,472 a month of a replica: 69,648 for 20 of 30 days, and 145.10 of an hour of overlap.
    assert_eq!(first["term"]["now"]["gain"], "-69502.9");
    let (code, stderr) = refused(&format!("{line} --no-savings-plan"));
    assert_eq!(code, 2);
    assert_eq!(
        stderr,
        "error: `--current savings-plan` cannot be used with `--no-savings-plan`\n\nhint: leave one of them out\n"
    );
    let (code, stderr) = refused(&format!(
        "compare gemini-2.5-pro {load} --current savings-plan"
    ));
    assert_eq!(code, 1);
    let error = "error: the current method `savings-plan` cannot be priced: `gemini-2.5-pro` is not sold so\n";
    assert!(stderr.starts_with(error), "{stderr}");
}
