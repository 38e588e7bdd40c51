//! The threads: some read and parse blocks, of whichever file is asked for; one puts them in order
//! and hands them over.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::Call;
use super::Sink;
use super::blocks::Block;
use super::chunk::Chunk;
use super::error::TraceError;
use super::feed::{Feed, Part};
use super::merge::{Lane, Out, merge};
use super::options::Options;
use super::parse::Rows;
use super::source::{Counted, Source};
use super::summary::{BadRow, BadRows, FileSummary, Progress, Summary};

/// How many files are read at once.
pub const MAX_FILES: usize = 256;

/// Blocks between two calls of the progress.
const PROGRESS: u64 = 64;

/// A block of a file is to be read and parsed, in this memory.
struct Job {
    file: usize,
    block: Block,
    calls: Chunk<Call>,
}

/// It was.
struct Done {
    file: usize,
    sequence: u64,
    result: Result<Parsed, TraceError>,
    block: Block,
}

enum Parsed {
    Rows(Box<Rows>),
    End(Box<FileSummary>),
}

/// Reads all sources and hands their calls over in order of time. `progress` is called now and
/// then.
///
/// # Errors
/// [`TraceError`] for the first thing that is wrong; rows that cannot be read are reported at the
/// end, all together.
pub fn read(
    sources: Vec<Source>,
    options: &Options,
    sink: &mut dyn Sink,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, TraceError> {
    let files = sources.len();
    if files > MAX_FILES {
        return Err(TraceError::TooManyFiles(files));
    }
    let bytes = Arc::new(AtomicU64::new(0));
    let block_size = options.tuning.block_of(files);
    let (mut feeds, mut names, mut total) = (Vec::new(), Vec::new(), Some(0_u64));
    for source in sources {
        let opened = source.open()?;
        let raw = Counted::new(opened.reader, Arc::clone(&bytes));
        feeds.push(Mutex::new(Feed::new(
            &opened.name,
            raw,
            block_size,
            options,
        )));
        names.push(opened.name);
        total = total.zip(opened.bytes).map(|(a, b)| a.saturating_add(b));
    }
    let (jobs, queue) = channel();
    let queue = Mutex::new(queue);
    let (done, results) = channel();
    let mut out = Out::new(sink);
    let files = thread::scope(|scope| {
        for _ in 0..options.tuning.workers.max(1) {
            let done = done.clone();
            let (queue, feeds) = (&queue, &feeds);
            scope.spawn(move || work(queue, feeds, &done));
        }
        // Only the threads can send, so that their end is noticed.
        drop(done);
        let mut control = Control::new(jobs, results, names, options);
        let mut report = || {
            progress(Progress {
                read: bytes.load(Ordering::Relaxed),
                total,
            });
        };
        let all = control.run(options, &mut out, &mut report);
        // The threads end when no more jobs can come.
        all.map(|()| control.files)
    })?;
    summary(files, &out, options)
}

fn work(queue: &Mutex<Receiver<Job>>, feeds: &[Mutex<Feed>], done: &Sender<Done>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job {
            file,
            mut block,
            calls,
        }) = job
        else {
            return;
        };
        let Some(feed) = feeds.get(file) else {
            return;
        };
        let (sequence, part) = {
            let mut feed = feed.lock().unwrap_or_else(PoisonError::into_inner);
            feed.next(&mut block)
        };
        let result = part.map(|part| match part {
            Part::End(summary) => Parsed::End(summary),
            Part::Work(work) => {
                let rows = Rows::in_memory_of(calls);
                Parsed::Rows(Box::new(work.parse(&block, rows)))
            }
        });
        let sent = done.send(Done {
            file,
            sequence,
            result,
            block,
        });
        if sent.is_err() {
            return;
        }
    }
}

/// Asks for blocks, and takes what was parsed in the order of each file.
struct Control {
    jobs: Sender<Job>,
    results: Receiver<Done>,
    files: Vec<FileSummary>,
    states: Vec<State>,
    blocks: u64,
}

/// How far a file is.
#[derive(Default)]
struct State {
    /// What was parsed before its turn.
    early: BTreeMap<u64, Done>,
    /// The number of the block whose turn it is.
    next: u64,
    /// Lines of the blocks before.
    lines: u64,
    is_done: bool,
}

