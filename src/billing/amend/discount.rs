//! A discount: a share off every charge, and off each amount that the quote speaks of.

use rust_decimal::Decimal;

use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::line::{Charge, LineItem};
use crate::billing::money::{Money, Percent};
use crate::billing::note::{FundingNote, Note, SaleNote, SavingsNote, Then, TraceNote};
use crate::billing::overdue::Outcome;
use crate::billing::quote::Quote;
use crate::billing::rule::Rule;
use crate::billing::unit::{Quantity, Unit, UnitPrice};

impl Quote {
    /// The quote with `percent` off every charge, as a line of its own. What a note or a
    /// cancellation says in money follows it.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly.
    pub fn discounted(mut self, percent: Percent) -> Result<Self, QuoteError> {
        let off = percent.factor()?;
        let left = exact::sub(Decimal::ONE, off)?;
        let money = Unit::Money(self.currency);
        let mut item = LineItem::new(Charge {
            id: "discount",
            description: format!("Discount of {}%", exact::plain(percent.value())),
            factors: vec![Quantity {
                value: self.total,
                unit: money,
            }],
            unit_price: UnitPrice {
                amount: exact::negate(off),
                per: 1,
                unit: money,
            },
            rule: Rule::Discount,
            source: None,
        })?;
        // Off an amount that was rounded, the discount is rounded at the same decimal: what they
        // leave is then exact wherever it ends.
        let rounded = exact::round_quotient(item.amount);
        if self.items.iter().any(|charge| !charge.exact) && rounded != item.amount {
            item.amount = rounded;
            item.exact = false;
            self.notes.push(Note::Inexact {
                rule: item.rule,
                decimals: exact::QUOTIENT_DECIMALS,
            });
        }
        self.total = exact::add(self.total, item.amount)?;
        self.items.push(item);
        if let Some(cancelled) = &mut self.cancellation {
            cancelled.paid = exact::mul(cancelled.paid, left)?;
            cancelled.charged = exact::mul(cancelled.charged, left)?;
            cancelled.refund = exact::mul(cancelled.refund, left)?;
        }
        if let Some(renewals) = &mut self.renewals {
            for term in &mut renewals.terms {
                term.cost = exact::mul(term.cost, left)?;
            }
        }
        if let Some(Outcome::Kept(kept)) = self.overdue.as_mut().map(|one| &mut one.outcome) {
            kept.billed.amount = exact::mul(kept.billed.amount, left)?;
        }
        if let Some(a_day) = self
            .funding
            .as_mut()
            .and_then(|paid| paid.per_day_after.as_mut())
        {
            *a_day = exact::mul(*a_day, left)?;
        }
        if self.savings.is_some() {
            let note = SavingsNote::before_discount();
            self.notes.push(Note::Savings(note));
        }
        // It stands beside the quote: where it has too many digits, it is not said.
        self.notes.retain_mut(|note| match note.plain_mut() {
            Note::Sale(SaleNote::ByTheMinute { other, less }) => {
                [other, less].into_iter().all(|money| {
                    let amount = exact::mul(money.amount, left);
                    amount.map(|amount| money.amount = amount).is_ok()
                })
            }
            _ => true,
        });
        for note in &mut self.notes {
            match note.plain_mut() {
                Note::Overdue {
                    exposure: money, ..
                }
                | Note::Funding {
                    what:
                        FundingNote::RunsOut {
                            then: Then::Costs(money),
                            ..
                        },
                    ..
                } => {
                    money.amount = exact::mul(money.amount, left)?;
                }
                Note::Scaling(scaling) => scaling.discount(left)?,
                Note::Tokens(note) => note.discount(left)?,
                Note::Trace {
                    what: TraceNote::Otherwise { total, .. },
                    ..
                } => {
                    // It stands beside the quote: where it has too many digits, it is not said.
                    *total = total.and_then(|money| {
                        let amount = exact::mul(money.amount, left).ok()?;
                        Some(Money { amount, ..money })
                    });
                }
                _ => {}
            }
        }
        Ok(self)
    }
}
