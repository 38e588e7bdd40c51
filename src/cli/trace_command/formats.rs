//! The logs that `--formats` lists.

use crate::report::trace::{FormatsReport, KnownFormat};
use crate::trace::log_formats;

/// Those that are read, in the order in which they are tried.
pub fn report() -> FormatsReport {
    let usual = "a time, input tokens and output tokens by their usual names, or by `--columns`";
    let shape = |title: &str, recognised: &str| KnownFormat {
        name: None,
        title: title.to_owned(),
        recognised: recognised.to_owned(),
        read: usual.to_owned(),
    };
    let known = log_formats().into_iter().map(|log| KnownFormat {
        name: Some(log.name.to_owned()),
        title: log.title.to_owned(),
        recognised: log.recognised.join(", or "),
        read: log.read_in_words(),
    });
    let shapes = [
        shape("CSV", "a header in its first line"),
        shape("JSON Lines", "an object in each line"),
        shape("JSON", "a list of objects, or an object that holds one"),
        shape("Parquet", "its first bytes, `PAR1`"),
    ];
    FormatsReport {
        formats: known.chain(shapes).collect(),
    }
}
