//! Hours of the day with prices of their own, and how tokens are spread over them. All clock times are China
//! Standard Time.

use std::fmt;

use chrono::Timelike;
use rust_decimal::Decimal;

use super::calendar::is_shaped;
use super::error::QuoteError;
use super::exact;
use super::kind::Tokens;
use super::moment::{Moment, china_standard_time};
use super::term::Span;

/// Minutes of a day.
pub const DAY: u16 = 24 * 60;
/// Seconds of a minute.
const MINUTE: u32 = 60;
/// Seconds of a day.
const SECONDS: u32 = 86_400;

/// Hours of each day: from the first minute to before the second. They may go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hours {
    /// Minutes after midnight, below [`DAY`].
    from: u16,
    /// Minutes after midnight, from 1 to [`DAY`], and another minute than `from`.
    until: u16,
}

impl Hours {
    /// Reads `08:00-22:00`; `None` if it is not written so, or has no minute.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if !is_shaped(text, "00:00-00:00") {
            return None;
        }
        let (from, until) = text.split_once('-')?;
        let from = minute_of(from).filter(|from| *from < DAY)?;
        // Midnight at the end is that of the day.
        let until = match minute_of(until)? {
            0 => DAY,
            until => until,
        };
        (until <= DAY && from != until).then_some(Self { from, until })
    }

    /// The first minute of a day in which they begin.
    #[must_use]
    pub fn from(self) -> u16 {
        self.from
    }

    /// How many minutes of a day they are.
    #[must_use]
    pub fn minutes(self) -> u16 {
        match self.until.checked_sub(self.from) {
            Some(minutes) => minutes,
            None => DAY.saturating_sub(self.from).saturating_add(self.until),
        }
    }

    /// Whether a minute of the day, counted from midnight, is in them.
    #[must_use]
    pub fn contains(self, minute: u16) -> bool {
        match self.from < self.until {
            true => self.from <= minute && minute < self.until,
            false => self.from <= minute || minute < self.until,
        }
    }

    /// How many of the seconds from one to another of a day and the one after it are in them.
    fn seconds_between(self, from: Decimal, to: Decimal) -> Result<Decimal, QuoteError> {
        let begins = u32::from(self.from).saturating_mul(MINUTE);
        let lasts = u32::from(self.minutes()).saturating_mul(MINUTE);
        let mut seconds = Decimal::ZERO;
        // Those that began the day before, and those of both days.
        for day in [-1_i64, 0, 1] {
            let midnight = day.saturating_mul(SECONDS.into());
            let first = Decimal::from(midnight.saturating_add(begins.into()));
            let end = exact::add(first, lasts.into())?;
            let within = exact::sub(end.min(to), first.max(from))?;
            seconds = exact::add(seconds, within.max(Decimal::ZERO))?;
        }
        Ok(seconds)
    }
}

fn minute_of(clock: &str) -> Option<u16> {
    let (hours, minutes) = clock.split_once(':')?;
    let minutes: u16 = minutes.parse().ok().filter(|minutes| *minutes < 60)?;
    hours
        .parse::<u16>()
        .ok()?
        .checked_mul(60)?
        .checked_add(minutes)
}

impl fmt::Display for Hours {
    /// As it is said: `08:00–22:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, until) = (Clock(self.from), Clock(self.until));
        write!(f, "{from}–{until}")
    }
}

impl Hours {
    /// As it is written in files and in JSON: `08:00-22:00`.
    #[must_use]
    pub fn written(self) -> String {
        format!("{}-{}", Clock(self.from), Clock(self.until))
    }
}

/// Minutes after midnight as a clock shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock(pub u16);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes) = (self.0.checked_div(60), self.0.checked_rem(60));
        write!(f, "{:02}:{:02}", hours.unwrap_or(0), minutes.unwrap_or(0))
    }
}

/// What is wrong with hours that are to be a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADay {
    /// No hours have this minute.
    Gap(Clock),
    /// Several have this minute.
    Twice(Clock),
}

/// Whether these hours are a day, each minute once.
///
/// # Errors
/// The first minute that is not.
pub fn are_a_day(all: &[Hours]) -> Result<(), NotADay> {
    for minute in 0..DAY {
        match all.iter().filter(|hours| hours.contains(minute)).count() {
            1 => {}
            0 => return Err(NotADay::Gap(Clock(minute))),
            _ => return Err(NotADay::Twice(Clock(minute))),
        }
    }
    Ok(())
}

/// When tokens are used, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At an even rate, at all times of the day alike.
    AllDay,
    /// It is not known at which hours: they are taken for spread evenly over the day.
    Unknown,
    /// At an even rate in a time that begins at a moment.
    From(Moment, Span),
}

impl When {
    /// When traffic comes that lasts for some hours of each day: only of a whole day they are known.
    #[must_use]
    pub fn of_hours_per_day(hours: Span) -> Self {
        match hours == Span::hours(24) {
            true => Self::AllDay,
            false => Self::Unknown,
        }
    }

    /// How much of the time each of these hours, which are a day, has.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the time does not fit.
    pub fn shares(self, all: &[Hours]) -> Result<Vec<Decimal>, QuoteError> {
        let Self::From(start, span) = self else {
            let minutes = all.iter().map(|hours| hours.minutes().into());
            return Ok(minutes.collect());
        };
        let start = start.with_timezone(&china_standard_time());
        let from = Decimal::from(start.num_seconds_from_midnight());
        let day = Decimal::from(SECONDS);
        let days = Decimal::from(exact::floor_ratio(span.seconds(), day)?);
        let rest = exact::sub(span.seconds(), exact::mul(days, day)?)?;
        let to = exact::add(from, rest)?;
        let share = |hours: &Hours| {
            let a_day = Decimal::from(u32::from(hours.minutes()).saturating_mul(MINUTE));
            Ok(exact::add(
                exact::mul(days, a_day)?,
                hours.seconds_between(from, to)?,
            )?)
        };
        all.iter().map(share).collect()
    }
}

/// `count` divided by `shares`: each part is what the shares up to it have, rounded down, less what is in the
/// parts before it. So the parts are whole, less than one off, and add up to `count`.
///
/// # Errors
/// [`QuoteError::TooLarge`] when a product does not fit.
pub fn divided(count: u64, shares: &[Decimal]) -> Result<Vec<u64>, QuoteError> {
    let all = exact::sum(shares.iter().copied())?;
    let mut parts = Vec::new();
    let (mut reached, mut before) = (Decimal::ZERO, 0_u64);
    for share in shares {
        reached = exact::add(reached, *share)?;
        // Of no time there is no part.
        let until = match all.is_zero() {
            true => 0,
            false => exact::floor_ratio(exact::mul(count.into(), reached)?, all)?,
        };
        parts.push(until.saturating_sub(before));
        before = until;
    }
    Ok(parts)
}

/// Tokens divided by `shares`, each kind of them by itself as in [`divided`].
///
/// # Errors
/// [`QuoteError::TooLarge`] when a number does not fit.
pub fn divided_tokens(tokens: Tokens, shares: &[Decimal]) -> Result<Vec<Tokens>, QuoteError> {
    let mut parts = vec![Tokens::default(); shares.len()];
    for kind in super::kind::TokenKind::ALL {
        for (part, count) in parts.iter_mut().zip(divided(tokens.of(kind), shares)?) {
            let more = Tokens::of_kinds(|other| if other == kind { count } else { 0 })?;
            *part = part.plus(more)?;
        }
    }
    Ok(parts)
}
