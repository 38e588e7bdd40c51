//! Billing by token: fine-tuned models, and ordinary calls in tiers.

use rust_decimal::Decimal;

use super::cache::CacheWay;
use super::error::QuoteError;
use super::exact;
use super::kind::{TokenKind, Tokens};
use super::line::{Charge, LineItem};
use super::note::Note;
use super::number::capitalized;
use super::offer::{Method, ModelRef, Rate};
use super::pace::Steady;
use super::quote::{Parameters, Quote};
use super::rule::Rule;
use super::term::Term;
use super::tier_bound::InTier;
pub use super::tier_bound::{tier_of, tier_of_call};
pub use super::token_prices::{Billed, KindPrices, Prices, Tier, is_same};
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
    notes.extend(prices.cache_notes(&[tier], request.tokens, request.cache));
    let (input, requests) = match &request.stream {
        Some(stream) => (stream.load.per_request.input, 1),
        None => (request.tokens.input, request.requests.unwrap_or(1)),
    };
    notes.extend(prices.otherwise(&InTier {
        tier,
        input,
        requests,
        tokens: request.tokens,
        way,
        overflow: false,
    })?);
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
        source: Some(prices.source_of(of.kind).clone()),
    })
}
