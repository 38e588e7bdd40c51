//! The purchasable size that costs least together with its overflow.
//!
//! Which calls fit at a size is found by replay only, and more quota can even make fewer fit: a large call that
//! now fits takes the place of several small ones behind it. So nothing is assumed to rise or fall. One reading
//! of the trace replays every size of a window at once, as long as there are not too many; of a larger window it
//! replays tiles of sizes, for each of which it finds the most that any of its sizes saves. Tiles that cannot be
//! cheaper than the best size known are left out, and the windows around the others are next.

use super::cost::{Costs, Units, Whole};
use super::grid::{Capacity, Grid, Tile, Window};
use super::intake::{Read, Takes, reading};
use super::replays::Replays;
use super::sums::Sums;
use super::survey::{Survey, Surveyed};
use super::{FitError, Size};
use crate::billing::load::Reserved;
use crate::replay::sums::Replayed;
use crate::replay::{Call, Calls, Minute, Replay, Reservation, Sink, Stretches, TooLarge};

/// How much a search may do.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// The most tiles of a window, and so the most sizes that are replayed at once. Each takes 32 bytes.
    pub tiles: usize,
    /// The search is given up after this number of calls and of groups of sizes, over all readings.
    pub work: u64,
}

impl Default for Effort {
    /// 16 MiB, and about ten minutes.
    fn default() -> Self {
        Self {
            tiles: 1 << 19,
            work: 1 << 34,
        }
    }
}

/// The cheapest size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cheapest {
    /// The number of units of each kind; `(0, 0)` when it is cheapest to reserve nothing.
    pub units: Units,
    /// What they hold in a minute, of each meter.
    pub size: Size,
    /// What becomes of the calls at that size, without those above the maximum input: over several
    /// stretches of time, with the tiers of one after those of the other.
    pub replayed: Replayed,
    /// Calls and groups of sizes that were gone through to find it.
    pub work: u64,
}

/// The cheapest size for the calls that `read` hands over: of equal ones that with the fewest units of the first
/// kind, and then of the second. It is replayed once more by [`Replay`], which has to cost the same.
///
/// # Errors
/// [`FitError`] when it cannot be known, and what `read` says.
pub fn cheapest<E: From<FitError>>(
    costs: &Costs,
    max_input: &Stretches<Option<u64>>,
    effort: Effort,
    read: Read<'_, E>,
) -> Result<Cheapest, E> {
    let whole = costs.whole()?;
    let capacity = Capacity::new(&costs.sold);
    let found = reading(read, max_input, Survey::new(&whole))?.finish(capacity)?;
    let mut search = Search {
        whole: &whole,
        capacity,
        effort,
        best: None,
        open: vec![Open {
            least: (i128::MIN, (0, 0)),
            window: Window {
                low: (0, 0),
                high: found.last,
            },
        }],
        work: 0,
    };
    while let Some(window) = search.next() {
        search.replay(window, &found, max_input, read)?;
    }
    let best = search.best.ok_or(FitError::NotVerified)?;
    let size = capacity.of(best.1);
    let verify = Verify::new(costs, max_input, size);
    let replayed = reading(read, max_input, verify)?.finish()?;
    // What the replay costs is the cost of all calls and what this size costs beyond that.
    let cost = whole.of_replayed(&replayed);
    let cost = cost.and_then(|cost| cost.checked_add(whole.of_units(best.1)));
    if cost.is_none() || cost != found.value.checked_add_signed(best.0) {
        return Err(FitError::NotVerified.into());
    }
    Ok(Cheapest {
        units: best.1,
        size,
        replayed: Replayed::joined(&replayed).map_err(FitError::from)?,
        work: search.work,
    })
}

/// How much more a size costs than to reserve nothing and let everything overflow, and the size. The best is
/// the smallest of these.
type Net = (i128, Units);

/// A window in which there may be a better size.
#[derive(Debug, Clone, Copy)]
struct Open {
    /// No size of it is better than this.
    least: Net,
    window: Window,
}

struct Search<'a> {
    whole: &'a Whole,
    capacity: Capacity,
    effort: Effort,
    best: Option<Net>,
    open: Vec<Open>,
    work: u64,
}

