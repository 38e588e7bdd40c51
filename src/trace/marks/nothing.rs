//! Texts of a field that stand for no value.

/// Texts that stand for no value, beside an empty one.
const NOTHING: [&[u8]; 5] = [b"null", b"none", b"nan", b"\\N", b"-"];

/// Whether a text stands for no value.
pub fn is_nothing(text: &[u8]) -> bool {
    text.is_empty() || is_among(text, &NOTHING)
}

/// Whether a text is one of these, in whatever case.
pub fn is_among(text: &[u8], all: &[&[u8]]) -> bool {
    all.iter().any(|one| text.eq_ignore_ascii_case(one))
}
