//! Reading catalog files from disk: regular files only, of bounded size, UTF-8.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::CatalogError;
use super::text::escaped;

/// Parsing takes up to 190 times the size of a file in memory.
const MAX_BYTES: u64 = 1024 * 1024;

/// The files that `path` stands for, with their text: itself, or the `.toml` files of a folder by
/// name.
///
/// # Errors
/// [`CatalogError`] when one cannot be read.
pub fn catalog_files(path: &Path) -> Result<Vec<(String, String)>, CatalogError> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !metadata.is_dir() {
        return Ok(vec![read_regular(path)?]);
    }
    let files = files_of_folder(path).map_err(|error| unreadable(path, &error))?;
    if files.is_empty() {
        return Err(CatalogError::EmptyFolder { path: shown(path) });
    }
    files.iter().map(|file| read_regular(file)).collect()
}

/// The `.toml` files of a folder by name.
///
/// # Errors
/// That the folder cannot be read.
pub fn files_of_folder(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(path)? {
        let found = entry?.path();
        if found
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(found);
        }
    }
    files.sort();
    Ok(files)
}

/// A regular file of bounded size: its path as it is shown, and its text.
///
/// # Errors
/// [`CatalogError`] when it cannot be read, is something else, is too large or is not UTF-8.
pub fn read_regular(path: &Path) -> Result<(String, String), CatalogError> {
    read_regular_up_to(path, MAX_BYTES)
}

/// The same, up to a size in bytes that the caller gives.
///
/// # Errors
/// As [`read_regular`].
pub fn read_regular_up_to(path: &Path, max_bytes: u64) -> Result<(String, String), CatalogError> {
    // Opening a pipe or a device can hang, so what it is comes first.
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !metadata.is_file() {
        return Err(CatalogError::NotAFile { path: shown(path) });
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let mut bytes = Vec::new();
    file.take(max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(path, &error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > max_bytes {
        return Err(CatalogError::TooLarge { path: shown(path) });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((shown(path), text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let before = error.as_bytes().iter().take(valid);
            let newlines = before.filter(|byte| **byte == b'\n').count();
            Err(CatalogError::NotUtf8 {
                path: shown(path),
                line: newlines.saturating_add(1),
            })
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> CatalogError {
    CatalogError::Unreadable {
        path: shown(path),
        reason: error.to_string(),
    }
}

/// The path as every output shows it: it may come from anywhere, so what is not printable is
/// escaped.
fn shown(path: &Path) -> String {
    escaped(&path.to_string_lossy())
}
