//! A quote as a document: its total, its lines, and the notes on this very quote.

use super::notes::notes;
use super::{PricedQuote, QuoteReport, sources};
use crate::billing::amount::Amount;
use crate::billing::calendar::Moment;
use crate::billing::money::Money;
use crate::billing::quote::{LineItem, Quote};
use crate::report::document::{Body, Cell, Chart, Column, Depth, Document, Look, Table};
use crate::report::{overdue, recorded, renewals, words};

pub fn document(report: &QuoteReport, depth: Depth) -> Document {
    let mut document = Document::new(depth, answer(report));
    document.alarm = report.exceeded().is_some();
    if let Some(bill) = &report.bill {
        bill.add(&mut document, &report.quotes, report.max_cost);
    }
    let several = report.quotes.len() > 1 || report.bill.is_some();
    for priced in &report.quotes {
        if several {
            document.part(words::headline(&priced.quote), Body::Heading);
        }
        let limit = report.max_cost.filter(|_| !several);
        add_quote(&mut document, priced, limit);
        // Of a log of several models the minutes of each are not shown.
        if let (Some(trace), None) = (&priced.quote.recorded, &report.bill) {
            recorded::add(&mut document, trace);
        }
    }
    if let Some(bill) = &report.bill {
        recorded::add(&mut document, &bill.whole);
    }
    let (text, svg) = (None, report.svg.clone());
    document.part("", Body::Chart(Chart { text, svg }));
    document.part("Limit", Body::list(report.held()));
    add_notes(&mut document, "Notes", report);
    let mut items = report.priced().flat_map(|priced| &priced.quote.items);
    let has_sources = items.any(|item| item.source.is_some());
    document.costly_details("Sources", has_sources, || Body::list(sources(report)));
    document.part("Catalog files", Body::list(&report.catalog.changes));
    document
}

fn answer(report: &QuoteReport) -> Vec<String> {
    if let Some(bill) = &report.bill {
        return vec![bill.answer()];
    }
    let Some(quote) = report.cheapest() else {
        return Vec::new();
    };
    let (total, headline) = (quote.total_money(), words::headline(quote));
    // Of traffic that grows, what costs least in all months.
    let least = report.quotes.iter().min_by_key(|priced| priced.all());
    if let Some((priced, grown)) = least.and_then(|one| Some((one, one.growth.as_ref()?))) {
        let headline = words::headline(&priced.quote);
        let of = match report.quotes.len() {
            1 => String::new(),
            several => format!("the cheapest of {several}, "),
        };
        return vec![format!("{}: {of}{headline}", grown.answer())];
    }
    let refused = words::refused(quote).map(|calls| format!(", {calls} refused"));
    let refused = refused.unwrap_or_default();
    vec![match report.quotes.len() {
        1 => format!("{total} for {headline}{refused}"),
        several => format!("{total} for the cheapest of {several}: {headline}{refused}"),
    }]
}

/// One quote: its lines, its total, and what belongs to them. With a limit whether that is exceeded.
pub fn add_quote(document: &mut Document, priced: &PricedQuote, limit: Option<Amount>) {
    let quote = &priced.quote;
    document.part("", Body::Table(lines(priced, limit)));
    let cancelled = quote.cancellation.as_ref();
    let said = [
        words::rounding(quote),
        cancelled.map(|cancelled| words::cancelled(cancelled, quote.currency)),
        quote
            .funding
            .as_ref()
            .map(|result| format!("Billing: {}", words::funding(result))),
    ];
    document.part("", Body::list(said.into_iter().flatten()));
    document.part("", Body::Facts(calendar(quote)));
    if let Some(renewals) = &quote.renewals {
        document.part("", Body::Table(renewals::table(renewals, quote.currency)));
    }
    document.part("", Body::list(overdue::said(quote)));
    if let Some(grown) = &priced.growth {
        grown.add(document);
    }
}

/// Adds the notes on these quotes, and in one line the rules that always hold for their methods.
pub fn add_notes(document: &mut Document, title: &'static str, report: &QuoteReport) {
    let said = notes(report);
    let (standing, own): (Vec<_>, Vec<_>) = said.iter().partition(|said| said.note.is_standing());
    let entries = own.iter().map(|said| said.line());
    document.part(title, Body::list(entries));
    document.always(standing.iter().map(|said| said.note.rule().id()));
    let standing = standing.iter().map(|said| said.line());
    document.details("What always holds", Body::list(standing));
}

/// Item, quantity, unit price and amount, then the total and what it is in other currencies.
fn lines(priced: &PricedQuote, limit: Option<Amount>) -> Table {
    let quote = &priced.quote;
    let mut table = Table::new(vec![
        Column::text("Item"),
        Column::text("Quantity").below(),
        Column::text("Unit price").below(),
        Column::number("Amount"),
    ]);
    for item in &quote.items {
        table.row(vec![
            Cell::text(&item.description),
            Cell::text(words::working(item)),
            Cell::text(words::unit_price(&item.unit_price, quote.currency)),
            amount(item, quote).into(),
        ]);
    }
    let mut last = |label: String, amount: Cell, look| {
        let cells = vec![Cell::Text(label), Cell::Empty, Cell::Empty, amount];
        table.add(cells, look);
    };
    last("Total".to_owned(), quote.total_money().into(), Look::Total);
    for converted in &priced.converted {
        let label = format!("at {}", converted.fx.label());
        last(label, converted.total.into(), Look::BesideTotal);
    }
    if let Some(limit) = limit {
        let shown = Cell::number(limit.shown(quote.currency));
        match quote.total > limit.number {
            true => last("Limit, exceeded".to_owned(), shown, Look::Alarm),
            false => last("Limit".to_owned(), shown, Look::BesideTotal),
        }
    }
    table
}

fn amount(item: &LineItem, quote: &Quote) -> Money {
    Money {
        amount: item.amount,
        currency: quote.currency,
    }
}

pub fn calendar_line(quote: &Quote) -> Option<String> {
    let said = calendar(quote).into_iter();
    let said: Vec<String> = said
        .map(|(label, moment)| format!("{} {moment}", label.to_lowercase()))
        .collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn calendar(quote: &Quote) -> Vec<(&'static str, String)> {
    let Some(schedule) = &quote.schedule else {
        return Vec::new();
    };
    let said = |moment: Option<Moment>| match moment {
        Some(moment) => moment.format("%Y-%m-%d %H:%M:%S %:z").to_string(),
        None => "not documented".to_owned(),
    };
    vec![
        ("Starts", said(Some(schedule.starts))),
        ("Expires", said(schedule.expires)),
        ("Stops", said(schedule.stops)),
        ("Released", said(schedule.released)),
    ]
}
