//! A resource as of a day, with everything that follows.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::forecast::{Forecast, forecast};
use super::notice::{Notice, notices};
use super::price::DayPrice;
use super::status::{Status, days_left, statuses};
use super::{Kind, PriceError, Resource};
use crate::billing::exact::{self, Quotient};

/// A resource, and what holds for it on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The resource.
    pub resource: Resource,
    /// What is left of it.
    pub left: Decimal,
    /// The share that is used, in percent.
    pub used_percent: Quotient,
    /// Days until its last day, below 0 after it.
    pub days_left: i64,
    /// Every status that holds.
    pub statuses: Vec<Status>,
    /// Every notice that was or can be sent.
    pub notices: Vec<Notice>,
    /// What becomes of it.
    pub forecast: Forecast,
    /// What a day's tokens cost beyond it, where a price was asked for.
    pub cost_per_day: Option<Quotient>,
}

impl Holding {
    /// Whether it is neither used up nor expired.
    #[must_use]
    pub fn is_available(&self) -> bool {
        self.statuses.contains(&Status::Available)
    }
}

/// Every resource as of `today`: available ones first, else in the order of the file.
///
/// # Errors
/// [`PriceError`] when a day cannot be priced, or a number does not fit a decimal exactly.
pub fn assess(
    resources: Vec<Resource>,
    today: NaiveDate,
    price: Option<&DayPrice>,
) -> Result<Vec<Holding>, PriceError> {
    let mut holdings = resources
        .into_iter()
        .map(|resource| holding(resource, today, price))
        .collect::<Result<Vec<_>, _>>()?;
    holdings.sort_by_key(|holding| !holding.is_available());
    Ok(holdings)
}

fn holding(
    resource: Resource,
    today: NaiveDate,
    price: Option<&DayPrice>,
) -> Result<Holding, PriceError> {
    let hundredfold = exact::mul(resource.used.value, Decimal::ONE_HUNDRED)?;
    let cost_per_day = match (price, &resource.rate) {
        (Some(price), Some(rate)) if resource.kind == Kind::Tokens => {
            Some(price.of_a_day(&resource.name, rate)?)
        }
        _ => None,
    };
    Ok(Holding {
        left: resource.left()?,
        used_percent: exact::ratio_or_rounded(hundredfold, resource.total)?,
        days_left: days_left(&resource, today),
        statuses: statuses(&resource, today)?,
        notices: notices(&resource, today)?,
        forecast: forecast(&resource, today)?,
        cost_per_day,
        resource,
    })
}
