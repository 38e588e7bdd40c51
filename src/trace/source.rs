//! Where a trace comes from: a regular file, or a stream that is already open.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::error::TraceError;
use super::parquet::is_parquet;
use crate::catalog::printable;

/// A file or a stream of logged calls.
pub struct Source {
    name: String,
    from: From,
}

enum From {
    Path(PathBuf),
    Stream(Box<dyn Read + Send>),
}

impl Source {
    /// A regular file. Pipes and devices are refused, since opening or reading them may never end.
    #[must_use]
    pub fn path(path: &Path) -> Self {
        Self {
            name: printable(&path.to_string_lossy()),
            from: From::Path(path.to_owned()),
        }
    }

    /// A stream that is already open, such as the standard input; messages call it `name`.
    #[must_use]
    pub fn stream(name: &str, reader: Box<dyn Read + Send>) -> Self {
        Self {
            name: printable(name),
            from: From::Stream(reader),
        }
    }

    /// Another one of the same file; `None` of a stream, which can be read once.
    pub(super) fn again(&self) -> Option<Self> {
        match &self.from {
            From::Stream(_) => None,
            From::Path(path) => Some(Self::path(path)),
        }
    }

    /// Its name as messages show it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Opens it: what is in it as it is on disk, and their number where it is known.
    pub(super) fn open(self) -> Result<Opened, TraceError> {
        let (contents, bytes) = match self.from {
            From::Stream(reader) => (Contents::Stream(reader), None),
            From::Path(path) => {
                let (file, bytes) = open_regular(&path, &self.name)?;
                (Contents::of(file, &self.name)?, Some(bytes))
            }
        };
        Ok(Opened { contents, bytes })
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Source").field(&self.name).finish()
    }
}

/// The name of a stream that is among the sources more than once: each would get a part of it.
pub fn given_twice(sources: &[Source]) -> Option<String> {
    let streams = sources
        .iter()
        .filter(|source| matches!(source.from, From::Stream(_)));
    let mut names: Vec<&String> = streams.map(|source| &source.name).collect();
    names.sort();
    let mut pairs = names.windows(2);
    pairs.find_map(|pair| match pair {
        [first, second] if first == second => Some((*first).clone()),
        _ => None,
    })
}

/// What is in a source.
pub enum Contents {
    /// Bytes that are read once, from the first to the last.
    Stream(Box<dyn Read + Send>),
    /// Parquet, which is read at many places.
    Parquet(File),
}

impl Contents {
    fn of(mut file: File, name: &str) -> Result<Self, TraceError> {
        let is_parquet = is_parquet(&mut file).map_err(|error| TraceError::Unreadable {
            file: name.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(match is_parquet {
            true => Self::Parquet(file),
            false => Self::Stream(Box::new(file)),
        })
    }
}

/// A source that is open.
pub struct Opened {
    pub contents: Contents,
    pub bytes: Option<u64>,
}

fn open_regular(path: &Path, name: &str) -> Result<(File, u64), TraceError> {
    let unreadable = |error: io::Error| TraceError::Unreadable {
        file: name.to_owned(),
        reason: error.to_string(),
    };
    // Opening a pipe or a device can hang, so what it is comes first.
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(TraceError::NotAFile {
            file: name.to_owned(),
        });
    }
    let file = File::open(path).map_err(unreadable)?;
    Ok((file, metadata.len()))
}

/// The bytes of the files together, where none is a stream.
pub fn size(sources: &[Source]) -> Option<u64> {
    let mut sizes = sources.iter().map(|source| match &source.from {
        From::Path(path) => fs::metadata(path).ok().map(|metadata| metadata.len()),
        From::Stream(_) => None,
    });
    sizes.try_fold(0_u64, |sum, size| Some(sum.saturating_add(size?)))
}

/// Counts the bytes that are read.
pub struct Counted {
    reader: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Counted {
    /// A reader that adds the bytes it reads to `read`, the bytes read of all files.
    pub fn new(reader: Box<dyn Read + Send>, read: Arc<AtomicU64>) -> Self {
        Self { reader, read }
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.reader.read(buffer)?;
        let counted = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.read.fetch_add(counted, Ordering::Relaxed);
        Ok(bytes)
    }
}
