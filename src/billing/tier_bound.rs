//! Which tier a request is in, and the ends of tiers that two official texts write in two ways: that of the console counts, and what the other
//! would cost is said (`tokens.tier-bound`).

use rust_decimal::Decimal;

use super::cache::CacheWay;
use super::error::QuoteError;
use super::exact;
use super::kind::Tokens;
use super::money::Money;
use super::note::{Note, TokensNote, TokensOtherwise};
use super::recorded::{Calls, Recorded};
use super::token_prices::{Prices, Tier};

/// Tokens that are priced in one tier, and what is said of them.
pub(super) struct InTier<'a> {
    /// The tier.
    pub tier: &'a Tier,
    /// Input tokens of the requests that pick the tier.
    pub input: u64,
    /// How many these are.
    pub requests: u64,
    /// All tokens that are priced.
    pub tokens: Tokens,
    /// Which hits those of a cache are.
    pub way: CacheWay,
    /// Whether they are beyond a reservation.
    pub overflow: bool,
}

impl Prices {
    /// What tokens in one tier would cost otherwise: by the other end of a tier, and at an offer.
    pub(super) fn otherwise(&self, priced: &InTier<'_>) -> Result<Vec<Note>, QuoteError> {
        if !self.can_be_otherwise() {
            return Ok(Vec::new());
        }
        let own = self.cost(priced.tier, priced.tokens, priced.way)?;
        let mut said = Vec::new();
        said.extend(self.by_the_other_end(priced, own)?);
        said.extend(self.at_the_offer(own, priced.overflow)?);
        Ok(said.into_iter().map(Note::Tokens).collect())
    }

    /// Whether there is another end, or an offer.
    fn can_be_otherwise(&self) -> bool {
        self.limited_offer.is_some() || self.tiers.iter().any(|tier| tier.or_up_to.is_some())
    }

    /// What they would cost at the offer, where there is one.
    fn at_the_offer(&self, own: Decimal, overflow: bool) -> Result<Option<TokensNote>, QuoteError> {
        let Some(share) = self.limited_offer.filter(|_| !own.is_zero()) else {
            return Ok(None);
        };
        let would = exact::mul(own, share.factor()?)?;
        let how = TokensOtherwise::Offer(share);
        Ok(Some(self.note(how, own, Some(would), overflow)))
    }

    fn by_the_other_end(
        &self,
        priced: &InTier<'_>,
        own: Decimal,
    ) -> Result<Option<TokensNote>, QuoteError> {
        let others = self.with_other_ends();
        let place = self.tiers.iter().position(|tier| tier == priced.tier);
        let found = tier_of(priced.input, Some(priced.requests), &others).ok();
        let other = found.and_then(|found| others.iter().position(|tier| tier == found));
        if place == other {
            return Ok(None);
        }
        // The end between them is that of the smaller of the two tiers.
        let between = match (place, other) {
            (Some(place), Some(other)) => place.min(other),
            (Some(place), None) => place,
            _ => return Ok(None),
        };
        let end = self.tiers.get(between);
        let Some((end, or)) = end.and_then(|tier| Some((tier.up_to?, tier.or_up_to?))) else {
            return Ok(None);
        };
        let would = other.and_then(|place| self.tiers.get(place));
        let would = would
            .map(|tier| self.cost(tier, priced.tokens, priced.way))
            .transpose()?;
        let how = TokensOtherwise::End { end, other: or };
        Ok(Some(self.note(how, own, would, priced.overflow)))
    }

    /// The tiers by the other ends.
    fn with_other_ends(&self) -> Vec<Tier> {
        let tiers = self.tiers.iter().cloned();
        let other = |tier: Tier| Tier {
            up_to: tier.or_up_to.or(tier.up_to),
            ..tier
        };
        tiers.map(other).collect()
    }

    /// The ends between which calls are counted apart: those of the tiers, and the other ones, as far as the
    /// last tier goes.
    #[must_use]
    pub fn ends(&self) -> Vec<Option<u64>> {
        let last = self.tiers.last().and_then(|tier| tier.up_to);
        let own = self.tiers.iter().map(|tier| tier.up_to);
        let other = self.tiers.iter().filter_map(|tier| tier.or_up_to);
        let other = other.filter(|end| last.is_none_or(|last| *end < last));
        let mut ends: Vec<Option<u64>> = own.chain(other.map(Some)).collect();
        // No end is the largest one.
        ends.sort_by_key(|end| end.unwrap_or(u64::MAX));
        ends.dedup();
        ends
    }

    /// The calls of each tier, of calls that are counted between [`Prices::ends`].
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a sum does not fit.
    pub fn by_tier(&self, between_ends: &[Calls]) -> Result<Vec<Calls>, QuoteError> {
        in_tiers(&self.tiers, &self.ends(), between_ends)
    }

