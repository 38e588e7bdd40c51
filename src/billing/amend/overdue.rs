//! Says of a quote what becomes of it while the balance of the account is overdue.

use crate::billing::calendar;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::moment::Moment;
use crate::billing::money::Money;
use crate::billing::note::Note;
use crate::billing::offer::Method;
use crate::billing::overdue::{Documented, Kept, Outcome, Overdue};
use crate::billing::quote::Quote;
use crate::billing::term::{Increment, Term};
use crate::billing::unit::Unit;

/// Says of `quote` what becomes of it with a balance that is overdue since `since`, where it is started
/// at `start`.
///
/// # Errors
/// [`QuoteError::OverdueBefore`] and [`QuoteError::OverdueAfter`] when nothing runs then,
/// [`QuoteError::CalendarEnds`] when it is released past the year 2100.
pub fn say(
    quote: &mut Quote,
    since: Moment,
    start: Option<Moment>,
    documented: Documented,
) -> Result<(), QuoteError> {
    if let Some(start) = start.filter(|start| since < *start) {
        return Err(QuoteError::OverdueBefore { since, start });
    }
    let outcome = match (quote.method, quote.term) {
        (Method::Tokens, _) if documented.stops_services => Outcome::ServiceStops,
        (Method::Tokens, _) if documented.blocks_calls => Outcome::CallsStop,
        (Method::Ptu | Method::Mu, Term::PayAsYouGo) => kept(quote, since, start)?,
        _ => Outcome::NotDocumented,
    };
    let note = match outcome {
        Outcome::CallsStop => Some(Note::OverdueBlocks),
        Outcome::ServiceStops => Some(Note::OverdueStops),
        Outcome::Kept(_) | Outcome::NotDocumented => None,
    };
    let overflow_stops = quote.overflow.is_some() && documented.blocks_calls;
    let note = note.or(overflow_stops.then_some(Note::OverdueBlocks));
    let note = note.filter(|note| !quote.notes.contains(note));
    quote.notes.extend(note);
    quote.overdue = Some(Overdue {
        since,
        outcome,
        overflow_stops,
    });
    Ok(())
}

/// How long a deployment that is billed by time is kept. That is documented where its quote has a note
/// about it.
fn kept(quote: &mut Quote, since: Moment, start: Option<Moment>) -> Result<Outcome, QuoteError> {
    let mut found = None;
    for note in &mut quote.notes {
        if let Note::Overdue {
            hours,
            exposure,
            in_total,
            ..
        } = note
        {
            *in_total = start.is_some();
            found = Some((*hours, *exposure));
        }
    }
    let Some((hours, exposure)) = found else {
        return Ok(Outcome::NotDocumented);
    };
    let released = calendar::after(since, i64::from(hours).saturating_mul(3_600))?;
    let whole = Kept {
        until: released,
        billed: exposure,
        in_total: false,
        deleted: false,
    };
    let Some((start, (end, increment))) = start.zip(window(quote)) else {
        return Ok(Outcome::Kept(whole));
    };
    if since >= end {
        return Err(QuoteError::OverdueAfter { since, until: end });
    }
    let until = released.min(end);
    // What is billed begins at the start and then after each increment.
    let seconds = increment.minutes().saturating_mul(60);
    let begun = |moment: Moment| -> Result<u64, QuoteError> {
        let passed = moment.signed_duration_since(start).num_seconds();
        let passed = u64::try_from(passed).map_err(|_| QuoteError::TooLarge)?;
        Ok(passed.div_ceil(seconds.max(1)))
    };
    let count = begun(until)?.saturating_sub(begun(since)?);
    let of_all = u64::from(hours).saturating_mul(60);
    let minutes = count.saturating_mul(increment.minutes());
    let amount = exact::div(exact::mul(exposure.amount, minutes.into())?, of_all)?;
    Ok(Outcome::Kept(Kept {
        until,
        billed: Money {
            amount: amount.value,
            ..exposure
        },
        in_total: true,
        deleted: end < released,
    }))
}

/// The end of a deployment that has a start, and the increments in which it is billed.
fn window(quote: &Quote) -> Option<(Moment, Increment)> {
    let end = quote.notes.iter().find_map(|note| match note {
        Note::Window { until, .. } => Some(*until),
        _ => None,
    })?;
    let increment = match quote.items.first()?.quantity.unit {
        Unit::TpmMinute | Unit::CapacityMinute | Unit::ReplicaMinute => Increment::Minute,
        _ => Increment::Hour,
    };
    Some((end, increment))
}
