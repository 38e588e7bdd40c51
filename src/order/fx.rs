//! The rates of exchange that were given, for totals in one currency.

use super::Say;
use crate::billing::fx::{Exchange, Fx};
use crate::billing::money::Currency;
use crate::catalog::likely_turned;

/// Why a rate of exchange is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FxError {
    /// Two rates are given for the same currency.
    Twice(Currency),
    /// The rate converts to the currency that the totals are in already.
    ToItself(Currency),
    /// The rate does not name the currency of the totals.
    Unnamed {
        /// The rate.
        fx: Fx,
        /// The currency of the totals.
        base: Currency,
    },
    /// The rate looks as if it was given the other way round.
    LikelyTurned {
        /// The rate.
        fx: Fx,
        /// The exchange that the rate stands for as it is written.
        said: Exchange,
    },
}

/// Each rate from `base`, the currency of the totals. One that can be taken in two ways is asked
/// for, and not taken.
///
/// # Errors
/// [`FxError`] for the first rate that cannot be used.
pub fn exchanges(rates: &[Fx], base: Currency) -> Result<Vec<Exchange>, FxError> {
    let mut found: Vec<Exchange> = Vec::new();
    for fx in rates.iter().copied() {
        let exchange = fx.exchange(base).ok_or(match fx {
            Fx::OfOne(_) => FxError::ToItself(base),
            Fx::Equal(..) => FxError::Unnamed { fx, base },
        })?;
        let other = exchange.to.currency;
        if found.iter().any(|known| known.to.currency == other) {
            return Err(FxError::Twice(other));
        }
        if let Fx::OfOne(one) = fx {
            // One unit of the other currency is so much of this one.
            let is_base = one.currency == base;
            let of = if is_base { other } else { base };
            if likely_turned(of, one.amount, one.currency) {
                let said = if is_base { exchange.turned() } else { exchange };
                return Err(FxError::LikelyTurned { fx, said });
            }
        }
        found.push(exchange);
    }
    Ok(found)
}

/// The flag and the key that say what one unit of a currency is in another.
#[must_use]
pub fn missing_rate(from: Currency, to: Currency) -> String {
    let rate = format!("1{from}=<RATE>{to}");
    Say::Flags.with("fx", &rate)
}

impl FxError {
    /// What is wrong.
    #[must_use]
    pub fn message(&self, say: Say) -> String {
        let name = say.name("fx");
        match self {
            Self::Twice(currency) => format!("{name} is given twice for `{currency}`"),
            Self::ToItself(base) => format!("{name} converts from {base}, not to it"),
            Self::Unnamed { fx, base } => {
                format!("`{fx}` does not name {base}, which the totals are in")
            }
            Self::LikelyTurned { fx, said } => format!(
                "`{fx}` says that {} {} is {} {}, which is likely the other way round",
                said.from.amount, said.from.currency, said.to.amount, said.to.currency
            ),
        }
    }

    /// The way out.
    #[must_use]
    pub fn hint(&self, say: Say) -> String {
        match self {
            Self::Twice(_) => "leave one of them out".to_owned(),
            Self::ToItself(base) => {
                let example = match base.code() {
                    "USD" => say.with("fx", "1USD=7.2CNY"),
                    _ => say.with("fx", "USD=0.1389"),
                };
                format!("name another currency, as in {example}")
            }
            Self::Unnamed { fx, base } => {
                let other = match fx {
                    Fx::OfOne(one) | Fx::Equal(one, _) => one.currency,
                };
                let example = say.with("fx", &format!("1{other}=<RATE>{base}"));
                format!("name {base} on one side, as in {example}")
            }
            Self::LikelyTurned { said, .. } => {
                let (base, other) = (said.from.currency, said.to.currency);
                let rate = said.to.amount.normalize();
                let turned = say.with("fx", &format!("1{other}={rate}{base}"));
                let meant = say.with("fx", &format!("1{base}={rate}{other}"));
                format!("state it with both currencies: {turned} or {meant}")
            }
        }
    }
}
