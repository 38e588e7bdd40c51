//! Of the options that are not known to serve, those of which it is worth to know more.

use std::cmp::Ordering;

use super::{CompareReport, shown};
use crate::compare::{PayingLoad, Unranked};
use crate::report::document::Depth;
use crate::report::quotes::PricedQuote;

/// The options that are not known to serve: of each model and kind the one that is nearest to pay. Beside
/// other models, of each method one.
pub fn nearest(report: &CompareReport, depth: Depth) -> Vec<(&Unranked, &PricedQuote)> {
    let mut found: Vec<(&Unranked, &PricedQuote)> = Vec::new();
    let by_method = shown::is_short(report, depth);
    for (one, priced) in report.comparison.unranked.iter().zip(&report.unranked) {
        let same = |known: &Unranked| {
            let (known_kind, kind) = (known.row.kind, one.row.kind);
            let alike = known_kind == kind || (by_method && known_kind.method() == kind.method());
            alike && known.row.quote.model == one.row.quote.model
        };
        match found.iter_mut().find(|(known, _)| same(known)) {
            None => found.push((one, priced)),
            Some(known) if nearer(one, known.0) => *known = (one, priced),
            Some(_) => {}
        }
    }
    found
}

/// Whether one needs less of a replica than another; the one that is used now stays in sight.
fn nearer(one: &Unranked, other: &Unranked) -> bool {
    let needs = |one: &Unranked| {
        let from = one.pays_from?;
        Some((
            from.load == PayingLoad::Larger,
            from.input_tpm,
            from.output_tpm,
        ))
    };
    let order = match (needs(one), needs(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    one.row.is_current || (order.is_lt() && !other.row.is_current)
}
