//! Units, quantities and unit prices: `28.8 per 10K TPM-hour`.

use std::fmt;

use rust_decimal::Decimal;

use super::exact::{self, Quotient, TooLarge};
use super::money::Currency;
use super::number::{parse_count, parse_decimal, spoken};

/// What a quantity is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Tokens.
    Token,
    /// Tokens per minute of reserved throughput.
    Tpm,
    /// Reserved throughput for a minute.
    TpmMinute,
    /// Reserved throughput for an hour.
    TpmHour,
    /// Reserved throughput for a day.
    TpmDay,
    /// Reserved throughput for a month.
    TpmMonth,
    /// Reserved throughput for a block of eight hours.
    TpmBlock,
    /// Units of capacity that are reserved.
    Capacity,
    /// A unit of capacity for a minute.
    CapacityMinute,
    /// A unit of capacity for an hour.
    CapacityHour,
    /// A unit of capacity for a day.
    CapacityDay,
    /// A unit of capacity for a month.
    CapacityMonth,
    /// A unit of capacity for a block of eight hours.
    CapacityBlock,
    /// A unit of capacity for a week.
    CapacityWeek,
    /// A unit of capacity for three months.
    CapacityQuarter,
    /// A unit of capacity for a year.
    CapacityYear,
    /// Replicas of a specification.
    Replica,
    /// A replica for a minute.
    ReplicaMinute,
    /// A replica for an hour.
    ReplicaHour,
    /// A replica for a day.
    ReplicaDay,
    /// A replica for a month.
    ReplicaMonth,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Months.
    Month,
    /// Blocks of eight hours.
    Block,
    /// Weeks.
    Week,
    /// Terms of three months.
    Quarter,
    /// Years.
    Year,
    /// Terms of a subscription, each charged by itself.
    Term,
    /// Purchases, each with one price.
    Purchase,
    /// Money itself, for what is a share of it.
    Money(Currency),
}

impl Unit {
    /// The name in JSON, CSV and the catalog: `TPM-hour`, `replica-minute`, `token`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Token => "token",
            Self::Tpm => "TPM",
            Self::TpmMinute => "TPM-minute",
            Self::TpmHour => "TPM-hour",
            Self::TpmDay => "TPM-day",
            Self::TpmMonth => "TPM-month",
            Self::TpmBlock => "TPM-block",
            Self::Capacity => "unit",
            Self::CapacityMinute => "unit-minute",
            Self::CapacityHour => "unit-hour",
            Self::CapacityDay => "unit-day",
            Self::CapacityMonth => "unit-month",
            Self::CapacityBlock => "unit-block",
            Self::CapacityWeek => "unit-week",
            Self::CapacityQuarter => "unit-quarter",
            Self::CapacityYear => "unit-year",
            Self::Replica => "replica",
            Self::ReplicaMinute => "replica-minute",
            Self::ReplicaHour => "replica-hour",
            Self::ReplicaDay => "replica-day",
            Self::ReplicaMonth => "replica-month",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Block => "block",
            Self::Week => "week",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Term => "term",
            Self::Purchase => "purchase",
            Self::Money(currency) => currency.code(),
        }
    }

    /// Reads a unit that a catalog can price, singular or plural.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "token" | "tokens" => Self::Token,
            "TPM" => Self::Tpm,
            "TPM-hour" | "TPM-hours" => Self::TpmHour,
            "TPM-day" | "TPM-days" => Self::TpmDay,
            "TPM-month" | "TPM-months" => Self::TpmMonth,
            "unit-hour" | "unit-hours" => Self::CapacityHour,
            "unit-day" | "unit-days" => Self::CapacityDay,
            "unit-month" | "unit-months" => Self::CapacityMonth,
            "unit-minute" | "unit-minutes" => Self::CapacityMinute,
            "unit-block" | "unit-blocks" => Self::CapacityBlock,
            "unit-week" | "unit-weeks" => Self::CapacityWeek,
            "unit-quarter" | "unit-quarters" => Self::CapacityQuarter,
            "unit-year" | "unit-years" => Self::CapacityYear,
            "replica-hour" | "replica-hours" => Self::ReplicaHour,
            "replica-month" | "replica-months" => Self::ReplicaMonth,
            _ => return None,
        })
    }

    /// The unit of a product, where it is one that is billed: TPM × hour is TPM-hour.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Tpm, Self::Minute) => Self::TpmMinute,
            (Self::Tpm, Self::Hour) => Self::TpmHour,
            (Self::Tpm, Self::Day) => Self::TpmDay,
            (Self::Tpm, Self::Month) => Self::TpmMonth,
            (Self::Tpm, Self::Block) => Self::TpmBlock,
            (Self::Capacity, Self::Minute) => Self::CapacityMinute,
            (Self::Capacity, Self::Hour) => Self::CapacityHour,
            (Self::Capacity, Self::Day) => Self::CapacityDay,
            (Self::Capacity, Self::Month) => Self::CapacityMonth,
            (Self::Capacity, Self::Block) => Self::CapacityBlock,
            (Self::Capacity, Self::Week) => Self::CapacityWeek,
            (Self::Capacity, Self::Quarter) => Self::CapacityQuarter,
            (Self::Capacity, Self::Year) => Self::CapacityYear,
            (Self::Replica, Self::Minute) => Self::ReplicaMinute,
            (Self::Replica, Self::Hour) => Self::ReplicaHour,
            (Self::Replica, Self::Day) => Self::ReplicaDay,
            (Self::Replica, Self::Month) => Self::ReplicaMonth,
            _ => return None,
        })
    }
}

