//! What does not go together does not validate, though each field alone would.

use serde_json::{Value, json};

use super::documents::printed;
use super::plans::{BEFORE, THROUGHPUT, UNITS, after, checked};
use super::validate::{
    CHECK, COMPARE, QUOTE, RESOURCES, assert_valid_only_without, schema, validator,
};

/// Asserts that what is printed validates, and does not with one of these changes to a quote.
fn assert_no_change_is_valid(arguments: &str, changes: &[(&str, Value)]) {
    let validator = validator(&schema(QUOTE));
    assert_valid_only_without(&validator, &printed(arguments), changes);
}

#[test]
fn throughput_has_nothing_of_another_method_or_term() {
    assert_no_change_is_valid(
        "quote ptu qwen-plus-2025-12-01 --input-tpm 50k --output-tpm 8k --days 30 --start 2026-06-01T21:59",
        &[
            ("/schema", json!("tollgate/quote/2")),
            ("/catalog/as_of", json!("2026-02-30")),
            ("/quotes", json!([])),
            ("/quotes/0/method", json!("mu")),
            ("/quotes/0/term", json!("pay-as-you-go")),
            ("/quotes/0/items", json!([])),
            ("/quotes/0/items/0/id", json!("input")),
            ("/quotes/0/items/0/id", json!("ptu.input.more")),
            ("/quotes/0/items/0/id", json!("tokens.input")),
            ("/quotes/0/parameters/mode", json!("thinking")),
            ("/quotes/0/parameters/duration", json!("30 days")),
            ("/quotes/0/parameters/runs", json!("2")),
            ("/quotes/0/schedule/stops", json!("2026-07-01T01:59:00")),
            ("/quotes/0/schedule/starts", Value::Null),
            ("/quotes/0/notes/0/basis", json!("guess")),
        ],
    );
}

#[test]
fn replicas_and_tokens_have_nothing_of_another_method_or_term() {
    let tokens = "quote tokens qwen3-32b --input 1M --output 1M";
    let parameters = printed(tokens)["quotes"][0]["parameters"].clone();
    assert_no_change_is_valid(
        "quote mu qwen3-8b --spec MU5x1 --months 1 --cancel-after 7",
        &[
            ("/quotes/0/method", json!("ptu")),
            ("/quotes/0/term", json!("pay-as-you-go")),
            ("/quotes/0/parameters/spec", json!("mu5x1")),
            ("/quotes/0/parameters/runs", json!("2")),
            ("/quotes/0/parameters", parameters),
        ],
    );
    assert_no_change_is_valid(
        tokens,
        &[
            ("/quotes/0/term", json!("subscription")),
            ("/quotes/0/parameters/rate", json!("batch")),
            ("/quotes/0/parameters/mode", json!("code-interpreter")),
        ],
    );
}

#[test]
fn a_load_comes_whole_and_only_with_throughput() {
    let alone = |field: &str| (format!("/quotes/0/parameters/{field}"), json!("1"));
    let fields = ["rpm", "input_per_request", "output_per_request"].map(alone);
    let mut changes: Vec<(&str, Value)> = fields
        .iter()
        .map(|(place, value)| (place.as_str(), value.clone()))
        .collect();
    changes.extend([
        ("/quotes/0/parameters/on_overflow", json!("bill")),
        ("/quotes/0/parameters/fit", json!("peak")),
        ("/quotes/0/parameters/hours_per_day", json!("PT8H")),
        ("/quotes/0/overflow", overflow()),
    ]);
    for arguments in [
        "quote ptu glm-5.1 --input-tpm 50k --output-tpm 8k --days 2",
        "quote ptu glm-5.1 --input-tpm 50k --output-tpm 8k --hours 2",
    ] {
        assert_no_change_is_valid(arguments, &changes);
    }
    assert_no_change_is_valid(
        "quote mu qwen3-8b --spec MU5x1 --hours 1",
        &[("/quotes/0/overflow", overflow())],
    );
    assert_no_change_is_valid(
        "quote ptu glm-5.1 --fit peak --hours 2 --rpm 3 --input-per-request 4000 --output-per-request 400",
        &[
            ("/quotes/0/parameters/hours_per_day", json!("PT8H")),
            ("/quotes/0/parameters/fit", json!("best")),
            ("/quotes/0/parameters/on_overflow", json!("queue")),
            // Nothing overflows, or it is said what does.
            ("/quotes/0/items/1/id", json!("ptu.overflow.output")),
            ("/quotes/0/overflow", overflow()),
        ],
    );
}

/// What a quote says of calls that do not fit.
fn overflow() -> Value {
    json!({ "rule": "ptu.overflow", "calls_per_minute": "5", "input_tokens": "1", "output_tokens": "1" })
}

