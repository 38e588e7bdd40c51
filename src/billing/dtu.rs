//! What ending a term of dedicated throughput units early costs.

use super::dedicated::EarlyEnd;
use super::error::QuoteError;
use super::exact;
use super::line::{Charge, LineItem};
use super::money::Money;
use super::note::{DtuNote, Note};
use super::ptu::{Length, Prices, Request};
use super::quote::{Cancellation, Quote};
use super::rule::Rule;
use super::term::{Increment, Span};
use super::unit::{Quantity, Unit, UnitPrice};

/// The days of a long month.
const LONGEST_MONTH: u64 = 31;

/// `quote`, which prices a whole term, where the term is ended after `span`: used days × factor × monthly price ÷
/// 30, and never more than was paid.
///
/// # Errors
/// [`QuoteError::EndedAfterTerm`] of more days than the term can have,
/// [`QuoteError::EarlyEndUnknown`] of a provider that does not say what it costs, [`QuoteError::TooLarge`] when an
/// amount does not fit a decimal exactly.
pub fn ended(
    mut quote: Quote,
    request: &Request,
    prices: &Prices,
    span: Span,
) -> Result<Quote, QuoteError> {
    let rule = prices.rules.dedicated.early_end;
    let EarlyEnd { factor, month_days } = rule.ok_or(QuoteError::EarlyEndUnknown)?;
    let used = Increment::Day.bill(span)?;
    if let Length::Months(months) = request.length
        && used.count > u64::from(months).saturating_mul(LONGEST_MONTH)
    {
        let days = used.count;
        return Err(QuoteError::EndedAfterTerm { days, months });
    }
    let paid = exact::sum(quote.items.iter().map(|item| item.amount))?;
    let money = |amount| Money {
        amount,
        currency: prices.currency,
    };
    let mut notes = Vec::new();
    if used.rounded_up {
        notes.push(Note::RoundedUp {
            rule: Rule::DtuEarlyEnd,
            span,
            billed: used,
            runs: 1,
        });
    }
    let mut by_days = Vec::new();
    for (unit, count) in prices.units.iter().zip(request.size.0) {
        // The catalog refuses a factor and a month whose quotient does not end, so the rate is exact.
        let rate = exact::div(exact::mul(factor, unit.price.amount)?, month_days)?;
        let unit_price = UnitPrice {
            amount: rate.value,
            per: unit.price.per,
            unit: Unit::CapacityDay,
        };
        notes.push(Note::Dtu(DtuNote::UsedDay {
            factor,
            monthly: money(unit.price.for_units(1)?),
            days: month_days,
            rate: money(unit_price.for_units(1)?),
        }));
        by_days.push(LineItem::new(Charge {
            id: "dtu.cancellation",
            description: "Ended early".to_owned(),
            factors: vec![Quantity::of(count, Unit::Capacity), used.quantity()],
            unit_price,
            rule: Rule::DtuEarlyEnd,
            source: Some(prices.source.clone()),
        })?);
    }
    let charged = exact::sum(by_days.iter().map(|item| item.amount))?;
    if charged > paid {
        for item in &mut quote.items {
            item.id = "dtu.cancellation";
            item.description = "Ended early".to_owned();
            item.rule = Rule::DtuEarlyEnd;
        }
    } else {
        quote.items = by_days;
    }
    let charged = charged.min(paid);
    let refund = exact::sub(paid, charged)?;
    if refund.is_zero() {
        notes.push(Note::Dtu(DtuNote::ChargeCapped));
    }
    quote.cancellation = Some(Cancellation {
        used_days: used.count,
        paid,
        charged,
        refund,
    });
    quote.notes.splice(0..0, notes);
    quote.summed()
}
