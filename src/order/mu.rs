//! An order of model units.

use chrono::NaiveDate;

use super::OrderError;
use crate::billing::calendar::Moment;
use crate::billing::mu::{self, Length, Request};
use crate::billing::quote::Quote;
use crate::billing::spec::Spec;
use crate::catalog::{Catalog, Model};

/// Replicas of one specification, or of each that the model has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MuOrder {
    /// The specification of one replica; all of the model where it is not said.
    pub spec: Option<Spec>,
    /// How many.
    pub replicas: u64,
    /// For how long.
    pub length: Length,
    /// When it is ordered.
    pub start: Option<Moment>,
}

impl MuOrder {
    /// One quote a specification at the prices in force on `as_of`, the cheapest first.
    ///
    /// # Errors
    /// [`OrderError`] when there is no price or it cannot be computed.
    pub fn quotes(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
    ) -> Result<Vec<Quote>, OrderError> {
        let request = Request {
            model: catalog.model_ref(model)?,
            replicas: self.replicas,
            length: self.length,
            start: self.start,
        };
        let mut quotes = catalog
            .mu(model, self.length.term(), self.spec, as_of)?
            .iter()
            .map(|prices| mu::quote(&request, prices))
            .collect::<Result<Vec<Quote>, _>>()?;
        quotes.sort_by_key(|quote| quote.total);
        Ok(quotes)
    }
}
