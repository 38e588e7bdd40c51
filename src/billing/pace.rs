//! When tokens are used: evenly over the active hours of each day. It says what of them is used by
//! the end of a date, and after how long a number of them is used up.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::error::QuoteError;
use super::exact;
use super::load::Load;
use super::term::Span;

/// Requests of one size at a steady rate, for some hours of each day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steady {
    /// The requests, which come at a steady rate.
    pub load: Load,
    /// How long they come each day; at most 24 hours.
    pub hours_per_day: Span,
    /// The number of days on which they come.
    pub days: u64,
}

impl Steady {
    /// How its tokens are spread over time.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the time does not fit.
    pub fn pace(&self) -> Result<Pace, QuoteError> {
        Ok(Pace {
            active: self.hours_per_day.times(self.days)?,
            per_day: self.hours_per_day,
            past: Span::hours(0),
        })
    }
}

/// How usage is spread over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How long tokens are used in all; above 0.
    pub active: Span,
    /// How long tokens are used each day; above 0, at most 24 hours.
    pub per_day: Span,
    /// How much of the first day is over when usage begins.
    pub past: Span,
}

impl Pace {
    /// How many of `used` tokens are used by the end of `date`, rounded down; usage begins on `first`.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the product does not fit.
    pub fn used_by(&self, date: NaiveDate, first: NaiveDate, used: u64) -> Result<u64, QuoteError> {
        let days = date.signed_duration_since(first).num_days();
        let Ok(days) = u64::try_from(days.saturating_add(1)) else {
            return Ok(0);
        };
        let until = exact::sub(self.per_day.times(days)?.seconds(), self.past.seconds())?;
        let until = until.clamp(Decimal::ZERO, self.active.seconds());
        let reached = exact::mul(Decimal::from(used), until)?;
        Ok(exact::floor_ratio(reached, self.active.seconds())?)
    }

    /// How long after the beginning the end of `date` is, whole seconds.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when it does not fit.
    pub fn end_of(&self, date: NaiveDate, first: NaiveDate) -> Result<Span, QuoteError> {
        let days = date.signed_duration_since(first).num_days();
        let days = u64::try_from(days.saturating_add(1)).unwrap_or(0);
        let end = Span::hours(24).times(days)?;
        let seconds = exact::sub(end.seconds(), self.past.seconds())?;
        Ok(Span::of_seconds(exact::floor_ratio(
            seconds.max(Decimal::ZERO),
            Decimal::ONE,
        )?))
    }

    /// How long it takes until `count` of `used` tokens are used and one more is needed. The hours
    /// in which there is no usage count; whole seconds, a started one not counted.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the time does not fit.
    pub fn until_used(&self, count: u64, used: u64) -> Result<Span, QuoteError> {
        // Seconds of usage are `share ÷ used`: kept apart, to divide once.
        let share = exact::mul(self.active.seconds(), Decimal::from(count))?;
        let used = Decimal::from(used);
        let a_day = exact::mul(self.per_day.seconds(), used)?;
        let days = exact::floor_ratio(share, a_day)?;
        let rest = exact::sub(share, exact::mul(a_day, Decimal::from(days))?)?;
        let seconds = exact::floor_ratio(rest, used)?;
        let elapsed = days
            .checked_mul(86_400)
            .and_then(|whole| whole.checked_add(seconds))
            .ok_or(QuoteError::TooLarge)?;
        Ok(Span::of_seconds(elapsed))
    }

    /// The part of `amount` that falls on one day, where `amount` is spent evenly over the whole time.
    /// Rounded at [`exact::QUOTIENT_DECIMALS`] where it does not end.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the product does not fit.
    pub fn per_day(&self, amount: Decimal) -> Result<Decimal, QuoteError> {
        let share = exact::mul(amount, self.per_day.seconds())?;
        Ok(exact::ratio(share, self.active.seconds())?.value)
    }
}

#[cfg(test)]
mod tests {
    use super::super::term::Increment;
    use super::*;

    fn span(text: &str) -> Span {
        Span::parse(text, Increment::Hour).unwrap()
    }

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, day).unwrap()
    }

    #[test]
    fn all_day_elapsed_time_is_active_time() {
        let pace = Pace {
            active: span("30d"),
            per_day: span("24"),
            past: span("0"),
        };
        assert_eq!(pace.until_used(76, 720).unwrap(), span("76"));
        assert_eq!(pace.until_used(1, 7).unwrap(), span("102h51m25s"));
        assert_eq!(pace.until_used(0, 720).unwrap(), span("0"));
    }

    #[test]
    fn hours_without_usage_count() {
        let pace = Pace {
            active: span("300"),
            per_day: span("10"),
            past: span("0"),
        };
        assert_eq!(pace.until_used(15, 300).unwrap(), span("29"));
        // After ten active hours the next token is needed on the next day.
        assert_eq!(pace.until_used(10, 300).unwrap(), span("24"));
    }

    #[test]
    fn usage_by_the_end_of_a_date_grows_by_the_day_up_to_all_of_it() {
        let pace = Pace {
            active: span("240"),
            per_day: span("24"),
            past: span("0"),
        };
        for (day, used) in [(1, 0), (2, 10), (3, 20), (11, 100), (30, 100)] {
            assert_eq!(pace.used_by(date(day), date(2), 100), Ok(used), "{day}");
        }
        let late = Pace {
            past: span("12"),
            ..pace
        };
        assert_eq!(late.used_by(date(2), date(2), 100), Ok(5));
        assert_eq!(late.end_of(date(2), date(2)), Ok(span("12")));
    }
}
