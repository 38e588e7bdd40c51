//! A quote with a savings plan: the lines of usage stay at list price, what the plan pays for is a credit, and
//! the commitment of its months is charged. What a free quota and packages pay for is not left for it.

use rust_decimal::Decimal;

use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::kind::{TokenKind, Tokens};
use crate::billing::line::{Charge, LineItem};
use crate::billing::note::{FundingNote, Note, SavingsNote, Then};
use crate::billing::number::grouped;
use crate::billing::offer::{Method, ModelRef, Rate};
use crate::billing::quote::{Parameters, Quote};
use crate::billing::rule::Rule;
use crate::billing::savings::{
    Months, Over, Payment, SavingsError, SavingsPlan, SavingsResult, Spent, Usage,
};
use crate::billing::unit::{Quantity, Unit, UnitPrice};

/// The id of a line of what a plan pays for.
const CREDIT: &str = "credit.savings-plan";
/// The id of the line of its price.
pub const COMMITMENT: &str = "savings-plan.commitment";

/// The usage of a quote, at list price.
///
/// # Errors
/// [`QuoteError::TooLarge`] when a sum does not fit.
pub fn usage(quote: &Quote) -> Result<Usage, QuoteError> {
    let sum = |is: &dyn Fn(&str) -> bool| {
        let items = quote.items.iter().filter(|item| is(item.id));
        exact::sum(items.map(|item| item.amount))
    };
    let of_cache = |kind: TokenKind| TokenKind::OF_A_CACHE.contains(&kind);
    let credit = |id: &str| id.starts_with("credit.") && id != CREDIT;
    Ok(Usage {
        fundable: sum(&|id| TokenKind::of_item(id).is_some_and(|kind| !of_cache(kind)))?,
        of_cache: sum(&|id| TokenKind::of_item(id).is_some_and(of_cache))?,
        funded: exact::negate(sum(&credit)?),
    })
}

/// The quote with a savings plan, for usage that is spread over a time.
///
/// # Errors
/// [`SavingsError::FineTuned`] for tokens that no plan pays for, and [`QuoteError::TooLarge`] when an amount
/// does not fit.
pub fn save(mut quote: Quote, plan: &SavingsPlan, over: Over) -> Result<Quote, QuoteError> {
    if let Parameters::Tokens {
        rate: Rate::FineTuned,
        ..
    } = quote.parameters
    {
        return Err(SavingsError::FineTuned.into());
    }
    let months = Months::of(usage(&quote)?, over)?;
    let spent = months.spend(plan.commitment, plan.factor)?;
    let lines = Lines {
        quote: &quote,
        plan,
        months: months.count,
        spent,
    };
    let credits: Vec<LineItem> = lines.credits()?;
    let commitment = lines.commitment()?;
    let covered = exact::negate(exact::sum(credits.iter().map(|item| item.amount))?);
    let of_others = exact::mul(spent.in_others.value, plan.factor)?;
    let deducted = exact::mul(plan.commitment, spent.used_up.into())?;
    let deducted = exact::add(deducted, exact::round_quotient(of_others))?;
    let result = SavingsResult {
        plan: plan.clone(),
        months: months.count,
        charged: commitment.amount,
        covered,
        beyond: exact::sub(months.billed, covered)?,
        unused: exact::sub(commitment.amount, deducted)?.max(Decimal::ZERO),
        committed: months.committed(plan)?,
    };
    quote.items.extend(credits);
    quote.items.push(commitment);
    for note in &mut quote.notes {
        if let Note::Tokens(note) = note.plain_mut() {
            note.funded = true;
        }
    }
    with_mode(&mut quote);
    let reserved = quote.method == Method::Ptu;
    let notes = SavingsNote::all(&result, over, quote.currency, reserved);
    quote.notes.extend(notes.map(Note::Savings));
    quote.savings = Some(Box::new(result));
    quote.summed()
}

