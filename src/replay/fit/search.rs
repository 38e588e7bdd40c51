//! The purchasable size that costs least together with its overflow.
//!
//! Which calls fit at a size is found by replay only, and more quota can even make fewer fit: a large
//! call that now fits takes the place of several small ones behind it. So nothing is assumed to rise or
//! fall. Sizes are searched by branch and bound: a rectangle of sizes cannot cost less than reserving
//! its smallest while saving what [`super::bound`] says its sizes save at most; where that is no less
//! than the best cost known, no size of it is looked at. Else it is halved, down to single sizes, which
//! are replayed. No size beyond the peak is looked at: it costs more and saves the same.
//!
//! The size found is the cheapest of all purchasable ones, of equal ones that with the least input and
//! then the least output. It is replayed once more by [`crate::replay::Replay`], which has to cost the
//! same. Where more than [`MOST_WORK`] calls would have to be looked at, there is an error instead.

use super::bound::{Minutes, PARTS, Range};
use super::cost::{Costs, Whole};
use super::kept::Kept;
use super::{FitError, Size};
use crate::billing::load::Reserved;
use crate::replay::Reservation;
use crate::replay::sums::Replayed;

/// Calls that are looked at, over all sizes, before the search is given up: about a minute.
pub const MOST_WORK: u64 = 10_000_000_000;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cheapest {
    /// The size; `(0, 0)` when it is cheapest to reserve nothing.
    pub size: Size,
    /// What becomes of the calls at that size, without those above the maximum input.
    pub replayed: Replayed,
    /// Calls that were looked at to find it, over all sizes.
    pub work: u64,
}

/// The cheapest size for what is kept.
///
/// # Errors
/// [`FitError`] when it cannot be known.
pub fn cheapest(kept: &Kept, costs: &Costs) -> Result<Cheapest, FitError> {
    cheapest_within(kept, costs, MOST_WORK)
}

/// As [`cheapest`], with another limit than [`MOST_WORK`].
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
    let mut search = Search {
        whole: &whole,
        minutes: &minutes,
        steps,
        last,
        best: Best {
            net: i128::MAX,
            cell: (0, 0),
        },
        work: 0,
        most_work,
    };
    let everything = search.everything();
    search.guess(&everything)?;
    search.all(&everything)?;
    let best = search.best;
    let size = search.size(best.cell);
    let replayed = kept.replay(Reservation {
        reserved: Reserved {
            input_tpm: size.0,
            output_tpm: size.1,
            max_input: kept.max_input(),
        },
        tiers: costs.tiers.iter().map(|(end, _)| *end).collect(),
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
        replayed,
        work: search.work,
    })
}

fn peak_of(kept: &Kept) -> Size {
    let mut peak = (0_u64, 0_u64);
    let calls = kept.minutes().map(|calls| {
        calls.iter().fold((0_u64, 0_u64), |sums, call| {
            (
                sums.0.saturating_add(call.input.into()),
                sums.1.saturating_add(call.output.into()),
            )
        })
    });
    let sums = kept.sums().map(|sums| (sums.input, sums.output));
    for (input, output) in calls.chain(sums) {
        peak = (peak.0.max(input), peak.1.max(output));
    }
    peak
}

/// A size, counted in steps.
type Cell = (u64, u64);

/// A size, and what it costs more than to reserve nothing. The smallest is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Best {
    net: i128,
    cell: Cell,
}

/// Sizes from one to another, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rectangle {
    low: Cell,
    high: Cell,
}

/// A rectangle, and what each part of the minutes saves at most at its sizes.
#[derive(Debug)]
struct Bounded {
    rectangle: Rectangle,
    saved: [u128; PARTS],
    /// No size of it is better.
    least: Best,
    /// Whether its smallest size is as good as that.
    exact: bool,
}

struct Search<'a> {
    whole: &'a Whole,
    minutes: &'a Minutes<'a>,
    steps: Size,
    last: Cell,
    best: Best,
    work: u64,
    most_work: u64,
}

