//! Durations and billing increments: the only place where time is rounded up.

use std::fmt;

use rust_decimal::Decimal;

use super::exact::{self, TooLarge};
use super::number::{NumberError, counted, parse_decimal};
use super::unit::{Quantity, Unit};

const SECONDS_PER_MINUTE: u64 = 60;
const SECONDS_PER_HOUR: u64 = 3_600;
const SECONDS_PER_DAY: u64 = 86_400;

/// The longest span that is taken for serious: a hundred years of 365.25 days.
const MAX_SECONDS: u64 = 3_155_760_000;

/// How a deployment is bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// Billed afterwards for what was used.
    PayAsYouGo,
    /// Paid at the order for whole days or months.
    Subscription,
}

impl Term {
    /// `pay-as-you-go` or `subscription`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PayAsYouGo => "pay-as-you-go",
            Self::Subscription => "subscription",
        }
    }
}

/// A length of time, exact, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    seconds: Decimal,
}

impl Span {
    /// Reads decimal `unit`s (`10`, `1.5`) or a duration (`90m`, `1h30m`, `7d`, `1d12h`).
    ///
    /// # Errors
    /// A sentence about what is wrong with the text. Nothing is negative or above a hundred years.
    pub fn parse(text: &str, unit: Increment) -> Result<Self, String> {
        let number_of = |digits: &str, seconds: u64| {
            let number = parse_decimal(digits).map_err(|error| {
                if error == NumberError::TooLarge {
                    "it has too many digits".to_owned()
                } else if digits.starts_with('-') {
                    "it is negative".to_owned()
                } else {
                    format!(
                        "it is not a number of {}s or a duration such as `1h30m`",
                        unit.noun()
                    )
                }
            })?;
            exact::mul(number, Decimal::from(seconds))
                .map_err(|TooLarge| "it has too many digits".to_owned())
        };
        let mut seconds = Decimal::ZERO;
        if text.ends_with(|c: char| c.is_ascii_alphabetic()) {
            let mut previous = u64::MAX;
            for part in text.split_inclusive(|c: char| c.is_ascii_alphabetic()) {
                let suffix = part.chars().next_back().unwrap_or_default();
                let digits = part.strip_suffix(suffix).unwrap_or_default();
                let size = match suffix.to_ascii_lowercase() {
                    'd' => SECONDS_PER_DAY,
                    'h' => SECONDS_PER_HOUR,
                    'm' => SECONDS_PER_MINUTE,
                    's' => 1,
                    _ => return Err("a duration counts in `d`, `h`, `m` and `s`".to_owned()),
                };
                if size >= previous {
                    return Err("a duration has its units in order, as in `1d12h30m`".to_owned());
                }
                previous = size;
                let more = number_of(digits, size)?;
                seconds = exact::add(seconds, more).map_err(|TooLarge| too_long())?;
            }
        } else {
            seconds = number_of(text, unit.seconds())?;
        }
        if seconds > Decimal::from(MAX_SECONDS) {
            return Err(too_long());
        }
        Ok(Self { seconds })
    }

    /// Whole hours. For spans that are data, such as the 24 hours after an overdue balance.
    #[must_use]
    pub fn hours(hours: u32) -> Self {
        let seconds = u64::from(hours).saturating_mul(SECONDS_PER_HOUR);
        Self {
            seconds: Decimal::from(seconds),
        }
    }

    /// Whole seconds.
    #[must_use]
    pub fn of_seconds(seconds: u64) -> Self {
        Self {
            seconds: Decimal::from(seconds),
        }
    }

