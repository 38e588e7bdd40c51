//! A savings plan as it is ordered.

use chrono::NaiveDate;

use super::{Conflict, OrderError};
use crate::billing::amend::save::save;
use crate::billing::amount::Amount;
use crate::billing::error::QuoteError;
use crate::billing::money::Currency;
use crate::billing::pace::Steady;
use crate::billing::ptu::Length;
use crate::billing::quote::Quote;
use crate::billing::savings::{Asked, Over, Payment};
use crate::catalog::{Model, Provider};

/// A savings plan, and the time of tokens that come without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SavingsOrder {
    /// The plan.
    pub asked: Asked,
    /// The currency in which its commitment is said, where it is.
    pub said_in: Option<Currency>,
    /// Days in which tokens are used that are given as sums; `None` takes one month.
    pub days: Option<u64>,
}

impl SavingsOrder {
    /// The plan of a commitment, and its currency where that is said.
    #[must_use]
    pub fn of(commitment: Amount, term_months: Option<u32>, payment: Payment) -> Self {
        Self {
            asked: Asked {
                commitment: commitment.number,
                term_months,
                payment,
            },
            said_in: commitment.currency,
            days: None,
        }
    }

    /// Whether the commitment is in the currency in which a model is paid.
    ///
    /// # Errors
    /// [`Conflict::OtherCurrency`] where it is not.
    pub fn check_currency(self, paid: Currency) -> Result<(), Conflict> {
        let key = "savings_plan";
        match self.said_in.filter(|said| *said != paid) {
            Some(said) => Err(Conflict::OtherCurrency { key, said, paid }),
            None => Ok(()),
        }
    }

    /// The quote with the plan as it is sold on `as_of`, for usage over a time.
    ///
    /// # Errors
    /// [`OrderError`] where it is not sold so, or pays for nothing of these tokens.
    pub fn on(
        self,
        quote: Quote,
        provider: &Provider,
        model: &Model,
        as_of: NaiveDate,
        over: Over,
    ) -> Result<Quote, OrderError> {
        self.check_currency(quote.currency)?;
        let plan = provider.savings_plan(self.asked, model, as_of)?;
        Ok(save(quote, &plan, over)?)
    }

    /// The time of tokens: that of their load, or of sums.
    #[must_use]
    pub fn of_tokens(self, stream: Option<Steady>) -> Over {
        match (stream, self.days) {
            (Some(stream), _) => Over::Days(stream.days),
            (None, Some(days)) => Over::Days(days),
            (None, None) => Over::OneMonth,
        }
    }
}

/// The time of a reservation, and so of what overflows. Of several runs each is on days of its own.
///
/// # Errors
/// [`QuoteError::TooLarge`] when it does not fit.
pub fn of_reservation(length: Length) -> Result<Over, QuoteError> {
    const SECONDS_OF_A_DAY: u64 = 86_400;
    let days = |days: u64, count: u32| {
        let days = days.checked_mul(count.into());
        days.map(Over::Days).ok_or(QuoteError::TooLarge)
    };
    match length {
        Length::Hours { span, runs } => {
            let seconds = crate::billing::exact::div_ceil(span.seconds(), 1)?;
            match runs {
                1 => Ok(Over::Seconds(seconds)),
                runs => {
                    let of_a_run = seconds.div_ceil(SECONDS_OF_A_DAY);
                    let all = of_a_run.checked_mul(runs);
                    all.map(Over::Days).ok_or(QuoteError::TooLarge)
                }
            }
        }
        Length::Days(count) => Ok(Over::Days(count)),
        Length::Months(count) => days(30, count),
        Length::Fixed(one, count) => match one.days() {
            Some(of_one) => days(of_one, count),
            None => {
                let hours = one.hours().checked_mul(count.into());
                let seconds = hours.and_then(|hours| hours.checked_mul(3_600));
                seconds.map(Over::Seconds).ok_or(QuoteError::TooLarge)
            }
        },
    }
}
