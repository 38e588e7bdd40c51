//! A reading of the trace that replays every tile of some grids, on two threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::FitError;
use super::bound::Multipliers;
use super::cost::{Item, Whole};
use super::grid::Grid;
use super::intake::Takes;
use super::minute;
use super::sums::Sums;
use super::survey::{All, Surveyed};
use crate::replay::{Call, Calls, Minute, TooLarge, share};

/// The most calls of one minute: 16 MiB. It is as a whole that a minute is replayed.
pub const MOST_OF_A_MINUTE: usize = 1 << 19;

/// Calls that are replayed at once, where no minute has more: 2 MiB.
const CHUNK: usize = 1 << 16;

/// Replays all tiles of some grids while a trace is read.
pub(super) struct Replays<'a> {
    whole: &'a Whole,
    found: &'a Surveyed,
    grids: &'a [Grid],
    multipliers: Option<Multipliers>,
    most_work: u64,
    items: Vec<Item>,
    minutes: Vec<Taken>,
    /// Where the calls of the minute begin that is read.
    start: usize,
    all: All,
    workers: [Worker; 2],
    too_much: bool,
}

/// A minute that waits to be replayed.
enum Taken {
    /// With single calls: the indices of the first and of that after the last.
    Calls(usize, usize),
    /// With sums only, and the index of its stretch of time.
    Sums(usize, Calls),
}

/// What one of the threads finds.
#[derive(Debug, Clone)]
struct Worker {
    sums: Vec<Sums>,
    work: u64,
}

impl<'a> Replays<'a> {
    /// With a limit for the work of this reading.
    pub fn new(whole: &'a Whole, found: &'a Surveyed, grids: &'a [Grid], most_work: u64) -> Self {
        let exact = grids.iter().all(Grid::is_exact);
        let worker = Worker {
            sums: grids.iter().map(|grid| Sums::new(grid.count)).collect(),
            work: 0,
        };
        Self {
            whole,
            found,
            grids,
            multipliers: (!exact).then(|| Multipliers::new(whole.highest(), found.average)),
            most_work,
            items: Vec::new(),
            minutes: Vec::new(),
            start: 0,
            all: All::default(),
            workers: [worker.clone(), worker],
            too_much: false,
        }
    }

    /// The sums of each grid, and the work that it was: groups and calls that were gone through.
    pub fn finish(mut self) -> Result<(Vec<Sums>, u64), FitError> {
        self.replay();
        if self.too_much {
            return Err(FitError::TooMuchWork);
        }
        if self.all != self.found.all {
            return Err(FitError::Changed);
        }
        let work = self.work();
        let [first, second] = self.workers;
        let mut sums = first.sums;
        for (sum, more) in sums.iter_mut().zip(&second.sums) {
            sum.join(more);
        }
        Ok((sums, work))
    }

    fn work(&self) -> u64 {
        let work = self.workers.iter().map(|worker| worker.work);
        work.fold(0, u64::saturating_add)
    }

    fn add(&mut self, item: Item) {
        match item.value == self.found.unpriced {
            true => self.all.unpriced = self.all.unpriced.saturating_add(1),
            false => self.all.value = self.all.value.saturating_add(item.value),
        }
        self.items.push(item);
    }

    /// Replays the minutes that wait. Each thread takes the next one that is left.
    fn replay(&mut self) {
        let next = AtomicUsize::new(0);
        let Self {
            workers: [own, other],
            minutes,
            items,
            ..
        } = self;
        let job = Job {
            whole: self.whole,
            unpriced: self.found.unpriced,
            grids: self.grids,
            multipliers: self.multipliers.as_ref(),
            most_work: self.most_work,
            items,
        };
        let each = |worker: &mut Worker| {
            while let Some(minute) = minutes.get(next.fetch_add(1, Ordering::Relaxed)) {
                worker.take(&job, minute);
            }
        };
        thread::scope(|scope| {
            // Where there is no second thread to be had, the first does it all.
            let _ = thread::Builder::new().spawn_scoped(scope, || each(other));
            each(own);
        });
        self.too_much |= self.work() > self.most_work;
        self.minutes.clear();
        self.items.clear();
        self.start = 0;
    }
}

