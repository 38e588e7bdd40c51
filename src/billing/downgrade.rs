//! A prepaid term that becomes smaller before it ends (`deploy.downgrade`): what of its price comes back.

use rust_decimal::Decimal;

use super::exact::{self, Quotient, TooLarge};

/// What is known of a term when it becomes smaller, in money. A day that has begun counts as used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Downgrade {
    /// The amount paid so far, less what came back.
    pub paid: Decimal,
    /// The part of it that is used up: the price of each used day.
    pub consumed: Decimal,
    /// The price of a day before the change.
    pub old_per_day: Decimal,
    /// The price of a day after the change.
    pub new_per_day: Decimal,
}

impl Downgrade {
    /// What comes back: (paid − consumed) × (old − new) ÷ old a day, and never less than nothing.
    ///
    /// # Errors
    /// [`TooLarge`] when an amount does not fit, or a day has cost nothing.
    pub fn refund(&self) -> Result<Quotient, TooLarge> {
        let left = exact::sub(self.paid, self.consumed)?;
        let smaller = exact::sub(self.old_per_day, self.new_per_day)?;
        let refund = exact::ratio(exact::mul(left, smaller)?, self.old_per_day)?;
        Ok(Quotient {
            value: refund.value.max(Decimal::ZERO),
            ..refund
        })
    }
}

/// Where a change stands in its term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// Days of the term that are used.
    pub used: u64,
    /// Days of the whole term.
    pub days: u64,
}

impl At {
    /// The day of the term on which it happens, as its first moment.
    #[must_use]
    pub fn day(self) -> u64 {
        self.used.saturating_add(1)
    }

    /// Days that are left.
    #[must_use]
    pub fn left(self) -> u64 {
        self.days.saturating_sub(self.used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refund(paid: u64, used: u64, old: u64, new: u64) -> Decimal {
        let downgrade = Downgrade {
            paid: paid.into(),
            consumed: exact::mul(old.into(), used.into()).unwrap(),
            old_per_day: old.into(),
            new_per_day: new.into(),
        };
        downgrade.refund().unwrap().value
    }

    #[test]
    fn the_example_of_the_rules() {
        // 150 a month is 5 a day: 24 of 30 days used, down to 120 a month, which is 4 a day.
        assert_eq!(refund(150, 24, 5, 4), Decimal::from(6));
    }

    #[test]
    fn nothing_is_paid_on_top_of_a_term_that_is_used_up() {
        assert_eq!(refund(150, 30, 5, 4), Decimal::ZERO);
        // Bought at a discount that the used days do not have.
        assert_eq!(refund(100, 24, 5, 4), Decimal::ZERO);
    }

    #[test]
    fn a_day_that_cost_nothing_has_no_refund() {
        let nothing = Downgrade {
            paid: Decimal::ZERO,
            consumed: Decimal::ZERO,
            old_per_day: Decimal::ZERO,
            new_per_day: Decimal::ZERO,
        };
        assert_eq!(nothing.refund(), Err(TooLarge));
    }
}
