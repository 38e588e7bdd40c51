//! What each call of a run takes of each meter, for the loop over the calls of a trace: the same as
//! [`Meters::shares`] of each, in 64 bits and without a branch inside the loops.

use super::{METERS, Meter, Meters, PerMeter, Whole};
use crate::billing::kind::Tokens;

/// What each call of a run takes, in parts of each meter.
#[derive(Debug, Clone, Default)]
pub struct Shares {
    each: [Vec<u64>; METERS],
}

impl Shares {
    /// Weighs a run of calls; `all` is their sums, and `largest` their largest input. Each share fits 54 bits.
    pub fn weigh(&mut self, meters: &Meters, run: &[Tokens<u32>], all: Tokens, largest: u32) {
        let is_plain = all.cached == 0 && all.cache_write == 0;
        for (place, each) in self.each.iter_mut().enumerate() {
            each.clear();
            match meters.all.get(place) {
                None => each.resize(run.len(), 0),
                Some(meter) if is_plain => meter.weigh_plain(run, largest, each),
                Some(meter) => meter.weigh(run, largest, each),
            }
        }
    }

    /// The parts of all calls of the run together.
    #[must_use]
    pub fn sums(&self) -> PerMeter<u128> {
        let sum = |each: &Vec<u64>| each.iter().map(|one| u128::from(*one)).sum();
        let [first, second] = &self.each;
        [sum(first), sum(second)]
    }

    /// The parts of each call, in their order.
    pub fn iter(&self) -> impl Iterator<Item = PerMeter<u64>> {
        let [first, second] = &self.each;
        first.iter().zip(second).map(|(one, other)| [*one, *other])
    }
}

/// A weight as it is multiplied: sums that wrap on the way are right at the end, as those fit.
fn factor(weight: i64) -> u64 {
    weight.cast_unsigned()
}

impl Meter {
    /// Calls in which no cache is involved.
    fn weigh_plain(&self, run: &[Tokens<u32>], largest: u32, each: &mut Vec<u64>) {
        let (input, output) = (factor(self.first.input), factor(self.first.output));
        each.extend(run.iter().map(|call| {
            let of_input = u64::from(call.input).wrapping_mul(input);
            of_input.wrapping_add(u64::from(call.output).wrapping_mul(output))
        }));
        for (end, more) in self.steps_below(largest) {
            let (input, output) = (factor(more.input), factor(more.output));
            for (call, sum) in run.iter().zip(&mut *each) {
                let beyond = u64::from(call.input.saturating_sub(end)).wrapping_mul(input);
                // All ones where the input ends beyond.
                let mask = u32::from(call.input > end).wrapping_neg();
                let of_output = u64::from(call.output & mask).wrapping_mul(output);
                *sum = sum.wrapping_add(beyond).wrapping_add(of_output);
            }
        }
    }

    fn weigh(&self, run: &[Tokens<u32>], largest: u32, each: &mut Vec<u64>) {
        each.resize(run.len(), 0);
        let steps = self.steps_below(largest);
        // Output has the first weights even of a call without input.
        let first = std::iter::once((None, self.first));
        for (end, weights) in first.chain(steps.map(|(end, more)| (Some(end), more))) {
            let Whole {
                input,
                cached,
                cache_write,
                output,
            } = weights;
            for (call, sum) in run.iter().zip(&mut *each) {
                let written = call.cached.saturating_add(call.cache_write).min(call.input);
                let parts = [call.input, written, call.cached.min(call.input)];
                let [all, written, hits] =
                    parts.map(|tokens| u64::from(tokens.saturating_sub(end.unwrap_or(0))));
                let ends_here = end.is_none_or(|end| call.input > end);
                let mask = u32::from(ends_here).wrapping_neg();
                let shares = [
                    hits.wrapping_mul(factor(cached)),
                    written.wrapping_sub(hits).wrapping_mul(factor(cache_write)),
                    all.wrapping_sub(written).wrapping_mul(factor(input)),
                    u64::from(call.output & mask).wrapping_mul(factor(output)),
                ];
                *sum = shares.into_iter().fold(*sum, u64::wrapping_add);
            }
        }
    }

