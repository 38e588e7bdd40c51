//! One minute at every size of a grid at once.
//!
//! Sizes that have let in the same calls so far are one group: a rectangle of tiles, with what is used and what
//! is saved. A minute begins with one group of all. A call that fits at some sizes of a group only splits it:
//! those at which it does not fit are a group of their own, which goes on with what was used before. So what
//! sizes have in common is done once, and there are never more groups than sizes that differ.
//!
//! Where a tile has several sizes, a call may fit at some of them. What such a tile saves from there on is
//! bounded ([`super::bound`]), and it is done with the minute.

use super::Size;
use super::bound::{Beyond, Item, Multipliers, fits};
use super::grid::{Grid, Tile};
use super::sums::Sums;

/// Calls that a group skips together where none of them can fit.
const BLOCK: usize = 32;

/// A minute with calls.
pub(super) struct Busy<'a> {
    items: &'a [Item],
    /// What all of them cost.
    value: u128,
    /// The least that a call of each block takes of each meter.
    blocks: Vec<Size>,
    /// For bounds: multipliers, and their sums over each block and all after it.
    bounds: Option<(&'a Multipliers, Vec<Beyond>)>,
}

/// Sizes that have let in the same calls.
#[derive(Clone, Copy)]
struct Group {
    from: Tile,
    to: Tile,
    used: Size,
    saved: u128,
    /// The index of the next call.
    next: usize,
}

impl Group {
    fn part(self, from: Tile, to: Tile) -> Self {
        Self { from, to, ..self }
    }
}

impl<'a> Busy<'a> {
    /// Looks through the calls of a minute. Multipliers are needed for grids that are not exact.
    pub fn new(items: &'a [Item], multipliers: Option<&'a Multipliers>) -> Self {
        let least = |block: &[Item]| {
            let shares = block.iter().map(|item| item.share);
            shares.fold((u64::MAX, u64::MAX), |least, share| {
                (least.0.min(share.0), least.1.min(share.1))
            })
        };
        let bounds = multipliers.map(|multipliers| {
            let mut sums = Beyond::default();
            let after = items.chunks(BLOCK).rev().map(|block| {
                multipliers.add(block, (u64::MAX, u64::MAX), &mut sums);
                sums
            });
            let mut after: Vec<Beyond> = after.collect();
            after.reverse();
            (multipliers, after)
        });
        let value = items.iter().map(|item| item.value);
        Self {
            items,
            value: value.fold(0, u128::wrapping_add),
            blocks: items.chunks(BLOCK).map(least).collect(),
            bounds,
        }
    }

    /// Adds to each tile of a grid what its size saves in this minute, or the most that one of its sizes does.
    /// Gives the number of groups.
    pub fn replay(&self, grid: &Grid, sums: &mut Sums) -> u64 {
        let count = grid.count();
        let mut groups = vec![Group {
            from: (0, 0),
            to: (count.0.saturating_sub(1), count.1.saturating_sub(1)),
            used: (0, 0),
            saved: 0,
            next: 0,
        }];
        let mut work = 0_u64;
        while let Some(group) = groups.pop() {
            work = work.wrapping_add(1);
            self.follow(group, grid, sums, &mut groups);
        }
        work
    }

    /// Lets in the calls of a minute that fit a group, until none is left. What splits off goes to `groups`.
    fn follow(&self, mut group: Group, grid: &Grid, sums: &mut Sums, groups: &mut Vec<Group>) {
        let high = grid.high(group.to);
        let mut low = grid.low(group.from);
        while let Some((at, item)) = self.next_within(group.next, minus(high, group.used)) {
            group.next = at.wrapping_add(1);
            let used = (
                group.used.0.wrapping_add(item.share.0),
                group.used.1.wrapping_add(item.share.1),
            );
            if used.0 > low.0 || used.1 > low.1 {
                let (some, every) = grid.tiles_for(used);
                // Columns first: those where it does not fit, one where it fits some, and those where it fits.
                let (from, to) = (group.from, group.to);
                if some.0 > from.0 {
                    groups.push(group.part(from, (some.0.wrapping_sub(1), to.1)));
                }
                if some.0 < every.0 && some.0 >= from.0 {
                    let column = group.part((some.0, from.1), (some.0, to.1));
                    self.bound(&column, at, grid, sums);
                }
                group.from.0 = every.0.max(from.0);
                if group.from.0 > to.0 {
                    return;
                }
                // Then rows.
                let from = group.from;
                if some.1 > from.1 {
                    groups.push(group.part(from, (to.0, some.1.wrapping_sub(1))));
                }
                if some.1 < every.1 && some.1 >= from.1 {
                    let row = group.part((from.0, some.1), (to.0, some.1));
                    self.bound(&row, at, grid, sums);
                }
                group.from.1 = every.1.max(from.1);
                if group.from.1 > to.1 {
                    return;
                }
                low = grid.low(group.from);
            }
            group.used = used;
            group.saved = group.saved.wrapping_add(item.value);
        }
        sums.add(group.from, group.to, group.saved);
    }

    /// Adds to a group of tiles the most that one of their sizes saves, from the call `at` on.
    fn bound(&self, group: &Group, at: usize, grid: &Grid, sums: &mut Sums) {
        let mut most = self.value;
        if let Some((multipliers, after)) = &self.bounds {
            let left = minus(grid.high(group.to), group.used);
            let next = at.wrapping_div(BLOCK).wrapping_add(1);
            let mut rest = after.get(next).copied().unwrap_or_default();
            let end = next.wrapping_mul(BLOCK).min(self.items.len());
            let block = self.items.get(at..end).unwrap_or_default();
            multipliers.add(block, left, &mut rest);
            let more = multipliers.at_most(left, &rest);
            most = most.min(group.saved.saturating_add(more));
        }
        sums.add(group.from, group.to, most);
    }

    /// The next call, from an index on, that takes no more than what is `left`.
    #[inline]
    fn next_within(&self, from: usize, left: Size) -> Option<(usize, &Item)> {
        let blocks = self.blocks.iter().enumerate();
        let blocks = blocks.skip(from.wrapping_div(BLOCK));
        let mut blocks = blocks.filter(|(_, least)| fits(least, left));
        blocks.find_map(|(block, _)| {
            let start = block.wrapping_mul(BLOCK);
            let end = start.wrapping_add(BLOCK).min(self.items.len());
            let start = start.max(from);
            let items = self.items.get(start..end)?;
            let mut items = (start..).zip(items);
            items.find(|(_, item)| fits(&item.share, left))
        })
    }
}

/// What is left of a quota. What is used of it always fits.
#[inline]
fn minus(quota: Size, used: Size) -> Size {
    (quota.0.wrapping_sub(used.0), quota.1.wrapping_sub(used.1))
}
