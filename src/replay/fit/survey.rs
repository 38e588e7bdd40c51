//! What is known before any size is tried: the peak, which no size needs to exceed, and what all calls cost.

use super::Size;
use super::cost::{Sold, Units, Whole};
use super::intake::Takes;
use crate::replay::{Call, Calls, Minute, TooLarge};

/// The first reading.
pub(super) struct Survey<'a> {
    whole: &'a Whole,
    /// What the minute takes of each meter that is read.
    minute: Size,
    peak: Size,
    total: (u128, u128),
    /// What the calls with a price cost; `None` where it does not fit.
    value: Option<u128>,
    /// The number of calls without a price.
    unpriced: u64,
}

/// What a search goes by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surveyed {
    /// What a call without a price is taken to cost: more than all others and any reservation together, so that
    /// none is left to overflow.
    pub unpriced: u128,
    /// What all calls cost.
    pub value: u128,
    /// The most units of each kind that can be of use.
    pub most: Units,
    /// What an average call is worth by what it takes of each meter.
    pub average: Size,
}

impl<'a> Survey<'a> {
    pub fn new(whole: &'a Whole) -> Self {
        Self {
            whole,
            minute: (0, 0),
            peak: (0, 0),
            total: (0, 0),
            value: Some(0),
            unpriced: 0,
        }
    }

    fn add(&mut self, (share, value): (Size, Option<u128>)) {
        self.minute.0 = self.minute.0.saturating_add(share.0);
        self.minute.1 = self.minute.1.saturating_add(share.1);
        self.unpriced = self.unpriced.saturating_add(value.is_none().into());
        let more = value.unwrap_or(0);
        self.value = self.value.and_then(|all| all.checked_add(more));
    }

    /// What was found; `None` where a sum of the search would not fit.
    pub fn finish(self, sold: &Sold) -> Option<Surveyed> {
        let (first, second) = sold.need(self.peak);
        // One unit, where no token of any call counts.
        let most = (first.max(1), second.max(sold.fewest()));
        let held = sold.hold(most);
        if held.0.max(held.1) == u64::MAX {
            return None;
        }
        let reserved = self.whole.of_units(most);
        let priced = self.value?;
        let unpriced = priced.checked_add(reserved)?.checked_add(1)?;
        let value = unpriced.checked_mul(self.unpriced.into())?;
        let value = value.checked_add(priced)?;
        i128::try_from(value.checked_add(reserved)?).ok()?;
        let by = |total: u128| {
            let average = priced.checked_div(total).unwrap_or(0);
            u64::try_from(average).unwrap_or(u64::MAX)
        };
        Some(Surveyed {
            unpriced,
            value,
            most,
            average: (by(self.total.0), by(self.total.1)),
        })
    }
}

impl Takes for Survey<'_> {
    fn calls(&mut self, stretch: usize, _: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        for call in calls {
            self.add(self.whole.of_call(stretch, call));
        }
        Ok(())
    }

    fn sums(&mut self, stretch: usize, _: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.add(self.whole.of_sums(stretch, sums, sums));
        Ok(())
    }

    fn end(&mut self) {
        let minute = std::mem::take(&mut self.minute);
        let all = |total: u128, minute: u64| total.saturating_add(minute.into());
        self.total = (all(self.total.0, minute.0), all(self.total.1, minute.1));
        self.peak = (self.peak.0.max(minute.0), self.peak.1.max(minute.1));
    }
}
