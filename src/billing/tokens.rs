//! Billing by token: fine-tuned models, and ordinary calls in tiers.

use rust_decimal::Decimal;

use super::cache::CacheWay;
use super::error::QuoteError;
use super::exact;
use super::hours::When;
use super::kind::{TokenKind, Tokens};
use super::line::{Charge, LineItem};
use super::money::Money;
use super::note::{HoursNote, Note, Spread};
use super::number::capitalized;
use super::offer::{Method, ModelRef, Rate};
use super::pace::Steady;
use super::quote::{Parameters, Quote};
use super::term::Term;
use super::tier_bound::OfSize;
pub use super::tier_bound::{tier_of, tier_of_call};
pub use super::token_prices::{Band, Billed, KindPrices, Prices, Tier, is_same};
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
    let mut notes = Vec::new();
    if prices.rate == Rate::FineTuned {
        notes.extend(Note::of_fine_tuned(&request.model));
    }
    if let Some(requests) = request.requests
        && requests > 1
        && prices.bands.iter().any(|band| band.tiers.len() > 1)
    {
        notes.push(Note::AverageTier {
            input: request.tokens.input,
            requests,
        });
    }
    let when = match &request.stream {
        Some(stream) => When::of_hours_per_day(stream.hours_per_day),
        None => When::Unknown,
    };
    let tiers = |band: &Band| match &request.stream {
        Some(stream) => tier_of_call(stream.load.per_request.input, &band.tiers).cloned(),
        None => tier_of(request.tokens.input, request.requests, &band.tiers).cloned(),
    };
    let used: Vec<Tier> = prices.bands.iter().map(tiers).collect::<Result<_, _>>()?;
    let mut items = Vec::new();
    let way = CacheWay::of(request.tokens, request.cache);
    let spread = prices.spread(request.tokens, when)?;
    for ((band, tokens), tier) in spread.iter().zip(&used) {
        for one in prices.billed(tier, *tokens, way)? {
            // Input and output have a line even of no token; of a cache or of some hours, only what there is.
            let of_a_part = TokenKind::OF_A_CACHE.contains(&one.kind) || prices.is_by_hour();
            match one.price {
                None if one.tokens > 0 => return Err(QuoteError::NoOutputPrice),
                Some(price) if one.tokens > 0 || !of_a_part => {
                    items.push(line(prices, band, &one, price)?);
                }
                Some(_) | None => {}
            }
        }
    }
    let used: Vec<&Tier> = used.iter().collect();
    notes.extend(prices.cache_notes(&used, request.tokens, request.cache));
    let (input, requests) = match &request.stream {
        Some(stream) => (stream.load.per_request.input, 1),
        None => (request.tokens.input, request.requests.unwrap_or(1)),
    };
    notes.extend(prices.otherwise(&OfSize {
        spread: &spread,
        input,
        requests,
        way,
        overflow: false,
    })?);
    notes.extend(spread_note(prices, when, Spread::Tokens, |band| {
        prices.cost(&tiers(band)?, request.tokens, way)
    })?);
    Quote {
        items,
        ..empty(request, prices, notes)
    }
    .summed()
}

/// A note that tokens are spread evenly over the day because nothing says at which hours they are used, with what
/// all of them cost in each band.
///
/// # Errors
/// Those of `cost`.
pub fn spread_note(
    prices: &Prices,
    when: When,
    what: Spread,
    cost: impl Fn(&Band) -> Result<Decimal, QuoteError>,
) -> Result<Option<Note>, QuoteError> {
    if !prices.is_by_hour() || when != When::Unknown {
        return Ok(None);
    }
    let mut all_in = Vec::new();
    for band in &prices.bands {
        let (amount, currency) = (cost(band)?, prices.currency);
        all_in.extend(band.hours.map(|hours| (hours, Money { amount, currency })));
    }
    Ok(Some(Note::Hours(HoursNote::Spread { what, all_in })))
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
        savings: None,
        recorded: None,
        notes,
    }
}

/// A quote of a trace without its lines: [`super::recorded::by_token`] adds them, each call in its own
/// tier.
#[must_use]
pub fn recorded(request: &Request, prices: &Prices) -> Quote {
    let fine_tuned = prices.rate == Rate::FineTuned;
    let mut notes: Vec<Note> = match fine_tuned {
        true => Note::of_fine_tuned(&request.model).into(),
        false => Vec::new(),
    };
    notes.extend(prices.batch_unmarked.then_some(Note::BatchUnmarked));
    empty(request, prices, notes)
}

/// What a call costs on average over the day, as a product: the cost, times a number.
///
/// # Errors
/// [`QuoteError::CallBeyondLastTier`] for a call larger than the last tier, [`QuoteError::TooLarge`] when the sum
/// does not fit a decimal exactly.
pub fn cost_of_a_call(
    prices: &Prices,
    call: Tokens,
    way: CacheWay,
) -> Result<(Decimal, Decimal), QuoteError> {
    let shares = match prices.is_by_hour() {
        true => When::AllDay.shares(&prices.hours())?,
        false => vec![Decimal::ONE],
    };
    let mut sum = Decimal::ZERO;
    for (band, share) in prices.bands.iter().zip(&shares) {
        let cost = prices.cost(tier_of_call(call.input, &band.tiers)?, call, way)?;
        sum = exact::add(sum, exact::mul(cost, *share)?)?;
    }
    Ok((sum, exact::sum(shares)?))
}

fn line(
    prices: &Prices,
    band: &Band,
    of: &Billed,
    price: UnitPrice,
) -> Result<LineItem, QuoteError> {
    let (kind, batch) = (capitalized(of.kind.name()), of.said_of_batch());
    let line = LineItem::new(Charge {
        id: of.kind.item(false),
        description: format!("{kind} tokens{batch}{}", band.said()),
        factors: vec![Quantity::of(of.tokens, Unit::Token)],
        unit_price: price,
        rule: of.rule(prices, band),
        source: Some(prices.source_of(of.kind).clone()),
    })?;
    Ok(line.in_hours(band.hours))
}
