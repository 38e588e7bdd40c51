//! The values of a page, by its encoding.

use super::bits::{BROKEN, Deltas, Runs};
use super::problem::Problem;
use super::types::Physical;

/// The most values of which all lengths are kept at a time.
const MAX_LENGTHS: u64 = 1 << 18;
/// The most bytes of texts that are put together from their starts.
const MAX_TEXTS: usize = 2 * 1_024 * 1_024;
/// The Julian day of 1970-01-01.
const EPOCH_DAY: i64 = 2_440_588;
/// Nanoseconds of a day.
const DAY: i64 = 86_400_000_000_000;

/// Where a text lies in the bytes that hold it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    start: usize,
    length: usize,
}

impl Place {
    /// The text.
    pub fn of(self, bytes: &[u8]) -> &[u8] {
        let end = self.start.saturating_add(self.length);
        bytes.get(self.start..end).unwrap_or_default()
    }
}

/// Values: numbers, or the places of texts.
#[derive(Debug, Default)]
pub struct Values {
    /// Numbers; of floats their bits.
    pub numbers: Vec<i64>,
    /// Texts.
    pub places: Vec<Place>,
}

impl Values {
    /// Removes all values and keeps the memory.
    pub fn clear(&mut self) {
        self.numbers.clear();
        self.places.clear();
    }
}

/// Decodes the values of one page.
#[derive(Debug)]
pub enum Decoder {
    /// One after another, from this byte on.
    Plain(usize),
    /// Truth values, from this bit on.
    Bits(usize),
    /// Truth values in runs.
    Truths(Runs),
    /// Indexes of a dictionary.
    Dictionary(Runs),
    /// Differences.
    Deltas(Deltas),
    /// All first bytes, then all second ones: the next value, and where they begin.
    Split {
        /// The number of the next value.
        next: usize,
        /// The first byte.
        start: usize,
    },
    /// Texts whose lengths come first: places of those that are left, the next one last.
    Lengths(Vec<Place>),
    /// Texts that share their start with the one before: the same, in bytes of their own.
    Shared {
        /// The texts.
        bytes: Vec<u8>,
        /// Where each is.
        places: Vec<Place>,
    },
}

impl Decoder {
    /// The values that begin at `at`; `None` where the encoding is not one of this type.
    pub fn new(
        encoding: i64,
        physical: Physical,
        bytes: &[u8],
        at: usize,
    ) -> Result<Option<Self>, Problem> {
        let is_int = matches!(physical, Physical::Int32 | Physical::Int64);
        let is_text = matches!(physical, Physical::Bytes);
        Ok(Some(match encoding {
            0 if physical == Physical::Bool => Self::Bits(at.saturating_mul(8)),
            0 => Self::Plain(at),
            2 | 8 => {
                // A page without values may lack the byte.
                let width = bytes.get(at).copied().unwrap_or(0);
                Self::Dictionary(Runs::new(width.into(), at.saturating_add(1))?)
            }
            3 if physical == Physical::Bool => Self::Truths(Runs::new(1, at.saturating_add(4))?),
            5 if is_int => Self::Deltas(Deltas::new(bytes, at)?),
            6 if is_text => Self::Lengths(lengths(bytes, at)?),
            7 if !physical.is_number() => shared(bytes, at)?,
            9 if physical.width().is_some() && physical != Physical::Int96 => {
                Self::Split { next: 0, start: at }
            }
            _ => return Ok(None),
        }))
    }

