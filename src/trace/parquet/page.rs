//! Pages: where they lie, and their bytes.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Mutex, PoisonError};

use super::PAGES;
use super::codec::Codec;
use super::problem::Problem;
use super::thrift::{Broken, Thrift};

/// The longest header of a page; it may have the least and the largest value in it.
const MAX_HEADER: usize = 256 * 1_024;
/// Bytes that most headers fit in.
const HEADER: usize = 512;

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
}

/// What a page is, and where.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Where its bytes are.
    pub at: u64,
    /// How many they are.
    pub stored: usize,
    /// How many they are without compression.
    pub length: usize,
    /// Their checksum.
    checksum: Option<u32>,
    /// The number of values, missing ones too.
    pub values: u64,
    /// How these are encoded, by number.
    pub encoding: i64,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Values; levels come first, with their length, and are compressed as well.
    Data {
        /// How levels are encoded, by number.
        levels: i64,
    },
    /// Values; levels come first and are not compressed.
    Data2 {
        /// Bytes of repetition levels.
        repetition: usize,
        /// Bytes of definition levels.
        definition: usize,
        /// Whether the rest is compressed.
        is_compressed: bool,
    },
    /// The values that others refer to.
    Dictionary,
    /// Anything else.
    Other,
}

impl Page {
    /// The page whose header is at `at`, before `end`.
    pub fn find(disk: &Disk, at: u64, end: u64) -> Result<Self, Found> {
        let room = end.min(disk.length).saturating_sub(at);
        let room = usize::try_from(room).unwrap_or(usize::MAX);
        for most in [HEADER, MAX_HEADER] {
            let mut bytes = vec![0; most.min(room)];
            disk.read(at, &mut bytes)?;
            let mut thrift = Thrift::new(&bytes);
            let Ok(mut page) = header(&mut thrift) else {
                continue;
            };
            let length = bytes.len().saturating_sub(thrift.left());
            page.at = at.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
            if page.end() > end.min(disk.length) {
                break;
            }
            return Ok(page);
        }
        Err(Problem::Damaged("the header of a page cannot be read").into())
    }

    /// Where the next page begins.
    pub fn end(&self) -> u64 {
        self.at
            .saturating_add(u64::try_from(self.stored).unwrap_or(u64::MAX))
    }

    /// Fills `out` with its bytes. `held` are bytes that other pages take at the same time.
    pub fn read(
        &self,
        disk: &Disk,
        codec: Codec,
        held: usize,
        stored: &mut Vec<u8>,
        out: &mut Vec<u8>,
    ) -> Result<(), Found> {
        let needed = held.saturating_add(self.stored).saturating_add(self.length);
        if needed > PAGES {
            return Err(Problem::Pages.into());
        }
        fit(stored, self.stored);
        fit(out, self.length);
        disk.read(self.at, stored)?;
        if let Some(checksum) = self.checksum {
            let mut found = flate2::Crc::new();
            found.update(stored);
            if found.sum() != checksum {
                return Err(Problem::Damaged("the checksum of a page does not match").into());
            }
        }
        let (codec, plain) = match self.kind {
            Kind::Data2 {
                repetition,
                definition,
                is_compressed,
            } => {
                let codec = if is_compressed { codec } else { Codec::None };
                (codec, repetition.saturating_add(definition))
            }
            _ => (codec, 0),
        };
        let (from, to) = (
            stored.split_at_checked(plain),
            out.split_at_mut_checked(plain),
        );
        let (Some((levels, bytes)), Some((start, rest))) = (from, to) else {
            return Err(super::bits::BROKEN.into());
        };
        start.copy_from_slice(levels);
        Ok(codec.decompress(bytes, rest)?)
    }
}

/// Gives a buffer this length, and memory of about that.
fn fit(buffer: &mut Vec<u8>, length: usize) {
    if buffer.capacity() < length || buffer.capacity() > length.saturating_mul(2).max(1 << 16) {
        *buffer = vec![0; length];
    }
    buffer.resize(length, 0);
}

/// What went wrong: in the file, or in reading it.
#[derive(Debug)]
pub enum Found {
    /// The file is not as it should be.
    Problem(Problem),
    /// The operating system does not read it.
    Io(io::Error),
}

impl From<Problem> for Found {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<io::Error> for Found {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Problem(Problem::Damaged("it ends early")),
            _ => Self::Io(error),
        }
    }
}

fn header(thrift: &mut Thrift) -> Result<Page, Broken> {
    let mut page = Page {
        at: 0,
        stored: 0,
        length: 0,
        checksum: None,
        values: 0,
        encoding: 0,
        kind: Kind::Other,
    };
    let mut number = None;
    let size = |thrift: &mut Thrift| usize::try_from(thrift.size()?).map_err(|_| Broken);
    thrift.fields(|thrift, id, _| {
        match id {
            1 => number = Some(thrift.int()?),
            2 => page.length = size(thrift)?,
            3 => page.stored = size(thrift)?,
            4 => {
                // Its 32 bits are written as a number with a sign.
                let [a, b, c, d, ..] = thrift.int()?.to_le_bytes();
                page.checksum = Some(u32::from_le_bytes([a, b, c, d]));
            }
            5 => {
                let mut levels = 0;
                thrift.fields(|thrift, id, _| {
                    match id {
                        1 => page.values = thrift.size()?,
                        2 => page.encoding = thrift.int()?,
                        3 => levels = thrift.int()?,
                        _ => return Ok(false),
                    }
                    Ok(true)
                })?;
                page.kind = Kind::Data { levels };
            }
            7 => {
                thrift.fields(|thrift, id, _| {
                    match id {
                        1 => page.values = thrift.size()?,
                        2 => page.encoding = thrift.int()?,
                        _ => return Ok(false),
                    }
                    Ok(true)
                })?;
                page.kind = Kind::Dictionary;
            }
            8 => {
                let (mut repetition, mut definition, mut is_compressed) = (0, 0, true);
                thrift.fields(|thrift, id, kind| {
                    match id {
                        1 => page.values = thrift.size()?,
                        4 => page.encoding = thrift.int()?,
                        5 => definition = size(thrift)?,
                        6 => repetition = size(thrift)?,
                        7 => {
                            is_compressed = Thrift::is_true(kind);
                            return Ok(false);
                        }
                        _ => return Ok(false),
                    }
                    Ok(true)
                })?;
                page.kind = Kind::Data2 {
                    repetition,
                    definition,
                    is_compressed,
                };
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let is_right = match page.kind {
        Kind::Data { .. } => number == Some(0),
        Kind::Dictionary => number == Some(2),
        Kind::Data2 { .. } => number == Some(3),
        Kind::Other => number.is_some(),
    };
    is_right.then_some(page).ok_or(Broken)
}
