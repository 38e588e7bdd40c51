//! What is bought for a part of the period alone, where the plan says for how long.

use super::deployment::Deployment;
use super::length::{months_for, terms_for};
use crate::billing::number::counted;
use crate::billing::term::Span;
use crate::billing::{mu, ptu};
use crate::order::{DtuOrder, Order, Usage};

/// For how long a deployment is bought, where that ends before a period of `days`: `1 month is bought`. `None` where
/// it covers the period, where it is cancelled, of phases, which cover all of it, and of a log, which has days of its
/// own.
#[must_use]
pub fn covered(deployment: &Deployment, days: u64) -> Option<String> {
    let has = |key: &str| deployment.settings.iter().any(|(own, _)| *own == key);
    if has("phases") {
        return None;
    }
    let one_run = |span: Span, runs: u64| {
        let period = Span::hours(24).times(days).ok()?;
        let is_part = has("hours") && runs == 1 && span < period;
        is_part.then(|| format!("{span} is bought"))
    };
    match &deployment.parts.first()?.order {
        Order::Ptu(order)
        | Order::Dtu(DtuOrder {
            order,
            cancel_after: None,
            ..
        }) => match order.length {
            ptu::Length::Hours { span, runs } => one_run(span, runs),
            ptu::Length::Days(own) => {
                let all = own.saturating_mul(u64::from(order.renew).saturating_add(1));
                (all < days).then(|| bought(all, "day"))
            }
            ptu::Length::Months(months) => fewer(months, order.renew, months_for(days), "month"),
            ptu::Length::Fixed(one, count) => {
                fewer(count, order.renew, terms_for(one, days), one.noun())
            }
        },
        Order::Mu(order) => match order.length {
            mu::Length::Hours { span, runs } => one_run(span, runs),
            mu::Length::Months {
                months,
                cancel_after: None,
            } => fewer(months, order.renew, months_for(days), "month"),
            mu::Length::Months { .. } => None,
        },
        Order::Tokens(order) => match order.usage {
            Usage::Load(steady) if steady.days < days => Some(format!(
                "there are calls on {}",
                counted(steady.days, "day")
            )),
            Usage::Load(_) | Usage::Sums { .. } => None,
        },
        Order::Dtu(_) => None,
    }
}

fn fewer(count: u32, renewals: u32, needed: u32, noun: &str) -> Option<String> {
    let all = count.saturating_mul(renewals.saturating_add(1));
    (all < needed).then(|| bought(all.into(), noun))
}

fn bought(count: u64, noun: &str) -> String {
    let are = if count == 1 { "is" } else { "are" };
    format!("{} {are} bought", counted(count, noun))
}
