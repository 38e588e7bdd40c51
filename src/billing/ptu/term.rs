//! What a term costs: by the hour, by the day, by the month, or of another fixed length.

use super::lines::lines;
use super::{Fixed, Length, Prices, Request, sale};
use crate::billing::calendar::{self, Schedule};
use crate::billing::days::Piece;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::line::LineItem;
use crate::billing::money::Money;
use crate::billing::note::{Note, SaleNote};
use crate::billing::number::counted;
use crate::billing::offer::Method;
use crate::billing::quote::Quote;
use crate::billing::rule::{DEPLOYMENT, Rule};
use crate::billing::term::{Increment, Span};
use crate::billing::unit::{Quantity, Unit};

/// The part of a quote that depends on its term.
pub(super) struct BilledTerm {
    pub(super) items: Vec<LineItem>,
    pub(super) runs: u64,
    pub(super) duration: String,
    pub(super) text: String,
    pub(super) schedule: Option<Schedule>,
}

pub(super) fn by_the_hour(
    request: &Request,
    prices: &Prices,
    span: Span,
    runs: u64,
    notes: &mut Vec<Note>,
) -> Result<BilledTerm, QuoteError> {
    let billed = Increment::documented(prices.rules.increment, span)?;
    let total = billed.times(runs)?;
    let rule = prices.rule(Rule::PtuHourly);
    let items = lines(request, prices, total.quantity(), rule)?;
    let reserves = !request.size.is_nothing();
    if reserves && prices.source.document == DEPLOYMENT {
        notes.push(Note::PtuPriceUnit);
    }
    if billed.rounded_up {
        notes.push(Note::RoundedUp {
            rule,
            span,
            billed,
            runs,
        });
    }
    if billed.rounded_up {
        notes.extend(sale::by_the_minute(request, prices, span, runs, &items));
    }
    if let Some(hours) = prices.rules.overdue_hours.filter(|_| reserves) {
        notes.push(Note::Overdue {
            hours,
            exposure: overdue_exposure(request, prices, hours)?,
            restored: prices.rules.overdue_restored,
            of: Method::Ptu,
            in_total: false,
        });
    }
    if let Some(from) = request.start.filter(|_| prices.reservation.is_none()) {
        let until = calendar::after(from, span.whole_seconds())?;
        notes.push(Note::Window { from, until });
    }
    Ok(BilledTerm {
        items,
        runs,
        duration: span.iso(),
        text: total.to_string(),
        schedule: None,
    })
}

/// The quote of a reservation by the hour with the price that is in force in each of its increments;
/// `quote` is that at the last price, without lines of what overflows.
///
/// # Errors
/// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly.
pub fn over_changes(
    quote: Quote,
    request: &Request,
    pieces: &[Piece<'_, Prices>],
) -> Result<Quote, QuoteError> {
    if !matches!(request.length, Length::Hours { .. }) {
        return Ok(quote);
    }
    let increment = |prices: &Prices| prices.rules.increment;
    let mut quote = quote;
    if pieces.len() > 1 {
        // It is of one price.
        let is_of_one = |note: &Note| matches!(note, Note::Sale(SaleNote::ByTheMinute { .. }));
        quote.notes.retain(|note| !is_of_one(note));
    }
    quote.over_changes(pieces, increment, |prices, time| {
        let rule = prices.rule(Rule::PtuHourly);
        lines(request, prices, time.quantity(), rule)
    })
}

pub(super) fn by_the_day(
    request: &Request,
    prices: &Prices,
    days: u64,
    notes: &mut Vec<Note>,
) -> Result<BilledTerm, QuoteError> {
    let items = lines(
        request,
        prices,
        Quantity::of(days, Unit::Day),
        prices.rule(Rule::PtuDaily),
    )?;
    let schedule = match (request.start, &prices.rules.expiry) {
        (None, _) => None,
        (Some(start), None) => Some(Schedule::open(start)),
        (Some(start), Some(expiry)) => {
            let (schedule, late) = calendar::daily(start, days, expiry)?;
            notes.push(Note::OrderDay);
            if late {
                notes.push(Note::LateOrder {
                    after: expiry.late_after,
                });
            }
            Some(schedule)
        }
    };
    if !request.size.is_nothing() {
        notes.extend(sale::how_it_ends(prices));
    }
    Ok(BilledTerm {
        items,
        runs: 1,
        duration: format!("P{days}D"),
        text: counted(days, "day"),
        schedule,
    })
}

/// Whole months. How they end is not documented by anyone who sells them.
pub(super) fn by_the_month(
    request: &Request,
    prices: &Prices,
    months: u32,
    notes: &mut Vec<Note>,
) -> Result<BilledTerm, QuoteError> {
    let time = Quantity::of(months.into(), Unit::Month);
    // Of dedicated units nothing depends on how much traffic a month has.
    if request.is_used_for_its_term() && prices.spec().is_none() {
        notes.push(Note::MonthOfThirtyDays);
    }
    Ok(BilledTerm {
        items: lines(request, prices, time, prices.rule(Rule::PtuDaily))?,
        runs: 1,
        duration: format!("P{months}M"),
        text: counted(months.into(), "month"),
        schedule: request.start.map(Schedule::open),
    })
}

/// Terms of a fixed length. How they end is not documented by anyone who sells them.
pub(super) fn fixed(
    request: &Request,
    prices: &Prices,
    (one, count): (Fixed, u32),
    notes: &mut Vec<Note>,
) -> Result<BilledTerm, QuoteError> {
    let time = Quantity::of(count.into(), one.unit());
    notes.extend(one.note(request));
    let rule = match (one, prices.speed()) {
        (Fixed::Block, Some(_)) => Rule::ReservationBlock,
        _ => prices.rule(Rule::PtuDaily),
    };
    Ok(BilledTerm {
        items: lines(request, prices, time, rule)?,
        runs: 1,
        duration: one.iso(count),
        text: counted(count.into(), one.noun()),
        schedule: match one {
            Fixed::Block => sale::block_schedule(request, prices, count)?,
            Fixed::Week | Fixed::Quarter | Fixed::Year => request.start.map(Schedule::open),
        },
    })
}

fn overdue_exposure(request: &Request, prices: &Prices, hours: u32) -> Result<Money, QuoteError> {
    let hours = Quantity::of(u64::from(hours), Unit::Hour);
    let items = lines(request, prices, hours, Rule::PtuOverdue)?;
    Ok(Money {
        amount: exact::sum(items.iter().map(|item| item.amount))?,
        currency: prices.currency,
    })
}
