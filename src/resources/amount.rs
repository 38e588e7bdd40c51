//! The numbers of a file of resources: whole ones as TOML integers, any as strings, floats never.

use std::fmt;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use toml::Spanned;
use toml::value::Datetime;

use crate::billing::number::{MAX_COUNT, NumberError, parse_count, parse_decimal};
use crate::catalog::printable;

/// The most decimals of an amount: with [`MAX_COUNT`] they keep every product exact.
const MAX_DECIMALS: u32 = 9;
const EXPECTING: &str = "a number such as `300_000`, or a string such as `\"300k\"` or `\"1.5\"`";

/// An amount, not negative.
#[derive(Debug, Clone, Copy)]
pub struct Amount(pub Decimal);

impl Amount {
    fn parse(text: &str) -> Result<Self, NumberError> {
        match parse_count(text) {
            Ok(count) => Ok(Self(count.into())),
            Err(NumberError::NotWhole) => {
                let value = parse_decimal(text)?;
                let fits = value.normalize().scale() <= MAX_DECIMALS;
                if fits && value <= Decimal::from(MAX_COUNT) {
                    Ok(Self(value))
                } else {
                    Err(NumberError::TooLarge)
                }
            }
            Err(error) => Err(error),
        }
    }

    fn whole<E: Error>(number: i64) -> Result<Self, E> {
        let shown = |error: NumberError| E::custom(format!("`{number}` is {error}"));
        match u64::try_from(number) {
            Err(_) => Err(shown(NumberError::Negative)),
            Ok(count) if count > MAX_COUNT => Err(shown(NumberError::TooLarge)),
            Ok(count) => Ok(Self(count.into())),
        }
    }

    fn text<E: Error>(text: &str) -> Result<Self, E> {
        Self::parse(text).map_err(|error| match error {
            NumberError::TooLarge => E::custom(format!(
                "`{}` is too large or too long: the limit is 1,000,000,000,000,000 and 9 decimals",
                printable(text)
            )),
            error => E::custom(format!("`{}` is {error}", printable(text))),
        })
    }

    fn float<E: Error>() -> E {
        E::custom("a float loses digits: write the number as a string such as `\"1.5\"`")
    }
}

/// The methods of a visitor for what can be an amount.
macro_rules! visit_amount {
    ($wrap:expr) => {
        fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
            Amount::whole(number).map($wrap)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            Amount::text(text).map($wrap)
        }

        fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
            Err(Amount::float())
        }
    };
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AmountVisitor;
        impl Visitor<'_> for AmountVisitor {
            type Value = Amount;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(EXPECTING)
            }

            visit_amount!(|amount| amount);
        }
        deserializer.deserialize_any(AmountVisitor)
    }
}

/// Usage: a number, the numbers of several users, or readings.
#[derive(Debug)]
pub enum Used {
    /// `used = 300_000`.
    One(Amount),
    /// `used = [100_000, 200_000]` or `used = [{ on = 2026-11-01, value = 100_000 }]`.
    Several(Vec<Spanned<Part>>),
}

/// One of several.
#[derive(Debug)]
pub enum Part {
    /// The usage of one user.
    Amount(Amount),
    /// The usage of all users by the end of a day.
    Reading(ReadingTable),
}

/// `{ on = 2026-11-01, value = 100_000 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingTable {
    pub on: Spanned<Datetime>,
    pub value: Spanned<Amount>,
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PartVisitor;
        impl<'de> Visitor<'de> for PartVisitor {
            type Value = Part;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or a reading such as `{ on = 2026-11-01, value = 100_000 }`")
            }

            visit_amount!(Part::Amount);

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Part, A::Error> {
                ReadingTable::deserialize(MapAccessDeserializer::new(map)).map(Part::Reading)
            }
        }
        deserializer.deserialize_any(PartVisitor)
    }
}

impl<'de> Deserialize<'de> for Used {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct UsedVisitor;
        impl<'de> Visitor<'de> for UsedVisitor {
            type Value = Used;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number such as `300_000`, several of them, or readings")
            }

            visit_amount!(Used::One);

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Used, A::Error> {
                let mut parts = Vec::new();
                while let Some(part) = seq.next_element()? {
                    parts.push(part);
                }
                Ok(Used::Several(parts))
            }
        }
        deserializer.deserialize_any(UsedVisitor)
    }
}

/// Usage by the day: a number, or input and output tokens.
#[derive(Debug)]
pub enum PerDay {
    /// `usage_per_day = 20_000`.
    One(Amount),
    /// `usage_per_day = { input = 16_000, output = 4_000 }`.
    Split(SplitTable),
}

/// `{ input = 16_000, output = 4_000 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitTable {
    pub input: Spanned<Amount>,
    pub output: Spanned<Amount>,
}

impl<'de> Deserialize<'de> for PerDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PerDayVisitor;
        impl<'de> Visitor<'de> for PerDayVisitor {
            type Value = PerDay;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number such as `20_000`, or `{ input = 16_000, output = 4_000 }`")
            }

            visit_amount!(PerDay::One);

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PerDay, A::Error> {
                SplitTable::deserialize(MapAccessDeserializer::new(map)).map(PerDay::Split)
            }
        }
        deserializer.deserialize_any(PerDayVisitor)
    }
}
