//! Sizing a reservation for a steady load: to its peak, or to what costs least with its overflow.
//!
//! A minute takes whole calls, so a size is one for 0, 1, 2, … calls a minute, rounded up to the
//! purchase steps. No other size can be better: it takes as many calls and costs more.

use super::error::QuoteError;
use super::load::Load;
use super::ptu::{self, Prices, Request};
use super::units::{Size, size_for, smallest};

/// The most sizes that are compared. With steps as they are sold there are far fewer.
const MOST_SIZES: u32 = 1_000_000;

/// The smallest purchasable size into which every call of the busiest minute fits.
///
/// # Errors
/// [`QuoteError::AboveMaxInput`] when no reservation takes requests of this size.
pub fn peak(load: &Load, prices: &Prices) -> Result<Size, QuoteError> {
    if let Some(max) = prices.max_input.filter(|max| load.per_request.input > *max) {
        return Err(QuoteError::AboveMaxInput {
            input: load.per_request.input,
            max,
        });
    }
    size_for_calls(load, load.busiest_calls()?, prices)
}

/// The smallest purchasable size that takes `calls` calls a minute.
fn size_for_calls(load: &Load, calls: u64, prices: &Prices) -> Result<Size, QuoteError> {
    let parts = prices.meters.shares(load.tokens_of(calls)?, calls);
    let size = size_for(&prices.units, &prices.meters, parts)?;
    match size.is_nothing() && calls > 0 {
        true => smallest(&prices.units),
        false => Ok(size),
    }
}

/// The purchasable size that costs least together with its overflow, of equal ones the smallest;
/// nothing when that is cheapest.
///
/// # Errors
/// [`QuoteError::NoStandardPrice`] when the overflow has no price, and those of [`ptu::quote`].
pub fn cheapest(request: &Request, prices: &Prices) -> Result<Size, QuoteError> {
    let served = request.served.ok_or(QuoteError::NoStandardPrice)?;
    let load = served.load;
    let cost_of = |size: Size| {
        let sized = Request {
            size,
            ..request.clone()
        };
        ptu::quote(&sized, prices).map(|quote| quote.total)
    };
    let mut best = (Size::default(), cost_of(Size::default())?);
    let above = |max| load.per_request.input > max;
    if prices.max_input.is_some_and(above) {
        return Ok(best.0);
    }
    let mut left = MOST_SIZES;
    for (first, last) in ranges(&load, prices)? {
        let mut calls = first;
        while calls <= last {
            left = left.checked_sub(1).ok_or(QuoteError::TooLarge)?;
            let size = size_for_calls(&load, calls, prices)?;
            let cost = cost_of(size)?;
            if cost < best.1 {
                best = (size, cost);
            }
            // What is rounded up to steps may take more calls than it was made for.
            let taken = prices.reserved(size)?.whole_calls(load.per_request);
            calls = taken.max(calls).saturating_add(1);
        }
    }
    Ok(best.0)
}

/// The numbers of calls for which sizes are compared: all of them, or the first and the last.
///
/// How much is rounded up to steps repeats after a number of calls, the period. Between two sizes that
/// are a period apart all else is proportional, so of all sizes that are whole periods apart the first
/// or the last is the cheapest. (Tokens that overflow are rounded up to whole ones. Where that matters,
/// reserving costs as much as overflowing, and no size is better by the price of a token of each kind.)
///
/// Calls that fit the smallest number that is sold have that size, whatever their number. Periods begin after
/// them. Where one unit adds to two meters, the meter of which a call takes the larger part decides on every
/// size, and its period divides that of both.
fn ranges(load: &Load, prices: &Prices) -> Result<Vec<(u64, u64)>, QuoteError> {
    let most = load.busiest_calls()?;
    let shares = prices.meters.shares(load.per_request, 1);
    let mut period = Some(1_u128);
    let mut smallest = 0_u128;
    for unit in &prices.units {
        let of = |count: u64| {
            let quota = prices.meters.quota(unit.adds);
            quota.map(|one| one.checked_mul(count.into()))
        };
        let quotas = of(unit.step.max(1))
            .into_iter()
            .zip(of(unit.purchasable(1)?));
        for (share, (step, least)) in shares.into_iter().zip(quotas) {
            let (step, least) = step.zip(least).ok_or(QuoteError::TooLarge)?;
            if step > 0 {
                let calls = calls_until_repeated(share, step);
                period = period.and_then(|period| least_common_multiple(period, calls));
                smallest = smallest.max(least.checked_div(share).unwrap_or(0));
            }
        }
    }
    let all = vec![(0, most)];
    let first = period.and_then(|period| {
        let first = u64::try_from(smallest.checked_add(period)?).ok()?;
        let from = most.checked_sub(u64::try_from(period).ok()?)?;
        (from > first).then(|| vec![(0, first), (from, most)])
    });
    Ok(first.unwrap_or(all))
}

/// The number of calls with this share after which what they take is a whole number of steps.
fn calls_until_repeated(size: u128, step: u128) -> u128 {
    let shared = greatest_common_divisor(size, step).max(1);
    step.max(1).checked_div(shared).unwrap_or(1)
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

fn least_common_multiple(a: u128, b: u128) -> Option<u128> {
    a.checked_div(greatest_common_divisor(a, b))?.checked_mul(b)
}
