//! What is bought and what it saves, in whole numbers of one small unit of money, so that costs are compared
//! exactly.

use rust_decimal::Decimal;

use super::{FitError, Size};
use crate::billing::kind::{TokenKind, Tokens};
use crate::billing::meter::{Meters, PerMeter};
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

/// The price of a token of each kind of an ordinary call; output may have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenPrices {
    /// Input.
    pub input: Price,
    /// Input that is read from a cache.
    pub cached: Price,
    /// Input that is written to a cache.
    pub cache_write: Price,
    /// Output.
    pub output: Option<Price>,
}

impl TokenPrices {
    /// The same price for all input.
    #[must_use]
    pub fn plain(input: Price, output: Option<Price>) -> Self {
        Self {
            input,
            cached: input,
            cache_write: input,
            output,
        }
    }

    fn all(&self) -> impl Iterator<Item = &Price> {
        [&self.input, &self.cached, &self.cache_write]
            .into_iter()
            .chain(&self.output)
    }
}

/// What tokens cost by the size of a call: the largest input of each tier, the smallest first, and its prices.
/// A call above the last end has no price.
pub type Tiers = Vec<(Option<u64>, TokenPrices)>;

/// How many units of each kind are bought. Where one kind is sold, the second number is 0.
pub type Units = (u64, u64);

/// The units that one buys, each a step in which it is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sold {
    /// What a unit adds to each of the two meters of a minute.
    pub adds: Size,
    /// What a unit for the first meter costs for the whole term, and one for the second. Without the latter, one
    /// unit adds to both.
    pub prices: (Price, Option<Price>),
    /// So many of each kind are not sold by themselves: of any at all, one more is the fewest.
    pub skipped: Units,
    /// Whether one kind is sold only with the other.
    pub together: bool,
}

impl Default for Sold {
    /// Nothing, at no price.
    fn default() -> Self {
        let amount = Decimal::ZERO;
        Self {
            adds: (0, 0),
            prices: (Price { amount, per: 1 }, None),
            skipped: (0, 0),
            together: false,
        }
    }
}

/// What a reservation costs for its whole term, and what calls that overflow cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Costs {
    /// What is bought; it adds whole tokens.
    pub sold: Sold,
    /// What a call takes of it.
    pub meters: Meters,
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
    sold: Sold,
    meters: Meters,
    /// The prices of tokens by stretch of time, and then by size of a call: its largest input first.
    tiers: Vec<Vec<(u64, OfTokens)>>,
}

/// The price of a token of each kind; output may have none.
#[derive(Debug, Clone, Copy)]
struct OfTokens {
    input: u64,
    cached: u64,
    cache_write: u64,
    output: Option<u64>,
}

/// A search counts what can be bought: 0, and then from the smallest number on.
impl Sold {
    /// Adds a kind of units: what one adds to each meter, its price, and how many are not sold by themselves.
    pub fn add(&mut self, adds: PerMeter<u64>, price: Price, skipped: u64) {
        let [one, other] = adds;
        if self.adds == (0, 0) {
            *self = Self {
                adds: (one, other),
                prices: (price, None),
                skipped: (skipped, 0),
                together: self.together,
            };
        } else {
            self.adds = (self.adds.0.max(one), self.adds.1.max(other));
            self.prices.1 = Some(price);
            self.skipped.1 = skipped;
        }
    }

    /// The fewest units of each kind, counted as places of what can be bought, where any are.
    #[inline]
    pub(super) fn fewest(&self) -> u64 {
        self.together.into()
    }

    /// The number of units at this place of what can be bought.
    #[inline]
    pub(super) fn bought(&self, (first, second): Units) -> Units {
        let of = |place: u64, skipped: u64| match place {
            0 => 0,
            place => place.saturating_add(skipped),
        };
        (of(first, self.skipped.0), of(second, self.skipped.1))
    }

    /// What that holds in a minute, of each meter; the largest number where that is more.
    #[inline]
    pub(super) fn hold(&self, places: Units) -> Size {
        let (first, second) = self.bought(places);
        let second = match self.prices.1 {
            Some(_) => second,
            None => first,
        };
        let (adds, more) = self.adds;
        (adds.saturating_mul(first), more.saturating_mul(second))
    }

    /// The first place of each kind that holds `used`.
    #[inline]
    pub(super) fn need(&self, used: Size) -> Units {
        let of = |used: u64, adds: u64| match adds {
            0 if used == 0 => 0,
            // Units that add nothing hold nothing, however many they are.
            0 => u64::MAX,
            adds => used.div_ceil(adds),
        };
        let place = |count: u64, skipped: u64| match count {
            0 => 0,
            count => count.saturating_sub(skipped).max(1),
        };
        let (first, second) = (of(used.0, self.adds.0), of(used.1, self.adds.1));
        let (one, other) = self.skipped;
        match self.prices.1 {
            Some(_) => (place(first, one), place(second, other)),
            None => (place(first.max(second), one), 0),
        }
    }
}

impl Costs {
    /// The tiers of each stretch of time.
    pub(super) fn stretches(&self) -> impl Iterator<Item = &Tiers> + Clone {
        std::iter::once(&self.tiers).chain(&self.later)
    }

