//! A subscription of throughput by the day: ordered once, then scaled out and in.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::billing::downgrade::{At, Downgrade};
use crate::billing::early_end::EarlyEnd;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::line::{Charge, LineItem};
use crate::billing::money::{Currency, Money};
use crate::billing::note::{Otherwise, ScalingNote};
use crate::billing::number::capitalized;
use crate::billing::ptu::Prices;
use crate::billing::rule::Rule;
use crate::billing::term::Span;
use crate::billing::unit::{Quantity, Unit};
use crate::billing::units::{Size, Sold, UnitName};

/// What a change adds to a quote: lines for what is added or comes back, and notes that explain them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// The lines.
    pub items: Vec<LineItem>,
    /// The notes.
    pub notes: Vec<ScalingNote>,
}

/// A subscription that runs, all of it at list prices.
#[derive(Debug, Clone)]
pub struct Subscription {
    days: u64,
    /// The days of which `consumed` is the price.
    used: u64,
    size: Size,
    prices: Prices,
    paid: Decimal,
    consumed: Decimal,
    changed: bool,
    /// Whether some of it was bought at other prices than the order.
    mixed: bool,
}

impl Subscription {
    /// A subscription that is ordered now.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly,
    /// [`QuoteError::ScalingNotDocumented`] where the provider does not say how it is scaled.
    pub fn order(days: u64, size: Size, prices: Prices) -> Result<Self, QuoteError> {
        if !prices.rules.scales_by_day {
            return Err(QuoteError::ScalingNotDocumented);
        }
        Ok(Self {
            days,
            used: 0,
            size,
            paid: exact::mul(prices.per_period(size)?, days.into())?,
            prices,
            consumed: Decimal::ZERO,
            changed: false,
            mixed: false,
        })
    }

    /// Scales it to the size `to` after `used` days, at the prices of the day `on`, where that is known. A
    /// change to the size that it already has costs nothing.
    ///
    /// # Errors
    /// [`QuoteError`] where an amount does not fit, and where no document says what a change costs.
    pub fn change(
        &mut self,
        used: u64,
        to: Size,
        prices: &Prices,
        on: Option<NaiveDate>,
    ) -> Result<Change, QuoteError> {
        let at = At {
            used,
            days: self.days,
        };
        let from = self.size;
        let grows = !to.beyond(from).is_nothing();
        let shrinks = !from.beyond(to).is_nothing();
        self.use_up(used)?;
        let change = match (grows, shrinks) {
            // The two phases are sized alike: a line says that nothing is added.
            (false, false) => {
                let items = lines(Size::default(), at, prices, Kind::Added)?;
                let notes = Vec::new();
                return Ok(Change { items, notes });
            }
            (true, true) => return Err(QuoteError::ScaledBothWays { day: at.day() }),
            (true, false) => self.out(at, to, prices, on)?,
            (false, true) => self.shrink(at, to)?,
        };
        self.size = to;
        self.changed = true;
        Ok(change)
    }

    fn use_up(&mut self, used: u64) -> Result<(), QuoteError> {
        let since = used.saturating_sub(self.used);
        let cost = exact::mul(self.prices.per_period(self.size)?, since.into())?;
        self.consumed = exact::add(self.consumed, cost)?;
        self.used = used;
        Ok(())
    }

    fn out(
        &mut self,
        at: At,
        to: Size,
        prices: &Prices,
        on: Option<NaiveDate>,
    ) -> Result<Change, QuoteError> {
        let other = prices.units != self.prices.units;
        self.mixed |= other;
        let added = to.beyond(self.size);
        let items = lines(added, at, prices, Kind::Added)?;
        self.paid = exact::add(self.paid, sum(&items)?)?;
        let on = on.filter(|_| other);
        Ok(Change {
            items,
            notes: vec![ScalingNote::Out {
                at,
                on,
                rule: Kind::Added.rule(prices),
            }],
        })
    }

    fn shrink(&mut self, at: At, to: Size) -> Result<Change, QuoteError> {
        let day = at.day();
        if to.is_nothing() {
            return Err(QuoteError::ScaledToNothing { day });
        }
        if self.prices.speed().is_some() {
            return self.settle(at, to);
        }
        if self.mixed {
            return Err(QuoteError::ScaledInAtTwoPrices { day });
        }
        let downgrade = Downgrade {
            paid: self.paid,
            consumed: self.consumed,
            old_per_day: self.prices.per_period(self.size)?,
            new_per_day: self.prices.per_period(to)?,
        };
        let removed = self.size.beyond(to);
        let items = lines(removed, at, &self.prices, Kind::Refund)?;
        let refund = exact::negate(sum(&items)?);
        // All was bought at one price, so the formula gives what these lines say.
        let otherwise = self.otherwise(at, &downgrade, refund)?;
        self.paid = exact::sub(self.paid, refund)?;
        let note = ScalingNote::In {
            at,
            downgrade,
            refund: money(refund, self.prices.currency),
            otherwise,
        };
        Ok(Change {
            items,
            notes: vec![note],
        })
    }

