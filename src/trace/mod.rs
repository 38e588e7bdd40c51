//! Logged calls, from files to one stream in order of time: CSV or JSON Lines, plain, gzip or
//! zstd, and Parquet.
//!
//! [`read`] hands every call to a [`Sink`], minute after minute, and returns a [`Summary`]. Memory
//! does not grow with the files: they are read in blocks, parsed by two threads, and put in order
//! within a buffer of [`REORDER`] calls.
//!
//! | file | what it does |
//! |---|---|
//! | `source`, `compression`, `zstd` | opens a file and decompresses it, by its content |
//! | `blocks` | cuts the bytes into blocks of whole records |
//! | `start`, `seen`, `encoding` | finds out what a file is from its first records, and what those have that filters leave out |
//! | `spans` | from when to when rows are that a filter leaves out |
//! | `columns`, `format`, `time`, `stamp`, `count`, `cached`, `row` | what the texts of a row mean |
//! | `marks` | what a log tells of its calls beside tokens, such as their models |
//! | `careful`, `csv`, `json` | a row in the well-kept parsers, `csv_core` and `serde_json` |
//! | `quick_*` | the same for rows as programs write them, many times as fast; any other row is left to those |
//! | `parse`, `rows` | a block to a chunk of calls, the quick way where it can |
//! | `parquet` | the same for Parquet: its pages to chunks of calls |
//! | `reorder`, `merge` | chunks to one ordered stream |
//! | `hashes`, `hits` | cached tokens that are derived from hashes of blocks, once calls are in order |
//! | `feed` | one file, in parts that can be parsed in any order |
//! | `pipeline`, `control`, `job` | the threads that read and parse, and the one that hands over |

mod blocks;
mod cached;
mod careful;
mod chunk;
mod columns;
mod compression;
mod control;
mod count;
mod csv;
mod encoding;
mod error;
mod feed;
mod format;
mod hashes;
mod hint;
mod hits;
mod job;
mod json;
mod lines;
mod marks;
mod merge;
mod options;
mod parquet;
mod parse;
mod pipeline;
mod plan;
mod quick_csv;
mod quick_json;
mod quick_time;
mod reason;
mod reorder;
mod row;
mod rows;
mod seen;
mod sink;
mod source;
mod spans;
mod stamp;
mod start;
mod summary;
mod time;
mod zstd;

pub use columns::{CachePlace, CacheRole, Columns, Role};
pub use compression::Compression;
pub use error::TraceError;
pub use format::{TimeFormat, TimeUnit};
pub use marks::Marks;
pub use options::{Filter, MAX_FILES, Options, REORDER, Tuning};
pub use parquet::Problem as ParquetProblem;
pub use pipeline::read;
pub use reason::Reason;
pub use seen::{Seen, SeenColumn};
pub use sink::{Call, Calls, Minute, Sink, TooLarge};
pub use source::Source;
pub use spans::{Spans, hull};
pub use summary::{BadRow, BadRows, FileSummary, Numbered, Progress, Shape, Summary};
pub use time::FIRST_DATE;
