//! The phrases that the table and Markdown share.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ResourcesReport;
use crate::billing::error::QuoteError;
use crate::billing::exact::{Quotient, plain, round2};
use crate::billing::money::Money;
use crate::billing::number::{counted, grouped, spoken};
use crate::billing::rule::{Basis, RESOURCES};
use crate::report::words;
use crate::resources::{DayPrice, Holding, Kind, Note, Origin, PriceOf, Status};

/// The answer: what ends first, then whose resources, on which day, how many.
pub fn answer(report: &ResourcesReport) -> Vec<String> {
    let day = |one: &Holding| one.forecast.runs_out.unwrap_or(one.resource.expires);
    let open = report.holdings.iter().filter(|one| !one.has_ended());
    let first = open.min_by_key(|holding| day(holding));
    let first = first.map(|holding| {
        let (name, on) = (&holding.resource.name, day(holding));
        let verb = match holding.forecast.runs_out {
            Some(_) if on < report.today => "ran out",
            Some(_) => "runs out",
            None => "expires",
        };
        format!(
            "First to end: {name}, which {verb} on {on} ({})",
            distance(until(report, on))
        )
    });
    first.into_iter().chain([heading(report)]).collect()
}

/// Whose resources, on which day, how many.
fn heading(report: &ResourcesReport) -> String {
    let count =
        |holds: &dyn Fn(&Holding) -> bool| report.holdings.iter().filter(|one| holds(one)).count();
    let available = count(&Holding::is_available);
    let full = count(&|one| !one.is_available() && !one.has_ended());
    let ended = count(&Holding::has_ended).saturating_add(report.hidden);
    let hint = match report.hidden {
        0 => "",
        hidden if hidden < ended => " (`--all` shows all of them)",
        _ => " (`--all` shows them)",
    };
    let mut text = format!("{} on {}: {available} available", report.file, report.today);
    if full > 0 {
        text.push_str(&format!(", {full} full"));
    }
    if ended > 0 {
        text.push_str(&format!(", {ended} ended{hint}"));
    }
    text
}

/// The amount left, `~3,722,222` if it follows from the rate; in whole units of what is counted.
pub fn left(holding: &Holding) -> String {
    let left = holding.standing.left.value;
    match (holding.standing.estimated, holding.resource.kind) {
        (false, _) => amount(left),
        (true, Kind::KnowledgeBase) => format!("~{}", amount(round2(left))),
        (true, _) => format!("~{}", amount(left.trunc())),
    }
}

/// An amount with every digit, grouped.
pub fn amount(value: Decimal) -> String {
    let normal = value.normalize();
    grouped(normal, normal.scale())
}

/// An amount that may not end as a decimal, to 2 digits.
pub fn about(quotient: &Quotient) -> String {
    if quotient.value.normalize().scale() > 2 {
        format!("about {}", amount(round2(quotient.value)))
    } else {
        amount(quotient.value)
    }
}

/// The total amount, as short as possible without losing a digit.
pub fn total(holding: &Holding) -> String {
    let total = holding.resource.total;
    match u64::try_from(total) {
        Ok(count) if total.fract().is_zero() => spoken(count),
        _ => amount(total),
    }
}

/// Kind and source: `tokens, trial`.
pub fn what(holding: &Holding) -> String {
    let resource = &holding.resource;
    let origin = match resource.origin {
        Origin::FreeTrial => "trial",
        Origin::Purchased => "paid",
    };
    format!("{}, {origin}", resource.kind.said())
}

/// `in 30 days`, `today`, `1 day ago`.
pub fn distance(days: i64) -> String {
    let count = counted(days.unsigned_abs(), "day");
    match days {
        0 => "today".to_owned(),
        1.. => format!("in {count}"),
        _ => format!("{count} ago"),
    }
}

/// Days from today to `day`.
pub fn until(report: &ResourcesReport, day: NaiveDate) -> i64 {
    day.signed_duration_since(report.today).num_days()
}

/// The statuses that say something: that others are available goes without saying, and so does that
/// what is exhausted is nearly exhausted.
pub fn statuses(holding: &Holding) -> Vec<&'static str> {
    let several = holding.statuses.len() > 1;
    let exhausted = holding.statuses.contains(&Status::Exhausted);
    holding
        .statuses
        .iter()
        .filter(|status| !several || **status != Status::Available)
        .filter(|status| !exhausted || **status != Status::NearlyExhausted)
        .map(|status| status.said())
        .collect()
}

