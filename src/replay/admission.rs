//! Which calls fit a reservation: the quota counts per clock minute, and a call that does not fit in
//! what is left of either side overflows as a whole and uses none of it (`ptu.overflow-minute`).

use super::plain;
use super::share;
use super::sums::{Replayed, add};
use super::{Call, Calls, Minute, Sink, TooLarge};
use crate::billing::kind::Tokens;
use crate::billing::load::Reserved;
use crate::billing::meter::{PerMeter, Shares};

/// The length of a run of calls: so short that every sum of a run fits 64 bits.
const RUN: usize = 1 << 20;

/// The length of a run where calls are weighed: so short that what they take stays in a cache of the machine.
const WEIGHED_RUN: usize = 1 << 10;

/// How many calls are marked as overflowing or not before these are added up.
const MARKED: usize = 128;

/// What calls are held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// The quota of a minute, and the largest input of a call that it takes.
    pub reserved: Reserved,
    /// The ends of the standard price's tiers, the smallest first: the largest input of a request in
    /// each, `None` where there is no limit. Empty where the model has no standard price.
    pub tiers: Vec<Option<u64>>,
}

/// Replays a trace against a reservation.
///
/// A call's own input picks its tier. Calls of which only the sums are known are taken as in
/// [`share`], after the calls of the same minute that are known one by one; their average request
/// picks the tier.
#[derive(Debug, Clone)]
pub struct Replay {
    reservation: Reservation,
    /// The largest input of a call; `u32::MAX` where there is no limit.
    max_input: u32,
    minute: Option<Minute>,
    /// The quota of a minute, in parts of each meter: [`Prices::reserved`](crate::billing::ptu::Prices::reserved) gives none that is larger.
    quota: PerMeter<u64>,
    /// What is left of it.
    left: PerMeter<u64>,
    /// What was used, in parts of each meter.
    used: PerMeter<u128>,
    /// What the calls of a run take, where they are weighed.
    shares: Shares,
    /// The sums of calls of this minute that are not known one by one.
    pending: Option<Calls>,
    overflowed: bool,
    total: Calls,
    overflow: Calls,
    /// For each tier, the calls that overflow with more input than its end. The inner loop needs no branch for
    /// such nested sums, and a tier is the difference of two of them.
    above: Vec<Above>,
    above_max: u64,
    minutes: u64,
    overflow_minutes: u64,
    less_exact: u64,
}

/// The calls that overflow with more input than `end`.
#[derive(Debug, Clone, Copy)]
struct Above {
    end: u64,
    /// Their sums over all runs.
    sums: Calls,
    /// Their sums in this run.
    run: Calls,
}

impl Replay {
    /// An empty trace against `reservation`.
    #[must_use]
    pub fn new(reservation: Reservation) -> Self {
        let max = reservation.reserved.max_input.unwrap_or(u64::MAX);
        let above = |end: &Option<u64>| Above {
            end: end.unwrap_or(u64::MAX),
            sums: Calls::default(),
            run: Calls::default(),
        };
        Self {
            max_input: u32::try_from(max).unwrap_or(u32::MAX),
            above: reservation.tiers.iter().map(above).collect(),
            quota: reservation
                .reserved
                .meters
                .quota(reservation.reserved.capacity)
                .map(|parts| u64::try_from(parts).unwrap_or(u64::MAX)),
            reservation,
            minute: None,
            left: [0, 0],
            used: [0, 0],
            shares: Shares::default(),
            pending: None,
            overflowed: false,
            total: Calls::default(),
            overflow: Calls::default(),
            above_max: 0,
            minutes: 0,
            overflow_minutes: 0,
            less_exact: 0,
        }
    }

    /// What became of all calls.
    ///
    /// # Errors
    /// [`TooLarge::Sum`] when a sum does not fit.
    pub fn finish(mut self) -> Result<Replayed, TooLarge> {
        self.end_minute()?;
        let mut replayed = Replayed::new(0);
        let mut rest = self.overflow;
        for tier in &self.above {
            replayed.overflow.push(rest.without(tier.sums));
            rest = tier.sums;
        }
        replayed.unpriced = rest;
        replayed.in_quota = self.total.without(self.overflow);
        replayed.used = self.used;
        replayed.above_max = self.above_max;
        replayed.minutes = self.minutes;
        replayed.overflow_minutes = self.overflow_minutes;
        replayed.less_exact = self.less_exact;
        Ok(replayed)
    }

    fn enter(&mut self, minute: Minute) -> Result<(), TooLarge> {
        if self.minute != Some(minute) {
            self.end_minute()?;
            self.minute = Some(minute);
            self.left = self.quota;
            self.overflowed = false;
            self.minutes = add(self.minutes, 1)?;
        }
        Ok(())
    }

