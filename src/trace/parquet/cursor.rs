//! One column, a few rows at a time.

use super::bits::{BROKEN, Runs};
use super::codec::Codec;
use super::footer::Column;
use super::page::{Disk, Found, Kind, Page};
use super::problem::Problem;
use super::types::Physical;
use super::values::{Decoder, Place, Values, dictionary};

/// The pages of a column that a part of a group of rows needs.
#[derive(Debug, Default)]
pub struct Pages {
    /// The page that others refer to.
    pub dictionary: Option<Page>,
    /// The pages with values.
    pub data: Vec<Page>,
    /// Rows of the first of them that come before.
    pub skipped: u64,
}

/// The values of some rows.
#[derive(Debug, Default)]
pub struct Cells {
    /// Of each row whether it has a value; empty where all have one.
    present: Vec<bool>,
    /// Of each row its value, and anything where it has none.
    values: Values,
}

/// Reads a column.
#[derive(Debug)]
pub struct Cursor<'a> {
    column: &'a Column,
    codec: Codec,
    pages: std::slice::Iter<'a, Page>,
    dictionary_page: Option<&'a Page>,
    /// The bytes of the dictionary's texts, and its values.
    texts: Vec<u8>,
    dictionary: Values,
    /// The page that is read.
    page: Vec<u8>,
    levels: Option<Runs>,
    /// Where the levels of the page end.
    levels_end: usize,
    decoder: Decoder,
    /// Rows that are left of the page.
    left: u64,
    skipped: u64,
    scratch: Vec<u32>,
    /// What was read last.
    pub cells: Cells,
}

impl<'a> Cursor<'a> {
    /// Nothing of these pages is read yet.
    pub fn new(column: &'a Column, codec: Codec, pages: &'a Pages) -> Self {
        Self {
            column,
            codec,
            pages: pages.data.iter(),
            dictionary_page: pages.dictionary.as_ref(),
            texts: Vec::new(),
            dictionary: Values::default(),
            page: Vec::new(),
            levels: None,
            levels_end: 0,
            decoder: Decoder::Plain(0),
            left: 0,
            skipped: pages.skipped,
            scratch: Vec::new(),
            cells: Cells::default(),
        }
    }

    /// Bytes of pages that are held.
    pub fn held(&self) -> usize {
        let places = self.dictionary.places.capacity();
        let numbers = self.dictionary.numbers.capacity().saturating_mul(8);
        self.page
            .capacity()
            .saturating_add(self.texts.capacity())
            .saturating_add(places.saturating_mul(size_of::<Place>()))
            .saturating_add(numbers)
    }

    /// Reads the next page where there is nothing left of this one. Gives the number of rows that are left.
    /// `others` are bytes that other columns hold.
    pub fn ready(
        &mut self,
        disk: &Disk,
        others: usize,
        stored: &mut Vec<u8>,
    ) -> Result<u64, Found> {
        if self.left > 0 {
            return Ok(self.left);
        }
        if let Some(page) = self.dictionary_page.take() {
            page.read(disk, self.codec, others, stored, &mut self.texts)?;
            let count = usize::try_from(page.values).map_err(|_| BROKEN)?;
            self.dictionary = dictionary(self.column.physical, &self.texts, count)?;
            if self.column.physical.is_number() {
                self.texts = Vec::new();
            }
        }
        let page = self.pages.next().ok_or(BROKEN)?;
        let held = self.held().saturating_sub(self.page.capacity());
        let held = others.saturating_add(held);
        page.read(disk, self.codec, held, stored, &mut self.page)?;
        let start = self.begin(page)?;
        let decoder = Decoder::new(page.encoding, self.column.physical, &self.page, start)?;
        self.decoder = decoder.ok_or_else(|| Problem::Unknown {
            column: self.column.name.clone(),
            what: format!("its encoding has the number {}", page.encoding),
        })?;
        self.left = page.values;
        while self.skipped > 0 && self.left > 0 {
            let count = self.skipped.min(self.left).min(super::BATCH);
            self.read(count)?;
            self.skipped = self.skipped.saturating_sub(count);
        }
        match self.left {
            0 => Err(BROKEN.into()),
            left => Ok(left),
        }
    }

