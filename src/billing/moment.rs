//! A moment with its offset, and the clock that rules and logs go by.

use chrono::{DateTime, FixedOffset};

/// A moment in time with the offset of its clock from UTC.
pub type Moment = DateTime<FixedOffset>;

/// China Standard Time: UTC+8, no daylight saving.
#[must_use]
pub fn china_standard_time() -> FixedOffset {
    // 8 hours is a valid offset; UTC stands in only to keep this total.
    FixedOffset::east_opt(8 * 3_600).unwrap_or(FixedOffset::east_opt(0).unwrap_or_else(utc))
}

fn utc() -> FixedOffset {
    use chrono::Offset;
    chrono::Utc.fix()
}

/// Whether `text` has a digit wherever `shape` has a `0`, and is the same everywhere else: `0000-00-00` is
/// the shape of a date. Checked before parsing, as `chrono` also takes blanks and signs for digits.
#[must_use]
pub fn is_shaped(text: &str, shape: &str) -> bool {
    let fits = |(found, wanted): (u8, u8)| match wanted {
        b'0' => found.is_ascii_digit(),
        _ => found == wanted,
    };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}
