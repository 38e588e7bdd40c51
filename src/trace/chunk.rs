//! A piece of the stream: items with the instants at which they arrived.

/// Items with their instants, in nanoseconds since the Unix epoch. The two are in lists of their own, so that
/// the items can be handed on without copying.
#[derive(Debug)]
pub struct Chunk<T> {
    /// The instants.
    pub at: Vec<i64>,
    /// The items, as many as instants.
    pub items: Vec<T>,
}

impl<T> Default for Chunk<T> {
    fn default() -> Self {
        Self {
            at: Vec::new(),
            items: Vec::new(),
        }
    }
}

impl<T: Copy> Chunk<T> {
    /// Adds an item.
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
    }

    /// The items from `start` on, which are taken out.
    pub fn split_off(&mut self, start: usize) -> Self {
        let start = start.min(self.len());
        Self {
            at: self.at.split_off(start),
            items: self.items.split_off(start),
        }
    }

    /// The same items in order of time; those of one instant stay in their order.
    pub fn sorted(&self) -> Self {
        let mut pairs: Vec<(i64, T)> = self.pairs().collect();
        pairs.sort_by_key(|(at, _)| *at);
        pairs.into_iter().collect()
    }

    /// Merges two chunks that are in order. Of items of one instant, those of `self` come first.
    pub fn merged(&self, other: &Self) -> Self {
        let length = self.len().saturating_add(other.len());
        let mut merged = Self {
            at: Vec::with_capacity(length),
            items: Vec::with_capacity(length),
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
}

impl<T> FromIterator<(i64, T)> for Chunk<T> {
    fn from_iter<I: IntoIterator<Item = (i64, T)>>(pairs: I) -> Self {
        let (at, items) = pairs.into_iter().unzip();
        Self { at, items }
    }
}