    /// What calls of a trace would cost otherwise, of calls that are counted between [`Prices::ends`]: by the
    /// other ends, and at an offer.
    pub(super) fn trace_otherwise(
        &self,
        between_ends: &[Calls],
        recorded: &Recorded,
        overflow: bool,
    ) -> Result<Vec<Note>, QuoteError> {
        if !self.can_be_otherwise() {
            return Ok(Vec::new());
        }
        let mut said = Vec::new();
        let own = self.cost_of(&self.by_tier(between_ends)?, recorded)?;
        let others = self.with_other_ends();
        let ends = self.ends();
        let place = |tiers: &[Tier], end: &Option<u64>| {
            let end = end.unwrap_or(u64::MAX);
            let holds = |tier: &Tier| tier.up_to.is_none_or(|up_to| end <= up_to);
            tiers.iter().position(holds)
        };
        let (mut moved, mut unpriced) = (0_u64, 0_u64);
        let mut priced = Vec::new();
        for (end, calls) in ends.iter().zip(between_ends) {
            let other = place(&others, end);
            if place(&self.tiers, end) != other {
                moved = moved.saturating_add(calls.calls);
            }
            if other.is_none() {
                unpriced = unpriced.saturating_add(calls.calls);
            }
            priced.push(other.map_or(Calls::default(), |_| *calls));
        }
        if moved > 0 {
            let both = self.cost_of(&in_tiers(&self.tiers, &ends, &priced)?, recorded)?;
            let would = self.cost_of(&in_tiers(&others, &ends, &priced)?, recorded)?;
            let how = TokensOtherwise::Ends {
                calls: moved,
                unpriced,
            };
            said.push(self.note(how, both, Some(would), overflow));
        }
        said.extend(self.at_the_offer(own, overflow)?);
        Ok(said.into_iter().map(Note::Tokens).collect())
    }

    /// What calls of each tier cost, as the lines of a trace do.
    fn cost_of(&self, by_tier: &[Calls], recorded: &Recorded) -> Result<Decimal, QuoteError> {
        let way = CacheWay::of(recorded.total.tokens, recorded.cache);
        let mut cost = Decimal::ZERO;
        for (tier, calls) in self.tiers.iter().zip(by_tier) {
            for one in self.billed(tier, calls.tokens, way)? {
                if let Some(price) = one.price {
                    let tokens = recorded.scaled(one.tokens)?;
                    cost = exact::add(cost, price.amount_for(tokens.into())?.value)?;
                }
            }
        }
        Ok(cost)
    }

    fn note(
        &self,
        how: TokensOtherwise,
        own: Decimal,
        would: Option<Decimal>,
        overflow: bool,
    ) -> TokensNote {
        let money = |amount| Money {
            amount,
            currency: self.currency,
        };
        TokensNote {
            how,
            own: money(own),
            would: would.map(money),
            overflow,
            funded: false,
        }
    }
}

/// The calls of each of `tiers`, of calls that are counted between `ends`.
fn in_tiers(
    tiers: &[Tier],
    ends: &[Option<u64>],
    between_ends: &[Calls],
) -> Result<Vec<Calls>, QuoteError> {
    let mut sums = vec![Calls::default(); tiers.len()];
    for (end, calls) in ends.iter().zip(between_ends) {
        let end = end.unwrap_or(u64::MAX);
        let holds = |tier: &Tier| tier.up_to.is_none_or(|up_to| end <= up_to);
        let place = tiers.iter().position(holds);
        if let Some(sum) = place.and_then(|place| sums.get_mut(place)) {
            *sum = sum.plus(*calls)?;
        }
    }
    Ok(sums)
}

/// The tier of the average of `requests` with `input` tokens in all: the first whose end is not
/// below it (`tokens.tier`).
///
/// # Errors
/// [`QuoteError::RequestsNeeded`] for several tiers without a number of requests,
/// [`QuoteError::MoreThanARequest`] for more input than the only tier has, without that number,
/// [`QuoteError::BeyondLastTier`] for a request larger than the last tier.
pub fn tier_of(input: u64, requests: Option<u64>, tiers: &[Tier]) -> Result<&Tier, QuoteError> {
    let requests = match (requests, tiers) {
        (Some(requests), _) => requests,
        (None, [only]) => match only.up_to {
            Some(last) if last < input => {
                return Err(QuoteError::MoreThanARequest { input, last });
            }
            _ => return Ok(only),
        },
        (None, _) => return Err(QuoteError::RequestsNeeded),
    };
    // The average is compared as a product, so that nothing is rounded.
    let fits = |tier: &&Tier| match tier.up_to {
        None => true,
        Some(end) => u128::from(input) <= u128::from(end).saturating_mul(u128::from(requests)),
    };
    tiers
        .iter()
        .find(fits)
        .ok_or_else(|| QuoteError::BeyondLastTier {
            input,
            requests,
            last: tiers.last().and_then(|tier| tier.up_to).unwrap_or(0),
        })
}

/// The tier of one call.
///
/// # Errors
/// [`QuoteError::CallBeyondLastTier`] for a call larger than the last tier.
pub fn tier_of_call(input: u64, tiers: &[Tier]) -> Result<&Tier, QuoteError> {
    tier_of(input, Some(1), tiers).map_err(|error| match error {
        QuoteError::BeyondLastTier { last, .. } => QuoteError::CallBeyondLastTier {
            request: input,
            last,
        },
        other => other,
    })
}
