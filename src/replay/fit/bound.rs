//! Bounds how much a reservation saves in a minute, over a range of sizes.
//!
//! A call that fits the quota is not billed as an ordinary one: it saves that price. For a single size a
//! replay gives the exact sum. For a range of sizes, calls are replayed as long as each fits at every size of
//! the range or at none. From the first call that fits at some of the sizes only, what is left of the largest
//! quota bounds what can still be saved: see [`super::multiplier`].

use super::Size;
use super::cost::{of_tokens, tokens};
use super::minutes::{BLOCK, Block, Busy, Minutes, Shared, slice_of};
use super::multiplier::Beyond;
use crate::billing::meter::Meters;
use crate::replay::share;

/// Sizes of a range: the smallest and the largest, both in tokens per minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub low: Size,
    pub high: Size,
}

/// How much a part of the minutes saves, in the small units of [`Whole`](super::cost::Whole).
#[derive(Debug, Clone, Copy)]
pub(super) struct Saved {
    /// No size of the range saves more.
    pub most: u128,
    /// Whether every size of the range saves exactly that much.
    pub exact: bool,
    /// The number of calls and minutes that were looked at.
    pub work: u64,
}

impl Minutes<'_> {
    /// How much a part of the minutes saves at the sizes of `range`.
    pub(super) fn part(&self, part: usize, range: Range) -> Saved {
        let mut saved = Saved {
            most: 0,
            exact: true,
            work: 0,
        };
        for minute in slice_of(&self.minutes, part) {
            let (most, exact) = self.of_minute(minute, range, &mut saved.work);
            let most = most.wrapping_mul(minute.times.into());
            saved.most = saved.most.wrapping_add(most);
            saved.exact &= exact;
        }
        for shared in slice_of(&self.shares, part) {
            let most = self.of_shared(shared, range.high);
            saved.most = saved.most.wrapping_add(most);
            saved.exact &= range.low == range.high || most == self.of_shared(shared, range.low);
            saved.work = saved.work.wrapping_add(1);
        }
        saved
    }

    /// How much a minute saves at one size, where only the sums of its calls are known. A larger size saves as
    /// much or more, so the largest size of a range bounds all of them.
    fn of_shared(&self, shared: &Shared, size: Size) -> u128 {
        let left = [size.0.into(), size.1.into()];
        let beyond = share::beyond(shared.sums, left, &Meters::of_sides(), None);
        let tokens = (beyond.tokens.input, beyond.tokens.output);
        let lost = match tokens {
            (0, 0) => 0,
            tokens => {
                let tiers = self.whole.tiers_of(shared.place);
                self.value_of_tokens(tiers, shared.average, tokens)
            }
        };
        shared.value.saturating_sub(lost)
    }

    fn of_minute(&self, minute: &Busy<'_>, range: Range, work: &mut u64) -> (u128, bool) {
        let Range { low, high } = range;
        *work = work.wrapping_add(1);
        if minute.input <= low.0 && minute.output <= low.1 {
            return (minute.value, true);
        }
        let blocks = self.blocks_of(minute);
        let tiers = self.whole.tiers_of(minute.place);
        // The first block is gone through that does not begin beyond the smallest size.
        let fits = |block: &Block| block.before.0 <= low.0 && block.before.1 <= low.1;
        let skipped = blocks.partition_point(fits).saturating_sub(1);
        let (mut used, mut saved) = match blocks.get(skipped) {
            Some(block) => (block.before, block.value),
            None => ((0, 0), 0),
        };
        let rest = minute.calls.get(skipped.saturating_mul(BLOCK)..);
        for (place, calls) in rest.unwrap_or_default().chunks(BLOCK).enumerate() {
            let place = place.saturating_add(skipped);
            let left = (high.0.wrapping_sub(used.0), high.1.wrapping_sub(used.1));
            if let Some(block) = blocks.get(place)
                && !block.can_fit(left)
            {
                continue;
            }
            *work = work.wrapping_add(BLOCK as u64);
            for (in_block, call) in calls.iter().enumerate() {
                let input = used.0.wrapping_add(call.input.into());
                let output = used.1.wrapping_add(call.output.into());
                if input > high.0 || output > high.1 {
                    continue;
                }
                if input <= low.0 && output <= low.1 {
                    used = (input, output);
                    saved = saved.wrapping_add(self.value_of(tiers, *call));
                    continue;
                }
                let left = (high.0.wrapping_sub(used.0), high.1.wrapping_sub(used.1));
                let from = place.saturating_mul(BLOCK).saturating_add(in_block);
                let more = self.at_most(minute, from, left, work);
                // Rounding aside, no more than all calls.
                return (saved.wrapping_add(more).min(minute.value), false);
            }
        }
        (saved, true)
    }

    /// The most that the calls of a minute from index `from` on can save with what is `left` of the quota.
    ///
    /// Values are first rounded up to coarse units of `2^shift`, so that sums fit 64 bits. Rounding a bound up
    /// keeps it a bound.
    fn at_most(&self, minute: &Busy<'_>, from: usize, left: Size, work: &mut u64) -> u128 {
        let blocks = self.blocks_of(minute);
        let tiers = self.whole.tiers_of(minute.place);
        let mut sums = Beyond::default();
        let mut without_price = 0_u128;
        let mut place = from;
        while let Some(rest) = minute.calls.get(place..).filter(|rest| !rest.is_empty()) {
            let block = place.checked_div(BLOCK).unwrap_or(0);
            let next = block.saturating_add(1).saturating_mul(BLOCK);
            let calls = rest.get(..next.saturating_sub(place)).unwrap_or(rest);
            place = next;
            if blocks.get(block).is_some_and(|block| !block.can_fit(left)) {
                continue;
            }
            *work = work.wrapping_add(BLOCK as u64);
            for call in calls {
                let (input, output) = tokens(*call);
                if input > left.0 || output > left.1 {
                    continue;
                }
                let Some(value) = of_tokens(tiers, input, (input, output)) else {
                    without_price = without_price.wrapping_add(self.unpriced);
                    continue;
                };
                let value = self.coarse.of(value);
                sums.add(value, (input, output), &self.multipliers);
            }
        }
        let least = sums.least(left, &self.multipliers);
        self.coarse.back(least).wrapping_add(without_price)
    }
}
