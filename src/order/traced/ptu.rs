//! A reservation for a trace: sized by hand or for it, with what of each minute does not fit.

use std::sync::Arc;

use chrono::NaiveDate;

use super::pattern::Taken;
use super::reading::DAY;
use super::term::minutes_of;
use super::{TraceFit, TraceTerm, size, summary};
use crate::billing::error::QuoteError;
use crate::billing::fund::fund;
use crate::billing::funding::Terms;
use crate::billing::load::{OnOverflow, Reserved};
use crate::billing::mode::Mode;
use crate::billing::ptu::{self, Prices, Request};
use crate::billing::quote::Quote;
use crate::billing::recorded::{self, Admitted, MinuteTokens, OfTier};
use crate::billing::tokens;
use crate::catalog::{Catalog, Model};
use crate::order::{Conflict, OrderError};
use crate::replay::fit::Kept;
use crate::replay::profile::Side;
use crate::replay::{Profile, Reading, Replayed, Reservation, Sums};

/// A reservation for a trace.
#[derive(Debug, Clone)]
pub struct TracedPtu {
    /// Input and output tokens per minute; `None` where the trace sizes it.
    pub size: Option<(u64, u64)>,
    /// How the trace sizes it.
    pub fit: Option<TraceFit>,
    /// For how long.
    pub term: TraceTerm,
    /// What output is priced for.
    pub mode: Option<Mode>,
    /// What is done with calls that do not fit.
    pub on_overflow: OnOverflow,
}

/// What a trace does to a reservation of a size.
#[derive(Clone)]
pub(super) struct Found<'a> {
    /// Input and output tokens per minute.
    pub size: (u64, u64),
    /// Where it was read.
    pub reading: &'a Reading,
    /// What became of the calls.
    pub replayed: &'a Replayed,
    /// The minutes.
    pub profile: &'a Profile,
    /// For how long they are taken.
    pub taken: Taken,
    /// The minutes to be drawn.
    pub timeline: Option<Arc<[MinuteTokens]>>,
}

impl TracedPtu {
    /// The prices in force on `as_of` for the term.
    pub(super) fn prices(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
    ) -> Result<Prices, OrderError> {
        Ok(catalog.ptu(model, self.term.period(), self.mode, as_of)?)
    }

    /// What to reserve for the trace, by its minutes and, for the cheapest, its calls.
    pub(super) fn sized(
        &self,
        catalog: &Catalog,
        model: &Model,
        taken: Taken,
        prices: &Prices,
        profile: &Profile,
        kept: Option<&Kept>,
    ) -> Result<(u64, u64), OrderError> {
        let request = self.request(catalog, model, taken, (0, 0))?;
        let stated = taken.stated();
        let term = minutes_of(request.length)?;
        if self.fit == Some(TraceFit::Cheapest) && beyond(term, stated) {
            // A month of reservation would be weighed against the overflow of an hour.
            return Err(Conflict::CheapestBeyondTrace {
                minutes: stated,
                days: taken.days,
                term,
            }
            .into());
        }
        let size = size::fitted(self.fit, kept, &request, prices, profile, taken.scale)?;
        if size == (0, 0) && self.fit != Some(TraceFit::Cheapest) {
            let of_peak = |side| profile.percentile_within_max(side, 100) > 0;
            return Err(match [Side::Input, Side::Output].into_iter().any(of_peak) {
                true => Conflict::NothingToFit.into(),
                false => Conflict::NoTokensToFit.into(),
            });
        }
        Ok(size)
    }

