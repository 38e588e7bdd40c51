//! Times as logs write them, to instants: dates with a clock time, and Unix times in four units.

use super::format::{MINUTE, SECOND, TimeFormat, TimeProblem, TimeUnit};
use super::stamp::{Stamp, stamp};

/// China Standard Time, which is taken where a time has no zone.
pub const CHINA: i64 = 8 * 60 * MINUTE;
/// 2000-01-01T00:00Z.
const FIRST: i64 = 946_684_800 * SECOND;
/// The first minute that is one of a calendar: before it, minutes are counted from a start of their own.
pub const FIRST_DATE: i64 = FIRST / MINUTE;
/// 2101-01-01T00:00Z.
const END: i64 = 4_133_980_800 * SECOND;

/// A number whose unit its size does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unclear;

/// What is known of the times of a file before the first of them is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Times {
    /// The unit of numbers, where it was given. They may then also count from 0.
    pub unit: Option<TimeUnit>,
    /// The unit of numbers that count from 0, where the log is known to have such.
    pub from_zero: Option<TimeUnit>,
    /// Whether dates and times without a zone are UTC.
    pub utc: bool,
}

/// How the times of one file are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The format of its first row.
    pub format: TimeFormat,
    /// The earliest instant.
    pub from: i64,
}

impl Clock {
    /// How a file is read whose first time is `text`; `None` when that is no time.
    pub fn recognise(text: &[u8], times: Times) -> Result<Option<Self>, Unclear> {
        let format = match stamp(text) {
            Err(TimeProblem::OutOfYears(format)) => format,
            Err(_) => return Ok(None),
            Ok(Stamp::DateTime { offset, .. }) => TimeFormat::DateTime {
                zone: offset.is_some(),
            },
            Ok(Stamp::Number(value)) => {
                let fits = |unit: &TimeUnit| {
                    let at = nanoseconds(value, *unit);
                    at.is_some_and(|at| (FIRST..END).contains(&at))
                };
                let of_dates = || TimeUnit::ALL.into_iter().find(fits);
                let counted = match times.unit {
                    Some(unit) => Some(unit),
                    None => times.from_zero.filter(|_| of_dates().is_none()),
                };
                if let Some(unit) = counted {
                    return Ok(Some(Self {
                        format: TimeFormat::Unix(unit),
                        from: 0,
                    }));
                }
                TimeFormat::Unix(of_dates().ok_or(Unclear)?)
            }
        };
        let format = match format {
            TimeFormat::DateTime { zone: false } if times.utc => TimeFormat::Utc,
            format => format,
        };
        Ok(Some(Self {
            format,
            from: FIRST,
        }))
    }

    /// A time in whatever format it has, in nanoseconds since the Unix epoch.
    pub fn instant(text: &[u8], times: Times) -> Option<i64> {
        let clock = Self::recognise(text, times).ok()??;
        clock.read(text).ok()
    }

    /// Nanoseconds since the Unix epoch.
    pub fn read(&self, text: &[u8]) -> Result<i64, TimeProblem> {
        let found = stamp(text)?;
        let at = match (found, self.format) {
            (Stamp::DateTime { local, offset }, TimeFormat::DateTime { zone })
                if zone == offset.is_some() =>
            {
                local.checked_sub(offset.unwrap_or(CHINA))
            }
            (
                Stamp::DateTime {
                    local,
                    offset: None,
                },
                TimeFormat::Utc,
            ) => Some(local),
            (Stamp::Number(value), TimeFormat::Unix(unit)) => nanoseconds(value, unit),
            _ => return Err(TimeProblem::Other(self.format)),
        };
        at.filter(|at| self.contains(*at))
            .ok_or(TimeProblem::OutOfYears(self.format))
    }

    /// Whether an instant may stand in the file.
    pub fn contains(&self, at: i64) -> bool {
        self.from <= at && at < END
    }
}

/// Whether an instant can only be counted from the start of its trace.
pub fn is_relative(at: i64) -> bool {
    at < FIRST
}

/// The unit in which the first and the last time would be dates, which were read in this one as
/// nanoseconds and are none: then this one may be wrong.
pub fn doubted(given: TimeUnit, first: i64, last: i64) -> Option<TimeUnit> {
    let is_date = |unit: TimeUnit, at: i64| {
        let at = i128::from(at).saturating_mul(given.per_second().into());
        let at = at.checked_div_euclid(unit.per_second().into());
        at.is_some_and(|at| (i128::from(FIRST)..i128::from(END)).contains(&at))
    };
    let mut others = TimeUnit::ALL.into_iter().filter(|unit| *unit != given);
    others
        .find(|unit| is_date(*unit, first) && is_date(*unit, last))
        .filter(|_| is_relative(first))
}

