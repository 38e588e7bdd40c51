//! The threads that read and parse blocks of any of the files, as they are asked for.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::control::Control;
use super::csv::Records;
use super::error::TraceError;
use super::feed::{Feed, Part};
use super::hits::Hits;
use super::job::{Done, Job, Parsed};
use super::models::{Models, Named};
use super::options::{Filter, Options};
use super::out::{Into, Out, Told};
use super::rows::Rows;
use super::sink::{Sink, Sinks, TooLarge};
use super::source::{self, Source};
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
    read_into(
        sources,
        options,
        Named::default(),
        Into::One(sink),
        progress,
    )
}

/// Reads all sources and hands the calls of each model over to its own sink, in order of time. Calls of different
/// models come minute by minute, in no order among them.
///
/// # Errors
/// As [`read`]; [`TraceError::TooManyModels`] where there are more than are told apart.
pub fn read_apart(
    sources: Vec<Source>,
    options: &Options,
    sinks: &mut dyn Sinks,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, TraceError> {
    let models = Arc::new(Models::default());
    let told = Told::new(sinks, Arc::clone(&models));
    let named = Named {
        models,
        apart: true,
    };
    read_into(sources, options, named, Into::Each(told), progress)
}

fn read_into(
    sources: Vec<Source>,
    options: &Options,
    models: Named,
    into: Into<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, TraceError> {
    if let Some(file) = source::given_twice(&sources) {
        return Err(TraceError::GivenTwice { file });
    }
    let bytes = Arc::new(AtomicU64::new(0));
    let block_size = options.tuning.block_of(sources.len());
    let names: Vec<String> = sources
        .iter()
        .map(|source| source.name().to_owned())
        .collect();
    // Of many files, each is open only while its calls are merged; a stream always is.
    let are_many = sources.len() > options.tuning.files;
    let is_late: Vec<bool> = sources
        .iter()
        .map(|source| are_many && source.again().is_some())
        .collect();
    let always_open = is_late.iter().filter(|is_late| !**is_late).count();
    if always_open > options.tuning.files {
        return Err(TraceError::TooManyFiles);
    }
    let total = source::size(&sources);
    let mut feeds = Vec::new();
    for (source, is_late) in sources.into_iter().zip(&is_late) {
        let mut feed = Feed::new(
            source,
            Arc::clone(&bytes),
            block_size,
            options,
            models.clone(),
        );
        if !is_late {
            feed.open()?;
        }
        feeds.push(Mutex::new(feed));
    }
    let (jobs, queue) = channel();
    let queue = Mutex::new(queue);
    let (done, results) = channel();
    let hits = options.derived.as_ref().map(Hits::new);
    let mut out = Out::new(into, hits, &options.tuning);
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
        let mut control = Control::new(jobs, results, names, is_late, options);
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
    summary(files, &out, options, &models.models)
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
        closes,
        mut block,
        calls,
    } = job.ok()?;
    let (sequence, part) = {
        let mut feed = feeds
            .get(file)?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if closes {
            return Some(Done {
                file,
                sequence: feed.close()?,
                result: Ok(Parsed::Closed),
                block,
            });
        }
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

fn summary(
    files: Vec<FileSummary>,
    out: &Out,
    options: &Options,
    models: &Models,
) -> Result<Summary, TraceError> {
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
        summary.other_rows = summary.other_rows.saturating_add(file.other_rows);
        summary.filtered_at = summary.filtered_at.joined(file.filtered_at);
        summary.odd = summary.odd.plus(file.odd).map_err(|_| TooLarge::Sum)?;
        summary.bad.add(&file.bad);
    }
    let left_out = &out.repeats.left_out;
    summary.marks.without(left_out, models);
    summary.odd.repeated = left_out.earlier;
    summary.odd.repeated_far = left_out.later;
    summary.odd.no_output = summary.odd.no_output.saturating_sub(left_out.no_output);
    summary.files = files;
    if options.columns.place.is_none()
        && let Some(error) = unclear_cached(&summary)
    {
        return Err(error);
    }
    if summary.bad.count > 0 && !options.skip_bad_rows {
        return Err(TraceError::BadRows(Box::new(summary)));
    }
    if summary.first.is_none() {
        for file in &summary.files {
            summary.seen.add(&file.seen);
        }
        return Err(TraceError::NoCalls(Box::new(summary)));
    }
    if options.is_part && out.has_ids && options.repeats.is_none() {
        return Err(TraceError::RepeatsOfParts);
    }
    if let Some((counted, dated)) = summary.mixed() {
        return Err(TraceError::MixedTimes {
            counted: counted.to_owned(),
            dated: dated.to_owned(),
        });
    }
    Ok(summary)
}

/// The error for cached tokens of a log that does not say where these count.
fn unclear_cached(summary: &Summary) -> Option<TraceError> {
    summary.files.iter().find_map(|file| {
        let log = file.log.filter(|log| log.unclear_cached)?;
        let mut fields = file.marks.cached_by.inside.iter();
        Some(TraceError::UnclearCached {
            file: file.name.clone(),
            log: &log.title,
            field: fields.next()?.clone(),
        })
    })
}
