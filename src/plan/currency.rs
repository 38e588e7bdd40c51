//! The one currency of a plan: that of its first deployment. What is priced in another is converted
//! at a rate that was given.

use rust_decimal::Decimal;

use super::past::PastPlan;
use super::priced::{OwnCost, Priced, PricedPlan};
use super::problem::Problem;
use crate::billing::error::QuoteError;
use crate::billing::exact::{self, Quotient, TooLarge};
use crate::billing::fx::{Exchange, Fx};
use crate::billing::money::Currency;
use crate::order::missing_rate;

/// The currency that costs are stated in, and the rates to it.
#[derive(Debug, Clone, Copy)]
pub struct Rates<'a> {
    /// The currency; `None` for that of the first deployment.
    pub into: Option<Currency>,
    /// The rates, as they were stated.
    pub given: &'a [Fx],
}

impl Priced {
    /// The currency of its prices.
    fn own_currency(&self) -> Option<Currency> {
        self.parts.first().map(|part| part.quote.currency)
    }

    /// States its cost in a currency: each end is converted once, as [`Exchange::convert`], and
    /// budgets, baselines and sums are held to what comes out. False where there is no rate.
    ///
    /// # Errors
    /// [`TooLarge`] when an amount does not fit.
    pub fn convert(&mut self, into: Currency, given: &[Fx]) -> Result<bool, TooLarge> {
        let Some(currency) = self.own_currency().filter(|own| *own != into) else {
            return Ok(true);
        };
        let Some(exchange) = Exchange::between(given, currency, into) else {
            return Ok(false);
        };
        let (low, high) = (self.low, self.high);
        (self.low, self.high) = (exchange.convert(low)?.value, exchange.convert(high)?.value);
        let whole = self.months.as_mut().and_then(|paid| paid.whole.as_mut());
        if let Some(whole) = whole {
            whole.cost = exchange.convert(whole.cost)?.value;
        }
        self.own = Some(OwnCost {
            currency,
            low,
            high,
            exchange,
        });
        Ok(true)
    }

    /// An amount in the currency of its prices, in that of the plan.
    ///
    /// # Errors
    /// [`TooLarge`] when it does not fit.
    pub fn converted(&self, amount: Decimal) -> Result<Decimal, TooLarge> {
        match &self.own {
            Some(own) => Ok(own.exchange.convert(amount)?.value),
            None => Ok(amount),
        }
    }
}

/// States every cost of a plan in one currency, and complains of those that no rate converts.
pub fn one_currency(priced: &mut PricedPlan, rates: &Rates<'_>, problems: &mut Vec<Problem>) {
    let mut known = priced.deployments.iter();
    let first = known.find_map(|one| Some((one.own_currency()?, one.deployment.name.clone())));
    let Some((own, name)) = first else {
        return;
    };
    let into = rates.into.unwrap_or(own);
    priced.currency = into;
    for one in &mut priced.deployments {
        let message = match (one.convert(into, rates.given), one.own_currency()) {
            (Err(TooLarge), _) => QuoteError::TooLarge.to_string(),
            (Ok(false), Some(currency)) => format!(
                "`{}` is priced in {currency}, and {} in {into}: say what 1 {currency} is in {into}, as {}, or as `fx` of the plan",
                one.deployment.name,
                match rates.into {
                    Some(_) => "the plan".to_owned(),
                    None => format!("`{name}`"),
                },
                missing_rate(currency, into)
            ),
            (Ok(_), _) => continue,
        };
        let at = one.deployment.model_at;
        problems.push(Problem { at, message });
    }
}

impl PricedPlan {
    /// What is held against budgets, in another currency: what is priced in that currency as it is,
    /// and the sum of all else converted once.
    ///
    /// # Errors
    /// [`TooLarge`] when an amount does not fit.
    pub fn held_in(&self, exchange: &Exchange) -> Result<Quotient, TooLarge> {
        let (mut own_sum, mut rest) = (Decimal::ZERO, Decimal::ZERO);
        let mut exact = true;
        for one in &self.deployments {
            match &one.own {
                Some(own) if own.currency == exchange.to.currency => {
                    own_sum = exact::add(own_sum, own.held(one.deployment.budget_on))?;
                }
                own => {
                    exact &= own.is_none_or(|own| own.mark().is_empty());
                    rest = exact::add(rest, one.held())?;
                }
            }
        }
        let converted = exchange.convert(rest)?;
        Ok(Quotient {
            value: exact::add(own_sum, converted.value)?,
            exact: exact && converted.exact,
        })
    }
}

impl PastPlan {
    /// States what a plan cost before in the currency of `rates`; false where no rate converts to it.
    /// What was priced in that currency costs what it did.
    ///
    /// # Errors
    /// [`TooLarge`] when an amount does not fit.
    pub fn convert(&mut self, into: Currency, given: &[Fx]) -> Result<bool, TooLarge> {
        if self.currency == into {
            return Ok(true);
        }
        let Some(exchange) = Exchange::between(given, self.currency, into) else {
            return Ok(false);
        };
        self.held = Decimal::ZERO;
        for one in &mut self.deployments {
            (one.held, one.rate) = match one.own {
                Some(own) if own.currency == into => (own.amount, None),
                _ => {
                    let held = exchange.convert(one.held)?.value;
                    (held, Some(exchange.stated()))
                }
            };
            self.held = exact::add(self.held, one.held)?;
        }
        self.currency = into;
        Ok(true)
    }
}
