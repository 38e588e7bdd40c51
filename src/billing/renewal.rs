//! A subscription that is renewed: its terms, the day on which each is charged, and what each costs
//! (`deploy.renew`).

use chrono::{Days, NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::calendar::{self, ExpiryRules};
use super::error::QuoteError;
use super::moment::Moment;
use super::number::counted;

/// How a provider charges renewals. Catalog data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenewalRules {
    /// A renewal is charged this many days before the term expires.
    pub days_before: u64,
    /// How many times the charge is tried that day.
    pub tries: u64,
    /// The clock time of the first try.
    pub from: NaiveTime,
    /// The clock time of the last try.
    pub to: NaiveTime,
}

/// The length of one term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermLength {
    /// Whole days, and how they end where that is documented.
    Days(u64, Option<ExpiryRules>),
    /// Whole months.
    Months(u32),
}

impl TermLength {
    /// In ISO 8601: `P7D`.
    #[must_use]
    pub fn iso(self) -> String {
        match self {
            Self::Days(days, _) => format!("P{days}D"),
            Self::Months(months) => format!("P{months}M"),
        }
    }

    /// The part of all terms that the term at index `at` is: `days 8–14`, `month 3`.
    #[must_use]
    pub fn part(self, at: usize) -> String {
        let (length, noun) = match self {
            Self::Days(days, _) => (days, "day"),
            Self::Months(months) => (months.into(), "month"),
        };
        let before = u64::try_from(at).unwrap_or(u64::MAX).saturating_mul(length);
        let (first, last) = (before.saturating_add(1), before.saturating_add(length));
        match first == last {
            true => format!("{noun} {first}"),
            false => format!("{noun}s {first}–{last}"),
        }
    }
}

/// The days of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermDays {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day: of months the one on which the next term begins.
    pub last: NaiveDate,
    /// Its last moment, where the hour is documented.
    pub expires: Option<Moment>,
    /// The day on which it is charged, where that is documented; the first term is charged at the order.
    pub charged: Option<NaiveDate>,
}

impl TermDays {
    /// The day whose prices it has.
    #[must_use]
    pub fn priced_on(&self) -> NaiveDate {
        self.charged.unwrap_or(self.first)
    }
}

/// The terms of a subscription that starts at `starts` and is renewed `times` times. Months are counted
/// from the first start: from January 31 they run to February 28, March 31, April 30.
///
/// # Errors
/// [`QuoteError::CalendarEnds`] past the year 2100.
pub fn calendar(
    starts: Moment,
    length: TermLength,
    times: u32,
    rules: Option<&RenewalRules>,
) -> Result<Vec<TermDays>, QuoteError> {
    let order = starts.date_naive();
    let mut terms: Vec<TermDays> = Vec::new();
    for count in 1..=times.saturating_add(1) {
        let before = terms.last();
        let (first, last, expires) = match length {
            TermLength::Days(days, rules) => {
                let first = match before {
                    None => order,
                    Some(before) => later(before.last, 1)?,
                };
                let days = days.saturating_mul(count.into());
                match rules {
                    Some(rules) => {
                        let (schedule, _) = calendar::daily(starts, days, &rules)?;
                        let end = schedule.expires.ok_or(QuoteError::CalendarEnds)?;
                        (first, end.date_naive(), Some(end))
                    }
                    None => (first, later(order, days.saturating_sub(1))?, None),
                }
            }
            TermLength::Months(months) => {
                let months = months.checked_mul(count).ok_or(QuoteError::CalendarEnds)?;
                let end = calendar::months_after(starts, months)?.date_naive();
                (before.map_or(order, |before| before.last), end, None)
            }
        };
        let charged = match before {
            None => Some(order),
            Some(before) => rules.and_then(|rules| charged(before.last, order, rules)),
        };
        terms.push(TermDays {
            first,
            last,
            expires,
            charged,
        });
    }
    Ok(terms)
}

/// The day on which what follows a term is charged; nothing is charged before the order.
fn charged(expires: NaiveDate, order: NaiveDate, rules: &RenewalRules) -> Option<NaiveDate> {
    let day = expires.checked_sub_days(Days::new(rules.days_before))?;
    Some(day.max(order))
}

fn later(day: NaiveDate, days: u64) -> Result<NaiveDate, QuoteError> {
    use chrono::Datelike;
    day.checked_add_days(Days::new(days))
        .filter(|day| day.year() <= 2100)
        .ok_or(QuoteError::CalendarEnds)
}

