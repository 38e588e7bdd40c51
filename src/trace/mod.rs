//! Logged calls, from files to one stream in order of time: CSV or JSON, plain, gzip or zstd,
//! or Parquet.
//!
//! [`read`] hands every call to a [`Sink`], minute after minute, and returns a [`Summary`]. Memory
//! does not grow with the files: they are read in blocks, parsed by two threads, and put in order
//! within a buffer of [`REORDER`] calls.
//!
//! | file | what it does |
//! |---|---|
//! | `files` | the files that a folder or a pattern means |
//! | `source`, `compression`, `zstd` | opens a file and decompresses it, by its content |
//! | `text`, `utf16` | what kind of text it is, by its start |
//! | `holder`, `elements` | JSON that has no line for each record, to lines |
//! | `blocks`, `separator` | cuts the bytes into blocks of whole records |
//! | `start`, `seen`, `encoding` | finds out what a file is from its first records, and what those have that filters leave out |
//! | `spans` | from when to when rows are that a filter leaves out |
//! | `logs` | known logs: which fields hold what, which rows are calls, nested ones |
//! | `columns`, `format`, `time`, `stamp`, `count`, `cached`, `row` | what the texts of a row mean |
//! | `marks` | what a log tells of its calls beside tokens, such as their models |
//! | `rules` | which rows of a log are calls |
//! | `objects` | the fields of a JSON object |
//! | `within` | objects of JSON that stand as text in a column |
//! | `careful`, `csv`, `json` | a row in the well-kept parsers, `csv_core` and `serde_json` |
//! | `quick_*` | the same for rows as programs write them, many times as fast; any other row is left to those |
//! | `literal`, `known_names` | what these expect to find again: bytes between values, and names of models |
//! | `parse`, `rows` | a block to a chunk of calls, the quick way where it can |
//! | `parquet`, `parquet_problem` | the same for Parquet: its pages to chunks of calls |
//! | `reorder`, `merge`, `instant` | chunks to one ordered stream |
//! | `tags`, `models`, `shown` | which model each call was made to, where models are told apart |
//! | `repeats` | rows that repeat a call, of which the last counts |
//! | `out` | what takes the stream: one sink, or one a model |
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
mod elements;
mod encoding;
mod error;
mod feed;
mod files;
mod format;
mod hashes;
mod hint;
mod hits;
mod holder;
mod instant;
mod job;
mod json;
mod known_names;
mod lines;
mod literal;
mod logs;
mod marks;
mod merge;
mod models;
mod objects;
mod options;
mod out;
mod parquet;
mod parquet_problem;
mod parse;
mod pipeline;
mod place;
mod plan;
mod quick_csv;
mod quick_json;
mod quick_time;
mod reason;
mod reorder;
mod repeats;
mod row;
mod rows;
mod rules;
mod seen;
mod separator;
mod shown;
mod sink;
mod source;
mod spans;
mod stamp;
mod start;
mod summary;
mod tags;
mod text;
mod time;
mod utf16;
mod within;
mod zstd;

pub use columns::{CachePlace, CacheRole, Columns, Role};
pub use compression::Compression;
pub use elements::JsonProblem;
pub use error::TraceError;
pub use files::{Listed, expand};
pub use format::{TimeFormat, TimeUnit};
pub use logs::{Listed as LogFormat, Log, listed as log_formats, named as log_format};
pub use marks::{Failure, Marks};
pub use options::{Filter, MAX_FILES, NoOutput, Options, REORDER, Repeats, Tuning};
pub use parquet_problem::Problem as ParquetProblem;
pub use pipeline::{read, read_apart};
pub use place::Place;
pub use reason::Reason;
pub use seen::{Seen, SeenColumn};
pub use sink::{Call, Calls, Minute, Sink, Sinks, TooLarge};
pub use source::Source;
pub use spans::{Spans, hull};
pub use summary::{BadRow, BadRows, FileSummary, Progress, Shape, Summary};
pub use time::FIRST_DATE;
