//! One row an option: those that are ranked, those that are not, then those that cannot be priced.

use super::unranked::doubt;
use super::words::{bought, rank, remark};
use super::{CompareReport, growth};
use crate::billing::exact::plain;
use crate::compare::Row;
use crate::report::funding;
use crate::report::quotes::{PricedQuote, rate_cell};
use crate::report::render::csv::{Cell, Sheet, titles};

const HEADER: &[&str] = &[
    "rank",
    "option",
    "provider",
    "region",
    "model",
    "bought",
    "total",
    "currency",
    "per_million_tokens",
    "above_cheapest_percent",
];

/// Titles after the rates of exchange and the funding.
const LAST: &[&str] = &["current", "remarks", "reason"];

/// The report for a spreadsheet. Each rate of exchange adds two columns: the rate, and the total at it.
/// What is not known to serve has no rank, but a reason; what cannot be priced has no numbers either.
pub fn sheet(report: &CompareReport) -> Sheet<'_> {
    let mut header = titles(&[HEADER]);
    for fx in &report.rates {
        let code = fx.to.currency.code();
        header.extend([format!("rate_{code}"), format!("total_{code}")]);
    }
    header.extend(titles(&[funding::HEADER, LAST]));
    if report.growth.is_some() {
        header.push("all_months".to_owned());
    }
    let comparison = &report.comparison;
    let reasons = comparison.rows.iter().map(|_| String::new());
    let reasons = reasons.chain(comparison.unranked.iter().map(doubt));
    let quotes = report.quotes.iter().chain(&report.unranked);
    let priced = comparison.priced().zip(quotes).zip(reasons);
    let priced = priced.map(|((row, priced), reason)| {
        let mut cells = cells(report, row, priced, reason);
        if let Some(grown) = &report.growth {
            let all = growth::of_row(grown, row);
            let all = all.map_or_else(String::new, |way| plain(way.total.amount));
            cells.push(Cell::Number(all));
        }
        cells
    });
    // Of what cannot be priced the reason is the last but what grows.
    let growing = usize::from(report.growth.is_some());
    let not_priced = comparison.unavailable.iter().map(|one| {
        let mut cells = vec![
            Cell::Fixed(""),
            Cell::Fixed(one.kind.name()),
            Cell::text(&one.provider),
            Cell::text(&one.region),
            Cell::text(&one.model),
        ];
        let last = header.len().saturating_sub(1).saturating_sub(growing);
        cells.resize(last, Cell::Fixed(""));
        cells.push(Cell::text(&one.reason));
        cells.resize(header.len(), Cell::Fixed(""));
        cells
    });
    let not_sold = comparison.not_sold.iter().map(|one| {
        let mut cells = vec![
            Cell::Fixed(""),
            Cell::Fixed(""),
            Cell::text(&one.provider),
            Cell::text(&one.region),
            Cell::text(&one.model),
        ];
        let last = header.len().saturating_sub(1).saturating_sub(growing);
        cells.resize(last, Cell::Fixed(""));
        cells.push(Cell::text(one.to_string()));
        cells.resize(header.len(), Cell::Fixed(""));
        cells
    });
    let rows = priced.chain(not_priced).chain(not_sold).collect();
    Sheet { header, rows }
}

fn cells<'a>(
    report: &'a CompareReport,
    row: &'a Row,
    priced: &PricedQuote,
    reason: String,
) -> Vec<Cell<'a>> {
    let model = &row.quote.model;
    let mut cells = vec![
        Cell::Number(rank(row)),
        Cell::Fixed(row.kind.name()),
        Cell::text(&model.provider),
        Cell::text(&model.region),
        Cell::text(&model.code),
        Cell::text(bought(row)),
        Cell::Number(plain(row.quote.total)),
        Cell::Fixed(row.quote.currency.code()),
        Cell::Number(plain(row.per_million)),
        Cell::Number(row.above_cheapest.map(plain).unwrap_or_default()),
    ];
    for fx in &report.rates {
        let total = priced.total_in(fx.to.currency);
        cells.push(rate_cell(fx));
        cells.push(Cell::Number(
            total.map_or_else(String::new, |total| plain(total.amount)),
        ));
    }
    cells.extend(funding::cells(&row.quote));
    let has_current = report.comparison.current().is_some();
    cells.push(Cell::Fixed(match (has_current, row.is_current) {
        (true, true) => "yes",
        (true, false) => "no",
        (false, _) => "",
    }));
    cells.push(Cell::text(remarks(row)));
    cells.push(Cell::text(reason));
    cells
}

fn remarks(row: &Row) -> String {
    let remarks: Vec<String> = row.caveats.iter().map(|one| remark(row, one)).collect();
    remarks.join("; ")
}
