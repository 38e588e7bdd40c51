//! What is printed, and what `--output` writes beside it.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::global::Globals;
use super::value;
use crate::catalog::printable;
use crate::report::{Format, Report, Style, View, render};

/// The columns of a page and of a file, which are no terminal.
const WIDTH: usize = 80;

/// The endings of files, and the formats that they ask for.
const ENDINGS: [(&str, Format); 6] = [
    (".focus.csv", Format::Focus),
    (".csv", Format::Csv),
    (".json", Format::Json),
    (".md", Format::Markdown),
    (".html", Format::Html),
    (".txt", Format::Table),
];

/// What `--output` can be: a file to write, and in `quote tokens` a number of tokens.
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

/// What is printed, and the files that are written.
pub struct Printed {
    pub stdout: String,
    pub files: Vec<(PathBuf, String)>,
}

/// A report in the format that is asked for, and in those of `--output`.
pub fn print(report: &impl Report, globals: &Globals, view: View) -> Result<Printed, Failure> {
    let outputs = outputs(globals)?;
    if let Some((path, _)) = outputs.iter().find(|(_, format)| *format == Format::Focus) {
        return Err(Failure::usage(
            format!("only `check` writes `{}`", shown(path)),
            "end it in `.md`, `.html`, `.json`, `.csv` or `.txt`",
        ));
    }
    if view.format == Format::Total && report.total().is_none() {
        return Err(Failure::usage(
            "there is no total for `--format total`",
            "`quote`, `compare` and `check` have one; use `--json` here",
        ));
    }
    print_with(&outputs, view, |view| render(report, view))
}

/// The same of a report with formats of its own.
pub fn print_with(
    outputs: &[(PathBuf, Format)],
    view: View,
    render: impl Fn(View) -> anyhow::Result<String>,
) -> Result<Printed, Failure> {
    let stdout = render(view)?;
    let mut files = Vec::new();
    for (path, format) in outputs {
        files.push((path.clone(), render(of_file(*format, view))?));
    }
    Ok(Printed { stdout, files })
}

/// For whom a file is written.
pub fn of_file(format: Format, view: View) -> View {
    View {
        format,
        style: Style::PLAIN,
        width: WIDTH,
        ..view
    }
}

/// The files of `--output`, each with the format that its ending asks for.
pub fn outputs(globals: &Globals) -> Result<Vec<(PathBuf, Format)>, Failure> {
    let with_format = |path: &PathBuf| Ok((path.clone(), format_of(path)?));
    globals.outputs().map(with_format).collect()
}

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

fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy())
}
