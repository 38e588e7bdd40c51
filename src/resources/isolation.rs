//! How much knowledge is isolated when capacity for it expires. An account has one limit: what all
//! packages that are left hold together.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Holding, Kind};
use crate::billing::exact;

/// Knowledge and the room for it, from the day after a package ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Isolation {
    /// Knowledge in use, over all packages.
    pub used: Decimal,
    /// Capacity of the packages that have not ended.
    pub limit: Decimal,
    /// The part of `used` above `limit`.
    pub isolated: Decimal,
    /// Number of packages.
    pub packages: usize,
}

/// What is isolated once the packages that end by `expires` have ended, of those that there were
/// until then or are today: what had ended before may have been bought again since. `None` where a
/// decimal does not hold it.
pub(super) fn isolation(
    holdings: &[Holding],
    expires: NaiveDate,
    today: NaiveDate,
) -> Option<Isolation> {
    let kept = holdings.iter().filter(|one| {
        let resource = &one.resource;
        resource.kind == Kind::KnowledgeBase && resource.expires >= expires.min(today)
    });
    let used = exact::sum(kept.clone().map(|one| one.standing.used)).ok()?;
    let left = kept.clone().filter(|one| one.resource.expires > expires);
    let limit = exact::sum(left.map(|one| one.resource.total)).ok()?;
    Some(Isolation {
        used,
        limit,
        isolated: exact::sub(used, limit).ok()?.max(Decimal::ZERO),
        packages: kept.count(),
    })
}
