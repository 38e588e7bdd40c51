//! The size of a reservation that a trace asks for.

use super::TraceFit;
use super::in_force::InForce;
use super::paid::Paid;
use super::pattern::Taken;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::note::{Note, ReservedNote, TraceNote};
use crate::billing::ptu::{Prices, Request};
use crate::billing::rule::Rule;
use crate::billing::tokens;
use crate::billing::unit::UnitPrice;
use crate::order::{Conflict, OrderError};
use crate::replay::fit::{self, Costs, Price, Read, Sold, Steps, Tiers};
use crate::replay::profile::Side;
use crate::replay::{Profile, Stretches};

/// The input and output tokens per minute that fit the trace, which is read again for the cheapest size.
pub fn fitted(
    how: Option<TraceFit>,
    again: Read<'_, OrderError>,
    request: &Request,
    prices: &InForce<Prices>,
    profile: &Profile,
    taken: Taken,
) -> Result<(u64, u64), OrderError> {
    // The rules of a provider do not change with its prices.
    let rules = prices.any().map(|prices| prices.rules);
    let steps = Steps {
        input: rules.map_or(1, |rules| rules.input_step),
        output: rules.map_or(1, |rules| rules.output_step),
    };
    if how == Some(TraceFit::Cheapest) {
        let costs = costs(request, prices, profile, taken, steps)?;
        let effort = fit::Effort::default();
        let found = fit::cheapest(&costs, &max_input(prices), effort, again);
        return found.map(|found| found.size);
    }
    let percent = how.map_or(100, percent_of);
    Ok(fit::sized(profile, percent, steps)?)
}

/// The most input tokens of a call that a reservation takes, over time.
pub fn max_input(prices: &InForce<Prices>) -> Stretches<Option<u64>> {
    let prices = prices.prices();
    prices.map(|prices| prices.as_ref().ok().and_then(|prices| prices.max_input))
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
            input_tpm,
            output_tpm,
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
        let output = tier.output.map(token).transpose()?;
        Ok((tier.up_to, (token(tier.input)?, output)))
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
    let one = |amount| Price { amount, per: 1 };
    let mut stretches = of_calls.into_iter().map(of_stretch);
    Ok(Costs {
        tiers: stretches.next().transpose()?.unwrap_or_default(),
        later: stretches.collect::<Result<_, _>>()?,
        sold: Sold {
            adds: (steps.input, steps.output),
            prices: (one(of(steps.input, 0)?), Some(one(of(0, steps.output)?))),
        },
    })
}

/// A note on how the trace sized the reservation, if it did.
pub fn note(how: Option<TraceFit>, size: (u64, u64), profile: &Profile) -> Option<Note> {
    let rule = Rule::PtuOverflowMinute;
    let percent = match how? {
        TraceFit::Cheapest if size == (0, 0) => return Some(ReservedNote::NeverPays.by(rule)),
        TraceFit::Cheapest => return Some(ReservedNote::SizedCheapest.by(rule)),
        fit @ (TraceFit::Peak | TraceFit::P99 | TraceFit::P95) => percent_of(fit),
    };
    let input = profile.percentile_within_max(Side::Input, percent);
    let output = profile.percentile_within_max(Side::Output, percent);
    let what = TraceNote::Sized {
        percent,
        input,
        output,
        rounded: size != (input, output),
    };
    Some(Note::Trace { rule, what })
}

/// The percentage of minutes that fit on each side.
fn percent_of(how: TraceFit) -> u8 {
    match how {
        TraceFit::P99 => 99,
        TraceFit::P95 => 95,
        TraceFit::Peak | TraceFit::Cheapest => 100,
    }
}
