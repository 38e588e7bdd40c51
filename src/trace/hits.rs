//! Cache hits that are derived from the hashes of blocks: what of a call's input an earlier call used.
//!
//! The first blocks of a call are cached, up to the first one that no call used within the time to live; all its
//! blocks are then in the cache, used at the time of the call. A block that the input does not fill is cached as
//! far as it goes. Calls of one instant come one after the other, as they stand in their file.

use std::collections::HashMap;

use super::format::SECOND;
use super::sink::TooLarge;
use super::{Call, Calls};
use crate::billing::recorded::{Apart, Derived};

/// The most blocks that the cache may have at a time. Half as many again are kept before those are dropped that are
/// too old: 200 MiB at most, while the table grows.
const MOST: usize = 4 * 1_024 * 1_024;

/// So many blocks are kept before any is dropped.
const FEW: usize = 64 * 1_024;

/// The blocks that calls used.
#[derive(Debug)]
pub struct Hits {
    /// Tokens of a block.
    block: u32,
    /// How long a block is kept after its last use, in nanoseconds.
    ttl: Option<i64>,
    /// When each block of each model was last used.
    used: HashMap<u64, i64>,
    /// The number of blocks at which old ones are dropped.
    full: usize,
    /// See [`MOST`].
    most: usize,
    /// Calls with hits.
    pub found: Apart,
}

impl Hits {
    /// An empty cache.
    pub fn new(derived: &Derived) -> Self {
        let nanoseconds = |seconds: i64| seconds.saturating_mul(SECOND);
        Self {
            block: derived.block,
            ttl: derived.ttl.map(|ttl| nanoseconds(ttl.whole_seconds())),
            used: HashMap::new(),
            full: FEW,
            most: MOST,
            found: Apart::default(),
        }
    }

    /// Fills in the cached tokens of calls in order of time. `lists` has for each call the number of its hashes,
    /// and these. Each of `models` has a cache of its own; none is told where the list is empty.
    ///
    /// # Errors
    /// [`TooLarge::Blocks`] where the cache would have too many blocks.
    pub fn fill(
        &mut self,
        at: &[i64],
        calls: &mut [Call],
        models: &[u16],
        lists: &[u64],
    ) -> Result<(), TooLarge> {
        let mut rest = lists;
        let models = models.iter().copied().chain(std::iter::repeat(0));
        for ((at, call), model) in at.iter().zip(calls).zip(models) {
            let Some((count, after)) = rest.split_first() else {
                break;
            };
            let count = usize::try_from(*count).unwrap_or(usize::MAX);
            let (hashes, after) = after.split_at_checked(count).unwrap_or((after, &[]));
            rest = after;
            call.cached = self.call(*at, call.input, model, hashes);
            if call.cached > 0 {
                let calls = Calls::from(*call);
                let tokens = call.cached.into();
                self.found.add(Apart { calls, tokens });
            }
            if self.used.len() >= self.full {
                self.drop_old(*at)?;
            }
        }
        Ok(())
    }

    /// The cached tokens of a call.
    fn call(&mut self, at: i64, input: u32, model: u16, hashes: &[u64]) -> u32 {
        let blocks = hashes.iter().map(|hash| of_model(*hash, model));
        let is_kept = |hash: &u64| {
            self.used
                .get(hash)
                .is_some_and(|used| self.keeps(*used, at))
        };
        let hits = blocks.clone().take_while(is_kept).count();
        self.used.extend(blocks.map(|hash| (hash, at)));
        let hits = u32::try_from(hits).unwrap_or(u32::MAX);
        hits.saturating_mul(self.block).min(input)
    }

    fn keeps(&self, used: i64, at: i64) -> bool {
        self.ttl.is_none_or(|ttl| at.saturating_sub(used) <= ttl)
    }

    fn drop_old(&mut self, at: i64) -> Result<(), TooLarge> {
        let mut used = std::mem::take(&mut self.used);
        if self.ttl.is_some() {
            used.retain(|_, used| self.keeps(*used, at));
        }
        self.used = used;
        if self.used.len() > self.most {
            return Err(TooLarge::Blocks(self.most));
        }
        let double = self.used.len().saturating_mul(2).max(FEW);
        let more = match self.ttl {
            Some(_) => self.most.div_ceil(2),
            // None is ever dropped.
            None => 1,
        };
        self.full = double.min(self.most.saturating_add(more));
        Ok(())
    }
}

/// The block of a model: multiples of this number are so far apart that no two models share one, where hashes are
/// numbers in a row, and where they are not, this is as likely as that two blocks have one hash.
fn of_model(hash: u64, model: u16) -> u64 {
    hash.wrapping_add(u64::from(model).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::term::Span;

    /// Fills a cache that may have 4 blocks with a new one each second.
    fn filled(ttl: Option<u64>, seconds: u64) -> Result<(), TooLarge> {
        let mut hits = Hits::new(&Derived {
            field: "hash_ids".to_owned(),
            block: 1,
            ttl: ttl.map(Span::of_seconds),
        });
        (hits.full, hits.most) = (1, 4);
        (0..seconds).try_for_each(|second| {
            hits.full = hits.full.min(5);
            let at = i64::try_from(second).unwrap().saturating_mul(SECOND);
            hits.fill(&[at], &mut [Call::plain(1, 0)], &[], &[1, second])
        })
    }

    #[test]
    fn too_many_blocks_at_a_time_are_an_error() {
        assert_eq!(filled(None, 4), Ok(()));
        assert_eq!(filled(None, 5), Err(TooLarge::Blocks(4)));
        assert_eq!(filled(Some(3), 1_000), Ok(()));
        assert_eq!(filled(Some(4), 1_000), Err(TooLarge::Blocks(4)));
    }
}
