//! The bytes of a file, as the library asks for them, and how many of them may be held.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

use crate::trace::parquet_problem::{Found, PAGES, Problem};

/// The longest header of a page; it may have the least and the largest value in it.
const MAX_HEADER: u64 = 256 * 1_024;
/// Bytes that most headers fit in.
const HEADER: u64 = 256;

/// A file that is read at many places.
#[derive(Debug)]
pub struct Disk {
    file: Mutex<File>,
    /// Its length in bytes.
    pub length: u64,
}

impl Disk {
    /// A file that is open, of this length.
    pub fn new(file: File, length: u64) -> Self {
        Self {
            file: Mutex::new(file),
            length,
        }
    }

    /// Fills `out` with what is at `at`.
    pub fn read(&self, at: u64, out: &mut [u8]) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(out)
    }

    fn bytes(&self, at: u64, length: u64) -> io::Result<Vec<u8>> {
        let mut out = vec![0; usize::try_from(length).unwrap_or(usize::MAX)];
        self.read(at, &mut out)?;
        Ok(out)
    }
}

/// Bytes of pages that the columns of a part hold together.
#[derive(Debug, Default)]
pub struct Held(AtomicUsize);

impl Held {
    /// Holds so many more bytes, where there is room for them.
    pub fn add(&self, more: usize) -> Result<(), Problem> {
        let all = self.0.fetch_add(more, Ordering::Relaxed);
        match all.saturating_add(more) > PAGES {
            true => Err(Problem::Pages),
            false => Ok(()),
        }
    }

    /// Holds them no longer.
    pub fn release(&self, bytes: usize) {
        self.0.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// How many bytes there is room for.
    pub fn room(&self) -> usize {
        PAGES.saturating_sub(self.0.load(Ordering::Relaxed))
    }
}

/// The file for one part, which may hold so many bytes.
#[derive(Debug, Clone)]
pub struct Window {
    /// The file.
    pub disk: Arc<Disk>,
    /// The bytes of pages that are held.
    pub held: Arc<Held>,
}

impl Length for Window {
    fn len(&self) -> u64 {
        self.disk.length
    }
}

impl ChunkReader for Window {
    type T = Header;

    fn get_read(&self, start: u64) -> Result<Header> {
        let left = self.disk.length.saturating_sub(start).min(MAX_HEADER);
        let bytes = self.disk.bytes(start, left.min(HEADER)).map_err(wrapped)?;
        Ok(Header {
            disk: Arc::clone(&self.disk),
            next: start.saturating_add(HEADER),
            left: left.saturating_sub(HEADER),
            bytes: Cursor::new(bytes),
        })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        if length > self.held.room() {
            return Err(wrapped(Problem::Pages));
        }
        let mut bytes = vec![0; length];
        self.disk.read(start, &mut bytes).map_err(wrapped)?;
        Ok(bytes.into())
    }
}

/// Reads the header of a page.
#[derive(Debug)]
pub struct Header {
    disk: Arc<Disk>,
    bytes: Cursor<Vec<u8>>,
    next: u64,
    left: u64,
}

impl Read for Header {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(out)?;
        if read > 0 || self.left == 0 || out.is_empty() {
            return Ok(read);
        }
        self.bytes = Cursor::new(self.disk.bytes(self.next, self.left)?);
        self.left = 0;
        self.bytes.read(out)
    }
}

/// An error of this file, on its way through the library.
pub fn wrapped(found: impl Into<Found>) -> ParquetError {
    ParquetError::External(Box::new(found.into()))
}
