//! What the fields of one row tell of its calls.

use super::id::{is_id, is_of_response};
use super::nothing::{is_among, is_nothing};
use super::{Mark, Marked, MarkedTexts};
use crate::trace::count::count;
use crate::trace::tags::Said;

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

/// Kinds of calls that have no output: of embeddings, as OpenAI, LiteLLM and OpenTelemetry write them, and of
/// rerankers. A list is what OpenAI answers to embeddings.
const WITHOUT_OUTPUT: [&[u8]; 7] = [
    b"embedding",
    b"aembedding",
    b"embeddings",
    b"rerank",
    b"arerank",
    b"list",
    b"text_embedding",
];

/// What the fields of one row say.
#[derive(Debug, Clone, Copy, Default)]
pub struct MarksOfRow<'a> {
    /// Whether the row has any such field.
    pub any: bool,
    /// Whether the row has one of which calls are counted.
    pub counts: bool,
    /// The name of the model, and the rank of its field.
    pub(super) model: Option<(u8, &'a [u8])>,
    /// Output tokens of reasoning.
    pub(super) reasoning: u64,
    /// One bit for each field that has cached tokens, by its rank.
    pub(super) cached: u64,
    /// The list of the hashes of its blocks.
    pub hashes: Option<&'a [u8]>,
    /// When the sum ends.
    pub end: Option<&'a [u8]>,
    /// Whether the model thinks, and the rank of the field that says so.
    thinks: Option<(u8, bool)>,
    /// The id of the request, and the rank of its field.
    id: Option<(u8, &'a [u8])>,
    /// Whether the call failed.
    pub failed: bool,
    /// Whether a call of this kind has no output.
    pub without_output: bool,
}

impl<'a> MarksOfRow<'a> {
    /// Takes in the trimmed text of a field.
    pub fn note(&mut self, Marked { mark, rank }: Marked, text: &'a [u8]) {
        self.any = true;
        match mark {
            Mark::Id if is_id(text) => {
                let rank = rank.saturating_add(1);
                if self.id.is_none_or(|(first, _)| rank < first) {
                    self.id = Some((rank, text));
                }
                return;
            }
            // What is written as the id of a response is one.
            Mark::LikelyId if is_of_response(text) => {
                self.id = Some((0, text));
                return;
            }
            Mark::Id | Mark::LikelyId => return,
            Mark::Failure(failure) => {
                self.failed |= failure.is_it(text);
                return;
            }
            Mark::Kind => {
                self.without_output |= is_without_output(text);
                return;
            }
            _ => self.counts = true,
        }
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
            Mark::End => self.end = Some(text),
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
            Mark::Id | Mark::LikelyId | Mark::Failure(_) | Mark::Kind => {}
        }
    }

    /// What the texts of a row say.
    pub fn of(told: &'a MarkedTexts<'_>) -> Self {
        let mut said = Self::default();
        for (marked, text) in told {
            said.note(*marked, text);
        }
        said
    }

    /// The name of the model.
    pub fn model(&self) -> Option<&'a [u8]> {
        self.model.map(|(_, name)| name)
    }

    /// The id of the request.
    pub fn id(&self) -> Option<&'a [u8]> {
        self.id.map(|(_, id)| id)
    }

    /// What is kept of it beside its request.
    pub fn kept(&self, model: u16, no_output: bool) -> Said {
        let mut said = Said::of_model(Some(model));
        said.reasoning = u32::try_from(self.reasoning).unwrap_or(u32::MAX);
        said.and(Said::CACHED, self.cached > 0)
            .and(Said::NO_OUTPUT, no_output)
            .and(Said::THINKS, self.thinks() == Some(true))
            .and(Said::THINKS_NOT, self.thinks() == Some(false))
    }

    /// Takes in that the field of this rank has cached tokens.
    #[inline]
    pub fn cached(&mut self, rank: u8) {
        (self.any, self.counts) = (true, true);
        self.cached |= 1_u64.wrapping_shl(rank.into());
    }

    /// Whether the model thinks, where a field says so.
    pub(super) fn thinks(&self) -> Option<bool> {
        self.thinks.map(|(_, thinks)| thinks)
    }
}

/// Whether some text of a row says that the call failed. Of a row of sums a field of errors counts them.
pub fn has_failed(told: &MarkedTexts<'_>, of_sums: bool) -> bool {
    let mut told = told.iter();
    told.any(|(marked, text)| match marked.mark {
        Mark::Failure(failure) => !(of_sums && failure.present) && failure.is_it(text),
        _ => false,
    })
}

/// Whether a kind of call, or the path that was called, is one of calls without output.
fn is_without_output(text: &[u8]) -> bool {
    let ends = |end: &[u8]| {
        let start = text.len().saturating_sub(end.len());
        let last = text.get(start..).unwrap_or_default();
        last.eq_ignore_ascii_case(end)
    };
    is_among(text, &WITHOUT_OUTPUT) || ends(b"/embeddings") || ends(b"/rerank")
}

/// Whether a text names a model, and does not stand for no value.
pub fn is_name(text: &[u8]) -> bool {
    match text {
        [] => false,
        // As long as the longest of those.
        [_, _, _, _, _, ..] => true,
        text => !is_nothing(text),
    }
}

/// The number of tokens in a text; 0 where it is no number.
fn tokens(text: &[u8]) -> u64 {
    match text {
        b"" | b"0" => 0,
        text => count(text).unwrap_or(0),
    }
}

fn either(text: &[u8], yes: &[&[u8]], no: &[&[u8]]) -> Option<bool> {
    match (is_among(text, yes), is_among(text, no)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}
