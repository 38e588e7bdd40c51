//! Cuts a group of rows into parts that can be decoded in any order, by the headers of its pages.

use std::collections::VecDeque;

use super::cursor::Pages;
use super::footer::Group;
use super::page::{Disk, Found, Kind, Page};
use super::problem::Problem;

/// Rows of a part. A row group of DuckDB is one part.
const ROWS: u64 = 128 * 1_024;

const SHORT: Problem = Problem::Damaged("a group of rows has fewer rows than the footer says");

/// A group of rows, as far as the headers of its pages were read.
#[derive(Debug)]
pub struct Scan {
    group: Group,
    /// Rows that were handed out.
    done: u64,
    columns: Vec<Ahead>,
}

/// How far the pages of a column are known.
#[derive(Debug, Default)]
struct Ahead {
    next: u64,
    dictionary: Option<Page>,
    /// Pages with rows that were not handed out yet, and the first row of the first of them.
    pages: VecDeque<Page>,
    first: u64,
    /// Rows of all pages so far.
    rows: u64,
}

impl Scan {
    /// Nothing of this group is read yet.
    pub fn new(group: Group) -> Self {
        let ahead = |chunk: &super::footer::Chunk| Ahead {
            next: chunk.start,
            ..Ahead::default()
        };
        Self {
            columns: group.chunks.iter().map(ahead).collect(),
            group,
            done: 0,
        }
    }

    /// The pages of each column for the next rows, and how many rows they are; `None` at the end.
    pub fn next(&mut self, disk: &Disk) -> Result<Option<(u64, Vec<Pages>)>, Found> {
        let rows = self.group.rows.saturating_sub(self.done).min(ROWS);
        if rows == 0 {
            return Ok(None);
        }
        let end = self.done.saturating_add(rows);
        let mut parts = Vec::with_capacity(self.columns.len());
        for (ahead, chunk) in self.columns.iter_mut().zip(&self.group.chunks) {
            while ahead.rows < end {
                if ahead.next >= chunk.end {
                    return Err(SHORT.into());
                }
                let page = Page::find(disk, ahead.next, chunk.end)?;
                ahead.next = page.end();
                match page.kind {
                    Kind::Dictionary => ahead.dictionary = Some(page),
                    Kind::Other => {}
                    Kind::Data { .. } | Kind::Data2 { .. } if page.values == 0 => {}
                    Kind::Data { .. } | Kind::Data2 { .. } => {
                        ahead.rows = ahead.rows.saturating_add(page.values);
                        ahead.pages.push_back(page);
                    }
                }
            }
            if ahead.rows > self.group.rows {
                let more = "a group of rows has more rows than the footer says";
                return Err(Problem::Damaged(more).into());
            }
            let skipped = self.done.saturating_sub(ahead.first);
            let data = ahead.pages.iter().copied().collect();
            let dictionary = ahead.dictionary;
            parts.push(Pages {
                dictionary,
                data,
                skipped,
            });
            while let Some(page) = ahead.pages.front() {
                let after = ahead.first.saturating_add(page.values);
                if after > end {
                    break;
                }
                ahead.first = after;
                ahead.pages.pop_front();
            }
        }
        self.done = end;
        Ok(Some((rows, parts)))
    }

    /// How the columns are compressed.
    pub fn group(&self) -> &Group {
        &self.group
    }
}
