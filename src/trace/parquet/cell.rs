//! A value as the text that a file of CSV would have.

use std::borrow::Cow;

use chrono::DateTime;

use super::column::Cursor;
use super::types::Meaning;
use crate::trace::format::TimeUnit;

/// The trimmed text of a row; nothing where there is no value.
pub fn text<'c>(cursor: &'c Cursor, row: usize) -> Cow<'c, [u8]> {
    if !cursor.is_present(row) {
        return Cow::Borrowed(b"");
    }
    let column = cursor.column();
    if !cursor.is_number() {
        let bytes = cursor.bytes(row);
        return match column.meaning {
            Meaning::Decimal(scale) => big_endian(bytes).map_or_else(
                || Cow::Borrowed(b"?".as_slice()),
                |value| owned(decimal(value, scale)),
            ),
            _ => Cow::Borrowed(bytes.trim_ascii()),
        };
    }
    let number = cursor.number(row);
    owned(match column.meaning {
        Meaning::Int { signed: false } => unsigned(number, cursor.is_short()).to_string(),
        Meaning::Float => float(f32::from_bits(low(number)), f32::to_string),
        Meaning::Double => float(f64::from_bits(bits(number)), f64::to_string),
        Meaning::Bool => (number != 0).to_string(),
        Meaning::Decimal(scale) => decimal(number.into(), scale),
        Meaning::Stamp { unit, zone } => stamp(number, unit, zone),
        Meaning::Int { signed: true } | Meaning::Text | Meaning::Other(_) => number.to_string(),
    })
}

fn owned(text: String) -> Cow<'static, [u8]> {
    Cow::Owned(text.into_bytes())
}

fn float<T>(value: T, write: impl Fn(&T) -> String) -> String {
    // The shortest text that reads as the same value, and a whole number without a point.
    write(&value)
}

fn bits(number: i64) -> u64 {
    u64::from_le_bytes(number.to_le_bytes())
}

fn low(number: i64) -> u32 {
    let [a, b, c, d, ..] = number.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

fn unsigned(number: i64, is_short: bool) -> u64 {
    match is_short {
        true => low(number).into(),
        false => bits(number),
    }
}

/// A whole number of any width up to 16 bytes.
fn big_endian(bytes: &[u8]) -> Option<i128> {
    let sign = match bytes.first()? {
        0x80.. => 0xff,
        _ => 0,
    };
    let mut wide = [sign; 16];
    let start = wide.len().checked_sub(bytes.len())?;
    wide.get_mut(start..)?.copy_from_slice(bytes);
    Some(i128::from_be_bytes(wide))
}

fn decimal(value: i128, scale: u32) -> String {
    let digits = usize::try_from(scale).unwrap_or(0);
    if digits == 0 {
        return value.to_string();
    }
    let sign = if value < 0 { "-" } else { "" };
    let text = format!(
        "{:0>width$}",
        value.unsigned_abs(),
        width = digits.saturating_add(1)
    );
    let (whole, fraction) = text
        .split_at_checked(text.len().saturating_sub(digits))
        .unwrap_or((&text, ""));
    format!("{sign}{whole}.{fraction}")
}

fn stamp(number: i64, unit: TimeUnit, zone: bool) -> String {
    let at = match unit {
        TimeUnit::Seconds => DateTime::from_timestamp(number, 0),
        TimeUnit::Milliseconds => DateTime::from_timestamp_millis(number),
        TimeUnit::Microseconds => DateTime::from_timestamp_micros(number),
        TimeUnit::Nanoseconds => Some(DateTime::from_timestamp_nanos(number)),
    };
    let zone = if zone { "Z" } else { "" };
    match at {
        Some(at) => format!("{}{zone}", at.naive_utc()),
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_with_their_digits() {
        for (value, scale, text) in [
            (1_500, 0, "1500"),
            (1_500, 2, "15.00"),
            (5, 2, "0.05"),
            (-5, 2, "-0.05"),
            (0, 3, "0.000"),
        ] {
            assert_eq!(decimal(value, scale), text);
        }
        assert_eq!(big_endian(&[0xff, 0xfe]), Some(-2));
        assert_eq!(big_endian(&[0x01, 0x00]), Some(256));
        assert_eq!(big_endian(&[0; 17]), None);
    }

    #[test]
    fn instants_are_written_as_dates() {
        let at = 1_700_158_623_979;
        let milli = TimeUnit::Milliseconds;
        assert_eq!(stamp(at, milli, true), "2023-11-16 18:17:03.979Z");
        assert_eq!(stamp(at, milli, false), "2023-11-16 18:17:03.979");
        assert_eq!(stamp(i64::MAX, milli, true), i64::MAX.to_string());
    }
}
