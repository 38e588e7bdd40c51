//! What a commitment pays for, month by month. Usage is spread evenly over its time, and a month has 30 days
//! (`tokens.savings-month`), so months are of few kinds and are counted, not listed.

use rust_decimal::Decimal;

use super::SavingsPlan;
use crate::billing::error::QuoteError;
use crate::billing::exact::{self, Quotient};
use crate::billing::term::months::{self, DAYS_OF_A_MONTH};

const MINUTES_OF_A_DAY: u64 = 24 * 60;
const SECONDS_OF_A_DAY: u64 = MINUTES_OF_A_DAY * 60;

/// The time in which tokens are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// It is not said: all is used in one month.
    OneMonth,
    /// Days.
    Days(u64),
    /// Minutes of recorded calls.
    Minutes(u64),
    /// Seconds of a reservation that is up for some hours.
    Seconds(u64),
}

impl Over {
    /// The time, and a day in the same unit where it is known.
    fn time(self) -> (u64, Option<u64>) {
        let (time, day) = match self {
            Self::OneMonth => (1, None),
            Self::Days(days) => (days, Some(1)),
            Self::Minutes(minutes) => (minutes, Some(MINUTES_OF_A_DAY)),
            Self::Seconds(seconds) => (seconds, Some(SECONDS_OF_A_DAY)),
        };
        (time.max(1), day)
    }

    /// The time and a month of it, in the same unit: 30 days, or an equal part of a time for which as many months
    /// of 30 days are too few.
    pub fn units(self) -> (u64, u64) {
        let (time, Some(day)) = self.time() else {
            return (1, 1);
        };
        match self.in_equal_months() {
            // In parts of the unit, of which each month has a whole number.
            Some(months) => (time.saturating_mul(months), time),
            None => (time, day.saturating_mul(DAYS_OF_A_MONTH)),
        }
    }

    /// The months that the calendar needs, where those of 30 days would be more: 1 of 31 days, 12 of 365.
    #[must_use]
    pub fn in_equal_months(self) -> Option<u64> {
        let (time, day) = self.time();
        let day = day?;
        let months = months::covering(time.div_ceil(day));
        let of_thirty = time.div_ceil(day.saturating_mul(DAYS_OF_A_MONTH));
        (months < of_thirty).then_some(months)
    }
}

/// Usage at list price, in money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// What a free quota and packages pay for first.
    pub fundable: Decimal,
    /// What only money pays for: that of a cache.
    pub of_cache: Decimal,
    /// The first part of `fundable`, which they do pay for.
    pub funded: Decimal,
}

impl Usage {
    /// What is left for money, and so for a savings plan.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the sum does not fit.
    pub fn billed(self) -> Result<Decimal, QuoteError> {
        let left = exact::sub(self.fundable, self.funded)?;
        Ok(exact::add(left, self.of_cache)?)
    }
}

/// The months of a usage, by what of it is in each.
#[derive(Debug, Clone)]
pub struct Months {
    /// How many there are of a kind, and the usage in each, times `time`.
    kinds: Vec<(u64, Decimal)>,
    /// The time in units, which all usage in `kinds` is to be divided by.
    time: u64,
    /// All months.
    pub count: u64,
    /// The usage in all of them.
    pub billed: Decimal,
}

/// What a plan pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// The months in which all of the commitment is used up.
    pub used_up: u64,
    /// The usage that it pays for in these.
    pub in_these: Quotient,
    /// The usage in the other months: all of it is paid for.
    pub in_others: Quotient,
}

