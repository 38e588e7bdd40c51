//! Dedicated throughput units for a trace: as many as were said, or as hold its busiest minute.

use super::{AsOf, Asked, TraceFit, TraceOrder, TraceTerm, TracedOrder, TracedPtu, Watch, quotes};
use crate::billing::load::OnOverflow;
use crate::billing::note::{DtuNote, Note};
use crate::billing::ptu::Fit;
use crate::billing::quote::Quote;
use crate::billing::units;
use crate::catalog::{Catalog, Model};
use crate::order::OrderError;

/// Units of one specification for a trace, or of each that the model has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedDtu {
    /// The specification; `None` quotes each that the model has.
    pub spec: Option<String>,
    /// How much is reserved; `None` where the trace sizes it.
    pub asked: Option<units::Asked>,
    /// How the trace sizes it; `None` if the size is given.
    pub fit: Option<Fit>,
    /// The term, in months.
    pub term: TraceTerm,
}

impl TracedDtu {
    /// One quote a specification, the cheapest first.
    ///
    /// # Errors
    /// [`OrderError`] when there is no price, the trace cannot be read, or the units do not hold its calls.
    pub fn quotes(
        &self,
        trace: &TraceOrder,
        catalog: &Catalog,
        model: &Model,
        as_of: AsOf,
        watch: Watch<'_>,
    ) -> Result<Vec<Quote>, OrderError> {
        let specs = catalog.dtu(model, self.spec.as_deref(), as_of.date)?;
        let order = |spec: &str| TracedPtu {
            asked: self.asked,
            fit: self.fit.map(|_| TraceFit::Peak),
            term: self.term,
            mode: None,
            in_any_mode: false,
            on_overflow: OnOverflow::Bill,
            savings: None,
            service: None,
            dtu: Some(spec.to_owned()),
        };
        let specs = specs.iter().filter_map(|prices| prices.spec());
        let asked: Vec<Asked<'_>> = specs
            .map(|spec| Asked {
                model,
                order: TracedOrder::Ptu(order(spec)),
            })
            .collect();
        let found = quotes(trace, &asked, catalog, as_of, watch)?.quotes;
        let mut found = found.into_iter().collect::<Result<Vec<Quote>, _>>()?;
        if self.fit == Some(Fit::Cheapest) {
            for quote in &mut found {
                quote.notes.push(Note::Dtu(DtuNote::CheapestHolds));
            }
        }
        found.sort_by_key(|quote| quote.total);
        Ok(found)
    }
}
