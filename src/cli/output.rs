//! The values of `--output`, and the formats that files ask for.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::value;
use crate::catalog::printable;
use crate::report::Format;

/// The endings of files, and the formats that they ask for.
const ENDINGS: [(&str, Format); 6] = [
    (".focus.csv", Format::Focus),
    (".csv", Format::Csv),
    (".json", Format::Json),
    (".md", Format::Markdown),
    (".html", Format::Html),
    (".txt", Format::Table),
];

/// The value of `--output`: a file to write, or in `quote tokens` a number of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    File(PathBuf),
    Tokens(u64),
}

impl Output {
    /// A file.
    pub fn file(text: &str) -> Result<Self, String> {
        match text.is_empty() {
            true => Err("must be a file".to_owned()),
            false => Ok(Self::File(text.into())),
        }
    }

    /// Tokens, or a file whose ending names a format.
    pub fn tokens_or_file(text: &str) -> Result<Self, String> {
        match format_of(Path::new(text)) {
            Ok(_) => Self::file(text),
            Err(_) => value::count(text).map(Self::Tokens),
        }
    }

    /// A number of tokens.
    pub fn tokens(&self) -> Option<u64> {
        match self {
            Self::File(_) => None,
            Self::Tokens(tokens) => Some(*tokens),
        }
    }

    /// The path of a file.
    pub fn path(&self) -> Option<&PathBuf> {
        match self {
            Self::File(path) => Some(path),
            Self::Tokens(_) => None,
        }
    }
}

/// The format that the ending of a file asks for.
pub fn format_of(path: &Path) -> Result<Format, Failure> {
    let name = path.to_string_lossy().to_ascii_lowercase();
    let mut endings = ENDINGS.into_iter();
    let found = endings.find(|(ending, _)| name.ends_with(ending));
    found.map(|(_, format)| format).ok_or_else(|| {
        Failure::usage(
            format!("the ending of `{}` names no format", shown(path)),
            "end it in `.md`, `.html`, `.json`, `.csv`, `.focus.csv` or `.txt`",
        )
    })
}

/// A path as messages have it.
pub fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy())
}
