//! Times as programs write them, at the start of a text: the same instant as [`Clock::read`], or
//! nothing.

use super::count::quick_digits;
use super::stamp::{local_minute, zone_offset};
use super::time::{CHINA, Clock, SECOND, TimeFormat, TimeUnit};

/// Reads times. Those of one minute begin with the same bytes, and all have the same zone, so
/// these are understood once.
#[derive(Debug)]
pub struct QuickClock {
    clock: Clock,
    minute: [u8; 16],
    /// What the minute stands for, by its clock.
    local: i64,
    /// The same of the last minute at each place in the hour.
    minutes: [([u8; 16], i64); 60],
    zone: [u8; 6],
    /// What the zone stands for.
    offset: i64,
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
        }
    }

    /// The time at the start, and what comes after it. Whether the text of the time ends there is
    /// for the caller to see.
    #[inline]
    pub fn read<'a>(&mut self, text: &'a [u8]) -> Option<(i64, &'a [u8])> {
        let (at, rest) = match self.clock.format {
            TimeFormat::DateTime { zone } => self.date_time(text, zone)?,
            TimeFormat::Unix(unit) => unix(text, unit)?,
        };
        self.clock.contains(at).then_some((at, rest))
    }

    #[inline]
    fn date_time<'a>(&mut self, text: &'a [u8], zone: bool) -> Option<(i64, &'a [u8])> {
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
        let (fraction, rest) = fraction(rest)?;
        let (offset, rest) = if zone {
            self.zone(rest)?
        } else {
            (CHINA, rest)
        };
        // A local time lies in the years 1999 to 2101 and an offset within a day.
        let at = self.local.wrapping_add(second).wrapping_add(fraction);
        Some((at.wrapping_sub(offset), rest))
    }

    /// Rows that are a little out of order go back and forth between a few minutes.
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

#[inline]
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
