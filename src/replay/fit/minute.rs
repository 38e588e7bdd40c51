//! One minute at every size of a grid at once.
//!
//! Sizes that have let in the same calls so far are one group: a rectangle of tiles with what is used, and
//! what is saved. A minute begins with one group of all sizes. A call that fits at some sizes of a group only
//! splits it: those at which it does not fit are a group of their own, which goes on with what was used before.
//! So there are never more groups than sizes that differ, and what all sizes have in common is done once.
//!
//! Where a tile has several sizes, a call may fit at some of them only. What such a tile can still save is
//! bounded ([`super::bound`]), and it is done with the minute.

use super::Size;
use super::bound::{Beyond, Multipliers};
use super::cost::Item;
use super::grid::{Grid, Tile};
use super::sums::Sums;

/// Calls of a block, which a group skips together where none of them can fit.
const BLOCK: usize = 32;

/// The calls of a minute, with what is known of its blocks.
#[derive(Debug)]
pub(super) struct Minute<'a> {
    items: &'a [Item],
    /// What all of them cost.
    value: u128,
    /// The least that a call of each block takes of either meter, and the same of [`BLOCK`] blocks.
    least: Vec<Size>,
    least_of_many: Vec<Size>,
    /// Pairs for bounds, and their sums over each block and those after it.
    bounds: Option<(&'a Multipliers, Vec<Beyond>)>,
}

/// Sizes that have let in the same calls.
#[derive(Debug, Clone, Copy)]
struct Group {
    from: Tile,
    to: Tile,
    used: Size,
    saved: u128,
    /// The index of the next call.
    next: usize,
}

impl<'a> Minute<'a> {
    /// Looks through the calls of a minute. Multipliers are needed for grids that are not exact.
    pub fn new(items: &'a [Item], multipliers: Option<&'a Multipliers>) -> Self {
        let least = |sizes: &mut dyn Iterator<Item = Size>| {
            sizes.fold((u64::MAX, u64::MAX), |least, size| {
                (least.0.min(size.0), least.1.min(size.1))
            })
        };
        let blocks = items.chunks(BLOCK);
        let blocks = blocks.map(|block| least(&mut block.iter().map(|item| item.share)));
        let blocks: Vec<Size> = blocks.collect();
        let many = blocks.chunks(BLOCK);
        let bounds = multipliers.map(|multipliers| {
            let mut sums = Beyond::default();
            let mut beyond: Vec<Beyond> = items
                .chunks(BLOCK)
                .rev()
                .map(|block| {
                    for item in block {
                        multipliers.add(item, &mut sums);
                    }
                    sums
                })
                .collect();
            beyond.reverse();
            (multipliers, beyond)
        });
        Self {
            items,
            value: items
                .iter()
                .fold(0, |all, item| item.value.wrapping_add(all)),
            least_of_many: many.map(|many| least(&mut many.iter().copied())).collect(),
            least: blocks,
            bounds,
        }
    }

    /// Adds to each tile of a grid what its size saves in this minute, or the most that one of its sizes does.
    /// Gives the number of groups.
    pub fn replay(&self, grid: &Grid, sums: &mut Sums) -> u64 {
        let last = (grid.count.0.wrapping_sub(1), grid.count.1.wrapping_sub(1));
        let mut groups = vec![Group {
            from: (0, 0),
            to: last,
            used: (0, 0),
            saved: 0,
            next: 0,
        }];
        let mut work = 0_u64;
        while let Some(group) = groups.pop() {
            work = work.wrapping_add(1);
            if let Some(done) = self.follow(group, grid, sums, &mut groups) {
                sums.add(done.from, done.to, done.saved);
            }
        }
        work
    }

