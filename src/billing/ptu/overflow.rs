//! What a reservation cannot take of the traffic that is sent to it.

use super::{Fit, Fixed, Length, Prices, Request, Served};

/// The header of responses to calls that overflow.
const OVERFLOW_HEADER: &str = "x-dashscope-ptu-overflow:true";
use crate::billing::cache::CacheWay;
use crate::billing::error::QuoteError;
use crate::billing::hours::When;
use crate::billing::line::{Charge, LineItem};
use crate::billing::load::{Excess, Load, OnOverflow, Refusal};
use crate::billing::note::{AboveMaxInput, Fate, Needs, Note, ReservedNote, Spread};
use crate::billing::rule::{DEPLOYMENT, RESERVATION, Rule};
use crate::billing::term::Span;
use crate::billing::tier_bound::OfSize;
use crate::billing::tokens::{self, Band, Tier, spread_note};
use crate::billing::unit::{Quantity, Unit};

/// How long traffic comes in the whole term.
pub(super) fn active(length: Length, served: &Served) -> Result<Span, QuoteError> {
    let a_day = served.hours_per_day.unwrap_or(Span::hours(24));
    let days = length.days_of_traffic();
    Ok(
        match (length, days.map(|days| served.days.unwrap_or(days))) {
            (_, Some(days)) => a_day.times(days)?,
            (Length::Hours { span, runs }, None) => span.times(runs)?,
            (Length::Fixed(one, count), None) => {
                let a_block = Span::hours(1).times(one.hours())?;
                let each = served.hours_per_day.unwrap_or(a_block);
                each.min(a_block).times(count.into())?
            }
            // Their traffic is known in days, where it is not more than can be counted.
            (Length::Days(_) | Length::Months(_), None) => return Err(QuoteError::TooLarge),
        },
    )
}

/// Adds lines for what does not fit, and notes what becomes of it.
pub(super) fn overflow(
    request: &Request,
    prices: &Prices,
    served: &Served,
    items: &mut Vec<LineItem>,
    notes: &mut Vec<Note>,
) -> Result<Option<Excess>, QuoteError> {
    let load = served.load;
    let above = prices
        .max_input
        .filter(|max| load.per_request.input > *max)
        .map(|max| AboveMaxInput {
            input: load.per_request.input,
            max,
        });
    let nothing = request.size.is_nothing();
    let reserved = prices.reserved(request.size)?;
    match served.fit {
        None => {}
        Some(Fit::Peak) => {
            let calls = load.busiest_calls()?;
            let needs = Needs::of(&prices.meters, load.tokens_of(calls)?, calls);
            let rounded = reserved.capacity.map(u128::from) != needs.tokens;
            let what = ReservedNote::SizedToPeak {
                calls,
                needs,
                rounded,
            };
            notes.push(what.by(prices.rule(Rule::PtuSteps)));
        }
        // Above the maximum no price would change that.
        Some(Fit::Cheapest) if nothing && above.is_some() => {}
        Some(Fit::Cheapest) => {
            let what = match nothing {
                true => ReservedNote::NeverPays,
                false => ReservedNote::SizedCheapest,
            };
            notes.push(what.by(prices.rule(Rule::PtuOverflow)));
        }
    }
    let Some(mut excess) = load.excess(&reserved, active(request.length, served)?)? else {
        return Ok(None);
    };
    if let Some(spec) = prices.spec() {
        let (spec, calls) = (spec.to_owned(), excess.calls_per_minute);
        return Err(QuoteError::BeyondDedicated { spec, calls });
    }
    if above.is_none() {
        excess.cause = prices.rule(excess.cause);
        let taken = reserved.whole_calls(load.per_request);
        let weighed = !reserved.meters.are_sides();
        let what = ReservedNote::WholeCalls { taken, weighed };
        notes.push(what.by(Rule::PtuOverflowMinute));
    }
    let calls = excess.calls_per_minute;
    match served.on_overflow {
        OnOverflow::Reject => {
            let rule = match (excess.cause, prices.rules.refusal) {
                (Rule::PtuOverflow, Refusal::Offered) => Rule::PtuOverflowChoice,
                (cause, _) => cause,
            };
            let rpm = load.rpm;
            notes.push(ReservedNote::Refused { calls, rpm, above }.by(rule));
            notes.extend(refused_before(prices));
        }
        OnOverflow::Bill => {
            let documented = [DEPLOYMENT, RESERVATION].contains(&prices.source.document.as_str());
            let what = ReservedNote::Overflow {
                header: documented.then_some(OVERFLOW_HEADER),
                calls,
                rpm: load.rpm,
                fate: Fate::Billed,
                above,
            };
            notes.push(what.by(excess.cause));
            let when = when(request, served)?;
            let (lines, of_lines) = overflow_lines(prices, &load, &excess, when)?;
            items.extend(lines);
            notes.extend(of_lines);
            notes.extend(mode_of_overflow(prices));
            let limits = ReservedNote::OverflowLimits.by(Rule::PtuOverflow);
            notes.extend((!nothing).then_some(limits));
        }
    }
    Ok(Some(excess))
}

