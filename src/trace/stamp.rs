//! Reads a text as a time without knowing how its file writes times.

use chrono::NaiveDate;

use super::format::{MINUTE, SECOND, TimeFormat, TimeProblem};

/// A time that was read.
pub enum Stamp {
    /// A date with a clock time: the nanoseconds since 1970 by that clock, and its offset from UTC.
    DateTime { local: i64, offset: Option<i64> },
    /// A number, in billionths of a unit that is not known here.
    Number(i128),
}

/// The nanoseconds since 1970 of a clock that shows `2023-11-16 18:17`.
pub fn local_minute(text: &[u8; 16]) -> Option<i64> {
    match stamp(text) {
        Ok(Stamp::DateTime {
            local,
            offset: None,
        }) => Some(local),
        _ => None,
    }
}

/// The offset that `+08:00` stands for.
pub fn zone_offset(text: &[u8; 6]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    match zone(text)? {
        ("", offset) => offset,
        _ => None,
    }
}

/// Reads a text as a time.
pub fn stamp(text: &[u8]) -> Result<Stamp, TimeProblem> {
    let text = std::str::from_utf8(text).map_err(|_| TimeProblem::NotATime)?;
    if let Some(value) = number(text) {
        return Ok(Stamp::Number(value));
    }
    date_time(text)
}

/// `2023-11-16 18:17:03.9799600` and its kin.
fn date_time(text: &str) -> Result<Stamp, TimeProblem> {
    let problem = || TimeProblem::NotATime;
    let (date, clock) = text.split_once(['T', 't', ' ']).ok_or_else(problem)?;
    let mut parts = date.split('-');
    let mut part = |digits| {
        let part = parts.next().ok_or_else(problem)?;
        whole(part, digits).ok_or_else(problem)
    };
    let (year, month, day) = (part(4..=9)?, part(2..=2)?, part(2..=2)?);
    if parts.next().is_some() {
        return Err(problem());
    }
    let (clock, offset) = zone(clock.trim_start()).ok_or_else(problem)?;
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, billionths(fraction).ok_or_else(problem)?),
        None => (clock, 0),
    };
    let mut parts = clock.split(':');
    let mut part = |last| {
        let part = whole(parts.next()?, 2..=2)?;
        (part <= last).then_some(part)
    };
    let (hour, minute) = part(23).zip(part(59)).ok_or_else(problem)?;
    // Minutes are often written without seconds.
    let colons = clock.bytes().filter(|byte| *byte == b':').count();
    let second = match (colons, fraction) {
        (1, 0) => 0,
        (2, _) => part(59).ok_or_else(problem)?,
        _ => return Err(problem()),
    };
    let format = TimeFormat::DateTime {
        zone: offset.is_some(),
    };
    let out = TimeProblem::OutOfYears(format);
    if !(1_999..=2_101).contains(&year) {
        return Err(out);
    }
    let days = days_since_1970(year, month, day).ok_or_else(problem)?;
    let seconds = [(days, 86_400), (hour, 3_600), (minute, 60), (second, 1)]
        .iter()
        .try_fold(0_i64, |sum, (n, unit)| {
            sum.checked_add(n.checked_mul(*unit)?)
        })
        .ok_or(out)?;
    let local = seconds
        .checked_mul(SECOND)
        .and_then(|at| at.checked_add(fraction))
        .ok_or(out)?;
    Ok(Stamp::DateTime { local, offset })
}

fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(year).ok()?,
        u32::try_from(month).ok()?,
        u32::try_from(day).ok()?,
    )?;
    let days = date.signed_duration_since(NaiveDate::default());
    Some(days.num_days())
}

/// The clock time, and the offset of its zone if it has one.
fn zone(clock: &str) -> Option<(&str, Option<i64>)> {
    for utc in ["Z", "z", "UTC"] {
        if let Some(clock) = clock.strip_suffix(utc) {
            return Some((clock.trim_end(), Some(0)));
        }
    }
    let Some(at) = clock.find(['+', '-']) else {
        return Some((clock, None));
    };
    let (clock, zone) = clock.split_at_checked(at)?;
    let (sign, zone) = match zone.strip_prefix('-') {
        Some(zone) => (-1_i64, zone),
        None => (1, zone.strip_prefix('+')?),
    };
    let (hours, minutes) = match (zone.split_once(':'), zone.len()) {
        (Some(parts), _) => parts,
        (None, 2) => (zone, "00"),
        (None, _) => zone.split_at_checked(2)?,
    };
    let (hours, minutes) = (whole(hours, 2..=2)?, whole(minutes, 2..=2)?);
    let minutes = (hours <= 23 && minutes <= 59)
        .then(|| hours.checked_mul(60)?.checked_add(minutes))
        .flatten()?;
    let offset = minutes.checked_mul(MINUTE)?.checked_mul(sign)?;
    Some((clock.trim_end(), Some(offset)))
}

/// A whole number with a number of digits in this range.
fn whole(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let all_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    (all_digits && digits.contains(&text.len())).then(|| text.parse().ok())?
}

/// The digits after a point, as billionths; what comes after nine of them is dropped.
fn billionths(fraction: &str) -> Option<i64> {
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    digits.try_fold(0_i64, |sum, digit| {
        sum.checked_mul(10)?
            .checked_add(i64::from(digit.wrapping_sub(b'0')))
    })
}

/// A number such as `1700158623.97996` or `1.700158623e9` in billionths; smaller digits are dropped. The
/// largest `i128` stands for all that is larger.
fn number(text: &str) -> Option<i128> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let places = i64::try_from(whole.len())
        .ok()?
        .checked_add(exponent.into())?;
    let wanted = usize::try_from(places.checked_add(9)?).unwrap_or(0);
    let digits = whole.bytes().chain(fraction.bytes());
    let mut value = 0_i128;
    let mut taken = 0_usize;
    for digit in digits.chain(std::iter::repeat(b'0')).take(wanted) {
        taken = taken.saturating_add(1);
        let next = value
            .checked_mul(10)
            .and_then(|value| value.checked_add(i128::from(digit.wrapping_sub(b'0'))));
        match next {
            Some(next) => value = next,
            None => return Some(i128::MAX),
        }
        // Nothing but zeros, and an exponent without end.
        if value == 0 && taken > text.len() {
            return Some(0);
        }
    }
    Some(value)
}
