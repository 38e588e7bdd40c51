//! Sizes in rows and columns, which are replayed together.
//!
//! A grid has tiles of sizes that lie side by side. Where a tile is one size, what is found for it is exact;
//! where it is more, it is a bound that holds for each of them.

use super::Size;
use super::cost::{Sold, Units};

/// What so many units hold in a minute.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capacity {
    /// What a unit adds to each meter.
    adds: Size,
    /// Whether one kind of unit adds to both.
    together: bool,
}

impl Capacity {
    pub fn new(sold: &Sold) -> Self {
        Self {
            adds: sold.adds,
            together: sold.prices.1.is_none(),
        }
    }

    /// What so many units hold. They are never more than hold everything, which fits.
    #[inline]
    pub fn of(self, units: Units) -> Size {
        let second = if self.together { units.0 } else { units.1 };
        (
            self.adds.0.saturating_mul(units.0),
            self.adds.1.saturating_mul(second),
        )
    }

    /// The fewest units of each kind that hold `used`.
    #[inline]
    pub fn need(self, used: Size) -> Units {
        let of = |used: u64, adds: u64| match adds {
            0 if used == 0 => 0,
            // Units that add nothing hold nothing, however many they are.
            0 => u64::MAX,
            adds => used.div_ceil(adds),
        };
        let (first, second) = (of(used.0, self.adds.0), of(used.1, self.adds.1));
        match self.together {
            true => (first.max(second), 0),
            false => (first, second),
        }
    }

    /// The fewest units that hold as much as any number of them does of a minute with so much; `None` where that
    /// does not fit.
    pub fn most(self, peak: Size) -> Option<Units> {
        let held = |peak: u64, adds: u64| if adds == 0 { 0 } else { peak };
        let most = self.need((held(peak.0, self.adds.0), held(peak.1, self.adds.1)));
        let second = if self.together { most.0 } else { most.1 };
        self.adds.0.checked_mul(most.0)?;
        self.adds.1.checked_mul(second)?;
        Some(most)
    }
}

/// The sizes from `low` to `high`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub low: Units,
    pub high: Units,
}

impl Window {
    /// How many sizes it has; where they are too many to count, the most that can be counted.
    pub fn sizes(self) -> u64 {
        let (columns, rows) = self.sides();
        columns.saturating_mul(rows)
    }

    fn sides(self) -> (u64, u64) {
        let side = |low: u64, high: u64| high.saturating_sub(low).saturating_add(1);
        (side(self.low.0, self.high.0), side(self.low.1, self.high.1))
    }
}

/// A tile, by column and row.
pub(super) type Tile = (usize, usize);

/// Tiles of equal size within a window.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    pub window: Window,
    capacity: Capacity,
    /// How far tiles lie apart.
    apart: Units,
    /// How many sizes a tile has on each side: all up to the next one, or just one.
    wide: Units,
    /// Columns and rows.
    pub count: Tile,
}

impl Grid {
    /// Tiles that cover a window, as small as they can be where there are at most so many, and at least four.
    pub fn cover(window: Window, capacity: Capacity, most: usize) -> Self {
        let most = number(most).max(4);
        let (columns, rows) = window.sides();
        let cut = |side: u64, into: u64| side.div_ceil(into.max(1));
        // A side that is short is not cut; else both are cut into as many.
        let root = most.isqrt();
        let apart = match (columns <= root, rows <= root) {
            (true, _) => (1, cut(rows, most.checked_div(columns).unwrap_or(1))),
            (_, true) => (cut(columns, most.checked_div(rows).unwrap_or(1)), 1),
            _ if window.sizes() <= most => (1, 1),
            _ => (cut(columns, root), cut(rows, root)),
        };
        Self::new(window, capacity, apart, apart)
    }

    /// Single sizes throughout a window, at most so many.
    pub fn sample(window: Window, capacity: Capacity, most: usize) -> Self {
        let apart = Self::cover(window, capacity, most).apart;
        Self::new(window, capacity, apart, (1, 1))
    }

    fn new(window: Window, capacity: Capacity, apart: Units, wide: Units) -> Self {
        let (columns, rows) = window.sides();
        let count = |side: u64, apart: u64| usize::try_from(side.div_ceil(apart)).unwrap_or(1);
        Self {
            window,
            capacity,
            apart,
            wide,
            count: (count(columns, apart.0), count(rows, apart.1)),
        }
    }

    /// Whether each tile is one size.
    pub fn is_exact(&self) -> bool {
        self.wide == (1, 1)
    }

    /// The sizes of the tiles from one to another.
    pub fn window_of(&self, from: Tile, to: Tile) -> Window {
        Window {
            low: self.low_units(from),
            high: self.high_units(to),
        }
    }

    /// The smallest size of a tile.
    #[inline]
    pub fn low_units(&self, tile: Tile) -> Units {
        let at = |low: u64, apart: u64, tile: usize| {
            low.saturating_add(apart.saturating_mul(number(tile)))
        };
        let low = self.window.low;
        (
            at(low.0, self.apart.0, tile.0),
            at(low.1, self.apart.1, tile.1),
        )
    }

    #[inline]
    fn high_units(&self, tile: Tile) -> Units {
        let low = self.low_units(tile);
        let last =
            |low: u64, wide: u64, high: u64| low.saturating_add(wide).saturating_sub(1).min(high);
        let high = self.window.high;
        (
            last(low.0, self.wide.0, high.0),
            last(low.1, self.wide.1, high.1),
        )
    }

    /// What the smallest size of a tile holds.
    #[inline]
    pub fn low(&self, tile: Tile) -> Size {
        self.capacity.of(self.low_units(tile))
    }

    /// What the largest size of a tile holds.
    #[inline]
    pub fn high(&self, tile: Tile) -> Size {
        self.capacity.of(self.high_units(tile))
    }

    /// The first column and row in which some size holds `used`, and those in which every size does.
    #[inline]
    pub fn tiles_for(&self, used: Size) -> (Tile, Tile) {
        let need = self.capacity.need(used);
        let Window { low, high } = self.window;
        let columns = of_side(need.0, (low.0, high.0), self.apart.0, self.wide.0);
        let rows = of_side(need.1, (low.1, high.1), self.apart.1, self.wide.1);
        ((columns.0, rows.0), (columns.1, rows.1))
    }
}

#[inline]
fn number(tile: usize) -> u64 {
    u64::try_from(tile).unwrap_or(u64::MAX)
}

/// The first tile of a side with so many units in it, and the first from whose beginning on there are as many.
#[inline]
fn of_side(need: u64, (low, high): (u64, u64), apart: u64, wide: u64) -> (usize, usize) {
    let index = |tile: u64| usize::try_from(tile).unwrap_or(usize::MAX);
    let beyond = need.saturating_sub(low);
    let before = match apart {
        1 => beyond,
        apart => beyond.checked_div(apart).unwrap_or(0),
    };
    let into = beyond.wrapping_sub(before.wrapping_mul(apart));
    if into == 0 {
        return (index(before), index(before));
    }
    let next = before.saturating_add(1);
    match into < wide && need <= high {
        true => (index(before), index(next)),
        false => (index(next), index(next)),
    }
}
