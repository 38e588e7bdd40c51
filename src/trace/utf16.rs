//! UTF-16 with a mark, as Excel and PowerShell write it, to UTF-8.

use std::fmt;
use std::io::{self, Read};

/// Bytes that are read at a time.
const READ: usize = 64 * 1_024;

/// Half of a character, on this line.
#[derive(Debug)]
pub struct HalfCharacter {
    pub line: u64,
}

impl fmt::Display for HalfCharacter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("half of a character of UTF-16")
    }
}

impl std::error::Error for HalfCharacter {}

/// The order of the two bytes of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Little,
    Big,
}

/// The order that the mark at the start of a text says. That of UTF-32 begins alike and is none.
pub fn order(start: &[u8]) -> Option<Order> {
    match start {
        [0xff, 0xfe, 0, 0, ..] => None,
        [0xff, 0xfe, ..] => Some(Order::Little),
        [0xfe, 0xff, ..] => Some(Order::Big),
        _ => None,
    }
}

/// Reads UTF-16, the mark included, as UTF-8 without one.
pub struct Utf16<R> {
    reader: R,
    order: Order,
    raw: Vec<u8>,
    /// Bytes at the start of `raw` that are not decoded: half a unit.
    kept: usize,
    /// The first half of a character.
    high: Option<u16>,
    text: Vec<u8>,
    taken: usize,
    line: u64,
    at_start: bool,
    is_wrong: bool,
}

impl<R: Read> Utf16<R> {
    /// A reader of nothing so far.
    pub fn new(reader: R, order: Order) -> Self {
        Self {
            reader,
            order,
            raw: vec![0; READ],
            kept: 0,
            high: None,
            text: Vec::new(),
            taken: 0,
            line: 1,
            at_start: true,
            is_wrong: false,
        }
    }

    /// Decodes what comes next, until something is there; false at the end.
    fn more(&mut self) -> io::Result<bool> {
        self.text.clear();
        self.taken = 0;
        while self.text.is_empty() {
            if self.is_wrong {
                let line = self.line;
                return Err(io::Error::other(HalfCharacter { line }));
            }
            let room = self.raw.get_mut(self.kept..).unwrap_or_default();
            let read = self.reader.read(room)?;
            if read == 0 {
                self.is_wrong = self.kept > 0 || self.high.is_some();
                match self.is_wrong {
                    true => continue,
                    false => return Ok(false),
                }
            }
            self.decode(self.kept.saturating_add(read));
        }
        Ok(true)
    }

    fn decode(&mut self, bytes: usize) {
        let (units, half) = self.raw.get(..bytes).unwrap_or_default().as_chunks::<2>();
        for unit in units {
            let unit = match self.order {
                Order::Little => u16::from_le_bytes(*unit),
                Order::Big => u16::from_be_bytes(*unit),
            };
            if std::mem::take(&mut self.at_start) && unit == 0xfeff {
                continue;
            }
            let character = match (self.high.take(), unit) {
                (None, 0xd800..=0xdbff) => {
                    self.high = Some(unit);
                    continue;
                }
                (None, _) => char::from_u32(unit.into()),
                (Some(high), _) => char::decode_utf16([high, unit]).next().and_then(Result::ok),
            };
            let Some(character) = character else {
                self.is_wrong = true;
                return;
            };
            if character == '\n' {
                self.line = self.line.saturating_add(1);
            }
            let mut utf8 = [0; 4];
            self.text
                .extend_from_slice(character.encode_utf8(&mut utf8).as_bytes());
        }
        let half = half.first().copied();
        self.kept = half.iter().len();
        if let (Some(half), Some(first)) = (half, self.raw.first_mut()) {
            *first = half;
        }
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken >= self.text.len() && !self.more()? {
            return Ok(0);
        }
        let mut rest = self.text.get(self.taken..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.taken = self.taken.saturating_add(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(units: &[u8]) -> (String, Option<String>) {
        let order = order(units).unwrap();
        let mut text = Vec::new();
        let mut reader = Utf16::new(units, order);
        let mut one = [0; 1];
        loop {
            match reader.read(&mut one) {
                Ok(0) => return (String::from_utf8(text).unwrap(), None),
                Ok(_) => text.extend(one),
                Err(error) => {
                    let half = error.get_ref().unwrap().downcast_ref::<HalfCharacter>();
                    let line = half.unwrap().line;
                    return (String::from_utf8(text).unwrap(), Some(line.to_string()));
                }
            }
        }
    }

    #[test]
    fn both_orders_are_read_and_half_a_character_is_named_by_its_line() {
        let units = |text: &str, order: Order| -> Vec<u8> {
            let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
            let bytes = units.map(|unit| match order {
                Order::Little => unit.to_le_bytes(),
                Order::Big => unit.to_be_bytes(),
            });
            bytes.flatten().collect()
        };
        let text = "时间,a\n\u{1f600},é\n".repeat(9_000);
        for order in [Order::Little, Order::Big] {
            let bytes = units(&text, order);
            assert_eq!(read(&bytes), (text.clone(), None));
            let mut odd = units("a\nb", order);
            odd.push(b'c');
            assert_eq!(read(&odd), ("a\nb".to_owned(), Some("2".to_owned())));
            let high = units("a\u{1f600}", order);
            let (start, _) = high.split_at(high.len() - 2);
            assert_eq!(read(start), ("a".to_owned(), Some("1".to_owned())));
        }
        let low = b"\xff\xfea\0\n\0\x00\xdcb\0";
        assert_eq!(read(low), ("a\n".to_owned(), Some("2".to_owned())));
        let twice = b"\xff\xfe\x00\xd8\x00\xd8\x00\xdc";
        assert_eq!(read(twice), (String::new(), Some("1".to_owned())));
        assert_eq!(order(b"\xff\xfe\0\0a\0\0\0"), None);
        assert_eq!(order(b"a\0"), None);
    }
}
