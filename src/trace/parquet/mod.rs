//! Parquet: the columns that are needed, in parts that can be decoded in any order.
//!
//! The `parquet` crate reads the footer, the headers of pages and their values. A file may be damaged or made to harm,
//! so what it gives memory by is held against what is there before it is asked, pages are decompressed here into no
//! more than [`PAGES`] for each thread, and where it panics there is an error.
//!
//! | file | what it does |
//! |---|---|
//! | `thrift`, `footer`, `types` | the footer: columns, what they mean, and where their pages lie |
//! | `disk`, `pages`, `codec`, `deltas` | the bytes of pages, and how many of them there may be |
//! | `column`, `dictionary` | the values of a column, a few rows at a time |
//! | `cell`, `part` | rows: by their numbers, or as the texts that CSV would have |
//! | `guard` | where the crate panics |

mod cell;
mod codec;
mod column;
mod deltas;
mod dictionary;
mod disk;
mod footer;
mod guard;
mod pages;
mod part;
mod thrift;
mod types;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use self::disk::Disk;
use self::footer::{Column, Group};
use self::guard::guarded;
use self::part::Reader;
use self::types::Meaning;
use super::error::TraceError;
use super::parquet_problem::{Found, Problem};
use super::plan::{Filters, Layout, Plan, Use, Within};
use super::row::Picked;
use super::rows::Rows;
use super::rules::Rules;
use super::start::Start;

pub use self::part::Part;

/// The first and the last bytes of every file.
pub const MAGIC: &[u8; 4] = b"PAR1";

/// Bytes of the longest footer. As it is decoded, it takes about ten times as many.
const FOOTER: usize = 4 * 1_024 * 1_024;

/// Rows that are decoded at a time.
const BATCH: u64 = 2_048;

/// Rows of a part. A row group of DuckDB is one part.
const PART: u64 = 128 * 1_024;

/// The columns that are read, in the order of the file, and what for.
#[derive(Debug)]
pub struct Reads {
    columns: Vec<Column>,
    uses: Vec<Use>,
    /// Those that may hold objects as text, by their index here.
    within: Vec<Within>,
    filters: Filters,
    rules: Rules,
    /// Whether the rows are sums of minutes.
    aggregates: bool,
}

/// A file, from its footer to parts.
#[derive(Debug)]
pub struct Parquet {
    name: String,
    disk: Arc<Disk>,
    reads: Option<Arc<Reads>>,
    /// Groups of rows that have not begun, the next one last.
    groups: Vec<Group>,
    /// Rows of the next group that were handed out.
    done: u64,
    progress: Progress,
}

/// How much was read, as if rows lay evenly in the file.
#[derive(Debug)]
struct Progress {
    read: Arc<AtomicU64>,
    told: u64,
    rows: u64,
    all: u64,
}

/// Whether a file begins as Parquet does. It is left at its start.
pub fn is_parquet(file: &mut File) -> io::Result<bool> {
    let mut head = Vec::with_capacity(MAGIC.len());
    file.by_ref().take(4).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(head == MAGIC)
}

impl Parquet {
    /// A file of this length of which nothing is read yet. Bytes that are done with are added to `read`.
    pub fn new(name: &str, file: File, length: u64, read: Arc<AtomicU64>) -> Self {
        Self {
            name: name.to_owned(),
            disk: Arc::new(Disk::new(file, length)),
            reads: None,
            groups: Vec::new(),
            done: 0,
            progress: Progress {
                read,
                told: 0,
                rows: 0,
                all: 0,
            },
        }
    }

    /// The next part; `None` at the end. What the file is goes to `start`.
    pub fn next(&mut self, start: &mut Start) -> Result<Option<Part>, TraceError> {
        let reads = match &self.reads {
            Some(reads) => Arc::clone(reads),
            None => self.begin(start)?,
        };
        loop {
            let Some(group) = self.groups.last() else {
                return Ok(None);
            };
            let rows = group.rows.saturating_sub(self.done).min(PART);
            if rows == 0 {
                self.groups.pop();
                self.done = 0;
                continue;
            }
            let part = Part {
                disk: Arc::clone(&self.disk),
                reads,
                chunks: Arc::clone(&group.chunks),
                skipped: self.done,
                rows,
            };
            self.done = self.done.saturating_add(rows);
            self.progress.add(rows, self.disk.length);
            if !start.is_done() {
                self.look(&part, start)?;
            }
            return Ok(Some(part));
        }
    }

