//! What a day's tokens cost beyond a package: exact, or refused.

use std::process::Command;

use serde_json::{Value, json};

use super::{json, one, only, refused, run, tokens};

fn package(per_day: &str) -> String {
    tokens(
        1_000_000,
        &format!("used = 0\nusage_per_day = {per_day}\nexpires = 2026-12-31"),
    )
}

fn cost(per_day: &str, flags: &str) -> Value {
    only(&package(per_day), flags)["forecast"]["cost_per_day"].clone()
}

#[test]
fn a_day_is_priced_at_prices_of_ones_own() {
    let prices = "--price-in 2 --price-out 8";
    // 80,000 at 2 and 20,000 at 8 per million.
    let share = format!("{prices} --input-share 80%");
    assert_eq!(cost("100_000", &share), "0.32");
    assert_eq!(cost("{ input = 80_000, output = 20_000 }", prices), "0.32");
    // What the file says of a package goes before the share.
    let other = format!("{prices} --input-share 10%");
    assert_eq!(cost("{ input = 80_000, output = 20_000 }", &other), "0.32");
    assert_eq!(cost("0", &share), "0");
    assert_eq!(cost("100_000", &format!("{share} --discount 25%")), "0.24");
    let report = json(
        &one(&package("100_000")),
        &format!("{share} --currency USD"),
    );
    assert_eq!(report["price"]["currency"], "USD");
    assert_eq!(report["catalog"], Value::Null);
}

#[test]
fn a_day_is_priced_at_the_standard_price_of_a_model() {
    // ¥2 and ¥3 per million.
    let flags = "--model deepseek-v3.2 --input-share 80%";
    assert_eq!(cost("1_000_000", flags), "2.2");
    let report = json(&one(&package("1_000_000")), flags);
    assert_eq!(report["price"]["model"], "deepseek-v3.2");
    assert_eq!(report["catalog"]["as_of"], "2026-11-20");
    // A model with fine-tuned prices as well: ordinary calls are what is billed beyond a package.
    let standard =
        super::support::quote("tokens qwen3-32b --rate standard --input 800k --output 200k");
    assert_eq!(
        cost("1_000_000", "--model qwen3-32b --input-share 80%"),
        standard["total"]
    );
}

#[test]
fn a_day_is_priced_as_of_the_day_that_everything_is_said_of() {
    let folder = super::folder(&one(&package("1_000_000")));
    let later = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"deepseek-v3.2\"\n[[model.standard]]\nfrom = 2099-01-01\ntiers = [{ input = \"100 per 1M tokens\", output = \"100 per 1M tokens\" }]\n";
    std::fs::write(folder.path().join("later.toml"), later).unwrap();
    let flags = "account.toml --catalog later.toml --model deepseek-v3.2 --input-share 80% --all --json --today 2099-01-01";
    let cost = |flags: &str| {
        // Without the `--as-of` that other tests have.
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
        command
            .env_remove("TOLLGATE_CATALOG")
            .env("TOLLGATE_TODAY", "2026-11-20")
            .current_dir(folder.path());
        command.arg("resources").args(flags.split_whitespace());
        let stdout = command.output().unwrap().stdout;
        let report: Value = serde_json::from_slice(&stdout).unwrap();
        (
            report["resources"][0]["forecast"]["cost_per_day"].clone(),
            report["catalog"]["as_of"].clone(),
        )
    };
    assert_eq!(cost(flags), (json!("100"), json!("2099-01-01")));
    // Unless another date is given.
    let earlier = format!("{flags} --as-of 2098-12-31");
    assert_eq!(cost(&earlier), (json!("2.2"), json!("2098-12-31")));
}

#[test]
fn the_size_of_a_request_picks_the_tier() {
    let day = "{ input = 1_000_000, output = 100_000 }";
    let model = "--model qwen3-max-2025-09-23";
    assert_eq!(
        cost(day, &format!("{model} --input-per-request 32768")),
        "8.4"
    );
    assert_eq!(
        cost(day, &format!("{model} --input-per-request 32769")),
        "14"
    );
    refused(
        &run(&one(&package(day)), model),
        1,
        "`qwen3-max-2025-09-23` is priced by the size of a request, which is not known",
        "add `--input-per-request <TOKENS>`: it picks the tier",
    );
}

#[test]
fn how_much_is_input_is_never_guessed() {
    refused(
        &run(&one(&package("100_000")), "--price-in 2 --price-out 8"),
        2,
        "a day of `A` cannot be priced: how many of its tokens are input is not known",
        "add `--input-share 80%`, or say `usage_per_day = { input = 80_000, output = 20_000 }` in the file",
    );
    refused(
        &run(
            &one(&package("{ input = 1, output = 1 }")),
            "--model qwen3-rerank",
        ),
        1,
        "a day of `A` cannot be priced: the model has no price for output tokens",
        "add `--input-share 100%`, or name another model",
    );
}

#[test]
fn only_tokens_with_a_rate_are_priced() {
    let flags = "--price-in 2 --price-out 8";
    let none = only(&tokens(10, "used = 0\nexpires = 2026-12-31"), flags);
    assert_eq!(none["forecast"]["cost_per_day"], Value::Null);
    let search = package("100").replace("tokens", "search");
    assert_eq!(
        only(&search, flags)["forecast"]["cost_per_day"],
        Value::Null
    );
}

#[test]
fn a_cost_that_does_not_end_is_rounded_and_says_so() {
    let resource = tokens(
        1_000_000,
        "used = [{ on = 2026-11-01, value = 0 }, { on = 2026-11-04, value = 1 }]\nexpires = 2026-12-31",
    );
    let report = json(
        &one(&resource),
        "--price-in 1 --price-out 1 --input-share 50%",
    );
    let forecast = &report["resources"][0]["forecast"];
    assert_eq!(
        (&forecast["cost_per_day"], &forecast["cost_per_day_rounded"]),
        (&json!("0.000000333333"), &json!("0.00"))
    );
    let notes = report["notes"].as_array().unwrap();
    assert_eq!(
        notes.last().unwrap()["message"],
        "a cost that does not end as a decimal is rounded at the 12th decimal"
    );
}

#[test]
fn flags_of_a_price_that_is_not_asked_for_are_refused() {
    for flags in [
        "--price-in 2",
        "--price-out 2",
        "--input-share 80%",
        "--discount 15%",
        "--mode thinking",
        "--input-per-request 100",
        "--currency USD",
        "--model glm-5 --price-in 1 --price-out 1",
        "--model glm-5 --currency USD",
        "--price-in -1 --price-out 1",
        "--price-in 1 --price-out 1 --currency usd",
    ] {
        let ran = run(&one(&package("1")), flags);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{flags}");
        assert!(ran.stderr.contains("\n\nhint: "), "{flags}");
    }
    let ran = run(&one(&package("1")), "--model nope");
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
}
