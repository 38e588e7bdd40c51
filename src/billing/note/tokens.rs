//! What to know of prices by token beside the ones that are charged.

use std::fmt;

use rust_decimal::Decimal;

use crate::billing::exact::{self, TooLarge, plain};
use crate::billing::money::{Money, Percent};
use crate::billing::number::{counted, whole};
use crate::billing::rule::Rule;

/// What tokens would cost otherwise than they are priced. `Display` gives its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokensNote {
    /// In which way.
    pub how: Otherwise,
    /// What they cost as they are priced.
    pub own: Money,
    /// What they would cost; `None` where they would have no price.
    pub would: Option<Money>,
    /// Whether calls beyond a reservation are meant.
    pub overflow: bool,
    /// Whether a free quota, packages or a savings plan pay for a part of them, which neither amount is without.
    pub funded: bool,
}

/// A way in which tokens would have another price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Otherwise {
    /// By the end of a tier as another text has it.
    End {
        /// The end that counts, in input tokens.
        end: u64,
        /// The other end.
        other: u64,
    },
    /// By such ends, of calls of a trace.
    Ends {
        /// The number of calls between the two.
        calls: u64,
        /// The number of calls that the other ends leave without a price, which are in neither amount.
        unpriced: u64,
    },
    /// At a share of the prices that a page offers for a time whose end it does not say.
    Offer(Percent),
}

impl TokensNote {
    /// The rule by which it is said.
    #[must_use]
    pub fn rule(self) -> Rule {
        match self.how {
            Otherwise::End { .. } | Otherwise::Ends { .. } => Rule::TokensTierBound,
            Otherwise::Offer(_) => Rule::TokensLimitedOffer,
        }
    }

    /// Whether another one says the same of other tokens.
    #[must_use]
    pub fn is_like(self, other: Self) -> bool {
        let how = match (self.how, other.how) {
            (Otherwise::Ends { .. }, Otherwise::Ends { .. }) => true,
            (one, other) => one == other,
        };
        let of = |note: Self| (note.own.currency, note.would.is_some(), note.overflow);
        how && of(self) == of(other) && self.funded == other.funded
    }

    /// The note of both tokens, of two that are [alike](Self::is_like).
    ///
    /// # Errors
    /// [`TooLarge`] when an amount does not fit a decimal exactly.
    pub fn plus(self, other: Self) -> Result<Self, TooLarge> {
        let sum = |one: Money, more: Money| -> Result<Money, TooLarge> {
            let amount = exact::add(one.amount, more.amount)?;
            Ok(Money { amount, ..one })
        };
        let how = match (self.how, other.how) {
            (
                Otherwise::Ends { calls, unpriced },
                Otherwise::Ends {
                    calls: more,
                    unpriced: also,
                },
            ) => Otherwise::Ends {
                calls: calls.saturating_add(more),
                unpriced: unpriced.saturating_add(also),
            },
            (how, _) => how,
        };
        let would = match (self.would, other.would) {
            (Some(one), Some(more)) => Some(sum(one, more)?),
            _ => None,
        };
        Ok(Self {
            how,
            own: sum(self.own, other.own)?,
            would,
            ..self
        })
    }

    /// The note after a discount, of which this share is `left`.
    ///
    /// # Errors
    /// [`TooLarge`] when an amount does not fit a decimal exactly.
    pub fn discount(&mut self, left: Decimal) -> Result<(), TooLarge> {
        for money in [Some(&mut self.own), self.would.as_mut()]
            .into_iter()
            .flatten()
        {
            money.amount = exact::mul(money.amount, left)?;
        }
        Ok(())
    }

    /// `these tokens would cost ¥0.50, ¥0.25 more`.
    fn said(&self) -> String {
        let tokens = match self.overflow {
            true => "the overflow",
            false => "these tokens",
        };
        let Some(would) = self.would else {
            return format!("{tokens} would have no price");
        };
        let by = |amount: Decimal| {
            let currency = would.currency;
            Money { amount, currency }.precise()
        };
        let difference = match exact::sub(would.amount, self.own.amount) {
            Ok(more) if more.is_zero() => "as much".to_owned(),
            Ok(more) if more.is_sign_negative() => format!("{} less", by(exact::negate(more))),
            Ok(more) => format!("{} more", by(more)),
            Err(TooLarge) => format!("not {}", self.own.precise()),
        };
        let funded = match self.funded {
            true => ", before what a free quota, packages or a savings plan pay",
            false => "",
        };
        format!(
            "{tokens} would cost {}, {difference}{funded}",
            would.precise()
        )
    }
}

impl fmt::Display for TokensNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = self.said();
        match self.how {
            Otherwise::End { end, other } => write!(
                f,
                "the end of a tier is read as {} input tokens, and another text has {}, by which {said}",
                whole(end),
                whole(other)
            ),
            Otherwise::Ends { calls, unpriced } => {
                let have = if calls == 1 { "has" } else { "have" };
                write!(
                    f,
                    "{} {have} an input between two ends of a tier, the one that counts and that of another text, by which {said}",
                    counted(calls, "call")
                )?;
                match unpriced {
                    0 => Ok(()),
                    _ => write!(
                        f,
                        "; without {}, for which it has no price",
                        counted(unpriced, "call")
                    ),
                }
            }
            Otherwise::Offer(share) => write!(
                f,
                "{}% of these prices is offered for a time whose end is not said, and list price is used: at the offer {said}",
                plain(share.value())
            ),
        }
    }
}
