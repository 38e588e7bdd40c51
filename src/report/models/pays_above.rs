//! From which share of full use each term of a model pays, against ordinary calls, in one line.

use rust_decimal::Decimal;

use super::{CapacityCard, Card, PtuTerm};
use crate::billing::error::QuoteError;
use crate::billing::exact::{self, plain, round2};
use crate::billing::full_use::Use;
use crate::billing::meter::{Meters, Weights};
use crate::billing::ptu::Period;
use crate::billing::unit::UnitPrice;

/// A share of full use above which a term costs less than ordinary calls of as many tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaysAbove {
    /// What is bought: `PTU`, `reservation`.
    pub what: String,
    /// The term.
    pub period: Period,
    /// The tokens with which it is used: `input` or `output`.
    pub of: &'static str,
    /// 1 is full use, and what is not below it is never.
    pub share: Decimal,
}

/// A price of a term and the tokens per minute that it buys, of one kind.
struct Bought<'a> {
    what: &'a str,
    period: Period,
    of: &'static str,
    price: UnitPrice,
    holds: u64,
    weight: Decimal,
}

/// Every term of what the card has as throughput: for calls of the shortest length, in the first mode.
///
/// # Errors
/// [`QuoteError::TooLarge`] when a number does not fit.
pub fn all(card: &Card) -> Result<Vec<PaysAbove>, QuoteError> {
    let tier = card.standard.iter().flat_map(|tokens| &tokens.tiers).next();
    let Some(prices) = tier.map(|one| one.tier.prices) else {
        return Ok(Vec::new());
    };
    let mut bought = Vec::new();
    if let Some(unit) = &card.capacity {
        bought.extend(of_units(unit));
    }
    if let Some(ptu) = &card.ptu {
        let terms = [
            (Period::Month, &ptu.month),
            (Period::Day, &ptu.day),
            (Period::Hour, &ptu.hour),
        ];
        let terms = terms.into_iter();
        let terms = terms.filter_map(|(period, term)| Some((period, term.as_ref()?)));
        bought.extend(of_sides(ptu.product.unwrap_or("PTU"), terms, &ptu.meters));
    }
    if let Some(one) = &card.reservation {
        let terms = one.terms.iter().map(|(period, term)| (*period, term));
        bought.extend(of_sides("standard reservation", terms, &one.meters));
    }
    let mut pays = Vec::new();
    for one in bought {
        let token = match one.of {
            "output" => prices.output,
            _ => Some(prices.input),
        };
        let Some(token) = token.filter(|_| !one.weight.is_zero()) else {
            continue;
        };
        let of = Use {
            period: one.period,
            price: one.price,
            holds: one.holds,
            weight: one.weight,
            token,
        };
        pays.extend(of.share()?.map(|share| PaysAbove {
            what: one.what.to_owned(),
            period: one.period,
            of: one.of,
            share,
        }));
    }
    Ok(pays)
}

/// The weights of calls of the shortest length on a meter.
fn shortest(meters: &Meters, place: usize) -> Option<Weights> {
    let meter = meters.iter().nth(place)?;
    Some(meter.brackets().first()?.weights)
}

/// A unit that adds to one meter, the longest term first.
fn of_units(unit: &CapacityCard) -> Vec<Bought<'_>> {
    let mut bought = Vec::new();
    let (Some(weights), 1) = (shortest(&unit.meters, 0), unit.meters.iter().count()) else {
        return bought;
    };
    for (period, price) in unit.terms().into_iter().rev() {
        for (of, weight) in [("input", weights.input), ("output", weights.output)] {
            let [holds, _] = unit.adds;
            bought.push(Bought {
                what: &unit.name,
                period,
                of,
                price,
                holds,
                weight,
            });
        }
    }
    bought
}

/// Both sides of each term.
fn of_sides<'a>(
    what: &'a str,
    terms: impl Iterator<Item = (Period, &'a PtuTerm)>,
    meters: &Meters,
) -> Vec<Bought<'a>> {
    let one = |place, of, price, period| {
        let weights = shortest(meters, place)?;
        Some(Bought {
            what,
            period,
            of,
            price,
            holds: 1,
            weight: match of {
                "output" => weights.output,
                _ => weights.input,
            },
        })
    };
    let mut bought = Vec::new();
    for (period, term) in terms {
        let output = term.output.first().map(|(_, price)| *price);
        bought.extend(one(0, "input", term.input, period));
        bought.extend(output.and_then(|price| one(1, "output", price, period)));
    }
    bought
}

/// `PTU pays against ordinary calls: the year above 84.09% of full use, the month above 98.93%, the hour never`, or
/// that it never pays; a line for each way of buying.
pub fn lines(pays: &[PaysAbove]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = pays;
    while let Some(first) = rest.first() {
        let end = rest.iter().position(|one| one.what != first.what);
        let (of_way, others) = rest.split_at(end.unwrap_or(rest.len()));
        rest = others;
        if of_way.iter().all(|one| above(one.share).is_none()) {
            lines.push(format!("{} never pays against ordinary calls", first.what));
            continue;
        }
        lines.push(format!(
            "{} pays against ordinary calls: {}",
            first.what,
            terms(of_way).join(", ")
        ));
    }
    lines
}

/// What is said of each term: the first share says of what it is one.
fn terms(of_way: &[PaysAbove]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let mut is_said = false;
    let mut rest = of_way;
    while let Some(first) = rest.first() {
        let end = rest.iter().position(|one| one.period != first.period);
        let (of_term, others) = rest.split_at(end.unwrap_or(rest.len()));
        rest = others;
        let shares = of_term.iter().map(|one| above(one.share));
        let shares: Vec<Option<String>> = shares.collect();
        let alike = shares
            .windows(2)
            .all(|pair| matches!(pair, [one, other] if one == other));
        let mut text = |share: &Option<String>| {
            let Some(share) = share else {
                return "never".to_owned();
            };
            let of_what = if is_said { "" } else { " of full use" };
            is_said = true;
            format!("{share}{of_what}")
        };
        let term = first.period.name();
        said.push(match shares.first() {
            Some(share) if alike => format!("the {term} {}", text(share)),
            _ => {
                let each = of_term.iter().zip(&shares);
                let each = each.map(|(one, share)| format!("{} in {}", text(share), one.of));
                let each: Vec<String> = each.collect();
                format!("the {term} {}", each.join(" and "))
            }
        });
    }
    said
}

/// `above 84.09%`, with more digits where it would read as full use; `None` from full use on.
fn above(share: Decimal) -> Option<String> {
    if share >= Decimal::ONE {
        return None;
    }
    let percent = exact::mul(share, Decimal::ONE_HUNDRED).unwrap_or(share);
    let shown = Some(round2(percent)).filter(|shown| *shown < Decimal::ONE_HUNDRED);
    Some(format!("above {}%", plain(shown.unwrap_or(percent))))
}
