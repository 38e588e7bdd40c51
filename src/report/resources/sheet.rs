//! One row a resource.

use super::ResourcesReport;
use crate::billing::exact::plain;
use crate::report::render::csv::{Cell, Sheet, titles};
use crate::resources::{Holding, State};

const HEADER: &[&str] = &[
    "name",
    "kind",
    "source",
    "total",
    "used",
    "left",
    "used_percent",
    "measured_on",
    "expires",
    "days_left",
    "statuses",
    "usage_per_day",
    "runs_out",
    "lost_at_expiry",
    "billed_from",
    "cost_per_day",
    "currency",
    "notices_sent",
    "next_notice",
    "next_notice_on",
    "left_basis",
];

/// The report for a spreadsheet. Several statuses are separated by a space.
pub fn sheet(report: &ResourcesReport) -> anyhow::Result<Sheet<'_>> {
    let rows = report.holdings.iter().map(|holding| row(report, holding));
    Ok(Sheet {
        header: titles(&[HEADER]),
        rows: rows.collect::<anyhow::Result<_>>()?,
    })
}

fn row<'a>(report: &'a ResourcesReport, holding: &'a Holding) -> anyhow::Result<Vec<Cell<'a>>> {
    let resource = &holding.resource;
    let forecast = &holding.forecast;
    let number = |value: Option<String>| Cell::Number(value.unwrap_or_default());
    let statuses: Vec<&str> = holding.statuses.iter().map(|one| one.name()).collect();
    let per_day = match &resource.rate {
        Some(rate) => Some(
            rate.per_day()
                .map_err(crate::billing::error::QuoteError::from)?,
        ),
        None => None,
    };
    let of_state = |state| holding.notices.iter().filter(move |one| one.state == state);
    let sent = of_state(State::Sent);
    let due = of_state(State::Due).filter_map(|one| Some((one.date?.0, one)));
    let next = due.min_by_key(|(day, _)| *day);
    let price = report.price.as_ref();
    let currency = price.filter(|_| holding.cost_per_day.is_some());
    Ok(vec![
        Cell::text(&resource.name),
        Cell::Fixed(resource.kind.name()),
        Cell::Fixed(resource.origin.name()),
        Cell::Number(plain(resource.total)),
        Cell::Number(plain(resource.used.value)),
        Cell::Number(plain(holding.standing.left.value)),
        Cell::Number(plain(holding.used_percent.value)),
        Cell::Number(resource.used.on.to_string()),
        Cell::Number(resource.expires.to_string()),
        Cell::Number(holding.days_left.to_string()),
        Cell::Number(statuses.join(" ")),
        number(per_day.map(|rate| plain(rate.value))),
        number(forecast.runs_out.map(|day| day.to_string())),
        number(forecast.lost.map(|lost| plain(lost.value))),
        number(forecast.billed_from.map(|day| day.to_string())),
        number(holding.cost_per_day.map(|cost| plain(cost.value))),
        Cell::Fixed(currency.map_or("", |price| price.currency.code())),
        Cell::Number(sent.count().to_string()),
        Cell::Number(next.map_or(String::new(), |(_, one)| {
            format!("{} {}", one.channel.name(), super::json::event(one.event))
        })),
        number(next.map(|(day, _)| day.to_string())),
        Cell::Fixed(super::json::left_basis(holding)),
    ])
}
