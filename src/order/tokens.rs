//! An order of tokens.

use chrono::NaiveDate;

use super::rate::{PaidFirst, RateChoice};
use super::{Conflict, FundingOrder, OrderError};
use crate::billing::amend::fund::fund;
use crate::billing::cache::CacheWay;
use crate::billing::calendar::Moment;
use crate::billing::funding::Terms;
use crate::billing::kind::Tokens;
use crate::billing::mode::Mode;
use crate::billing::note::Note;
use crate::billing::quote::{ModelRef, Quote, Rate};
use crate::billing::tokens::{self, Request};
use crate::catalog::{Catalog, Model};
use crate::workload::Steady;

/// Tokens, in all or as a load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokensOrder {
    /// How many tokens are billed.
    pub usage: Usage,
    /// The mode whose output price is used.
    pub mode: Option<Mode>,
    /// Which token prices are used. `None` takes those of fine-tuned models if there are some, else
    /// standard; with a free quota the other way round.
    pub rate: Option<Rate>,
    /// Whether the calls are batch calls.
    pub batch: bool,
    /// What pays for them before money does.
    pub funding: FundingOrder,
    /// Since when the balance is overdue, if the quote is to say what follows.
    pub overdue_since: Option<Moment>,
}

/// How many tokens are billed: as sums, or as a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Sums of tokens.
    Sums {
        /// The tokens.
        tokens: Tokens,
        /// Number of requests with these tokens: their mean size picks the tier.
        requests: Option<u64>,
        /// The way of the cache that hits are of, where that is said.
        cache: Option<CacheWay>,
    },
    /// Requests at a steady rate.
    Load(Steady),
}

impl TokensOrder {
    /// Whether its parts make sense together.
    ///
    /// # Errors
    /// The first [`Conflict`].
    pub fn check(&self) -> Result<(), Conflict> {
        match self.usage {
            Usage::Load(Steady { load, .. }) if load.per_request.is_empty() => {
                Err(Conflict::EmptyRequests)
            }
            Usage::Sums { tokens, .. } if tokens.is_empty() => Err(Conflict::NoTokens),
            _ => self.funding.check(),
        }
    }

    /// The quote at the prices in force on `as_of`.
    ///
    /// # Errors
    /// [`OrderError`] when there is no price or it cannot be computed.
    pub fn quote(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
    ) -> Result<Quote, OrderError> {
        let choice = RateChoice::of(model, self.rate, PaidFirst::of(&self.funding), as_of);
        let prices = catalog.tokens(model, choice.rate, self.mode, self.batch, as_of)?;
        let request = self.request(catalog.model_ref(model, as_of)?)?;
        let provider = catalog.provider(model)?;
        self.funding.check_currency(provider.currency)?;
        let funding = self
            .funding
            .funding(provider, &model.region, as_of, as_of)?;
        let terms = Terms {
            funding: funding.as_ref(),
            service: provider.service.as_ref(),
            pace: request.stream.map(|stream| stream.pace()).transpose()?,
            on: as_of,
        };
        let quote = tokens::quote(&request, &prices)
            .map_err(|error| OrderError::of_calls(catalog, (model, prices.rate), as_of, error))?;
        let quote = fund(quote, &terms)?;
        let quote = match self.funding.savings {
            Some(savings) => {
                let over = savings.of_tokens(request.stream);
                savings.on(quote, provider, model, as_of, over)?
            }
            None => quote,
        };
        let mut quote = choice.said(quote);
        quote
            .notes
            .extend(prices.batch_unmarked.then_some(Note::BatchUnmarked));
        Ok(quote)
    }

    fn request(&self, model: ModelRef) -> Result<Request, OrderError> {
        match self.usage {
            Usage::Load(steady) => Ok(steady.request(model)?),
            Usage::Sums {
                tokens,
                requests,
                cache,
            } => Ok(Request {
                model,
                tokens,
                requests,
                cache,
                stream: None,
            }),
        }
    }
}
