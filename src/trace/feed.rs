//! One file, from its bytes to blocks that can be parsed in any order.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::blocks::{Block, Blocks, Next};
use super::columns::recognise;
use super::compression::{Compression, decompressed};
use super::csv::Records;
use super::elements::Broken;
use super::error::TraceError;
use super::logs::{self, Peeked, peek};
use super::models::Named;
use super::options::Options;
use super::parquet::{self, MAGIC, Parquet};
use super::parquet_problem::Problem;
use super::parse::parse;
use super::place::{Numbered, Place};
use super::plan::Plan;
use super::reason::Reason;
use super::rows::Rows;
use super::source::{Contents, Counted, Source};
use super::start::Start;
use super::summary::{FileSummary, Shape};
use super::text::{Text, text};
use super::utf16::HalfCharacter;

/// Reads one file. The threads take turns.
pub struct Feed {
    name: String,
    options: Options,
    block_size: usize,
    source: Option<Source>,
    /// Another source of the same file, to begin anew.
    again: Option<Source>,
    /// Bytes read of all files.
    read: Arc<AtomicU64>,
    raw: Option<Counted>,
    /// Set where it is Parquet, and then there is nothing else to read.
    parquet: Option<Parquet>,
    compression: Option<Compression>,
    blocks: Option<Blocks>,
    start: Start,
    plan: Option<Arc<Plan>>,
    /// The names of models, where these are told apart.
    models: Named,
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
    /// What its lines are.
    numbered: Numbered,
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
    /// A file of which nothing is read yet. It is opened with its first block.
    pub fn new(
        source: Source,
        read: Arc<AtomicU64>,
        block_size: usize,
        options: &Options,
        models: Named,
    ) -> Self {
        let name = source.name().to_owned();
        Self {
            options: options.clone(),
            block_size,
            again: source.again(),
            source: Some(source),
            read,
            raw: None,
            parquet: None,
            compression: None,
            blocks: None,
            start: Start::new(&name, options, models.clone()),
            models,
            plan: None,
            sequence: 0,
            is_done: false,
            name,
        }
    }

    /// Opens the file, which is done with its first block otherwise. Gives its size where it is known.
    pub fn open(&mut self) -> Result<Option<u64>, TraceError> {
        let Some(source) = self.source.take() else {
            return Ok(None);
        };
        let opened = source.open()?;
        let read = Arc::clone(&self.read);
        match opened.contents {
            Contents::Stream(reader) => self.raw = Some(Counted::new(reader, read)),
            Contents::Parquet(file) => {
                let length = opened.bytes.unwrap_or_default();
                self.parquet = Some(Parquet::new(&self.name, file, length, read));
            }
        }
        Ok(opened.bytes)
    }

    /// Closes the file, so that it begins anew, and gives the number of the part that would have been next; `None` of a
    /// stream.
    pub fn close(&mut self) -> Option<u64> {
        let again = self.again.take()?;
        let (read, options) = (Arc::clone(&self.read), self.options.clone());
        let (sequence, models) = (self.sequence, self.models.clone());
        *self = Self::new(again, read, self.block_size, &options, models);
        Some(sequence)
    }

    /// The next part, and its number.
    pub fn next(&mut self, block: &mut Block) -> (u64, Result<Part, TraceError>) {
        let sequence = self.sequence;
        self.sequence = sequence.saturating_add(1);
        let part = match self.is_done {
            true => Ok(Part::End(Box::default())),
            false => self.part(block),
        };
        if !matches!(part, Ok(Part::Work(_))) {
            self.is_done = true;
            // The file is closed.
            (self.blocks, self.parquet) = (None, None);
        }
        (sequence, part)
    }

    fn part(&mut self, block: &mut Block) -> Result<Part, TraceError> {
        self.open()?;
        if let Some(parquet) = &mut self.parquet {
            let Some(part) = parquet.next(&mut self.start)? else {
                return Ok(Part::End(Box::new(self.summary())));
            };
            return Ok(Part::Work(Work {
                early: Box::default(),
                plan: self.plan(),
                too_long: None,
                numbered: Numbered::Rows,
                parquet: Some((self.name.clone(), part)),
            }));
        }
        if let Some(raw) = self.raw.take() {
            let (reader, compression) = decompressed(raw).map_err(|error| self.error(&error))?;
            self.compression = compression;
            let text = text(reader, &self.options).map_err(|error| self.error(&error))?;
            let max_line = self.options.tuning.max_line;
            let columns = &self.options.columns;
            let is_usual = |names: &[String]| {
                recognise(names, columns, logs::usual(), true, false, true).is_ok()
            };
            let peeked = peek(text.reader, self.options.log, max_line, &is_usual);
            let Peeked { reader, log } = peeked.map_err(|error| self.error(&error))?;
            self.start.is_of(log);
            let text = Text { reader, ..text };
            self.blocks = Some(Blocks::new(text, self.block_size, &self.options));
        }
        let Some(blocks) = &mut self.blocks else {
            return Ok(Part::End(Box::default()));
        };
        let next = blocks.next(block);
        let shape = blocks.shape();
        self.start.written(shape, blocks.separator());
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
                    numbered: shape.map_or(Numbered::Lines, Shape::numbered),
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
                    numbered: shape.map_or(Numbered::Lines, Shape::numbered),
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
            log: Some(self.start.log()).filter(|log| log.is_known()),
            columns: self.start.names().cloned().unwrap_or_default(),
            seen: self.start.seen().clone(),
            ..FileSummary::default()
        }
    }

    fn error(&self, error: &io::Error) -> TraceError {
        let file = self.name.clone();
        let inner = error.get_ref();
        if let Some(broken) = inner.and_then(|inner| inner.downcast_ref::<Broken>()) {
            return TraceError::Json {
                file,
                record: broken.record,
                problem: broken.problem.clone(),
            };
        }
        if let Some(half) = inner.and_then(|inner| inner.downcast_ref::<HalfCharacter>()) {
            return TraceError::NotUtf16 {
                file,
                line: Place::Line(half.line),
            };
        }
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
        rows.numbered = self.numbered;
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