impl Months {
    /// The months of a usage.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a product does not fit.
    pub fn of(usage: Usage, over: Over) -> Result<Self, QuoteError> {
        let (time, month) = over.units();
        let (whole, rest) = (
            time.checked_div(month).unwrap_or(0),
            time.checked_rem(month).unwrap_or(0),
        );
        let started = whole.saturating_add(u64::from(rest > 0));
        let all = exact::add(usage.fundable, usage.of_cache)?;
        // The month in which the funded part ends; without such a part there is none.
        let ends = match usage.funded.is_zero() {
            true => None,
            false => {
                let until = exact::mul(usage.funded, time.into())?;
                let a_month = exact::mul(usage.fundable, month.into())?;
                Some(exact::floor_ratio(until, a_month)?.min(started))
            }
        };
        let mut kinds = Vec::new();
        if let Some(ends) = ends {
            let before = ends.min(whole);
            kinds.push((before, exact::mul(usage.of_cache, month.into())?));
        }
        let from = ends.unwrap_or(0);
        if ends.is_some() && from < started {
            let begins = from.checked_mul(month).ok_or(QuoteError::TooLarge)?;
            let end = begins.saturating_add(month).min(time);
            let of_cache = exact::mul(usage.of_cache, end.saturating_sub(begins).into())?;
            let reached = exact::mul(usage.fundable, end.into())?;
            let funded = exact::mul(usage.funded, time.into())?;
            let beyond = exact::sub(reached, funded)?.max(Decimal::ZERO);
            kinds.push((1, exact::add(of_cache, beyond)?));
        }
        let next = from.saturating_add(u64::from(ends.is_some()));
        kinds.push((whole.saturating_sub(next), exact::mul(all, month.into())?));
        if rest > 0 && next <= whole {
            kinds.push((1, exact::mul(all, rest.into())?));
        }
        kinds.retain(|(count, _)| *count > 0);
        Ok(Self {
            kinds,
            time,
            count: started,
            billed: usage.billed()?,
        })
    }

    /// The usage of each kind of month, times the divisor that is given beside it.
    pub(super) fn usages(&self) -> impl Iterator<Item = (Decimal, u64)> {
        self.kinds.iter().map(|(_, usage)| (*usage, self.time))
    }

    /// What a commitment pays for at a factor above 0.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a product does not fit.
    pub fn spend(&self, commitment: Decimal, factor: Decimal) -> Result<Spent, QuoteError> {
        let all = exact::mul(commitment, self.time.into())?;
        let (mut used_up, mut others) = (0_u64, Decimal::ZERO);
        for (count, usage) in &self.kinds {
            if exact::mul(*usage, factor)? >= all {
                used_up = used_up.saturating_add(*count);
            } else {
                let usage = exact::mul(*usage, (*count).into())?;
                others = exact::add(others, usage)?;
            }
        }
        let deducted = exact::mul(commitment, used_up.into())?;
        Ok(Spent {
            used_up,
            in_these: exact::ratio_or_rounded(deducted, factor)?,
            in_others: exact::ratio_or_rounded(others, self.time.into())?,
        })
    }

    /// What a plan and the usage beyond it cost together, rounded as the lines of a quote are.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a product does not fit.
    pub fn cost(&self, commitment: Decimal, factor: Decimal) -> Result<Decimal, QuoteError> {
        let spent = self.spend(commitment, factor)?;
        let paid = exact::add(spent.in_these.value, spent.in_others.value)?;
        let beyond = exact::sub(self.billed, paid)?;
        Ok(exact::add(self.charged(commitment)?, beyond)?)
    }

    /// The price of the months.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a product does not fit.
    pub fn charged(&self, commitment: Decimal) -> Result<Decimal, QuoteError> {
        Ok(exact::mul(commitment, self.count.into())?)
    }

