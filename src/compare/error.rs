//! Why nothing can be compared.

use std::borrow::Cow;

use super::{Kind, Unavailable, has_several_regions};
use crate::billing::error::QuoteError;
use crate::billing::fx::Fx;
use crate::billing::money::Currency;
use crate::billing::number::counted;
use crate::order::{OrderError, missing_rate};

/// Why nothing can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompareError {
    /// A quote cannot be computed.
    Quote(QuoteError),
    /// No way can be priced.
    Nothing(Vec<Unavailable>),
    /// Totals in several currencies have no order without a rate.
    Currencies {
        /// The currency of the first row.
        currency: Currency,
        /// Another currency, for which no rate is given.
        other: Currency,
        /// Rates that are given, none of them between these.
        given: Vec<Fx>,
    },
    /// More days are left of the running term than it has.
    EndsBeyondTerm {
        /// The days that are said to be left.
        left: u64,
        /// The days of the term.
        days: u64,
    },
    /// An overlap longer than what is left of the term that runs.
    OverlapBeyondTerm {
        /// The days that are left.
        left: u64,
    },
    /// The way that is used today is not among the rows.
    CurrentUnavailable {
        /// The option.
        kind: Kind,
        /// Why not, each reason once.
        reasons: Vec<String>,
    },
}

impl CompareError {
    /// The way out.
    #[must_use]
    pub fn hint(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::Quote(error) => error.hint().map(Cow::Borrowed),
            Self::Nothing(unavailable) => {
                let model = unavailable.first().map_or("<MODEL>", |one| one.model.as_str());
                Some(format!("`tollgate models {model}` shows how it is sold").into())
            }
            Self::Currencies {
                currency,
                other,
                given,
            } => {
                let rate = missing_rate(*other, *currency);
                let given = given.iter().map(|fx| format!("`--fx {fx}`"));
                let given = match given.collect::<Vec<String>>().join(", ") {
                    none if none.is_empty() => none,
                    given => format!(", which {given} leaves open"),
                };
                Some(format!("say what 1 {other} is in {currency}: {rate}{given}").into())
            }
            Self::EndsBeyondTerm { .. } => Some(
                "days are counted from that of `--as-of`, today if it is left out, and `--days` says for how many days or months it was bought; without `--current-ends` it has just begun"
                    .into(),
            ),
            Self::OverlapBeyondTerm { .. } => Some(
                "after that the old deployment has to be paid for again: give a shorter overlap, or the end of the term that follows"
                    .into(),
            ),
            Self::CurrentUnavailable { .. } => {
                Some("name one of the options that can be priced".into())
            }
        }
    }
}

impl std::fmt::Display for CompareError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Quote(error) => error.fmt(f),
            Self::Nothing(unavailable) => {
                f.write_str("no option can be priced")?;
                let several = has_several_regions(unavailable.iter().map(Unavailable::place));
                for one in unavailable {
                    write!(f, "\n  {} of `{}`", one.kind.name(), one.model)?;
                    if several {
                        write!(f, " in `{}`", one.region)?;
                    }
                    write!(f, ": {}", one.reason)?;
                }
                Ok(())
            }
            Self::Currencies {
                currency, other, ..
            } => write!(
                f,
                "the models are priced in different currencies: {currency} and {other}"
            ),
            Self::EndsBeyondTerm { left, days } => write!(
                f,
                "{} of the running term are said to be left, and it has {}",
                counted(*left, "day"),
                counted(*days, "day")
            ),
            Self::OverlapBeyondTerm { left } => write!(
                f,
                "`--overlap` is longer than the {} left of the running term",
                counted(*left, "day")
            ),
            Self::CurrentUnavailable { kind, reasons } => write!(
                f,
                "the current method `{}` cannot be priced: {}",
                kind.name(),
                reasons.join("; ")
            ),
        }
    }
}

impl std::error::Error for CompareError {}

impl<E: Into<QuoteError>> From<E> for CompareError {
    fn from(error: E) -> Self {
        Self::Quote(error.into())
    }
}

/// Why recorded calls cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraceError {
    /// The trace cannot be read, or not be used for these orders.
    Order(OrderError),
    /// Nothing can be ranked.
    Compare(CompareError),
}

impl From<OrderError> for TraceError {
    fn from(error: OrderError) -> Self {
        Self::Order(error)
    }
}

impl From<CompareError> for TraceError {
    fn from(error: CompareError) -> Self {
        Self::Compare(error)
    }
}
