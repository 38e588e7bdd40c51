//! What is said of input that is read from a cache, or written to one.

use std::fmt;

use crate::billing::cache::CacheWay;
use crate::billing::kind::TokenKind;
use crate::billing::rule::{Basis, Rule};

/// Something about the price of input of a cache. `Display` gives its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheNote {
    /// Of a price for hits of each way, which one is taken.
    Way {
        /// The way that is taken.
        way: CacheWay,
        /// Whether it was asked for.
        asked: bool,
    },
    /// No price is published for a kind of input, which is therefore billed as input.
    AsInput(TokenKind),
    /// What hits cost that no call wrote is not known, and they are therefore billed as input.
    HitsUnknown,
    /// Batch calls do not have the prices of a cache.
    NotInBatch,
    /// Whether batch calls have the prices of a cache is not documented.
    BatchUnknown,
}

impl CacheNote {
    /// The rule by which it is said.
    #[must_use]
    pub fn rule(self) -> Rule {
        match self {
            Self::Way { .. } => Rule::TokensCacheWay,
            Self::AsInput(TokenKind::CacheWrite) => Rule::TokensCacheWrite,
            Self::AsInput(_) | Self::HitsUnknown => Rule::TokensCached,
            Self::NotInBatch | Self::BatchUnknown => Rule::TokensCacheBatch,
        }
    }

    /// Whether a document or the person who asks says so.
    #[must_use]
    pub fn basis(self) -> Basis {
        match self {
            Self::Way { asked: true, .. } => Basis::Given,
            Self::NotInBatch => self.rule().basis(),
            Self::Way { .. } | Self::AsInput(_) | Self::HitsUnknown | Self::BatchUnknown => {
                Basis::Reading
            }
        }
    }
}

impl fmt::Display for CacheNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Way { way, asked: true } => write!(
                f,
                "cached input is priced as hits of the {way} cache, as `--cache {way}` says (`cache` in a plan)",
                way = way.name()
            ),
            Self::Way { way, .. } => write!(
                f,
                "cached input is priced as hits of the {} cache, as {} written to it; `--cache {}` (`cache` in a plan) takes the other price",
                way.name(),
                match way {
                    CacheWay::Implicit => "nothing is",
                    CacheWay::Explicit => "some input is",
                },
                way.other().name()
            ),
            Self::AsInput(TokenKind::CacheWrite) => f.write_str(
                "no price is published for what is written to a cache, so it is billed as input",
            ),
            Self::HitsUnknown => f.write_str(
                "what hits of the implicit cache cost is not known for this model, so they are billed as input",
            ),
            Self::AsInput(kind) => write!(
                f,
                "no discount is published for {}, so it is billed as input",
                kind.name()
            ),
            Self::NotInBatch => f.write_str(
                "batch calls do not have the prices of a cache: what they read from it or write to it is billed as their other input",
            ),
            Self::BatchUnknown => f.write_str(
                "whether batch calls pay less for what they read from a cache or write to it, too, is not documented: these prices stand as published, and a hit costs no more than other input of the same calls",
            ),
        }
    }
}
