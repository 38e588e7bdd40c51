//! Rows that repeat a call: updates of a stream, a row that was logged once more, a session that was copied into
//! another file. The last of them in order of time counts.
//!
//! The last calls are held back before they are handed over, so that a repeat can take the place of the one before.
//! A call that was handed over cannot be taken back: a repeat of it is left out, as long as it is known. In files
//! without ids nothing is held.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};

use super::chunk::{Chunk, Part};
use super::marks::LeftOut;
use super::tags::{Said, Tag};
use super::{Call, Calls};

/// How many calls of all files are held back, in order of time: 10 MiB.
pub const WINDOW: usize = 256 * 1_024;

/// How many ids are known at least, those of the last calls, and up to twice as many: 17 MiB.
pub const KNOWN: usize = 448 * 1_024;

/// Ids are hashes, so their bits need no mixing.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The place of the last call with each id, counted from the first that was held.
type Places = HashMap<u64, u64, BuildHasherDefault<AsItIs>>;

/// What is held.
#[derive(Debug)]
struct Held {
    at: i64,
    what: What,
    said: Said,
}

#[derive(Debug)]
enum What {
    Call(Call),
    /// Sums of a minute, which wait for the calls before them.
    Sums(Box<Calls>),
    /// A call that another took the place of.
    Gone,
}

/// What can be handed over.
#[derive(Debug)]
pub enum Released {
    /// Calls, in order.
    Calls(Chunk<Call>),
    /// Sums, in order.
    Sums(Chunk<Calls>),
}

/// Holds calls back in order of time, and leaves out those that are repeated.
#[derive(Debug)]
pub struct Repeats {
    window: usize,
    known: usize,
    held: VecDeque<Held>,
    /// The place of the first that is held.
    first: u64,
    places: Places,
    /// Those of earlier calls, which are forgotten once `places` is full.
    older: Places,
    released: Vec<Released>,
    /// What was left out.
    pub left_out: LeftOut,
}

impl Repeats {
    /// Holds nothing yet.
    pub fn new(window: usize, known: usize) -> Self {
        Self {
            window,
            known,
            held: VecDeque::new(),
            first: 0,
            places: Places::default(),
            older: Places::default(),
            released: Vec::new(),
            left_out: LeftOut::default(),
        }
    }

    /// Whether anything is held, so that what comes after it has to be held too.
    pub fn holds(&self) -> bool {
        !self.held.is_empty()
    }

    /// Takes in the next calls.
    pub fn add(&mut self, calls: Part<'_, Call>) {
        for (index, (at, call)) in calls.at.iter().zip(calls.items).enumerate() {
            let id = calls.tags.ids.get(index).copied().unwrap_or(0);
            let said = match calls.tags.said.get(index) {
                Some(said) => *said,
                None => Said::of_model(calls.tags.models.get(index).copied()),
            };
            self.make_room();
            if id != 0 && !self.is_first(id, *call, said) {
                continue;
            }
            self.held.push_back(Held {
                at: *at,
                what: What::Call(*call),
                said,
            });
        }
    }

    /// Takes in the next sums.
    pub fn add_sums(&mut self, sums: Part<'_, Calls>) {
        for (index, (at, calls)) in sums.at.iter().zip(sums.items).enumerate() {
            self.make_room();
            self.held.push_back(Held {
                at: *at,
                what: What::Sums(Box::new(*calls)),
                said: Said::of_model(sums.tags.models.get(index).copied()),
            });
        }
    }

    /// Whether the id is that of no call that is known; it is known from then on.
    pub fn is_new(&mut self, id: u64) -> bool {
        let is_new = self.place_of(id).is_none();
        self.know(id, 0);
        is_new
    }

    /// Takes out what can be handed over: what does not fit the window, or `all`.
    pub fn release(&mut self, all: bool) -> Vec<Released> {
        while all && self.holds() {
            self.pop();
        }
        std::mem::take(&mut self.released)
    }

    /// Whether the call is to be held: it is new, or takes the place of one that is held. Else the one that was
    /// handed over counts.
    fn is_first(&mut self, id: u64, call: Call, said: Said) -> bool {
        let held = u64::try_from(self.held.len()).unwrap_or(u64::MAX);
        let next = self.first.saturating_add(held);
        let Some(place) = self.place_of(id) else {
            self.know(id, next);
            return true;
        };
        let Some(back) = place.checked_sub(self.first) else {
            self.left_out.later = self.left_out.later.saturating_add(1);
            self.left_out.add(call, said);
            self.know(id, place);
            return false;
        };
        let index = usize::try_from(back).unwrap_or(usize::MAX);
        if let Some(earlier) = self.held.get_mut(index)
            && let What::Call(gone) = std::mem::replace(&mut earlier.what, What::Gone)
        {
            self.left_out.earlier = self.left_out.earlier.saturating_add(1);
            self.left_out.add(gone, earlier.said);
        }
        self.know(id, next);
        true
    }

    fn place_of(&self, id: u64) -> Option<u64> {
        let found = self.places.get(&id).or_else(|| self.older.get(&id));
        found.copied()
    }

    fn know(&mut self, id: u64, place: u64) {
        if self.places.len() >= self.known && !self.places.contains_key(&id) {
            std::mem::swap(&mut self.places, &mut self.older);
            self.places.clear();
        }
        self.places.insert(id, place);
    }

    fn make_room(&mut self) {
        while self.held.len() >= self.window.max(1) {
            self.pop();
        }
    }

    /// Releases the first that is held.
    fn pop(&mut self) {
        let Some(Held { at, what, said }) = self.held.pop_front() else {
            return;
        };
        self.first = self.first.saturating_add(1);
        let tag = Tag {
            model: Some(said.model),
            ..Tag::default()
        };
        match (what, self.released.last_mut()) {
            (What::Gone, _) => {}
            (What::Call(call), Some(Released::Calls(calls))) => {
                calls.tags.push(tag, calls.at.len());
                calls.push(at, call);
            }
            (What::Sums(one), Some(Released::Sums(sums))) => {
                sums.tags.push(tag, sums.at.len());
                sums.push(at, *one);
            }
            (What::Call(call), _) => {
                let mut calls = Chunk::default();
                calls.tags.push(tag, 0);
                calls.push(at, call);
                self.released.push(Released::Calls(calls));
            }
            (What::Sums(one), _) => {
                let mut sums = Chunk::default();
                sums.tags.push(tag, 0);
                sums.push(at, *one);
                self.released.push(Released::Sums(sums));
            }
        }
    }
}
