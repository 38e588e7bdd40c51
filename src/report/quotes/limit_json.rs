//! A limit of cost as JSON.

use serde::Serialize;

use crate::billing::amount::Amount;
use crate::billing::exact::plain;
use crate::billing::quote::{Parameters, Quote};
use crate::report::json::GivenJson;

/// The limit, and the quote that it applies to.
#[derive(Debug, Serialize)]
pub struct MaxCostJson {
    pub limit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_as_given: Option<GivenJson>,
    pub spec: Option<String>,
    pub total: String,
    pub exceeded: bool,
}

impl MaxCostJson {
    /// The limit that a quote is held to.
    pub fn new(limit: Amount, quote: &Quote) -> Self {
        Self {
            limit: plain(limit.number),
            limit_as_given: GivenJson::new(&limit),
            spec: match &quote.parameters {
                Parameters::Mu { spec, .. } => Some(spec.to_string()),
                Parameters::Ptu { spec, .. } => spec.clone(),
                Parameters::Tokens { .. } => None,
            },
            total: plain(quote.total),
            exceeded: quote.total > limit.number,
        }
    }
}
