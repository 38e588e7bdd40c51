//! A trace taken as the pattern of a longer time: how many days it is, and how often it is taken.

use rust_decimal::Decimal;

use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::number::{counted, grouped};

/// Days of a week.
const WEEK: u64 = 7;
/// Minutes of a day.
const DAY: u64 = 24 * 60;

/// What of a trace is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Its days, one after the other.
    Day,
    /// Whole weeks: weekdays that were not recorded have no calls.
    Week,
}

impl Pattern {
    /// Every pattern.
    pub const ALL: [Self; 2] = [Self::Day, Self::Week];

    /// `day` or `week`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Day => Self::Week,
            Self::Week => Self::Day,
        }
    }
}

/// A trace that stands for more days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// What is repeated, where a person says so; else weeks where the days are whole weeks, and days where
    /// they are not.
    pub asked: Option<Pattern>,
    /// Days of the trace; a started day counts whole.
    pub days: u64,
    /// Whether they are days of a calendar; else they are blocks of 24 hours from the first minute.
    pub calendar: bool,
    /// Minutes of these days that the trace covers.
    pub minutes: u64,
    /// The days from the first to the last row that no filter leaves out.
    pub kept: u64,
    /// The days that costs are stated for.
    pub to: u64,
}

/// Another way to count the days of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Otherwise {
    /// The other pattern.
    Pattern,
    /// Blocks of 24 hours from the first minute instead of calendar days.
    Blocks,
    /// From the first to the last row that no filter leaves out.
    Kept,
}

impl Scale {
    /// What is repeated.
    #[must_use]
    pub fn pattern(&self) -> Pattern {
        self.asked.unwrap_or(match self.days.checked_rem(WEEK) {
            Some(0) if self.days > 0 => Pattern::Week,
            _ => Pattern::Day,
        })
    }

    /// Days of what is repeated.
    #[must_use]
    pub fn pattern_days(&self) -> u64 {
        let days = self.days.max(1);
        match self.pattern() {
            Pattern::Day => days,
            Pattern::Week => days.div_ceil(WEEK).saturating_mul(WEEK),
        }
    }

    /// Minutes of what is repeated.
    #[must_use]
    pub fn pattern_minutes(&self) -> u64 {
        self.pattern_days().saturating_mul(DAY)
    }

    /// Minutes of what is repeated that the trace does not cover, and that are taken to have no call.
    #[must_use]
    pub fn uncovered(&self) -> u64 {
        self.pattern_minutes().saturating_sub(self.minutes)
    }