/// A line for each resource with a forecast, or with something to lose.
pub fn forecasts(report: &ResourcesReport) -> Result<Vec<String>, QuoteError> {
    let mut lines = Vec::new();
    for holding in &report.holdings {
        let mut parts = Vec::new();
        if let Some(rate) = &holding.resource.rate {
            let basis = if rate.from_readings {
                format!("on average over {}", counted(rate.days, "day"))
            } else {
                "as given".to_owned()
            };
            parts.push(format!("{} a day ({basis})", about(&rate.per_day()?)));
        }
        parts.extend(end(report, holding));
        parts.extend(beyond(report, holding));
        if !parts.is_empty() {
            lines.push(format!("{}: {}", holding.resource.name, parts.join("; ")));
        }
    }
    Ok(lines)
}

/// The end of a resource: used up, or with something lost.
fn end(report: &ResourcesReport, holding: &Holding) -> Option<String> {
    let forecast = &holding.forecast;
    let resource = &holding.resource;
    if let Some(day) = forecast.runs_out {
        let verb = if day < report.today { "ran" } else { "runs" };
        return Some(format!(
            "{verb} out on {day}, {} before it expires",
            counted(
                resource
                    .expires
                    .signed_duration_since(day)
                    .num_days()
                    .unsigned_abs(),
                "day"
            )
        ));
    }
    if !holding.is_available() {
        let lost = forecast.lost.filter(|lost| !lost.value.is_zero())?;
        return Some(format!("expired with {} left, now lost", about(&lost)));
    }
    match &forecast.lost {
        Some(lost) if lost.value.is_zero() => Some("is used up as it expires".to_owned()),
        Some(lost) => Some(format!("expires with {} left, then lost", about(lost))),
        None if resource.rate.is_some() => Some("does not run out before it expires".to_owned()),
        None => None,
    }
}

/// From when what is used beyond a package is billed, and what a day of that costs.
fn beyond(report: &ResourcesReport, holding: &Holding) -> Option<String> {
    let from = holding.forecast.billed_from?;
    let cost = holding
        .cost_per_day
        .zip(report.price.as_ref())
        .map(|(cost, price)| {
            let money = Money {
                amount: cost.value,
                currency: price.currency,
            };
            format!(", {money} a day")
        });
    // A figure says that it was used up by its day, not since when.
    let read_so = holding.forecast.runs_out.is_none();
    let exhausted = holding.statuses.contains(&Status::Exhausted);
    let (since, or_before) = if exhausted && read_so {
        let expired_first = holding.resource.ended_from() == Some(from);
        ("since", if expired_first { "" } else { " or before" })
    } else if from < report.today {
        ("since", "")
    } else {
        ("from", "")
    };
    let cost = cost.unwrap_or_default();
    let unless = match holding.may_be_followed(&report.holdings) {
        true => "if nothing else pays, ",
        false => "",
    };
    Some(format!("{unless}billed {since} {from}{or_before}{cost}"))
}

pub fn note(note: &Note) -> String {
    let rule = note.rule().map(|rule| rule.id());
    match (rule, note.basis()) {
        (Some(rule), Basis::Reading) => format!("{rule} (a reading): {note}"),
        (Some(rule), _) => format!("{rule}: {note}"),
        (None, _) => note.to_string(),
    }
}

pub fn price(price: &DayPrice) -> String {
    let side = |name: &str, price: &crate::billing::unit::UnitPrice, currency| {
        format!("{name} {}", words::unit_price(price, currency))
    };
    let mut parts = vec![side("input", &price.input, price.currency)];
    if let Some(output) = &price.output {
        parts.push(side("output", output, price.currency));
    }
    if let PriceOf::Model {
        model,
        is_elsewhere,
        mode,
        input_per_request,
        ..
    } = &price.of
    {
        let mode = mode.map(|mode| format!(", {}", mode.name()));
        let region = is_elsewhere.then(|| format!(" in {}", model.region_name));
        let (region, mode) = (region.unwrap_or_default(), mode.unwrap_or_default());
        let name = format!("{}{region}{mode}", model.name);
        parts.insert(0, name);
        if let Some(request) = input_per_request {
            parts.push(format!("requests of {} input tokens", spoken(*request)));
        }
    }
    if let Some(share) = price.input_share {
        let share = plain(share.value());
        parts.push(format!("{share}% input where the file gives one number"));
    }
    if let Some(discount) = price.discount {
        parts.push(format!("{}% discount", plain(discount.value())));
    }
    parts.join("; ")
}

/// That the price of a day's tokens has left its page, where it has.
pub fn left_page(report: &ResourcesReport) -> Option<String> {
    let of = report.price.as_ref().map(|price| &price.of);
    let Some(PriceOf::Model { source, .. }) = of else {
        return None;
    };
    let date = report.catalog.as_ref()?.as_of;
    source.left_note(date, true).map(|note| note.to_string())
}

pub fn sources(report: &ResourcesReport) -> Vec<String> {
    let mut sources = vec![format!("{RESOURCES}: {}", report.document)];
    if let Some(DayPrice {
        of: PriceOf::Model { source, .. },
        ..
    }) = &report.price
    {
        sources.push(words::source(source));
    }
    sources
}
