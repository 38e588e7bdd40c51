//! The prices of tokens: by kind, by size of a request, by hour of the day, of batch calls and of a cache.

use rust_decimal::Decimal;

use super::cache::CacheWay;
use super::error::QuoteError;
use super::exact;
use super::hours::{DAY, Hours, When, divided_tokens};
use super::kind::{TokenKind, Tokens};
use super::mode::Mode;
use super::money::{Currency, Percent};
use super::note::{CacheNote, Note};
use super::offer::{Rate, Source};
use super::rule::Rule;
use super::unit::UnitPrice;

/// A price for requests up to a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// The largest input of a request in this tier; `None` where there is no limit.
    pub up_to: Option<u64>,
    /// That end as another official text has it.
    pub or_up_to: Option<u64>,
    /// The price of each kind of tokens. Where a cache has two ways, hits are implicit ones.
    pub prices: KindPrices,
    /// The price of hits of what calls wrote to the cache, where that is another one.
    pub cached_explicit: Option<UnitPrice>,
    /// Whether what hits cost that no call wrote is not documented: they are then billed as input.
    pub implicit_unknown: bool,
}

impl Tier {
    /// The published prices, with hits of a way. Where a cache has one way, its price is that of all hits.
    #[must_use]
    pub fn published(&self, way: CacheWay) -> KindPrices {
        let (implicit, explicit) = (self.prices.cached, self.cached_explicit);
        KindPrices {
            cached: match way {
                CacheWay::Implicit if self.implicit_unknown => implicit,
                CacheWay::Implicit => implicit.or(explicit),
                CacheWay::Explicit => explicit.or(implicit),
            },
            ..self.prices
        }
    }

    /// Every price that can be published, each by its name.
    #[must_use]
    pub fn all(&self) -> [(&'static str, Option<UnitPrice>); 5] {
        [
            ("input", Some(self.prices.input)),
            ("cached", self.prices.cached),
            ("cached-explicit", self.cached_explicit),
            ("cache-write", self.prices.cache_write),
            ("output", self.prices.output),
        ]
    }

    /// Whether hits cost something else by each way.
    #[must_use]
    pub fn has_both_ways(&self) -> bool {
        let [implicit, explicit] = CacheWay::ALL.map(|way| self.published(way).cached);
        implicit != explicit
    }
}

/// The price of each kind of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindPrices {
    /// Input.
    pub input: UnitPrice,
    /// Input that is read from a cache; `None` where no discount is published, and it costs what input costs.
    pub cached: Option<UnitPrice>,
    /// Input that is written to a cache; `None` where it costs what input costs.
    pub cache_write: Option<UnitPrice>,
    /// Output; `None` where no price is published.
    pub output: Option<UnitPrice>,
}

impl KindPrices {
    /// Input and output, without prices of a cache.
    #[must_use]
    pub fn plain(input: UnitPrice, output: Option<UnitPrice>) -> Self {
        Self {
            input,
            cached: None,
            cache_write: None,
            output,
        }
    }

    /// The price that is published for a kind.
    #[must_use]
    pub fn own(&self, kind: TokenKind) -> Option<UnitPrice> {
        match kind {
            TokenKind::Input => Some(self.input),
            TokenKind::Cached => self.cached,
            TokenKind::CacheWrite => self.cache_write,
            TokenKind::Output => self.output,
        }
    }
}

/// The prices of some hours of the day, or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The hours; `None` where the prices are those of the whole day.
    pub hours: Option<Hours>,
    /// By size of a request, the smallest first; at least one.
    pub tiers: Vec<Tier>,
}

impl Band {
    /// The tier of calls of up to this size, one of [`Prices::sizes`].
    #[must_use]
    pub fn tier_of_size(&self, up_to: Option<u64>) -> Option<&Tier> {
        let end = |end: Option<u64>| end.unwrap_or(u64::MAX);
        let mut tiers = self.tiers.iter();
        tiers.find(|tier| end(up_to) <= end(tier.up_to))
    }

    /// What follows the name of a line: `, 08:00–22:00`, or nothing.
    #[must_use]
    pub fn said(&self) -> String {
        self.hours
            .map_or(String::new(), |hours| format!(", {hours}"))
    }
}

/// The prices of one model, rate and mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// Which prices these are.
    pub rate: Rate,
    /// The mode they are for, where the model has several.
    pub mode: Option<Mode>,
    /// By hour of the day: together the hours are a day, or are some hours of it whose calls are billed; at
    /// least one.
    pub bands: Vec<Band>,
    /// The share of the price that batch calls cost; `None` for other calls.
    pub batch: Option<Percent>,
    /// Whether these are batch calls of a model for which the page marks no price of such calls.
    pub batch_unmarked: bool,
    /// Whether batch calls pay that share of the prices of a cache, too, or do not have these prices at all;
    /// `None` where that is not documented.
    pub batch_with_cache: Option<bool>,
    /// The currency of the prices.
    pub currency: Currency,
    /// Where they were read.
    pub source: Source,
    /// Where the prices of a cache were read, if not with the others.
    pub cache_source: Option<Source>,
    /// A share of these prices that the page offers for a time whose end it does not say. It is not applied.
    pub limited_offer: Option<Percent>,
}