/// A term with its cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidTerm {
    /// Which part of all terms it is: `days 8–14`.
    pub part: String,
    /// When it is, where the start is known.
    pub days: Option<TermDays>,
    /// What is charged for it.
    pub cost: Decimal,
}

/// The terms of a quote that is renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewals {
    /// The number of terms after the first.
    pub times: u32,
    /// All terms; their costs add up to what is paid for the subscription.
    pub terms: Vec<PaidTerm>,
    /// How they are charged, where that is documented.
    pub rules: Option<RenewalRules>,
}

impl Renewals {
    /// When the term at index `at` is charged: a day, or words where no date is known.
    #[must_use]
    pub fn charged(&self, at: usize) -> String {
        let day = self.terms.get(at).and_then(|term| term.days?.charged);
        match (day, at, &self.rules) {
            (Some(day), ..) => day.to_string(),
            (None, 0, _) => "at the order".to_owned(),
            (None, _, Some(rules)) => format!("{} before", counted(rules.days_before, "day")),
            (None, _, None) => "not documented".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    const RULES: RenewalRules = RenewalRules {
        days_before: 1,
        tries: 4,
        from: NaiveTime::MIN,
        to: NaiveTime::MIN,
    };

    fn at(text: &str) -> Moment {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn expiry() -> ExpiryRules {
        ExpiryRules {
            late_after: NaiveTime::from_hms_opt(22, 0, 0).unwrap(),
            expires_at: NaiveTime::from_hms_opt(23, 59, 0).unwrap(),
            grace_hours: 2,
            retention_hours: 14,
        }
    }

    /// First day, last day and day of payment of each term.
    fn days(starts: &str, length: TermLength, times: u32) -> Vec<String> {
        let terms = calendar(at(starts), length, times, Some(&RULES)).unwrap();
        let said = |term: &TermDays| {
            let charged = term.charged.unwrap();
            format!("{} {} {charged}", term.first, term.last)
        };
        terms.iter().map(said).collect()
    }

    #[test]
    fn months_of_28_and_31_days_are_counted_from_the_first_start() {
        assert_eq!(
            days("2026-01-31T10:00:00+08:00", TermLength::Months(1), 3),
            [
                "2026-01-31 2026-02-28 2026-01-31",
                "2026-02-28 2026-03-31 2026-02-27",
                "2026-03-31 2026-04-30 2026-03-30",
                "2026-04-30 2026-05-31 2026-04-29",
            ]
        );
        // In a leap year February has 29.
        assert_eq!(
            days("2027-11-30T10:00:00+08:00", TermLength::Months(3), 1),
            [
                "2027-11-30 2028-02-29 2027-11-30",
                "2028-02-29 2028-05-30 2028-02-28",
            ]
        );
    }

    #[test]
    fn days_follow_each_other_and_a_late_order_moves_them_all() {
        let week = TermLength::Days(7, Some(expiry()));
        assert_eq!(
            days("2026-02-24T22:00:00+08:00", week, 2),
            [
                "2026-02-24 2026-03-02 2026-02-24",
                "2026-03-03 2026-03-09 2026-03-01",
                "2026-03-10 2026-03-16 2026-03-08",
            ]
        );
        assert_eq!(
            days("2026-02-24T22:00:01+08:00", week, 1),
            [
                "2026-02-24 2026-03-03 2026-02-24",
                "2026-03-04 2026-03-10 2026-03-02",
            ]
        );
    }

    #[test]
    fn a_day_is_not_renewed_before_it_is_ordered() {
        let day = TermLength::Days(1, Some(expiry()));
        assert_eq!(
            days("2026-06-01T10:00:00+08:00", day, 2),
            [
                "2026-06-01 2026-06-01 2026-06-01",
                "2026-06-02 2026-06-02 2026-06-01",
                "2026-06-03 2026-06-03 2026-06-01",
            ]
        );
    }

    #[test]
    fn the_calendar_of_terms_ends_without_a_panic() {
        let start = at("2100-12-30T10:00:00+08:00");
        for length in [
            TermLength::Days(1, Some(expiry())),
            TermLength::Days(u64::MAX, None),
            TermLength::Days(2, None),
            TermLength::Months(1),
            TermLength::Months(u32::MAX),
        ] {
            assert_eq!(
                calendar(start, length, 3, Some(&RULES)),
                Err(QuoteError::CalendarEnds)
            );
        }
    }

    #[test]
    fn terms_without_a_date_are_counted() {
        assert_eq!(TermLength::Days(7, None).part(1), "days 8–14");
        assert_eq!(TermLength::Months(1).part(2), "month 3");
    }
}