    /// Adds the next values to `out`.
    pub fn fill(
        &mut self,
        physical: Physical,
        bytes: &[u8],
        dictionary: &Values,
        indexes: &mut Vec<u32>,
        count: usize,
        out: &mut Values,
    ) -> Result<(), Problem> {
        match self {
            Self::Plain(at) => plain(physical, bytes, at, count, out).ok_or(BROKEN),
            Self::Bits(bit) => {
                for _ in 0..count {
                    let byte = bytes.get(*bit >> 3).ok_or(BROKEN)?;
                    let value =
                        i64::from(byte.wrapping_shr(u32::try_from(*bit & 7).unwrap_or(0)) & 1);
                    out.numbers.push(value);
                    *bit = bit.saturating_add(1);
                }
                Ok(())
            }
            Self::Truths(runs) => {
                fill(runs, bytes, count, indexes)?;
                out.numbers
                    .extend(indexes.iter().map(|value| i64::from(*value)));
                Ok(())
            }
            Self::Dictionary(runs) => {
                fill(runs, bytes, count, indexes)?;
                let taken = match physical.is_number() {
                    true => pick(&dictionary.numbers, indexes, &mut out.numbers),
                    false => pick(&dictionary.places, indexes, &mut out.places),
                };
                taken.ok_or(BROKEN)
            }
            Self::Deltas(deltas) => {
                let start = out.numbers.len();
                deltas.fill(bytes, count, &mut out.numbers)?;
                if physical == Physical::Int32 {
                    for value in out.numbers.iter_mut().skip(start) {
                        let [a, b, c, d, ..] = value.to_le_bytes();
                        *value = i32::from_le_bytes([a, b, c, d]).into();
                    }
                }
                Ok(())
            }
            Self::Split { next, start } => {
                split(physical, bytes, *start, next, count, out).ok_or(BROKEN)
            }
            Self::Lengths(places) | Self::Shared { places, .. } => {
                for _ in 0..count {
                    out.places.push(places.pop().ok_or(BROKEN)?);
                }
                Ok(())
            }
        }
    }
}

/// Reads the values of a dictionary, which are plain ones.
pub fn dictionary(physical: Physical, bytes: &[u8], count: usize) -> Result<Values, Problem> {
    let mut values = Values::default();
    let mut at = 0;
    // Each value takes a byte at least, so the count cannot ask for more memory than a few times the page.
    if count > bytes.len() {
        return Err(BROKEN);
    }
    plain(physical, bytes, &mut at, count, &mut values).ok_or(BROKEN)?;
    Ok(values)
}

fn fill(
    runs: &mut Runs,
    bytes: &[u8],
    count: usize,
    indexes: &mut Vec<u32>,
) -> Result<(), Problem> {
    indexes.resize(count, 0);
    runs.fill(bytes, indexes)
}

fn pick<T: Copy + Default>(all: &[T], indexes: &[u32], out: &mut Vec<T>) -> Option<()> {
    let most = indexes.iter().max().copied().unwrap_or(0);
    if !indexes.is_empty() && usize::try_from(most).ok()? >= all.len() {
        return None;
    }
    let value = |index: &u32| {
        let index = usize::try_from(*index).unwrap_or(usize::MAX);
        all.get(index).copied().unwrap_or_default()
    };
    out.extend(indexes.iter().map(value));
    Some(())
}

#[inline]
fn number(physical: Physical, value: &[u8]) -> Option<i64> {
    Some(match physical {
        Physical::Int32 => i32::from_le_bytes(*value.first_chunk()?).into(),
        Physical::Float => u32::from_le_bytes(*value.first_chunk()?).into(),
        Physical::Int96 => {
            let of_day = i64::from_le_bytes(*value.first_chunk()?);
            let day = i32::from_le_bytes(*value.last_chunk()?);
            let days = i64::from(day).wrapping_sub(EPOCH_DAY).checked_mul(DAY);
            // What does not fit lies out of all years that are read.
            days.and_then(|days| days.checked_add(of_day))
                .unwrap_or(i64::MIN)
        }
        _ => i64::from_le_bytes(*value.first_chunk()?),
    })
}

