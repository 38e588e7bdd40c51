//! Looks through the footer before the library does, which gives memory by the lengths that it says and goes as deep
//! as it says: it is Thrift's compact protocol, its lists are as long as they say, and columns are not nested too deep.

/// The bytes end early, or are none of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// How deep structures may be nested; Parquet's own are at most 6.
const MAX_DEPTH: u8 = 24;

/// The type of a field or of the elements of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind(u8);

impl Kind {
    const TRUE: Self = Self(1);
    const FALSE: Self = Self(2);
    const BYTE: Self = Self(3);
    const DOUBLE: Self = Self(7);
    const BINARY: Self = Self(8);
    const LIST: Self = Self(9);
    const SET: Self = Self(10);
    const MAP: Self = Self(11);
    const STRUCT: Self = Self(12);
    const UUID: Self = Self(13);
}

/// The deepest nesting of columns.
const MAX_COLUMNS_DEPTH: usize = 32;

/// Whether the library can read this footer.
pub fn check(footer: &[u8]) -> Result<(), Broken> {
    // How many children are still to come of each column around the next one.
    let mut around = vec![1_u64];
    let mut thrift = Thrift { bytes: footer };
    thrift.fields(|thrift, id, kind| {
        if id != 2 || kind != Kind::LIST {
            return Ok(false);
        }
        thrift.list(|thrift| {
            let mut children = 0;
            thrift.fields(|thrift, id, _| {
                if id == 5 {
                    children = thrift.size()?;
                }
                Ok(id == 5)
            })?;
            while around.last() == Some(&0) {
                around.pop();
            }
            let left = around.last_mut().ok_or(Broken)?;
            *left = left.checked_sub(1).ok_or(Broken)?;
            let left = thrift.bytes.len();
            if children > u64::try_from(left).unwrap_or(u64::MAX) {
                return Err(Broken);
            }
            around.push(children);
            match around.len() > MAX_COLUMNS_DEPTH {
                true => Err(Broken),
                false => Ok(()),
            }
        })?;
        Ok(true)
    })
}

/// Reads values one after another.
#[derive(Debug, Clone, Copy)]
struct Thrift<'a> {
    bytes: &'a [u8],
}

impl<'a> Thrift<'a> {
    /// Goes through the fields of a structure. `each` gets the number of a field; it reads the value and says so, or
    /// leaves it to be skipped.
    fn fields(
        &mut self,
        mut each: impl FnMut(&mut Self, i16, Kind) -> Result<bool, Broken>,
    ) -> Result<(), Broken> {
        let mut last = 0_i16;
        while let Some((id, kind)) = self.field(last)? {
            last = id;
            if !each(self, id, kind)? {
                self.skip(kind, MAX_DEPTH)?;
            }
        }
        Ok(())
    }

    fn field(&mut self, last: i16) -> Result<Option<(i16, Kind)>, Broken> {
        let head = self.byte()?;
        if head == 0 {
            return Ok(None);
        }
        let id = match head >> 4 {
            0 => i16::try_from(self.int()?).map_err(|_| Broken)?,
            delta => last.checked_add(i16::from(delta)).ok_or(Broken)?,
        };
        Ok(Some((id, Kind(head & 0xf))))
    }

    /// A whole number of any width.
    fn int(&mut self) -> Result<i64, Broken> {
        let value = self.varint()?;
        let half = i64::try_from(value >> 1).map_err(|_| Broken)?;
        Ok(match value & 1 {
            0 => half,
            _ => !half,
        })
    }

    /// The same, where it is a length, a count or an offset.
    fn size(&mut self) -> Result<u64, Broken> {
        u64::try_from(self.int()?).map_err(|_| Broken)
    }

