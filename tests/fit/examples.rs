//! Sizes and overflow by hand, and what is refused.

use std::fs;

use serde_json::{Value, json as value};

use super::shop::file_in;
use super::{ids, quote, size};
use crate::common::run;

const BOUGHT: &str = "qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --rpm 30";

/// Quantity, price and amount of each line, and the total.
fn lines(quote: &Value) -> (Vec<[String; 4]>, String) {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let items = quote["items"].as_array().unwrap();
    let line = |item: &Value| {
        let price = &item["unit_price"];
        [
            text(&item["id"]),
            text(&item["quantity"]),
            format!("{} per {}", text(&price["amount"]), text(&price["per"])),
            text(&item["amount"]),
        ]
    };
    (items.iter().map(line).collect(), text(&quote["total"]))
}

fn expected(input: [&str; 3], output: [&str; 3], total: &str) -> (Vec<[String; 4]>, String) {
    let rows = [
        ["ptu.input", "1000000", "7.68 per 10000", "768"],
        ["ptu.output", "100000", "3.08 per 1000", "308"],
        ["ptu.overflow.input", input[0], input[1], input[2]],
        ["ptu.overflow.output", output[0], output[1], output[2]],
    ];
    (
        rows.map(|row| row.map(str::to_owned)).to_vec(),
        total.to_owned(),
    )
}

#[test]
fn a_sixth_of_the_calls_overflows_both_sides() {
    // Demand is 120K and 12K a minute: 5 of 30 calls for 600 minutes do not fit.
    let quote = quote(&format!(
        "{BOUGHT} --input-per-request 4000 --output-per-request 400 --hours 10"
    ));
    assert_eq!(
        lines(&quote),
        expected(
            ["12000000", "6 per 1000000", "72"],
            ["1200000", "24 per 1000000", "28.8"],
            "1176.8"
        )
    );
    assert_eq!(
        quote["overflow"],
        value!({
            "rule": "ptu.overflow",
            "calls_per_minute": "5",
            "input_tokens": "12000000",
            "output_tokens": "1200000"
        })
    );
}

#[test]
fn overflow_is_billed_in_the_tier_of_the_request() {
    // 2 whole calls of 30 fit: 28 × 600 calls of 40,000 in the tier from 32K to 128K.
    let quote = quote(&format!(
        "{BOUGHT} --input-per-request 40k --output-per-request 400 --hours 10"
    ));
    assert_eq!(
        lines(&quote),
        expected(
            ["672000000", "10 per 1000000", "6720"],
            ["6720000", "40 per 1000000", "268.8"],
            "8064.8"
        )
    );
    assert_eq!(quote["overflow"]["rule"], "ptu.overflow");
}

#[test]
fn a_request_above_the_maximum_input_overflows_wholly() {
    // 18,000 calls of 130,000: above 128,000, and still in the tier that ends at 131,072.
    let order = "--input-per-request 130k --output-per-request 400 --hours 10";
    let quote = quote(&format!("{BOUGHT} {order}"));
    assert_eq!(
        lines(&quote),
        expected(
            ["2340000000", "10 per 1000000", "23400"],
            ["7200000", "40 per 1000000", "288"],
            "24764"
        )
    );
    assert_eq!(quote["overflow"]["rule"], "ptu.max-input");
    assert_eq!(quote["overflow"]["calls_per_minute"], "30");
}

