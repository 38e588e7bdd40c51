//! Recorded traffic in a quote: what a trace of calls adds up to, and what of it a reservation could
//! not take.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::calendar::Moment;
use super::error::QuoteError;
use super::exact;
use super::load::OnOverflow;
use super::note::{Note, TraceNote};
use super::number::spoken;
use super::quote::{Charge, LineItem, Quote};
use super::rule::Rule;
use super::tokens;
use super::unit::{Quantity, Unit};

/// Calls and their tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Calls {
    /// How many.
    pub calls: u64,
    /// Their input tokens.
    pub input: u64,
    /// Their output tokens.
    pub output: u64,
}

/// Tokens per minute of one side, over all minutes of the span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerMinute {
    /// The mean, rounded at [`exact::QUOTIENT_DECIMALS`] where it does not end.
    pub mean: Decimal,
    /// What half of the minutes do not exceed, by nearest rank.
    pub p50: u64,
    /// What 95 of 100 minutes do not exceed.
    pub p95: u64,
    /// What 99 of 100 minutes do not exceed.
    pub p99: u64,
    /// The most.
    pub peak: u64,
    /// The first minute with the most; `None` where times are not dates.
    pub busiest: Option<Moment>,
}

/// A trace of calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The files, as they are shown.
    pub files: Vec<String>,
    /// How times are written, each way once: `Unix milliseconds`.
    pub time: String,
    /// All calls.
    pub total: Calls,
    /// The first and the last minute, of which sums may say that they have no call; `None` where times
    /// are not dates.
    pub between: Option<(Moment, Moment)>,
    /// From the first minute to the last, both included.
    pub minutes: u64,
    /// Input tokens per minute.
    pub input_tpm: PerMinute,
    /// Output tokens per minute.
    pub output_tpm: PerMinute,
    /// Calls above the maximum input; 0 where there is none.
    pub above_max: u64,
    /// Mean tokens a minute in each half hour of the day, in China Standard Time; empty where times
    /// are not dates.
    pub day: Vec<u64>,
    /// What became of the calls in a reservation, where there is one.
    pub reserved: Option<Admitted>,
    /// The period that the tokens of the quote are stated for, where it is longer than the trace.
    pub scaled_to_days: Option<u64>,
    /// The minutes of which calls are priced, where the term has more.
    pub shorter_than_term: Option<u64>,
    /// All rows, where that is known.
    pub rows: Option<u64>,
    /// Rows that were left out because they cannot be read.
    pub skipped: u64,
    /// Rows that filters left out.
    pub filtered: u64,
    /// The filters: `model=qwen3-max`.
    pub filters: Vec<String>,
    /// The unit in which times that are counted from a start of their own would be dates.
    pub doubtful_unit: Option<&'static str>,
    /// Whether times had no zone, and were taken as China Standard Time.
    pub zone_assumed: bool,
    /// Minutes of which only sums were known.
    pub aggregated: u64,
    /// The minutes with calls in their order, where they are asked for to be drawn.
    pub timeline: Option<Arc<[MinuteTokens]>>,
}

/// Calls that do not fit, of one tier of the standard price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfTier {
    /// The calls.
    pub calls: Calls,
    /// The largest input of a request in the tier; `None` where there is no end.
    pub up_to: Option<u64>,
    /// What they cost in the period that is stated, before a discount; `None` where they are refused.
    pub amount: Option<Decimal>,
}

/// What became of the calls of a trace in a reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// Calls within the quota of their minute.
    pub in_quota: Calls,
    /// Calls that do not fit.
    pub overflow: Calls,
    /// The same by the tier of the standard price; one for what is refused.
    pub by_tier: Vec<OfTier>,
    /// Minutes in which a call did not fit.
    pub overflow_minutes: u64,
    /// Used tokens of the reserved ones over the span, in percent, input and output, rounded at
    /// [`exact::QUOTIENT_DECIMALS`]; `None` where nothing is reserved.
    pub utilisation: (Option<Decimal>, Option<Decimal>),
    /// What is done with calls that do not fit.
    pub on_overflow: OnOverflow,
    /// How the reservation was sized, where that was not given: `p95`.
    pub fit: Option<&'static str>,
}

