//! What is paid for the time of a reservation: a subscription costs what was in force when it was
//! bought, on the first day of the trace, and by the hour each hour what is in force where it begins.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::in_force::{InForce, InPlay};
use super::pattern::Taken;
use super::when::{changes, day_of};
use crate::billing::days::Piece;
use crate::billing::error::QuoteError;
use crate::billing::note::Note;
use crate::billing::ptu::{self, Length, Prices, Request};
use crate::billing::quote::Quote;
use crate::billing::term::Increment;
use crate::order::{Conflict, OrderError};
use crate::replay::Profile;
use crate::replay::profile::minutes_of;

/// What is paid for the time of a reservation.
pub(super) enum Paid<'a> {
    /// One price for the whole term, with the day of purchase of a subscription whose trace has
    /// dates.
    Once(&'a Prices, Option<NaiveDate>),
    /// Prices that follow each other.
    Over(Vec<Piece<'a, Prices>>),
}

/// Whether a reservation costs the same at both prices, wherever they were read.
pub(super) fn is_same(one: &Prices, other: &Prices) -> bool {
    (&one.units, &one.meters, one.mode) == (&other.units, &other.meters, other.mode)
}

impl<'a> Paid<'a> {
    /// The prices of what is requested for a trace.
    pub fn of(
        request: &Request,
        prices: &'a InForce<Prices>,
        profile: &Profile,
        taken: Taken,
    ) -> Result<Self, OrderError> {
        let (first, last) = profile.span().unwrap_or_default();
        let Length::Hours { span, runs } = request.length else {
            let is_dated = first >= crate::replay::FIRST_DATE;
            let day = is_dated.then(|| day_of(first));
            return Ok(Self::Once(prices.at(first)?, day));
        };
        let pieces = if taken.scale.is_some() {
            // The days that the trace stands for have no dates of their own.
            prices.pieces(first, minutes_of((first, last)), 1, is_same)?
        } else {
            let rules = prices.any().map(|prices| prices.rules);
            let increment = rules.and_then(|rules| rules.increment);
            let billed = increment
                .unwrap_or(Increment::Hour)
                .bill(span)?
                .times(runs)?;
            prices.pieces(first, billed.count, billed.increment.minutes(), is_same)?
        };
        match pieces.as_slice() {
            [only] => Ok(Self::Once(only.prices, None)),
            [] => Ok(Self::Once(prices.at(first)?, None)),
            [_, next, ..] if taken.scale.is_some() => {
                let change = next.days.from.unwrap_or_else(|| day_of(last));
                Err(Conflict::ScaledOverChange { change }.into())
            }
            _ => Ok(Self::Over(pieces)),
        }
    }

    /// The quote of the reservation alone.
    pub fn quote(&self, request: &Request) -> Result<Quote, QuoteError> {
        match self {
            Self::Once(prices, _) => ptu::quote(request, prices),
            Self::Over(pieces) => {
                let last = pieces.last().ok_or(QuoteError::TooLarge)?;
                let quote = ptu::quote(request, last.prices)?;
                ptu::over_changes(quote, request, pieces)
            }
        }
    }

    /// What is said of prices that change: `calls` are the days from which on what overflows has
    /// another price.
    pub fn said(&self, calls: Vec<NaiveDate>, in_play: &[InPlay<'_, Prices>]) -> Vec<Note> {
        let mut said = Vec::new();
        let hours = match self {
            Self::Once(..) => Vec::new(),
            Self::Over(pieces) => changes(pieces.iter().map(|piece| piece.days)),
        };
        let (of_calls, of_hours) = (!calls.is_empty(), !hours.is_empty());
        if of_calls || of_hours {
            let on: BTreeSet<NaiveDate> = calls.into_iter().chain(hours).collect();
            said.push(Note::PricesChange {
                on: on.into_iter().collect(),
                calls: of_calls,
                hours: of_hours,
            });
        }
        if let Self::Once(bought, Some(day)) = self
            && in_play.iter().any(|one| !is_same(bought, one.prices))
        {
            said.push(Note::BoughtOn { day: *day });
        }
        said
    }
}
