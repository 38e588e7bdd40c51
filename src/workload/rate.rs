//! A rate of requests, from text.

use rust_decimal::Decimal;

use crate::billing::number::{NumberError, grouped, parse_decimal};

/// The largest rate of requests per minute.
const MAX_RPM: u64 = 1_000_000_000;

/// The most decimals of a rate, which leave room for the tokens of a month.
const MAX_RPM_DECIMALS: u32 = 12;

/// Requests per minute: above 0, may be a fraction.
///
/// # Errors
/// What is wrong with it, to stand after the text.
pub fn rate(text: &str) -> Result<Decimal, String> {
    let rate = parse_decimal(text).map_err(|error| match error {
        NumberError::NotANumber => "it is not a rate such as `30` or `0.5`".to_owned(),
        other => format!("it is {other}"),
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
