//! What the reader may decide about the files.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::columns::Columns;
use super::format::TimeUnit;
use super::hashes;
use super::logs::Log;
use super::repeats;
use crate::billing::recorded::Derived;
use crate::catalog::printable;

/// How many calls of a file are held back to be put in order, 16 bytes each: a call may stand up
/// to so many calls after one that is later than it. Several files share this number equally, with
/// no fewer than 4,096 each.
pub const REORDER: usize = 256 * 1_024;

/// The fewest calls that are held back of a file.
const REORDER_FLOOR: usize = 4_096;

/// Bytes of a block, of one file alone.
const BLOCK: usize = 1_024 * 1_024;
const BLOCK_FLOOR: usize = 32 * 1_024;

/// The longest record, in bytes.
const MAX_LINE: usize = 1_024 * 1_024;

/// How many files may have calls at one time, and so are open at once.
pub const MAX_FILES: usize = 256;

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The columns where their names are not the usual ones.
    pub columns: Columns,
    /// The log that files are, where it was said; otherwise they are recognised.
    pub log: Option<&'static Log>,
    /// The unit of times that are numbers. With it, they may also be relative: counted from 0.
    pub time_unit: Option<TimeUnit>,
    /// Which rows count. Filters of one column are alternatives; all columns must agree.
    pub filters: Vec<Filter>,
    /// How cached tokens are derived; then no column of them is read.
    pub derived: Option<Derived>,
    /// Whether rows that cannot be read are left out instead of failing the whole.
    pub skip_bad_rows: bool,
    /// Whether failed calls are billed as any other.
    pub bills_failed: bool,
    /// What is done with rows that repeat a call, if the user chose: else the last of each counts.
    pub repeats: Option<Repeats>,
    /// Which calls may be without output tokens, and then have none.
    pub no_output: NoOutput,
    /// Whether files may be pieces of longer ones. Then rows that cannot be read may be all that is in
    /// one of JSON Lines, where otherwise it is taken for a file of something else.
    pub is_part: bool,
    /// Sizes that tests set.
    #[doc(hidden)]
    pub tuning: Tuning,
}

/// What is done with rows that repeat a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeats {
    /// The last of each counts.
    Last,
    /// Each is billed as a call of its own.
    Bill,
}

impl Repeats {
    /// `last` or `bill`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Bill => "bill",
        }
    }
}

/// Which calls may be without output tokens, beside those that a row says to be of embeddings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum NoOutput {
    /// None.
    #[default]
    Missing,
    /// All: the model has no price for output.
    All,
    /// Those that name one of these models, in lower case, which have no price for output.
    Of(Arc<BTreeSet<String>>),
}

impl NoOutput {
    /// Whether calls of a model may be without, by its name in the log.
    pub(super) fn is_of(&self, model: Option<&[u8]>) -> bool {
        match self {
            Self::Missing => false,
            Self::All => true,
            Self::Of(names) => model.is_some_and(|name| {
                let name = String::from_utf8_lossy(name).to_lowercase();
                names.contains(&name)
            }),
        }
    }
}

/// Rows with this text in this column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The column's name, or the path of a nested one: `usage.type`.
    pub column: String,
    /// Its text.
    pub value: String,
}

impl Filter {
    /// Reads `column=value`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (column, value) = text.split_once('=')?;
        (!column.trim().is_empty()).then(|| Self {
            column: column.trim().to_owned(),
            value: value.trim().to_owned(),
        })
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, value } = self;
        f.write_str(&printable(&format!("{column}={value}")))
    }
}

/// Sizes, for tests: results do not depend on any but `max_line`, `reorder`,
/// `window` and `known`.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Tuning {
    /// Bytes of a block.
    pub block: usize,
    /// Bytes of the longest record.
    pub max_line: usize,
    /// Calls held back to be put in order, of all files.
    pub reorder: usize,
    /// See [`REORDER_FLOOR`].
    pub reorder_floor: usize,
    /// Files that are open at once.
    pub files: usize,
    /// Calls of one instant that a file gives before the next file's turn.
    pub group: usize,
    /// See [`repeats::WINDOW`].
    pub window: usize,
    /// See [`repeats::KNOWN`].
    pub known: usize,
    /// Threads that parse.
    pub workers: usize,
    /// Whether the quick way is tried at all.
    pub quick: bool,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            block: BLOCK,
            max_line: MAX_LINE,
            reorder: REORDER,
            reorder_floor: REORDER_FLOOR,
            files: MAX_FILES,
            group: 1_024,
            window: repeats::WINDOW,
            known: repeats::KNOWN,
            workers: 2,
            quick: true,
        }
    }
}

impl Options {
    /// Calls that are held back of each of `files` files.
    pub(super) fn reorder_of(&self, files: usize) -> usize {
        let all = match &self.derived {
            Some(_) => self.tuning.reorder.min(hashes::REORDER),
            None => self.tuning.reorder,
        };
        // Of more files than are open at once, the others hold none.
        let files = files.min(self.tuning.files);
        let shared = all.checked_div(files).unwrap_or(all);
        shared.max(self.tuning.reorder_floor.min(all))
    }
}

impl Tuning {
    /// Bytes of a block where `files` files are read at once.
    pub(super) fn block_of(&self, files: usize) -> usize {
        let files = files.min(self.files);
        let shared = self.block.checked_div(files).unwrap_or(self.block);
        shared.max(self.block.min(BLOCK_FLOOR)).max(1)
    }
}
