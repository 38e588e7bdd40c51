//! Reads times quickly where they are written as programs write them: the same instant as
//! [`Clock::read`], or nothing.

mod long_number;

use self::long_number::LongNumbers;
use super::count::{combined, digits_of, quick_digits};
use super::format::{SECOND, TimeFormat, TimeUnit};
use super::stamp::{local_minute, zone_offset};
use super::time::{CHINA, Clock};

/// Reads times. Those of one minute begin with the same bytes, and all have the same zone, so
/// these are understood once.
#[derive(Debug)]
pub struct QuickClock {
    clock: Clock,
    minute: [u8; 16],
    /// Nanoseconds since 1970 of the last minute that was read, by the clock of the text.
    local: i64,
    /// For each minute of an hour, the text and the value that were read last.
    minutes: [([u8; 16], i64); 60],
    zone: [u8; 6],
    /// The offset of the zone, in nanoseconds.
    offset: i64,
    fraction: Fraction,
    long: LongNumbers,
}

impl QuickClock {
    /// Reads times as the clock does.
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            minute: [0; 16],
            local: 0,
            minutes: [([0; 16], 0); 60],
            zone: *b"+00:00",
            offset: 0,
            fraction: Fraction::of(7),
            long: LongNumbers::new(match clock.format {
                TimeFormat::Unix(unit) => SECOND.checked_div(unit.per_second()).unwrap_or(0),
                TimeFormat::DateTime { .. } | TimeFormat::Utc => 0,
            }),
        }
    }

    /// Whether times are numbers.
    pub fn is_number(&self) -> bool {
        matches!(self.clock.format, TimeFormat::Unix(_))
    }

    /// As [`QuickClock::read`] of JSON, where no zero stands before other digits of a number.
    #[inline(always)]
    pub fn read_json<'a>(&mut self, text: &'a [u8]) -> Option<(i64, &'a [u8])> {
        if self.is_number() {
            if let Some(found) = self.long.read(text, &self.clock) {
                return Some(found);
            }
            if let [b'0', b'0'..=b'9', ..] = text {
                return None;
            }
        }
        self.read(text)
    }

    /// The time at the start, and what comes after it. Whether the text of the time ends there is
    /// for the caller to see.
    // Each row calls it, and hands what it finds over in memory unless it is inlined.
    #[inline(always)]
    pub fn read<'a>(&mut self, text: &'a [u8]) -> Option<(i64, &'a [u8])> {
        let (at, rest) = match self.clock.format {
            TimeFormat::DateTime { zone: true } => self.date_time(text, None)?,
            TimeFormat::DateTime { zone: false } => self.date_time(text, Some(CHINA))?,
            TimeFormat::Utc => self.date_time(text, Some(0))?,
            TimeFormat::Unix(unit) => match self.long.read(text, &self.clock) {
                Some(found) => return Some(found),
                None => unix(text, unit)?,
            },
        };
        self.clock.contains(at).then_some((at, rest))
    }

    /// A date and a time in a zone that it has, or with this offset.
    #[inline(always)]
    fn date_time<'a>(&mut self, text: &'a [u8], offset: Option<i64>) -> Option<(i64, &'a [u8])> {
        let (minute, rest) = text.split_first_chunk::<16>()?;
        if *minute != self.minute {
            self.turn(minute)?;
        }
        let (second, rest) = rest.split_first_chunk::<3>()?;
        let [b':', tens @ b'0'..=b'5', ones @ b'0'..=b'9'] = *second else {
            return None;
        };
        let second = i64::from(tens & 0xf)
            .wrapping_mul(10)
            .wrapping_add(i64::from(ones & 0xf))
            .wrapping_mul(SECOND);
        let (fraction, rest) = match self.fraction.read(rest) {
            Some(found) => found,
            None => self.fraction.turn(rest)?,
        };
        let (offset, rest) = match offset {
            Some(offset) => (offset, rest),
            None => self.zone(rest)?,
        };
        // A local time lies in the years 1999 to 2101 and an offset within a day.
        let at = self.local.wrapping_add(second).wrapping_add(fraction);
        Some((at.wrapping_sub(offset), rest))
    }

    /// Looks among the minutes that were read before: rows that are a little out of order go back and forth
    /// between a few of them.
    #[inline(never)]
    fn turn(&mut self, minute: &[u8; 16]) -> Option<()> {
        let [.., tens, ones] = minute;
        let of_hour = usize::from(tens & 0xf).wrapping_mul(10);
        let of_hour = of_hour.wrapping_add(usize::from(ones & 0xf));
        let (known, local) = self.minutes.get_mut(of_hour)?;
        if *known != *minute {
            *local = local_minute(minute)?;
            *known = *minute;
        }
        self.local = *local;
        self.minute = *minute;
        Some(())
    }

    #[inline]
    fn zone<'a>(&mut self, text: &'a [u8]) -> Option<(i64, &'a [u8])> {
        if let [b'Z', rest @ ..] = text {
            return Some((0, rest));
        }
        let (zone, rest) = text.split_first_chunk::<6>()?;
        if *zone != self.zone {
            self.offset = zone_offset(zone)?;
            self.zone = *zone;
        }
        Some((self.offset, rest))
    }
}