    /// The ends of brackets that are below an input.
    fn steps_below(&self, largest: u32) -> impl Iterator<Item = (u32, Whole)> {
        let below = self.steps.iter().filter_map(move |step| {
            let end = u32::try_from(step.end).ok()?;
            (end < largest).then_some((end, step.more))
        });
        below
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::super::{Bracket, Weights};
    use super::*;

    fn weight() -> impl Strategy<Value = Decimal> {
        prop_oneof![
            (0_i64..10).prop_map(Decimal::from),
            (0_i64..3_000).prop_map(|thousandths| Decimal::new(thousandths, 3)),
        ]
    }

    fn meter() -> impl Strategy<Value = Meter> {
        let weights = [weight(), weight(), weight(), weight()];
        let bracket = (1_u64..40, weights).prop_map(|(length, weights)| {
            let [input, cached, cache_write, output] = weights;
            let weights = Weights {
                input,
                cached,
                cache_write,
                output,
            };
            (length, weights)
        });
        let made = prop::collection::vec(bracket, 1..4).prop_map(|rows| {
            let mut end = 0;
            let last = rows.len() - 1;
            let brackets = rows
                .into_iter()
                .enumerate()
                .map(|(place, (length, weights))| {
                    end += length;
                    let up_to = (place < last).then_some(end);
                    Bracket { up_to, weights }
                });
            Meter::new("meter", brackets.collect()).ok()
        });
        made.prop_filter_map("all weights are 0", |meter| meter)
    }

    fn calls() -> impl Strategy<Value = Vec<Tokens<u32>>> {
        let size = || prop_oneof![4 => 0_u32..120, 1 => Just(u32::MAX)];
        let call = (size(), 0_u32..60, 0_u32..60, size(), any::<bool>());
        let call = call.prop_map(|(input, cached, cache_write, output, plain)| match plain {
            true => Tokens::plain(input, output),
            false => Tokens {
                input,
                cached,
                cache_write,
                output,
            },
        });
        prop::collection::vec(call, 0..20)
    }

    /// Token by token, as the rule is said.
    fn one_by_one(meter: &Meter, call: Tokens<u32>) -> Decimal {
        let at = |token: u32| {
            let mut brackets = meter.brackets().iter();
            let found = brackets.find(|one| one.up_to.is_none_or(|end| u64::from(token) <= end));
            found.unwrap().weights
        };
        let written = call.cached.saturating_add(call.cache_write);
        let input = (1..=call.input).map(|token| match token {
            token if token <= call.cached => at(token).cached,
            token if token <= written => at(token).cache_write,
            _ => at(token).input,
        });
        input.sum::<Decimal>() + at(call.input).output * Decimal::from(call.output)
    }

    proptest! {
        #[test]
        fn a_run_takes_what_its_calls_take(meter in meter(), other in prop::option::of(meter()), run in calls()) {
            let meters = Meters::new(std::iter::once(meter).chain(other).collect()).unwrap();
            let largest = run.iter().map(|call| call.input).max().unwrap_or(0);
            let all = run.iter().fold(Tokens::default(), |sum: Tokens, call| {
                sum.plus(Tokens::from(*call)).unwrap()
            });
            let mut shares = Shares::default();
            shares.weigh(&meters, &run, all, largest);
            let each: Vec<_> = shares.iter().map(|one| one.map(u128::from)).collect();
            let expected: Vec<_> =
                run.iter().map(|call| meters.shares(Tokens::from(*call), 1)).collect();
            prop_assert_eq!(each, expected);
        }

        #[test]
        fn a_share_is_that_of_its_tokens(meter in meter(), run in calls()) {
            let meters = Meters::new(vec![meter.clone()]).unwrap();
            for call in run.into_iter().filter(|call| call.input < 1_000) {
                let [share, _] = meters.shares(Tokens::from(call), 1);
                let scale = Decimal::from(meter.scale);
                prop_assert_eq!(Decimal::from(share), one_by_one(&meter, call) * scale);
            }
        }
    }
}
