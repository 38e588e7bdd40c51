//! The part of a trace that one machine reads, and the quote of all parts: what the quote needs
//! beside the minutes goes along as labels.

mod difference;
mod error;
mod labels;

use chrono::NaiveDate;

use super::found::{Found, quoted};
use super::in_force::AsOf;
use super::pattern::Taken;
use super::reading::refuse_long_sums;
use super::size::size_of;
use super::{TraceOrder, TraceTerm, TracedFrom, TracedPtu, Watch};
use crate::billing::load::OnOverflow;
use crate::billing::mode::Mode;
use crate::billing::quote::Quote;
use crate::billing::recorded::Pattern;
use crate::billing::units::{Asked, in_units};
use crate::catalog::{Catalog, Model};
use crate::order::{Conflict, OrderError};
use crate::replay::partial::{MergeError, Parameters, Recorder};
use crate::replay::{Partial, Reading};
use crate::trace::TraceError;
use difference::difference;
pub use error::PartialError;
use labels::{label, labels, optional, overflow_name, term_named};

/// What stands for a label without a value.
const NONE: &str = "none";

/// The label of a day that the user gave although prices change within the trace.
const HELD: &str = "as_of_given";

/// The label of where cached tokens count, if the user said so.
const CACHED: &str = "cached";

/// The label of failed calls, if they are billed.
const FAILED: &str = "failed_calls";

/// The label of repeated calls, if the user said what is done with them.
const REPEATED: &str = "repeated_calls";

/// The label of the region, where it is not the first of the provider.
const REGION: &str = "region";

/// The label of the filters.
const WHERE: &str = "where";

impl TracedPtu {
    /// What the minutes of the trace contribute.
    ///
    /// # Errors
    /// [`OrderError`] when nothing is reserved, the trace cannot be read or there is no price.
    pub fn partial(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: AsOf,
        trace: &TraceOrder,
        watch: Watch<'_>,
    ) -> Result<Partial, OrderError> {
        let asked = self.asked.ok_or(Conflict::nothing_reserved(None))?;
        let prices = self.in_force(catalog, model, as_of)?;
        let size = size_of(asked, &prices)?;
        let mut all = prices.prices().iter().flatten();
        if !all.all(|prices| prices.meters.are_sides() && !in_units(&prices.units)) {
            return Err(Conflict::PartialOfWeights.into());
        }
        if prices.is_by_hour() {
            return Err(Conflict::PartialByHour.into());
        }
        let mut recorder = Recorder::new(Parameters {
            reservation: self.reservation(size, &prices)?,
            labels: labels(self, trace, catalog, model, as_of, &prices)?,
        });
        let mut pieces = trace.of_models([model]);
        if let TracedFrom::Files { options, .. } = &mut pieces.from {
            options.is_part = true;
        }
        let reading = match pieces.read(&mut recorder, watch) {
            // A part may well have no call, such as a day off.
            Err(OrderError::Trace(error)) => match *error {
                TraceError::NoCalls(summary) => Reading::of(&summary),
                error => return Err(error.into()),
            },
            other => other?,
        };
        refuse_long_sums(&reading)?;
        Ok(recorder.finish()?.read_from(reading))
    }
}

/// A reservation for a trace that was read in parts.
#[derive(Debug, Clone)]
pub struct MergedPtu {
    order: TracedPtu,
    trace: TraceOrder,
    as_of: AsOf,
    all: Partial,
}

