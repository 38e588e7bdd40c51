//! What is known before any size is tried: the peak, which no size needs to exceed, and what all calls cost.

use super::cost::{Item, Units, Whole};
use super::grid::Capacity;
use super::intake::Takes;
use super::{FitError, Size};
use crate::replay::{Call, Calls, Minute, TooLarge};

/// What the first reading finds.
#[derive(Debug, Clone)]
pub(super) struct Survey<'a> {
    whole: &'a Whole,
    /// What the minute that is read takes of each meter.
    minute: Size,
    /// The most that a minute takes of each.
    peak: Size,
    /// What all minutes take.
    total: (u128, u128),
    all: All,
    too_much: bool,
}

/// All calls of a trace, to know them again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct All {
    /// What those with a price cost.
    pub value: u128,
    /// The number of those without.
    pub unpriced: u64,
}

impl All {
    /// What they cost together, where one without a price costs that much.
    pub fn value(self, unpriced: u128) -> Option<u128> {
        unpriced
            .checked_mul(self.unpriced.into())
            .and_then(|without| without.checked_add(self.value))
    }
}

/// What a search goes by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surveyed {
    pub all: All,
    /// The value of a call without a price: more than all others and any reservation together, so that no such
    /// call is left to overflow.
    pub unpriced: u128,
    /// What all calls cost.
    pub value: u128,
    /// The most units of each kind that can be of use.
    pub last: Units,
    /// What an average call is worth by what it takes of each meter.
    pub average: Size,
}

/// A value that no call with a price has.
const NONE: u128 = u128::MAX;

impl<'a> Survey<'a> {
    pub fn new(whole: &'a Whole) -> Self {
        Self {
            whole,
            minute: (0, 0),
            peak: (0, 0),
            total: (0, 0),
            all: All::default(),
            too_much: false,
        }
    }

    fn add(&mut self, item: Item) {
        let sum = |sum: u64, more: u64| sum.checked_add(more);
        let minute = sum(self.minute.0, item.share.0).zip(sum(self.minute.1, item.share.1));
        let value = match item.value {
            NONE => {
                self.all.unpriced = self.all.unpriced.saturating_add(1);
                Some(self.all.value)
            }
            value => self.all.value.checked_add(value),
        };
        match minute.zip(value) {
            Some((minute, value)) => (self.minute, self.all.value) = (minute, value),
            None => self.too_much = true,
        }
    }

    /// What was found.
    pub fn finish(self, capacity: Capacity) -> Result<Surveyed, FitError> {
        if self.too_much {
            return Err(FitError::Amount);
        }
        let last = last(capacity, self.peak).ok_or(FitError::Amount)?;
        let reserved = self.whole.of_units(last);
        let unpriced = self.all.value.checked_add(reserved);
        let unpriced = unpriced.and_then(|all| all.checked_add(1));
        let unpriced = unpriced.ok_or(FitError::Amount)?;
        let value = self.all.value(unpriced);
        // No sum of the search exceeds this one.
        value
            .and_then(|value| value.checked_add(reserved))
            .and_then(|sum| i128::try_from(sum).ok())
            .ok_or(FitError::Amount)?;
        let by = |total: u128| {
            let average = self.all.value.checked_div(total).unwrap_or(0);
            u64::try_from(average).unwrap_or(u64::MAX)
        };
        Ok(Surveyed {
            all: self.all,
            unpriced,
            value: value.ok_or(FitError::Amount)?,
            last,
            average: (by(self.total.0), by(self.total.1)),
        })
    }
}

/// The fewest units that hold the peak, of which the product with what each adds has to fit. A kind that adds
/// nothing to a meter is of no use for it.
fn last(capacity: Capacity, peak: Size) -> Option<Units> {
    let peak = match capacity {
        Capacity::Together((0, 0)) => (0, 0),
        Capacity::Together((0, _)) => (0, peak.1),
        Capacity::Together((_, 0)) => (peak.0, 0),
        _ => peak,
    };
    let last = capacity.need(peak);
    let fits = |adds: u64, units: u64| adds.checked_mul(units).is_some();
    let fits = match capacity {
        Capacity::Apart(first, second) => fits(first, last.0) && fits(second, last.1),
        Capacity::Together(adds) => fits(adds.0, last.0) && fits(adds.1, last.0),
    };
    fits.then_some(last)
}

impl Takes for Survey<'_> {
    fn calls(&mut self, stretch: usize, _: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        for call in calls {
            self.add(self.whole.item(stretch, call, NONE));
        }
        Ok(())
    }

    fn sums(&mut self, stretch: usize, _: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.add(self.whole.item_of_sums(stretch, sums, NONE));
        Ok(())
    }

    fn end(&mut self) -> Result<(), TooLarge> {
        let minute = std::mem::take(&mut self.minute);
        let all = |total: u128, minute: u64| total.saturating_add(minute.into());
        self.total = (all(self.total.0, minute.0), all(self.total.1, minute.1));
        self.peak = (self.peak.0.max(minute.0), self.peak.1.max(minute.1));
        Ok(())
    }
}
