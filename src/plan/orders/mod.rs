//! From the keys of a deployment to its orders: one, or several that add up.

mod dedicated;
mod logged;
mod replicas;
mod shared;
mod throughput;
mod tokens;

use super::fields::Fields;
use super::text::End;
use crate::billing::quote::Method;
use crate::billing::scaling::At;
use crate::order::{Conflict, LogHow, LogOrder, Order, Say};
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
    /// Where it begins in a prepaid term of several parts, which is ordered once; `None` where the order is
    /// its own.
    pub in_term: Option<At>,
    /// The order.
    pub order: Order,
}

/// The orders of a deployment over `days`, and what it serves, where that is known.
#[derive(Debug)]
pub struct Ordered {
    pub parts: Vec<Part>,
    pub served: Option<Steady>,
    /// What is bought for a log, in place of parts.
    pub log: Option<LogOrder>,
}

/// Reads the keys of a method.
pub fn orders(fields: &mut Fields<'_>, method: Method, days: u64) -> Option<Ordered> {
    if fields.has("trace") || fields.has("load") {
        return logged::orders(fields, method, days);
    }
    logged::refuse_without_log(fields);
    match method {
        Method::Ptu => throughput::orders(fields, days),
        Method::Mu => replicas::orders(fields, days),
        Method::Tokens => tokens::orders(fields, days),
        Method::Dtu => dedicated::orders(fields, days),
    }
}

fn one(order: Order, served: Option<Steady>) -> Ordered {
    let part = Part {
        label: None,
        end: None,
        scheduled: false,
        in_term: None,
        order,
    };
    Ordered {
        parts: vec![part],
        served,
        log: None,
    }
}

fn conflicting(fields: &mut Fields<'_>, conflict: Conflict) {
    let message = format!(
        "{}: {}",
        conflict.message(Say::Keys),
        conflict.hint(Say::Keys)
    );
    let at = fields.at;
    fields.problem(at, message);
}

/// Whether a quota, package or savings plan pays for a part of it: several deployments cannot each use it up.
pub fn shared(order: &Order) -> bool {
    let funding = match order {
        Order::Ptu(order) => &order.funding,
        Order::Tokens(order) => &order.funding,
        Order::Mu(_) | Order::Dtu(_) => return false,
    };
    funding.free_quota.is_some() || !funding.packages.is_empty() || funding.savings.is_some()
}

/// The same of a log.
pub fn shared_by_log(order: &LogOrder) -> bool {
    match &order.how {
        LogHow::Ptu(order) => order.savings.is_some(),
        LogHow::Tokens(order) => order.savings.is_some(),
        LogHow::Dtu(_) | LogHow::Mu(_) => false,
    }
}
