//! The orders of one model on their way from a trace to quotes, and the minutes that they share.

use super::TraceOrder;
use super::answers::Answers;
use super::asked::{Asked, TracedOrder};
use super::found::{Found, quoted};
use super::in_force::AsOf;
use super::pattern::Taken;
use super::stage::{Minutes, PricedOrder, Stage};
use crate::billing::error::QuoteError;
use crate::catalog::Catalog;
use crate::order::{Conflict, OrderError};
use crate::replay::{Call, Calls, Minute, Reading, Replayed, Sink, TooLarge};

/// Orders for the same calls.
#[derive(Default)]
pub(super) struct Group<'a> {
    stages: Vec<Stage<'a>>,
    minutes: Minutes,
    /// Whether the minutes are known, and only replays take calls.
    again: bool,
    is_reserved: bool,
}

impl<'a> Group<'a> {
    /// The orders with their prices over time.
    ///
    /// # Errors
    /// [`OrderError`] of the only order, as then nothing is asked of the trace; that of one of several is its answer.
    pub fn of(
        trace: &TraceOrder,
        asked: &'a [Asked<'a>],
        catalog: &Catalog,
        as_of: AsOf,
    ) -> Result<Self, OrderError> {
        let mut group = Self::default();
        for one in asked {
            group.is_reserved |= matches!(one.order, TracedOrder::Ptu(_));
            group
                .stages
                .push(match PricedOrder::of(one, catalog, as_of) {
                    Ok(order) => {
                        group.minutes.keep_for(&order);
                        order.begin(trace.keeps_minutes)
                    }
                    Err(error) if asked.len() == 1 => return Err(error),
                    Err(error) => Stage::Failed(error),
                });
        }
        Ok(group)
    }

    /// Whether some order is one of a reservation.
    pub fn is_reserved(&self) -> bool {
        self.is_reserved
    }

    /// Whether the trace has to be read once more to size some order.
    pub fn waits(&self) -> bool {
        self.stages.iter().any(Stage::waits)
    }

    /// Whether some order takes part in the next reading of the trace.
    pub fn replays(&self) -> bool {
        self.stages.iter().any(Stage::replays)
    }

    /// For how long the trace is taken.
    pub fn taken(&self, trace: &TraceOrder, reading: &Reading) -> Result<Taken, OrderError> {
        Taken::of(trace, reading, self.minutes.any())
    }

    /// Sizes the orders that wait for it; the trace may be read `again`.
    pub fn sized(
        mut self,
        trace: &TraceOrder,
        catalog: &Catalog,
        taken: Taken,
        again: &mut dyn FnMut(&mut dyn Sink) -> Result<(), OrderError>,
    ) -> Result<Self, OrderError> {
        let minutes = &self.minutes;
        let sized = self.stages.into_iter().map(|stage| match stage {
            Stage::Sizing(order) => match order.size(catalog, taken, minutes, again) {
                Ok(size) => Ok(order.replay(size, trace.keeps_minutes)),
                Err(error) => Ok(Stage::Failed(error)),
            },
            other => other.replayed(),
        });
        self.stages = sized.collect::<Result<Vec<_>, _>>()?;
        self.again = true;
        Ok(self)
    }

    /// The quotes of what was found.
    pub fn answers(
        self,
        trace: &TraceOrder,
        catalog: &Catalog,
        as_of: AsOf,
        taken: Taken,
        reading: Reading,
    ) -> Result<Answers, OrderError> {
        let minutes = self.minutes;
        let mut quotes = Vec::new();
        for stage in self.stages {
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
}

impl Sink for Group<'_> {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        if !self.again {
            self.minutes.calls(minute, calls)?;
        }
        self.stages.calls(minute, calls)
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        if !self.again {
            self.minutes.aggregate(minute, sums)?;
        }
        self.stages.aggregate(minute, sums)
    }
}
