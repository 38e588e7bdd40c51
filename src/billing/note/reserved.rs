//! What is said of a reservation: how it is sized, and what becomes of calls that it does not take.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Needs, Note, UnitsNote};
use crate::billing::exact::round2;
use crate::billing::mode::Mode;
use crate::billing::number::{counted, grouped, spoken, whole};
use crate::billing::rule::{Basis, Rule};
use crate::billing::units::UnitName;

/// Something about a reservation and the traffic that it serves. `Display` gives its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReservedNote {
    /// The reservation was sized for the workload.
    SizedToPeak {
        /// Calls of the busiest minute.
        calls: u64,
        /// What they take.
        needs: Needs,
        /// Whether more than that is reserved, as it is sold in steps.
        rounded: bool,
    },
    /// The reservation is the one that costs least together with its overflow.
    SizedCheapest,
    /// Reserving nothing is cheapest.
    NeverPays,
    /// A number of units in which they may not be for sale.
    NotAStep {
        /// What the unit is called.
        name: UnitName,
        /// The number that was asked for.
        count: u64,
        /// The step in which it is sold.
        step: u64,
        /// The smallest number of it.
        smallest: u64,
    },
    /// No document says from which number on a unit is sold, and in which steps.
    StepsUnknown {
        /// What the unit is called.
        name: UnitName,
    },
    /// A reservation needs a custom service.
    CustomService {
        /// What the provider calls the reservation.
        product: &'static str,
    },
    /// Calls beyond the reservation are billed as ordinary calls.
    Overflow {
        /// The header that their responses carry, where one is documented.
        header: Option<&'static str>,
        /// Calls per minute that do not fit.
        calls: Decimal,
        /// All calls per minute.
        rpm: Decimal,
        /// What happens to these calls.
        fate: Fate,
        /// Set where each call is larger than the model takes in a reservation.
        above: Option<AboveMaxInput>,
    },
    /// How many whole calls of a minute fit.
    WholeCalls {
        /// The number of calls of a minute that fit.
        taken: u64,
        /// Whether tokens are weighed, and not counted by side.
        weighed: bool,
    },
    /// Calls that are refused and cost nothing.
    Refused {
        /// Calls per minute that do not fit.
        calls: Decimal,
        /// All calls per minute.
        rpm: Decimal,
        /// Set where each call is larger than the model takes in a reservation.
        above: Option<AboveMaxInput>,
    },
    /// Calls are refused on a day on which that cannot be chosen yet.
    RefusedBefore {
        /// The first day on which it can be chosen.
        from: NaiveDate,
    },
    /// Calls beyond a reservation are priced in a mode that has another name there.
    OverflowMode {
        /// The mode of the reservation.
        mode: Mode,
        /// The mode of ordinary calls.
        priced: Mode,
    },
    /// Two pages of the provider differ in the maximum input of a call.
    OtherMaxInput {
        /// What the newest page has, which counts.
        used: u64,
        /// What another page has.
        other: u64,
    },
    /// Calls beyond a reservation fall under the public rate limits.
    OverflowLimits,
    /// What units hold, and what a token counts of it.
    Units(UnitsNote),
}

impl From<UnitsNote> for Note {
    fn from(what: UnitsNote) -> Self {
        let rule = what.rule();
        ReservedNote::Units(what).by(rule)
    }
}

impl ReservedNote {
    /// The note, said by this rule.
    #[must_use]
    pub fn by(self, rule: Rule) -> Note {
        Note::Reserved { rule, what: self }
    }

    /// Whether the document of `rule` says it.
    pub(super) fn basis(&self, rule: Rule) -> Basis {
        match self {
            // What becomes of calls beyond a reservation: nobody says so here.
            Self::Overflow { .. } if rule == Rule::Catalog => Basis::Reading,
            // Of calls above the maximum input no document says that they can be refused.
            Self::Refused { .. } if rule != Rule::PtuOverflowChoice => Basis::Reading,
            Self::SizedToPeak { .. }
            | Self::NotAStep { .. }
            | Self::StepsUnknown { .. }
            | Self::WholeCalls { .. }
            | Self::OtherMaxInput { .. }
            | Self::RefusedBefore { .. }
            | Self::OverflowMode { .. }
            | Self::Units(UnitsNote::OfTpm { .. }) => Basis::Reading,
            _ => rule.basis(),
        }
    }
}