impl Search<'_> {
    fn size(&self, cell: Cell) -> Size {
        // No more than the largest, which fits.
        (
            cell.0.saturating_mul(self.steps.0),
            cell.1.saturating_mul(self.steps.1),
        )
    }

    fn reservation(&self, cell: Cell) -> i128 {
        // No more than that of the largest, which fits.
        i128::try_from(self.whole.of_reservation(self.size(cell))).unwrap_or(i128::MAX)
    }

    fn spend(&mut self, work: u64) -> Result<(), FitError> {
        self.work = self.work.saturating_add(work);
        if self.work > self.most_work {
            return Err(FitError::TooMuchWork);
        }
        Ok(())
    }

    /// The bound of a rectangle within another one; `None` when no size of it is better than the
    /// best.
    fn bound(
        &mut self,
        rectangle: Rectangle,
        within: &Bounded,
    ) -> Result<Option<Bounded>, FitError> {
        let range = Range {
            low: self.size(rectangle.low),
            high: self.size(rectangle.high),
        };
        let reservation = self.reservation(rectangle.low);
        let least = |all: u128| Best {
            net: reservation.wrapping_sub_unsigned(all),
            cell: rectangle.low,
        };
        // What the larger one saves at most, of which each part is made more precise in turn.
        let mut saved = within.saved;
        let mut all = saved
            .iter()
            .fold(0_u128, |all, part| all.wrapping_add(*part));
        let mut exact = true;
        for (part, saved) in saved.iter_mut().enumerate() {
            if least(all) >= self.best {
                return Ok(None);
            }
            let of_part = self.minutes.part(part, range);
            self.spend(of_part.work)?;
            let most = of_part.most.min(*saved);
            all = all.wrapping_sub(saved.wrapping_sub(most));
            *saved = most;
            exact &= of_part.exact;
        }
        let least = least(all);
        Ok((least < self.best).then_some(Bounded {
            rectangle,
            saved,
            least,
            exact,
        }))
    }

    /// Everything: no size saves more than all there is.
    fn everything(&self) -> Bounded {
        let mut saved = [0; PARTS];
        for (part, saved) in saved.iter_mut().enumerate() {
            let everywhere = (u64::MAX, u64::MAX);
            *saved = self
                .minutes
                .part(
                    part,
                    Range {
                        low: everywhere,
                        high: everywhere,
                    },
                )
                .most;
        }
        Bounded {
            rectangle: Rectangle {
                low: (0, 0),
                high: self.last,
            },
            saved,
            least: Best {
                net: i128::MIN,
                cell: (0, 0),
            },
            exact: false,
        }
    }

    /// Takes a size for the best if it is.
    fn consider(&mut self, cell: Cell, everything: &Bounded) -> Result<bool, FitError> {
        let rectangle = Rectangle {
            low: cell,
            high: cell,
        };
        let found = self.bound(rectangle, everything)?;
        if let Some(found) = &found {
            self.best = found.least;
        }
        Ok(found.is_some())
    }

    /// A good size to begin with: the better it is, the more rectangles are left out.
    fn guess(&mut self, everything: &Bounded) -> Result<(), FitError> {
        const GRID: u64 = 8;
        let at = |last: u64, place: u64| {
            let product = u128::from(last).wrapping_mul(place.into());
            let place = product.checked_div(GRID.into()).unwrap_or(0);
            u64::try_from(place).unwrap_or(last)
        };
        for input in 0..=GRID {
            for output in 0..=GRID {
                let cell = (at(self.last.0, input), at(self.last.1, output));
                self.consider(cell, everything)?;
            }
        }
        // Steps of a side, then of both, that get smaller where none is better.
        let mut width = (at(self.last.0, 1), at(self.last.1, 1));
        loop {
            let (x, y) = self.best.cell;
            let mut better = false;
            for toward in 0..9_u8 {
                let moved = |from: u64, by: u64, last: u64, toward: u8| match toward {
                    0 => from,
                    1 => from.saturating_add(by).min(last),
                    _ => from.saturating_sub(by),
                };
                let x = moved(x, width.0, self.last.0, toward.checked_div(3).unwrap_or(0));
                let y = moved(y, width.1, self.last.1, toward.checked_rem(3).unwrap_or(0));
                better |= (x, y) != self.best.cell && self.consider((x, y), everything)?;
            }
            if !better {
                if width == (0, 0) {
                    return Ok(());
                }
                let half = |width: u64| width.checked_div(2).unwrap_or(0);
                width = (half(width.0), half(width.1));
            }
        }
    }

    /// Goes through all sizes that can be better than the best.
    fn all(&mut self, everything: &Bounded) -> Result<(), FitError> {
        let root = self.bound(everything.rectangle, everything)?;
        let mut open: Vec<Bounded> = root.into_iter().collect();
        while let Some(next) = open.pop() {
            if next.least >= self.best {
                continue;
            }
            // A single size is exact, too.
            if next.exact {
                self.best = next.least;
                continue;
            }
            let mut halves = Vec::new();
            for half in self.halves(next.rectangle) {
                halves.extend(self.bound(half, &next)?);
            }
            // The more promising one comes first, so it is put last.
            halves.sort_unstable_by_key(|half| std::cmp::Reverse(half.least));
            open.extend(halves);
        }
        Ok(())
    }

    /// Halves the side whose sizes differ most in what they cost.
    fn halves(&self, rectangle: Rectangle) -> [Rectangle; 2] {
        let Rectangle { low, high } = rectangle;
        let width = (high.0.saturating_sub(low.0), high.1.saturating_sub(low.1));
        let by_input = self.whole.of_reservation((self.size(width).0, 0));
        let by_output = self.whole.of_reservation((0, self.size(width).1));
        let (mut first, mut second) = (rectangle, rectangle);
        let half = |low: u64, width: u64| low.saturating_add(width >> 1);
        let is_input = match (width.0, width.1) {
            (0, _) => false,
            (_, 0) => true,
            _ => by_input >= by_output,
        };
        if is_input {
            first.high.0 = half(low.0, width.0);
            second.low.0 = first.high.0.saturating_add(1);
        } else {
            first.high.1 = half(low.1, width.1);
            second.low.1 = first.high.1.saturating_add(1);
        }
        [first, second]
    }
}
