//! Names from a file, as messages and answers show them.

use std::borrow::Cow;

use crate::catalog::printable;

/// The most characters of the name of a model, which is looked up as it is shown: two that differ in their end alone
/// are two models.
pub const CHARACTERS: usize = 1_024;

/// The name of a model, as it is looked up and shown: printable and clipped.
pub fn model(name: &[u8]) -> Cow<'_, str> {
    let is_plain = name.len() <= CHARACTERS && name.iter().all(|byte| matches!(byte, b' '..=b'~'));
    if let Ok(text) = std::str::from_utf8(name)
        && is_plain
    {
        return Cow::Borrowed(text);
    }
    let text = String::from_utf8_lossy(name);
    let mut short: String = text.chars().take(CHARACTERS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    Cow::Owned(printable(&short))
}
