//! One row a line item, as quotes have them, with the deployment that it belongs to.

use super::CheckReport;
use crate::billing::error::QuoteError;
use crate::billing::exact::{self, plain};
use crate::billing::quote::LineItem;
use crate::plan::{Priced, PricedPart};
use crate::report::quotes::rate_cell;
use crate::report::quotes::rows::{COLUMNS, ORIGIN, cells, origin};
use crate::report::render::csv::{Cell, Sheet, titles};

/// The amount in the currency of the plan.
const IN_PLAN: &[&str] = &["plan_rate", "plan_amount", "plan_currency"];
const OWN: &[&str] = &["deployment", "part", "end", "count"];

/// The report as CSV. `amount` is of one of `count`, `total_amount` of all of them. Where prices are in
/// another currency than the plan's, three columns give the total amount in that of the plan and its
/// rate. Each rate of exchange that is given adds two columns: the rate, and the total amount at it.
/// A total of the plan is converted once, so that it can differ from the sum of its lines in the last
/// decimal.
pub fn sheet(report: &CheckReport) -> anyhow::Result<Sheet<'_>> {
    let mut header = titles(&[OWN, COLUMNS, &["total_amount"], ORIGIN]);
    let deployments = &report.priced.deployments;
    let in_plan = deployments.iter().any(|one| one.own.is_some());
    if in_plan {
        header.extend(IN_PLAN.iter().map(|name| (*name).to_owned()));
    }
    for converted in &report.converted {
        let code = converted.total.currency.code();
        header.extend([format!("rate_{code}"), format!("total_amount_{code}")]);
    }
    let mut rows = Vec::new();
    for priced in deployments {
        for part in &priced.parts {
            for item in &part.quote.items {
                rows.push(row(report, in_plan, priced, part, item)?);
            }
        }
    }
    Ok(Sheet { header, rows })
}

fn row<'a>(
    report: &'a CheckReport,
    in_plan: bool,
    priced: &'a Priced,
    part: &'a PricedPart,
    item: &'a LineItem,
) -> anyhow::Result<Vec<Cell<'a>>> {
    let count = priced.deployment.count;
    let total = exact::mul(item.amount, count.into()).map_err(QuoteError::from)?;
    let mut row = vec![
        Cell::text(&priced.deployment.name),
        Cell::text(part.label.as_deref().unwrap_or_default()),
        Cell::Fixed(part.end.map(|end| end.name()).unwrap_or_default()),
        Cell::Number(count.to_string()),
    ];
    row.extend(cells(&part.quote, item));
    row.push(Cell::Number(plain(total)));
    row.extend(origin(&part.quote, item));
    let of_plan = priced.converted(total).map_err(QuoteError::from)?;
    if in_plan {
        let rate = priced.own.map(|own| own.exchange.stated());
        row.push(Cell::Number(rate.unwrap_or_default()));
        row.push(Cell::Number(plain(of_plan)));
        row.push(Cell::Fixed(report.priced.currency.code()));
    }
    for converted in &report.converted {
        let amount = match part.quote.currency == converted.total.currency {
            true => total,
            false => {
                let amount = converted.fx.convert(of_plan);
                amount.map_err(QuoteError::from)?.value
            }
        };
        row.push(rate_cell(&converted.fx));
        row.push(Cell::Number(plain(amount)));
    }
    Ok(row)
}
