//! Sizing a reservation for a load: to its peak, or to what costs least with its overflow.

use rust_decimal::Decimal;

use super::error::QuoteError;
use super::exact;
use super::load::Load;
use super::ptu::{self, Prices, Request};
use super::tokens;
use super::unit::UnitPrice;

/// More sizes than this are not compared.
const MOST_SIZES: u32 = 1_000_000;

/// The share of a cost by which a bound may be off: what its shortened digits leave out.
const BILLIONTH: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// Input and output tokens per minute.
pub type Size = (u64, u64);

/// The smallest purchasable size into which every call fits.
///
/// # Errors
/// [`QuoteError::AboveMaxInput`] when no reservation takes requests of this size.
pub fn peak(load: &Load, prices: &Prices) -> Result<Size, QuoteError> {
    if let Some(max) = prices.max_input.filter(|max| load.input_per_request > *max) {
        return Err(QuoteError::AboveMaxInput {
            input: load.input_per_request,
            max,
        });
    }
    Ok((
        up_to_step(load.input_tpm()?, prices.rules.input_step)?,
        up_to_step(load.output_tpm()?, prices.rules.output_step)?,
    ))
}

fn up_to_step(tpm: Decimal, step: u64) -> Result<u64, QuoteError> {
    let steps = exact::div_ceil(tpm, step)?;
    steps.checked_mul(step).ok_or(QuoteError::TooLarge)
}

/// The purchasable size that costs least together with its overflow; `(0, 0)` when that is to
/// reserve nothing.
///
/// Let `s` be the share of calls that fit. The smallest size for `s` rounds both sides up to steps,
/// so between the points where a side is a whole number of steps the reservation costs the same
/// while overflow falls: only these points can be the optimum. What a share costs is at least
/// `C + (K − C) s`, with `C` for overflowing everything and `K` for reserving exactly the demand,
/// so only the points are compared at which this bound is below the best cost known.
///
/// # Errors
/// [`QuoteError::NoStandardPrice`] when the overflow has no price, [`QuoteError::SearchTooLarge`]
/// when more than a million sizes would have to be compared, and those of [`ptu::quote`].
pub fn cheapest(request: &Request, prices: &Prices) -> Result<Size, QuoteError> {
    let served = request.served.ok_or(QuoteError::NoStandardPrice)?;
    let load = served.load;
    let cost_of = |(input_tpm, output_tpm): Size| -> Result<Decimal, QuoteError> {
        let sized = Request {
            input_tpm,
            output_tpm,
            ..request.clone()
        };
        Ok(ptu::quote(&sized, prices)?.total)
    };
    let mut best = ((0, 0), cost_of((0, 0))?);
    if prices
        .max_input
        .is_some_and(|max| load.input_per_request > max)
    {
        return Ok(best.0);
    }
    let mut consider = |size: Size| -> Result<Decimal, QuoteError> {
        let cost = cost_of(size)?;
        if cost < best.1 {
            best = (size, cost);
        }
        Ok(best.1)
    };
    let full = peak(&load, prices)?;
    let mut known = consider(full)?;
    let bound = Bound::new(request, prices, &load)?;
    let rules = &prices.rules;
    let input = Side {
        size: load.input_per_request,
        step: rules.input_step,
        other_size: load.output_per_request,
        other_step: rules.output_step,
    };
    let output = Side {
        size: load.output_per_request,
        step: rules.output_step,
        other_size: load.input_per_request,
        other_step: rules.input_step,
    };
    let mut left = MOST_SIZES;
    for (side, is_input) in [(input, true), (output, false)] {
        let demand = exact::mul(load.rpm, Decimal::from(side.size))?;
        let last = whole_steps(demand, side.step)?;
        let mut steps = if bound.falls { last } else { 1 };
        while steps >= 1 && steps <= last {
            let tpm = steps.checked_mul(side.step).ok_or(QuoteError::TooLarge)?;
            if !bound.allows(Decimal::from(tpm), demand, known)? {
                break;
            }
            left = left.checked_sub(1).ok_or(QuoteError::SearchTooLarge)?;
            let other = side.other_for(tpm)?;
            known = consider(if is_input { (tpm, other) } else { (other, tpm) })?;
            steps = if bound.falls {
                steps.saturating_sub(1)
            } else {
                steps.saturating_add(1)
            };
        }
    }
    Ok(best.0)
}

