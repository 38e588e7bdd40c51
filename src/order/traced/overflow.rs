//! Calls that a reservation does not take: at what price, and where they have none.

use chrono::NaiveDate;

use super::in_force::{InForce, InPlay};
use super::when::{day_of, open};
use crate::billing::amend::trace::Priced;
use crate::billing::days::Days;
use crate::billing::error::QuoteError;
use crate::billing::load::OnOverflow;
use crate::billing::ptu::Prices;
use crate::billing::quote::Rate;
use crate::billing::tokens;
use crate::catalog::{Catalog, Model, OfTrace};
use crate::order::OrderError;
use crate::replay::{Calls, Profile, Replayed};

/// The calls that overflow, grouped by their price.
pub(super) fn by_price<'a>(
    in_play: &[InPlay<'a, Prices>],
    on_overflow: OnOverflow,
) -> Result<Vec<Priced<'a>>, OrderError> {
    let is_refused = on_overflow == OnOverflow::Reject;
    let mut all: Vec<Priced<'a>> = Vec::new();
    for one in in_play {
        let prices = one.prices.standard.as_ref();
        let between_ends = one.replayed.overflow.iter();
        // Those of the same hours on the days before, or of the whole day.
        let hours = prices.map(tokens::Prices::hours);
        let of_hours = |other: &Priced<'_>| other.prices.map(tokens::Prices::hours) == hours;
        let last = all.len().checked_sub(1);
        let at = match is_refused {
            true => last,
            false => all.iter().rposition(of_hours),
        };
        let follows = |other: &Priced<'_>| at == last || other.days.before == one.days.from;
        let known = at.and_then(|at| all.get_mut(at));
        match known.filter(|known| follows(known)) {
            Some(last) if is_refused || is_alike(last.prices, prices) => {
                last.days.before = one.days.before;
                for (sum, more) in last.between_ends.iter_mut().zip(between_ends) {
                    *sum = sum.plus(*more).map_err(QuoteError::from)?;
                }
            }
            _ => all.push(Priced {
                days: one.days,
                prices,
                between_ends: between_ends.copied().collect(),
            }),
        }
    }
    let mut days: Vec<&mut Days> = all.iter_mut().map(|one| &mut one.days).collect();
    open(&mut days);
    Ok(all)
}

/// Whether ordinary calls cost the same.
pub(super) fn is_alike(one: Option<&tokens::Prices>, other: Option<&tokens::Prices>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => tokens::is_same(one, other),
        (None, None) => true,
        _ => false,
    }
}

/// Refuses calls that would be billed and have no price: of a model that has one at another time,
/// by naming the day.
pub(super) fn refuse(
    catalog: &Catalog,
    model: &Model,
    prices: &InForce<Prices>,
    one: &InPlay<'_, Prices>,
    profile: &Profile,
    as_of: NaiveDate,
) -> Result<(), OrderError> {
    let standard = one.prices.standard.as_ref();
    let of_others = prices.prices().iter().flatten();
    let has_price = of_others.filter(|prices| prices.standard.is_some()).count() > 0;
    let unpriced = !one.replayed.unpriced.is_empty();
    if standard.is_none() && has_price && unpriced {
        let first = one.days.from.or_else(|| {
            let (first, _) = profile.span()?;
            Some(day_of(first))
        });
        if let Some(day) = first
            && let Err(error) = catalog.tokens(model, Some(Rate::Standard), None, false, day)
        {
            return Err(error.in_trace(OfTrace::Overflow, day).into());
        }
    }
    refuse_unpriced(one.replayed, standard, true)
        .map_err(|error| OrderError::of_calls(catalog, (model, Rate::Standard), as_of, error))
}

/// Refuses calls that would be billed and have no price.
pub(super) fn refuse_unpriced(
    replayed: &Replayed,
    standard: Option<&tokens::Prices>,
    overflow: bool,
) -> Result<(), QuoteError> {
    let Calls { calls, tokens } = replayed.unpriced;
    if replayed.unpriced.is_empty() {
        return Ok(());
    }
    let Some(last) = standard.map(|prices| prices.sizes().last().copied().flatten()) else {
        return Err(QuoteError::NoStandardPrice);
    };
    Err(QuoteError::CallsBeyondLastTier {
        calls: calls.max(1),
        input: tokens.input,
        last: last.unwrap_or(0),
        overflow,
    })
}