#[test]
fn calls_that_do_not_fit_have_items_exactly_where_they_are_billed() {
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    let quote = "quote ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --days 3";
    let reservation = printed(&format!("{quote} {load} --on-overflow reject"));
    let reserved = reservation["quotes"][0]["items"].clone();
    let billed = printed(&format!("{quote} {load}"))["quotes"][0]["items"].clone();
    assert_ne!(reserved, billed);
    assert_no_change_is_valid(
        &format!("{quote} {load}"),
        &[
            ("/quotes/0/items", reserved),
            ("/quotes/0/items/2/unit", json!("TPM-day")),
            ("/quotes/0/items/2/rule", json!("ptu.daily")),
            ("/quotes/0/parameters/on_overflow", json!("reject")),
            ("/quotes/0/overflow/rule", json!("ptu.daily")),
            ("/quotes/0/method", json!("mu")),
        ],
    );
    assert_no_change_is_valid(
        &format!("{quote} {load} --on-overflow reject"),
        &[
            ("/quotes/0/items", billed),
            ("/quotes/0/parameters/on_overflow", json!("bill")),
            ("/quotes/0/parameters/fit", json!("cheapest")),
        ],
    );
}

#[test]
fn a_trace_goes_with_what_was_reserved_for_it() {
    let trace = "--trace CALLS --scale-to 2";
    let reservation = "quote ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k";
    let reserved = printed(&format!("{reservation} {trace}"));
    let admitted = reserved["quotes"][0]["trace"]["admitted"].clone();
    assert_no_change_is_valid(
        &format!("{reservation} {trace}"),
        &[
            ("/quotes/0/method", json!("tokens")),
            ("/quotes/0/trace/admitted", json!("all")),
            ("/quotes/0/trace/calls", json!(4)),
            ("/quotes/0/parameters/on_overflow", json!("reject")),
            ("/quotes/0/parameters/rpm", json!("30")),
            ("/quotes/0/overflow", overflow()),
        ],
    );
    assert_no_change_is_valid(
        &format!("quote tokens qwen3-max-2025-09-23 {trace}"),
        &[
            ("/quotes/0/trace/admitted", admitted),
            ("/quotes/0/trace/from", json!("2026-01-01")),
            ("/quotes/0/trace/minutes", Value::Null),
        ],
    );
}

#[test]
fn an_option_has_the_quote_of_its_name() {
    let compared = printed(
        "compare qwen3-max-2025-09-23 qwen3-8b --rpm 30 --input-per-request 4000 --output-per-request 400 --spec MU5x1 --replica-capacity MU5x1=200k/20k",
    );
    let validator = validator(&schema(COMPARE));
    let names = [
        "ptu-hourly",
        "ptu-daily",
        "mu-hourly",
        "mu-monthly",
        "standard",
        "savings-plan",
    ];
    let options = compared["options"].as_array().unwrap();
    for name in names {
        assert!(
            options.iter().any(|option| option["option"] == name),
            "{name}"
        );
    }
    for (at, option) in options.iter().enumerate() {
        let place = format!("/options/{at}/option");
        let others: Vec<(&str, Value)> = names
            .iter()
            .filter(|name| option["option"] != **name)
            .map(|name| (place.as_str(), json!(name)))
            .collect();
        assert_valid_only_without(&validator, &compared, &others);
    }
}

#[test]
fn a_comparison_contradicts_itself_nowhere() {
    let arguments = "compare qwen3-max-2025-09-23 --rpm 30 --input-per-request 4000 --output-per-request 400 --spec MU2x8 --current ptu-daily";
    let compared = printed(arguments);
    let points = &compared["break_even"];
    assert_eq!(points[0]["id"], "ptu.daily-vs-hourly");
    assert_eq!(points[1]["id"], "mu.monthly-vs-hourly");
    assert_eq!(points[2]["id"], "ptu.daily-vs-standard");
    assert_eq!(points[2]["value"], Value::Null);
    let options = ["savings-plan", "standard", "ptu-daily", "ptu-hourly"];
    for (option, name) in compared["options"].as_array().unwrap().iter().zip(options) {
        assert_eq!(option["option"], name);
    }
    assert_valid_only_without(
        &validator(&schema(COMPARE)),
        &compared,
        &[
            ("/schema", json!("tollgate/quote/1")),
            ("/workload/mode", json!("fast")),
            ("/options/0/rank", json!(0)),
            ("/options/0/rank", json!(1.5)),
            ("/options/2/quote/items/0/id", json!("tokens.input")),
            // What pays is an item of the quote, and what is committed is in its plan.
            ("/options/0/quote/savings_plan", Value::Null),
            ("/options/0/option", json!("standard")),
            ("/options/1/option", json!("savings-plan")),
            ("/unavailable/0/option", json!("batch")),
            ("/break_even/0/spec", json!("MU2x8")),
            ("/break_even/0/unit", json!("hours per month")),
            ("/break_even/0/id", json!("ptu.hourly-vs-daily")),
            ("/break_even/1/spec", Value::Null),
            ("/break_even/1/spec", json!("mu2x8")),
            ("/break_even/1/unit", json!("hours per day")),
            ("/break_even/2/unit", json!("hours per day")),
            ("/break_even/0/replicas", json!("1")),
            ("/break_even/0/input_tpm", Value::Null),
            ("/break_even/1/replicas", Value::Null),
            ("/break_even/1/output_tpm", json!("12000")),
            // Only hours are billed in whole increments, and only where the point is reached.
            ("/break_even/2/billed_value", json!("12")),
            // A change is from the way that is used today.
            ("/current", Value::Null),
            ("/current", json!(0)),
            ("/switch/0/to", json!(0)),
        ],
    );
}

