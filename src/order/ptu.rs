//! An order of provisioned throughput.

use chrono::NaiveDate;

use super::renew::{self, Renewing};
use super::{Conflict, FundingOrder, OrderError, savings};
use crate::billing::amend::fund::fund;
use crate::billing::calendar::Moment;
use crate::billing::error::QuoteError;
use crate::billing::fit;
use crate::billing::funding::Terms;
use crate::billing::load::{Load, OnOverflow};
use crate::billing::mode::Mode;
use crate::billing::note::{Note, RenewalNote, UnitsNote};
use crate::billing::ptu::{self, Fit, Fixed, Length, Request, Served};
use crate::billing::quote::{Quote, Rate};
use crate::billing::renewal::TermLength;
use crate::billing::savings::Over;
use crate::billing::speed::Speed;
use crate::billing::term::{Span, Term};
use crate::billing::units::{Asked, Size};
use crate::catalog::{Catalog, LookupError, Model};

/// What is wrong with a reservation beyond which calls are billed.
fn beyond<'a>(
    catalog: &'a Catalog,
    model: &'a Model,
    as_of: NaiveDate,
) -> impl Fn(QuoteError) -> OrderError + 'a {
    move |error| OrderError::of_calls(catalog, (model, Rate::Standard), as_of, error)
}

/// The prices in force on a day.
type Priced<'a> = &'a dyn Fn(NaiveDate) -> Result<ptu::Prices, LookupError>;

/// A reservation, sized by hand or for its load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PtuOrder {
    /// How much is reserved; `None` where the load sizes it.
    pub asked: Option<Asked>,
    /// Which throughput reservation it is; `None` of provisioned throughput.
    pub service: Option<Speed>,
    /// Whether it is a phase of a longer term, of which the length is one that is sold.
    pub in_term: bool,
    /// How long throughput is reserved.
    pub length: Length,
    /// The mode whose output price is used.
    pub mode: Option<Mode>,
    /// How many times the term is renewed after the first.
    pub renew: u32,
    /// When the reservation is ordered.
    pub start: Option<Moment>,
    /// Since when the balance is overdue, if the quote is to say what follows.
    pub overdue_since: Option<Moment>,
    /// The calls that are sent to the reservation.
    pub load: Option<Load>,
    /// How long the load lasts on each day of a subscription.
    pub hours_per_day: Option<Span>,
    /// The days of a subscription on which the load comes; `None` for those of its term.
    pub days: Option<u64>,
    /// What is done with calls that do not fit; `None` bills them.
    pub on_overflow: Option<OnOverflow>,
    /// How the load sizes the reservation.
    pub fit: Option<Fit>,
    /// What pays for calls that do not fit, before money does.
    pub funding: FundingOrder,
}