/// The lines of one plan that pays for the tokens of several models, as a quote that names none. What these cost
/// with it is their quotes and this one, added up.
///
/// # Errors
/// As [`save`].
pub fn together(quotes: &[Quote], plan: &SavingsPlan, over: Over) -> Result<Quote, QuoteError> {
    let fine_tuned = |quote: &Quote| {
        let rate = Rate::FineTuned;
        matches!(quote.parameters, Parameters::Tokens { rate: one, .. } if one == rate)
    };
    if quotes.iter().any(fine_tuned) {
        return Err(SavingsError::FineTuned.into());
    }
    let first = quotes.first().ok_or(QuoteError::TooLarge)?;
    let items = quotes.iter().flat_map(|quote| &quote.items);
    let all = Quote {
        model: ModelRef {
            code: String::new(),
            name: String::new(),
            provider: first.model.provider.clone(),
            region: String::new(),
            region_name: String::new(),
            only_there: Vec::new(),
        },
        parameters: Parameters::Tokens {
            rate: Rate::Standard,
            other_rate: None,
            mode: None,
            tokens: Tokens::default(),
            requests: None,
            batch: false,
            cache: None,
            stream: None,
        },
        items: items.cloned().collect(),
        recorded: None,
        funding: None,
        notes: Vec::new(),
        ..first.clone()
    };
    let usage = all.items.len();
    let mut saved = save(all, plan, over)?;
    saved.items.drain(..usage);
    for note in &mut saved.notes {
        if let (Note::Savings(said), true) = (note, quotes.len() > 1) {
            said.of_several();
        }
    }
    saved.summed()
}

/// What the lines of a plan are made from.
struct Lines<'a> {
    quote: &'a Quote,
    plan: &'a SavingsPlan,
    months: u64,
    spent: Spent,
}

impl Lines<'_> {
    /// What the plan pays for: in months that use all of it up, and in the others.
    fn credits(&self) -> Result<Vec<LineItem>, QuoteError> {
        let Self { plan, spent, .. } = self;
        let money = Unit::Money(self.quote.currency);
        let mut credits = Vec::new();
        let both = spent.used_up > 0 && !spent.in_others.value.is_zero();
        let factor = exact::plain(plan.factor);
        if spent.used_up > 0 {
            // A price is for a whole number of units: what ¥0.86 pay for is 1, and 100 for ¥86.
            let normal = plan.factor.normalize();
            let scale = 10_u64.checked_pow(normal.scale());
            let per = u64::try_from(normal.mantissa()).map_err(|_| QuoteError::TooLarge)?;
            let amount = scale.map(Decimal::from).ok_or(QuoteError::TooLarge)?;
            let of = match both {
                true => ", months that use it up",
                false => "",
            };
            let used = exact::mul(plan.commitment, spent.used_up.into())?;
            credits.push(LineItem::new(Charge {
                id: CREDIT,
                description: format!("Savings plan, usage it pays for at {factor}{of}"),
                factors: vec![Quantity {
                    value: used,
                    unit: money,
                }],
                unit_price: UnitPrice {
                    amount: exact::negate(amount),
                    per,
                    unit: money,
                },
                rule: Rule::TokensSavingsPlan,
                source: Some(plan.source.clone()),
            })?);
        }
        if !spent.in_others.value.is_zero() {
            let of = if both { ", other months" } else { "" };
            let mut credit = LineItem::new(Charge {
                id: CREDIT,
                description: format!("Savings plan, usage it pays for{of}"),
                factors: vec![Quantity {
                    value: spent.in_others.value,
                    unit: money,
                }],
                unit_price: UnitPrice {
                    amount: Decimal::NEGATIVE_ONE,
                    per: 1,
                    unit: money,
                },
                rule: Rule::TokensSavingsPlan,
                source: Some(plan.source.clone()),
            })?;
            credit.exact &= spent.in_others.exact;
            credits.push(credit);
        }
        Ok(credits)
    }

    /// The price of the months.
    fn commitment(&self) -> Result<LineItem, QuoteError> {
        let plan = self.plan;
        let how = match plan.payment {
            Payment::AllUpfront => "all upfront",
            Payment::NoUpfront => "no upfront",
        };
        let term = grouped(plan.term_months.into(), 0);
        LineItem::new(Charge {
            id: COMMITMENT,
            description: format!("Savings plan for {term} months, {how}"),
            factors: vec![Quantity::of(self.months, Unit::Month)],
            unit_price: UnitPrice {
                amount: plan.commitment,
                per: 1,
                unit: Unit::Month,
            },
            rule: Rule::TokensSavingsPlan,
            source: Some(plan.source.clone()),
        })
    }
}

/// Says of a funded quote that the plan pays before money does, and no more what a day then costs: the plan
/// changes that from month to month.
fn with_mode(quote: &mut Quote) {
    let Some(funding) = &mut quote.funding else {
        return;
    };
    funding.per_day_after = None;
    // Money is the last of them.
    let at = funding.modes.len().saturating_sub(1);
    funding.modes.insert(at, "Savings plan".to_owned());
    for note in &mut quote.notes {
        if let Note::Funding {
            what: FundingNote::RunsOut { then, .. },
            ..
        } = note.plain_mut()
            && matches!(then, Then::Costs(_))
        {
            *then = Then::PlanPays;
        }
    }
}
