//! Logged calls from files to one stream: formats, columns, times, order, compression, and files
//! that are damaged.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice
)]

#[path = "trace/bad_files.rs"]
mod bad_files;
#[path = "trace/bad_rows.rs"]
mod bad_rows;
#[path = "trace/cached.rs"]
mod cached;
#[path = "trace/columns.rs"]
mod columns;
#[path = "trace/compressed.rs"]
mod compressed;
#[path = "trace/failed.rs"]
mod failed;
#[path = "trace/formats.rs"]
mod formats;
#[path = "trace/generated.rs"]
mod generated;
#[path = "trace/hits.rs"]
mod hits;
#[path = "trace/long_lines.rs"]
mod long_lines;
#[allow(dead_code)]
#[path = "../examples/make_trace.rs"]
mod make_trace;
#[path = "trace/many.rs"]
mod many;
#[path = "trace/no_output.rs"]
mod no_output;
#[path = "trace/odd_rows.rs"]
mod odd_rows;
#[path = "trace/order.rs"]
mod order;
#[path = "trace/plain_rows.rs"]
mod plain_rows;
#[path = "trace/repeated.rs"]
mod repeated;
#[path = "trace/repeats.rs"]
mod repeats;
#[path = "trace/shapes.rs"]
mod shapes;
#[path = "trace/starts.rs"]
mod starts;
#[path = "trace/stream.rs"]
mod stream;
#[path = "trace/two_ways.rs"]
mod two_ways;
