//! The axis of time: where its labels stand, and what they say.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::columns::{DAY, Span};
use super::round::round_numbers;
use crate::billing::number::grouped;
use crate::report::drawing::widest;

/// Minutes by which China Standard Time is ahead of UTC.
pub const AHEAD: i128 = 8 * 60;

/// The most labels for which the axis has room.
const MOST: i128 = 12;
/// Minutes that a month counts for when labels are fitted: its label needs less room.
const MONTH: i128 = 38 * DAY;
/// Steps of clock times, and of days.
const MINUTES: [i128; 11] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720];
const DAYS: [i128; 5] = [DAY, 2 * DAY, 3 * DAY, 7 * DAY, 14 * DAY];
const MONTHS: [i128; 4] = [1, 2, 3, 6];

/// A labelled minute. The second line may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    pub minute: i128,
    pub lines: [String; 2],
}

/// Ticks in their order, and what they count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeAxis {
    /// About [`MOST`] at most.
    pub ticks: Vec<Tick>,
    pub caption: String,
}

impl TimeAxis {
    pub fn empty() -> Self {
        Self {
            ticks: Vec::new(),
            caption: "no calls".to_owned(),
        }
    }

    /// The axis of a span: clock times and dates in China Standard Time, or minutes, hours or days
    /// from minute 0 where there are none.
    pub fn new(span: &Span, dated: bool) -> Self {
        let end = span.start.saturating_add(span.minutes());
        match (dated, local(span.start), local(end)) {
            (true, Some(_), Some(_)) => Self {
                ticks: dates(span, end),
                caption: "time in UTC+8".to_owned(),
            },
            (true, _, _) => counted(span, end, "1970-01-01 00:00 UTC"),
            (false, _, _) => counted(span, end, "time 0 of the trace"),
        }
    }

    /// Dots of the first label before the axis, at most.
    pub fn before(&self) -> u32 {
        let first = self.ticks.iter().take(1).flat_map(|tick| &tick.lines);
        widest(first.map(String::as_str)) / 2
    }
}

/// Whether labels have the room if there is one every `step` minutes.
fn has_room(step: i128, span: &Span) -> bool {
    step.saturating_mul(MOST) >= span.minutes()
}

fn counted(span: &Span, end: i128, origin: &str) -> TimeAxis {
    let (unit, of_unit, in_whole) = match span.minutes() {
        ..=180 => ("minutes", 1, [1, 2, 5, 10, 15, 30]),
        181..=10_080 => ("hours", 60, [1, 2, 3, 6, 12, 24]),
        _ => ("days", DAY, [1, 2, 5, 10, 20, 50]),
    };
    let more = round_numbers().filter_map(|count| i128::try_from(count).ok());
    let counts = in_whole.into_iter().chain(more);
    let mut steps = counts.filter_map(|count| of_unit.checked_mul(count));
    let step = steps.find(|step| has_room(*step, span));
    let label = |minute: i128| {
        let count = Decimal::from_i128(minute.div_euclid(of_unit));
        count.map_or_else(String::new, |count| grouped(count, 0))
    };
    let tick = |minute| Tick {
        minute,
        lines: [label(minute), String::new()],
    };
    TimeAxis {
        ticks: multiples(step.unwrap_or(i128::MAX), 0, span.start, end)
            .map(tick)
            .collect(),
        caption: format!("{unit} from {origin}"),
    }
}

/// Minutes from `start` to `end` that are multiples of `step` on a clock that is `ahead`.
fn multiples(step: i128, ahead: i128, start: i128, end: i128) -> impl Iterator<Item = i128> {
    let before = start.saturating_add(ahead).saturating_sub(1);
    let first = before.div_euclid(step).saturating_add(1);
    (0..=MOST)
        .filter_map(move |at| {
            let minute = first.checked_add(at)?.checked_mul(step)?;
            minute.checked_sub(ahead)
        })
        .take_while(move |minute| *minute <= end)
}

fn dates(span: &Span, end: i128) -> Vec<Tick> {
    let clock = MINUTES.map(|step| (step, ["%H:%M", "%Y-%m-%d"]));
    let days = DAYS.map(|step| (step, ["%m-%d", "%Y"]));
    let mut steps = clock.into_iter().chain(days);
    let found = steps.find(|(step, _)| has_room(*step, span));
    let (minutes, formats): (Vec<i128>, _) = match found {
        Some((step, formats)) => (multiples(step, AHEAD, span.start, end).collect(), formats),
        None => {
            let years =
                round_numbers().filter_map(|years| i128::try_from(years).ok()?.checked_mul(12));
            let mut steps = MONTHS.into_iter().chain(years);
            let step = steps.find(|step| has_room(step.saturating_mul(MONTH), span));
            let step = step.unwrap_or(12_000);
            let format = if step < 12 { "%Y-%m" } else { "%Y" };
            (months(step, span.start, end), [format, ""])
        }
    };
    labelled(minutes, formats)
}

/// The first minutes of every `step`th month from `start` to `end`.
fn months(step: i128, start: i128, end: i128) -> Vec<i128> {
    let Some(from) = local(start) else {
        return Vec::new();
    };
    let years = i128::from(from.year()).saturating_mul(12);
    let first = years.saturating_add(from.month0().into()).div_euclid(step);
    let minute = |at: i128| {
        let month = first.checked_add(at)?.checked_mul(step)?;
        let year = i32::try_from(month.div_euclid(12)).ok()?;
        let in_year = u32::try_from(month.rem_euclid(12)).ok()?.checked_add(1)?;
        let day = NaiveDate::from_ymd_opt(year, in_year, 1)?;
        let seconds = day.and_hms_opt(0, 0, 0)?.and_utc().timestamp();
        i128::from(seconds).div_euclid(60).checked_sub(AHEAD)
    };
    // A month more at either end, as the first is not always within.
    (0..MOST.saturating_mul(2))
        .filter_map(minute)
        .filter(|minute| (start..=end).contains(minute))
        .collect()
}

/// Ticks with the first format; with the second below it where it changes.
fn labelled(minutes: Vec<i128>, [fine, coarse]: [&str; 2]) -> Vec<Tick> {
    let mut last = String::new();
    let mut ticks = Vec::new();
    for minute in minutes {
        let Some(time) = local(minute) else { continue };
        let below = time.format(coarse).to_string();
        let changed = below != last;
        let second = if changed { below.as_str() } else { "" };
        let lines = [time.format(fine).to_string(), second.to_owned()];
        ticks.push(Tick { minute, lines });
        last = below;
    }
    ticks
}

/// The time on a clock in China; `None` beyond years of four digits.
fn local(minute: i128) -> Option<NaiveDateTime> {
    let seconds = minute.checked_add(AHEAD)?.checked_mul(60)?;
    let seconds = TimeDelta::try_seconds(i64::try_from(seconds).ok()?)?;
    let time = DateTime::UNIX_EPOCH
        .naive_utc()
        .checked_add_signed(seconds)?;
    (0..=9_999).contains(&time.year()).then_some(time)
}
