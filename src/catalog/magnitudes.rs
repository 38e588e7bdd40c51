//! Of what size currencies are against one another, so that a rate that is likely the other way
//! round is seen. No amount is ever computed with these numbers.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::value::Datetime;

use crate::billing::exact;
use crate::billing::money::Currency;
use crate::billing::number::parse_decimal;

const MAGNITUDES: &str = include_str!("../../catalog/magnitudes.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Magnitudes {
    #[serde(rename = "version")]
    _version: i64,
    #[serde(rename = "seen")]
    _seen: Datetime,
    #[serde(rename = "source")]
    _source: String,
    /// A rate that is more often off than this is unlikely.
    factor: String,
    /// Units of each currency that are worth about as much as one of CNY.
    about_one_cny: BTreeMap<String, String>,
}

/// Whether `rate`, what one unit of `one` is said to be in `other`, is far from any that was seen
/// while the same rate the other way round is near. What is not known is not judged.
#[must_use]
pub fn likely_turned(one: Currency, rate: Decimal, other: Currency) -> bool {
    let Ok(known) = toml::from_str::<Magnitudes>(MAGNITUDES) else {
        return false;
    };
    turned(&known, one, rate, other).unwrap_or(false)
}

/// Whether the rate looks turned round; `None` if a currency is not known, or a number does not
/// fit.
fn turned(known: &Magnitudes, one: Currency, rate: Decimal, other: Currency) -> Option<bool> {
    let units = |currency: Currency| {
        let text = known.about_one_cny.get(currency.code())?;
        parse_decimal(text).ok()
    };
    let (one, other, factor) = (
        units(one)?,
        units(other)?,
        parse_decimal(&known.factor).ok()?,
    );
    // A rate of about other ÷ one is usual, and of one ÷ other the other way round: as products.
    let near = |said: Decimal, usual: Decimal| {
        let most = exact::mul(usual, factor).ok()?;
        Some(said <= most && exact::mul(said, factor).ok()? >= usual)
    };
    let as_said = near(exact::mul(rate, one).ok()?, other)?;
    let other_way = near(exact::mul(rate, other).ok()?, one)?;
    Some(!as_said && other_way)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(one: &str, rate: &str, other: &str) -> bool {
        let currency = |code| Currency::parse(code).unwrap();
        let rate = Decimal::from_str_exact(rate).unwrap();
        likely_turned(currency(one), rate, currency(other))
    }

    #[test]
    fn every_magnitude_is_a_currency_and_a_number_above_nothing() {
        let known: Magnitudes = toml::from_str(MAGNITUDES).unwrap();
        assert!(known.about_one_cny.contains_key("CNY"));
        for (code, units) in &known.about_one_cny {
            assert!(Currency::parse(code).is_some(), "{code}");
            assert!(parse_decimal(units).unwrap() > Decimal::ZERO, "{code}");
        }
        assert!(parse_decimal(&known.factor).unwrap() > Decimal::ONE);
    }

    #[test]
    fn a_rate_is_turned_where_only_the_other_way_is_near() {
        for (one, rate, other) in [
            ("CNY", "7.2", "USD"),
            ("CNY", "7.8", "EUR"),
            ("CNY", "0.047", "JPY"),
            ("USD", "0.1389", "CNY"),
            ("JPY", "21", "CNY"),
        ] {
            assert!(judged(one, rate, other), "{one} {rate} {other}");
        }
        for (one, rate, other) in [
            ("CNY", "0.1389", "USD"),
            ("CNY", "0.12", "EUR"),
            ("CNY", "21.3", "JPY"),
            ("USD", "7.2", "CNY"),
            // About the same both ways, far off both ways, and not known.
            ("CNY", "1.08", "HKD"),
            ("CNY", "0.92", "HKD"),
            ("CNY", "1000", "USD"),
            ("CNY", "7.2", "XTS"),
            ("XTS", "7.2", "USD"),
            ("CNY", "79228162514264337593543950335", "USD"),
        ] {
            assert!(!judged(one, rate, other), "{one} {rate} {other}");
        }
    }
}
