//! A row of prices as what it says, whatever it is a price of: so that rows can be listed through time, and
//! two of them compared.

use rust_decimal::Decimal;

use super::exact::{self, TooLarge};
use super::offer::Source;
use super::unit::UnitPrice;

/// What a row is a price of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Provisioned throughput, or its units.
    Ptu,
    /// Reserved throughput at standard speed.
    Reservation,
    /// Dedicated throughput units.
    Dtu,
    /// Model units.
    Mu,
    /// Tokens of fine-tuned models.
    FineTuned,
    /// Tokens of ordinary calls.
    Standard,
}

impl Way {
    /// Every way, in the order of a price card.
    pub const ALL: [Self; 6] = [
        Self::Ptu,
        Self::Reservation,
        Self::Dtu,
        Self::Mu,
        Self::FineTuned,
        Self::Standard,
    ];

    /// The name in JSON and CSV.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ptu => "ptu",
            Self::Reservation => "reservation",
            Self::Dtu => "dtu",
            Self::Mu => "mu",
            Self::FineTuned => "fine-tuned",
            Self::Standard => "standard",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Ptu => "Provisioned throughput (PTU)",
            Self::Reservation => "Throughput reservation, standard speed",
            Self::Dtu => "Dedicated throughput units (DTU)",
            Self::Mu => "Model units (MU)",
            Self::FineTuned => "Tokens of fine-tuned models",
            Self::Standard => "Tokens of ordinary calls",
        }
    }
}

/// A row of prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRow {
    /// What it is a price of.
    pub way: Way,
    /// The specification, where there are several of the way; else empty.
    pub variant: String,
    /// What it says, each by a name of its own.
    pub facts: Vec<Fact>,
    /// Where it was read, and when it was in force.
    pub source: Source,
}

/// Something that a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// `input by the hour`, `maximum input`, …
    pub name: String,
    /// What it says of that.
    pub value: Value,
    /// Where that was read, if not with the others.
    pub source: Option<Source>,
}

/// What a row says of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A price, in the currency of its provider.
    Price(UnitPrice),
    /// A limit, weights, a step.
    Text(String),
}

/// Something that two rows say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactChange {
    /// The name that both have for it.
    pub name: String,
    /// What the older row says; `None` where it says nothing of it.
    pub old: Option<Value>,
    /// What the newer row says.
    pub new: Option<Value>,
}

impl PriceRow {
    /// What another row of the same offer says otherwise, in the order of the newer.
    #[must_use]
    pub fn changes_to(&self, newer: &Self) -> Vec<FactChange> {
        let find = |facts: &[Fact], name: &str| {
            let found = facts.iter().find(|fact| fact.name == name);
            found.map(|fact| fact.value.clone())
        };
        let gone = self.facts.iter();
        let gone = gone.filter(|fact| find(&newer.facts, &fact.name).is_none());
        let names = newer.facts.iter().chain(gone).map(|fact| &fact.name);
        let changes = names.map(|name| FactChange {
            name: name.clone(),
            old: find(&self.facts, name),
            new: find(&newer.facts, name),
        });
        changes.filter(|change| !change.is_same()).collect()
    }

    /// All that it says, as what came or, turned around, what went.
    #[must_use]
    pub fn as_new(&self) -> Vec<FactChange> {
        let facts = self.facts.iter();
        let changes = facts.map(|fact| FactChange {
            name: fact.name.clone(),
            old: None,
            new: Some(fact.value.clone()),
        });
        changes.collect()
    }
}

impl FactChange {
    /// What went, where this is what came.
    #[must_use]
    pub fn turned(self) -> Self {
        Self {
            old: self.new,
            new: self.old,
            ..self
        }
    }

    /// Whether both say the same: a price for 10K is that for 1K, written otherwise.
    fn is_same(&self) -> bool {
        match (&self.old, &self.new) {
            (Some(Value::Price(old)), Some(Value::Price(new))) => is_same(*old, *new),
            (old, new) => old == new,
        }
    }

    /// The change in percent of the old price, rounded; `None` where either is none, or the old one is 0.
    ///
    /// # Errors
    /// [`TooLarge`] when it does not fit.
    pub fn percent(&self) -> Result<Option<Decimal>, TooLarge> {
        match (&self.old, &self.new) {
            (Some(Value::Price(old)), Some(Value::Price(new))) => percent(*old, *new),
            _ => Ok(None),
        }
    }
}

/// Whether both prices are the same: one for 10K is that for 1K, written otherwise.
#[must_use]
pub fn is_same(one: UnitPrice, other: UnitPrice) -> bool {
    let same_unit = one.unit == other.unit;
    one == other || same_unit && products(one, other).is_ok_and(|(one, other)| one == other)
}

/// By how many percent a price of the same unit is above another, rounded; `None` where that is 0.
///
/// # Errors
/// [`TooLarge`] when it does not fit.
pub fn percent(old: UnitPrice, new: UnitPrice) -> Result<Option<Decimal>, TooLarge> {
    if old.unit != new.unit || old.amount.is_zero() {
        return Ok(None);
    }
    let (old, new) = products(old, new)?;
    let hundredfold = exact::mul(exact::sub(new, old)?, Decimal::ONE_HUNDRED)?;
    Ok(Some(exact::ratio_or_rounded(hundredfold, old)?.value))
}

/// Both prices for the same number of units.
fn products(old: UnitPrice, new: UnitPrice) -> Result<(Decimal, Decimal), TooLarge> {
    Ok((
        exact::mul(old.amount, Decimal::from(new.per))?,
        exact::mul(new.amount, Decimal::from(old.per))?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(old: &str, new: &str) -> FactChange {
        let price = |text| Some(Value::Price(UnitPrice::parse(text).unwrap()));
        FactChange {
            name: "input".to_owned(),
            old: price(old),
            new: price(new),
        }
    }

    #[test]
    fn a_price_for_more_units_is_the_same_price() {
        assert!(change("0.002 per 1K tokens", "2 per 1M tokens").is_same());
        let other = change("0.002 per 1K tokens", "3 per 1M tokens");
        assert!(!other.is_same());
        assert_eq!(other.percent().unwrap(), Some(Decimal::from(50)));
        let unit = change("2 per 1K TPM-hour", "2 per 1K TPM-day");
        assert!(!unit.is_same());
        assert_eq!(unit.percent().unwrap(), None);
        assert_eq!(
            change("0 per token", "1 per token").percent().unwrap(),
            None
        );
    }
}
