//! A resource as of a day, with everything that follows.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::forecast::{Forecast, forecast};
use super::notice::{Notice, notices};
use super::price::DayPrice;
use super::standing::{Standing, standing};
use super::status::{Status, days_left, statuses};
use super::{Kind, PriceError, Resource};
use crate::billing::exact::{self, Quotient};

/// A resource, and what holds for it on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The resource.
    pub resource: Resource,
    /// The amounts used and left.
    pub standing: Standing,
    /// The share that is used, in percent.
    pub used_percent: Quotient,
    /// Days until its last day, below 0 after it.
    pub days_left: i64,
    /// Every status that holds.
    pub statuses: Vec<Status>,
    /// Every notice that was or can be sent.
    pub notices: Vec<Notice>,
    /// When it runs out, and what is lost or billed then.
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

    /// Whether it is over: expired, or a package that is used up. What is prepaid serves on when it
    /// is full.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        let used_up = self.statuses.contains(&Status::Exhausted);
        self.days_left < 0 || (used_up && self.resource.kind.is_package())
    }

    /// Whether, when usage beyond it would be billed, another package of its kind can still pay.
    #[must_use]
    pub fn may_be_followed(&self, others: &[Self]) -> bool {
        let Some(from) = self.forecast.billed_from else {
            return false;
        };
        others.iter().any(|other| {
            let another = other.resource.name != self.resource.name
                && other.resource.kind == self.resource.kind;
            let end = other.forecast.billed_from;
            another && !other.has_ended() && end.is_none_or(|end| end > from)
        })
    }

    /// Whether it still counts: it has not ended, or is used up by its rate alone, which a new
    /// reading has to confirm.
    #[must_use]
    pub fn counts(&self) -> bool {
        let presumed = self.standing.estimated && self.days_left >= 0;
        !self.has_ended() || presumed
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
    holdings.sort_by_key(|holding| (holding.has_ended(), !holding.is_available()));
    Ok(holdings)
}

fn holding(
    resource: Resource,
    today: NaiveDate,
    price: Option<&DayPrice>,
) -> Result<Holding, PriceError> {
    let standing = standing(&resource, today)?;
    let hundredfold = exact::mul(standing.used, Decimal::ONE_HUNDRED)?;
    let cost_per_day = match (price, &resource.rate) {
        (Some(price), Some(rate)) if resource.kind == Kind::Tokens => {
            Some(price.of_a_day(&resource.name, rate)?)
        }
        _ => None,
    };
    let mut used_percent = exact::ratio_or_rounded(hundredfold, resource.total)?;
    if !standing.left.exact {
        used_percent.value = exact::round_quotient(used_percent.value);
        used_percent.exact = false;
    }
    Ok(Holding {
        standing,
        used_percent,
        days_left: days_left(&resource, today),
        statuses: statuses(&resource, &standing, today)?,
        notices: notices(&resource, today)?,
        forecast: forecast(&resource, today)?,
        cost_per_day,
        resource,
    })
}
