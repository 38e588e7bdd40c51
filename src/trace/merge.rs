//! The files as one stream in order of time, whatever the order in which they were given.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::chunk::Chunk;
use super::error::TraceError;
use super::format::MINUTE;
use super::hashes::Held;
use super::hits::Hits;
use super::reorder::Reorder;
use super::sink::TooLarge;
use super::{Call, Calls, Sink};

/// What is ready of one file, either calls or sums.
pub struct Lane {
    /// Calls in order.
    pub calls: Reorder<Call>,
    /// Sums in order.
    pub sums: Reorder<Calls>,
    /// The hashes of these calls' blocks, where hits are derived from them.
    pub hashes: Held,
    /// Chunks that were passed on, for their memory.
    pub spare: Vec<Chunk<Call>>,
}

impl Lane {
    /// An empty lane that holds back `reorder` items to put them in order.
    pub fn new(reorder: usize) -> Self {
        Self {
            calls: Reorder::new(reorder),
            sums: Reorder::new(reorder),
            hashes: Held::default(),
            spare: Vec::new(),
        }
    }

    /// Says that the file has no more.
    pub fn finish(&mut self) {
        self.calls.finish();
        self.sums.finish();
    }

    /// The instants of the items that are ready.
    pub fn ready(&self) -> &[i64] {
        match self.calls.ready().0 {
            [] => self.sums.ready().0,
            at => at,
        }
    }

    fn pass(&mut self, items: usize) {
        if self.calls.ready().0.is_empty() {
            self.sums.pass(items);
        } else {
            self.spare.extend(self.calls.pass(items));
        }
    }

    /// Hands over the first `items` items.
    fn hand_over(&mut self, items: usize, out: &mut Out) -> Result<(), TooLarge> {
        let (at, calls) = self.calls.ready();
        let at = at.get(..items).unwrap_or_default();
        let calls = calls.get(..items).unwrap_or_default();
        match out.hits {
            None => out.calls(at, calls)?,
            Some(_) => {
                let (calls, lists) = self.hashes.take(calls);
                out.calls_with(at, calls, &lists)?;
            }
        }
        let (at, sums) = self.sums.ready();
        for (at, sums) in at.iter().zip(sums).take(items) {
            out.aggregate(*at, *sums)?;
        }
        self.pass(items);
        Ok(())
    }
}

/// Fetches the next chunk of a file into its lane, which it finishes at the end.
pub type More<'m> = dyn FnMut(usize, &mut Lane) -> Result<bool, TraceError> + 'm;

/// Hands everything over in order of time. Where several files have calls at one instant, the calls
/// of each stay together in their order, and the texts of the calls decide which file's come first.
/// Where the first instants of all files are known, each is read only when its turn comes.
pub fn merge(
    lanes: &mut [Lane],
    first: Option<Vec<Option<i64>>>,
    group: usize,
    more: &mut More,
    out: &mut Out,
) -> Result<(), TraceError> {
    let mut heads = BinaryHeap::new();
    match first {
        Some(first) => {
            let first = first.into_iter().enumerate();
            heads.extend(first.filter_map(|(file, at)| Some(Reverse((at?, file)))));
        }
        None => {
            for (file, lane) in lanes.iter_mut().enumerate() {
                let head = fill(file, lane, more)?;
                heads.extend(head.map(|at| Reverse((at, file))));
            }
        }
    }
    while let Some(Reverse((at, file))) = heads.pop() {
        if let Some(lane) = lanes.get_mut(file)
            && lane.ready().is_empty()
        {
            let head = fill(file, lane, more)?;
            heads.extend(head.map(|at| Reverse((at, file))));
            continue;
        }
        let next = heads.peek().map(|Reverse((at, _))| *at);
        if next != Some(at) {
            let Some(lane) = lanes.get_mut(file) else {
                continue;
            };
            let run = match next {
                Some(next) => lane.ready().partition_point(|at| *at < next),
                None => lane.ready().len(),
            };
            lane.hand_over(run, out)?;
            let head = fill(file, lane, more)?;
            heads.extend(head.map(|at| Reverse((at, file))));
            continue;
        }
        let mut tied = vec![file];
        while heads.peek().is_some_and(|Reverse((next, _))| *next == at) {
            let Some(Reverse((_, file))) = heads.pop() else {
                break;
            };
            match lanes.get_mut(file) {
                Some(lane) if lane.ready().is_empty() => {
                    let head = fill(file, lane, more)?;
                    heads.extend(head.map(|at| Reverse((at, file))));
                }
                _ => tied.push(file),
            }
        }
        let mut groups = Vec::new();
        for file in tied {
            let Some(lane) = lanes.get_mut(file) else {
                continue;
            };
            let (sums, calls) = take(at, group.max(1), file, lane, more)?;
            groups.push(match out.hits {
                None => (sums, calls, Vec::new()),
                Some(_) => {
                    let (calls, lists) = lane.hashes.take(&calls);
                    (sums, calls, lists)
                }
            });
            let head = fill(file, lane, more)?;
            heads.extend(head.map(|at| Reverse((at, file))));
        }
        groups.sort();
        for (sums, calls, lists) in groups {
            for sums in sums {
                out.aggregate(at, sums)?;
            }
            out.calls_with(&vec![at; calls.len()], calls, &lists)?;
        }
    }
    Ok(())
}

