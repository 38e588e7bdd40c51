//! Parquet: the columns that are needed, in parts that can be decoded in any order.
//!
//! It is read by code of its own and not by a library, as a file may be damaged or made to harm: whatever its bytes,
//! there is an error, no panic, and no more memory than [`PAGES`] for each thread that decodes. Every length is held
//! against what is there before anything is allocated. Tests write files with the `parquet` crate and compare.
//!
//! | file | what it does |
//! |---|---|
//! | `thrift`, `footer`, `types` | the footer: columns, what they mean, and where their pages lie |
//! | `page`, `codec`, `scan` | the headers and the bytes of pages, and which of them a part needs |
//! | `bits`, `values`, `cursor` | the values of pages, a few rows at a time |
//! | `cell`, `part` | rows: by their numbers, or as the texts that CSV would have |
//! | `problem` | what can be wrong |

mod bits;
mod cell;
mod codec;
mod cursor;
mod footer;
mod page;
mod part;
mod problem;
mod scan;
mod thrift;
mod types;
mod values;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use self::footer::{Column, Group};
use self::page::{Disk, Found};
use self::part::Reader;
use self::scan::Scan;
use self::types::Meaning;
use super::error::TraceError;
use super::plan::{Filters, Layout, Plan, Use};
use super::row::Picked;
use super::rows::Rows;
use super::start::Start;
use super::summary::Numbered;

pub use self::part::Part;
pub use self::problem::Problem;

/// The first and the last bytes of every file.
pub const MAGIC: &[u8; 4] = b"PAR1";

/// Bytes of pages, stored and decompressed, that a thread may hold at a time.
pub const PAGES: usize = 14 * 1_024 * 1_024;

/// Bytes of the longest footer.
const FOOTER: usize = 16 * 1_024 * 1_024;

/// Rows that are decoded at a time.
const BATCH: u64 = 4_096;

/// The columns that are read, in the order of the file, and what for.
#[derive(Debug)]
pub struct Reads {
    columns: Vec<Column>,
    uses: Vec<Use>,
    filters: Filters,
}

/// A file, from its footer to parts.
#[derive(Debug)]
pub struct Parquet {
    name: String,
    disk: Arc<Disk>,
    reads: Option<Arc<Reads>>,
    /// Groups of rows that have not begun, the next one last.
    groups: Vec<Group>,
    scan: Option<Scan>,
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
            scan: None,
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
            if self.scan.is_none() {
                let Some(group) = self.groups.pop() else {
                    return Ok(None);
                };
                self.scan = Some(Scan::new(group));
            }
            let Some(scan) = &mut self.scan else {
                return Ok(None);
            };
            let found = scan.next(&self.disk);
            let Some((rows, pages)) = found.map_err(|found| error(&self.name, found))? else {
                self.scan = None;
                continue;
            };
            let part = Part {
                disk: Arc::clone(&self.disk),
                codecs: scan
                    .group()
                    .chunks
                    .iter()
                    .map(|chunk| chunk.codec)
                    .collect(),
                reads,
                pages,
                rows,
            };
            self.progress.add(rows, self.disk.length);
            if !start.is_done() {
                self.look(&part, start)?;
            }
            return Ok(Some(part));
        }
    }

    /// Reads the footer.
    fn begin(&mut self, start: &mut Start) -> Result<Arc<Reads>, TraceError> {
        let footer = self.footer().map_err(|found| error(&self.name, found))?;
        let damaged = |problem: Problem| error(&self.name, problem.into());
        let columns = footer::columns(&footer).map_err(damaged)?;
        let header: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        start.of_columns(&header)?;
        let uses = match start.plan().map(|plan| &plan.layout) {
            Some(Layout::Csv(uses)) => uses.clone(),
            _ => Vec::new(),
        };
        let (mut read, mut kept) = (Vec::new(), Vec::new());
        for (column, used) in columns.into_iter().zip(uses) {
            let is_needed = used.role.is_some() || used.filter.is_some();
            match column.meaning {
                Meaning::Other(what) if is_needed => {
                    let column = super::reason::shown(column.name.as_bytes());
                    return Err(damaged(Problem::Type { column, what }));
                }
                Meaning::Other(_) => continue,
                _ if is_needed || used.mark.is_some() => {}
                _ => continue,
            }
            read.push(column);
            kept.push(used);
        }
        let numbers: Vec<usize> = read.iter().map(|column| column.number).collect();
        self.groups = footer::groups(&footer, &numbers).map_err(damaged)?;
        for group in &self.groups {
            for (column, chunk) in read.iter().zip(&group.chunks) {
                if let Some(what) = chunk.codec.unknown() {
                    return Err(damaged(Problem::Unknown {
                        column: super::reason::shown(column.name.as_bytes()),
                        what: what.to_owned(),
                    }));
                }
            }
            self.progress.all = self.progress.all.saturating_add(group.rows);
        }
        self.groups.reverse();
        let filters = start.plan().map(|plan| plan.filters.clone());
        let reads = Arc::new(Reads {
            columns: read,
            uses: kept,
            filters: filters.unwrap_or_default(),
        });
        self.reads = Some(Arc::clone(&reads));
        Ok(reads)
    }

    fn footer(&self) -> Result<Vec<u8>, Found> {
        let short = Problem::Damaged("it ends early");
        let end = self.disk.length.checked_sub(8).filter(|end| *end >= 4);
        let end = end.ok_or_else(|| short.clone())?;
        let mut tail = [0; 8];
        self.disk.read(end, &mut tail)?;
        let [a, b, c, d, magic @ ..] = tail;
        if &magic != MAGIC {
            return Err(short.into());
        }
        let length = u32::from_le_bytes([a, b, c, d]);
        let start = end.checked_sub(length.into()).ok_or(short)?;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > FOOTER {
            return Err(Problem::Footer(FOOTER).into());
        }
        let mut footer = vec![0; length];
        self.disk.read(start, &mut footer)?;
        Ok(footer)
    }

    /// Looks for the first row that can be read, which says how times are written.
    fn look(&self, part: &Part, start: &mut Start) -> Result<(), TraceError> {
        let mut reader = Reader::new(part);
        loop {
            let count = reader.batch().map_err(|found| error(&self.name, found))?;
            if count == 0 {
                return Ok(());
            }
            for at in 0..count {
                match reader.texts(at) {
                    Ok(Picked::Row(texts, _)) => start.row(&texts)?,
                    Ok(Picked::Filtered(_)) => start.left_out(|| reader.filtered(at)),
                    Err(_) => {}
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
    rows.numbered = Numbered::Rows;
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
