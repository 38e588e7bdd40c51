//! What parts have to have in common beside the reservation, as texts that are compared: the order,
//! and all of the catalog that an amount, a date or a note of the quote follows from.
//!
//! Where a price was read is left out: one that was checked again is the same price.

use std::collections::{BTreeMap, BTreeSet};

use super::{CACHED, FAILED, HELD, NONE, PartialError, REGION, REPEATED, WHERE};
use crate::billing::calendar::ExpiryRules;
use crate::billing::load::OnOverflow;
use crate::billing::ptu::{Fixed, Length, Prices, Rules};
use crate::billing::service::{Reservation, Service};
use crate::billing::term::{Increment, Span};
use crate::billing::tokens::{self, Band, KindPrices};
use crate::billing::units::Sold;
use crate::catalog::{Catalog, Model, is_printable};
use crate::order::OrderError;
use crate::order::traced::in_force::{AsOf, InForce};
use crate::order::traced::{TraceOrder, TraceTerm, TracedPtu};
use crate::trace::{Filter, Options};

/// The labels of an order.
pub(super) fn labels(
    order: &TracedPtu,
    trace: &TraceOrder,
    catalog: &Catalog,
    model: &Model,
    as_of: AsOf,
    prices: &InForce<Prices>,
) -> Result<BTreeMap<String, String>, OrderError> {
    let service = catalog.provider(model)?.service.as_ref();
    // The rules of a provider do not change with its prices.
    let any = prices.any();
    let options = trace.from.options();
    let labels = [
        ("as_of", as_of.date.to_string()),
        ("mode", or_none(order.mode.map(|mode| mode.name()))),
        ("model", format!("{}/{}", model.provider, model.code)),
        ("on_overflow", overflow_name(order.on_overflow).to_owned()),
        (
            "pattern",
            or_none(trace.pattern.map(|pattern| pattern.name())),
        ),
        ("prices", over_time(prices)),
        (
            "rules",
            any.map_or(NONE.to_owned(), |any| of_rules(&any.rules)),
        ),
        ("scale_to", or_none(trace.scale_to)),
        (
            "service",
            of_service(service, any.and_then(|any| any.reservation)),
        ),
        ("term", or_none(given_term(order).map(term_name))),
        (
            WHERE,
            of_filters(options.map_or(&[], |options| &options.filters)),
        ),
    ];
    let held = prices.is_held().then(|| (HELD, "yes".to_owned()));
    let place = options.and_then(|options| options.columns.place);
    let cached = place.map(|place| (CACHED, place.name().to_owned()));
    let odd = options.map(odd_rows).into_iter().flatten();
    let elsewhere = !catalog.is_in_first_region(model);
    let region = elsewhere.then(|| (REGION, model.region.clone()));
    let more = held.into_iter().chain(cached).chain(odd).chain(region);
    let labels = labels.into_iter().chain(more);
    Ok(labels.map(|(key, value)| (key.to_owned(), value)).collect())
}

/// What is done with failed and with repeated calls, where that is said.
fn odd_rows(options: &Options) -> impl Iterator<Item = (&'static str, String)> {
    let failed = options.bills_failed.then(|| (FAILED, "bill".to_owned()));
    let repeated = options
        .repeats
        .map(|repeats| (REPEATED, repeats.name().to_owned()));
    failed.into_iter().chain(repeated)
}

fn or_none<T: ToString>(value: Option<T>) -> String {
    value.map_or(NONE.to_owned(), |value| value.to_string())
}

/// The length that was given; without one it is that of the trace, by the hour.
fn given_term(order: &TracedPtu) -> Option<Length> {
    match order.term {
        TraceTerm::Given(length) => Some(length),
        TraceTerm::Hours
        | TraceTerm::Days
        | TraceTerm::Nights
        | TraceTerm::Months
        | TraceTerm::Fixed(_) => None,
    }
}

/// `bill` or `reject`.
pub(super) fn overflow_name(what: OnOverflow) -> &'static str {
    match what {
        OnOverflow::Bill => "bill",
        OnOverflow::Reject => "reject",
    }
}

/// A term in one word; a trace is replayed in one run.
fn term_name(length: Length) -> String {
    match length {
        Length::Hours { span, .. } => format!("{}s", span.seconds().normalize()),
        Length::Days(days) => format!("{days} days"),
        Length::Months(months) => format!("{months} months"),
        Length::Fixed(one, count) => format!("{count} {}", one.noun_of_many()),
    }
}

/// Reads what [`term_name`] writes.
pub(super) fn term_named(name: &str) -> Option<Length> {
    if let Some(days) = name.strip_suffix(" days") {
        return days.parse().ok().map(Length::Days);
    }
    if let Some(months) = name.strip_suffix(" months") {
        return months.parse().ok().map(Length::Months);
    }
    for one in Fixed::ALL {
        let count = name.strip_suffix(one.noun_of_many());
        if let Some(count) = count.and_then(|count| count.strip_suffix(' ')) {
            return count.parse().ok().map(|count| Length::Fixed(one, count));
        }
    }
    let span = Span::parse(name, Increment::Hour).ok()?;
    Some(Length::Hours { span, runs: 1 })
}

// What follows names every field, so that none that is added is forgotten.

