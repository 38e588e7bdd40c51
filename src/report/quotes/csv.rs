//! One row a line item.

use super::{PricedQuote, QuoteReport};
use crate::billing::exact::{self, plain};
use crate::billing::quote::{LineItem, Parameters};
use crate::report::funding;
use crate::report::spreadsheet::{Cell, csv};
use crate::report::words;

const HEADER: &[&str] = &[
    "quote",
    "provider",
    "region",
    "model",
    "method",
    "term",
    "variant",
    "item",
    "description",
    "quantity",
    "unit",
    "unit_price",
    "per",
    "amount",
    "currency",
    "rule",
    "source",
];

/// The report as CSV. Each rate of exchange adds two columns: the rate, and the amount at
/// it. Who pays for the tokens of a quote stands in each of its rows.
pub fn render(report: &QuoteReport) -> anyhow::Result<String> {
    let mut header: Vec<String> = HEADER.iter().map(|name| (*name).to_owned()).collect();
    for converted in report
        .quotes
        .first()
        .map_or(&[][..], |first| &first.converted)
    {
        let code = converted.fx.currency.code();
        header.extend([format!("rate_{code}"), format!("amount_{code}")]);
    }
    header.extend(funding::HEADER.iter().map(|name| (*name).to_owned()));
    let sources: Vec<Vec<String>> = report
        .quotes
        .iter()
        .map(|priced| priced.quote.items.iter().map(source).collect())
        .collect();
    let mut rows = vec![header.iter().map(|name| Cell::Fixed(name)).collect()];
    for (number, (priced, sources)) in (1_usize..).zip(report.quotes.iter().zip(&sources)) {
        for (item, source) in priced.quote.items.iter().zip(sources) {
            rows.push(row(number, priced, item, source)?);
        }
    }
    Ok(csv(rows)?)
}

fn row<'a>(
    number: usize,
    priced: &'a PricedQuote,
    item: &'a LineItem,
    source: &'a str,
) -> anyhow::Result<Vec<Cell<'a>>> {
    let quote = &priced.quote;
    let mut cells = vec![
        Cell::Number(number.to_string()),
        Cell::Text(&quote.model.provider),
        Cell::Text(&quote.model.region),
        Cell::Text(&quote.model.code),
        Cell::Fixed(quote.method.name()),
        Cell::Fixed(quote.term.name()),
        Cell::Number(variant(&quote.parameters)),
        Cell::Fixed(item.id),
        Cell::Text(&item.description),
        Cell::Number(plain(item.quantity.value)),
        Cell::Fixed(item.quantity.unit.name()),
        Cell::Number(plain(item.unit_price.amount)),
        Cell::Number(item.unit_price.per.to_string()),
        Cell::Number(plain(item.amount)),
        Cell::Fixed(quote.currency.code()),
        Cell::Fixed(item.rule.id()),
        Cell::Text(source),
    ];
    for converted in &priced.converted {
        let amount = exact::mul(item.amount, converted.fx.rate)
            .map_err(crate::billing::error::QuoteError::from)?;
        cells.push(Cell::Number(plain(converted.fx.rate)));
        cells.push(Cell::Number(plain(amount)));
    }
    cells.extend(funding::cells(quote));
    Ok(cells)
}

/// What tells quotes of one model and method apart: the specification, the mode, the rate.
fn variant(parameters: &Parameters) -> String {
    match parameters {
        Parameters::Ptu { mode, .. } => mode.map(|mode| mode.name()).unwrap_or_default().to_owned(),
        Parameters::Mu {
            spec, pd_separated, ..
        } => {
            if *pd_separated {
                format!("{spec} PD-separated")
            } else {
                spec.to_string()
            }
        }
        Parameters::Tokens { rate, mode, .. } => match mode {
            Some(mode) => format!("{} {}", rate.name(), mode.name()),
            None => rate.name().to_owned(),
        },
    }
}

fn source(item: &LineItem) -> String {
    item.source.as_ref().map(words::source).unwrap_or_default()
}