/// A side whose whole steps are gone through, and the other one that follows it.
struct Side {
    size: u64,
    step: u64,
    other_size: u64,
    other_step: u64,
}

impl Side {
    /// The other side's TPM for as many calls as `tpm` takes, rounded up to its step.
    fn other_for(&self, tpm: u64) -> Result<u64, QuoteError> {
        let wanted = u128::from(tpm).checked_mul(u128::from(self.other_size));
        let divisor = u128::from(self.size).checked_mul(u128::from(self.other_step));
        let steps = wanted
            .zip(divisor)
            .filter(|(_, divisor)| *divisor > 0)
            .map(|(wanted, divisor)| wanted.div_ceil(divisor))
            .ok_or(QuoteError::TooLarge)?;
        u64::try_from(steps)
            .ok()
            .and_then(|steps| steps.checked_mul(self.other_step))
            .ok_or(QuoteError::TooLarge)
    }
}

fn whole_steps(demand: Decimal, step: u64) -> Result<u64, QuoteError> {
    let up = exact::div_ceil(demand, step)?;
    let back = exact::mul(Decimal::from(up), Decimal::from(step))?;
    Ok(if back > demand {
        up.saturating_sub(1)
    } else {
        up
    })
}

/// The least that a share of calls within quota can cost: a straight line.
///
/// It only decides which sizes need not be compared, so it is computed with few digits and with
/// slack that is far above what these lose.
struct Bound {
    /// Cost of overflowing everything, tokens not rounded.
    overflow: Decimal,
    /// What reserving exactly the demand, steps not rounded, costs more than that.
    slope: Decimal,
    /// More than all roundings together.
    slack: Decimal,
    /// Whether it falls with the share, so that large sizes come first.
    falls: bool,
}

impl Bound {
    fn new(request: &Request, prices: &Prices, load: &Load) -> Result<Self, QuoteError> {
        let standard = prices
            .standard
            .as_ref()
            .ok_or(QuoteError::NoStandardPrice)?;
        let tier = tokens::tier_of_call(load.input_per_request, &standard.tiers)?;
        let (units, minutes) = ptu::billed_and_active(request, prices)?;
        let priced = |price: UnitPrice, tpm: Decimal, time: Decimal| {
            let tokens = short_product(tpm, time)?;
            let product = short_product(tokens, price.amount)?;
            Ok::<_, QuoteError>(exact::div(product, price.per)?.value)
        };
        let (input, output) = (load.input_tpm()?, load.output_tpm()?);
        let mut overflow = priced(tier.input, input, minutes)?;
        if let Some(price) = tier.output {
            overflow = short_sum(overflow, priced(price, output, minutes)?)?;
        }
        let reserve = short_sum(
            priced(prices.input, input, units)?,
            priced(prices.output, output, units)?,
        )?;
        let both = short_sum(overflow, reserve)?;
        Ok(Self {
            overflow,
            slope: short_sum(reserve, exact::negate(overflow))?,
            slack: short_sum(short_product(both, BILLIONTH)?, BILLIONTH)?,
            falls: reserve < overflow,
        })
    }

    /// Whether the share `tpm ÷ demand` can cost less than `known`:
    /// `overflow + slope × tpm ÷ demand ≤ known`, multiplied out.
    fn allows(&self, tpm: Decimal, demand: Decimal, known: Decimal) -> Result<bool, QuoteError> {
        let room = short_sum(known, exact::negate(self.overflow))?;
        let room = short_sum(room, self.slack)?;
        Ok(short_product(self.slope, tpm)? <= short_product(room, demand)?)
    }
}

/// Digits with which bounds are computed; products of two have room in a decimal.
const SHORT: u32 = 14;

fn short(value: Decimal) -> Result<Decimal, QuoteError> {
    let few = value.round_sf(SHORT).ok_or(QuoteError::TooLarge)?;
    Ok(exact::round_quotient(few))
}

fn short_product(a: Decimal, b: Decimal) -> Result<Decimal, QuoteError> {
    Ok(exact::mul(short(a)?, short(b)?)?)
}

fn short_sum(a: Decimal, b: Decimal) -> Result<Decimal, QuoteError> {
    short(exact::add(short(a)?, short(b)?)?)
}
