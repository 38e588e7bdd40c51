//! A moment with its offset, and the clock that rules and logs go by.

use chrono::{DateTime, FixedOffset};

/// A moment with its offset.
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

/// Whether a text has the shape of a date or time, such as `0000-00-00`: a digit for each `0`, all
/// else to the letter. The parser of dates also takes blanks and signs in place of digits.
#[must_use]
pub fn is_shaped(text: &str, shape: &str) -> bool {
    let fits = |(found, wanted): (u8, u8)| match wanted {
        b'0' => found.is_ascii_digit(),
        _ => found == wanted,
    };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}
