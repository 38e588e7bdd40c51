//! The calls of a trace, prepared to be replayed at many sizes.

use super::cost::{Tier, Whole, of_tokens, tokens};
use super::kept::Kept;
use super::multiplier::{Coarse, Multipliers};
use super::{FitError, Size};
use crate::replay::Call;
use crate::replay::Calls;

/// Calls of a block, which are replayed or skipped together.
pub(super) const BLOCK: usize = 32;

/// The number of parts that the minutes are divided into: after each part it may turn out that a bound is too
/// high to matter.
pub(super) const PARTS: usize = 64;

/// The number of calls that multipliers are made from.
const SAMPLE: usize = 1 << 14;

/// The calls of a trace, prepared for bounds.
pub(super) struct Minutes<'a> {
    pub(super) whole: &'a Whole,
    /// The value of a call without a price: more than all others together, so that no such call is left to
    /// overflow.
    pub(super) unpriced: u128,
    /// The different minutes. Equal ones are kept once, with their number.
    pub(super) minutes: Vec<Busy<'a>>,
    pub(super) shares: Vec<Shared>,
    blocks: Vec<Block>,
    pub(super) coarse: Coarse,
    pub(super) multipliers: Multipliers,
}

/// A minute with calls.
pub(super) struct Busy<'a> {
    pub(super) calls: &'a [Call],
    /// The index of its stretch of time.
    pub(super) place: usize,
    pub(super) times: u32,
    /// The index of its first block. It has blocks only where it has more calls than one block holds.
    first_block: u32,
    pub(super) input: u64,
    pub(super) output: u64,
    pub(super) value: u128,
}

/// A minute of which only the sums are known.
pub(super) struct Shared {
    pub(super) sums: Calls,
    /// The index of its stretch of time.
    pub(super) place: usize,
    /// Input of its average call, rounded up.
    pub(super) average: u64,
    pub(super) value: u128,
}

/// What is known of a block of calls.
pub(super) struct Block {
    /// Tokens of the calls of the minute before this block.
    pub(super) before: Size,
    /// Value of the calls of the minute before this block.
    pub(super) value: u128,
    /// The smallest input and the smallest output of a call in this block.
    least: (u32, u32),
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
            coarse: Coarse::default(),
            multipliers: Multipliers::default(),
        };
        // All that has a price, first.
        let mut all = reserved;
        let mut add = |value: Option<u128>| {
            all = all.checked_add(value.unwrap_or(0))?;
            Some(())
        };
        for (place, calls) in kept.minutes() {
            let tiers = whole.tiers_of(place);
            for call in calls {
                let value = of_tokens(tiers, call.input.into(), tokens(*call));
                add(value).ok_or(FitError::Amount)?;
            }
        }
        for (place, sums) in kept.sums() {
            let tiers = whole.tiers_of(place);
            let value = of_tokens(
                tiers,
                average(sums),
                (sums.tokens.input, sums.tokens.output),
            );
            add(value).ok_or(FitError::Amount)?;
        }
        prepared.unpriced = all.checked_add(1).ok_or(FitError::Amount)?;
        prepared.take_minutes(kept)?;
        prepared.take_shares(kept);
        let calls = || {
            prepared.minutes.iter().flat_map(|minute| {
                let tiers = whole.tiers_of(minute.place);
                minute.calls.iter().map(move |call| (tiers, call))
            })
        };
        let coarse = Coarse::for_calls(calls());
        let every = calls().count().div_ceil(SAMPLE).max(1);
        let multipliers = Multipliers::for_sample(whole, calls().step_by(every), coarse);
        prepared.coarse = coarse;
        prepared.multipliers = multipliers;
        // No sum of a search exceeds this one.
        prepared
            .value()
            .and_then(|value| value.checked_add(reserved))
            .and_then(|sum| i128::try_from(sum).ok())
            .ok_or(FitError::Amount)?;
        Ok(prepared)
    }

    fn take_minutes(&mut self, kept: &'a Kept) -> Result<(), FitError> {
        let mut order: Vec<(usize, &[Call])> = kept.minutes().collect();
        let key = |call: &Call| (call.input, call.output);
        order.sort_unstable_by(|(place, a), (other, b)| {
            let lengths = a.len().cmp(&b.len());
            let calls = || a.iter().map(key).cmp(b.iter().map(key));
            lengths.then_with(calls).then(place.cmp(other))
        });
        let mut minutes: Vec<Busy<'_>> = Vec::new();
        for (place, calls) in order {
            match minutes.last_mut() {
                Some(last) if (last.place, last.calls) == (place, calls) => {
                    last.times = last.times.saturating_add(1);
                }
                _ => minutes.push(self.busy(place, calls)?),
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

    fn busy(&mut self, place: usize, calls: &'a [Call]) -> Result<Busy<'a>, FitError> {
        let tiers = self.whole.tiers_of(place);
        let first_block = u32::try_from(self.blocks.len()).map_err(|_| FitError::Amount)?;
        let mut minute = Busy {
            calls,
            place,
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
                let value = minute.value.checked_add(self.value_of(tiers, *call));
                minute.value = value.ok_or(FitError::Amount)?;
            }
        }
        Ok(minute)
    }

    fn take_shares(&mut self, kept: &Kept) {
        for (place, sums) in kept.sums() {
            let average = average(sums);
            let tiers = self.whole.tiers_of(place);
            let value =
                self.value_of_tokens(tiers, average, (sums.tokens.input, sums.tokens.output));
            self.shares.push(Shared {
                sums,
                place,
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
    pub(super) fn value_of(&self, tiers: &[Tier], call: Call) -> u128 {
        self.value_of_tokens(tiers, call.input.into(), tokens(call))
    }

    #[inline]
    pub(super) fn value_of_tokens(&self, tiers: &[Tier], input: u64, tokens: Size) -> u128 {
        of_tokens(tiers, input, tokens).unwrap_or(self.unpriced)
    }

    pub(super) fn blocks_of(&self, minute: &Busy<'_>) -> &[Block] {
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
    pub(super) fn can_fit(&self, left: Size) -> bool {
        u64::from(self.least.0) <= left.0 && u64::from(self.least.1) <= left.1
    }
}

/// The part with this index, of [`PARTS`] parts.
pub(super) fn slice_of<T>(all: &[T], part: usize) -> &[T] {
    let at = |part: usize| {
        let product = all.len().saturating_mul(part);
        product.checked_div(PARTS).unwrap_or(0)
    };
    all.get(at(part)..at(part.saturating_add(1)))
        .unwrap_or_default()
}

/// Input of the average call, rounded up: ends of tiers are whole, so it is in the same tier.
pub(super) fn average(sums: Calls) -> u64 {
    sums.tokens.input.div_ceil(sums.calls.max(1))
}
