//! The line items and the notes of recorded traffic: what a reservation could not take, or all calls,
//! each in the tier of its size.

use rust_decimal::Decimal;

use crate::billing::cache::CacheWay;
use crate::billing::days::Days;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::hours::When;
use crate::billing::line::{Charge, LineItem};
use crate::billing::load::OnOverflow;
use crate::billing::note::{HoursNote, Note, Spread, TokensNote, TraceNote};
use crate::billing::number::{capitalized, spoken};
use crate::billing::quote::Quote;
use crate::billing::recorded::{Calls, OfTier, Recorded};
use crate::billing::rule::Rule;
use crate::billing::tokens;
use crate::billing::unit::{Quantity, Unit};

/// Calls of a trace that have the same price.
#[derive(Debug, Clone)]
pub struct Priced<'a> {
    /// The days on which they were made, where calls of other days have another price.
    pub days: Days,
    /// The prices of ordinary calls on these days; `None` where no price is known.
    pub prices: Option<&'a tokens::Prices>,
    /// The calls that are billed as ordinary ones, between the [ends](tokens::Prices::ends) of their prices.
    pub between_ends: Vec<Calls>,
}

impl Priced<'_> {
    /// The calls by tier.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a sum does not fit.
    pub fn by_tier(&self) -> Result<Vec<Calls>, QuoteError> {
        match self.prices {
            Some(prices) => prices.by_tier(&self.between_ends),
            None => Ok(self.between_ends.clone()),
        }
    }
}

