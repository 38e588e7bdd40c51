//! A part of a price card.

use super::PtuTerm;
use crate::billing::money::Currency;
use crate::billing::unit::UnitPrice;
use crate::report::words;

/// Prices of one way in which a model is sold.
pub struct Section {
    /// `Provisioned throughput (PTU)`, …
    pub title: String,
    /// Titles; the columns after the first hold prices.
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Terms of all these prices.
    pub terms: Vec<String>,
}

/// A price with what it is for; `-` where there is none.
pub fn price(price: Option<UnitPrice>, currency: Currency) -> String {
    price.map_or("-".to_owned(), |price| words::unit_price(&price, currency))
}

/// A row for input and one for each output, with a price of each term.
pub fn by_side(terms: &[Option<&PtuTerm>], currency: Currency) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let row = |name: String, of: &dyn Fn(&PtuTerm) -> Option<UnitPrice>| {
        let prices = terms.iter().map(|term| price(term.and_then(of), currency));
        std::iter::once(name).chain(prices).collect::<Vec<String>>()
    };
    rows.push(row("Input".to_owned(), &|term| Some(term.input)));
    let first = terms.iter().flatten().next();
    for (mode, _) in first.iter().flat_map(|term| &term.output) {
        let name = mode.map_or("Output".to_owned(), |mode| {
            format!("Output, {}", mode.name())
        });
        rows.push(row(name, &|term| {
            let found = term.output.iter().find(|(known, _)| known == mode);
            found.map(|(_, price)| *price)
        }));
    }
    rows
}
