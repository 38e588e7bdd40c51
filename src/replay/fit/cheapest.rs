//! The purchasable size that costs least together with its overflow.
//!
//! The size found is the cheapest of all purchasable ones, of equal ones that with the least input and
//! then the least output. It is replayed once more by [`crate::replay::Replay`], which has to cost the
//! same. Where more than [`MOST_WORK`] calls would have to be looked at, there is an error instead.

use super::cost::Costs;
use super::kept::Kept;
use super::minutes::Minutes;
use super::search::Search;
use super::{FitError, Size};
use crate::billing::load::Reserved;
use crate::replay::Reservation;
use crate::replay::sums::Replayed;

/// The search is given up after this number of calls over all sizes, which takes about a minute.
pub const MOST_WORK: u64 = 10_000_000_000;

/// The cheapest size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cheapest {
    /// The size; `(0, 0)` when it is cheapest to reserve nothing.
    pub size: Size,
    /// What becomes of the calls at that size, without those above the maximum input: over several
    /// stretches of time, with the tiers of one after those of the other.
    pub replayed: Replayed,
    /// Calls that were looked at to find it, over all sizes.
    pub work: u64,
}

/// The cheapest size for the calls that are kept.
///
/// # Errors
/// [`FitError`] when it cannot be known.
pub fn cheapest(kept: &Kept, costs: &Costs) -> Result<Cheapest, FitError> {
    cheapest_within(kept, costs, MOST_WORK)
}

/// As [`cheapest`], with a limit of its own in place of [`MOST_WORK`].
///
/// # Errors
/// [`FitError`] when it cannot be known.
pub fn cheapest_within(kept: &Kept, costs: &Costs, most_work: u64) -> Result<Cheapest, FitError> {
    kept.unmixed()?;
    let whole = costs.whole()?;
    let steps = (costs.steps.input.max(1), costs.steps.output.max(1));
    let peak = peak_of(kept);
    let last = (peak.0.div_ceil(steps.0), peak.1.div_ceil(steps.1));
    let largest = last
        .0
        .checked_mul(steps.0)
        .zip(last.1.checked_mul(steps.1))
        .ok_or(FitError::Amount)?;
    let minutes = Minutes::new(kept, &whole, whole.of_reservation(largest))?;
    let mut search = Search::new(&whole, &minutes, steps, last, most_work);
    let best = search.run()?;
    let size = search.size(best.cell);
    let tiers: Vec<_> = costs.stretches().collect();
    let replayed = kept.replay(|place, max_input| {
        let tiers = tiers.get(place).into_iter().copied().flatten();
        Reservation {
            reserved: Reserved {
                max_input,
                ..Reserved::of_sides(size.0, size.1)
            },
            tiers: tiers.map(|(end, _)| *end).collect(),
        }
    })?;
    // What the replay costs is the cost of all calls and what this size costs beyond that.
    let cost = whole.of_replayed(&replayed);
    let cost = cost.and_then(|cost| cost.checked_add(whole.of_reservation(size)));
    let found = minutes
        .value()
        .and_then(|value| value.checked_add_signed(best.net));
    if cost.is_none() || cost != found {
        return Err(FitError::NotVerified);
    }
    Ok(Cheapest {
        size,
        replayed: Replayed::joined(&replayed)?,
        work: search.work,
    })
}

fn peak_of(kept: &Kept) -> Size {
    let mut peak = (0_u64, 0_u64);
    let calls = kept.minutes().map(|(_, calls)| {
        calls.iter().fold((0_u64, 0_u64), |sums, call| {
            (
                sums.0.saturating_add(call.input.into()),
                sums.1.saturating_add(call.output.into()),
            )
        })
    });
    let sums = kept
        .sums()
        .map(|(_, sums)| (sums.tokens.input, sums.tokens.output));
    for (input, output) in calls.chain(sums) {
        peak = (peak.0.max(input), peak.1.max(output));
    }
    peak
}
