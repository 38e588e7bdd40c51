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

/// What becomes of calls of which only the sums are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// The calls that overflow.
    pub beyond: Calls,
    /// What the others take of each meter, in its parts: never more than is left.
    pub used: PerMeter<u128>,
}

impl Split {
    /// All of these overflow.
    #[must_use]
    pub fn none_taken(sums: Calls) -> Self {
        Self {
            beyond: sums,
            used: PerMeter::default(),
        }
    }
}

/// What of a minute's `sums` overflows where `left` of the quota is left, in parts of each meter.
///
/// All of it where the average call is above `max_input`.
#[must_use]
pub fn split(sums: Calls, left: PerMeter<u64>, meters: &Meters, max_input: Option<u64>) -> Split {
    if max_input.is_some_and(|max| average_above(sums, max)) {
        return Split::none_taken(sums);
    }
    let calls = calls_of(sums);
    let parts = meters.shares(sums.tokens, sums.calls);
    let taken = whole_calls(calls, left, parts).min(calls);
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
    Split {
        beyond: Calls {
            calls: part(sums.calls),
            tokens,
        },
        // Not that of the tokens that are left over: each kind of them is rounded by itself.
        used: parts.map(|parts| share_of(parts, taken, calls)),
    }
}

/// [`split`], where only what overflows is asked for.
#[must_use]
pub fn beyond(sums: Calls, left: PerMeter<u128>, meters: &Meters, max_input: Option<u64>) -> Calls {
    // No quota has more than 64 bits.
    let left = left.map(|parts| u64::try_from(parts).unwrap_or(u64::MAX));
    split(sums, left, meters, max_input).beyond
}

/// The parts of each meter that one whole call more takes than fit what is `left`, with those that fit, rounded
/// up; `None` where all fit.
pub(super) fn next(sums: Calls, left: PerMeter<u64>, meters: &Meters) -> Option<PerMeter<u64>> {
    let calls = calls_of(sums);
    let parts = meters.shares(sums.tokens, sums.calls);
    let more = whole_calls(calls, left, parts).saturating_add(1);
    let of = |parts: u128| {
        let rest = share_of(parts, calls.saturating_sub(more), calls);
        u64::try_from(parts.saturating_sub(rest)).unwrap_or(u64::MAX)
    };
    (more <= calls).then(|| parts.map(of))
}

/// `parts × taken ÷ calls`, rounded down. The product may not fit, so the quotient and the rest are multiplied
/// apart; neither count has more than 64 bits.
fn share_of(parts: u128, taken: u128, calls: u128) -> u128 {
    let (quotient, rest) = (parts.checked_div(calls), parts.checked_rem(calls));
    let (quotient, rest) = (quotient.unwrap_or(0), rest.unwrap_or(0));
    let of_rest = rest.saturating_mul(taken).checked_div(calls).unwrap_or(0);
    quotient.saturating_mul(taken).saturating_add(of_rest)
}

/// The number of whole calls of the average size that fit what is left of the quota. A meter of which calls
/// take nothing takes any number.
fn whole_calls(calls: u128, left: PerMeter<u64>, parts: PerMeter<u128>) -> u128 {
    let of_meters = left.into_iter().zip(parts).filter_map(|(left, parts)| {
        // What is left ÷ the average, the division by the number of calls multiplied out.
        u128::from(left).saturating_mul(calls).checked_div(parts)
    });
    of_meters.min().unwrap_or(u128::MAX)
}
