//! What a call takes of a reservation: a weighted share of each of its meters, counted per clock
//! minute (`ptu.weights`).
//!
//! A meter weighs each kind of tokens, perhaps by bracket of the call's input length. The part of the
//! input inside a bracket has that bracket's weights; output has those of the bracket in which the
//! call's input ends. Cached input comes first in a call, then what is written to a cache, then the
//! rest: a cache holds the beginning of a prompt.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::exact;
use super::kind::{TokenKind, Tokens};

/// The most meters of a reservation: no product has more.
pub const METERS: usize = 2;

/// The most decimals of a weight, and the most that a weight counts: so a share of a call of 32 bits a kind
/// fits 54 bits.
const MOST_SCALED: u64 = 1_000_000;

/// What a token of each kind counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// A token of input that no cache is involved in.
    pub input: Decimal,
    /// A token that is read from a cache.
    pub cached: Decimal,
    /// A token that is written to a cache.
    pub cache_write: Decimal,
    /// A token of output.
    pub output: Decimal,
}

impl Weights {
    /// The weight of one kind.
    #[must_use]
    pub fn of(&self, kind: TokenKind) -> Decimal {
        match kind {
            TokenKind::Input => self.input,
            TokenKind::Cached => self.cached,
            TokenKind::CacheWrite => self.cache_write,
            TokenKind::Output => self.output,
        }
    }

    /// The weights of a meter that counts all input alike and no output, or the other way round.
    fn of_side(input: bool) -> Self {
        let (input, output) = match input {
            true => (Decimal::ONE, Decimal::ZERO),
            false => (Decimal::ZERO, Decimal::ONE),
        };
        Self {
            input,
            cached: input,
            cache_write: input,
            output,
        }
    }
}

/// Weights of the tokens of calls up to a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bracket {
    /// The input token with which it ends, counted from the beginning of the call; `None` for the last.
    pub up_to: Option<u64>,
    /// The weights inside it.
    pub weights: Weights,
}

/// What is counted per minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meter {
    name: String,
    brackets: Vec<Bracket>,
    /// What one token is in the whole numbers of `scaled`.
    scale: u64,
    /// The brackets in whole numbers.
    scaled: Vec<Scaled>,
}

/// A bracket in whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scaled {
    up_to: u64,
    input: u64,
    cached: u64,
    cache_write: u64,
    output: u64,
}

impl Meter {
    /// A meter of this name. The brackets grow, and only the last has no end.
    ///
    /// # Errors
    /// A sentence about what is wrong with the brackets.
    pub fn new(name: &str, brackets: Vec<Bracket>) -> Result<Self, &'static str> {
        let weights = || {
            let brackets = brackets.iter();
            brackets.flat_map(|one| TokenKind::ALL.map(|kind| one.weights.of(kind)))
        };
        let decimals = weights().map(|weight| weight.normalize().scale()).max();
        let scale = 10_u64.checked_pow(decimals.unwrap_or(0));
        let scale = scale.filter(|scale| *scale <= MOST_SCALED);
        let scale = scale.ok_or("a weight has at most 6 decimals")?;
        let wrong = "the largest weight of a meter is at most 1,000,000 times the finest decimal of its weights";
        let whole = |weight: Decimal| {
            let scaled = exact::mul(weight, scale.into()).map_err(|_| wrong)?;
            let scaled = u64::try_from(scaled).map_err(|_| wrong)?;
            match scaled <= MOST_SCALED {
                true => Ok(scaled),
                false => Err(wrong),
            }
        };
        let mut scaled: Vec<Scaled> = Vec::new();
        for (place, one) in brackets.iter().enumerate() {
            let is_last = place.saturating_add(1) == brackets.len();
            let before = scaled.last().map_or(0, |before| before.up_to);
            let up_to = one.up_to.unwrap_or(u64::MAX);
            if one.up_to.is_none() != is_last || up_to <= before {
                return Err("brackets grow, and only the last has no `up_to`");
            }
            scaled.push(Scaled {
                up_to,
                input: whole(one.weights.input)?,
                cached: whole(one.weights.cached)?,
                cache_write: whole(one.weights.cache_write)?,
                output: whole(one.weights.output)?,
            });
        }
        if weights().all(|weight| weight.is_zero()) {
            return Err("a meter counts some kind of tokens");
        }
        Ok(Self {
            name: name.to_owned(),
            brackets,
            scale,
            scaled,
        })
    }

    /// The name: `input`, `output`, `tokens`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its weights, by length of a call.
    #[must_use]
    pub fn brackets(&self) -> &[Bracket] {
        &self.brackets
    }

    /// What `calls` equal calls with these tokens in all take of the meter, in parts of a token: see [`Meters`].
    fn share(&self, tokens: Tokens, calls: u64) -> u128 {
        let Tokens {
            input,
            cached,
            cache_write,
            output,
        } = tokens.map(u128::from);
        let written = cached.saturating_add(cache_write).min(input);
        let cached = cached.min(input);
        let calls = u128::from(calls.max(1));
        let (mut from, mut all) = (0_u128, 0_u128);
        for bracket in &self.scaled {
            let end = u128::from(bracket.up_to).saturating_mul(calls);
            let to = end.min(input);
            let part = |weight: u64, start: u128, stop: u128| {
                let inside = stop.min(to).saturating_sub(start.max(from));
                inside.saturating_mul(weight.into())
            };
            all = all
                .saturating_add(part(bracket.cached, 0, cached))
                .saturating_add(part(bracket.cache_write, cached, written))
                .saturating_add(part(bracket.input, written, input));
            if input <= end {
                return all.saturating_add(output.saturating_mul(bracket.output.into()));
            }
            from = to;
        }
        all
    }
}

