//! The values of flags, and of the keys of a plan, from text.
//!
//! An error says what is wrong, to stand after the value: `must be at least 1`, `it is not a date`.

mod amount;
mod log;
mod moment;
mod percent;

pub use amount::{NOT_AN_AMOUNT, amount, turned};
pub use log::{
    KeptFor, block, cache_place, cache_place_name, columns, columns_text, derived, failed_calls,
    failed_calls_name, field, filter, kept_for, repeated_calls, time_unit,
};
pub use moment::{AsOfDays, as_of, date, day_or_moment, moment, two_days};
pub use percent::{PercentError, percent, percent_above};

pub use crate::workload::rate;
use crate::workload::{Growth, LoadLine};

use crate::billing::capacity::{Capacity, SaidBy};
use crate::billing::funding::Package;
use crate::billing::fx::Fx;
use crate::billing::mode::Mode;
use crate::billing::money::{Currency, Money};
use crate::billing::number::{NumberError, grouped, parse_count, parse_decimal};
use crate::billing::spec::Spec;
use crate::billing::term::{Increment, Span};

/// The letters of a currency's code.
const CODE: usize = 3;
/// The most days of a subscription: a hundred years.
pub const MAX_DAYS: u64 = 36_525;
/// The most months of a subscription: a hundred years.
const MAX_MONTHS: u64 = 1_200;
/// The most replicas.
const MAX_REPLICAS: u64 = 1_000_000;

/// A count that may be 0.
pub fn count(text: &str) -> Result<u64, String> {
    parse_count(text).map_err(said)
}

/// A count of at least 1.
pub fn positive(text: &str) -> Result<u64, String> {
    match count(text)? {
        0 => Err("must be at least 1".to_owned()),
        count => Ok(count),
    }
}

fn at_most(text: &str, most: u64) -> Result<u64, String> {
    let count = positive(text)?;
    if count > most {
        return Err(format!("must be at most {}", grouped(most.into(), 0)));
    }
    Ok(count)
}

/// Days of a subscription.
pub fn days(text: &str) -> Result<u64, String> {
    at_most(text, MAX_DAYS)
}

/// Days from now: 0 is today.
pub fn days_or_none(text: &str) -> Result<u64, String> {
    match count(text)? {
        0 => Ok(0),
        _ => days(text),
    }
}

/// A currency's code.
pub fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(text).ok_or_else(|| "it is not a currency code such as `USD`".to_owned())
}

/// Months of a subscription.
pub fn months(text: &str) -> Result<u32, String> {
    let months = at_most(text, MAX_MONTHS)?;
    u32::try_from(months).map_err(|error| error.to_string())
}

/// A number of terms of a fixed length: a hundred years of them at most.
fn terms(text: &str, most: u64) -> Result<u32, String> {
    u32::try_from(at_most(text, most)?).map_err(|error| error.to_string())
}

/// Blocks of 8 hours.
pub fn blocks(text: &str) -> Result<u32, String> {
    terms(text, MAX_DAYS.saturating_mul(3))
}

/// Weeks of a subscription.
pub fn weeks(text: &str) -> Result<u32, String> {
    terms(text, MAX_DAYS / 7)
}

/// Terms of three months of a subscription.
pub fn quarters(text: &str) -> Result<u32, String> {
    terms(text, MAX_MONTHS / 3)
}

/// Years of a subscription.
pub fn years(text: &str) -> Result<u32, String> {
    terms(text, MAX_MONTHS / 12)
}

/// The most renewals of a subscription.
const MAX_RENEWALS: u64 = 1_000;

/// How many times a subscription is renewed.
pub fn renewals(text: &str) -> Result<u32, String> {
    let times = at_most(text, MAX_RENEWALS)?;
    u32::try_from(times).map_err(|error| error.to_string())
}

/// The specification of dedicated throughput units, such as `Fast`.
pub fn dtu_spec(text: &str) -> Result<String, String> {
    let is_named = text.starts_with(char::is_alphabetic);
    match is_named && text.len() <= 128 && !text.chars().any(char::is_control) {
        true => Ok(text.to_owned()),
        false => Err("it is not a specification such as `Fast`".to_owned()),
    }
}

/// Replicas of a deployment.
pub fn replicas(text: &str) -> Result<u64, String> {
    at_most(text, MAX_REPLICAS)
}

/// A span in decimal hours or as a duration, not 0.
pub fn hours(text: &str) -> Result<Span, String> {
    span(text, Increment::Hour)
}

/// A span in decimal days or as a duration, not 0.
pub fn span_in_days(text: &str) -> Result<Span, String> {
    span(text, Increment::Day)
}