/// What became of the tokens of a minute in a reservation: input, then output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinuteTokens {
    /// Which minute: since the Unix epoch, or since time 0 of a trace whose times are not dates.
    pub minute: i64,
    /// Tokens of calls within the quota; of all calls where nothing is reserved and nothing
    /// overflows.
    pub in_quota: (u64, u64),
    /// Tokens of calls that do not fit.
    pub overflow: (u64, u64),
}

/// The quote of a reservation with what of the trace does not fit it.
///
/// # Errors
/// [`QuoteError::NoStandardPrice`] when calls overflow and have no ordinary price, and
/// [`QuoteError::TooLarge`] when an amount does not fit.
pub fn reserved(
    mut quote: Quote,
    mut recorded: Recorded,
    standard: Option<&tokens::Prices>,
) -> Result<Quote, QuoteError> {
    let Some(mut admitted) = recorded.reserved.take() else {
        return Ok(quote);
    };
    if admitted.on_overflow == OnOverflow::Bill {
        let overflows = admitted.overflow != Calls::default();
        let tiers = match standard {
            Some(standard) => standard.tiers.as_slice(),
            None if overflows => return Err(QuoteError::NoStandardPrice),
            None => &[],
        };
        for (tier, of_tier) in tiers.iter().zip(&mut admitted.by_tier) {
            let ids = ["ptu.overflow.input", "ptu.overflow.output"];
            let rule = Rule::PtuOverflowMinute;
            let Some(standard) = standard else { break };
            let lines = by_tier(
                standard,
                tier,
                of_tier.calls,
                &recorded,
                ids,
                rule,
                "Overflow ",
            )?;
            of_tier.up_to = tier.up_to;
            of_tier.amount = Some(exact::sum(lines.iter().map(|line| line.amount))?);
            quote.items.extend(lines);
        }
    }
    recorded.reserved = Some(admitted);
    let tiers = standard.is_some_and(|standard| standard.tiers.len() > 1);
    noted(&mut quote, &recorded, tiers);
    quote.recorded = Some(Box::new(recorded));
    resummed(quote)
}

/// The lines of ordinary calls of a trace: each call in its own tier.
///
/// # Errors
/// [`QuoteError::NoOutputPriceOfTrace`] for output without a price, [`QuoteError::TooLarge`] when an amount
/// does not fit.
pub fn by_token(
    mut quote: Quote,
    recorded: Recorded,
    prices: &tokens::Prices,
    by_tier_calls: &[Calls],
) -> Result<Quote, QuoteError> {
    quote.items.clear();
    let rule = match prices.rate {
        super::quote::Rate::FineTuned => Rule::TokensFineTuned,
        super::quote::Rate::Standard if prices.tiers.len() > 1 => Rule::TokensTier,
        super::quote::Rate::Standard => Rule::TokensStandard,
    };
    for (tier, calls) in prices.tiers.iter().zip(by_tier_calls) {
        let ids = ["tokens.input", "tokens.output"];
        let lines = by_tier(prices, tier, *calls, &recorded, ids, rule, "")?;
        quote.items.extend(lines);
    }
    noted(&mut quote, &recorded, false);
    quote.recorded = Some(Box::new(recorded));
    resummed(quote)
}

