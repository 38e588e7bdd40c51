//! What to know about units of capacity, and about the weights of tokens.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::Needs;
use crate::billing::error::QuoteError;
use crate::billing::exact::{self, plain, round2};
use crate::billing::kind::Tokens;
use crate::billing::meter::{Bracket, Meter, Meters, PerMeter, Weights};
use crate::billing::number::{grouped, spoken, whole};
use crate::billing::rule::Rule;
use crate::billing::units::{Asked, Size, Sold, UnitName, capacity};

/// Something about units, or about what a token counts. `Display` gives its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitsNote {
    /// What one unit adds, and what those that are bought hold.
    Hold {
        /// What a unit is called.
        name: String,
        /// The number that is bought.
        count: u64,
        /// Tokens a minute of one.
        one: Needs,
        /// Tokens a minute of all.
        all: Needs,
    },
    /// How many units hold tokens per minute that were asked for.
    OfTpm {
        /// Input tokens per minute.
        input_tpm: u64,
        /// Output tokens per minute.
        output_tpm: u64,
        /// The largest input of the calls that they are taken for, where a longer call weighs otherwise.
        up_to: Option<u64>,
        /// What they take.
        needs: Needs,
        /// The number of units that hold that, not rounded to what is sold.
        exact: Decimal,
        /// What a unit is called.
        name: String,
        /// The number that is bought.
        count: u64,
    },
    /// What a token counts of each meter.
    Weights(Meters),
}

impl UnitsNote {
    /// What a size of what is sold holds, and what a token counts of it.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a capacity does not fit.
    pub fn of(sold: &[Sold], meters: &Meters, size: Size) -> Result<Vec<Self>, QuoteError> {
        let mut said = Vec::new();
        if let Some((unit, name)) = named(sold) {
            let Size([count, _]) = size;
            let of = |tpm: PerMeter<u64>| Needs::of_tokens(meters, tpm.map(u128::from));
            said.push(Self::Hold {
                name,
                count,
                one: of(unit.adds),
                all: of(capacity(sold, size)?),
            });
        }
        let weights = || Self::Weights(meters.clone());
        said.extend((!meters.are_sides()).then(weights));
        Ok(said)
    }

    /// How many of the units that are sold hold what was asked for in tokens per minute; `None` where it was
    /// asked for as it is sold.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a number does not fit.
    pub fn of_asked(
        asked: Asked,
        sold: &[Sold],
        meters: &Meters,
        size: Size,
    ) -> Result<Option<Self>, QuoteError> {
        let (
            Asked::Sides {
                input_tpm,
                output_tpm,
            },
            Some((unit, name)),
        ) = (asked, named(sold))
        else {
            return Ok(None);
        };
        // Of calls as short as it takes: see `Asked::size`.
        let parts = meters.shares(Tokens::plain(input_tpm, output_tpm), u64::MAX);
        let mut exact = Decimal::ZERO;
        for (parts, of_one) in parts.into_iter().zip(meters.quota(unit.adds)) {
            let decimal = |number| Decimal::from_u128(number).ok_or(QuoteError::TooLarge);
            if of_one > 0 {
                let units = exact::ratio_or_rounded(decimal(parts)?, decimal(of_one)?)?;
                exact = exact.max(units.value);
            }
        }
        let ends = meters.iter().filter_map(|meter| meter.brackets().first());
        let Size([count, _]) = size;
        Ok(Some(Self::OfTpm {
            input_tpm,
            output_tpm,
            up_to: ends.filter_map(|bracket| bracket.up_to).min(),
            needs: Needs::of_tokens(meters, meters.whole(parts)),
            exact,
            name,
            count,
        }))
    }

    /// The rule by which it is said.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::Hold { .. } | Self::OfTpm { .. } => Rule::PtuUnits,
            Self::Weights(_) => Rule::PtuWeights,
        }
    }

    /// What a token counts of each meter: `input 1, cached input 0.1, output 6`.
    #[must_use]
    pub fn weights(meters: &Meters) -> String {
        let several = meters.iter().count() > 1;
        let of = |meter: &Meter| match several {
            true => format!("of {}, {}", meter.name(), of_meter(meter)),
            false => of_meter(meter),
        };
        meters.iter().map(of).collect::<Vec<String>>().join("; ")
    }
}

/// The unit of a product that is sold in units, and its name.
fn named(sold: &[Sold]) -> Option<(&Sold, String)> {
    match sold {
        [unit] => match &unit.name {
            UnitName::Named(_) | UnitName::Dedicated(_) => Some((unit, unit.name.to_string())),
            UnitName::InputTpm | UnitName::OutputTpm => None,
        },
        _ => None,
    }
}

impl fmt::Display for UnitsNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hold {
                name,
                count: 1,
                one,
                ..
            } => write!(f, "one {name} holds {one}"),
            Self::Hold {
                name,
                count,
                one,
                all,
            } => write!(
                f,
                "one {name} holds {one}, and {} {name} hold {all}",
                whole(*count)
            ),
            Self::OfTpm {
                input_tpm,
                output_tpm,
                up_to,
                needs,
                exact,
                name,
                count,
            } => {
                write!(
                    f,
                    "{} input and {} output TPM",
                    whole(*input_tpm),
                    whole(*output_tpm)
                )?;
                if let Some(end) = up_to {
                    write!(f, ", of calls with up to {} input tokens,", spoken(*end))?;
                }
                if needs.is_weighed() {
                    write!(f, " take {needs}")?;
                }
                let decimals = if exact.fract().is_zero() { 0 } else { 2 };
                let shown = grouped(round2(*exact), decimals);
                let units = match needs.is_weighed() {
                    true => format!(": {shown} {name}"),
                    false => format!(" are {shown} {name}"),
                };
                f.write_str(&units)?;
                match *exact == Decimal::from(*count) {
                    true => Ok(()),
                    false => write!(f, ", bought as {} {name}", whole(*count)),
                }
            }
            Self::Weights(meters) => {
                write!(f, "what a token counts: {}", Self::weights(meters))
            }
        }
    }
}

/// `input 1, output 6 up to 200K tokens of a call's input; input 2, output 9 beyond`.
fn of_meter(meter: &Meter) -> String {
    let one_for_all = meter.brackets().len() == 1;
    let bracket = |one: &Bracket| match one.up_to {
        Some(end) => format!(
            "{} up to {} tokens of a call's input",
            of_bracket(&one.weights),
            spoken(end)
        ),
        None if one_for_all => of_bracket(&one.weights),
        None if meter.is_of_whole_calls() => {
            format!("{} for all of a longer call", of_bracket(&one.weights))
        }
        None => format!("{} beyond", of_bracket(&one.weights)),
    };
    let brackets: Vec<String> = meter.brackets().iter().map(bracket).collect();
    brackets.join("; ")
}

/// The kinds that count, and those that count otherwise than as input.
fn of_bracket(weights: &Weights) -> String {
    let kinds = [
        ("input", weights.input, !weights.input.is_zero()),
        (
            "cached input",
            weights.cached,
            weights.cached != weights.input,
        ),
        (
            "cache write",
            weights.cache_write,
            weights.cache_write != weights.input,
        ),
        ("output", weights.output, !weights.output.is_zero()),
    ];
    let kinds = kinds.into_iter().filter(|(_, _, said)| *said);
    let kinds: Vec<String> = kinds
        .map(|(kind, weight, _)| format!("{kind} {}", plain(weight)))
        .collect();
    kinds.join(", ")
}
