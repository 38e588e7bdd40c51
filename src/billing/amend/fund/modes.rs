//! The billing modes that a funded quote goes through, and what its provider calls them.

use crate::billing::free::{Authority, Documented};
use crate::billing::funding::{Funding, FundingResult, Kind, Stretch};
use crate::billing::offer::Method;
use crate::billing::quote::Quote;
use crate::billing::service::{BillingMode, Service};

/// What a way to pay is called, in the provider's own words where it has some.
pub(super) fn word(
    mode: BillingMode,
    authority: Authority,
    documented: Option<&Documented>,
) -> String {
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

/// What pays, in the order in which it does.
pub(super) fn modes(
    quote: &Quote,
    funding: &Funding,
    result: &FundingResult,
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
        let mut of_kind = paid.iter().filter(|one| one.kind == kind);
        of_kind.any(|one| one.left > 0 || one.to > one.from)
    };
    if had(Kind::Free) {
        modes.push(BillingMode::FreeTrial);
    }
    if had(Kind::Package) {
        modes.push(BillingMode::ResourcePackage);
    }
    // What is of a cache is billed in any case.
    if funding.postpaid || result.billed > 0 {
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
