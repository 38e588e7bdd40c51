//! The shape of a day: when tokens come.

use super::Profile;
use crate::replay::Minute;

/// Parts into which [`Profile::day`] divides a day: half hours.
pub const DAY_PARTS: usize = 48;

/// Minutes by which China Standard Time is ahead of UTC.
const CHINA: i64 = 8 * 60;
const MINUTES_OF_A_DAY: i64 = 24 * 60;
const MINUTES_OF_A_PART: i64 = 30;

/// Tokens that come in a part of the day, in China Standard Time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayPart {
    /// Minutes of the span that fall into this part.
    pub minutes: u64,
    /// Input tokens in all of them.
    pub input: u64,
    /// Output tokens in all of them.
    pub output: u64,
}

impl Profile {
    /// The tokens by half hours of the day, in China Standard Time.
    #[must_use]
    pub fn day(&self) -> [DayPart; DAY_PARTS] {
        let mut parts = [DayPart::default(); DAY_PARTS];
        let Some((first, _)) = self.span() else {
            return parts;
        };
        for row in &self.rows {
            if let Some(part) = parts.get_mut(part_of(row.minute)) {
                // No more than the total, which fits.
                part.input = part.input.saturating_add(row.input);
                part.output = part.output.saturating_add(row.output);
            }
        }
        // Whole days count in every part; what is left of a day is gone through.
        let day = MINUTES_OF_A_DAY.unsigned_abs();
        let span = self.span_minutes();
        let each = span.checked_div(day).unwrap_or(0);
        let each = each.saturating_mul(MINUTES_OF_A_PART.unsigned_abs());
        for part in &mut parts {
            part.minutes = each;
        }
        for later in 0..span.checked_rem(day).unwrap_or(0) {
            let minute = first.saturating_add_unsigned(later);
            if let Some(part) = parts.get_mut(part_of(minute)) {
                part.minutes = part.minutes.saturating_add(1);
            }
        }
        parts
    }
}

impl Profile {
    /// The number of nights with calls, where all of them come in so many hours from this hour of the day on, in
    /// China Standard Time; `None` where some come at another time.
    #[must_use]
    pub fn nights(&self, from_hour: u32, hours: u64) -> Option<u64> {
        let from = i64::from(from_hour).saturating_mul(60);
        let length = i64::try_from(hours).ok()?.saturating_mul(60);
        let mut last = None;
        let mut nights = 0_u64;
        for row in &self.rows {
            let since = row.minute.saturating_add(CHINA).saturating_sub(from);
            if since.rem_euclid(MINUTES_OF_A_DAY) >= length {
                return None;
            }
            let night = since.div_euclid(MINUTES_OF_A_DAY);
            if last.replace(night) != Some(night) {
                nights = nights.saturating_add(1);
            }
        }
        Some(nights)
    }
}

/// The number of calendar days from the first to the last minute, in China Standard Time.
#[must_use]
pub fn calendar_days((first, last): (Minute, Minute)) -> u64 {
    let day = |minute: Minute| minute.saturating_add(CHINA).div_euclid(MINUTES_OF_A_DAY);
    day(last).abs_diff(day(first)).saturating_add(1)
}

/// The number of blocks of 24 hours from the first minute to the last: the days of times that are no dates.
#[must_use]
pub fn blocks(span: (Minute, Minute)) -> u64 {
    minutes_of(span).div_ceil(MINUTES_OF_A_DAY.unsigned_abs())
}

/// Minutes from the first to the last, both counted.
#[must_use]
pub fn minutes_of((first, last): (Minute, Minute)) -> u64 {
    last.abs_diff(first).saturating_add(1)
}

fn part_of(minute: Minute) -> usize {
    let in_the_day = minute
        .rem_euclid(MINUTES_OF_A_DAY)
        .saturating_add(CHINA)
        .rem_euclid(MINUTES_OF_A_DAY);
    let part = in_the_day.div_euclid(MINUTES_OF_A_PART);
    usize::try_from(part).unwrap_or(0)
}
