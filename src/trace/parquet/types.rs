//! What the values of a column are, by its physical and its logical type.

use parquet::basic::{ConvertedType, LogicalType, TimeUnit as Unit, Type};
use parquet::schema::types::ColumnDescriptor;

use crate::trace::format::{SECOND, TimeUnit};

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

impl Meaning {
    /// What values of this column mean. The newer annotation counts where there are both.
    pub fn of(column: &ColumnDescriptor) -> Self {
        let annotated = match column.logical_type_ref() {
            Some(logical) => Some(newer(logical)),
            None => older(column.converted_type(), column.type_scale()),
        };
        match (column.physical_type(), annotated) {
            // Spark and Impala write instants of UTC so. It has no annotation that says otherwise.
            (Type::INT96, _) => Self::Stamp {
                unit: TimeUnit::Nanoseconds,
                zone: true,
            },
            (Type::BOOLEAN, _) => Self::Bool,
            (Type::FLOAT, _) => Self::Float,
            (Type::DOUBLE, _) => Self::Double,
            (Type::INT32 | Type::INT64, None | Some(Self::Text)) => Self::Int { signed: true },
            (Type::INT32, Some(Self::Stamp { .. })) => Self::Other("timestamps of four bytes"),
            (Type::INT32 | Type::INT64, Some(meaning)) => meaning,
            (Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY, None) => Self::Text,
            (Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY, Some(meaning)) => match meaning {
                Self::Text | Self::Decimal(_) | Self::Other(_) => meaning,
                _ => Self::Other("bytes that are marked as numbers"),
            },
        }
    }
}

const DATE: Meaning = Meaning::Other("dates without a clock time");
const CLOCK: Meaning = Meaning::Other("clock times without a date");
const UNREAD: Meaning = Meaning::Other("values of a type that is not read");

fn newer(logical: &LogicalType) -> Meaning {
    match logical {
        LogicalType::String | LogicalType::Enum | LogicalType::Json | LogicalType::Bson => {
            Meaning::Text
        }
        LogicalType::Decimal(decimal) => scaled(decimal.scale),
        LogicalType::Date => DATE,
        LogicalType::Time(_) => CLOCK,
        LogicalType::Timestamp(stamp) => Meaning::Stamp {
            unit: match stamp.unit {
                Unit::MILLIS => TimeUnit::Milliseconds,
                Unit::MICROS => TimeUnit::Microseconds,
                Unit::NANOS => TimeUnit::Nanoseconds,
            },
            zone: stamp.is_adjusted_to_u_t_c,
        },
        LogicalType::Integer(int) => Meaning::Int {
            signed: int.is_signed,
        },
        _ => UNREAD,
    }
}

fn older(converted: ConvertedType, scale: i32) -> Option<Meaning> {
    use ConvertedType as Old;
    let stamp = |unit| Meaning::Stamp { unit, zone: true };
    Some(match converted {
        Old::NONE => return None,
        Old::UTF8 | Old::ENUM | Old::JSON | Old::BSON => Meaning::Text,
        Old::DECIMAL => scaled(scale),
        Old::DATE => DATE,
        Old::TIME_MILLIS | Old::TIME_MICROS => CLOCK,
        Old::TIMESTAMP_MILLIS => stamp(TimeUnit::Milliseconds),
        Old::TIMESTAMP_MICROS => stamp(TimeUnit::Microseconds),
        Old::UINT_8 | Old::UINT_16 | Old::UINT_32 | Old::UINT_64 => Meaning::Int { signed: false },
        Old::INT_8 | Old::INT_16 | Old::INT_32 | Old::INT_64 => Meaning::Int { signed: true },
        _ => UNREAD,
    })
}

fn scaled(scale: i32) -> Meaning {
    match u32::try_from(scale) {
        Ok(scale) if scale <= 38 => Meaning::Decimal(scale),
        _ => Meaning::Other("decimals of an unknown scale"),
    }
}

/// Nanoseconds of a unit.
pub fn nanoseconds(unit: TimeUnit) -> i64 {
    SECOND.checked_div(unit.per_second()).unwrap_or(1)
}
