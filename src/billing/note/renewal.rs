//! What is said of a subscription that is renewed: when each term is charged, and at which price.

use std::fmt;

use chrono::NaiveDate;

use crate::billing::number::counted;
use crate::billing::renewal::RenewalRules;
use crate::billing::rule::{Basis, Rule};

/// Something about a subscription that is renewed. `Display` gives its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenewalNote {
    /// When a renewal is charged, and at which price.
    Charged {
        /// When.
        rules: RenewalRules,
        /// Whether it is a throughput reservation, of which the page says it.
        of_reservation: bool,
    },
    /// When a renewal is charged is not documented.
    Undocumented,
    /// How the terms of a subscription follow each other.
    Terms {
        /// Whether they are months.
        months: bool,
        /// Whether a term has one day only, so that its renewal cannot be charged a day before.
        one_day: bool,
    },
    /// Terms that cost something else than the one before, or than on the date of the quote.
    Prices {
        /// The numbers of the terms that cost something else than the one before, from 1.
        changes: Vec<usize>,
        /// The date of the quote, where the first costs something else.
        as_of: Option<NaiveDate>,
    },
    /// Renewals without a date, of a model whose prices have some.
    Undated {
        /// The date whose prices were used.
        as_of: NaiveDate,
    },
    /// A free quota or packages beside a subscription that is renewed.
    Funding,
}

impl RenewalNote {
    pub(super) fn rule(&self) -> Rule {
        match self {
            Self::Funding => Rule::Funding,
            Self::Charged {
                of_reservation: true,
                ..
            } => Rule::ReservationDaily,
            _ => Rule::DeployRenew,
        }
    }

    pub(super) fn basis(&self) -> Basis {
        match self {
            Self::Undocumented | Self::Undated { .. } => Basis::Given,
            Self::Charged {
                of_reservation: true,
                ..
            }
            | Self::Funding => self.rule().basis(),
            Self::Charged { .. } | Self::Terms { .. } | Self::Prices { .. } => Basis::Reading,
        }
    }
}

impl fmt::Display for RenewalNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Charged {
                rules:
                    RenewalRules {
                        days_before,
                        tries,
                        from,
                        to,
                    },
                of_reservation,
            } => write!(
                f,
                "a renewal is charged {} before the term expires, at the price of a new order, in up to {} between {} and {}, and renewing automatically is the default{}",
                counted(*days_before, "day"),
                match tries {
                    1 => "1 try".to_owned(),
                    tries => format!("{tries} tries"),
                },
                from.format("%H:%M"),
                to.format("%H:%M"),
                match of_reservation {
                    true => "",
                    false => ": a page says it of reservations, and it is read as holding here",
                }
            ),
            Self::Undocumented => f.write_str(
                "when a renewal is charged, and at which price, is not documented: it is taken at the price of its first day",
            ),
            Self::Terms { months: true, .. } => f.write_str(
                "a renewed term begins when the one before it ends, and the months of all terms are counted from the first start",
            ),
            Self::Terms { one_day, .. } => {
                f.write_str("a renewed term begins on the day after the one before it ends, and has as many days")?;
                f.write_str(if *one_day { "; the first renewal of a term of one day is taken as charged on the day of the order" } else { "" })
            }
            Self::Prices { changes, as_of } => {
                f.write_str("each term costs what is in force on the day on which it is charged")?;
                if let Some(as_of) = as_of {
                    write!(f, ", and not what is on {as_of}")?;
                }
                let terms: Vec<String> = changes.iter().map(ToString::to_string).collect();
                match terms.as_slice() {
                    [] => Ok(()),
                    [one] => write!(f, ": other prices begin with term {one}"),
                    [first @ .., last] => {
                        let first = first.join(", ");
                        write!(f, ": other prices begin with terms {first} and {last}")
                    }
                }
            }
            Self::Undated { as_of } => write!(
                f,
                "without `--start` (`start` in a plan) no renewal has a date: all terms are at the prices of {as_of}"
            ),
            Self::Funding => f.write_str(
                "the free quota and the packages are there once, for all terms together",
            ),
        }
    }
}