#[test]
fn what_does_not_go_together_in_an_account_does_not_validate() {
    assert_valid_only_without(
        &validator(&schema(RESOURCES)),
        &printed("resources ACCOUNT --all"),
        &[
            ("/schema", json!("tollgate/resources/2")),
            ("/today", json!("2026-02-30")),
            ("/hidden", json!(-1)),
            ("/resources/0/kind", json!("search-engine")),
            ("/resources/0/billing", json!("prepaid")),
            ("/resources/0/left", json!("-1")),
            ("/resources/0/left", json!("700,000")),
            ("/resources/0/statuses", json!([])),
            ("/resources/0/statuses/0", json!("Available")),
            ("/resources/0/notices/0/date", Value::Null),
            ("/resources/0/notices/0/state", json!("open")),
            ("/resources/0/notices/0/days_before", json!(7)),
            ("/resources/0/notices/2/days_before", Value::Null),
            ("/resources/0/notices/2/days_before", json!(29)),
            ("/notes/0/rule", json!("resource.other")),
        ],
    );
}

#[test]
fn a_check_contradicts_itself_nowhere() {
    let validator = validator(&schema(CHECK));
    let units = checked(UNITS, "", "--cheapest");
    let quote = units["deployments"][1]["parts"][0]["quote"].clone();
    assert_valid_only_without(
        &validator,
        &checked(THROUGHPUT, "", "--cheapest"),
        &[
            ("/schema", json!("tollgate/check/2")),
            ("/deployments", json!([])),
            ("/plan/days", json!("0")),
            ("/plan/discount", json!("12.50%")),
            ("/budget/total", Value::Null),
            ("/breaches/0/kind", json!("increase")),
            ("/breaches/0/line", Value::Null),
            ("/breaches/0/deployment", json!("fitted")),
            ("/deployments/0/count", json!("0")),
            ("/deployments/0/line", json!(0)),
            ("/deployments/0/method", json!("mu")),
            ("/deployments/0/parts", json!([])),
            ("/deployments/0/parts/0/quote", quote),
            ("/deployments/0/parameters/spec", json!("MU1x2")),
            ("/deployments/0/parameters/method", json!("tokens")),
            ("/deployments/0/parameters/hours_per_day", json!("7h 20m")),
            ("/deployments/0/parameters/free_used", json!(["5"])),
            ("/deployments/0/cheapest/is", json!("cheapest")),
            ("/deployments/0/cheapest/saves", json!("1")),
        ],
    );
    assert_valid_only_without(
        &validator,
        &units,
        &[
            ("/deployments/0/parts/1/end", json!("low")),
            ("/deployments/0/parameters/budget_on", json!("both")),
            (
                "/deployments/1/parameters/phases/0/schedule/0/to",
                json!("24:01"),
            ),
        ],
    );
    assert_valid_only_without(
        &validator,
        &checked(&after(), BEFORE, "--baseline BASE"),
        &[
            ("/baseline", Value::Null),
            ("/baseline/deployments", json!([])),
            ("/baseline/deployments/0/status", json!("same")),
            ("/baseline/deployments/0/old", json!("1")),
            ("/baseline/deployments/0/by_prices", json!("1")),
            ("/baseline/deployments/1/old", Value::Null),
            ("/baseline/deployments/1/new", Value::Null),
            ("/baseline/deployments/1/status", json!("same")),
            ("/baseline/deployments/3/new", json!("1")),
            ("/budget/increase", Value::Null),
        ],
    );
}
