//! Minutes and days of China Standard Time, in which prices are dated.

use chrono::{DateTime, NaiveDate, NaiveTime};

use crate::billing::calendar::china_standard_time;
use crate::billing::days::Days;
use crate::replay::{FIRST_DATE, Minute, Profile};

/// The first minute with calls of a stretch, of those minutes of it that count; a trace without calls has the
/// prices of its first minute.
pub(super) fn first_call(
    profile: &Profile,
    (from, until): (Option<Minute>, Option<Minute>),
    is_of_it: impl Fn(Minute) -> bool,
) -> Option<Minute> {
    let is_before = |minute: Minute| until.is_none_or(|until| minute < until);
    let first = match profile.minutes() {
        [] => profile.span().map(|(first, _)| first),
        rows => {
            let at = rows.partition_point(|row| from.is_some_and(|from| row.minute < from));
            let rest = rows.get(at..).unwrap_or_default().iter();
            let mut rest = rest
                .map(|row| row.minute)
                .take_while(|minute| is_before(*minute));
            rest.find(|minute| is_of_it(*minute))
        }
    };
    first.filter(|minute| {
        from.is_none_or(|from| from <= *minute) && is_before(*minute) && is_of_it(*minute)
    })
}

/// The days on which prices change from one of these to the next.
pub(super) fn changes(days: impl Iterator<Item = Days>) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = days.filter_map(|days| days.from).collect();
    // Those of some hours each are of the same days.
    days.dedup();
    days
}

/// Opens the first stretch to the past and the last to the future.
pub(super) fn open(days: &mut [&mut Days]) {
    let first = days.first().map(|days| days.from);
    let last = days.last().map(|days| days.before);
    // Several are of the same days where each is of some hours.
    for days in days {
        if Some(days.from) == first {
            days.from = None;
        }
        if Some(days.before) == last {
            days.before = None;
        }
    }
}

const MINUTES_OF_AN_HOUR: i64 = 60;
/// Minutes by which China Standard Time is ahead of UTC.
const CHINA: i64 = 8 * MINUTES_OF_AN_HOUR;

/// The minute in which a day begins.
pub(super) fn midnight(day: NaiveDate) -> Minute {
    let seconds = day.and_time(NaiveTime::MIN).and_utc().timestamp();
    seconds.div_euclid(60).saturating_sub(CHINA)
}

/// The day of a minute.
pub(super) fn day_of(minute: Minute) -> NaiveDate {
    let seconds = minute.saturating_mul(60);
    let utc = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    utc.with_timezone(&china_standard_time()).date_naive()
}

/// The days of a stretch of time.
pub(super) fn days_of(from: Option<Minute>, until: Option<Minute>) -> Days {
    // The first day of all has prices that are those of the time before any change.
    let from = from.filter(|from| *from > FIRST_DATE);
    Days {
        from: from.map(day_of),
        before: until.map(day_of),
    }
}
