//! What is used of a resource, and left of it, on a day: as last read, and brought to the day at its
//! rate where the reading is older.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Resource;
use crate::billing::exact::{self, Quotient, TooLarge};

/// The amounts used and left at the start of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The amount used; more than the total where the last reading says so.
    pub used: Decimal,
    /// The amount left, at least 0; rounded where it does not end as a decimal.
    pub left: Quotient,
    /// Whether it follows from the rate; else the last reading says it.
    pub estimated: bool,
}

/// The standing at the start of `today`; of what has expired, when it did.
///
/// # Errors
/// [`TooLarge`] when a decimal cannot hold it.
pub(super) fn standing(resource: &Resource, today: NaiveDate) -> Result<Standing, TooLarge> {
    let left = resource.left()?;
    let until = resource
        .ended_from()
        .map_or(today, |ended| ended.min(today));
    let days = until.signed_duration_since(resource.used.on).num_days();
    let days = u64::try_from(days).unwrap_or(0);
    let moving = |rate: &&super::Rate| days > 0 && !left.is_zero() && !rate.amount.is_zero();
    let Some(rate) = resource.rate.as_ref().filter(moving) else {
        return Ok(Standing {
            used: resource.used.value,
            left: Quotient {
                value: left,
                exact: true,
            },
            estimated: false,
        });
    };
    let gone = rate.whole_days_for(left).is_some_and(|lasts| lasts < days);
    let left = match gone {
        true => Quotient {
            value: Decimal::ZERO,
            exact: true,
        },
        false => rate.left_after(left, days)?,
    };
    Ok(Standing {
        used: exact::sub(resource.total, left.value)?,
        left,
        estimated: true,
    })
}