    /// Ends the minute, and gives the sums so far: of all calls, and of those that overflow. Only for minutes of
    /// which no more calls come, as the quota is not restored.
    ///
    /// # Errors
    /// [`TooLarge::Sum`] when a sum does not fit.
    pub(super) fn settled(&mut self) -> Result<(Calls, Calls), TooLarge> {
        self.end_minute()?;
        Ok((self.total, self.overflow))
    }

    fn end_minute(&mut self) -> Result<(), TooLarge> {
        if self.minute.take().is_some() {
            let used = self.quota.into_iter().zip(self.left);
            for ((quota, left), sum) in used.zip(&mut self.used) {
                let used = quota.saturating_sub(left);
                *sum = sum.checked_add(used.into()).ok_or(TooLarge::Sum)?;
            }
        }
        if let Some(sums) = self.pending.take() {
            let Reserved {
                meters, max_input, ..
            } = &self.reservation.reserved;
            let max_input = *max_input;
            let share::Split { beyond, used } = match self.reservation.reserved.is_nothing() {
                true => share::Split::none_taken(sums),
                false => share::split(sums, self.left, meters, max_input),
            };
            for (sum, parts) in self.used.iter_mut().zip(used) {
                *sum = sum.checked_add(parts).ok_or(TooLarge::Sum)?;
            }
            self.total = self.total.plus(sums)?;
            self.overflow = self.overflow.plus(beyond)?;
            for tier in &mut self.above {
                if share::average_above(sums, tier.end) {
                    tier.sums = tier.sums.plus(beyond)?;
                }
            }
            if max_input.is_some_and(|max| share::average_above(sums, max)) {
                self.above_max = add(self.above_max, sums.calls)?;
            }
            self.overflowed |= !beyond.is_empty();
            self.less_exact = add(self.less_exact, 1)?;
        }
        if self.overflowed {
            self.overflow_minutes = add(self.overflow_minutes, 1)?;
            self.overflowed = false;
        }
        Ok(())
    }

    /// Takes in a run of calls, each with what it takes; `sums` are those of their tokens, `largest` has their
    /// largest input, and `all` is what they take together.
    fn run(
        &mut self,
        run: &[Call],
        (sums, largest): (Calls, Call),
        shares: impl Iterator<Item = PerMeter<u64>>,
        all: PerMeter<u128>,
    ) -> Result<(), TooLarge> {
        self.total = self.total.plus(sums)?;
        if self.reservation.reserved.is_nothing() {
            // More than there is, also for a call of which no token counts.
            return self.one_by_one(run, largest.input, std::iter::repeat([1, 1]));
        }
        // Most runs fit as a whole.
        let ([left, other_left], [first, second]) = (self.left.map(u128::from), all);
        match (left.checked_sub(first), other_left.checked_sub(second)) {
            (Some(left), Some(other)) if largest.input <= self.max_input => {
                // No more than there was.
                self.left = [left, other].map(|left| u64::try_from(left).unwrap_or(u64::MAX));
                Ok(())
            }
            _ => match self
                .is_plain(sums, largest)
                .then(|| plain::admit(self.left, run))
            {
                Some(Some((left, fits))) => self.left_with(left, sums, fits),
                _ => self.one_by_one(run, largest.input, shares),
            },
        }
    }

    /// Whether calls with these sums are told apart by nothing but what each takes of either side.
    fn is_plain(&self, sums: Calls, largest: Call) -> bool {
        let first = self.above.first().map_or(u64::MAX, |tier| tier.end);
        self.reservation.reserved.meters.are_sides()
            && largest.input <= self.max_input
            && u64::from(largest.input) <= first
            && sums.tokens == Tokens::plain(sums.tokens.input, sums.tokens.output)
    }

    /// Takes in plain calls with these sums, of which so many fit and leave so much.
    fn left_with(&mut self, left: PerMeter<u64>, sums: Calls, fits: u64) -> Result<(), TooLarge> {
        let [input, output] = self.left;
        let [input_left, output_left] = left;
        let fitting = Calls {
            calls: fits,
            tokens: Tokens::plain(
                input.saturating_sub(input_left),
                output.saturating_sub(output_left),
            ),
        };
        let over = sums.without(fitting);
        self.left = left;
        self.overflowed |= over.calls > 0;
        self.overflow = self.overflow.plus(over)?;
        Ok(())
    }