/// Something of each meter, in their order; 0 where there is no second one.
pub type PerMeter<T> = [T; METERS];

/// The meters of a reservation. What calls take of one is a whole number of *parts*: so many parts are a
/// token that its weights are whole numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meters {
    all: Arc<[Meter]>,
    sides: bool,
}

impl Meters {
    /// These meters: one or two.
    ///
    /// # Errors
    /// A sentence where there are none or more.
    pub fn new(all: Vec<Meter>) -> Result<Self, &'static str> {
        if !(1..=METERS).contains(&all.len()) {
            return Err("a reservation has one meter or two");
        }
        let is_side = |place: usize, input: bool| {
            let meter: Option<&Meter> = all.get(place);
            meter.is_some_and(|meter| match meter.brackets.as_slice() {
                [only] => only.weights == Weights::of_side(input),
                _ => false,
            })
        };
        Ok(Self {
            sides: is_side(0, true) && is_side(1, false),
            all: all.into(),
        })
    }

    /// Input and output, each token for one.
    #[must_use]
    pub fn of_sides() -> Self {
        let side = |name: &str, input| {
            let weights = Weights::of_side(input);
            let up_to = None;
            Meter::new(name, vec![Bracket { up_to, weights }]).ok()
        };
        let all: Vec<Meter> = [side("input", true), side("output", false)]
            .into_iter()
            .flatten()
            .collect();
        Self {
            all: all.into(),
            sides: true,
        }
    }

    /// Whether they count input and output, each token for one: a part is then a token.
    #[must_use]
    pub fn are_sides(&self) -> bool {
        self.sides
    }

    /// The meters, one or two.
    pub fn iter(&self) -> impl Iterator<Item = &Meter> {
        self.all.iter()
    }

    /// The place of the meter of this name.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.all.iter().position(|meter| meter.name == name)
    }

    /// A number for each meter.
    fn each<T: Default>(&self, mut of: impl FnMut(usize, &Meter) -> T) -> PerMeter<T> {
        let mut each = PerMeter::<T>::default();
        for ((place, meter), slot) in self.all.iter().enumerate().zip(&mut each) {
            *slot = of(place, meter);
        }
        each
    }

    /// The parts that `calls` equal calls with these tokens in all take.
    #[must_use]
    pub fn shares(&self, tokens: Tokens, calls: u64) -> PerMeter<u128> {
        self.each(|_, meter| meter.share(tokens, calls))
    }

    /// The parts that one call of a trace takes. Each fits 54 bits.
    #[must_use]
    pub fn shares_of(&self, call: Tokens<u32>) -> PerMeter<u64> {
        let tokens = Tokens::from(call);
        let fits = |parts: u128| u64::try_from(parts).unwrap_or(u64::MAX);
        self.shares(tokens, 1).map(fits)
    }

    /// The parts of a minute's quota of these tokens.
    #[must_use]
    pub fn quota(&self, capacity: PerMeter<u64>) -> PerMeter<u128> {
        self.each(|place, meter| {
            let capacity = capacity.get(place).copied().unwrap_or(0);
            u128::from(capacity).saturating_mul(meter.scale.into())
        })
    }

    /// Parts as tokens, rounded up.
    #[must_use]
    pub fn whole(&self, parts: PerMeter<u128>) -> PerMeter<u128> {
        self.each(|place, meter| {
            let parts = parts.get(place).copied().unwrap_or(0);
            parts.div_ceil(meter.scale.into())
        })
    }
}

