//! A reservation for a trace: sized by hand or for it, with what of each minute does not fit.

use chrono::NaiveDate;

use super::reading::DAY;
use super::tokens::scaled;
use super::{TraceFit, TraceOrder, Watch, summary};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::fund::fund;
use crate::billing::funding::Terms;
use crate::billing::load::{OnOverflow, Reserved};
use crate::billing::mode::Mode;
use crate::billing::ptu::{self, Length, Prices, Request};
use crate::billing::quote::Quote;
use crate::billing::recorded::{self, Admitted};
use crate::billing::term::Span;
use crate::billing::tokens;
use crate::catalog::{Catalog, Model};
use crate::order::{Conflict, OrderError};
use crate::replay::fit::{self, Costs, Kept, Price, Steps};
use crate::replay::{Profile, Replay, Replayed, Reservation};

/// A reservation for a trace.
#[derive(Debug, Clone)]
pub struct TracedPtu {
    /// Input and output tokens per minute; `None` where the trace sizes it.
    pub size: Option<(u64, u64)>,
    /// How the trace sizes it.
    pub fit: Option<TraceFit>,
    /// For how long; the span of the trace by the hour, or the days it is scaled to, where it is not
    /// said.
    pub length: Option<Length>,
    /// What output is priced for.
    pub mode: Option<Mode>,
    /// What is done with calls that do not fit.
    pub on_overflow: OnOverflow,
    /// The trace.
    pub trace: TraceOrder,
}

