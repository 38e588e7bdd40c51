//! How much input of a request, or of all requests, is of a cache: as flags or keys of a plan say it.

use super::conflict::{Conflict, CountOf};
use crate::billing::cache::CacheWay;
use crate::billing::exact;
use crate::billing::kind::Tokens;
use crate::billing::quote::Percent;

/// What is said of a cache. What is not said is 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CacheUse {
    /// Tokens that are read from it.
    pub cached: Option<u64>,
    /// The share of input that is read from it, in place of their number.
    pub hit: Option<Percent>,
    /// Tokens that are written to it.
    pub cache_write: Option<u64>,
}

impl CacheUse {
    /// Whether anything is said.
    #[must_use]
    pub fn given(&self) -> bool {
        *self != Self::default()
    }

    /// The tokens of one request; what is of the cache is part of `input`.
    ///
    /// # Errors
    /// [`Conflict::MoreOfCache`], [`Conflict::HitNotWhole`], and [`Conflict::ImplicitWrites`], as a request has
    /// hits of one way only.
    pub fn of_request(
        self,
        input: u64,
        output: u64,
        way: Option<CacheWay>,
    ) -> Result<Tokens, Conflict> {
        let tokens = self.tokens(CountOf::Request, input, output)?;
        match way {
            Some(CacheWay::Implicit) if tokens.cache_write > 0 => Err(Conflict::ImplicitWrites),
            _ => Ok(tokens),
        }
    }

    /// The tokens of all requests together; what is of the cache is part of `input`.
    ///
    /// # Errors
    /// [`Conflict::MoreOfCache`] and [`Conflict::HitNotWhole`].
    pub fn of_all(self, input: u64, output: u64) -> Result<Tokens, Conflict> {
        self.tokens(CountOf::All, input, output)
    }

    fn tokens(self, of: CountOf, input: u64, output: u64) -> Result<Tokens, Conflict> {
        let cached = match self.hit {
            Some(percent) => hits(percent, input)?,
            None => self.cached.unwrap_or(0),
        };
        let tokens = Tokens {
            cached,
            cache_write: self.cache_write.unwrap_or(0),
            ..Tokens::plain(input, output)
        };
        match tokens.is_whole() {
            true => Ok(tokens),
            false => Err(Conflict::MoreOfCache { of, tokens }),
        }
    }
}

/// The share of `input`, where it is a whole number of tokens.
fn hits(percent: Percent, input: u64) -> Result<u64, Conflict> {
    // A share below 100 % of 64 bits, with as many decimals as were typed: what does not fit is not whole.
    let share = exact::mul(percent.value(), input.into());
    let rounded = share.and_then(|share| exact::floor_ratio(share, 100.into()));
    let down = rounded.unwrap_or(0);
    let is_whole = share.is_ok_and(|share| exact::mul(down.into(), 100.into()) == Ok(share));
    match is_whole {
        true => Ok(down),
        false => Err(Conflict::HitNotWhole {
            percent,
            input,
            down,
        }),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    fn hit(percent: &str, input: u64) -> Result<u64, Conflict> {
        let percent = Percent::new(Decimal::from_str_exact(percent).unwrap());
        let cache = CacheUse {
            hit: percent,
            ..CacheUse::default()
        };
        cache.of_request(input, 1, None).map(|tokens| tokens.cached)
    }

    #[test]
    fn a_share_of_input_is_whole_tokens_or_refused() {
        assert_eq!(hit("75", 4_000), Ok(3_000));
        assert_eq!(hit("12.5", 4_000), Ok(500));
        assert_eq!(hit("0", 7), Ok(0));
        assert_eq!(hit("100", u64::MAX), Ok(u64::MAX));
        let refused = |percent, input| match hit(percent, input) {
            Err(Conflict::HitNotWhole { down, .. }) => Some(down),
            _ => None,
        };
        assert_eq!(refused("33", 1_025), Some(338));
        assert_eq!(refused("99.999999999999", 1_025), Some(1_024));
    }

    #[test]
    fn what_is_of_the_cache_is_part_of_input() {
        let of = |cached, cache_write, way| {
            let cache = CacheUse {
                cached: Some(cached),
                hit: None,
                cache_write: Some(cache_write),
            };
            cache.of_request(100, 1, way).map(|tokens| tokens.cached)
        };
        assert_eq!(of(60, 40, None), Ok(60));
        assert!(matches!(
            of(60, 41, None),
            Err(Conflict::MoreOfCache { .. })
        ));
        assert!(matches!(
            of(u64::MAX, 1, None),
            Err(Conflict::MoreOfCache { .. })
        ));
        let implicit = Some(CacheWay::Implicit);
        assert_eq!(of(60, 40, implicit), Err(Conflict::ImplicitWrites));
        assert_eq!(of(60, 0, implicit), Ok(60));
    }
}
