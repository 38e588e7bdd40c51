//! An order of dedicated throughput units.

use chrono::NaiveDate;

use super::{Conflict, OrderError, PtuOrder};
use crate::billing::dtu;
use crate::billing::note::{DtuNote, Note};
use crate::billing::ptu::{Fit, Length, Prices};
use crate::billing::quote::Quote;
use crate::billing::term::Span;
use crate::catalog::{Catalog, Model};

/// Units of one specification, or of each that the model has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DtuOrder {
    /// The specification; `None` quotes each that the model has.
    pub spec: Option<String>,
    /// When the term is ended, counted from its begin.
    pub cancel_after: Option<Span>,
    /// What is reserved, and for how many months.
    pub order: PtuOrder,
}

impl DtuOrder {
    /// Whether its parts make sense together.
    ///
    /// # Errors
    /// The first [`Conflict`].
    pub fn check(&self) -> Result<(), Conflict> {
        if self.order.renew > 0 && self.cancel_after.is_some() {
            return Err(Conflict::RenewalOfCancelled);
        }
        self.order.check()
    }

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
        let all = catalog.dtu(model, self.spec.as_deref(), as_of)?;
        let quotes = all
            .iter()
            .map(|prices| self.quote(catalog, model, as_of, prices));
        let mut quotes = quotes.collect::<Result<Vec<Quote>, OrderError>>()?;
        quotes.sort_by_key(|quote| quote.total);
        Ok(quotes)
    }

    fn quote(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
        prices: &Prices,
    ) -> Result<Quote, OrderError> {
        if let Length::Months(months) = self.order.length {
            prices.rules.dedicated.check(months)?;
        }
        let spec = prices.spec().unwrap_or_default();
        let priced = |day| catalog.dtu_of(model, spec, day);
        // No other size has a price.
        let cheapest = self.order.fit == Some(Fit::Cheapest);
        let order = PtuOrder {
            fit: self.order.fit.map(|_| Fit::Peak),
            ..self.order.clone()
        };
        let request = order.request(catalog, model, as_of, prices)?;
        let mut quote = order.quote_of(catalog, model, as_of, (&request, prices), &priced)?;
        if cheapest {
            quote.notes.push(Note::Dtu(DtuNote::CheapestHolds));
        }
        match self.cancel_after {
            Some(span) => Ok(dtu::ended(quote, &request, prices, span)?),
            None => Ok(quote),
        }
    }
}
