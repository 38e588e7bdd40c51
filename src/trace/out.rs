//! What takes the stream of calls in order of time, all together or each model's apart.

use std::cmp::Ordering;
use std::sync::Arc;

use super::chunk::Part;
use super::error::TraceError;
use super::format::MINUTE;
use super::hits::Hits;
use super::instant::Group;
use super::models::Models;
use super::options::Tuning;
use super::repeats::{Released, Repeats};
use super::sink::Sinks;
use super::tags::TagsRef;
use super::{Call, Calls, Sink};

/// What takes the calls.
pub enum Into<'s> {
    /// One takes all.
    One(&'s mut dyn Sink),
    /// Each model's calls are taken by its own.
    Each(Told<'s>),
}

/// The sinks of the models, as their names come in.
pub struct Told<'s> {
    sinks: &'s mut dyn Sinks,
    models: Arc<Models>,
    /// The number of the sink for each number of a name, once it was asked for.
    sink_of: Vec<Option<usize>>,
    /// The calls of a minute by the number of their sink.
    calls: Vec<Vec<Call>>,
    /// The numbers of the sinks that have calls there.
    with_calls: Vec<usize>,
}

impl<'s> Told<'s> {
    /// Sinks that have taken nothing yet.
    pub fn new(sinks: &'s mut dyn Sinks, models: Arc<Models>) -> Self {
        Self {
            sinks,
            models,
            sink_of: Vec::new(),
            calls: Vec::new(),
            with_calls: Vec::new(),
        }
    }

    /// The number of the sink for a model.
    fn sink_of(&mut self, model: u16) -> Result<usize, TraceError> {
        let place = usize::from(model);
        if let Some(Some(sink)) = self.sink_of.get(place) {
            return Ok(*sink);
        }
        let name = self
            .models
            .name(model)
            .map_err(|_| TraceError::TooManyModels)?;
        let sink = self.sinks.sink_of(name.as_deref());
        if self.sink_of.len() <= place {
            self.sink_of.resize(place.saturating_add(1), None);
        }
        if let Some(slot) = self.sink_of.get_mut(place) {
            *slot = Some(sink);
        }
        if self.calls.len() <= sink {
            self.calls.resize(sink.saturating_add(1), Vec::new());
        }
        Ok(sink)
    }

    /// Hands over calls of one minute.
    fn calls(&mut self, minute: i64, calls: &[Call], models: &[u16]) -> Result<(), TraceError> {
        let one = match models.split_first() {
            None => Some(super::models::UNNAMED),
            Some((first, rest)) => rest.iter().all(|model| model == first).then_some(*first),
        };
        if let Some(model) = one {
            let sink = self.sink_of(model)?;
            return Ok(self.sinks.sink(sink).calls(minute, calls)?);
        }
        for (call, model) in calls.iter().zip(models) {
            let sink = match self.sink_of.get(usize::from(*model)) {
                Some(Some(sink)) => *sink,
                _ => self.sink_of(*model)?,
            };
            if let Some(slot) = self.calls.get_mut(sink) {
                if slot.is_empty() {
                    self.with_calls.push(sink);
                }
                slot.push(*call);
            }
        }
        for sink in self.with_calls.drain(..) {
            if let Some(calls) = self.calls.get_mut(sink) {
                self.sinks.sink(sink).calls(minute, calls)?;
                calls.clear();
            }
        }
        Ok(())
    }
}

/// What takes the stream, and what was handed over.
pub struct Out<'s> {
    into: Into<'s>,
    /// The first instant.
    pub first: Option<i64>,
    /// The last instant.
    pub last: Option<i64>,
    /// The number of calls, with those of aggregates.
    pub calls: u64,
    /// The number of aggregates.
    pub aggregates: u64,
    /// The cache, where hits are derived from the hashes of blocks.
    pub hits: Option<Hits>,
    /// The calls that a later row may repeat.
    pub repeats: Repeats,
    /// Whether some call has an id.
    pub has_ids: bool,
}

impl<'s> Out<'s> {
    /// A stream of which nothing was handed over yet.
    pub fn new(into: Into<'s>, hits: Option<Hits>, tuning: &Tuning) -> Self {
        Self {
            into,
            first: None,
            last: None,
            calls: 0,
            aggregates: 0,
            hits,
            repeats: Repeats::new(tuning.window, tuning.known),
            has_ids: false,
        }
    }

    /// Hands over calls with their hashes, as [`super::hashes::Held::take`] gives them.
    pub fn calls_with(
        &mut self,
        at: &[i64],
        mut calls: Vec<Call>,
        tags: TagsRef<'_>,
        lists: &[u64],
    ) -> Result<(), TraceError> {
        if let Some(hits) = &mut self.hits {
            // A call that others have hits of cannot be taken back, so none is held.
            let mut ids = tags.ids.iter().filter(|id| **id != 0);
            if ids.any(|id| !self.repeats.is_new(*id)) {
                return Err(TraceError::RepeatsWithHits);
            }
            hits.fill(at, &mut calls, tags.models, lists)?;
        }
        let items = &calls;
        self.calls(Part { at, items, tags })
    }