    pub(super) fn whole(&self) -> Result<Whole, FitError> {
        let tokens = self.stretches().flatten();
        let (first, second) = &self.sold.prices;
        let all = tokens.flat_map(|(_, prices)| prices.all());
        let all = all.chain([first]).chain(second);
        let mut unit = 1_u128;
        for price in all {
            unit = common_multiple(unit, price.divisor()?).ok_or(FitError::Amount)?;
        }
        let optional = |price: Option<Price>| price.map(|price| price.in_units(unit)).transpose();
        let of_tier = |(end, prices): &(Option<u64>, TokenPrices)| {
            let prices = OfTokens {
                input: prices.input.in_units(unit)?,
                cached: prices.cached.in_units(unit)?,
                cache_write: prices.cache_write.in_units(unit)?,
                output: optional(prices.output)?,
            };
            Ok::<_, FitError>((end.unwrap_or(u64::MAX), prices))
        };
        let (first, second) = (first.in_units(unit)?, optional(*second)?);
        let fits = |parts: u128| u64::try_from(parts).map_err(|_| FitError::Amount);
        let (one, other) = self.sold.adds;
        let [one, other] = self.meters.quota([one, other]);
        let tiers = self.stretches();
        let tiers = tiers.map(|tiers| tiers.iter().map(of_tier).collect());
        Ok(Whole {
            units: (first, second.unwrap_or(0)),
            sold: Sold {
                adds: (fits(one)?, fits(other)?),
                ..self.sold
            },
            meters: self.meters.clone(),
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
    /// What is bought; it adds parts of the meters.
    pub(super) fn sold(&self) -> Sold {
        self.sold
    }

    /// What a call takes.
    pub(super) fn meters(&self) -> &Meters {
        &self.meters
    }

    /// What the units at this place of what can be bought cost.
    pub(super) fn of_units(&self, places: Units) -> u128 {
        product_sum(self.units, self.sold.bought(places))
    }

    /// What a call takes of the two meters, and what it costs where it overflows, if it has a price. Which tokens
    /// count on which meter is decided here and in [`Whole::of_sums`] alone.
    #[inline]
    pub(super) fn of_call(&self, stretch: usize, call: &Call) -> (Size, Option<u128>) {
        let tokens = Tokens::from(*call);
        let share = match self.meters.are_sides() {
            true => (tokens.input, tokens.output),
            // What one call takes fits.
            false => whole_parts(self.meters.shares(tokens, 1)),
        };
        (share, self.of_tokens(stretch, tokens.input, tokens))
    }

    /// The same for a part of the calls of which only the sums are known. Their average one picks the tier.
    pub(super) fn of_sums(&self, stretch: usize, all: Calls, part: Calls) -> (Size, Option<u128>) {
        // Rounded up: ends of tiers are whole, so it is in the same tier.
        let average = all.tokens.input.div_ceil(all.calls.max(1));
        let share = self.meters.shares(part.tokens, part.calls);
        let value = match part.tokens.is_empty() {
            true => Some(0),
            false => self.of_tokens(stretch, average, part.tokens),
        };
        (whole_parts(share), value)
    }

    #[inline]
    fn of_tokens(&self, stretch: usize, input: u64, tokens: Tokens) -> Option<u128> {
        let mut tiers = self.tiers.get(stretch)?.iter();
        let (_, prices) = tiers.find(|(end, _)| input <= *end)?;
        prices.of(tokens)
    }

    /// The highest price of a token of input and of output: what a part of each meter is worth where it counts
    /// tokens of one side.
    pub(super) fn highest(&self) -> (u64, u64) {
        let prices = self.tiers.iter().flatten().map(|(_, prices)| *prices);
        prices.fold((0, 0), |highest, prices| {
            let input = prices.input.max(prices.cached).max(prices.cache_write);
            (
                highest.0.max(input),
                highest.1.max(prices.output.unwrap_or(0)),
            )
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
                all.checked_add(prices.of(sums.tokens)?)
            })
        })
    }
}

impl OfTokens {
    #[inline]
    fn of(self, tokens: Tokens) -> Option<u128> {
        let output = match self.output {
            None if tokens.output > 0 => return None,
            output => output.unwrap_or(0),
        };
        let plain = product_sum(
            (self.input, output),
            (tokens.of(TokenKind::Input), tokens.output),
        );
        // Most calls have nothing to do with a cache. All kinds of input together are no more than the input.
        match (tokens.cached, tokens.cache_write) {
            (0, 0) => Some(plain),
            of_cache => {
                let more = product_sum((self.cached, self.cache_write), of_cache);
                Some(plain.wrapping_add(more))
            }
        }
    }
}

fn whole_parts(parts: PerMeter<u128>) -> Size {
    let [one, other] = parts.map(|parts| u64::try_from(parts).unwrap_or(u64::MAX));
    (one, other)
}

/// `price × number`, which fits as prices are below [`MOST_PRICE`].
#[inline]
pub(super) fn product_sum(prices: (u64, u64), numbers: (u64, u64)) -> u128 {
    let product = |price: u64, number: u64| u128::from(price).wrapping_mul(number.into());
    product(prices.0, numbers.0).wrapping_add(product(prices.1, numbers.1))
}
