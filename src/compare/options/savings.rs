//! Ordinary calls with the savings plan that costs least for them: of the shortest term, paid up front. Where
//! none costs less than the calls alone, it is no option.

use rust_decimal::Decimal;

use super::{Missing, Priced};
use crate::billing::amend::save::{save, usage};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::money::Money;
use crate::billing::savings::{Best, Months, Over, Payment, SavingsError, SavingsRules, best};
use crate::catalog::{Model, in_force};
use crate::compare::{Basis, Caveat, Longest, Request};

const PAYMENT: Payment = Payment::AllUpfront;

/// Whether its provider sells savings plans, and ordinary calls of the model have a price.
pub fn is_sold(request: &Request, model: &Model) -> bool {
    let provider = request.catalog.provider(model);
    if !request.savings_plans {
        return false;
    }
    let sold = provider.is_ok_and(|provider| provider.savings_on(request.as_of).is_ok());
    sold && in_force(&model.standard, request.as_of).is_some()
}

/// The same calls with the plan that costs least. A number of the plan that does not fit concerns no other way.
pub fn with_plan(
    request: &Request,
    model: &Model,
    calls: Priced,
    over: Over,
) -> Result<Priced, Missing> {
    match cheapest(request, model, calls, over) {
        Err(Missing::Failed(error)) => Err(Missing::NoPrice(error.to_string())),
        found => found,
    }
}

fn cheapest(
    request: &Request,
    model: &Model,
    (quote, basis, mut caveats): Priced,
    over: Over,
) -> Result<Priced, Missing> {
    if request.fine_tuned {
        return Err(QuoteError::from(SavingsError::FineTuned).into());
    }
    let provider = request.catalog.provider(model)?;
    let rules = provider
        .savings_on(request.as_of)
        .map_err(QuoteError::from)?;
    let (code, family) = (&model.code, &model.family);
    let no_factor = || {
        QuoteError::from(SavingsError::NoFactor {
            model: code.clone(),
            family: family.clone(),
        })
    };
    let group = rules.group_of(code, family).ok_or_else(no_factor)?;
    let months = Months::of(usage(&quote)?, over)?;
    let Some(cheapest) = best(rules, group, 0, PAYMENT, &months)? else {
        return Err(Missing::NoPrice(never_less(rules, group)));
    };
    let plan = rules.plan(cheapest.asked, code, family);
    let plan = plan.map_err(QuoteError::from)?;
    // All but the plan and what it is for costs the same.
    let beside = exact::sub(quote.total, months.billed).map_err(QuoteError::from)?;
    let last = rules.terms.len().saturating_sub(1);
    let longest = match last {
        0 => None,
        last => best(rules, group, last, PAYMENT, &months)?,
    };
    let currency = quote.currency;
    let left = |amount: Decimal| -> Result<Money, QuoteError> {
        let amount = match request.discount {
            Some(percent) => exact::mul(amount, exact::sub(Decimal::ONE, percent.factor()?)?)?,
            None => amount,
        };
        Ok(Money { amount, currency })
    };
    let of_longest = |best: Best| -> Result<Longest, QuoteError> {
        Ok(Longest {
            term_months: best.asked.term_months.unwrap_or_default(),
            commitment: Money {
                amount: best.asked.commitment,
                currency,
            },
            total: left(exact::add(best.cost, beside)?)?,
        })
    };
    caveats.push(Caveat::SavingsPlan {
        term_months: plan.term_months,
        commitment: Money {
            amount: plan.commitment,
            currency,
        },
        committed: left(months.committed(&plan)?)?,
        longest: longest.map(of_longest).transpose()?,
    });
    let quote = save(quote, &plan, over)?;
    let basis = match basis {
        Basis::Tokens {
            prices,
            funding,
            service,
            ..
        } => Basis::Tokens {
            prices,
            funding,
            service,
            savings: Some((Box::new(plan), over)),
        },
        other => other,
    };
    Ok((quote, basis, caveats))
}

/// Why no plan is an option.
fn never_less(rules: &SavingsRules, group: usize) -> String {
    let factors = rules
        .bands
        .iter()
        .filter_map(|band| band.factors.get(group));
    let never = factors.flatten().all(|factor| *factor >= Decimal::ONE);
    match never {
        true => "the factor of its group is 1, so a commitment pays for no more than it costs",
        false => "no commitment costs less than the calls alone",
    }
    .to_owned()
}
