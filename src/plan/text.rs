//! The texts of a plan's values: how each is read, and its one way of writing.

use rust_decimal::Decimal;

use crate::billing::amount::Amount;
use crate::billing::cache::CacheWay;
use crate::billing::capacity::Capacity;
use crate::billing::exact::plain;
use crate::billing::funding::Package;
use crate::billing::load::OnOverflow;
use crate::billing::ptu::Fit;
use crate::billing::quote::{Method, Percent, Rate};
use crate::billing::recorded::Pattern;
use crate::billing::savings::Payment;
use crate::billing::speed::Speed;
use crate::billing::term::{Span, Term};
use crate::order::TraceFit;
use crate::order::value::{self, PercentError};

/// Which end of a range counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The most that it can cost.
    High,
    /// The least that it can cost.
    Low,
}

impl End {
    /// `high` or `low`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Low => "low",
        }
    }
}

/// How much a plan may cost more than its baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Increase {
    /// In percent of the baseline.
    Percent(Decimal),
    /// In money, in the currency of the plan once that is known.
    Amount(Amount),
}

fn one_of<T: Copy>(text: &str, all: &[T], name: fn(T) -> &'static str) -> Result<T, String> {
    all.iter()
        .find(|one| name(**one) == text)
        .copied()
        .ok_or_else(|| {
            let names: Vec<String> = all.iter().map(|one| format!("`{}`", name(*one))).collect();
            format!("it is one of {}", names.join(", "))
        })
}

/// `ptu`, `mu` or `tokens`.
pub fn method(text: &str) -> Result<Method, String> {
    one_of(text, Method::ALL, Method::name)
}

/// `pay-as-you-go` or `subscription`.
pub fn term(text: &str) -> Result<Term, String> {
    one_of(text, &[Term::PayAsYouGo, Term::Subscription], Term::name)
}

/// `high` or `low`.
pub fn end(text: &str) -> Result<End, String> {
    one_of(text, &[End::High, End::Low], End::name)
}

/// `standard` or `high-speed`.
pub fn service(text: &str) -> Result<Speed, String> {
    one_of(text, Speed::ALL, Speed::name)
}

/// `bill` or `reject`.
pub fn on_overflow(text: &str) -> Result<OnOverflow, String> {
    one_of(
        text,
        &[OnOverflow::Bill, OnOverflow::Reject],
        OnOverflow::name,
    )
}

/// `all-upfront` or `no-upfront`.
pub fn payment(text: &str) -> Result<Payment, String> {
    one_of(text, Payment::ALL, Payment::name)
}

/// `peak` or `cheapest`.
pub fn fit(text: &str) -> Result<Fit, String> {
    one_of(text, &[Fit::Peak, Fit::Cheapest], Fit::name)
}

/// The same for a steady load, of which all minutes are alike.
pub fn steady_fit(text: &str) -> Result<Fit, String> {
    match text {
        "p99" | "p95" => {
            Err("it counts the minutes of a log: write `trace`, or use `peak`".to_owned())
        }
        text => fit(text),
    }
}

/// `peak`, `p99`, `p95` or `cheapest`.
pub fn trace_fit(text: &str) -> Result<TraceFit, String> {
    one_of(text, &TraceFit::ALL, TraceFit::name)
}

/// `day` or `week`.
pub fn pattern(text: &str) -> Result<Pattern, String> {
    one_of(text, &Pattern::ALL, Pattern::name)
}

/// `fine-tuned` or `standard`.
pub fn rate(text: &str) -> Result<Rate, String> {
    one_of(text, &[Rate::FineTuned, Rate::Standard], Rate::name)
}

/// `implicit` or `explicit`.
pub fn cache(text: &str) -> Result<CacheWay, String> {
    one_of(text, &CacheWay::ALL, CacheWay::name)
}

/// `on` or `off`.
pub fn switch(text: &str) -> Result<bool, String> {
    one_of(text, &[true, false], switch_name)
}

/// `on` or `off`.
pub fn switch_name(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// A share from 0 % to 100 %.
pub fn share(text: &str) -> Result<Percent, String> {
    value::percent(text).map_err(|error| match error {
        // In a file it is a text.
        PercentError::TwoMeanings { percent, of_share } => format!(
            "{error}: write `\"{}%\"` or `\"{}%\"`",
            plain(percent),
            plain(of_share)
        ),
        PercentError::Wrong(_) => error.into(),
    })
}

/// `10%` or an amount of money with its currency, which may also follow. A bare number could be either; nothing is
/// both.
pub fn increase(text: &str) -> Result<Increase, String> {
    if text.ends_with('%') {
        return Ok(Increase::Percent(value::percent_above(text)?));
    }
    if let Some((currency, number)) = value::turned(text) {
        let currency = Some(currency);
        return Ok(Increase::Amount(Amount::new(number, currency)));
    }
    let amount = value::amount(text).map_err(|error| match error == value::NOT_AN_AMOUNT {
        true => "it is not a percentage or an amount such as `\"10%\"` or `\"CNY 10\"`".to_owned(),
        false => error,
    })?;
    match amount.currency {
        None if !amount.number.is_zero() => Err(format!(
            "it can mean percent or money: write `\"{text}%\"`, or a currency before it: `\"<CODE> {text}\"`"
        )),
        _ => Ok(Increase::Amount(amount)),
    }
}

/// A span as [`Span::parse`] reads it: `1h30m`.
pub fn span(span: &Span) -> String {
    span.to_string().replace(' ', "")
}

/// A count.
pub fn count(count: &u64) -> String {
    count.to_string()
}

/// A decimal.
pub fn decimal(value: &Decimal) -> String {
    plain(*value)
}

/// The number of an amount: its currency is that of what it is held against.
pub fn amount(amount: &Amount) -> String {
    plain(amount.number)
}

/// `15%`.
pub fn percent(percent: &Percent) -> String {
    format!("{}%", plain(percent.value()))
}

/// `5000000@2026-12-31`.
pub fn package(package: &Package) -> String {
    match package.expires {
        Some(day) => format!("{}@{day}", package.tokens),
        None => package.tokens.to_string(),
    }
}

/// `MU1x8=300000/60000`.
pub fn capacity(capacity: &Capacity) -> String {
    let Capacity {
        spec,
        input_tpm,
        output_tpm,
        ..
    } = capacity;
    format!("{spec}={input_tpm}/{output_tpm}")
}
