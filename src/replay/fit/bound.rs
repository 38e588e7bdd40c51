//! A bound on what calls can save with what is left of a minute's quota.
//!
//! Of calls with values `v` that each take `a` and `b` of what is left, `x` and `y`, no choice saves more than
//! `λ x + μ y + Σ max(0, v − λ a − μ b)`, whatever `λ, μ ≥ 0` are: what is chosen takes no more than `x` and
//! `y`, and a call is worth no more than what it takes at these prices and what it is worth beyond.

use super::Size;
use super::cost::product_sum;

/// A call as the search sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    /// What it takes of the two meters.
    pub share: Size,
    /// What it costs where it overflows, and so saves where it fits.
    pub value: u128,
}

/// Whether a call that takes so much fits what is left.
#[inline]
pub(super) fn fits(share: &Size, left: Size) -> bool {
    share.0 <= left.0 && share.1 <= left.1
}

/// How many multipliers are tried on each meter alone.
const ALONE: usize = 6;

/// How many pairs of multipliers are tried.
const PAIRS: usize = 1 + 2 * ALONE;

/// Pairs of multipliers, each below 2^63. Any pair gives a bound, and the lowest counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Multipliers([(u64, u64); PAIRS]);

/// `Σ max(0, v − λ a − μ b)` over some calls, for each pair.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beyond([u128; PAIRS]);

impl Multipliers {
    /// The prices of tokens; and on each meter alone what an average call is worth by what it takes, from half of
    /// it up, doubled again and again: where one meter is short, those calls save most that are worth most by it.
    pub fn new(prices: (u64, u64), average: Size) -> Self {
        let mut pairs = [prices; PAIRS];
        let mut alone = (average.0.div_ceil(2), average.1.div_ceil(2));
        for pair in pairs.chunks_exact_mut(2) {
            pair.copy_from_slice(&[(alone.0, 0), (0, alone.1)]);
            let doubled = |each: u64| each.saturating_mul(2).min(u64::MAX >> 1);
            alone = (doubled(alone.0), doubled(alone.1));
        }
        Self(pairs)
    }

    /// Adds those calls to the sums that fit what is `left`.
    #[inline]
    pub fn add(&self, items: &[Item], left: Size, sums: &mut Beyond) {
        for item in items.iter().filter(|item| fits(&item.share, left)) {
            for (pair, sum) in self.0.iter().zip(&mut sums.0) {
                let beyond = item.value.saturating_sub(product_sum(*pair, item.share));
                // No more than all calls are worth, which fits.
                *sum = sum.wrapping_add(beyond);
            }
        }
    }

    /// The most that the calls of these sums save with what is `left`.
    #[inline]
    pub fn at_most(&self, left: Size, sums: &Beyond) -> u128 {
        let bounds = self.0.iter().zip(sums.0);
        let bounds = bounds.map(|(pair, sum)| product_sum(*pair, left).saturating_add(sum));
        bounds.min().unwrap_or(u128::MAX)
    }
}
