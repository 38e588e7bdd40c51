//! Calls that were left out as repeated, so that what they say is taken back.

use std::collections::HashMap;

use super::of_name::OfName;
use crate::billing::recorded::Apart;
use crate::trace::tags::Said;
use crate::trace::{Call, Calls};

/// What the calls that were left out say beside their tokens, and how many they are.
#[derive(Debug, Default)]
pub struct LeftOut {
    /// Calls that a later row has too.
    pub earlier: u64,
    /// Calls that a row has that was handed over before.
    pub later: u64,
    /// Those without output tokens.
    pub no_output: u64,
    /// What the calls said, by the number of their model's name.
    pub models: HashMap<u16, OfName>,
}

impl LeftOut {
    /// Adds a call, which says that.
    pub fn add(&mut self, call: Call, said: Said) {
        let calls = Calls::from(call);
        let of_model = self.models.entry(said.model).or_default();
        of_model.calls = of_model.calls.roughly_plus(calls);
        if said.is(Said::NO_OUTPUT) {
            self.no_output = self.no_output.saturating_add(1);
        }
        if said.is(Said::CACHED) {
            let tokens = u64::from(call.cached).saturating_add(call.cache_write.into());
            of_model.cached.add(Apart { calls, tokens });
        }
        if said.reasoning > 0 {
            let tokens = said.reasoning.into();
            of_model.reasoning.add(Apart { calls, tokens });
        }
        if said.is(Said::THINKS) {
            of_model.thinking = of_model.thinking.roughly_plus(calls);
        }
        if said.is(Said::THINKS_NOT) {
            of_model.non_thinking = of_model.non_thinking.roughly_plus(calls);
        }
    }
}
