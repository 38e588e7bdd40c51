//! The cheapest size is exact where only the last digits tell sizes apart, and where there are many.

use std::fs;

use proptest::prelude::*;

use super::shop::{endless_shop, file_in};
use super::{check_all_sizes, config, quote, size, total};
use crate::common::{fraction, run};

/// One model, billed by the started minute or hour, at prices by the hour and by the token.
fn catalog(
    increment: &str,
    steps: (&str, &str),
    hour: (&str, &str),
    token: (&str, &str),
) -> String {
    let (input_step, output_step) = steps;
    let (input_hour, output_hour) = hour;
    let (input, output) = token;
    format!(
        r#"version = 1
[provider]
id = "acme"
name = "Acme"
region = "here"
region_name = "Here"
currency = "CNY"
[billing.ptu]
increment = "{increment}"
input_step = "{input_step} TPM"
output_step = "{output_step} TPM"
overdue_retention = "24h"
late_order_after = "22:00"
expires_at = "23:59"
grace = "2h"
retention = "14h"
[[model]]
code = "drawn"
[[model.ptu]]
max_input = "128K tokens"
input = {{ hour = "{input_hour} per 10K TPM-hour" }}
output = [{{ hour = "{output_hour} per 1K TPM-hour" }}]
[[model.standard]]
tiers = [{{ input = "{input} per 1M tokens", output = "{output} per 1M tokens" }}]
"#
    )
}

/// Size and total of the cheapest reservation for an order of `drawn`.
fn cheapest(catalog: &str, order: &str) -> ((u64, u64), String) {
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(folder.path());
    fs::write(&file, catalog).unwrap();
    let fitted = quote(&format!("drawn --catalog {file} --fit cheapest {order}"));
    (size(&fitted), fitted["total"].as_str().unwrap().to_owned())
}

#[test]
fn a_reservation_pays_that_saves_the_last_digit() {
    // A minute of 10 TPM costs a bit less than 10 tokens at 1 each, and 20 TPM are more than needed.
    let catalog = catalog(
        "minute",
        ("10", "1"),
        ("599999.999999", "1"),
        ("1000000", "1"),
    );
    let order = "--rpm 1.5 --input-per-request 10 --output-per-request 0 --hours 1m";
    let (size, total) = cheapest(&catalog, order);
    assert_eq!((size, total.as_str()), ((10, 0), "14.999999999983"));
}

#[test]
fn odd_seconds_at_usual_prices_have_a_cheapest_size() {
    let catalog = catalog("hour", ("10K", "1K"), ("2.88", "0.73"), ("12", "36"));
    let order = "--rpm 30.333 --input-per-request 4321 --output-per-request 433 --hours 1h20s";
    // 130K and 13K take 30 calls of 4,321 and 433, so 0.333 a minute overflow for 60 1/3 minutes:
    // 86,814 and 8,700 tokens. The least of all sizes for 0 to 31 calls, added up by hand.
    let (size, total) = cheapest(&catalog, order);
    assert_eq!((size, total.as_str()), ((130_000, 13_000), "95.214968"));
}

#[test]
fn a_rate_of_many_decimals_has_a_cheapest_size() {
    let order = "--input-per-request 4321 --output-per-request 433 --hours 10";
    let cost = |rpm: &str| {
        let fitted = quote(&format!(
            "qwen-plus-2025-12-01 --fit cheapest --rpm {rpm} {order}"
        ));
        assert_eq!(size(&fitted), (0, 0), "{rpm}");
        total(&fitted)
    };
    // 20,000 requests of 4,321 and 433 tokens: 86,420,000 × ¥0.80 and 8,660,000 × ¥2 per million.
    assert_eq!(cost("33.33333333"), fraction("86.456"));
    assert_eq!(cost("33.333333333333"), fraction("86.456"));
    // More decimals would leave no room for the tokens of a month.
    let line =
        format!("quote ptu qwen-plus-2025-12-01 --fit cheapest --rpm 33.3333333333333 {order}");
    let refused = run(&line.split_whitespace().collect::<Vec<_>>());
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert_eq!(
        refused.stderr,
        "error: `33.3333333333333` is not a value for `--rpm <RATE>`: it has more than 12 decimals\n\nhint: add `--help` for what the command takes\n"
    );
}

#[test]
fn the_largest_load_has_a_cheapest_size() {
    // A day of one call a minute of 40,000 and 1,000 tokens: 1,440 × 0.44 by token, and
    // 4 × 92.16 + 36.96 reserved, so all of a billion are reserved.
    let order = "qwen3-max-2025-09-23 --fit cheapest --rpm 1000000000 --days 1";
    let fitted = quote(&format!(
        "{order} --input-per-request 40k --output-per-request 1k"
    ));
    assert_eq!(size(&fitted), (40_000_000_000_000, 1_000_000_000_000));
    // Steps are shared by calls in ways that repeat only after thousands of them.
    let fitted = quote(&format!(
        "{order} --input-per-request 40001 --output-per-request 433"
    ));
    assert_eq!(size(&fitted), (40_001_000_000_000, 433_000_000_000));
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn time_that_does_not_end_as_a_decimal_has_a_cheapest_size(shop in endless_shop()) {
        check_all_sizes(&shop)?;
    }
}
