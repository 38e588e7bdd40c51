//! What can be wrong with a catalog.

use std::fmt;

use super::text::escaped;

/// A catalog that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatalogError {
    /// The file cannot be opened or read.
    Unreadable {
        /// The path as it was given.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// Not a regular file: a pipe, a device.
    NotAFile {
        /// The path as it was given.
        path: String,
    },
    /// A folder without any `.toml` file.
    EmptyFolder {
        /// The path as it was given.
        path: String,
    },
    /// The file is larger than what is read.
    TooLarge {
        /// The path as it was given.
        path: String,
    },
    /// Not UTF-8.
    NotUtf8 {
        /// The path as it was given.
        path: String,
        /// The line with the first bad byte, from 1.
        line: usize,
    },
    /// Not a valid catalog.
    Invalid {
        /// The path as it was given.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// The column in characters, counted from 1.
        column: usize,
        /// What is wrong there.
        message: String,
        /// What kind of mistake it is.
        fault: Fault,
    },
}

/// What kind of mistake a file has, as far as the way out differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The text is not TOML.
    Syntax,
    /// A key or a value that does not belong there.
    Content,
    /// Another version of the format.
    Version,
    /// A model that is in the file twice.
    ModelTwice,
    /// A price that is in the file twice.
    PriceTwice,
    /// A date that does not exist, or is out of range.
    Date,
    /// A source that is not defined.
    Source,
    /// A new provider that does not say enough of itself.
    Provider,
    /// A second currency of a provider.
    Currency,
    /// A code that another provider has.
    Taken,
}

impl Fault {
    fn hint(self) -> &'static str {
        match self {
            Self::Syntax => "the file is not TOML here; `examples/prices.toml` is a template",
            Self::Content => {
                "`tollgate models <MODEL>` shows what a price has; `examples/prices.toml` is a template"
            }
            Self::Version => "write `version = 1`",
            Self::ModelTwice => "put all its prices under one `[[model]]`",
            Self::PriceTwice => {
                "leave one of them out, or say with `from` since when the later one is in force"
            }
            Self::Date => "write it like `2026-12-01`, without quotes",
            Self::Source => "define it, or leave `source` out",
            Self::Provider => {
                "a new provider gives `name`, `region`, `region_name` and `currency`; the built-in one is `id = \"alibaba\"`"
            }
            Self::Currency => "leave `currency` out, or give the prices to a provider of your own",
            Self::Taken => {
                "to change its prices name that provider; for one of your own put the provider before the code, as in `code = \"mine/qwen3-8b\"`"
            }
        }
    }
}

impl CatalogError {
    /// An error at the byte `at` of `text`.
    #[must_use]
    pub fn invalid(file: &str, text: &str, at: usize, message: String) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line_start = before
            .rfind('\n')
            .map_or(0, |newline| newline.saturating_add(1));
        let newlines = before.bytes().filter(|byte| *byte == b'\n').count();
        let in_line = before.get(line_start..).unwrap_or_default().chars().count();
        Self::Invalid {
            file: file.to_owned(),
            line: newlines.saturating_add(1),
            column: in_line.saturating_add(1),
            message,
            fault: Fault::Content,
        }
    }

    /// The same error, marked as this kind of mistake.
    #[must_use]
    pub fn because(mut self, of: Fault) -> Self {
        if let Self::Invalid { fault, .. } = &mut self {
            *fault = of;
        }
        self
    }

    /// The way out.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "`--catalog` takes a TOML file or a folder of them",
            Self::NotAFile { .. } => "`--catalog` reads regular files: save the catalog to one",
            Self::EmptyFolder { .. } => "name a folder with files that end in `.toml`",
            Self::TooLarge { .. } => "split the catalog into files of at most 1 MiB",
            Self::NotUtf8 { .. } => "save the file as UTF-8",
            Self::Invalid { fault, .. } => fault.hint(),
        }
    }
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, reason } => {
                write!(f, "cannot read the catalog `{}`: {reason}", path)
            }
            Self::NotAFile { path } => {
                write!(f, "the catalog `{}` is not a regular file", path)
            }
            Self::EmptyFolder { path } => {
                write!(f, "the catalog folder `{}` has no `.toml` file", path)
            }
            Self::TooLarge { path } => {
                write!(f, "the catalog `{}` is larger than 1 MiB", path)
            }
            Self::NotUtf8 { path, line } => {
                write!(f, "{}:{line}: the catalog is not UTF-8", path)
            }
            Self::Invalid {
                file,
                line,
                column,
                message,
                fault: _,
            } => write!(f, "{file}:{line}:{column}: {}", one_line(message)),
        }
    }
}

/// The longest message of a parser: it repeats keys from the file, which may be long.
const LONGEST: usize = 600;

/// A parser's message on one line, its text from outside escaped.
fn one_line(message: &str) -> String {
    let lines: Vec<String> = message.lines().map(escaped).collect();
    let line = lines.join("; ");
    let mut clipped: String = line.chars().take(LONGEST).collect();
    if clipped.len() < line.len() {
        clipped.push('…');
    }
    clipped
}

impl std::error::Error for CatalogError {}
