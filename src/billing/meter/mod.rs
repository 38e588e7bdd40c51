//! What a call takes of a reservation: a weighted share of each of its meters, counted per clock
//! minute (`ptu.weights`).
//!
//! A meter weighs each kind of tokens, perhaps by bracket of the call's input length. The part of the
//! input inside a bracket has that bracket's weights; output has those of the bracket in which the
//! call's input ends. Of a meter of whole calls all tokens of a call have the weights of that bracket. Cached input comes first in a call, then what is written to a cache, then the
//! rest: a cache holds the beginning of a prompt.

mod shares;

use std::sync::Arc;

use rust_decimal::Decimal;

use super::exact;
use super::kind::{TokenKind, Tokens};
pub use shares::Shares;

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
    /// What one token is in the whole numbers of `first` and `steps`.
    scale: u64,
    /// The weights of the first bracket in whole numbers.
    first: Whole,
    /// Where other weights begin, in the order of brackets.
    steps: Vec<Step>,
    /// Whether all of a call has the weights of the bracket in which its input ends.
    whole_calls: bool,
}

/// Weights in whole numbers, or how much more they are than those of the bracket before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Whole {
    input: i64,
    cached: i64,
    cache_write: i64,
    output: i64,
}

impl Whole {
    /// How much more these are. Weights have at most 7 digits.
    fn more_than(self, other: Self) -> Self {
        Self {
            input: self.input.saturating_sub(other.input),
            cached: self.cached.saturating_sub(other.cached),
            cache_write: self.cache_write.saturating_sub(other.cache_write),
            output: self.output.saturating_sub(other.output),
        }
    }
}

/// The end of a bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    /// The last input token of the bracket.
    end: u64,
    /// How much more a token counts after it.
    more: Whole,
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
            let scaled = Some(scaled).filter(|scaled| *scaled <= MOST_SCALED);
            scaled.and_then(|one| i64::try_from(one).ok()).ok_or(wrong)
        };
        let mut all: Vec<Whole> = Vec::new();
        let mut before = 0;
        for (place, one) in brackets.iter().enumerate() {
            let is_last = place.saturating_add(1) == brackets.len();
            let up_to = one.up_to.unwrap_or(u64::MAX);
            if one.up_to.is_none() != is_last || up_to <= before {
                return Err("brackets grow, and only the last has no `up_to`");
            }
            before = up_to;
            all.push(Whole {
                input: whole(one.weights.input)?,
                cached: whole(one.weights.cached)?,
                cache_write: whole(one.weights.cache_write)?,
                output: whole(one.weights.output)?,
            });
        }
        if weights().all(|weight| weight.is_zero()) {
            return Err("a meter counts some kind of tokens");
        }
        let next = brackets.iter().zip(all.windows(2));
        let steps = next.filter_map(|(bracket, pair)| match (bracket.up_to, pair) {
            (Some(end), [one, next]) => Some(Step {
                end,
                more: next.more_than(*one),
            }),
            _ => None,
        });
        let steps = steps.filter(|step| step.more != Whole::default());
        Ok(Self {
            name: name.to_owned(),
            scale,
            first: all.first().copied().unwrap_or_default(),
            steps: steps.collect(),
            brackets,
            whole_calls: false,
        })
    }

    /// The meter where all tokens of a call have the weights of the bracket in which its input ends.
    #[must_use]
    pub fn of_whole_calls(self) -> Self {
        Self {
            whole_calls: true,
            ..self
        }
    }

    /// Whether all tokens of a call have the weights of the bracket in which its input ends.
    #[must_use]
    pub fn is_of_whole_calls(&self) -> bool {
        self.whole_calls
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
    ///
    /// What is after the end of a bracket counts so much more as the next bracket weighs more, which may be less:
    /// sums wrap on the way and are right at the end, as all of them fits 86 bits.
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
        let times = |tokens: u128, weight: i64| {
            let weight = i128::from(weight).cast_unsigned();
            tokens.wrapping_mul(weight)
        };
        let beyond = |end: u128, weights: Whole| {
            let [input, written, cached] =
                [input, written, cached].map(|tokens| tokens.saturating_sub(end));
            times(cached, weights.cached)
                .wrapping_add(times(written.saturating_sub(cached), weights.cache_write))
                .wrapping_add(times(input.saturating_sub(written), weights.input))
        };
        let mut all = beyond(0, self.first).wrapping_add(times(output, self.first.output));
        for step in &self.steps {
            let end = u128::from(step.end).saturating_mul(calls);
            if input > end {
                let from = if self.whole_calls { 0 } else { end };
                all = all
                    .wrapping_add(beyond(from, step.more))
                    .wrapping_add(times(output, step.more.output));
            }
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
            meter.is_some_and(|meter| {
                let weights = meter.brackets.first().map(|first| first.weights);
                meter.steps.is_empty() && weights == Some(Weights::of_side(input))
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
    fn a_whole_call_has_the_weights_of_the_bracket_in_which_its_input_ends() {
        let of = |whole: bool| {
            let brackets = [
                (Some(200_000), ["1", "0.1", "6"]),
                (None, ["2", "0.2", "9"]),
            ];
            let brackets = brackets.map(|(up_to, one)| Bracket {
                up_to,
                weights: weights(one),
            });
            let meter = Meter::new("tokens", brackets.to_vec()).unwrap();
            let meter = if whole { meter.of_whole_calls() } else { meter };
            Meters::new(vec![meter]).unwrap()
        };
        // 300,000 × 2 + 1,000 × 9, and by parts 200,000 + 100,000 × 2 + 1,000 × 9.
        let long = call(300_000, 0, 1_000);
        assert_eq!(taken(&of(true), long), [609_000, 0]);
        assert_eq!(taken(&of(false), long), [409_000, 0]);
        // 100,000 × 0.2 + 200,000 × 2.
        assert_eq!(taken(&of(true), call(300_000, 100_000, 0)), [420_000, 0]);
        let short = call(200_000, 50_000, 10);
        assert_eq!(taken(&of(true), short), taken(&of(false), short));
        let two = of(true).shares(call(600_000, 0, 2_000), 2);
        assert_eq!(two, of(true).shares(long, 1).map(|one| 2 * one));
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
