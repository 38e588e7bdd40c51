//! One file, from its bytes to blocks that can be parsed in any order.

use std::io;
use std::sync::Arc;

use super::blocks::{Block, Blocks, Next};
use super::compression::{Compression, decompressed};
use super::csv::Records;
use super::error::TraceError;
use super::options::Options;
use super::parquet::{self, MAGIC, Parquet, Problem};
use super::parse::parse;
use super::plan::Plan;
use super::reason::Reason;
use super::rows::Rows;
use super::source::Counted;
use super::start::Start;
use super::summary::{FileSummary, Shape};

/// Reads one file. The threads take turns.
pub struct Feed {
    name: String,
    options: Options,
    block_size: usize,
    raw: Option<Counted>,
    /// Set where it is Parquet, and then there is nothing else to read.
    parquet: Option<Parquet>,
    compression: Option<Compression>,
    blocks: Option<Blocks>,
    start: Start,
    plan: Option<Arc<Plan>>,
    /// The number of blocks that were taken.
    sequence: u64,
    is_done: bool,
}

/// A part of a file, to be parsed by whoever took it.
pub struct Work {
    /// What stands before the records: the header, blank lines, and rows that are already counted.
    early: Box<Rows>,
    /// `None` where there are no records.
    plan: Option<Arc<Plan>>,
    /// Set where the block is a line that is too long, instead of records.
    too_long: Option<usize>,
    /// Set where it is a part of a Parquet file, with its name, instead of a block.
    parquet: Option<(String, parquet::Part)>,
}

/// What a file has next.
pub enum Part {
    /// A block, which may have rows.
    Work(Work),
    /// The end of the file, with what was found out about it.
    End(Box<FileSummary>),
}

impl Feed {
    /// A file of which nothing is read yet.
    pub fn new(name: &str, raw: Counted, block_size: usize, options: &Options) -> Self {
        Self {
            name: name.to_owned(),
            options: options.clone(),
            block_size,
            raw: Some(raw),
            parquet: None,
            compression: None,
            blocks: None,
            start: Start::new(name, options),
            plan: None,
            sequence: 0,
            is_done: false,
        }
    }

    /// A file of Parquet.
    pub fn parquet(name: &str, parquet: Parquet, options: &Options) -> Self {
        Self {
            name: name.to_owned(),
            options: options.clone(),
            block_size: 0,
            raw: None,
            parquet: Some(parquet),
            compression: None,
            blocks: None,
            start: Start::new(name, options),
            plan: None,
            sequence: 0,
            is_done: false,
        }
    }

    /// The next part, and its number.
    pub fn next(&mut self, block: &mut Block) -> (u64, Result<Part, TraceError>) {
        let sequence = self.sequence;
        self.sequence = sequence.saturating_add(1);
        let part = match self.is_done {
            true => Ok(Part::End(Box::default())),
            false => self.part(block),
        };
        self.is_done |= !matches!(part, Ok(Part::Work(_)));
        (sequence, part)
    }

    fn part(&mut self, block: &mut Block) -> Result<Part, TraceError> {
        if let Some(parquet) = &mut self.parquet {
            let Some(part) = parquet.next(&mut self.start)? else {
                return Ok(Part::End(Box::new(self.summary())));
            };
            return Ok(Part::Work(Work {
                early: Box::default(),
                plan: self.plan(),
                too_long: None,
                parquet: Some((self.name.clone(), part)),
            }));
        }
        if let Some(raw) = self.raw.take() {
            let (reader, compression) = decompressed(raw).map_err(|error| self.error(&error))?;
            self.compression = compression;
            let max_line = self.options.tuning.max_line;
            self.blocks = Some(Blocks::new(reader, self.block_size, max_line));
        }
        let Some(blocks) = &mut self.blocks else {
            return Ok(Part::End(Box::default()));
        };
        let next = blocks.next(block);
        let shape = blocks.shape();
        if self.sequence <= 1 && block.bytes().starts_with(MAGIC) {
            return Err(TraceError::Parquet {
                file: self.name.clone(),
                problem: Problem::NoSeek,
            });
        }
        match next.map_err(|error| self.error(&error))? {
            Next::End if shape.is_none() => Err(TraceError::Empty {
                file: self.name.clone(),
            }),
            Next::End => match self.start.end() {
                Some(error) if !(self.options.is_part && self.options.skip_bad_rows) => Err(error),
                _ => Ok(Part::End(Box::new(self.summary()))),
            },
            Next::TooLong => {
                self.start.long_line(block.bytes(), shape)?;
                block.skip(block.bytes().len());
                Ok(Part::Work(Work {
                    early: Box::default(),
                    plan: None,
                    too_long: Some(self.options.tuning.max_line),
                    parquet: None,
                }))
            }
            Next::Records => {
                let mut early = Box::default();
                if self.plan.is_none() {
                    let (start, rows) = self.start.look(block.bytes(), shape)?;
                    *early = rows;
                    block.skip(start);
                }
                Ok(Part::Work(Work {
                    early,
                    plan: self.plan(),
                    too_long: None,
                    parquet: None,
                }))
            }
        }
    }

    /// How records are read, as far as it is known; shared between threads once nothing is missing.
    fn plan(&mut self) -> Option<Arc<Plan>> {
        if self.plan.is_none() {
            let plan = Arc::new(self.start.plan()?.clone());
            if !self.start.is_done() {
                return Some(plan);
            }
            self.plan = Some(plan);
        }
        self.plan.clone()
    }

    fn summary(&self) -> FileSummary {
        let clock = self.start.plan().and_then(|plan| plan.clock);
        FileSummary {
            name: self.name.clone(),
            shape: match self.parquet {
                Some(_) => Some(Shape::Parquet),
                None => self.blocks.as_ref().and_then(Blocks::shape),
            },
            compression: self.compression,
            time: clock.map(|clock| clock.format),
            columns: self.start.names().cloned().unwrap_or_default(),
            seen: self.start.seen().clone(),
            ..FileSummary::default()
        }
    }

    fn error(&self, error: &io::Error) -> TraceError {
        let file = self.name.clone();
        match self.compression {
            Some(compression) if error.kind() == io::ErrorKind::UnexpectedEof => {
                TraceError::Truncated { file, compression }
            }
            Some(compression) => TraceError::Corrupt {
                file,
                compression,
                reason: error.to_string(),
            },
            None => TraceError::Unreadable {
                file,
                reason: error.to_string(),
            },
        }
    }
}

impl Work {
    /// Parses the block that was taken with this part.
    pub fn parse(
        self,
        block: &Block,
        records: &mut Records,
        rows: Rows,
    ) -> Result<Rows, TraceError> {
        let mut rows = rows.after(*self.early);
        if let (Some((name, part)), Some(plan)) = (&self.parquet, &self.plan) {
            return parquet::parse(part, plan, name, rows);
        }
        if let Some(max_line) = self.too_long {
            rows.bad(Reason::TooLong(max_line), 1);
        }
        Ok(match &self.plan {
            Some(plan) => parse(block.bytes(), plan, records, rows),
            None => rows.counted(),
        })
    }
}
