//! The rows of a block, as they are found.

use super::chunk::Chunk;
use super::format::MINUTE;
use super::hashes::Hashes;
use super::lines::Lines;
use super::marks::{Marked, Marks, MarksOfBlock, MarksOfRow, hash};
use super::models::UNNAMED;
use super::place::Numbered;
use super::plan::{Asks, Plan};
use super::reason::Reason;
use super::spans::Spans;
use super::summary::BadRows;
use super::tags::Tag;
use super::time::is_relative;
use super::{Call, Calls};

/// The rows of a block.
#[derive(Debug, Default)]
pub struct Rows {
    /// Calls in order of time, where the file has calls.
    pub calls: Chunk<Call>,
    /// Sums of minutes, where the file has those.
    pub sums: Chunk<Calls>,
    /// The instants of these in the order of the file, where that is not the order of time. Errors name lines by it.
    pub unsorted: Option<Vec<i64>>,
    /// On which line of the block each of them stands.
    pub lines_of: Lines,
    /// The number of lines so far.
    pub lines: usize,
    /// The number of rows: those that are kept, filtered, of other types, failed or bad.
    pub rows: u64,
    /// The number of failed calls, which are left out.
    pub failed: u64,
    /// The number of calls without output tokens.
    pub no_output: u64,
    /// The number of rows that a filter leaves out.
    pub filtered: u64,
    /// The times of these rows, in nanoseconds.
    pub filtered_at: Spans,
    /// The number of rows of other types than calls.
    pub other: u64,
    /// What the rows that count say beside that.
    pub marks: Marks,
    /// The number of rows that cannot be read.
    pub bad: u64,
    /// The first of these, with their lines.
    pub first_bad: Vec<(usize, Reason)>,
    /// Whether some time is before the year 2000.
    pub relative: bool,
    /// Whether some time is in the year 2000 or later.
    pub dated: bool,
    /// What its lines are.
    pub numbered: Numbered,
    /// The hashes of the calls' blocks, where hits are derived from them.
    pub hashes: Hashes,
    /// What is asked of each call beside.
    pub asks: Asks,
    marks_so_far: MarksOfBlock,
    /// Whether some instant is earlier than the one before it.
    is_unsorted: bool,
    /// The last instant; none is below 0.
    latest: i64,
}

impl Rows {
    /// No rows, in the memory of a chunk that is no longer needed.
    pub fn in_memory_of(mut calls: Chunk<Call>) -> Self {
        calls.clear();
        Self {
            calls,
            ..Self::default()
        }
    }

    /// Continues `early`, the rows that come before, in the memory of this one.
    pub fn after(self, early: Self) -> Self {
        Self {
            calls: self.calls,
            ..early
        }
    }

    /// A call on a line of its own.
    #[inline]
    pub fn call(&mut self, at: i64, call: Call) {
        self.is_unsorted |= at < self.latest;
        self.latest = at;
        self.calls.push(at, call);
        self.lines = self.lines.wrapping_add(1);
    }

    /// Whether nothing is asked of a call that says nothing beside its tokens and its model.
    pub fn takes_plain_calls(&self) -> bool {
        !self.asks.failed_without_output && !self.calls.tags.has_ids()
    }

    /// A call on a line of its own that says no more than the number of its model's name, where
    /// [`Rows::takes_plain_calls`]. What all such calls of a name say is for [`Rows::calls_of_model`].
    #[inline(always)]
    pub fn call_of_model(&mut self, at: i64, call: Call, model: u16) {
        self.call(at, call);
        if self.asks.apart {
            self.calls.tags.push_model(model);
        }
    }

    /// Takes in what calls say that were handed over before: that they name this model.
    pub fn calls_of_model(&mut self, marked: Marked, name: &[u8], calls: Calls) {
        let mut said = MarksOfRow::default();
        said.note(marked, name);
        let asks = (&*self.asks.models, self.asks.apart);
        self.marks_so_far.add(&said, calls, asks);
    }

    /// The number of a model's name.
    pub fn number_of(&self, name: &[u8]) -> u16 {
        self.asks.models.number(name)
    }

    /// Calls that say nothing beside their tokens, each on a line of its own, and whether they are in order of time.
    pub fn plain_calls(
        &mut self,
        at: impl Iterator<Item = i64>,
        calls: impl Iterator<Item = Call>,
        is_sorted: bool,
    ) {
        let before = self.calls.len();
        self.calls.at.extend(at);
        self.calls.items.extend(calls);
        let new = self.calls.at.get(before..).unwrap_or_default();
        let (Some(first), Some(last)) = (new.first(), new.last()) else {
            return;
        };
        self.is_unsorted |= !is_sorted || *first < self.latest;
        self.latest = *last;
        self.lines = self.lines.wrapping_add(new.len());
    }

    /// A call on a line of its own, with what it says beside its tokens. `no_output` where it has no output tokens.
    #[inline]
    pub fn call_saying(&mut self, at: i64, call: Call, no_output: bool, said: &MarksOfRow<'_>) {
        if self.asks.failed_without_output && call.output == 0 {
            return self.failed(1);
        }
        let others = self.calls.len();
        self.call(at, call);
        self.no_output = self.no_output.wrapping_add(no_output.into());
        if self.asks.apart || said.any || self.calls.tags.has_ids() {
            self.say(call, no_output, said, others);
        }
    }

