//! What the page about throughput reservations says of what is bought.

use std::fmt;

use chrono::NaiveTime;

use super::Note;
use crate::billing::early_end::EarlyEnd;
use crate::billing::meter::PerMeter;
use crate::billing::moment::Moment;
use crate::billing::money::Money;
use crate::billing::number::{counted, spoken};
use crate::billing::rule::Rule;

/// A remark on how reservations are sold. `Display` gives its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaleNote {
    /// Less is bought than the page sells.
    BelowSmallest {
        /// The fewest input and output tokens per minute.
        smallest: PerMeter<u64>,
    },
    /// What started hours cost where minutes are counted.
    ByTheMinute {
        /// The cost of the started minutes.
        other: Money,
        /// How much less that is.
        less: Money,
    },
    /// A number of days that is no term.
    OtherTerm {
        /// The days.
        days: u64,
        /// The longest term below.
        below: u64,
        /// The shortest term above.
        above: Option<u64>,
    },
    /// The service stops as the term ends.
    StopsAtExpiry {
        /// Hours for which it can still be renewed.
        renewable: u32,
    },
    /// What ending it early settles.
    EarlyEnd(EarlyEnd),
    /// How a block of 8 hours runs.
    Block {
        /// From this clock time on it is ordered.
        ordered_from: NaiveTime,
        /// The first block, from when to when.
        first: Option<(Moment, Moment)>,
        /// The number of blocks.
        count: u32,
    },
    /// Whether calls above the maximum input are refused, too.
    OverLength,
}

impl From<SaleNote> for Note {
    fn from(note: SaleNote) -> Self {
        Self::Sale(note)
    }
}

impl SaleNote {
    /// The rule that says so.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::BelowSmallest { .. } => Rule::ReservationMinimum,
            Self::ByTheMinute { .. } => Rule::PtuHourly,
            Self::OtherTerm { .. } => Rule::ReservationTerms,
            Self::StopsAtExpiry { .. } => Rule::ReservationExpiry,
            Self::EarlyEnd(_) => Rule::ReservationEarlyEnd,
            Self::Block { .. } => Rule::ReservationBlock,
            Self::OverLength => Rule::ReservationMaxInput,
        }
    }

    /// Whether it holds of every reservation of its kind.
    #[must_use]
    pub(super) fn is_standing(&self) -> bool {
        matches!(self, Self::StopsAtExpiry { .. } | Self::EarlyEnd(_))
    }
}

impl fmt::Display for SaleNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BelowSmallest {
                smallest: [input, output],
            } => write!(
                f,
                "the reservation page sells from {} / {} TPM on; the deployment page gives no minimum",
                spoken(*input),
                spoken(*output)
            ),
            Self::ByTheMinute { other, less } => write!(
                f,
                "the reservation page meters by the minute: so read it would be {other}, {less} less"
            ),
            Self::OtherTerm { days, below, above } => {
                write!(
                    f,
                    "the reservation page does not sell a term of {}: ",
                    counted(*days, "day")
                )?;
                match above {
                    Some(above) => write!(f, "next to it are {below} and {above} days"),
                    None => write!(f, "its longest is {below} days"),
                }
            }
            Self::StopsAtExpiry { renewable } => write!(
                f,
                "the service stops as it expires; for {} more it can be renewed, then it is released (other pages let it run on after that: the newest counts)",
                counted((*renewable).into(), "hour")
            ),
            Self::EarlyEnd(early_end) => write!(f, "the reservation {early_end}"),
            Self::Block {
                ordered_from,
                first,
                count,
            } => {
                write!(
                    f,
                    "a block is ordered from {} to 24:00, begins with the hour in which it is ordered, and ends 8 hours later without any grace; it is not scaled, renewed or ended early",
                    ordered_from.format("%H:%M")
                )?;
                let several = *count > 1;
                if several {
                    f.write_str("; more than one are ordered evening by evening")?;
                }
                if let Some((from, until)) = first {
                    write!(
                        f,
                        "; {} runs from {} to {}",
                        if several { "the first" } else { "this one" },
                        from.format("%Y-%m-%d %H:%M"),
                        until.format("%Y-%m-%d %H:%M")
                    )?;
                }
                Ok(())
            }
            Self::OverLength => f.write_str(
                "whether calls above the maximum input are refused, too, where overflow is, is not settled: the page says only of overflow that is billed that they are billed by token",
            ),
        }
    }
}
