//! Which files are meant: a file by its name, a folder of logs, a pattern such as `logs/*.jsonl`.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use glob::{MatchOptions, glob_with};

use super::error::TraceError;
use super::logs::has_no_call;
use crate::catalog::printable;

/// How names of logs end in a folder, perhaps with `.gz` or `.zst` after it.
pub const ENDINGS: [&str; 8] = [
    "csv", "tsv", "txt", "log", "json", "jsonl", "ndjson", "parquet",
];

/// The files that are meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// Each once, by its name as it was given or found.
    pub files: Vec<PathBuf>,
    /// The number of files of folders and patterns that are left out: their names end in another way than those of
    /// logs, or they have no call.
    pub left_out: u64,
}

/// Lists the files, those of a folder and of a pattern in the order of their paths; `-` is the standard input.
///
/// A file that some folder or pattern has beside another is listed once. Hidden files are none of a folder or a
/// pattern, and links to folders are not followed.
///
/// # Errors
/// [`TraceError`] for a folder or a pattern without a file, and for a folder that cannot be read.
pub fn expand(given: &[PathBuf]) -> Result<Listed, TraceError> {
    let mut list = List::default();
    for path in given {
        let found = match fs::metadata(path) {
            _ if path.as_os_str() == "-" => vec![path.clone()],
            Ok(metadata) if metadata.is_dir() => {
                let found = list.folder(path)?;
                list.with_calls(found)
            }
            Err(_) if is_pattern(path) => {
                let found = list.pattern(path)?;
                list.with_calls(found)
            }
            // A file that cannot be read is refused when it is opened.
            _ => vec![path.clone()],
        };
        list.add(found);
    }
    Ok(list.listed)
}

#[derive(Default)]
struct List {
    listed: Listed,
    /// The files so far, by whatever name.
    known: HashSet<PathBuf>,
}

impl List {
    fn add(&mut self, files: Vec<PathBuf>) {
        for file in files {
            let resolved = file.canonicalize().unwrap_or_else(|_| file.clone());
            if self.known.insert(resolved) {
                self.listed.files.push(file);
            }
        }
    }

    /// Those of the files that may have calls; all where none has, as that is an error of the first.
    fn with_calls(&mut self, files: Vec<PathBuf>) -> Vec<PathBuf> {
        let (without, with): (Vec<PathBuf>, Vec<PathBuf>) =
            files.into_iter().partition(|file| has_no_call(file));
        if with.is_empty() {
            return without;
        }
        let left_out = u64::try_from(without.len()).unwrap_or(u64::MAX);
        self.listed.left_out = self.listed.left_out.saturating_add(left_out);
        with
    }

    /// The logs of a folder and of the folders within it.
    fn folder(&mut self, folder: &Path) -> Result<Vec<PathBuf>, TraceError> {
        let unreadable = |folder: &Path, error: std::io::Error| TraceError::Unreadable {
            file: printable(&folder.to_string_lossy()),
            reason: error.to_string(),
        };
        let mut files = Vec::new();
        let mut left_out = 0_u64;
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|error| unreadable(&folder, error))? {
                let entry = entry.map_err(|error| unreadable(&folder, error))?;
                let kind = entry
                    .file_type()
                    .map_err(|error| unreadable(&folder, error))?;
                let path = entry.path();
                if entry.file_name().to_string_lossy().starts_with('.') {
                    continue;
                }
                if kind.is_dir() {
                    folders.push(path);
                } else if is_log(&path) && path.is_file() {
                    files.push(path);
                } else {
                    left_out = left_out.saturating_add(1);
                }
            }
        }
        if files.is_empty() {
            return Err(TraceError::NoLogs {
                folder: printable(&folder.to_string_lossy()),
                left_out,
            });
        }
        files.sort();
        self.listed.left_out = self.listed.left_out.saturating_add(left_out);
        Ok(files)
    }

    fn pattern(&mut self, pattern: &Path) -> Result<Vec<PathBuf>, TraceError> {
        let shown = printable(&pattern.to_string_lossy());
        let options = MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: true,
        };
        let found = pattern.to_str().map(|text| glob_with(text, options));
        let Some(Ok(found)) = found else {
            return Err(TraceError::NotAPattern { pattern: shown });
        };
        let mut files = Vec::new();
        for path in found {
            let path = path.map_err(|error| TraceError::Unreadable {
                file: printable(&error.path().to_string_lossy()),
                reason: error.error().to_string(),
            })?;
            match path.is_dir() {
                // As a shell would have given it.
                true => files.extend(self.folder(&path)?),
                false => files.push(path),
            }
        }
        if files.is_empty() {
            return Err(TraceError::NoMatch { pattern: shown });
        }
        files.sort();
        Ok(files)
    }
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

/// Whether the name ends as names of logs do.
fn is_log(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_lowercase();
    let plain = name
        .strip_suffix(".gz")
        .or_else(|| name.strip_suffix(".zst"));
    let plain = plain.unwrap_or(&name);
    plain
        .rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}
