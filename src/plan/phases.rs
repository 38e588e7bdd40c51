//! Phases: the same deployment with other sizes for some days each.

use super::fields::{Fields, Setting};
use super::keys;
use super::node::Entry;
use super::orders::{Ordered, Part, orders};
use super::text;
use crate::billing::number::counted;
use crate::billing::quote::Method;
use crate::billing::scaling::At;
use crate::billing::term::months::DAYS_OF_A_MONTH;
use crate::billing::{mu, ptu};
use crate::order::{Order, value};

/// The parts of some days of the period, both counted.
struct Stretch {
    from: u64,
    to: u64,
    parts: Vec<Part>,
}

/// Each phase with its own sizes, then the rest of the period with those of the deployment. The phases of
/// a subscription are one term, which is ordered once.
pub fn phases(
    fields: &mut Fields<'_>,
    entries: &[&Entry],
    method: Method,
    days: u64,
) -> Option<Ordered> {
    let tables = fields.tables("phases")?;
    let term = entries.iter().find(|entry| entry.key == "term").copied();
    let one_term = is_one_term(Some(method), term);
    if fields.has("start") && !(one_term && method == Method::Ptu) {
        let at = fields.place("start");
        fields.problem(
            at,
            "`start` stands beside `phases` only of a subscription of throughput: keep one of them",
        );
    }
    // Model units are bought for all months at once.
    let bought = |lasts: u64| match method {
        Method::Mu if one_term => days,
        _ => lasts,
    };
    let mut stretches = Vec::new();
    let mut settings = Vec::new();
    let mut planned = 0_u64;
    for table in tables {
        let own: Vec<&Entry> = table
            .entries
            .iter()
            .filter(|entry| entry.key != "days")
            .collect();
        let mut phase = fields.of_table(table);
        let of_phases = keys::OF_PHASES.iter().copied();
        let known: Vec<&'static str> = std::iter::once("days")
            .chain(of_phases.filter(|key| keys::methods(key).contains(&method)))
            .collect();
        phase.refuse_unknown(&known, "a phase");
        let lasts = phase.value("days", value::days, text::count);
        let mut read = std::mem::take(&mut phase.settings);
        let Some(lasts) = lasts else {
            phase.missing::<()>("days", "10");
            continue;
        };
        let from = planned.saturating_add(1);
        planned = planned.saturating_add(lasts);
        if planned > days {
            let at = phase.place("days");
            let message = format!(
                "the phases last longer than the period of {}: shorten them, or raise `days` of the plan",
                counted(days, "day")
            );
            phase.problem(at, message);
            return None;
        }
        let base = entries.iter().filter(|entry| {
            entry.key != "phases"
                && own
                    .iter()
                    .all(|other| other.key != entry.key && !keys::exclude(&other.key, &entry.key))
        });
        let overlaid: Vec<&Entry> = own.iter().chain(base).copied().collect();
        let mut overlay = phase.of_entries(overlaid);
        let ordered = orders(&mut overlay, method, bought(lasts));
        read.extend(
            overlay
                .settings
                .drain(..)
                .filter(|(key, _)| own.iter().any(|entry| entry.key == *key)),
        );
        settings.push(read);
        stretches.push(Stretch::of(ordered, from, planned));
    }
    let rest = days.saturating_sub(planned);
    let base: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.key != "phases")
        .copied()
        .collect();
    let mut of_rest = fields.of_entries(base);
    let ordered = orders(&mut of_rest, method, bought(rest.max(1)));
    let mut all = std::mem::take(&mut of_rest.settings);
    if rest > 0 {
        stretches.push(Stretch::of(ordered, planned.saturating_add(1), days));
    }
    fields.settings.append(&mut all);
    fields.settings.push(("phases", Setting::Tables(settings)));
    let stretches = match one_term {
        true => in_one_term(stretches, days),
        false => stretches,
    };
    Some(Ordered {
        parts: stretches.into_iter().flat_map(Stretch::labelled).collect(),
        served: None,
        log: None,
    })
}

/// Whether the phases of a deployment with this `term` are one prepaid term.
pub fn is_one_term(method: Option<Method>, term: Option<&Entry>) -> bool {
    let reserved = matches!(method, Some(Method::Ptu | Method::Mu));
    reserved && term.is_some_and(|term| term.node.value.is("subscription"))
}

/// The stretches of one term: those with the same order are one, as nothing changes between them.
fn in_one_term(stretches: Vec<Stretch>, days: u64) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match joined.last_mut().filter(|last| last.is_like(&stretch)) {
            Some(last) => last.extend(stretch.to),
            None => joined.push(stretch),
        }
    }
    if joined.len() > 1 {
        for stretch in &mut joined {
            let used = stretch.from.saturating_sub(1);
            for part in &mut stretch.parts {
                let days = term_of(&part.order).unwrap_or(days);
                part.in_term = Some(At { used, days });
            }
        }
    }
    joined
}

/// The days of a term of months.
fn term_of(order: &Order) -> Option<u64> {
    match order {
        Order::Mu(order) => match order.length {
            mu::Length::Months { months, .. } => {
                Some(u64::from(months).saturating_mul(DAYS_OF_A_MONTH))
            }
            mu::Length::Hours { .. } => None,
        },
        Order::Ptu(_) | Order::Tokens(_) | Order::Dtu(_) => None,
    }
}

impl Stretch {
    fn of(ordered: Option<Ordered>, from: u64, to: u64) -> Self {
        Self {
            from,
            to,
            parts: ordered.map(|ordered| ordered.parts).unwrap_or_default(),
        }
    }

    /// Whether the same is ordered, for however long.
    fn is_like(&self, other: &Self) -> bool {
        let timeless = |stretch: &Self| -> Vec<Part> {
            let parts = stretch.parts.iter().cloned();
            parts.map(|part| for_days(part, 1)).collect()
        };
        timeless(self) == timeless(other)
    }

    fn extend(&mut self, to: u64) {
        self.to = to;
        let days = to.saturating_sub(self.from).saturating_add(1);
        let parts = std::mem::take(&mut self.parts).into_iter();
        self.parts = parts.map(|part| for_days(part, days)).collect();
    }

    fn labelled(self) -> impl Iterator<Item = Part> {
        let label = format!("days {}–{}", self.from, self.to);
        self.parts.into_iter().map(move |part| Part {
            label: Some(match &part.label {
                Some(own) => format!("{label}, {own}"),
                None => label.clone(),
            }),
            ..part
        })
    }
}

/// The part for other days, where it is sold by the day.
fn for_days(mut part: Part, days: u64) -> Part {
    if let Order::Ptu(order) = &mut part.order
        && let ptu::Length::Days(own) = &mut order.length
    {
        *own = days;
    }
    part
}
