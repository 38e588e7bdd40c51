//! The files as one stream in order of time, whatever the order in which they were given.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::chunk::Chunk;
use super::error::TraceError;
use super::hashes::Held;
use super::instant::Group;
use super::out::Out;
use super::reorder::Reorder;
use super::{Call, Calls};

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
        match self.calls.ready().at {
            [] => self.sums.ready().at,
            at => at,
        }
    }

    fn pass(&mut self, items: usize) {
        if self.calls.ready().at.is_empty() {
            self.sums.pass(items);
        } else {
            self.spare.extend(self.calls.pass(items));
        }
    }

    /// Hands over the first `items` items.
    fn hand_over(&mut self, items: usize, out: &mut Out) -> Result<(), TraceError> {
        let calls = self.calls.ready().first(items);
        match out.hits {
            None => out.calls(calls)?,
            Some(_) => {
                let (plain, lists) = self.hashes.take(calls.items);
                out.calls_with(calls.at, plain, calls.tags, &lists)?;
            }
        }
        out.aggregates(self.sums.ready().first(items))?;
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
            let mut taken = take(at, group.max(1), file, lane, more)?;
            if out.hits.is_some() {
                (taken.calls.items, taken.lists) = lane.hashes.take(&taken.calls.items);
            }
            groups.push(taken);
            let head = fill(file, lane, more)?;
            heads.extend(head.map(|at| Reverse((at, file))));
        }
        // Where all of these are alike, it means nothing which come first; their models may tell them apart.
        groups.sort_by(|a, b| {
            let texts = a.texts().cmp(&b.texts());
            let models = || out.models(a, b);
            texts.then_with(models).then_with(|| a.ids().cmp(b.ids()))
        });
        for group in groups {
            out.aggregates(group.sums.all())?;
            let Chunk { at, items, tags } = group.calls;
            out.calls_with(&at, items, tags.all(), &group.lists)?;
        }
    }
    out.finish()
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
) -> Result<Group, TraceError> {
    let mut group = Group::default();
    loop {
        let taken = group.sums.len().max(group.calls.len());
        let ready = lane.ready().iter().take(limit.saturating_sub(taken));
        let items = ready.take_while(|next| **next == at).count();
        if items == 0 {
            return Ok(group);
        }
        group.calls.extend(lane.calls.ready().first(items));
        group.sums.extend(lane.sums.ready().first(items));
        lane.pass(items);
        fill(file, lane, more)?;
    }
}
