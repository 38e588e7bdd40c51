//! Sizes in rows and columns, which are replayed together.
//!
//! A grid has tiles of sizes that lie side by side. Where a tile is one size, what is found for it is exact;
//! where it is more, it is a bound that holds for each of them.

use super::Size;
use super::cost::{Sold, Units};

/// The sizes from `low` to `high`, both included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub low: Units,
    pub high: Units,
}

impl Window {
    /// How many sizes it has, or the most that can be counted.
    pub fn sizes(self) -> u64 {
        let columns = length(self.low.0, self.high.0);
        columns.saturating_mul(length(self.low.1, self.high.1))
    }
}

fn length(low: u64, high: u64) -> u64 {
    high.saturating_sub(low).saturating_add(1)
}

/// A tile, by column and row.
pub(super) type Tile = (usize, usize);

/// Tiles of equal size within a window.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    pub window: Window,
    sold: Sold,
    columns: Side,
    rows: Side,
}

/// The columns or the rows of a grid.
#[derive(Clone, Copy)]
struct Side {
    low: u64,
    high: u64,
    /// How far tiles lie apart.
    apart: u64,
    /// How many units wide they are: all up to the next one, or just one.
    wide: u64,
}

impl Grid {
    /// Tiles that cover a window: single sizes, where these are at most so many, and else as many on both sides.
    pub fn cover(window: Window, sold: Sold, most: usize) -> Self {
        let most = u64::try_from(most).unwrap_or(u64::MAX).max(4);
        let side = |low: u64, high: u64| {
            let apart = match window.sizes() <= most {
                true => 1,
                false => length(low, high).div_ceil(most.isqrt()),
            };
            Side {
                low,
                high,
                apart,
                wide: apart,
            }
        };
        Self {
            window,
            sold,
            columns: side(window.low.0, window.high.0),
            rows: side(window.low.1, window.high.1),
        }
    }

    /// Single sizes throughout a window, at most so many.
    pub fn sample(window: Window, sold: Sold, most: usize) -> Self {
        let mut grid = Self::cover(window, sold, most);
        (grid.columns.wide, grid.rows.wide) = (1, 1);
        grid
    }

    /// Whether each tile is one size.
    pub fn is_exact(&self) -> bool {
        (self.columns.wide, self.rows.wide) == (1, 1)
    }

    /// The number of tiles.
    pub fn tiles(&self) -> u64 {
        let (columns, rows) = self.count();
        let tiles = columns.saturating_mul(rows);
        u64::try_from(tiles).unwrap_or(u64::MAX)
    }

    /// The number of columns and rows.
    pub fn count(&self) -> Tile {
        (self.columns.count(), self.rows.count())
    }

    /// The sizes of the tiles from one to another.
    pub fn window_of(&self, from: Tile, to: Tile) -> Window {
        Window {
            low: self.low_units(from),
            high: (self.columns.high(to.0), self.rows.high(to.1)),
        }
    }

    /// The smallest size of a tile.
    #[inline]
    pub fn low_units(&self, tile: Tile) -> Units {
        (self.columns.low(tile.0), self.rows.low(tile.1))
    }

    /// What the smallest size of a tile holds.
    #[inline]
    pub fn low(&self, tile: Tile) -> Size {
        self.sold.hold(self.low_units(tile))
    }

    /// What the largest size of a tile holds.
    #[inline]
    pub fn high(&self, tile: Tile) -> Size {
        let units = (self.columns.high(tile.0), self.rows.high(tile.1));
        self.sold.hold(units)
    }

    /// The first column and row in which some size holds `used`, and the first from which on every size does.
    #[inline]
    pub fn tiles_for(&self, used: Size) -> (Tile, Tile) {
        let need = self.sold.need(used);
        let columns = self.columns.tiles_for(need.0);
        let rows = self.rows.tiles_for(need.1);
        ((columns.0, rows.0), (columns.1, rows.1))
    }
}

impl Side {
    fn count(&self) -> usize {
        let last = self.high.saturating_sub(self.low).checked_div(self.apart);
        index(last.unwrap_or(0).saturating_add(1))
    }

    #[inline]
    fn low(&self, tile: usize) -> u64 {
        let tile = u64::try_from(tile).unwrap_or(u64::MAX);
        self.low.saturating_add(self.apart.saturating_mul(tile))
    }

    #[inline]
    fn high(&self, tile: usize) -> u64 {
        let next = self.low(tile).saturating_add(self.wide);
        next.saturating_sub(1).min(self.high)
    }

    #[inline]
    fn tiles_for(&self, need: u64) -> (usize, usize) {
        let beyond = need.saturating_sub(self.low);
        let every = index(beyond.div_ceil(self.apart.max(1)));
        // The last one before may have some that do.
        let before = every.saturating_sub(1);
        match every > 0 && need <= self.high(before) {
            true => (before, every),
            false => (every, every),
        }
    }
}

#[inline]
fn index(tile: u64) -> usize {
    usize::try_from(tile).unwrap_or(usize::MAX)
}
