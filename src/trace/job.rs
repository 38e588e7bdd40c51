//! What the threads pass to each other: blocks to parse, and what was found in them.

use super::Call;
use super::blocks::Block;
use super::chunk::Chunk;
use super::error::TraceError;
use super::rows::Rows;
use super::summary::FileSummary;

/// The next block of a file, to be read and parsed. It brings memory that is no longer needed.
pub struct Job {
    pub file: usize,
    /// Whether the file is closed instead, and begins anew with the next job.
    pub closes: bool,
    pub block: Block,
    pub calls: Chunk<Call>,
}

/// A job that is done.
pub struct Done {
    pub file: usize,
    pub sequence: u64,
    pub result: Result<Parsed, TraceError>,
    pub block: Block,
}

/// What a job found: the rows of a block, or the end of the file.
pub enum Parsed {
    Closed,
    Rows(Box<Rows>),
    End(Box<FileSummary>),
}
