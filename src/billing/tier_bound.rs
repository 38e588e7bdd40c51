//! Which tier a request is in, and the ends of tiers that two official texts write in two ways: that of the console counts, and what the other
//! would cost is said (`tokens.tier-bound`).

use rust_decimal::Decimal;

use super::cache::CacheWay;
use super::error::QuoteError;
use super::exact;
use super::hours::When;
use super::kind::Tokens;
use super::money::Money;
use super::note::{Note, TokensNote, TokensOtherwise};
use super::recorded::{Calls, Recorded};
use super::token_prices::{Band, Prices, Tier};

/// Tokens that are priced in the tiers of requests of one size, and what is said of them.
pub(super) struct OfSize<'a> {
    /// The tokens of each band.
    pub spread: &'a [(&'a Band, Tokens)],
    /// Input tokens of the requests that pick the tier.
    pub input: u64,
    /// How many these are.
    pub requests: u64,
    /// Which hits those of a cache are.
    pub way: CacheWay,
    /// Whether they are beyond a reservation.
    pub overflow: bool,
}

impl OfSize<'_> {
    /// The place of the tier that they are in, of tiers with these ends; `None` above the last.
    fn place(&self, tiers: &[Tier]) -> Option<usize> {
        let found = tier_of(self.input, Some(self.requests), tiers).ok()?;
        tiers.iter().position(|tier| tier == found)
    }
}

impl Prices {
    /// What tokens would cost otherwise: by the other end of a tier, and at an offer.
    pub(super) fn otherwise(&self, priced: &OfSize<'_>) -> Result<Vec<Note>, QuoteError> {
        if !self.can_be_otherwise() {
            return Ok(Vec::new());
        }
        let mut own = Decimal::ZERO;
        for (band, tokens) in priced.spread {
            let tier = priced.place(&band.tiers);
            let tier = tier.and_then(|place| band.tiers.get(place));
            let cost = self.cost(tier.ok_or(QuoteError::TooLarge)?, *tokens, priced.way)?;
            own = exact::add(own, cost)?;
        }
        let mut said = Vec::new();
        said.extend(self.by_the_other_end(priced, own)?);
        said.extend(self.at_the_offer(own, priced.overflow)?);
        Ok(said.into_iter().map(Note::Tokens).collect())
    }

    /// Whether there is another end, or an offer.
    fn can_be_otherwise(&self) -> bool {
        let mut tiers = self.bands.iter().flat_map(|band| &band.tiers);
        self.limited_offer.is_some() || tiers.any(|tier| tier.or_up_to.is_some())
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
        priced: &OfSize<'_>,
        own: Decimal,
    ) -> Result<Option<TokensNote>, QuoteError> {
        let mut how = None;
        let mut would = Some(Decimal::ZERO);
        for (band, tokens) in priced.spread {
            let place = priced.place(&band.tiers);
            let other = priced.place(&with_other_ends(band).tiers);
            // The end between them is that of the smaller of the two tiers.
            let between = match (place, other) {
                (Some(place), Some(other)) if place != other => Some(place.min(other)),
                (Some(place), None) => Some(place),
                _ => None,
            };
            let end = between.and_then(|between| band.tiers.get(between));
            let ends = end.and_then(|tier| Some((tier.up_to?, tier.or_up_to?)));
            how = match (how, ends) {
                (None, Some((end, other))) => Some(TokensOtherwise::End { end, other }),
                // Where hours have ends of their own, none of them is that of all the tokens.
                (Some(known), Some((end, other)))
                    if known != (TokensOtherwise::End { end, other }) =>
                {
                    let (calls, unpriced) = (priced.requests, 0);
                    Some(TokensOtherwise::Ends { calls, unpriced })
                }
                (known, _) => known,
            };
            let tier = other.and_then(|place| band.tiers.get(place));
            let cost = tier
                .map(|tier| self.cost(tier, *tokens, priced.way))
                .transpose()?;
            would = match (would, cost) {
                (Some(sum), Some(cost)) => Some(exact::add(sum, cost)?),
                _ => None,
            };
        }
        Ok(how.map(|how| self.note(how, own, would, priced.overflow)))
    }

    /// The same prices by the other ends.
    fn with_other_ends(&self) -> Self {
        Self {
            bands: self.bands.iter().map(with_other_ends).collect(),
            ..self.clone()
        }
    }

