//! What a file is compressed with, by its first bytes.

use std::io::{self, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;

use super::zstd::Frames;

/// Bytes of compressed data that are read at a time.
const COMPRESSED: usize = 64 * 1_024;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// One or more members of gzip.
    Gzip,
    /// One or more frames of zstd.
    Zstd,
}

impl Compression {
    /// Its name in sentences.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// What is in the source, decompressed where its first bytes say that it is compressed.
pub fn decompressed(
    mut raw: impl Read + Send + 'static,
) -> io::Result<(Box<dyn Read + Send>, Option<Compression>)> {
    let mut head = Vec::with_capacity(4);
    raw.by_ref().take(4).read_to_end(&mut head)?;
    let compression = match head.as_slice() {
        [0x1f, 0x8b, ..] => Some(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Some(Compression::Zstd),
        _ => None,
    };
    let whole = Cursor::new(head).chain(raw);
    let reader: Box<dyn Read + Send> = match compression {
        None => Box::new(whole),
        Some(kind) => {
            let whole = BufReader::with_capacity(COMPRESSED, whole);
            match kind {
                Compression::Gzip => Box::new(MultiGzDecoder::new(whole)),
                Compression::Zstd => Box::new(Frames::new(whole)),
            }
        }
    };
    Ok((reader, compression))
}