    /// Whether it has no length.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.seconds.is_zero()
    }

    /// The length in seconds, exactly.
    #[must_use]
    pub fn seconds(&self) -> Decimal {
        self.seconds
    }

    /// The same length `times` over.
    ///
    /// # Errors
    /// [`TooLarge`] when the seconds do not fit.
    pub fn times(&self, times: u64) -> Result<Self, TooLarge> {
        let seconds = exact::mul(self.seconds, Decimal::from(times))?;
        Ok(Self { seconds })
    }

    /// The length in whole seconds, a started one counted whole; at most a hundred years.
    #[must_use]
    pub fn whole_seconds(&self) -> i64 {
        exact::div_ceil(self.seconds, 1)
            .ok()
            .and_then(|seconds| i64::try_from(seconds).ok())
            .unwrap_or(i64::MAX)
    }

    /// In decimal days where they end: `6.5 days`, else as hours, minutes and seconds.
    #[must_use]
    pub fn in_days(&self) -> String {
        match exact::div(self.seconds, SECONDS_PER_DAY) {
            Ok(days) if days.exact && days.value == Decimal::ONE => "1 day".to_owned(),
            Ok(days) if days.exact => format!("{} days", exact::plain(days.value)),
            _ => self.to_string(),
        }
    }

    /// In whole days, hours and minutes, as one says it: `3 days 4 hours`. Seconds are said only of
    /// less than an hour, and what is not said is dropped.
    #[must_use]
    pub fn in_words(&self) -> String {
        let whole = exact::floor_ratio(self.seconds, Decimal::ONE).unwrap_or(u64::MAX);
        let part = |size: u64, of: u64| {
            let within = whole.checked_rem(of).unwrap_or(whole);
            within.checked_div(size).unwrap_or(0)
        };
        let mut parts = vec![
            (part(SECONDS_PER_DAY, u64::MAX), "day"),
            (part(SECONDS_PER_HOUR, SECONDS_PER_DAY), "hour"),
            (part(SECONDS_PER_MINUTE, SECONDS_PER_HOUR), "minute"),
        ];
        if whole < SECONDS_PER_HOUR {
            parts.push((part(1, SECONDS_PER_MINUTE), "second"));
        }
        let said: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| counted(count, noun))
            .collect();
        if said.is_empty() {
            "less than a second".to_owned()
        } else {
            said.join(" ")
        }
    }

    /// An ISO 8601 duration in hours, minutes and seconds: `PT1H30M`.
    #[must_use]
    pub fn iso(&self) -> String {
        let parts = self.parts();
        let mut text = "PT".to_owned();
        for (value, designator) in [
            (parts.hours, 'H'),
            (parts.minutes, 'M'),
            (parts.seconds, 'S'),
        ] {
            if !value.is_zero() {
                text.push_str(&exact::plain(value));
                text.push(designator);
            }
        }
        if self.is_zero() {
            text.push_str("0S");
        }
        text
    }

    fn parts(&self) -> Parts {
        let hour = Decimal::from(SECONDS_PER_HOUR);
        let minute = Decimal::from(SECONDS_PER_MINUTE);
        let past_hour = self.seconds.checked_rem(hour).unwrap_or_default();
        let past_minute = past_hour.checked_rem(minute).unwrap_or_default();
        let whole = |seconds: Decimal, size: u64| {
            exact::div(seconds, size).map_or(Decimal::ZERO, |quotient| quotient.value)
        };
        let hours = exact::sub(self.seconds, past_hour).unwrap_or_default();
        let minutes = exact::sub(past_hour, past_minute).unwrap_or_default();
        Parts {
            hours: whole(hours, SECONDS_PER_HOUR),
            minutes: whole(minutes, SECONDS_PER_MINUTE),
            seconds: past_minute,
        }
    }
}

/// A span taken apart: whole hours and minutes, and the seconds that are left.
struct Parts {
    hours: Decimal,
    minutes: Decimal,
    seconds: Decimal,
}

impl fmt::Display for Span {
    /// As one says it: `1h 30m`, `45s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.parts();
        let said: Vec<String> = [
            (parts.hours, 'h'),
            (parts.minutes, 'm'),
            (parts.seconds, 's'),
        ]
        .into_iter()
        .filter(|(value, _)| !value.is_zero())
        .map(|(value, suffix)| format!("{}{suffix}", exact::plain(value)))
        .collect();
        if said.is_empty() {
            f.write_str("0s")
        } else {
            f.write_str(&said.join(" "))
        }
    }
}

fn too_long() -> String {
    "it is too long: the limit is a hundred years".to_owned()
}

/// The smallest stretch of time that is billed. Catalog data, not code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Increment {
    /// A started minute is billed as a whole minute.
    Minute,
    /// A started hour is billed as a whole hour.
    Hour,
    /// A started day is billed as a whole day.
    Day,
}