/// A number of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// The number, exactly.
    pub value: Decimal,
    /// What it is a number of.
    pub unit: Unit,
}

impl Quantity {
    /// `count` of `unit`.
    #[must_use]
    pub fn of(count: u64, unit: Unit) -> Self {
        Self {
            value: Decimal::from(count),
            unit,
        }
    }
}

/// A price and what it is for: ¥28.8 per 10,000 TPM-hours. The currency is the quote's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitPrice {
    /// The price, not negative except for credits and discounts.
    pub amount: Decimal,
    /// How many units it buys; at least 1.
    pub per: u64,
    /// The unit it is for.
    pub unit: Unit,
}

impl UnitPrice {
    /// Reads `28.8 per 10K TPM-hour`, `432 per replica-hour`, `0.002 per 1K tokens`.
    ///
    /// # Errors
    /// A sentence about what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (amount, rest) = text
            .split_once(" per ")
            .ok_or("a price says what it is for, as in `28.8 per 10K TPM-hour`")?;
        let amount = parse_decimal(amount).map_err(|error| format!("the price is {error}"))?;
        let (per, unit) = match rest.split_once(' ') {
            Some((per, unit)) => {
                let per = parse_count(per).map_err(|error| format!("the size is {error}"))?;
                (per, unit)
            }
            None => (1, rest),
        };
        if !is_power_of_ten(per) {
            return Err("a price is per 1, 10, 100, 1K, … units".to_owned());
        }
        let unit = Unit::parse(unit).ok_or(
            "a price is per `TPM-hour`, `TPM-day`, `TPM-month`, `unit-minute`, `unit-hour`, `unit-block`, `unit-day`, `unit-week`, `unit-month`, `unit-year`, `replica-hour`, `replica-month` or `token`",
        )?;
        Ok(Self { amount, per, unit })
    }

    /// The same price for `per` units instead: ¥0.002 per 1K tokens is ¥2 per 1M.
    ///
    /// # Errors
    /// [`TooLarge`] when the number does not fit or does not end.
    pub fn for_units(&self, per: u64) -> Result<Decimal, TooLarge> {
        let product = exact::mul(self.amount, Decimal::from(per))?;
        let quotient = exact::div(product, self.per)?;
        if quotient.exact {
            Ok(quotient.value)
        } else {
            Err(TooLarge)
        }
    }

    /// Whether a unit costs less than by another price of the same unit.
    ///
    /// # Errors
    /// [`TooLarge`] when a product does not fit.
    pub fn is_below(&self, other: Self) -> Result<bool, TooLarge> {
        let own = exact::mul(self.amount, Decimal::from(other.per))?;
        Ok(own < exact::mul(other.amount, Decimal::from(self.per))?)
    }

    /// The amount for `quantity` of this price's unit: multiplied first, divided last, once.
    ///
    /// # Errors
    /// [`TooLarge`] when the product does not fit a decimal.
    pub fn amount_for(&self, quantity: Decimal) -> Result<Quotient, TooLarge> {
        exact::div(exact::mul(quantity, self.amount)?, self.per)
    }
}

