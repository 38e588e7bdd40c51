//! What a quote says beside its numbers: rounding that shows, whose a note is, other prices.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use serde_json::{Value, json as value};
use support::{example_catalog, json, quote, stdout, tollgate};

/// The messages of a quote's notes.
fn messages(quote: &Value) -> Vec<String> {
    let notes = quote["notes"].as_array().unwrap();
    notes
        .iter()
        .map(|note| note["message"].as_str().unwrap().to_owned())
        .collect()
}

/// The sentence that a command begins with, on one line.
fn answer(line: &str) -> String {
    let shown = stdout(line);
    let (answer, _) = shown.split_once("\n\n").unwrap();
    answer.replace('\n', " ")
}

#[test]
fn lines_that_do_not_add_up_as_shown_are_followed_by_the_whole_total() {
    for (line, total) in [
        ("qwen3-32b --input 1234567 --output 345678", "¥5.234558"),
        ("qwen3-14b --input 1000 --output 1000", "¥0.005"),
    ] {
        let sentence =
            format!("Amounts are shown rounded and do not add up as shown: the total is {total}\n");
        let line = format!("quote tokens {line}");
        assert!(stdout(&line).contains(&format!("\n {sentence}")));
        assert!(stdout(&format!("{line} --format markdown")).contains(&format!("\n- {sentence}")));
    }
    let adds_up = "quote tokens qwen3-32b --input 10k --output 10k";
    assert!(!stdout(adds_up).contains("rounded"));
}

#[test]
fn a_small_amount_is_not_shown_as_nothing() {
    for format in ["table", "markdown"] {
        let line = "quote tokens deepseek-v3 --input 100 --output 100 --format";
        let shown = stdout(&format!("{line} {format}"));
        for amount in ["¥0.0002", "¥0.0008", "¥0.001"] {
            assert!(shown.contains(amount), "{shown}");
        }
        assert!(!shown.contains("¥0.00 "), "{shown}");
    }
}

#[test]
fn what_a_cancellation_gives_back_adds_up_with_what_it_keeps() {
    let line = "quote mu qwen3-8b --spec MU5x1 --months 1 --cancel-after 1 --discount 2.5%";
    let shown = stdout(line);
    let sums = "Paid ¥9,885.525, charged ¥395.421, refunded ¥9,490.104";
    assert!(shown.contains(sums), "{shown}");
}

#[test]
fn markdown_says_what_is_a_reading() {
    let shown = stdout("quote mu qwen3-32b --spec MU1x4 --hours 90.5m --format markdown");
    for note in [
        "- `mu.bundle` (a reading): the price",
        "- `mu.minute` (a reading): 1h",
        "- `mu.first-come`: capacity",
    ] {
        assert!(shown.contains(note), "{shown}");
    }
}

#[test]
fn a_note_of_some_quotes_names_their_specifications() {
    let line = "quote mu qwen3-8b --months 1 --cancel-after 6.5";
    for (format, rule, bundle) in [
        ("table", "mu.cancel-first-month", "mu.bundle"),
        ("markdown", "`mu.cancel-first-month`", "`mu.bundle`"),
    ] {
        let shown = stdout(&format!("{line} --details --format {format}"));
        for head in [
            format!("{rule}, of MU5x1: a used day"),
            format!("{rule}, of MU1x2: a used day"),
            format!("{bundle} (a reading), of MU1x2, MU2x2: the price"),
            format!("{rule}: 6.5 days"),
        ] {
            assert!(shown.contains(&head), "{head}: {shown}");
        }
    }
}

#[test]
fn an_average_request_just_above_a_tier_is_said_exactly() {
    let line = "tokens qwen3-max-2025-09-23 --output 0";
    for (sums, said) in [
        ("--input 65537 --requests 2", "32,768.5"),
        ("--input 98305 --requests 3", "between 32,768 and 32,769"),
        ("--input 1M --requests 25", "40,000"),
    ] {
        let found = messages(&quote(&format!("{line} {sums}")));
        let sentence = format!("the tier of their average, {said} input tokens;");
        assert!(found[0].contains(&sentence), "{found:?}");
    }
}

#[test]
fn a_discount_off_a_rounded_amount_says_that_it_is_rounded() {
    let line = "mu qwen3.6-35b-a3b --spec MU8x1 --hours 1m";
    let with = quote(&format!("{line} --discount 15%"));
    let discount = &with["items"][1];
    assert_eq!(discount["amount"], "-0.1175");
    let with = quote(&format!("{line} --discount 12.3%"));
    assert_eq!(with["items"][0]["amount"], "0.783333333333");
    // 12.3 % of it is 0.096349999999959.
    assert_eq!(with["items"][1]["amount"], "-0.09635");
    assert_eq!(support::rules_of(&with).last().unwrap(), "discount");
    let exact = quote("mu qwen3-8b --spec MU5x1 --hours 1 --discount 12.3%");
    assert!(!support::rules_of(&exact).contains(&"discount".to_owned()));
}

