//! The last number that a decimal holds, and the first that it does not.

use serde_json::Value;

use crate::TOO_LARGE;
use crate::common::run;

/// A quote of 2 yuan, of 0.0000005 yuan, and of 4,320,000,000,000,000 yuan.
const TWO: &str = "quote tokens qwen3-8b --rate standard --input 0 --output 1M";
const LITTLE: &str = "quote tokens qwen3-8b --rate standard --input 1 --output 0";
const MUCH: &str = "quote ptu deepseek-v4-pro --input-tpm 1000000B --output-tpm 0 --hours 1000";

/// The exit code, stderr, and the total in dollars with its rounding.
fn dollars(quote: &str, rate: &str) -> (u8, String, Option<(String, String)>) {
    let fx = format!("USD={rate}");
    let mut args: Vec<&str> = quote.split(' ').collect();
    args.extend(["--fx", fx.as_str(), "--json"]);
    let outcome = run(&args);
    let total = serde_json::from_str(&outcome.stdout)
        .ok()
        .map(|report: Value| {
            let fx = &report["quotes"][0]["fx"][0];
            let text = |key: &str| fx[key].as_str().unwrap().to_owned();
            (text("total"), text("total_rounded"))
        });
    (outcome.code, outcome.stderr, total)
}

#[test]
fn the_last_number_that_fits_is_exact() {
    for (quote, rate, total, rounded) in [
        // 28 decimals.
        (
            LITTLE,
            "0.000000000000000000003",
            "0.0000000000000000000000000015",
            "0.00",
        ),
        (
            TWO,
            "0.3333333333333333333333333333",
            "0.6666666666666666666666666666",
            "0.67",
        ),
        // 96 bits: 2^96 is 79228162514264337593543950336.
        (
            TWO,
            "396140812571321687967719751.67",
            "792281625142643375935439503.34",
            "792281625142643375935439503.34",
        ),
    ] {
        let total = Some((total.to_owned(), rounded.to_owned()));
        assert_eq!(dollars(quote, rate), (0, String::new(), total), "{rate}");
    }
}

#[test]
fn the_first_number_that_does_not_fit_is_refused_and_never_rounded() {
    for (quote, rate) in [
        // 29 decimals.
        (LITTLE, "0.0000000000000000000003"),
        (LITTLE, "1.0000000000000000000001"),
        // 97 bits.
        (TWO, "396140812571321687967719751.68"),
        (TWO, "39614081257132168796771975168"),
        (MUCH, "1.234567890123456789012345678"),
    ] {
        assert_eq!(
            dollars(quote, rate),
            (1, TOO_LARGE.to_owned(), None),
            "{rate}"
        );
    }
}

#[test]
fn a_product_that_fits_is_exact_however_long_its_factors_are() {
    // The zeros of the one meet the decimals of the other: 28 digits are left.
    let total = ("5333333285333333.328533333424", "5333333285333333.33");
    let total = Some((total.0.to_owned(), total.1.to_owned()));
    let rate = "1.2345678901234567890123457";
    assert_eq!(dollars(MUCH, rate), (0, String::new(), total));
}

#[test]
fn a_total_without_room_for_two_decimals_is_still_shown_with_them() {
    for (rate, total, rounded) in [
        (
            "39614081257132168796771975167",
            "79228162514264337593543950334",
            "79228162514264337593543950334.00",
        ),
        (
            "3961408125713216879677197516.7",
            "7922816251426433759354395033.4",
            "7922816251426433759354395033.40",
        ),
    ] {
        let total = Some((total.to_owned(), rounded.to_owned()));
        assert_eq!(dollars(TWO, rate), (0, String::new(), total), "{rate}");
    }
}
