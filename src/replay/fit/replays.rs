//! A reading of the trace that replays every tile of some grids, on two threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::FitError;
use super::bound::{Item, Multipliers};
use super::cost::Whole;
use super::grid::Grid;
use super::intake::Takes;
use super::minute::Busy;
use super::sums::Sums;
use super::survey::Surveyed;
use crate::replay::{Call, Calls, Minute, TooLarge, share};

/// The most calls of one minute, which is replayed as a whole: 16 MiB.
pub const MOST_OF_A_MINUTE: usize = 1 << 19;

/// Calls that are replayed at once, where no minute has more: 2 MiB.
const CHUNK: usize = 1 << 16;

/// Replays all tiles of some grids while a trace is read.
pub(super) struct Replays<'a> {
    job: Job<'a>,
    items: Vec<Item>,
    minutes: Vec<Waiting>,
    /// Where the calls of the minute begin that is read.
    start: usize,
    /// What all calls cost.
    value: u128,
    workers: [Worker; 2],
}

/// What is the same for all minutes.
#[derive(Clone, Copy)]
struct Job<'a> {
    whole: &'a Whole,
    found: &'a Surveyed,
    grids: &'a [Grid],
    multipliers: Option<Multipliers>,
    most_work: u64,
}

/// A minute that waits to be replayed.
enum Waiting {
    /// With single calls: the indices of the first and of that after the last.
    Calls(usize, usize),
    /// With sums only, and the index of its stretch of time.
    Sums(usize, Calls),
}

/// What one of the threads finds.
#[derive(Clone)]
struct Worker {
    sums: Vec<Sums>,
    work: u64,
}

impl<'a> Replays<'a> {
    /// A reading that may be so much work.
    pub fn new(whole: &'a Whole, found: &'a Surveyed, grids: &'a [Grid], most_work: u64) -> Self {
        let sums = grids.iter().map(|grid| Sums::new(grid.count())).collect();
        let tiles = grids.iter().map(Grid::tiles).fold(0, u64::saturating_add);
        let worker = Worker { sums, work: 0 };
        let bounds = !grids.iter().all(Grid::is_exact);
        Self {
            job: Job {
                whole,
                found,
                grids,
                multipliers: bounds.then(|| Multipliers::new(whole.highest(), found.average)),
                most_work,
            },
            items: Vec::new(),
            minutes: Vec::new(),
            start: 0,
            value: 0,
            workers: [
                Worker {
                    work: tiles,
                    ..worker.clone()
                },
                worker,
            ],
        }
    }

    /// The sums of each grid, and the work that it was: calls, groups of sizes and tiles.
    pub fn finish(mut self) -> Result<(Vec<Sums>, u64), FitError> {
        self.replay();
        let [Worker { mut sums, work }, other] = self.workers;
        let work = work.saturating_add(other.work);
        for (sum, more) in sums.iter_mut().zip(other.sums) {
            sum.join(&more);
        }
        match (
            work > self.job.most_work,
            self.value == self.job.found.value,
        ) {
            (true, _) => Err(FitError::TooMuchWork),
            (false, false) => Err(FitError::Changed),
            (false, true) => Ok((sums, work)),
        }
    }

    fn value(&mut self, value: Option<u128>) -> u128 {
        let value = value.unwrap_or(self.job.found.unpriced);
        self.value = self.value.wrapping_add(value);
        value
    }

    /// Replays the minutes that wait. Each thread takes the next one that is left.
    fn replay(&mut self) {
        let next = AtomicUsize::new(0);
        let (job, minutes, items) = (self.job, &self.minutes, &self.items);
        let each = |worker: &mut Worker| {
            while let Some(minute) = minutes.get(next.fetch_add(1, Ordering::Relaxed)) {
                worker.take(&job, minute, items);
            }
        };
        let [own, other] = &mut self.workers;
        thread::scope(|scope| {
            // Where there is no second thread to be had, the first does it all.
            let _ = thread::Builder::new().spawn_scoped(scope, || each(other));
            each(own);
        });
        self.minutes.clear();
        self.items.clear();
        self.start = 0;
    }
}

impl Worker {
    fn take(&mut self, job: &Job<'_>, minute: &Waiting, items: &[Item]) {
        // Beyond the limit nothing will come of it.
        if self.work > job.most_work {
            return;
        }
        let grids = job.grids.iter().zip(&mut self.sums);
        let work = match minute {
            Waiting::Calls(from, to) => {
                let items = items.get(*from..*to).unwrap_or_default();
                let minute = Busy::new(items, job.multipliers.as_ref());
                let calls = u64::try_from(items.len()).unwrap_or(u64::MAX);
                grids.fold(calls, |work, (grid, sums)| {
                    work.saturating_add(minute.replay(grid, sums))
                })
            }
            Waiting::Sums(stretch, all) => grids.fold(0_u64, |work, (grid, sums)| {
                work.saturating_add(job.of_sums(*stretch, *all, grid, sums))
            }),
        };
        self.work = self.work.saturating_add(work);
    }
}

impl Job<'_> {
    /// Adds to each tile of a grid what its largest size saves in a minute of which only the sums are known: a
    /// larger size takes as many whole calls or more. Gives the number of steps.
    fn of_sums(&self, stretch: usize, all: Calls, grid: &Grid, sums: &mut Sums) -> u64 {
        let cost = |part| {
            let (_, value) = self.whole.of_sums(stretch, all, part);
            value.unwrap_or(self.found.unpriced)
        };
        let (mut tile, mut before, mut steps) = ((0, 0), 0_u128, 0_u64);
        let count = grid.count();
        while tile.0 < count.0 && tile.1 < count.1 {
            steps = steps.wrapping_add(1);
            let size = grid.high(tile);
            let left = [size.0, size.1];
            let beyond = share::split(all, left, self.whole.meters(), None).beyond;
            let saved = cost(all).saturating_sub(cost(beyond));
            sums.corner(tile, saved.wrapping_sub(before));
            before = saved;
            // The next tile with a size that takes one call more.
            let Some(used) = share::next(all, left, self.whole.meters()) else {
                break;
            };
            let (some, _) = grid.tiles_for(used.into());
            tile = (some.0.max(tile.0), some.1.max(tile.1));
        }
        steps
    }
}

impl Takes for Replays<'_> {
    fn calls(&mut self, stretch: usize, _: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        let known = self.items.len().saturating_sub(self.start);
        if known.saturating_add(calls.len()) > MOST_OF_A_MINUTE {
            return Err(TooLarge::Calls(MOST_OF_A_MINUTE));
        }
        for call in calls {
            let (share, value) = self.job.whole.of_call(stretch, call);
            let value = self.value(value);
            self.items.push(Item { share, value });
        }
        Ok(())
    }

    fn sums(&mut self, stretch: usize, _: Minute, sums: Calls) -> Result<(), TooLarge> {
        let (_, value) = self.job.whole.of_sums(stretch, sums, sums);
        self.value(value);
        self.minutes.push(Waiting::Sums(stretch, sums));
        Ok(())
    }

    fn end(&mut self) {
        let end = self.items.len();
        if end > self.start {
            self.minutes.push(Waiting::Calls(self.start, end));
            self.start = end;
        }
        if end.max(self.minutes.len()) >= CHUNK {
            self.replay();
        }
    }
}
