//! A quote whose tokens are paid for: credits for what is offset, nothing for what is not served,
//! the billing modes it goes through, and when the free part ends.

mod notes;

use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::free::{Authority, Documented};
use crate::billing::funding::{Funding, FundingResult, Kind, Stretch, Terms, Usage, stretches};
use crate::billing::line::{Charge, LineItem};
use crate::billing::note::{Fate, FundingNote, Note, ReservedNote, Spent};
use crate::billing::offer::{Method, Rate};
use crate::billing::quote::{Parameters, Quote};
use crate::billing::rule::Rule;
use crate::billing::service::{BillingMode, Service, Status};
use crate::billing::unit::{Quantity, Unit, UnitPrice};

/// The ids of the lines for tokens, input and output.
const LINES: [(&str, bool); 4] = [
    ("tokens.input", true),
    ("tokens.output", false),
    ("ptu.overflow.input", true),
    ("ptu.overflow.output", false),
];

/// Calls in a batch, in words.
const BATCH: &str = "batch calls";

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
    if quote.method == Method::Mu {
        return Ok(quote);
    }
    let usage = usage_of(&quote)?;
    let used = usage.total()?;
    let authority = Authority::of(terms.service, funding.documented.as_deref());
    let out_of_scope = out_of_scope(&quote.parameters, funding, authority);
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
    let served = if funding.postpaid { used } else { offset };
    let at_list_price = exact::sum(charges(&quote).map(|item| item.amount))?;

    serve(&mut quote, usage, served)?;
    add_credits(&mut quote, usage, &paid, authority, funding)?;
    add_purchase(&mut quote, funding, authority)?;
    let mut result = FundingResult {
        modes: Vec::new(),
        status: None,
        offset,
        billed: served.saturating_sub(offset),
        unserved: used.saturating_sub(served),
        exhausted_after: None,
        per_day_after: None,
    };
    if let Some(pace) = terms.pace.filter(|_| offset < used) {
        let mut after = pace.until_used(offset, used)?;
        // What lapses ends with its last day, not with the last token that it paid for.
        for cut in paid.iter().filter(|one| one.lapses && one.to == offset) {
            if let Some(expires) = cut.expires {
                after = after.max(pace.end_of(expires, funding.on)?);
            }
        }
        result.exhausted_after = Some(after);
        if funding.postpaid {
            result.per_day_after = Some(pace.per_day(at_list_price)?);
        }
    }
    let stopped = stops(&result, &quote, funding, &paid);
    let modes = modes(&quote, funding, &paid, terms.service, stopped);
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
    quote.funding = Some(result);
    let overdue = about.overdue(terms.service, quote.method);
    let notes = notes.into_iter();
    let notes = notes.map(|(rule, what)| Note::Funding { rule, what });
    quote.notes.extend(notes.chain(overdue));
    quote.summed()
}

fn is_input(item: &LineItem) -> Option<bool> {
    let line = LINES.iter().find(|(id, _)| *id == item.id);
    line.map(|(_, input)| *input)
}

/// The lines for tokens.
fn charges(quote: &Quote) -> impl Iterator<Item = &LineItem> {
    quote.items.iter().filter(|item| is_input(item).is_some())
}

fn usage_of(quote: &Quote) -> Result<Usage, QuoteError> {
    let mut usage = Usage {
        input: 0,
        output: 0,
    };
    for item in charges(quote) {
        let count = u64::try_from(item.quantity.value).map_err(|_| QuoteError::TooLarge)?;
        // There are several lines of a side where calls fall into several tiers.
        let side = match is_input(item) {
            Some(true) => &mut usage.input,
            _ => &mut usage.output,
        };
        *side = side.checked_add(count).ok_or(QuoteError::TooLarge)?;
    }
    Ok(usage)
}

