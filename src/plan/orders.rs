//! From the keys of a deployment to its orders: one, or several that add up.

use super::fields::Fields;
use super::length::{Bought, Length, length};
use super::schedule::{Window, schedule};
use super::text::{self, End};
use crate::billing::calendar::Moment;
use crate::billing::exact;
use crate::billing::load::Load;
use crate::billing::number::counted;
use crate::billing::quote::Method;
use crate::billing::term::Span;
use crate::billing::{mu, ptu};
use crate::order::{FundingOrder, MuOrder, Order, PtuOrder, Say, TokensOrder, Usage, value};
use crate::workload::Steady;

/// An order of a deployment, and what it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it covers, where there are several: `days 1–10`, `09:00–18:00, 6 replicas`.
    pub label: Option<String>,
    /// The end of the range that it belongs to; `None` for both.
    pub end: Option<End>,
    /// Whether it is a part of the day of a schedule.
    pub scheduled: bool,
    /// The order.
    pub order: Order,
}

/// The orders of a deployment over `days`, and what it serves, where that is known.
#[derive(Debug)]
pub struct Ordered {
    pub parts: Vec<Part>,
    pub served: Option<Steady>,
}

/// Reads the keys of a method.
pub fn orders(fields: &mut Fields<'_>, method: Method, days: u64) -> Option<Ordered> {
    match method {
        Method::Ptu => throughput(fields, days),
        Method::Mu => replicas(fields, days),
        Method::Tokens => tokens(fields, days),
    }
}

fn throughput(fields: &mut Fields<'_>, days: u64) -> Option<Ordered> {
    let length = length(fields, days, false);
    let fit = fields.value("fit", text::fit, |fit| fit.name().to_owned());
    let input_tpm = fields.value("input_tpm", value::count, text::count);
    let output_tpm = fields.value("output_tpm", value::count, text::count);
    if !fields.has("fit") {
        for (key, tpm) in [("input_tpm", input_tpm), ("output_tpm", output_tpm)] {
            if tpm.is_none() {
                fields.missing::<()>(key, "\"100k\"");
            }
        }
    }
    let load = load(fields);
    let mode = fields.value("mode", value::mode, |mode| mode.name().to_owned());
    let on_overflow = fields.value("on_overflow", text::on_overflow, |what| {
        what.name().to_owned()
    });
    for key in ["fit", "on_overflow"] {
        if fields.has(key) && !fields.has("rpm") {
            let at = fields.place(key);
            let message = format!(
                "`{key}` needs a workload: write `rpm`, `input_per_request` and `output_per_request` too"
            );
            fields.problem(at, message);
        }
    }
    let funding = funding(fields);
    let Length {
        bought,
        per_day,
        days: covered,
    } = length?;
    let start = start(fields, bought);
    let subscribed = !matches!(bought, Bought::Time { .. });
    if subscribed && per_day.is_some() && !fields.has("rpm") {
        let at = fields.place("hours_per_day");
        fields.problem(at, "`hours_per_day` of a subscription is how long its load lasts: write `rpm`, `input_per_request` and `output_per_request` too, or leave it out");
    }
    let order = PtuOrder {
        input_tpm: input_tpm.unwrap_or(0),
        output_tpm: output_tpm.unwrap_or(0),
        length: match bought {
            Bought::Time { span, runs } => ptu::Length::Hours { span, runs },
            Bought::Days(days) => ptu::Length::Days(days),
            Bought::Months(months) => ptu::Length::Months(months),
        },
        mode,
        start,
        load,
        hours_per_day: per_day.filter(|_| subscribed),
        on_overflow,
        fit,
        funding,
    };
    let sized = fields.has("fit") || (input_tpm.is_some() && output_tpm.is_some());
    if sized && let Err(conflict) = order.check() {
        conflicting(fields, conflict);
    }
    let served = steady(load, per_day, covered);
    Some(one(Order::Ptu(order), served))
}

