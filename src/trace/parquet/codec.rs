//! Decompresses pages into memory of a size that is known before.

use std::io::Read;

use super::problem::Problem;
use crate::trace::zstd::Frames;
use flate2::read::MultiGzDecoder;

/// How the pages of a column are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// Not at all.
    None,
    /// Snappy.
    Snappy,
    /// gzip.
    Gzip,
    /// LZ4 in blocks, without frames.
    Lz4Raw,
    /// zstd.
    Zstd,
    /// Another one, by its number.
    Other(i64),
}

const BROKEN: Problem = Problem::Damaged("a page cannot be decompressed");

impl Codec {
    /// The codec with this number in the format.
    pub fn of(number: i64) -> Self {
        match number {
            0 => Self::None,
            1 => Self::Snappy,
            2 => Self::Gzip,
            6 => Self::Zstd,
            7 => Self::Lz4Raw,
            other => Self::Other(other),
        }
    }

    /// Its name in sentences, where it cannot be read.
    pub fn unknown(self) -> Option<&'static str> {
        match self {
            Self::Other(3) => Some("it is compressed with LZO"),
            Self::Other(4) => Some("it is compressed with Brotli"),
            Self::Other(5) => Some("it is compressed with the LZ4 of Hadoop"),
            Self::Other(_) => Some("it is compressed in an unknown way"),
            _ => None,
        }
    }

    /// Fills `out`, whose length is that of the decompressed bytes.
    pub fn decompress(self, bytes: &[u8], out: &mut [u8]) -> Result<(), Problem> {
        let length = out.len();
        let filled = match self {
            Self::None => {
                let fits = bytes.len() == length;
                let bytes = if fits { bytes } else { return Err(BROKEN) };
                out.copy_from_slice(bytes);
                length
            }
            Self::Snappy => {
                let mut decoder = snap::raw::Decoder::new();
                decoder.decompress(bytes, out).map_err(|_| BROKEN)?
            }
            Self::Lz4Raw => lz4_flex::block::decompress_into(bytes, out).map_err(|_| BROKEN)?,
            Self::Gzip => {
                let mut reader = MultiGzDecoder::new(bytes);
                reader.read_exact(out).map_err(|_| BROKEN)?;
                length
            }
            Self::Zstd => {
                Frames::new(bytes).read_exact(out).map_err(|_| BROKEN)?;
                length
            }
            Self::Other(_) => return Err(BROKEN),
        };
        match filled == length {
            true => Ok(()),
            false => Err(BROKEN),
        }
    }
}