    /// Notes what the last call says beside its tokens.
    #[inline]
    fn say(&mut self, call: Call, no_output: bool, said: &MarksOfRow<'_>, others: usize) {
        let mut model = None;
        if said.counts {
            model = self
                .marks_so_far
                .add(said, call.into(), (&self.asks.models, self.asks.apart));
        }
        let model = model.unwrap_or(UNNAMED);
        let id = said.id();
        if self.asks.apart || id.is_some() || self.calls.tags.has_ids() {
            // Where hits are derived, a call holds the place of its hashes instead.
            let input = said.hashes.map_or(u64::from(call.input), |_| 0);
            let tag = Tag {
                model: self.asks.apart.then_some(model),
                id: id.map(|id| hash(id, said.model(), input, &self.asks.file)),
                said: said.kept(model, no_output),
            };
            self.calls.tags.push(tag, others);
        }
    }

    /// A failed call of `lines` lines, which is left out.
    pub fn failed(&mut self, lines: usize) {
        self.failed = self.failed.wrapping_add(1);
        self.end(lines);
    }

    /// A row of `lines` lines that a filter leaves out, and its time where it has one.
    pub fn filtered(&mut self, at: Option<i64>, lines: usize) {
        self.filtered = self.filtered.wrapping_add(1);
        if let Some(at) = at {
            self.filtered_at.note(at);
        }
        self.end(lines);
    }

    /// A row of `lines` lines that is of another type than calls.
    pub fn other(&mut self, lines: usize) {
        self.other = self.other.wrapping_add(1);
        self.end(lines);
    }

    /// A line that cannot be read.
    pub fn bad(&mut self, reason: Reason, lines: usize) {
        self.bad = self.bad.wrapping_add(1);
        if self.first_bad.len() < BadRows::SHOWN {
            self.first_bad.push((self.lines, reason));
        }
        self.end(lines);
    }

    /// The same with the number of rows filled in.
    pub fn counted(mut self) -> Self {
        let kept = self.calls.len().max(self.sums.len());
        self.rows = u64::try_from(kept)
            .unwrap_or(u64::MAX)
            .saturating_add(self.filtered)
            .saturating_add(self.other)
            .saturating_add(self.failed)
            .saturating_add(self.bad);
        self
    }

    /// Counts `lines` lines that are more, or less, than one row that was read.
    pub fn end(&mut self, lines: usize) {
        self.lines = self.lines.wrapping_add(lines);
        let kept = self.calls.len().max(self.sums.len());
        self.lines_of.note(kept, self.lines);
    }

    /// Sums on a line of their own, with what they say beside their tokens.
    pub fn sums_saying(&mut self, at: i64, sums: Calls, no_output: bool, said: &MarksOfRow<'_>) {
        self.no_output = self.no_output.wrapping_add(no_output.into());
        self.is_unsorted |= at < self.latest;
        self.latest = at;
        self.sums.push(at, sums);
        self.lines = self.lines.wrapping_add(1);
        let model = self
            .marks_so_far
            .add(said, sums, (&self.asks.models, self.asks.apart));
        if self.asks.apart {
            let tag = Tag {
                model: model.or(Some(UNNAMED)),
                ..Tag::default()
            };
            self.sums.tags.push(tag, self.sums.len().saturating_sub(1));
        }
    }

    /// Takes in when a sum ends that begins at `at`.
    pub fn ends(&mut self, at: i64, end: i64) {
        let minutes = end.saturating_sub(at).checked_add(MINUTE - 1);
        let minutes = minutes.and_then(|length| u64::try_from(length / MINUTE).ok());
        self.marks_so_far.lasts(minutes.unwrap_or(0));
    }

    /// The last instant, once they are finished.
    pub fn latest(&self) -> Option<i64> {
        let last = self.calls.at.last().max(self.sums.at.last());
        last.copied()
    }

    /// How many of them stand after one that is later, which may be in the blocks before, up to `latest`.
    pub fn out_of_order(&self, latest: Option<i64>) -> u64 {
        let found = match &self.unsorted {
            Some(at) => {
                let mut latest = latest.unwrap_or(i64::MIN);
                let is_late = |at: &&i64| {
                    latest = latest.max(**at);
                    **at < latest
                };
                at.iter().filter(is_late).count()
            }
            None => {
                let before =
                    |at: &[i64]| latest.map_or(0, |latest| at.partition_point(|at| *at < latest));
                before(&self.calls.at).max(before(&self.sums.at))
            }
        };
        u64::try_from(found).unwrap_or(u64::MAX)
    }

    /// The block with all of its rows, in order of time.
    pub fn finished(mut self, plan: &Plan) -> Self {
        let instants = || self.calls.at.iter().chain(&self.sums.at);
        let any = |relative| instants().any(|at| is_relative(*at) == relative);
        let may_be_relative = plan.clock.is_some_and(|clock| is_relative(clock.from));
        (self.relative, self.dated) = match may_be_relative {
            true => (any(true), any(false)),
            false => (false, instants().next().is_some()),
        };
        if self.is_unsorted {
            let sums = self.sums.sorted();
            let calls = self.calls.sorted();
            let (calls, sums) = (
                std::mem::replace(&mut self.calls, calls),
                std::mem::replace(&mut self.sums, sums),
            );
            self.unsorted = Some(if plan.aggregates { sums.at } else { calls.at });
        }
        self.marks =
            std::mem::take(&mut self.marks_so_far).all(&plan.model_fields, &plan.cache_fields);
        self.counted()
    }
}
