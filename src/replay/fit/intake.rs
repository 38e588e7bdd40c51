//! A reading of the trace for the search: minute by minute, only what some size can take.

use super::FitError;
use crate::replay::{Call, Calls, Minute, Sink, Stretches, TooLarge, share};

/// Hands all calls of a trace to a sink, in the same order each time.
pub type Read<'a, E> = &'a mut dyn FnMut(&mut dyn Sink) -> Result<(), E>;

/// What the minutes of a trace are handed to, each with the index of its stretch of time. It comes to its end
/// before the next one.
pub(super) trait Takes {
    /// Calls of a minute, in order.
    fn calls(&mut self, stretch: usize, minute: Minute, calls: &[Call]) -> Result<(), TooLarge>;
    /// All sums of a minute of which only sums are known.
    fn sums(&mut self, stretch: usize, minute: Minute, sums: Calls) -> Result<(), TooLarge>;
    /// The end of a minute, which had calls or sums.
    fn end(&mut self) -> Result<(), TooLarge>;
    /// Why no more is taken, where that is not what the error says.
    fn failed(&self) -> Option<FitError> {
        None
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
        stretch: 0,
        has_calls: false,
        sums: Calls::default(),
        mixed: false,
        into,
    };
    let done = read(&mut intake);
    match intake.into.failed() {
        Some(error) => Err(error.into()),
        None => done,
    }?;
    intake.end().map_err(FitError::from)?;
    match (intake.into.failed(), intake.mixed) {
        (Some(error), _) => Err(error.into()),
        (None, true) => Err(FitError::Mixed.into()),
        (None, false) => Ok(intake.into),
    }
}

struct Intake<'a, T> {
    max_input: &'a Stretches<Option<u64>>,
    minute: Option<Minute>,
    /// The index of its stretch.
    stretch: usize,
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
            self.stretch = self.max_input.place(minute);
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), TooLarge> {
        let Some(minute) = self.minute.take() else {
            return Ok(());
        };
        let sums = std::mem::take(&mut self.sums);
        let has_calls = std::mem::take(&mut self.has_calls);
        let max = *self.max_input.at(minute);
        let is_above = max.is_some_and(|max| share::average_above(sums, max));
        let has_sums = !sums.is_empty() && !is_above;
        self.mixed |= has_calls && has_sums;
        if has_sums {
            self.into.sums(self.stretch, minute, sums)?;
        }
        match has_calls || has_sums {
            true => self.into.end(),
            false => Ok(()),
        }
    }
}

impl<T: Takes> Sink for Intake<'_, T> {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        self.enter(minute)?;
        let max = self.max_input.at(minute).unwrap_or(u64::MAX);
        let is_above = |call: &Call| u64::from(call.input) > max;
        for run in calls.split(is_above).filter(|run| !run.is_empty()) {
            self.has_calls = true;
            self.into.calls(self.stretch, minute, run)?;
        }
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.enter(minute)?;
        self.sums = self.sums.plus(sums)?;
        Ok(())
    }
}
