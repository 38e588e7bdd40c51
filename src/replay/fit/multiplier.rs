//! A bound on what calls can save with a limited quota.
//!
//! Of calls with values `v` that each use `a` and `b` of what is left, `x` and `y`, no choice saves
//! more than `λ x + μ y + Σ max(0, v − λ a − μ b)`, whatever `λ, μ ≥ 0` are.

use super::Size;
use super::cost::{Tier, Whole, of_tokens, tokens};
use crate::replay::Call;

/// How many multipliers of one side are tried.
const OF_A_SIDE: usize = 3;

/// No multiplier is above this: two products with tokens fit 64 bits.
const MOST_MULTIPLIER: u64 = 1 << 31;

/// Multipliers `λ` and `μ`, in coarse units. Any multipliers give a bound; these give low ones. Both at 0
/// give a bound, too: the sum of all values.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Multipliers {
    /// `λ` and `μ` at the prices of a token of input and of output.
    both: (u64, u64),
    /// `λ` where `μ` is 0: the value of a typical, a dear and a very dear call by token of its input.
    by_input: [u64; OF_A_SIDE],
    /// `μ` where `λ` is 0: the same by token of output.
    by_output: [u64; OF_A_SIDE],
}

/// Sums of what calls are worth beyond what they use, `Σ max(0, v − λ a − μ b)`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beyond {
    all: u64,
    both: u64,
    by_input: [u64; OF_A_SIDE],
    by_output: [u64; OF_A_SIDE],
}

impl Beyond {
    #[inline(always)]
    pub(super) fn add(&mut self, value: u64, (input, output): Size, multipliers: &Multipliers) {
        let both = multipliers.both.0.wrapping_mul(input);
        let both = both.wrapping_add(multipliers.both.1.wrapping_mul(output));
        self.all = self.all.wrapping_add(value);
        self.both = self.both.wrapping_add(value.saturating_sub(both));
        for (sum, each) in self.by_input.iter_mut().zip(multipliers.by_input) {
            *sum = sum.wrapping_add(value.saturating_sub(each.wrapping_mul(input)));
        }
        for (sum, each) in self.by_output.iter_mut().zip(multipliers.by_output) {
            *sum = sum.wrapping_add(value.saturating_sub(each.wrapping_mul(output)));
        }
    }

    /// The lowest of the bounds with what is `left`.
    pub(super) fn least(&self, left: Size, multipliers: &Multipliers) -> u128 {
        let product = |each: u64, left: u64| u128::from(each).wrapping_mul(left.into());
        let of = |sum: u64, used: u128| used.wrapping_add(sum.into());
        let both = product(multipliers.both.0, left.0);
        let both = both.wrapping_add(product(multipliers.both.1, left.1));
        let by_input = self.by_input.iter().zip(multipliers.by_input);
        let by_output = self.by_output.iter().zip(multipliers.by_output);
        by_input
            .map(|(sum, each)| of(*sum, product(each, left.0)))
            .chain(by_output.map(|(sum, each)| of(*sum, product(each, left.1))))
            .fold(of(self.both, both).min(self.all.into()), u128::min)
    }
}

/// The most bits of the coarse value of a call, so that the sum of 2^22 calls fits 62 bits.
const COARSE_BITS: u32 = 40;

/// Units of values in bounds: `2^shift` of the exact ones.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Coarse {
    shift: u32,
}

impl Coarse {
    /// The unit in which the value `largest` has at most [`COARSE_BITS`].
    fn for_values_to(largest: u128) -> Self {
        let bits = u128::BITS.saturating_sub(largest.leading_zeros());
        Self {
            shift: bits.saturating_sub(COARSE_BITS.saturating_sub(1)),
        }
    }

    /// A value in coarse units, rounded up.
    #[inline]
    pub(super) fn of(self, value: u128) -> u64 {
        let down = value.wrapping_shr(self.shift);
        let is_less = down.wrapping_shl(self.shift) < value;
        u64::try_from(down)
            .unwrap_or(u64::MAX >> 24)
            .wrapping_add(is_less.into())
    }

    pub(super) fn back(self, value: u128) -> u128 {
        // Beyond what fits there is no bound.
        value
            .checked_mul(1_u128.wrapping_shl(self.shift))
            .unwrap_or(u128::MAX >> 1)
    }
}

impl Coarse {
    /// For the values of `calls`, each with the tiers of its stretch of time.
    pub(super) fn for_calls<'a>(calls: impl Iterator<Item = (&'a [Tier], &'a Call)>) -> Self {
        let values = calls.filter_map(|(tiers, call)| value_of(tiers, call));
        Self::for_values_to(values.max().unwrap_or(0))
    }
}

fn value_of(tiers: &[Tier], call: &Call) -> Option<u128> {
    of_tokens(tiers, call.input.into(), tokens(*call))
}

impl Multipliers {
    /// For some of these calls; a sample is enough.
    pub(super) fn for_sample<'a>(
        whole: &Whole,
        calls: impl Iterator<Item = (&'a [Tier], &'a Call)>,
        coarse: Coarse,
    ) -> Self {
        let within = |multiplier: u128| coarse.of(multiplier).min(MOST_MULTIPLIER);
        let highest = |of: fn(&Tier) -> u64| {
            let tiers = whole.tiers.iter().flatten().map(of);
            within(tiers.max().unwrap_or(0).into())
        };
        let (mut by_input, mut by_output) = (Vec::new(), Vec::new());
        for (tiers, call) in calls {
            if let Some(value) = value_of(tiers, call) {
                by_input.push(within(value.div_ceil(call.input.max(1).into())));
                by_output.push(within(value.div_ceil(call.output.max(1).into())));
            }
        }
        by_input.sort_unstable();
        by_output.sort_unstable();
        let at = |values: &[u64]| {
            [50_usize, 90, 99].map(|percent| {
                let place = values.len().saturating_mul(percent).checked_div(100);
                let value = place.and_then(|place| values.get(place));
                value.copied().unwrap_or(0)
            })
        };
        Self {
            both: (
                highest(|tier| tier.input),
                highest(|tier| tier.output.unwrap_or(0)),
            ),
            by_input: at(&by_input),
            by_output: at(&by_output),
        }
    }
}
