//! The kinds of tokens that a call has, each with a price of its own.

use super::exact::TooLarge;

/// A kind of tokens. Each token of a call is of one kind; reasoning tokens are output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Input that is neither read from a cache nor written to one.
    Input,
    /// Input that is read from a cache: a hit.
    Cached,
    /// Input that is written to a cache.
    CacheWrite,
    /// Output.
    Output,
}

impl TokenKind {
    /// Every kind, in the order of line items.
    pub const ALL: [Self; 4] = [Self::Input, Self::Cached, Self::CacheWrite, Self::Output];

    /// Those that are input of a cache: read from it or written to it.
    pub const OF_A_CACHE: [Self; 2] = [Self::Cached, Self::CacheWrite];

    /// The id of its line item, of ordinary calls or of those beyond a reservation.
    #[must_use]
    pub fn item(self, overflow: bool) -> &'static str {
        match (self, overflow) {
            (Self::Input, false) => "tokens.input",
            (Self::Cached, false) => "tokens.cached",
            (Self::CacheWrite, false) => "tokens.cache-write",
            (Self::Output, false) => "tokens.output",
            (Self::Input, true) => "ptu.overflow.input",
            (Self::Cached, true) => "ptu.overflow.cached",
            (Self::CacheWrite, true) => "ptu.overflow.cache-write",
            (Self::Output, true) => "ptu.overflow.output",
        }
    }

    /// The kind of a line item of tokens; `None` where it is another charge.
    #[must_use]
    pub fn of_item(id: &str) -> Option<Self> {
        let is = |kind: &Self| [false, true].into_iter().any(|over| kind.item(over) == id);
        Self::ALL.into_iter().find(is)
    }

    /// Its name in JSON, before `_tokens` and `_per_request`. That of input is the name of all input.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Cached => "cached",
            Self::CacheWrite => "cache_write",
            Self::Output => "output",
        }
    }

    /// As it is said before `tokens`: `cached input`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Cached => "cached input",
            Self::CacheWrite => "cache write",
            Self::Output => "output",
        }
    }
}

/// Tokens of a call, or of several. `N` is `u64` for sums and `u32` for one call of a trace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tokens<N = u64> {
    /// All tokens of input, those of the next two among them.
    pub input: N,
    /// Input that is read from a cache.
    pub cached: N,
    /// Input that is written to a cache.
    pub cache_write: N,
    /// Output.
    pub output: N,
}

impl<N: Default> Tokens<N> {
    /// Input without a cache, and output.
    #[must_use]
    pub fn plain(input: N, output: N) -> Self {
        Self {
            input,
            output,
            ..Self::default()
        }
    }
}

impl<N> Tokens<N> {
    /// Another number in place of each.
    #[must_use]
    pub fn map<M>(self, mut of: impl FnMut(N) -> M) -> Tokens<M> {
        let Self {
            input,
            cached,
            cache_write,
            output,
        } = self;
        Tokens {
            input: of(input),
            cached: of(cached),
            cache_write: of(cache_write),
            output: of(output),
        }
    }

    /// Another number in place of each, if there is one for all.
    ///
    /// # Errors
    /// The first error.
    pub fn try_map<M, E>(self, mut of: impl FnMut(N) -> Result<M, E>) -> Result<Tokens<M>, E> {
        let Self {
            input,
            cached,
            cache_write,
            output,
        } = self;
        Ok(Tokens {
            input: of(input)?,
            cached: of(cached)?,
            cache_write: of(cache_write)?,
            output: of(output)?,
        })
    }

    /// Each number with its counterpart.
    #[must_use]
    pub fn zip<M>(self, other: Tokens<M>) -> Tokens<(N, M)> {
        Tokens {
            input: (self.input, other.input),
            cached: (self.cached, other.cached),
            cache_write: (self.cache_write, other.cache_write),
            output: (self.output, other.output),
        }
    }
}

impl Tokens {
    /// Both together.
    ///
    /// # Errors
    /// [`TooLarge`] when a sum does not fit 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, TooLarge> {
        let sums = self.zip(other);
        sums.try_map(|(one, other)| one.checked_add(other).ok_or(TooLarge))
    }

    /// So many times these.
    ///
    /// # Errors
    /// [`TooLarge`] when a product does not fit 64 bits.
    pub fn times(self, count: u64) -> Result<Self, TooLarge> {
        self.try_map(|one| one.checked_mul(count).ok_or(TooLarge))
    }

    /// Without `part`, which is contained; never below 0.
    #[must_use]
    pub fn without(self, part: Self) -> Self {
        self.zip(part).map(|(all, part)| all.saturating_sub(part))
    }

    /// In words: `4K input (3K cached) and 400 output tokens`.
    #[must_use]
    pub fn said(self, count: impl Fn(u64) -> String) -> String {
        let (input, output) = (count(self.input), count(self.output));
        let of_cache = self.of_cache_said(count);
        format!("{input} input{of_cache} and {output} output tokens")
    }

    /// What of the input is of a cache, to stand after it: ` (3K cached)`, or nothing.
    #[must_use]
    pub fn of_cache_said(self, count: impl Fn(u64) -> String) -> String {
        let kinds = TokenKind::OF_A_CACHE.into_iter();
        let used = kinds.filter(|kind| self.of(*kind) > 0);
        let said = |kind: TokenKind| {
            let what = kind.key().replace('_', " ");
            format!("{} {what}", count(self.of(kind)))
        };
        let parts: Vec<String> = used.map(said).collect();
        match parts.is_empty() {
            true => String::new(),
            false => format!(" ({})", parts.join(", ")),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// The tokens of one kind, each token counted once. Input is what no other kind of input has.
    #[must_use]
    pub fn of(self, kind: TokenKind) -> u64 {
        match kind {
            TokenKind::Input => self.input.saturating_sub(self.of_cache()),
            TokenKind::Cached => self.cached,
            TokenKind::CacheWrite => self.cache_write,
            TokenKind::Output => self.output,
        }
    }

    /// The tokens of which there are so many of each kind, each token counted once: the other way round of
    /// [`of`](Self::of).
    ///
    /// # Errors
    /// [`TooLarge`] when the input does not fit 64 bits.
    pub fn of_kinds(of: impl Fn(TokenKind) -> u64) -> Result<Self, TooLarge> {
        let (cached, cache_write) = (of(TokenKind::Cached), of(TokenKind::CacheWrite));
        let of_cache = cached.checked_add(cache_write).ok_or(TooLarge)?;
        let input = of(TokenKind::Input).checked_add(of_cache);
        Ok(Self {
            input: input.ok_or(TooLarge)?,
            cached,
            cache_write,
            output: of(TokenKind::Output),
        })
    }

    /// What of the input is of a cache: read from it or written to it.
    #[must_use]
    pub fn of_cache(self) -> u64 {
        self.cached.saturating_add(self.cache_write)
    }

    /// Whether no more is cached or written to a cache than there is input.
    #[must_use]
    pub fn is_whole(self) -> bool {
        let apart = self.cached.checked_add(self.cache_write);
        apart.is_some_and(|apart| apart <= self.input)
    }
}

impl From<Tokens<u32>> for Tokens {
    fn from(call: Tokens<u32>) -> Self {
        call.map(u64::from)
    }
}
