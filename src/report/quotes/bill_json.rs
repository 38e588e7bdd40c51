//! The bill of a log of several models as JSON.

use serde::Serialize;

use super::PricedQuote;
use super::bill::Bill;
use super::fx_json::FxJson;
use super::growth::GrowthJson;
use super::items_json::{ItemJson, NoteJson, item, note};
use super::limit_json::MaxCostJson;
use super::trace_json::{CallsJson, TraceJson, calls};
use crate::billing::amount::Amount;
use crate::billing::exact::plain;
use crate::billing::quote::Quote;
use crate::billing::recorded::Unknown;
use crate::report::json::{GivenJson, rounded};
use crate::report::savings::SavingsJson;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    savings_plan: Option<SavingsJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    savings_plan_lines: Option<PlanJson<'a>>,
}

/// The lines of a savings plan that pays for all models.
#[derive(Debug, Serialize)]
struct PlanJson<'a> {
    items: Vec<ItemJson<'a>>,
    total: String,
    total_rounded: String,
    notes: Vec<NoteJson>,
}

impl<'a> PlanJson<'a> {
    fn new(quote: &'a Quote) -> Self {
        Self {
            items: quote.items.iter().map(item).collect(),
            total: plain(quote.total),
            total_rounded: rounded(quote.total),
            notes: quote.notes.iter().map(note).collect(),
        }
    }
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
    #[serde(skip_serializing_if = "Option::is_none")]
    priced_in: Option<PricedInJson<'a>>,
}

/// What is paid in another currency than that of the bill.
#[derive(Debug, Serialize)]
struct PricedInJson<'a> {
    currency: &'a str,
    total: String,
    total_rounded: String,
}

impl<'a> PricedInJson<'a> {
    fn new(quote: &'a Quote, bill: &Bill) -> Option<Self> {
        (quote.currency != bill.total.currency).then(|| Self {
            currency: quote.currency.code(),
            total: plain(quote.total),
            total_rounded: rounded(quote.total),
        })
    }
}

impl<'a> BillJson<'a> {
    /// The bill of these quotes.
    pub fn new(bill: &'a Bill, quotes: &'a [PricedQuote]) -> Self {
        let models = quotes.iter().zip(&bill.models);
        let plan = bill.plan.as_ref().map(|plan| &plan.quote);
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
                    total: plain(model.amount),
                    total_rounded: rounded(model.amount),
                    priced_in: PricedInJson::new(&priced.quote, bill),
                })
                .collect(),
            left_out: bill.left_out.iter().map(LeftOutJson::new).collect(),
            trace: TraceJson::new(&bill.whole),
            fx: bill.converted.iter().map(FxJson::new).collect(),
            growth: bill.growth.as_ref().map(GrowthJson::new),
            savings_plan: plan.and_then(|plan| plan.savings.as_deref().map(SavingsJson::new)),
            savings_plan_lines: plan.map(PlanJson::new),
        }
    }
}

/// The limit that the total of a bill is held to.
pub fn max_cost(bill: &Bill, limit: Amount) -> MaxCostJson {
    MaxCostJson {
        limit: plain(limit.number),
        limit_as_given: GivenJson::new(&limit),
        spec: None,
        total: plain(bill.total.amount),
        exceeded: bill.total.amount > limit.number,
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