/// Tokens of one kind, and what they cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Billed {
    /// The kind that they are billed as.
    pub kind: TokenKind,
    /// How many there are; perhaps none.
    pub tokens: u64,
    /// What they cost; `None` where no price is published.
    pub price: Option<UnitPrice>,
    /// The share of the published price that this is, where they are of batch calls.
    pub batch: Option<Percent>,
}

impl Billed {
    /// `, batch at 50%`, after what they are; nothing of other calls.
    #[must_use]
    pub fn said_of_batch(&self) -> String {
        self.batch.map_or_else(String::new, |share| {
            format!(", batch at {}%", exact::plain(share.value()))
        })
    }

    /// The rule of their price.
    #[must_use]
    pub fn rule(&self, prices: &Prices, band: &Band) -> Rule {
        match self.batch {
            Some(_) => Rule::TokensBatch,
            None => prices.rule_of(band, self.kind),
        }
    }
}

impl Prices {
    /// Whether they depend on the hour of the day.
    #[must_use]
    pub fn is_by_hour(&self) -> bool {
        self.bands.len() > 1
    }

    /// The prices of each band by themselves, in their order.
    pub fn apart(&self) -> impl Iterator<Item = Self> {
        self.bands.iter().map(|band| Self {
            bands: vec![band.clone()],
            ..self.clone()
        })
    }

    /// The largest inputs by which requests are told apart, the smallest first: those of each size are in one
    /// tier of each band. A request above the last one is above the last tier of some band.
    #[must_use]
    pub fn sizes(&self) -> Vec<Option<u64>> {
        if let [only] = self.bands.as_slice() {
            return only.tiers.iter().map(|tier| tier.up_to).collect();
        }
        let ends = |band: &Band| -> Vec<u64> {
            let ends = band.tiers.iter().map(|tier| tier.up_to.unwrap_or(u64::MAX));
            ends.collect()
        };
        let last = |band: &Band| ends(band).last().copied();
        let last = self.bands.iter().filter_map(last).min();
        let mut all: Vec<u64> = self.bands.iter().flat_map(ends).collect();
        all.retain(|end| Some(*end) <= last);
        all.sort_unstable();
        all.dedup();
        let all = all.into_iter();
        all.map(|end| Some(end).filter(|end| *end < u64::MAX))
            .collect()
    }

    /// Tokens by the band that they are billed in, each kind divided into whole tokens that add up to it: see
    /// [`divided`](super::hours::divided).
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a number does not fit.
    pub fn spread(&self, tokens: Tokens, when: When) -> Result<Vec<(&Band, Tokens)>, QuoteError> {
        if let [only] = self.bands.as_slice() {
            return Ok(vec![(only, tokens)]);
        }
        let parts = divided_tokens(tokens, &when.shares(&self.hours())?)?;
        Ok(self.bands.iter().zip(parts).collect())
    }

    /// The price of a token that is as likely at one time of the day as at another, of one price in each band.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when it does not fit a decimal exactly.
    pub fn average(&self, prices: &[UnitPrice]) -> Result<UnitPrice, QuoteError> {
        let Some((first, others)) = prices.split_first() else {
            return Err(QuoteError::TooLarge);
        };
        if others.is_empty() {
            return Ok(*first);
        }
        // Each is stated for all that the prices are for, so that nothing is divided.
        let per = prices.iter().map(|price| price.per).max().unwrap_or(1);
        let all = prices
            .iter()
            .try_fold(per, |all, price| match all.checked_rem(price.per) {
                Some(0) => Some(all),
                _ => all.checked_mul(price.per),
            });
        let all = all.ok_or(QuoteError::TooLarge)?;
        let mut amount = Decimal::ZERO;
        for (price, hours) in prices.iter().zip(self.hours()) {
            let times = all.checked_div(price.per).ok_or(QuoteError::TooLarge)?;
            let stated = exact::mul(price.amount, times.into())?;
            amount = exact::add(amount, exact::mul(stated, hours.minutes().into())?)?;
        }
        let per = all.checked_mul(DAY.into()).ok_or(QuoteError::TooLarge)?;
        Ok(UnitPrice {
            amount,
            per,
            ..*first
        })
    }

    /// The hours of each band, where they depend on them.
    #[must_use]
    pub fn hours(&self) -> Vec<Hours> {
        self.bands.iter().filter_map(|band| band.hours).collect()
    }

    /// What each kind of these tokens costs in a tier, in the order of line items. Kinds of input without a
    /// price of their own are billed as input. `way` is that of the whole usage: see [`CacheWay::of`].
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the price of batch calls does not fit a decimal exactly.
    pub fn billed(
        &self,
        tier: &Tier,
        tokens: Tokens,
        way: CacheWay,
    ) -> Result<Vec<Billed>, QuoteError> {
        let published = tier.published(way);
        let mut all = Vec::new();
        let mut as_input = 0_u64;
        for kind in TokenKind::ALL {
            let tokens = tokens.of(kind);
            let (price, batch) = self.of_calls(published, kind)?;
            match price {
                None if TokenKind::OF_A_CACHE.contains(&kind) => {
                    as_input = as_input.saturating_add(tokens);
                }
                price => all.push(Billed {
                    kind,
                    tokens,
                    price,
                    batch,
                }),
            }
        }
        for input in all.iter_mut().filter(|one| one.kind == TokenKind::Input) {
            input.tokens = input.tokens.saturating_add(as_input);
        }
        Ok(all)
    }