    /// Lets in the calls of a minute that fit at the largest size of a group, until none is left. What splits off
    /// goes to `groups`, and `None` is given where nothing is left of the group.
    fn follow(
        &self,
        mut group: Group,
        grid: &Grid,
        sums: &mut Sums,
        groups: &mut Vec<Group>,
    ) -> Option<Group> {
        let high = grid.high(group.to);
        let mut low = grid.low(group.from);
        loop {
            // What is used fits at every size of the group.
            let left = (
                high.0.wrapping_sub(group.used.0),
                high.1.wrapping_sub(group.used.1),
            );
            let Some((at, item)) = self.next_within(group.next, left) else {
                return Some(group);
            };
            group.next = at.wrapping_add(1);
            let used = (
                group.used.0.wrapping_add(item.share.0),
                group.used.1.wrapping_add(item.share.1),
            );
            if used.0 > low.0 || used.1 > low.1 {
                let (some, every) = grid.tiles_for(used);
                let mut bound = |from: Tile, to: Tile| {
                    let most = self.at_most(&group, at, grid.high(to));
                    sums.add(from, to, most);
                };
                let Group { from, to, .. } = group;
                if some.0 > from.0 {
                    let to = (some.0.wrapping_sub(1), to.1);
                    groups.push(Group { to, ..group });
                }
                if some.0 < every.0 && every.0 > from.0 {
                    bound((some.0, from.1), (some.0, to.1));
                }
                group.from.0 = every.0.max(from.0);
                if group.from.0 > to.0 {
                    return None;
                }
                let from = group.from;
                if some.1 > from.1 {
                    let to = (to.0, some.1.wrapping_sub(1));
                    groups.push(Group { to, ..group });
                }
                if some.1 < every.1 && every.1 > from.1 {
                    let mut bound = |from: Tile, to: Tile| {
                        let most = self.at_most(&group, at, grid.high(to));
                        sums.add(from, to, most);
                    };
                    bound((from.0, some.1), (to.0, some.1));
                }
                group.from.1 = every.1.max(from.1);
                if group.from.1 > to.1 {
                    return None;
                }
                low = grid.low(group.from);
            }
            group.used = used;
            group.saved = group.saved.wrapping_add(item.value);
        }
    }

    /// The next call, from an index on, that takes no more than what is `left`.
    #[inline]
    fn next_within(&self, from: usize, left: Size) -> Option<(usize, &Item)> {
        let mut at = from;
        loop {
            if at.is_multiple_of(BLOCK) {
                at = self.block_within(at, left)?;
            }
            let end = at.wrapping_div(BLOCK).wrapping_add(1).wrapping_mul(BLOCK);
            let block = self.items.get(at..end.min(self.items.len()))?;
            let mut found = block.iter().zip(at..);
            if let Some((item, at)) =
                found.find(|(item, _)| item.share.0 <= left.0 && item.share.1 <= left.1)
            {
                return Some((at, item));
            }
            at = end;
        }
    }

    /// The beginning of the next block, from that of one on, that has calls which may fit.
    #[inline]
    fn block_within(&self, from: usize, left: Size) -> Option<usize> {
        let within = |least: &Size| least.0 <= left.0 && least.1 <= left.1;
        let mut block = from.wrapping_div(BLOCK);
        loop {
            if block.is_multiple_of(BLOCK) {
                let many = block.wrapping_div(BLOCK);
                let rest = self.least_of_many.get(many..)?;
                let skipped = rest.iter().position(within)?;
                block = many.wrapping_add(skipped).wrapping_mul(BLOCK);
            }
            let end = block
                .wrapping_div(BLOCK)
                .wrapping_add(1)
                .wrapping_mul(BLOCK);
            let rest = self.least.get(block..end.min(self.least.len()))?;
            if let Some(skipped) = rest.iter().position(within) {
                return Some(block.wrapping_add(skipped).wrapping_mul(BLOCK));
            }
            block = end;
        }
    }

    /// The most that a group saves in all that goes on from the call `from` with a quota of `high`.
    fn at_most(&self, group: &Group, from: usize, high: Size) -> u128 {
        let left = (
            high.0.wrapping_sub(group.used.0),
            high.1.wrapping_sub(group.used.1),
        );
        let Some((multipliers, beyond)) = &self.bounds else {
            return self.value;
        };
        let next = from.wrapping_div(BLOCK).wrapping_add(1);
        let mut sums = beyond.get(next).copied().unwrap_or_default();
        let end = next.wrapping_mul(BLOCK).min(self.items.len());
        let rest = self.items.get(from..end).unwrap_or_default();
        for item in rest {
            if item.share.0 <= left.0 && item.share.1 <= left.1 {
                multipliers.add(item, &mut sums);
            }
        }
        let more = multipliers.at_most(left, &sums);
        group.saved.saturating_add(more).min(self.value)
    }
}
