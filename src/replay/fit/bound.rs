//! What the calls of a minute save by being within quota, at most, over a range of sizes.
//!
//! Saved is what a call would cost as an ordinary one. For a single size it is what a replay gives.
//! For a range of sizes, calls are replayed as long as they fit at every size of the range or at
//! none. From the first that fits at some sizes only, what is left of the largest quota bounds what
//! can still be saved: of calls with values `v` that each use `a` and `b` of what is left, `x` and
//! `y`, no choice saves more than `λ x + μ y + Σ max(0, v − λ a − μ b)`, whatever `λ, μ ≥ 0` are.

use super::cost::Whole;
use super::kept::Kept;
use super::{FitError, Size};
use crate::replay::Call;
use crate::replay::share;
use crate::replay::sums::Sums;

/// Calls that are gone through or left out together.
const BLOCK: usize = 32;

/// Parts of the minutes: a bound can be given up after each.
pub(super) const PARTS: usize = 64;

/// The calls of a trace, prepared for bounds.
pub(super) struct Minutes<'a> {
    whole: &'a Whole,
    /// What a call without a price is taken for: more than all else together, so that no call is
    /// ever left without one.
    unpriced: u128,
    /// Different minutes. Those that are equal count as many times.
    minutes: Vec<Busy<'a>>,
    shares: Vec<Shared>,
    blocks: Vec<Block>,
    coarse: Coarse,
    multipliers: Multipliers,
}

/// A minute with calls.
struct Busy<'a> {
    calls: &'a [Call],
    times: u32,
    /// Of its blocks, which it has only where it has more calls than one holds.
    first_block: u32,
    input: u64,
    output: u64,
    value: u128,
}

/// A minute of which only the sums are known.
struct Shared {
    sums: Sums,
    /// Input of its average call, rounded up.
    average: u64,
    value: u128,
}

/// What is known of a block of calls.
struct Block {
    /// Tokens of the minute before it.
    before: Size,
    /// Value of the calls of the minute before it.
    value: u128,
    /// The smallest input and the smallest output of a call in it.
    least: (u32, u32),
}

/// Sizes of a range: the smallest and the largest, both in tokens per minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub low: Size,
    pub high: Size,
}

/// What a part of the minutes saves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Saved {
    /// At most.
    pub most: u128,
    /// Whether it is that much at every size of the range.
    pub exact: bool,
    /// Calls and minutes looked at.
    pub work: u64,
}

impl<'a> Minutes<'a> {
    /// `reserved` is the cost of the largest size.
    pub(super) fn new(kept: &'a Kept, whole: &'a Whole, reserved: u128) -> Result<Self, FitError> {
        let mut prepared = Self {
            whole,
            unpriced: 0,
            minutes: Vec::new(),
            shares: Vec::new(),
            blocks: Vec::new(),
            coarse: Coarse { shift: 0 },
            multipliers: Multipliers::default(),
        };
        // All that has a price, first.
        let mut all = reserved;
        let mut add = |value: Option<u128>| {
            all = all.checked_add(value.unwrap_or(0))?;
            Some(())
        };
        for call in kept.minutes().flatten() {
            let value = whole.of_tokens(call.input.into(), tokens(*call));
            add(value).ok_or(FitError::Amount)?;
        }
        for sums in kept.sums() {
            let value = whole.of_tokens(average(sums), (sums.input, sums.output));
            add(value).ok_or(FitError::Amount)?;
        }
        prepared.unpriced = all.checked_add(1).ok_or(FitError::Amount)?;
        prepared.take_minutes(kept)?;
        prepared.take_shares(kept);
        prepared.coarse = Coarse::for_values_to(largest_value(whole, &prepared.minutes));
        prepared.multipliers = multipliers(whole, &prepared.minutes, prepared.coarse);
        // No sum of a search exceeds this one.
        prepared
            .value()
            .and_then(|value| value.checked_add(reserved))
            .and_then(|sum| i128::try_from(sum).ok())
            .ok_or(FitError::Amount)?;
        Ok(prepared)
    }

