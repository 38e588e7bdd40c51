//! Sizing a reservation for a steady load: to its peak, or to what costs least with its overflow.
//!
//! A minute takes whole calls, so a size is one for 0, 1, 2, … calls a minute, rounded up to the
//! purchase steps. No other size can be better: it takes as many calls and costs more.

use super::error::QuoteError;
use super::kind::Tokens;
use super::load::Load;
use super::ptu::{self, Prices, Request, Rules};

/// The most sizes that are compared. With steps as they are sold there are far fewer.
const MOST_SIZES: u32 = 1_000_000;

/// A size of a reservation: input, then output tokens per minute.
pub type Size = (u64, u64);

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
    size_for(load, load.busiest_calls()?, &prices.rules)
}

/// The smallest purchasable size that takes `calls` calls a minute.
fn size_for(load: &Load, calls: u64, rules: &Rules) -> Result<Size, QuoteError> {
    let Tokens { input, output, .. } = load.tokens_of(calls)?;
    let side = |tokens: u64, step: u64| {
        let size = tokens.checked_next_multiple_of(step.max(1));
        size.ok_or(QuoteError::TooLarge)
    };
    Ok((
        side(input, rules.input_step)?,
        side(output, rules.output_step)?,
    ))
}

/// The purchasable size that costs least together with its overflow, of equal ones the smallest;
/// `(0, 0)` when that is to reserve nothing.
///
/// # Errors
/// [`QuoteError::NoStandardPrice`] when the overflow has no price, and those of [`ptu::quote`].
pub fn cheapest(request: &Request, prices: &Prices) -> Result<Size, QuoteError> {
    let served = request.served.ok_or(QuoteError::NoStandardPrice)?;
    let load = served.load;
    let cost_of = |(input_tpm, output_tpm): Size| {
        let sized = Request {
            input_tpm,
            output_tpm,
            ..request.clone()
        };
        ptu::quote(&sized, prices).map(|quote| quote.total)
    };
    let mut best = ((0, 0), cost_of((0, 0))?);
    let above = |max| load.per_request.input > max;
    if prices.max_input.is_some_and(above) {
        return Ok(best.0);
    }
    let mut left = MOST_SIZES;
    for (first, last) in ranges(&load, &prices.rules)? {
        let mut calls = first;
        while calls <= last {
            left = left.checked_sub(1).ok_or(QuoteError::TooLarge)?;
            let size = size_for(&load, calls, &prices.rules)?;
            let cost = cost_of(size)?;
            if cost < best.1 {
                best = (size, cost);
            }
            // What is rounded up to steps may take more calls than it was made for.
            calls = load.calls_within(size.0, size.1).saturating_add(1);
        }
    }
    Ok(best.0)
}

/// The numbers of calls for which sizes are compared: all of them, or the first and the last.
///
/// How much is rounded up to steps repeats after a number of calls, the period. Between two sizes that
/// are a period apart all else is proportional, so of all sizes that are whole periods apart the first
/// or the last is the cheapest. (Tokens that overflow are rounded up to whole ones. Where that matters,
/// reserving costs as much as overflowing, and no size is better by the price of two tokens.)
fn ranges(load: &Load, rules: &Rules) -> Result<Vec<(u64, u64)>, QuoteError> {
    let most = load.busiest_calls()?;
    let input = calls_until_repeated(load.per_request.input, rules.input_step);
    let output = calls_until_repeated(load.per_request.output, rules.output_step);
    let Some(period) = least_common_multiple(input, output) else {
        return Ok(vec![(0, most)]);
    };
    Ok(match most.checked_sub(period) {
        Some(from) if from > period => vec![(0, period), (from, most)],
        _ => vec![(0, most)],
    })
}

/// The number of calls of `size` tokens after which their tokens are a whole number of steps.
fn calls_until_repeated(size: u64, step: u64) -> u64 {
    let shared = greatest_common_divisor(size, step).max(1);
    step.max(1).checked_div(shared).unwrap_or(1)
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

fn least_common_multiple(a: u64, b: u64) -> Option<u64> {
    a.checked_div(greatest_common_divisor(a, b))?.checked_mul(b)
}
