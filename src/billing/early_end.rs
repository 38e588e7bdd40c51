//! Ending a subscription of throughput before it expires (`ptu.no-early-end`, `ptu.early-end`).

use rust_decimal::Decimal;

use super::downgrade::At;
use super::error::QuoteError;
use super::exact;
use super::number::counted;
use super::rule::Rule;
use super::term::{Increment, Span};

/// Said behind a settlement: the document speaks of reservations, and is read as holding for provisioned
/// throughput.
pub const READ_SO: &str = "; read so, as a page says it of reservations";

/// What the rules in force say of ending a subscription early. Catalog data, dated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarlyEnd {
    /// It cannot be ended: nothing comes back.
    Refused,
    /// What was used is settled, and the rest comes back.
    Settled(Settlement),
}

impl EarlyEnd {
    /// The rule that says so.
    #[must_use]
    pub fn rule(self) -> Rule {
        match self {
            Self::Refused => Rule::PtuNoEarlyEnd,
            Self::Settled(_) => Rule::PtuEarlyEnd,
        }
    }
}

impl std::fmt::Display for EarlyEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused => f.write_str("cannot be ended early"),
            Self::Settled(settlement) => write!(
                f,
                "can be ended early: a used hour counts {} times, and once where it was used for more than {}",
                exact::plain(settlement.factor),
                counted(settlement.within_days, "day")
            ),
        }
    }
}

/// How the used part of a subscription is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settlement {
    /// A used hour counts this many times.
    pub factor: Decimal,
    /// It counts that many times up to this number of used days, and once beyond them.
    pub within_days: u64,
}

impl Settlement {
    /// What of `paid` comes back after `used`, where a day costs `per_day`: an hour is a 24th of it, and
    /// a started one counts whole. Never below 0. The second value is whether that is exact; otherwise
    /// it is rounded at [`exact::QUOTIENT_DECIMALS`].
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when an amount does not fit.
    pub fn refund(
        &self,
        paid: Decimal,
        per_day: Decimal,
        used: Span,
    ) -> Result<(Decimal, bool), QuoteError> {
        let (settled, exact) = self.settled(per_day, used)?;
        let left = exact::sub(paid, settled)?;
        Ok((left.max(Decimal::ZERO), exact))
    }

    /// What of `paid` comes back where a day costs `new_per_day` from then on: what is left after the used
    /// part and the days to come are paid. Never below 0.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when an amount does not fit.
    pub fn scaled_in(
        &self,
        paid: Decimal,
        per_day: Decimal,
        at: At,
        new_per_day: Decimal,
    ) -> Result<Decimal, QuoteError> {
        let used = Span::hours(24).times(at.used)?;
        let (back, _) = self.refund(paid, per_day, used)?;
        let to_come = exact::mul(new_per_day, at.left().into())?;
        Ok(exact::sub(back, to_come)?.max(Decimal::ZERO))
    }

    /// How many times a used hour counts after so much use.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the hours do not fit.
    pub fn factor_after(&self, used: Span) -> Result<Decimal, QuoteError> {
        let hours = Increment::Hour.bill(used)?.count;
        let counted_more = hours <= self.within_days.saturating_mul(24);
        Ok(match counted_more {
            true => self.factor,
            false => Decimal::ONE,
        })
    }

    /// What the used part costs, and whether that is exact.
    fn settled(&self, per_day: Decimal, used: Span) -> Result<(Decimal, bool), QuoteError> {
        let hours = Increment::Hour.bill(used)?.count;
        let factor = self.factor_after(used)?;
        let of_hours = exact::mul(per_day, hours.into())?;
        let settled = exact::div(exact::mul(of_hours, factor)?, 24)?;
        Ok((settled.value, settled.exact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Settlement = Settlement {
        factor: Decimal::from_parts(12, 0, 0, false, 1),
        within_days: 30,
    };

    fn refund(days: u64, per_day: u64, used: Span) -> Decimal {
        let per_day = Decimal::from(per_day);
        let paid = exact::mul(per_day, days.into()).unwrap();
        let (refund, exact) = RULE.refund(paid, per_day, used).unwrap();
        assert!(exact);
        refund
    }

    #[test]
    fn used_hours_count_more_up_to_thirty_days() {
        // 100K input TPM at 1,210 a day: 36,300 paid, 1,210 × 20 × 1.2 settled.
        assert_eq!(refund(30, 1_210, Span::hours(480)), Decimal::from(7_260));
        // 72,600 paid, 1,210 × 40 settled once.
        assert_eq!(refund(60, 1_210, Span::hours(960)), Decimal::from(24_200));
        // The 30th day still counts more, the hour after it does not.
        assert_eq!(refund(60, 1_200, Span::hours(720)), Decimal::from(28_800));
        assert_eq!(refund(60, 1_200, Span::hours(721)), Decimal::from(35_950));
    }

    #[test]
    fn a_smaller_reservation_is_paid_from_what_is_left() {
        // Down to half after 20 of 30 days: 36,300 − 29,040 − 6,050; after 40 of 60: 72,600 − 48,400 − 12,100.
        for (days, used, back) in [(30, 20, 1_210), (60, 40, 12_100), (30, 29, 0)] {
            let paid = Decimal::from(1_210 * days);
            let refund = RULE.scaled_in(paid, 1_210.into(), At { used, days }, 605.into());
            assert_eq!(refund, Ok(Decimal::from(back)), "{days} {used}");
        }
    }

    #[test]
    fn a_started_hour_counts_whole_and_no_more_comes_back_than_was_paid() {
        assert_eq!(refund(2, 240, Span::of_seconds(3_601)), Decimal::from(456));
        assert_eq!(refund(10, 240, Span::hours(0)), Decimal::from(2_400));
        assert_eq!(refund(10, 240, Span::hours(239)), Decimal::ZERO);
    }
}