    /// A throughput reservation that becomes smaller (`reservation.early-end`): what was used is settled, at more
    /// than its price in the first days, and the days to come are paid at the new size. The lines say the same side
    /// by side: what is given up for the days that are left, and the used days once more by what they count more.
    fn settle(&mut self, at: At, to: Size) -> Result<Change, QuoteError> {
        let day = at.day();
        let Some(EarlyEnd::Settled(rule)) = self.prices.rules.early_end else {
            return Err(QuoteError::ScalingNotDocumented);
        };
        if self.changed {
            return Err(QuoteError::ScaledInAfterChange { day });
        }
        let (old_per_day, new_per_day) = (
            self.prices.per_period(self.size)?,
            self.prices.per_period(to)?,
        );
        let refund = rule.scaled_in(self.paid, old_per_day, at, new_per_day)?;
        let factor = rule.factor_after(Span::hours(24).times(at.used)?)?;
        let used = exact::mul(exact::mul(old_per_day, at.used.into())?, factor)?;
        let to_come = exact::mul(new_per_day, at.left().into())?;
        let items = match refund.is_zero() {
            true => lines(Size::default(), at, &self.prices, Kind::Refund)?,
            false => {
                let mut items = lines(self.size.beyond(to), at, &self.prices, Kind::Refund)?;
                let more = exact::mul(exact::sub(factor, Decimal::ONE)?, at.used.into())?;
                if !more.is_zero() {
                    items.extend(used_more(self.size, more, &self.prices)?);
                }
                items
            }
        };
        let note = ScalingNote::Settled {
            at,
            paid: money(self.paid, self.prices.currency),
            factor,
            used: money(used, self.prices.currency),
            to_come: money(to_come, self.prices.currency),
            refund: money(refund, self.prices.currency),
        };
        self.paid = exact::sub(self.paid, refund)?;
        Ok(Change {
            items,
            notes: vec![note],
        })
    }

    /// What the page about reservations says of the same change, where an edition has its formula.
    fn otherwise(
        &self,
        at: At,
        downgrade: &Downgrade,
        refund: Decimal,
    ) -> Result<Option<Otherwise>, QuoteError> {
        let Some(EarlyEnd::Settled(rule)) = self.prices.rules.early_end else {
            return Ok(None);
        };
        if self.changed {
            return Ok(Some(Otherwise::NotDocumented));
        }
        let other = rule.scaled_in(
            downgrade.paid,
            downgrade.old_per_day,
            at,
            downgrade.new_per_day,
        )?;
        let differs = other != refund;
        let other = money(other, self.prices.currency);
        Ok(differs.then_some(Otherwise::Amount(other)))
    }
}

/// Whether a line is for throughput that is added or given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Added,
    Refund,
}

impl Kind {
    /// The rule of such a line.
    fn rule(self, prices: &Prices) -> Rule {
        match (prices.speed(), self) {
            (None, _) => Rule::DeployDowngrade,
            (Some(_), Self::Added) => Rule::ReservationExpansion,
            (Some(_), Self::Refund) => Rule::ReservationEarlyEnd,
        }
    }
}

/// A line for each side by what its used days count more than once.
fn used_more(size: Size, days: Decimal, prices: &Prices) -> Result<Vec<LineItem>, QuoteError> {
    let line = |(unit, count): (&Sold, u64)| {
        LineItem::new(Charge {
            id: match unit.name {
                UnitName::InputTpm => "ptu.used.input",
                UnitName::OutputTpm => "ptu.used.output",
                UnitName::Named(_) | UnitName::Dedicated(_) => "ptu.used.units",
            },
            description: capitalized(&format!("{} used, counted more", unit.name)),
            factors: vec![
                Quantity::of(count, unit.unit()),
                Quantity {
                    value: days,
                    unit: Unit::Day,
                },
            ],
            unit_price: unit.price,
            rule: Rule::ReservationEarlyEnd,
            source: Some(prices.source.clone()),
        })
    };
    let units = prices.units.iter().zip(size.0);
    units.filter(|(_, count)| *count > 0).map(line).collect()
}

/// A line for each side that changes, for the days that are left. What comes back is a negative
/// quantity at the price at which it was bought.
fn lines(size: Size, at: At, prices: &Prices, kind: Kind) -> Result<Vec<LineItem>, QuoteError> {
    let line = |(unit, count): (&Sold, u64)| {
        let name = &unit.name;
        let (id, description) = match (kind, name) {
            (Kind::Added, UnitName::InputTpm) => ("ptu.added.input", format!("{name} added")),
            (Kind::Added, UnitName::OutputTpm) => ("ptu.added.output", format!("{name} added")),
            (Kind::Added, UnitName::Named(_) | UnitName::Dedicated(_)) => {
                ("ptu.added.units", format!("{name} added"))
            }
            (Kind::Refund, UnitName::InputTpm) => ("ptu.refund.input", format!("refund of {name}")),
            (Kind::Refund, UnitName::OutputTpm) => {
                ("ptu.refund.output", format!("refund of {name}"))
            }
            (Kind::Refund, UnitName::Named(_) | UnitName::Dedicated(_)) => {
                ("ptu.refund.units", format!("refund of {name}"))
            }
        };
        let mut quantity = Quantity::of(count, unit.unit());
        if kind == Kind::Refund {
            quantity.value = exact::negate(quantity.value);
        }
        LineItem::new(Charge {
            id,
            description: capitalized(&description),
            factors: vec![quantity, Quantity::of(at.left(), Unit::Day)],
            unit_price: unit.price,
            rule: kind.rule(prices),
            source: Some(prices.source.clone()),
        })
    };
    let nothing = size.is_nothing();
    let units = prices.units.iter().zip(size.0);
    let units = units.filter(|(_, count)| nothing || *count > 0);
    units.map(line).collect()
}

fn sum(items: &[LineItem]) -> Result<Decimal, QuoteError> {
    Ok(exact::sum(items.iter().map(|item| item.amount))?)
}

fn money(amount: Decimal, currency: Currency) -> Money {
    Money { amount, currency }
}
