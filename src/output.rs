//! Writing what a run has to say, once: files first, then stdout, then stderr.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::catalog::printable;
use crate::cli::Outcome;

/// Writes `outcome` and gives the exit code. When something cannot be written nothing after it is,
/// and the code is 1; only a closed pipe keeps the verdict, since its reader has enough.
pub fn write(outcome: &Outcome, stdout: &mut impl Write, stderr: &mut impl Write) -> u8 {
    for (path, text) in &outcome.files {
        if let Err(error) = write_file(path, text) {
            let name = printable(&path.to_string_lossy());
            let message = format!(
                "error: cannot write `{name}`: {error}\n\nhint: name a file in a folder that exists and can be written\n"
            );
            let _ = write_once(stderr, &message);
            return 1;
        }
    }
    for (path, text) in &outcome.new_files {
        if let Err(error) = write_new_file(path, text) {
            let name = printable(&path.to_string_lossy());
            let (reason, hint) = match error.kind() {
                ErrorKind::AlreadyExists => (
                    "there is such a file already".to_owned(),
                    "name another file, or remove this one first",
                ),
                _ => (
                    error.to_string(),
                    "name a file in a folder that exists and can be written",
                ),
            };
            let message = format!("error: cannot write `{name}`: {reason}\n\nhint: {hint}\n");
            let _ = write_once(stderr, &message);
            return 1;
        }
    }
    match write_once(stdout, &outcome.stdout) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let _ = write_once(
                stderr,
                &format!("error: cannot write the output: {error}\n"),
            );
            return 1;
        }
        _ => {}
    }
    // Where stderr is gone there is nobody left to tell.
    let _ = write_once(stderr, &outcome.stderr);
    outcome.code
}

/// Writes to stderr while the work goes on, for people only: where it cannot be written it is lost.
pub fn tell(text: &str) {
    let _ = write_once(&mut io::stderr(), text);
}

fn write_once(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// A file that is not there yet. What can be written only in part is removed.
fn write_new_file(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    let written = file.write_all(text.as_bytes());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Whole or not at all: written beside its place, then moved there. What is no file, such as
/// `/dev/stderr`, stays what it is.
fn write_file(path: &Path, text: &str) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return fs::write(path, text);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = fs::write(&part, text).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}
