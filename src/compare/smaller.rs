//! A reservation that does not hold every call of a steady load, where it costs less with what overflows it than
//! every option that is ranked: these are reserved for the peak.

use super::{Comparison, Doubt, Kind, Request, Row, options};
use crate::billing::ptu::Fit;
use crate::workload::Steady;

/// The cheapest of these reservations. `None` where none costs less, and where the ranking has them.
/// Where it cannot be known, nothing is said of it.
pub(super) fn of(request: &Request<'_>, workload: &Steady, comparison: &Comparison) -> Option<Row> {
    let first = comparison
        .rows
        .first()
        .filter(|_| request.fit == Fit::Peak)?;
    let smaller = Request {
        fit: Fit::Cheapest,
        currency: Some(first.quote.currency),
        ..request.clone()
    };
    let price = &mut |position, model: &_, kind| match is_sized(kind) {
        true => options::steady(&smaller, workload, position, model, kind),
        false => Err(options::Missing::NoPrice(String::new())),
    };
    let found = options::all(&smaller, &comparison.totals, price).ok()?;
    let costs_less = |row: &Row| {
        row.quote.overflow.is_some()
            && row.quote.currency == first.quote.currency
            && row.quote.total < first.quote.total
            && Doubt::of(row, request.fine_tuned).is_none()
    };
    let rows = found.rows.into_iter().filter(costs_less);
    rows.min_by_key(|row| row.quote.total)
}

/// Whether it is a reservation, which can be smaller and overflow.
fn is_sized(kind: Kind) -> bool {
    let reserved = [Kind::PtuHourly, Kind::ReservationDaily].map(Kind::method);
    reserved.contains(&kind.method())
}
