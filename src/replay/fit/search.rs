//! The purchasable size that costs least together with its overflow.
//!
//! Which calls fit at a size is found by replay only, and more quota can even make fewer fit: a large call that
//! now fits takes the place of several small ones behind it. So nothing is assumed to rise or fall. One reading
//! of the trace replays every size of a window at once, as long as there are not too many; of a larger window it
//! replays tiles of sizes, for each of which it finds the most that any of its sizes saves. Tiles that cannot be
//! cheaper than the best size known are left out, and the windows around the others are next.

use super::cost::{Costs, Sold, Units, Whole};
use super::grid::{Grid, Tile, Window};
use super::intake::{Read, reading};
use super::replays::Replays;
use super::sums::Sums;
use super::survey::{Survey, Surveyed};
use super::{FitError, Size};
use crate::billing::load::Reserved;
use crate::replay::sums::Replayed;
use crate::replay::{Replay, Reservation, Stretches};

/// How much a search may do.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// The most tiles of a window, and so the most sizes that are replayed at once. Each takes 32 bytes.
    pub tiles: usize,
    /// The search is given up after this number of calls, groups of sizes and tiles, over all readings.
    pub work: u64,
}

impl Default for Effort {
    /// 8 MiB, and about five minutes.
    fn default() -> Self {
        Self {
            tiles: 1 << 18,
            work: 1 << 33,
        }
    }
}

/// The cheapest size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cheapest {
    /// The number of units of each kind, in the steps in which they are sold; `(0, 0)` when it is cheapest to reserve nothing.
    pub units: Units,
    /// What they hold in a minute: tokens of each meter.
    pub size: Size,
    /// What becomes of the calls at that size, without those above the maximum input: over several
    /// stretches of time, with the tiers of one after those of the other.
    pub replayed: Replayed,
    /// Calls, groups of sizes and tiles that were gone through to find it.
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
    let survey = reading(read, max_input, Survey::new(&whole))?;
    let found = survey.finish(&whole.sold()).ok_or(FitError::Amount)?;
    let fewest = whole.sold().fewest();
    let mut search = Search {
        whole: &whole,
        found: &found,
        sold: whole.sold(),
        effort,
        // To reserve nothing costs nothing more, and lies apart from all that can be bought: a call of which no
        // token counts fits any reservation, and needs one.
        best: (0, (0, 0)),
        open: vec![Open {
            least: (i128::MIN, (0, 0)),
            window: Window {
                low: (fewest, fewest),
                high: found.most,
            },
        }],
        work: 0,
    };
    while let Some(window) = search.next() {
        search.replay(window, max_input, read)?;
    }
    let (net, places) = search.best;
    let units = costs.sold.bought(places);
    let size = costs.sold.hold(places);
    let replays = costs.stretches().zip(max_input.iter());
    let replays = replays.map(|(tiers, max_input)| {
        Replay::new(Reservation {
            reserved: Reserved {
                capacity: size.into(),
                meters: costs.meters.clone(),
                max_input: *max_input,
            },
            tiers: tiers.iter().map(|(end, _)| *end).collect(),
        })
    });
    let replays: Vec<Replay> = reading(read, max_input, replays.collect())?;
    let replayed = replays.into_iter().map(Replay::finish);
    let replayed: Vec<Replayed> = replayed.collect::<Result<_, _>>().map_err(FitError::from)?;
    // What the replay costs is the cost of all calls and what this size costs beyond that.
    let cost = whole.of_replayed(&replayed);
    let cost = cost.and_then(|cost| cost.checked_add(whole.of_units(places)));
    if cost.is_none() || cost != found.value.checked_add_signed(net) {
        return Err(FitError::NotVerified.into());
    }
    Ok(Cheapest {
        units,
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
    found: &'a Surveyed,
    sold: Sold,
    effort: Effort,
    best: Net,
    open: Vec<Open>,
    work: u64,
}

impl Search<'_> {
    /// Takes out the window that promises most.
    fn next(&mut self) -> Option<Window> {
        self.open.retain(|open| open.least < self.best);
        let promising = self.open.iter().enumerate();
        let (at, _) = promising.min_by_key(|(_, open)| open.least)?;
        Some(self.open.swap_remove(at).window)
    }

    /// Replays a window, and a sample of its sizes where it has too many for all of them.
    fn replay<E: From<FitError>>(
        &mut self,
        window: Window,
        max_input: &Stretches<Option<u64>>,
        read: Read<'_, E>,
    ) -> Result<(), E> {
        let mut grids = vec![Grid::cover(window, self.sold, self.effort.tiles)];
        if !grids.iter().all(Grid::is_exact) {
            let most = self.effort.tiles.div_ceil(8);
            grids.push(Grid::sample(window, self.sold, most));
        }
        let most_work = self.effort.work.saturating_sub(self.work);
        let replays = Replays::new(self.whole, self.found, &grids, most_work);
        let (mut sums, work) = reading(read, max_input, replays)?.finish()?;
        self.work = self.work.saturating_add(work);
        // The sample first: the better the best size is, the more tiles are left out.
        while let (Some(grid), Some(sums)) = (grids.pop(), sums.pop()) {
            self.take(&grid, &sums);
        }
        Ok(())
    }

    /// Looks for a better size in an exact grid; else opens the windows where there may be one.
    fn take(&mut self, grid: &Grid, sums: &Sums) {
        let better = || {
            let nets = sums.tiles().map(|(tile, saved)| {
                let units = grid.low_units(tile);
                // No more than the largest size costs, which fits.
                let price = i128::try_from(self.whole.of_units(units)).unwrap_or(i128::MAX);
                (tile, (price.wrapping_sub_unsigned(saved), units))
            });
            nets.filter(|(_, net)| *net < self.best && (net.1 != (0, 0) || !grid.is_exact()))
        };
        if grid.is_exact() {
            let best = better().map(|(_, net)| net).min();
            self.best = best.unwrap_or(self.best);
            return;
        }
        let Some((all, from, to)) = around(grid, better()) else {
            return;
        };
        // Where the tiles of the window around all of them would not be much smaller, it is quartered.
        let sizes = all.window.sizes();
        let is_small = usize::try_from(sizes).is_ok_and(|sizes| sizes <= self.effort.tiles);
        if is_small || sizes <= grid.window.sizes().div_ceil(4) {
            self.open.push(all);
            return;
        }
        let middle = |from: usize, to: usize| from.saturating_add(to).div_ceil(2);
        let at = (middle(from.0, to.0), middle(from.1, to.1));
        let quarters = [(false, false), (false, true), (true, false), (true, true)];
        let quarters = quarters.map(|quarter| {
            let of_it = |tile: Tile| (tile.0 >= at.0, tile.1 >= at.1) == quarter;
            around(grid, better().filter(|(tile, _)| of_it(*tile)))
        });
        let windows = quarters.into_iter().flatten().map(|(open, _, _)| open);
        self.open.extend(windows);
    }
}

/// The window around some tiles, with the first and the last of its tiles.
fn around(grid: &Grid, mut tiles: impl Iterator<Item = (Tile, Net)>) -> Option<(Open, Tile, Tile)> {
    let (tile, net) = tiles.next()?;
    let (from, to, least) = tiles.fold((tile, tile, net), |(from, to, least), (tile, net)| {
        (
            (from.0.min(tile.0), from.1.min(tile.1)),
            (to.0.max(tile.0), to.1.max(tile.1)),
            least.min(net),
        )
    });
    let window = grid.window_of(from, to);
    Some((Open { least, window }, from, to))
}