    /// The quote of what was found, in one reading or in the parts of several.
    pub(super) fn priced(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
        prices: &Prices,
        found: &Found<'_>,
    ) -> Result<Quote, OrderError> {
        let Found {
            size,
            reading,
            replayed,
            profile,
            taken,
            ..
        } = *found;
        let request = self.request(catalog, model, taken, size)?;
        if self.on_overflow == OnOverflow::Bill {
            refuse_unpriced(replayed, prices.standard.as_ref(), true)?;
        }
        let mut recorded = summary::recorded(reading, profile, &model.code)?;
        recorded.scale = taken.scale;
        recorded.timeline.clone_from(&found.timeline);
        let stated = taken.stated();
        let longer = beyond(minutes_of(request.length)?, stated);
        recorded.shorter_than_term = longer.then_some(stated);
        let (input, output) = replayed.utilisation(size, taken.repeated());
        recorded.reserved = Some(Admitted {
            in_quota: summary::calls(replayed.in_quota),
            overflow: summary::calls(replayed.overflowed()?),
            by_tier: replayed
                .overflow
                .iter()
                .copied()
                .map(|sums| OfTier {
                    calls: summary::calls(sums),
                    up_to: None,
                    amount: None,
                })
                .collect(),
            overflow_minutes: replayed.overflow_minutes,
            utilisation: (
                recorded::percent(input.part, input.whole)?,
                recorded::percent(output.part, output.whole)?,
            ),
            on_overflow: self.on_overflow,
            fit: self.fit.map(TraceFit::name),
        });
        let terms = Terms {
            funding: None,
            service: catalog.provider(model)?.service.as_ref(),
            pace: None,
            on: as_of,
        };
        let mut quote = ptu::quote(&request, prices)?;
        quote.notes.extend(size::note(self.fit, size, profile));
        let quote = recorded::reserved(quote, recorded, prices.standard.as_ref())?;
        Ok(fund(quote, &terms)?)
    }

    pub(super) fn reservation(
        &self,
        (input_tpm, output_tpm): (u64, u64),
        prices: &Prices,
    ) -> Reservation {
        let tiers = match (self.on_overflow, &prices.standard) {
            // What is refused has no price, and so no tier.
            (OnOverflow::Reject, _) => vec![None],
            (OnOverflow::Bill, Some(standard)) => {
                standard.tiers.iter().map(|tier| tier.up_to).collect()
            }
            (OnOverflow::Bill, None) => Vec::new(),
        };
        Reservation {
            reserved: Reserved {
                input_tpm,
                output_tpm,
                max_input: prices.max_input,
            },
            tiers,
        }
    }

    /// The reservation for the term, which is not shorter than the trace.
    fn request(
        &self,
        catalog: &Catalog,
        model: &Model,
        taken: Taken,
        (input_tpm, output_tpm): (u64, u64),
    ) -> Result<Request, OrderError> {
        let minutes = taken.minutes;
        let length = self.term.length(taken.stated())?;
        let term = minutes_of(length)?;
        if minutes > term {
            return Err(Conflict::LongerThanTerm { minutes, term }.into());
        }
        if let Some(days) = taken.scale.map(|scale| scale.to)
            && days.saturating_mul(DAY) > term
        {
            return Err(Conflict::ScaledBeyondTerm { days, term }.into());
        }
        Ok(Request {
            model: catalog.model_ref(model)?,
            input_tpm,
            output_tpm,
            length,
            mode: self.mode,
            start: None,
            served: None,
        })
    }
}

/// Whether a term is longer than what a trace is taken for: an hour that is only begun is billed
/// whole, and says so itself.
fn beyond(term: u64, stated: u64) -> bool {
    term > stated.next_multiple_of(60)
}

/// Refuses calls that would be billed and have no price.
pub(super) fn refuse_unpriced(
    replayed: &Replayed,
    standard: Option<&tokens::Prices>,
    overflow: bool,
) -> Result<(), OrderError> {
    let Sums { calls, input, .. } = replayed.unpriced;
    if replayed.unpriced.is_empty() {
        return Ok(());
    }
    let Some(last) = standard.and_then(|prices| prices.tiers.last()) else {
        return Err(QuoteError::NoStandardPrice.into());
    };
    Err(QuoteError::CallsBeyondLastTier {
        calls: calls.max(1),
        input,
        last: last.up_to.unwrap_or(0),
        overflow,
    }
    .into())
}
