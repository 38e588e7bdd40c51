//! The files that a log is in: as they are named, all of a folder, or those that a pattern fits.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use wildmatch::WildMatch;

use crate::catalog::printable;
use crate::trace::TraceError;

/// The files at `paths`, of which those that are not absolute are in `folder`. A pattern has `*` or `?` in the name
/// of a file; what begins with a point is neither in a folder nor fits a pattern.
///
/// # Errors
/// [`TraceError::Unreadable`] where a folder cannot be read or nothing is found, and
/// [`TraceError::GivenTwice`] where two paths come to one file.
pub fn files(folder: &Path, paths: &[String]) -> Result<Vec<PathBuf>, TraceError> {
    let mut all = Vec::new();
    for path in paths {
        let whole = folder.join(path);
        match whole.file_name().and_then(|name| name.to_str()) {
            Some(name) if is_pattern(name) && !whole.exists() => {
                let pattern = WildMatch::new(name);
                let parent = whole.parent().unwrap_or(Path::new(""));
                all.extend(listed(parent, &whole, |name| pattern.matches(name))?);
            }
            _ if whole.is_dir() => all.extend(listed(&whole, &whole, |_| true)?),
            _ => all.push(whole),
        }
    }
    let mut known = HashSet::new();
    for file in &all {
        // One that does not exist is refused when it is opened.
        let resolved = file.canonicalize().unwrap_or_else(|_| file.clone());
        if !known.insert(resolved) {
            return Err(TraceError::GivenTwice { file: shown(file) });
        }
    }
    Ok(all)
}

fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?'])
}

/// The files of a folder whose names fit, by name; `named` is how they were asked for.
fn listed(
    folder: &Path,
    named: &Path,
    fits: impl Fn(&str) -> bool,
) -> Result<Vec<PathBuf>, TraceError> {
    let unreadable = |reason: String| TraceError::Unreadable {
        file: shown(named),
        reason,
    };
    let place = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(place).map_err(|error| unreadable(error.to_string()))? {
        let entry = entry.map_err(|error| unreadable(error.to_string()))?;
        let name = entry.file_name();
        let path = folder.join(&name);
        if let Some(name) = name.to_str()
            && !name.starts_with('.')
            && fits(name)
            && path.is_file()
        {
            found.push(path);
        }
    }
    match found.is_empty() {
        true => Err(unreadable("there is no such file".to_owned())),
        false => {
            found.sort();
            Ok(found)
        }
    }
}

fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy())
}
