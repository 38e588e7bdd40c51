//! Whole numbers that stand in a dictionary, as most counts of tokens do, where each row has one.
//!
//! A page has the places of its values there, packed as bits or as runs of one place. The library looks them up as
//! well, in several passes; here it is one.

use bytes::Bytes;
use parquet::basic::{Encoding, Type};
use parquet::column::page::Page;

use super::deltas::varint;

/// The numbers of a column that has a dictionary.
#[derive(Debug)]
pub struct Dictionary {
    /// Whether its numbers have four bytes; they have eight otherwise.
    is_short: bool,
    values: Vec<i64>,
    /// The places of the page whose rows are next, where it has any.
    places: Option<Places>,
}

/// The places of a page that are not read yet.
#[derive(Debug)]
struct Places {
    bytes: Bytes,
    /// Bits of a place.
    width: u32,
    /// The bit at which the next place, or the next run, begins.
    bit: usize,
    /// How many places are left of a run.
    left: usize,
    /// The place of all of these, or `None` where each is packed.
    same: Option<usize>,
}

impl Dictionary {
    /// Whole numbers of this type; `None` of another type.
    pub fn of(numbers: Type) -> Option<Self> {
        Some(Self {
            is_short: match numbers {
                Type::INT32 => true,
                Type::INT64 => false,
                _ => return None,
            },
            values: Vec::new(),
            places: None,
        })
    }

    /// Whether it takes the rows of this page, so that nothing else has to. `levels` is the definition level of a
    /// value that is there.
    pub fn takes(&mut self, page: &Page, levels: i16) -> bool {
        if let Page::DictionaryPage {
            buf, num_values, ..
        } = page
        {
            self.values = self.numbers(buf, *num_values).unwrap_or_default();
            return false;
        }
        let places = Some(page).filter(|_| !self.values.is_empty());
        self.places = places.and_then(|page| Places::of(page, levels));
        self.places.is_some()
    }

    fn numbers(&self, bytes: &[u8], count: u32) -> Option<Vec<i64>> {
        let count = usize::try_from(count).ok()?;
        Some(match self.is_short {
            true => {
                let (all, _) = bytes.as_chunks();
                let all = all.get(..count)?.iter();
                all.map(|number| i32::from_le_bytes(*number).into())
                    .collect()
            }
            false => {
                let (all, _) = bytes.as_chunks();
                let all = all.get(..count)?.iter();
                all.map(|number| i64::from_le_bytes(*number)).collect()
            }
        })
    }

    /// Whether it has the rows that are next.
    pub fn has_page(&self) -> bool {
        self.places.is_some()
    }

    /// Adds the numbers of so many rows; `None` where the page is damaged.
    pub fn read(&mut self, rows: usize, out: &mut Vec<i64>) -> Option<()> {
        let places = self.places.as_mut()?;
        let mut left = rows;
        while left > 0 {
            if places.left == 0 {
                places.next_run()?;
                continue;
            }
            let now = places.left.min(left);
            match places.same {
                Some(place) => out.extend(std::iter::repeat_n(*self.values.get(place)?, now)),
                None => places.look_up(&self.values, now, out)?,
            }
            places.left = places.left.saturating_sub(now);
            left = left.saturating_sub(now);
        }
        Some(())
    }
}

impl Places {
    /// Those of a page; `None` where it has none, or not one for each row.
    fn of(page: &Page, levels: i16) -> Option<Self> {
        let bytes = page.buffer();
        if !matches!(
            page.encoding(),
            Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY
        ) {
            return None;
        }
        let (start, end) = match page {
            Page::DataPage { .. } if levels == 0 => (0, 0),
            Page::DataPage {
                def_level_encoding: Encoding::RLE,
                ..
            } => {
                let length = u32::from_le_bytes(*bytes.first_chunk()?);
                (4, length.checked_add(4)?)
            }
            Page::DataPageV2 {
                def_levels_byte_len,
                rep_levels_byte_len,
                ..
            } => (
                *rep_levels_byte_len,
                rep_levels_byte_len.checked_add(*def_levels_byte_len)?,
            ),
            _ => return None,
        };
        let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
        let said = bytes.get(start..end)?;
        if levels > 0 && !are_all(said, page.num_values(), levels) {
            return None;
        }
        let width = u32::from(*bytes.get(end)?);
        // With no bits, all are the first one: too few to be worth a thought here.
        (1..=32).contains(&width).then(|| Self {
            bytes: bytes.slice(end.saturating_add(1)..),
            width,
            bit: 0,
            left: 0,
            same: None,
        })
    }

    fn next_run(&mut self) -> Option<()> {
        // A run ends with a byte.
        let start = self.bit.div_ceil(8);
        let mut rest = self.bytes.get(start..)?;
        let head = varint(&mut rest)?;
        let count = usize::try_from(head >> 1).ok()?;
        if head & 1 == 1 {
            self.left = count.checked_mul(8)?;
            self.same = None;
        } else {
            let length = usize::try_from(self.width.div_ceil(8)).ok()?;
            let (place, after) = rest.split_at_checked(length)?;
            rest = after;
            let mut wide = [0; 4];
            wide.get_mut(..length)?.copy_from_slice(place);
            self.left = count;
            self.same = Some(usize::try_from(u32::from_le_bytes(wide)).ok()?);
        }
        self.bit = self.bytes.len().saturating_sub(rest.len()).checked_mul(8)?;
        Some(())
    }

    /// Adds the values of packed places.
    fn look_up(&mut self, values: &[i64], count: usize, out: &mut Vec<i64>) -> Option<()> {
        let width = usize::try_from(self.width).ok()?;
        let end = count.checked_mul(width)?.checked_add(self.bit)?;
        let bytes: &[u8] = &self.bytes;
        if end > bytes.len().saturating_mul(8) {
            return None;
        }
        let mask = u64::MAX.unbounded_shr(64_u32.saturating_sub(self.width));
        let mut bit = self.bit;
        // Looked at when all are done: a place that is not there is rare.
        let mut most = 0;
        out.extend((0..count).map(|_| {
            let word = word(bytes, bit / 8);
            let place = word.wrapping_shr(u32::try_from(bit % 8).unwrap_or(0)) & mask;
            bit = bit.wrapping_add(width);
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            most = most.max(place);
            values.get(place).copied().unwrap_or(0)
        }));
        self.bit = end;
        (most < values.len()).then_some(())
    }
}

/// Eight bytes, and 0 after the last one.
#[inline]
fn word(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => {
            let bytes = rest.iter().rev();
            bytes.fold(0, |word, byte| word.wrapping_shl(8) | u64::from(*byte))
        }
    }
}

/// Whether these definition levels are one run that says of all rows that there is a value.
fn are_all(mut levels: &[u8], rows: u32, level: i16) -> bool {
    let Some(head) = varint(&mut levels) else {
        return false;
    };
    let is_level = |byte: &u8| i16::from(*byte) == level;
    head & 1 == 0 && head >> 1 >= rows.into() && levels.first().is_some_and(is_level)
}
