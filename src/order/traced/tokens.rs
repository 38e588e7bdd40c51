//! A trace billed by token: each call in the tier of its own size.

use chrono::NaiveDate;

use super::ptu::Found;
use super::summary;
use crate::billing::error::QuoteError;
use crate::billing::fund::fund;
use crate::billing::funding::Terms;
use crate::billing::load::Reserved;
use crate::billing::mode::Mode;
use crate::billing::quote::{Quote, Rate};
use crate::billing::recorded::{self, Calls};
use crate::billing::tokens::{self, Prices, Request};
use crate::catalog::{Catalog, Model};
use crate::order::rate::RateChoice;
use crate::order::{Conflict, OrderError};
use crate::replay::Reservation;

/// The tokens of a trace.
#[derive(Debug, Clone)]
pub struct TracedTokens {
    /// What output is priced for.
    pub mode: Option<Mode>,
    /// Which token prices; those of fine-tuned models where there are some, else standard.
    pub rate: Option<Rate>,
}

impl TracedTokens {
    /// The prices in force on `as_of`.
    pub(super) fn prices(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
    ) -> Result<Prices, OrderError> {
        Ok(catalog.tokens(model, self.rate, self.mode, false, as_of)?)
    }

    /// A reservation that takes no call, so that its overflow is all of them by tier.
    pub(super) fn reservation(prices: &Prices) -> Reservation {
        Reservation {
            reserved: Reserved {
                input_tpm: 0,
                output_tpm: 0,
                max_input: Some(0),
            },
            tiers: prices.tiers.iter().map(|tier| tier.up_to).collect(),
        }
    }

    /// The quote of what was found.
    pub(super) fn priced(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
        prices: &Prices,
        found: &Found<'_>,
    ) -> Result<Quote, OrderError> {
        let replayed = found.replayed;
        super::ptu::refuse_unpriced(replayed, Some(prices), false)?;
        let by_tier: Vec<_> = replayed
            .overflow
            .iter()
            .copied()
            .map(summary::calls)
            .collect();
        let mut recorded = summary::recorded(found.reading, found.profile, &model.code)?;
        if (recorded.total.input, recorded.total.output) == (0, 0) {
            return Err(Conflict::NoTokensInTrace.into());
        }
        recorded.scale = found.taken.scale;
        recorded.timeline.clone_from(&found.timeline);
        // As they are billed: where costs are scaled, a started token of each tier counts whole.
        let billed = |of: fn(&Calls) -> u64| -> Result<u64, QuoteError> {
            by_tier.iter().try_fold(0_u64, |sum, calls| {
                let tokens = recorded.scaled(of(calls))?;
                sum.checked_add(tokens).ok_or(QuoteError::TooLarge)
            })
        };
        let request = Request {
            model: catalog.model_ref(model)?,
            input: billed(|calls| calls.input)?,
            output: billed(|calls| calls.output)?,
            requests: Some(recorded.scaled(recorded.total.calls)?),
            stream: None,
        };
        let quote = tokens::recorded(&request, prices);
        let terms = Terms {
            funding: None,
            service: catalog.provider(model)?.service.as_ref(),
            pace: None,
            on: as_of,
        };
        let quote = fund(
            recorded::by_token(quote, recorded, prices, &by_tier)?,
            &terms,
        )?;
        Ok(RateChoice::of(model, self.rate, false, as_of).said(quote))
    }
}
