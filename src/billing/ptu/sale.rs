//! What is particular to throughput reservations, and what their page says of provisioned throughput.

use chrono::{Days, Timelike};
use rust_decimal::Decimal;

use super::lines::lines;
use super::{Fixed, Length, Prices, Request};
use crate::billing::calendar::{self, Schedule};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::line::LineItem;
use crate::billing::load::OnOverflow;
use crate::billing::moment::Moment;
use crate::billing::money::Money;
use crate::billing::note::{Note, SaleNote};
use crate::billing::rule::Rule;
use crate::billing::speed::Speed;
use crate::billing::term::Span;

/// What is said of what is bought.
pub(super) fn notes(request: &Request, prices: &Prices) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    let Some(sale) = &prices.sale else {
        return notes;
    };
    if request.size.is_nothing() {
        return notes;
    }
    if !sale.is_standard() && sale.is_below(request.size) {
        let smallest = sale.rules.smallest;
        notes.push(SaleNote::BelowSmallest { smallest }.into());
    }
    if let (Length::Fixed(Fixed::Block, count), Some(block)) = (request.length, sale.rules.block) {
        let first = request.start.and_then(|start| {
            let from = on_the_hour(start)?;
            Some((from, after_a_block(from).ok()?))
        });
        let ordered_from = block.ordered_from;
        notes.push(
            SaleNote::Block {
                ordered_from,
                first,
                count,
            }
            .into(),
        );
    }
    let refuses = request
        .served
        .is_some_and(|served| served.on_overflow == OnOverflow::Reject);
    notes.extend(refuses.then(|| over_length(prices)).flatten());
    notes
}

/// Whether a standard reservation is sold for this time, and can be ordered at that moment.
///
/// # Errors
/// [`QuoteError::TermNotSold`] and [`QuoteError::BlockNotThen`] where it is not.
pub fn check_term(
    prices: &Prices,
    length: Length,
    start: Option<Moment>,
) -> Result<(), QuoteError> {
    let Some(sale) = prices.sale.as_ref().filter(|sale| sale.is_standard()) else {
        return Ok(());
    };
    match (length, sale.rules.block, start) {
        (Length::Days(days), _, _) if !sale.rules.sells(days) => {
            let (below, above) = sale.rules.nearest(days);
            Err(QuoteError::TermNotSold { days, below, above })
        }
        (Length::Fixed(Fixed::Block, _), Some(block), Some(start))
            if start.time() < block.ordered_from =>
        {
            let from = block.ordered_from;
            Err(QuoteError::BlockNotThen { start, from })
        }
        _ => Ok(()),
    }
}

/// Where overflow is refused: what is not known of calls above the maximum input.
#[must_use]
pub fn over_length(prices: &Prices) -> Option<Note> {
    let is_known = prices.speed().is_none() || prices.max_input.is_none();
    (!is_known).then(|| SaleNote::OverLength.into())
}

/// A note where a term of these days is not one of those that the page sells at high speed. At standard speed it
/// is refused.
#[must_use]
pub fn other_term(prices: &Prices, length: Length) -> Option<Note> {
    let sale = prices.sale.as_ref()?;
    let Length::Days(days) = length else {
        return None;
    };
    if sale.speed != Some(Speed::High) || sale.rules.sells(days) {
        return None;
    }
    let (below, above) = sale.rules.nearest(days);
    Some(SaleNote::OtherTerm { days, below, above }.into())
}

/// What follows the end of a term of days, and whether it can be ended before.
pub(super) fn how_it_ends(prices: &Prices) -> Vec<Note> {
    let (early_end, expiry) = (prices.rules.early_end, prices.rules.expiry);
    let mut notes: Vec<Note> = Vec::new();
    if prices.speed().is_some() {
        notes.extend(early_end.map(|rule| Note::from(SaleNote::EarlyEnd(rule))));
        notes.extend(expiry.map(|expiry| {
            let renewable = expiry.retention_hours;
            Note::from(SaleNote::StopsAtExpiry { renewable })
        }));
        return notes;
    }
    notes.extend(early_end.map(Note::EarlyEnd));
    notes.extend(expiry.map(|expiry| Note::Grace {
        grace: expiry.grace_hours,
        retention: expiry.retention_hours,
    }));
    notes
}

/// What provisioned throughput by the started hour would cost by the started minute, as the page about
/// reservations has it of high speed, where that is less. It stands beside the quote: where it has too many digits,
/// it is not said.
pub(super) fn by_the_minute(
    request: &Request,
    prices: &Prices,
    span: Span,
    runs: u64,
    items: &[LineItem],
) -> Option<Note> {
    let known = prices.sale.as_ref().filter(|sale| sale.speed.is_none())?;
    let increment = known.rules.increment?;
    let time = increment.bill(span).ok()?.times(runs).ok()?;
    let other = lines(request, prices, time.quantity(), Rule::PtuHourly).ok()?;
    let sum = |items: &[LineItem]| exact::sum(items.iter().map(|item| item.amount)).ok();
    let amount = sum(&other)?;
    let less = exact::sub(sum(items)?, amount).ok()?;
    let money = |amount| Money {
        amount,
        currency: prices.currency,
    };
    let note = SaleNote::ByTheMinute {
        other: money(amount),
        less: money(less),
    };
    (less > Decimal::ZERO).then(|| note.into())
}

/// The calendar of blocks that are ordered one an evening, from the first to the end of the last.
pub(super) fn block_schedule(
    request: &Request,
    prices: &Prices,
    count: u32,
) -> Result<Option<Schedule>, QuoteError> {
    let Some(start) = request.start else {
        return Ok(None);
    };
    if prices.speed().is_none() {
        return Ok(Some(Schedule::open(start)));
    }
    let evenings = Days::new(u64::from(count).saturating_sub(1));
    let last = on_the_hour(start).and_then(|first| first.checked_add_days(evenings));
    let ends = after_a_block(last.ok_or(QuoteError::CalendarEnds)?)?;
    Ok(Some(Schedule {
        starts: start,
        expires: Some(ends),
        stops: Some(ends),
        released: Some(ends),
    }))
}

fn on_the_hour(moment: Moment) -> Option<Moment> {
    moment.with_minute(0)?.with_second(0)?.with_nanosecond(0)
}

fn after_a_block(from: Moment) -> Result<Moment, QuoteError> {
    let hours = i64::try_from(Fixed::Block.hours()).unwrap_or(0);
    calendar::after(from, hours.saturating_mul(3_600))
}
