//! Billing by token: fine-tuned models, and ordinary calls in tiers.

use rust_decimal::Decimal;

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
    /// The load that they come from, if that is known.
    pub stream: Option<Steady>,
}

/// A price for requests up to a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// The largest input of a request in this tier; `None` where there is no limit.
    pub up_to: Option<u64>,
    /// The price of each kind of tokens.
    pub prices: KindPrices,
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

    /// What each kind of these tokens costs: how many there are of it, and its price where there is one. Kinds of
    /// input without a price of their own are billed as input. Without any token there is still input.
    #[must_use]
    pub fn billed(&self, tokens: Tokens) -> Vec<(TokenKind, u64, Option<UnitPrice>)> {
        let mut input = tokens.of(TokenKind::Input);
        let mut others = Vec::new();
        for kind in [TokenKind::Cached, TokenKind::CacheWrite] {
            match self.own(kind) {
                None => input = input.saturating_add(tokens.of(kind)),
                price => others.push((kind, tokens.of(kind), price)),
            }
        }
        let first = (TokenKind::Input, input, self.own(TokenKind::Input));
        let last = (
            TokenKind::Output,
            tokens.output,
            self.own(TokenKind::Output),
        );
        [first].into_iter().chain(others).chain([last]).collect()
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
    /// The currency of the prices.
    pub currency: Currency,
    /// Where they were read.
    pub source: Source,
}

/// Whether tokens cost the same by both prices, wherever these were read.
#[must_use]
pub fn is_same(one: &Prices, other: &Prices) -> bool {
    let Prices {
        rate,
        mode,
        tiers,
        batch,
        currency,
        source: _,
    } = one;
    (*rate, *mode, *batch, *currency) == (other.rate, other.mode, other.batch, other.currency)
        && *tiers == other.tiers
}

/// What the tokens cost: an input and an output line.
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
    for (kind, count, price) in tier.prices.billed(request.tokens) {
        match price {
            None if count > 0 => return Err(QuoteError::NoOutputPrice),
            // Input and output have a line even of no token; of a cache, only what there is.
            Some(price) if count > 0 || matches!(kind, TokenKind::Input | TokenKind::Output) => {
                items.push(line(prices, kind, count, price)?);
            }
            Some(_) | None => {}
        }
    }
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

fn line(
    prices: &Prices,
    kind: TokenKind,
    tokens: u64,
    price: UnitPrice,
) -> Result<LineItem, QuoteError> {
    let side = capitalized(kind.name());
    let (description, unit_price, rule) = if let Some(share_of) = prices.batch {
        let share = share_of.factor()?;
        let halved = UnitPrice {
            amount: exact::mul(price.amount, share)?,
            ..price
        };
        let percent = exact::plain(share_of.value());
        (
            format!("{side} tokens, batch at {percent}%"),
            halved,
            Rule::TokensBatch,
        )
    } else {
        let rule = match prices.rate {
            Rate::FineTuned => Rule::TokensFineTuned,
            Rate::Standard if prices.tiers.len() > 1 => Rule::TokensTier,
            Rate::Standard => Rule::TokensStandard,
        };
        (format!("{side} tokens"), price, rule)
    };
    LineItem::new(Charge {
        id: kind.item(false),
        description,
        factors: vec![Quantity::of(tokens, Unit::Token)],
        unit_price,
        rule,
        source: Some(prices.source.clone()),
    })
}
