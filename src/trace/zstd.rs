//! The frames of a zstd file, one after the other.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The largest window, which is how much of the text a frame may refer back to: what the format
/// recommends that every decoder takes. `zstd` makes larger ones with `--ultra` and `--long` only.
const MAX_WINDOW: u64 = 8 * 1_024 * 1_024;

/// Reads all frames, and skips those that hold no data.
pub struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    inside: bool,
}

impl<R: BufRead> Frames<R> {
    /// Nothing is read yet.
    pub fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW);
        Self {
            source,
            decoder,
            inside: false,
        }
    }

    /// Begins the next frame; false at the end.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            let length = match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => u64::from(length),
                Err(error) => return Err(self.error(&error)),
            };
            let skipped = io::copy(&mut self.source.by_ref().take(length), &mut io::sink())?;
            if skipped < length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(false)
    }

    /// The decoder does not tell an early end from other errors, but there is nothing left then.
    fn error(&mut self, error: &FrameDecoderError) -> io::Error {
        let words = match (self.source.fill_buf(), error) {
            (Ok([]), _) => return io::ErrorKind::UnexpectedEof.into(),
            (_, FrameDecoderError::WindowSizeTooBig { requested, .. }) => {
                format!("it takes {requested} bytes of memory, more than {MAX_WINDOW}")
            }
            (
                _,
                FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(_)),
            ) => "something else follows its last frame".to_owned(),
            // The decoder's words are those of its own code.
            _ => "its data is damaged".to_owned(),
        };
        io::Error::other(words)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.inside {
                if !self.begin()? {
                    return Ok(0);
                }
                self.inside = true;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            if !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                let decoded = self.decoder.decode_blocks(&mut self.source, one);
                decoded.map_err(|error| self.error(&error))?;
                continue;
            }
            let (written, found) = (
                self.decoder.get_checksum_from_data(),
                self.decoder.get_calculated_checksum(),
            );
            if written.is_some() && written != found {
                return Err(io::Error::other("the checksum does not match"));
            }
            self.inside = false;
        }
    }
}
