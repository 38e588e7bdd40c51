//! What to know of prices by token beside the ones that are charged.

use std::fmt;

use rust_decimal::Decimal;

use crate::billing::exact::{self, TooLarge, plain};
use crate::billing::money::{Money, Percent};
use crate::billing::number::{counted, whole};
use crate::billing::rule::Rule;

/// Something about prices by token. `Display` gives its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokensNote {
    /// A request whose tier depends on how the bounds of tiers are read.
    Bound {
        /// Where calls beyond a reservation are meant, and not all of them.
        overflow: bool,
        /// The end that counts, in input tokens.
        end: u64,
        /// The same end as the other text has it.
        other: u64,
        /// What the tokens cost as they are priced.
        own: Money,
        /// What they would cost by the other end; `None` where it leaves them without a price.
        would: Option<Money>,
    },
    /// Calls of a trace whose tier depends on it.
    BoundOfCalls {
        /// Where calls beyond a reservation are meant, and not all of them.
        overflow: bool,
        /// The number of calls.
        calls: u64,
        /// What all calls that have a price both ways cost as they are priced.
        own: Money,
        /// What they would cost by the other ends.
        would: Money,
        /// The number of calls that the other ends leave without a price.
        unpriced: u64,
    },
    /// The page offers a share of the prices for a time whose end it does not say.
    LimitedOffer {
        /// Where calls beyond a reservation are meant, and not all of them.
        overflow: bool,
        /// The share of the prices that is paid.
        share: Percent,
        /// What the tokens cost at list price.
        own: Money,
        /// What they would cost at that share.
        would: Money,
    },
}

impl TokensNote {
    /// The rule by which it is said.
    #[must_use]
    pub fn rule(self) -> Rule {
        match self {
            Self::Bound { .. } | Self::BoundOfCalls { .. } => Rule::TokensTierBound,
            Self::LimitedOffer { .. } => Rule::TokensLimitedOffer,
        }
    }

    /// What the tokens would cost otherwise.
    #[must_use]
    pub fn would(self) -> Option<Money> {
        match self {
            Self::Bound { would, .. } => would,
            Self::BoundOfCalls { would, .. } | Self::LimitedOffer { would, .. } => Some(would),
        }
    }

    /// The note after a discount, of which this share is `left`.
    ///
    /// # Errors
    /// [`TooLarge`] when an amount does not fit a decimal exactly.
    pub fn discount(&mut self, left: Decimal) -> Result<(), TooLarge> {
        let amounts = match self {
            Self::Bound { own, would, .. } => [Some(own), would.as_mut()],
            Self::BoundOfCalls { own, would, .. } | Self::LimitedOffer { own, would, .. } => {
                [Some(own), Some(would)]
            }
        };
        for money in amounts.into_iter().flatten() {
            money.amount = exact::mul(money.amount, left)?;
        }
        Ok(())
    }
}

impl fmt::Display for TokensNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bound {
                overflow,
                end,
                other,
                own,
                would,
            } => {
                let tokens = tokens(*overflow);
                write!(
                    f,
                    "the end of a tier is read as {} input tokens, as the console has it; another page has {}, by which {tokens}",
                    whole(*end),
                    whole(*other)
                )?;
                match would {
                    Some(would) => write!(
                        f,
                        " would cost {}, {}",
                        would.precise(),
                        difference(*own, *would)
                    ),
                    None => f.write_str(" would have no price"),
                }
            }
            Self::BoundOfCalls {
                overflow,
                calls,
                own,
                would,
                unpriced,
            } => {
                let (tokens, have) = (tokens(*overflow), if *calls == 1 { "has" } else { "have" });
                write!(
                    f,
                    "{} {have} an input between the two ends of a tier, that of the console, which counts, and that of another page: by the latter {tokens} would cost {}, {}",
                    counted(*calls, "call"),
                    would.precise(),
                    difference(*own, *would)
                )?;
                match unpriced {
                    0 => Ok(()),
                    _ => write!(
                        f,
                        "; without {}, for which it has no price",
                        counted(*unpriced, "call")
                    ),
                }
            }
            Self::LimitedOffer {
                overflow,
                share,
                own,
                would,
            } => write!(
                f,
                "the page offers {}% of these prices for a time whose end it does not say, and list price is used: at the offer {} would cost {}, {}",
                plain(share.value()),
                tokens(*overflow),
                would.precise(),
                difference(*own, *would)
            ),
        }
    }
}

fn tokens(overflow: bool) -> &'static str {
    match overflow {
        true => "the overflow",
        false => "these tokens",
    }
}

/// `CNY 12 more`.
fn difference(own: Money, would: Money) -> String {
    let by = |amount: Decimal| Money { amount, ..own }.precise();
    match exact::sub(would.amount, own.amount) {
        Ok(more) if more.is_zero() => "the same".to_owned(),
        Ok(more) if more.is_sign_negative() => format!("{} less", by(exact::negate(more))),
        Ok(more) => format!("{} more", by(more)),
        Err(TooLarge) => "instead".to_owned(),
    }
}
