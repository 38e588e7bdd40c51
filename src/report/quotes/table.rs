//! For people in a terminal: the lines, the total set apart, notes below, 80 columns.

use super::{PricedQuote, QuoteReport, notes, sources};
use crate::billing::calendar::Moment;
use crate::billing::money::Money;
use crate::billing::quote::{LineItem, Quote};
use crate::report::style::Style;
use crate::report::{layout, overdue, recorded, renewals, words};

/// The report as text.
pub fn render(report: &QuoteReport, style: Style) -> String {
    let blocks: Vec<String> = report
        .quotes
        .iter()
        .map(|priced| block(priced, style))
        .collect();
    let mut text = blocks.join("\n");
    let held: Vec<String> = report.held().into_iter().collect();
    text.push_str(&layout::list("Limit", &held, style));
    text.push_str(&notes_and_sources(report, style));
    text
}

/// What stands below all quotes.
pub fn notes_and_sources(report: &QuoteReport, style: Style) -> String {
    let notes = notes_list("Notes", report, style);
    notes + &sources_list(report, style) + &layout::changes(&report.catalog.changes, style)
}

/// The notes of all quotes, each once.
pub fn notes_list(title: &str, report: &QuoteReport, style: Style) -> String {
    let notes: Vec<String> = notes(report)
        .iter()
        .map(|said| {
            let head = words::note_head(said, str::to_owned);
            format!("{head}: {}", said.note)
        })
        .collect();
    layout::list(title, &notes, style)
}

/// The sources of all quotes, each once.
pub fn sources_list(report: &QuoteReport, style: Style) -> String {
    layout::list("Sources", &sources(report), style)
}

/// One quote: its headline, its lines, its total.
pub fn block(priced: &PricedQuote, style: Style) -> String {
    let quote = &priced.quote;
    let mut text = String::new();
    for line in layout::wrap(&words::headline(quote), "", "") {
        text.push_str(&style.bold(&line));
        text.push('\n');
    }
    text.push('\n');
    let totals = totals(priced);
    let wide = lay_out(&quote.items, quote, &totals);
    let lines = if layout::widest(&wide) > layout::WIDTH {
        stacked(&quote.items, quote, &totals)
    } else {
        wide
    };
    let rule = "─".repeat(layout::widest(&lines).saturating_sub(1));
    let first_total = lines.len().saturating_sub(totals.len());
    for (at, line) in lines.iter().enumerate() {
        if at == first_total {
            text.push_str(&format!(" {rule}\n"));
        }
        let shown = match at {
            0 => style.dim(line),
            at if at == first_total => style.bold(line),
            _ => line.clone(),
        };
        text.push_str(&shown);
        text.push('\n');
    }
    if let Some(line) = words::rounding(quote) {
        text.push('\n');
        text.push_str(&layout::paragraph(&line));
    }
    if let Some(cancelled) = &quote.cancellation {
        text.push('\n');
        text.push_str(&layout::paragraph(&words::cancelled(
            cancelled,
            quote.currency,
        )));
    }
    if let Some(result) = &quote.funding {
        text.push('\n');
        text.push_str(&layout::paragraph(&format!(
            "Billing: {}",
            words::funding(result)
        )));
    }
    text.push_str(&calendar(quote));
    text.push_str(&terms(quote, style));
    if let Some(line) = overdue::said(quote) {
        text.push('\n');
        text.push_str(&layout::paragraph(&line));
    }
    if let Some(trace) = &quote.recorded {
        text.push_str(&recorded::table(trace, style));
    }
    text
}

/// The total, and what it is in other currencies: a label and an amount each.
fn totals(priced: &PricedQuote) -> Vec<(String, String)> {
    let total = ("Total".to_owned(), priced.quote.total_money().to_string());
    let converted = priced.converted.iter().map(|converted| {
        let label = format!("at {}", converted.fx.label());
        (label, converted.total.to_string())
    });
    std::iter::once(total).chain(converted).collect()
}

/// Item, quantity, unit price and amount side by side.
fn lay_out(items: &[LineItem], quote: &Quote, totals: &[(String, String)]) -> Vec<String> {
    let mut table = layout::columns(&["Item", "Quantity", "Unit price", "Amount"], &[3]);
    for item in items {
        table.add_row([
            item.description.clone(),
            words::working(item),
            words::unit_price(&item.unit_price, quote.currency),
            amount(item, quote),
        ]);
    }
    for (label, total) in totals {
        table.add_row([label.as_str(), "", "", total.as_str()]);
    }
    layout::lines(&table)
}

/// The same for numbers so long that four columns do not fit: the working stands under the item.
fn stacked(items: &[LineItem], quote: &Quote, totals: &[(String, String)]) -> Vec<String> {
    let mut table = layout::columns(&["Item", "Amount"], &[1]);
    for item in items {
        table.add_row([item.description.clone(), amount(item, quote)]);
        let price = words::unit_price(&item.unit_price, quote.currency);
        table.add_row([format!("  {}", words::working(item)), String::new()]);
        table.add_row([format!("  at {price}"), String::new()]);
    }
    for (label, total) in totals {
        table.add_row([label.as_str(), total.as_str()]);
    }
    layout::lines(&table)
}

fn amount(item: &LineItem, quote: &Quote) -> String {
    Money {
        amount: item.amount,
        currency: quote.currency,
    }
    .to_string()
}

/// The terms of a subscription that is renewed.
fn terms(quote: &Quote, style: Style) -> String {
    let Some(renewals) = &quote.renewals else {
        return String::new();
    };
    let (titles, rows) = renewals::table(renewals, quote.currency);
    let mut table = layout::columns(&titles, &[titles.len().saturating_sub(1)]);
    for row in rows {
        table.add_row(row);
    }
    let mut text = "\n".to_owned();
    for (at, line) in layout::lines(&table).iter().enumerate() {
        let shown = if at == 0 {
            style.dim(line)
        } else {
            line.clone()
        };
        text.push_str(&format!("{shown}\n"));
    }
    text
}

fn calendar(quote: &Quote) -> String {
    let Some(schedule) = &quote.schedule else {
        return String::new();
    };
    let said = |moment: Option<Moment>| match moment {
        Some(moment) => moment.format("%Y-%m-%d %H:%M:%S %:z").to_string(),
        None => "not documented".to_owned(),
    };
    let mut text = "\n".to_owned();
    for (label, moment) in [
        ("Starts", Some(schedule.starts)),
        ("Expires", schedule.expires),
        ("Stops", schedule.stops),
        ("Released", schedule.released),
    ] {
        text.push_str(&format!(" {label:<9} {}\n", said(moment)));
    }
    text
}
