//! A piece of the stream: items with the instants at which they arrived.

use super::tags::{Tags, TagsRef};

/// Items with their instants, in nanoseconds since the Unix epoch, and what is asked of each beside. These are in
/// lists of their own, so that the items can be handed on without copying.
#[derive(Debug)]
pub struct Chunk<T> {
    /// The instants.
    pub at: Vec<i64>,
    /// The items, as many as instants.
    pub items: Vec<T>,
    /// What is known of each item beside.
    pub tags: Tags,
}

impl<T> Default for Chunk<T> {
    fn default() -> Self {
        Self {
            at: Vec::new(),
            items: Vec::new(),
            tags: Tags::default(),
        }
    }
}

impl<T: Copy> Chunk<T> {
    /// Adds an item of which nothing else is asked.
    #[inline]
    pub fn push(&mut self, at: i64, item: T) {
        self.at.push(at);
        self.items.push(item);
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Removes all items and keeps the memory.
    pub fn clear(&mut self) {
        self.at.clear();
        self.items.clear();
        self.tags.clear();
    }

    /// The items from `start` on, which are taken out.
    pub fn split_off(&mut self, start: usize) -> Self {
        let start = start.min(self.len());
        Self {
            at: self.at.split_off(start),
            items: self.items.split_off(start),
            tags: self.tags.split_off(start),
        }
    }

    /// Adds the items of another chunk.
    pub fn append(&mut self, mut other: Self) {
        self.tags.append(&other.tags, self.len(), other.len());
        self.at.append(&mut other.at);
        self.items.append(&mut other.items);
    }

    /// The same items in order of time; those of one instant stay in their order.
    pub fn sorted(&self) -> Self {
        if self.tags.is_empty() {
            let mut pairs: Vec<(i64, T)> = self.pairs().collect();
            pairs.sort_by_key(|(at, _)| *at);
            return pairs.into_iter().collect();
        }
        let mut order: Vec<(i64, usize)> = self.at.iter().copied().zip(0..).collect();
        order.sort_by_key(|(at, _)| *at);
        let places = || order.iter().map(|(_, place)| *place);
        Self {
            at: order.iter().map(|(at, _)| *at).collect(),
            items: places()
                .filter_map(|place| self.items.get(place).copied())
                .collect(),
            tags: self.tags.picked(places()),
        }
    }

    /// Merges two chunks that are in order. Of items of one instant, those of `self` come first.
    pub fn merged(mut self, other: Self) -> Self {
        if !self.tags.is_empty() || !other.tags.is_empty() {
            self.append(other);
            return self.sorted();
        }
        let length = self.len().saturating_add(other.len());
        let mut merged = Self {
            at: Vec::with_capacity(length),
            items: Vec::with_capacity(length),
            tags: Tags::default(),
        };
        let mut left = self.pairs().peekable();
        let mut taken = 0_usize;
        for (at, item) in other.pairs() {
            if left.peek().is_none() {
                break;
            }
            while let Some((at, item)) = left.next_if(|(earlier, _)| *earlier <= at) {
                merged.push(at, item);
            }
            merged.push(at, item);
            taken = taken.saturating_add(1);
        }
        for (at, item) in left {
            merged.push(at, item);
        }
        let rest = other.at.get(taken..).unwrap_or_default();
        merged.at.extend_from_slice(rest);
        let rest = other.items.get(taken..).unwrap_or_default();
        merged.items.extend_from_slice(rest);
        merged
    }

    fn pairs(&self) -> impl Iterator<Item = (i64, T)> {
        self.at.iter().copied().zip(self.items.iter().copied())
    }

    /// Adds copies of those items.
    pub fn extend(&mut self, more: Part<'_, T>) {
        self.tags.extend(more.tags, self.len(), more.at.len());
        self.at.extend_from_slice(more.at);
        self.items.extend_from_slice(more.items);
    }

    /// All items.
    pub fn all(&self) -> Part<'_, T> {
        self.part(0..self.len())
    }

    /// The items of these places.
    pub fn part(&self, range: std::ops::Range<usize>) -> Part<'_, T> {
        Part {
            at: self.at.get(range.clone()).unwrap_or_default(),
            items: self.items.get(range.clone()).unwrap_or_default(),
            tags: self.tags.part(range),
        }
    }
}

impl<T> FromIterator<(i64, T)> for Chunk<T> {
    fn from_iter<I: IntoIterator<Item = (i64, T)>>(pairs: I) -> Self {
        let (at, items) = pairs.into_iter().unzip();
        Self {
            at,
            items,
            tags: Tags::default(),
        }
    }
}

/// Some items of a chunk, in order.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a, T> {
    /// Their instants.
    pub at: &'a [i64],
    /// The items.
    pub items: &'a [T],
    /// What is known of each beside.
    pub tags: TagsRef<'a>,
}

impl<T> Part<'_, T> {
    /// No item.
    pub const NONE: Self = Part {
        at: &[],
        items: &[],
        tags: TagsRef::NONE,
    };

    /// The first of them, so many.
    pub fn first(self, items: usize) -> Self {
        Part {
            at: self.at.get(..items).unwrap_or(self.at),
            items: self.items.get(..items).unwrap_or(self.items),
            tags: self.tags.between(0, items),
        }
    }
}