fn replicas(fields: &mut Fields<'_>, days: u64) -> Option<Ordered> {
    let length = length(fields, days, true);
    let spec = fields.value("spec", value::spec, ToString::to_string);
    let count = fields.value("replicas", value::replicas, text::count);
    let min = fields.value("replicas_min", value::replicas, text::count);
    let max = fields.value("replicas_max", value::replicas, text::count);
    let windows = schedule(fields);
    let load = load(fields);
    let cancel_after = fields.value("cancel_after", value::span_in_days, text::span);
    let Length {
        bought,
        per_day,
        days: covered,
    } = length?;
    let subscribed = !matches!(bought, Bought::Time { .. });
    let needs = |fields: &mut Fields<'_>, key: &str, message: &str| {
        let at = fields.place(key);
        fields.problem(at, message);
    };
    if fields.has("cancel_after") && !subscribed {
        needs(
            fields,
            "cancel_after",
            "only a subscription is cancelled: leave `cancel_after` out",
        );
    }
    if subscribed && per_day.is_some() && !fields.has("rpm") {
        needs(
            fields,
            "hours_per_day",
            "a subscription runs all day: leave `hours_per_day` out",
        );
    }
    for key in ["replicas_min", "replicas_max", "schedule"] {
        if subscribed && fields.has(key) {
            let message = format!(
                "how a subscription scales is not documented: write `term = \"pay-as-you-go\"`, or leave `{key}` out"
            );
            needs(fields, key, &message);
        }
    }
    let start = start(fields, bought);
    let order = |replicas: u64, bought: Bought| {
        Order::Mu(MuOrder {
            spec,
            replicas,
            length: match bought {
                Bought::Time { span, runs } => mu::Length::Hours { span, runs },
                // Model units are not sold by the day, so `days` is no key of theirs.
                Bought::Days(_) => mu::Length::Months {
                    months: 1,
                    cancel_after,
                },
                Bought::Months(months) => mu::Length::Months {
                    months,
                    cancel_after,
                },
            },
            start,
        })
    };
    let parts = if fields.has("schedule") {
        let base = count.unwrap_or(1);
        daily(fields, &windows?, base, per_day, days)?
            .into_iter()
            .map(|(label, replicas, bought)| Part {
                label: Some(label),
                end: None,
                scheduled: true,
                order: order(replicas, bought),
            })
            .collect()
    } else if fields.has("replicas_min") || fields.has("replicas_max") {
        range(fields, min, max)?
            .into_iter()
            .map(|(end, replicas)| Part {
                label: Some(counted(replicas, "replica")),
                end: Some(end),
                scheduled: false,
                order: order(replicas, bought),
            })
            .collect()
    } else {
        vec![Part {
            label: None,
            end: None,
            scheduled: false,
            order: order(count.unwrap_or(1), bought),
        }]
    };
    let served = steady(load, per_day, covered);
    Some(Ordered { parts, served })
}

/// The windows of each day, and the rest of its hours.
fn daily(
    fields: &mut Fields<'_>,
    windows: &[Window],
    base: u64,
    per_day: Option<Span>,
    days: u64,
) -> Option<Vec<(String, u64, Bought)>> {
    let all_day = Span::hours(24);
    let up = per_day.unwrap_or(all_day).seconds();
    let planned = windows
        .iter()
        .try_fold(Span::of_seconds(0).seconds(), |sum, window| {
            exact::add(sum, window.span().seconds()).ok()
        })?;
    if planned > up {
        let at = fields.place("schedule");
        let message = format!(
            "the windows of `schedule` last longer than `hours_per_day`, {}: shorten them, or raise it",
            per_day.unwrap_or(all_day)
        );
        fields.problem(at, message);
        return None;
    }
    let mut parts: Vec<(String, u64, Bought)> = windows
        .iter()
        .map(|window| {
            let label = format!("{}, {}", window.said(), counted(window.replicas, "replica"));
            let span = window.span();
            (label, window.replicas, Bought::Time { span, runs: days })
        })
        .collect();
    let rest = exact::sub(up, planned).ok()?;
    if !rest.is_zero() {
        let span = Span::parse(
            &format!("{}s", exact::plain(rest)),
            crate::billing::term::Increment::Hour,
        )
        .ok()?;
        let label = format!("other {span} a day, {}", counted(base, "replica"));
        parts.push((label, base, Bought::Time { span, runs: days }));
    }
    Some(parts)
}

/// The ends of a range of replicas.
fn range(fields: &mut Fields<'_>, min: Option<u64>, max: Option<u64>) -> Option<[(End, u64); 2]> {
    let (Some(min), Some(max)) = (min, max) else {
        for (key, found) in [("replicas_min", min), ("replicas_max", max)] {
            if found.is_none() {
                fields.missing::<()>(key, "2");
            }
        }
        return None;
    };
    if min > max {
        let at = fields.place("replicas_min");
        fields.problem(at, "`replicas_min` is above `replicas_max`: swap them");
        return None;
    }
    Some([(End::Low, min), (End::High, max)])
}

