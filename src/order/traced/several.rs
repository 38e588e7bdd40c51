//! Several orders for one trace: it is read once for all of them, and once more for the reservations
//! that it sizes; again and again for each whose size weighs what overflows. A single order goes the same way, so that it always gets the same quote.

use super::answers::Answers;
use super::asked::Asked;
use super::group::Group;
use super::in_force::AsOf;
use super::reading::refuse_long_sums;
use super::{TraceOrder, Watch};
use crate::catalog::Catalog;
use crate::order::OrderError;
use crate::replay::Sink;

/// Reads the trace and prices every order: each call at what was in force on its day, or all of them
/// at the prices of a day that was given.
///
/// # Errors
/// [`OrderError`] when the trace cannot be read, has too much of what is kept, or is longer than what
/// it is scaled to. What concerns one order alone is its answer.
pub fn quotes(
    trace: &TraceOrder,
    asked: &[Asked<'_>],
    catalog: &Catalog,
    as_of: AsOf,
    watch: Watch<'_>,
) -> Result<Answers, OrderError> {
    let trace = &trace.of_models(asked.iter().map(|one| one.model));
    let mut group = Group::of(trace, asked, catalog, as_of)?;
    if group.waits() {
        trace.readable_twice()?;
    }
    let reading = trace.read(&mut group, watch)?;
    if group.is_reserved() {
        refuse_long_sums(&reading)?;
    }
    let taken = group.taken(trace, &reading)?;
    let mut again = |sink: &mut dyn Sink| trace.read(sink, watch).map(|_| ());
    let mut group = group.sized(trace, catalog, taken, &mut again)?;
    if group.replays() {
        // What was found is what is quoted: the trace is replayed at the sizes that it asks for.
        let _ = trace.read(&mut group, watch)?;
    }
    group.answers(trace, catalog, as_of, taken, reading)
}
