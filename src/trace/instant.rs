//! What came at one instant.

use super::chunk::Chunk;
use super::tags::Tags;
use super::{Call, Calls};

/// Items of one file that came at one instant.
#[derive(Default)]
pub struct Group {
    /// The sums.
    pub sums: Chunk<Calls>,
    /// The calls.
    pub calls: Chunk<Call>,
    /// The hashes of the calls' blocks, as [`super::hashes::Held::take`] gives them.
    pub lists: Vec<u64>,
}

impl Group {
    /// The items and the hashes, by which groups are put in order.
    pub fn texts(&self) -> (&[Calls], &[Call], &[u64]) {
        (&self.sums.items, &self.calls.items, &self.lists)
    }

    /// The hashes of its requests.
    pub fn ids(&self) -> &[u64] {
        self.calls.tags.all().ids
    }

    /// The tags of its items.
    pub fn tags(&self) -> [&Tags; 2] {
        [&self.sums.tags, &self.calls.tags]
    }
}