    /// Bytes with their length before them.
    fn binary(&mut self) -> Result<&'a [u8], Broken> {
        let length = usize::try_from(self.varint()?).map_err(|_| Broken)?;
        self.take(length)
    }

    /// Goes through the elements of a list.
    fn list(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        let (_, length) = self.list_head()?;
        for _ in 0..length {
            // Elements that are read have at least a byte each, so a length that lies ends here.
            each(self)?;
        }
        Ok(())
    }

    fn list_head(&mut self) -> Result<(Kind, u64), Broken> {
        let head = self.byte()?;
        let length = match head >> 4 {
            15 => self.varint()?,
            short => u64::from(short),
        };
        Ok((Kind(head & 0xf), length))
    }

    fn skip(&mut self, kind: Kind, depth: u8) -> Result<(), Broken> {
        let deeper = depth.checked_sub(1).ok_or(Broken)?;
        match kind {
            Kind::TRUE | Kind::FALSE => {}
            Kind::BYTE => _ = self.byte()?,
            Kind(4..=6) => _ = self.varint()?,
            Kind::DOUBLE => _ = self.take(8)?,
            Kind::UUID => _ = self.take(16)?,
            Kind::BINARY => _ = self.binary()?,
            Kind::LIST | Kind::SET => {
                let (kind, length) = self.list_head()?;
                for _ in 0..length {
                    self.skip_element(kind, deeper)?;
                }
            }
            Kind::MAP => {
                let length = self.varint()?;
                let kinds = if length > 0 { self.byte()? } else { 0 };
                for _ in 0..length {
                    self.skip_element(Kind(kinds >> 4), deeper)?;
                    self.skip_element(Kind(kinds & 0xf), deeper)?;
                }
            }
            Kind::STRUCT => {
                let mut last = 0_i16;
                while let Some((id, kind)) = self.field(last)? {
                    last = id;
                    self.skip(kind, deeper)?;
                }
            }
            _ => return Err(Broken),
        }
        Ok(())
    }

    /// In lists a truth value is a byte of its own.
    fn skip_element(&mut self, kind: Kind, depth: u8) -> Result<(), Broken> {
        match kind {
            Kind::TRUE | Kind::FALSE => self.byte().map(|_| ()),
            kind => self.skip(kind, depth),
        }
    }

    fn byte(&mut self) -> Result<u8, Broken> {
        let (first, rest) = self.bytes.split_first().ok_or(Broken)?;
        self.bytes = rest;
        Ok(*first)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Broken> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(Broken)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn varint(&mut self) -> Result<u64, Broken> {
        let mut value = 0_u64;
        for shift in (0_u32..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f).wrapping_shl(shift);
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A footer with a schema of such columns alone: a column that says so many children.
    fn footer(children: &[u8]) -> Vec<u8> {
        let length = u8::try_from(children.len()).unwrap();
        let mut bytes = vec![0x29, 0xfc, length];
        for count in children {
            bytes.extend([0x55, count << 1, 0]);
        }
        bytes.push(0);
        bytes
    }

    #[test]
    fn columns_may_be_nested_but_not_too_deep() {
        assert_eq!(check(&footer(&[2, 0, 1, 0])), Ok(()));
        assert_eq!(check(&footer(&[1; 20])), Ok(()));
        assert_eq!(check(&footer(&[1; 40])), Err(Broken));
    }

    #[test]
    fn more_columns_than_bytes_are_refused() {
        assert_eq!(check(&footer(&[60])), Err(Broken));
        let lies = [0x29, 0xfc, 0xff, 0xff, 0xff, 0x7f, 0];
        assert_eq!(check(&lies), Err(Broken));
        assert_eq!(check(&[0x29]), Err(Broken));
    }

    #[test]
    fn lists_that_are_not_looked_at_are_as_long_as_they_say() {
        // A list of texts in another field: one text of two bytes, then the end.
        assert_eq!(check(&[0x59, 0x18, 2, b'a', b'b', 0]), Ok(()));
        assert_eq!(check(&[0x59, 0x28, 2, b'a', b'b', 0]), Err(Broken));
    }
}
