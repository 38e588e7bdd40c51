//! What is ordered, whoever says it: the flags of a command or the keys of a plan. An order is
//! checked as a whole and made into a quote here, so that both always get the same one.

mod cache;
mod conflict;
mod dtu;
mod funding;
mod fx;
mod mu;
mod overdue;
mod price;
mod ptu;
mod rate;
mod renew;
mod savings;
mod tokens;
mod traced;
pub mod value;

pub use crate::trace::{Repeats, log_format};
pub use cache::CacheUse;
pub use conflict::{Conflict, CountOf, Say};
pub use dtu::DtuOrder;
pub use funding::FundingOrder;
pub use fx::{FxError, exchanges, missing_rate};
pub use mu::MuOrder;
pub use ptu::PtuOrder;
pub use savings::SavingsOrder;
pub use tokens::{TokensOrder, Usage};
pub use traced::{
    Answers, Apart, AsOf, Asked, CallsOf, LoadOrder, LogContents, LogHow, LogOrder, LoggedCalls,
    MergedPtu, ModelMap, MuOffer, Names, PartialError, Progress, TimeTaken, TraceFit, TraceOrder,
    TraceTerm, TracedDtu, TracedFrom, TracedMu, TracedOrder, TracedPtu, TracedTokens, Watch,
    contents as traced_contents, moment_of, mu_offers, quotes as traced_quotes,
    quotes_apart as traced_apart,
};

use chrono::NaiveDate;

use crate::billing::error::QuoteError;
use crate::billing::quote::{Quote, Rate};
use crate::catalog::{Catalog, LookupError, Model};
use crate::replay::fit::FitError;
use crate::trace::TraceError;

/// An order by any method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Of provisioned throughput.
    Ptu(PtuOrder),
    /// Of model units.
    Mu(MuOrder),
    /// Of tokens.
    Tokens(TokensOrder),
    /// Of dedicated throughput units.
    Dtu(DtuOrder),
}

impl Order {
    /// Its quotes at the prices in force on `as_of`: one, or one a specification of model units
    /// or dedicated throughput units, the cheapest first. Where other prices are in force on the day of the order, a note says so.
    ///
    /// # Errors
    /// [`OrderError`] when there is no price or it cannot be computed.
    pub fn quotes(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
    ) -> Result<Vec<Quote>, OrderError> {
        let mut quotes = self.quotes_on(catalog, model, as_of)?;
        self.say_overdue(&mut quotes, catalog, model, as_of)?;
        let Some(ordered) = self.ordered().filter(|_| model.has_dated_prices()) else {
            return Ok(quotes);
        };
        if ordered != as_of
            // Without a price on that day there is no other one.
            && let Ok(others) = self.quotes_on(catalog, model, ordered)
        {
            for quote in &mut quotes {
                quote
                    .notes
                    .extend(price::other_price(quote, &others, as_of, ordered));
            }
        }
        Ok(quotes)
    }

    /// The day of the order, if it was given.
    fn ordered(&self) -> Option<NaiveDate> {
        let start = match self {
            Self::Ptu(order) => order.start,
            Self::Mu(order) => order.start,
            Self::Dtu(order) => order.order.start,
            Self::Tokens(_) => None,
        };
        start.map(|start| start.date_naive())
    }

    fn quotes_on(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
    ) -> Result<Vec<Quote>, OrderError> {
        let quotes = match self {
            Self::Ptu(order) => vec![order.quote(catalog, model, as_of)?],
            Self::Mu(order) => order.quotes(catalog, model, as_of)?,
            Self::Dtu(order) => order.quotes(catalog, model, as_of)?,
            Self::Tokens(order) => vec![order.quote(catalog, model, as_of)?],
        };
        Ok(quotes.into_iter().map(Quote::cited).collect())
    }
}

/// Why an order has no quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderError {
    /// The parts of the order do not make sense together.
    Conflict(Conflict),
    /// There is no such model, or no price for it.
    Lookup(LookupError),
    /// There is a price, but the quote cannot be computed.
    Quote(QuoteError),
    /// The trace cannot be read.
    Trace(Box<TraceError>),
    /// The trace does not tell the cheapest size.
    Fit(FitError),
}

impl OrderError {
    /// What is wrong with calls at a rate: they may have a price that is only not here.
    fn of_calls(
        catalog: &Catalog,
        (model, rate): (&Model, Rate),
        as_of: NaiveDate,
        error: QuoteError,
    ) -> Self {
        match catalog.missing_calls(model, rate, as_of, error) {
            Ok(error) => Self::Lookup(error),
            Err(error) => Self::Quote(error),
        }
    }
}

impl From<Conflict> for OrderError {
    fn from(error: Conflict) -> Self {
        Self::Conflict(error)
    }
}

impl From<FitError> for OrderError {
    fn from(error: FitError) -> Self {
        match error {
            FitError::Changed => Conflict::TraceChanged.into(),
            error => Self::Fit(error),
        }
    }
}

impl From<TraceError> for OrderError {
    fn from(error: TraceError) -> Self {
        Self::Trace(Box::new(error))
    }
}

impl From<LookupError> for OrderError {
    fn from(error: LookupError) -> Self {
        Self::Lookup(error)
    }
}

impl<E: Into<QuoteError>> From<E> for OrderError {
    fn from(error: E) -> Self {
        Self::Quote(error.into())
    }
}
