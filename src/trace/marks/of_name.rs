//! What the calls of one model say beside their tokens, added up.

use super::MarksOfRow;
use crate::billing::recorded::Apart;
use crate::trace::Calls;

/// What the calls of one model say beside their tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfName {
    /// All of them.
    pub calls: Calls,
    /// Those with input tokens that were read from a cache or written to one.
    pub cached: Apart,
    /// Those with output tokens of reasoning.
    pub reasoning: Apart,
    /// Those that say that the model thinks.
    pub thinking: Calls,
    /// Those that say that the model does not think.
    pub non_thinking: Calls,
}

impl OfName {
    /// Adds what other calls say.
    pub fn add(&mut self, other: &Self) {
        self.calls = self.calls.roughly_plus(other.calls);
        self.cached.add(other.cached);
        self.reasoning.add(other.reasoning);
        self.thinking = self.thinking.roughly_plus(other.thinking);
        self.non_thinking = self.non_thinking.roughly_plus(other.non_thinking);
    }

    /// Takes back what calls say that are among them.
    pub fn take_out(&mut self, gone: &Self) {
        self.calls = self.calls.without(gone.calls);
        self.cached = self.cached.without(gone.cached);
        self.reasoning = self.reasoning.without(gone.reasoning);
        self.thinking = self.thinking.without(gone.thinking);
        self.non_thinking = self.non_thinking.without(gone.non_thinking);
    }

    /// Takes in what a row says.
    pub fn row(&mut self, said: &MarksOfRow<'_>, calls: Calls) {
        self.calls = self.calls.roughly_plus(calls);
        if said.cached > 0 {
            let tokens = calls.tokens.cached.saturating_add(calls.tokens.cache_write);
            self.cached.add(Apart { calls, tokens });
        }
        if said.reasoning > 0 {
            let tokens = said.reasoning;
            self.reasoning.add(Apart { calls, tokens });
        }
        match said.thinks() {
            Some(true) => self.thinking = self.thinking.roughly_plus(calls),
            Some(false) => self.non_thinking = self.non_thinking.roughly_plus(calls),
            None => {}
        }
    }
}
