//! Prices as whole numbers of one small unit, so that costs are compared exactly.

use rust_decimal::Decimal;

use super::{FitError, Size, Steps};
use crate::replay::Call;
use crate::replay::sums::Replayed;

/// A price, exactly: `amount ÷ per`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// The price of `per` units, in one currency; not negative.
    pub amount: Decimal,
    /// The number of units that it buys; at least 1.
    pub per: u64,
}

/// The price of a token of an ordinary call: input, then output, which may have none.
pub type Prices = (Price, Option<Price>);

/// What a reservation costs for its whole term, and what calls that overflow cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Costs {
    /// The multiples in which TPM is bought.
    pub steps: Steps,
    /// The price of one TPM of input, for the whole term.
    pub input: Price,
    /// The price of one TPM of output, for the whole term.
    pub output: Price,
    /// The ends of the tiers, the smallest first, and what a token of them costs. A call above the
    /// last end has no price.
    pub tiers: Tiers,
    /// The tiers of each later stretch of time, where prices change.
    pub later: Vec<Tiers>,
}

/// What tokens cost by the size of a call: the largest input of each tier, and its prices.
pub type Tiers = Vec<(Option<u64>, Prices)>;

/// Prices of a token are below this, so that their product with any number of tokens fits 127 bits.
const MOST_PRICE: u128 = 1 << 62;

/// Costs in a unit so small that all are whole numbers.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    /// The price of one TPM of input.
    pub input: u64,
    /// The price of one TPM of output.
    pub output: u64,
    /// The prices of tokens by stretch of time, and then by size of a call.
    pub tiers: Vec<Vec<Tier>>,
}

/// What a token costs in calls up to a size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tier {
    /// The largest input.
    pub end: u64,
    /// The price of a token of input.
    pub input: u64,
    /// The price of a token of output; `None` where it has none.
    pub output: Option<u64>,
}

impl Costs {
    /// The tiers of each stretch of time.
    pub(super) fn stretches(&self) -> impl Iterator<Item = &Tiers> + Clone {
        std::iter::once(&self.tiers).chain(&self.later)
    }

    pub(super) fn whole(&self) -> Result<Whole, FitError> {
        let tiers = self.stretches().flatten().flat_map(|(_, (input, output))| {
            let output = output.as_ref();
            std::iter::once(input).chain(output)
        });
        let mut unit = 1_u128;
        for price in [&self.input, &self.output].into_iter().chain(tiers) {
            unit = common_multiple(unit, price.divisor()?).ok_or(FitError::Amount)?;
        }
        let tier = |(end, (input, output)): &(Option<u64>, Prices)| {
            let output = output.map(|price| price.in_units(unit));
            Ok::<_, FitError>(Tier {
                end: end.unwrap_or(u64::MAX),
                input: input.in_units(unit)?,
                output: output.transpose()?,
            })
        };
        Ok(Whole {
            input: self.input.in_units(unit)?,
            output: self.output.in_units(unit)?,
            tiers: self
                .stretches()
                .map(|tiers| tiers.iter().map(tier).collect())
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Price {
    fn divisor(&self) -> Result<u128, FitError> {
        let power = 10_u128.checked_pow(self.amount.normalize().scale());
        power
            .and_then(|power| power.checked_mul(self.per.into()))
            .filter(|divisor| *divisor > 0)
            .ok_or(FitError::Amount)
    }

    /// The price in whole units; `unit` must be a multiple of its divisor.
    fn in_units(&self, unit: u128) -> Result<u64, FitError> {
        let amount = u128::try_from(self.amount.normalize().mantissa());
        let amount = amount.map_err(|_| FitError::Amount)?;
        unit.checked_div(self.divisor()?)
            .and_then(|times| times.checked_mul(amount))
            .filter(|price| *price < MOST_PRICE)
            .and_then(|price| u64::try_from(price).ok())
            .ok_or(FitError::Amount)
    }
}

fn common_multiple(a: u128, b: u128) -> Option<u128> {
    let (mut common, mut rest) = (a, b);
    while rest != 0 {
        (common, rest) = (rest, common.checked_rem(rest)?);
    }
    a.checked_div(common)?.checked_mul(b)
}

impl Whole {
    /// What reserving `size` costs.
    pub(super) fn of_reservation(&self, size: Size) -> u128 {
        product_sum((self.input, self.output), size)
    }

    /// The tiers of the stretch at this index.
    #[inline]
    pub(super) fn tiers_of(&self, place: usize) -> &[Tier] {
        self.tiers.get(place).map_or(&[], Vec::as_slice)
    }

    /// The cost of what overflowed in all stretches; `None` where a part has no price or the sum does not fit.
    pub(super) fn of_replayed(&self, replayed: &[Replayed]) -> Option<u128> {
        let mut stretches = self.tiers.iter().zip(replayed);
        stretches.try_fold(0_u128, |all, (tiers, replayed)| {
            if !replayed.unpriced.is_empty() {
                return None;
            }
            let mut tiers = tiers.iter().zip(&replayed.overflow);
            tiers.try_fold(all, |all, (tier, sums)| {
                all.checked_add(tier.of_tokens((sums.tokens.input, sums.tokens.output))?)
            })
        })
    }
}

/// Input and output tokens of a call.
pub(super) fn tokens(call: Call) -> Size {
    (call.input.into(), call.output.into())
}

/// What tokens cost in calls with `input` tokens each; `None` where they have no price.
#[inline]
pub(super) fn of_tokens(tiers: &[Tier], input: u64, tokens: Size) -> Option<u128> {
    let tier = tiers.iter().find(|tier| input <= tier.end)?;
    tier.of_tokens(tokens)
}

impl Tier {
    #[inline]
    fn of_tokens(&self, tokens: Size) -> Option<u128> {
        let output = match self.output {
            None if tokens.1 > 0 => return None,
            output => output.unwrap_or(0),
        };
        Some(product_sum((self.input, output), tokens))
    }
}

/// `price × tokens`, which fits as prices are below [`MOST_PRICE`].
#[inline]
fn product_sum(prices: (u64, u64), tokens: Size) -> u128 {
    let product = |price: u64, tokens: u64| u128::from(price).wrapping_mul(tokens.into());
    product(prices.0, tokens.0).wrapping_add(product(prices.1, tokens.1))
}
