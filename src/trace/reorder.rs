//! The chunks of one file put in order of time, within a bounded number of items.

use std::collections::VecDeque;

use super::chunk::{Chunk, Part};

/// Holds items back until none that is still to come can be earlier, if an item stands at most `limit` items
/// too late. That limit is exact, however the file is cut into chunks.
#[derive(Debug)]
pub struct Reorder<T> {
    limit: usize,
    /// The chunks that are held: in order of time, each and one after the other.
    held: VecDeque<Chunk<T>>,
    /// The number of items of the first chunk that are already passed on.
    passed: usize,
    /// The number of items that are held.
    length: usize,
    /// The last instant that was passed on.
    last_passed: Option<i64>,
    is_finished: bool,
}

impl<T: Copy> Reorder<T> {
    /// Holds no item yet.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            held: VecDeque::new(),
            passed: 0,
            length: 0,
            last_passed: None,
            is_finished: false,
        }
    }

    /// Takes in the next chunk of the file, in order of time. Where the file itself is not in that order,
    /// `unsorted` are its instants as they stand in the file.
    ///
    /// # Errors
    /// The index, in the order of the file, of the first item that comes too late.
    pub fn add(&mut self, chunk: Chunk<T>, unsorted: Option<&[i64]>) -> Result<(), usize> {
        let Some(first) = chunk.at.first().copied() else {
            return Ok(());
        };
        let last = self.held.back().and_then(|held| held.at.last()).copied();
        let last = last.or(self.last_passed);
        let follows = last.is_none_or(|last| last <= first);
        let late = match unsorted {
            None if follows => None,
            _ => self.too_late(first, unsorted.unwrap_or(&chunk.at)),
        };
        if let Some(late) = late {
            return Err(late);
        }
        self.length = self.length.saturating_add(chunk.len());
        let chunk = match follows {
            true => chunk,
            false => self.later_than(first).merged(chunk),
        };
        self.held.push_back(chunk);
        Ok(())
    }

    /// Says that there are no more chunks.
    pub fn finish(&mut self) {
        self.is_finished = true;
    }

    /// The next items that can be passed on; none when there are not enough.
    pub fn ready(&self) -> Part<'_, T> {
        let free = match self.is_finished {
            true => self.length,
            false => self.length.saturating_sub(self.limit),
        };
        let Some(chunk) = self.held.front() else {
            return Part::NONE;
        };
        let end = self.passed.saturating_add(free).min(chunk.len());
        chunk.part(self.passed..end)
    }

    /// Says that the first `items` of those are passed on. Gives back a chunk that is no longer needed.
    pub fn pass(&mut self, items: usize) -> Option<Chunk<T>> {
        let chunk = self.held.front()?;
        self.passed = self.passed.saturating_add(items).min(chunk.len());
        self.length = self.length.saturating_sub(items);
        let last = self
            .passed
            .checked_sub(1)
            .and_then(|last| chunk.at.get(last));
        self.last_passed = last.copied().or(self.last_passed);
        if self.passed < chunk.len() {
            return None;
        }
        self.passed = 0;
        self.held.pop_front()
    }

    /// The index of the first of these items before which more than `limit` later ones stand in the file; `least`
    /// is the earliest of their instants.
    fn too_late(&self, least: i64, at: &[i64]) -> Option<usize> {
        let passed_on = |at: i64| self.last_passed.is_some_and(|passed| at < passed);
        let before = self.held_later(least).saturating_add(at.len());
        if !passed_on(least) && before.saturating_sub(1) <= self.limit {
            return None;
        }
        let mut earlier = Earlier::new(at);
        at.iter().enumerate().position(|(place, at)| {
            let later_here = place.saturating_sub(earlier.not_later_than(*at));
            earlier.add(*at);
            let later = self.held_later(*at).saturating_add(later_here);
            passed_on(*at) || later > self.limit
        })
    }

    /// The number of held items that are later than the instant.
    fn held_later(&self, at: i64) -> usize {
        let mut later = 0_usize;
        for (place, chunk) in self.held.iter().enumerate().rev() {
            let until = chunk.at.partition_point(|held| *held <= at);
            let start = if place == 0 { self.passed } else { 0 };
            later = later.saturating_add(chunk.len().saturating_sub(until.max(start)));
            if until > start {
                break;
            }
        }
        later
    }

    /// Takes out the held items that are later than the instant.
    fn later_than(&mut self, at: i64) -> Chunk<T> {
        let mut taken: VecDeque<Chunk<T>> = VecDeque::new();
        while let Some(chunk) = self.held.back_mut() {
            let cut = chunk.at.partition_point(|held| *held <= at);
            if cut == chunk.len() {
                break;
            }
            taken.push_front(chunk.split_off(cut));
            // What was passed on of the first chunk is not later than what is still to come.
            if cut > 0 {
                break;
            }
            self.held.pop_back();
        }
        if self
            .held
            .front()
            .is_some_and(|chunk| chunk.len() <= self.passed)
        {
            self.held.pop_front();
            self.passed = 0;
        }
        let mut later = Chunk::default();
        for chunk in taken {
            later.append(chunk);
        }
        later
    }
}

/// Counts the instants so far that are not later than another, in a tree of partial counts.
struct Earlier {
    instants: Vec<i64>,
    counts: Vec<usize>,
}

impl Earlier {
    fn new(at: &[i64]) -> Self {
        let mut instants = at.to_vec();
        instants.sort_unstable();
        instants.dedup();
        let counts = vec![0; instants.len().saturating_add(1)];
        Self { instants, counts }
    }

    fn rank(&self, at: i64) -> usize {
        self.instants.partition_point(|instant| *instant <= at)
    }

    fn add(&mut self, at: i64) {
        let mut node = self.rank(at);
        while let Some(count) = self.counts.get_mut(node).filter(|_| node > 0) {
            *count = count.saturating_add(1);
            node = node.saturating_add(lowest_bit(node));
        }
    }

    fn not_later_than(&self, at: i64) -> usize {
        let mut node = self.rank(at);
        let mut sum = 0_usize;
        while let Some(count) = self.counts.get(node).filter(|_| node > 0) {
            sum = sum.saturating_add(*count);
            node = node.saturating_sub(lowest_bit(node));
        }
        sum
    }
}

fn lowest_bit(number: usize) -> usize {
    number & number.wrapping_neg()
}
