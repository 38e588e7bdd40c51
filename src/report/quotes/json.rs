//! `tollgate/quote/1`: what scripts read. Fields are only ever added.

use serde::Serialize;

use super::bill_json::{self, BillJson};
use super::fx_json::FxJson;
use super::growth::GrowthJson;
use super::items_json::{ItemJson, NoteJson, item, note};
use super::limit_json::MaxCostJson;
use super::parameters_json::ParametersJson;
use super::trace_json::TraceJson;
use super::{Converted, QuoteReport};
use crate::billing::calendar::{Moment, Schedule};
use crate::billing::exact::plain;
use crate::billing::funding::FundingResult;
use crate::billing::load::Excess;
use crate::billing::quote::{Cancellation, Quote};
use crate::billing::renewal::{PaidTerm, Renewals};
use crate::report::json::{self, TokensJson, rounded};
use crate::report::overdue::OverdueJson;
use crate::report::savings::SavingsJson;
use crate::report::{CatalogInfo, ChangeInfo};

#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    catalog: CatalogJson<'a>,
    quotes: Vec<QuoteJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_cost: Option<MaxCostJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bill: Option<BillJson<'a>>,
}

/// The catalog of a report: date, files and their changes.
#[derive(Debug, Serialize)]
pub struct CatalogJson<'a> {
    as_of: String,
    files: &'a [String],
    #[serde(skip_serializing_if = "<[ChangeInfo]>::is_empty")]
    changes: &'a [ChangeInfo],
}

impl<'a> CatalogJson<'a> {
    pub fn new(catalog: &'a CatalogInfo) -> Self {
        Self {
            as_of: catalog.as_of.to_string(),
            files: &catalog.files,
            changes: &catalog.changes,
        }
    }
}

#[derive(Debug, Serialize)]
pub struct QuoteJson<'a> {
    method: &'static str,
    term: &'static str,
    model: ModelJson<'a>,
    parameters: ParametersJson<'a>,
    currency: &'a str,
    items: Vec<ItemJson<'a>>,
    total: String,
    total_rounded: String,
    schedule: Option<ScheduleJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renewals: Option<RenewalsJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overdue: Option<OverdueJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cancellation: Option<CancellationJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overflow: Option<OverflowJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    funding: Option<FundingJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    savings_plan: Option<SavingsJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<TraceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    growth: Option<GrowthJson>,
    notes: Vec<NoteJson>,
    documents: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fx: Vec<FxJson>,
}

#[derive(Debug, Serialize)]
struct ModelJson<'a> {
    code: &'a str,
    name: &'a str,
    provider: &'a str,
    region: &'a str,
}

#[derive(Debug, Serialize)]
struct FundingJson {
    modes: Vec<String>,
    status: Option<&'static str>,
    offset_tokens: String,
    billed_tokens: String,
    unserved_tokens: String,
    exhausted_after: Option<String>,
    per_day_after: Option<String>,
}

#[derive(Debug, Serialize)]
struct OverflowJson {
    rule: &'static str,
    calls_per_minute: String,
    #[serde(flatten)]
    tokens: TokensJson,
}

#[derive(Debug, Serialize)]
struct ScheduleJson {
    starts: String,
    expires: Option<String>,
    stops: Option<String>,
    released: Option<String>,
}

#[derive(Debug, Serialize)]
struct RenewalsJson<'a> {
    times: String,
    terms: Vec<TermJson<'a>>,
}

#[derive(Debug, Serialize)]
struct TermJson<'a> {
    part: &'a str,
    first_day: Option<String>,
    last_day: Option<String>,
    expires: Option<String>,
    charged_on: Option<String>,
    cost: String,
    cost_rounded: String,
}

#[derive(Debug, Serialize)]
struct CancellationJson {
    used_days: String,
    paid: String,
    charged: String,
    refund: String,
}

