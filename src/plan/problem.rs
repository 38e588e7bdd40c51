//! What is wrong with a plan file: all of it, each with its place.

use std::fmt;

/// Something wrong at a place of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes from the beginning.
    pub at: usize,
    /// What, and what to write instead.
    pub message: String,
}

/// A problem with line and column, as it is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// As it is shown.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong, and what to write instead.
    pub message: String,
}

impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            message,
        } = self;
        write!(f, "{file}:{line}:{column}: {message}")
    }
}

/// Where the lines of a text begin, so that many places are found fast.
#[derive(Debug, Clone)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// The lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = newlines.map(|(at, _)| at.saturating_add(1));
        Self {
            starts: std::iter::once(0).chain(starts).collect(),
        }
    }

    /// Line and column of the byte `at` of the same text, from 1, the column in characters.
    #[must_use]
    pub fn place(&self, text: &str, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line
            .checked_sub(1)
            .and_then(|before| self.starts.get(before))
            .copied()
            .unwrap_or(0);
        let before = text.get(start..at).unwrap_or_default();
        (line, before.chars().count().saturating_add(1))
    }
}
