//! What a log tells of its calls beside their tokens: other models, how its cached tokens are counted, reasoning
//! tokens, modes.

use std::collections::BTreeSet;

use super::Calls;
use crate::billing::mode::Mode;
use crate::billing::term::Span;

/// Calls that count some of their tokens apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Apart {
    /// The calls, and all their tokens.
    pub calls: Calls,
    /// The tokens that are counted apart.
    pub tokens: u64,
}

impl Apart {
    /// Adds those of other calls, as [`Calls::roughly_plus`].
    pub fn add(&mut self, other: Self) {
        self.calls = self.calls.roughly_plus(other.calls);
        self.tokens = self.tokens.saturating_add(other.tokens);
    }

    /// Without `part`, which is contained; never below 0.
    #[must_use]
    pub fn without(self, part: Self) -> Self {
        Self {
            calls: self.calls.without(part.calls),
            tokens: self.tokens.saturating_sub(part.tokens),
        }
    }
}

/// From where the cached tokens of calls are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CachedBy {
    /// Fields that count them inside the input tokens.
    pub inside: BTreeSet<String>,
    /// Fields that count them beside the input tokens.
    pub beside: BTreeSet<String>,
    /// The hashes of blocks that they are derived from.
    pub derived: Option<Derived>,
}

impl CachedBy {
    /// Adds those of other calls.
    pub fn add(&mut self, other: Self) {
        self.inside.extend(other.inside);
        self.beside.extend(other.beside);
        self.derived = self.derived.take().or(other.derived);
    }

    /// Adds a field.
    pub fn field(&mut self, name: String, beside: bool) {
        let fields = if beside {
            &mut self.beside
        } else {
            &mut self.inside
        };
        fields.insert(name);
    }
}

/// Cache hits that are derived from the hashes of blocks of input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The field with the hashes.
    pub field: String,
    /// Tokens of a block.
    pub block: u32,
    /// How long a block is kept after its last use; `None` for ever.
    pub ttl: Option<Span>,
}

/// Calls that name a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfModel {
    /// Its name, as it is shown.
    pub model: String,
    /// The calls.
    pub calls: Calls,
}

/// What the calls of a trace tell beside their tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The code of the model that is quoted.
    pub priced_as: String,
    /// The names by which the trace calls that model.
    pub own: Vec<String>,
    /// Calls of other models, those with the most calls first.
    pub others: Vec<OfModel>,
    /// Calls that name a model beyond those that are kept; it may be any model.
    pub more: Calls,
    /// The field that names models, where it is always the same.
    pub field: Option<String>,
    /// Calls with cached input tokens.
    pub cached: Apart,
    /// From where these are known.
    pub cached_by: CachedBy,
    /// Calls with reasoning tokens.
    pub reasoning: Apart,
    /// Calls that say that the model thinks.
    pub thinking: Calls,
    /// Calls that say that the model does not think.
    pub non_thinking: Calls,
}

impl Told {
    /// Adds the calls that name a model, and tells those of the quoted model from others.
    #[must_use]
    pub fn of_models(self, named: impl IntoIterator<Item = OfModel>, quoted: &str) -> Self {
        let is_own = |one: &OfModel| names(&one.model, quoted);
        let (own, mut others): (Vec<_>, Vec<_>) = named.into_iter().partition(is_own);
        others.sort_by(|a, b| {
            let calls = b.calls.calls.cmp(&a.calls.calls);
            calls.then_with(|| a.model.cmp(&b.model))
        });
        Self {
            priced_as: quoted.to_owned(),
            own: own.into_iter().map(|one| one.model).collect(),
            others,
            ..self
        }
    }

    /// The calls that name the other mode than the one in which they are priced.
    #[must_use]
    pub fn in_another(&self, priced: Mode) -> Option<(Mode, Calls)> {
        let (named, calls) = match priced.for_tokens() {
            Mode::Thinking => (Mode::NonThinking, self.non_thinking),
            _ => (Mode::Thinking, self.thinking),
        };
        (calls != Calls::default()).then_some((named, calls))
    }
}

/// Whether a name from a log is that of a model's code, in any case and with or without what stands
/// before it: `dashscope/qwen3-max`.
fn names(name: &str, code: &str) -> bool {
    let (name, code) = (name.to_ascii_lowercase(), code.to_ascii_lowercase());
    let ends = |long: &str, short: &str| {
        let before = long.strip_suffix(short);
        before.is_some_and(|before| before.is_empty() || before.ends_with(['/', ':']))
    };
    !name.is_empty() && (ends(&name, &code) || ends(&code, &name))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_model_has_its_code_in_any_case_and_with_any_provider() {
        for name in [
            "qwen3-max",
            "Qwen3-MAX",
            "dashscope/qwen3-max",
            "a/b/qwen3-max",
            "alibaba:qwen3-max",
        ] {
            assert!(names(name, "qwen3-max"), "{name}");
            assert!(names("qwen3-max", name), "{name}");
        }
        for name in [
            "",
            "/",
            "max",
            "-max",
            "qwen3-max-2025-09-23",
            "my-qwen3-max",
            "qwen3-max/",
        ] {
            assert!(!names(name, "qwen3-max"), "{name}");
        }
    }
}