/// What is the same for all minutes.
struct Job<'a> {
    whole: &'a Whole,
    unpriced: u128,
    grids: &'a [Grid],
    multipliers: Option<&'a Multipliers>,
    most_work: u64,
    items: &'a [Item],
}

impl Worker {
    fn take(&mut self, job: &Job<'_>, minute: &Taken) {
        if self.work > job.most_work {
            return;
        }
        let work = match minute {
            Taken::Calls(from, to) => {
                let items = job.items.get(*from..*to).unwrap_or_default();
                let minute = minute::Minute::new(items, job.multipliers);
                let grids = job.grids.iter().zip(&mut self.sums);
                let groups = grids.map(|(grid, sums)| minute.replay(grid, sums));
                let calls = u64::try_from(items.len()).unwrap_or(u64::MAX);
                groups.fold(calls, u64::saturating_add)
            }
            Taken::Sums(stretch, all) => {
                let grids = job.grids.iter().zip(&mut self.sums);
                let steps = grids.map(|(grid, sums)| job.sums(*stretch, *all, grid, sums));
                steps.fold(0, u64::saturating_add)
            }
        };
        self.work = self.work.saturating_add(work);
    }
}

impl Job<'_> {
    /// Adds to each tile of a grid what its largest size saves in a minute of which only the sums are known: a
    /// larger size takes as many whole calls or more. Gives the number of steps.
    fn sums(&self, stretch: usize, all: Calls, grid: &Grid, sums: &mut Sums) -> u64 {
        let value = self.whole.item_of_sums(stretch, all, self.unpriced).value;
        let saved = |size| {
            let beyond = share::beyond(all, size, None);
            let lost = self.whole.of_sums(stretch, all, beyond);
            value.saturating_sub(lost.unwrap_or(self.unpriced))
        };
        let (mut tile, mut before, mut steps) = ((0, 0), 0_u128, 0_u64);
        while tile.0 < grid.count.0 && tile.1 < grid.count.1 {
            steps = steps.wrapping_add(1);
            let size = grid.high(tile);
            let now = saved(size);
            sums.corner(tile, now.wrapping_sub(before));
            before = now;
            // From here on a call more fits.
            let Some(used) = share::next(all, size) else {
                break;
            };
            let (some, _) = grid.tiles_for(used);
            tile = (some.0.max(tile.0), some.1.max(tile.1));
        }
        steps
    }
}

impl Takes for Replays<'_> {
    fn calls(&mut self, stretch: usize, _: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        let length = self.items.len().saturating_sub(self.start);
        if length.saturating_add(calls.len()) > MOST_OF_A_MINUTE {
            return Err(TooLarge::Calls(MOST_OF_A_MINUTE));
        }
        for call in calls {
            self.add(self.whole.item(stretch, call, self.found.unpriced));
        }
        Ok(())
    }

    fn sums(&mut self, stretch: usize, _: Minute, sums: Calls) -> Result<(), TooLarge> {
        let item = self.whole.item_of_sums(stretch, sums, self.found.unpriced);
        self.add(item);
        self.items.pop();
        self.minutes.push(Taken::Sums(stretch, sums));
        Ok(())
    }

    fn end(&mut self) -> Result<(), TooLarge> {
        let end = self.items.len();
        if end > self.start {
            self.minutes.push(Taken::Calls(self.start, end));
            self.start = end;
        }
        if end.max(self.minutes.len()) >= CHUNK {
            self.replay();
        }
        match self.too_much {
            // The reading ends here, for a reason of the search.
            true => Err(TooLarge::Sum),
            false => Ok(()),
        }
    }

    fn failed(&self) -> Option<FitError> {
        self.too_much.then_some(FitError::TooMuchWork)
    }
}
