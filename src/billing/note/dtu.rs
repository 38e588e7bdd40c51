//! What to know of dedicated throughput units.

use std::fmt;

use rust_decimal::Decimal;

use crate::billing::exact::plain;
use crate::billing::money::Money;
use crate::billing::rule::{Basis, Rule};

/// Something about dedicated throughput units. `Display` gives its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DtuNote {
    /// When billing starts.
    BilledFromRunning,
    /// A term can be ended early; a used day then counts so many times.
    EarlyEnd(Decimal),
    /// What becomes of calls beyond the throughput is not documented.
    Beyond,
    /// The cheapest size is the one that holds every call, as no other has a price.
    CheapestHolds,
    /// What a used day of a term costs that is ended early.
    UsedDay {
        /// How many times the daily rate a used day costs.
        factor: Decimal,
        /// The monthly price of a unit.
        monthly: Money,
        /// Days that the monthly price is divided by.
        days: u64,
        /// The price of a used day of a unit.
        rate: Money,
    },
    /// A term that is ended early is charged no more than was paid.
    ChargeCapped,
}

impl DtuNote {
    /// The rule by which it is said.
    #[must_use]
    pub fn rule(self) -> Rule {
        match self {
            Self::BilledFromRunning => Rule::DtuMonthly,
            Self::EarlyEnd(_) | Self::UsedDay { .. } | Self::ChargeCapped => Rule::DtuEarlyEnd,
            Self::Beyond | Self::CheapestHolds => Rule::DtuBeyond,
        }
    }

    /// Whether the document says it.
    #[must_use]
    pub fn basis(self) -> Basis {
        match self {
            Self::EarlyEnd(_) => Basis::Literal,
            Self::CheapestHolds => Basis::Reading,
            other => other.rule().basis(),
        }
    }
}

impl fmt::Display for DtuNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BilledFromRunning => f.write_str(
                "the whole term is paid ahead, and billing starts when the deployment runs",
            ),
            Self::EarlyEnd(factor) => write!(
                f,
                "a term that is ended early settles what was used {} times",
                plain(*factor)
            ),
            Self::Beyond => f.write_str(
                "what becomes of calls beyond the throughput is not documented, so none is priced",
            ),
            Self::CheapestHolds => f.write_str(
                "the cheapest is read as the fewest units that hold every call: with fewer, the other calls have no price",
            ),
            Self::UsedDay {
                factor,
                monthly,
                days,
                rate,
            } => write!(
                f,
                "a used day of a unit is read as {} × {} ÷ {days} = {}, a started one whole, as of model units",
                plain(*factor),
                monthly.precise(),
                rate.precise()
            ),
            Self::ChargeCapped => f.write_str(
                "the charge is read as never more than was paid, so nothing is refunded",
            ),
        }
    }
}