/// The quote of a reservation with what of the trace does not fit it. The tiers of
/// [`Admitted::by_tier`](crate::billing::recorded::Admitted::by_tier) are those of `overflow`.
///
/// # Errors
/// [`QuoteError::NoStandardPrice`] when calls overflow and have no ordinary price, and
/// [`QuoteError::TooLarge`] when an amount does not fit.
pub fn reserved(
    mut quote: Quote,
    mut recorded: Recorded,
    overflow: &[Priced<'_>],
) -> Result<Quote, QuoteError> {
    let Some(mut admitted) = recorded.reserved.take() else {
        return Ok(quote);
    };
    let bills = admitted.on_overflow == OnOverflow::Bill;
    let overflows = admitted.overflow != Calls::default();
    if bills && overflows && overflow.iter().all(|priced| priced.prices.is_none()) {
        return Err(QuoteError::NoStandardPrice);
    }
    for priced in overflow {
        let standard = priced.prices.filter(|_| bills);
        let sizes = standard.map(tokens::Prices::sizes).unwrap_or_default();
        // What is refused has no price, and so no tier.
        let by_tier_or_all = match standard {
            Some(_) => priced.by_tier()?,
            None => priced.between_ends.clone(),
        };
        for (at, calls) in by_tier_or_all.iter().enumerate() {
            let mut of_tier = OfTier {
                calls: *calls,
                up_to: None,
                days: priced.days,
                hours: match standard.map(|standard| standard.bands.as_slice()) {
                    Some([band]) => band.hours,
                    _ => None,
                },
                amount: None,
            };
            if let (Some(up_to), Some(standard)) = (sizes.get(at), standard) {
                let lines = by_tier(
                    standard,
                    *up_to,
                    *calls,
                    &recorded,
                    Some(Rule::PtuOverflowMinute),
                    ("Overflow ", priced.days),
                )?;
                of_tier.up_to = *up_to;
                of_tier.amount = Some(exact::sum(lines.iter().map(|line| line.amount))?);
                quote.items.extend(lines);
            }
            admitted.by_tier.push(of_tier);
        }
    }
    if bills {
        quote.notes.extend(of_hours(overflow, &recorded, true)?);
    }
    recorded.reserved = Some(admitted);
    let mut standard = overflow.iter().filter_map(|priced| priced.prices);
    let tiers = standard.any(|standard| standard.sizes().len() > 1);
    let billed = if bills { overflow } else { &[] };
    noted(&mut quote, &recorded, billed, tiers)?;
    quote.recorded = Some(Box::new(recorded));
    quote.summed()
}

/// The lines of ordinary calls of a trace: each call in its own tier, at the price of its day.
///
/// # Errors
/// [`QuoteError::NoOutputPriceOfTrace`] for output without a price, [`QuoteError::TooLarge`] when an amount
/// does not fit.
pub fn by_token(
    mut quote: Quote,
    recorded: Recorded,
    calls: &[Priced<'_>],
) -> Result<Quote, QuoteError> {
    quote.items.clear();
    for priced in calls {
        let prices = priced.prices.ok_or(QuoteError::NoStandardPrice)?;
        for (up_to, calls) in prices.sizes().into_iter().zip(&priced.by_tier()?) {
            let said = ("", priced.days);
            let lines = by_tier(prices, up_to, *calls, &recorded, None, said)?;
            quote.items.extend(lines);
        }
    }
    quote.notes.extend(of_hours(calls, &recorded, false)?);
    noted(&mut quote, &recorded, calls, false)?;
    quote.recorded = Some(Box::new(recorded));
    quote.summed()
}

/// The quote of what serves all calls of a trace, with what is to be known of the trace.
///
/// # Errors
/// [`QuoteError::TooLarge`] when a number does not fit.
pub fn beside(mut quote: Quote, recorded: Recorded) -> Result<Quote, QuoteError> {
    noted(&mut quote, &recorded, &[], false)?;
    quote.recorded = Some(Box::new(recorded));
    Ok(quote)
}

/// A line for each kind of tokens of calls of one size, in each band; none of no tokens. Without a rule each has
/// that of its kind.
fn by_tier(
    prices: &tokens::Prices,
    up_to: Option<u64>,
    calls: Calls,
    recorded: &Recorded,
    rule: Option<Rule>,
    (what, days): (&str, Days),
) -> Result<Vec<LineItem>, QuoteError> {
    let has_sizes = prices.sizes().len() > 1;
    let of_tier = match up_to {
        Some(end) if has_sizes => format!(" of calls up to {}", spoken(end)),
        _ if has_sizes => " of larger calls".to_owned(),
        _ => String::new(),
    };
    let mut lines = Vec::new();
    // The hits of all calls are of one way, whatever is in a tier.
    let way = CacheWay::of(recorded.total.tokens, recorded.cache);
    // Where there are several bands, the calls have no hour of the day.
    for (band, tokens) in prices.spread(calls.tokens, When::Unknown)? {
        let tier = band.tier_of_size(up_to).ok_or(QuoteError::TooLarge)?;
        for one in prices.billed(tier, tokens, way)? {
            if one.tokens == 0 {
                continue;
            }
            let (kind, hours) = (one.kind.name(), band.said());
            let batch = one.said_of_batch();
            let line = LineItem::new(Charge {
                id: one.kind.item(!what.is_empty()),
                description: capitalized(&format!("{what}{kind}{of_tier}{batch}{days}{hours}")),
                factors: vec![Quantity::of(recorded.scaled(one.tokens)?, Unit::Token)],
                unit_price: one.price.ok_or(QuoteError::NoOutputPriceOfTrace)?,
                rule: rule.unwrap_or_else(|| one.rule(prices, band)),
                source: Some(prices.source_of(one.kind).clone()),
            })?;
            lines.push(line.in_hours(band.hours));
        }
    }
    Ok(lines)
}

/// What to know of prices by the hour of the day, if calls have some.
fn of_hours(
    calls: &[Priced<'_>],
    recorded: &Recorded,
    beyond: bool,
) -> Result<Option<Note>, QuoteError> {
    let any = |priced: &&Priced<'_>| priced.between_ends.iter().any(|calls| !calls.is_empty());
    for priced in calls.iter().filter(any) {
        let Some(prices) = priced.prices.filter(|prices| !prices.hours().is_empty()) else {
            continue;
        };
        if !prices.is_by_hour() {
            return Ok(Some(Note::Hours(HoursNote::OwnMinute)));
        }
        let what = match beyond {
            true => Spread::CallsBeyond,
            false => Spread::Calls,
        };
        let way = CacheWay::of(recorded.total.tokens, recorded.cache);
        let by_tier = priced.by_tier()?;
        let sizes: Vec<_> = prices.sizes().into_iter().zip(&by_tier).collect();
        return tokens::spread_note(prices, When::Unknown, what, |band| {
            let mut cost = Decimal::ZERO;
            for (up_to, calls) in &sizes {
                let tier = band.tier_of_size(*up_to).ok_or(QuoteError::TooLarge)?;
                let scaled = calls.tokens.try_map(|count| recorded.scaled(count))?;
                cost = exact::add(cost, prices.cost(tier, scaled, way)?)?;
            }
            Ok(cost)
        });
    }
    Ok(None)
}

/// What is assumed about the trace, and what becomes of its calls, some of them `billed` by token; `tiers` is
/// whether those of the overflow have some.
fn noted(
    quote: &mut Quote,
    recorded: &Recorded,
    billed: &[Priced<'_>],
    tiers: bool,
) -> Result<(), QuoteError> {
    let told = recorded
        .told
        .notes(quote.parameters.mode(), recorded.total, false);
    // What makes the total another one than it should be comes before all else.
    let mut first: Vec<Note> = told.into_iter().map(Note::Told).collect();
    for note in of_a_cache(recorded, billed)? {
        if !first.contains(&note) {
            first.push(note);
        }
    }
    quote.notes.splice(..0, first);
    let mut say = |rule, what| quote.notes.push(Note::Trace { rule, what });
    if let Some(admitted) = &recorded.reserved {
        let calls = admitted.overflow.calls;
        if calls > 0 {
            let what = TraceNote::Overflow {
                calls,
                of: recorded.total.calls,
                minutes: admitted.overflow_minutes,
                refused: admitted.on_overflow == OnOverflow::Reject,
                above_max: recorded.above_max > 0,
                tiers,
            };
            say(Rule::PtuOverflowMinute, what);
        }
        if recorded.above_max > 0 {
            let calls = recorded.above_max;
            say(Rule::PtuMaxInput, TraceNote::AboveMax { calls });
        }
    }
    if let Some(minutes) = recorded.shorter_than_term {
        let of_load = recorded.load.is_some();
        say(Rule::Trace, TraceNote::ShorterThanTerm { minutes, of_load });
    }
    for what in recorded.assumed() {
        say(Rule::Trace, what);
    }
    let mut said: Vec<TokensNote> = Vec::new();
    for priced in billed {
        if let Some(prices) = priced.prices {
            let overflow = recorded.reserved.is_some();
            for note in prices.trace_otherwise(&priced.between_ends, recorded, overflow)? {
                // Those of other hours or days are said with them.
                let alike = said.iter_mut().find(|known| known.is_like(note));
                match alike {
                    Some(known) => *known = known.plus(note)?,
                    None => said.push(note),
                }
            }
        }
    }
    quote.notes.extend(said.into_iter().map(Note::Tokens));
    Ok(())
}

/// What to know of the prices of input of a cache, of the tiers that calls with such input are in.
fn of_a_cache(recorded: &Recorded, billed: &[Priced<'_>]) -> Result<Vec<Note>, QuoteError> {
    let mut notes = Vec::new();
    for priced in billed {
        let Some(prices) = priced.prices else {
            continue;
        };
        let by_tier = priced.by_tier()?;
        let sizes = prices.sizes().into_iter().zip(&by_tier);
        let sizes = sizes.filter(|(_, calls)| calls.tokens.of_cache() > 0);
        let of_size = |(up_to, _)| {
            let bands = prices.bands.iter();
            bands.filter_map(move |band| band.tier_of_size(up_to))
        };
        let tiers: Vec<_> = sizes.flat_map(of_size).collect();
        if !tiers.is_empty() {
            notes.extend(prices.cache_notes(&tiers, recorded.total.tokens, recorded.cache));
        }
    }
    Ok(notes)
}
