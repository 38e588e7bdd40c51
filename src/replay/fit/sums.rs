//! A sum for every tile of a grid, to which one adds rectangles.

use super::grid::Tile;

/// Sums of tiles. As long as rectangles are added, only their corners are kept.
#[derive(Clone)]
pub(super) struct Sums {
    count: Tile,
    /// By column, one more of each than there are tiles. All is modulo 2^128, as corners may be below 0.
    corners: Vec<u128>,
}

impl Sums {
    /// Of so many columns and rows.
    pub fn new(count: Tile) -> Self {
        let (columns, rows) = (count.0.saturating_add(1), count.1.saturating_add(1));
        Self {
            count,
            corners: vec![0; columns.saturating_mul(rows)],
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
        let rows = self.count.1.wrapping_add(1);
        let at = column.wrapping_mul(rows).wrapping_add(row);
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
    pub fn tiles(&self) -> impl Iterator<Item = (Tile, u128)> {
        let rows = self.count.1;
        let columns = self
            .corners
            .chunks(rows.saturating_add(1))
            .take(self.count.0);
        let mut sums = vec![0_u128; rows];
        columns.enumerate().flat_map(move |(column, corners)| {
            let mut down = 0_u128;
            for (sum, corner) in sums.iter_mut().zip(corners) {
                down = down.wrapping_add(*corner);
                *sum = sum.wrapping_add(down);
            }
            let tiles = (0..rows).map(move |row| (column, row));
            tiles.zip(sums.clone())
        })
    }
}