    fn take_minutes(&mut self, kept: &'a Kept) -> Result<(), FitError> {
        let mut order: Vec<&[Call]> = kept.minutes().collect();
        let key = |call: &Call| (call.input, call.output);
        order.sort_unstable_by(|a, b| {
            let lengths = a.len().cmp(&b.len());
            lengths.then_with(|| a.iter().map(key).cmp(b.iter().map(key)))
        });
        let mut minutes: Vec<Busy<'_>> = Vec::new();
        for calls in order {
            match minutes.last_mut() {
                Some(last) if last.calls == calls => last.times = last.times.saturating_add(1),
                _ => minutes.push(self.busy(calls)?),
            }
        }
        // Neighbours are alike, so that each part is like the others.
        for part in 0..PARTS {
            let each = minutes.extract_if(.., {
                let mut place = 0_usize;
                move |_| {
                    let parts_left = PARTS.saturating_sub(part);
                    let taken = place.is_multiple_of(parts_left);
                    place = place.saturating_add(1);
                    taken
                }
            });
            self.minutes.extend(each);
        }
        Ok(())
    }

    fn busy(&mut self, calls: &'a [Call]) -> Result<Busy<'a>, FitError> {
        let first_block = u32::try_from(self.blocks.len()).map_err(|_| FitError::Amount)?;
        let mut minute = Busy {
            calls,
            times: 1,
            first_block,
            input: 0,
            output: 0,
            value: 0,
        };
        for block in calls.chunks(BLOCK) {
            let inputs = block.iter().map(|call| call.input);
            let outputs = block.iter().map(|call| call.output);
            if calls.len() > BLOCK {
                self.blocks.push(Block {
                    before: (minute.input, minute.output),
                    value: minute.value,
                    least: (inputs.min().unwrap_or(0), outputs.min().unwrap_or(0)),
                });
            }
            for call in block {
                // No more than 2^22 calls of 32 bits.
                minute.input = minute.input.saturating_add(call.input.into());
                minute.output = minute.output.saturating_add(call.output.into());
                let value = minute.value.checked_add(self.value_of(*call));
                minute.value = value.ok_or(FitError::Amount)?;
            }
        }
        Ok(minute)
    }

    fn take_shares(&mut self, kept: &Kept) {
        for sums in kept.sums() {
            let average = average(sums);
            let value = self.value_of_tokens(average, (sums.input, sums.output));
            self.shares.push(Shared {
                sums,
                average,
                value,
            });
        }
    }

    /// What all calls cost as ordinary ones.
    pub(super) fn value(&self) -> Option<u128> {
        let minutes = self.minutes.iter();
        let mut minutes = minutes.map(|minute| minute.value.checked_mul(minute.times.into()));
        let mut shares = self.shares.iter().map(|shared| Some(shared.value));
        let all = minutes.try_fold(0_u128, |all, value| all.checked_add(value?))?;
        shares.try_fold(all, |all, value| all.checked_add(value?))
    }

    #[inline]
    fn value_of(&self, call: Call) -> u128 {
        self.value_of_tokens(call.input.into(), tokens(call))
    }

    #[inline]
    fn value_of_tokens(&self, input: u64, tokens: Size) -> u128 {
        self.whole.of_tokens(input, tokens).unwrap_or(self.unpriced)
    }

    /// What a part of the minutes saves at the sizes of `range`.
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

    /// It never falls with the size.
    fn of_shared(&self, shared: &Shared, size: Size) -> u128 {
        let beyond = share::beyond(shared.sums, size, None);
        let tokens = (beyond.input, beyond.output);
        let lost = match tokens {
            (0, 0) => 0,
            tokens => self.value_of_tokens(shared.average, tokens),
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
                    saved = saved.wrapping_add(self.value_of(*call));
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

    /// What the calls of a minute from a place on save at most with what is `left`.
    ///
    /// Values are rounded up to coarse units of `2^shift` first, so that 64 bits hold the sums; a
    /// bound may be rounded up.
    fn at_most(&self, minute: &Busy<'_>, from: usize, left: Size, work: &mut u64) -> u128 {
        let blocks = self.blocks_of(minute);
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
                let Some(value) = self.whole.of_tokens(input, (input, output)) else {
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

    fn blocks_of(&self, minute: &Busy<'_>) -> &[Block] {
        if minute.calls.len() <= BLOCK {
            return &[];
        }
        let first = usize::try_from(minute.first_block).unwrap_or(usize::MAX);
        let end = first.saturating_add(minute.calls.len().div_ceil(BLOCK));
        self.blocks.get(first..end).unwrap_or_default()
    }
}

impl Block {
    #[inline]
    fn can_fit(&self, left: Size) -> bool {
        u64::from(self.least.0) <= left.0 && u64::from(self.least.1) <= left.1
    }
}

/// The part of all at a place among [`PARTS`].
fn slice_of<T>(all: &[T], part: usize) -> &[T] {
    let at = |part: usize| {
        let product = all.len().saturating_mul(part);
        product.checked_div(PARTS).unwrap_or(0)
    };
    all.get(at(part)..at(part.saturating_add(1)))
        .unwrap_or_default()
}

fn tokens(call: Call) -> Size {
    (call.input.into(), call.output.into())
}

/// Input of the average call, rounded up: ends of tiers are whole, so it is in the same tier.
fn average(sums: Sums) -> u64 {
    sums.input.div_ceil(sums.calls.max(1))
}

/// How many multipliers of one side are tried.
const OF_A_SIDE: usize = 3;

/// No multiplier is above this: two products with tokens fit 64 bits.
const MOST_MULTIPLIER: u64 = 1 << 31;

/// Multipliers `λ` and `μ`, in coarse units. Any would do; these make bounds low. Beside them, both
/// are 0: no more is saved than all values.
#[derive(Debug, Clone, Copy, Default)]
struct Multipliers {
    /// The prices of a token of each side.
    both: (u64, u64),
    /// `λ` where `μ` is 0: what a token is worth in a typical, a dear and a very dear call, if it
    /// were worth all of it.
    by_input: [u64; OF_A_SIDE],
    /// `μ` where `λ` is 0, alike.
    by_output: [u64; OF_A_SIDE],
}

/// Sums of what calls are worth beyond what they use, `Σ max(0, v − λ a − μ b)`.
#[derive(Debug, Clone, Copy, Default)]
struct Beyond {
    all: u64,
    both: u64,
    by_input: [u64; OF_A_SIDE],
    by_output: [u64; OF_A_SIDE],
}

impl Beyond {
    #[inline(always)]
    fn add(&mut self, value: u64, (input, output): Size, multipliers: &Multipliers) {
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
    fn least(&self, left: Size, multipliers: &Multipliers) -> u128 {
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

/// Bits that the coarse value of a call has at most; those of 2^22 calls fit 62 bits.
const COARSE_BITS: u32 = 40;

/// Units of values in bounds: `2^shift` of the exact ones.
#[derive(Debug, Clone, Copy)]
struct Coarse {
    shift: u32,
}

impl Coarse {
    /// Such that the largest value has no more than [`COARSE_BITS`].
    fn for_values_to(largest: u128) -> Self {
        let bits = u128::BITS.saturating_sub(largest.leading_zeros());
        Self {
            shift: bits.saturating_sub(COARSE_BITS.saturating_sub(1)),
        }
    }

    /// Rounded up.
    #[inline]
    fn of(self, value: u128) -> u64 {
        let down = value.wrapping_shr(self.shift);
        let is_less = down.wrapping_shl(self.shift) < value;
        u64::try_from(down)
            .unwrap_or(u64::MAX >> 24)
            .wrapping_add(is_less.into())
    }

    fn back(self, value: u128) -> u128 {
        // Beyond what fits there is no bound.
        value
            .checked_mul(1_u128.wrapping_shl(self.shift))
            .unwrap_or(u128::MAX >> 1)
    }
}

/// The largest value of a call, of those that have a price.
fn largest_value(whole: &Whole, minutes: &[Busy<'_>]) -> u128 {
    let calls = minutes.iter().flat_map(|minute| minute.calls);
    let values = calls.filter_map(|call| whole.of_tokens(call.input.into(), tokens(*call)));
    values.max().unwrap_or(0)
}

fn multipliers(whole: &Whole, minutes: &[Busy<'_>], coarse: Coarse) -> Multipliers {
    let within = |multiplier: u128| coarse.of(multiplier).min(MOST_MULTIPLIER);
    let highest = |of: fn(&super::cost::Tier) -> u64| {
        let tiers = whole.tiers.iter().map(of);
        within(tiers.max().unwrap_or(0).into())
    };
    // A sample of calls is enough.
    let calls: usize = minutes.iter().map(|minute| minute.calls.len()).sum();
    let every = calls.div_ceil(1 << 14).max(1);
    let sample = minutes
        .iter()
        .flat_map(|minute| minute.calls)
        .step_by(every);
    let (mut by_input, mut by_output) = (Vec::new(), Vec::new());
    for call in sample {
        if let Some(value) = whole.of_tokens(call.input.into(), tokens(*call)) {
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
    Multipliers {
        both: (
            highest(|tier| tier.input),
            highest(|tier| tier.output.unwrap_or(0)),
        ),
        by_input: at(&by_input),
        by_output: at(&by_output),
    }
}
