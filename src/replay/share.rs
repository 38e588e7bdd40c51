//! Minutes of which only the sums are known: their calls are taken for whole ones of the average size.
//!
//! As many of them fit as what is left of the quota takes whole, and the rest overflows with both its
//! sides, as at a steady rate (`ptu.overflow-minute`). The tokens that overflow are rounded up to whole
//! ones, minute by minute: the quota renews by the minute, each minute is exact in whole numbers, and so
//! the sums do not depend on how the minutes are split or ordered.

use super::Calls;
use crate::billing::meter::{Meters, PerMeter};

/// The number of calls for an average; where it is 0, the tokens are taken for one call.
fn calls_of(sums: Calls) -> u128 {
    u128::from(sums.calls.max(1))
}

/// Whether the average input of a call is above `size`.
#[must_use]
pub fn average_above(sums: Calls, size: u64) -> bool {
    // Compared as a product, so that nothing is rounded.
    u128::from(sums.tokens.input) > calls_of(sums).saturating_mul(size.into())
}

/// The part of a minute's `sums` that overflows where `left` of the quota is left, in parts of each meter.
///
/// All of it where the average call is above `max_input`.
#[must_use]
pub fn beyond(sums: Calls, left: PerMeter<u128>, meters: &Meters, max_input: Option<u64>) -> Calls {
    if max_input.is_some_and(|max| average_above(sums, max)) {
        return sums;
    }
    let calls = calls_of(sums);
    let taken = whole_calls(sums, left, meters).min(calls);
    let beyond = calls.saturating_sub(taken);
    let part = |of: u64| {
        // At most `of`, as there are at most `calls` beyond.
        let product = u128::from(of).saturating_mul(beyond);
        u64::try_from(product.div_ceil(calls)).unwrap_or(of)
    };
    let mut tokens = sums.tokens.map(part);
    // Rounded up one by one, the parts of the input could be more than it.
    tokens.cached = tokens.cached.min(tokens.input);
    let rest = tokens.input.saturating_sub(tokens.cached);
    tokens.cache_write = tokens.cache_write.min(rest);
    Calls {
        calls: part(sums.calls),
        tokens,
    }
}

/// The number of whole calls of the average size that fit what is left of the quota. A meter of which calls
/// take nothing takes any number.
fn whole_calls(sums: Calls, left: PerMeter<u128>, meters: &Meters) -> u128 {
    let of_all = meters.shares(sums.tokens, sums.calls);
    let of_meters = left.into_iter().zip(of_all).filter_map(|(left, parts)| {
        // What is left ÷ the average, the division by the number of calls multiplied out.
        left.saturating_mul(calls_of(sums)).checked_div(parts)
    });
    of_meters.min().unwrap_or(u128::MAX)
}
