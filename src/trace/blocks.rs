//! A file cut into blocks of whole records.

use std::io::{self, Read};

use memchr::memrchr;

use super::columns::Columns;
use super::csv::{Records, line_length, window};
use super::options::Options;
use super::separator::{header, of_header};
use super::summary::Shape;
use super::text::{BOM, Text};

/// Bytes of a file, in memory that is used again.
#[derive(Debug, Default)]
pub struct Block {
    /// Never made shorter, so that it is zeroed only once.
    memory: Vec<u8>,
    start: usize,
    end: usize,
}

impl Block {
    /// The records.
    pub fn bytes(&self) -> &[u8] {
        self.memory.get(self.start..self.end).unwrap_or_default()
    }

    /// Leaves out this number of bytes at the start.
    pub fn skip(&mut self, bytes: usize) {
        self.start = self.start.saturating_add(bytes).min(self.end);
    }
}

/// What comes next in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Whole records. Each ends with a newline, even if the file does not.
    Records,
    /// The start of a line that is longer than the longest record; the rest is left out.
    TooLong,
    /// The file has no more.
    End,
}

/// Cuts a file into blocks.
pub struct Blocks {
    source: Box<dyn Read + Send>,
    size: usize,
    max_line: usize,
    /// The bytes after the last whole record, which begin the next block.
    carry: Vec<u8>,
    at_start: bool,
    at_end: bool,
    /// Whether what comes first is the rest of a line that is too long.
    inside_long_line: bool,
    shape: Option<Shape>,
    /// What is between the columns of CSV, once its header was seen.
    separator: Option<u8>,
    columns: Columns,
    /// Why nothing more can be read; said after all that came before.
    failed: Option<io::Error>,
    records: Records,
}

impl Blocks {
    /// Blocks of about `size` bytes.
    pub fn new(text: Text, size: usize, options: &Options) -> Self {
        Self {
            source: text.reader,
            size: size.max(BOM.len()),
            max_line: options.tuning.max_line,
            carry: Vec::new(),
            at_start: true,
            at_end: false,
            inside_long_line: false,
            shape: text.shape,
            separator: None,
            columns: options.columns.clone(),
            failed: None,
            records: Records::default(),
        }
    }

    /// CSV or JSON Lines, by the first character; `None` before there is one.
    pub fn shape(&self) -> Option<Shape> {
        self.shape
    }

    /// What is between the columns of CSV, once its header was seen.
    pub fn separator(&self) -> Option<u8> {
        self.separator
    }

    /// Fills the block with what comes next.
    pub fn next(&mut self, block: &mut Block) -> io::Result<Next> {
        block.start = 0;
        block.end = 0;
        let mut filled = self.take_carry(block);
        let mut wanted = self.size;
        loop {
            filled = self.fill(block, filled, wanted)?;
            if self.inside_long_line {
                filled = self.leave_long_line(block, filled);
            }
            self.look_at_start(block, filled);
            if self.at_end && filled == block.start {
                return Ok(Next::End);
            }
            let bytes = block.memory.get(block.start..filled).unwrap_or_default();
            let whole = match self.shape {
                Some(Shape::Csv) => match self.separator {
                    Some(separator) => {
                        let (max_line, all) = (self.max_line, self.at_end);
                        self.records.whole(separator, bytes, max_line, all)
                    }
                    // The header goes on.
                    None => 0,
                },
                _ => memrchr(b'\n', bytes).map_or(0, |newline| newline.saturating_add(1)),
            };
            if whole > 0 {
                block.end = block.start.saturating_add(whole);
                let rest = block.memory.get(block.end..filled).unwrap_or_default();
                self.carry.extend_from_slice(rest);
                return Ok(Next::Records);
            }
            if bytes.len() > self.max_line && line_length(bytes) == bytes.len() {
                self.inside_long_line = true;
                block.end = filled.min(block.start.saturating_add(self.max_line).saturating_add(1));
                return Ok(Next::TooLong);
            }
            if let Some(error) = self.failed.take() {
                self.at_end = true;
                return Err(error);
            }
            wanted = filled.saturating_add(self.size);
        }
    }

    fn take_carry(&mut self, block: &mut Block) -> usize {
        let length = self.carry.len();
        reserve(&mut block.memory, length.max(self.size));
        if let Some(start) = block.memory.get_mut(..length) {
            start.copy_from_slice(&self.carry);
        }
        self.carry.clear();
        length
    }

    /// Reads until `wanted` bytes are there or the file ends, which then gets a newline.
    fn fill(&mut self, block: &mut Block, mut filled: usize, wanted: usize) -> io::Result<usize> {
        reserve(&mut block.memory, wanted.max(filled).saturating_add(1));
        while filled < wanted && !self.at_end && self.failed.is_none() {
            let room = block.memory.get_mut(filled..wanted).unwrap_or_default();
            match self.source.read(room) {
                Ok(0) => self.at_end = true,
                Ok(read) => filled = filled.saturating_add(read),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failed = Some(error);
                    return Ok(filled);
                }
            }
        }
        let last = filled
            .checked_sub(1)
            .and_then(|last| block.memory.get(last));
        if self.at_end
            && last.is_some_and(|last| *last != b'\n')
            && let Some(end) = block.memory.get_mut(filled)
        {
            *end = b'\n';
            filled = filled.saturating_add(1);
        }
        Ok(filled)
    }

    /// Moves what comes after the long line to the front: nothing, while it goes on.
    fn leave_long_line(&mut self, block: &mut Block, filled: usize) -> usize {
        let bytes = block.memory.get(..filled).unwrap_or_default();
        match memchr::memchr(b'\n', bytes) {
            Some(newline) => {
                self.inside_long_line = false;
                let rest = newline.saturating_add(1)..filled;
                let length = rest.len();
                block.memory.copy_within(rest, 0);
                length
            }
            None => 0,
        }
    }

    /// The mark of UTF-8 is left out, and the first character and the header are looked at.
    fn look_at_start(&mut self, block: &mut Block, filled: usize) {
        let bytes = block.memory.get(..filled).unwrap_or_default();
        if self.at_start && bytes.starts_with(BOM) {
            block.start = BOM.len();
        }
        self.at_start = false;
        let bytes = bytes.get(block.start..).unwrap_or_default();
        if self.shape.is_none()
            && let Some(first) = bytes.trim_ascii_start().first()
        {
            self.shape = Some(match first {
                b'{' | b'[' => Shape::JsonLines,
                _ => Shape::Csv,
            });
        }
        if self.shape == Some(Shape::Csv) && self.separator.is_none() {
            self.separator = self.separator_of(bytes);
        }
    }

    /// What separates columns, once the header is seen, which blank lines may come before.
    fn separator_of(&self, bytes: &[u8]) -> Option<u8> {
        let first = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let blank = bytes.get(..first)?;
        let line = memrchr(b'\n', blank).map_or(0, |newline| newline.saturating_add(1));
        let rest = bytes.get(line..)?;
        let is_all = self.at_end || self.failed.is_some() || rest.len() > self.max_line;
        let rest = window(rest, self.max_line);
        match header(rest) {
            Some(header) => Some(of_header(header, &self.columns)),
            None if is_all => {
                let line = rest.get(..line_length(rest))?;
                Some(of_header(line, &self.columns))
            }
            None => None,
        }
    }
}

fn reserve(memory: &mut Vec<u8>, length: usize) {
    if memory.is_empty() {
        // The system gives pages of zeros, which are then not written once more.
        *memory = vec![0; length];
    } else if memory.len() < length {
        memory.resize(length, 0);
    }
}