#[test]
fn an_order_on_a_day_with_another_price_names_both() {
    let (_folder, path) = example_catalog("prices.toml");
    let line = format!("mu qwen3-8b --spec MU5x1 --hours 10 --catalog {path}");
    let note = "priced as on 2026-11-20; other prices are in force on 2027-01-02, when it is ordered (`--as-of 2027-01-02`): ¥19 per replica-hour instead of ¥21 per replica-hour";
    let found = quote(&format!("{line} --start 2027-01-02T10:00"));
    assert_eq!(found["total"], "210");
    let notes = found["notes"].as_array().unwrap();
    let last = notes.iter().find(|one| one["message"] == note).unwrap();
    assert_eq!(
        (&last["rule"], &last["basis"]),
        (&"mu.minute".into(), &"given".into())
    );
    let earlier = messages(&quote(&format!("{line} --start 2026-12-31T10:00")));
    assert!(!earlier.iter().any(|note| note.contains("other prices")));
    // Of several quotes only the one whose price changes has the note.
    let report = json(&format!(
        "quote mu qwen3-8b --months 1 --catalog {path} --start 2027-01-02T10:00"
    ));
    let changed = report["quotes"].as_array().unwrap().iter().filter(|quote| {
        messages(quote)
            .iter()
            .any(|note| note.contains("¥9,200 per replica-month"))
    });
    assert_eq!(changed.count(), 1);
}

#[test]
fn several_prices_of_an_order_that_change_are_all_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("later.toml");
    let toml = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"glm-5.1\"\n[[model.ptu]]\nfrom = 2027-01-01\nmax_input = \"64000 tokens\"\ninput = { day = \"220 per 10K TPM-day\" }\noutput = [{ day = \"88 per 1K TPM-day\" }]\n";
    std::fs::write(&path, toml).unwrap();
    let line = format!(
        "ptu glm-5.1 --input-tpm 10k --output-tpm 1k --days 1 --start 2027-01-01T08:00 --catalog {}",
        path.display()
    );
    let mut notes = messages(&quote(&line)).into_iter();
    let note = notes.rfind(|note| note.contains("other prices")).unwrap();
    let prices = "Input throughput ¥220 per 10K TPM-day instead of ¥259.20 per 10K TPM-day, Output throughput ¥88 per 1K TPM-day instead of ¥103.68 per 1K TPM-day";
    assert!(note.ends_with(prices), "{note}");
}

