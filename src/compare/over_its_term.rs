//! A term of a fixed length that is longer than the workload, and the cheapest over all of its own time.

use super::break_even::longer_term;
use super::{Doubt, Kind, Request, Row, options};
use crate::billing::quote::ModelRef;
use crate::order::value::MAX_DAYS;
use crate::workload::Steady;

/// An option that would be the cheapest if the workload were as long as its term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverItsTerm {
    /// The model.
    pub model: ModelRef,
    /// Which way.
    pub kind: Kind,
    /// The days of the term.
    pub days: u64,
}

impl OverItsTerm {
    /// Whether it is an option of the ranking.
    #[must_use]
    pub fn is_of(&self, row: &Row) -> bool {
        row.kind == self.kind && row.quote.model == self.model
    }
}

/// The shortest term that is the cheapest over its own time. Found by pricing the workload again: whoever compares
/// so many days finds it first.
pub(super) fn of(request: &Request, workload: &Steady, ranked: &[Row]) -> Option<OverItsTerm> {
    let (first, others) = ranked.split_first()?;
    let terms = others.iter().filter_map(|row| {
        let days = longer_term(row, workload.days)?;
        (days <= MAX_DAYS).then_some((days, row))
    });
    let mut terms: Vec<(u64, &Row)> = terms.collect();
    terms.sort_by_key(|(days, _)| *days);
    let mut terms = terms.chunk_by(|(days, _), (other, _)| days == other);
    terms.find_map(|terms| {
        let (days, _) = *terms.first()?;
        let cheapest = cheapest(request, &Steady { days, ..*workload })?;
        let found = OverItsTerm {
            model: cheapest.quote.model,
            kind: cheapest.kind,
            days,
        };
        let is_one = terms.iter().any(|(_, row)| found.is_of(row));
        (is_one && !found.is_of(first)).then_some(found)
    })
}

/// The cheapest option; `None` where nothing can be ranked.
fn cheapest(request: &Request, workload: &Steady) -> Option<Row> {
    let totals = workload.totals().ok()?;
    let price =
        &mut |position, model: &_, kind| options::steady(request, workload, position, model, kind);
    let found = options::all(request, &totals, price).ok()?;
    let known = found.rows.into_iter();
    let known = known.filter(|row| Doubt::of(row, request.fine_tuned).is_none());
    known.min_by_key(|row| row.quote.total)
}
