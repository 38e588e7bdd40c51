//! What the calls of each minute take of a reservation's meters, where these weigh tokens: what
//! [`super::profile`] is for input and output.
//!
//! Minutes with calls are kept, 40 bytes each.

use super::profile::{MOST_MINUTES, nearest_rank};
use super::share;
use super::{Call, Calls, Minute, Sink, Stretches, TooLarge};
use crate::billing::meter::{Meters, PerMeter};

/// What a reservation takes in a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taking {
    /// Maximum input tokens of a call; `None` where there is no limit.
    pub max_input: Option<u64>,
    /// What a call takes.
    pub meters: Meters,
}

/// Parts of each meter, minute by minute, of the calls that a reservation takes.
#[derive(Debug, Clone)]
pub struct Loads {
    taking: Stretches<Taking>,
    rows: Vec<(Minute, PerMeter<u128>)>,
}

impl Loads {
    /// An empty trace.
    #[must_use]
    pub fn new(taking: Stretches<Taking>) -> Self {
        let rows = Vec::new();
        Self { taking, rows }
    }

    /// The tokens of each meter, rounded up to whole ones, that `percent` of `minutes` do not exceed, by nearest
    /// rank.
    #[must_use]
    pub fn percentile(&self, minutes: u64, percent: u8) -> PerMeter<u128> {
        // A part is what it is in the stretch of its minute.
        let whole = |(minute, row): &(Minute, _)| self.taking.at(*minute).meters.whole(*row);
        let rows: Vec<PerMeter<u128>> = self.rows.iter().map(whole).collect();
        let of = |place: usize| {
            let tokens = rows.iter().filter_map(|row| row.get(place));
            nearest_rank(tokens.copied().collect(), minutes, percent)
        };
        [of(0), of(1)]
    }

    fn add(&mut self, minute: Minute, parts: PerMeter<u128>) -> Result<(), TooLarge> {
        if let Some((last, row)) = self.rows.last_mut()
            && *last == minute
        {
            for (sum, more) in row.iter_mut().zip(parts) {
                *sum = sum.checked_add(more).ok_or(TooLarge::Sum)?;
            }
            return Ok(());
        }
        if self.rows.len() >= MOST_MINUTES {
            return Err(TooLarge::Minutes(MOST_MINUTES));
        }
        self.rows.push((minute, parts));
        Ok(())
    }
}

impl Sink for Loads {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        let Taking { max_input, meters } = self.taking.at(minute);
        let mut parts = PerMeter::<u128>::default();
        let fits = |call: &&Call| max_input.is_none_or(|max| u64::from(call.input) <= max);
        for call in calls.iter().filter(fits) {
            for (sum, share) in parts.iter_mut().zip(meters.shares_of(*call)) {
                *sum = sum.checked_add(share.into()).ok_or(TooLarge::Sum)?;
            }
        }
        self.add(minute, parts)
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        let Taking { max_input, meters } = self.taking.at(minute);
        if max_input.is_some_and(|max| share::average_above(sums, max)) {
            return Ok(());
        }
        let parts = meters.shares(sums.tokens, sums.calls);
        self.add(minute, parts)
    }
}
