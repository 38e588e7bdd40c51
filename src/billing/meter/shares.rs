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
        let sum = |each: &Vec<u64>| {
            let each = each.iter().map(|one| u128::from(*one));
            each.fold(0_u128, u128::wrapping_add)
        };
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

/// Tokens of a call whose input ends beyond an end, without a branch.
fn beyond(call: &Tokens<u32>, end: u32, tokens: u32) -> u32 {
    let mask = u32::from(call.input > end).wrapping_neg();
    tokens & mask
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
            match self.whole_calls {
                true => add(run, each, more.input, |call| beyond(call, end, call.input)),
                false => add(run, each, more.input, |call| call.input.saturating_sub(end)),
            }
            add(run, each, more.output, |call| {
                beyond(call, end, call.output)
            });
        }
    }

    fn weigh(&self, run: &[Tokens<u32>], largest: u32, each: &mut Vec<u64>) {
        each.resize(run.len(), 0);
        add(run, each, self.first.output, |call| call.output);
        if self.whole_calls {
            self.weigh_whole(run, largest, each);
            return;
        }
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
                add(run, each, weights.output, |call| {
                    beyond(call, end, call.output)
                });
            }
        }
    }

    /// The input of calls of which all has the weights of one bracket.
    fn weigh_whole(&self, run: &[Tokens<u32>], largest: u32, each: &mut [u64]) {
        let first = std::iter::once((None, self.first));
        let steps = self.steps_below(largest);
        for (end, weights) in first.chain(steps.map(|(end, more)| (Some(end), more))) {
            let counts = |call: &Tokens<u32>, tokens: u32| match end {
                Some(end) => beyond(call, end, tokens),
                None => tokens,
            };
            add(run, each, weights.cached, |call| counts(call, cached(call)));
            add(run, each, weights.cache_write, |call| {
                counts(call, written(call).saturating_sub(cached(call)))
            });
            add(run, each, weights.input, |call| {
                counts(call, call.input.saturating_sub(written(call)))
            });
            if end.is_some() {
                add(run, each, weights.output, |call| counts(call, call.output));
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
