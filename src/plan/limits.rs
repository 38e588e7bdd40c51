//! The limits of a plan in its currency, where they are written in another.

use super::priced::PricedPlan;
use super::problem::Problem;
use super::text::Increase;
use crate::billing::amount::Amount;
use crate::billing::error::QuoteError;
use crate::billing::exact::TooLarge;
use crate::billing::fx::Fx;
use crate::billing::money::Currency;
use crate::order::missing_rate;

/// States every limit in the currency of the plan, and complains of those that no rate converts.
pub fn limits_in_it(priced: &mut PricedPlan, given: &[Fx], problems: &mut Vec<Problem>) {
    // Without a price nothing says which currency the plan has.
    if priced.deployments.is_empty() {
        return;
    }
    let into = priced.currency;
    let mut hold = |amount: &mut Amount, key: &str, at: usize| {
        if let Err(message) = state(amount, key, into, given) {
            problems.push(Problem { at, message });
        }
    };
    let budget = &mut priced.budget;
    if let Some(total) = &mut budget.total {
        hold(total, "total", budget.total_at);
    }
    if let Some(Increase::Amount(more)) = &mut budget.increase {
        hold(more, "increase", budget.increase_at);
    }
    for one in &mut priced.deployments {
        let own = &mut one.deployment;
        if let Some(limit) = &mut own.budget {
            hold(limit, "budget", own.budget_at);
        }
    }
}

fn state(amount: &mut Amount, key: &str, into: Currency, given: &[Fx]) -> Result<(), String> {
    let Some(said) = amount.other_than(into) else {
        return Ok(());
    };
    match amount.converted(into, given) {
        Ok(Some(held)) => {
            *amount = held;
            Ok(())
        }
        Ok(None) => Err(format!(
            "`{key}` is in {said}, and the plan is priced in {into}: write it in {into}, or say what 1 {said} is in {into}, as {}, or as `fx` of the plan",
            missing_rate(said, into)
        )),
        Err(TooLarge) => Err(QuoteError::TooLarge.to_string()),
    }
}
