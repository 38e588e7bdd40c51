//! The threads that read and parse blocks of any of the files, as they are asked for.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::Sink;
use super::control::Control;
use super::csv::Records;
use super::error::TraceError;
use super::feed::{Feed, Part};
use super::hits::Hits;
use super::job::{Done, Job, Parsed};
use super::merge::Out;
use super::options::{Filter, MAX_FILES, Options};
use super::parquet::Parquet;
use super::rows::Rows;
use super::source::{self, Contents, Counted, Source};
use super::summary::{FileSummary, Progress, Summary};
use super::time::doubted;

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
    if let Some(file) = source::given_twice(&sources) {
        return Err(TraceError::GivenTwice { file });
    }
    let bytes = Arc::new(AtomicU64::new(0));
    let block_size = options.tuning.block_of(files);
    let (mut feeds, mut names, mut total) = (Vec::new(), Vec::new(), Some(0_u64));
    for source in sources {
        let opened = source.open()?;
        let name = opened.name.as_str();
        let read = Arc::clone(&bytes);
        feeds.push(Mutex::new(match opened.contents {
            Contents::Stream(reader) => {
                Feed::new(name, Counted::new(reader, read), block_size, options)
            }
            Contents::Parquet(file) => {
                let length = opened.bytes.unwrap_or_default();
                Feed::parquet(name, Parquet::new(name, file, length, read), options)
            }
        }));
        names.push(opened.name);
        total = total.zip(opened.bytes).map(|(a, b)| a.saturating_add(b));
    }
    let (jobs, queue) = channel();
    let queue = Mutex::new(queue);
    let (done, results) = channel();
    let mut out = Out::new(sink, options.derived.as_ref().map(Hits::new));
    let files = thread::scope(|scope| {
        let (queue, feeds) = (&queue, &feeds);
        // In a small container there may be fewer threads to be had, or none.
        let has_threads = (0..options.tuning.workers)
            .filter(|_| {
                let done = done.clone();
                let thread = thread::Builder::new();
                let work = move || work(queue, feeds, &done);
                thread.spawn_scoped(scope, work).is_ok()
            })
            .count()
            > 0;
        // Only the threads can send, so that their end is noticed.
        drop(done);
        let mut records = Records::default();
        let results: Box<dyn FnMut(Duration) -> Result<Done, RecvTimeoutError>> = match has_threads
        {
            true => Box::new(move |wait| results.recv_timeout(wait)),
            false => Box::new(move |_| {
                let done = next(queue, feeds, &mut records);
                done.ok_or(RecvTimeoutError::Disconnected)
            }),
        };
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
    let mut records = Records::default();
    while let Some(parsed) = next(queue, feeds, &mut records) {
        if done.send(parsed).is_err() {
            return;
        }
    }
}

/// Waits for the next job and does it; `None` when no more can come.
fn next(
    queue: &Mutex<Receiver<Job>>,
    feeds: &[Mutex<Feed>],
    records: &mut Records,
) -> Option<Done> {
    let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
    let Job {
        file,
        mut block,
        calls,
    } = job.ok()?;
    let (sequence, part) = {
        let mut feed = feeds
            .get(file)?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        feed.next(&mut block)
    };
    let result = part.and_then(|part| match part {
        Part::End(summary) => Ok(Parsed::End(summary)),
        Part::Work(work) => {
            let rows = Rows::in_memory_of(calls);
            let rows = work.parse(&block, records, rows)?;
            Ok(Parsed::Rows(Box::new(rows)))
        }
    });
    Some(Done {
        file,
        sequence,
        result,
        block,
    })
}

fn summary(files: Vec<FileSummary>, out: &Out, options: &Options) -> Result<Summary, TraceError> {
    let microseconds = |at: i64| at.div_euclid(1_000);
    let mut summary = Summary {
        calls: out.calls,
        aggregates: out.aggregates,
        filters: options.filters.iter().map(Filter::to_string).collect(),
        first: out.first.map(microseconds),
        last: out.last.map(microseconds),
        doubtful_unit: options
            .time_unit
            .zip(out.first.zip(out.last))
            .and_then(|(unit, (first, last))| doubted(unit, first, last)),
        ..Summary::default()
    };
    if let (Some(hits), Some(derived)) = (&out.hits, &options.derived) {
        summary.marks.cached = hits.found;
        summary.marks.cached_by.derived = Some(derived.clone());
    }
    for file in &files {
        summary.marks.add(file.marks.clone());
        summary.rows = summary.rows.saturating_add(file.rows);
        summary.filtered = summary.filtered.saturating_add(file.filtered);
        summary.filtered_at = summary.filtered_at.joined(file.filtered_at);
        summary.bad.add(&file.bad);
    }
    summary.files = files;
    if summary.bad.count > 0 && !options.skip_bad_rows {
        return Err(TraceError::BadRows(Box::new(summary)));
    }
    if summary.first.is_none() {
        for file in &summary.files {
            summary.seen.add(&file.seen);
        }
        return Err(TraceError::NoCalls(Box::new(summary)));
    }
    if let Some((counted, dated)) = summary.mixed() {
        return Err(TraceError::MixedTimes {
            counted: counted.to_owned(),
            dated: dated.to_owned(),
        });
    }
    Ok(summary)
}
