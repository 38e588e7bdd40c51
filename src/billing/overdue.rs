//! What becomes of what a quote is for while the balance of the account is overdue: each product in the
//! words of its own document, or of none.

use super::moment::Moment;
use super::money::Money;

/// An overdue balance, and what comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdue {
    /// Since when the balance is overdue.
    pub since: Moment,
    /// What happens to what is quoted.
    pub outcome: Outcome,
    /// Whether calls beyond a reservation stop, too.
    pub overflow_stops: bool,
}

/// What an overdue balance does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The deployment is kept and billed, then released (`ptu.overdue`).
    Kept(Kept),
    /// No model can be called (`free.overdue`).
    CallsStop,
    /// The service is stopped until the balance is replenished (`service.status`).
    ServiceStops,
    /// No document says it.
    NotDocumented,
}

/// How long an overdue deployment is billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The moment until which it is billed.
    pub until: Moment,
    /// The amount billed from the start of the overdue balance until then, for each hour or minute that begins.
    pub billed: Money,
    /// Whether that amount is a part of the total; false where the start is not known.
    pub in_total: bool,
    /// Whether it is deleted before it would be released.
    pub deleted: bool,
}

/// What the provider documents of an overdue balance. Catalog data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Documented {
    /// No model can be called with an overdue balance.
    pub blocks_calls: bool,
    /// A service that is paid for as it is used is stopped.
    pub stops_services: bool,
}
