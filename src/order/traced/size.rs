//! The size of a reservation that a trace asks for.

use super::TraceFit;
use super::found::Found;
use super::in_force::InForce;
use super::paid::Paid;
use super::pattern::Taken;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::meter::PerMeter;
use crate::billing::note::{Needs, Note, ReservedNote, TraceNote};
use crate::billing::ptu::{Prices, Request};
use crate::billing::rule::Rule;
use crate::billing::tokens;
use crate::billing::unit::UnitPrice;
use crate::billing::units::{self, Asked, Size, UnitName};
use crate::order::{Conflict, OrderError};
use crate::replay::Profile;
use crate::replay::fit::{self, Costs, Kept, Price, Steps, Tiers};
use crate::replay::loads::Loads;
use crate::replay::profile::Side;

/// What was seen of a trace to size a reservation for it.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The minutes.
    pub profile: &'a Profile,
    /// What the minutes take, where the reservation weighs tokens.
    pub loads: Option<&'a Loads>,
    /// The calls, where the size depends on what overflows.
    pub kept: Option<&'a Kept>,
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

/// How much to reserve for the trace.
pub fn fitted(
    how: Option<TraceFit>,
    seen: Seen<'_>,
    request: &Request,
    prices: &InForce<Prices>,
    taken: Taken,
) -> Result<Size, OrderError> {
    let Seen {
        profile,
        loads,
        kept,
    } = seen;
    let first = of_one_kind(prices)?;
    let in_units = first.is_some_and(|prices| units::in_units(&prices.units));
    if let Some(prices) = first.filter(|_| loads.is_some() || in_units) {
        if how == Some(TraceFit::Cheapest) {
            return Err(Conflict::CheapestOfWeights.into());
        }
        let tokens = tokens_of(how.map_or(100, percent_of), profile, loads);
        return Ok(units::size_holding(&prices.units, tokens)?);
    }
    // The rules of a provider do not change with its prices.
    let rules = first.map(|prices| prices.rules);
    let steps = Steps {
        input: rules.map_or(1, |rules| rules.input_step),
        output: rules.map_or(1, |rules| rules.output_step),
    };
    if let (Some(TraceFit::Cheapest), Some(kept)) = (how, kept) {
        let costs = costs(request, prices, profile, taken, steps)?;
        let (input, output) = fit::cheapest(kept, &costs).map_err(OrderError::Fit)?.size;
        return Ok(Size([input, output]));
    }
    let percent = how.map_or(100, percent_of);
    let (input, output) = fit::sized(profile, percent, steps)?;
    Ok(Size([input, output]))
}

/// What a TPM costs for the term, and what a token that overflows costs in it.
fn costs(
    request: &Request,
    prices: &InForce<Prices>,
    profile: &Profile,
    taken: Taken,
    steps: Steps,
) -> Result<Costs, OrderError> {
    let of_calls = prices.of_calls(profile)?;
    let paid = Paid::of(request, prices, profile, taken)?;
    let of = |input_tpm, output_tpm| -> Result<_, QuoteError> {
        let sized = Request {
            size: Size([input_tpm, output_tpm]),
            ..request.clone()
        };
        Ok(paid.quote(&sized)?.total)
    };
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
    let tier = |tier: &tokens::Tier| -> Result<_, OrderError> {
        let output = tier.prices.output.map(token).transpose()?;
        Ok((tier.up_to, (token(tier.prices.input)?, output)))
    };
    let of_stretch = |prices: Option<&Prices>| -> Result<Tiers, OrderError> {
        // Where there are no calls, no price is needed.
        let Some(prices) = prices else {
            return Ok(Vec::new());
        };
        let standard = prices.standard.as_ref();
        let standard = standard.ok_or(Conflict::CheapestWithoutPrice)?;
        standard.tiers.iter().map(tier).collect()
    };
    let mut stretches = of_calls.into_iter().map(of_stretch);
    Ok(Costs {
        tiers: stretches.next().transpose()?.unwrap_or_default(),
        later: stretches.collect::<Result<_, _>>()?,
        input: Price {
            amount: of(steps.input, 0)?,
            per: steps.input,
        },
        output: Price {
            amount: of(0, steps.output)?,
            per: steps.output,
        },
        steps,
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
    let rule = Rule::PtuOverflowMinute;
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