fn tokens(fields: &mut Fields<'_>, days: u64) -> Option<Ordered> {
    let load = load(fields);
    let input = fields.value("input", value::count, text::count);
    let output = fields.value("output", value::count, text::count);
    let requests = fields.value("requests", value::positive, text::count);
    let per_day = fields.value("hours_per_day", value::hours_per_day, text::span);
    let own_days = fields.value("days", value::days, text::count);
    let mode = fields.value("mode", value::mode, |mode| mode.name().to_owned());
    let rate = fields.value("rate", text::rate, |rate| rate.name().to_owned());
    let batch = fields.flag("batch");
    let funding = funding(fields);
    let covered = own_days.unwrap_or(days);
    if covered > days {
        let at = fields.place("days");
        let message = format!(
            "`days` goes beyond the period of {}: shorten it, or raise `days` of the plan",
            counted(days, "day")
        );
        fields.problem(at, message);
    }
    let usage = if fields.has("rpm") {
        Usage::Load(Steady {
            load: load?,
            hours_per_day: per_day.unwrap_or(Span::hours(24)),
            days: covered,
        })
    } else {
        for key in ["hours_per_day", "days"] {
            if fields.has(key) {
                let at = fields.place(key);
                fields.problem(at, format!("`{key}` belongs to a workload: write `rpm`, `input_per_request` and `output_per_request` too"));
            }
        }
        for (key, count) in [("input", input), ("output", output)] {
            if count.is_none() {
                fields.missing::<()>(
                    key,
                    "\"10M\"` for the period, or a workload with `rpm = \"30\"",
                );
            }
        }
        Usage::Sums {
            input: input?,
            output: output?,
            requests,
        }
    };
    let order = TokensOrder {
        usage,
        mode,
        rate,
        batch: batch.unwrap_or(false),
        funding,
    };
    if let Err(conflict) = order.check() {
        conflicting(fields, conflict);
    }
    let served = match usage {
        Usage::Load(steady) => Some(steady),
        Usage::Sums { .. } => None,
    };
    Some(one(Order::Tokens(order), served))
}

fn one(order: Order, served: Option<Steady>) -> Ordered {
    let part = Part {
        label: None,
        end: None,
        scheduled: false,
        order,
    };
    Ordered {
        parts: vec![part],
        served,
    }
}

fn conflicting(fields: &mut Fields<'_>, conflict: crate::order::Conflict) {
    let message = format!(
        "{}: {}",
        conflict.message(Say::Keys),
        conflict.hint(Say::Keys)
    );
    let at = fields.at;
    fields.problem(at, message);
}

/// All three keys of a load, or none.
fn load(fields: &mut Fields<'_>) -> Option<Load> {
    let rpm = fields.value("rpm", value::rate, text::decimal);
    let input = fields.value("input_per_request", value::count, text::count);
    let output = fields.value("output_per_request", value::count, text::count);
    let keys = [
        ("rpm", "\"30\""),
        ("input_per_request", "4000"),
        ("output_per_request", "400"),
    ];
    if keys.iter().any(|(key, _)| fields.has(key)) {
        for (key, example) in keys {
            fields.missing::<()>(key, example);
        }
    }
    Some(Load {
        rpm: rpm?,
        input_per_request: input?,
        output_per_request: output?,
    })
}

/// The load over the days, as a workload that other methods can serve too.
fn steady(load: Option<Load>, per_day: Option<Span>, days: Option<u64>) -> Option<Steady> {
    Some(Steady {
        load: load?,
        hours_per_day: per_day.unwrap_or(Span::hours(24)),
        days: days?,
    })
}

fn start(fields: &mut Fields<'_>, bought: Bought) -> Option<Moment> {
    let start = fields.value("start", value::moment, |moment| moment.to_rfc3339());
    if let Bought::Time { runs, .. } = bought
        && runs > 1
        && start.is_some()
    {
        let at = fields.place("start");
        fields.problem(
            at,
            "a deployment that is up for a part of each day starts every day: leave `start` out",
        );
    }
    start
}

fn funding(fields: &mut Fields<'_>) -> FundingOrder {
    let order = FundingOrder {
        free_quota: fields.value("free_quota", value::count, text::count),
        free_used: fields
            .values("free_used", value::count, text::count)
            .unwrap_or_default(),
        free_expires: fields.value("free_expires", value::date, ToString::to_string),
        packages: fields
            .values("package", value::package, text::package)
            .unwrap_or_default(),
        package_price: fields.value("package_price", value::amount, text::decimal),
        postpaid: fields.value("postpaid", text::switch, |on| {
            text::switch_name(*on).to_owned()
        }),
    };
    for (key, needed) in [
        ("free_used", "free_quota"),
        ("free_expires", "free_quota"),
        ("package_price", "package"),
    ] {
        if fields.has(key) && !fields.has(needed) {
            let at = fields.place(key);
            fields.problem(at, format!("`{key}` needs `{needed}`: write it too"));
        }
    }
    order
}

/// Whether a quota or package pays for a part of it: several deployments cannot each use it up.
pub fn shared(order: &Order) -> bool {
    let funding = match order {
        Order::Ptu(order) => &order.funding,
        Order::Tokens(order) => &order.funding,
        Order::Mu(_) => return false,
    };
    funding.free_quota.is_some() || !funding.packages.is_empty()
}
