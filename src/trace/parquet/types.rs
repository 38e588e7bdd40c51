//! What the values of a column are, by its physical and its logical type.

use crate::trace::format::{SECOND, TimeUnit};

/// How the values lie in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Physical {
    /// A bit.
    Bool,
    /// Four bytes.
    Int32,
    /// Eight bytes.
    Int64,
    /// Nanoseconds of a day, and the day.
    Int96,
    /// A float of four bytes.
    Float,
    /// A float of eight bytes.
    Double,
    /// Bytes with their length.
    Bytes,
    /// So many bytes.
    Fixed(usize),
}

impl Physical {
    /// The type with this number in the format.
    pub fn of(number: i64, length: usize) -> Option<Self> {
        Some(match number {
            0 => Self::Bool,
            1 => Self::Int32,
            2 => Self::Int64,
            3 => Self::Int96,
            4 => Self::Float,
            5 => Self::Double,
            6 => Self::Bytes,
            7 => Self::Fixed(length),
            _ => return None,
        })
    }

    /// Bytes of a value, where all have the same number of them.
    pub fn width(self) -> Option<usize> {
        match self {
            Self::Int32 | Self::Float => Some(4),
            Self::Int64 | Self::Double => Some(8),
            Self::Int96 => Some(12),
            Self::Fixed(length) => Some(length),
            Self::Bool | Self::Bytes => None,
        }
    }

    /// Whether a value is kept as one number; any other is bytes.
    pub fn is_number(self) -> bool {
        !matches!(self, Self::Bytes | Self::Fixed(_))
    }
}

/// What the values mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Whole numbers; above the half of 64 bits where they have no sign.
    Int {
        /// Whether they have a sign.
        signed: bool,
    },
    /// Floats of four bytes.
    Float,
    /// Floats of eight bytes.
    Double,
    /// `true` and `false`.
    Bool,
    /// Whole numbers of so many digits after the point.
    Decimal(u32),
    /// Instants.
    Stamp {
        /// Their unit.
        unit: TimeUnit,
        /// Whether they are of UTC; without a zone, they are what a clock shows.
        zone: bool,
    },
    /// Text.
    Text,
    /// Something that no number or time can be read from.
    Other(&'static str),
}

/// What a column is annotated with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Annotation {
    /// The older annotation, by its number.
    pub converted: Option<i64>,
    /// The newer one, which counts where there are both.
    pub logical: Option<Logical>,
    /// Digits after the point of a decimal.
    pub scale: i64,
}

/// A newer annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logical {
    /// Text, or what is written as text.
    Text,
    /// A decimal, with its digits after the point.
    Decimal(i64),
    /// An instant.
    Stamp {
        /// Its unit.
        unit: Option<TimeUnit>,
        /// Whether it is of UTC.
        utc: bool,
    },
    /// A whole number.
    Int {
        /// Whether it has a sign.
        signed: bool,
    },
    /// Something else.
    Other(&'static str),
}

impl Meaning {
    /// What values of this type mean.
    pub fn of(physical: Physical, annotation: Annotation) -> Self {
        let scale = |scale: i64| match u32::try_from(scale) {
            Ok(scale) if scale <= 38 => Self::Decimal(scale),
            _ => Self::Other("decimals of an unknown scale"),
        };
        let stamp = |unit: Option<TimeUnit>, zone| match unit {
            Some(unit) => Self::Stamp { unit, zone },
            None => Self::Other("timestamps of an unknown unit"),
        };
        let (milli, micro) = (TimeUnit::Milliseconds, TimeUnit::Microseconds);
        let annotated = match (annotation.logical, annotation.converted) {
            (Some(Logical::Text), _) | (None, Some(0 | 4 | 19 | 20)) => Some(Self::Text),
            (Some(Logical::Decimal(digits)), _) => Some(scale(digits)),
            (None, Some(5)) => Some(scale(annotation.scale)),
            (Some(Logical::Stamp { unit, utc }), _) => Some(stamp(unit, utc)),
            (None, Some(9)) => Some(stamp(Some(milli), true)),
            (None, Some(10)) => Some(stamp(Some(micro), true)),
            (Some(Logical::Int { signed }), _) => Some(Self::Int { signed }),
            (None, Some(11..=14)) => Some(Self::Int { signed: false }),
            (None, Some(15..=18)) => Some(Self::Int { signed: true }),
            (Some(Logical::Other(what)), _) => Some(Self::Other(what)),
            (None, Some(6)) => Some(Self::Other("dates without a clock time")),
            (None, Some(7 | 8)) => Some(Self::Other("clock times without a date")),
            (None, Some(_)) => Some(Self::Other("values of a type that is not read")),
            (None, None) => None,
        };
        match (physical, annotated) {
            // Spark and Impala write instants of UTC so. It has no annotation that says otherwise.
            (Physical::Int96, _) => Self::Stamp {
                unit: TimeUnit::Nanoseconds,
                zone: true,
            },
            (Physical::Bool, _) => Self::Bool,
            (Physical::Float, _) => Self::Float,
            (Physical::Double, _) => Self::Double,
            (Physical::Int32 | Physical::Int64, None) => Self::Int { signed: true },
            (Physical::Int32 | Physical::Int64, Some(Self::Text)) => Self::Int { signed: true },
            (Physical::Int64, Some(meaning)) => meaning,
            (Physical::Int32, Some(Self::Stamp { .. })) => Self::Other("timestamps of four bytes"),
            (Physical::Int32, Some(meaning)) => meaning,
            (Physical::Bytes | Physical::Fixed(_), None) => Self::Text,
            (Physical::Bytes | Physical::Fixed(_), Some(meaning)) => match meaning {
                Self::Text | Self::Decimal(_) | Self::Other(_) => meaning,
                _ => Self::Other("bytes that are marked as numbers"),
            },
        }
    }
}

/// Nanoseconds of a unit.
pub fn nanoseconds(unit: TimeUnit) -> i64 {
    SECOND.checked_div(unit.per_second()).unwrap_or(1)
}
