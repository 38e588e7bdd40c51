//! A file that is read is not written over.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::catalog::printable;

/// Refuses to write `file` where it is one of those that are `read`, by whatever path.
///
/// # Errors
/// [`Failure::Usage`] where it is one.
pub fn refuse<'a>(
    file: Option<&PathBuf>,
    read: impl IntoIterator<Item = &'a PathBuf>,
) -> Result<(), Failure> {
    // What is not there yet is no file that is read.
    let Some((file, written)) = file.and_then(|file| Some((file, resolved(file)?))) else {
        return Ok(());
    };
    let mut read = read.into_iter();
    match read.any(|one| resolved(one).as_ref() == Some(&written)) {
        false => Ok(()),
        true => Err(Failure::usage(
            format!(
                "`{}` is read, and would be written over",
                printable(&file.to_string_lossy())
            ),
            "name another file for the chart",
        )),
    }
}

fn resolved(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}