    /// Takes in, one by one, calls of which not all fit. All sums fit 64 bits, as a run is short.
    fn one_by_one(
        &mut self,
        run: &[Call],
        largest: u32,
        shares: impl Iterator<Item = PerMeter<u64>>,
    ) -> Result<(), TooLarge> {
        let [mut left_first, mut left_second] = self.left;
        let mut over = Calls::default();
        let mut above_max = 0_u64;
        // Most runs have no call above the first tier, and only one sum to keep.
        let reached = self.above.partition_point(|tier| tier.end < largest.into());
        let above = self.above.get_mut(..reached).unwrap_or_default();
        for tier in &mut *above {
            tier.run = Calls::default();
        }
        // First which calls overflow, with nothing but what is left of the quota from one to the next: their sums are
        // then added up side by side.
        let mut overflowing = [0_u64; MARKED];
        let mut shares = shares;
        for calls in run.chunks(MARKED) {
            let marks = overflowing.iter_mut();
            for ((call, mark), [first, second]) in calls.iter().zip(marks).zip(&mut shares) {
                let is_above = call.input > self.max_input;
                let fits = (first <= left_first) & (second <= left_second) & !is_above;
                // All ones where the call overflows. Whether it does is hard to foresee, so nothing
                // branches on it.
                let overflows = u64::from(fits).wrapping_sub(1);
                left_first = left_first.wrapping_sub(first & !overflows);
                left_second = left_second.wrapping_sub(second & !overflows);
                *mark = overflows;
            }
            for (call, overflows) in calls.iter().zip(&overflowing) {
                over.add_masked(*overflows, Tokens::from(*call));
            }
            if largest > self.max_input {
                let is_above = |call: &&Call| call.input > self.max_input;
                let found = calls.iter().filter(is_above).count();
                above_max = above_max.wrapping_add(u64::try_from(found).unwrap_or(u64::MAX));
            }
            for tier in &mut *above {
                for (call, overflows) in calls.iter().zip(&overflowing) {
                    let tokens = Tokens::from(*call);
                    let larger = u64::from(tokens.input <= tier.end).wrapping_sub(1);
                    tier.run.add_masked(overflows & larger, tokens);
                }
            }
        }
        for tier in above {
            tier.sums = tier.sums.plus(tier.run)?;
        }
        self.left = [left_first, left_second];
        self.overflowed |= over.calls > 0;
        self.overflow = self.overflow.plus(over)?;
        self.above_max = add(self.above_max, above_max)?;
        Ok(())
    }
}

impl Calls {
    /// Adds a call under a mask of all ones, or nothing under 0.
    #[inline]
    fn add_masked(&mut self, mask: u64, tokens: Tokens) {
        self.calls = self.calls.wrapping_add(mask & 1);
        let sums = self.tokens.zip(tokens);
        self.tokens = sums.map(|(sum, more)| sum.wrapping_add(mask & more));
    }

    /// The sums of a run that is short enough for them, with its largest input and output.
    #[inline]
    pub(super) fn of_run(run: &[Call]) -> (Self, Call) {
        let mut tokens = Tokens::<u64>::default();
        let mut largest = Call::default();
        for call in run {
            let sums = tokens.zip(Tokens::from(*call));
            tokens = sums.map(|(sum, more)| sum.wrapping_add(more));
            largest.input = largest.input.max(call.input);
            largest.output = largest.output.max(call.output);
        }
        let calls = u64::try_from(run.len()).unwrap_or(u64::MAX);
        (Self { calls, tokens }, largest)
    }
}

/// Runs of calls whose sums fit 64 bits.
pub(super) fn runs(calls: &[Call]) -> impl Iterator<Item = &[Call]> {
    calls.chunks(RUN)
}

/// The parts that a call takes where each token counts for one.
#[inline]
fn of_sides(call: Call) -> PerMeter<u64> {
    [call.input.into(), call.output.into()]
}

impl Sink for Replay {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        if calls.is_empty() {
            return Ok(());
        }
        self.enter(minute)?;
        if self.reservation.reserved.meters.are_sides() {
            for run in runs(calls) {
                let of_run = Calls::of_run(run);
                let tokens = of_run.0.tokens;
                let all = [tokens.input.into(), tokens.output.into()];
                self.run(run, of_run, run.iter().copied().map(of_sides), all)?;
            }
            return Ok(());
        }
        let mut shares = std::mem::take(&mut self.shares);
        for run in calls.chunks(WEIGHED_RUN) {
            let of_run = Calls::of_run(run);
            let (sums, largest) = of_run;
            shares.weigh(
                &self.reservation.reserved.meters,
                run,
                sums.tokens,
                largest.input,
            );
            self.run(run, of_run, shares.iter(), shares.sums())?;
        }
        self.shares = shares;
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        // A minute without calls is one of the span, which is the profile's matter.
        if sums.is_empty() {
            return Ok(());
        }
        self.enter(minute)?;
        self.pending = Some(self.pending.unwrap_or_default().plus(sums)?);
        Ok(())
    }
}
