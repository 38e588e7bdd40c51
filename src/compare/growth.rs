//! Calls that grow, compared month by month: which way is the best in each, and which over all of them.

use rust_decimal::Decimal;

use super::{Comparison, Row, Way};
use crate::billing::exact::{self, TooLarge};
use crate::billing::money::{Currency, Money};
use crate::billing::quote::ModelRef;
use crate::workload::Growth;

/// What each month costs by the best way, and all by the way that is best over all.
#[derive(Debug, Clone)]
pub struct GrownComparison {
    /// The growth.
    pub growth: Growth,
    /// The months.
    pub months: Vec<MonthBest>,
    /// The ways that are known to serve every month that has calls, the best over all months first.
    pub ways: Vec<OfWay>,
}

/// A month.
#[derive(Debug, Clone)]
pub struct MonthBest {
    /// Its calls.
    pub calls: u64,
    /// The way that costs least; `None` where it has no calls, or none is known to serve them.
    pub best: Option<OfWay>,
    /// What the way that is used now costs; `None` where it has no calls, none is said, or it is not known to serve
    /// them.
    pub now: Option<Money>,
}

/// What a way of a model costs.
#[derive(Debug, Clone)]
pub struct OfWay {
    /// The model.
    pub model: ModelRef,
    /// The way.
    pub way: Way,
    /// What it costs.
    pub total: Money,
}

impl OfWay {
    fn of(row: &Row) -> Self {
        Self {
            model: row.quote.model.clone(),
            way: Way::of(row),
            total: row.quote.total_money(),
        }
    }

    /// Whether it is the same way of the same model.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let of = |one: &Self| (one.model.code.clone(), one.model.region.clone());
        of(self) == of(other) && self.way == other.way
    }

    /// Whether a row is of it.
    #[must_use]
    pub fn is_of(&self, row: &Row) -> bool {
        self.is_same(&Self::of(row))
    }
}

impl GrownComparison {
    /// The months by their comparisons; `None` of a month without calls.
    ///
    /// # Errors
    /// [`TooLarge`] when a sum does not fit a decimal.
    pub fn of(growth: Growth, months: &[(u64, Option<&Comparison>)]) -> Result<Self, TooLarge> {
        let mut compared = months.iter().filter_map(|(_, month)| *month);
        let mut ways: Vec<OfWay> = compared.next().map_or_else(Vec::new, ways_of);
        for month in compared {
            let others = ways_of(month);
            let mut kept = Vec::new();
            for mut way in ways {
                if let Some(other) = others.iter().find(|other| other.is_same(&way)) {
                    way.total.amount = exact::add(way.total.amount, other.total.amount)?;
                    kept.push(way);
                }
            }
            ways = kept;
        }
        ways.sort_by_key(|way| way.total.amount);
        let months = months.iter().map(|(calls, month)| MonthBest {
            calls: *calls,
            best: month.and_then(|month| month.rows.first()).map(OfWay::of),
            now: month
                .and_then(Comparison::ranked_now)
                .map(|row| row.quote.total_money()),
        });
        Ok(Self {
            growth,
            months: months.collect(),
            ways,
        })
    }

    /// What all months cost by the best way of each; `None` where no way is known for one with calls.
    ///
    /// # Errors
    /// [`TooLarge`] when the sum does not fit a decimal.
    pub fn total(&self) -> Result<Option<Money>, TooLarge> {
        let mut total: Option<(Decimal, Currency)> = None;
        for month in &self.months {
            let Some(best) = &month.best else {
                if month.calls > 0 {
                    return Ok(None);
                }
                continue;
            };
            let before = total.map_or(Decimal::ZERO, |(amount, _)| amount);
            total = Some((exact::add(before, best.total.amount)?, best.total.currency));
        }
        Ok(total.map(|(amount, currency)| Money { amount, currency }))
    }

    /// The first month whose best way is another than that of the month before it, with both.
    #[must_use]
    pub fn change(&self) -> Option<(usize, &OfWay, &OfWay)> {
        let best = self.months.iter().map(|month| month.best.as_ref());
        let best: Vec<(usize, &OfWay)> = (1..)
            .zip(best)
            .filter_map(|(at, best)| Some((at, best?)))
            .collect();
        let mut pairs = best.iter().zip(best.iter().skip(1));
        let (before, after) = pairs.find(|(before, after)| !before.1.is_same(after.1))?;
        Some((after.0, before.1, after.1))
    }
}

/// The ways that are ranked, each once.
fn ways_of(comparison: &Comparison) -> Vec<OfWay> {
    let mut ways: Vec<OfWay> = Vec::new();
    for way in comparison.rows.iter().map(OfWay::of) {
        if !ways.iter().any(|known| known.is_same(&way)) {
            ways.push(way);
        }
    }
    ways
}
