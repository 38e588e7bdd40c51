//! `tollgate/resources/1`: what scripts read. Fields are only ever added.

use serde::Serialize;

use super::ResourcesReport;
use crate::billing::calendar::Moment;
use crate::billing::error::QuoteError;
use crate::billing::exact::plain;
use crate::billing::unit::UnitPrice;
use crate::report::json::{self, rounded};
use crate::report::quotes::{CatalogJson, SourceJson};
use crate::resources::{DayPrice, Event, Holding, Note, Notice, PriceOf, Rate};

#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    file: &'a str,
    today: String,
    catalog: Option<CatalogJson<'a>>,
    price: Option<PriceJson<'a>>,
    resources: Vec<ResourceJson<'a>>,
    hidden: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    overdue_since: Option<String>,
    notes: Vec<NoteJson>,
}

#[derive(Debug, Serialize)]
struct PriceJson<'a> {
    model: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    mode: Option<&'static str>,
    input_per_request: Option<String>,
    currency: &'a str,
    input: UnitPriceJson,
    output: Option<UnitPriceJson>,
    input_share_percent: Option<String>,
    discount_percent: Option<String>,
    source: Option<SourceJson<'a>>,
}

#[derive(Debug, Serialize)]
struct UnitPriceJson {
    amount: String,
    per: String,
    unit: &'static str,
}

#[derive(Debug, Serialize)]
struct ResourceJson<'a> {
    name: &'a str,
    kind: &'static str,
    billing: &'static str,
    source: &'static str,
    total: String,
    used: String,
    left: String,
    left_basis: &'static str,
    used_percent: String,
    measured_on: String,
    reason: Option<&'a str>,
    expires: String,
    days_left: i64,
    statuses: Vec<&'static str>,
    usage_per_day: Option<RateJson>,
    forecast: ForecastJson,
    notices: Vec<NoticeJson>,
}

#[derive(Debug, Serialize)]
struct RateJson {
    value: String,
    exact: bool,
    basis: &'static str,
    input: Option<String>,
    output: Option<String>,
}

#[derive(Debug, Serialize)]
struct ForecastJson {
    runs_out: Option<String>,
    lost_at_expiry: Option<String>,
    billed_from: Option<String>,
    cost_per_day: Option<String>,
    cost_per_day_rounded: Option<String>,
}

#[derive(Debug, Serialize)]
struct NoticeJson {
    channel: &'static str,
    notice: &'static str,
    days_before: Option<u64>,
    remaining_percent: Option<u32>,
    state: &'static str,
    date: Option<String>,
    basis: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct NoteJson {
    rule: Option<&'static str>,
    basis: &'static str,
    message: String,
}

pub fn render(report: &ResourcesReport) -> anyhow::Result<String> {
    let resources = report.holdings.iter().map(resource);
    let fields = ReportJson {
        file: &report.file,
        today: report.today.to_string(),
        catalog: report.catalog.as_ref().map(CatalogJson::new),
        price: report.price.as_ref().map(price),
        resources: resources.collect::<Result<_, _>>()?,
        hidden: report.hidden,
        overdue_since: report.overdue_since.as_ref().map(Moment::to_rfc3339),
        notes: report.notes.iter().map(note).collect(),
    };
    json::text("tollgate/resources/1", &fields)
}

fn note(note: &Note) -> NoteJson {
    NoteJson {
        rule: note.rule().map(|rule| rule.id()),
        basis: note.basis().name(),
        message: note.to_string(),
    }
}

fn price(price: &DayPrice) -> PriceJson<'_> {
    let (model, region, mode, request, source) = match &price.of {
        PriceOf::Given => (None, None, None, None, None),
        PriceOf::Model {
            model,
            is_elsewhere,
            mode,
            input_per_request,
            source,
        } => (
            Some(model.code.as_str()),
            is_elsewhere.then_some(model.region.as_str()),
            mode.map(|mode| mode.name()),
            *input_per_request,
            Some(SourceJson::new(source)),
        ),
    };
    PriceJson {
        model,
        region,
        mode,
        input_per_request: request.map(|tokens| tokens.to_string()),
        currency: price.currency.code(),
        input: unit_price(&price.input),
        output: price.output.as_ref().map(unit_price),
        input_share_percent: price.input_share.map(|share| plain(share.value())),
        discount_percent: price.discount.map(|discount| plain(discount.value())),
        source,
    }
}

fn unit_price(price: &UnitPrice) -> UnitPriceJson {
    UnitPriceJson {
        amount: plain(price.amount),
        per: price.per.to_string(),
        unit: "token",
    }
}

fn resource(holding: &Holding) -> Result<ResourceJson<'_>, QuoteError> {
    let resource = &holding.resource;
    Ok(ResourceJson {
        name: &resource.name,
        kind: resource.kind.name(),
        billing: if resource.kind.is_package() {
            "package"
        } else {
            "prepaid"
        },
        source: resource.origin.name(),
        total: plain(resource.total),
        used: plain(resource.used.value),
        left: plain(holding.standing.left.value),
        left_basis: left_basis(holding),
        used_percent: plain(holding.used_percent.value),
        measured_on: resource.used.on.to_string(),
        reason: resource.reason.as_deref(),
        expires: resource.expires.to_string(),
        days_left: holding.days_left,
        statuses: holding.statuses.iter().map(|one| one.name()).collect(),
        usage_per_day: resource.rate.as_ref().map(rate).transpose()?,
        forecast: forecast(holding),
        notices: holding.notices.iter().map(notice).collect(),
    })
}

fn rate(rate: &Rate) -> Result<RateJson, QuoteError> {
    let per_day = rate.per_day()?;
    Ok(RateJson {
        value: plain(per_day.value),
        exact: per_day.exact,
        basis: if rate.from_readings {
            "readings"
        } else {
            "given"
        },
        input: rate.split.map(|split| plain(split.input)),
        output: rate.split.map(|split| plain(split.output)),
    })
}

fn forecast(holding: &Holding) -> ForecastJson {
    let forecast = &holding.forecast;
    ForecastJson {
        runs_out: forecast.runs_out.map(|day| day.to_string()),
        lost_at_expiry: forecast.lost.map(|lost| plain(lost.value)),
        billed_from: forecast.billed_from.map(|day| day.to_string()),
        cost_per_day: holding.cost_per_day.map(|cost| plain(cost.value)),
        cost_per_day_rounded: holding.cost_per_day.map(|cost| rounded(cost.value)),
    }
}

fn notice(notice: &Notice) -> NoticeJson {
    let (days_before, remaining_percent) = match notice.event {
        Event::ExpiringSoon(days) => (Some(days), None),
        Event::Remaining(percent) => (None, Some(percent)),
        _ => (None, None),
    };
    NoticeJson {
        channel: notice.channel.name(),
        notice: event(notice.event),
        days_before,
        remaining_percent,
        state: notice.state.name(),
        date: notice.date.map(|(day, _)| day.to_string()),
        basis: notice.date.map(|(_, known)| known.name()),
    }
}

/// How the amount left is known.
pub(super) fn left_basis(holding: &Holding) -> &'static str {
    match holding.standing.estimated {
        true => "forecast",
        false => "reading",
    }
}

/// The event of a notice in JSON.
pub(super) fn event(event: Event) -> &'static str {
    match event {
        Event::NearlyExhausted => "nearly-exhausted",
        Event::Exhausted => "exhausted",
        Event::Remaining(_) => "remaining",
        Event::ExpiringSoon(_) => "expiring-soon",
        Event::Expired => "expired",
    }
}
