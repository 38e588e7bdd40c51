//! What the fields of one row tell of its calls.

use super::{Mark, Marked};
use crate::trace::count::count;

/// Texts that stand for no value, beside an empty one.
const NOTHING: [&[u8]; 5] = [b"null", b"none", b"nan", b"\\N", b"-"];

/// Names of modes in which a model thinks, and in which it does not.
const THINKS: [&[u8]; 1] = [b"thinking"];
const THINKS_NOT: [&[u8]; 6] = [
    b"non-thinking",
    b"non_thinking",
    b"nonthinking",
    b"no-thinking",
    b"no_thinking",
    b"non thinking",
];

/// Values of a field that switches thinking on, and off.
const ON: [&[u8]; 4] = [b"true", b"enabled", b"on", b"1"];
const OFF: [&[u8]; 4] = [b"false", b"disabled", b"off", b"0"];

/// What the fields of one row say.
#[derive(Debug, Clone, Copy, Default)]
pub struct MarksOfRow<'a> {
    /// Whether the row has any such field.
    pub any: bool,
    /// The name of the model, and the rank of its field.
    pub(super) model: Option<(u8, &'a [u8])>,
    /// Output tokens of reasoning.
    pub(super) reasoning: u64,
    /// One bit for each field that has cached tokens, by its rank.
    pub(super) cached: u64,
    /// The list of the hashes of its blocks.
    pub hashes: Option<&'a [u8]>,
    /// The request or the message that the call is, and the rank of its field.
    id: Option<(u8, &'a [u8])>,
    /// When the sum ends.
    pub end: Option<&'a [u8]>,
    /// Whether a field says that the call failed.
    pub failed: bool,
    /// Whether the model thinks, and the rank of the field that says so.
    thinks: Option<(u8, bool)>,
}

impl<'a> MarksOfRow<'a> {
    /// Takes in the trimmed text of a field.
    pub fn note(&mut self, Marked { mark, rank }: Marked, text: &'a [u8]) {
        self.any = true;
        match mark {
            Mark::Model => {
                if self.model.is_none_or(|(first, _)| rank < first) && is_name(text) {
                    self.model = Some((rank, text));
                }
            }
            // Several fields of a row have the same number under other names.
            Mark::Reasoning => self.reasoning = self.reasoning.max(tokens(text)),
            Mark::Cached if tokens(text) > 0 => self.cached(rank),
            Mark::Cached => {}
            Mark::Hashes => self.hashes = Some(text),
            Mark::Id => {
                if self.id.is_none_or(|(first, _)| rank < first) && is_name(text) {
                    self.id = Some((rank, text));
                }
            }
            Mark::End => self.end = Some(text),
            Mark::Failure(failure) => self.failed |= failure.is_it(text),
            Mark::Switch | Mark::Mode => {
                let thinks = match mark {
                    Mark::Switch => either(text, &ON, &OFF),
                    _ => None,
                };
                let thinks = thinks.or_else(|| either(text, &THINKS, &THINKS_NOT));
                // A switch is clearer than the name of a mode.
                let rank = if mark == Mark::Mode {
                    rank | 0x80
                } else {
                    rank
                };
                if let Some(thinks) = thinks
                    && self.thinks.is_none_or(|(first, _)| rank < first)
                {
                    self.thinks = Some((rank, thinks));
                }
            }
        }
    }

    /// Takes in that the field of this rank has cached tokens.
    #[inline]
    pub fn cached(&mut self, rank: u8) {
        self.any = true;
        self.cached |= 1_u64.wrapping_shl(rank.into());
    }

    /// The request or the message that the call is, as it is in the file.
    pub fn id(&self) -> Option<&'a [u8]> {
        self.id.map(|(_, id)| id)
    }

    /// Whether the model thinks, where a field says so.
    pub(super) fn thinks(&self) -> Option<bool> {
        self.thinks.map(|(_, thinks)| thinks)
    }
}

fn is_name(text: &[u8]) -> bool {
    match text {
        [] => false,
        // As long as the longest of those.
        [_, _, _, _, _, ..] => true,
        text => !is_nothing(text),
    }
}

/// Whether a text stands for no value.
pub fn is_nothing(text: &[u8]) -> bool {
    text.is_empty() || is_among(text, &NOTHING)
}

/// The number of tokens in a text; 0 where it is no number.
fn tokens(text: &[u8]) -> u64 {
    match text {
        b"" | b"0" => 0,
        text => count(text).unwrap_or(0),
    }
}

fn is_among(text: &[u8], all: &[&[u8]]) -> bool {
    all.iter().any(|one| text.eq_ignore_ascii_case(one))
}

fn either(text: &[u8], yes: &[&[u8]], no: &[&[u8]]) -> Option<bool> {
    match (is_among(text, yes), is_among(text, no)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}
