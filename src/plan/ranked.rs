//! The prices of a deployment, and those of the ways in which it could be served, as a later check compares them.

use crate::billing::edition::Came;
use crate::billing::exact::plain;
use crate::billing::quote::{LineItem, Quote, Source};
use crate::billing::unit::UnitPrice;

/// The unit price of a line item in a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastItem {
    /// The item's id.
    pub id: String,
    /// What it is, for people.
    pub description: String,
    /// `28.8 per 10K TPM-hour`, without the currency.
    pub price: String,
    /// When that price came, where an earlier one is known.
    pub came: Option<Came>,
}

impl PastItem {
    /// The price of a line.
    #[must_use]
    pub fn new(item: &LineItem) -> Self {
        Self {
            id: item.id.to_owned(),
            description: item.description.clone(),
            price: price(&item.unit_price),
            came: item.source.as_ref().and_then(Source::came),
        }
    }
}

/// A way to serve the workload of a deployment, as it was ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedWay {
    /// The option of `compare`: `ptu-daily`.
    pub option: String,
    /// The specification of model units.
    pub spec: Option<String>,
    /// The unit prices of its line items.
    pub items: Vec<PastItem>,
}

impl RankedWay {
    /// A way as it is priced now.
    #[must_use]
    pub fn new(option: &str, spec: Option<String>, quote: &Quote) -> Self {
        let items = quote.items.iter().filter(|item| is_price(item.id));
        Self {
            option: option.to_owned(),
            spec,
            items: items.map(PastItem::new).collect(),
        }
    }

    /// `ptu-daily`, `mu-hourly of MU1x2`.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.spec {
            Some(spec) => format!("{} of {spec}", self.option),
            None => self.option.clone(),
        }
    }
}

/// Whether a line has a price of its own: the share of a discount is a setting of the plan, and what comes
/// back has the price at which it was bought.
pub(super) fn is_price(id: &str) -> bool {
    id != "discount" && !id.starts_with("ptu.refund.")
}

fn price(price: &UnitPrice) -> String {
    let UnitPrice { amount, per, unit } = price;
    format!("{} per {per} {}", plain(*amount), unit.name())
}
