//! What a log of several models costs in each month of calls that grow: by the best ways, and as it is paid now.

use rust_decimal::Decimal;
use serde::Serialize;

use super::LogModel;
use super::growth::named;
use crate::billing::exact::{self, TooLarge, plain};
use crate::billing::fx::Exchange;
use crate::billing::money::{Currency, Money};
use crate::billing::number::{counted, grouped, whole};
use crate::compare::{MonthBest, OfWay};
use crate::report::document::{Body, Cell, Column, Document, Look, Table};
use crate::report::json::rounded;
use crate::report::quotes::{Converted, FxJson};
use crate::workload::Growth;

/// The months of all models of a log, added up.
#[derive(Debug, Clone)]
pub struct LogGrowth {
    growth: Growth,
    months: Vec<LogMonth>,
    /// All months, each model by the one way that is best over all of them; `None` where a model has none that is
    /// known to serve them.
    pub best: Option<Money>,
    /// All months, each by the best way of each model in it.
    best_of_each: Option<Money>,
    /// All months as the log is paid now.
    pub now: Option<Money>,
    /// The best over all at the rates that were given.
    converted: Vec<Converted>,
}

/// A month of all models.
#[derive(Debug, Clone)]
struct LogMonth {
    calls: u64,
    /// By the best way of each model; `None` where none is known for one that has calls.
    best: Option<Money>,
    now: Option<Money>,
}

impl LogGrowth {
    /// The months of these models; `None` where their calls do not grow.
    ///
    /// # Errors
    /// [`TooLarge`] when a sum does not fit.
    pub fn of(
        models: &[LogModel],
        (currency, rates): (Currency, &[Exchange]),
    ) -> Result<Option<Self>, TooLarge> {
        let grown = models.iter().map(|model| model.report.growth.as_ref());
        let Some(grown) = grown.collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        let Some(first) = grown.first() else {
            return Ok(None);
        };
        let money = |amount: Decimal| Money { amount, currency };
        let sum = |amounts: Option<Vec<Decimal>>| -> Result<Option<Money>, TooLarge> {
            Ok(amounts.map(exact::sum).transpose()?.map(money))
        };
        let months = (0..first.months.len()).map(|place| {
            let of_month = || grown.iter().filter_map(|one| one.months.get(place));
            let calls = of_month().try_fold(0_u64, |sum, month| sum.checked_add(month.calls));
            Ok(LogMonth {
                calls: calls.ok_or(TooLarge)?,
                best: sum(of_month()
                    .map(|month| cost(month, month.best.as_ref().map(|way| way.total)))
                    .collect())?,
                now: sum(of_month().map(|month| cost(month, month.now)).collect())?,
            })
        });
        let months: Vec<LogMonth> = months.collect::<Result<_, TooLarge>>()?;
        let all = |of: fn(&LogMonth) -> Option<Money>| {
            let amounts = months.iter().map(|month| Some(of(month)?.amount));
            sum(amounts.collect())
        };
        let over = grown.iter().map(|one| Some(one.ways.first()?.total.amount));
        let best = sum(over.collect())?;
        let converted = best
            .iter()
            .flat_map(|best| rates.iter().map(|fx| Converted::new(*fx, best.amount)));
        Ok(Some(Self {
            growth: first.growth,
            best,
            best_of_each: all(|month| month.best)?,
            now: all(|month| month.now)?,
            converted: converted.collect::<Result<_, _>>()?,
            months,
        }))
    }

    /// `3 months`.
    pub fn said_months(&self) -> String {
        let months = u64::try_from(self.months.len()).unwrap_or(u64::MAX);
        counted(months, "month")
    }

    /// `3 months of 30 days at 5%/month`.
    pub fn said(&self) -> String {
        format!("{} of 30 days at {}", self.said_months(), self.growth)
    }

    /// What it comes to where each month has the best way of its own, if that is less.
    pub fn sentence(&self) -> Option<String> {
        let (best, of_each) = (self.best?, self.best_of_each?);
        (of_each.amount < best.amount)
            .then(|| format!("With the best way of each month it is {of_each}."))
    }

    /// Adds what each model costs over all months, and what each month costs.
    pub fn add(&self, document: &mut Document, models: &[LogModel]) {
        document.part("Growth", Body::Table(self.of_models(models)));
        document.part("", Body::list(changes(models)));
        document.part("", Body::Table(self.of_months()));
    }

