//! What the bytes of a file are, by their start: UTF-8 or UTF-16, and JSON that has no line for each record.

use std::io::{self, Cursor, Read};

use super::elements::Elements;
use super::holder::{Written, written};
use super::options::Options;
use super::summary::Shape;
use super::utf16::{Utf16, order};

/// The mark of UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// Bytes of the start that are looked at first; then twice as many, and so on.
const HEAD: usize = 16 * 1_024;

/// Text in lines.
pub struct Text {
    /// Its bytes.
    pub reader: Box<dyn Read + Send>,
    /// Set where each line is a record of JSON that was written in another way.
    pub shape: Option<Shape>,
}

/// The text of a file, of its bytes without compression. Here it is found out what kind of file it is.
pub fn text(reader: Box<dyn Read + Send>, options: &Options) -> io::Result<Text> {
    let mut head = Head::new(reader);
    head.fill(4)?;
    if let Some(order) = order(&head.bytes) {
        head = Head::new(Box::new(Utf16::new(head.into_reader(0), order)));
    }
    let mut wanted = HEAD;
    loop {
        head.fill(wanted)?;
        let mark = match head.bytes.starts_with(BOM) {
            true => BOM.len(),
            false => 0,
        };
        let bytes = head.bytes.get(mark..).unwrap_or_default();
        match written(bytes, head.at_end, options) {
            None => wanted = wanted.saturating_mul(2),
            Some(Written::InLines) => {
                return Ok(Text {
                    reader: head.into_reader(0),
                    shape: None,
                });
            }
            Some(Written::Elements(path)) => {
                let elements = Elements::new(head.into_reader(mark), path);
                return Ok(Text {
                    reader: Box::new(elements),
                    shape: Some(Shape::Json),
                });
            }
        }
    }
}

/// The start of a file, and the rest of it.
struct Head {
    bytes: Vec<u8>,
    rest: Box<dyn Read + Send>,
    at_end: bool,
}

impl Head {
    fn new(rest: Box<dyn Read + Send>) -> Self {
        Self {
            bytes: Vec::new(),
            rest,
            at_end: false,
        }
    }

    /// Reads until so many bytes are there or the file ends.
    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        let more = wanted.saturating_sub(self.bytes.len());
        let more = u64::try_from(more).unwrap_or(u64::MAX);
        let read = self.rest.by_ref().take(more).read_to_end(&mut self.bytes)?;
        self.at_end |= u64::try_from(read) != Ok(more);
        Ok(())
    }

    /// All of it, without the first bytes.
    fn into_reader(self, skipped: usize) -> Box<dyn Read + Send> {
        let mut start = Cursor::new(self.bytes);
        start.set_position(u64::try_from(skipped).unwrap_or(0));
        Box::new(start.chain(self.rest))
    }
}
