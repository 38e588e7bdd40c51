//! The size of a reservation that a trace asks for.

use super::TraceFit;
use super::found::Found;
use super::in_force::InForce;
use super::paid::Paid;
use super::pattern::Taken;
use crate::billing::cache::CacheWay;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::kind::TokenKind;
use crate::billing::meter::{METERS, PerMeter};
use crate::billing::note::{Needs, Note, ReservedNote, TraceNote};
use crate::billing::ptu::{Prices, Request};
use crate::billing::rule::Rule;
use crate::billing::tokens::Band;
use crate::billing::unit::UnitPrice;
use crate::billing::units::{self, Asked, Size, UnitName};
use crate::order::{Conflict, OrderError};
use crate::replay::fit::{self, Costs, Price, Read, Sold, Tiers, TokenPrices};
use crate::replay::loads::Loads;
use crate::replay::profile::Side;
use crate::replay::{Profile, Stretches};

/// What was seen of a trace to size a reservation for it.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The minutes.
    pub profile: &'a Profile,
    /// What the minutes take, where the reservation weighs tokens.
    pub loads: Option<&'a Loads>,
}

/// How much is reserved where a person says it.
pub fn size_of(asked: Asked, prices: &InForce<Prices>) -> Result<Size, OrderError> {
    match of_one_kind(prices)? {
        Some(prices) => Ok(asked.size(&prices.units, &prices.meters)?),
        None => Ok(Size::default()),
    }
}

/// The first prices, where a unit is the same thing on all days.
fn of_one_kind(prices: &InForce<Prices>) -> Result<Option<&Prices>, OrderError> {
    let Some(first) = prices.any() else {
        return Ok(None);
    };
    let kind = |prices: &Prices| -> Vec<(UnitName, PerMeter<u64>)> {
        let units = prices.units.iter();
        units.map(|unit| (unit.name.clone(), unit.adds)).collect()
    };
    let mut all = prices.prices().iter().flatten();
    match all.all(|other| kind(other) == kind(first)) {
        true => Ok(Some(first)),
        false => Err(Conflict::UnitsChange.into()),
    }
}

/// How much to reserve for the trace, which is read again for the cheapest size.
pub fn fitted(
    how: Option<TraceFit>,
    seen: Seen<'_>,
    again: Read<'_, OrderError>,
    request: &Request,
    prices: &InForce<Prices>,
    taken: Taken,
) -> Result<Size, OrderError> {
    let Seen { profile, loads } = seen;
    // Without a price there is nothing to size.
    let Some(first) = of_one_kind(prices)? else {
        return Ok(Size::default());
    };
    if how == Some(TraceFit::Cheapest) {
        let costs = costs(request, prices, first, profile, taken)?;
        let effort = fit::Effort::default();
        let found = fit::cheapest(&costs, &max_input(prices), effort, again)?;
        let (one, other) = found.units;
        let mut steps = first.units.iter().map(|unit| unit.step.max(1));
        let mut bought = |units: u64| units.saturating_mul(steps.next().unwrap_or(1));
        return Ok(Size([bought(one), bought(other)]));
    }
    let percent = how.map_or(100, percent_of);
    let size = units::size_holding(&first.units, tokens_of(percent, profile, loads))?;
    match size.is_nothing() && has_tokens(profile, percent) {
        true => Ok(units::smallest(&first.units)?),
        false => Ok(size),
    }
}

/// Whether more minutes than the others of `percent` have tokens of calls that a reservation takes.
pub fn has_tokens(profile: &Profile, percent: u8) -> bool {
    let mut sides = [Side::Input, Side::Output].into_iter();
    sides.any(|side| profile.percentile_within_max(side, percent) > 0)
}

/// The most input tokens of a call that a reservation takes, over time.
pub fn max_input(prices: &InForce<Prices>) -> Stretches<Option<u64>> {
    let prices = prices.of_hours();
    prices.map(|prices| prices.as_ref().ok().and_then(|prices| prices.max_input))
}

