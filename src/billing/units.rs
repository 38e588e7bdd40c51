//! The units in which a reservation is bought: each adds capacity to one meter or to several.

use std::fmt;

use super::dedicated;
use super::error::QuoteError;
use super::kind::Tokens;
use super::meter::{METERS, Meters, PerMeter};
use super::number::spoken;
use super::unit::{Unit, UnitPrice};

/// How much is bought of each unit, in the order in which they are sold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Size(pub [u64; METERS]);

impl Size {
    /// Whether nothing is bought.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }

    /// What is more in this than in `other`, of each unit.
    #[must_use]
    pub fn beyond(self, other: Self) -> Self {
        let Self([one, two]) = self;
        let Self([less_one, less_two]) = other;
        Self([one.saturating_sub(less_one), two.saturating_sub(less_two)])
    }
}

/// What a unit is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitName {
    /// A token of input a minute.
    InputTpm,
    /// A token of output a minute.
    OutputTpm,
    /// A unit with a name of its own: `GSU`.
    Named(String),
    /// A dedicated throughput unit of a specification: `Fast`.
    Dedicated(String),
}

impl UnitName {
    /// The end of the id of its line items: `input`.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::InputTpm => "input",
            Self::OutputTpm => "output",
            Self::Named(_) | Self::Dedicated(_) => "units",
        }
    }
}

impl fmt::Display for UnitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InputTpm => "input throughput",
            Self::OutputTpm => "output throughput",
            Self::Named(name) => name,
            Self::Dedicated(_) => dedicated::NAME,
        })
    }
}

/// The specification of dedicated throughput units, where these are sold.
#[must_use]
pub fn spec(sold: &[Sold]) -> Option<&str> {
    sold.iter().find_map(|unit| match &unit.name {
        UnitName::Dedicated(spec) => Some(spec.as_str()),
        _ => None,
    })
}

/// A unit as it is sold for a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold {
    /// What it is called.
    pub name: UnitName,
    /// Tokens per minute that one of it adds to each meter.
    pub adds: PerMeter<u64>,
    /// The smallest number of it, where any is bought; see [`together`].
    pub smallest: u64,
    /// It is bought in multiples of this number; at least 1.
    pub step: u64,
    /// Whether no document says the two, and whole units are taken.
    pub steps_unknown: bool,
    /// The price of one of it for an hour, a day, …
    pub price: UnitPrice,
}

impl Sold {
    /// What a number of it is counted in.
    #[must_use]
    pub fn unit(&self) -> Unit {
        match self.name {
            UnitName::InputTpm | UnitName::OutputTpm => Unit::Tpm,
            UnitName::Named(_) | UnitName::Dedicated(_) => Unit::Capacity,
        }
    }

    /// The smallest purchasable number that is at least `count`.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when it does not fit.
    pub fn purchasable(&self, count: u64) -> Result<u64, QuoteError> {
        let count = if count > 0 {
            count.max(self.smallest)
        } else {
            0
        };
        let up = count.checked_next_multiple_of(self.step.max(1));
        up.ok_or(QuoteError::TooLarge)
    }
}

/// Input and output tokens per minute, bought apart in these steps.
#[must_use]
pub fn sides(
    (input, input_step): (UnitPrice, u64),
    (output, output_step): (UnitPrice, u64),
) -> Vec<Sold> {
    let side = |name, adds, step, price| Sold {
        name,
        adds,
        smallest: 0,
        step,
        steps_unknown: false,
        price,
    };
    vec![
        side(UnitName::InputTpm, [1, 0], input_step, input),
        side(UnitName::OutputTpm, [0, 1], output_step, output),
    ]
}

/// Whether sides are bought together: where one has a smallest number, so has the other, and none is sold alone.
#[must_use]
pub fn together(sold: &[Sold]) -> bool {
    sold.len() > 1 && sold.iter().any(|unit| unit.smallest > 0)
}

/// Whether it is bought in units of one kind, and not by side.
#[must_use]
pub fn in_units(sold: &[Sold]) -> bool {
    let names = sold.iter().map(|unit| &unit.name);
    let names = names.collect::<Vec<_>>();
    matches!(
        names.as_slice(),
        [UnitName::Named(_) | UnitName::Dedicated(_)]
    )
}

/// The capacity of a size: tokens per minute of each meter.
///
/// # Errors
/// [`QuoteError::TooLarge`] when it does not fit.
pub fn capacity(sold: &[Sold], size: Size) -> Result<PerMeter<u64>, QuoteError> {
    let mut capacity = PerMeter::<u64>::default();
    for (unit, count) in sold.iter().zip(size.0) {
        for (all, adds) in capacity.iter_mut().zip(unit.adds) {
            let added = count.checked_mul(adds);
            let sum = added.and_then(|added| all.checked_add(added));
            *all = sum.ok_or(QuoteError::TooLarge)?;
        }
    }
    Ok(capacity)
}

/// The smallest purchasable size whose capacity holds these parts of each meter. A meter has one unit that adds
/// to it: the catalog has no other products.
///
/// # Errors
/// [`QuoteError::TooLarge`] when it does not fit.
pub fn size_for(sold: &[Sold], meters: &Meters, parts: PerMeter<u128>) -> Result<Size, QuoteError> {
    size_holding(sold, meters.whole(parts))
}

/// The smallest size that can be bought: what calls need of which no token counts.
///
/// # Errors
/// [`QuoteError::TooLarge`] when it does not fit.
pub fn smallest(sold: &[Sold]) -> Result<Size, QuoteError> {
    size_holding(sold, [1, 0])
}

