//! One column, a few rows at a time.

use std::fmt;

use parquet::basic::Type;
use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray,
    FixedLenByteArrayType, FloatType, Int32Type, Int64Type, Int96, Int96Type,
};

use super::BATCH;
use super::disk::Window;
use super::footer::{Chunk, Column};
use super::pages::{Pages, Slot};
use crate::trace::parquet_problem::{BROKEN, Found};

/// The Julian day of 1970-01-01.
const EPOCH_DAY: i64 = 2_440_588;
/// Nanoseconds of a day.
const DAY: i64 = 86_400_000_000_000;

/// The decoder of a column, with values of its own type where these are turned into others.
enum Decoder {
    Bool(ColumnReaderImpl<BoolType>, Vec<bool>),
    Int32(ColumnReaderImpl<Int32Type>, Vec<i32>),
    Int64(ColumnReaderImpl<Int64Type>),
    Int96(ColumnReaderImpl<Int96Type>, Vec<Int96>),
    Float(ColumnReaderImpl<FloatType>, Vec<f32>),
    Double(ColumnReaderImpl<DoubleType>, Vec<f64>),
    Bytes(ColumnReaderImpl<ByteArrayType>),
    Fixed(
        ColumnReaderImpl<FixedLenByteArrayType>,
        Vec<FixedLenByteArray>,
    ),
}

/// Reads a column.
pub struct Cursor<'a> {
    column: &'a Column,
    pages: Pages,
    slot: Slot,
    decoder: Decoder,
    /// Rows that are left of the page, and how many of them may be decoded at a time.
    left: u64,
    at_a_time: u64,
    /// Rows that come before.
    skipped: u64,
    levels: Vec<i16>,
    /// Of each row whether it has a value; empty where all have one.
    present: Vec<bool>,
    /// Of each row its value, and anything where it has none: in one of the two.
    numbers: Vec<i64>,
    texts: Vec<ByteArray>,
}

impl fmt::Debug for Cursor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} rows left", self.column.name, self.left)
    }
}

impl<'a> Cursor<'a> {
    /// Begins after so many rows of a group.
    pub fn new(
        column: &'a Column,
        chunk: &Chunk,
        window: &Window,
        skipped: u64,
    ) -> Result<Self, Found> {
        let levels = column.said.max_def_level();
        let slot = Slot::default();
        Ok(Self {
            column,
            pages: Pages::new(window, &chunk.said, chunk.codec, levels)?,
            decoder: Decoder::new(column, &slot),
            slot,
            left: 0,
            at_a_time: 0,
            skipped,
            levels: Vec::new(),
            present: Vec::new(),
            numbers: Vec::new(),
            texts: Vec::new(),
        })
    }

    /// Reads the next page where there is nothing left of this one. Gives the number of rows that can be read.
    pub fn ready(&mut self) -> Result<u64, Found> {
        while self.left == 0 {
            self.texts.clear();
            self.skipped = match self.skipped {
                0 => 0,
                rows => self.pages.skip(rows, &self.slot)?,
            };
            let next = self.pages.next(&self.slot)?;
            (self.left, self.at_a_time) = (next.rows, next.at_a_time);
            while self.skipped > 0 && self.left > 0 {
                let most = self.left.min(self.at_a_time).min(BATCH);
                let rows = self.skipped.min(most);
                self.read(rows)?;
                self.skipped = self.skipped.saturating_sub(rows);
            }
        }
        Ok(self.left.min(self.at_a_time))
    }

    /// Reads so many rows, of those that are left of the page.
    pub fn read(&mut self, count: u64) -> Result<(), Found> {
        let rows = usize::try_from(count).map_err(|_| BROKEN)?;
        self.left = self.left.checked_sub(count).ok_or(BROKEN)?;
        self.levels.clear();
        self.present.clear();
        self.numbers.clear();
        self.texts.clear();
        let (read, values) = self.decode(rows)?;
        if read != rows {
            return Err(BROKEN.into());
        }
        if values < rows {
            let most = self.column.said.max_def_level();
            let present = self.levels.iter().map(|level| *level == most);
            self.present.extend(present);
            match self.is_number() {
                true => spread(&mut self.numbers, &self.present),
                false => spread(&mut self.texts, &self.present),
            }
        }
        Ok(())
    }

