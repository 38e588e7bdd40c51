//! Why a savings plan is not sold as it is asked for, or pays for nothing of what is.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::number::grouped;

/// What is wrong with a savings plan. Each is a sentence; [`SavingsError::hint`] says the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SavingsError {
    /// A commitment that is too large to be computed.
    TooLarge,
    /// No savings plan of the provider is known.
    NotSold {
        /// The provider's id.
        provider: String,
    },
    /// None is known on the day of the prices.
    NotYet {
        /// That day.
        as_of: NaiveDate,
        /// The first day with one.
        first: NaiveDate,
    },
    /// It is not known in which group a model is.
    NoFactor {
        /// The code.
        model: String,
        /// Its family.
        family: String,
    },
    /// Tokens of a fine-tuned model are those of a deployment.
    FineTuned,
    /// A commitment that is too small.
    BelowSmallest {
        /// As it was asked for.
        commitment: Decimal,
        /// The smallest.
        smallest: Decimal,
    },
    /// A commitment between two that are sold.
    NotAStep {
        /// As it was asked for.
        commitment: Decimal,
        /// What commitments are multiples of.
        step: Decimal,
        /// The next one below.
        below: Decimal,
        /// The next one above.
        above: Decimal,
    },
    /// A term that is not sold.
    NoTerm {
        /// Its months.
        asked: u32,
        /// The months that are.
        has: Vec<u32>,
    },
    /// A way to pay that is not offered for this commitment.
    NoPayment(&'static str),
}

impl SavingsError {
    /// The way out.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge => "give a smaller commitment",
            Self::NotSold { .. } => {
                "leave `--savings-plan` out, or describe the plan as `[[billing.savings_plan]]` in a catalog file"
            }
            Self::NotYet { .. } => "leave `--savings-plan` out, or take a later day with `--as-of`",
            Self::NoFactor { .. } => {
                "leave `--savings-plan` out, or name its family in a group of `[[billing.savings_plan]]` in a catalog file, where your provider says which one it is"
            }
            Self::FineTuned => "use `--rate standard`, or leave `--savings-plan` out",
            Self::BelowSmallest { .. } => "commit to more, or leave `--savings-plan` out",
            Self::NotAStep { .. } => "give one of these two as `--savings-plan <AMOUNT>`",
            Self::NoTerm { .. } => "give one of these as `--savings-plan-term <MONTHS>`",
            Self::NoPayment(_) => "choose another way with `--savings-plan-payment <HOW>`",
        }
    }
}

impl fmt::Display for SavingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let money = |amount: &Decimal| grouped(*amount, amount.normalize().scale());
        match self {
            Self::TooLarge => f.write_str("the commitment has too many digits"),
            Self::NotSold { provider } => {
                write!(f, "no savings plan of `{provider}` is known")
            }
            Self::NotYet { as_of, first } => write!(
                f,
                "no savings plan is known on {as_of}: the first is from {first}"
            ),
            Self::NoFactor { model, family } => write!(
                f,
                "in which group of the savings plan `{model}` is, of the family `{family}`, is not known, and so neither is its factor (`tokens.savings-plan`)"
            ),
            Self::FineTuned => f.write_str(
                "a savings plan does not pay for tokens of fine-tuned models, which are those of a deployment (`tokens.savings-scope`)",
            ),
            Self::BelowSmallest {
                commitment,
                smallest,
            } => write!(
                f,
                "a commitment of {} a month is below the smallest savings plan, which is {} (`tokens.savings-plan`)",
                money(commitment),
                money(smallest)
            ),
            Self::NotAStep {
                commitment,
                step,
                below,
                above,
            } => write!(
                f,
                "a commitment of {} a month is no multiple of {}: {} and {} are sold (`tokens.savings-plan`)",
                money(commitment),
                money(step),
                money(below),
                money(above)
            ),
            Self::NoTerm { asked, has } => {
                let has: Vec<String> = has.iter().map(ToString::to_string).collect();
                write!(
                    f,
                    "no savings plan is sold for {asked} months: it is for {} (`tokens.savings-term`)",
                    has.join(", ")
                )
            }
            Self::NoPayment(payment) => write!(
                f,
                "no savings plan of this size is sold as `{}` (`tokens.savings-plan`)",
                payment
            ),
        }
    }
}
