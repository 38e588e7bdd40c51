//! A quote whose tokens are paid for: credits for what is offset, nothing for what is not served,
//! the billing modes it goes through, and when the free part ends.

mod lines;
mod modes;
mod notes;

use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::free::Authority;
use crate::billing::funding::{Funding, FundingResult, Kind, Stretch, Terms, Usage, stretches};
use crate::billing::note::{Fate, FundingNote, Note, ReservedNote, Spent};
use crate::billing::offer::{Method, Rate};
use crate::billing::pace::Pace;
use crate::billing::quote::{Parameters, Quote};
use crate::billing::rule::Rule;
use crate::billing::service::Status;
use crate::billing::term::Span;
use lines::{add_credits, add_purchase, charges, serve, usage_of};
use modes::{modes, word};

/// Calls in a batch, in words.
const BATCH: &str = "batch calls";
/// Input of a cache, in words.
const CACHE: &str = "the context cache";

/// The quote as `terms` pay for it. Without funding and without a service it stays as it is.
///
/// # Errors
/// [`QuoteError::TooLarge`] when a number does not fit.
pub fn fund(mut quote: Quote, terms: &Terms) -> Result<Quote, QuoteError> {
    let money_alone;
    let funding = match (terms.funding, terms.service) {
        (Some(funding), _) => funding,
        (None, Some(_)) => {
            money_alone = Funding::postpaid(terms.on);
            &money_alone
        }
        (None, None) => return Ok(quote),
    };
    if matches!(quote.method, Method::Mu | Method::Dtu) {
        return Ok(quote);
    }
    let usage = usage_of(&quote)?;
    let used = usage.total()?;
    let authority = Authority::of(terms.service, funding.documented.as_deref());
    let out_of_scope = out_of_scope(&quote.parameters, usage, funding, authority);
    let paid = stretches(funding, out_of_scope.is_none(), used, terms.pace)?;
    // A switch of the quota stops only calls that use it up.
    let stops_nothing = match authority {
        Authority::FreeQuota if !funding.postpaid => not_used_up(funding, out_of_scope, &paid),
        _ => None,
    };
    let billed;
    let funding = match stops_nothing {
        None => funding,
        Some(_) => {
            billed = Funding {
                postpaid: true,
                ..funding.clone()
            };
            &billed
        }
    };
    let offset = paid.last().map_or(0, |last| last.to);
    let served = match funding.postpaid {
        true => usage,
        false => Usage(usage.first(offset)?),
    };
    let at_list_price = exact::sum(charges(&quote).map(|item| item.amount))?;

    serve(&mut quote, usage, served.0)?;
    add_credits(&mut quote, usage, &paid, authority, funding)?;
    add_purchase(&mut quote, funding, authority)?;
    let mut result = FundingResult {
        modes: Vec::new(),
        status: None,
        offset,
        billed: served.all()?.saturating_sub(offset),
        unserved: usage.all()?.saturating_sub(served.all()?),
        exhausted_after: None,
        per_day_after: None,
    };
    if let Some(pace) = terms.pace.filter(|_| offset < used) {
        let after = used_up_after(pace, offset, used, funding, &paid)?;
        result.exhausted_after = Some(after);
        if funding.postpaid {
            result.per_day_after = Some(pace.per_day(at_list_price)?);
        }
    }
    let stopped = stops(&quote, funding, &paid);
    let modes = modes(&quote, funding, &result, &paid, terms.service, stopped);
    let words = funding.documented.as_deref();
    result.modes = modes
        .into_iter()
        .map(|mode| word(mode, authority, words))
        .collect();
    result.status = terms.service.map(|_| match stopped {
        true => Status::Stopped,
        false => Status::Running,
    });
    overflow_fate(&mut quote, &result, funding);
    let about = notes::About {
        funding,
        out_of_scope,
        paid: &paid,
        of_cache: served.0.of_cache(),
        authority,
        reserved: quote.method == Method::Ptu,
    };
    let mut notes = about.sources();
    notes.extend(stops_nothing.map(|free| (Rule::FreeStop, FundingNote::StopsNothing { free })));
    notes.extend(about.outcome(&quote, &result, stopped));
    let part = usage.first(offset)?;
    if offset < used && part.input > 0 && part.output > 0 {
        notes.push((Rule::FreeMix, FundingNote::FreeMix));
    }
    for note in &mut quote.notes {
        if let Note::Tokens(note) = note.plain_mut() {
            note.funded = offset > 0;
        }
    }
    quote.funding = Some(result);
    let overdue = about.overdue(terms.service, quote.method);
    let notes = notes.into_iter();
    let notes = notes.map(|(rule, what)| Note::Funding { rule, what });
    quote.notes.extend(notes.chain(overdue));
    quote.summed()
}

