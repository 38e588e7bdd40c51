//! Names from a file, as messages and answers show them.

use std::borrow::Cow;

use crate::catalog::printable;

/// The longest name of a model that is whole. It is looked up as it is shown: two that differ in their end alone are
/// two models.
pub const CHARACTERS: usize = 1_024;

/// The name of a model, as it is looked up and shown: printable, and clipped where it is longer than any.
pub fn model(name: &[u8]) -> Cow<'_, str> {
    let is_plain = name.len() <= CHARACTERS && name.iter().all(|byte| matches!(byte, b' '..=b'~'));
    if let Ok(text) = std::str::from_utf8(name)
        && is_plain
    {
        return Cow::Borrowed(text);
    }
    Cow::Owned(printable(&String::from_utf8_lossy(name)))
}
