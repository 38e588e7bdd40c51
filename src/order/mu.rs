//! An order of model units.

use chrono::NaiveDate;

use super::renew::{self, Renewing};
use super::{Conflict, OrderError};
use crate::billing::calendar::Moment;
use crate::billing::mu::{self, Length, Request};
use crate::billing::quote::Quote;
use crate::billing::renewal::TermLength;
use crate::billing::spec::Spec;
use crate::catalog::{Catalog, LookupError, Model};

/// Replicas of one specification, or of each that the model has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MuOrder {
    /// The specification of one replica; `None` quotes each that the model has.
    pub spec: Option<Spec>,
    /// Number of replicas.
    pub replicas: u64,
    /// How long the replicas are up.
    pub length: Length,
    /// How many times the term is renewed after the first.
    pub renew: u32,
    /// When the replicas are ordered.
    pub start: Option<Moment>,
    /// Since when the balance is overdue, if the quote is to say what follows.
    pub overdue_since: Option<Moment>,
}

impl MuOrder {
    /// Whether its parts make sense together.
    ///
    /// # Errors
    /// The first [`Conflict`].
    pub fn check(&self) -> Result<(), Conflict> {
        match self.length {
            Length::Hours { .. } if self.renew > 0 => Err(Conflict::RenewalOfPayAsYouGo),
            Length::Months {
                cancel_after: Some(_),
                ..
            } if self.renew > 0 => Err(Conflict::RenewalOfCancelled),
            _ => Ok(()),
        }
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
        let request = Request {
            model: catalog.model_ref(model, as_of)?,
            replicas: self.replicas,
            length: renew::all_of_mu(self.length, self.renew)?,
            start: self.start,
        };
        let mut quotes = catalog
            .mu(model, self.length.term(), self.spec, as_of)?
            .iter()
            .map(|prices| {
                let quote = mu::quote(&request, prices)?;
                self.renewed(quote, &request, prices, catalog, model, as_of)
            })
            .collect::<Result<Vec<Quote>, OrderError>>()?;
        quotes.sort_by_key(|quote| quote.total);
        Ok(quotes)
    }

    /// The quote of all terms with what is charged for each; as it is where it is not renewed.
    fn renewed(
        &self,
        quote: Quote,
        request: &Request,
        prices: &mu::Prices,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
    ) -> Result<Quote, OrderError> {
        let (Length::Months { months, .. }, 1..) = (self.length, self.renew) else {
            return Ok(quote);
        };
        let one = Request {
            length: self.length,
            start: None,
            ..request.clone()
        };
        let renewing = Renewing {
            length: TermLength::Months(months),
            times: self.renew,
            start: self.start,
        };
        let priced = |day| {
            let of_spec = catalog.mu(model, self.length.term(), Some(prices.spec), day)?;
            let same = |other: &mu::Prices| other.pd_separated == prices.pd_separated;
            of_spec
                .into_iter()
                .find(same)
                .ok_or_else(|| LookupError::NotSold {
                    model: model.code.clone(),
                    how: "by model unit",
                    sold: Vec::new(),
                })
        };
        let lines = |prices: &mu::Prices| Ok(mu::quote(&one, prices)?.items);
        renewing.quote(quote, prices, catalog, model, as_of, &priced, &lines)
    }
}