impl fmt::Display for UnitPrice {
    /// Without a currency, as the catalog writes it: `28.8 per 10K TPM-hour`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", exact::plain(self.amount), self.basis())
    }
}

impl UnitPrice {
    /// What the price is for, as one says it: `per 10K TPM-hour`, `per replica-hour`.
    #[must_use]
    pub fn basis(&self) -> String {
        // A price by the hour stays one when time is counted in minutes.
        let (per, unit) = match (self.unit, self.per.is_multiple_of(60)) {
            (Unit::ReplicaMinute, true) => (self.per.checked_div(60), Unit::ReplicaHour),
            (Unit::TpmMinute, true) => (self.per.checked_div(60), Unit::TpmHour),
            (Unit::CapacityMinute, true) => (self.per.checked_div(60), Unit::CapacityHour),
            (unit, _) => (Some(self.per), unit),
        };
        let plural = if unit == Unit::Token { "s" } else { "" };
        match per {
            Some(1) if unit == Unit::Token => "per token".to_owned(),
            Some(1) => format!("per {}", unit.name()),
            per => format!(
                "per {} {}{plural}",
                spoken(per.unwrap_or(self.per)),
                unit.name()
            ),
        }
    }
}

fn is_power_of_ten(mut number: u64) -> bool {
    while number.is_multiple_of(10) && number > 0 {
        number = number.checked_div(10).unwrap_or(0);
    }
    number == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_with_their_unit() {
        let price = UnitPrice::parse("28.8 per 10K TPM-hour").unwrap();
        assert_eq!((price.per, price.unit), (10_000, Unit::TpmHour));
        assert_eq!(price.to_string(), "28.8 per 10K TPM-hour");
        let replica = UnitPrice::parse("432 per replica-hour").unwrap();
        assert_eq!(replica.to_string(), "432 per replica-hour");
        let tokens = UnitPrice::parse("0.002 per 1K tokens").unwrap();
        assert_eq!(tokens.to_string(), "0.002 per 1K tokens");
        assert_eq!(exact::plain(tokens.for_units(1_000_000).unwrap()), "2");
    }

    #[test]
    fn prices_without_a_unit_or_with_an_odd_one_are_refused() {
        for text in [
            "28.8",
            "28.8 per",
            "-1 per 1K tokens",
            "1e3 per token",
            "28.8 per 3K tokens",
            "28.8 per 0 tokens",
            "28.8 per 1K bananas",
            "28.8  per 1K tokens",
            " per token",
        ] {
            assert!(UnitPrice::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_hourly_price_by_the_minute_is_still_said_by_the_hour() {
        let price = UnitPrice {
            amount: Decimal::from(108),
            per: 60,
            unit: Unit::ReplicaMinute,
        };
        assert_eq!(price.to_string(), "108 per replica-hour");
        let amount = price.amount_for(Decimal::from(273)).unwrap();
        assert_eq!(exact::plain(amount.value), "491.4");
    }
}
