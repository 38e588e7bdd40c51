//! How fast a resource is used.

use rust_decimal::Decimal;

use super::Reading;
use crate::billing::exact::{self, Quotient, TooLarge};

/// Usage by the day, as a fraction so that nothing is rounded before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The amount used in `days` days, not negative.
    pub amount: Decimal,
    /// The number of days in which `amount` is used, at least 1.
    pub days: u64,
    /// How tokens are made up, where the file says so.
    pub split: Option<Split>,
    /// Whether it comes from past readings; else the file gives it.
    pub from_readings: bool,
}

/// Input and output tokens of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// Input.
    pub input: Decimal,
    /// Output.
    pub output: Decimal,
}

impl Rate {
    /// The average between the first and the last of several readings. `None` for a single one, and
    /// where less is used in the end.
    ///
    /// # Errors
    /// [`TooLarge`] when a decimal cannot hold the difference.
    pub fn of_readings(first: &Reading, last: &Reading) -> Result<Option<Self>, TooLarge> {
        let amount = exact::sub(last.value, first.value)?;
        let days = last.on.signed_duration_since(first.on).num_days();
        let days = u64::try_from(days).unwrap_or(0);
        let known = days > 0 && amount >= Decimal::ZERO;
        Ok(known.then_some(Self {
            amount,
            days,
            split: None,
            from_readings: true,
        }))
    }

    /// A day's use.
    ///
    /// # Errors
    /// [`TooLarge`] when a decimal cannot hold it.
    pub fn per_day(&self) -> Result<Quotient, TooLarge> {
        exact::ratio_or_rounded(self.amount, Decimal::from(self.days))
    }

    /// The whole days in which `needed`, not negative, is used. `None` where that never happens.
    #[must_use]
    pub fn whole_days_for(&self, needed: Decimal) -> Option<u64> {
        if self.amount.is_zero() {
            return None;
        }
        let scaled = exact::mul(needed, Decimal::from(self.days)).ok()?;
        exact::floor_ratio(scaled, self.amount).ok()
    }

    /// What is left of `left` after `days`, below 0 where it is too little.
    ///
    /// # Errors
    /// [`TooLarge`] when a decimal cannot hold it.
    pub fn left_after(&self, left: Decimal, days: u64) -> Result<Quotient, TooLarge> {
        let had = exact::mul(left, Decimal::from(self.days))?;
        let used = exact::mul(self.amount, Decimal::from(days))?;
        exact::ratio_or_rounded(exact::sub(had, used)?, Decimal::from(self.days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(amount: u64, days: u64) -> Rate {
        Rate {
            amount: amount.into(),
            days,
            split: None,
            from_readings: true,
        }
    }

    #[test]
    fn a_rate_that_does_not_end_as_a_decimal_still_counts_days_exactly() {
        // A third a day: after 3 days, not after 2.999…
        let third = rate(1, 3);
        assert_eq!(third.whole_days_for(Decimal::ONE), Some(3));
        assert_eq!(
            third.whole_days_for(Decimal::from_parts(999_999_999, 0, 0, false, 9)),
            Some(2)
        );
        let left = third.left_after(Decimal::ONE, 3).unwrap();
        assert_eq!((left.value, left.exact), (Decimal::ZERO, true));
        assert!(!third.per_day().unwrap().exact);
    }

    #[test]
    fn what_is_not_used_lasts_for_ever() {
        assert_eq!(rate(0, 1).whole_days_for(Decimal::ONE), None);
    }
}
