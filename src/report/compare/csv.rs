//! One row an option.

use super::{CompareReport, bought};
use crate::billing::exact::plain;
use crate::report::funding;
use crate::report::spreadsheet::{Cell, csv};

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

/// The report as CSV. Each rate of exchange adds two columns: the rate, and the total at it.
pub fn render(report: &CompareReport) -> anyhow::Result<String> {
    let mut header: Vec<String> = HEADER.iter().map(|name| (*name).to_owned()).collect();
    for converted in report
        .quotes
        .first()
        .map_or(&[][..], |first| &first.converted)
    {
        let code = converted.fx.currency.code();
        header.extend([format!("rate_{code}"), format!("total_{code}")]);
    }
    header.extend(funding::HEADER.iter().map(|name| (*name).to_owned()));
    let bought: Vec<String> = report.comparison.rows.iter().map(bought).collect();
    let mut rows = vec![header.iter().map(|name| Cell::Fixed(name)).collect()];
    for ((row, priced), bought) in report
        .comparison
        .rows
        .iter()
        .zip(&report.quotes)
        .zip(&bought)
    {
        let model = &row.quote.model;
        let mut cells = vec![
            Cell::Number(row.rank.to_string()),
            Cell::Fixed(row.kind.name()),
            Cell::Text(&model.provider),
            Cell::Text(&model.region),
            Cell::Text(&model.code),
            Cell::Text(bought),
            Cell::Number(plain(row.quote.total)),
            Cell::Fixed(row.quote.currency.code()),
            Cell::Number(plain(row.per_million)),
            Cell::Number(row.above_cheapest.map(plain).unwrap_or_default()),
        ];
        for converted in &priced.converted {
            cells.push(Cell::Number(plain(converted.fx.rate)));
            cells.push(Cell::Number(plain(converted.total.amount)));
        }
        cells.extend(funding::cells(&row.quote));
        rows.push(cells);
    }
    Ok(csv(rows)?)
}