    /// A row a model: its best way over all months.
    fn of_models(&self, models: &[LogModel]) -> Table {
        let mut table = Table::new(vec![
            Column::text("Model"),
            Column::text(format!("Best over {}", self.said_months())),
            Column::number("As now"),
            Column::number("Cost"),
        ]);
        for model in models {
            let (Some(row), Some(grown)) = (model.best(), &model.report.growth) else {
                continue;
            };
            let now = model.report.comparison.current();
            let now = |way: &OfWay| match now.is_some_and(|row| way.is_of(row)) {
                true => " (now)",
                false => "",
            };
            let (way, best) = match grown.ways.first() {
                Some(way) => (
                    format!("{}{}", named(&model.report, way), now(way)),
                    way.total.into(),
                ),
                None => ("-".to_owned(), Cell::Empty),
            };
            let amounts = grown.months.iter().map(|month| cost(month, month.now));
            let paid = amounts
                .collect::<Option<Vec<_>>>()
                .and_then(|amounts| exact::sum(amounts).ok());
            let currency = row.quote.currency;
            let paid = paid.map(|amount| Money { amount, currency }.into());
            table.row(vec![
                Cell::Code(row.quote.model.code.clone()),
                Cell::text(way),
                paid.unwrap_or(Cell::Empty),
                best,
            ]);
        }
        let cell = |money: Option<Money>| money.map_or(Cell::Empty, Cell::Money);
        let mut last = |label: String, now: Cell, best: Cell, look| {
            table.add(vec![Cell::Text(label), Cell::Empty, now, best], look);
        };
        let (now, best) = (cell(self.now), cell(self.best));
        last("Total".to_owned(), now, best, Look::Total);
        for converted in &self.converted {
            let label = format!("at {}", converted.fx.label());
            last(
                label,
                Cell::Empty,
                converted.total.into(),
                Look::BesideTotal,
            );
        }
        table
    }

    /// A row a month: all models by the best way of each in it.
    fn of_months(&self) -> Table {
        let mut table = Table::new(vec![
            Column::number("Month"),
            Column::number("Calls"),
            Column::number("As now"),
            Column::number("Best in it"),
        ]);
        let cell = |money: Option<Money>| money.map_or(Cell::Empty, Cell::Money);
        for (number, month) in (1_usize..).zip(&self.months) {
            table.row(vec![
                Cell::number(whole(number)),
                Cell::number(grouped(month.calls.into(), 0)),
                cell(month.now),
                cell(month.best),
            ]);
        }
        let all = vec![
            Cell::text("All"),
            Cell::Empty,
            cell(self.now),
            cell(self.best_of_each),
        ];
        table.add(all, Look::Total);
        table
    }
}

/// What a month costs by a way: nothing without calls, `None` where it is not known.
fn cost(month: &MonthBest, by: Option<Money>) -> Option<Decimal> {
    match by {
        Some(total) => Some(total.amount),
        None if month.calls == 0 => Some(Decimal::ZERO),
        None => None,
    }
}

/// The models whose best way is another in a later month, and those that none serves all the time.
fn changes(models: &[LogModel]) -> Vec<String> {
    let of = |model: &LogModel| {
        let (row, grown) = (model.best()?, model.report.growth.as_ref()?);
        let code = &row.quote.model.code;
        let said = |way| named(&model.report, way);
        let change = grown.change().map(|(month, before, after)| {
            format!(
                "the best way changes in month {month}, from {} to {}",
                said(before),
                said(after)
            )
        });
        let none = grown.ways.is_empty();
        let none = none.then(|| "no way is known to serve all months".to_owned());
        let lines: Vec<String> = change.into_iter().chain(none).collect();
        (!lines.is_empty()).then(|| format!("`{code}`: {}", lines.join("; ")))
    };
    models.iter().filter_map(of).collect()
}

/// The months of a log.
#[derive(Debug, Serialize)]
pub struct LogGrowthJson {
    percent_per_month: String,
    months: Vec<MonthJson>,
    best_total: Option<String>,
    best_total_rounded: Option<String>,
    best_of_each_month_total: Option<String>,
    now_total: Option<String>,
    now_total_rounded: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fx: Vec<FxJson>,
}

#[derive(Debug, Serialize)]
struct MonthJson {
    month: String,
    calls: String,
    best_total: Option<String>,
    now_total: Option<String>,
}

impl LogGrowthJson {
    pub fn new(grown: &LogGrowth) -> Self {
        let exact = |money: Option<Money>| money.map(|money| plain(money.amount));
        let shown = |money: Option<Money>| money.map(|money| rounded(money.amount));
        let months = (1_usize..)
            .zip(&grown.months)
            .map(|(number, month)| MonthJson {
                month: number.to_string(),
                calls: month.calls.to_string(),
                best_total: exact(month.best),
                now_total: exact(month.now),
            });
        Self {
            percent_per_month: plain(grown.growth.percent()),
            months: months.collect(),
            best_total: exact(grown.best),
            best_total_rounded: shown(grown.best),
            best_of_each_month_total: exact(grown.best_of_each),
            now_total: exact(grown.now),
            now_total_rounded: shown(grown.now),
            fx: grown.converted.iter().map(FxJson::new).collect(),
        }
    }
}
