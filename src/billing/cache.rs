//! A cache of input: which of its two ways a hit is of, and what is said of its prices.

use super::kind::{TokenKind, Tokens};
use super::note::{CacheNote, Note};
use super::tokens::{Prices, Tier};

/// How input gets into a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheWay {
    /// The provider keeps it by itself.
    Implicit,
    /// A call asks for it, and pays for writing it.
    Explicit,
}

impl CacheWay {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Implicit, Self::Explicit];

    /// The way of a usage with these tokens in all (`tokens.cache-way`): the one that was asked for, else
    /// explicit where something is written to the cache. A request never has hits of both, so one way is
    /// taken for the whole usage.
    #[must_use]
    pub fn of(sums: Tokens, asked: Option<Self>) -> Self {
        asked.unwrap_or(match sums.cache_write {
            0 => Self::Implicit,
            _ => Self::Explicit,
        })
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Implicit => Self::Explicit,
            Self::Explicit => Self::Implicit,
        }
    }

    /// `implicit` or `explicit`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Implicit => "implicit",
            Self::Explicit => "explicit",
        }
    }
}

/// What to know of how these tokens are billed in `tiers`, if some of them are of a cache.
#[must_use]
pub fn notes(
    prices: &Prices,
    tiers: &[&Tier],
    tokens: Tokens,
    asked: Option<CacheWay>,
) -> Vec<Note> {
    let way = CacheWay::of(tokens, asked);
    let used = |kind: TokenKind| tokens.of(kind) > 0;
    let published = |kind| {
        tiers
            .iter()
            .any(|tier| tier.published(way).own(kind).is_some())
    };
    let mut notes = Vec::new();
    let has_both = tiers.iter().any(|tier| tier.has_both_ways());
    if used(TokenKind::Cached) && has_both {
        let asked = asked.is_some();
        notes.push(CacheNote::Way { way, asked });
    }
    let of_a_cache = TokenKind::OF_A_CACHE.into_iter();
    let (priced, unpriced): (Vec<_>, Vec<_>) = of_a_cache
        .filter(|kind| used(*kind))
        .partition(|kind| published(*kind));
    notes.extend(unpriced.into_iter().map(CacheNote::AsInput));
    if prices.batch.is_some() && !priced.is_empty() {
        notes.extend(match prices.batch_with_cache {
            Some(true) => None,
            Some(false) => Some(CacheNote::NotInBatch),
            None => Some(CacheNote::BatchUnknown),
        });
    }
    notes.into_iter().map(Note::Cache).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_makes_hits_explicit_unless_a_way_is_asked_for() {
        let hits = Tokens {
            cached: 5,
            ..Tokens::plain(10, 1)
        };
        let written = Tokens {
            cache_write: 1,
            ..hits
        };
        assert_eq!(CacheWay::of(hits, None), CacheWay::Implicit);
        assert_eq!(CacheWay::of(written, None), CacheWay::Explicit);
        for way in CacheWay::ALL {
            assert_eq!(CacheWay::of(hits, Some(way)), way);
            assert_eq!(CacheWay::of(written, Some(way)), way);
        }
    }
}
