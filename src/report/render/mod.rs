//! The formats, one file each. A format knows what a command says as a [`Document`] or a [`csv::Sheet`],
//! not which command it is.

pub mod csv;
mod fitted;
mod html;
pub mod inline;
mod markdown;
mod style;
pub mod terminal;
pub mod wrap;

pub use style::Style;

use super::document::{Depth, Document};

/// The format of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people in a terminal.
    Table,
    /// One object, for scripts.
    Json,
    /// Rows for spreadsheets.
    Csv,
    /// For pull requests.
    Markdown,
    /// One page that needs nothing else.
    Html,
    /// One number, for scripts.
    Total,
    /// Workflow commands of GitHub Actions; only of `check`.
    Github,
    /// Rows of the FinOps FOCUS specification; only of `check`.
    Focus,
}

impl Format {
    /// As `--format` names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Total => "total",
            Self::Github => "github",
            Self::Focus => "focus",
        }
    }

    /// Whether it has a place for all that a command says, and not for rows alone.
    #[must_use]
    pub fn shows_everything(self) -> bool {
        matches!(self, Self::Table | Self::Json | Self::Markdown | Self::Html)
    }
}

/// Format, depth, style and width of an output.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// The format of an output.
    pub format: Format,
    /// How much is said, in formats that do not say everything.
    pub depth: Depth,
    /// Whether to style text.
    pub style: Style,
    /// The columns of the terminal.
    pub width: usize,
}

impl View {
    /// How much is said: formats that can fold details away always have them.
    #[must_use]
    pub fn depth(self) -> Depth {
        match self.format {
            Format::Markdown | Format::Html => Depth::Details,
            _ => self.depth,
        }
    }
}

/// The output of a command, from which every format is made.
pub trait Report {
    /// As a document, for people.
    ///
    /// # Errors
    /// When a number does not fit a decimal.
    fn document(&self, view: View) -> anyhow::Result<Document>;

    /// As rows, for spreadsheets.
    ///
    /// # Errors
    /// As [`Self::document`].
    fn sheet(&self) -> anyhow::Result<csv::Sheet<'_>>;

    /// As JSON, for scripts; its fields are a contract.
    ///
    /// # Errors
    /// As [`Self::document`].
    fn json(&self) -> anyhow::Result<String>;

    /// The total as a plain number; `None` where there is none.
    fn total(&self) -> Option<String> {
        None
    }
}

/// A report as text, with a newline at its end.
///
/// # Errors
/// As [`Report::document`], and for a format that the command does not have.
pub fn render(report: &impl Report, view: View) -> anyhow::Result<String> {
    match view.format {
        Format::Table | Format::Markdown | Format::Html => {
            Ok(said(&report.document(view)?, view).unwrap_or_default())
        }
        Format::Csv => Ok(report.sheet()?.render()?),
        Format::Json => report.json(),
        Format::Total => {
            let total = report.total();
            let total = total.ok_or_else(|| anyhow::anyhow!("there is no total"))?;
            Ok(format!("{total}\n"))
        }
        Format::Github | Format::Focus => Err(anyhow::anyhow!("only `check` has this format")),
    }
}

/// A document as text; `None` in a format that has no place for sentences.
#[must_use]
pub fn said(document: &Document, view: View) -> Option<String> {
    match view.format {
        Format::Table => Some(terminal::render(document, view)),
        Format::Markdown => Some(markdown::render(document)),
        Format::Html => Some(html::render(document)),
        _ => None,
    }
}