#[test]
fn no_reservation_is_bought_for_requests_that_it_does_not_take() {
    let order = "qwen3-max-2025-09-23 --rpm 30 --input-per-request 130k --output-per-request 400 --hours 10";
    let fitted = quote(&format!("{order} --fit cheapest"));
    assert_eq!(
        (size(&fitted), &fitted["total"]),
        ((0, 0), &value!("23688"))
    );
    // Not for its price: no price would change that.
    let others = ["ptu.price-unit", "ptu.overdue", "tokens.tier-bound"];
    let of_size = |note: &&Value| !others.contains(&note["rule"].as_str().unwrap());
    let notes: Vec<&Value> = fitted["notes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(of_size)
        .collect();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert_eq!(
        notes[0]["message"],
        "a request of 130,000 input tokens is above the maximum of 128,000, so none of the 30 calls a minute \
         can use a reservation; they are billed as ordinary calls, and their responses carry the header \
         `x-dashscope-ptu-overflow:true`"
    );
    let line = format!("quote ptu {order} --fit peak");
    let outcome = run(&line.split(' ').collect::<Vec<_>>());
    assert_eq!(
        (
            outcome.code,
            outcome.stdout.as_str(),
            outcome.stderr.as_str()
        ),
        (
            1,
            "",
            "error: a request of 130,000 input tokens is above the maximum of 128,000, so no \
             reservation takes it (`ptu.max-input`)\n\n\
             hint: `tollgate quote tokens` prices these requests as ordinary calls\n"
        )
    );
}

#[test]
fn a_subscription_takes_load_in_its_active_hours() {
    // The same six minutes out of every ten hours, on each of 3 days; the reservation is up all day.
    let order = "--input-per-request 4000 --output-per-request 400 --days 3";
    let some = quote(&format!("{BOUGHT} {order} --hours-per-day 10"));
    let all = quote(&format!("{BOUGHT} {order}"));
    let amounts = |quote: &Value| {
        lines(quote)
            .0
            .into_iter()
            .map(|line| line[3].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(amounts(&some), ["2764.8", "1108.8", "216", "86.4"]);
    assert_eq!(amounts(&all), ["2764.8", "1108.8", "518.4", "207.36"]);
}

#[test]
fn a_side_without_tokens_is_neither_reserved_nor_billed() {
    let order = "qwen3-max-2025-09-23 --fit peak --hours 1 --rpm 0.5";
    let fitted = quote(&format!(
        "{order} --input-per-request 0 --output-per-request 2001"
    ));
    // A minute has one call or none.
    assert_eq!(size(&fitted), (0, 3_000));
    let short = quote(
        "qwen3-max-2025-09-23 --input-tpm 0 --output-tpm 1k --hours 1 --rpm 0.5 \
                       --input-per-request 0 --output-per-request 2001",
    );
    assert_eq!(
        ids(&short),
        ["ptu.input", "ptu.output", "ptu.overflow.output"]
    );
    // None of the 30 calls fits.
    assert_eq!(short["overflow"]["output_tokens"], "60030");
}

#[test]
fn overflow_without_a_standard_price_is_an_error_that_names_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(folder.path());
    let text = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"own\"\n\
                [[model.ptu]]\nmax_input = \"128K tokens\"\n\
                input = { hour = \"1 per 10K TPM-hour\" }\n\
                output = [{ hour = \"1 per 1K TPM-hour\" }]\n";
    fs::write(&file, text).unwrap();
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400 --hours 1";
    let quoted = |rest: &str| {
        let line = format!("quote ptu own --catalog {file} {load} {rest}");
        run(&line.split(' ').collect::<Vec<_>>())
    };
    let small = "--input-tpm 100k --output-tpm 10k";
    for rest in [
        small.to_owned(),
        format!("{small} --json"),
        "--fit cheapest".to_owned(),
    ] {
        let outcome = quoted(&rest);
        assert_eq!(
            (
                outcome.code,
                outcome.stdout.as_str(),
                outcome.stderr.as_str()
            ),
            (
                1,
                "",
                "error: calls overflow, and the model has no published price for ordinary calls \
                 (`ptu.overflow`)\n\n\
                 hint: add its standard price in a file of your own with `--catalog`, or use \
                 `--on-overflow reject`\n"
            ),
            "{rest}"
        );
    }
    for rest in [
        "--fit peak",
        "--input-tpm 100k --output-tpm 10k --on-overflow reject",
    ] {
        assert_eq!(
            (quoted(rest).code, quoted(rest).stderr.as_str()),
            (0, ""),
            "{rest}"
        );
    }
}

#[test]
fn flags_that_contradict_each_other_are_refused() {
    let line =
        "quote ptu glm-5.1 --hours 1 --rpm 3 --input-per-request 4000 --output-per-request 400";
    for (rest, stderr) in [
        (
            "--fit cheapest --on-overflow reject",
            "error: `--fit cheapest` weighs what overflow costs, and `--on-overflow reject` has none\n\n\
             hint: use `--fit peak`, or leave `--on-overflow` out\n",
        ),
        (
            "--input-tpm 0 --output-tpm 0",
            "error: `--input-tpm` and `--output-tpm` are both 0, so nothing is reserved\n\n\
             hint: give at least one of them, such as `--input-tpm 100k`\n",
        ),
        (
            "--fit peak --input-tpm 10k",
            "error: `--fit <HOW>` does not go with `--input-tpm <TPM>`\n\n\
             hint: leave one of them out\n",
        ),
    ] {
        let line = format!("{line} {rest}");
        let outcome = run(&line.split(' ').collect::<Vec<_>>());
        assert_eq!(
            (
                outcome.code,
                outcome.stdout.as_str(),
                outcome.stderr.as_str()
            ),
            (2, "", stderr),
            "{rest}"
        );
    }
}
