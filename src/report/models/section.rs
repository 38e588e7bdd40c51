//! A part of a price card.

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
