//! Writing a file whole or not at all: beside its place under a name that nobody can guess, opened for
//! nothing that is there, then moved. A link is followed, and the file that is replaced keeps its mode
//! and its owner.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

#[cfg(unix)]
use super::interrupt::Held;

/// A file that is not there yet. What can be written only in part is removed.
pub fn write_new(path: &Path, text: &str) -> io::Result<()> {
    #[cfg(unix)]
    let _held = Held::back();
    let mut file = File::create_new(path)?;
    let written = file.write_all(text.as_bytes());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// A file in the place of another, if there is one. What is no file, such as `/dev/stderr`, stays what
/// it is.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    let found = match fs::metadata(path) {
        Ok(found) if !found.is_file() => return fs::write(path, text),
        Ok(found) => Some(found),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let target = match &found {
        Some(found) => replaced(path, found)?,
        None if fs::symlink_metadata(path).is_ok() => {
            return Err(io::Error::new(
                ErrorKind::NotFound,
                "it is a link to a file that does not exist",
            ));
        }
        None => path.to_owned(),
    };
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    #[cfg(unix)]
    let _held = Held::back();
    let mut part = part_in(folder, found.is_none())?;
    if let Some(found) = &found {
        keep_owner(part.as_file(), found)?;
        part.as_file().set_permissions(found.permissions())?;
    }
    part.as_file_mut().write_all(text.as_bytes())?;
    part.persist(&target)?;
    Ok(())
}

/// An empty file in a folder, until it is moved into place or dropped. What may not be read by all
/// before it has the mode of another is only ours.
fn part_in(folder: &Path, is_new: bool) -> io::Result<NamedTempFile> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if is_new { 0o666 } else { 0o600 });
    }
    let mut code = None;
    let made = Builder::new()
        .prefix(".tollgate-")
        .suffix(".part")
        .make_in(folder, |path| {
            let opened = options.open(path);
            code = opened.as_ref().err().and_then(io::Error::raw_os_error);
            opened
        });
    // What the system says, without the name that nobody chose.
    made.map_err(|error| code.map_or(error, io::Error::from_raw_os_error))
}

/// The file behind a link, if it may be written.
fn replaced(path: &Path, found: &Metadata) -> io::Result<PathBuf> {
    // Root may write what is read-only, and nobody expects it.
    if found.permissions().readonly() {
        return Err(io::Error::new(
            ErrorKind::PermissionDenied,
            "the file is read-only",
        ));
    }
    let target = fs::canonicalize(path)?;
    OpenOptions::new().write(true).open(&target)?;
    Ok(target)
}

#[cfg(unix)]
fn keep_owner(file: &File, found: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) == (found.uid(), found.gid()) {
        return Ok(());
    }
    fchown(file, Some(found.uid()), Some(found.gid()))
        .map_err(|error| io::Error::new(error.kind(), format!("its owner cannot be kept: {error}")))
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}
