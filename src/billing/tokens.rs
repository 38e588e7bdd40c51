//! Billing by token: fine-tuned models, and ordinary calls in tiers.

use rust_decimal::Decimal;

use super::cache::{self, CacheWay};
use super::error::QuoteError;
use super::exact;
use super::kind::{TokenKind, Tokens};
use super::line::{Charge, LineItem};
use super::mode::Mode;
use super::money::Currency;
use super::money::Percent;
use super::note::Note;
use super::number::capitalized;
use super::offer::{Method, ModelRef, Rate, Source};
use super::pace::Steady;
use super::quote::{Parameters, Quote};
use super::rule::Rule;
use super::term::Term;
use super::unit::{Quantity, Unit, UnitPrice};

/// What is consumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The model.
    pub model: ModelRef,
    /// The tokens in all.
    pub tokens: Tokens,
    /// The number of requests that the tokens belong to; their average size picks the tier.
    pub requests: Option<u64>,
    /// The way of the cache that hits are of, where that is said.
    pub cache: Option<CacheWay>,
    /// The load that they come from, if that is known.
    pub stream: Option<Steady>,
}

/// A price for requests up to a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// The largest input of a request in this tier; `None` where there is no limit.
    pub up_to: Option<u64>,
    /// The price of each kind of tokens. Where a cache has two ways, hits are implicit ones.
    pub prices: KindPrices,
    /// The price of hits of what calls wrote to the cache, where that is another one.
    pub cached_explicit: Option<UnitPrice>,
}

impl Tier {
    /// The published prices, with hits of a way. Where a cache has one way, its price is that of all hits.
    #[must_use]
    pub fn published(&self, way: CacheWay) -> KindPrices {
        let explicit = self.cached_explicit.filter(|_| way == CacheWay::Explicit);
        KindPrices {
            cached: explicit.or(self.prices.cached),
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

/// The prices of one model, rate and mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// Which prices these are.
    pub rate: Rate,
    /// The mode they are for, where the model has several.
    pub mode: Option<Mode>,
    /// By size of a request, the smallest first; at least one.
    pub tiers: Vec<Tier>,
    /// The share of the price that batch calls cost; `None` for other calls.
    pub batch: Option<Percent>,
    /// Whether batch calls pay that share of the prices of a cache, too, or do not have these prices at all;
    /// `None` where that is not documented.
    pub batch_with_cache: Option<bool>,
    /// The currency of the prices.
    pub currency: Currency,
    /// Where they were read.
    pub source: Source,
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

impl Prices {
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
            match (kind, price) {
                (TokenKind::Cached | TokenKind::CacheWrite, None) => {
                    as_input = as_input.saturating_add(tokens);
                }
                _ => all.push(Billed {
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

    /// The rule by which a kind is billed, apart from what batch calls have.
    #[must_use]
    pub fn rule_of(&self, kind: TokenKind) -> Rule {
        match (kind, self.rate) {
            (TokenKind::Cached, _) => Rule::TokensCached,
            (TokenKind::CacheWrite, _) => Rule::TokensCacheWrite,
            (TokenKind::Input | TokenKind::Output, Rate::FineTuned) => Rule::TokensFineTuned,
            (TokenKind::Input | TokenKind::Output, Rate::Standard) => match self.tiers.len() {
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
}

/// Whether tokens cost the same by both prices, wherever these were read.
#[must_use]
pub fn is_same(one: &Prices, other: &Prices) -> bool {
    let Prices {
        rate,
        mode,
        tiers,
        batch,
        batch_with_cache,
        currency,
        source: _,
    } = one;
    (*rate, *mode, *currency) == (other.rate, other.mode, other.currency)
        && (*batch, *batch_with_cache) == (other.batch, other.batch_with_cache)
        && *tiers == other.tiers
}

/// What the tokens cost: an input and an output line, and one for each other kind that has a price and tokens.
///
/// # Errors
/// [`QuoteError::RequestsNeeded`] for tiers without a number of requests,
/// [`QuoteError::MoreThanARequest`] for more input than the only tier has, without that number,
/// [`QuoteError::BeyondLastTier`] for a request larger than the last tier,
/// [`QuoteError::NoOutputPrice`] for output tokens without a price,
/// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly.
pub fn quote(request: &Request, prices: &Prices) -> Result<Quote, QuoteError> {
    let tier = match &request.stream {
        Some(stream) => tier_of_call(stream.load.per_request.input, &prices.tiers)?,
        None => tier_of(request.tokens.input, request.requests, &prices.tiers)?,
    };
    let mut notes = Vec::new();
    if prices.rate == Rate::FineTuned {
        notes.extend(Note::of_fine_tuned(&request.model));
    }
    if let Some(requests) = request.requests
        && requests > 1
        && prices.tiers.len() > 1
    {
        notes.push(Note::AverageTier {
            input: request.tokens.input,
            requests,
        });
    }
    let mut items = Vec::new();
    let way = CacheWay::of(request.tokens, request.cache);
    for one in prices.billed(tier, request.tokens, way)? {
        // Input and output have a line even of no token; of a cache, only what there is.
        let is_shown = one.tokens > 0 || !TokenKind::OF_A_CACHE.contains(&one.kind);
        match one.price {
            None if one.tokens > 0 => return Err(QuoteError::NoOutputPrice),
            Some(price) if is_shown => items.push(line(prices, &one, price)?),
            Some(_) | None => {}
        }
    }
    notes.extend(cache::notes(prices, &[tier], request.tokens, request.cache));
    Quote {
        items,
        ..empty(request, prices, notes)
    }
    .summed()
}

/// A quote without lines.
fn empty(request: &Request, prices: &Prices, notes: Vec<Note>) -> Quote {
    Quote {
        method: Method::Tokens,
        term: Term::PayAsYouGo,
        model: request.model.clone(),
        parameters: Parameters::Tokens {
            rate: prices.rate,
            other_rate: None,
            mode: prices.mode,
            tokens: request.tokens,
            requests: request.requests,
            batch: prices.batch.is_some(),
            cache: request.cache,
            stream: request.stream,
        },
        currency: prices.currency,
        items: Vec::new(),
        total: Decimal::ZERO,
        schedule: None,
        cancellation: None,
        renewals: None,
        overdue: None,
        overflow: None,
        funding: None,
        recorded: None,
        notes,
    }
}

/// A quote of a trace without its lines: [`super::recorded::by_token`] adds them, each call in its own
/// tier.
#[must_use]
pub fn recorded(request: &Request, prices: &Prices) -> Quote {
    let fine_tuned = prices.rate == Rate::FineTuned;
    let notes = match fine_tuned {
        true => Note::of_fine_tuned(&request.model).into(),
        false => Vec::new(),
    };
    empty(request, prices, notes)
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

fn line(prices: &Prices, of: &Billed, price: UnitPrice) -> Result<LineItem, QuoteError> {
    let mut description = format!("{} tokens", capitalized(of.kind.name()));
    if let Some(share) = of.batch {
        let percent = exact::plain(share.value());
        description.push_str(&format!(", batch at {percent}%"));
    }
    let rule = match of.batch {
        Some(_) => Rule::TokensBatch,
        None => prices.rule_of(of.kind),
    };
    LineItem::new(Charge {
        id: of.kind.item(false),
        description,
        factors: vec![Quantity::of(of.tokens, Unit::Token)],
        unit_price: price,
        rule,
        source: Some(prices.source.clone()),
    })
}
