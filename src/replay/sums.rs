//! The sums that a replay ends in. They are sums over minutes, so those of two sets of minutes add up
//! to those of both.

use super::{Calls, TooLarge};
use crate::billing::load::Reserved;
use crate::billing::meter::PerMeter;

/// `a + b`, or that it does not fit.
pub(super) fn add(a: u64, b: u64) -> Result<u64, TooLarge> {
    a.checked_add(b).ok_or(TooLarge::Sum)
}

/// A part of a whole, exactly: `part ÷ whole`. Both are 0 where there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The part, in parts of a meter.
    pub part: u128,
    /// The whole, in the same.
    pub whole: u128,
}

/// What became of the calls of a trace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Calls within the quota of their minute.
    pub in_quota: Calls,
    /// Calls that overflow, by the tier of the standard price that each falls into.
    pub overflow: Vec<Calls>,
    /// Calls that overflow with more input than the last tier takes: they have no price.
    pub unpriced: Calls,
    /// The number of overflowing calls that are above the maximum input (`ptu.max-input`).
    pub above_max: u64,
    /// What the calls within the quota took of each meter, in its parts.
    pub used: PerMeter<u128>,
    /// Minutes in which there was any call.
    pub minutes: u64,
    /// Minutes in which a call overflowed.
    pub overflow_minutes: u64,
    /// Minutes of which only sums were known, which is less exact than calls.
    pub less_exact: u64,
}

impl Replayed {
    /// The sums of no call, for a standard price with `tiers` tiers.
    #[must_use]
    pub fn new(tiers: usize) -> Self {
        Self {
            overflow: vec![Calls::default(); tiers],
            ..Self::default()
        }
    }

    /// All that overflows, whether it has a price or not.
    ///
    /// # Errors
    /// [`TooLarge::Sum`] when a sum does not fit.
    pub fn overflowed(&self) -> Result<Calls, TooLarge> {
        let mut all = self.overflow.iter();
        all.try_fold(self.unpriced, |sums, tier| Ok(sums.plus(*tier)?))
    }

    /// All calls of the trace.
    ///
    /// # Errors
    /// [`TooLarge::Sum`] when a sum does not fit.
    pub fn total(&self) -> Result<Calls, TooLarge> {
        Ok(self.in_quota.plus(self.overflowed()?)?)
    }

    /// What was used of each meter over `minutes`.
    #[must_use]
    pub fn utilisation(&self, reserved: &Reserved, minutes: u64) -> PerMeter<Share> {
        let share = |part, quota: u128| Share {
            part,
            whole: u128::from(minutes).saturating_mul(quota),
        };
        let [first, second] = reserved.meters.quota(reserved.capacity);
        let [used, other] = self.used;
        [share(used, first), share(other, second)]
    }

    /// The sums of several stretches of time together. Each has tiers of its own, which follow each other in the
    /// result.
    ///
    /// # Errors
    /// [`TooLarge::Sum`] when a sum does not fit.
    pub fn joined<'a>(all: impl IntoIterator<Item = &'a Self>) -> Result<Self, TooLarge> {
        let mut joined = Self::default();
        for one in all {
            let tiers = std::mem::take(&mut joined.overflow);
            let without = Self {
                overflow: Vec::new(),
                ..one.clone()
            };
            joined = joined.plus(&without)?;
            joined.overflow = tiers;
            joined.overflow.extend(&one.overflow);
        }
        Ok(joined)
    }

    /// The sums of two sets of whole minutes together, for the same reservation and tiers.
    ///
    /// # Errors
    /// [`TooLarge::Sum`] when a sum does not fit.
    pub fn plus(&self, other: &Self) -> Result<Self, TooLarge> {
        let tiers = self.overflow.iter().zip(&other.overflow);
        Ok(Self {
            in_quota: self.in_quota.plus(other.in_quota)?,
            overflow: tiers.map(|(a, b)| a.plus(*b)).collect::<Result<_, _>>()?,
            unpriced: self.unpriced.plus(other.unpriced)?,
            used: {
                let ([one, two], [more, other]) = (self.used, other.used);
                let sum = |one: u128, other| one.checked_add(other).ok_or(TooLarge::Sum);
                [sum(one, more)?, sum(two, other)?]
            },
            above_max: add(self.above_max, other.above_max)?,
            minutes: add(self.minutes, other.minutes)?,
            overflow_minutes: add(self.overflow_minutes, other.overflow_minutes)?,
            less_exact: add(self.less_exact, other.less_exact)?,
        })
    }
}
