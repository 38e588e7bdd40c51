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

/// The price of a token of an ordinary call, or of a unit: input, then output, which may have none.
pub type Prices = (Price, Option<Price>);

/// What tokens cost by the size of a call: the largest input of each tier, the smallest first, and its prices.
/// A call above the last end has no price.
pub type Tiers = Vec<(Option<u64>, Prices)>;

/// How many units of each kind are bought. Where one kind is sold, the second number is 0.
pub type Units = (u64, u64);

/// The units that one buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sold {
    /// What a unit adds to each of the two meters of a minute.
    pub adds: Size,
    /// What a unit for the first meter costs for the whole term, and one for the second. Without the latter, one
    /// unit adds to both.
    pub prices: Prices,
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

/// Costs in a unit so small that all are whole numbers.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    /// The price of one unit of each kind.
    units: (u64, u64),
    /// The prices of tokens by stretch of time, and then by size of a call: its largest input first.
    tiers: Vec<Vec<(u64, OfTokens)>>,
}

/// The price of a token of input, and of one of output, which may have none.
type OfTokens = (u64, Option<u64>);

impl Sold {
    /// What so many units hold in a minute, of each meter; the largest number where that is more.
    #[inline]
    pub(super) fn hold(&self, (first, second): Units) -> Size {
        let second = match self.prices.1 {
            Some(_) => second,
            None => first,
        };
        let (adds, more) = self.adds;
        (adds.saturating_mul(first), more.saturating_mul(second))
    }

    /// The fewest units of each kind that hold `used`.
    #[inline]
    pub(super) fn need(&self, used: Size) -> Units {
        let of = |used: u64, adds: u64| match adds {
            0 if used == 0 => 0,
            // Units that add nothing hold nothing, however many they are.
            0 => u64::MAX,
            adds => used.div_ceil(adds),
        };
        let (first, second) = (of(used.0, self.adds.0), of(used.1, self.adds.1));
        match self.prices.1 {
            Some(_) => (first, second),
            None => (first.max(second), 0),
        }
    }
}

impl Costs {
    /// The tiers of each stretch of time.
    pub(super) fn stretches(&self) -> impl Iterator<Item = &Tiers> + Clone {
        std::iter::once(&self.tiers).chain(&self.later)
    }

    pub(super) fn whole(&self) -> Result<Whole, FitError> {
        let tokens = self.stretches().flatten().map(|(_, prices)| prices);
        let all = tokens.chain([&self.sold.prices]);
        let all = all.flat_map(|(input, output)| std::iter::once(input).chain(output));
        let mut unit = 1_u128;
        for price in all {
            unit = common_multiple(unit, price.divisor()?).ok_or(FitError::Amount)?;
        }
        let of = |(input, output): &Prices| {
            let output = output.map(|price| price.in_units(unit));
            Ok::<_, FitError>((input.in_units(unit)?, output.transpose()?))
        };
        let of_tier = |(end, prices): &(Option<u64>, Prices)| {
            let prices = of(prices)?;
            Ok::<_, FitError>((end.unwrap_or(u64::MAX), prices))
        };
        let (first, second) = of(&self.sold.prices)?;
        let tiers = self.stretches();
        let tiers = tiers.map(|tiers| tiers.iter().map(of_tier).collect());
        Ok(Whole {
            units: (first, second.unwrap_or(0)),
            tiers: tiers.collect::<Result<_, _>>()?,
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
        product_sum(self.units, units)
    }

    /// What a call takes of the two meters, and what it costs where it overflows, if it has a price. Which tokens
    /// count on which meter is decided here and in [`Whole::of_sums`] alone.
    #[inline]
    pub(super) fn of_call(&self, stretch: usize, call: &Call) -> (Size, Option<u128>) {
        let share = (call.input.into(), call.output.into());
        (share, self.of_tokens(stretch, call.input.into(), share))
    }

    /// The same for a part of the calls of which only the sums are known. Their average one picks the tier.
    pub(super) fn of_sums(&self, stretch: usize, all: Calls, part: Calls) -> (Size, Option<u128>) {
        // Rounded up: ends of tiers are whole, so it is in the same tier.
        let average = all.input.div_ceil(all.calls.max(1));
        let share = (part.input, part.output);
        let value = match share {
            (0, 0) => Some(0),
            share => self.of_tokens(stretch, average, share),
        };
        (share, value)
    }

    #[inline]
    fn of_tokens(&self, stretch: usize, input: u64, tokens: Size) -> Option<u128> {
        let mut tiers = self.tiers.get(stretch)?.iter();
        let (_, prices) = tiers.find(|(end, _)| input <= *end)?;
        of(*prices, tokens)
    }

    /// The highest price of a token on each meter.
    pub(super) fn highest(&self) -> (u64, u64) {
        let prices = self.tiers.iter().flatten().map(|(_, prices)| *prices);
        prices.fold((0, 0), |highest, (input, output)| {
            (highest.0.max(input), highest.1.max(output.unwrap_or(0)))
        })
    }

    /// The cost of what overflowed in all stretches; `None` where a part has no price or the sum does not fit.
    pub(super) fn of_replayed(&self, replayed: &[Replayed]) -> Option<u128> {
        let mut stretches = self.tiers.iter().zip(replayed);
        stretches.try_fold(0_u128, |all, (tiers, replayed)| {
            if !replayed.unpriced.is_empty() {
                return None;
            }
            let mut tiers = tiers.iter().zip(&replayed.overflow);
            tiers.try_fold(all, |all, ((_, prices), sums)| {
                all.checked_add(of(*prices, (sums.input, sums.output))?)
            })
        })
    }
}

#[inline]
fn of((input, output): OfTokens, tokens: Size) -> Option<u128> {
    match output {
        None if tokens.1 > 0 => None,
        output => Some(product_sum((input, output.unwrap_or(0)), tokens)),
    }
}

/// `price × number`, which fits as prices are below [`MOST_PRICE`].
#[inline]
pub(super) fn product_sum(prices: (u64, u64), numbers: (u64, u64)) -> u128 {
    let product = |price: u64, number: u64| u128::from(price).wrapping_mul(number.into());
    product(prices.0, numbers.0).wrapping_add(product(prices.1, numbers.1))
}