/// The smallest purchasable size whose capacity holds these tokens of each meter: see [`size_for`].
///
/// # Errors
/// [`QuoteError::TooLarge`] when it does not fit.
pub fn size_holding(sold: &[Sold], tokens: PerMeter<u128>) -> Result<Size, QuoteError> {
    let mut size = Size::default();
    for (unit, count) in sold.iter().zip(&mut size.0) {
        let adds = unit.adds.into_iter().zip(tokens);
        let needed = adds.filter(|(adds, _)| *adds > 0);
        let needed = needed.map(|(adds, tokens)| tokens.div_ceil(adds.into()));
        let needed = needed.max().unwrap_or(0);
        let needed = u64::try_from(needed).map_err(|_| QuoteError::TooLarge)?;
        *count = unit.purchasable(needed)?;
    }
    if together(sold) && !size.is_nothing() {
        for (unit, count) in sold.iter().zip(&mut size.0) {
            *count = unit.purchasable((*count).max(1))?;
        }
    }
    Ok(size)
}

/// How much a person asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Tokens per minute.
    Sides {
        /// Input tokens per minute.
        input_tpm: u64,
        /// Output tokens per minute.
        output_tpm: u64,
    },
    /// Units.
    Units(u64),
}

impl Asked {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        match self {
            Self::Sides {
                input_tpm,
                output_tpm,
            } => input_tpm == 0 && output_tpm == 0,
            Self::Units(count) => count == 0,
        }
    }

    /// How much that is of what is sold. Tokens per minute of a product that is sold in units become the smallest
    /// purchasable number that holds them, as calls of the shortest bracket; so do they not where sides are sold,
    /// of which every number is taken.
    ///
    /// # Errors
    /// [`QuoteError::NoUnits`] for units of a product that is sold by side, [`QuoteError::TooLarge`] when a
    /// number does not fit.
    pub fn size(self, sold: &[Sold], meters: &Meters) -> Result<Size, QuoteError> {
        match self {
            Self::Units(count) if in_units(sold) => Ok(Size([count, 0])),
            Self::Units(_) => Err(QuoteError::NoUnits),
            Self::Sides {
                input_tpm,
                output_tpm,
            } if in_units(sold) => {
                // Of so many calls that each is short.
                let parts = meters.shares(Tokens::plain(input_tpm, output_tpm), u64::MAX);
                size_for(sold, meters, parts)
            }
            Self::Sides {
                input_tpm,
                output_tpm,
            } => Ok(Size([input_tpm, output_tpm])),
        }
    }
}

/// What is reserved, as one says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Throughput {
    /// Input and output, bought apart.
    Sides {
        /// Input tokens per minute.
        input_tpm: u64,
        /// Output tokens per minute.
        output_tpm: u64,
    },
    /// Units of one kind.
    Units {
        /// The number of units.
        count: u64,
        /// What one is called.
        name: String,
        /// The meters, and their tokens per minute.
        capacity: Vec<(String, u64)>,
    },
}

impl Throughput {
    /// A size of what is sold.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when its capacity does not fit.
    pub fn of(sold: &[Sold], meters: &Meters, size: Size) -> Result<Self, QuoteError> {
        let Size([first, second]) = size;
        let [
            Sold {
                name: name @ (UnitName::Named(_) | UnitName::Dedicated(_)),
                ..
            },
        ] = sold
        else {
            return Ok(Self::Sides {
                input_tpm: first,
                output_tpm: second,
            });
        };
        let capacity = capacity(sold, size)?;
        let names = meters.iter().map(|meter| meter.name().to_owned());
        Ok(Self::Units {
            count: first,
            name: name.to_string(),
            capacity: names.zip(capacity).collect(),
        })
    }
}

impl Throughput {
    /// As it was asked for.
    #[must_use]
    pub fn asked(&self) -> Asked {
        match self {
            Self::Sides {
                input_tpm,
                output_tpm,
            } => Asked::Sides {
                input_tpm: *input_tpm,
                output_tpm: *output_tpm,
            },
            Self::Units { count, .. } => Asked::Units(*count),
        }
    }

    /// The tokens per minute of two meters, which are input and output where these do not weigh tokens.
    #[must_use]
    pub fn sides(&self) -> Option<(u64, u64)> {
        match self {
            Self::Sides {
                input_tpm,
                output_tpm,
            } => Some((*input_tpm, *output_tpm)),
            Self::Units { capacity, .. } => match capacity.as_slice() {
                [(_, input), (_, output)] => Some((*input, *output)),
                _ => None,
            },
        }
    }

    /// What a unit is called, where units are reserved.
    #[must_use]
    pub fn unit_name(&self) -> Option<&str> {
        match self {
            Self::Sides { .. } => None,
            Self::Units { name, .. } => Some(name),
        }
    }

    /// The size that it is.
    #[must_use]
    pub fn size(&self) -> Size {
        match self {
            Self::Sides {
                input_tpm,
                output_tpm,
            } => Size([*input_tpm, *output_tpm]),
            Self::Units { count, .. } => Size([*count, 0]),
        }
    }
}

impl fmt::Display for Throughput {
    /// `200K / 20K TPM`, `50 GSU`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sides {
                input_tpm,
                output_tpm,
            } => write!(f, "{} / {} TPM", spoken(*input_tpm), spoken(*output_tpm)),
            Self::Units { count, name, .. } => write!(f, "{} {name}", spoken(*count)),
        }
    }
}
