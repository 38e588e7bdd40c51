//! Throughput reservations: tokens per minute at one of two speeds, sold by rules of their own (`reservation.…`).

use chrono::{NaiveDate, NaiveTime};

use super::calendar::ExpiryRules;
use super::early_end::Settlement;
use super::error::QuoteError;
use super::exact;
use super::meter::PerMeter;
use super::money::Percent;
use super::term::Increment;
use super::unit::{Unit, UnitPrice};
use super::units::{Size, Sold};

/// Which throughput reservation is bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Speed {
    /// Standard speed: by the day, or in blocks of 8 hours.
    Standard,
    /// High speed, at the prices of provisioned throughput: by the day, or pay-as-you-go.
    High,
}

impl Speed {
    /// The name in flags, plans and JSON: `standard` or `high-speed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::High => "high-speed",
        }
    }

    /// Both.
    pub const ALL: &[Self] = &[Self::Standard, Self::High];

    /// What is bought, as one says it.
    #[must_use]
    pub fn product(self) -> &'static str {
        match self {
            Self::Standard => "standard reservation",
            Self::High => "high-speed reservation",
        }
    }
}

/// How a provider sells throughput reservations. Catalog data; what is not documented is `None` or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SaleRules {
    /// The increment in which pay-as-you-go is metered.
    pub increment: Option<Increment>,
    /// The fewest input and output tokens per minute; both are bought together.
    pub smallest: PerMeter<u64>,
    /// Every number of days up to this one is sold as a term.
    pub days_up_to: Option<u64>,
    /// Longer terms, in days, from the shortest.
    pub longer_days: Vec<u64>,
    /// Blocks of 8 hours.
    pub block: Option<BlockRules>,
    /// How a term of days ends.
    pub expiry: Option<ExpiryRules>,
    /// What ending a term early, or making it smaller, settles.
    pub settlement: Option<Settlement>,
    /// The first day on which the document with these rules is known.
    pub known_from: Option<NaiveDate>,
}

/// How blocks of 8 hours are sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockRules {
    /// The price of a block, as a share of a day.
    pub of_a_day: Percent,
    /// From this clock time to midnight a block can be ordered. It starts with the hour of its order.
    pub ordered_from: NaiveTime,
}

/// A reservation as it is sold: which one, and the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// Which one; `None` of provisioned throughput, of which these rules say something too.
    pub speed: Option<Speed>,
    /// The rules.
    pub rules: SaleRules,
}

/// Terms bought one after the other: the days of one, and how many of it.
pub type InTurn = Vec<(u64, u64)>;

impl SaleRules {
    /// Whether a term of so many days is sold. Where nothing is documented every one is.
    #[must_use]
    pub fn sells(&self, days: u64) -> bool {
        match self.days_up_to {
            None => true,
            Some(up_to) => days <= up_to || self.longer_days.contains(&days),
        }
    }

    /// The sold terms next to a number of days: the longest below and the shortest above.
    #[must_use]
    pub fn nearest(&self, days: u64) -> (u64, Option<u64>) {
        let all = || self.days_up_to.iter().chain(&self.longer_days).copied();
        let below = all().filter(|one| *one < days).max();
        let above = all().filter(|one| *one > days).min();
        (below.unwrap_or(1), above)
    }

    /// Sold terms that together are so many days, the longest first. A day costs the same in each.
    #[must_use]
    pub fn in_turn(&self, days: u64) -> InTurn {
        let Some(up_to) = self.days_up_to.filter(|up_to| *up_to > 0) else {
            return vec![(days, 1)];
        };
        let mut terms = self.longer_days.clone();
        terms.push(up_to);
        terms.sort_unstable();
        let mut left = days;
        let mut bought = Vec::new();
        for term in terms.into_iter().rev() {
            let count = left.checked_div(term).unwrap_or(0);
            left = left.checked_rem(term).unwrap_or(0);
            if count > 0 {
                bought.push((term, count));
            }
        }
        if left > 0 {
            bought.push((left, 1));
        }
        bought
    }

    /// The price of a block of 8 hours that follows from that of a day.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when it does not fit.
    pub fn block_price(&self, day: UnitPrice) -> Result<Option<UnitPrice>, QuoteError> {
        let Some(block) = self.block else {
            return Ok(None);
        };
        let amount = exact::mul(day.amount, block.of_a_day.factor()?)?;
        Ok(Some(UnitPrice {
            amount,
            unit: Unit::TpmBlock,
            ..day
        }))
    }
}

impl Sale {
    /// Whether a standard reservation is bought, of which only what is published is sold.
    #[must_use]
    pub fn is_standard(&self) -> bool {
        self.speed == Some(Speed::Standard)
    }

    /// Whether a size is below the smallest that the page sells.
    #[must_use]
    pub fn is_below(&self, size: Size) -> bool {
        let mut sides = size.0.into_iter().zip(self.rules.smallest);
        !size.is_nothing() && sides.any(|(count, smallest)| count < smallest)
    }

    /// Whether a standard reservation of this size is sold.
    ///
    /// # Errors
    /// [`QuoteError::BelowSmallest`] and [`QuoteError::BetweenSteps`] where it is not.
    pub fn check_size(&self, units: &[Sold], size: Size) -> Result<(), QuoteError> {
        if !self.is_standard() || size.is_nothing() {
            return Ok(());
        }
        if self.is_below(size) {
            let (asked, smallest) = (size.0, self.rules.smallest);
            return Err(QuoteError::BelowSmallest { asked, smallest });
        }
        for (unit, count) in units.iter().zip(size.0) {
            let up = unit.purchasable(count)?;
            if up != count {
                let side = unit.name.id();
                let (step, below) = (unit.step, up.saturating_sub(unit.step));
                return Err(QuoteError::BetweenSteps {
                    side,
                    count,
                    step,
                    next: [below, up],
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> SaleRules {
        SaleRules {
            days_up_to: Some(30),
            longer_days: vec![60, 90, 120, 365],
            ..SaleRules::default()
        }
    }

    #[test]
    fn terms_are_one_to_thirty_days_and_four_longer_ones() {
        for (days, sold) in [
            (1, true),
            (30, true),
            (31, false),
            (60, true),
            (45, false),
            (365, true),
            (366, false),
        ] {
            assert_eq!(rules().sells(days), sold, "{days}");
        }
        assert_eq!(rules().nearest(45), (30, Some(60)));
        assert_eq!(rules().nearest(200), (120, Some(365)));
        assert_eq!(rules().nearest(400), (365, None));
    }

    #[test]
    fn other_times_are_terms_in_turn() {
        assert_eq!(rules().in_turn(7), [(7, 1)]);
        assert_eq!(rules().in_turn(45), [(30, 1), (15, 1)]);
        assert_eq!(rules().in_turn(180), [(120, 1), (60, 1)]);
        assert_eq!(rules().in_turn(800), [(365, 2), (60, 1), (10, 1)]);
        assert_eq!(SaleRules::default().in_turn(45), [(45, 1)]);
        for days in 1..1_000 {
            let terms = rules().in_turn(days);
            assert!(terms.iter().all(|(term, _)| rules().sells(*term)), "{days}");
            assert_eq!(
                terms.iter().map(|(term, count)| term * count).sum::<u64>(),
                days
            );
        }
    }
}
