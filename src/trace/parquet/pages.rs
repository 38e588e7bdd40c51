//! The pages of a column, one at a time and decompressed, as far as a part needs them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::Result;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::serialized_reader::SerializedPageReader;

use super::codec::Codec;
use super::deltas;
use super::dictionary::Dictionary;
use super::disk::{Held, Window};
use crate::trace::parquet_problem::{BROKEN, Found, Problem};

/// Bytes that a value of a dictionary takes at most, besides those of its text.
const VALUE: usize = 40;

/// Reads pages from the file. They are stored as if they were not compressed, so that what they are decompressed to
/// has a limit.
pub struct Pages {
    pages: SerializedPageReader<Window>,
    codec: Codec,
    /// The definition level of a value that is there.
    levels: i16,
    held: Arc<Held>,
    /// Bytes of the page that is decoded.
    page: usize,
    /// What of them is looked up here, and does not come into the slot; `None` where the values are no whole numbers.
    pub dictionary: Option<Dictionary>,
}

/// Where pages wait for the decoder.
#[derive(Debug, Clone, Default)]
pub struct Slot(Arc<Mutex<VecDeque<Page>>>);

/// A page of which the rows are next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// How many rows it has.
    pub rows: u64,
    /// How many of them may be decoded at a time.
    pub at_a_time: u64,
}

impl Pages {
    /// The pages of this column in a group of rows.
    pub fn new(
        window: &Window,
        chunk: &ColumnChunkMetaData,
        codec: Codec,
        levels: i16,
    ) -> Result<Self, Found> {
        Ok(Self {
            pages: SerializedPageReader::new(Arc::new(window.clone()), chunk, 0, None)?,
            codec,
            levels,
            held: Arc::clone(&window.held),
            page: 0,
            dictionary: Dictionary::of(chunk.column_type()),
        })
    }

    /// Passes over pages of which all rows come before. Gives the rows to pass over in the next one.
    pub fn skip(&mut self, mut rows: u64, slot: &Slot) -> Result<u64, Found> {
        while rows > 0 {
            let page = self.pages.peek_next_page()?.ok_or(SHORT)?;
            if page.is_dict {
                self.load(slot)?;
                continue;
            }
            let all = u64::try_from(page.num_levels.unwrap_or(0)).unwrap_or(u64::MAX);
            if all > rows {
                break;
            }
            self.pages.skip_next_page()?;
            rows = rows.saturating_sub(all);
        }
        Ok(rows)
    }

    /// Puts the next page of rows into the slot, after the dictionary where there is one.
    pub fn next(&mut self, slot: &Slot) -> Result<Next, Found> {
        loop {
            if let Some(next) = self.load(slot)? {
                return Ok(next);
            }
        }
    }

    fn load(&mut self, slot: &Slot) -> Result<Option<Next>, Found> {
        self.held.release(std::mem::take(&mut self.page));
        let page = self.pages.get_next_page()?.ok_or(SHORT)?;
        let stored = page.buffer().len();
        self.held.add(stored)?;
        let page = self.plain(page)?;
        self.held.release(stored);
        let length = page.buffer().len();
        let mut next = None;
        let taken = match &page {
            Page::DictionaryPage { num_values, .. } => {
                let values = usize::try_from(*num_values).unwrap_or(usize::MAX);
                // Each value takes a byte at least, and memory is given by their number.
                if values > length {
                    return Err(BROKEN.into());
                }
                length.saturating_add(values.saturating_mul(VALUE))
            }
            Page::DataPage { .. } | Page::DataPageV2 { .. } => {
                next = Some(self.of_rows(&page)?);
                self.page = length;
                length
            }
        };
        self.held.add(taken)?;
        let dictionary = self.dictionary.as_mut();
        let is_taken = dictionary.is_some_and(|dictionary| dictionary.takes(&page, self.levels));
        // The decoder takes a page without rows for the end.
        if !is_taken && next.is_none_or(|next| next.rows > 0) {
            slot.put(page);
        }
        Ok(next)
    }

    /// Holds what a page of rows says of itself against its bytes, as memory is given by that.
    fn of_rows(&self, page: &Page) -> Result<Next, Found> {
        let bytes = page.buffer();
        let (rows, start) = match page {
            Page::DataPage { num_values, .. } if self.levels == 0 => (*num_values, 0),
            Page::DataPage { num_values, .. } => {
                let length = bytes.first_chunk::<4>().ok_or(BROKEN)?;
                (*num_values, u32::from_le_bytes(*length).saturating_add(4))
            }
            Page::DataPageV2 {
                num_values,
                def_levels_byte_len,
                rep_levels_byte_len,
                ..
            } => {
                let levels = def_levels_byte_len.checked_add(*rep_levels_byte_len);
                (*num_values, levels.ok_or(BROKEN)?)
            }
            Page::DictionaryPage { .. } => return Err(BROKEN.into()),
        };
        let mut next = Next {
            rows: rows.into(),
            at_a_time: u64::MAX,
        };
        let values = || {
            usize::try_from(start)
                .ok()
                .and_then(|start| bytes.get(start..))
        };
        match page.encoding() {
            Encoding::DELTA_LENGTH_BYTE_ARRAY => {
                deltas::skip(values().ok_or(BROKEN)?, next.rows).ok_or(BROKEN)?;
            }
            Encoding::DELTA_BYTE_ARRAY => {
                let lengths = deltas::skip(values().ok_or(BROKEN)?, next.rows).ok_or(BROKEN)?;
                deltas::skip(lengths, next.rows).ok_or(BROKEN)?;
                // A value may be the one before and a bit more, so all of them may be as long as the page.
                let most = self.held.room().checked_div(bytes.len()).unwrap_or(1);
                next.at_a_time = u64::try_from(most).unwrap_or(1).max(1);
            }
            _ => {}
        }
        Ok(next)
    }

    /// The page, decompressed.
    fn plain(&self, page: Page) -> Result<Page, Problem> {
        if self.codec == Codec::None {
            return Ok(page);
        }
        let mut page = page;
        let (buf, levels) = match &mut page {
            Page::DataPage { buf, .. } | Page::DictionaryPage { buf, .. } => (buf, 0),
            Page::DataPageV2 {
                is_compressed: false,
                ..
            } => return Ok(page),
            Page::DataPageV2 {
                buf,
                def_levels_byte_len,
                rep_levels_byte_len,
                ..
            } => {
                let levels = def_levels_byte_len.checked_add(*rep_levels_byte_len);
                (
                    buf,
                    usize::try_from(levels.ok_or(BROKEN)?).map_err(|_| BROKEN)?,
                )
            }
        };
        let (levels, values) = buf.split_at_checked(levels).ok_or(BROKEN)?;
        let out = self.codec.decompress(levels, values, self.held.room())?;
        *buf = Bytes::from(out);
        Ok(page)
    }
}

const SHORT: Problem = Problem::Damaged("a group of rows has fewer rows than the footer says");

impl Slot {
    fn put(&self, page: Page) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.push_back(page);
    }
}

impl Iterator for Slot {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

/// The decoder gets what was put there, and then nothing until there is more.
impl PageReader for Slot {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(pages.pop_front())
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        Ok(None)
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.get_next_page().map(|_| ())
    }
}