/// Fetches blocks until an item is ready, and gives its instant; `None` where the file has no more.
fn fill(file: usize, lane: &mut Lane, more: &mut More) -> Result<Option<i64>, TraceError> {
    while lane.ready().is_empty() {
        if !more(file, lane)? {
            // There may be many files, so that nothing is kept of those that were read.
            *lane = Lane::new(0);
            return Ok(None);
        }
    }
    Ok(lane.ready().first().copied())
}

/// Takes out up to this number of items of one instant.
fn take(
    at: i64,
    limit: usize,
    file: usize,
    lane: &mut Lane,
    more: &mut More,
) -> Result<(Vec<Calls>, Vec<Call>), TraceError> {
    let (mut sums, mut calls) = (Vec::new(), Vec::new());
    loop {
        let taken = sums.len().max(calls.len());
        let ready = lane.ready().iter().take(limit.saturating_sub(taken));
        let items = ready.take_while(|next| **next == at).count();
        if items == 0 {
            return Ok((sums, calls));
        }
        calls.extend(lane.calls.ready().1.iter().take(items));
        sums.extend(lane.sums.ready().1.iter().take(items));
        lane.pass(items);
        fill(file, lane, more)?;
    }
}

/// What takes the stream, and what was handed over.
pub struct Out<'s> {
    sink: &'s mut dyn Sink,
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
}

impl<'s> Out<'s> {
    /// A stream of which nothing was handed over yet.
    pub fn new(sink: &'s mut dyn Sink, hits: Option<Hits>) -> Self {
        Self {
            sink,
            first: None,
            last: None,
            calls: 0,
            aggregates: 0,
            hits,
        }
    }

    /// Hands over calls with their hashes, as [`Held::take`] gives them.
    fn calls_with(
        &mut self,
        at: &[i64],
        mut calls: Vec<Call>,
        lists: &[u64],
    ) -> Result<(), TooLarge> {
        if let Some(hits) = &mut self.hits {
            hits.fill(at, &mut calls, lists)?;
        }
        self.calls(at, &calls)
    }

    fn calls(&mut self, at: &[i64], calls: &[Call]) -> Result<(), TooLarge> {
        self.saw(at.first(), at.last());
        let counted = u64::try_from(calls.len()).unwrap_or(u64::MAX);
        self.calls = self.calls.saturating_add(counted);
        let (mut at, mut calls) = (at, calls);
        while let Some(first) = at.first() {
            let minute = first.div_euclid(MINUTE);
            let end = minute.saturating_add(1).saturating_mul(MINUTE);
            let length = until(at, end);
            let (now, rest) = calls.split_at_checked(length).unwrap_or((calls, &[]));
            self.sink.calls(minute, now)?;
            calls = rest;
            at = at.get(length..).unwrap_or_default();
        }
        Ok(())
    }

    fn aggregate(&mut self, at: i64, sums: Calls) -> Result<(), TooLarge> {
        self.saw(Some(&at), Some(&at));
        self.calls = self.calls.saturating_add(sums.calls);
        self.aggregates = self.aggregates.saturating_add(1);
        self.sink.aggregate(at.div_euclid(MINUTE), sums)
    }

    fn saw(&mut self, first: Option<&i64>, last: Option<&i64>) {
        self.first = self.first.or(first.copied());
        self.last = last.copied().or(self.last);
    }
}

/// The number of instants before `end`. A minute has few items of a chunk, so the search widens from the
/// start.
fn until(at: &[i64], end: i64) -> usize {
    let mut width = 16_usize;
    while at.get(width).is_some_and(|at| *at < end) {
        width = width.saturating_mul(2);
    }
    let near = at.get(..width).unwrap_or(at);
    near.partition_point(|at| *at < end)
}
