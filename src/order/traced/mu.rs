//! Model units in the time of a trace: by the month they cost what was in force when they were bought,
//! on its first day, and by the hour or the minute what is in force where each begins.

use super::in_force::{AsOf, ByHour, InForce};
use super::when::{changes, day_of, open};
use crate::billing::days::{Days, Piece};
use crate::billing::error::QuoteError;
use crate::billing::hours::Hours;
use crate::billing::mu::{self, Length, Prices, Request};
use crate::billing::note::Note;
use crate::billing::quote::Quote;
use crate::billing::recorded::Recorded;
use crate::billing::term::Increment;
use crate::catalog::{Catalog, LookupError, Model};
use crate::order::{Conflict, OrderError};
use crate::replay::profile::minutes_of;
use crate::replay::{FIRST_DATE, Minute};

/// A specification of a model, with its prices in the time that it is up.
#[derive(Debug, Clone)]
pub struct MuOffer {
    /// The price; if it changes, the last one.
    pub prices: Prices,
    /// If the price changes: each price with its days and its number of billed minutes or hours.
    changing: Vec<(Days, u64, Prices)>,
    notes: Vec<Note>,
}

impl From<Prices> for MuOffer {
    /// An offer whose price does not change.
    fn from(prices: Prices) -> Self {
        Self {
            prices,
            changing: Vec::new(),
            notes: Vec::new(),
        }
    }
}

impl MuOffer {
    /// What replicas of it cost.
    ///
    /// # Errors
    /// As [`mu::quote`].
    pub fn quote(&self, request: &Request) -> Result<Quote, QuoteError> {
        let mut quote = mu::quote(request, &self.prices)?;
        if !self.changing.is_empty() {
            let pieces = self
                .changing
                .iter()
                .map(|(days, increments, prices)| Piece {
                    days: *days,
                    increments: *increments,
                    prices,
                });
            quote = mu::over_changes(quote, request, &pieces.collect::<Vec<_>>())?;
        }
        quote.notes.splice(0..0, self.notes.iter().cloned());
        Ok(quote)
    }
}

/// Replicas cost the same at all hours.
impl ByHour for Vec<Prices> {
    fn by_hour(&self) -> Vec<(Hours, Self)> {
        Vec::new()
    }
}

/// Every specification that is offered in all of the time of a trace.
///
/// # Errors
/// [`OrderError`] where none is, or where the trace stands for other days and its price changes.
pub fn mu_offers(
    catalog: &Catalog,
    model: &Model,
    length: Length,
    as_of: AsOf,
    recorded: &Recorded,
) -> Result<Vec<MuOffer>, OrderError> {
    let term = length.term();
    let price = |day, _: Option<&Vec<Prices>>| catalog.mu(model, term, None, day);
    let all = InForce::of(model, as_of, price, SAME)?;
    let minute = |moment: crate::billing::calendar::Moment| moment.timestamp().div_euclid(60);
    let span = recorded.between;
    let span = span.map(|(first, last)| (minute(first), minute(last)));
    let (first, last) = span.unwrap_or_default();
    let held = all.held(span);
    let mut offers = match length {
        Length::Months { .. } => bought(&all, first, last)?,
        Length::Hours { span: up, runs } => {
            let scaled = recorded.scale.is_some();
            let increment = all.any().and_then(|prices| prices.first());
            let Some(increment) = increment.map(|prices| prices.rules.increment) else {
                return Ok(Vec::new());
            };
            let billed = Increment::documented(increment, up)?.times(runs)?;
            let each = billed.increment.minutes();
            let (count, each) = match scaled {
                // The days that the trace stands for have no dates of their own.
                true => (minutes_of((first, last)), 1),
                false => (billed.count, each),
            };
            let pieces = all.pieces(first, count, each, SAME)?;
            by_time(&pieces, scaled)?
        }
    };
    for offer in &mut offers {
        offer.notes.extend(held.clone());
    }
    Ok(offers)
}

/// What is offered on the first day, for the whole term.
fn bought(
    all: &InForce<Vec<Prices>>,
    first: Minute,
    last: Minute,
) -> Result<Vec<MuOffer>, LookupError> {
    let offered = all.at(first)?.iter().cloned();
    let mut offers: Vec<MuOffer> = offered.map(MuOffer::from).collect();
    let later = all.pieces(first, minutes_of((first, last)), 1, SAME);
    for offer in &mut offers {
        // Nobody asks for what is sold later.
        let pieces = later.as_deref().unwrap_or_default();
        let mut others = pieces.iter().flat_map(|piece| piece.prices);
        let of_it = |other: &Prices| key(other) == key(&offer.prices);
        if first >= FIRST_DATE && others.any(|other| of_it(other) && !is_same(&offer.prices, other))
        {
            offer.notes.push(Note::BoughtOn { day: day_of(first) });
        }
    }
    Ok(offers)
}

/// The specifications that are offered during all of the time, with the price of each piece.
fn by_time(pieces: &[Piece<'_, Vec<Prices>>], scaled: bool) -> Result<Vec<MuOffer>, Conflict> {
    let mut offers = Vec::new();
    for wanted in pieces.last().into_iter().flat_map(|piece| piece.prices) {
        let mut own: Vec<Piece<'_, Prices>> = Vec::new();
        let mut is_offered = true;
        for piece in pieces {
            let of_it = piece.prices.iter().find(|one| key(one) == key(wanted));
            let Some(prices) = of_it else {
                is_offered = false;
                break;
            };
            match own.last_mut() {
                Some(last) if is_same(last.prices, prices) => {
                    last.increments = last.increments.saturating_add(piece.increments);
                    last.days.before = piece.days.before;
                }
                _ => own.push(Piece {
                    days: piece.days,
                    increments: piece.increments,
                    prices,
                }),
            }
        }
        if !is_offered {
            continue;
        }
        let mut days: Vec<&mut Days> = own.iter_mut().map(|one| &mut one.days).collect();
        open(&mut days);
        let on = changes(own.iter().map(|piece| piece.days));
        match (own.as_slice(), on.first()) {
            (_, Some(change)) if scaled => {
                return Err(Conflict::ScaledOverChange { change: *change });
            }
            ([_, _, ..], _) => offers.push(MuOffer {
                prices: wanted.clone(),
                changing: own
                    .iter()
                    .map(|piece| (piece.days, piece.increments, piece.prices.clone()))
                    .collect(),
                notes: vec![Note::PricesChange {
                    on,
                    calls: false,
                    hours: true,
                }],
            }),
            (only, _) => {
                let prices = only.first().map_or(wanted, |piece| piece.prices);
                offers.push(prices.clone().into());
            }
        }
    }
    Ok(offers)
}

fn key(prices: &Prices) -> (crate::billing::spec::Spec, bool) {
    (prices.spec, prices.pd_separated)
}

/// Whether it costs the same. Where a price was read is no matter.
fn is_same(one: &Prices, other: &Prices) -> bool {
    (key(one), one.price) == (key(other), other.price)
}

/// Whether all of them cost the same.
const SAME: fn(&Vec<Prices>, &Vec<Prices>) -> bool = |one, other| are_same(one, other);

fn are_same(one: &[Prices], other: &[Prices]) -> bool {
    let mut pairs = one.iter().zip(other);
    one.len() == other.len() && pairs.all(|(one, other)| is_same(one, other))
}
