//! The law: a load lasts its days, whichever of them have calls, and in whichever command.

use serde_json::Value;

use super::common::folder::Folder;
use super::common::{json, run};

const MODEL: &str = "glm-5.1";
/// Hours of the week, which leave days without calls at either end of most terms.
const LOADS: [&str; 3] = [
    "mon-fri 09:00-18:00 120rpm 3000/350 cached=2500",
    "wed 22:00-02:00 40rpm 9000/100",
    "daily 00:00-24:00 3rpm 3000/350",
];
/// Each day of a week, from a Saturday on.
const FIRST: [&str; 7] = [
    "2026-11-28",
    "2026-11-29",
    "2026-11-30",
    "2026-12-01",
    "2026-12-02",
    "2026-12-03",
    "2026-12-04",
];

fn total(report: &Value) -> Value {
    report["quotes"][0]["total"].clone()
}

#[test]
fn a_reservation_is_paid_for_the_days_of_a_load_everywhere() {
    for load in LOADS {
        for (as_of, days) in FIRST
            .into_iter()
            .zip(["30", "7", "8", "30", "10", "30", "7"])
        {
            let of_load = [
                "--load", load, "--days", days, "--as-of", as_of, "--fit", "peak",
            ];
            let quote = ["quote", "ptu", MODEL, "--service", "standard"];
            let quoted = total(&json(&[quote.as_slice(), &of_load].concat()));

            let compared = json(&[["compare", MODEL].as_slice(), &of_load].concat());
            let mut options = compared["options"].as_array().unwrap().iter();
            let daily = options.find(|one| one["option"] == "reservation-daily");
            assert_eq!(daily.unwrap()["total"], quoted, "{load} {as_of} {days}");

            let plan = format!(
                "version = 1\ndays = {days}\n[[deployment]]\nname = \"d\"\nmethod = \"ptu\"\nmodel = \"{MODEL}\"\nservice = \"standard\"\nload = \"{load}\"\nterm = \"subscription\"\nfit = \"peak\"\n"
            );
            let folder = Folder::new(&[("plan.toml", &plan)]);
            let path = folder.path_of("plan.toml");
            let checked = json(&["check", &path, "--as-of", as_of]);
            assert_eq!(checked["total"], quoted, "{load} {as_of} {days}");
        }
    }
}

#[test]
fn a_load_of_one_day_is_a_day() {
    // A Monday.
    let of_load = [
        "--load", LOADS[0], "--days", "1", "--as-of", FIRST[2], "--fit", "peak",
    ];
    let compared = json(&[["compare", MODEL].as_slice(), &of_load].concat());
    let options = compared["options"].as_array().unwrap();
    let quoted = json(&[["quote", "ptu", MODEL].as_slice(), &of_load].concat());
    let trace = &quoted["quotes"][0]["trace"];
    assert_eq!(trace["minutes"], "1440", "{trace}");
    assert!(options.len() > 1);
}

#[test]
fn the_cheapest_size_is_found_for_a_load_with_days_without_calls() {
    for as_of in FIRST {
        for load in LOADS {
            let outcome = run(&[
                "quote", "ptu", MODEL, "--load", load, "--fit", "cheapest", "--days", "30",
                "--as-of", as_of,
            ]);
            assert_eq!(outcome.code, 0, "{load} {as_of}\n{}", outcome.stderr);
        }
    }
}

#[test]
fn a_cost_that_moved_with_the_first_day_of_a_load_is_said_to() {
    let plan = "version = 1\ndays = 30\n[[deployment]]\nname = \"d\"\nmethod = \"tokens\"\nmodel = \"glm-5.1\"\nload = \"sat 09:00-18:00 12rpm 3000/350\"\n";
    let folder = Folder::new(&[("plan.toml", plan)]);
    let path = folder.path_of("plan.toml");
    let before = run(&["check", &path, "--as-of", FIRST[0], "--json"]);
    let baseline = folder.file("before.json", &before.stdout);
    let outcome = run(&[
        "check",
        &path,
        "--as-of",
        FIRST[3],
        "--baseline",
        &baseline,
        "--format",
        "markdown",
    ]);
    let said = outcome
        .stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        said.contains("the days that its load covers"),
        "{said}{}",
        outcome.stderr
    );
    assert!(!said.contains("the calls of its log"), "{said}");
}

/// What a plan holds is its period: a month serves the load of no more days.
#[test]
fn a_term_that_is_longer_than_the_load_of_a_plan_says_so() {
    let prices = "version = 1
[provider]
id = \"shop\"
name = \"Shop\"
region = \"r\"
region_name = \"R\"
currency = \"CNY\"
[billing.ptu]
increment = \"hour\"
[[model]]
code = \"own-whole\"
[[model.ptu]]
input = { month = \"300 per 10K TPM-month\" }
output = [{ month = \"300 per 1K TPM-month\" }]
[[model.standard]]
tiers = [{ input = \"10 per 1M tokens\", output = \"40 per 1M tokens\" }]
";
    let plan = "version = 1
days = 10
catalog = \"prices.toml\"
[[deployment]]
name = \"d\"
method = \"ptu\"
model = \"own-whole\"
months = 1
fit = \"peak\"
load = \"mon-fri 09:00-18:00 120rpm 3000/350\"
";
    let folder = Folder::new(&[("prices.toml", prices), ("plan.toml", plan)]);
    let checked = json(&["check", &folder.path_of("plan.toml")]);
    let deployment = &checked["deployments"][0];
    // 36 steps of input and 42 of output, at ¥300 each.
    assert_eq!(deployment["total"], "23400");
    let notes = deployment["parts"][0]["quote"]["notes"].as_array().unwrap();
    let mut messages = notes.iter().map(|note| note["message"].as_str().unwrap());
    let longer = messages.find(|message| message.contains("longer"));
    assert_eq!(
        longer,
        Some("the term is longer than the 14,400 minutes of the load")
    );
}