fn plain(
    physical: Physical,
    bytes: &[u8],
    at: &mut usize,
    count: usize,
    out: &mut Values,
) -> Option<()> {
    let Some(width) = physical.width() else {
        for _ in 0..count {
            let start = at.checked_add(4)?;
            let length = bytes.get(*at..start)?.first_chunk::<4>()?;
            let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
            *at = start
                .checked_add(length)
                .filter(|end| *end <= bytes.len())?;
            out.places.push(Place { start, length });
        }
        return Some(());
    };
    let end = at.checked_add(width.checked_mul(count)?)?;
    let values = bytes.get(*at..end)?;
    match physical {
        Physical::Int64 => {
            let values = values.as_chunks::<8>().0.iter();
            out.numbers
                .extend(values.map(|value| i64::from_le_bytes(*value)));
        }
        Physical::Int32 => {
            let values = values.as_chunks::<4>().0.iter();
            let values = values.map(|value| i64::from(i32::from_le_bytes(*value)));
            out.numbers.extend(values);
        }
        Physical::Fixed(length) => {
            let starts = (0..count).map(|number| number.wrapping_mul(length).wrapping_add(*at));
            out.places
                .extend(starts.map(|start| Place { start, length }));
        }
        _ => {
            for value in values.chunks_exact(width) {
                out.numbers.push(number(physical, value)?);
            }
        }
    }
    *at = end;
    Some(())
}

fn split(
    physical: Physical,
    bytes: &[u8],
    start: usize,
    next: &mut usize,
    count: usize,
    out: &mut Values,
) -> Option<()> {
    let width = physical.width().filter(|width| (1..=8).contains(width))?;
    let bytes = bytes.get(start..)?;
    let all = bytes.len().checked_div(width)?;
    for _ in 0..count {
        if *next >= all {
            return None;
        }
        let mut value = [0; 8];
        for (place, slot) in value.iter_mut().take(width).enumerate() {
            *slot = *bytes.get(place.checked_mul(all)?.checked_add(*next)?)?;
        }
        out.numbers.push(number(physical, &value)?);
        *next = next.checked_add(1)?;
    }
    Some(())
}

/// All of these lengths.
fn all(bytes: &[u8], at: usize) -> Result<(Vec<i64>, usize), Problem> {
    let mut deltas = Deltas::new(bytes, at)?;
    if deltas.left() > MAX_LENGTHS {
        return Err(Problem::Pages);
    }
    let count = usize::try_from(deltas.left()).unwrap_or(0);
    let mut lengths = Vec::with_capacity(count);
    deltas.fill(bytes, count, &mut lengths)?;
    Ok((lengths, deltas.end()))
}

fn lengths(bytes: &[u8], at: usize) -> Result<Vec<Place>, Problem> {
    let (lengths, mut start) = all(bytes, at)?;
    let mut places = Vec::with_capacity(lengths.len());
    for length in lengths {
        let length = usize::try_from(length).map_err(|_| BROKEN)?;
        places.push(Place { start, length });
        start = start
            .checked_add(length)
            .filter(|end| *end <= bytes.len())
            .ok_or(BROKEN)?;
    }
    places.reverse();
    Ok(places)
}

fn shared(bytes: &[u8], at: usize) -> Result<Decoder, Problem> {
    let (starts, at) = all(bytes, at)?;
    let mut ends = lengths(bytes, at)?;
    let (mut texts, mut places) = (Vec::new(), Vec::with_capacity(starts.len()));
    let mut last = Place::default();
    for shared in starts {
        let shared = usize::try_from(shared)
            .ok()
            .filter(|shared| *shared <= last.length);
        let (shared, end) = shared.zip(ends.pop()).ok_or(BROKEN)?;
        let start = texts.len();
        let length = shared.saturating_add(end.length);
        if length.saturating_add(start) > MAX_TEXTS {
            return Err(Problem::Pages);
        }
        texts.extend_from_within(last.start..last.start.saturating_add(shared));
        texts.extend_from_slice(end.of(bytes));
        last = Place { start, length };
        places.push(last);
    }
    places.reverse();
    Ok(Decoder::Shared {
        bytes: texts,
        places,
    })
}
