//! The keys of model units: replicas that are always up, that follow a schedule, or that have a range.

use super::shared::{load, start, steady};
use super::{Ordered, Part};
use crate::billing::number::counted;
use crate::billing::term::{Increment, Span};
use crate::billing::{exact, mu};
use crate::order::{MuOrder, Order, value};
use crate::plan::fields::Fields;
use crate::plan::length::{Bought, Length, length};
use crate::plan::schedule::{Window, schedule};
use crate::plan::text::{self, End};

pub fn orders(fields: &mut Fields<'_>, days: u64) -> Option<Ordered> {
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
        renew,
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
                // Model units are not sold by the day or for fixed terms, so these are no keys of theirs.
                Bought::Days(_) | Bought::Fixed(..) => mu::Length::Months {
                    months: 1,
                    cancel_after,
                },
                Bought::Months(months) => mu::Length::Months {
                    months,
                    cancel_after,
                },
            },
            renew,
            start,
            overdue_since: None,
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
                in_term: None,
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
                in_term: None,
                order: order(replicas, bought),
            })
            .collect()
    } else {
        vec![Part {
            label: None,
            end: None,
            scheduled: false,
            in_term: None,
            order: order(count.unwrap_or(1), bought),
        }]
    };
    let served = steady(load, per_day, covered);
    Some(Ordered {
        parts,
        served,
        log: None,
    })
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
        let span = Span::parse(&format!("{}s", exact::plain(rest)), Increment::Hour).ok()?;
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
