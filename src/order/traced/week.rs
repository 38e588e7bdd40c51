//! The calls of a load, minute by minute, as they would have been logged.

use chrono::{Datelike, NaiveDate, Weekday};

use super::from::LoadOrder;
use super::reading::DAY;
use super::when::midnight;
use crate::billing::exact::TooLarge as Sum;
use crate::billing::recorded::{Described, DescribedLine};
use crate::order::{Conflict, OrderError};
use crate::replay::{Call, Calls, Reading, Sink, TooLarge};
use crate::workload::LoadLine;

impl LoadOrder {
    /// Makes its calls, in order of time.
    ///
    /// # Errors
    /// [`Conflict::NoCallsInLoad`] when there is none, [`OrderError::Trace`] when the sink cannot take them.
    pub(super) fn replay(&self, sink: &mut dyn Sink) -> Result<Reading, OrderError> {
        let lines = self.week.lines();
        let first = midnight(self.first);
        let mut minute_calls = MinuteCalls::default();
        let mut rows: u64 = 0;
        for passed in 0..self.minutes {
            let day = weekday(self.first, passed.div_euclid(DAY));
            let of_day = u16::try_from(passed.rem_euclid(DAY)).map_err(|_| TooLarge::Sum)?;
            let counts = lines.iter().map(|line| count(line, day, of_day));
            let counts = counts
                .collect::<Result<Vec<u64>, Sum>>()
                .map_err(TooLarge::from)?;
            let calls = minute_calls.of(lines, counts);
            let minute = i64::try_from(passed)
                .ok()
                .and_then(|at| first.checked_add(at));
            let minute = minute.ok_or(TooLarge::Sum)?;
            let is_end = passed == 0 || passed.saturating_add(1) == self.minutes;
            if calls.is_empty() && is_end {
                // A load covers all of its days, those without calls too.
                sink.aggregate(minute, Calls::default())?;
            }
            if !calls.is_empty() {
                sink.calls(minute, calls)?;
                let more = u64::try_from(calls.len()).map_err(|_| TooLarge::Sum)?;
                rows = rows.checked_add(more).ok_or(TooLarge::Sum)?;
            }
        }
        if rows == 0 {
            let (first, minutes) = (self.first, self.minutes);
            return Err(Conflict::NoCallsInLoad { first, minutes }.into());
        }
        let said = lines.iter().map(|line| DescribedLine {
            text: line.to_string(),
            said: line.said(),
        });
        Ok(Reading {
            load: Some(Described {
                lines: said.collect(),
                first: self.first,
                minutes: self.minutes,
            }),
            rows: Some(rows),
            ..Reading::default()
        })
    }
}

/// The day of the week so many days later.
fn weekday(first: NaiveDate, days: u64) -> Weekday {
    (0..days.rem_euclid(7)).fold(first.weekday(), |day, _| day.succ())
}

/// The calls of a line in a minute of a day: of the span that begins on the day, or of the one that began on
/// the day before and goes on over midnight. A span is a day at most, so it is one of them.
fn count(line: &LoadLine, day: Weekday, minute: u16) -> Result<u64, Sum> {
    const DAY: u16 = 24 * 60;
    let of_span = |minute: u16| {
        let passed = minute.checked_sub(line.span.from())?;
        (passed < line.span.minutes()).then_some(passed)
    };
    let today = of_span(minute).filter(|_| line.days.contains(day));
    let since_yesterday = minute.checked_add(DAY).and_then(of_span);
    let since_yesterday = since_yesterday.filter(|_| line.days.contains(day.pred()));
    match today.or(since_yesterday) {
        Some(passed) => line.calls_in(passed),
        None => Ok(0),
    }
}

/// The calls of a minute, kept for the next one, which mostly has the same.
#[derive(Default)]
struct MinuteCalls {
    counts: Vec<u64>,
    calls: Vec<Call>,
}

impl MinuteCalls {
    /// So many calls of each line. Those of a line come evenly in the minute, so those of several alternate.
    fn of(&mut self, lines: &[LoadLine], counts: Vec<u64>) -> &[Call] {
        if self.counts != counts {
            let mut arrivals = Vec::new();
            for (line, count) in lines.iter().zip(&counts) {
                arrivals.extend((0..*count).map(|place| (place, *count, line.call)));
            }
            // After `place ÷ count` of the minute.
            arrivals.sort_by(|(place, count, _), (other, of, _)| {
                let of_minute =
                    |place: u64, other: u64| u128::from(place).saturating_mul(other.into());
                of_minute(*place, *of).cmp(&of_minute(*other, *count))
            });
            self.calls = arrivals.into_iter().map(|(_, _, call)| call).collect();
            self.counts = counts;
        }
        &self.calls
    }
}