impl Default for Meters {
    fn default() -> Self {
        Self::of_sides()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    fn weights([input, cached, output]: [&str; 3]) -> Weights {
        Weights {
            input: decimal(input),
            cached: decimal(cached),
            cache_write: decimal(input),
            output: decimal(output),
        }
    }

    fn meters(brackets: &[(Option<u64>, [&str; 3])]) -> Meters {
        let side = |input: bool| {
            let brackets = brackets
                .iter()
                .map(|(up_to, [whole, cached, out])| Bracket {
                    up_to: *up_to,
                    weights: match input {
                        true => weights([whole, cached, "0"]),
                        false => weights(["0", "0", out]),
                    },
                });
            let name = if input { "input" } else { "output" };
            Meter::new(name, brackets.collect()).unwrap()
        };
        Meters::new(vec![side(true), side(false)]).unwrap()
    }

    /// Tokens of the input and the output meter, which are whole in these examples.
    fn taken(meters: &Meters, tokens: Tokens) -> PerMeter<u128> {
        let shares = meters.shares(tokens, 1);
        let whole = meters.whole(shares);
        assert_eq!(
            meters.quota(whole.map(|tokens| u64::try_from(tokens).unwrap())),
            shares
        );
        whole
    }

    fn call(input: u64, cached: u64, output: u64) -> Tokens {
        Tokens {
            cached,
            ..Tokens::plain(input, output)
        }
    }

    #[test]
    fn the_part_in_a_bracket_has_its_weight() {
        // Brackets of 1×, 3× and 6×, hits at a fifth: 32K + 18K × 3, and with 30K cached 6K + 2K + 54K.
        let flash = meters(&[
            (Some(32_000), ["1", "0.2", "1"]),
            (Some(256_000), ["3", "0.6", "3"]),
            (None, ["6", "1.2", "6"]),
        ]);
        assert_eq!(taken(&flash, call(50_000, 0, 0)), [86_000, 0]);
        assert_eq!(taken(&flash, call(50_000, 30_000, 0)), [62_000, 0]);
        // One bracket, hits at a quarter: 20K + 7.5K.
        let glm_5_2 = meters(&[(None, ["1", "0.25", "1"])]);
        assert_eq!(taken(&glm_5_2, call(50_000, 30_000, 0)), [27_500, 0]);
        // 30K × 0.2 + 2K + 18K × 1.33; output in the bracket in which the input ends.
        let glm_5_1 = meters(&[
            (Some(32_000), ["1", "0.2", "1"]),
            (None, ["1.33", "0.266", "1.17"]),
        ]);
        assert_eq!(
            taken(&glm_5_1, call(50_000, 30_000, 1_000)),
            [31_940, 1_170]
        );
        assert_eq!(taken(&glm_5_1, call(50_000, 0, 1_000)), [55_940, 1_170]);
        // The end of a bracket belongs to it.
        assert_eq!(taken(&glm_5_1, call(32_000, 0, 1_000)), [32_000, 1_000]);
        assert_eq!(
            glm_5_1.shares(call(32_001, 0, 100), 1),
            [32_001_330, 11_700]
        );
    }

    #[test]
    fn equal_calls_take_as_much_together_as_one_by_one() {
        let meters = meters(&[
            (Some(32_000), ["1", "0.2", "1"]),
            (None, ["1.33", "0.266", "1.17"]),
        ]);
        for (input, cached, output) in [(50_000, 30_000, 7), (32_000, 0, 1), (40_001, 40_001, 0)] {
            let one = meters.shares(call(input, cached, output), 1);
            let seven = meters.shares(call(7 * input, 7 * cached, 7 * output), 7);
            assert_eq!(seven, one.map(|one| 7 * one));
        }
    }

    #[test]
    fn weights_of_one_are_tokens() {
        let sides = Meters::of_sides();
        assert_eq!(sides.shares(call(50_000, 30_000, 7), 1), [50_000, 7]);
        assert!(sides.are_sides());
        assert!(meters(&[(None, ["1", "1", "1"])]).are_sides());
        assert!(!meters(&[(None, ["1", "0.5", "1"])]).are_sides());
    }

    #[test]
    fn brackets_that_do_not_grow_and_weights_beyond_measure_are_refused() {
        let meter = |brackets: &[(Option<u64>, &str)]| {
            let brackets = brackets.iter().map(|(up_to, weight)| Bracket {
                up_to: *up_to,
                weights: weights([*weight, *weight, "0"]),
            });
            Meter::new("input", brackets.collect())
        };
        assert!(meter(&[(Some(10), "1"), (None, "2.000001")]).is_err());
        assert!(meter(&[(Some(10), "0.000001"), (None, "0.5")]).is_ok());
        for wrong in [
            &[][..],
            &[(Some(10), "1")],
            &[(None, "1"), (None, "2")],
            &[(Some(10), "1"), (Some(10), "2"), (None, "3")],
            &[(None, "0")],
            &[(None, "0.0000001")],
            &[(None, "1000001")],
            &[(None, "-1")],
        ] {
            assert!(meter(wrong).is_err(), "{wrong:?}");
        }
    }
}
