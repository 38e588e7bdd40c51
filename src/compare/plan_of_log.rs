//! One savings plan for the ordinary calls of several models of a log, where that costs less than these calls.
//!
//! A plan pays for all models, each at the factor of its group. In which order it pays for models of several
//! groups is not documented, so it is sized for those of one group: the group with which most is saved.

use rust_decimal::Decimal;

use super::{Kind, Request, Row};
use crate::billing::amend::save::usage;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::money::Money;
use crate::billing::savings::{Months, Over, Payment, Usage, best};
use crate::billing::term::months;
use crate::catalog::Model;

/// A plan, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanOfLog {
    /// The codes of the models whose calls it is sized for.
    pub models: Vec<String>,
    /// The commitment a month.
    pub commitment: Money,
    /// Months of the term, all paid up front.
    pub term_months: u32,
    /// What these calls cost with it, in the time that the log is taken for.
    pub cost: Money,
    /// What they cost without.
    pub instead_of: Money,
}

/// Models of a provider that one plan is for: the provider, the number of the plan's group, each with its row.
type Group<'a> = (&'a str, usize, Vec<(&'a Model, &'a Row)>);

/// The plan with which most is saved. `rows` are the models whose best way is ordinary calls, each with that row,
/// of a log that is taken for so many minutes.
///
/// # Errors
/// [`QuoteError::TooLarge`] when an amount does not fit.
pub fn plan_of(
    request: &Request<'_>,
    rows: &[(&Model, &Row)],
    (minutes, stated): (u64, u64),
) -> Result<Option<PlanOfLog>, QuoteError> {
    // What a plan pays for is counted by the month, and the calls of a longer log are not told apart by theirs.
    if months::covering_minutes(minutes) > 1 || request.fine_tuned {
        return Ok(None);
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (model, row) in rows.iter().filter(|(_, row)| row.kind == Kind::Standard) {
        let Ok(provider) = request.catalog.provider(model) else {
            continue;
        };
        let Ok(rules) = provider.savings_on(request.as_of) else {
            continue;
        };
        let Some(group) = rules.group_of(&model.code, &model.family) else {
            continue;
        };
        let same = |known: &&mut Group<'_>| (known.0, known.1) == (&*provider.id, group);
        match groups.iter_mut().find(same) {
            Some((.., of)) => of.push((model, row)),
            None => groups.push((&provider.id, group, vec![(model, row)])),
        }
    }
    let mut found: Option<PlanOfLog> = None;
    for (_, group, of) in groups {
        let plan = of_group(request, group, &of, stated)?;
        let saved = |plan: &PlanOfLog| exact::sub(plan.instead_of.amount, plan.cost.amount);
        let Some(plan) = plan else { continue };
        let more = match &found {
            Some(known) => saved(&plan)? > saved(known)?,
            None => true,
        };
        if more {
            found = Some(plan);
        }
    }
    Ok(found)
}

fn of_group(
    request: &Request<'_>,
    group: usize,
    of: &[(&Model, &Row)],
    stated: u64,
) -> Result<Option<PlanOfLog>, QuoteError> {
    let Some((first, row)) = of.first() else {
        return Ok(None);
    };
    let Some(rules) = request
        .catalog
        .provider(first)
        .ok()
        .and_then(|one| one.savings_on(request.as_of).ok())
    else {
        return Ok(None);
    };
    let mut all = Usage {
        fundable: Decimal::ZERO,
        of_cache: Decimal::ZERO,
        funded: Decimal::ZERO,
    };
    for (_, row) in of {
        let one = usage(row.as_priced())?;
        all.fundable = exact::add(all.fundable, one.fundable)?;
        all.of_cache = exact::add(all.of_cache, one.of_cache)?;
        all.funded = exact::add(all.funded, one.funded)?;
    }
    let months = Months::of(all, Over::Minutes(stated))?;
    let Some(best) = best(rules, group, 0, Payment::AllUpfront, &months)? else {
        return Ok(None);
    };
    let currency = row.as_priced().currency;
    let discounted = |amount: Decimal| -> Result<Money, QuoteError> {
        let amount = match request.discount {
            Some(percent) => exact::mul(amount, exact::sub(Decimal::ONE, percent.factor()?)?)?,
            None => amount,
        };
        Ok(Money { amount, currency })
    };
    Ok(Some(PlanOfLog {
        models: of.iter().map(|(model, _)| model.code.clone()).collect(),
        commitment: Money {
            amount: best.asked.commitment,
            currency,
        },
        term_months: best.asked.term_months.unwrap_or_default(),
        cost: discounted(best.cost)?,
        instead_of: discounted(months.billed)?,
    }))
}