/// The prices of each stretch of time; those of all where they do not change.
fn over_time(prices: &InForce<Prices>) -> String {
    let said = prices.prices().spans().map(|span| {
        let prices = match span.what {
            Ok(prices) => of_prices(prices),
            Err(_) => NONE.to_owned(),
        };
        match span.from {
            None => prices,
            Some(minute) => format!("from minute {minute}: {prices}"),
        }
    });
    said.collect::<Vec<_>>().join(", ")
}

fn of_prices(prices: &Prices) -> String {
    let Prices {
        units,
        // A part is one of a reservation by side.
        meters: _,
        mode,
        currency,
        standard,
        // In the reservation and in labels of their own.
        max_input: _,
        or_max_input: _,
        rules: _,
        reservation: _,
        sale: _,
        says: _,
        sizing: _,
        source: _,
    } = prices;
    let mode = or_none(mode.map(|mode| mode.name()));
    let price = |at: usize| or_none(units.get(at).map(|unit: &Sold| unit.price));
    let (input, output) = (price(0), price(1));
    let mut said = format!("{currency} {input}, output {output}, mode {mode}, overflow ");
    let Some(standard) = standard else {
        return said + NONE;
    };
    let tokens::Prices {
        rate,
        mode,
        bands,
        batch,
        batch_with_cache,
        batch_unmarked: _,
        currency,
        source: _,
        cache_source: _,
        limited_offer,
    } = standard;
    let (mode, batch) = (
        or_none(mode.map(|mode| mode.name())),
        or_none(batch.map(|batch| batch.value().normalize())),
    );
    said += &format!("{currency} {}, mode {mode}, batch {batch}", rate.name());
    if let Some(with_cache) = batch_with_cache {
        said += &format!(", batch with cache {with_cache}");
    }
    if let Some(offer) = limited_offer {
        said += &format!(", limited offer {}", offer.value().normalize());
    }
    for Band { hours, tiers } in bands {
        if let Some(hours) = hours {
            said += &format!(", {}", hours.written());
        }
        for tier in tiers {
            let KindPrices { input, output, .. } = tier.prices;
            let (end, output) = (or_none(tier.up_to), or_none(output));
            said += &format!(", up to {end}: {input}; output {output}");
            if let Some(end) = tier.or_up_to {
                said += &format!("; or up to {end}");
            }
            for (name, price) in tier.all() {
                if let Some(price) = price.filter(|_| !["input", "output"].contains(&name)) {
                    said += &format!("; {name} {price}");
                }
            }
        }
    }
    said
}

/// The rules of a reservation in the words of a catalog file.
fn of_rules(rules: &Rules) -> String {
    let Rules {
        increment,
        input_step,
        output_step,
        overdue_hours,
        expiry,
        // A part has no line that depends on them.
        early_end: _,
        refusal: _,
        scales_by_day: _,
        overdue_restored: _,
        // Nor are dedicated units read in parts.
        dedicated: _,
    } = rules;
    let increment = or_none(increment.map(Increment::noun));
    let overdue = or_none(*overdue_hours);
    let mut said = format!(
        "increment {increment}, input_step {input_step}, output_step {output_step}, \
         overdue_retention {overdue}, "
    );
    said += &match expiry {
        None => format!("expires_at {NONE}"),
        Some(ExpiryRules {
            late_after,
            expires_at,
            grace_hours,
            retention_hours,
        }) => format!(
            "late_order_after {late_after}, expires_at {expires_at}, grace {grace_hours}, \
             retention {retention_hours}"
        ),
    };
    said
}

fn of_service(service: Option<&Service>, sold: Option<Reservation>) -> String {
    let Some(service) = service else {
        return NONE.to_owned();
    };
    let Service {
        modes,
        statuses,
        types,
        order,
        // A part has no line that depends on it.
        overdue_stops: _,
        // What is sold of it is that of the prices.
        reservation: _,
    } = service;
    let names = |names: Vec<&'static str>| names.join(" / ");
    let sold = sold.map(|Reservation { mode, service }| {
        format!("{} as a {} service", mode.name(), service.name())
    });
    format!(
        "modes {}, statuses {}, types {}, order {}, reservation {}",
        names(modes.iter().map(|mode| mode.name()).collect()),
        names(statuses.iter().map(|status| status.name()).collect()),
        names(types.iter().map(|one| one.name()).collect()),
        names(order.iter().map(|mode| mode.name()).collect()),
        or_none(sold)
    )
}

/// Which rows count, whatever the order in which that is said.
fn of_filters(filters: &[Filter]) -> String {
    let said: BTreeSet<String> = filters.iter().map(apart).collect();
    match said.is_empty() {
        true => NONE.to_owned(),
        false => said.into_iter().collect::<Vec<_>>().join(", "),
    }
}

/// A filter as one text, escaped so that it cannot be taken for two filters.
fn apart(Filter { column, value }: &Filter) -> String {
    let said = format!("{column}={value}");
    let is_plain = |c: char| is_printable(c) && !matches!(c, ',' | '"');
    match said.chars().all(is_plain) {
        true => said,
        false => format!("{said:?}"),
    }
}

/// The value of a label, as `read` takes it.
pub(super) fn label<T>(
    labels: &BTreeMap<String, String>,
    key: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, PartialError> {
    let value = labels.get(key).and_then(|text| read(text));
    value.ok_or(PartialError::Label(key))
}

/// The value of a label that may be without one.
pub(super) fn optional<T>(
    labels: &BTreeMap<String, String>,
    key: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, PartialError> {
    label(labels, key, |text| match text {
        NONE => Some(None),
        text => read(text).map(Some),
    })
}
