//! What a funded quote says beside its numbers.

use chrono::NaiveDate;

use super::super::funding::{Funding, FundingResult, Kind, Stretch};
use super::super::money::Money;
use super::super::note::{Note, Spent, Then};
use super::super::quote::Quote;
use super::super::rule::Rule;
use super::super::service::{Service, Status};

/// What is to be known of the sources themselves.
pub fn sources(
    funding: &Funding,
    out_of_scope: Option<&'static str>,
    paid: &[Stretch],
    service: Option<&Service>,
) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Some(free) = &funding.free {
        if free.used.len() > 1 {
            notes.push(Note::FreeShared {
                total: free.total,
                used: free.used.clone(),
                left: free.left(),
                rule: match service {
                    None => Rule::FreeShared,
                    Some(_) => Rule::ServiceOrder,
                },
            });
        }
        if let Some(what) = out_of_scope {
            notes.push(Note::FreeOutOfScope { what });
        } else if let Some(expires) = free.expires.filter(|expires| *expires < funding.on) {
            notes.push(Note::FreeExpired {
                expires,
                rule: validity(service),
            });
        } else if free.left() == 0 {
            notes.push(Note::FreeUsedUp {
                total: free.total,
                rule: match service {
                    None => Rule::FreeOverrun,
                    Some(_) => Rule::ServiceOrder,
                },
            });
        }
    }
    for package in &funding.packages {
        if let Some(expires) = package.expires.filter(|expires| *expires < funding.on) {
            notes.push(Note::PackageExpired {
                tokens: package.tokens,
                expires,
            });
        }
    }
    for stretch in paid.iter().filter(|stretch| stretch.lapses) {
        if let Some(expires) = stretch.expires {
            let free = stretch.kind == Kind::Free;
            notes.push(Note::Lapses {
                free,
                expires,
                left: stretch.left,
                rule: if free {
                    validity(service)
                } else {
                    Rule::ServiceOrder
                },
            });
        }
    }
    notes
}

/// The rule of a free quota's validity: that of the document which has one.
fn validity(service: Option<&Service>) -> Rule {
    match service {
        None => Rule::FreeValidity,
        Some(_) => Rule::ServiceOrder,
    }
}

/// Why nothing pays for more tokens: of the free quota, and of the packages.
fn spent(
    funding: &Funding,
    out_of_scope: Option<&'static str>,
    paid: &[Stretch],
) -> (Option<Spent>, Option<(Spent, usize)>) {
    let too_late = |expires: Option<NaiveDate>| expires.is_some_and(|day| day < funding.on);
    let lapsed = |kind: Kind| paid.iter().any(|one| one.kind == kind && one.lapses);
    let free = funding.free.as_ref().map(|free| match out_of_scope {
        Some(what) => Spent::OutOfScope(what),
        None if too_late(free.expires) || lapsed(Kind::Free) => Spent::Expired,
        None => Spent::UsedUp,
    });
    let packages = &funding.packages;
    let expired = lapsed(Kind::Package) || packages.iter().any(|one| too_late(one.expires));
    let used_up = paid
        .iter()
        .any(|one| one.kind == Kind::Package && one.left == 0);
    let how = match (expired, used_up) {
        (true, true) => Spent::Both,
        (true, false) => Spent::Expired,
        (false, _) => Spent::UsedUp,
    };
    (
        free,
        (!packages.is_empty()).then_some((how, packages.len())),
    )
}

/// What becomes of the tokens, and when the free part ends.
pub fn outcome(
    quote: &Quote,
    funding: &Funding,
    out_of_scope: Option<&'static str>,
    paid: &[Stretch],
    result: &FundingResult,
    service: Option<&Service>,
) -> Vec<Note> {
    let mut notes = Vec::new();
    let had_sources = funding.free.is_some() || !funding.packages.is_empty();
    let free = paid.iter().find(|one| one.kind == Kind::Free);
    let free_used = free.is_some_and(|one| one.to > one.from);
    let packages_used = paid
        .iter()
        .any(|one| one.kind == Kind::Package && one.to > one.from);
    // The document about the free quota says nothing of packages.
    let rule = match service {
        None if free_used || (funding.free.is_some() && !packages_used) => Rule::FreeOverrun,
        _ => Rule::ServiceOrder,
    };
    // That nothing is served from the start is said below.
    let told = result.offset > 0 || (had_sources && funding.postpaid);
    if let Some(after) = result.exhausted_after.filter(|_| told) {
        notes.push(Note::RunsOut {
            source: match (free_used, packages_used) {
                (true, true) => Some("the free quota and the packages last"),
                (false, true) => Some("the packages last"),
                (true, false) => Some("the free quota lasts"),
                (false, false) => None,
            },
            after,
            then: match result.per_day_after {
                Some(amount) => Then::Costs(Money {
                    amount,
                    currency: quote.currency,
                }),
                None => Then::NotServed,
            },
            rule,
        });
    }
    let free_used_up = free.is_some_and(|one| free_used && one.left == 0);
    if free_used_up && result.billed > 0 {
        notes.push(Note::Beyond {
            tokens: result.billed,
            rule,
        });
    }
    if free_used_up && service.is_none() {
        notes.push(Note::NoNotice);
    }
    if !funding.postpaid && (result.unserved > 0 || result.status == Status::Stopped) {
        let (free, packages) = spent(funding, out_of_scope, paid);
        notes.push(Note::NotServed {
            tokens: result.unserved,
            free,
            packages,
            stopped: result.status == Status::Stopped,
        });
    }
    notes
}