pub fn render(report: &QuoteReport) -> anyhow::Result<String> {
    let quotes = report.quotes.iter();
    let limit = report.max_cost.zip(report.cheapest());
    let fields = ReportJson {
        catalog: CatalogJson::new(&report.catalog),
        quotes: quotes
            .map(|priced| QuoteJson {
                growth: priced.growth.as_ref().map(GrowthJson::new),
                ..quote_json(&priced.quote, &priced.converted)
            })
            .collect(),
        max_cost: limit.map(|(limit, quote)| match &report.bill {
            Some(bill) => bill_json::max_cost(bill, limit),
            None => MaxCostJson::new(limit, quote),
        }),
        bill: report
            .bill
            .as_ref()
            .map(|bill| BillJson::new(bill, &report.quotes)),
    };
    json::text("tollgate/quote/1", &fields)
}

pub fn quote_json<'a>(quote: &'a Quote, converted: &[Converted]) -> QuoteJson<'a> {
    QuoteJson {
        method: quote.method.name(),
        term: quote.term.name(),
        model: ModelJson {
            code: &quote.model.code,
            name: &quote.model.name,
            provider: &quote.model.provider,
            region: &quote.model.region,
        },
        parameters: ParametersJson::of(quote),
        currency: quote.currency.code(),
        items: quote.items.iter().map(item).collect(),
        total: plain(quote.total),
        total_rounded: rounded(quote.total),
        schedule: quote.schedule.as_ref().map(schedule),
        renewals: quote.renewals.as_ref().map(renewals),
        overdue: quote.overdue.as_ref().map(OverdueJson::new),
        cancellation: quote.cancellation.as_ref().map(cancellation),
        overflow: quote.overflow.as_ref().map(overflow),
        funding: quote.funding.as_ref().map(funding),
        savings_plan: quote.savings.as_deref().map(SavingsJson::new),
        trace: quote.recorded.as_deref().map(TraceJson::new),
        growth: None,
        notes: quote.notes.iter().map(note).collect(),
        documents: quote.documents(),
        fx: converted.iter().map(FxJson::new).collect(),
    }
}

fn funding(result: &FundingResult) -> FundingJson {
    FundingJson {
        modes: result.modes.clone(),
        status: result.status.map(|status| status.name()),
        offset_tokens: result.offset.to_string(),
        billed_tokens: result.billed.to_string(),
        unserved_tokens: result.unserved.to_string(),
        exhausted_after: result.exhausted_after.map(|span| span.iso()),
        per_day_after: result.per_day_after.map(plain),
    }
}

fn overflow(excess: &Excess) -> OverflowJson {
    OverflowJson {
        rule: excess.cause.id(),
        calls_per_minute: plain(excess.calls_per_minute),
        tokens: TokensJson(excess.tokens),
    }
}

fn schedule(schedule: &Schedule) -> ScheduleJson {
    ScheduleJson {
        starts: schedule.starts.to_rfc3339(),
        expires: schedule.expires.as_ref().map(Moment::to_rfc3339),
        stops: schedule.stops.as_ref().map(Moment::to_rfc3339),
        released: schedule.released.as_ref().map(Moment::to_rfc3339),
    }
}

fn renewals(renewals: &Renewals) -> RenewalsJson<'_> {
    RenewalsJson {
        times: renewals.times.to_string(),
        terms: renewals.terms.iter().map(term).collect(),
    }
}

fn term(term: &PaidTerm) -> TermJson<'_> {
    let days = term.days;
    TermJson {
        part: &term.part,
        first_day: days.map(|days| days.first.to_string()),
        last_day: days.map(|days| days.last.to_string()),
        expires: days.and_then(|days| days.expires.as_ref().map(Moment::to_rfc3339)),
        charged_on: days.and_then(|days| days.charged.map(|day| day.to_string())),
        cost: plain(term.cost),
        cost_rounded: rounded(term.cost),
    }
}

fn cancellation(cancelled: &Cancellation) -> CancellationJson {
    CancellationJson {
        used_days: cancelled.used_days.to_string(),
        paid: plain(cancelled.paid),
        charged: plain(cancelled.charged),
        refund: plain(cancelled.refund),
    }
}