    /// The price of a kind for these calls, batch calls or others, and the share of the published one that it
    /// is. Of a cache, `None` is what input costs (`tokens.cache-batch`).
    fn of_calls(
        &self,
        published: KindPrices,
        kind: TokenKind,
    ) -> Result<(Option<UnitPrice>, Option<Percent>), QuoteError> {
        let (Some(share), Some(price)) = (self.batch, published.own(kind)) else {
            return Ok((published.own(kind), None));
        };
        let of_batch = |price: UnitPrice| -> Result<UnitPrice, QuoteError> {
            Ok(UnitPrice {
                amount: exact::mul(price.amount, share.factor()?)?,
                ..price
            })
        };
        let of_a_cache = TokenKind::OF_A_CACHE.contains(&kind);
        match self.batch_with_cache {
            Some(false) if of_a_cache => Ok((None, None)),
            None if of_a_cache => {
                let input = of_batch(published.input)?;
                let is_hit = kind == TokenKind::Cached;
                let as_input = is_hit && input.is_below(price)?;
                Ok((Some(price).filter(|_| !as_input), None))
            }
            _ => Ok((Some(of_batch(price)?), Some(share))),
        }
    }

    /// Where the price of a kind was read.
    #[must_use]
    pub fn source_of(&self, kind: TokenKind) -> &Source {
        let of_cache = self.cache_source.as_ref();
        let of_cache = of_cache.filter(|_| TokenKind::OF_A_CACHE.contains(&kind));
        of_cache.unwrap_or(&self.source)
    }

    /// The rule by which a kind is billed in a band, apart from what batch calls have.
    #[must_use]
    pub fn rule_of(&self, band: &Band, kind: TokenKind) -> Rule {
        match (kind, self.rate) {
            (TokenKind::Cached, _) => Rule::TokensCached,
            (TokenKind::CacheWrite, _) => Rule::TokensCacheWrite,
            (TokenKind::Input | TokenKind::Output, Rate::FineTuned) => Rule::TokensFineTuned,
            (TokenKind::Input | TokenKind::Output, Rate::Standard) => match band.tiers.len() {
                0 | 1 if band.hours.is_some() => Rule::TokensHours,
                0 | 1 => Rule::TokensStandard,
                _ => Rule::TokensTier,
            },
        }
    }

    /// What these tokens cost in a tier.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the sum does not fit a decimal exactly.
    pub fn cost(&self, tier: &Tier, tokens: Tokens, way: CacheWay) -> Result<Decimal, QuoteError> {
        let mut cost = Decimal::ZERO;
        for one in self.billed(tier, tokens, way)? {
            if let Some(price) = one.price {
                cost = exact::add(cost, price.amount_for(one.tokens.into())?.value)?;
            }
        }
        Ok(cost)
    }

    /// What to know of how these tokens are billed in `tiers`, if some of them are of a cache.
    #[must_use]
    pub fn cache_notes(
        &self,
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
        // Batch calls may have no price of a cache at all.
        let has_prices = self.batch.is_none() || self.batch_with_cache != Some(false);
        if used(TokenKind::Cached) && has_both && has_prices {
            let asked = asked.is_some();
            notes.push(CacheNote::Way { way, asked });
        }
        let of_a_cache = TokenKind::OF_A_CACHE.into_iter();
        let (priced, unpriced): (Vec<_>, Vec<_>) = of_a_cache
            .filter(|kind| used(*kind))
            .partition(|kind| published(*kind));
        let hits_unknown = tiers.iter().any(|tier| tier.implicit_unknown);
        notes.extend(unpriced.into_iter().map(|kind| match kind {
            TokenKind::Cached if hits_unknown => CacheNote::HitsUnknown,
            kind => CacheNote::AsInput(kind),
        }));
        if self.batch.is_some() && !priced.is_empty() {
            notes.extend(match self.batch_with_cache {
                Some(true) => None,
                Some(false) => Some(CacheNote::NotInBatch),
                None => Some(CacheNote::BatchUnknown),
            });
        }
        notes.into_iter().map(Note::Cache).collect()
    }
}

/// Whether tokens cost the same by both prices, wherever these were read.
#[must_use]
pub fn is_same(one: &Prices, other: &Prices) -> bool {
    let Prices {
        rate,
        mode,
        bands,
        batch,
        batch_with_cache,
        batch_unmarked: _,
        currency,
        source: _,
        cache_source: _,
        limited_offer,
    } = one;
    (*rate, *mode, *currency) == (other.rate, other.mode, other.currency)
        && (*batch, *batch_with_cache) == (other.batch, other.batch_with_cache)
        && *bands == other.bands
        && *limited_offer == other.limited_offer
}
