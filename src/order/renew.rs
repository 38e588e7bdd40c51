//! The terms of a subscription that is renewed, each at the price of the day on which it is charged.

use chrono::NaiveDate;

use super::OrderError;
use crate::billing::amend::renew::{DueTerm, renewed};
use crate::billing::calendar::Moment;
use crate::billing::error::QuoteError;
use crate::billing::note::{Note, RenewalNote};
use crate::billing::quote::{LineItem, Quote};
use crate::billing::renewal::{TermDays, TermLength, calendar};
use crate::billing::{mu, ptu};
use crate::catalog::{Catalog, LookupError, Model};

/// What is renewed, and how often.
#[derive(Debug, Clone, Copy)]
pub struct Renewing {
    /// Length of one term.
    pub length: TermLength,
    /// Number of terms after the first.
    pub times: u32,
    /// When the first term is ordered.
    pub start: Option<Moment>,
}

impl Renewing {
    /// `all`, the quote of all terms at once at the `as_of_prices`, with what is charged for each. With a
    /// start each term, also the first, is `priced` as of the day on which it is charged. `lines` are
    /// those of one term.
    #[expect(clippy::too_many_arguments, reason = "two kinds of prices share it")]
    pub fn quote<P>(
        self,
        all: Quote,
        as_of_prices: &P,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
        priced: &dyn Fn(NaiveDate) -> Result<P, LookupError>,
        lines: &dyn Fn(&P) -> Result<Vec<LineItem>, QuoteError>,
    ) -> Result<Quote, OrderError> {
        let rules = catalog.provider(model)?.renewal;
        let days: Vec<Option<TermDays>> = match self.start {
            Some(start) => {
                let terms = calendar(start, self.length, self.times, rules.as_ref())?;
                terms.into_iter().map(Some).collect()
            }
            None => (0..=self.times).map(|_| None).collect(),
        };
        let undated = lines(as_of_prices)?;
        let dated = model.has_dated_prices();
        let mut due = Vec::new();
        for (at, days) in days.into_iter().enumerate() {
            let lines = match days.filter(|_| dated) {
                Some(days) => {
                    let day = days.priced_on();
                    let term = at.saturating_add(1);
                    let found = priced(day).map_err(|_| QuoteError::NoPriceOfTerm { term, day });
                    lines(&found?)?
                }
                None => undated.clone(),
            };
            due.push(DueTerm { days, lines });
        }
        let mut quote = renewed(all, self.length, &due, rules, as_of)?;
        if self.start.is_none() && dated {
            quote
                .notes
                .push(Note::Renewal(RenewalNote::Undated { as_of }));
        }
        Ok(quote)
    }
}

/// The length of all terms of a reservation together.
///
/// # Errors
/// [`QuoteError::TooLarge`] when it does not fit.
pub fn all_of_ptu(length: ptu::Length, times: u32) -> Result<ptu::Length, QuoteError> {
    let terms = times.saturating_add(1);
    Ok(match length {
        ptu::Length::Days(days) => {
            let days = days.checked_mul(terms.into());
            ptu::Length::Days(days.ok_or(QuoteError::TooLarge)?)
        }
        ptu::Length::Months(months) => {
            ptu::Length::Months(months.checked_mul(terms).ok_or(QuoteError::TooLarge)?)
        }
        ptu::Length::Fixed(one, count) => {
            let count = count.checked_mul(terms).ok_or(QuoteError::TooLarge)?;
            ptu::Length::Fixed(one, count)
        }
        hours @ ptu::Length::Hours { .. } => hours,
    })
}

/// The length of all terms of replicas together.
///
/// # Errors
/// [`QuoteError::TooLarge`] when it does not fit.
pub fn all_of_mu(length: mu::Length, times: u32) -> Result<mu::Length, QuoteError> {
    let terms = times.saturating_add(1);
    Ok(match length {
        mu::Length::Months {
            months,
            cancel_after,
        } => mu::Length::Months {
            months: months.checked_mul(terms).ok_or(QuoteError::TooLarge)?,
            cancel_after,
        },
        hours @ mu::Length::Hours { .. } => hours,
    })
}
