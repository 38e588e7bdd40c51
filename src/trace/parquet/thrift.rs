//! Thrift's compact protocol, as far as Parquet's footer and page headers need it. Nothing is allocated, so that
//! a length that lies costs nothing; what is not asked for is skipped.

/// The bytes end early, or are none of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// How deep structures may be nested; Parquet's own are at most 6.
const MAX_DEPTH: u8 = 24;

/// The type of a field or of the elements of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind(u8);

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

/// Reads values one after another.
#[derive(Debug, Clone, Copy)]
pub struct Thrift<'a> {
    bytes: &'a [u8],
}

impl<'a> Thrift<'a> {
    /// Begins with these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// The number of bytes that are not read yet.
    pub fn left(&self) -> usize {
        self.bytes.len()
    }

    /// Goes through the fields of a structure. `each` gets the number of a field; it reads the value and says so, or
    /// leaves it to be skipped.
    pub fn fields(
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
    pub fn int(&mut self) -> Result<i64, Broken> {
        let value = self.varint()?;
        let half = i64::try_from(value >> 1).map_err(|_| Broken)?;
        Ok(match value & 1 {
            0 => half,
            _ => !half,
        })
    }

    /// The same, where it is a length, a count or an offset.
    pub fn size(&mut self) -> Result<u64, Broken> {
        u64::try_from(self.int()?).map_err(|_| Broken)
    }

    /// Bytes with their length before them.
    pub fn binary(&mut self) -> Result<&'a [u8], Broken> {
        let length = usize::try_from(self.varint()?).map_err(|_| Broken)?;
        self.take(length)
    }

    /// Goes through the elements of a list.
    pub fn list(
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

    /// Whether a field of this type is `true`; a truth value has no other bytes.
    pub fn is_true(kind: Kind) -> bool {
        kind == Kind::TRUE
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
