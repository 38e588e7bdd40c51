//! By the day or month against by the hour, in hours, exactly: what is used is billed in whole
//! increments each day, so the order changes where an increment begins.

use rust_decimal::Decimal;

use super::{Bound, BreakEven, Names, point};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::mu;
use crate::billing::ptu;
use crate::billing::term::Increment;
use crate::billing::unit::UnitPrice;
use crate::compare::{Basis, Row};
use crate::workload::Steady;

const HOURS_PER_DAY: u64 = 24;

/// `long`, which is paid by the day or month, against `short`, which is paid for what is used.
pub fn long_or_short(
    workload: &Steady,
    long: &Row,
    short: &Row,
    names: Names,
) -> Result<BreakEven, QuoteError> {
    let increment = increment(short);
    let bound = Bound::Hours {
        increment,
        same_above: None,
    };
    let point = point(workload, long, names, bound);
    let (left, right) = (per_unit(long)?, per_unit(short)?);
    if right.is_zero() {
        return Ok(point);
    }
    // `long` is bought for `units` days or months, `short` is used on `days` days.
    let (units, days) = (bought(long), workload.days);
    let left_in_all = exact::mul(left, units.into())?;
    let right_in_all = exact::mul(right, exact::mul(HOURS_PER_DAY.into(), days.into())?)?;
    let at_full_use = Some(exact::ratio(left_in_all, right_in_all)?.value);
    if left_in_all >= right_in_all {
        return Ok(BreakEven {
            at_full_use,
            ..point
        });
    }
    // Where no document says how a started hour is billed, hours are not rounded up.
    let Some(increment) = increment else {
        return Ok(BreakEven {
            value: Some(exact::ratio(left, right)?.value),
            at_full_use,
            ..point
        });
    };
    let per_day = match increment {
        Increment::Day => 1,
        shorter => shorter.per_hour().saturating_mul(HOURS_PER_DAY),
    };
    // The most increments a day that cost no more than `left`.
    let in_increments = exact::mul(left_in_all, per_day.into())?;
    let count = exact::floor_ratio(in_increments, right_in_all)?;
    let hours = |count: u64| -> Result<Decimal, QuoteError> {
        let hours = exact::mul(count.into(), HOURS_PER_DAY.into())?;
        let used = exact::mul(hours, days.into())?;
        Ok(exact::ratio(used, exact::mul(per_day.into(), units.into())?)?.value)
    };
    let same = exact::mul(right_in_all, count.into())? == in_increments;
    let below = count.checked_sub(1).filter(|_| same);
    Ok(BreakEven {
        value: Some(hours(count)?),
        billed: Some(exact::ratio(left, right)?.value),
        at_full_use,
        bound: Bound::Hours {
            increment: Some(increment),
            same_above: below.map(hours).transpose()?,
        },
        ..point
    })
}

/// The increment to which use is rounded up.
fn increment(row: &Row) -> Option<Increment> {
    match &row.basis {
        Basis::Ptu(_, prices) => prices.rules.increment,
        Basis::Mu { prices, .. } => prices.rules.increment,
        Basis::Tokens { .. } => Some(Increment::Minute),
    }
}

/// Number of days or months that are bought.
fn bought(row: &Row) -> u64 {
    match &row.basis {
        Basis::Ptu(request, _) => match request.length {
            ptu::Length::Days(days) => days,
            ptu::Length::Months(months) => months.into(),
            ptu::Length::Fixed(_, count) => count.into(),
            ptu::Length::Hours { .. } => 1,
        },
        Basis::Mu { request, .. } => match request.length {
            mu::Length::Months { months, .. } => months.into(),
            mu::Length::Hours { .. } => 1,
        },
        Basis::Tokens { .. } => 1,
    }
}

/// The price of the purchase for an hour, a day or a month.
fn per_unit(row: &Row) -> Result<Decimal, QuoteError> {
    let share = |price: UnitPrice, count: u64| price.amount_for(Decimal::from(count));
    match &row.basis {
        Basis::Ptu(request, prices) => prices.per_period(request.size),
        Basis::Mu {
            request, prices, ..
        } => Ok(share(prices.price, request.replicas)?.value),
        Basis::Tokens { .. } => Ok(Decimal::ZERO),
    }
}
