//! The day on which a resource ends at its rate, and what is lost then.

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

use super::Resource;
use crate::billing::exact::{Quotient, TooLarge};

/// When a resource runs out at its rate, and what is lost or billed then. Days count from their start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// The day on which it runs out, if it does before it expires; it may be past, if the last
    /// reading is older. `None` once a reading says that it has.
    pub runs_out: Option<NaiveDate>,
    /// The amount of a package that expires unused, where that is known.
    pub lost: Option<Quotient>,
    /// The first day on which usage goes beyond a package, where that is known.
    pub billed_from: Option<NaiveDate>,
}

/// The day, `days` after `day`; `None` after the year 2100.
pub(super) fn later(day: NaiveDate, days: u64) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(days))
        .filter(|day| day.year() <= 2100)
}

/// The day on which `value` is used in all, if that is before the resource expires.
pub(super) fn reached(resource: &Resource, needed: Decimal) -> Option<NaiveDate> {
    let rate = resource.rate.as_ref()?;
    let days = rate.whole_days_for(needed)?;
    later(resource.used.on, days).filter(|day| *day <= resource.expires)
}

pub(super) fn forecast(resource: &Resource, today: NaiveDate) -> Result<Forecast, TooLarge> {
    let left = resource.left()?;
    let exhausted = left.is_zero();
    let expired = resource.expires < today;
    let runs_out = if exhausted {
        None
    } else {
        reached(resource, left)
    };
    let package = resource.kind.is_package();
    let certain = |value| Some(Quotient { value, exact: true });
    let lost = if !package {
        None
    } else if exhausted || runs_out.is_some() {
        certain(Decimal::ZERO)
    } else if expired && resource.rate.is_none() {
        certain(left)
    } else {
        left_at_expiry(resource, left)?
    };
    let used_up = resource
        .readings()
        .find(|reading| reading.value >= resource.total)
        .map(|reading| reading.on);
    let known = resource.rate.is_some() || exhausted || expired;
    let billed_from = used_up
        .or(runs_out)
        .into_iter()
        .chain(resource.ended_from())
        .min()
        .filter(|_| package && known);
    Ok(Forecast {
        runs_out,
        lost,
        billed_from,
    })
}

/// What is left when the last day of validity is over.
fn left_at_expiry(resource: &Resource, left: Decimal) -> Result<Option<Quotient>, TooLarge> {
    let Some(rate) = &resource.rate else {
        return Ok(None);
    };
    let until = resource
        .expires
        .signed_duration_since(resource.used.on)
        .num_days();
    let days = u64::try_from(until.saturating_add(1)).unwrap_or(0);
    rate.left_after(left, days).map(Some)
}
