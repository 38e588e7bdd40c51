//! The text on stdout, and the files that `--output` writes.

use std::path::PathBuf;

use super::failure::Failure;
use super::global::Globals;
use super::output::{format_of, shown};
use crate::report::{Format, Report, Style, View, render};

/// The columns of a page and of a file, which are no terminal.
const WIDTH: usize = 80;

/// The text on stdout, and the files to write.
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

/// Prints a report with a renderer of its own, for formats that no other command has.
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

/// The view of a file: its format at a fixed width, without styles.
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
