//! What becomes of an order while the balance of the account is overdue, by the documents of its provider.

use chrono::NaiveDate;

use super::{DtuOrder, Order, OrderError};
use crate::billing::amend::overdue;
use crate::billing::overdue::Documented;
use crate::billing::quote::Quote;
use crate::catalog::{Catalog, Model};

impl Order {
    /// Adds to the quotes what follows from an overdue balance, if that was asked for.
    pub(super) fn say_overdue(
        &self,
        quotes: &mut [Quote],
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
    ) -> Result<(), OrderError> {
        let (since, start) = match self {
            Self::Ptu(order) => (order.overdue_since, order.start),
            Self::Mu(order) => (order.overdue_since, order.start),
            Self::Tokens(order) => (order.overdue_since, None),
            Self::Dtu(DtuOrder { order, .. }) => (order.overdue_since, order.start),
        };
        let Some(since) = since else {
            return Ok(());
        };
        let provider = catalog.provider(model)?;
        let service = provider.service.as_ref();
        // A document about services is about all of it.
        let free = provider.free.as_ref().filter(|_| service.is_none());
        let rules = free.and_then(|free| free.rules_on(as_of));
        let documented = Documented {
            blocks_calls: rules.is_some_and(|rules| rules.overdue_blocks),
            stops_services: service.is_some_and(|service| service.overdue_stops),
        };
        for quote in quotes {
            overdue::say(quote, since, start, documented)?;
        }
        Ok(())
    }
}
