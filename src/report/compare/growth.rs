//! The best way of each month of calls that grow, and that over all.

use serde::Serialize;

use super::CompareReport;
use super::gaps::of_what;
use crate::billing::exact::plain;
use crate::billing::number::{counted, grouped, whole};
use crate::compare::{GrownComparison, OfWay, Row};
use crate::report::document::{Body, Cell, Column, Document, Look, Table};

/// The first sentence of the answer: whether the best way changes, and which is best over all.
pub fn sentence(report: &CompareReport) -> Option<String> {
    let grown = report.growth.as_ref()?;
    let said = |way: &OfWay| named(report, way);
    let count = u64::try_from(grown.months.len()).unwrap_or(u64::MAX);
    let over = format!("{} at {}", counted(count, "month"), grown.growth);
    let best = grown.ways.first();
    let of_what = of_what(&report.comparison);
    Some(match (grown.change(), best) {
        (Some((month, before, after)), best) => {
            let change = format!(
                "The best way{of_what} changes in month {month}, from {} to {}",
                said(before),
                said(after)
            );
            match best {
                Some(best) => format!(
                    "{change}; over {over} it is {}, {} in all.",
                    said(best),
                    best.total
                ),
                None => format!("{change}; none is known to serve all {over}."),
            }
        }
        (None, Some(best)) => format!(
            "The best way{of_what} is {} in each of {over}, {} in all.",
            said(best),
            best.total
        ),
        (None, None) => format!("No way is known to serve all {over}."),
    })
}

/// A way as the ranking names it, with its model where there are several.
pub fn named(report: &CompareReport, way: &OfWay) -> String {
    let comparison = &report.comparison;
    match comparison.of_several_models() || comparison.of_several_regions() {
        true => {
            let model = comparison.said_model(&way.model.code, &way.model.region);
            format!("{} of {model}", way.way)
        }
        false => way.way.to_string(),
    }
}

/// Adds the months as a table.
pub fn add(document: &mut Document, report: &CompareReport) -> anyhow::Result<()> {
    let Some(grown) = &report.growth else {
        return Ok(());
    };
    let mut table = Table::new(vec![
        Column::number("Month"),
        Column::number("Calls"),
        Column::text("Best"),
        Column::number("Total"),
    ]);
    for (number, month) in (1_usize..).zip(&grown.months) {
        let mut cells = vec![
            Cell::number(whole(number)),
            Cell::number(grouped(month.calls.into(), 0)),
        ];
        match &month.best {
            Some(best) => cells.extend([Cell::text(named(report, best)), best.total.into()]),
            None => cells.extend([Cell::text("-"), Cell::Empty]),
        }
        table.row(cells);
    }
    let mut last = |label: &str, way: String, total| {
        let cells = vec![Cell::text(label), Cell::Empty, Cell::text(way), total];
        table.add(cells, Look::Total);
    };
    if let Some(total) = grown
        .total()
        .map_err(crate::billing::error::QuoteError::from)?
    {
        last("All", "the best of each month".to_owned(), total.into());
    }
    if let Some(best) = grown.ways.first() {
        last("All", named(report, best), best.total.into());
    }
    document.part("Growth", Body::Table(table));
    Ok(())
}

/// What a row costs in all months, where its way is known to serve them.
pub fn of_row<'a>(grown: &'a GrownComparison, row: &Row) -> Option<&'a OfWay> {
    grown.ways.iter().find(|way| way.is_of(row))
}

#[derive(Debug, Serialize)]
pub struct GrowthJson<'a> {
    percent_per_month: String,
    months: Vec<MonthJson<'a>>,
    best: Option<WayJson<'a>>,
}

#[derive(Debug, Serialize)]
struct MonthJson<'a> {
    month: String,
    calls: String,
    best: Option<WayJson<'a>>,
}

#[derive(Debug, Serialize)]
struct WayJson<'a> {
    option: &'static str,
    model: &'a str,
    region: &'a str,
    spec: Option<&'a str>,
    total: String,
    currency: &'a str,
}

impl<'a> WayJson<'a> {
    fn of(way: &'a OfWay) -> Self {
        Self {
            option: way.way.kind.name(),
            model: &way.model.code,
            region: &way.model.region,
            spec: way.way.spec.as_deref(),
            total: plain(way.total.amount),
            currency: way.total.currency.code(),
        }
    }
}

impl<'a> GrowthJson<'a> {
    pub fn new(grown: &'a GrownComparison) -> Self {
        let months = (1_usize..)
            .zip(&grown.months)
            .map(|(number, month)| MonthJson {
                month: number.to_string(),
                calls: month.calls.to_string(),
                best: month.best.as_ref().map(WayJson::of),
            });
        Self {
            percent_per_month: plain(grown.growth.percent()),
            months: months.collect(),
            best: grown.ways.first().map(WayJson::of),
        }
    }
}
