//! Times that are numbers of 9 to 15 digits. The first eight are mostly those of the time before, and then only the
//! others are read.

use super::super::count::{combined, digits_of};
use super::super::time::Clock;
use super::POWERS;

/// Reads times that are long numbers.
#[derive(Debug)]
pub(super) struct LongNumbers {
    /// Nanoseconds in the unit.
    scale: i64,
    /// The first eight digits of the last time.
    first: [u8; 8],
    /// How many bits of the eight bytes after these are before the top bit of the first that is no digit.
    end: u32,
    /// How many digits there are together.
    length: usize,
    /// The instant where the digits after the first eight are zeros.
    from: i64,
}

impl LongNumbers {
    /// A reader of times in a unit of so many nanoseconds.
    pub(super) fn new(scale: i64) -> Self {
        Self {
            scale,
            first: [0; 8],
            end: 0,
            length: 0,
            from: 0,
        }
    }

    /// The time at the start and what comes after it. `None` for a number that is shorter, longer or not whole or that
    /// begins with 0, near the first and the last instant that the clock has, and near the end of the block.
    #[inline(always)]
    pub(super) fn read<'a>(&mut self, text: &'a [u8], clock: &Clock) -> Option<(i64, &'a [u8])> {
        let (first, second) = text.first_chunk::<16>()?.split_first_chunk::<8>()?;
        let (low, others) = digits_of(*second.first_chunk::<8>()?);
        let end = others.trailing_zeros();
        if *first != self.first || end != self.end {
            self.turn(*first, end, clock)?;
        }
        let rest = text.get(self.length..)?;
        if let [b'.', ..] = rest {
            return None;
        }
        // No more than seven digits, of a number whose end was found to fit.
        let low = i64::try_from(combined(end >> 3, low)).ok()?;
        Some((self.from.wrapping_add(low.wrapping_mul(self.scale)), rest))
    }

    /// Other first digits, or another number of digits.
    #[inline(never)]
    fn turn(&mut self, first: [u8; 8], end: u32, clock: &Clock) -> Option<()> {
        let (high, others) = digits_of(first);
        let digits = usize::try_from(end >> 3).ok()?;
        if others != 0 || !(1..8).contains(&digits) || first.starts_with(b"0") {
            return None;
        }
        let power = i64::try_from(*POWERS.get(digits)?).ok()?;
        let high = i64::try_from(combined(8, high)).ok()?;
        let from = high.checked_mul(power)?.checked_mul(self.scale)?;
        let last = power.checked_sub(1)?.checked_mul(self.scale)?;
        if !clock.contains(from) || !clock.contains(from.checked_add(last)?) {
            return None;
        }
        (self.first, self.end, self.from) = (first, end, from);
        self.length = digits.checked_add(8)?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects)]

    use proptest::prelude::*;

    use super::super::super::format::{SECOND, TimeFormat, TimeUnit};
    use super::*;

    fn numbers() -> impl Strategy<Value = (u64, u64, usize)> {
        (0..100_000_000_u64, 0..10_000_000_u64, 0..9_usize)
    }

    proptest! {
        /// Whatever times came before, each is the one that the clock reads, or none.
        #[test]
        fn it_reads_what_the_clock_reads(
            numbers in prop::collection::vec(numbers(), 1..20),
            unit in 0..4_usize,
            from_zero in any::<bool>(),
            after in prop::sample::select(vec![",", "}", ".5,", "e3,", "\n", ".0}"]),
        ) {
            let Some(unit) = TimeUnit::ALL.get(unit).copied() else { return Ok(()) };
            let from = if from_zero { 0 } else { 946_684_800 * SECOND };
            let clock = Clock { format: TimeFormat::Unix(unit), from };
            let mut quick = LongNumbers::new(SECOND / unit.per_second());
            for (high, low, digits) in numbers {
                // Mostly one of two beginnings, so that the one before is found again.
                let high = if high % 3 == 0 { high } else { 17_001_288 + high % 2 };
                let low = format!("{low:07}0");
                let number = format!("{high:08}{}", low.get(..digits).unwrap_or_default());
                let text = format!("{number}{after}\"next\": 1234567");
                if let Some((at, rest)) = quick.read(text.as_bytes(), &clock) {
                    prop_assert_eq!(clock.read(number.as_bytes()), Ok(at), "{}", text);
                    prop_assert_eq!(rest, text.get(number.len()..).unwrap_or_default().as_bytes());
                    prop_assert!(!after.starts_with('.') && !number.starts_with('0'));
                }
            }
        }
    }

    #[test]
    fn usual_times_are_read() {
        for (unit, text, expected) in [
            (
                TimeUnit::Milliseconds,
                "1700128800422, \"in\"",
                1_700_128_800_422_000_000,
            ),
            (
                TimeUnit::Seconds,
                "1700128800}        ",
                1_700_128_800 * SECOND,
            ),
        ] {
            let clock = Clock {
                format: TimeFormat::Unix(unit),
                from: 0,
            };
            let mut quick = LongNumbers::new(SECOND / unit.per_second());
            for _ in 0..2 {
                let found = quick.read(text.as_bytes(), &clock);
                assert_eq!(found.map(|(at, _)| at), Some(expected));
            }
        }
    }
}
