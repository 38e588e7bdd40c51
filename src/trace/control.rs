//! The thread that asks for blocks, puts them in order and hands them over.

use std::collections::BTreeMap;
use std::sync::mpsc::{RecvTimeoutError, Sender};
use std::time::Duration;

use super::Call;
use super::blocks::Block;
use super::chunk::Chunk;
use super::error::TraceError;
use super::job::{Done, Job, Parsed};
use super::merge::{Lane, merge};
use super::options::Options;
use super::out::Out;
use super::sink::TooLarge;
use super::summary::{BadRow, BadRows, FileSummary};
use crate::billing::recorded::Odd;

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
    /// The number of files that were opened late and are not at their end.
    open: usize,
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
    /// Whether the file is opened only when its turn comes.
    is_late: bool,
    /// Whether blocks are asked for.
    is_open: bool,
}

impl<'a> Control<'a> {
    /// Asks for the first blocks of each file that is not opened late.
    pub fn new(
        jobs: Sender<Job>,
        results: Box<dyn FnMut(Duration) -> Result<Done, RecvTimeoutError> + 'a>,
        names: Vec<String>,
        is_late: Vec<bool>,
        options: &Options,
    ) -> Self {
        // One is handed over, and each thread has one to parse and one to begin with then.
        let ahead = match names.len() {
            1 => options.tuning.workers.max(1).saturating_mul(2),
            _ => 2,
        };
        let state = |is_late: &bool| State {
            is_late: *is_late,
            is_open: !is_late,
            ..State::default()
        };
        let states = is_late.iter().map(state).collect();
        let control = Self {
            jobs,
            results,
            states,
            open: is_late.iter().filter(|is_late| !**is_late).count(),
            files: names
                .into_iter()
                .map(|name| FileSummary {
                    name,
                    ..FileSummary::default()
                })
                .collect(),
        };
        for _ in 0..ahead {
            for (file, _) in is_late.iter().enumerate().filter(|(_, is_late)| !**is_late) {
                control.ask(file, Block::default(), Chunk::default());
            }
        }
        control
    }

    /// Asks for the next block of a file. No thread listens any more only after an error, which is reported then.
    fn ask(&self, file: usize, block: Block, calls: Chunk<Call>) {
        let closes = false;
        let _ = self.jobs.send(Job {
            file,
            closes,
            block,
            calls,
        });
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
        let first = match self.states.iter().any(|state| state.is_late) {
            true => Some(self.first_instants(&mut lanes, options, report)?),
            false => None,
        };
        let mut more = |file, lane: &mut Lane| {
            self.ask_late(file, 2);
            match self.open > options.tuning.files.max(1) {
                true => Err(TraceError::TooManyFiles),
                false => self.more(file, lane, options, report),
            }
        };
        merge(&mut lanes, first, options.tuning.group, &mut more, out)
    }

    /// The first instant of each file, of which those that are opened late are closed again.
    fn first_instants(
        &mut self,
        lanes: &mut [Lane],
        options: &Options,
        report: &mut dyn FnMut(),
    ) -> Result<Vec<Option<i64>>, TraceError> {
        let mut first = Vec::new();
        for (file, lane) in lanes.iter_mut().enumerate() {
            // While one file is waited for, a thread can begin with the next.
            for file in [file, file.saturating_add(1)] {
                self.ask_late(file, 1);
            }
            while lane.ready().is_empty() && self.more(file, lane, options, report)? {}
            first.push(lane.ready().first().copied());
            if self.states.get(file).is_some_and(|state| state.is_late) {
                self.close(file, report)?;
                *lane = Lane::new(options.reorder_of(self.files.len()));
            }
        }
        Ok(first)
    }

    /// Asks for the first blocks of a file that is not open.
    fn ask_late(&mut self, file: usize, blocks: usize) {
        let state = self.states.get_mut(file);
        if let Some(state) = state.filter(|state| !state.is_open) {
            state.is_open = true;
            self.open = self.open.saturating_add(1);
            for _ in 0..blocks {
                self.ask(file, Block::default(), Chunk::default());
            }
        }
    }

    /// Closes a file of which one block is asked for, unless it is at its end, and forgets what was found in it.
    fn close(&mut self, file: usize, report: &mut dyn FnMut()) -> Result<(), TraceError> {
        if self.take(file, report)?.is_some() {
            self.open = self.open.saturating_sub(1);
        }
        if let Some(state) = self.states.get_mut(file) {
            state.is_done = false;
        }
        let _ = self.jobs.send(Job {
            file,
            closes: true,
            block: Block::default(),
            calls: Chunk::default(),
        });
        self.take(file, report)?;
        if let Some(state) = self.states.get_mut(file) {
            *state = State {
                is_late: true,
                ..State::default()
            };
        }
        if let Some(summary) = self.files.get_mut(file) {
            let name = std::mem::take(&mut summary.name);
            *summary = FileSummary {
                name,
                ..FileSummary::default()
            };
        }
        Ok(())
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
            Parsed::Closed => return Ok(false),
            Parsed::End(found) => {
                state.is_done = true;
                self.open = self.open.saturating_sub(1);
                summary.shape = found.shape;
                summary.compression = found.compression;
                summary.time = found.time;
                summary.log = found.log;
                summary.columns = found.columns;
                summary.seen = found.seen;
                lane.finish();
                return Ok(true);
            }
        };
        let before = state.lines;
        let lines = |lines: usize| {
            let lines = u64::try_from(lines).unwrap_or(u64::MAX);
            before.saturating_add(lines)
        };
        let line = |line: usize| rows.numbered.place(lines(line).saturating_add(1));
        summary.rows = summary.rows.saturating_add(rows.rows);
        summary.filtered = summary.filtered.saturating_add(rows.filtered);
        summary.other_rows = summary.other_rows.saturating_add(rows.other);
        summary.filtered_at = summary.filtered_at.joined(rows.filtered_at.minutes());
        let found = Odd {
            failed: rows.failed,
            no_output: rows.no_output,
            out_of_order: rows.out_of_order(summary.latest),
            ..Odd::default()
        };
        summary.odd = summary.odd.plus(found).map_err(|_| TooLarge::Sum)?;
        summary.latest = summary.latest.max(rows.latest());
        summary.marks.add(rows.marks);
        summary.relative |= rows.relative;
        summary.dated |= rows.dated;
        let bad = rows.first_bad.into_iter().map(|(at, reason)| BadRow {
            file: summary.name.clone(),
            line: line(at),
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
            held: options.reorder_of(files),
        })?;
        state.lines = lines(rows.lines);
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
