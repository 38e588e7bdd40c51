//! Random orders of everything in the catalog, and what the billing rules make of each.

use std::sync::LazyLock;

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

use crate::common::{Fraction, fraction, json, whole};

/// The most of anything that can be counted.
const MOST: u64 = 1_000_000_000_000_000;

/// A command line, and what it costs before any rounding.
#[derive(Debug, Clone)]
pub struct Order {
    pub args: Vec<String>,
    /// What its prices are in.
    pub currency: String,
    /// Item, quantity and amount.
    pub charges: Vec<(&'static str, Fraction, Fraction)>,
    /// What an overdue balance may add.
    pub overdue: Option<Fraction>,
    /// Used days and what was paid, where it is cancelled.
    pub cancelled: Option<(Fraction, Fraction)>,
}

/// What the flags of every command do to an order.
#[derive(Debug, Clone)]
pub struct Deal {
    pub discount: Option<String>,
    pub fx: Option<String>,
}

static MODELS: LazyLock<Vec<Value>> =
    LazyLock::new(|| json(&["models"])["models"].as_array().unwrap().clone());

fn code(model: &Value) -> String {
    model["code"].as_str().unwrap().to_owned()
}

/// Throughput in sides and model units are sold by one provider alone.
fn yuan() -> String {
    "CNY".to_owned()
}

fn price(value: &Value) -> Fraction {
    fraction(value.as_str().unwrap())
}

/// The prices of a JSON object, each with the mode that it takes to ask for it.
fn by_mode(prices: &Value) -> impl Iterator<Item = (Option<String>, Fraction)> {
    let prices = prices.as_object().unwrap().iter();
    prices.map(|(key, value)| {
        (
            Some(key.clone()).filter(|key| key != "default"),
            price(value),
        )
    })
}

fn count() -> impl Strategy<Value = u64> {
    let thousands = (0..=1_000_u64).prop_map(|number| number * 1_000);
    prop_oneof![0..=2_000_u64, thousands, 0..=MOST, Just(MOST)]
}

/// A span as it is typed, in a unit of so many seconds or as a duration, and its seconds.
fn span(unit: u64, most: u64) -> impl Strategy<Value = (String, Fraction)> {
    let number = prop_oneof![0..most.min(100), 0..most];
    let decimal = (number, "(\\.[0-9]{1,8})?").prop_map(move |(number, decimals)| {
        let text = format!("{number}{decimals}");
        let seconds = fraction(&text) * whole(unit);
        (text, seconds)
    });
    let seconds = "[1-5]?[0-9](\\.[0-9]{1,3})?";
    let parts = (0..30_u64, 0..24_u64, 0..60_u64, seconds);
    let duration = parts.prop_map(|(days, hours, minutes, seconds)| {
        let long = whole((days * 24 + hours) * 60 + minutes) * whole(60);
        let text = format!("{days}d{hours}h{minutes}m{seconds}s");
        (text, long + fraction(&seconds))
    });
    let any = prop_oneof![decimal, duration];
    any.prop_filter("a length of 0", |(_, seconds)| *seconds > whole(0))
}

/// Units of so many seconds, a started one counted whole.
fn started(seconds: &Fraction, unit: u64) -> Fraction {
    (seconds / whole(unit)).ceil()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// Provisioned throughput: TPM × started hours or days.
pub fn ptu() -> impl Strategy<Value = Order> {
    let mut rows = Vec::new();
    for model in MODELS.iter().filter(|model| !model["ptu"].is_null()) {
        let term = |term: &str| {
            let card = &model["ptu"][term];
            let input = price(&card["input_per_10k_tpm"]);
            by_mode(&card["output_per_1k_tpm"])
                .map(move |(mode, output)| (mode, input.clone(), output))
        };
        rows.extend(term("hour").map(|prices| (code(model), true, prices)));
        rows.extend(term("day").map(|prices| (code(model), false, prices)));
    }
    let days = prop_oneof![1..=31_u64, 1..=36_525_u64];
    let orders = (select(rows), count(), count(), span(3_600, 876_000), days);
    let some = orders.prop_filter("nothing reserved", |(_, input, output, ..)| {
        input + output > 0
    });
    some.prop_map(
        |((code, hourly, (mode, input_price, output_price)), input, output, span, days)| {
            let (flag, text, time) = if hourly {
                ("--hours", span.0, started(&span.1, 3_600))
            } else {
                ("--days", days.to_string(), whole(days))
            };
            let (input_tpm, output_tpm) = (input.to_string(), output.to_string());
            let mut args = words(&["quote", "ptu", &code, flag, &text]);
            args.extend(words(&[
                "--input-tpm",
                &input_tpm,
                "--output-tpm",
                &output_tpm,
            ]));
            args.extend(mode.into_iter().flat_map(|mode| words(&["--mode", &mode])));
            let input_rate = whole(input) * input_price / whole(10_000);
            let output_rate = whole(output) * output_price / whole(1_000);
            Order {
                args,
                currency: yuan(),
                charges: vec![
                    ("ptu.input", whole(input) * &time, &input_rate * &time),
                    ("ptu.output", whole(output) * &time, &output_rate * &time),
                ],
                overdue: hourly.then(|| (input_rate + output_rate) * whole(24)),
                cancelled: None,
            }
        },
    )
}

/// Model units: replicas × started minutes or months, some of them cancelled.
pub fn mu() -> impl Strategy<Value = Order> {
    let offers = MODELS.iter().flat_map(|model| {
        let offers = model["mu"].as_array().unwrap().iter();
        offers.map(|offer| (code(model), offer.clone()))
    });
    let replicas = prop_oneof![1..=8_u64, 1..=1_000_000_u64];
    let months = prop_oneof![1..=3_u64, 1..=1_200_u64];
    let cancel = option::of(span(86_400, 31));
    let length = prop_oneof![
        span(3_600, 876_000).prop_map(|span| (Some(span), 0, None)),
        (months, cancel).prop_map(|(months, cancel)| (None, months, cancel)),
    ];
    let orders = (select(offers.collect::<Vec<_>>()), replicas, length);
    orders.prop_map(|((code, offer), replicas, (hours, months, cancel))| {
        let spec = offer["spec"].as_str().unwrap();
        let mut args = words(&[
            "quote",
            "mu",
            &code,
            "--spec",
            spec,
            "--replicas",
            &replicas.to_string(),
        ]);
        let replicas = whole(replicas);
        let mut cancelled = None;
        let a_day = &replicas * whole(24);
        let overdue = hours.as_ref().map(|_| a_day * price(&offer["hour"]));
        let charge = if let Some((text, seconds)) = hours {
            args.extend(words(&["--hours", &text]));
            let quantity = &replicas * started(&seconds, 60);
            let amount = &quantity * price(&offer["hour"]) / whole(60);
            ("mu.replicas", quantity, amount)
        } else {
            args.extend(words(&["--months", &months.to_string()]));
            let quantity = &replicas * whole(months);
            let paid = &quantity * price(&offer["month"]);
            match cancel {
                None => ("mu.replicas", quantity, paid),
                Some((text, seconds)) => {
                    args.extend(words(&["--cancel-after", &text]));
                    let days = started(&seconds, 86_400);
                    let used = &replicas * &days;
                    let by_days = &used * fraction("1.2") * price(&offer["month"]) / whole(30);
                    cancelled = Some((days, paid.clone()));
                    if by_days > paid {
                        ("mu.cancellation", quantity, paid)
                    } else {
                        ("mu.cancellation", used, by_days)
                    }
                }
            }
        };
        Order {
            args,
            currency: yuan(),
            charges: vec![charge],
            overdue,
            cancelled,
        }
    })
}

/// One of a model's token prices: the ends of its tiers, and what a token costs there.
#[derive(Debug, Clone)]
struct Tokens {
    args: Vec<String>,
    currency: String,
    in_batches: bool,
    tiers: Vec<(Option<u64>, Fraction, Option<Fraction>)>,
}

fn token_prices() -> Vec<Tokens> {
    let mut all = Vec::new();
    for model in MODELS.iter() {
        let currency = model["currency"].as_str().unwrap().to_owned();
        let asked = |rate: &str, mode: Option<&str>| {
            let region = model["region"].as_str().unwrap();
            let mut args = words(&["quote", "tokens", &code(model), "--region", region]);
            args.extend(words(&["--rate", rate]));
            args.extend(mode.into_iter().flat_map(|mode| words(&["--mode", mode])));
            args
        };
        let card = &model["fine_tuned"];
        if !card["input_per_1k"].is_null() {
            let input = price(&card["input_per_1k"]) / whole(1_000);
            all.extend(
                by_mode(&card["output_per_1k"]).map(|(mode, output)| Tokens {
                    args: asked("fine-tuned", mode.as_deref()),
                    currency: currency.clone(),
                    in_batches: false,
                    tiers: vec![(None, input.clone(), Some(output / whole(1_000)))],
                }),
            );
        }
        for (rate, card) in [("standard", "standard"), ("fine-tuned", "fine_tuned")] {
            for mode in ["any", "non-thinking", "thinking"] {
                let tiers = model[card]["tiers"].as_array().into_iter().flatten();
                let tiers: Vec<_> = tiers
                    // How tokens are divided among hours is a law of its own.
                    .filter(|tier| tier["mode"] == mode && tier["hours"].is_null())
                    .map(|tier| {
                        let per_token = |price: Fraction| price / whole(1_000_000);
                        let output = &tier["output_per_1m"];
                        let output = output.as_str().map(|text| per_token(fraction(text)));
                        (
                            tier["up_to"].as_u64(),
                            per_token(price(&tier["input_per_1m"])),
                            output,
                        )
                    })
                    .collect();
                if !tiers.is_empty() {
                    let args = asked(rate, Some(mode).filter(|mode| *mode != "any"));
                    let in_batches = rate == "standard" && model[card]["batch"].is_null();
                    all.push(Tokens {
                        args,
                        currency: currency.clone(),
                        in_batches,
                        tiers,
                    });
                }
            }
        }
    }
    all
}

/// Tokens: the average request picks the tier, and its ends are tried as often as its middle.
pub fn tokens() -> impl Strategy<Value = Order> {
    let sizes = (count(), count(), any::<Index>(), 0..5_u8);
    let requests = prop_oneof![1..=30_u64, 1..=1_000_000_000_u64];
    let orders = (select(token_prices()), sizes, requests, any::<bool>());
    orders.prop_map(|(prices, (input, output, end, place), requests, batch)| {
        let last = prices.tiers.last().and_then(|tier| tier.0);
        let end = end.get(&prices.tiers).0;
        let input = match (last, end) {
            (Some(_), Some(end)) if place == 0 => end * requests,
            (Some(last), Some(end)) if place == 1 && end < last => end * requests + 1,
            (Some(last), _) => (input % last + 1) * requests - output % requests,
            _ => input.max(1),
        };
        let fits = |end: &u64| whole(input) <= whole(*end) * whole(requests);
        let mut tiers = prices.tiers.iter();
        let tier = tiers.find(|tier| tier.0.as_ref().is_none_or(fits)).unwrap();
        let output = if tier.2.is_some() { output } else { 0 };

        let mut args = prices.args.clone();
        args.extend(words(&[
            "--input",
            &input.to_string(),
            "--output",
            &output.to_string(),
        ]));
        if last.is_some() || place == 2 {
            args.extend(words(&["--requests", &requests.to_string()]));
        }
        let batch = batch && prices.in_batches;
        args.extend(batch.then(|| "--batch".to_owned()));
        let share = whole(1) / whole(if batch { 2 } else { 1 });
        let charge =
            |id, tokens, price: &Fraction| (id, whole(tokens), whole(tokens) * price * &share);
        let output_price = tier.2.iter();
        let output = output_price.map(|price| charge("tokens.output", output, price));
        let input = charge("tokens.input", input, &tier.1);
        let charges = [input].into_iter().chain(output).collect();
        Order {
            args,
            currency: prices.currency,
            charges,
            overdue: None,
            cancelled: None,
        }
    })
}

/// Discounts and rates from none to more digits than most products have room for.
pub fn deals() -> impl Strategy<Value = Deal> {
    let discount = prop_oneof![
        3 => Just(None),
        3 => prop_oneof!["[0-9]{1,2}(\\.[0-9]{1,4})?", Just("100".to_owned())].prop_map(Some),
        1 => "[0-9]\\.[0-9]{5,27}".prop_map(Some),
    ];
    let fx = prop_oneof![
        3 => Just(None),
        3 => "[0-9]{0,3}[1-9](\\.[0-9]{1,4})?".prop_map(Some),
        1 => "[0-9]\\.[0-9]{5,26}[1-9]".prop_map(Some),
    ];
    (discount, fx).prop_map(|(discount, fx)| Deal { discount, fx })
}
