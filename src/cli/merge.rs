//! `tollgate merge`: the quote of a trace that was read in parts.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::failure::Failure;
use super::files::Files;
use super::global::Globals;
use super::{Done, Environment, quote};
use crate::catalog::Catalog;
use crate::order::{MergedPtu, OrderError, PartialError};
use crate::replay::Partial;
use crate::report::View;

/// The longest line: two million minutes are shorter.
const MOST: u64 = 256 << 20;

/// The way out where there is no partial result at all.
const LINE: &str = "a line is what `tollgate quote ptu --trace <FILE> --partial` prints, unchanged";

/// Arguments of `merge`.
#[derive(Debug, ClapArgs)]
#[command(after_long_help = "\
Examples:
  tollgate quote ptu glm-5.1 --input-tpm 200k --output-tpm 20k \\
    --trace monday.csv --partial > monday.json
  tollgate merge monday.json tuesday.json")]
pub struct Args {
    /// Partial results of `quote ptu --partial`, one a line; `-` is the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Args {
    /// What it reads, apart from the catalog.
    pub fn files(&self) -> Files {
        let named = self.files.iter().filter(|path| path.as_os_str() != "-");
        Files::default().reads("a partial result", named)
    }
}

/// Adds partial results up and prints the quote.
pub fn run(
    args: &Args,
    globals: &Globals,
    environment: &Environment,
    view: View,
) -> Result<Done, Failure> {
    globals.refuse_region("merge", "leave it out: a partial result has its region")?;
    let mut parts = Vec::new();
    for file in &args.files {
        match file.as_os_str() == "-" {
            true => read("-", io::stdin().lock(), &mut parts)?,
            false => {
                let name = file.display().to_string();
                let opened = open(file, &name)?;
                read(&name, BufReader::new(opened), &mut parts)?;
            }
        }
    }
    let merged = MergedPtu::of(parts)?;
    let as_of = merged.as_of();
    if globals.given_as_of().is_some_and(|given| given != as_of) {
        return Err(Failure::usage(
            format!("the partial results were made with `--as-of {as_of}`"),
            "leave `--as-of` out, or make the partial results again",
        ));
    }
    if globals.given_as_of().is_some() && merged.is_by_day() {
        return Err(Failure::usage(
            "the partial results have each call at the prices of its own day",
            "leave `--as-of` out, or make the partial results again with it",
        ));
    }
    let region = merged.region();
    let catalog = Catalog::load_for(merged.model(), region, &globals.catalogs(environment))?;
    let model = catalog
        .model_in(merged.model(), region)
        .map_err(|_| PartialError::NoModel(merged.model().to_owned()))?;
    let quote = merged.quote(&catalog, model)?;
    let mut info = quote::info(&catalog, &[model], globals, environment);
    info.as_of = as_of;
    quote::done(vec![quote], None, info, None, globals, view)
}

/// A regular file: opening a pipe or reading a device may never end.
fn open(path: &Path, name: &str) -> Result<File, Failure> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(name, &error))?;
    if metadata.is_dir() {
        let error = io::Error::from(io::ErrorKind::IsADirectory);
        return Err(unreadable(name, &error));
    }
    if !metadata.is_file() {
        return Err(wrong(
            name,
            "not a regular file",
            "give it as the standard input: `tollgate merge - < FILE`",
        ));
    }
    File::open(path).map_err(|error| unreadable(name, &error))
}

/// Reads the partial results of one file, each with its file and line for a name.
fn read(
    name: &str,
    mut lines: impl BufRead,
    parts: &mut Vec<(String, Partial)>,
) -> Result<(), Failure> {
    let before = parts.len();
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let mut limited = lines.by_ref().take(MOST);
        let read = limited.read_until(b'\n', &mut line);
        let read = read.map_err(|error| unreadable(name, &error))?;
        if read == 0 {
            break;
        }
        let place = format!("{name}:{number}");
        let text = std::str::from_utf8(&line)
            .map_err(|_| wrong(&place, "not a partial result: the line is not UTF-8", LINE))?;
        if text.trim().is_empty() {
            continue;
        }
        let part = Partial::from_json(text)
            .map_err(|error| wrong(&place, &error.to_string(), error.hint()))?;
        parts.push((place, part));
    }
    match parts.len() > before {
        true => Ok(()),
        false => Err(wrong(name, "there is no partial result in it", LINE)),
    }
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::Unmatched {
        message: format!("cannot read `{name}`: {error}"),
        hint: "give files that `tollgate quote ptu --partial` wrote".to_owned(),
    }
}

fn wrong(place: &str, what: &str, hint: &str) -> Failure {
    Failure::Unmatched {
        message: format!("{place}: {what}"),
        hint: hint.to_owned(),
    }
}

impl From<PartialError> for Failure {
    fn from(error: PartialError) -> Self {
        match error {
            // A price that was there then is missing now.
            error @ PartialError::Order(OrderError::Lookup(_)) => Self::Unmatched {
                message: error.to_string(),
                hint: error.hint().unwrap_or_default().to_owned(),
            },
            PartialError::Order(error) => error.into(),
            error => Self::Unmatched {
                message: error.to_string(),
                hint: error.hint().unwrap_or("make them again").to_owned(),
            },
        }
    }
}
