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
        let (bytes, bits): (&[u8], u32) = (&self.bytes, self.width);
        let width = usize::try_from(bits).ok()?;
        let end = count.checked_mul(width)?.checked_add(self.bit)?;
        if end > bytes.len().saturating_mul(8) {
            return None;
        }
        let before = out.len();
        out.resize(before.checked_add(count)?, 0);
        let slots = out.get_mut(before..)?;
        let mask = u64::MAX.unbounded_shr(64_u32.saturating_sub(bits));
        let mut bit = self.bit;
        let mut next = |places: usize| {
            let word = word(bytes, bit / 8);
            let shift = u32::try_from(bit % 8).unwrap_or(0);
            bit = bit.wrapping_add(width.wrapping_mul(places));
            word.wrapping_shr(shift)
        };
        let value = |place: u64| values.get(usize::try_from(place & mask).ok()?).copied();
        // Four of up to 14 bits fit eight bytes, wherever in the first one they begin.
        let fours = if bits <= 14 { slots.len() / 4 } else { 0 };
        let (fours, rest) = slots.split_at_mut_checked(fours.wrapping_mul(4))?;
        let (fours, _) = fours.as_chunks_mut::<4>();
        for four in fours {
            let mut places = next(4);
            for slot in four {
                *slot = value(places)?;
                places = places.wrapping_shr(bits);
            }
        }
        for slot in rest {
            *slot = value(next(1))?;
        }
        self.bit = end;
        Some(())
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

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects, clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    /// A page of runs, each of one place or of packed ones.
    #[derive(Debug, Clone)]
    enum Run {
        Same(u32, usize),
        Packed(Vec<u32>),
    }

    fn number(mut value: usize, out: &mut Vec<u8>) {
        while value > 0x7f {
            out.push(value as u8 | 0x80);
            value >>= 7;
        }
        out.push(value as u8);
    }

    /// The page, bit by bit, and the places in it.
    fn written(runs: &[Run], width: u32, level: Option<u8>) -> (Page, Vec<usize>) {
        let (mut bytes, mut places) = (vec![u8::try_from(width).unwrap()], Vec::new());
        for run in runs {
            match run {
                Run::Same(place, count) => {
                    number(count << 1, &mut bytes);
                    let length = usize::try_from(width.div_ceil(8)).unwrap();
                    bytes.extend(&place.to_le_bytes()[..length]);
                    places.extend(std::iter::repeat_n(*place as usize, *count));
                }
                Run::Packed(all) => {
                    number((all.len() / 8) << 1 | 1, &mut bytes);
                    let bits: Vec<bool> = all
                        .iter()
                        .flat_map(|place| (0..width).map(move |bit| place >> bit & 1 == 1))
                        .collect();
                    bytes.extend(bits.chunks(8).map(|bits| {
                        let bits = bits.iter().enumerate();
                        bits.fold(0, |byte, (at, bit)| byte | u8::from(*bit) << at)
                    }));
                    places.extend(all.iter().map(|place| *place as usize));
                }
            }
        }
        let mut buf = Vec::new();
        if let Some(level) = level {
            let mut levels = Vec::new();
            number(places.len() << 1, &mut levels);
            levels.push(level);
            buf.extend(u32::try_from(levels.len()).unwrap().to_le_bytes());
            buf.extend(levels);
        }
        buf.extend(bytes);
        let page = Page::DataPage {
            buf: buf.into(),
            num_values: u32::try_from(places.len()).unwrap(),
            encoding: Encoding::RLE_DICTIONARY,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        (page, places)
    }

    fn of(values: usize) -> Dictionary {
        let all = 0..i64::try_from(values).unwrap();
        let page = Page::DictionaryPage {
            buf: all.flat_map(|at| (at * 3).to_le_bytes()).collect(),
            num_values: u32::try_from(values).unwrap(),
            encoding: Encoding::PLAIN,
            is_sorted: false,
        };
        let mut dictionary = Dictionary::of(Type::INT64).unwrap();
        assert!(!dictionary.takes(&page, 0), "the library needs it, too");
        dictionary
    }

    fn runs() -> impl Strategy<Value = (u32, Vec<Run>)> {
        (1_u32..=17).prop_flat_map(|width| {
            let place = 0..1_u32 << width;
            let same =
                (place.clone(), 0_usize..300).prop_map(|(place, count)| Run::Same(place, count));
            let packed = prop::collection::vec(place, 1..80).prop_map(|mut places| {
                places.resize(places.len().next_multiple_of(8), 0);
                Run::Packed(places)
            });
            (
                Just(width),
                prop::collection::vec(prop_oneof![same, packed], 1..8),
            )
        })
    }

    proptest! {
        #[test]
        fn each_place_is_looked_up(
            (width, runs) in runs(),
            level in prop::option::of(Just(1)),
            steps in prop::collection::vec(1_usize..70, 1..400),
        ) {
            let (page, places) = written(&runs, width, level);
            let mut dictionary = of(1 << width);
            prop_assert!(dictionary.takes(&page, i16::from(level.is_some())));
            let mut read = Vec::new();
            for step in steps {
                let step = step.min(places.len() - read.len());
                prop_assert_eq!(dictionary.read(step, &mut read), Some(()));
            }
            let expected = places[..read.len()].iter().map(|place| *place as i64 * 3);
            prop_assert_eq!(read, expected.collect::<Vec<_>>());
        }

        #[test]
        fn any_bytes_are_numbers_or_damage(
            bytes in prop::collection::vec(any::<u8>(), 1..60),
            rows in 1_usize..200,
        ) {
            let page = Page::DataPage {
                buf: bytes.into(),
                num_values: 200,
                encoding: Encoding::PLAIN_DICTIONARY,
                def_level_encoding: Encoding::RLE,
                rep_level_encoding: Encoding::RLE,
                statistics: None,
            };
            let (mut dictionary, mut read) = (of(40), Vec::new());
            if dictionary.takes(&page, 0) && dictionary.read(rows, &mut read).is_some() {
                prop_assert_eq!(read.len(), rows);
                prop_assert!(read.iter().all(|value| (0..120).contains(value)));
            }
        }
    }

    #[test]
    fn what_takes_more_care_is_left_to_the_library() {
        let runs = [Run::Packed((0..8).collect())];
        let takes = |page: &Page, levels| of(8).takes(page, levels);
        let (page, _) = written(&runs, 3, Some(1));
        assert!(takes(&page, 1));
        assert!(!takes(&page, 2), "a level of which there is no value");
        let (page, _) = written(&runs, 3, Some(0));
        assert!(!takes(&page, 1), "no row has a value");
        let (page, _) = written(&[Run::Same(0, 8)], 0, None);
        assert!(!takes(&page, 0), "places of no bits");
        let (page, _) = written(&runs, 3, None);
        let mut without = Dictionary::of(Type::INT64).unwrap();
        assert!(!without.takes(&page, 0), "no dictionary came before");
        assert!(Dictionary::of(Type::DOUBLE).is_none());
        let mut seven = of(7);
        assert!(seven.takes(&page, 0));
        assert_eq!(seven.read(8, &mut Vec::new()), None, "a place beyond");
    }
}
