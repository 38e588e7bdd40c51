//! The calls of a trace, kept to find the cheapest size.

use super::FitError;
use crate::replay::profile::MOST_MINUTES;
use crate::replay::share;
use crate::replay::sums::{Replayed, Sums};
use crate::replay::{Aggregate, Call, Minute, Replay, Reservation, Sink, TooLarge};

/// More calls than this are not kept: 8 bytes each are 32 MiB, and the search adds up to 3 bytes for
/// each, and 56 for each minute that is not like another.
pub const MOST_CALLS: usize = 4 << 20;

/// The calls that a reservation can take, in their order. Calls above the maximum input are left out:
/// they overflow at every size.
#[derive(Debug, Clone)]
pub struct Kept {
    max_input: Option<u64>,
    calls: Vec<Call>,
    /// Where the calls of each minute begin.
    starts: Vec<u32>,
    /// Minutes of which only sums are known.
    sums: Vec<Sums>,
    /// The minute that came last with calls, and with sums.
    last: (Option<Minute>, Option<Minute>),
    mixed: bool,
}

impl Kept {
    /// No call yet.
    #[must_use]
    pub fn new(max_input: Option<u64>) -> Self {
        Self {
            max_input,
            calls: Vec::new(),
            starts: Vec::new(),
            sums: Vec::new(),
            last: (None, None),
            mixed: false,
        }
    }

    /// That no minute has both calls and sums.
    pub(super) fn unmixed(&self) -> Result<(), FitError> {
        if self.mixed {
            Err(FitError::Mixed)
        } else {
            Ok(())
        }
    }

    /// The calls of each minute.
    pub(super) fn minutes(&self) -> impl Iterator<Item = &[Call]> {
        let ends = self.starts.iter().skip(1).map(|start| index(*start));
        let ends = ends.chain([self.calls.len()]);
        let starts = self.starts.iter().map(|start| index(*start));
        starts
            .zip(ends)
            .map(|(start, end)| self.calls.get(start..end).unwrap_or_default())
    }

    /// Minutes of which only sums are known, and whose average call is not above the maximum input.
    pub(super) fn sums(&self) -> impl Iterator<Item = Sums> {
        let above = |sums: &Sums| {
            let max = self.max_input;
            max.is_some_and(|max| share::average_above(*sums, max))
        };
        self.sums.iter().copied().filter(move |sums| !above(sums))
    }

    /// Replays what is kept.
    pub(super) fn replay(&self, reservation: Reservation) -> Result<Replayed, TooLarge> {
        let mut replay = Replay::new(reservation);
        let mut minute: Minute = 0;
        for calls in self.minutes() {
            replay.calls(minute, calls)?;
            minute = minute.saturating_add(1);
        }
        for sums in self.sums() {
            let sums = Aggregate {
                calls: sums.calls,
                input: sums.input,
                output: sums.output,
            };
            replay.aggregate(minute, sums)?;
            minute = minute.saturating_add(1);
        }
        replay.finish()
    }

    pub(super) fn max_input(&self) -> Option<u64> {
        self.max_input
    }
}

fn index(start: u32) -> usize {
    usize::try_from(start).unwrap_or(usize::MAX)
}

impl Sink for Kept {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        let max = self.max_input.unwrap_or(u64::MAX);
        let takes = |call: &&Call| u64::from(call.input) <= max;
        if !calls.iter().any(|call| takes(&call)) {
            return Ok(());
        }
        if self.last.0 != Some(minute) {
            if self.starts.len() >= MOST_MINUTES {
                return Err(TooLarge::Minutes(MOST_MINUTES));
            }
            let start = u32::try_from(self.calls.len()).map_err(|_| TooLarge::Calls(MOST_CALLS))?;
            self.starts.push(start);
            self.last.0 = Some(minute);
            self.mixed |= self.last.1 == Some(minute);
        }
        self.calls.extend(calls.iter().filter(takes));
        if self.calls.len() > MOST_CALLS {
            return Err(TooLarge::Calls(MOST_CALLS));
        }
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Aggregate) -> Result<(), TooLarge> {
        let sums = Sums::from(sums);
        if sums.is_empty() {
            return Ok(());
        }
        self.mixed |= self.last.0 == Some(minute);
        if self.last.1 == Some(minute)
            && let Some(last) = self.sums.last_mut()
        {
            *last = last.plus(sums)?;
            return Ok(());
        }
        if self.sums.len() >= MOST_MINUTES {
            return Err(TooLarge::Minutes(MOST_MINUTES));
        }
        self.sums.push(sums);
        self.last.1 = Some(minute);
        Ok(())
    }
}
