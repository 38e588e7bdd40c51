//! One row a line item, as quotes have them, with the deployment that it belongs to.

use super::CheckReport;
use crate::billing::error::QuoteError;
use crate::billing::exact::{self, plain};
use crate::billing::quote::LineItem;
use crate::plan::{Priced, PricedPart};
use crate::report::quotes::rows::{COLUMNS, ORIGIN, cells, origin, source};
use crate::report::spreadsheet::{Cell, csv};

const OWN: &[&str] = &["deployment", "part", "end", "count"];

/// The report as CSV. `amount` is of one of `count`, `total_amount` of all of them. Each rate of
/// exchange adds two columns: the rate, and the total amount at it.
pub fn render(report: &CheckReport) -> anyhow::Result<String> {
    let mut header: Vec<String> = [OWN, COLUMNS, &["total_amount"], ORIGIN]
        .concat()
        .into_iter()
        .map(str::to_owned)
        .collect();
    for converted in &report.converted {
        let code = converted.fx.currency.code();
        header.extend([format!("rate_{code}"), format!("total_amount_{code}")]);
    }
    let lines: Vec<(&Priced, &PricedPart, &LineItem, String)> = report
        .priced
        .deployments
        .iter()
        .flat_map(|priced| priced.parts.iter().map(move |part| (priced, part)))
        .flat_map(|(priced, part)| {
            let items = part.quote.items.iter();
            items.map(move |item| (priced, part, item, source(item)))
        })
        .collect();
    let mut rows = vec![header.iter().map(|name| Cell::Fixed(name)).collect()];
    for (priced, part, item, source) in &lines {
        rows.push(row(report, priced, part, item, source)?);
    }
    Ok(csv(rows)?)
}

fn row<'a>(
    report: &CheckReport,
    priced: &'a Priced,
    part: &'a PricedPart,
    item: &'a LineItem,
    source: &'a str,
) -> anyhow::Result<Vec<Cell<'a>>> {
    let count = priced.deployment.count;
    let total = exact::mul(item.amount, count.into()).map_err(QuoteError::from)?;
    let mut row = vec![
        Cell::Text(&priced.deployment.name),
        Cell::Text(part.label.as_deref().unwrap_or_default()),
        Cell::Fixed(part.end.map(|end| end.name()).unwrap_or_default()),
        Cell::Number(count.to_string()),
    ];
    row.extend(cells(&part.quote, item));
    row.push(Cell::Number(plain(total)));
    row.extend(origin(&part.quote, item, source));
    for converted in &report.converted {
        let rate = converted.fx.rate;
        let amount = exact::mul(total, rate).map_err(QuoteError::from)?;
        row.push(Cell::Number(plain(rate)));
        row.push(Cell::Number(plain(amount)));
    }
    Ok(row)
}
