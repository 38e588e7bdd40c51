//! A reading of the trace for the search: minute by minute, without what no size can take.

use super::FitError;
use crate::replay::{Call, Calls, Minute, Replay, Sink, Stretches, TooLarge, share};

/// Hands all calls of a trace to a sink, in the same order each time.
pub type Read<'a, E> = &'a mut dyn FnMut(&mut dyn Sink) -> Result<(), E>;

/// What the minutes of a trace are handed to, each with the index of its stretch of time. A minute has calls or
/// sums, and its end comes before the next one.
pub(super) trait Takes {
    /// Calls of a minute, in order.
    fn calls(&mut self, stretch: usize, minute: Minute, calls: &[Call]) -> Result<(), TooLarge>;
    /// All sums of a minute.
    fn sums(&mut self, stretch: usize, minute: Minute, sums: Calls) -> Result<(), TooLarge>;
    /// The end of a minute.
    fn end(&mut self) {}
}

/// Replays at one size, of each stretch of time.
impl Takes for Vec<Replay> {
    fn calls(&mut self, stretch: usize, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        let replay = self.get_mut(stretch);
        replay.map_or(Ok(()), |replay| replay.calls(minute, calls))
    }

    fn sums(&mut self, stretch: usize, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        let replay = self.get_mut(stretch);
        replay.map_or(Ok(()), |replay| replay.aggregate(minute, sums))
    }
}

/// Reads the trace once. Calls above the maximum input are left out: they overflow at every size.
pub(super) fn reading<E: From<FitError>, T: Takes>(
    read: Read<'_, E>,
    max_input: &Stretches<Option<u64>>,
    into: T,
) -> Result<T, E> {
    let mut intake = Intake {
        max_input,
        minute: None,
        has_calls: false,
        sums: Calls::default(),
        mixed: false,
        into,
    };
    read(&mut intake)?;
    intake.end().map_err(FitError::from)?;
    match intake.mixed {
        true => Err(FitError::Mixed.into()),
        false => Ok(intake.into),
    }
}

struct Intake<'a, T> {
    max_input: &'a Stretches<Option<u64>>,
    minute: Option<Minute>,
    has_calls: bool,
    sums: Calls,
    /// Whether some minute has both calls and sums.
    mixed: bool,
    into: T,
}

impl<T: Takes> Intake<'_, T> {
    fn enter(&mut self, minute: Minute) -> Result<(), TooLarge> {
        if self.minute != Some(minute) {
            self.end()?;
            self.minute = Some(minute);
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), TooLarge> {
        let sums = std::mem::take(&mut self.sums);
        let has_calls = std::mem::take(&mut self.has_calls);
        if let Some(minute) = self.minute.take()
            && !sums.is_empty()
        {
            self.mixed |= has_calls;
            let max = *self.max_input.at(minute);
            if max.is_none_or(|max| !share::average_above(sums, max)) {
                let stretch = self.max_input.place(minute);
                self.into.sums(stretch, minute, sums)?;
            }
        }
        self.into.end();
        Ok(())
    }
}

impl<T: Takes> Sink for Intake<'_, T> {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        self.enter(minute)?;
        let stretch = self.max_input.place(minute);
        let max = self.max_input.at(minute).unwrap_or(u64::MAX);
        let is_above = |call: &Call| u64::from(call.input) > max;
        for run in calls.split(is_above).filter(|run| !run.is_empty()) {
            self.has_calls = true;
            self.into.calls(stretch, minute, run)?;
        }
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.enter(minute)?;
        self.sums = self.sums.plus(sums)?;
        Ok(())
    }
}