impl MergedPtu {
    /// Adds parts up, each with the name it is called by where it does not fit the others.
    ///
    /// # Errors
    /// [`PartialError`] where they do not fit together, or are not of a reservation for a trace.
    pub fn of(parts: Vec<(String, Partial)>) -> Result<Self, PartialError> {
        let first = parts.first().ok_or(MergeError::Nothing)?;
        let other = |(_, part): &&(String, Partial)| part.parameters() != first.1.parameters();
        if let Some(other) = parts.iter().find(other) {
            return Err(PartialError::Different {
                first: first.0.clone(),
                other: other.0.clone(),
                what: difference(first.1.parameters(), other.1.parameters()),
            });
        }
        let first_that = |counts: bool| {
            let mut parts = parts.iter();
            let found = parts.find(|(_, part)| part.counts_from_start() == Some(counts));
            found.map(|(name, _)| name.clone())
        };
        let (counted, dated) = (first_that(true), first_that(false));
        let relative = counted.is_some();
        if let (Some(counted), Some(dated)) = (counted, dated) {
            return Err(PartialError::MixedTimes { counted, dated });
        }
        let all = Partial::merge(parts.into_iter().map(|(_, part)| part));
        let all = all.map_err(|error| match error {
            MergeError::SameMinute(minute) if !relative => PartialError::SameMinute(minute),
            error => error.into(),
        })?;
        if all.profile().span().is_none() {
            return Err(PartialError::NoCalls);
        }
        let labels = &all.parameters().labels;
        let [input_tpm, output_tpm] = all.parameters().reservation.first().reserved.capacity;
        let order = TracedPtu {
            service: None,
            asked: Some(Asked::Sides {
                input_tpm,
                output_tpm,
            }),
            fit: None,
            term: optional(labels, "term", term_named)?.map_or(TraceTerm::Hours, TraceTerm::Given),
            mode: optional(labels, "mode", Mode::parse)?,
            in_any_mode: false,
            savings: None,
            on_overflow: label(labels, "on_overflow", |name| {
                let mut all = [OnOverflow::Bill, OnOverflow::Reject].into_iter();
                all.find(|what| overflow_name(*what) == name)
            })?,
            dtu: None,
        };
        let trace = TraceOrder {
            from: TracedFrom::Files {
                given: Vec::new(),
                files: Vec::new(),
                left_out: 0,
                options: Box::default(),
            },
            grown: None,
            scale_to: optional(labels, "scale_to", |days| {
                days.parse().ok().filter(|days| *days > 0)
            })?,
            pattern: optional(labels, "pattern", |name| {
                let mut all = Pattern::ALL.into_iter();
                all.find(|pattern| pattern.name() == name)
            })?,
            keeps_minutes: false,
            // Of what is read again there is one way for all parts: that of their sums.
            cache: None,
        };
        let as_of = AsOf {
            date: label(labels, "as_of", |date| date.parse().ok())?,
            // Those of one day, unless there are several: what the label of a given day says is
            // compared with the catalog.
            given: all.parameters().reservation.count() == 1,
        };
        for key in ["model", WHERE] {
            let () = label(labels, key, |_| Some(()))?;
        }
        if order.asked.is_none_or(Asked::is_nothing) {
            return Err(OrderError::from(Conflict::nothing_reserved(order.asked)).into());
        }
        Ok(Self {
            order,
            trace,
            as_of,
            all,
        })
    }

    /// The model's code, with its provider.
    #[must_use]
    pub fn model(&self) -> &str {
        let labels = &self.all.parameters().labels;
        labels.get("model").map_or("", String::as_str)
    }

    /// The id of its region, where that is not the first of the provider.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        let labels = &self.all.parameters().labels;
        labels.get(REGION).map(String::as_str)
    }

    /// The day whose prices are used for calls without prices of their own day.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.as_of.date
    }

    /// Whether each call has the prices of its own day, and these are not the same on all.
    #[must_use]
    pub fn is_by_day(&self) -> bool {
        self.all.parameters().reservation.count() > 1
    }

    /// The quote: that of one run over the whole trace.
    ///
    /// # Errors
    /// [`PartialError::Prices`] when the catalog has other prices than the parts were made with, and
    /// what a single run would say.
    pub fn quote(&self, catalog: &Catalog, model: &Model) -> Result<Quote, PartialError> {
        let parameters = self.all.parameters();
        let prices = self.order.in_force(catalog, model, self.as_of)?;
        let asked = self.order.asked.ok_or(Conflict::nothing_reserved(None));
        let size = size_of(asked.map_err(OrderError::from)?, &prices)?;
        let mut now = Parameters {
            reservation: self
                .order
                .reservation(size, &prices)
                .map_err(OrderError::from)?,
            labels: labels(
                &self.order,
                &self.trace,
                catalog,
                model,
                self.as_of,
                &prices,
            )?,
        };
        // Which rows were picked, and how they were read, is a matter of the parts alone.
        for key in [WHERE, CACHED, FAILED, REPEATED] {
            let said = parameters.labels.get_key_value(key);
            now.labels
                .extend(said.map(|(key, value)| (key.clone(), value.clone())));
        }
        if now != *parameters {
            return Err(PartialError::Prices {
                what: difference(&now, parameters),
            });
        }
        let found = Found {
            size,
            reading: self.all.reading(),
            replayed: self.all.replayed(),
            profile: self.all.profile(),
            loads: None,
            taken: Taken::of(&self.trace, self.all.reading(), self.all.profile())?,
            timeline: None,
        };
        let price = |found: &Found<'_>| {
            let order = &self.order;
            order.priced(catalog, model, self.as_of, &prices, found)
        };
        Ok(quoted(&found, false, price)?)
    }
}