impl TracedPtu {
    /// The quote at the prices in force on `as_of`.
    ///
    /// # Errors
    /// [`OrderError`] when the trace cannot be read, it is longer than the term, there is no price
    /// or it cannot be computed.
    pub fn quote(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
        watch: Watch<'_>,
    ) -> Result<Quote, OrderError> {
        let by_the_hour = Length::Hours {
            span: Span::hours(1),
            runs: 1,
        };
        let period = self.length.unwrap_or(by_the_hour).period();
        let prices = catalog.ptu(model, period, self.mode, as_of)?;
        let mut profile = Profile::new(prices.max_input);
        let (size, read, replayed) = match (self.size, self.fit) {
            (Some(size), _) => {
                let mut replay = Replay::new(self.reservation(size, &prices));
                let read = self.trace.read(&mut (&mut replay, &mut profile), watch)?;
                (size, read, replay.finish()?)
            }
            (None, how) => {
                self.trace.readable_twice()?;
                let mut kept =
                    (how == Some(TraceFit::Cheapest)).then(|| Kept::new(prices.max_input));
                let _ = self.trace.read(&mut (&mut kept, &mut profile), watch)?;
                let request = self.request(catalog, model, (0, 0), &profile)?;
                let size = fitted(how, kept.as_ref(), &request, &prices, &profile, &self.trace)?;
                // What was found is what is quoted: the trace is replayed at that size.
                let mut replay = Replay::new(self.reservation(size, &prices));
                let read = self.trace.read(&mut replay, watch)?;
                (size, read, replay.finish()?)
            }
        };
        let request = self.request(catalog, model, size, &profile)?;
        if self.on_overflow == OnOverflow::Bill {
            refuse_unpriced(&replayed, &profile, prices.standard.as_ref())?;
        }
        let mut recorded = summary::recorded(&read, &profile)?;
        recorded.scaled_to_days = scaled(&self.trace, recorded.minutes)?;
        recorded.shorter_than_term =
            minutes_of(request.length)? > recorded.minutes.next_multiple_of(60);
        let (input, output) = replayed.utilisation(size, recorded.minutes);
        recorded.reserved = Some(Admitted {
            in_quota: summary::calls(replayed.in_quota),
            overflow: summary::calls(replayed.overflowed()?),
            by_tier: replayed
                .overflow
                .iter()
                .copied()
                .map(summary::calls)
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
        let quote = ptu::quote(&request, &prices)?;
        let quote = recorded::reserved(quote, recorded, prices.standard.as_ref())?;
        Ok(fund(quote, &terms)?)
    }

    fn reservation(&self, (input_tpm, output_tpm): (u64, u64), prices: &Prices) -> Reservation {
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
        (input_tpm, output_tpm): (u64, u64),
        profile: &Profile,
    ) -> Result<Request, OrderError> {
        let minutes = profile.span_minutes();
        let length = match (self.length, self.trace.scale_to) {
            (Some(length), _) => length,
            (None, Some(days)) => Length::Hours {
                span: Span::hours(24).times(days)?,
                runs: 1,
            },
            (None, None) => Length::Hours {
                span: Span::of_seconds(minutes.saturating_mul(60)),
                runs: 1,
            },
        };
        let stated = self
            .trace
            .scale_to
            .map_or(minutes, |days| days.saturating_mul(DAY));
        let term = minutes_of(length)?;
        if stated > term {
            return Err(Conflict::LongerThanTerm {
                minutes: stated,
                term,
            }
            .into());
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

/// The minutes of a term; a started one counts whole.
fn minutes_of(length: Length) -> Result<u64, OrderError> {
    let minutes = match length {
        Length::Hours { span, runs } => exact::div_ceil(span.times(runs)?.seconds(), 60)?,
        Length::Days(days) => days.saturating_mul(DAY),
        Length::Months(months) => u64::from(months).saturating_mul(30).saturating_mul(DAY),
    };
    Ok(minutes)
}

/// The size that fits the trace.
fn fitted(
    how: Option<TraceFit>,
    kept: Option<&Kept>,
    request: &Request,
    prices: &Prices,
    profile: &Profile,
    trace: &TraceOrder,
) -> Result<(u64, u64), OrderError> {
    let steps = Steps {
        input: prices.rules.input_step,
        output: prices.rules.output_step,
    };
    let percent = match (how, kept) {
        (Some(TraceFit::Cheapest), Some(kept)) => {
            let costs = costs(request, prices, profile, trace, steps)?;
            return Ok(fit::cheapest(kept, &costs).map_err(OrderError::Fit)?.size);
        }
        (Some(TraceFit::P99), _) => 99,
        (Some(TraceFit::P95), _) => 95,
        _ => 100,
    };
    Ok(fit::sized(profile, percent, steps)?)
}

/// What a TPM costs for the term, and what a token that overflows costs in it.
fn costs(
    request: &Request,
    prices: &Prices,
    profile: &Profile,
    trace: &TraceOrder,
    steps: Steps,
) -> Result<Costs, OrderError> {
    let of = |input_tpm, output_tpm| -> Result<_, QuoteError> {
        let sized = Request {
            input_tpm,
            output_tpm,
            ..request.clone()
        };
        Ok(ptu::quote(&sized, prices)?.total)
    };
    let standard = prices
        .standard
        .as_ref()
        .ok_or(QuoteError::NoStandardPrice)?;
    // Scaled, each token stands for as many as the period is longer.
    let (times, over) = match trace.scale_to {
        Some(days) => (days.saturating_mul(DAY), profile.span_minutes().max(1)),
        None => (1, 1),
    };
    let token = |price: crate::billing::unit::UnitPrice| -> Result<Price, OrderError> {
        Ok(Price {
            amount: exact::mul(price.amount, times.into())?,
            per: price.per.checked_mul(over).ok_or(QuoteError::TooLarge)?,
        })
    };
    let tier = |tier: &tokens::Tier| -> Result<_, OrderError> {
        let output = tier.output.map(token).transpose()?;
        Ok((tier.up_to, (token(tier.input)?, output)))
    };
    Ok(Costs {
        input: Price {
            amount: of(steps.input, 0)?,
            per: steps.input,
        },
        output: Price {
            amount: of(0, steps.output)?,
            per: steps.output,
        },
        steps,
        tiers: standard.tiers.iter().map(tier).collect::<Result<_, _>>()?,
    })
}

/// Refuses calls that would be billed and have no price.
pub(super) fn refuse_unpriced(
    replayed: &Replayed,
    profile: &Profile,
    standard: Option<&tokens::Prices>,
) -> Result<(), OrderError> {
    if replayed.unpriced.calls == 0 {
        return Ok(());
    }
    let Some(last) = standard.and_then(|prices| prices.tiers.last()) else {
        return Err(QuoteError::NoStandardPrice.into());
    };
    let (request, _) = profile.largest();
    Err(QuoteError::CallBeyondLastTier {
        request: request.into(),
        last: last.up_to.unwrap_or(0),
    }
    .into())
}
