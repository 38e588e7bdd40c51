//! A sentence that a document of the provider has, as its catalog file gives it.

use std::fmt;

use crate::billing::offer::Source;
use crate::billing::rule::Rule;

/// A sentence of a provider's document. `Display` gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaysNote {
    /// The rule that it is.
    pub rule: Rule,
    /// The sentence, without a full stop.
    pub text: String,
    /// Where it was read.
    pub source: Source,
    /// Whether it holds of every reservation of the provider.
    pub always: bool,
}

impl fmt::Display for SaysNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