    /// Hands over calls, or holds them where they may be repeated.
    pub fn calls(&mut self, calls: Part<'_, Call>) -> Result<(), TraceError> {
        self.has_ids |= !calls.tags.ids.is_empty();
        if self.hits.is_none() && (self.repeats.holds() || !calls.tags.ids.is_empty()) {
            self.repeats.add(calls);
            return self.release(false);
        }
        self.pass(calls)
    }

    /// Hands over sums of minutes, after the calls before them.
    pub fn aggregates(&mut self, sums: Part<'_, Calls>) -> Result<(), TraceError> {
        if self.repeats.holds() {
            self.repeats.add_sums(sums);
            return self.release(false);
        }
        self.pass_sums(sums)
    }

    /// Hands over what is still held.
    pub fn finish(&mut self) -> Result<(), TraceError> {
        self.release(true)
    }

    fn release(&mut self, all: bool) -> Result<(), TraceError> {
        for released in self.repeats.release(all) {
            match released {
                Released::Calls(calls) => self.pass(calls.all())?,
                Released::Sums(sums) => self.pass_sums(sums.all())?,
            }
        }
        Ok(())
    }

    fn pass(&mut self, calls: Part<'_, Call>) -> Result<(), TraceError> {
        let Part { at, items, tags } = calls;
        self.saw(at.first(), at.last());
        let counted = u64::try_from(items.len()).unwrap_or(u64::MAX);
        self.calls = self.calls.saturating_add(counted);
        let mut start = 0_usize;
        while let Some(first) = at.get(start) {
            let minute = first.div_euclid(MINUTE);
            let end = minute.saturating_add(1).saturating_mul(MINUTE);
            let rest = at.get(start..).unwrap_or_default();
            let next = start.saturating_add(until(rest, end));
            let now = items.get(start..next).unwrap_or_default();
            match &mut self.into {
                Into::One(sink) => sink.calls(minute, now)?,
                Into::Each(told) => told.calls(minute, now, tags.between(start, next).models)?,
            }
            start = next;
        }
        Ok(())
    }

    fn pass_sums(&mut self, sums: Part<'_, Calls>) -> Result<(), TraceError> {
        for (place, (at, sums_now)) in sums.at.iter().zip(sums.items).enumerate() {
            self.saw(Some(at), Some(at));
            self.calls = self.calls.saturating_add(sums_now.calls);
            self.aggregates = self.aggregates.saturating_add(1);
            let minute = at.div_euclid(MINUTE);
            match &mut self.into {
                Into::One(sink) => sink.aggregate(minute, *sums_now)?,
                Into::Each(told) => {
                    let model = sums.tags.models.get(place).copied();
                    let sink = told.sink_of(model.unwrap_or(super::models::UNNAMED))?;
                    told.sinks.sink(sink).aggregate(minute, *sums_now)?;
                }
            }
        }
        Ok(())
    }

    /// Which of two groups with the same calls comes first, by the names of their models.
    pub fn models(&self, a: &Group, b: &Group) -> Ordering {
        let Into::Each(told) = &self.into else {
            return Ordering::Equal;
        };
        let names = |group: &Group| {
            let tags = group.tags().map(|tags| tags.all().models);
            let numbers = tags.into_iter().flatten();
            let names = numbers.map(|number| told.models.name(*number).ok().flatten());
            names.collect::<Vec<_>>()
        };
        names(a).cmp(&names(b))
    }

    fn saw(&mut self, first: Option<&i64>, last: Option<&i64>) {
        self.first = self.first.or(first.copied());
        self.last = last.copied().or(self.last);
    }
}

/// The number of instants before `end`. A minute has few items of a chunk, so they are passed one line of a cache
/// after the other: the machine foresees what is read next, which a search by halves does not let it.
fn until(at: &[i64], end: i64) -> usize {
    const LINE: usize = 8;
    let is_before = |at: &i64| *at < end;
    let lines = at.chunks_exact(LINE);
    let whole = lines.take_while(|line| line.last().is_some_and(is_before));
    let passed = whole.count().saturating_mul(LINE);
    let rest = at.get(passed..).unwrap_or_default();
    passed.saturating_add(rest.iter().take_while(|at| is_before(at)).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_ends_where_the_next_one_begins() {
        for length in 0..40_i64 {
            let at: Vec<i64> = (0..length).map(|at| at / 3).collect();
            for end in 0..15 {
                let before = at.partition_point(|at| *at < end);
                assert_eq!(until(&at, end), before, "{length} up to {end}");
            }
        }
    }
}
