//! Decompresses pages, into no more memory than there is room for.

use std::io::Read;

use crate::trace::parquet_problem::{BROKEN, Problem};
use crate::trace::zstd::Frames;
use flate2::bufread::MultiGzDecoder;
use lz4_flex::block::DecompressError;

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
}

/// Bytes that are made room for at first, where nothing says how many there are.
const FIRST: usize = 64 * 1_024;

impl Codec {
    /// These first bytes as they are, and then the others decompressed; at most `room` bytes.
    pub fn decompress(self, first: &[u8], bytes: &[u8], room: usize) -> Result<Vec<u8>, Problem> {
        let start = first.len();
        // A page without values may have no bytes to decompress.
        if bytes.is_empty() || self == Self::None {
            return Ok([first, bytes].concat());
        }
        match self {
            Self::None => Ok([first, bytes].concat()),
            Self::Snappy => {
                let length = snap::raw::decompress_len(bytes).map_err(|_| BROKEN)?;
                let mut out = space(first, start.saturating_add(length), room)?;
                let rest = out.get_mut(start..).ok_or(BROKEN)?;
                let read = snap::raw::Decoder::new().decompress(bytes, rest);
                match read {
                    Ok(read) if read == length => Ok(out),
                    _ => Err(BROKEN),
                }
            }
            Self::Lz4Raw => {
                let mut length = start.saturating_add(bytes.len().saturating_mul(3).max(FIRST));
                loop {
                    let mut out = space(first, length.min(room), room)?;
                    let rest = out.get_mut(start..).ok_or(Problem::Pages)?;
                    match lz4_flex::block::decompress_into(bytes, rest) {
                        Ok(read) => {
                            out.truncate(start.saturating_add(read));
                            return Ok(out);
                        }
                        Err(DecompressError::OutputTooSmall { .. }) if length < room => {
                            length = length.saturating_mul(2);
                        }
                        Err(DecompressError::OutputTooSmall { .. }) => return Err(Problem::Pages),
                        Err(_) => return Err(BROKEN),
                    }
                }
            }
            Self::Gzip => all(MultiGzDecoder::new(bytes), first, room),
            Self::Zstd => all(Frames::new(bytes), first, room),
        }
    }
}

/// So many bytes, of which these are the first.
fn space(first: &[u8], length: usize, room: usize) -> Result<Vec<u8>, Problem> {
    if length > room {
        return Err(Problem::Pages);
    }
    let mut out = vec![0; length];
    let start = out.get_mut(..first.len()).ok_or(BROKEN)?;
    start.copy_from_slice(first);
    Ok(out)
}

fn all(reader: impl Read, first: &[u8], room: usize) -> Result<Vec<u8>, Problem> {
    let mut out = first.to_vec();
    let most = u64::try_from(room).unwrap_or(u64::MAX);
    let read = reader.take(most).read_to_end(&mut out);
    read.map_err(|_| BROKEN)?;
    match out.len() < room {
        true => Ok(out),
        false => Err(Problem::Pages),
    }
}
