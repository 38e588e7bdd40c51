//! The logs that `--formats` lists.

use crate::report::trace::{FormatsReport, KnownFormat};

/// Those that are read, in the order in which they are tried.
pub fn report() -> FormatsReport {
    let usual = "a time, input tokens and output tokens by their usual names, or by `--columns`";
    let shape = |title: &str, recognised: &str| KnownFormat {
        name: None,
        title: title.to_owned(),
        recognised: recognised.to_owned(),
        read: usual.to_owned(),
    };
    FormatsReport {
        formats: vec![
            shape("CSV", "a header in its first line"),
            shape("JSON Lines", "an object in each line"),
        ],
    }
}
