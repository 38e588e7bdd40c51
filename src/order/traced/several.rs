//! Several orders for one trace: it is read once for all of them, and once more for the reservations
//! that it sizes; again and again for each whose size weighs what overflows. A single order goes the same way, so that it always gets the same quote.

use super::asked::Asked;
use super::found::{Found, quoted};
use super::in_force::AsOf;
use super::pattern::Taken;
use super::stage::{Minutes, PricedOrder, Stage};
use super::{TraceOrder, Watch, summary};
use crate::billing::error::QuoteError;
use crate::billing::quote::Quote;
use crate::billing::recorded::Recorded;
use crate::catalog::Catalog;
use crate::order::{Conflict, OrderError};
use crate::replay::{Reading, Replayed, Sink};

/// The sums of a trace, and the quotes for it.
#[derive(Debug)]
pub struct Answers {
    /// A quote for each order, in their order.
    pub quotes: Vec<Result<Quote, OrderError>>,
    reading: Reading,
    minutes: Minutes,
    taken: Taken,
}

impl Answers {
    /// The trace, whatever is ordered for it: which of its calls are too large is a matter of the
    /// model. Other models are those that are not `quoted`.
    ///
    /// # Errors
    /// [`OrderError`] when a number does not fit.
    pub fn recorded(&self, quoted: &str) -> Result<Recorded, OrderError> {
        let mut recorded = summary::recorded(&self.reading, self.minutes.any(), quoted)?;
        recorded.above_max = 0;
        recorded.scale = self.taken.scale;
        Ok(recorded)
    }
}

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
    let mut minutes = Minutes::default();
    let mut stages = Vec::new();
    for one in asked {
        stages.push(match PricedOrder::of(one, catalog, as_of) {
            Ok(order) => {
                minutes.keep_for(&order);
                order.begin(trace.keeps_minutes)
            }
            // Nothing else is asked of the trace, so it need not be read.
            Err(error) if asked.len() == 1 => return Err(error),
            Err(error) => Stage::Failed(error),
        });
    }
    if stages.iter().any(Stage::waits) {
        trace.readable_twice()?;
    }
    let reading = trace.read(&mut (&mut minutes, &mut stages), watch)?;
    let taken = Taken::of(trace, &reading, minutes.any())?;
    let mut again = |sink: &mut dyn Sink| trace.read(sink, watch).map(|_| ());
    let sized = stages.into_iter().map(|stage| match stage {
        Stage::Sizing(order) => match order.size(catalog, taken, &minutes, &mut again) {
            Ok(size) => Ok(order.replay(size, trace.keeps_minutes)),
            Err(error) => Ok(Stage::Failed(error)),
        },
        other => other.replayed(),
    });
    let mut stages = sized.collect::<Result<Vec<_>, _>>()?;
    if stages.iter().any(Stage::replays) {
        // What was found is what is quoted: the trace is replayed at the sizes that it asks for.
        let _ = trace.read(&mut stages, watch)?;
    }
    let mut quotes = Vec::new();
    for stage in stages {
        quotes.push(match stage.replayed()? {
            Stage::Replayed(order, size, replayed, kept) => {
                let profile = minutes.profile(&order.max_input());
                if Replayed::joined(replayed.iter())?.total()? != profile.total() {
                    return Err(Conflict::TraceChanged.into());
                }
                let found = Found {
                    size,
                    reading: &reading,
                    replayed: &replayed,
                    profile,
                    loads: order.loads(&minutes),
                    taken,
                    timeline: order.timeline(trace.keeps_minutes, kept, profile),
                };
                quoted(&found, order.weighs(), |found| {
                    order.quote(catalog, as_of, found)
                })
            }
            Stage::Failed(error) => Err(error),
            Stage::Sizing(_) | Stage::Replaying(..) => Err(QuoteError::TooLarge.into()),
        });
    }
    Ok(Answers {
        quotes,
        reading,
        minutes,
        taken,
    })
}
