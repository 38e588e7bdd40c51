//! Writing what a run has to say, once: files first, then stdout, then stderr.

mod file;
#[cfg(unix)]
mod interrupt;

use std::io::{self, ErrorKind, Write};

use crate::catalog::printable;
use crate::cli::Outcome;

/// Writes `outcome` and gives the exit code. When something cannot be written nothing after it is,
/// and the code is 1; only a closed pipe keeps the verdict, since its reader has enough.
pub fn write(outcome: &Outcome, stdout: &mut impl Write, stderr: &mut impl Write) -> u8 {
    if !write_files(outcome, stderr) {
        return 1;
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

/// Writes the files, and says which one could not be written.
fn write_files(outcome: &Outcome, stderr: &mut impl Write) -> bool {
    for (path, text) in &outcome.files {
        if let Err(error) = file::write(path, text) {
            let name = printable(&path.to_string_lossy());
            let hint = match error.kind() {
                ErrorKind::PermissionDenied => "name another file, or let this one be written",
                _ => "name a file in a folder that exists and can be written",
            };
            let message = format!("error: cannot write `{name}`: {error}\n\nhint: {hint}\n");
            let _ = write_once(stderr, &message);
            return false;
        }
    }
    for (path, text) in &outcome.new_files {
        if let Err(error) = file::write_new(path, text) {
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
            return false;
        }
    }
    true
}

/// From now on the program exits with 1 where it would abort for want of memory.
pub fn exit_where_aborted() {
    #[cfg(unix)]
    interrupt::exit_where_aborted();
}

/// Writes to stderr while the work goes on, for people only: where it cannot be written it is lost.
pub fn tell(text: &str) {
    let _ = write_once(&mut io::stderr(), text);
}

fn write_once(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}
