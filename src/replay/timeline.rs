//! What of each minute fits a reservation and what overflows, to be drawn over time.
//!
//! [`Replay`] alone decides which calls fit: a minute's tokens are what its sums grow by. Minutes with
//! calls are kept, 40 bytes each: a year without a gap is 20 MiB.

use super::admission::{Replay, Reservation};
use super::profile::{MOST_MINUTES, Row};
use super::sums::Replayed;
use super::{Call, Calls, Minute, Sink, TooLarge};
use crate::billing::recorded::MinuteTokens;

/// A replay that remembers its minutes.
#[derive(Debug, Clone)]
pub struct Timeline {
    replay: Replay,
    /// The minute that is not over yet.
    minute: Option<Minute>,
    /// The sums of all minutes that are over: of all their calls, and of those that overflow.
    settled: (Calls, Calls),
    rows: Vec<MinuteTokens>,
}

impl Timeline {
    /// An empty trace against `reservation`.
    #[must_use]
    pub fn new(reservation: Reservation) -> Self {
        Self {
            replay: Replay::new(reservation),
            minute: None,
            settled: Default::default(),
            rows: Vec::new(),
        }
    }

    /// What became of all calls, and of the tokens of each minute with calls, in their order.
    ///
    /// # Errors
    /// [`TooLarge::Sum`] when a sum does not fit.
    pub fn finish(mut self) -> Result<(Replayed, Vec<MinuteTokens>), TooLarge> {
        self.end_minute()?;
        Ok((self.replay.finish()?, self.rows))
    }

    /// Ends the last minute if `minute` is another one. Not earlier, as calls of which only sums are known are
    /// settled at the end of their minute.
    fn enter(&mut self, minute: Minute) -> Result<(), TooLarge> {
        if self.minute != Some(minute) {
            self.end_minute()?;
            if self.rows.len() >= MOST_MINUTES {
                return Err(TooLarge::Minutes(MOST_MINUTES));
            }
            self.minute = Some(minute);
        }
        Ok(())
    }

    fn end_minute(&mut self) -> Result<(), TooLarge> {
        let Some(minute) = self.minute.take() else {
            return Ok(());
        };
        let (total, overflow) = self.replay.settled()?;
        let of_minute = total.without(self.settled.0);
        let beyond = overflow.without(self.settled.1);
        let in_quota = of_minute.without(beyond);
        self.settled = (total, overflow);
        self.rows.push(MinuteTokens {
            minute,
            in_quota: (in_quota.tokens.input, in_quota.tokens.output),
            overflow: (beyond.tokens.input, beyond.tokens.output),
        });
        Ok(())
    }
}

impl Sink for Timeline {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        if calls.is_empty() {
            return Ok(());
        }
        self.enter(minute)?;
        self.replay.calls(minute, calls)
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        if sums.is_empty() {
            return Ok(());
        }
        self.enter(minute)?;
        self.replay.aggregate(minute, sums)
    }
}

/// The minutes of a trace that is held against no reservation: nothing overflows.
#[must_use]
pub fn unreserved(rows: &[Row]) -> Vec<MinuteTokens> {
    let minute = |row: &Row| MinuteTokens {
        minute: row.minute,
        in_quota: (row.input, row.output),
        overflow: (0, 0),
    };
    rows.iter().map(minute).collect()
}