/// A note that calls cannot be refused yet, where the rules in force do not offer it.
#[must_use]
pub fn refused_before(prices: &Prices) -> Option<Note> {
    match prices.rules.refusal {
        Refusal::From(from) => {
            Some(ReservedNote::RefusedBefore { from }.by(Rule::PtuOverflowChoice))
        }
        Refusal::Offered | Refusal::Unknown => None,
    }
}

/// A note that calls beyond a reservation are priced in a mode of another name, where they are.
#[must_use]
pub fn mode_of_overflow(prices: &Prices) -> Option<Note> {
    let mode = prices.mode?;
    let priced = prices.standard.as_ref()?.mode?;
    let what = ReservedNote::OverflowMode { mode, priced };
    (mode != priced).then_some(what.by(Rule::PtuModes))
}

/// At which hours of the day traffic comes.
fn when(request: &Request, served: &Served) -> Result<When, QuoteError> {
    Ok(match (request.length, request.start) {
        (Length::Hours { span, runs: 1 }, Some(start)) => When::From(start, span),
        // Whole days have all hours, whenever they begin.
        (Length::Hours { span, .. }, _) => match span.is_whole_days() {
            true => When::AllDay,
            false => When::Unknown,
        },
        (Length::Fixed(Fixed::Block, 1), Some(start)) => {
            When::From(start, active(request.length, served)?)
        }
        (Length::Fixed(Fixed::Block, _), _) => When::Unknown,
        (Length::Days(_) | Length::Months(_) | Length::Fixed(..), _) => {
            When::of_hours_per_day(served.hours_per_day.unwrap_or(Span::hours(24)))
        }
    })
}

/// The lines of what does not fit, and what to know of their prices.
fn overflow_lines(
    prices: &Prices,
    load: &Load,
    excess: &Excess,
    when: When,
) -> Result<(Vec<LineItem>, Vec<Note>), QuoteError> {
    let standard = prices
        .standard
        .as_ref()
        .ok_or(QuoteError::NoStandardPrice)?;
    let tier = |band: &'_ Band| tokens::tier_of_call(load.per_request.input, &band.tiers).cloned();
    let way = CacheWay::of(load.per_request, load.cache);
    let (mut lines, mut tiers) = (Vec::new(), Vec::new());
    let spread = standard.spread(excess.tokens, when)?;
    for (band, tokens) in &spread {
        let tier = tier(band)?;
        for one in standard.billed(&tier, *tokens, way)? {
            if one.tokens == 0 {
                continue;
            }
            let line = LineItem::new(Charge {
                id: one.kind.item(true),
                description: format!("Overflow {}{}", one.kind.name(), band.said()),
                factors: vec![Quantity::of(one.tokens, Unit::Token)],
                unit_price: one.price.ok_or(QuoteError::NoOutputPrice)?,
                rule: excess.cause,
                source: Some(standard.source_of(one.kind).clone()),
            })?;
            lines.push(line.in_hours(band.hours));
        }
        tiers.push(tier);
    }
    let tiers: Vec<&Tier> = tiers.iter().collect();
    let mut notes = standard.cache_notes(&tiers, load.per_request, load.cache);
    notes.extend(standard.otherwise(&OfSize {
        spread: &spread,
        input: load.per_request.input,
        requests: 1,
        way,
        overflow: true,
    })?);
    notes.extend(spread_note(standard, when, Spread::Overflow, |band| {
        standard.cost(&tier(band)?, excess.tokens, way)
    })?);
    Ok((lines, notes))
}
