//! The purchasable size that costs least together with its overflow.
//!
//! Which calls fit at a size is found by replay only, and more quota can even make fewer fit: a large
//! call that now fits takes the place of several small ones behind it. So nothing is assumed to rise or
//! fall. Sizes are searched by branch and bound: a rectangle of sizes cannot cost less than reserving
//! its smallest while saving what [`super::bound`] says its sizes save at most; where that is no less
//! than the best cost known, no size of it is looked at. Else it is halved, down to single sizes, which
//! are replayed. No size beyond the peak is looked at: it costs more and saves the same.

use super::bound::Range;
use super::cost::Whole;
use super::minutes::{Minutes, PARTS};
use super::{FitError, Size};

/// A size, counted in steps.
pub(super) type Cell = (u64, u64);

/// A size, and how much more it costs than to reserve nothing. The best size is the smallest of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Best {
    pub net: i128,
    pub cell: Cell,
}

/// The sizes between two, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rectangle {
    low: Cell,
    high: Cell,
}

/// A rectangle of sizes, and the most that each part of the minutes saves at any of them.
#[derive(Debug)]
pub(super) struct Bounded {
    rectangle: Rectangle,
    saved: [u128; PARTS],
    /// A bound: no size of the rectangle is better than this.
    least: Best,
    /// Whether the smallest size of the rectangle reaches that bound.
    exact: bool,
}

/// A search, and what it has found so far.
pub(super) struct Search<'a> {
    whole: &'a Whole,
    minutes: &'a Minutes<'a>,
    steps: Size,
    /// The largest size.
    pub(super) last: Cell,
    /// The best size known.
    pub(super) best: Best,
    /// The number of calls and minutes that were looked at.
    pub(super) work: u64,
    most_work: u64,
}

impl<'a> Search<'a> {
    /// A search among sizes in steps, up to `last`, which must fit as a size.
    pub(super) fn new(
        whole: &'a Whole,
        minutes: &'a Minutes<'a>,
        steps: Size,
        last: Cell,
        most_work: u64,
    ) -> Self {
        Self {
            whole,
            minutes,
            steps,
            last,
            best: Best {
                net: i128::MAX,
                cell: (0, 0),
            },
            work: 0,
            most_work,
        }
    }

    /// The best of all sizes.
    pub(super) fn run(&mut self) -> Result<Best, FitError> {
        let everything = self.everything();
        self.guess(&everything)?;
        self.all(&everything)?;
        Ok(self.best)
    }

    /// A cell as tokens per minute.
    pub(super) fn size(&self, cell: Cell) -> Size {
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

    /// Bounds a rectangle that lies in one which is bounded already; `None` when none of its sizes is better than
    /// the best known.
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

    /// The rectangle of all sizes: none saves more than what all calls cost as ordinary ones.
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

    /// Remembers a size if it is better than the best known.
    pub(super) fn consider(&mut self, cell: Cell, everything: &Bounded) -> Result<bool, FitError> {
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