impl Increment {
    /// Reads `minute`, `hour` or `day`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "minute" => Some(Self::Minute),
            "hour" => Some(Self::Hour),
            "day" => Some(Self::Day),
            _ => None,
        }
    }

    /// `minute`, `hour` or `day`.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }

    fn seconds(self) -> u64 {
        match self {
            Self::Minute => SECONDS_PER_MINUTE,
            Self::Hour => SECONDS_PER_HOUR,
            Self::Day => SECONDS_PER_DAY,
        }
    }

    fn unit(self) -> Unit {
        match self {
            Self::Minute => Unit::Minute,
            Self::Hour => Unit::Hour,
            Self::Day => Unit::Day,
        }
    }

    /// How many of it an hour has; 0 for a day, which no hour has.
    #[must_use]
    pub fn per_hour(self) -> u64 {
        match self {
            Self::Minute => 60,
            Self::Hour => 1,
            Self::Day => 0,
        }
    }

    /// Rounds `span` up to whole increments.
    ///
    /// # Errors
    /// [`TooLarge`] is not reached for spans that [`Span::parse`] takes.
    pub fn bill(self, span: Span) -> Result<Billed, TooLarge> {
        let count = exact::div_ceil(span.seconds, self.seconds())?;
        let whole = exact::mul(Decimal::from(count), Decimal::from(self.seconds()))?;
        Ok(Billed {
            count,
            increment: self,
            rounded_up: whole != span.seconds,
        })
    }
}

/// A span as it is billed: a whole number of increments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Billed {
    /// How many increments.
    pub count: u64,
    /// Of what length.
    pub increment: Increment,
    /// Whether the span was shorter than what is billed.
    pub rounded_up: bool,
}

impl Billed {
    /// The same in each of `runs`.
    ///
    /// # Errors
    /// [`TooLarge`] when the count does not fit.
    pub fn times(self, runs: u64) -> Result<Self, TooLarge> {
        let count = self.count.checked_mul(runs).ok_or(TooLarge)?;
        Ok(Self { count, ..self })
    }

    /// The count as a factor of a line item.
    #[must_use]
    pub fn quantity(&self) -> Quantity {
        Quantity::of(self.count, self.increment.unit())
    }
}

impl fmt::Display for Billed {
    /// `2 h`, `91 min`, `7 days`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = super::number::grouped(Decimal::from(self.count), 0);
        match self.increment {
            Increment::Minute => write!(f, "{number} min"),
            Increment::Hour => write!(f, "{number} h"),
            Increment::Day => f.write_str(&counted(self.count, "day")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(text: &str) -> Result<Span, String> {
        Span::parse(text, Increment::Hour)
    }

    #[test]
    fn hours_are_decimal_or_a_duration() {
        for (text, seconds) in [
            ("10", 36_000),
            ("1.5", 5_400),
            ("90m", 5_400),
            ("1h30m", 5_400),
            ("1H30M", 5_400),
            ("7d", 604_800),
            ("1d12h", 129_600),
            ("30s", 30),
            ("1.5h", 5_400),
        ] {
            assert_eq!(
                hours(text).map(|s| s.seconds()),
                Ok(Decimal::from(seconds)),
                "{text}"
            );
        }
        for text in [
            "",
            "h",
            "1h1h",
            "30m1h",
            "1x",
            "1h30",
            "-1",
            "-1h",
            "1e3",
            "1e3h",
            "877000",
            "9999999999999999999999999999999",
        ] {
            assert!(hours(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_started_increment_is_billed_whole() {
        let span = hours("1.5").unwrap();
        let billed = Increment::Hour.bill(span).unwrap();
        assert_eq!((billed.count, billed.rounded_up), (2, true));
        let billed = Increment::Minute.bill(span).unwrap();
        assert_eq!((billed.count, billed.rounded_up), (90, false));
        let billed = Increment::Minute.bill(hours("90m0.001s").unwrap()).unwrap();
        assert_eq!((billed.count, billed.rounded_up), (91, true));
    }

    #[test]
    fn a_long_span_is_said_in_words() {
        for (text, words) in [
            ("76", "3 days 4 hours"),
            ("24", "1 day"),
            ("1h1m59s", "1 hour 1 minute"),
            ("2m3s", "2 minutes 3 seconds"),
            ("0.9s", "less than a second"),
        ] {
            assert_eq!(hours(text).unwrap().in_words(), words, "{text}");
        }
    }

    #[test]
    fn spans_are_said_and_written() {
        let span = hours("1h30m").unwrap();
        assert_eq!(
            (span.to_string(), span.iso()),
            ("1h 30m".to_owned(), "PT1H30M".to_owned())
        );
        let week = hours("7d").unwrap();
        assert_eq!(
            (week.to_string(), week.iso()),
            ("168h".to_owned(), "PT168H".to_owned())
        );
        let odd = hours("0.0001").unwrap();
        assert_eq!(
            (odd.to_string(), odd.iso()),
            ("0.36s".to_owned(), "PT0.36S".to_owned())
        );
    }
}
