//! A parsed catalog file with its text, so that errors name line and column.

use serde::Deserialize;

use super::error::{CatalogError, Fault};
use super::tables::FileTable;

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Compiled into the program.
    BuiltIn,
    /// Given with `--catalog`.
    User,
}

/// A parsed file together with its text, so that later checks can say line and column.
#[derive(Debug)]
pub struct ParsedFile {
    /// As it is shown: `built-in:alibaba.toml`, or the path.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Whose file it is.
    pub origin: Origin,
    /// Its tables.
    pub content: FileTable,
    /// Where its line breaks are, in bytes.
    breaks: Vec<usize>,
}

impl ParsedFile {
    /// An error at the byte `at` of this file.
    pub fn invalid(&self, at: usize, message: String) -> CatalogError {
        CatalogError::invalid(&self.name, &self.text, at, message)
    }

    /// The line of the byte `at`, from 1. Every row asks for its own, so nothing is read anew.
    pub fn line(&self, at: usize) -> usize {
        let before = self.breaks.partition_point(|one| *one < at);
        before.saturating_add(1)
    }
}

/// Reads the text of a catalog file.
///
/// # Errors
/// [`CatalogError::Invalid`] with line and column.
pub fn parse(name: &str, text: &str, origin: Origin) -> Result<ParsedFile, CatalogError> {
    let content = parse_toml(name, text)?;
    Ok(ParsedFile {
        name: name.to_owned(),
        text: text.to_owned(),
        origin,
        content,
        breaks: text.match_indices('\n').map(|(at, _)| at).collect(),
    })
}

/// Reads TOML of any shape, with errors at their line and column.
///
/// # Errors
/// [`CatalogError::Invalid`].
pub fn parse_toml<T: for<'de> Deserialize<'de>>(name: &str, text: &str) -> Result<T, CatalogError> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let invalid = CatalogError::invalid(name, text, at, error.message().to_owned());
        match toml::from_str::<toml::Table>(text) {
            Ok(_) => invalid,
            Err(_) => invalid.because(Fault::Syntax),
        }
    })
}