/// Exit code, stdout and stderr of a quote of model units, whatever its verdict.
fn limited(line: &str) -> (i32, String, String) {
    let words = line.split_whitespace();
    let output = tollgate()
        .args(["quote", "mu"])
        .args(words)
        .output()
        .unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// What is said where the cheapest of all specifications of qwen3-8b is above a limit.
fn above(limit: &str, spec: &str, term: &str, cost: &str) -> String {
    format!(
        "error: the limit of {limit} is exceeded: the cheapest of 3 specifications, \
         Qwen3-8B · model unit {spec} · {term} · cn-beijing, costs {cost}\n"
    )
}

#[test]
fn a_limit_holds_if_the_cheapest_specification_does() {
    for (line, code, said) in [
        // MU5x1 is ¥10,139 a month, MU1x2 ¥52,236, MU2x2 ¥60,072.
        ("--months 1 --max-cost 11000", 0, String::new()),
        ("--months 1 --max-cost 10139", 0, String::new()),
        (
            "--months 1 --max-cost 10138.99",
            3,
            above("¥10,138.99", "MU5x1", "subscription", "¥10,139"),
        ),
        // 21 an hour, 2 replicas, 10 hours.
        (
            "--hours 10 --replicas 2 --max-cost 419",
            3,
            above("¥419", "MU5x1", "pay-as-you-go", "¥420"),
        ),
        ("--hours 10 --replicas 2 --max-cost 420", 0, String::new()),
        // What is left after the discount, in the currency of the prices and not of `--fx`.
        (
            "--months 1 --discount 15% --fx USD=0.1389 --max-cost 8618",
            3,
            above("¥8,618", "MU5x1", "subscription", "¥8,618.15"),
        ),
        ("--months 1 --discount 15% --fx USD=0.1389 --max-cost 8619", 0, String::new()),
        // What is charged, and not what was paid.
        ("--months 1 --cancel-after 7 --max-cost 2838.92", 0, String::new()),
        // A specification that is named is the one that counts.
        (
            "--spec MU1x2 --months 1 --max-cost 11000",
            3,
            "error: the limit of ¥11,000 is exceeded: Qwen3-8B · model unit MU1x2 · subscription · \
             cn-beijing costs ¥52,236\n"
                .to_owned(),
        ),
    ] {
        let (found, stdout, stderr) = limited(&format!("qwen3-8b {line}"));
        assert_eq!((found, stderr), (code, said), "{line}");
        assert_ne!(stdout, "", "{line}");
    }
}

#[test]
fn which_specification_was_compared_is_said_in_each_format() {
    let (_, table, _) = limited("qwen3-8b --months 1 --max-cost 11000");
    assert!(
        table.contains(
            "\n\n Limit\n   ¥11,000 is held against MU5x1, the cheapest of 3 specifications: it costs\n     ¥10,139\n\n Notes\n"
        ),
        "{table}"
    );
    let (_, comment, _) = limited("qwen3-8b --months 1 --max-cost 11000 --format markdown");
    assert!(
        comment.contains(
            "\n\nLimit:\n\n- ¥11,000 is held against MU5x1, the cheapest of 3 specifications: it costs ¥10,139\n\n"
        ),
        "{comment}"
    );
    for (limit, exceeded) in [("11000", false), ("9000", true)] {
        let (_, json, _) = limited(&format!("qwen3-8b --months 1 --max-cost {limit} --json"));
        let report: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            report["max_cost"],
            value!({ "limit": limit, "spec": "MU5x1", "total": "10139", "exceeded": exceeded })
        );
    }
    // Of one quote there is nothing to choose.
    let (_, one, _) = limited("qwen3-8b --spec MU5x1 --months 1 --max-cost 11000");
    assert!(!one.contains("held against"), "{one}");
    let row = one
        .lines()
        .find(|line| line.starts_with(" Limit "))
        .unwrap();
    assert!(row.ends_with(" ¥11,000.00"), "{one}");
    let (_, none, _) = limited("qwen3-8b --months 1 --json");
    assert!(!none.contains("max_cost"), "{none}");
}

#[test]
fn which_of_two_token_prices_was_taken_stands_in_the_headline_and_in_a_note() {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("calls.csv");
    std::fs::write(
        &trace,
        "time,input_tokens,output_tokens\n2026-11-01 10:00:00,1000,10\n",
    )
    .unwrap();
    let trace = format!("quote tokens qwen3-8b --trace {}", trace.display());
    let sums = "quote tokens qwen3-8b --input 1000 --output 10".to_owned();
    let load =
        "quote tokens qwen3-8b --rpm 1 --input-per-request 9 --output-per-request 9".to_owned();
    for line in [&sums, &load, &trace] {
        let said = answer(line);
        assert!(
            said.ends_with(
                " for Qwen3-8B · fine-tuned tokens (or `--rate standard`), non-thinking · \
                 pay-as-you-go · cn-beijing"
            ),
            "{said}"
        );
        let report = json(line);
        let quote = &report["quotes"][0];
        assert_eq!(quote["parameters"]["other_rate"], "standard", "{line}");
        assert_eq!(
            quote["notes"][0],
            value!({
                "rule": "tokens.fine-tuned",
                "basis": "reading",
                "message": "the model has two prices, and this is the one of fine-tuned models; \
                            `--rate standard` (`rate` in a plan) takes that of ordinary calls"
            })
        );
        for rate in ["fine-tuned", "standard"] {
            let asked = format!("{line} --rate {rate}");
            let headline =
                format!(" for Qwen3-8B · {rate} tokens, non-thinking · pay-as-you-go · cn-beijing");
            assert!(answer(&asked).ends_with(&headline), "{asked}");
            assert_eq!(
                json(&asked)["quotes"][0]["parameters"].get("other_rate"),
                None
            );
        }
    }
    // A model of one price says nothing of another, and neither does `compare`, which has both.
    // 18 + 27 of a millionth.
    assert_eq!(
        answer("quote tokens deepseek-v3.2 --input 9 --output 9"),
        "¥0.000045 for DeepSeek-v3.2 · standard tokens · pay-as-you-go · cn-beijing"
    );
    let compared =
        stdout("compare qwen3-8b --rpm 1 --input-per-request 9 --output-per-request 9 --json");
    assert!(!compared.contains("other_rate"), "{compared}");
}
