//! The charges of a quote with the discount taken off each, so that they add up to its total.

use rust_decimal::Decimal;

use super::pricing::{Pricing, pricing};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::quote::{LineItem, Quote};
use crate::billing::savings::{Payment, SavingsResult};
use crate::billing::term::Term;
use crate::billing::unit::Unit;

/// The kinds of charge of FOCUS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// Billed by what is used.
    Usage,
    /// Paid at the order.
    Purchase,
    /// Paid at the order and again at each renewal.
    Renewed,
    /// The part that a quota or package pays.
    Credit,
}

impl Category {
    /// A value of `ChargeCategory`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Usage => "Usage",
            Self::Purchase | Self::Renewed => "Purchase",
            Self::Credit => "Credit",
        }
    }

    /// A value of `ChargeFrequency`.
    pub fn frequency(self) -> &'static str {
        match self {
            Self::Usage | Self::Credit => "Usage-Based",
            Self::Purchase => "One-Time",
            Self::Renewed => "Recurring",
        }
    }

    fn of(item: &LineItem, quote: &Quote) -> Self {
        let monthly = |plan: &SavingsResult| plan.plan.payment == Payment::NoUpfront;
        let begins = |with: &str| item.id.starts_with(with);
        if begins("credit.") {
            Self::Credit
        } else if begins("package.") {
            Self::Purchase
        } else if begins("savings-plan.") {
            match quote.savings.as_deref().is_some_and(monthly) {
                true => Self::Renewed,
                false => Self::Purchase,
            }
        } else if begins("tokens.") || begins("ptu.overflow.") {
            Self::Usage
        } else {
            match quote.term {
                Term::PayAsYouGo => Self::Usage,
                Term::Subscription if is_renewed(item) => Self::Renewed,
                Term::Subscription => Self::Purchase,
            }
        }
    }
}

fn is_renewed(item: &LineItem) -> bool {
    item.factors.iter().any(|one| one.unit == Unit::Term)
}

/// A charge or credit of all of `count`.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    pub item: &'a LineItem,
    pub category: Category,
    /// `None` for a credit.
    pub pricing: Option<Pricing>,
    /// The cost at published prices; a credit is what it takes off.
    pub list: Decimal,
    pub billed: Decimal,
    /// The usage in the item's unit; `None` where nothing is metered.
    pub consumed: Option<Decimal>,
}

/// The charges and credits of `count` of a quote. What is billed adds up to `count` times the
/// quote's total.
pub fn lines(quote: &Quote, count: u64) -> Result<Vec<Line<'_>>, QuoteError> {
    let off = quote.items.iter().find(|item| item.id == DISCOUNT);
    let left = match off {
        Some(off) => exact::add(Decimal::ONE, off.unit_price.amount)?,
        None => Decimal::ONE,
    };
    let items = quote.items.iter().filter(|item| item.id != DISCOUNT);
    let items: Vec<&LineItem> = items.collect();
    let count = Decimal::from(count);
    items
        .iter()
        .zip(contracted(quote, &items, left)?)
        .map(|(item, contracted)| line(item, quote, left, contracted, count))
        .collect()
}

const DISCOUNT: &str = "discount";

/// The amount to pay for each item. A discount off amounts that are no finite decimal is rounded once
/// for all of them, so the last of these takes what is left of the total.
fn contracted(
    quote: &Quote,
    items: &[&LineItem],
    left: Decimal,
) -> Result<Vec<Decimal>, QuoteError> {
    let mut each: Vec<Decimal> = items
        .iter()
        .map(|item| exact::mul(item.amount, left))
        .collect::<Result<_, _>>()?;
    if let Some(last) = items.iter().rposition(|item| !item.exact) {
        let sum = exact::sum(each.iter().copied())?;
        let rounded = exact::sub(quote.total, sum)?;
        if let Some(amount) = each.get_mut(last) {
            *amount = exact::add(*amount, rounded)?;
        }
    }
    Ok(each)
}

fn line<'a>(
    item: &'a LineItem,
    quote: &Quote,
    left: Decimal,
    contracted: Decimal,
    count: Decimal,
) -> Result<Line<'a>, QuoteError> {
    let category = Category::of(item, quote);
    if category == Category::Credit {
        // A credit has no price of its own: all of its costs are what it takes off.
        let billed = exact::mul(contracted, count)?;
        return Ok(Line {
            item,
            category,
            pricing: None,
            list: billed,
            billed,
            consumed: None,
        });
    }
    let pricing = pricing(item, left, contracted, count)?;
    let consumed = match category {
        Category::Usage => Some(exact::mul(item.quantity.value, count)?),
        _ => None,
    };
    Ok(Line {
        item,
        category,
        list: pricing.list_cost()?,
        billed: pricing.contracted_cost()?,
        pricing: Some(pricing),
        consumed,
    })
}
