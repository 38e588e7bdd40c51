//! Reads a file of resources.

use std::path::Path;

use chrono::NaiveDate;

use super::Resource;
use super::check::Checker;
use super::error::ResourceError;
use super::file::FileTable;
use crate::catalog::{CatalogError, parse_toml, read_regular};

/// Puts an error into our words where the parser names a date by a key of its own.
fn in_our_words(error: CatalogError) -> CatalogError {
    match error {
        CatalogError::Invalid {
            file,
            line,
            column,
            message,
            fault,
        } if message.contains("$__toml_private") => CatalogError::Invalid {
            file,
            line,
            column,
            message: "a date alone is not a reading: `{ on = 2026-11-01, value = 100_000 }`"
                .to_owned(),
            fault,
        },
        error => error,
    }
}

/// Reads a file: its name as it is shown, and the resources as of `today`, in their order.
///
/// # Errors
/// [`ResourceError`] when it cannot be read, or for the first thing that is wrong in it.
pub fn read(path: &Path, today: NaiveDate) -> Result<(String, Vec<Resource>), ResourceError> {
    let (name, text) = read_regular(path)?;
    let table: FileTable = parse_toml(&name, &text).map_err(in_our_words)?;
    let checker = Checker {
        name: &name,
        text: &text,
        today,
    };
    let resources = checker.resources(&table)?;
    Ok((name, resources))
}
