//! A bound on what calls can save with what is left of a minute's quota.
//!
//! Of calls with values `v` that each take `a` and `b` of what is left, `x` and `y`, no choice saves more than
//! `λ x + μ y + Σ max(0, v − λ a − μ b)`, whatever `λ, μ ≥ 0` are: what is chosen takes no more than `x` and
//! `y`, and each call is worth no more than what it takes at those prices and what it is worth beyond.

use super::Size;
use super::cost::Item;

/// How many prices are tried on each meter alone.
const ALONE: usize = 6;

/// How many pairs of prices are tried.
const PAIRS: usize = 1 + 2 * ALONE;

/// Pairs `λ` and `μ`. Any pair gives a bound, and the lowest of them counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Multipliers([Size; PAIRS]);

/// `Σ max(0, v − λ a − μ b)` over some calls, for each pair.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beyond([u128; PAIRS]);

impl Multipliers {
    /// The prices of tokens, and on each meter alone the value of an average call by what it takes, from half of
    /// it on, doubled again and again: where one meter is short, the calls that save most by it are chosen.
    pub fn new(tokens: Size, average: Size) -> Self {
        let doubled = |average: u64, times: u32| {
            let half = average.div_ceil(2);
            half.saturating_mul(1_u64.wrapping_shl(times))
        };
        let mut pairs = [tokens; PAIRS];
        let mut rest = pairs.iter_mut().skip(1);
        for times in (0..).take(ALONE) {
            let (first, second) = (rest.next(), rest.next());
            for (pair, alone) in [
                (first, (doubled(average.0, times), 0)),
                (second, (0, doubled(average.1, times))),
            ] {
                if let Some(pair) = pair {
                    *pair = alone;
                }
            }
        }
        Self(pairs)
    }

    /// Adds a call to the sums.
    #[inline]
    pub fn add(&self, item: &Item, sums: &mut Beyond) {
        for (pair, sum) in self.0.iter().zip(&mut sums.0) {
            let beyond = item.value.saturating_sub(priced(*pair, item.share));
            *sum = sum.saturating_add(beyond);
        }
    }

    /// The most that the calls of these sums save with what is `left`.
    #[inline]
    pub fn at_most(&self, left: Size, sums: &Beyond) -> u128 {
        let bounds = self.0.iter().zip(sums.0);
        let bounds = bounds.map(|(pair, sum)| priced(*pair, left).saturating_add(sum));
        bounds.min().unwrap_or(u128::MAX)
    }
}

/// What so much of both meters is worth.
#[inline]
fn priced(pair: Size, size: Size) -> u128 {
    let product = |price: u64, size: u64| u128::from(price).wrapping_mul(size.into());
    product(pair.0, size.0).saturating_add(product(pair.1, size.1))
}
