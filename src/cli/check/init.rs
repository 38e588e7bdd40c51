//! A plan to start from.

use std::path::PathBuf;

use crate::catalog::printable;
use crate::cli::Done;

const STARTER: &str = include_str!("starter.toml");

/// Writes the starter to `path`, unless there is a file.
pub fn run(path: PathBuf) -> Done {
    let name = printable(&path.to_string_lossy());
    Done {
        stdout: format!("wrote `{name}`: `tollgate check {name}` prices it\n"),
        new_files: vec![(path, STARTER.to_owned())],
        ..Done::output(String::new())
    }
}
