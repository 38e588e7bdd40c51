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

/// Adds to each sum what these tokens of its call weigh. A weight that is less than that of the bracket before is
/// taken off: sums wrap on the way and are right at the end, as those fit.
fn add(run: &[Tokens<u32>], sums: &mut [u64], weight: i64, tokens: impl Fn(&Tokens<u32>) -> u32) {
    // Products of 32 bits are quick. No weight has more.
    let factor = u32::try_from(weight.unsigned_abs()).unwrap_or(u32::MAX);
    let each = run.iter().zip(sums);
    let product = |call: &Tokens<u32>| u64::from(tokens(call)).wrapping_mul(u64::from(factor));
    match weight {
        0 => {}
        1.. => each.for_each(|(call, sum)| *sum = sum.wrapping_add(product(call))),
        _ => each.for_each(|(call, sum)| *sum = sum.wrapping_sub(product(call))),
    }
}

/// The output of a call whose input ends beyond an end, without a branch.
fn output_beyond(call: &Tokens<u32>, end: u32) -> u32 {
    let mask = u32::from(call.input > end).wrapping_neg();
    call.output & mask
}

/// Input that is read from a cache, and what is written to one with it. No more than there is.
fn cached(call: &Tokens<u32>) -> u32 {
    call.cached.min(call.input)
}

fn written(call: &Tokens<u32>) -> u32 {
    call.cached.saturating_add(call.cache_write).min(call.input)
}

impl Meter {
    /// Calls in which no cache is involved.
    fn weigh_plain(&self, run: &[Tokens<u32>], largest: u32, each: &mut Vec<u64>) {
        each.resize(run.len(), 0);
        add(run, each, self.first.input, |call| call.input);
        add(run, each, self.first.output, |call| call.output);
        for (end, more) in self.steps_below(largest) {
            add(run, each, more.input, |call| call.input.saturating_sub(end));
            add(run, each, more.output, |call| output_beyond(call, end));
        }
    }

    fn weigh(&self, run: &[Tokens<u32>], largest: u32, each: &mut Vec<u64>) {
        each.resize(run.len(), 0);
        add(run, each, self.first.output, |call| call.output);
        let first = std::iter::once((0, self.first));
        for (end, weights) in first.chain(self.steps_below(largest)) {
            let after = |tokens: u32| tokens.saturating_sub(end);
            // Each kind begins where the one before ends.
            add(run, each, weights.cached, |call| after(cached(call)));
            add(run, each, weights.cache_write, |call| {
                after(written(call)).saturating_sub(after(cached(call)))
            });
            add(run, each, weights.input, |call| {
                after(call.input).saturating_sub(after(written(call)))
            });
            if end > 0 {
                add(run, each, weights.output, |call| output_beyond(call, end));
            }
        }
    }

    /// The ends of brackets that are below an input.
    fn steps_below(&self, largest: u32) -> impl Iterator<Item = (u32, Whole)> {
        self.steps.iter().filter_map(move |step| {
            let end = u32::try_from(step.end).ok()?;
            (end < largest).then_some((end, step.more))
        })
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::super::{Bracket, Weights};
    use super::*;

    fn weight() -> impl Strategy<Value = Decimal> {
        prop_oneof![
            (0_i64..10).prop_map(Decimal::from),
            (0_i64..3_000).prop_map(|thousandths| Decimal::try_new(thousandths, 3).unwrap()),
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
    }
}
