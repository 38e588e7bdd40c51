//! Minutes of which only the sums are known: their calls are taken for whole ones of the average size.
//!
//! As many of them fit as what is left of the quota takes whole, and the rest overflows with both its
//! sides, as at a steady rate (`ptu.overflow-minute`). The tokens that overflow are rounded up to whole
//! ones, minute by minute: the quota renews by the minute, each minute is exact in whole numbers, and so
//! the sums do not depend on how the minutes are split or ordered.

use super::Calls;

/// The number of calls for an average; where it is 0, the tokens are taken for one call.
fn calls_of(sums: Calls) -> u128 {
    u128::from(sums.calls.max(1))
}

/// Whether the average input of a call is above `size`.
#[must_use]
pub fn average_above(sums: Calls, size: u64) -> bool {
    // Compared as a product, so that nothing is rounded.
    u128::from(sums.input) > calls_of(sums).saturating_mul(size.into())
}

/// The part of a minute's `sums` that overflows where `left` of the quota is left.
///
/// All of it where the average call is above `max_input`.
#[must_use]
pub fn beyond(sums: Calls, left: (u64, u64), max_input: Option<u64>) -> Calls {
    if max_input.is_some_and(|max| average_above(sums, max)) {
        return sums;
    }
    let calls = calls_of(sums);
    let taken = whole_calls(sums, left).min(calls);
    let beyond = calls.saturating_sub(taken);
    let part = |of: u64| {
        // At most `of`, as there are at most `calls` beyond.
        let product = u128::from(of).saturating_mul(beyond);
        u64::try_from(product.div_ceil(calls)).unwrap_or(of)
    };
    Calls {
        calls: part(sums.calls),
        input: part(sums.input),
        output: part(sums.output),
    }
}

/// The tokens of one whole call more than fit what is `left`, rounded up; `None` where all fit.
pub(super) fn next(sums: Calls, left: (u64, u64)) -> Option<(u64, u64)> {
    let calls = calls_of(sums);
    let more = whole_calls(sums, left).saturating_add(1);
    let of = |tokens: u64| {
        // At most `tokens`, as there are no more calls.
        let product = u128::from(tokens).saturating_mul(more);
        u64::try_from(product.div_ceil(calls)).unwrap_or(tokens)
    };
    (more <= calls).then(|| (of(sums.input), of(sums.output)))
}

/// The number of whole calls of the average size that fit what is left of the quota. A side of which calls
/// have no tokens takes any number.
fn whole_calls(sums: Calls, left: (u64, u64)) -> u128 {
    let side = |left: u64, tokens: u64| {
        // What is left ÷ the average, the division by the number of calls multiplied out.
        let left = u128::from(left).saturating_mul(calls_of(sums));
        left.checked_div(tokens.into()).unwrap_or(u128::MAX)
    };
    side(left.0, sums.input).min(side(left.1, sums.output))
}
