//! Numbers of a few bits each: in runs of one value and packed (`RLE`), and as differences (`DELTA_BINARY_PACKED`).
//!
//! Positions are kept apart from the bytes, which each call gets anew.

use super::problem::Problem;

/// A page ends before its values do, or contradicts itself.
pub const BROKEN: Problem = Problem::Damaged("a page does not hold what its header says");

/// The number of `width` bits at a bit; `None` where they are not all there.
#[inline]
fn bits(bytes: &[u8], at: usize, width: u32) -> Option<u64> {
    let (byte, shift) = (at >> 3, u32::try_from(at & 7).ok()?);
    let mask = u64::MAX
        .checked_shr(64_u32.wrapping_sub(width))
        .unwrap_or(0);
    let rest = bytes.get(byte..)?;
    if let (Some(eight), true) = (rest.first_chunk::<8>(), width <= 57) {
        return Some(u64::from_le_bytes(*eight).wrapping_shr(shift) & mask);
    }
    let needed = usize::try_from(shift.wrapping_add(width).div_ceil(8)).ok()?;
    let mut wide = [0; 16];
    let found = rest.get(..needed)?;
    wide.get_mut(..needed)?.copy_from_slice(found);
    let value = u128::from_le_bytes(wide).wrapping_shr(shift) & u128::from(mask);
    u64::try_from(value).ok()
}

/// A length or a count of up to 63 bits.
fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0_u32..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at = at.checked_add(1)?;
        value |= u64::from(byte & 0x7f).wrapping_shl(shift);
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn zigzag(bytes: &[u8], at: &mut usize) -> Option<i64> {
    let value = varint(bytes, at)?;
    let half = i64::try_from(value >> 1).ok()?;
    Some(if value & 1 == 0 { half } else { !half })
}

/// Runs of one value, and values that are packed.
#[derive(Debug, Clone, Copy)]
pub struct Runs {
    width: u32,
    /// The byte where the next run begins.
    at: usize,
    /// Values that are left of this run.
    left: usize,
    /// The value of the run, where it is one of one value.
    value: Option<u32>,
    /// The bit of the next packed value.
    bit: usize,
}

impl Runs {
    /// Runs of values of `width` bits that begin at a byte.
    pub fn new(width: u32, at: usize) -> Result<Self, Problem> {
        match width {
            0..=32 => Ok(Self {
                width,
                at,
                left: 0,
                value: None,
                bit: 0,
            }),
            _ => Err(BROKEN),
        }
    }

    /// Takes `count` values where all of them are this one, and says whether they are.
    pub fn are_all(&mut self, bytes: &[u8], count: usize, value: u32) -> Result<bool, Problem> {
        if self.left == 0 {
            self.turn(bytes).ok_or(BROKEN)?;
        }
        let are = self.value == Some(value) && count <= self.left;
        if are {
            self.left = self.left.saturating_sub(count);
        }
        Ok(are)
    }

    /// Fills `out` with the next values.
    pub fn fill(&mut self, bytes: &[u8], mut out: &mut [u32]) -> Result<(), Problem> {
        while !out.is_empty() {
            if self.left == 0 {
                self.turn(bytes).ok_or(BROKEN)?;
            }
            let count = self.left.min(out.len());
            let (now, rest) = out.split_at_mut_checked(count).ok_or(BROKEN)?;
            match self.value {
                Some(value) => now.fill(value),
                None => self.unpack(bytes, now).ok_or(BROKEN)?,
            }
            self.left = self.left.saturating_sub(count);
            out = rest;
        }
        Ok(())
    }

    #[inline]
    fn unpack(&mut self, bytes: &[u8], out: &mut [u32]) -> Option<()> {
        let width = usize::try_from(self.width).ok()?;
        let mask = u32::MAX
            .checked_shr(32_u32.wrapping_sub(self.width))
            .unwrap_or(0);
        let mut bit = self.bit;
        for slot in out {
            let eight = bytes
                .get(bit >> 3..)
                .and_then(|rest| rest.first_chunk::<8>());
            // 32 bits at most, and up to 7 before them.
            let word = match eight {
                Some(eight) => {
                    u64::from_le_bytes(*eight).wrapping_shr(u32::try_from(bit & 7).ok()?)
                }
                None => bits(bytes, bit, self.width)?,
            };
            let [a, b, c, d, ..] = word.to_le_bytes();
            *slot = u32::from_le_bytes([a, b, c, d]) & mask;
            bit = bit.wrapping_add(width);
        }
        self.bit = bit;
        Some(())
    }

