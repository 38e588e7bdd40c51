//! A cache of input: which of its two ways a hit is of.

use super::kind::Tokens;

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