impl PtuOrder {
    /// Whether its parts make sense together.
    ///
    /// # Errors
    /// The first [`Conflict`].
    pub fn check(&self) -> Result<(), Conflict> {
        if self.renew > 0 && self.length.term() == Term::PayAsYouGo {
            return Err(Conflict::RenewalOfPayAsYouGo);
        }
        if self.renew > 0 && matches!(self.length, Length::Fixed(Fixed::Block, _)) {
            return Err(Conflict::RenewalOfBlocks);
        }
        if self.fit.is_none() && self.asked.is_none_or(Asked::is_nothing) {
            return Err(Conflict::nothing_reserved(self.asked));
        }
        let rejected = self.on_overflow == Some(OnOverflow::Reject);
        let cheapest = self.fit == Some(Fit::Cheapest);
        if let Some(load) = self.load {
            if load.per_request.is_empty() {
                return Err(Conflict::EmptyRequests);
            }
            if cheapest && rejected {
                return Err(Conflict::CheapestWithoutOverflow);
            }
        }
        // Only what overflows is paid for by token, so without overflow there is nothing to fund.
        let savings = self.funding.savings.is_some();
        match self.funding.given() || savings {
            true if self.load.is_none() => Err(Conflict::FundingWithoutLoad),
            true if rejected => Err(Conflict::FundingOfRejected),
            true if cheapest && savings => Err(Conflict::SavingsOfCheapest),
            true if cheapest => Err(Conflict::FundingOfCheapest),
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
        let period = self.length.period();
        let priced = |day| catalog.reserved(model, self.service, period, self.mode, day);
        let prices = priced(as_of)?;
        if !self.in_term {
            ptu::check_term(&prices, self.length, self.start)?;
        }
        let request = self.request(catalog, model, as_of, &prices)?;
        self.quote_of(catalog, model, as_of, (&request, &prices), &priced)
    }

    /// What is reserved of what has these prices.
    pub(super) fn request(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
        prices: &ptu::Prices,
    ) -> Result<Request, OrderError> {
        let mut request = Request {
            model: catalog.model_ref(model, as_of)?,
            size: match self.asked {
                Some(asked) => asked.size(&prices.units, &prices.meters)?,
                None => Size::default(),
            },
            length: renew::all_of_ptu(self.length, self.renew)?,
            mode: self.mode,
            start: self.start,
            served: self.served(),
        };
        if let Some(served) = request.served {
            request.size = match served.fit {
                None => request.size,
                Some(Fit::Peak) => fit::peak(&served.load, prices)?,
                Some(Fit::Cheapest) => {
                    fit::cheapest(&request, prices).map_err(beyond(catalog, model, as_of))?
                }
            };
        }
        if let Some(sale) = &prices.sale {
            sale.check_size(&prices.units, request.size)?;
        }
        Ok(request)
    }

    /// The quote of a request at its prices; terms that follow are `priced` as of their day.
    pub(super) fn quote_of(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
        (request, prices): (&Request, &ptu::Prices),
        priced: Priced<'_>,
    ) -> Result<Quote, OrderError> {
        let on = self.start.map_or(as_of, |start| start.date_naive());
        let provider = catalog.provider(model)?;
        self.funding.check_currency(provider.currency)?;
        let funding = self.funding.funding(provider, &model.region, as_of, on)?;
        let terms = Terms {
            funding: funding.as_ref(),
            service: provider.service.as_ref(),
            pace: request.pace()?,
            on,
        };
        let mut quote = ptu::quote(request, prices).map_err(beyond(catalog, model, as_of))?;
        let other_term = ptu::other_term(prices, self.length);
        quote.notes.extend(other_term.filter(|_| !self.in_term));
        if let Some(asked) = self.asked {
            let said = UnitsNote::of_asked(asked, &prices.units, &prices.meters, request.size)?;
            quote.notes.splice(0..0, said.map(|what| prices.said(what)));
        }
        if self.renew > 0 {
            quote = self.renewed(quote, (request, prices), catalog, model, as_of, priced)?;
            if funding.is_some() {
                quote.notes.push(Note::Renewal(RenewalNote::Funding));
            }
        }
        let quote = fund(quote, &terms)?;
        match self.funding.savings {
            Some(savings) => {
                let over = match self.days {
                    Some(days) => Over::Days(days),
                    None => savings::of_reservation(request.length)?,
                };
                savings.on(quote, provider, model, as_of, over)
            }
            None => Ok(quote),
        }
    }

    /// The quote of all terms with what is charged for each.
    fn renewed(
        &self,
        quote: Quote,
        (request, prices): (&Request, &ptu::Prices),
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
        priced: Priced<'_>,
    ) -> Result<Quote, OrderError> {
        let one = Request {
            length: self.length,
            start: None,
            served: None,
            ..request.clone()
        };
        let renewing = Renewing {
            length: match self.length {
                Length::Months(months) => TermLength::Months(months),
                Length::Days(days) => TermLength::Days(days, prices.rules.expiry),
                Length::Fixed(one, count) => match one.renewed(count) {
                    Some(length) => length,
                    None => return Err(Conflict::RenewalOfBlocks.into()),
                },
                // An order by the hour is refused before.
                Length::Hours { .. } => return Ok(quote),
            },
            times: self.renew,
            start: self.start,
        };
        let lines = |prices: &ptu::Prices| Ok(ptu::quote(&one, prices)?.items);
        renewing.quote(quote, prices, catalog, model, as_of, priced, &lines)
    }

    /// What is sent to the reservation, if a load was given.
    fn served(&self) -> Option<Served> {
        Some(Served {
            load: self.load?,
            hours_per_day: self.hours_per_day,
            days: self.days,
            on_overflow: self.on_overflow.unwrap_or(OnOverflow::Bill),
            fit: self.fit,
        })
    }
}