    /// Finds the levels of a page. Gives where its values begin.
    fn begin(&mut self, page: &Page) -> Result<usize, Problem> {
        let most = self.column.levels;
        let width = 32_u32.saturating_sub(most.leading_zeros());
        (self.levels, self.levels_end) = (None, 0);
        match page.kind {
            Kind::Data { .. } if most == 0 => Ok(0),
            Kind::Data { levels: 3 } => {
                let length = self.page.first_chunk::<4>().ok_or(BROKEN)?;
                let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| BROKEN)?;
                self.levels = Some(Runs::new(width, 4)?);
                self.levels_end = length.checked_add(4).ok_or(BROKEN)?;
                Ok(self.levels_end)
            }
            Kind::Data { .. } => Err(Problem::Unknown {
                column: self.column.name.clone(),
                what: "its levels are packed in an older way".to_owned(),
            }),
            Kind::Data2 {
                repetition,
                definition,
                ..
            } => {
                let end = repetition.saturating_add(definition);
                if most > 0 {
                    self.levels = Some(Runs::new(width, repetition)?);
                    self.levels_end = end;
                }
                Ok(end)
            }
            Kind::Dictionary | Kind::Other => Err(BROKEN),
        }
    }

    /// Reads so many rows, of those that are left of the page.
    pub fn read(&mut self, count: u64) -> Result<(), Problem> {
        let rows = usize::try_from(count).map_err(|_| BROKEN)?;
        self.left = self.left.checked_sub(count).ok_or(BROKEN)?;
        self.cells.present.clear();
        self.cells.values.clear();
        let mut values = rows;
        if let Some(levels) = &mut self.levels {
            let bytes = self.page.get(..self.levels_end).ok_or(BROKEN)?;
            let most = self.column.levels;
            if !levels.are_all(bytes, rows, most)? {
                self.scratch.resize(rows, 0);
                levels.fill(bytes, &mut self.scratch)?;
                let present = self.scratch.iter().map(|level| *level == most);
                self.cells.present.extend(present);
                values = self.cells.present.iter().filter(|is| **is).count();
            }
        }
        if values > 0 {
            self.decoder.fill(
                self.column.physical,
                &self.page,
                &self.dictionary,
                &mut self.scratch,
                values,
                &mut self.cells.values,
            )?;
        }
        if values < rows {
            match self.column.physical.is_number() {
                true => spread(&mut self.cells.values.numbers, &self.cells.present),
                false => spread(&mut self.cells.values.places, &self.cells.present),
            }
        }
        Ok(())
    }

    /// The numbers of the rows that were read, where each has one.
    pub fn numbers(&self) -> Option<&[i64]> {
        let has_all = self.cells.present.is_empty() && self.column.physical.is_number();
        has_all.then_some(self.cells.values.numbers.as_slice())
    }

    /// Whether a row has a value.
    pub fn is_present(&self, row: usize) -> bool {
        self.cells.present.get(row).copied().unwrap_or(true)
    }

    /// The number of a row.
    pub fn number(&self, row: usize) -> i64 {
        self.cells.values.numbers.get(row).copied().unwrap_or(0)
    }

    /// The bytes of a row.
    pub fn bytes(&self, row: usize) -> &[u8] {
        let place = self
            .cells
            .values
            .places
            .get(row)
            .copied()
            .unwrap_or_default();
        place.of(match &self.decoder {
            Decoder::Dictionary(_) => &self.texts,
            Decoder::Shared { bytes, .. } => bytes,
            _ => &self.page,
        })
    }

    /// The column.
    pub fn column(&self) -> &'a Column {
        self.column
    }

    /// Whether a number has four bytes.
    pub fn is_short(&self) -> bool {
        self.column.physical == Physical::Int32
    }
}

/// Puts values that follow each other where they belong.
fn spread<T: Copy + Default>(values: &mut Vec<T>, present: &[bool]) {
    let mut from = values.len();
    values.resize(present.len(), T::default());
    for (row, is_present) in present.iter().enumerate().rev() {
        if !is_present {
            continue;
        }
        from = from.saturating_sub(1);
        let value = values.get(from).copied().unwrap_or_default();
        if let Some(slot) = values.get_mut(row) {
            *slot = value;
        }
    }
}