/// Calls that a free quota does not offset, in words (`free.scope`). A document about services has
/// no such limit.
fn out_of_scope(
    parameters: &Parameters,
    funding: &Funding,
    authority: Authority,
) -> Option<&'static str> {
    match parameters {
        _ if authority == Authority::Services => None,
        // That it does is not established (`free.overflow`).
        Parameters::Ptu { .. } if !funding.covers_overflow => Some("calls beyond a reservation"),
        _ if authority == Authority::Person => None,
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

/// A line like `item` for another number of tokens.
fn line(item: &LineItem, tokens: u64) -> Charge {
    Charge {
        id: item.id,
        description: item.description.clone(),
        factors: vec![Quantity::of(tokens, Unit::Token)],
        unit_price: item.unit_price,
        rule: item.rule,
        source: item.source.clone(),
    }
}

/// Charges only what is served.
fn serve(quote: &mut Quote, usage: Usage, served: u64) -> Result<(), QuoteError> {
    if served == usage.total()? {
        return Ok(());
    }
    let part = usage.first(served)?;
    let reserved = quote.method == Method::Ptu;
    let mut items = Vec::new();
    for item in &quote.items {
        let tokens = match is_input(item) {
            None => {
                items.push(item.clone());
                continue;
            }
            Some(true) => part.input,
            Some(false) => part.output,
        };
        // A token quote keeps its lines, so that it never is without any.
        if tokens > 0 || !reserved {
            items.push(LineItem::new(line(item, tokens))?);
        }
    }
    quote.items = items;
    Ok(())
}

/// Adds the lines of what the sources pay for, each at the price of the line that it offsets.
fn add_credits(
    quote: &mut Quote,
    usage: Usage,
    paid: &[Stretch],
    authority: Authority,
    funding: &Funding,
) -> Result<(), QuoteError> {
    let documented = funding.documented.as_deref();
    let rules = funding.rules();
    let lines: Vec<LineItem> = charges(quote).cloned().collect();
    for stretch in paid {
        let part = usage.between(stretch.from, stretch.to)?;
        let (id, name, rule) = match stretch.kind {
            Kind::Free => {
                let name = match authority {
                    Authority::Services => "Free trial".to_owned(),
                    _ => word(BillingMode::FreeTrial, authority, documented),
                };
                ("credit.free-quota", name, authority.rule(Rule::FreeScope))
            }
            Kind::Package => {
                let name = match authority {
                    Authority::FreeQuota => {
                        word(BillingMode::ResourcePackage, authority, documented)
                    }
                    _ => "Package".to_owned(),
                };
                let to = stretch.expires.map(|date| format!(" {date}"));
                let name = format!("{name}{}", to.unwrap_or_default());
                ("credit.package", name, authority.rule(Rule::FreeOrder))
            }
        };
        let source = rules.filter(|_| stretch.kind == Kind::Free);
        let source = source.map(|rules| rules.source.clone());
        for item in &lines {
            let (side, tokens) = match is_input(item) {
                Some(true) => ("input", part.input),
                _ => ("output", part.output),
            };
            if tokens == 0 {
                continue;
            }
            let charge = line(item, tokens);
            quote.items.push(LineItem::new(Charge {
                id,
                description: format!("{name}, {side}"),
                unit_price: UnitPrice {
                    amount: exact::negate(charge.unit_price.amount),
                    ..charge.unit_price
                },
                rule,
                source: source.clone().or(charge.source),
                ..charge
            })?);
        }
    }
    Ok(())
}

/// What a way to pay is called, in the provider's own words where it has some.
fn word(mode: BillingMode, authority: Authority, documented: Option<&Documented>) -> String {
    let own = match (authority, documented) {
        (Authority::FreeQuota, Some(documented)) => match mode {
            BillingMode::FreeTrial => Some(&documented.words.free),
            BillingMode::ResourcePackage => Some(&documented.words.package),
            BillingMode::PayAsYouGo => Some(&documented.words.postpaid),
            BillingMode::TpmReservation | BillingMode::ProvisionedThroughput => {
                Some(&documented.words.reservation)
            }
            BillingMode::None => None,
        },
        _ => None,
    };
    let word = match (own, authority, mode) {
        (Some(own), ..) => own,
        (None, Authority::Person, BillingMode::FreeTrial) => "Free quota",
        (None, Authority::Person, BillingMode::ResourcePackage) => "Package",
        (None, ..) => mode.name(),
    };
    word.to_owned()
}

fn add_purchase(
    quote: &mut Quote,
    funding: &Funding,
    authority: Authority,
) -> Result<(), QuoteError> {
    let Some(price) = funding.package_price else {
        return Ok(());
    };
    let several = if funding.packages.len() > 1 { "s" } else { "" };
    quote.items.push(LineItem::new(Charge {
        id: "package.purchase",
        description: format!("Token package{several}"),
        factors: vec![Quantity::of(1, Unit::Purchase)],
        unit_price: UnitPrice {
            amount: price,
            per: 1,
            unit: Unit::Purchase,
        },
        rule: authority.rule(Rule::FreeOrder),
        source: None,
    })?);
    Ok(())
}

/// What pays, in the order in which it does.
fn modes(
    quote: &Quote,
    funding: &Funding,
    paid: &[Stretch],
    service: Option<&Service>,
    stopped: bool,
) -> Vec<BillingMode> {
    let mut modes = Vec::new();
    if quote.method == Method::Ptu {
        let sold = service.and_then(|service| service.reservation);
        modes.push(sold.map_or(BillingMode::ProvisionedThroughput, |sold| sold.mode));
    }
    let had = |kind: Kind| {
        let of_kind = paid.iter().filter(|one| one.kind == kind);
        of_kind
            .into_iter()
            .any(|one| one.left > 0 || one.to > one.from)
    };
    if had(Kind::Free) {
        modes.push(BillingMode::FreeTrial);
    }
    if had(Kind::Package) {
        modes.push(BillingMode::ResourcePackage);
    }
    if funding.postpaid {
        modes.push(BillingMode::PayAsYouGo);
    }
    // Only a document about services has a word for that.
    if stopped && service.is_some() {
        modes.push(BillingMode::None);
    }
    // Elsewhere it is what was used up, or nothing was there.
    if modes.is_empty() {
        modes.push(match funding.free {
            Some(_) => BillingMode::FreeTrial,
            None => BillingMode::None,
        });
    }
    modes
}

/// Whether a service stops: when nothing is left that pays. A reservation goes on whatever becomes
/// of the tokens beyond it.
fn stops(result: &FundingResult, quote: &Quote, funding: &Funding, paid: &[Stretch]) -> bool {
    let nothing_left = paid.iter().all(|one| one.left == 0 || one.lapses);
    let ended = !funding.postpaid && (result.unserved > 0 || nothing_left);
    ended && quote.method != Method::Ptu
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
