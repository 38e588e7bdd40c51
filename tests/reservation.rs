//! Throughput reservations of standard speed: how they are sized, and compared with other ways.

#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;

#[path = "reservation/compared.rs"]
mod compared;
#[path = "reservation/fits.rs"]
mod fits;

use common::folder::Folder;

/// The catalog with the model `made-up`.
pub const CATALOG: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/reservation/catalog.toml"
);

/// The JSON of a line about `made-up`.
pub fn document(line: &str) -> serde_json::Value {
    let words = format!("{line} --catalog {CATALOG}");
    let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
    common::json(&words)
}

/// A trace: so many equal calls in each of these minutes.
pub fn trace(folder: &Folder, minutes: &[(&str, u32)], call: (u32, u32)) -> String {
    let mut text = "timestamp,input_tokens,output_tokens\n".to_owned();
    for (minute, calls) in minutes {
        for _ in 0..*calls {
            text += &format!("{minute}:00+08:00,{},{}\n", call.0, call.1);
        }
    }
    folder.file("calls.csv", &text)
}
