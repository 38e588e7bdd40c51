//! The calls of a trace, kept to find the cheapest size.

use super::FitError;
use crate::replay::profile::MOST_MINUTES;
use crate::replay::share;
use crate::replay::sums::Replayed;
use crate::replay::{Call, Calls, Minute, Replay, Reservation, Sink, Stretches, TooLarge};

/// The most calls that are kept: 32 MiB at 8 bytes each. The search adds up to 3 bytes for each call, and 56
/// for each minute that differs from the others.
pub const MOST_CALLS: usize = 4 << 20;

/// The calls that a reservation can take, in their order. Calls above the maximum input are left out:
/// they overflow at every size.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The maximum input in each stretch of time; stretches may also differ in their prices.
    max_input: Stretches<Option<u64>>,
    calls: Vec<Call>,
    /// The index of the first call of each minute.
    starts: Vec<u32>,
    /// Minutes of which only sums are known.
    sums: Vec<Calls>,
    /// Minutes with calls and those with sums only, of each stretch.
    counts: Vec<(usize, usize)>,
    /// The minute that came last with calls, and with sums.
    last: (Option<Minute>, Option<Minute>),
    mixed: bool,
}

impl Kept {
    /// Keeps no call yet.
    #[must_use]
    pub fn new(max_input: impl Into<Stretches<Option<u64>>>) -> Self {
        let max_input = max_input.into();
        Self {
            counts: vec![(0, 0); max_input.count()],
            max_input,
            calls: Vec::new(),
            starts: Vec::new(),
            sums: Vec::new(),
            last: (None, None),
            mixed: false,
        }
    }

    /// Makes sure that no minute has both calls and sums.
    pub(super) fn unmixed(&self) -> Result<(), FitError> {
        if self.mixed {
            Err(FitError::Mixed)
        } else {
            Ok(())
        }
    }

    /// The calls of each minute, with the index of its stretch.
    pub(super) fn minutes(&self) -> impl Iterator<Item = (usize, &[Call])> {
        let ends = self.starts.iter().skip(1).map(|start| index(*start));
        let ends = ends.chain([self.calls.len()]);
        let starts = self.starts.iter().map(|start| index(*start));
        let calls = starts
            .zip(ends)
            .map(|(start, end)| self.calls.get(start..end).unwrap_or_default());
        self.places(|(minutes, _)| *minutes).zip(calls)
    }

    /// The minutes of which only sums are known and whose average call is not above the maximum input, with the
    /// index of their stretch.
    pub(super) fn sums(&self) -> impl Iterator<Item = (usize, Calls)> {
        let max_input: Vec<Option<u64>> = self.max_input.iter().copied().collect();
        let above = move |(place, sums): &(usize, Calls)| {
            let max = max_input.get(*place).copied().flatten();
            max.is_some_and(|max| share::average_above(*sums, max))
        };
        let all = self.places(|(_, sums)| *sums);
        let all = all.zip(self.sums.iter().copied());
        all.filter(move |one| !above(one))
    }

    /// For each minute, the index of its stretch. `of` picks minutes with calls, or those with sums.
    fn places(&self, of: impl Fn(&(usize, usize)) -> usize) -> impl Iterator<Item = usize> {
        let counts = self.counts.iter().enumerate();
        counts.flat_map(move |(place, counts)| std::iter::repeat_n(place, of(counts)))
    }

    /// Replays what is kept against the reservation of each stretch.
    pub(super) fn replay(
        &self,
        reservation: impl Fn(usize, Option<u64>) -> Reservation,
    ) -> Result<Vec<Replayed>, TooLarge> {
        let max_input = self.max_input.iter().enumerate();
        let mut replays: Vec<Replay> = max_input
            .map(|(place, max)| Replay::new(reservation(place, *max)))
            .collect();
        let mut minute: Minute = 0;
        for (place, calls) in self.minutes() {
            if let Some(replay) = replays.get_mut(place) {
                replay.calls(minute, calls)?;
            }
            minute = minute.saturating_add(1);
        }
        for (place, sums) in self.sums() {
            if let Some(replay) = replays.get_mut(place) {
                replay.aggregate(minute, sums)?;
            }
            minute = minute.saturating_add(1);
        }
        replays.into_iter().map(Replay::finish).collect()
    }

    /// Counts a minute with calls, or with sums only.
    fn count(&mut self, minute: Minute, of: fn(&mut (usize, usize)) -> &mut usize) {
        let place = self.max_input.place(minute);
        if let Some(count) = self.counts.get_mut(place).map(of) {
            *count = count.saturating_add(1);
        }
    }
}

fn index(start: u32) -> usize {
    usize::try_from(start).unwrap_or(usize::MAX)
}

impl Sink for Kept {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        let max = self.max_input.at(minute).unwrap_or(u64::MAX);
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
            self.count(minute, |counts| &mut counts.0);
            self.last.0 = Some(minute);
            self.mixed |= self.last.1 == Some(minute);
        }
        self.calls.extend(calls.iter().filter(takes));
        if self.calls.len() > MOST_CALLS {
            return Err(TooLarge::Calls(MOST_CALLS));
        }
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
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
        self.count(minute, |counts| &mut counts.1);
        self.last.1 = Some(minute);
        Ok(())
    }
}
