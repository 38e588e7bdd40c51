//! The values of flags, and of the keys of a plan, from text.
//!
//! An error says what is wrong, to stand after the value: `must be at least 1`, `it is not a date`.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;

use crate::billing::calendar::{Moment, china_standard_time, is_shaped};
use crate::billing::capacity::{Capacity, SaidBy};
use crate::billing::exact::{self, plain};
use crate::billing::funding::Package;
use crate::billing::fx::Fx;
use crate::billing::mode::Mode;
use crate::billing::money::{Currency, Money};
use crate::billing::number::{NumberError, grouped, parse_count, parse_decimal};
use crate::billing::quote::Percent;
use crate::billing::spec::Spec;
use crate::billing::term::{Increment, Span};

/// The letters of a currency's code.
const CODE: usize = 3;
/// The most days of a subscription: a hundred years.
const MAX_DAYS: u64 = 36_525;
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

/// The most renewals of a subscription.
const MAX_RENEWALS: u64 = 1_000;

/// How many times a subscription is renewed.
pub fn renewals(text: &str) -> Result<u32, String> {
    let times = at_most(text, MAX_RENEWALS)?;
    u32::try_from(times).map_err(|error| error.to_string())
}

/// A moment, or the beginning of a day.
pub fn day_or_moment(text: &str) -> Result<Moment, String> {
    if !is_shaped(text, "0000-00-00") {
        return moment(text).map_err(|_| {
            "it is not a date from 2000 to 2100, with a time or without, such as `2026-06-01` or `2026-06-01T21:59`".to_owned()
        });
    }
    let midnight = date(text)?.and_time(NaiveTime::MIN);
    midnight
        .and_local_timezone(china_standard_time())
        .single()
        .ok_or_else(|| "the day does not begin".to_owned())
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

/// A date from 2000 to 2100.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    Some(text)
        .filter(|text| is_shaped(text, "0000-00-00"))
        .and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .filter(|date| within_calendar(date.year()))
        .ok_or_else(|| "it is not a date from 2000 to 2100 such as `2026-06-01`".to_owned())
}

/// A moment, in China Standard Time unless it has an offset.
pub fn moment(text: &str) -> Result<Moment, String> {
    let zone = china_standard_time();
    let local = [
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M:%S",
    ]
    .into_iter()
    .find_map(|shape| NaiveDateTime::parse_from_str(text, shape).ok())
    .and_then(|local| local.and_local_timezone(zone).single());
    let with_offset = || {
        ["%Y-%m-%dT%H:%M%:z", "%Y-%m-%d %H:%M%:z"]
            .into_iter()
            .find_map(|shape| DateTime::parse_from_str(text, shape).ok())
            .or_else(|| DateTime::parse_from_rfc3339(text).ok())
            .map(|moment| moment.with_timezone(&zone))
    };
    Some(text)
        .filter(|text| is_moment(text))
        .and_then(|_| local.or_else(with_offset))
        .filter(|moment| within_calendar(moment.year()))
        .ok_or_else(|| {
            "it is not a date and time from 2000 to 2100 such as `2026-06-01T21:59`".to_owned()
        })
}

