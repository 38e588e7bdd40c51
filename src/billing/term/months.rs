//! How many months cover a number of days.
//!
//! Traffic of a month is that of 30 days. A month that is paid for lasts as long as the calendar says: 31 days can be
//! one month, and 365 days are twelve. Where no date is known, as few months are taken as can cover the days.

/// The days that a month of traffic is taken to have.
pub const DAYS_OF_A_MONTH: u64 = 30;

const MINUTES_OF_A_DAY: u64 = 24 * 60;
const MONTHS_OF_A_YEAR: u64 = 12;
const DAYS_OF_A_YEAR: u64 = 365;
const DAYS_OF_FOUR_YEARS: u64 = 4 * DAYS_OF_A_YEAR + 1;

/// The most days that so many months in a row have, for fewer than a year: none of these has a February.
const LONGEST: [u64; 12] = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];

/// The fewest days of the same, with a February that has no leap day.
const SHORTEST: [u64; 12] = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];

/// The most days that so many months in a row can have.
#[must_use]
pub fn longest(months: u64) -> u64 {
    let years = months.checked_div(MONTHS_OF_A_YEAR).unwrap_or(0);
    let rest = months.checked_rem(MONTHS_OF_A_YEAR).unwrap_or(0);
    let rest = usize::try_from(rest)
        .ok()
        .and_then(|rest| LONGEST.get(rest));
    // One in four years is a leap year.
    years
        .saturating_mul(DAYS_OF_A_YEAR)
        .saturating_add(years.div_ceil(4))
        .saturating_add(rest.copied().unwrap_or(0))
}

/// The fewest days that so many months in a row can have: these are of the months that end with a February.
#[must_use]
pub fn shortest(months: u64) -> u64 {
    let years = months.checked_div(MONTHS_OF_A_YEAR).unwrap_or(0);
    let rest = months.checked_rem(MONTHS_OF_A_YEAR).unwrap_or(0);
    let days = usize::try_from(rest)
        .ok()
        .and_then(|rest| SHORTEST.get(rest));
    // One in four of their Februaries has a leap day.
    let februaries = years.saturating_add(u64::from(rest > 0));
    years
        .saturating_mul(DAYS_OF_A_YEAR)
        .saturating_add(februaries.checked_div(4).unwrap_or(0))
        .saturating_add(days.copied().unwrap_or(0))
}

/// The fewest months that can cover so many days.
#[must_use]
pub fn covering(days: u64) -> u64 {
    // Whole times of four years, and not the last of them, so that what is left is counted month by month.
    let years = days.checked_div(DAYS_OF_FOUR_YEARS).unwrap_or(0);
    let whole = years.saturating_mul(4 * MONTHS_OF_A_YEAR);
    let mut months = whole.saturating_sub(1);
    while longest(months) < days {
        months = months.saturating_add(1);
    }
    months
}

/// The fewest months that can cover so many minutes.
#[must_use]
pub fn covering_minutes(minutes: u64) -> u64 {
    covering(minutes.div_ceil(MINUTES_OF_A_DAY))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Months, NaiveDate};

    /// The days of so many months from the first of each month on.
    fn runs(months: u32) -> impl Iterator<Item = u64> {
        // 2100 has no leap day.
        (1996..2090).flat_map(move |year| {
            (1..=12).map(move |month| {
                let from = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
                let to = from.checked_add_months(Months::new(months)).unwrap();
                u64::try_from(to.signed_duration_since(from).num_days()).unwrap()
            })
        })
    }

    #[test]
    fn the_longest_and_the_shortest_are_those_of_the_calendar() {
        for months in 1..=61 {
            let most = runs(months).max().unwrap();
            assert_eq!(longest(months.into()), most, "{months}");
            let fewest = runs(months).min().unwrap();
            assert_eq!(shortest(months.into()), fewest, "{months}");
        }
    }

    #[test]
    fn as_few_months_are_taken_as_can_cover_the_days() {
        let expected = [
            (0, 0),
            (1, 1),
            (30, 1),
            (31, 1),
            (32, 2),
            (60, 2),
            (62, 2),
            (63, 3),
            (90, 3),
            (92, 3),
            (93, 4),
            (180, 6),
            (184, 6),
            (337, 11),
            (338, 12),
            (365, 12),
            (366, 12),
            (367, 13),
            (730, 24),
        ];
        for (days, months) in expected {
            assert_eq!(covering(days), months, "{days}");
        }
        for days in 1..4_000 {
            let months = covering(days);
            assert!(
                longest(months) >= days && longest(months - 1) < days,
                "{days}"
            );
        }
        // A hundred years, and what no calendar has.
        assert_eq!(covering(36_525), 1_200);
        assert!(covering(u64::MAX) > 1_200);
    }
}