impl Control {
    fn new(
        jobs: Sender<Job>,
        results: Receiver<Done>,
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
            blocks: 0,
        };
        for _ in 0..ahead {
            for file in 0..control.files.len() {
                control.ask(file, Block::default(), Chunk::default());
            }
        }
        control
    }

    /// Nobody listens only when an error has ended all, which is then reported.
    fn ask(&self, file: usize, block: Block, calls: Chunk<Call>) {
        let _ = self.jobs.send(Job { file, block, calls });
    }

    fn run(
        &mut self,
        options: &Options,
        out: &mut Out,
        report: &mut dyn FnMut(),
    ) -> Result<(), TraceError> {
        let reorder = options.tuning.reorder_of(self.files.len());
        let mut lanes: Vec<Lane> = self.files.iter().map(|_| Lane::new(reorder)).collect();
        let mut more = |file, lane: &mut Lane| self.more(file, lane, reorder, report);
        merge(&mut lanes, options.tuning.group, &mut more, out)
    }

    /// Takes the next block of a file; false when there is none.
    fn more(
        &mut self,
        file: usize,
        lane: &mut Lane,
        reorder: usize,
        report: &mut dyn FnMut(),
    ) -> Result<bool, TraceError> {
        let Some(Done { result, block, .. }) = self.take(file)? else {
            return Ok(false);
        };
        self.blocks = self.blocks.wrapping_add(1);
        if self.blocks.checked_rem(PROGRESS) == Some(0) {
            report();
        }
        let (Some(state), Some(summary)) = (self.states.get_mut(file), self.files.get_mut(file))
        else {
            return Ok(false);
        };
        let rows = match result? {
            Parsed::Rows(rows) => *rows,
            Parsed::End(found) => {
                state.is_done = true;
                summary.shape = found.shape;
                summary.compression = found.compression;
                summary.time = found.time;
                summary.columns = found.columns;
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
        summary.relative |= rows.relative;
        let bad = rows.first_bad.into_iter().map(|(at, reason)| BadRow {
            file: summary.name.clone(),
            line: line(at),
            reason,
        });
        summary.bad.add(&BadRows {
            count: rows.bad,
            first: bad.collect(),
        });
        let calls = lane.calls.add(rows.calls, rows.unsorted.as_deref());
        let sums = lane.sums.add(rows.sums, rows.unsorted.as_deref());
        calls.and(sums).map_err(|late| TraceError::OutOfOrder {
            file: summary.name.clone(),
            line: line(rows.lines_of.of(late)),
            held: reorder,
        })?;
        state.lines = line(rows.lines).saturating_sub(1);
        let calls = lane.spare.pop().unwrap_or_default();
        self.ask(file, block, calls);
        Ok(true)
    }

    /// The next block of a file, when it is there; `None` after the last one.
    fn take(&mut self, file: usize) -> Result<Option<Done>, TraceError> {
        loop {
            let Some(state) = self.states.get_mut(file).filter(|state| !state.is_done) else {
                return Ok(None);
            };
            if let Some(done) = state.early.remove(&state.next) {
                state.next = state.next.saturating_add(1);
                return Ok(Some(done));
            }
            let Ok(done) = self.results.recv() else {
                let name = self.files.get(file).map(|file| file.name.clone());
                return Err(TraceError::Unreadable {
                    file: name.unwrap_or_default(),
                    reason: "the reading stopped".to_owned(),
                });
            };
            if let Some(state) = self.states.get_mut(done.file) {
                state.early.insert(done.sequence, done);
            }
        }
    }
}

fn summary(files: Vec<FileSummary>, out: &Out, options: &Options) -> Result<Summary, TraceError> {
    let microseconds = |at: i64| at.div_euclid(1_000);
    let mut summary = Summary {
        calls: out.calls,
        aggregates: out.aggregates,
        first: out.first.map(microseconds),
        last: out.last.map(microseconds),
        ..Summary::default()
    };
    for file in &files {
        summary.rows = summary.rows.saturating_add(file.rows);
        summary.filtered = summary.filtered.saturating_add(file.filtered);
        summary.bad.add(&file.bad);
    }
    summary.files = files;
    if summary.bad.count > 0 && !options.skip_bad_rows {
        return Err(TraceError::BadRows(Box::new(summary)));
    }
    if summary.first.is_none() {
        return Err(TraceError::NoCalls(Box::new(summary)));
    }
    Ok(summary)
}