/// What units cost for the term, and what a token that overflows costs in it.
fn costs(
    request: &Request,
    prices: &InForce<Prices>,
    first: &Prices,
    profile: &Profile,
    taken: Taken,
) -> Result<Costs, OrderError> {
    // What tokens count where there are no calls is no matter.
    let of_calls = prices.of_calls(profile)?;
    let mut weighed = of_calls.iter().flatten().map(|prices| &prices.meters);
    let meters = weighed.next().unwrap_or(&first.meters);
    if weighed.any(|other| other != meters) {
        return Err(Conflict::WeightsChange.into());
    }
    let paid = Paid::of(request, prices, profile, taken)?;
    // Scaled, each token stands for as many as the period is longer.
    let (times, over) = taken
        .scale
        .map_or((1, 1), |scale| (scale.to, scale.pattern_days()));
    let token = |price: UnitPrice| -> Result<Price, OrderError> {
        Ok(Price {
            amount: exact::mul(price.amount, times.into())?,
            per: price.per.checked_mul(over).ok_or(QuoteError::TooLarge)?,
        })
    };
    let way = CacheWay::of(profile.total().tokens, taken.cache);
    let of_stretch = |prices: Option<&Prices>| -> Result<Tiers, OrderError> {
        // Where there are no calls, no price is needed.
        let Some(prices) = prices else {
            return Ok(Vec::new());
        };
        let standard = prices.standard.as_ref();
        let standard = standard.ok_or(Conflict::CheapestWithoutPrice)?;
        let of_size = |up_to: Option<u64>| -> Result<_, OrderError> {
            // Those of the whole day, or of one of its bands; of several for calls without an hour.
            let prices = |kind| {
                let bands = standard.bands.iter();
                let price = |band: &Band| {
                    let tier = band.tier_of_size(up_to)?.published(way);
                    let of_a_cache = TokenKind::OF_A_CACHE.contains(&kind);
                    tier.own(kind).or(of_a_cache.then_some(tier.input))
                };
                let prices: Option<Vec<UnitPrice>> = bands.map(price).collect();
                let prices = prices.map(|prices| standard.average(&prices)).transpose()?;
                prices.map(token).transpose()
            };
            let input = prices(TokenKind::Input)?.ok_or(QuoteError::TooLarge)?;
            let prices = TokenPrices {
                input,
                cached: prices(TokenKind::Cached)?.unwrap_or(input),
                cache_write: prices(TokenKind::CacheWrite)?.unwrap_or(input),
                output: prices(TokenKind::Output)?,
            };
            Ok((up_to, prices))
        };
        standard.sizes().into_iter().map(of_size).collect()
    };
    // What a step of each unit adds, and costs.
    let mut sold = Sold {
        together: units::together(&first.units),
        ..Sold::default()
    };
    for (place, unit) in first.units.iter().enumerate() {
        let step = unit.step.max(1);
        let mut size = [0; METERS];
        if let Some(count) = size.get_mut(place) {
            *count = step;
        }
        let request = Request {
            size: Size(size),
            ..request.clone()
        };
        let price = Price {
            amount: paid.quote(&request)?.total,
            per: 1,
        };
        let adds = units::capacity(&first.units, Size(size))?;
        let skipped = unit.smallest.div_ceil(step).saturating_sub(1);
        sold.add(adds, price, skipped);
    }
    let meters = meters.clone();
    let mut stretches = of_calls.into_iter().map(of_stretch);
    Ok(Costs {
        tiers: stretches.next().transpose()?.unwrap_or_default(),
        later: stretches.collect::<Result<_, _>>()?,
        meters,
        sold,
    })
}

/// The tokens of each meter that `percent` of the minutes do not exceed.
fn tokens_of(percent: u8, profile: &Profile, loads: Option<&Loads>) -> PerMeter<u128> {
    match loads {
        Some(loads) => loads.percentile(profile.span_minutes(), percent),
        None => [Side::Input, Side::Output]
            .map(|side| profile.percentile_within_max(side, percent).into()),
    }
}

/// A note on how the trace sized a reservation at these prices, if it did.
pub fn note(
    how: Option<TraceFit>,
    size: Size,
    found: &Found<'_>,
    prices: &Prices,
) -> Result<Option<Note>, QuoteError> {
    let rule = match prices.spec() {
        Some(_) => Rule::DtuUnits,
        None => Rule::PtuOverflowMinute,
    };
    let percent = match how {
        None => return Ok(None),
        Some(TraceFit::Cheapest) => {
            let what = match size.is_nothing() {
                true => ReservedNote::NeverPays,
                false => ReservedNote::SizedCheapest,
            };
            return Ok(Some(what.by(rule)));
        }
        Some(fit @ (TraceFit::Peak | TraceFit::P99 | TraceFit::P95)) => percent_of(fit),
    };
    let profile = found.profile;
    let tokens = tokens_of(percent, profile, found.loads);
    let capacity = units::capacity(&prices.units, size)?;
    let what = TraceNote::Sized {
        percent,
        needs: Needs::of_tokens(&prices.meters, tokens),
        rounded: capacity.map(u128::from) != tokens,
    };
    Ok(Some(Note::Trace { rule, what }))
}

/// The percentage of minutes that fit on each side.
fn percent_of(how: TraceFit) -> u8 {
    match how {
        TraceFit::P99 => 99,
        TraceFit::P95 => 95,
        TraceFit::Peak | TraceFit::Cheapest => 100,
    }
}