    /// Begins the next run.
    #[inline(never)]
    fn turn(&mut self, bytes: &[u8]) -> Option<()> {
        while self.left == 0 {
            let head = varint(bytes, &mut self.at)?;
            let count = usize::try_from(head >> 1).ok()?;
            let width = usize::try_from(self.width).ok()?;
            if head & 1 == 0 {
                let length = width.div_ceil(8);
                let mut value = [0; 4];
                let found = bytes.get(self.at..self.at.checked_add(length)?)?;
                value.get_mut(..length)?.copy_from_slice(found);
                self.value = Some(u32::from_le_bytes(value));
                self.at = self.at.checked_add(length)?;
                self.left = count;
            } else {
                self.value = None;
                self.bit = self.at.checked_mul(8)?;
                self.left = count.checked_mul(8)?;
                // The last run may be cut off after the last value.
                let length = count.checked_mul(width)?;
                self.at = self
                    .at
                    .checked_add(length)?
                    .min(bytes.len().checked_add(1)?);
            }
        }
        Some(())
    }
}

/// Whole numbers as differences from the one before.
#[derive(Debug, Clone, Copy)]
pub struct Deltas {
    /// The number of miniblocks in a block, and of values in a miniblock.
    minis: usize,
    values: usize,
    /// Values that are left, with the first.
    left: u64,
    last: i64,
    is_first: bool,
    /// The least difference of this block.
    least: i64,
    /// Where the widths of this block are, and how many of its miniblocks have begun.
    widths: usize,
    begun: usize,
    /// What is left of this miniblock, its width and the bit of its next value.
    in_mini: usize,
    width: u32,
    bit: usize,
    /// The byte after this miniblock.
    at: usize,
}

impl Deltas {
    /// The values that begin at a byte.
    pub fn new(bytes: &[u8], at: usize) -> Result<Self, Problem> {
        Self::begin(bytes, at).ok_or(BROKEN)
    }

    fn begin(bytes: &[u8], mut at: usize) -> Option<Self> {
        let block = usize::try_from(varint(bytes, &mut at)?).ok()?;
        let minis = usize::try_from(varint(bytes, &mut at)?).ok()?;
        let left = varint(bytes, &mut at)?;
        let last = zigzag(bytes, &mut at)?;
        let values = block.checked_div(minis)?;
        let is_valid = values > 0 && values & 7 == 0 && values.checked_mul(minis)? == block;
        is_valid.then_some(Self {
            minis,
            values,
            left,
            last,
            is_first: true,
            least: 0,
            widths: 0,
            begun: minis,
            in_mini: 0,
            width: 0,
            bit: 0,
            at,
        })
    }

    /// How many values are left.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// The byte after the last value, once all were read.
    pub fn end(&self) -> usize {
        self.at
    }

    /// Adds the next values to `out`.
    pub fn fill(&mut self, bytes: &[u8], count: usize, out: &mut Vec<i64>) -> Result<(), Problem> {
        for _ in 0..count {
            out.push(self.next(bytes).ok_or(BROKEN)?);
        }
        Ok(())
    }

    #[inline]
    fn next(&mut self, bytes: &[u8]) -> Option<i64> {
        self.left = self.left.checked_sub(1)?;
        if self.is_first {
            self.is_first = false;
            return Some(self.last);
        }
        if self.in_mini == 0 {
            self.turn(bytes)?;
        }
        let delta = match self.width {
            0 => 0,
            width => bits(bytes, self.bit, width)?,
        };
        self.bit = self.bit.wrapping_add(usize::try_from(self.width).ok()?);
        self.in_mini = self.in_mini.saturating_sub(1);
        // Sums wrap, as the format has it.
        let delta = i64::from_le_bytes(delta.to_le_bytes()).wrapping_add(self.least);
        self.last = self.last.wrapping_add(delta);
        Some(self.last)
    }

    #[inline(never)]
    fn turn(&mut self, bytes: &[u8]) -> Option<()> {
        if self.begun == self.minis {
            self.least = zigzag(bytes, &mut self.at)?;
            self.widths = self.at;
            self.at = self.at.checked_add(self.minis)?;
            self.begun = 0;
        }
        let width = *bytes.get(self.widths.checked_add(self.begun)?)?;
        self.begun = self.begun.checked_add(1)?;
        self.width = u32::from(width);
        self.bit = self.at.checked_mul(8)?;
        self.in_mini = self.values;
        let length = self
            .values
            .checked_mul(usize::from(width))?
            .checked_div(8)?;
        self.at = self.at.checked_add(length)?;
        (width <= 64).then_some(())
    }
}
