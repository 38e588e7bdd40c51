//! The commitment with which a usage costs least.
//!
//! Within a band the cost is made of straight lines that meet where the usage of a month just uses up the
//! commitment. So the least is at one of these points, or at an end of the band; of commitments that are sold,
//! at those beside it.

use rust_decimal::Decimal;

use super::{Asked, Band, Months, Payment, SavingsRules};
use crate::billing::error::QuoteError;
use crate::billing::exact;

/// A commitment and what the usage costs with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Best {
    /// The plan to ask for.
    pub asked: Asked,
    /// Its months and the usage beyond it.
    pub cost: Decimal,
}

/// The cheapest plan for a group and a term, by their places; of two that cost the same the smaller. `None`
/// where the usage costs no more without a plan.
///
/// # Errors
/// [`QuoteError::TooLarge`] when a product does not fit.
pub fn best(
    rules: &SavingsRules,
    group: usize,
    term: usize,
    payment: Payment,
    months: &Months,
) -> Result<Option<Best>, QuoteError> {
    let mut best: Option<Best> = None;
    let mut bands: Vec<&Band> = rules.bands.iter().collect();
    bands.retain(|band| band.payment == payment);
    bands.sort_by_key(|band| band.from);
    for (at, band) in bands.iter().enumerate() {
        let factor = band.factors.get(group).and_then(|of| of.get(term));
        let Some(factor) = factor.filter(|factor| **factor < Decimal::ONE) else {
            continue;
        };
        let limit = best.map_or(months.billed, |best| best.cost);
        // Whatever it pays for, the commitment itself is paid.
        if months.charged(band.from)? >= limit {
            break;
        }
        let next = bands.get(at.saturating_add(1)).map(|band| band.from);
        for commitment in candidates(rules, band, next, *factor, months)? {
            let cost = months.cost(commitment, *factor)?;
            if cost < best.map_or(months.billed, |best| best.cost) {
                best = Some(Best {
                    asked: Asked {
                        commitment,
                        term_months: rules.terms.get(term).copied(),
                        payment,
                    },
                    cost,
                });
            }
        }
    }
    Ok(best)
}

/// The commitments of a band at which the cost can be the least, the smallest first.
fn candidates(
    rules: &SavingsRules,
    band: &Band,
    next: Option<Decimal>,
    factor: Decimal,
    months: &Months,
) -> Result<Vec<Decimal>, QuoteError> {
    let step = rules.step;
    let on_step = |amount: Decimal| -> Result<Decimal, QuoteError> {
        let steps = exact::floor_ratio(amount, step)?;
        Ok(exact::mul(step, steps.into())?)
    };
    let above = |amount: Decimal| -> Result<Decimal, QuoteError> { Ok(exact::add(amount, step)?) };
    let first = match on_step(band.from)? {
        down if down < band.from => above(down)?,
        first => first,
    };
    let last = match next {
        Some(next) => match on_step(next)? {
            down if down == next => Some(exact::sub(down, step)?),
            down => Some(down),
        },
        None => None,
    };
    let mut found = vec![first];
    found.extend(last);
    for (usage, time) in months.usages() {
        let divisor = exact::mul(time.into(), step)?;
        let steps = exact::floor_ratio(exact::mul(usage, factor)?, divisor)?;
        let down = exact::mul(step, steps.into())?;
        found.extend([down, above(down)?]);
    }
    found.retain(|one| *one >= first && last.is_none_or(|last| *one <= last));
    found.sort();
    found.dedup();
    Ok(found)
}