fn nanoseconds(billionths: i128, unit: TimeUnit) -> Option<i64> {
    let at = billionths.checked_div_euclid(unit.per_second().into())?;
    i64::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, unit: Option<TimeUnit>) -> Option<(TimeFormat, i64)> {
        let times = Times {
            unit,
            ..Times::default()
        };
        let clock = Clock::recognise(text.as_bytes(), times).unwrap()?;
        Some((clock.format, clock.read(text.as_bytes()).ok()?))
    }

    #[test]
    fn the_same_instant_is_read_from_every_format() {
        let at = 1_700_129_823 * SECOND;
        let zoned = TimeFormat::DateTime { zone: true };
        let bare = TimeFormat::DateTime { zone: false };
        let (unix, nanos) = (TimeFormat::Unix, 979_960_000);
        for (text, format, fraction) in [
            ("2023-11-16T10:17:03Z", zoned, 0),
            ("2023-11-16t10:17:03.5z", zoned, 500_000_000),
            ("2023-11-16 10:17:03 UTC", zoned, 0),
            ("2023-11-16 10:17:03.250000 UTC", zoned, 250_000_000),
            ("2023-11-16 18:17:03+08:00", zoned, 0),
            ("2023-11-16 18:17:03 +0800", zoned, 0),
            ("2023-11-16 05:47:03-04:30", zoned, 0),
            ("2023-11-16 05:17:03-05", zoned, 0),
            ("2023-11-16 18:17:03.9799600", bare, nanos),
            ("2023-11-16T18:17:03.0000000009", bare, 0),
            ("1700129823", unix(TimeUnit::Seconds), 0),
            ("1.700129823e9", unix(TimeUnit::Seconds), 0),
            ("1700129823.97996", unix(TimeUnit::Seconds), nanos),
            ("1700129823979.96", unix(TimeUnit::Milliseconds), nanos),
            ("1700129823979960", unix(TimeUnit::Microseconds), nanos),
            ("1700129823979960000", unix(TimeUnit::Nanoseconds), nanos),
        ] {
            assert_eq!(read(text, None), Some((format, at + fraction)), "{text}");
        }
        let minute = read("2023-11-16 18:17", None);
        assert_eq!(minute, Some((bare, at - 3 * SECOND)));
    }

    #[test]
    fn what_is_no_time_or_out_of_the_years_is_refused() {
        for text in [
            "",
            "x",
            "NaN",
            "-5",
            "null",
            "2023-11-16",
            "2023-13-16 18:17:03",
            "2023-02-29 00:00:00",
            "2023-11-16 24:00:00",
            "2023-11-16 18:60:03",
            "2023-11-16 18:17:60",
            "2023-11-16 18",
            "2023-11-16 18:17.5",
            "2023-11-16 18:17:03.",
            "2023-11-16 18:17:03+8",
            "10000-01-01 00:00:00",
            "2023-11-16 18:17:03:04",
            "1999-12-31T23:59:59Z",
            "2101-01-01T00:00:00Z",
            "2000-01-01 07:59:59",
            "٢٠٢٣-11-16 18:17:03",
            "2023-11-16 18:17:03+24:00",
            "1e",
            "e9",
            "1.e9",
            ".5",
        ] {
            assert_eq!(read(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_small_number_needs_its_unit_and_may_be_relative_with_it() {
        for text in [
            "0",
            "1",
            "2000",
            "20231116181703",
            "99999999999999999999999",
            "1e400",
            "0e999999999",
        ] {
            assert_eq!(
                Clock::recognise(text.as_bytes(), Times::default()),
                Err(Unclear),
                "{text}"
            );
        }
        let unit = Some(TimeUnit::Milliseconds);
        let format = TimeFormat::Unix(TimeUnit::Milliseconds);
        assert_eq!(read("0", unit), Some((format, 0)));
        assert_eq!(read("2000.5", unit), Some((format, 2_000_500_000)));
        assert_eq!(read("99999999999999", unit), None);
    }

    #[test]
    fn a_known_log_may_count_from_0_and_have_its_times_in_utc() {
        let times = Times {
            from_zero: Some(TimeUnit::Milliseconds),
            utc: true,
            unit: None,
        };
        let read = |text: &str| {
            let clock = Clock::recognise(text.as_bytes(), times).unwrap()?;
            Some((clock.format, clock.read(text.as_bytes()).ok()?))
        };
        let unix = TimeFormat::Unix;
        assert_eq!(read("0"), Some((unix(TimeUnit::Milliseconds), 0)));
        assert_eq!(
            read("1500"),
            Some((unix(TimeUnit::Milliseconds), 1_500_000_000))
        );
        // A number that is a date is one.
        let at = 1_700_129_823 * SECOND;
        assert_eq!(read("1700129823"), Some((unix(TimeUnit::Seconds), at)));
        assert_eq!(read("2023-11-16 10:17:03"), Some((TimeFormat::Utc, at)));
        let zoned = TimeFormat::DateTime { zone: true };
        assert_eq!(read("2023-11-16T10:17:03Z"), Some((zoned, at)));
    }
}
