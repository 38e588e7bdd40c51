//! Any rate: what is converted is the rational number, and ranked as such.

use num_bigint::BigInt;
use num_rational::Ratio;
use proptest::prelude::*;
use serde_json::Value;

use super::Markets;
use super::common::{Fraction, fraction, json, run, whole};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// An amount above 0 with up to 4 decimals.
fn amounts() -> impl Strategy<Value = String> {
    "[0-9]{0,2}[1-9](\\.[0-9]{1,4})?".prop_map(|text| {
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let whole: u64 = whole.parse().unwrap();
        match decimals.trim_end_matches('0') {
            "" => whole.to_string(),
            decimals => format!("{whole}.{decimals}"),
        }
    })
}

/// A number at 12 decimals, half away from zero, as the program rounds one that does not end.
fn at_twelve(exact: &Fraction) -> Fraction {
    let twelve = Ratio::from_integer(BigInt::from(10).pow(12));
    let half = Ratio::new(BigInt::from(1), BigInt::from(2));
    (exact * &twelve + half).floor() / twelve
}

/// The last number of 12 decimals that is less.
fn just_below(number: &Fraction) -> String {
    let scaled = (number * Ratio::from_integer(BigInt::from(10).pow(12))).ceil() - whole(1);
    let digits = format!("{:0>13}", scaled.to_integer().to_string());
    let (units, decimals) = digits.split_at(digits.len() - 12);
    format!("{units}.{decimals}")
}

/// Whether it ends as a decimal: no other number than 2 and 5 divides what it is divided by.
fn ends(number: &Fraction) -> bool {
    let mut rest = number.denom().clone();
    for factor in [2, 5] {
        while (&rest % factor) == BigInt::from(0) {
            rest /= factor;
        }
    }
    rest == BigInt::from(1)
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_total_is_converted_as_a_rational_number(
        (other, base) in (amounts(), amounts()),
        turned in any::<bool>(),
        tokens in 1_u64..10_000_000,
    ) {
        let rate = match turned {
            true => format!("{base}CNY={other}XTS"),
            false => format!("{other}XTS={base}CNY"),
        };
        let tokens = tokens.to_string();
        let line = ["quote", "tokens", "qwen3-32b", "--rate", "standard", "--output", "0", "--input", &tokens, "--fx", &rate];
        let report = json(&line);
        let quote = &report["quotes"][0];
        let total = fraction(quote["total"].as_str().unwrap());
        let exact = total * fraction(&other) / fraction(&base);
        let fx = &quote["fx"][0];
        let shown = fraction(fx["total"].as_str().unwrap());
        match ends(&exact) {
            true => prop_assert_eq!(shown, exact),
            false => prop_assert_eq!(shown, at_twelve(&exact)),
        }
        let of_one = fraction(&other) / fraction(&base);
        prop_assert_eq!(fx["exact"].as_bool(), Some(ends(&(fraction(quote["total"].as_str().unwrap()) * &of_one))));
        let stated = match turned {
            true => format!("{base} CNY = {other} XTS"),
            false => format!("{other} XTS = {base} CNY"),
        };
        prop_assert_eq!(fx["stated"].as_str(), Some(stated.as_str()));
    }
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn options_are_ranked_as_the_exact_amounts_are(
        prices in [amounts(), amounts(), amounts(), amounts()],
        (dollars, yuan) in (amounts(), amounts()),
        dollars_first in any::<bool>(),
    ) {
        let [a, b, c, d] = &prices;
        let markets = Markets::with((a, b), (c, d));
        let (home, abroad) = (markets.path("home.toml"), markets.path("abroad.toml"));
        let rate = format!("{dollars}USD={yuan}CNY");
        let models = match dollars_first {
            true => ["abroad-model", "home-model"],
            false => ["home-model", "abroad-model"],
        };
        let mut line: Vec<&str> = vec!["compare"];
        line.extend(models);
        line.extend("--rpm 10 --input-per-request 1000 --output-per-request 100 --days 1".split(' '));
        line.extend(["--fx", &rate, "--catalog", &home, "--catalog", &abroad]);
        let report = json(&line);
        let options = report["options"].as_array().unwrap();
        prop_assert_eq!(options.len(), 4);
        let base = if dollars_first { "USD" } else { "CNY" };
        let exact = |option: &Value| {
            let own = fraction(option["quote"]["total"].as_str().unwrap());
            let own_currency = option["quote"]["currency"].as_str().unwrap();
            match (own_currency == base, dollars_first) {
                (true, _) => own,
                (false, true) => own * fraction(&dollars) / fraction(&yuan),
                (false, false) => own * fraction(&yuan) / fraction(&dollars),
            }
        };
        for option in options {
            prop_assert_eq!(option["currency"].as_str(), Some(base));
            let exact = exact(option);
            let expected = if ends(&exact) { exact } else { at_twelve(&exact) };
            prop_assert_eq!(fraction(option["total"].as_str().unwrap()), expected);
        }
        for pair in options.windows(2) {
            let (first, second) = (exact(&pair[0]), exact(&pair[1]));
            // What is the same at 12 decimals is the same, in the order of the documents.
            let same = pair[0]["total"] == pair[1]["total"];
            prop_assert!(first <= second || same, "{} {}", first, second);
        }
        // The limit is held to what is ranked: at it nothing is exceeded, below it something is.
        let cheapest = options[0]["total"].as_str().unwrap();
        line.extend(["--max-cost", cheapest]);
        prop_assert_eq!(run(&line).code, 0);
        let limit = just_below(&fraction(cheapest));
        let at = line.len() - 1;
        line[at] = &limit;
        prop_assert_eq!(run(&line).code, 3);
    }
}
