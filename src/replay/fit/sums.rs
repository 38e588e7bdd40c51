//! A sum for every tile of a grid, to which one adds rectangles.

use super::grid::Tile;

/// Sums of tiles. As long as rectangles are added, only their corners are kept.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    rows: usize,
    /// By column, one more of each than there are tiles. All is modulo 2^128, as corners may be below 0.
    corners: Vec<u128>,
}

impl Sums {
    pub fn new(count: Tile) -> Self {
        let rows = count.1.saturating_add(1);
        Self {
            rows,
            corners: vec![0; count.0.saturating_add(1).saturating_mul(rows)],
        }
    }

    /// Adds a value to the tiles from one to another, both included.
    #[inline]
    pub fn add(&mut self, from: Tile, to: Tile, value: u128) {
        let end = (to.0.wrapping_add(1), to.1.wrapping_add(1));
        let minus = value.wrapping_neg();
        self.corner(from, value);
        self.corner((end.0, from.1), minus);
        self.corner((from.0, end.1), minus);
        self.corner(end, value);
    }

    /// Adds a value to a tile, and to all with no lower column or row.
    #[inline]
    pub fn corner(&mut self, (column, row): Tile, value: u128) {
        let at = column.wrapping_mul(self.rows).wrapping_add(row);
        if let Some(corner) = self.corners.get_mut(at) {
            *corner = corner.wrapping_add(value);
        }
    }

    /// Adds the sums of the same tiles.
    pub fn join(&mut self, other: &Self) {
        for (sum, more) in self.corners.iter_mut().zip(&other.corners) {
            *sum = sum.wrapping_add(*more);
        }
    }

    /// The sum of each tile.
    pub fn tiles(self) -> impl Iterator<Item = (Tile, u128)> {
        let rows = self.rows;
        let mut before = vec![0_u128; rows];
        let columns = self.corners.len().checked_div(rows).unwrap_or(0);
        let mut down = 0_u128;
        let all = self.corners.into_iter().enumerate();
        let sums = all.map(move |(at, corner)| {
            let column = at.checked_div(rows).unwrap_or(0);
            let row = at.wrapping_sub(column.wrapping_mul(rows));
            if row == 0 {
                down = 0;
            }
            down = down.wrapping_add(corner);
            let sum = before.get_mut(row).map_or(0, |before| {
                *before = before.wrapping_add(down);
                *before
            });
            ((column, row), sum)
        });
        let last = (columns.saturating_sub(1), rows.saturating_sub(1));
        sums.filter(move |((column, row), _)| *column < last.0 && *row < last.1)
    }
}
