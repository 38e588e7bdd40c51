//! A trace billed by token: each call in the tier of its own size.

use super::found::Found;
use super::in_force::{AsOf, ByHour, InForce};
use super::mode::ModeAsked;
use super::summary;
use super::when::changes;
use crate::billing::amend::fund::fund;
use crate::billing::amend::trace::{self, Priced};
use crate::billing::error::QuoteError;
use crate::billing::funding::Terms;
use crate::billing::hours::Hours;
use crate::billing::kind::Tokens;
use crate::billing::load::Reserved;
use crate::billing::mode::Mode;
use crate::billing::note::Note;
use crate::billing::quote::{Quote, Rate};
use crate::billing::savings::Over;
use crate::billing::tokens::{self, Prices, Request};
use crate::catalog::{Catalog, Model, in_force};
use crate::order::rate::{PaidFirst, RateChoice};
use crate::order::{Conflict, OrderError, SavingsOrder};
use crate::replay::{Reservation, Stretches};

impl ByHour for Prices {
    fn by_hour(&self) -> Vec<(Hours, Self)> {
        match self.is_by_hour() {
            true => self.hours().into_iter().zip(self.apart()).collect(),
            false => Vec::new(),
        }
    }
}

/// The tokens of a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedTokens {
    /// The mode whose output price is used.
    pub mode: Option<Mode>,
    /// Whether a model that prices no mode apart has its price for the asked mode, too.
    pub in_any_mode: bool,
    /// Which token prices are used; `None` takes those of fine-tuned models if there are some, else
    /// standard.
    pub rate: Option<Rate>,
    /// Whether the calls are batch calls.
    pub batch: bool,
    /// A savings plan that pays for them.
    pub savings: Option<SavingsOrder>,
}

impl TracedTokens {
    /// The prices over time, all at one rate: that of today.
    pub(super) fn in_force(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: AsOf,
    ) -> Result<InForce<Prices>, OrderError> {
        let rate = self.rate_of(model, as_of);
        let of = |mode, day| catalog.tokens(model, rate, mode, self.batch, day);
        let mode = ModeAsked::of(self.mode, self.in_any_mode, model, as_of, of)?;
        let price = |day, _: Option<&Prices>| mode.price(day, of);
        Ok(InForce::of(model, as_of, price, tokens::is_same)?)
    }

    /// The rate that was asked for, else fine-tuned if the model has such prices.
    fn rate_of(&self, model: &Model, as_of: AsOf) -> Option<Rate> {
        let today = |rows| in_force(rows, as_of.date).is_some();
        let first = || self.first().filter(|_| today(&model.standard));
        self.rate.or(Some(match () {
            () if first().is_some() => Rate::Standard,
            () if today(&model.fine_tuned) => Rate::FineTuned,
            () if today(&model.standard) || model.fine_tuned.is_empty() => Rate::Standard,
            () => Rate::FineTuned,
        }))
    }

    /// What says that ordinary calls are meant.
    fn first(&self) -> Option<PaidFirst> {
        self.savings.map(|_| PaidFirst::SavingsPlan)
    }

    /// Reservations that take no call: the replay then counts all calls as overflow, by tier.
    pub(super) fn reservation(prices: &InForce<Prices>) -> Stretches<Reservation> {
        prices.of_hours().map(|prices| Reservation {
            reserved: Reserved {
                max_input: Some(0),
                ..Reserved::default()
            },
            tiers: prices.as_ref().map(Prices::ends).unwrap_or_default(),
        })
    }

    /// The quote of what was found.
    pub(super) fn priced(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: AsOf,
        prices: &InForce<Prices>,
        found: &Found<'_>,
    ) -> Result<Quote, OrderError> {
        let in_play = prices.in_play(found.replayed, found.profile)?;
        for one in &in_play {
            let asked = (model, one.prices.rate);
            super::overflow::refuse_unpriced(one.replayed, Some(one.prices), false)
                .map_err(|error| OrderError::of_calls(catalog, asked, as_of.date, error))?;
        }
        let priced: Vec<Priced<'_>> = in_play
            .iter()
            .map(|one| Priced {
                days: one.days,
                prices: Some(one.prices),
                between_ends: one.replayed.overflow.clone(),
            })
            .collect();
        let mut recorded = summary::recorded(found.reading, found.profile, &model.code)?;
        if recorded.total.tokens.is_empty() {
            return Err(Conflict::NoTokensInTrace.into());
        }
        recorded.scale = found.taken.scale;
        recorded.cache = found.taken.cache;
        recorded.timeline.clone_from(&found.timeline);
        // As they are billed: where costs are scaled, a started token of each tier counts whole.
        let mut by_tier = Vec::new();
        for one in &priced {
            by_tier.extend(one.by_tier()?);
        }
        let billed = by_tier.iter().try_fold(Tokens::default(), |sums, calls| {
            let tokens = calls.tokens.try_map(|count| recorded.scaled(count))?;
            Ok::<_, QuoteError>(sums.plus(tokens)?)
        })?;
        let request = Request {
            model: catalog.model_ref(model, as_of.date)?,
            tokens: billed,
            requests: Some(recorded.scaled(recorded.total.calls)?),
            cache: recorded.cache,
            stream: None,
        };
        let last = in_play.last().ok_or(QuoteError::TooLarge)?;
        let quote = tokens::recorded(&request, last.prices);
        let terms = Terms {
            funding: None,
            service: catalog.provider(model)?.service.as_ref(),
            pace: None,
            on: as_of.date,
        };
        let over = Over::Minutes(recorded.stated_minutes());
        let mut quote = fund(trace::by_token(quote, recorded, &priced)?, &terms)?;
        if let Some(savings) = self.savings {
            quote = savings.on(quote, catalog.provider(model)?, model, as_of.date, over)?;
        }
        let on = changes(in_play.iter().map(|one| one.days));
        let changed = (!on.is_empty()).then_some(Note::PricesChange {
            on,
            calls: true,
            hours: false,
        });
        let said = changed.into_iter().chain(prices.held(found.profile.span()));
        quote.notes.splice(0..0, said);
        Ok(RateChoice::of(model, self.rate, self.first(), as_of.date).said(quote))
    }
}
