//! Replicas of model units for a trace: as many as were said, or as serve its busiest minute.

use super::{AsOf, TimeTaken, TraceOrder, TraceTerm, Watch, mu_offers, quotes};
use crate::billing::amend::trace;
use crate::billing::capacity::Capacity;
use crate::billing::error::QuoteError;
use crate::billing::mu::{self, Request};
use crate::billing::note::{Note, TraceNote};
use crate::billing::ptu;
use crate::billing::quote::Quote;
use crate::billing::recorded::Recorded;
use crate::billing::rule::Rule;
use crate::billing::spec::Spec;
use crate::catalog::{Catalog, LookupError, Model};
use crate::order::{Conflict, OrderError};

/// Replicas for a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedMu {
    /// The specification; `None` quotes each that the model has.
    pub spec: Option<Spec>,
    /// How many; `None` where the busiest minute says it.
    pub replicas: Option<u64>,
    /// What a replica serves, before what the catalog knows.
    pub capacities: Vec<Capacity>,
    /// How long they are rented.
    pub term: TraceTerm,
}

impl TracedMu {
    /// One quote a specification, the cheapest first.
    ///
    /// # Errors
    /// [`OrderError`] when the trace cannot be read, there is no price, or nobody says what a replica serves.
    pub fn quotes(
        &self,
        trace: &TraceOrder,
        catalog: &Catalog,
        model: &Model,
        as_of: AsOf,
        watch: Watch<'_>,
    ) -> Result<Vec<Quote>, OrderError> {
        let answers = quotes(trace, &[], catalog, as_of, watch)?;
        let recorded = answers.recorded(&model.code)?;
        let length = self.length(&recorded)?;
        let mut offers = mu_offers(catalog, model, length, as_of, &recorded)?;
        offers.retain(|offer| self.spec.is_none_or(|spec| spec == offer.prices.spec));
        if offers.is_empty() {
            // Which there are, and on which days.
            catalog.mu(model, length.term(), self.spec, as_of.date)?;
            return Err(LookupError::NotSold {
                model: model.code.clone(),
                how: "by model unit in all of the time of the trace",
                sold: Vec::new(),
            }
            .into());
        }
        let mut has: Vec<String> = Vec::new();
        for offer in &offers {
            let spec = offer.prices.spec.to_string();
            if !has.contains(&spec) {
                has.push(spec);
            }
        }
        if has.len() > 1 {
            let model = model.code.clone();
            return Err(LookupError::SpecNeeded { model, has }.into());
        }
        let mut found = Vec::new();
        for offer in offers {
            let spec = offer.prices.spec;
            let mut capacities = self.capacities.iter().chain(&model.capacities);
            let capacity = capacities.find(|one| one.spec == spec).copied();
            let needed = capacity.map(|capacity| Needed::of(&recorded, capacity));
            let replicas = self.replicas.or(needed.map(|needed| needed.replicas));
            let request = Request {
                model: catalog.model_ref(model, as_of.date)?,
                replicas: replicas.ok_or(Conflict::CapacityUnknown { spec })?,
                length,
                start: None,
            };
            let mut quote = offer.quote(&request)?.cited();
            quote.notes.extend(needed.map(Needed::said));
            found.push(trace::beside(quote, recorded.clone())?);
        }
        found.sort_by_key(|quote| quote.total);
        Ok(found)
    }

    /// The length for the trace, which is not shorter than it.
    fn length(&self, recorded: &Recorded) -> Result<mu::Length, OrderError> {
        let minutes = recorded.stated_minutes();
        let time = TimeTaken::of_recorded(recorded);
        let length = self.term.length(time, None)?;
        let (_, term) = super::term::bounds(length, time)?;
        if minutes > term {
            return Err(match recorded.scale {
                Some(scale) => Conflict::ScaledBeyondTerm {
                    days: scale.to,
                    term,
                },
                None => Conflict::LongerThanTerm { minutes, term },
            }
            .into());
        }
        match length {
            ptu::Length::Hours { span, runs } => Ok(mu::Length::Hours { span, runs }),
            ptu::Length::Months(months) => Ok(mu::Length::Months {
                months,
                cancel_after: None,
            }),
            // They are sold by neither.
            ptu::Length::Days(_) | ptu::Length::Fixed(..) => Err(QuoteError::TooLarge.into()),
        }
    }
}

/// The replicas that the busiest minute of each side takes.
#[derive(Clone, Copy)]
struct Needed {
    replicas: u64,
    input: u64,
    output: u64,
    capacity: Capacity,
}

impl Needed {
    fn of(recorded: &Recorded, capacity: Capacity) -> Self {
        let (input, output) = (recorded.input_tpm.peak, recorded.output_tpm.peak);
        let side = |tokens: u64, capacity: u64| tokens.div_ceil(capacity.max(1));
        let replicas = side(input, capacity.input_tpm).max(side(output, capacity.output_tpm));
        Self {
            replicas: replicas.max(1),
            input,
            output,
            capacity,
        }
    }

    fn said(self) -> Note {
        let Self {
            replicas,
            input,
            output,
            capacity,
        } = self;
        Note::Trace {
            rule: Rule::Trace,
            what: TraceNote::Replicas {
                needed: replicas,
                input,
                output,
                capacity,
            },
        }
    }
}
