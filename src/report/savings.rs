//! A savings plan in JSON: what is committed, and what became of it in the quote.

use serde::Serialize;

use crate::billing::exact::plain;
use crate::billing::savings::SavingsResult;

/// `savings_plan` of a quote. Amounts are at list price, before any discount.
#[derive(Debug, Serialize)]
pub struct SavingsJson<'a> {
    commitment_per_month: String,
    term_months: String,
    payment: &'static str,
    group: &'a str,
    factor: String,
    months: String,
    charged: String,
    covered: String,
    beyond: String,
    unused: String,
    committed: String,
}

impl<'a> SavingsJson<'a> {
    pub fn new(result: &'a SavingsResult) -> Self {
        let plan = &result.plan;
        Self {
            commitment_per_month: plain(plan.commitment),
            term_months: plan.term_months.to_string(),
            payment: plan.payment.name(),
            group: &plan.group,
            factor: plain(plan.factor),
            months: result.months.to_string(),
            charged: plain(result.charged),
            covered: plain(result.covered),
            beyond: plain(result.beyond),
            unused: plain(result.unused),
            committed: plain(result.committed),
        }
    }
}
