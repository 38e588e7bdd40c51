//! The files of a command line: none is written over one that is read.

use std::fs;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::catalog::{self, printable};

/// The flag of a file that a chart is drawn in.
pub const CHART: &str = "--chart-file";

/// The files that a command reads and writes.
#[derive(Debug, Default)]
pub struct Files {
    read: Vec<Read>,
    written: Vec<Written>,
}

#[derive(Debug)]
struct Read {
    /// The role of the file in messages: `the plan`.
    role: &'static str,
    from: From,
}

#[derive(Debug)]
enum From {
    Path(PathBuf),
    StandardInput,
}

#[derive(Debug)]
struct Written {
    flag: &'static str,
    path: PathBuf,
}

impl Files {
    /// Adds files that are read, or folders of them.
    pub fn reads(
        mut self,
        role: &'static str,
        paths: impl IntoIterator<Item = impl Into<PathBuf>>,
    ) -> Self {
        let paths = paths.into_iter().map(|path| From::Path(path.into()));
        self.read.extend(paths.map(|from| Read { role, from }));
        self
    }

    /// Adds the files of a trace, of which `-` is the standard input.
    pub fn reads_trace(mut self, paths: &[PathBuf]) -> Self {
        let from = |path: &PathBuf| match path.as_os_str() == "-" {
            true => From::StandardInput,
            false => From::Path(path.clone()),
        };
        let role = "the trace";
        let from = paths.iter().map(from);
        self.read.extend(from.map(|from| Read { role, from }));
        self
    }

    /// Adds files that a flag writes.
    pub fn writes<'p>(
        mut self,
        flag: &'static str,
        paths: impl IntoIterator<Item = &'p PathBuf>,
    ) -> Self {
        let written = paths.into_iter().map(|path| Written {
            flag,
            path: path.clone(),
        });
        self.written.extend(written);
        self
    }

    /// Refuses to write over a file that is read, by whatever paths it is named. Nothing is opened.
    ///
    /// # Errors
    /// [`Failure::Usage`], as another file can be named.
    pub fn refuse_overwriting(&self) -> Result<(), Failure> {
        for (at, Written { flag, path }) in self.written.iter().enumerate() {
            let same = |other: &&Written| {
                other.path == *path
                    || Identity::of(&other.path)
                        .is_some_and(|known| Some(known) == Identity::of(path))
            };
            if let Some(other) = self.written.iter().take(at).find(same) {
                let name = shown(path);
                return Err(Failure::usage(
                    format!(
                        "`{flag} {name}` would write over what `{}` writes",
                        other.flag
                    ),
                    "name another file",
                ));
            }
            // A file that is not there yet is none that is read.
            let Some(target) = Identity::of(path) else {
                continue;
            };
            if let Some(read) = self.read.iter().find(|read| read.from.is(&target)) {
                let name = shown(path);
                let (from, role) = (read.from.shown(), read.role);
                return Err(Failure::usage(
                    format!("`{flag} {name}` would write over {from}, which is read as {role}"),
                    "name another file",
                ));
            }
        }
        Ok(())
    }
}

impl Files {
    /// Refuses a chart in a file whose ending is that of another format.
    ///
    /// # Errors
    /// [`Failure::Usage`], as another file can be named.
    pub fn refuse_other_charts(&self) -> Result<(), Failure> {
        let is_other = |path: &Path| {
            let ending = path.extension();
            ending.is_some_and(|ending| !ending.eq_ignore_ascii_case("svg"))
        };
        let mut charts = self.written.iter().filter(|one| one.flag == CHART);
        match charts.find(|one| is_other(&one.path)) {
            None => Ok(()),
            Some(one) => Err(Failure::usage(
                format!(
                    "a chart is drawn as SVG, and `{CHART} {}` has another ending",
                    shown(&one.path)
                ),
                "end it in `.svg`",
            )),
        }
    }
}

impl From {
    /// Whether this is the file `target`, or a catalog folder that has it.
    fn is(&self, target: &Identity) -> bool {
        let same = |path: &Path| Identity::of(path).as_ref() == Some(target);
        match self {
            Self::StandardInput => Identity::of_stdin().as_ref() == Some(target),
            Self::Path(path) if same(path) => true,
            Self::Path(path) => catalog::files_of_folder(path)
                .is_ok_and(|files| files.iter().any(|file| same(file))),
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Path(path) => format!("`{}`", shown(path)),
            Self::StandardInput => "the standard input".to_owned(),
        }
    }
}

fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy())
}

/// The identity of a file: equal for every path and link to it.
#[cfg(unix)]
#[derive(PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

#[cfg(unix)]
impl Identity {
    fn of(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().as_ref().map(Self::of_metadata)
    }

    /// The file that stdin is redirected from, if it is a file.
    fn of_stdin() -> Option<Self> {
        use std::os::fd::AsFd;
        let stdin = std::io::stdin().as_fd().try_clone_to_owned().ok()?;
        let metadata = fs::File::from(stdin).metadata().ok()?;
        Some(Self::of_metadata(&metadata))
    }

    fn of_metadata(metadata: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
        }
    }
}

/// The identity of a file: equal for every path to it.
#[cfg(not(unix))]
#[derive(PartialEq, Eq)]
struct Identity(PathBuf);

#[cfg(not(unix))]
impl Identity {
    fn of(path: &Path) -> Option<Self> {
        fs::canonicalize(path).ok().map(Self)
    }

    fn of_stdin() -> Option<Self> {
        None
    }
}
