//! A limit of cost as JSON.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::billing::exact::plain;
use crate::billing::quote::{Parameters, Quote};

/// The limit, and the quote that it applies to.
#[derive(Debug, Serialize)]
pub struct MaxCostJson {
    pub limit: String,
    pub spec: Option<String>,
    pub total: String,
    pub exceeded: bool,
}

impl MaxCostJson {
    /// The limit that a quote is held to.
    pub fn new(limit: Decimal, quote: &Quote) -> Self {
        Self {
            limit: plain(limit),
            spec: match &quote.parameters {
                Parameters::Mu { spec, .. } => Some(spec.to_string()),
                Parameters::Ptu { spec, .. } => spec.clone(),
                Parameters::Tokens { .. } => None,
            },
            total: plain(quote.total),
            exceeded: quote.total > limit,
        }
    }
}