/// After how long the sources pay for nothing more. One that lapses does so at the end of its last day, and
/// not with the last token that it paid for.
fn used_up_after(
    pace: Pace,
    offset: u64,
    used: u64,
    funding: &Funding,
    paid: &[Stretch],
) -> Result<Span, QuoteError> {
    let mut after = pace.until_used(offset, used)?;
    for cut in paid.iter().filter(|one| one.lapses && one.to == offset) {
        if let Some(expires) = cut.expires {
            after = after.max(pace.end_of(expires, funding.on)?);
        }
    }
    Ok(after)
}

/// Calls that a free quota does not offset, in words (`free.scope`). A document about services has
/// no such limit.
fn out_of_scope(
    parameters: &Parameters,
    usage: Usage,
    funding: &Funding,
    authority: Authority,
) -> Option<&'static str> {
    match parameters {
        _ if authority == Authority::Services => None,
        // That it does is not established (`free.overflow`).
        Parameters::Ptu { .. } if !funding.covers_overflow => Some("calls beyond a reservation"),
        _ if authority == Authority::Person => None,
        // Such calls have nothing that uses it up.
        _ if usage.total() == Ok(0) && usage.0.of_cache() > 0 => Some(CACHE),
        Parameters::Tokens { batch: true, .. } => Some(BATCH),
        Parameters::Tokens {
            rate: Rate::FineTuned,
            ..
        } => Some("calls of fine-tuned models"),
        _ => None,
    }
}

/// Why calls go on although they are to stop when the free quota is used up: they do not use it, or
/// it ends in another way.
fn not_used_up(
    funding: &Funding,
    out_of_scope: Option<&'static str>,
    paid: &[Stretch],
) -> Option<Spent> {
    let free = funding.free.as_ref()?;
    let expires = |day| day < funding.on && free.left() > 0;
    let lapsed = paid.iter().any(|one| one.kind == Kind::Free && one.lapses);
    match out_of_scope {
        Some(what) => Some(Spent::OutOfScope(what)),
        None if lapsed || free.expires.is_some_and(expires) => Some(Spent::Expired),
        None => None,
    }
}

/// Whether a service stops: when nothing is left that pays. A reservation goes on whatever becomes
/// of the tokens beyond it.
fn stops(quote: &Quote, funding: &Funding, paid: &[Stretch]) -> bool {
    let nothing_left = paid.iter().all(|one| one.left == 0 || one.lapses);
    !funding.postpaid && nothing_left && quote.method != Method::Ptu
}

/// Without postpaid, calls that do not fit a reservation are not billed.
fn overflow_fate(quote: &mut Quote, result: &FundingResult, funding: &Funding) {
    if funding.postpaid {
        return;
    }
    for note in &mut quote.notes {
        if let Note::Reserved {
            what: ReservedNote::Overflow { fate, .. },
            ..
        } = note
        {
            *fate = match result.offset {
                0 => Fate::NotServed,
                _ => Fate::Offset,
            };
        }
    }
}