impl Search<'_> {
    fn is_better(&self, net: Net) -> bool {
        self.best.is_none_or(|best| net < best)
    }

    /// Takes out the window that is next: the one that promises most.
    fn next(&mut self) -> Option<Window> {
        let best = self.best;
        self.open
            .retain(|open| best.is_none_or(|best| open.least < best));
        let promising = self.open.iter().enumerate();
        let (at, _) = promising.min_by_key(|(_, open)| open.least)?;
        Some(self.open.swap_remove(at).window)
    }

    /// Replays a window, and a sample of its sizes where it has too many for all of them.
    fn replay<E: From<FitError>>(
        &mut self,
        window: Window,
        found: &Surveyed,
        max_input: &Stretches<Option<u64>>,
        read: Read<'_, E>,
    ) -> Result<(), E> {
        let mut grids = vec![Grid::cover(window, self.capacity, self.effort.tiles)];
        if !grids.iter().all(Grid::is_exact) {
            let most = self.effort.tiles.div_ceil(8);
            grids.push(Grid::sample(window, self.capacity, most));
        }
        let most_work = self.effort.work.saturating_sub(self.work);
        let replays = Replays::new(self.whole, found, &grids, most_work);
        let (mut sums, work) = reading(read, max_input, replays)?.finish()?;
        self.work = self.work.saturating_add(work);
        // Of the sample first, so that more tiles are left out.
        while let (Some(grid), Some(sums)) = (grids.pop(), sums.pop()) {
            match grid.is_exact() {
                true => self.take_best(&grid, sums),
                false => self.narrow(&grid, sums),
            }
        }
        Ok(())
    }

    /// What a tile costs at least, where it saves this at most.
    fn net(&self, grid: &Grid, tile: Tile, saved: u128) -> Net {
        let units = grid.low_units(tile);
        // No more than that of the largest, which fits.
        let price = i128::try_from(self.whole.of_units(units)).unwrap_or(i128::MAX);
        (price.wrapping_sub_unsigned(saved), units)
    }

    fn take_best(&mut self, grid: &Grid, sums: Sums) {
        let all = sums
            .tiles()
            .map(|(tile, saved)| self.net(grid, tile, saved));
        if let Some(best) = all.min()
            && self.is_better(best)
        {
            self.best = Some(best);
        }
    }

    /// Opens the window around the tiles that may be better. Where its tiles would not be much smaller, it is
    /// quartered.
    fn narrow(&mut self, grid: &Grid, sums: Sums) {
        let tiles = sums
            .tiles()
            .map(|(tile, saved)| (tile, self.net(grid, tile, saved)));
        let left: Vec<(Tile, Net)> = tiles.filter(|(_, net)| self.is_better(*net)).collect();
        let Some(all) = around(grid, left.iter()) else {
            return;
        };
        let (sizes, before) = (all.open.window.sizes(), grid.window.sizes());
        let is_small = usize::try_from(sizes).is_ok_and(|sizes| sizes <= self.effort.tiles);
        if is_small || sizes <= before.div_ceil(4) {
            self.open.push(all.open);
            return;
        }
        let middle = |from: usize, to: usize| from.saturating_add(to).div_ceil(2);
        let at = (middle(all.from.0, all.to.0), middle(all.from.1, all.to.1));
        for quarter in [(true, true), (true, false), (false, true), (false, false)] {
            let of_it = left
                .iter()
                .filter(|(tile, _)| (tile.0 < at.0, tile.1 < at.1) == quarter);
            self.open
                .extend(around(grid, of_it).map(|around| around.open));
        }
    }
}

/// Where some tiles lie, and the window around them.
struct Around {
    from: Tile,
    to: Tile,
    open: Open,
}

fn around<'a>(grid: &Grid, tiles: impl Iterator<Item = &'a (Tile, Net)>) -> Option<Around> {
    let mut tiles = tiles.copied();
    let first = tiles.next()?;
    let (from, to, least) = tiles.fold((first.0, first.0, first.1), |found, (tile, net)| {
        let (from, to, least) = found;
        (
            (from.0.min(tile.0), from.1.min(tile.1)),
            (to.0.max(tile.0), to.1.max(tile.1)),
            least.min(net),
        )
    });
    let window = grid.window_of(from, to);
    let open = Open { least, window };
    Some(Around { from, to, open })
}

/// A replay at the size found, of each stretch of time.
struct Verify {
    replays: Vec<Replay>,
}

impl Verify {
    fn new(costs: &Costs, max_input: &Stretches<Option<u64>>, size: Size) -> Self {
        let replays = costs.stretches().zip(max_input.iter());
        let replays = replays.map(|(tiers, max_input)| {
            Replay::new(Reservation {
                reserved: Reserved {
                    input_tpm: size.0,
                    output_tpm: size.1,
                    max_input: *max_input,
                },
                tiers: tiers.iter().map(|(end, _)| *end).collect(),
            })
        });
        Self {
            replays: replays.collect(),
        }
    }

    fn finish(self) -> Result<Vec<Replayed>, FitError> {
        let replays = self.replays.into_iter().map(Replay::finish);
        Ok(replays.collect::<Result<_, _>>()?)
    }
}

impl Takes for Verify {
    fn calls(&mut self, stretch: usize, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        let replay = self.replays.get_mut(stretch);
        replay.map_or(Ok(()), |replay| replay.calls(minute, calls))
    }

    fn sums(&mut self, stretch: usize, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        let replay = self.replays.get_mut(stretch);
        replay.map_or(Ok(()), |replay| replay.aggregate(minute, sums))
    }

    fn end(&mut self) -> Result<(), TooLarge> {
        Ok(())
    }
}
