//! Cached tokens of a row, which its columns count inside the input tokens or beside them.

use super::Call;
use super::columns::CacheRole;
use crate::billing::kind::Tokens;

/// Tokens of a row as its columns count them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// The column of input tokens.
    pub input: u64,
    /// The column of output tokens.
    pub output: u64,
    /// The columns of cached tokens, by [`CacheRole::index`].
    pub cache: [u64; 4],
}

/// Why the columns of a row contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheProblem {
    /// More tokens are cached inside the input than this input has.
    AboveInput {
        /// Tokens that were read from a cache or written to one.
        cached: u64,
        /// Input tokens.
        input: u64,
    },
    /// Together they are more than 64 bits hold.
    TooLarge,
}

impl Counted {
    /// The tokens of each kind, all of the input in one count.
    #[inline]
    pub fn tokens(self) -> Result<Tokens, CacheProblem> {
        let of = |role: CacheRole| self.cache.get(role.index()).copied().unwrap_or(0);
        let (read, read_beside) = (of(CacheRole::ReadInside), of(CacheRole::ReadBeside));
        let (written, written_beside) = (of(CacheRole::WriteInside), of(CacheRole::WriteBeside));
        let sum = |a: u64, b: u64| a.checked_add(b).ok_or(CacheProblem::TooLarge);
        let inside = sum(read, written)?;
        if inside > self.input {
            return Err(CacheProblem::AboveInput {
                cached: inside,
                input: self.input,
            });
        }
        Ok(Tokens {
            input: sum(sum(self.input, read_beside)?, written_beside)?,
            cached: sum(read, read_beside)?,
            cache_write: sum(written, written_beside)?,
            output: self.output,
        })
    }

    /// The same of one call; `None` where something is wrong or too large.
    #[inline]
    pub fn call(self) -> Option<Call> {
        let tokens = self.tokens().ok()?;
        tokens.try_map(u32::try_from).ok()
    }
}