    /// The numbers of rows and of values that were decoded.
    fn decode(&mut self, rows: usize) -> Result<(usize, usize), Found> {
        let (levels, numbers) = (&mut self.levels, &mut self.numbers);
        if let Some(dictionary) = self.pages.dictionary.as_mut().filter(|it| it.has_page()) {
            dictionary.read(rows, numbers).ok_or(BROKEN)?;
            return Ok((rows, rows));
        }
        match &mut self.decoder {
            Decoder::Int64(reader) => take(reader, rows, levels, numbers),
            Decoder::Bytes(reader) => take(reader, rows, levels, &mut self.texts),
            Decoder::Bool(reader, values) => {
                let read = anew(reader, rows, levels, values)?;
                numbers.extend(values.iter().map(|value| i64::from(*value)));
                Ok(read)
            }
            Decoder::Int32(reader, values) => {
                let read = anew(reader, rows, levels, values)?;
                numbers.extend(values.iter().map(|value| i64::from(*value)));
                Ok(read)
            }
            Decoder::Int96(reader, values) => {
                let read = anew(reader, rows, levels, values)?;
                numbers.extend(values.iter().map(instant));
                Ok(read)
            }
            Decoder::Float(reader, values) => {
                let read = anew(reader, rows, levels, values)?;
                numbers.extend(values.iter().map(|value| i64::from(value.to_bits())));
                Ok(read)
            }
            Decoder::Double(reader, values) => {
                let read = anew(reader, rows, levels, values)?;
                let bits = |value: &f64| i64::from_le_bytes(value.to_bits().to_le_bytes());
                numbers.extend(values.iter().map(bits));
                Ok(read)
            }
            Decoder::Fixed(reader, values) => {
                let read = anew(reader, rows, levels, values)?;
                self.texts.extend(values.drain(..).map(ByteArray::from));
                Ok(read)
            }
        }
    }

    /// Whether its values are kept as numbers; any other is bytes.
    pub fn is_number(&self) -> bool {
        !matches!(self.decoder, Decoder::Bytes(_) | Decoder::Fixed(..))
    }

    /// The numbers of the rows that were read, where each has one.
    pub fn numbers(&self) -> Option<&[i64]> {
        let has_all = self.present.is_empty() && self.is_number();
        has_all.then_some(self.numbers.as_slice())
    }

    /// Whether a row has a value.
    pub fn is_present(&self, row: usize) -> bool {
        self.present.get(row).copied().unwrap_or(true)
    }

    /// The number of a row.
    pub fn number(&self, row: usize) -> i64 {
        self.numbers.get(row).copied().unwrap_or(0)
    }

    /// The bytes of a row.
    pub fn bytes(&self, row: usize) -> &[u8] {
        match self.texts.get(row) {
            Some(text) if self.is_present(row) => text.data(),
            _ => b"",
        }
    }

    /// The column.
    pub fn column(&self) -> &'a Column {
        self.column
    }

    /// Whether a number has four bytes.
    pub fn is_short(&self) -> bool {
        matches!(self.decoder, Decoder::Int32(..))
    }
}

impl Decoder {
    fn new(column: &Column, slot: &Slot) -> Self {
        let (said, pages) = (column.said.clone(), Box::new(slot.clone()));
        match column.said.physical_type() {
            Type::BOOLEAN => Self::Bool(ColumnReaderImpl::new(said, pages), Vec::new()),
            Type::INT32 => Self::Int32(ColumnReaderImpl::new(said, pages), Vec::new()),
            Type::INT64 => Self::Int64(ColumnReaderImpl::new(said, pages)),
            Type::INT96 => Self::Int96(ColumnReaderImpl::new(said, pages), Vec::new()),
            Type::FLOAT => Self::Float(ColumnReaderImpl::new(said, pages), Vec::new()),
            Type::DOUBLE => Self::Double(ColumnReaderImpl::new(said, pages), Vec::new()),
            Type::BYTE_ARRAY => Self::Bytes(ColumnReaderImpl::new(said, pages)),
            Type::FIXED_LEN_BYTE_ARRAY => {
                Self::Fixed(ColumnReaderImpl::new(said, pages), Vec::new())
            }
        }
    }
}

fn take<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    levels: &mut Vec<i16>,
    values: &mut Vec<T::T>,
) -> Result<(usize, usize), Found> {
    let (rows, values, _) = reader.read_records(rows, Some(levels), None, values)?;
    Ok((rows, values))
}

fn anew<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    levels: &mut Vec<i16>,
    values: &mut Vec<T::T>,
) -> Result<(usize, usize), Found> {
    values.clear();
    take(reader, rows, levels, values)
}

/// The nanosecond; what does not fit lies out of all years that are read.
fn instant(value: &Int96) -> i64 {
    let [low, high, day] = value.data() else {
        return i64::MIN;
    };
    let [[a, b, c, d], [e, f, g, h]] = [low.to_le_bytes(), high.to_le_bytes()];
    let of_day = i64::from_le_bytes([a, b, c, d, e, f, g, h]);
    let day = i64::from(i32::from_le_bytes(day.to_le_bytes()));
    let days = day.wrapping_sub(EPOCH_DAY).checked_mul(DAY);
    days.and_then(|days| days.checked_add(of_day))
        .unwrap_or(i64::MIN)
}

/// Puts values that follow each other where they belong.
fn spread<T: Clone + Default>(values: &mut Vec<T>, present: &[bool]) {
    let mut from = values.len();
    values.resize(present.len(), T::default());
    for (row, is_present) in present.iter().enumerate().rev() {
        if *is_present {
            from = from.saturating_sub(1);
            values.swap(from, row);
        }
    }
}