impl fmt::Display for ReservedNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SizedToPeak {
                calls,
                needs,
                rounded,
            } => write!(
                f,
                "sized for {} a minute at most: {needs}{}",
                counted(*calls, "call"),
                if *rounded { ", rounded up to the purchase steps" } else { "" }
            ),
            Self::SizedCheapest => f.write_str(
                "sized so that reservation and overflow together cost least",
            ),
            Self::NeverPays => f.write_str(
                "a reservation does not pay at this price: it is cheapest to reserve nothing and to pay for every call by token",
            ),
            Self::StepsUnknown { name } => write!(
                f,
                "from which number of {name} on the model is sold, and in which steps, is not documented: whole ones are taken"
            ),
            Self::NotAStep { name, count, step, smallest } => match name {
                name @ (UnitName::Named(_) | UnitName::Dedicated(_)) => write!(
                    f,
                    "{} {name} may not be for sale: {name} is sold from {} on in steps of {}",
                    whole(*count),
                    whole(*smallest),
                    whole(*step)
                ),
                UnitName::InputTpm | UnitName::OutputTpm => write!(
                    f,
                    "{} of {} TPM is not a multiple of {}, the step in which TPM is priced: it may not be for sale in this size",
                    name.id(),
                    whole(*count),
                    spoken(*step)
                ),
            },
            Self::CustomService { product } => {
                write!(f, "a {product} needs a custom service: default services do not have it")
            }
            Self::Overflow {
                calls,
                rpm,
                header,
                fate,
                above,
                ..
            } => {
                match above {
                    Some(above) => write!(f, "{}", above.said(*rpm))?,
                    None => write!(
                        f,
                        "{} of {} calls a minute do not fit",
                        calls_said(*calls),
                        calls_said(*rpm)
                    )?,
                }
                let joint = if above.is_some() { "; " } else { ": " };
                f.write_str(joint)?;
                f.write_str(match fate {
                    Fate::Billed => "they are billed as ordinary calls",
                    Fate::Offset => "they are ordinary calls, served as long as the free quota and packages pay for them",
                    Fate::NotServed => "they would be ordinary calls, and nothing pays for these",
                })?;
                match header.filter(|_| *fate != Fate::NotServed) {
                    Some(header) => write!(f, ", and their responses carry the header `{header}`"),
                    None => Ok(()),
                }
            }
            Self::WholeCalls { taken, weighed } => write!(
                f,
                "the quota is counted per clock minute and takes {} of this size; a call that does not fit{} switches as a whole",
                match taken {
                    0 => "no whole call".to_owned(),
                    taken => counted(*taken, "whole call"),
                },
                match weighed {
                    true => "",
                    false => " on its input or its output side",
                }
            ),
            Self::Refused {
                calls, rpm, above, ..
            } => {
                match above {
                    Some(above) => write!(f, "{}; they are", above.said(*rpm))?,
                    None => write!(f, "{} are", of_a_minute(*calls, *rpm))?,
                }
                f.write_str(" refused (429): they are not served and cost nothing")
            }
            Self::RefusedBefore { from } => write!(
                f,
                "that calls beyond a reservation are refused can only be chosen from {from} on, and not by the rules in force; it is taken as chosen"
            ),
            Self::OverflowMode { mode, priced } => write!(
                f,
                "calls beyond a reservation in the mode `{}` are priced as ordinary calls in the mode `{}`: read so, as another edition of the page calls it that",
                mode.name(),
                priced.name()
            ),
            Self::OtherMaxInput { used, other } => write!(
                f,
                "two pages differ in the maximum input of a call: {} tokens by the newest, which counts, and {} by another",
                spoken(*used),
                spoken(*other)
            ),
            Self::OverflowLimits => f.write_str(
                "calls beyond a reservation fall under the public rate limits of the workspace, and may be slower",
            ),
            Self::Units(what) => what.fmt(f),
        }
    }
}

/// Calls that are larger than the model takes in a reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AboveMaxInput {
    /// Input tokens of a request.
    pub input: u64,
    /// Maximum input tokens of a call.
    pub max: u64,
}

impl AboveMaxInput {
    /// Why no call uses a reservation.
    fn said(self, rpm: Decimal) -> String {
        format!(
            "a request of {} input tokens is above the maximum of {}, so none of the {} calls a minute can use a reservation",
            whole(self.input),
            whole(self.max),
            calls_said(rpm)
        )
    }
}

impl Note {
    /// How many calls a minute are refused: `528 of 1,000 calls a minute`.
    #[must_use]
    pub fn refused(&self) -> Option<String> {
        match self.plain() {
            Self::Reserved {
                what: ReservedNote::Refused { calls, rpm, .. },
                ..
            } => Some(of_a_minute(*calls, *rpm)),
            _ => None,
        }
    }
}

fn of_a_minute(calls: Decimal, rpm: Decimal) -> String {
    let [calls, rpm] = [calls, rpm].map(calls_said);
    format!("{calls} of {rpm} calls a minute")
}

/// A rate as one says it: grouped, with up to 2 decimals.
fn calls_said(calls: Decimal) -> String {
    let rounded = round2(calls).normalize();
    grouped(rounded, rounded.scale())
}

/// Who pays for calls that do not fit a reservation, which are ordinary calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Money pays for them, at least in the end.
    Billed,
    /// Only a free quota and packages pay for them, as long as they last.
    Offset,
    /// Nobody pays for them, so they are not served.
    NotServed,
}