    /// The ends between which calls are counted apart: [those of the tiers](Prices::sizes), and the other ones, as
    /// far as the last tier goes.
    #[must_use]
    pub fn ends(&self) -> Vec<Option<u64>> {
        let mut ends = self.sizes();
        let last = ends.last().copied().flatten();
        let tiers = self.bands.iter().flat_map(|band| &band.tiers);
        let other = tiers.filter_map(|tier| tier.or_up_to);
        let other = other.filter(|end| last.is_none_or(|last| *end < last));
        ends.extend(other.map(Some));
        // No end is the largest one.
        ends.sort_by_key(|end| end.unwrap_or(u64::MAX));
        ends.dedup();
        ends
    }

    /// The calls of each of the [sizes](Prices::sizes), of calls that are counted between [`Prices::ends`].
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a sum does not fit.
    pub fn by_tier(&self, between_ends: &[Calls]) -> Result<Vec<Calls>, QuoteError> {
        in_sizes(&self.sizes(), &self.ends(), between_ends)
    }

    /// What calls of a trace would cost otherwise, of calls that are counted between [`Prices::ends`]: by the
    /// other ends, and at an offer.
    pub(super) fn trace_otherwise(
        &self,
        between_ends: &[Calls],
        recorded: &Recorded,
        overflow: bool,
    ) -> Result<Vec<TokensNote>, QuoteError> {
        if !self.can_be_otherwise() {
            return Ok(Vec::new());
        }
        let mut said = Vec::new();
        let own = self.cost_of(&self.by_tier(between_ends)?, recorded)?;
        let others = self.with_other_ends();
        let ends = self.ends();
        let (mut moved, mut unpriced) = (0_u64, 0_u64);
        let mut priced = Vec::new();
        for (end, calls) in ends.iter().zip(between_ends) {
            let places = |prices: &Self| -> Vec<Option<usize>> {
                let place = |band: &Band| {
                    let tier = band.tier_of_size(*end)?;
                    band.tiers.iter().position(|one| one == tier)
                };
                prices.bands.iter().map(place).collect()
            };
            let other = places(&others);
            if places(self) != other {
                moved = moved.saturating_add(calls.calls);
            }
            let has_price = other.iter().all(Option::is_some);
            if !has_price {
                unpriced = unpriced.saturating_add(calls.calls);
            }
            priced.push(if has_price { *calls } else { Calls::default() });
        }
        if moved > 0 {
            let both = self.cost_of(&self.by_tier(&priced)?, recorded)?;
            let by_other = in_sizes(&others.sizes(), &ends, &priced)?;
            let would = others.cost_of(&by_other, recorded)?;
            let how = TokensOtherwise::Ends {
                calls: moved,
                unpriced,
            };
            said.push(self.note(how, both, Some(would), overflow));
        }
        said.extend(self.at_the_offer(own, overflow)?);
        Ok(said)
    }

    /// What calls of each of the [sizes](Prices::sizes) cost, as the lines of a trace do.
    fn cost_of(&self, by_size: &[Calls], recorded: &Recorded) -> Result<Decimal, QuoteError> {
        let way = CacheWay::of(recorded.total.tokens, recorded.cache);
        let mut cost = Decimal::ZERO;
        for (up_to, calls) in self.sizes().into_iter().zip(by_size) {
            for (band, tokens) in self.spread(calls.tokens, When::Unknown)? {
                let tier = band.tier_of_size(up_to).ok_or(QuoteError::TooLarge)?;
                for one in self.billed(tier, tokens, way)? {
                    if let Some(price) = one.price {
                        let tokens = recorded.scaled(one.tokens)?;
                        cost = exact::add(cost, price.amount_for(tokens.into())?.value)?;
                    }
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

/// The band by the other ends.
fn with_other_ends(band: &Band) -> Band {
    let tiers = band.tiers.iter().cloned();
    let other = |tier: Tier| Tier {
        up_to: tier.or_up_to.or(tier.up_to),
        ..tier
    };
    Band {
        tiers: tiers.map(other).collect(),
        ..*band
    }
}

/// The calls of each size, of calls that are counted between `ends`.
fn in_sizes(
    sizes: &[Option<u64>],
    ends: &[Option<u64>],
    between_ends: &[Calls],
) -> Result<Vec<Calls>, QuoteError> {
    let mut sums = vec![Calls::default(); sizes.len()];
    for (end, calls) in ends.iter().zip(between_ends) {
        let end = end.unwrap_or(u64::MAX);
        let place = sizes
            .iter()
            .position(|up_to| up_to.is_none_or(|up_to| end <= up_to));
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
