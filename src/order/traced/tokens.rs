//! A trace billed by token: each call in the tier of its own size.

use chrono::NaiveDate;

use super::reading::DAY;
use super::{TraceOrder, Watch, summary};
use crate::billing::fund::fund;
use crate::billing::funding::Terms;
use crate::billing::load::Reserved;
use crate::billing::mode::Mode;
use crate::billing::quote::{Quote, Rate};
use crate::billing::recorded;
use crate::billing::tokens::{self, Request};
use crate::catalog::{Catalog, Model};
use crate::order::OrderError;
use crate::replay::{Profile, Replay, Reservation};

/// The tokens of a trace.
#[derive(Debug, Clone)]
pub struct TracedTokens {
    /// What output is priced for.
    pub mode: Option<Mode>,
    /// Which token prices; those of fine-tuned models where there are some, else standard.
    pub rate: Option<Rate>,
    /// The trace.
    pub trace: TraceOrder,
}

impl TracedTokens {
    /// The quote at the prices in force on `as_of`.
    ///
    /// # Errors
    /// [`OrderError`] when the trace cannot be read, or there is no price.
    pub fn quote(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
        watch: Watch<'_>,
    ) -> Result<Quote, OrderError> {
        let prices = catalog.tokens(model, self.rate, self.mode, false, as_of)?;
        // A reservation of nothing takes no call, so its overflow is all of them by tier.
        let nothing = Reservation {
            reserved: Reserved {
                input_tpm: 0,
                output_tpm: 0,
                max_input: Some(0),
            },
            tiers: prices.tiers.iter().map(|tier| tier.up_to).collect(),
        };
        let mut sinks = (Replay::new(nothing), Profile::new(None));
        let read = self.trace.read(&mut sinks, watch)?;
        let (replay, profile) = sinks;
        let replayed = replay.finish()?;
        super::ptu::refuse_unpriced(&replayed, &profile, Some(&prices))?;
        let by_tier: Vec<_> = replayed
            .overflow
            .iter()
            .copied()
            .map(summary::calls)
            .collect();
        let mut recorded = summary::recorded(&read, &profile)?;
        recorded.scaled_to_days = scaled(&self.trace, recorded.minutes)?;
        let request = Request {
            model: catalog.model_ref(model)?,
            input: recorded.scaled(recorded.total.input)?,
            output: recorded.scaled(recorded.total.output)?,
            requests: Some(recorded.scaled(recorded.total.calls)?),
            stream: None,
        };
        let quote = tokens::recorded(&request, &prices);
        let terms = Terms {
            funding: None,
            service: catalog.provider(model)?.service.as_ref(),
            pace: None,
            on: as_of,
        };
        Ok(fund(
            recorded::by_token(quote, recorded, &prices, &by_tier)?,
            &terms,
        )?)
    }
}

/// The days to state costs for, unless the trace is longer.
pub(super) fn scaled(trace: &TraceOrder, minutes: u64) -> Result<Option<u64>, OrderError> {
    match trace.scale_to {
        Some(days) if minutes > days.saturating_mul(DAY) => {
            Err(crate::order::Conflict::LongerThanScale { minutes, days }.into())
        }
        scaled => Ok(scaled),
    }
}
