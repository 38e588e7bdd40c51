//! For how many minutes and days a trace is taken, and how it stands for more days.

use super::{TraceOrder, reading::DAY};
use crate::billing::cache::CacheWay;
use crate::billing::recorded::Scale;
use crate::order::{Conflict, OrderError};
use crate::replay::profile::{blocks, calendar_days, minutes_of};
use crate::replay::{Profile, Reading, hull};

/// The time that a trace stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    /// Minutes of the trace, counting the first and the last.
    pub minutes: u64,
    /// Days of all rows, including those that a filter leaves out.
    pub days: u64,
    /// How the trace is scaled to more days; `None` if it is not.
    pub scale: Option<Scale>,
    /// Which way of a cache hits are of, if the user chose one.
    pub cache: Option<CacheWay>,
}

impl Taken {
    /// For how long `trace` is taken, of which `profile` has the minutes.
    ///
    /// # Errors
    /// [`Conflict::LongerThanScale`] when a pattern of it has more days than it is to stand for.
    pub fn of(
        trace: &TraceOrder,
        reading: &Reading,
        profile: &Profile,
    ) -> Result<Self, OrderError> {
        let count = match reading.relative {
            true => blocks,
            false => calendar_days,
        };
        let minutes = profile.span_minutes();
        let kept = profile.span();
        // A model that was called on one of five days is not called every day.
        let all = hull(kept, reading.filtered_at.of(reading.relative));
        let days = all.map_or(0, count);
        let scale = trace.scale_to.map(|to| Scale {
            asked: trace.pattern,
            days,
            calendar: !reading.relative,
            minutes: all.map_or(0, minutes_of),
            kept: kept.map_or(0, count),
            to,
        });
        match scale {
            Some(scale) if !scale.fits() => Err(Conflict::LongerThanScale { scale }.into()),
            scale => Ok(Self {
                minutes,
                days,
                scale,
                cache: trace.cache,
            }),
        }
    }

    /// The minutes that costs are stated for.
    pub fn stated(&self) -> u64 {
        let days = self.scale.map(|scale| scale.to);
        days.map_or(self.minutes, |days| days.saturating_mul(DAY))
    }

    /// The minutes that the use of the reservation is measured over.
    pub fn repeated(&self) -> u64 {
        let scale = self.scale.as_ref();
        scale.map_or(self.minutes, Scale::pattern_minutes)
    }
}
