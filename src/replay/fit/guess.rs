//! A good size to begin with: the better it is, the more rectangles are left out.

use super::FitError;
use super::search::{Bounded, Search};

impl Search<'_> {
    /// Tries a coarse grid of sizes, and then sizes around the best.
    pub(super) fn guess(&mut self, everything: &Bounded) -> Result<(), FitError> {
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
}
