//! What is sold in the time of a trace, and why something is not.

use super::Missing;
use crate::billing::error::QuoteError;
use crate::billing::mu;
use crate::billing::recorded::Recorded;
use crate::catalog::Model;
use crate::compare::Request;
use crate::order::{self, AsOf, Conflict, MuOffer, OrderError, Say};

/// Whose prices are those of a call.
pub fn as_of(request: &Request) -> AsOf {
    AsOf {
        date: request.as_of,
        given: request.as_of_given,
    }
}

/// Why one way has no price; an error where that concerns all of them.
pub fn missing(error: OrderError) -> Result<Missing, OrderError> {
    match error {
        OrderError::Quote(error) => Ok(error.into()),
        OrderError::Lookup(error) => Ok(error.into()),
        OrderError::Fit(error) => Ok(Missing::NoPrice(error.to_string())),
        OrderError::Conflict(
            conflict @ (Conflict::CheapestBeyondTrace { .. }
            | Conflict::CheapestWithoutPrice
            | Conflict::NothingToFit
            | Conflict::ScaledOverChange { .. }
            | Conflict::NoTokensToFit),
        ) => Ok(Missing::NoPrice(format!(
            "{} ({})",
            conflict.message(Say::Flags),
            conflict.hint(Say::Flags)
        ))),
        error => Err(error),
    }
}

/// The specifications that are up in the time of a trace.
pub fn offers(
    request: &Request,
    model: &Model,
    length: mu::Length,
    recorded: &Recorded,
) -> Result<Vec<MuOffer>, Missing> {
    let found = order::mu_offers(request.catalog, model, length, as_of(request), recorded);
    found.map_err(|error| match missing(error) {
        Ok(missing) => missing,
        Err(_) => Missing::Failed(QuoteError::TooLarge),
    })
}