/// An input and an output line of one tier; none of no tokens.
fn by_tier(
    prices: &tokens::Prices,
    tier: &tokens::Tier,
    calls: Calls,
    recorded: &Recorded,
    ids: [&'static str; 2],
    rule: Rule,
    what: &str,
) -> Result<Vec<LineItem>, QuoteError> {
    let of_tier = match tier.up_to {
        Some(end) if prices.tiers.len() > 1 => format!(" of calls up to {}", spoken(end)),
        _ if prices.tiers.len() > 1 => " of larger calls".to_owned(),
        _ => String::new(),
    };
    let sides = [
        ("input", calls.input, Some(tier.input)),
        ("output", calls.output, tier.output),
    ];
    let mut lines = Vec::new();
    for ((side, tokens, price), id) in sides.into_iter().zip(ids) {
        if tokens == 0 {
            continue;
        }
        let description = format!("{what}{side}{of_tier}");
        let mut letters = description.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        lines.push(LineItem::new(Charge {
            id,
            description: first.into_iter().chain(letters).collect(),
            factors: vec![Quantity::of(recorded.scaled(tokens)?, Unit::Token)],
            unit_price: price.ok_or(QuoteError::NoOutputPriceOfTrace)?,
            rule,
            source: Some(prices.source.clone()),
        })?);
    }
    Ok(lines)
}

impl Recorded {
    /// What was taken as given when the trace was read: the zone or the unit of its times, minutes of
    /// which only sums are known, and rows that were left out.
    #[must_use]
    pub fn assumed(&self) -> Vec<TraceNote> {
        let mut assumed = Vec::new();
        if self.zone_assumed {
            assumed.push(TraceNote::Zone);
        }
        if let Some(unit) = self.doubtful_unit {
            assumed.push(TraceNote::DoubtfulUnit { unit });
        }
        if self.aggregated > 0 {
            let minutes = self.aggregated;
            assumed.push(TraceNote::Aggregated { minutes });
        }
        if self.skipped > 0 {
            let rows = self.skipped;
            let of = self.rows;
            assumed.push(TraceNote::Skipped { rows, of });
        }
        if self.filtered > 0 {
            let (rows, of) = (self.filtered, self.rows);
            assumed.push(TraceNote::Filtered { rows, of });
        }
        assumed
    }

    /// The minutes that costs are stated for: those of the trace, or of the days it is scaled to.
    #[must_use]
    pub fn stated_minutes(&self) -> u64 {
        let days = self.scaled_to_days;
        days.map_or(self.minutes, |days| days.saturating_mul(24 * 60))
    }

    /// Tokens of the trace for the period that is stated: a started token counts whole.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when they do not fit.
    pub fn scaled(&self, tokens: u64) -> Result<u64, QuoteError> {
        let Some(days) = self.scaled_to_days else {
            return Ok(tokens);
        };
        let minutes = u128::from(days).checked_mul(24 * 60);
        let product = minutes.and_then(|minutes| minutes.checked_mul(tokens.into()));
        product
            .map(|product| product.div_ceil(u128::from(self.minutes.max(1))))
            .and_then(|scaled| u64::try_from(scaled).ok())
            .ok_or(QuoteError::TooLarge)
    }
}

/// What is assumed about the trace, and what becomes of its calls; `tiers` is whether those of the
/// overflow have some.
fn noted(quote: &mut Quote, recorded: &Recorded, tiers: bool) {
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
    let minutes = recorded.minutes;
    if let Some(days) = recorded.scaled_to_days {
        say(Rule::Trace, TraceNote::Scaled { minutes, days });
    }
    if let Some(minutes) = recorded.shorter_than_term {
        say(Rule::Trace, TraceNote::ShorterThanTerm { minutes });
    }
    for what in recorded.assumed() {
        say(Rule::Trace, what);
    }
}

/// The total from the items. A note of an amount that does not end is there already where a line of
/// the reservation has one.
fn resummed(mut quote: Quote) -> Result<Quote, QuoteError> {
    quote
        .notes
        .retain(|note| !matches!(note, Note::Inexact { .. }));
    quote.summed()
}

/// `part ÷ whole` in percent; `None` of nothing.
///
/// # Errors
/// [`QuoteError::TooLarge`] when it does not fit.
pub fn percent(part: u64, whole: u128) -> Result<Option<Decimal>, QuoteError> {
    // `Decimal::from` would panic above 96 bits.
    let whole = Decimal::from_u128(whole).ok_or(QuoteError::TooLarge)?;
    if whole.is_zero() {
        return Ok(None);
    }
    let hundredfold = exact::mul(Decimal::from(part), Decimal::ONE_HUNDRED)?;
    Ok(Some(exact::ratio_or_rounded(hundredfold, whole)?.value))
}
