//! Minutes of which only the sums are known: the share of their calls that fits.
//!
//! As at a steady rate, the share is `min(1, input TPM ÷ input, output TPM ÷ output)`, and the rest
//! overflows with both its sides. What overflows of a minute is rounded up to whole tokens and calls,
//! minute by minute: the quota renews by the minute, each minute is exact in whole numbers, and so
//! the sums do not depend on how the minutes are split or ordered.

use super::sums::Sums;

/// The average request of these calls, compared with sizes; without a number of calls, the tokens
/// are taken for one call.
fn calls_of(sums: Sums) -> u128 {
    u128::from(sums.calls.max(1))
}

/// Whether the average input of a call is above `size`.
#[must_use]
pub fn average_above(sums: Sums, size: u64) -> bool {
    // Compared as a product, so that nothing is rounded.
    u128::from(sums.input) > calls_of(sums).saturating_mul(size.into())
}

/// What overflows of a minute's `sums` where that much of the quota is left.
///
/// All of it where the average call is above `max_input`.
#[must_use]
pub fn beyond(sums: Sums, left: (u64, u64), max_input: Option<u64>) -> Sums {
    if max_input.is_some_and(|max| average_above(sums, max)) {
        return sums;
    }
    let (demand, quota) = tighter(sums, left);
    if demand <= quota {
        return Sums::default();
    }
    let beyond = u128::from(demand.saturating_sub(quota));
    let part = |of: u64| {
        // At most `of`, as what is beyond is at most the demand.
        let product = u128::from(of).saturating_mul(beyond);
        u64::try_from(product.div_ceil(u128::from(demand))).unwrap_or(of)
    };
    Sums {
        calls: part(sums.calls),
        input: part(sums.input),
        output: part(sums.output),
    }
}

/// Demand and quota of the side of which less fits; a side without tokens takes any number of calls.
fn tighter(sums: Sums, left: (u64, u64)) -> (u64, u64) {
    let product = |a: u64, b: u64| u128::from(a).saturating_mul(b.into());
    let output_is_tighter = product(left.1, sums.input) < product(left.0, sums.output);
    if sums.output > 0 && (sums.input == 0 || output_is_tighter) {
        (sums.output, left.1)
    } else {
        (sums.input, left.0)
    }
}
