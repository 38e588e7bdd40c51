//! Hashes of the blocks of input that calls have, kept apart from the calls until these are in order of time.
//!
//! While its hashes are kept, a call has the number of its first one in place of its cached tokens, which are
//! derived from them.

use std::collections::VecDeque;

use super::Call;
use super::chunk::Chunk;
use super::reason::Reason;
use super::sink::TooLarge;

/// How many calls are held back to be put in order where they have hashes, of all files.
pub const REORDER: usize = 32 * 1_024;

/// The most hashes that are kept of a file: 64 MiB.
const MOST: usize = 8 * 1_024 * 1_024;

/// The hashes of calls in the order of their file: each call has their number, and then the hashes.
#[derive(Debug, Default)]
pub struct Hashes(Vec<u64>);

impl Hashes {
    /// Keeps the hashes of a call, which has one for each block of `block` tokens; the last block may be left out
    /// where the input does not fill it. `text` is a list in JSON. Gives the call that they are found by.
    pub fn keep(&mut self, call: Call, text: Option<&[u8]>, block: u32) -> Result<Call, Reason> {
        let text = text.filter(|text| *text != b"null");
        let text = text.ok_or(Reason::NoHashes)?;
        let start = self.0.len();
        self.0.push(0);
        let kept = match numbers(text, &mut self.0) {
            Some(found) => self.counted(start, found, call, block),
            None => Err(Reason::NotHashes),
        };
        if kept.is_err() {
            self.0.truncate(start);
        }
        kept
    }

    fn counted(
        &mut self,
        start: usize,
        found: u64,
        call: Call,
        block: u32,
    ) -> Result<Call, Reason> {
        let block = block.max(1);
        let whole = u64::from(call.input.checked_div(block).unwrap_or(0));
        if found != whole && found != u64::from(call.input.div_ceil(block)) {
            return Err(Reason::OtherHashes {
                found,
                input: call.input,
                block,
            });
        }
        if let Some(slot) = self.0.get_mut(start) {
            *slot = found;
        }
        Ok(at(call, u64::try_from(start).unwrap_or(u64::MAX)))
    }
}

/// The numbers of a list, and how many they are.
fn numbers(text: &[u8], into: &mut Vec<u64>) -> Option<u64> {
    let text = text.strip_prefix(b"[")?.strip_suffix(b"]")?.trim_ascii();
    if text.is_empty() {
        return Some(0);
    }
    let mut found = 0_u64;
    for number in text.split(|byte| *byte == b',') {
        let digits = number.trim_ascii();
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        into.push(std::str::from_utf8(digits).ok()?.parse().ok()?);
        found = found.saturating_add(1);
    }
    Some(found)
}

/// The call with the number of its first hash.
fn at(call: Call, place: u64) -> Call {
    let low = u32::try_from(place & u64::from(u32::MAX)).unwrap_or(0);
    let high = u32::try_from(place >> 32).unwrap_or(u32::MAX);
    Call {
        cached: low,
        cache_write: high,
        ..call
    }
}

fn place(call: Call) -> u64 {
    u64::from(call.cache_write) << 32 | u64::from(call.cached)
}

/// The hashes of the calls of a file that are held back.
#[derive(Debug, Default)]
pub struct Held {
    blocks: VecDeque<Block>,
    /// The number of all hashes so far, those that are kept no more too.
    taken: u64,
    /// How many are kept.
    kept: usize,
}

/// The hashes of a block of the file.
#[derive(Debug)]
struct Block {
    /// The number of its first one.
    first: u64,
    hashes: Vec<u64>,
    /// How many of its calls are not handed over.
    calls: usize,
}

impl Held {
    /// Takes in the hashes of the next calls of the file, which are found by their numbers from then on.
    pub fn add(&mut self, hashes: Hashes, calls: &mut Chunk<Call>) -> Result<(), TooLarge> {
        let Hashes(hashes) = hashes;
        for call in &mut calls.items {
            *call = at(*call, self.taken.saturating_add(place(*call)));
        }
        let first = self.taken;
        let more = u64::try_from(hashes.len()).unwrap_or(u64::MAX);
        self.taken = self.taken.saturating_add(more);
        self.kept = self.kept.saturating_add(hashes.len());
        if self.kept > MOST {
            return Err(TooLarge::HeldHashes(MOST));
        }
        if !calls.items.is_empty() {
            self.blocks.push_back(Block {
                first,
                hashes,
                calls: calls.len(),
            });
        }
        Ok(())
    }

    /// Takes the hashes of these calls out: the calls without them, and for each call the number of its hashes
    /// and these.
    pub fn take(&mut self, calls: &[Call]) -> (Vec<Call>, Vec<u64>) {
        let mut lists = Vec::new();
        let mut plain = Vec::with_capacity(calls.len());
        for call in calls {
            plain.push(Call::plain(call.input, call.output));
            self.take_one(place(*call), &mut lists);
        }
        while let Some(block) = self.blocks.front().filter(|block| block.calls == 0) {
            self.kept = self.kept.saturating_sub(block.hashes.len());
            self.blocks.pop_front();
        }
        (plain, lists)
    }

    fn take_one(&mut self, place: u64, lists: &mut Vec<u64>) {
        let next = self.blocks.partition_point(|block| block.first <= place);
        let block = next.checked_sub(1).and_then(|at| self.blocks.get_mut(at));
        let Some(block) = block else {
            lists.push(0);
            return;
        };
        block.calls = block.calls.saturating_sub(1);
        let start = usize::try_from(place.saturating_sub(block.first)).unwrap_or(usize::MAX);
        let list = block.hashes.get(start..).unwrap_or_default();
        let found = list.first().copied().unwrap_or(0);
        lists.push(found);
        let hashes = list.iter().skip(1);
        lists.extend(hashes.take(usize::try_from(found).unwrap_or(usize::MAX)));
    }
}
