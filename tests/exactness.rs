//! Thousands of quotes against the billing rules computed apart, in fractions of big integers.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "exactness/arithmetic.rs"]
mod arithmetic;
mod common;
#[path = "exactness/limits.rs"]
mod limits;
#[path = "exactness/orders.rs"]
mod orders;

use std::cell::Cell;

use common::{Fraction, fraction, run, whole};
use num_bigint::BigInt;
use num_rational::Ratio;
use orders::{Deal, Order, deals};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Value, json as value};
use tollgate::cli::Outcome;

const TOO_LARGE: &str = "error: the amount has more digits than can be computed exactly\n\n\
                         hint: ask for a smaller quantity, or give a discount, rate or price with fewer digits\n";

fn power_of_ten(exponent: u32) -> Fraction {
    Ratio::from_integer(BigInt::from(10).pow(exponent))
}

/// How many decimals a fraction has; none where it does not end, for something besides twos and
/// fives in its denominator.
fn decimals(number: &Fraction) -> Option<u32> {
    let mut rest = number.denom().clone();
    let mut counts = [0, 0];
    for (prime, count) in [2, 5].into_iter().zip(&mut counts) {
        while &rest % prime == BigInt::ZERO {
            rest /= prime;
            *count += 1;
        }
    }
    (rest == BigInt::from(1)).then_some(counts[0].max(counts[1]))
}

fn rounded(number: &Fraction, decimals: u32) -> Fraction {
    // `round` takes halves away from zero.
    (number * power_of_ten(decimals)).round() / power_of_ten(decimals)
}

/// `number` with this many decimals, which are enough for it.
fn with_decimals(number: &Fraction, decimals: u32) -> String {
    let scaled = number * power_of_ten(decimals);
    assert!(scaled.is_integer());
    let digits = scaled.numer().magnitude().to_string();
    let decimals = usize::try_from(decimals).unwrap();
    let padded = format!("{digits:0>width$}", width = decimals + 1);
    let (before, after) = padded.split_at(padded.len() - decimals);
    let sign = if *number < whole(0) { "-" } else { "" };
    let point = if after.is_empty() { "" } else { "." };
    format!("{sign}{before}{point}{after}")
}

/// The one spelling of an exact number; none where it has over 28 decimals or 96 bits.
fn written(number: &Fraction) -> Option<String> {
    let decimals = decimals(number).filter(|decimals| *decimals <= 28)?;
    let mantissa = number * power_of_ten(decimals);
    (mantissa.numer().bits() <= 96).then(|| with_decimals(number, decimals))
}

/// What the program should say of an order; none where a number of it does not fit.
fn expected(order: &Order, deal: &Deal) -> Option<Value> {
    let mut items = Vec::new();
    let mut total = whole(0);
    let mut left = whole(1);
    for (id, quantity, amount) in &order.charges {
        let kept = if decimals(amount).is_some() {
            amount.clone()
        } else {
            rounded(amount, 12)
        };
        items.push(value!([id, written(quantity)?, written(&kept)?]));
        total += kept;
    }
    let before = total.clone();
    written(&before)?;
    if let Some(percent) = &deal.discount {
        let off = fraction(percent) / whole(100);
        // The line shows its price, so that has to fit as well.
        written(&off)?;
        let mut amount = -(&off * &total);
        written(&amount)?;
        // Off a rounded amount, the discount is rounded at the same decimal.
        if order
            .charges
            .iter()
            .any(|(_, _, amount)| decimals(amount).is_none())
        {
            amount = rounded(&amount, 12);
        }
        items.push(value!(["discount", written(&total)?, written(&amount)?]));
        total += amount;
        left -= off;
    }
    let overdue = order
        .overdue
        .iter()
        .map(|amount| written(&(amount * &left)))
        .next();
    let cancelled = order.cancelled.as_ref().map(|(days, paid)| {
        let charged = written(&(&before * &left))?;
        let refund = written(&((paid - &before) * &left))?;
        let paid = written(&(paid * &left))?;
        Some(value!({ "used_days": written(days)?, "paid": paid, "charged": charged, "refund": refund }))
    });
    let fx = deal.fx.as_ref().map(|rate| {
        let converted = &total * fraction(rate);
        Some(value!([{
            "currency": "XTS",
            "rate": written(&fraction(rate))?,
            "stated": format!("1 {} = {} XTS", order.currency, written(&fraction(rate))?),
            "total": written(&converted)?,
            "total_rounded": with_decimals(&rounded(&converted, 2), 2),
            "exact": true,
        }]))
    });
    Some(value!({
        "items": items,
        "total": written(&total)?,
        "total_rounded": with_decimals(&rounded(&total, 2), 2),
        "overdue": all(overdue)?,
        "cancellation": all(cancelled)?,
        "fx": all(fx)?,
        "noted": order.charges.iter().any(|(_, _, amount)| decimals(amount).is_none()),
    }))
}

