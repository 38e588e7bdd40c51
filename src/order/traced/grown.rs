//! A trace with more calls or fewer: each of its calls so many times.

use crate::billing::kind::Tokens;
use crate::replay::{Call, Calls, Minute, Sink, TooLarge};
use crate::trace::Sinks;
use crate::workload::Factor;

/// The most calls that are handed on at a time.
const CALLS: usize = 4_096;

/// Hands each call on as often as a factor says, whole times: what is left over counts for the next call, so
/// that after any number of calls there are as many as the factor says, rounded down.
struct Repeats {
    factor: Factor,
    calls_left: u128,
    /// What is left over of the sums of minutes: of calls, and of each kind of tokens.
    sums_left: (u128, Tokens<u128>),
    kept: Vec<Call>,
}

impl Repeats {
    fn new(factor: Factor) -> Self {
        Self {
            factor,
            calls_left: 0,
            sums_left: Default::default(),
            kept: Vec::new(),
        }
    }

    /// So many in place of `count`; keeps what is left over.
    fn times(factor: Factor, count: u64, left: &mut u128) -> Result<u64, TooLarge> {
        let (times, rest) = factor.times(count, *left).ok_or(TooLarge::Sum)?;
        *left = rest;
        Ok(times)
    }

    fn calls(
        &mut self,
        minute: Minute,
        calls: &[Call],
        sink: &mut dyn Sink,
    ) -> Result<(), TooLarge> {
        let mut any = false;
        for call in calls {
            for _ in 0..Self::times(self.factor, 1, &mut self.calls_left)? {
                any = true;
                self.kept.push(*call);
                if self.kept.len() >= CALLS {
                    sink.calls(minute, &self.kept)?;
                    self.kept.clear();
                }
            }
        }
        if !self.kept.is_empty() {
            sink.calls(minute, &self.kept)?;
            self.kept.clear();
        }
        match any {
            true => Ok(()),
            // The trace is as long as it was.
            false => sink.aggregate(minute, Calls::default()),
        }
    }

    fn aggregate(
        &mut self,
        minute: Minute,
        sums: Calls,
        sink: &mut dyn Sink,
    ) -> Result<(), TooLarge> {
        let (calls_left, left) = &mut self.sums_left;
        let calls = Self::times(self.factor, sums.calls, calls_left)?;
        let Tokens {
            input,
            cached,
            cache_write,
            output,
        } = sums.tokens;
        // Input of a cache is part of the input, and stays so.
        let plain = input.saturating_sub(cached).saturating_sub(cache_write);
        let of = |count, left: &mut u128| Self::times(self.factor, count, left);
        let (plain, cached) = (of(plain, &mut left.input)?, of(cached, &mut left.cached)?);
        let cache_write = of(cache_write, &mut left.cache_write)?;
        let output = of(output, &mut left.output)?;
        let input = plain.checked_add(cached);
        let input = input.and_then(|input| input.checked_add(cache_write));
        let tokens = Tokens {
            input: input.ok_or(TooLarge::Sum)?,
            cached,
            cache_write,
            output,
        };
        sink.aggregate(minute, Calls { calls, tokens })
    }
}

/// A sink of calls that have grown.
pub(super) struct Grown<'a> {
    repeats: Repeats,
    sink: &'a mut dyn Sink,
}

impl<'a> Grown<'a> {
    pub fn new(factor: Factor, sink: &'a mut dyn Sink) -> Self {
        Self {
            repeats: Repeats::new(factor),
            sink,
        }
    }
}

impl Sink for Grown<'_> {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        self.repeats.calls(minute, calls, self.sink)
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.repeats.aggregate(minute, sums, self.sink)
    }
}

/// Sinks of calls that have grown, those of each sink by themselves: a model has as many as if its calls were a
/// log of their own.
pub(super) struct GrownApart<'a> {
    factor: Factor,
    sinks: &'a mut dyn Sinks,
    of_each: Vec<Repeats>,
    current: usize,
}

impl<'a> GrownApart<'a> {
    pub fn new(factor: Factor, sinks: &'a mut dyn Sinks) -> Self {
        Self {
            factor,
            sinks,
            of_each: Vec::new(),
            current: 0,
        }
    }
}

impl Sinks for GrownApart<'_> {
    fn sink_of(&mut self, name: Option<&str>) -> usize {
        let number = self.sinks.sink_of(name);
        while self.of_each.len() <= number {
            self.of_each.push(Repeats::new(self.factor));
        }
        number
    }

    fn sink(&mut self, number: usize) -> &mut dyn Sink {
        self.current = number;
        self
    }
}

impl Sink for GrownApart<'_> {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        match self.of_each.get_mut(self.current) {
            Some(repeats) => repeats.calls(minute, calls, self.sinks.sink(self.current)),
            None => Ok(()),
        }
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        match self.of_each.get_mut(self.current) {
            Some(repeats) => repeats.aggregate(minute, sums, self.sinks.sink(self.current)),
            None => Ok(()),
        }
    }
}
