//! The statuses of a resource (`resource.status`). Several can hold.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Resource, Standing};
use crate::billing::exact::{self, TooLarge};

/// The percentage of use above which a resource is nearly exhausted.
pub(super) const NEARLY: u32 = 90;
/// Days before its expiry from which on a resource is expiring soon.
const SOON: i64 = 30;

/// A status of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Neither used up nor expired.
    Available,
    /// More than 90 % used, up to all of it.
    NearlyExhausted,
    /// All of it used.
    Exhausted,
    /// At most 30 days before it expires.
    ExpiringSoon,
    /// No longer valid.
    Expired,
}

impl Status {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::NearlyExhausted => "nearly-exhausted",
            Self::Exhausted => "exhausted",
            Self::ExpiringSoon => "expiring-soon",
            Self::Expired => "expired",
        }
    }

    /// In the document's words.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::Available => "Available",
            Self::NearlyExhausted => "Nearly Exhausted",
            Self::Exhausted => "Exhausted",
            Self::ExpiringSoon => "Expiring Soon",
            Self::Expired => "Expired",
        }
    }
}

/// A share of `total` in whole percent, exactly.
pub(super) fn share(total: Decimal, percent: u32) -> Result<Decimal, TooLarge> {
    exact::mul(total, exact::div(percent.into(), 100)?.value)
}

/// How much is used before it is nearly exhausted.
pub(super) fn nearly(total: Decimal) -> Result<Decimal, TooLarge> {
    share(total, NEARLY)
}

/// Days until the last day of validity, below 0 after it.
#[must_use]
pub(super) fn days_left(resource: &Resource, today: NaiveDate) -> i64 {
    resource.expires.signed_duration_since(today).num_days()
}

/// Every status that holds on `today`, `Available` first.
pub(super) fn statuses(
    resource: &Resource,
    standing: &Standing,
    today: NaiveDate,
) -> Result<Vec<Status>, TooLarge> {
    let used = standing.used;
    let days = days_left(resource, today);
    let exhausted = used >= resource.total;
    let expired = days < 0;
    let all = [
        (Status::Available, !exhausted && !expired),
        (Status::NearlyExhausted, used > nearly(resource.total)?),
        (Status::Exhausted, exhausted),
        (Status::ExpiringSoon, !expired && days <= SOON),
        (Status::Expired, expired),
    ];
    let holding = all.into_iter().filter(|(_, holds)| *holds);
    Ok(holding.map(|(status, _)| status).collect())
}