/// A number of any other length, or with a fraction.
#[inline(never)]
fn unix(text: &[u8], unit: TimeUnit) -> Option<(i64, &[u8])> {
    let (mut value, mut digits, mut rest) = quick_digits(text)?;
    let mut parts = 1_u8;
    while digits == 8 && parts < 3 {
        let Some((part, more, after)) = quick_digits(rest) else {
            break;
        };
        value = value.checked_mul(*POWERS.get(usize::try_from(more).ok()?)?)?;
        value = value.checked_add(part)?;
        (digits, rest) = (more, after);
        parts = parts.wrapping_add(1);
    }
    let (fraction, rest) = fraction(rest)?;
    let per_second = unit.per_second();
    let whole = i64::try_from(value)
        .ok()?
        .checked_mul(SECOND.checked_div(per_second)?)?;
    let part = fraction.checked_div(per_second)?;
    Some((whole.checked_add(part)?, rest))
}

const POWERS: [u64; 9] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
];

/// How many digits come after the point of a second: in most files the same number in each row, so
/// that what comes after them is known to be there before they are looked at.
#[derive(Debug)]
struct Fraction {
    /// 1 to 8.
    digits: u32,
    /// The top bits of as many bytes.
    mask: u64,
    /// The value of the last digit, in billionths.
    scale: u64,
}

impl Fraction {
    fn of(digits: u32) -> Self {
        let digits = digits.clamp(1, 8);
        let missing = usize::try_from(8_u32.wrapping_sub(digits)).unwrap_or(0);
        let power = POWERS.get(missing).copied().unwrap_or(1);
        Self {
            digits,
            mask: 0x8080_8080_8080_8080 >> 64_u32.wrapping_sub(digits.wrapping_mul(8)).min(63),
            scale: power.wrapping_mul(10),
        }
    }

    /// As [`fraction`], where the fraction has exactly this number of digits.
    #[inline]
    fn read<'a>(&self, text: &'a [u8]) -> Option<(i64, &'a [u8])> {
        let [b'.', text @ ..] = text else {
            return None;
        };
        let (values, others) = digits_of(*text.first_chunk::<8>()?);
        let rest = text.get(usize::try_from(self.digits).ok()?..)?;
        if others & self.mask != 0 || matches!(rest, [b'0'..=b'9', ..]) {
            return None;
        }
        let value = combined(self.digits, values).wrapping_mul(self.scale);
        Some((i64::try_from(value).ok()?, rest))
    }

    /// A fraction with another number of digits, which the next time is then expected to have as well.
    #[inline(never)]
    fn turn<'a>(&mut self, text: &'a [u8]) -> Option<(i64, &'a [u8])> {
        let found = fraction(text)?;
        let length = text.len().wrapping_sub(found.1.len());
        if (2..=9).contains(&length) {
            *self = Self::of(u32::try_from(length).ok()?.wrapping_sub(1));
        }
        Some(found)
    }
}

/// `.9799600` in billionths; 0 where there is none. No digit comes after it.
#[inline]
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let (value, rest) = match text {
        [b'.', rest @ ..] => {
            let (value, digits, rest) = quick_digits(rest)?;
            let missing = 8_usize.wrapping_sub(usize::try_from(digits).ok()?);
            let value = value.wrapping_mul(*POWERS.get(missing)?).wrapping_mul(10);
            match rest {
                [digit @ b'0'..=b'9', rest @ ..] => {
                    (value.wrapping_add(u64::from(digit & 0xf)), rest)
                }
                _ => (value, rest),
            }
        }
        _ => (0, text),
    };
    if let [b'0'..=b'9', ..] = rest {
        return None;
    }
    Some((i64::try_from(value).ok()?, rest))
}