/// Whether a text is written as a moment: minutes, perhaps seconds below 60 and parts of one, perhaps
/// an offset.
fn is_moment(text: &str) -> bool {
    let Some((minute, rest)) = text.split_at_checked(16) else {
        return false;
    };
    let shapes = ["0000-00-00T00:00", "0000-00-00t00:00", "0000-00-00 00:00"];
    let clock = rest.trim_end_matches(['Z', 'z']);
    let clock = match clock.len() == rest.len() {
        false => clock,
        true => match rest
            .find(['+', '-'])
            .and_then(|at| rest.split_at_checked(at))
        {
            None => rest,
            Some((clock, zone)) if is_shaped(zone.get(1..).unwrap_or_default(), "00:00") => clock,
            Some(_) => return false,
        },
    };
    let (second, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let second_ok = second.is_empty() || is_shaped(second, ":00") && second < ":60";
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    shapes.iter().any(|shape| is_shaped(minute, shape)) && second_ok && digits(fraction)
}

fn within_calendar(year: i32) -> bool {
    (2000..=2100).contains(&year)
}

/// A share from 0 % to 100 %, the `%` optional from 1 % on.
///
/// # Errors
/// [`PercentError`] for anything else.
pub fn percent(text: &str) -> Result<Percent, PercentError> {
    let wrong = PercentError::Wrong("it is not a percentage from `0%` to `100%`");
    Percent::new(percent_of(text, wrong)?).ok_or(wrong)
}

/// The largest rate of requests per minute.
const MAX_RPM: u64 = 1_000_000_000;

/// The most decimals of a rate, which leave room for the tokens of a month.
const MAX_RPM_DECIMALS: u32 = 12;

/// Requests per minute: above 0, may be a fraction.
pub fn rate(text: &str) -> Result<Decimal, String> {
    let rate = parse_decimal(text).map_err(|error| match error {
        NumberError::NotANumber => "it is not a rate such as `30` or `0.5`".to_owned(),
        other => said(other),
    })?;
    if rate.is_zero() {
        return Err("must be above 0".to_owned());
    }
    if rate.normalize().scale() > MAX_RPM_DECIMALS {
        return Err(format!("it has more than {MAX_RPM_DECIMALS} decimals"));
    }
    if rate > Decimal::from(MAX_RPM) {
        return Err(format!("must be at most {}", grouped(MAX_RPM.into(), 0)));
    }
    Ok(rate)
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

/// An amount of money, not negative; `¥` optional.
pub fn amount(text: &str) -> Result<Decimal, String> {
    bare_amount(text.strip_prefix('¥').unwrap_or(text))
}

/// An amount without a sign of its currency.
pub fn bare_amount(text: &str) -> Result<Decimal, String> {
    parse_decimal(text).map_err(|error| match error {
        NumberError::NotANumber => "it is not an amount such as `20000` or `18,076.80`".to_owned(),
        other => said(other),
    })
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

/// A share in percent that may be above 100, the `%` optional from 1 % on.
///
/// # Errors
/// [`PercentError`] for anything else.
pub fn percent_above(text: &str) -> Result<Decimal, PercentError> {
    percent_of(
        text,
        PercentError::Wrong("it is not a percentage such as `20%`"),
    )
}

/// The number before the `%`. Without one, a number below 1 may be a share of 1.
fn percent_of(text: &str, wrong: PercentError) -> Result<Decimal, PercentError> {
    let number = text.strip_suffix('%');
    let percent = parse_decimal(number.unwrap_or(text)).map_err(|_| wrong)?;
    if number.is_none() && !percent.is_zero() && percent < Decimal::ONE {
        let of_share = exact::mul(percent, Decimal::ONE_HUNDRED).map_err(|_| wrong)?;
        return Err(PercentError::TwoMeanings { percent, of_share });
    }
    Ok(percent)
}

/// Why a percentage is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PercentError {
    /// The text is no percentage, or one out of range; the reason says which.
    Wrong(&'static str),
    /// A number below 1 without `%`.
    TwoMeanings {
        /// The number, taken as percent.
        percent: Decimal,
        /// The percent of the number, taken as a share of 1.
        of_share: Decimal,
    },
}

impl PercentError {
    /// How to write a number that has two meanings.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Wrong(_) => None,
            Self::TwoMeanings { percent, of_share } => {
                let (percent, of_share) = (plain(*percent), plain(*of_share));
                Some(format!("write `{percent}%` or `{of_share}%`"))
            }
        }
    }
}

impl fmt::Display for PercentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong(what) => f.write_str(what),
            Self::TwoMeanings { percent, of_share } => write!(
                f,
                "it can mean {}% or {}%",
                plain(*percent),
                plain(*of_share)
            ),
        }
    }
}

impl std::error::Error for PercentError {}

/// The reason with its way out, in one line.
impl From<PercentError> for String {
    fn from(error: PercentError) -> Self {
        match error.hint() {
            None => error.to_string(),
            Some(hint) => format!("{error}: {hint}"),
        }
    }
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
    fn moments_are_in_china_standard_time_unless_they_say_otherwise() {
        for (text, rfc3339) in [
            ("2026-06-01T21:59", "2026-06-01T21:59:00+08:00"),
            ("2026-06-01 21:59:30", "2026-06-01T21:59:30+08:00"),
            ("2026-06-01T14:00:01Z", "2026-06-01T22:00:01+08:00"),
            ("2026-06-01t14:00:01z", "2026-06-01T22:00:01+08:00"),
            ("2026-06-01 14:00:59-01:30", "2026-06-01T23:30:59+08:00"),
            ("2026-06-01T14:00+00:00", "2026-06-01T22:00:00+08:00"),
        ] {
            assert_eq!(moment(text).map(|m| m.to_rfc3339()), Ok(rfc3339.to_owned()));
        }
        for text in [
            "2026-02-30T10:00",
            "2026-06-01",
            "2026-06-01T24:00",
            "1999-12-31T23:00",
            "10000-01-01T00:00",
            "2026-06-01T 1: 2",
            "2026- 6- 1T10:00",
            "+2026-06-1T10:00",
            "2026-06-01T10:00:60",
            "2026-06-01T10:00:60Z",
            "2026-06-01T10:00:+5",
            "2026-06-01T10:00 +08:00",
            "2026-06-01T10:00+ 8:00",
            "2026-06-01T10:00:00+0800",
            "",
        ] {
            assert!(moment(text).is_err(), "{text}");
        }
    }

    #[test]
    fn dates_exist() {
        assert!(date("2024-02-29").is_ok());
        for text in [
            "2026-02-29",
            "2026-2-01",
            "2101-01-01",
            "26-01-01",
            "+026-01-01",
            "2026- 6- 1",
            "+2026-06-1",
            "2026-06- 1",
            "today",
        ] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_bare_number_below_1_has_two_meanings() {
        for (text, said) in [
            ("0.15", "it can mean 0.15% or 15%: write `0.15%` or `15%`"),
            ("0.5", "it can mean 0.5% or 50%: write `0.5%` or `50%`"),
            ("0.010", "it can mean 0.01% or 1%: write `0.01%` or `1%`"),
        ] {
            assert_eq!(percent(text).map_err(String::from), Err(said.to_owned()));
            assert_eq!(
                percent_above(text).map_err(String::from),
                Err(said.to_owned())
            );
        }
        for text in ["0", "0.0", "0.15%", "1", "1.5", "15", "100"] {
            assert!(
                percent(text).is_ok() && percent_above(text).is_ok(),
                "{text}"
            );
        }
    }

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
