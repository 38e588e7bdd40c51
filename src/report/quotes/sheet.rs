//! One row a line item.

use super::rows::{COLUMNS, ORIGIN, cells, origin};
use super::{Grown, PricedQuote, QuoteReport, trace_csv};
use crate::billing::error::QuoteError;
use crate::billing::exact::{self, plain};
use crate::billing::fx::Exchange;
use crate::billing::quote::{LineItem, Quote};
use crate::billing::unit::Unit;
use crate::report::funding;
use crate::report::render::csv::{Cell, Sheet, titles};

/// The report as CSV. Each rate of exchange adds two columns: the rate as it was stated, and the amount
/// at it. Who pays for the tokens of a quote stands in each of its rows, and what a trace adds up to.
pub fn sheet(report: &QuoteReport) -> anyhow::Result<Sheet<'_>> {
    let mut header = titles(&[&["quote"], COLUMNS, ORIGIN]);
    let first = report.quotes.first();
    for converted in first.iter().flat_map(|first| &first.converted) {
        let code = converted.total.currency.code();
        header.extend([format!("rate_{code}"), format!("amount_{code}")]);
    }
    header.extend(funding::HEADER.iter().map(|name| (*name).to_owned()));
    let any = |has: fn(&Quote) -> bool| report.quotes.iter().any(|one| has(&one.quote));
    let renewed = any(|quote| quote.renewals.is_some());
    if renewed {
        header.extend(["terms", "charged_on"].map(str::to_owned));
    }
    let traced = any(|quote| quote.recorded.is_some());
    if traced {
        header.extend(trace_csv::HEADER.iter().map(|name| (*name).to_owned()));
    }
    let weighed = any(trace_csv::has_meters);
    if weighed {
        header.push(trace_csv::OF_METERS.to_owned());
    }
    // Of traffic that grows, the lines of each month.
    let grows = report.quotes.iter().any(|one| one.growth.is_some());
    if grows {
        header.push("month".to_owned());
    }
    let mut rows = Vec::new();
    let each = (1_usize..).zip(report.priced());
    let each = each.flat_map(|(number, first)| {
        let later = first.growth.iter().flat_map(Grown::later);
        let all = std::iter::once((1, first)).chain(later);
        all.map(move |(month, priced)| (number, month, priced))
    });
    for (number, month, priced) in each {
        for item in &priced.quote.items {
            let mut row = row(number, priced, item)?;
            if renewed {
                row.extend(terms(&priced.quote, item));
            }
            if traced {
                row.extend(trace_csv::cells(&priced.quote));
            }
            if weighed {
                row.push(trace_csv::of_meters(&priced.quote));
            }
            if grows {
                row.push(Cell::Number(month.to_string()));
            }
            rows.push(row);
        }
    }
    Ok(Sheet { header, rows })
}

/// The number of terms of a line, and the days on which they are charged, separated by spaces.
fn terms<'a>(quote: &Quote, item: &LineItem) -> [Cell<'a>; 2] {
    let of_terms = item.factors.iter().find(|one| one.unit == Unit::Term);
    let (Some(renewals), Some(count)) = (&quote.renewals, of_terms) else {
        return [Cell::Fixed(""), Cell::Fixed("")];
    };
    // Lines of a kind follow each other as their terms do.
    let of_line = |one: &&LineItem| one.id == item.id;
    let before = quote.items.iter().filter(of_line);
    let before = before.take_while(|one| !std::ptr::eq(*one, item));
    let before = before.filter_map(|one| one.factors.last());
    let before = exact::sum(before.map(|one| one.value)).unwrap_or_default();
    let first = usize::try_from(before).unwrap_or(usize::MAX);
    let count = count.value;
    let days = renewals.terms.iter().skip(first);
    let days = days.take(usize::try_from(count).unwrap_or(usize::MAX));
    let days: Vec<String> = days
        .filter_map(|term| Some(term.days?.charged?.to_string()))
        .collect();
    [Cell::Number(plain(count)), Cell::Number(days.join(" "))]
}

/// A rate as a cell: a number to multiply with, or the two amounts that were stated.
pub fn rate(fx: &Exchange) -> Cell<'static> {
    Cell::Number(fx.rate().map_or_else(|| fx.stated(), plain))
}

fn row<'a>(
    number: usize,
    priced: &'a PricedQuote,
    item: &'a LineItem,
) -> anyhow::Result<Vec<Cell<'a>>> {
    let quote = &priced.quote;
    let mut row = vec![Cell::Number(number.to_string())];
    row.extend(cells(quote, item));
    row.extend(origin(quote, item));
    for converted in &priced.converted {
        let amount = converted.fx.convert(item.amount);
        let amount = amount.map_err(QuoteError::from)?.value;
        row.push(rate(&converted.fx));
        row.push(Cell::Number(plain(amount)));
    }
    row.extend(funding::cells(quote));
    Ok(row)
}
