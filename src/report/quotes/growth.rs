//! What traffic that grows costs in each month, and in all.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Converted, PricedQuote};
use crate::billing::exact::{self, TooLarge, plain};
use crate::billing::fx::Exchange;
use crate::billing::money::{Currency, Money};
use crate::billing::number::{counted, grouped, whole};
use crate::report::document::{Body, Cell, Column, Document, Look, Table};
use crate::report::json::rounded;
use crate::workload::Growth;

/// What traffic that grows costs, a quote a month of 30 days.
#[derive(Debug, Clone)]
pub struct Grown {
    growth: Growth,
    currency: Currency,
    /// The months, the first one being that of the report.
    months: Vec<GrownMonth>,
    /// What they cost together.
    total: Decimal,
    converted: Vec<Converted>,
}

/// A month of it.
#[derive(Debug, Clone)]
pub struct GrownMonth {
    /// Its calls.
    calls: u64,
    /// What it costs.
    total: Decimal,
    /// The quote of it; `None` where it has no calls and so costs nothing, or is of several models.
    quote: Option<PricedQuote>,
}

impl GrownMonth {
    /// A month with its quote; `None` where it has no calls.
    #[must_use]
    pub fn of(calls: u64, quote: Option<PricedQuote>) -> Self {
        let total = quote.as_ref();
        let total = total.map_or(Decimal::ZERO, |priced| priced.quote.total);
        Self {
            calls,
            total,
            quote,
        }
    }
}

impl Grown {
    /// The months of a quote, and their sum.
    ///
    /// # Errors
    /// [`TooLarge`] when the sum does not fit a decimal.
    pub fn new(
        growth: Growth,
        currency: Currency,
        months: Vec<GrownMonth>,
        rates: &[Exchange],
    ) -> Result<Self, TooLarge> {
        let total = exact::sum(months.iter().map(|month| month.total))?;
        let converted = rates.iter().map(|fx| Converted::new(*fx, total));
        Ok(Self {
            growth,
            currency,
            months,
            total,
            converted: converted.collect::<Result<_, _>>()?,
        })
    }

    /// The months of several models, each month added up; `None` where none of them grows.
    ///
    /// # Errors
    /// [`TooLarge`] when a sum does not fit.
    pub fn together<'a>(
        models: impl Iterator<Item = &'a Self>,
        rates: &[Exchange],
    ) -> Result<Option<Self>, TooLarge> {
        let mut sums: Option<(Growth, Currency, Vec<GrownMonth>)> = None;
        for one in models {
            let (.., months) = sums.get_or_insert_with(|| {
                let none = one.months.iter().map(|_| GrownMonth::of(0, None));
                (one.growth, one.currency, none.collect())
            });
            for (sum, month) in months.iter_mut().zip(&one.months) {
                sum.calls = sum.calls.checked_add(month.calls).ok_or(TooLarge)?;
                sum.total = exact::add(sum.total, month.total)?;
            }
        }
        let whole =
            sums.map(|(growth, currency, months)| Self::new(growth, currency, months, rates));
        whole.transpose()
    }

    /// What all months cost.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.total
    }

    /// The months after the first that cost something, by their number.
    pub(super) fn later(&self) -> impl Iterator<Item = (usize, &PricedQuote)> {
        let months = (1_usize..).zip(&self.months).skip(1);
        months.filter_map(|(month, one)| Some((month, one.quote.as_ref()?)))
    }

    fn money(&self, amount: Decimal) -> Money {
        let currency = self.currency;
        Money { amount, currency }
    }

    /// `12 months`.
    pub(super) fn said_months(&self) -> String {
        months(self.months.len())
    }

    /// What all months cost.
    pub(super) fn total_money(&self) -> Money {
        self.money(self.total)
    }

    /// The same at the rates that were given.
    pub(super) fn converted(&self) -> &[Converted] {
        &self.converted
    }

    /// `¥1,326.60 for 12 months of 30 days at 5%/month, the first ¥83.34`.
    pub(super) fn answer(&self) -> String {
        let first = self.months.first();
        let first = first.map_or(Decimal::ZERO, |month| month.total);
        format!(
            "{} for {} of 30 days at {}, the first {}",
            self.money(self.total),
            months(self.months.len()),
            self.growth,
            self.money(first)
        )
    }

    /// Adds the months as a table.
    pub(super) fn add(&self, document: &mut Document) {
        let mut table = Table::new(vec![
            Column::number("Month"),
            Column::number("Calls"),
            Column::number("Cost"),
        ]);
        for (number, month) in (1_usize..).zip(&self.months) {
            table.row(vec![
                Cell::number(whole(number)),
                Cell::number(grouped(month.calls.into(), 0)),
                self.money(month.total).into(),
            ]);
        }
        let mut last = |label: String, money: Money, look| {
            table.add(vec![Cell::Text(label), Cell::Empty, money.into()], look);
        };
        last("All".to_owned(), self.money(self.total), Look::Total);
        for converted in &self.converted {
            let label = format!("at {}", converted.fx.label());
            last(label, converted.total, Look::BesideTotal);
        }
        document.part("Growth", Body::Table(table));
    }
}

fn months(count: usize) -> String {
    counted(u64::try_from(count).unwrap_or(u64::MAX), "month")
}

#[derive(Debug, Serialize)]
pub struct GrowthJson {
    percent_per_month: String,
    months: Vec<MonthJson>,
    total: String,
    total_rounded: String,
}

#[derive(Debug, Serialize)]
struct MonthJson {
    month: String,
    calls: String,
    total: String,
    total_rounded: String,
}

impl GrowthJson {
    pub fn new(grown: &Grown) -> Self {
        let months = (1_usize..)
            .zip(&grown.months)
            .map(|(number, month)| MonthJson {
                month: number.to_string(),
                calls: month.calls.to_string(),
                total: plain(month.total),
                total_rounded: rounded(month.total),
            });
        Self {
            percent_per_month: plain(grown.growth.percent()),
            months: months.collect(),
            total: plain(grown.total),
            total_rounded: rounded(grown.total),
        }
    }
}
