//! The thread that asks for blocks, puts them in order and hands them over.

use std::collections::BTreeMap;
use std::sync::mpsc::{RecvTimeoutError, Sender};
use std::time::Duration;

use super::Call;
use super::blocks::Block;
use super::chunk::Chunk;
use super::error::TraceError;
use super::job::{Done, Job, Parsed};
use super::merge::{Lane, Out, merge};
use super::options::Options;
use super::summary::{BadRow, BadRows, FileSummary};

/// The longest time between two reports of progress, where blocks are slow to come.
const BEAT: Duration = Duration::from_millis(200);

/// Asks for blocks, and takes what was parsed in the order of each file.
pub struct Control<'a> {
    jobs: Sender<Job>,
    /// Waits up to this time for the next block that is parsed.
    results: Box<dyn FnMut(Duration) -> Result<Done, RecvTimeoutError> + 'a>,
    /// What was found out about each file.
    pub files: Vec<FileSummary>,
    states: Vec<State>,
}

/// How much of a file is handed over.
#[derive(Default)]
struct State {
    /// Blocks that were parsed before their turn, by number.
    early: BTreeMap<u64, Done>,
    /// The number of the block whose turn it is.
    next: u64,
    /// Lines in the blocks before.
    lines: u64,
    is_done: bool,
}

impl<'a> Control<'a> {
    /// Asks for the first blocks of each file.
    pub fn new(
        jobs: Sender<Job>,
        results: Box<dyn FnMut(Duration) -> Result<Done, RecvTimeoutError> + 'a>,
        names: Vec<String>,
        options: &Options,
    ) -> Self {
        // One is handed over, and each thread has one to parse and one to begin with then.
        let ahead = match names.len() {
            1 => options.tuning.workers.max(1).saturating_mul(2),
            _ => 2,
        };
        let states = names.iter().map(|_| State::default()).collect();
        let control = Self {
            jobs,
            results,
            states,
            files: names
                .into_iter()
                .map(|name| FileSummary {
                    name,
                    ..FileSummary::default()
                })
                .collect(),
        };
        for _ in 0..ahead {
            for file in 0..control.files.len() {
                control.ask(file, Block::default(), Chunk::default());
            }
        }
        control
    }

    /// Asks for the next block of a file. No thread listens any more only after an error, which is reported then.
    fn ask(&self, file: usize, block: Block, calls: Chunk<Call>) {
        let _ = self.jobs.send(Job { file, block, calls });
    }

    /// Hands everything over.
    pub fn run(
        &mut self,
        options: &Options,
        out: &mut Out,
        report: &mut dyn FnMut(),
    ) -> Result<(), TraceError> {
        let reorder = options.reorder_of(self.files.len());
        let mut lanes: Vec<Lane> = self.files.iter().map(|_| Lane::new(reorder)).collect();
        let mut more = |file, lane: &mut Lane| self.more(file, lane, options, report);
        merge(&mut lanes, options.tuning.group, &mut more, out)
    }

    /// Takes the next block of a file; false when there is none.
    fn more(
        &mut self,
        file: usize,
        lane: &mut Lane,
        options: &Options,
        report: &mut dyn FnMut(),
    ) -> Result<bool, TraceError> {
        let Some(Done { result, block, .. }) = self.take(file, report)? else {
            return Ok(false);
        };
        report();
        let files = self.files.len();
        let (Some(state), Some(summary)) = (self.states.get_mut(file), self.files.get_mut(file))
        else {
            return Ok(false);
        };
        let mut rows = match result? {
            Parsed::Rows(rows) => *rows,
            Parsed::End(found) => {
                state.is_done = true;
                summary.shape = found.shape;
                summary.compression = found.compression;
                summary.time = found.time;
                summary.columns = found.columns;
                summary.seen = found.seen;
                lane.finish();
                return Ok(true);
            }
        };
        let line = |line: usize| {
            let line = u64::try_from(line).unwrap_or(u64::MAX);
            state.lines.saturating_add(line).saturating_add(1)
        };
        summary.rows = summary.rows.saturating_add(rows.rows);
        summary.filtered = summary.filtered.saturating_add(rows.filtered);
        summary.filtered_at = summary.filtered_at.joined(rows.filtered_at.minutes());
        summary.marks.add(rows.marks);
        summary.relative |= rows.relative;
        summary.dated |= rows.dated;
        let bad = rows.first_bad.into_iter().map(|(at, reason)| BadRow {
            file: summary.name.clone(),
            line: line(at),
            numbered: rows.numbered,
            reason,
        });
        summary.bad.add(&BadRows {
            count: rows.bad,
            first: bad.collect(),
        });
        if options.derived.is_some() {
            lane.hashes.add(rows.hashes, &mut rows.calls)?;
        }
        let calls = lane.calls.add(rows.calls, rows.unsorted.as_deref());
        let sums = lane.sums.add(rows.sums, rows.unsorted.as_deref());
        calls.and(sums).map_err(|late| TraceError::OutOfOrder {
            file: summary.name.clone(),
            line: line(rows.lines_of.of(late)),
            numbered: rows.numbered,
            held: options.reorder_of(files),
        })?;
        state.lines = line(rows.lines).saturating_sub(1);
        let calls = lane.spare.pop().unwrap_or_default();
        self.ask(file, block, calls);
        Ok(true)
    }

    /// The next block of a file, when it is there; `None` after the last one.
    fn take(&mut self, file: usize, report: &mut dyn FnMut()) -> Result<Option<Done>, TraceError> {
        loop {
            let Some(state) = self.states.get_mut(file).filter(|state| !state.is_done) else {
                return Ok(None);
            };
            if let Some(done) = state.early.remove(&state.next) {
                state.next = state.next.saturating_add(1);
                return Ok(Some(done));
            }
            let done = match (self.results)(BEAT) {
                Ok(done) => done,
                Err(RecvTimeoutError::Timeout) => {
                    report();
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let name = self.files.get(file).map(|file| file.name.clone());
                    return Err(TraceError::Unreadable {
                        file: name.unwrap_or_default(),
                        reason: "the reading stopped".to_owned(),
                    });
                }
            };
            if let Some(state) = self.states.get_mut(done.file) {
                state.early.insert(done.sequence, done);
            }
        }
    }
}