    /// What is committed in the whole terms that the months need.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a product does not fit.
    pub fn committed(&self, plan: &SavingsPlan) -> Result<Decimal, QuoteError> {
        let months = u64::from(plan.term_months.max(1));
        let terms = self.count.div_ceil(months);
        let months = months.checked_mul(terms).ok_or(QuoteError::TooLarge)?;
        Ok(exact::mul(plan.commitment, months.into())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    fn usage(fundable: &str, of_cache: &str, funded: &str) -> Usage {
        Usage {
            fundable: d(fundable),
            of_cache: d(of_cache),
            funded: d(funded),
        }
    }

    /// The usage of each month, in money.
    fn months(usage: Usage, over: Over) -> Vec<(u64, Decimal)> {
        let months = Months::of(usage, over).unwrap();
        let sum = months.kinds.iter().map(|(count, _)| count).sum::<u64>();
        assert_eq!(sum, months.count);
        let of = |(count, usage): &(u64, Decimal)| {
            (
                *count,
                exact::ratio(*usage, months.time.into()).unwrap().value,
            )
        };
        months.kinds.iter().map(of).collect()
    }

    #[test]
    fn usage_is_spread_evenly_over_months_of_thirty_days() {
        let plain = usage("9000", "0", "0");
        for over in [
            Over::OneMonth,
            Over::Days(30),
            Over::Days(7),
            Over::Minutes(58),
        ] {
            assert_eq!(months(plain, over), [(1, d("9000"))], "{over:?}");
        }
        assert_eq!(
            months(plain, Over::Days(45)),
            [(1, d("6000")), (1, d("3000"))]
        );
        assert_eq!(months(plain, Over::Days(90)), [(3, d("3000"))]);
        let seconds = Over::Seconds(45 * 86_400);
        assert_eq!(months(plain, seconds), [(1, d("6000")), (1, d("3000"))]);
    }

    #[test]
    fn no_more_months_are_paid_than_the_calendar_needs() {
        let plain = usage("9000", "0", "0");
        assert_eq!(months(plain, Over::Days(31)), [(1, d("9000"))]);
        assert_eq!(months(plain, Over::Minutes(44_640)), [(1, d("9000"))]);
        // The minute after them is of a month of its own.
        assert_eq!(Months::of(plain, Over::Minutes(44_641)).unwrap().count, 2);
        assert_eq!(months(plain, Over::Days(365)), [(12, d("750"))]);
        // 4,500 are the half of 92 days: one month and half of the next.
        let expected = [(1, d("0")), (1, d("1500")), (1, d("3000"))];
        let half = usage("9000", "0", "4500");
        assert_eq!(months(half, Over::Days(92)), expected);
    }

    #[test]
    fn a_free_quota_pays_for_the_first_months() {
        // 9,000 in 90 days: 1,000 free ones are in the first month.
        let first = usage("9000", "0", "1000");
        let expected = [(1, d("2000")), (2, d("3000"))];
        assert_eq!(months(first, Over::Days(90)), expected);
        // 4,000 are the first month, and a third of the second.
        let second = usage("9000", "0", "4000");
        let expected = [(1, d("0")), (1, d("2000")), (1, d("3000"))];
        assert_eq!(months(second, Over::Days(90)), expected);
        // Exactly a month; and what is of a cache is never funded.
        let whole = usage("9000", "900", "3000");
        let expected = [(1, d("300")), (1, d("3300")), (1, d("3300"))];
        assert_eq!(months(whole, Over::Days(90)), expected);
        // The last month is half a month.
        let half = usage("9000", "900", "7500");
        let expected = [(1, d("600")), (1, d("1800"))];
        assert_eq!(months(half, Over::Days(45)), expected);
        let all = usage("9000", "900", "9000");
        assert_eq!(months(all, Over::Days(45)), [(1, d("600")), (1, d("300"))]);
        assert_eq!(months(all, Over::Days(90)), [(3, d("300"))]);
    }

    #[test]
    fn what_is_used_at_the_factor_is_deducted_and_no_more_than_the_commitment() {
        let months = Months::of(usage("10000", "0", "0"), Over::OneMonth).unwrap();
        // 5,000 at 0.8 pay for 6,250.
        let spent = months.spend(d("5000"), d("0.8")).unwrap();
        assert_eq!((spent.used_up, spent.in_these.value), (1, d("6250")));
        assert_eq!(months.cost(d("5000"), d("0.8")), Ok(d("8750")));
        // 8,000 pay for just all of it, and 9,000 for no more.
        assert_eq!(months.cost(d("8000"), d("0.8")), Ok(d("8000")));
        let spent = months.spend(d("9000"), d("0.8")).unwrap();
        assert_eq!((spent.used_up, spent.in_others.value), (0, d("10000")));
        assert_eq!(months.cost(d("9000"), d("0.8")), Ok(d("9000")));
    }
}