    /// Reads the footer.
    fn begin(&mut self, start: &mut Start) -> Result<Arc<Reads>, TraceError> {
        let found = guarded(|| {
            let footer = footer::read(&self.disk)?;
            let columns = footer::columns(&footer);
            Ok((footer, columns))
        });
        let (footer, columns) = found.map_err(|found| error(&self.name, found))?;
        let damaged = |problem: Problem| error(&self.name, problem.into());
        let header: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        start.of_columns(&header)?;
        let uses = match start.plan().map(|plan| &plan.layout) {
            Some(Layout::Csv(uses)) => uses.clone(),
            _ => Vec::new(),
        };
        let (mut read, mut kept) = (Vec::new(), Vec::new());
        let mut within = Vec::new();
        let all = start.plan().map(|plan| plan.within.as_slice());
        let all = all.unwrap_or_default();
        for ((at, column), used) in columns.into_iter().enumerate().zip(uses) {
            let object = all.iter().find(|within| within.column == at);
            let is_needed = used.role.is_some() || used.filter.is_some() || used.rule.is_some();
            match column.meaning {
                Meaning::Other(what) if is_needed => {
                    let column = super::reason::shown(column.name.as_bytes());
                    return Err(damaged(Problem::Type { column, what }));
                }
                Meaning::Other(_) => continue,
                _ if is_needed || used.mark.is_some() || object.is_some() => {}
                _ => continue,
            }
            within.extend(object.map(|within| Within {
                column: read.len(),
                ..within.clone()
            }));
            read.push(column);
            kept.push(used);
        }
        let groups = footer.row_groups().iter().rev();
        self.groups = groups
            .map(|group| footer::group(group, &read))
            .collect::<Result<_, _>>()
            .map_err(damaged)?;
        for group in &self.groups {
            self.progress.all = self.progress.all.saturating_add(group.rows);
        }
        let plan = start.plan();
        let reads = Arc::new(Reads {
            columns: read,
            uses: kept,
            within,
            filters: plan.map(|plan| plan.filters.clone()).unwrap_or_default(),
            rules: plan.map_or_else(|| Rules::of_objects(&[]), |plan| plan.rules),
            aggregates: plan.is_some_and(|plan| plan.aggregates),
        });
        self.reads = Some(Arc::clone(&reads));
        Ok(reads)
    }

    /// Looks for the first row that can be read, which says how times are written.
    fn look(&self, part: &Part, start: &mut Start) -> Result<(), TraceError> {
        let reader = Reader::new(part);
        let mut reader = reader.map_err(|found| error(&self.name, found))?;
        loop {
            let count = reader.batch().map_err(|found| error(&self.name, found))?;
            if count == 0 {
                return Ok(());
            }
            for at in 0..count {
                match reader.texts(at) {
                    Ok(Picked::Row(texts, told)) => start.row(&texts, &told)?,
                    Ok(Picked::Filtered(_)) => start.left_out(|| reader.filtered(at)),
                    Ok(Picked::Other | Picked::Failed) | Err(_) => {}
                }
                if start.is_done() {
                    return Ok(());
                }
            }
        }
    }
}

impl Progress {
    fn add(&mut self, rows: u64, length: u64) {
        self.rows = self.rows.saturating_add(rows);
        let done = u128::from(length).saturating_mul(self.rows.into());
        let done = done.checked_div(self.all.into()).unwrap_or(0);
        let done = u64::try_from(done).unwrap_or(length).min(length);
        let more = done.saturating_sub(self.told);
        self.read.fetch_add(more, Ordering::Relaxed);
        self.told = done;
    }
}

/// Reads the rows of a part.
pub fn parse(part: &Part, plan: &Plan, name: &str, mut rows: Rows) -> Result<Rows, TraceError> {
    rows.asks = plan.asks();
    part.parse(plan, rows).map_err(|found| error(name, found))
}

fn error(name: &str, found: Found) -> TraceError {
    let file = name.to_owned();
    match found {
        Found::Problem(problem) => TraceError::Parquet { file, problem },
        Found::Io(error) => TraceError::Unreadable {
            file,
            reason: error.to_string(),
        },
    }
}
