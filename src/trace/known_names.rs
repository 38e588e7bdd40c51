//! Names of models as the rows of a block had them, so that one that comes again is known by a look at its start, and
//! the calls that say nothing beside it are added up here.

use super::Call;
use super::Calls;
use super::literal::Literal;
use super::marks::Marked;
use super::models::UNNAMED;
use super::rows::Rows;
use crate::billing::kind::Tokens;

/// How many names are known at a time, at most one a slot.
const SLOTS: usize = 128;

/// After so many names that were not known, a block has too many for this to be of use.
const MOST_LEARNED: u16 = 256;

/// After so many odd rows one after the other, most are taken to be odd.
const MOST_IDLE: u8 = 32;

/// The longest name that is known, in bytes: less than what is ever cut off one.
const LONGEST: usize = 100;

/// The names that are known.
#[derive(Debug, Default)]
pub struct KnownNames {
    slots: Vec<Option<Known>>,
    learned: u16,
    /// How often in a row it was asked for rows and had none.
    idle: u8,
}

#[derive(Debug)]
struct Known {
    /// The name with the byte after it.
    text: Literal,
    name: Box<[u8]>,
    /// The field that it stands in.
    marked: Marked,
    /// Its number in all files.
    number: u16,
    /// The calls of it so far. Those of a block fit.
    calls: u64,
    input: u64,
    output: u64,
}

/// Where a name is kept; a row without a name has none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Slot(Option<usize>);

impl KnownNames {
    /// Whether it is of use in this block to try the next row with it.
    pub fn is_of_use(&self) -> bool {
        self.learned < MOST_LEARNED && self.idle < MOST_IDLE
    }

    /// Takes in whether any row was read with it since it was tried.
    pub fn was_of_use(&mut self, any: bool) {
        self.idle = match any {
            true => 0,
            false => self.idle.saturating_add(1),
        };
    }

    /// The name at the start of a text, which ends before the first such byte, and the text from that byte on.
    #[inline(always)]
    pub fn find<'a>(&self, text: &'a [u8], end: u8) -> Option<(Slot, &'a [u8])> {
        for slot in slots_of(text, end)? {
            if let Some(known) = self.slots.get(slot)?
                && known.text.strip(text).is_some()
            {
                return Some((Slot(Some(slot)), text.get(known.name.len()..)?));
            }
        }
        None
    }

    /// Keeps the name of so many bytes at the start of a text, in the place of another. As [`KnownNames::find`] then.
    #[inline(never)]
    pub fn learn<'a>(
        &mut self,
        text: &'a [u8],
        (name, end): (&[u8], u8),
        marked: Marked,
        rows: &mut Rows,
    ) -> Option<(Slot, &'a [u8])> {
        if !self.is_of_use() {
            return None;
        }
        self.learned = self.learned.saturating_add(1);
        let rest = text.strip_prefix(name).filter(|_| name.len() <= LONGEST)?;
        let [slot, other] = slots_of(text, end)?;
        if self.slots.is_empty() {
            self.slots.resize_with(SLOTS, || None);
        }
        let slot = match self.slots.get(other)? {
            None => other,
            Some(_) => slot,
        };
        let kept = self.slots.get_mut(slot)?;
        if let Some(before) = kept.take() {
            before.tell(rows);
        }
        *kept = Some(Known {
            text: Literal::new(text.get(..name.len().checked_add(1)?)?),
            name: name.into(),
            marked,
            number: rows.number_of(name),
            calls: 0,
            input: 0,
            output: 0,
        });
        Some((Slot(Some(slot)), rest))
    }

    /// Adds a call that says nothing else, and gives the number of its model's name.
    #[inline(always)]
    pub fn add(&mut self, slot: Slot, call: Call) -> u16 {
        let Slot(Some(slot)) = slot else {
            return UNNAMED;
        };
        let Some(Some(known)) = self.slots.get_mut(slot) else {
            return UNNAMED;
        };
        known.calls = known.calls.wrapping_add(1);
        known.input = known.input.wrapping_add(call.input.into());
        known.output = known.output.wrapping_add(call.output.into());
        known.number
    }

    /// Hands over the calls of all names.
    pub fn tell(&mut self, rows: &mut Rows) {
        for known in self.slots.drain(..).flatten() {
            known.tell(rows);
        }
    }
}

impl Known {
    fn tell(self, rows: &mut Rows) {
        let calls = Calls {
            calls: self.calls,
            tokens: Tokens::plain(self.input, self.output),
        };
        if self.calls > 0 {
            rows.calls_of_model(self.marked, &self.name, calls);
        }
    }
}

/// The two slots for what stands before the end in the first 16 bytes: the same for each row with the name.
#[inline(always)]
fn slots_of(text: &[u8], end: u8) -> Option<[usize; 2]> {
    const ONES: u128 = 0x0101_0101_0101_0101_0101_0101_0101_0101;
    let bytes = u128::from_le_bytes(*text.first_chunk::<16>()?);
    let others = bytes ^ ONES.wrapping_mul(end.into());
    // The lowest bit is at the first such byte; above it is noise.
    let ends = others.wrapping_sub(ONES) & !others & ONES.wrapping_mul(0x80);
    let name = bytes & (ends ^ ends.wrapping_sub(1));
    let low = u64::try_from(name & u128::from(u64::MAX)).ok()?;
    let high = u64::try_from(name >> 64).ok()?;
    let mixed = low ^ high.rotate_left(23);
    let slot = usize::try_from(mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 57).ok()?;
    Some([slot, slot ^ 1])
}
