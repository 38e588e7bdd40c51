//! What a funded quote says beside its numbers.

use super::super::funding::{Funding, FundingResult, Kind, Stretch};
use super::super::money::Money;
use super::super::note::{Note, Then};
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
            });
        }
        if let Some(what) = out_of_scope {
            notes.push(Note::FreeOutOfScope { what });
        } else if let Some(expires) = free.expires.filter(|expires| *expires < funding.on) {
            notes.push(Note::FreeExpired {
                expires,
                rule: validity(service),
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

/// What becomes of the tokens, and when the free part ends.
pub fn outcome(
    quote: &Quote,
    funding: &Funding,
    paid: &[Stretch],
    result: &FundingResult,
    service: Option<&Service>,
) -> Vec<Note> {
    let mut notes = Vec::new();
    let free = paid.iter().find(|one| one.kind == Kind::Free);
    let free_used = free.is_some_and(|one| one.to > one.from);
    let packages_used = paid
        .iter()
        .any(|one| one.kind == Kind::Package && one.to > one.from);
    // The document about the free quota says nothing of packages.
    let rule = match service {
        None if free_used => Rule::FreeOverrun,
        _ => Rule::ServiceOrder,
    };
    if let Some(after) = result.exhausted_after.filter(|_| result.offset > 0) {
        notes.push(Note::RunsOut {
            source: match (free_used, packages_used) {
                (true, true) => "the free quota and the packages last",
                (false, true) => "the packages last",
                _ => "the free quota lasts",
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
        notes.push(Note::NotServed {
            tokens: result.unserved,
            had_sources: funding.free.is_some() || !funding.packages.is_empty(),
            stopped: result.status == Status::Stopped,
        });
    }
    notes
}
