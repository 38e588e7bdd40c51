//! One row an option: those that are ranked, those that are not, then those that cannot be priced.

use super::{CompareReport, bought, doubt, rank, remark};
use crate::billing::exact::plain;
use crate::compare::Row;
use crate::report::funding;
use crate::report::quotes::rate_cell;
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

/// After the rates of exchange and who pays.
const LAST: &[&str] = &["current", "remarks", "reason"];

/// The report as CSV. Each rate of exchange adds two columns: the rate, and the total at it. What is
/// not known to serve has no rank, but a reason; what cannot be priced has no numbers either.
pub fn render(report: &CompareReport) -> anyhow::Result<String> {
    let mut header: Vec<String> = HEADER.iter().map(|name| (*name).to_owned()).collect();
    for fx in &report.rates {
        let code = fx.to.currency.code();
        header.extend([format!("rate_{code}"), format!("total_{code}")]);
    }
    header.extend(funding::HEADER.iter().map(|name| (*name).to_owned()));
    header.extend(LAST.iter().map(|name| (*name).to_owned()));
    let comparison = &report.comparison;
    let has_current = comparison.current().is_some();
    let bought: Vec<String> = comparison.priced().map(bought).collect();
    let remarks: Vec<String> = comparison.priced().map(remarks).collect();
    let ranked = comparison.rows.iter().map(|_| String::new());
    let reasons: Vec<String> = ranked
        .chain(comparison.unranked.iter().map(doubt))
        .collect();
    let quotes = report.quotes.iter().chain(&report.unranked);
    let mut rows = vec![header.iter().map(|name| Cell::Fixed(name)).collect()];
    for ((((row, priced), bought), remarks), reason) in comparison
        .priced()
        .zip(quotes)
        .zip(&bought)
        .zip(&remarks)
        .zip(&reasons)
    {
        let model = &row.quote.model;
        let mut cells = vec![
            Cell::Number(rank(row)),
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
        for fx in &report.rates {
            let total = priced.total_in(fx.to.currency);
            cells.push(rate_cell(fx));
            cells.push(Cell::Number(
                total.map_or_else(String::new, |total| plain(total.amount)),
            ));
        }
        cells.extend(funding::cells(&row.quote));
        cells.push(Cell::Fixed(match (has_current, row.is_current) {
            (true, true) => "yes",
            (true, false) => "no",
            (false, _) => "",
        }));
        cells.push(Cell::Text(remarks));
        cells.push(Cell::Text(reason));
        rows.push(cells);
    }
    for one in &comparison.unavailable {
        let mut cells = vec![
            Cell::Fixed(""),
            Cell::Fixed(one.kind.name()),
            Cell::Text(&one.provider),
            Cell::Text(&one.region),
            Cell::Text(&one.model),
        ];
        let last = header.len().saturating_sub(1);
        cells.resize(last, Cell::Fixed(""));
        cells.push(Cell::Text(&one.reason));
        rows.push(cells);
    }
    Ok(csv(rows)?)
}

/// What is not equivalent about a row, and what is assumed.
fn remarks(row: &Row) -> String {
    let remarks: Vec<String> = row.caveats.iter().map(|one| remark(row, one)).collect();
    remarks.join("; ")
}
