//! What is bought and what it saves, in whole numbers of one small unit of money, so that costs are compared
//! exactly.

use rust_decimal::Decimal;

use super::{FitError, Size};
use crate::replay::sums::Replayed;
use crate::replay::{Call, Calls};

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

/// What tokens cost by the size of a call: the largest input of each tier, the smallest first, and its prices.
/// A call above the last end has no price.
pub type Tiers = Vec<(Option<u64>, Prices)>;

/// How many units of each kind are bought. Where one kind is sold, the second number is 0.
pub type Units = (u64, u64);

/// The units that one buys: what each adds to the two meters of a minute, and its price for the whole term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sold {
    /// A unit for each meter, bought apart.
    Apart([(u64, Price); 2]),
    /// One unit that adds to both meters, or to one of them.
    Together(Size, Price),
}

/// What a reservation costs for its whole term, and what calls that overflow cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Costs {
    /// What is bought.
    pub sold: Sold,
    /// What the tokens of a call cost that overflows, from the beginning.
    pub tiers: Tiers,
    /// The same in each later stretch of time, where prices change.
    pub later: Vec<Tiers>,
}

/// Prices are below this, so that their product with any number of tokens or units fits 127 bits.
const MOST_PRICE: u128 = 1 << 62;

/// A call as the search sees it, whatever its tokens are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    /// What it takes of the two meters of its minute.
    pub share: Size,
    /// What it costs where it overflows, and so saves where it fits.
    pub value: u128,
}

/// Costs in a unit so small that all are whole numbers.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    /// The price of one unit of each kind.
    prices: (u64, u64),
    /// The prices of tokens by stretch of time, and then by size of a call.
    tiers: Vec<Vec<Tier>>,
}

/// What a token costs in calls up to a size.
#[derive(Debug, Clone, Copy)]
struct Tier {
    /// The largest input.
    end: u64,
    /// The price of a token of input.
    input: u64,
    /// The price of a token of output; `None` where it has none.
    output: Option<u64>,
}

impl Costs {
    /// The tiers of each stretch of time.
    pub(super) fn stretches(&self) -> impl Iterator<Item = &Tiers> + Clone {
        std::iter::once(&self.tiers).chain(&self.later)
    }

    pub(super) fn whole(&self) -> Result<Whole, FitError> {
        let bought: Vec<&Price> = match &self.sold {
            Sold::Apart(units) => units.iter().map(|(_, price)| price).collect(),
            Sold::Together(_, price) => vec![price],
        };
        let tokens = self.stretches().flatten().flat_map(|(_, (input, output))| {
            let output = output.as_ref();
            std::iter::once(input).chain(output)
        });
        let mut unit = 1_u128;
        for price in bought.iter().copied().chain(tokens) {
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
        let price = |at: usize| bought.get(at).map_or(Ok(0), |price| price.in_units(unit));
        Ok(Whole {
            prices: (price(0)?, price(1)?),
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

    /// The price in whole units of money; `unit` must be a multiple of its divisor.
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
    /// What so many units cost.
    pub(super) fn of_units(&self, units: Units) -> u128 {
        product_sum(self.prices, units)
    }

    /// A call of a stretch of time as an item, with `unpriced` as the value of one that has no price. Which of its
    /// tokens count on which meter is decided here alone.
    #[inline]
    pub(super) fn item(&self, stretch: usize, call: &Call, unpriced: u128) -> Item {
        let share = (call.input.into(), call.output.into());
        let value = self.of_tokens(stretch, call.input.into(), share);
        Item {
            share,
            value: value.unwrap_or(unpriced),
        }
    }

    /// The same for sums of calls: what they take of the meters all together, and cost at the price of their
    /// average one.
    pub(super) fn item_of_sums(&self, stretch: usize, sums: Calls, unpriced: u128) -> Item {
        Item {
            share: (sums.input, sums.output),
            value: self.of_sums(stretch, sums, sums).unwrap_or(unpriced),
        }
    }

    /// What a part of the calls of a stretch costs; `None` where it has no price.
    pub(super) fn of_sums(&self, stretch: usize, all: Calls, part: Calls) -> Option<u128> {
        // Rounded up: ends of tiers are whole, so it is in the same tier.
        let average = all.input.div_ceil(all.calls.max(1));
        match (part.input, part.output) {
            (0, 0) => Some(0),
            tokens => self.of_tokens(stretch, average, tokens),
        }
    }

    /// What tokens cost in calls with `input` tokens each; `None` where they have no price.
    #[inline]
    fn of_tokens(&self, stretch: usize, input: u64, tokens: Size) -> Option<u128> {
        let tiers = self.tiers.get(stretch)?;
        let tier = tiers.iter().find(|tier| input <= tier.end)?;
        tier.of_tokens(tokens)
    }

    /// The highest price of a token on each meter.
    pub(super) fn highest(&self) -> (u64, u64) {
        let tiers = || self.tiers.iter().flatten();
        let input = tiers().map(|tier| tier.input).max();
        let output = tiers().filter_map(|tier| tier.output).max();
        (input.unwrap_or(0), output.unwrap_or(0))
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
                all.checked_add(tier.of_tokens((sums.input, sums.output))?)
            })
        })
    }
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

/// `price × number`, which fits as prices are below [`MOST_PRICE`].
#[inline]
fn product_sum(prices: (u64, u64), numbers: (u64, u64)) -> u128 {
    let product = |price: u64, number: u64| u128::from(price).wrapping_mul(number.into());
    product(prices.0, numbers.0).wrapping_add(product(prices.1, numbers.1))
}