    /// Whether the time that costs are stated for holds the pattern once.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.pattern_days() <= self.to
    }

    /// `tokens` of the trace in the time that costs are stated for: a started token counts whole.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when they do not fit.
    pub fn scaled(&self, tokens: u64) -> Result<u64, QuoteError> {
        // Two numbers of 64 bits: the product fits.
        let product = u128::from(self.to).saturating_mul(tokens.into());
        let scaled = product.div_ceil(self.pattern_days().into());
        u64::try_from(scaled).map_err(|_| QuoteError::TooLarge)
    }

    /// The other ways to count its days that come to another pattern, each with that scale.
    #[must_use]
    pub fn otherwise(&self) -> Vec<(Otherwise, Self)> {
        let other = Some(self.pattern().other());
        let blocks = self.minutes.div_ceil(DAY).max(1);
        let ways = [
            (
                Otherwise::Pattern,
                Self {
                    asked: other,
                    ..*self
                },
            ),
            (
                Otherwise::Blocks,
                Self {
                    days: blocks,
                    kept: self.kept.min(blocks),
                    calendar: false,
                    ..*self
                },
            ),
            (
                Otherwise::Kept,
                Self {
                    days: self.kept,
                    minutes: self.minutes.min(self.kept.saturating_mul(DAY)),
                    ..*self
                },
            ),
        ];
        let differs = |(_, scale): &(Otherwise, Self)| {
            scale.fits() && scale.pattern_days() != self.pattern_days()
        };
        ways.into_iter().filter(differs).collect()
    }

    /// How many times the pattern is taken, exactly and in lowest terms: `6`, `30/7`.
    #[must_use]
    pub fn times(&self) -> String {
        let (mut a, mut b) = (self.to, self.pattern_days());
        while let Some(rest) = a.checked_rem(b) {
            (a, b) = (b, rest);
        }
        let lowest = |number: u64| number.checked_div(a).unwrap_or(number);
        match (lowest(self.to), lowest(self.pattern_days())) {
            (times, 1) => times.to_string(),
            (to, days) => format!("{to}/{days}"),
        }
    }

    /// How many calendar days the trace covers: `5 calendar days (UTC+8)`.
    #[must_use]
    pub fn covered(&self) -> String {
        match self.calendar {
            true => format!("{} (UTC+8)", counted(self.days, "calendar day")),
            false => format!("{} of 24 hours", counted(self.days, "day")),
        }
    }

    /// What is repeated: `5 days`, `1 week`.
    #[must_use]
    pub fn what(&self) -> String {
        match self.pattern() {
            Pattern::Day => counted(self.days, "day"),
            Pattern::Week => counted(self.days.div_ceil(WEEK), "week"),
        }
    }

    /// How many times it is taken, to two digits, and for how long: `taken 4.29 times for 30 days`.
    #[must_use]
    pub fn taken(&self) -> String {
        let often = match self.to == self.pattern_days() {
            true => "once".to_owned(),
            false => format!("{} times", self.times_shown()),
        };
        format!("taken {often} for {}", counted(self.to, "day"))
    }

    fn times_shown(&self) -> String {
        let (to, days) = (Decimal::from(self.to), Decimal::from(self.pattern_days()));
        // A quotient of whole numbers of 64 bits always fits.
        let times = exact::ratio_or_rounded(to, days).map_or(to, |times| times.value);
        let rounded = exact::round2(times);
        match rounded == times {
            true => grouped(times.normalize(), times.normalize().scale()),
            // What is nearly once is not said to be a whole number.
            false => grouped(rounded, 2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(asked: Option<Pattern>, days: u64, to: u64) -> Scale {
        Scale {
            asked,
            days,
            calendar: true,
            minutes: days.saturating_mul(DAY),
            kept: days,
            to,
        }
    }

    /// What is said, and the exact factor.
    fn said(asked: Option<Pattern>, days: u64, to: u64) -> (String, String) {
        let scale = scale(asked, days, to);
        (format!("{} {}", scale.what(), scale.taken()), scale.times())
    }

    #[test]
    fn days_are_taken_as_days_and_whole_weeks_as_weeks() {
        let week = Some(Pattern::Week);
        let day = Some(Pattern::Day);
        for (asked, days, to, words, times) in [
            (None, 5, 30, "5 days taken 6 times", "6"),
            (week, 5, 30, "1 week taken 4.29 times", "30/7"),
            (None, 7, 30, "1 week taken 4.29 times", "30/7"),
            (day, 7, 30, "7 days taken 4.29 times", "30/7"),
            (week, 10, 30, "2 weeks taken 2.14 times", "15/7"),
            (None, 10, 30, "10 days taken 3 times", "3"),
            (None, 1, 30, "1 day taken 30 times", "30"),
            (None, 4, 30, "4 days taken 7.5 times", "15/2"),
            (None, 30, 30, "30 days taken once", "1"),
            (None, 999, 1_000, "999 days taken 1.00 times", "1000/999"),
            (None, 1, 2_000, "1 day taken 2,000 times", "2000"),
        ] {
            let words = format!("{words} for {}", counted(to, "day"));
            assert_eq!(said(asked, days, to), (words, times.to_owned()));
        }
    }

    #[test]
    fn a_started_token_counts_whole() {
        let weeks = scale(Some(Pattern::Week), 5, 30);
        // 30 ÷ 7, 60 ÷ 7, 210 ÷ 7.
        for (tokens, scaled) in [(0, 0), (1, 5), (2, 9), (7, 30), (49, 210)] {
            assert_eq!(weeks.scaled(tokens), Ok(scaled));
        }
        assert_eq!(weeks.scaled(u64::MAX), Err(QuoteError::TooLarge));
        assert_eq!(scale(None, 1, 1).scaled(u64::MAX), Ok(u64::MAX));
    }

    #[test]
    fn what_comes_to_the_same_or_does_not_fit_is_no_other_way() {
        let ways = |scale: Scale| -> Vec<(Otherwise, u64)> {
            let ways = scale.otherwise().into_iter();
            ways.map(|(how, scale)| (how, scale.pattern_days()))
                .collect()
        };
        assert_eq!(ways(scale(None, 5, 30)), [(Otherwise::Pattern, 7)]);
        assert_eq!(
            ways(scale(Some(Pattern::Week), 5, 30)),
            [(Otherwise::Pattern, 5)]
        );
        assert_eq!(ways(scale(None, 7, 30)), []);
        assert_eq!(ways(scale(None, 5, 6)), []);
        // Two minutes on both sides of midnight, and a filter that leaves one day of seven.
        let midnight = Scale {
            minutes: 2,
            ..scale(None, 2, 30)
        };
        assert_eq!(
            ways(midnight),
            [(Otherwise::Pattern, 7), (Otherwise::Blocks, 1)]
        );
        let picked = Scale {
            kept: 1,
            ..scale(None, 7, 30)
        };
        assert_eq!(ways(picked), [(Otherwise::Kept, 1)]);
        assert_eq!(scale(None, 0, 30).pattern_days(), 1);
    }
}
