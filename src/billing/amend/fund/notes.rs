//! What a funded quote says beside its numbers.

use chrono::NaiveDate;

use super::{BATCH, CACHE};
use crate::billing::free::Authority;
use crate::billing::funding::{Funding, FundingResult, Kind, Stretch};
use crate::billing::money::Money;
use crate::billing::note::{FundingNote, Note, Spent, Then};
use crate::billing::offer::Method;
use crate::billing::quote::Quote;
use crate::billing::rule::Rule;
use crate::billing::service::Service;

/// What is known of a funded quote when its notes are written.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// What pays.
    pub funding: &'a Funding,
    /// Calls that the free quota does not offset.
    pub out_of_scope: Option<&'static str>,
    /// What each source pays for.
    pub paid: &'a [Stretch],
    /// Tokens of a cache that are served, and that only money pays for.
    pub of_cache: u64,
    /// Who says how tokens are paid for.
    pub authority: Authority,
    /// Whether the tokens are those that exceed a reservation.
    pub reserved: bool,
}

impl About<'_> {
    /// Whether the rules in force name these calls: batch calls and the context cache by all of them,
    /// fine-tuned models by some.
    fn says_so(&self, what: &str) -> bool {
        let rules = self.funding.rules();
        [BATCH, CACHE].contains(&what) || rules.is_some_and(|rules| rules.not_fine_tuned)
    }

    /// The notes on the sources that pay.
    pub fn sources(&self) -> Vec<(Rule, FundingNote)> {
        let Self {
            funding,
            out_of_scope,
            paid,
            authority,
            ..
        } = *self;
        let mut notes = Vec::new();
        if let Some(free) = &funding.free {
            if free.used.len() > 1 {
                let what = FundingNote::FreeShared {
                    total: free.total,
                    used: free.used.clone(),
                    left: free.left(),
                };
                notes.push((authority.rule(Rule::FreeShared), what));
            }
            let rules = funding.rules();
            let known = rules.filter(|_| !free.used.is_empty() && free.left() > 0);
            notes.extend(known.map(|rules| {
                let what = FundingNote::ShownAfter(rules.shown_after);
                (Rule::FreeConsole, what)
            }));
            if let (Some(activated), Some(expires)) = (free.activated, free.expires) {
                let what = FundingNote::FreeActivated { activated, expires };
                notes.push((Rule::FreeValidity, what));
            }
            if self.reserved && authority != Authority::Services {
                let covered = out_of_scope.is_none();
                let rule = authority.rule(Rule::FreeOverflow);
                notes.push((rule, FundingNote::FreeOverflow { covered }));
            }
            if let Some(what) = out_of_scope {
                // Of a reservation that was just said.
                if !self.reserved {
                    let said = self.says_so(what);
                    let what = FundingNote::FreeOutOfScope { what, said };
                    notes.push((Rule::FreeScope, what));
                }
            } else if let Some(expires) = free.expires.filter(|expires| *expires < funding.on) {
                let rule = authority.rule(Rule::FreeValidity);
                notes.push((rule, FundingNote::FreeExpired { expires }));
            } else if free.left() == 0 {
                let rule = authority.rule(Rule::FreeOverrun);
                let total = free.total;
                notes.push((rule, FundingNote::FreeUsedUp { total }));
            }
        }
        for package in &funding.packages {
            if let Some(expires) = package.expires.filter(|expires| *expires < funding.on) {
                let tokens = package.tokens;
                let what = FundingNote::PackageExpired { tokens, expires };
                notes.push((authority.rule(Rule::FreeOrder), what));
            }
        }
        for stretch in paid.iter().filter(|stretch| stretch.lapses) {
            if let Some(expires) = stretch.expires {
                let (free, rule) = match stretch.kind {
                    Kind::Free => (true, Rule::FreeValidity),
                    Kind::Package => (false, Rule::FreeOrder),
                };
                let left = stretch.left;
                let what = FundingNote::Lapses {
                    free,
                    expires,
                    left,
                };
                notes.push((authority.rule(rule), what));
            }
        }
        notes
    }

    /// The notes on what becomes of the tokens, and when the free quota and packages end.
    pub fn outcome(
        &self,
        quote: &Quote,
        result: &FundingResult,
        stopped: bool,
    ) -> Vec<(Rule, FundingNote)> {
        let Self {
            funding,
            out_of_scope,
            paid,
            of_cache,
            authority,
            ..
        } = *self;
        let mut notes = Vec::new();
        let had_sources = funding.free.is_some() || !funding.packages.is_empty();
        let free = paid.iter().find(|one| one.kind == Kind::Free);
        let free_used = free.is_some_and(|one| one.to > one.from);
        let packages_used = paid
            .iter()
            .any(|one| one.kind == Kind::Package && one.to > one.from);
        let rule = authority.rule(
            match free_used || (funding.free.is_some() && !packages_used) {
                true => Rule::FreeOverrun,
                false => Rule::FreeOrder,
            },
        );
        // That nothing is served from the start is said below.
        let told = result.offset > 0 || (had_sources && funding.postpaid);
        if let Some(after) = result.exhausted_after.filter(|_| told) {
            let what = FundingNote::RunsOut {
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
            };
            notes.push((rule, what));
        }
        if of_cache > 0 && !paid.is_empty() {
            let what = FundingNote::Cache {
                tokens: of_cache,
                free: free.is_some(),
                packages: paid.iter().any(|one| one.kind == Kind::Package),
            };
            notes.push((authority.rule(Rule::FreeScope), what));
        } else if free_used && authority == Authority::FreeQuota {
            notes.push((Rule::FreeScope, FundingNote::FreeCache));
        }
        let free_used_up = free.is_some_and(|one| free_used && one.left == 0);
        let tokens = result.billed.saturating_sub(of_cache);
        if free_used_up && tokens > 0 {
            notes.push((rule, FundingNote::Beyond { tokens }));
        }
        let rules = funding.rules();
        let rules = rules.filter(|_| authority == Authority::FreeQuota);
        if free_used_up && let Some(rules) = rules {
            notes.push(match rules.notices.as_slice() {
                [] => (Rule::FreeNoNotice, FundingNote::NoNotice),
                left => {
                    let left = left.to_vec();
                    (Rule::FreeNotice, FundingNote::Notices { left })
                }
            });
        }
        if !funding.postpaid && (result.unserved > 0 || stopped) {
            let (free, packages) = spent(funding, out_of_scope, paid);
            let what = FundingNote::NotServed {
                tokens: result.unserved,
                free,
                packages,
                stopped,
                error: rules.and_then(|rules| rules.stop.clone()),
            };
            let rule = match authority {
                Authority::Services => Rule::ServiceStatus,
                Authority::FreeQuota => Rule::FreeStop,
                Authority::Person => Rule::Funding,
            };
            notes.push((rule, what));
        }
        if !funding.postpaid && authority == Authority::FreeQuota {
            notes.push((Rule::FreeStop, FundingNote::StopSwitch));
        }
        notes
    }
}

impl About<'_> {
    /// The note on an overdue balance: by the document about services where tokens are billed afterwards,
    /// and by that about the free quota whatever is left of it.
    pub fn overdue(&self, service: Option<&Service>, method: Method) -> Option<Note> {
        let rules = self.funding.rules();
        match self.authority {
            Authority::Services => {
                let stops = service.is_some_and(|service| service.overdue_stops);
                let billed = self.funding.postpaid && method == Method::Tokens;
                (stops && billed).then_some(Note::OverdueStops)
            }
            Authority::FreeQuota => {
                let blocks = rules.is_some_and(|rules| rules.overdue_blocks);
                let funded = self.funding.free.is_some() || !self.funding.packages.is_empty();
                (blocks && funded).then_some(Note::OverdueBlocks)
            }
            Authority::Person => None,
        }
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