/// What is not asked for is `null`; what is asked for and does not fit is none.
fn all<T: Into<Value>>(asked: Option<Option<T>>) -> Option<Value> {
    asked.map_or(Some(Value::Null), |fits| fits.map(Into::into))
}

/// The same fields of the program's quote.
fn said(quote: &Value) -> Value {
    let items = quote["items"].as_array().unwrap().iter();
    let items = items.map(|item| value!([item["id"], item["quantity"], item["amount"]]));
    let notes = quote["notes"].as_array().unwrap();
    let overdue = notes.iter().find(|note| note["rule"] == "ptu.overdue");
    let rounding = "the amount does not end as a decimal; \
                    it is rounded half away from zero at decimal 12";
    value!({
        "items": items.collect::<Vec<Value>>(),
        "total": quote["total"],
        "total_rounded": quote["total_rounded"],
        "overdue": overdue.map(|note| &note["amount"]),
        "cancellation": quote.get("cancellation"),
        "fx": quote.get("fx"),
        "noted": notes.iter().any(|note| note["message"] == rounding),
    })
}

/// How many of the quotes ended as they were, were rounded at decimal 12, or did not fit.
#[derive(Debug, Default)]
struct Seen {
    exact: Cell<u32>,
    rounded: Cell<u32>,
    refused: Cell<u32>,
}

impl Seen {
    /// Without enough of each kind a test would say little.
    fn at_least(&self, exact: u32, rounded: u32, refused: u32) {
        let counts = [&self.exact, &self.rounded, &self.refused].map(Cell::get);
        let wanted = [exact, rounded, refused];
        let enough = counts
            .iter()
            .zip(wanted)
            .all(|(count, wanted)| *count >= wanted);
        assert!(enough, "{self:?}");
    }
}

/// As many cases, the same ones in every run.
fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_261_120),
        ..Config::default()
    }
}

/// The command line of an order and its deal.
fn command(order: &Order, deal: &Deal) -> Vec<String> {
    let discount = deal
        .discount
        .iter()
        .map(|percent| format!("--discount={percent}%"));
    // A currency that is kept for tests: of no real one would every rate be taken.
    let fx = deal.fx.iter().map(|rate| format!("--fx=XTS={rate}"));
    let json = ["--json".to_owned()];
    order
        .args
        .iter()
        .cloned()
        .chain(discount)
        .chain(fx)
        .chain(json)
        .collect()
}

/// Compares a quote for each of `cases` orders with what the rules make of it.
fn check(cases: u32, orders: impl Strategy<Value = Order>) -> Seen {
    let seen = Seen::default();
    let met = |count: &Cell<u32>| count.set(count.get() + 1);
    let quoted = TestRunner::new(config(cases)).run(&(orders, deals()), |(order, deal)| {
        let args = command(&order, &deal);
        let line = args.join(" ");
        let Outcome {
            stdout,
            stderr,
            code,
            ..
        } = run(&args);
        if let Some(expected) = expected(&order, &deal) {
            prop_assert_eq!((code, stderr.as_str()), (0, ""), "{}", line);
            let report: Value = serde_json::from_str(&stdout).unwrap();
            let quotes = report["quotes"].as_array().unwrap();
            let quotes: Vec<Value> = quotes.iter().map(said).collect();
            let was_rounded = expected["noted"] == true;
            prop_assert_eq!(quotes, [expected], "{}", line);
            met(if was_rounded {
                &seen.rounded
            } else {
                &seen.exact
            });
        } else {
            let refused = (1, TOO_LARGE, "");
            prop_assert_eq!(
                (code, stderr.as_str(), stdout.as_str()),
                refused,
                "{}",
                line
            );
            met(&seen.refused);
        }
        Ok(())
    });
    if let Err(failure) = quoted {
        panic!("{failure}");
    }
    seen
}

#[test]
fn provisioned_throughput_is_exact() {
    let seen = check(800, orders::ptu());
    seen.at_least(400, 0, 50);
}

#[test]
fn model_units_are_exact_or_rounded_at_decimal_12() {
    let seen = check(1_200, orders::mu());
    seen.at_least(400, 20, 50);
}

#[test]
fn tokens_are_exact() {
    let seen = check(800, orders::tokens());
    seen.at_least(400, 0, 50);
}
