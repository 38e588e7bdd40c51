//! Why a way to serve the workload has no quote.

use crate::billing::error::QuoteError;
use crate::billing::quote::Rate;
use crate::catalog::{LookupError, Model};
use crate::compare::Request;
use crate::order::{Conflict, OrderError, Say};

/// Why one way has no quote.
pub enum Missing {
    NoPrice(String),
    /// It is sold, and its price is not in the catalog: the reason, and what is missing in a few words.
    NotInCatalog(String, String),
    Failed(QuoteError),
}

impl From<LookupError> for Missing {
    fn from(error: LookupError) -> Self {
        let reason = match error {
            LookupError::NotThen { .. } => format!("{error} ({})", error.hint()),
            _ if error.has_lines() => {
                format!("{error} (`tollgate quote` of it shows the lines that add it)")
            }
            _ => error.to_string(),
        };
        match error.gap() {
            Some(gap) => Self::NotInCatalog(reason, gap),
            None => Self::NoPrice(reason),
        }
    }
}

impl From<QuoteError> for Missing {
    fn from(error: QuoteError) -> Self {
        match error {
            // A number that does not fit concerns the whole comparison.
            QuoteError::TooLarge
            // And so does what the provider's document does not have.
            | QuoteError::ValidTooLong { .. }
            | QuoteError::ValidOtherwise { .. }
            | QuoteError::ValidFromTo { .. }
            | QuoteError::ActivatedLater { .. }
            | QuoteError::NoValidity
            | QuoteError::FreeElsewhere { .. }
            | QuoteError::NoStopSwitch { .. }
            | QuoteError::StopWithoutQuota
            | QuoteError::StopBeforePackages => Self::Failed(error),
            other => Self::NoPrice(other.to_string()),
        }
    }
}

impl Missing {
    /// What is wrong with calls at a rate: they may have a price that is only not here.
    pub fn of_calls(
        request: &Request<'_>,
        (model, rate): (&Model, Rate),
        error: QuoteError,
    ) -> Self {
        match request
            .catalog
            .missing_calls(model, rate, request.as_of, error)
        {
            Ok(error) => error.into(),
            Err(error) => error.into(),
        }
    }

    /// Why one way has no quote for a trace.
    ///
    /// # Errors
    /// The error itself where it concerns every way.
    pub fn of_order(error: OrderError) -> Result<Self, OrderError> {
        match error {
            OrderError::Quote(error) => Ok(error.into()),
            OrderError::Lookup(error) => Ok(error.into()),
            OrderError::Fit(error) => Ok(Self::NoPrice(error.to_string())),
            OrderError::Conflict(
                conflict @ (Conflict::CheapestBeyondTrace { .. }
                | Conflict::CheapestWithoutPrice
                | Conflict::WeightsChange
                | Conflict::UnitsChange
                | Conflict::NothingToFit
                | Conflict::ScaledOverChange { .. }
                | Conflict::NoTokensToFit),
            ) => Ok(Self::NoPrice(format!(
                "{} ({})",
                conflict.message(Say::Flags),
                conflict.hint(Say::Flags)
            ))),
            error => Err(error),
        }
    }
}
