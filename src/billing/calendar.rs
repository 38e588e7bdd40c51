//! When a subscription ends. All clock times are China Standard Time.

use chrono::{Datelike, Days, Months, NaiveTime, TimeDelta};

use super::error::QuoteError;
pub use super::moment::{Moment, china_standard_time, is_shaped};

/// The rules of a daily subscription's end. Catalog data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpiryRules {
    /// An order later than this clock time is valid a day longer.
    pub late_after: NaiveTime,
    /// The clock time on the last day at which it expires.
    pub expires_at: NaiveTime,
    /// Hours from expiry to the stop of the service.
    pub grace_hours: u32,
    /// Hours from the stop to the release of the resources.
    pub retention_hours: u32,
}

/// The calendar of a subscription. What the provider does not document is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// When it is ordered and paid.
    pub starts: Moment,
    /// When the subscription ends.
    pub expires: Option<Moment>,
    /// When the service stops.
    pub stops: Option<Moment>,
    /// When its resources are released.
    pub released: Option<Moment>,
}

impl Schedule {
    /// A schedule of which only the start is known.
    #[must_use]
    pub fn open(starts: Moment) -> Self {
        Self {
            starts,
            expires: None,
            stops: None,
            released: None,
        }
    }
}

/// A daily subscription's schedule, and whether its order was late enough for a day more.
///
/// # Errors
/// [`QuoteError::CalendarEnds`] past the year 2100.
pub fn daily(
    starts: Moment,
    days: u64,
    rules: &ExpiryRules,
) -> Result<(Schedule, bool), QuoteError> {
    let late = starts.time() > rules.late_after;
    let after_first_day = days.saturating_sub(1).saturating_add(u64::from(late));
    let last_day = starts
        .date_naive()
        .checked_add_days(Days::new(after_first_day))
        .ok_or(QuoteError::CalendarEnds)?;
    let expires = last_day
        .and_time(rules.expires_at)
        .and_local_timezone(*starts.offset())
        .single()
        .ok_or(QuoteError::CalendarEnds)?;
    let stops = after(expires, i64::from(rules.grace_hours).saturating_mul(3_600))?;
    let released = after(
        stops,
        i64::from(rules.retention_hours).saturating_mul(3_600),
    )?;
    let schedule = Schedule {
        starts,
        expires: Some(expires),
        stops: Some(stops),
        released: Some(released),
    };
    Ok((schedule, late))
}

/// The moment that is `seconds` after `moment`.
///
/// # Errors
/// [`QuoteError::CalendarEnds`] past the year 2100.
pub fn after(moment: Moment, seconds: i64) -> Result<Moment, QuoteError> {
    TimeDelta::try_seconds(seconds)
        .and_then(|delta| moment.checked_add_signed(delta))
        .filter(|end| end.year() <= 2100)
        .ok_or(QuoteError::CalendarEnds)
}

/// `months` calendar months after `moment`, counted from it: January 31 and 2 months is March 31.
///
/// # Errors
/// [`QuoteError::CalendarEnds`] past the year 2100.
pub fn months_after(moment: Moment, months: u32) -> Result<Moment, QuoteError> {
    moment
        .checked_add_months(Months::new(months))
        .filter(|end| end.year() <= 2100)
        .ok_or(QuoteError::CalendarEnds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn rules() -> ExpiryRules {
        ExpiryRules {
            late_after: NaiveTime::from_hms_opt(22, 0, 0).unwrap(),
            expires_at: NaiveTime::from_hms_opt(23, 59, 0).unwrap(),
            grace_hours: 2,
            retention_hours: 14,
        }
    }

    fn at(text: &str) -> Moment {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn an_order_after_ten_in_the_evening_has_a_day_more() {
        for (starts, expires, late) in [
            ("2026-06-01T21:59:00", "2026-06-01T23:59:00", false),
            ("2026-06-01T22:00:00", "2026-06-01T23:59:00", false),
            ("2026-06-01T22:00:01", "2026-06-02T23:59:00", true),
            ("2026-02-28T23:59:59", "2026-03-01T23:59:00", true),
        ] {
            let at = |text: &str| at(&format!("{text}+08:00"));
            let (schedule, was_late) = daily(at(starts), 1, &rules()).unwrap();
            assert_eq!(
                (schedule.expires, was_late),
                (Some(at(expires)), late),
                "{starts}"
            );
        }
    }

    #[test]
    fn months_are_counted_from_the_start() {
        let start = at("2026-01-31T10:00:00+08:00");
        assert_eq!(months_after(start, 1), Ok(at("2026-02-28T10:00:00+08:00")));
        assert_eq!(months_after(start, 2), Ok(at("2026-03-31T10:00:00+08:00")));
    }

    #[test]
    fn the_calendar_ends_without_a_panic() {
        let start = at("2100-12-31T10:00:00+08:00");
        assert_eq!(
            daily(start, u64::MAX, &rules()),
            Err(QuoteError::CalendarEnds)
        );
        assert_eq!(daily(start, 2, &rules()), Err(QuoteError::CalendarEnds));
        assert_eq!(after(start, i64::MAX), Err(QuoteError::CalendarEnds));
        assert_eq!(months_after(start, u32::MAX), Err(QuoteError::CalendarEnds));
    }
}