fn span(text: &str, unit: Increment) -> Result<Span, String> {
    let span = Span::parse(text, unit)?;
    if span.is_zero() {
        return Err("must be above 0".to_owned());
    }
    Ok(span)
}

/// A line of a load, such as `mon-fri 09:00-18:00 120rpm 3000/350`.
pub fn load(text: &str) -> Result<LoadLine, String> {
    text.parse()
}

/// Growth by the month, such as `5%/month`.
pub fn growth(text: &str) -> Result<Growth, String> {
    text.parse()
}

/// Hours of a day: above 0, at most 24.
pub fn hours_per_day(text: &str) -> Result<Span, String> {
    let span = hours(text)?;
    if span > Span::hours(24) {
        return Err("must be at most 24, the hours of a day".to_owned());
    }
    Ok(span)
}

/// How many times something is deployed.
pub fn runs(text: &str) -> Result<u64, String> {
    at_most(text, MAX_DAYS)
}

/// A rate of exchange: `USD=0.1389`, or `1USD=7.2CNY`, blanks around each part allowed.
pub fn fx(text: &str) -> Result<Fx, String> {
    let wrong = || "it is not a rate such as `USD=0.1389` or `1USD=7.2CNY`".to_owned();
    let (left, right) = text.split_once('=').ok_or_else(wrong)?;
    let (left, right) = (left.trim(), right.trim());
    let above_none = |text: &str| {
        let number = parse_decimal(text).map_err(|_| wrong())?;
        match number.is_zero() {
            true => Err("the rate must be above 0".to_owned()),
            false => Ok(number),
        }
    };
    if let Some(currency) = Currency::parse(left) {
        let amount = above_none(right)?;
        return Ok(Fx::OfOne(Money { amount, currency }));
    }
    let money = |side: &str| -> Result<Money, String> {
        let at = side.len().checked_sub(CODE).ok_or_else(wrong)?;
        let (amount, code) = side.split_at_checked(at).ok_or_else(wrong)?;
        let currency = Currency::parse(code).ok_or_else(wrong)?;
        let amount = above_none(amount.trim_end())?;
        Ok(Money { amount, currency })
    };
    let (left, right) = (money(left)?, money(right)?);
    match left.currency == right.currency {
        true => Err("both sides are of one currency".to_owned()),
        false => Ok(Fx::Equal(left, right)),
    }
}

/// What a replica of a specification serves: `MU1x8=300k/60k`.
pub fn capacity(text: &str) -> Result<Capacity, String> {
    Capacity::parse(text, SaidBy::Person)
}

/// What is left of a token package, and until when: `5M@2026-12-31`.
pub fn package(text: &str) -> Result<Package, String> {
    let (tokens, expires) = match text.split_once('@') {
        Some((tokens, day)) => (tokens, Some(date(day)?)),
        None => (text, None),
    };
    Ok(Package {
        tokens: positive(tokens)?,
        expires,
    })
}

/// A model unit specification.
pub fn spec(text: &str) -> Result<Spec, String> {
    Spec::parse(text).ok_or_else(|| "it is not a specification such as `MU1x8`".to_owned())
}

/// A mode that some model prices apart.
pub fn mode(text: &str) -> Result<Mode, String> {
    Mode::parse(text).ok_or_else(|| {
        let names: Vec<String> = Mode::ALL
            .iter()
            .map(|mode| format!("`{}`", mode.name()))
            .collect();
        format!("must be one of {}", names.join(", "))
    })
}

fn said(error: NumberError) -> String {
    format!("it is {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_shares_are_in_range() {
        for (text, said) in [
            ("USD=0.1389", "USD=0.1389"),
            ("1USD=7.2CNY", "1USD=7.2CNY"),
            (" 100 JPY = 4.70 CNY ", "100JPY=4.7CNY"),
            ("1,000KRW=5CNY", "1000KRW=5CNY"),
        ] {
            assert_eq!(fx(text).map(|fx| fx.to_string()), Ok(said.to_owned()));
        }
        for text in [
            "USD",
            "usd=1",
            "USD=0",
            "USD=-1",
            "USD=1e3",
            "=1",
            "USD=7.2CNY",
            "1USD=7.2",
            "1USD",
            "1USD=0CNY",
            "0USD=1CNY",
            "1USD=7.2USD",
            "-1USD=7CNY",
            "1USD=7CNY=1EUR",
            "USD=USD",
            "1é€=1CNY",
            "1USD=7,2CNY",
            "1usd=7cny",
            "==",
            "",
        ] {
            assert!(fx(text).is_err(), "{text}");
        }
        assert!(percent("15%").is_ok() && percent("12.5").is_ok());
        for text in ["101%", "-1%", "%", "15 %", "1e1%"] {
            assert!(percent(text).is_err(), "{text}");
        }
    }
}
