//! Lengths of time.

use std::fmt;

use rust_decimal::Decimal;

use super::{Increment, SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE};
use crate::billing::exact::{self, TooLarge};
use crate::billing::number::{NumberError, counted, parse_decimal};

/// The longest span that is accepted, in seconds: a hundred years of 365.25 days.
const MAX_SECONDS: u64 = 3_155_760_000;

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

    /// A span of whole hours, for data such as the 24 hours after an overdue balance.
    #[must_use]
    pub fn hours(hours: u32) -> Self {
        let seconds = u64::from(hours).saturating_mul(SECONDS_PER_HOUR);
        Self {
            seconds: Decimal::from(seconds),
        }
    }

    /// A span of whole seconds.
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

    /// Whether it is a whole number of days.
    #[must_use]
    pub fn is_whole_days(&self) -> bool {
        exact::div(self.seconds, SECONDS_PER_DAY)
            .is_ok_and(|days| days.exact && days.value.fract().is_zero())
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
