//! The bill of a log of several models as JSON.

use rust_decimal::Decimal;
use serde::Serialize;

use super::PricedQuote;
use super::bill::Bill;
use super::fx_json::FxJson;
use super::growth::GrowthJson;
use super::limit_json::MaxCostJson;
use super::trace_json::{CallsJson, TraceJson, calls};
use crate::billing::exact::plain;
use crate::billing::recorded::Unknown;
use crate::report::json::rounded;

/// The bill of a log.
#[derive(Debug, Serialize)]
pub struct BillJson<'a> {
    currency: &'a str,
    total: String,
    total_rounded: String,
    models: Vec<BilledJson<'a>>,
    left_out: Vec<LeftOutJson<'a>>,
    trace: TraceJson<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fx: Vec<FxJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    growth: Option<GrowthJson>,
}

#[derive(Debug, Serialize)]
struct BilledJson<'a> {
    model: &'a str,
    region: &'a str,
    names: &'a [String],
    #[serde(flatten)]
    calls: CallsJson,
    total: String,
    total_rounded: String,
}

impl<'a> BillJson<'a> {
    /// The bill of these quotes.
    pub fn new(bill: &'a Bill, quotes: &'a [PricedQuote]) -> Self {
        let models = quotes.iter().zip(&bill.models);
        Self {
            currency: bill.total.currency.code(),
            total: plain(bill.total.amount),
            total_rounded: rounded(bill.total.amount),
            models: models
                .map(|(priced, model)| BilledJson {
                    model: &priced.quote.model.code,
                    region: &priced.quote.model.region,
                    names: &model.names,
                    calls: calls(model.calls),
                    total: plain(priced.quote.total),
                    total_rounded: rounded(priced.quote.total),
                })
                .collect(),
            left_out: bill.left_out.iter().map(LeftOutJson::new).collect(),
            trace: TraceJson::new(&bill.whole),
            fx: bill.converted.iter().map(FxJson::new).collect(),
            growth: bill.growth.as_ref().map(GrowthJson::new),
        }
    }
}

/// The limit that the total of a bill is held to.
pub fn max_cost(bill: &Bill, limit: Decimal) -> MaxCostJson {
    MaxCostJson {
        limit: plain(limit),
        spec: None,
        total: plain(bill.total.amount),
        exceeded: bill.total.amount > limit,
    }
}

/// Calls of an unknown model; no name where they name none.
#[derive(Debug, Serialize)]
pub struct LeftOutJson<'a> {
    name: Option<&'a str>,
    #[serde(flatten)]
    calls: CallsJson,
}

impl<'a> LeftOutJson<'a> {
    pub fn new(one: &'a Unknown) -> Self {
        Self {
            name: one.name.as_deref(),
            calls: calls(one.calls),
        }
    }
}
