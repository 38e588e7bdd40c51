//! Where the calls of a trace come from.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::trace::Options;
use crate::workload::WeekLoad;

/// Where the calls of a trace come from.
#[derive(Debug, Clone)]
pub enum TracedFrom {
    /// From files in which they were logged.
    Files {
        /// Files, folders and patterns as they were given; `-` is the standard input.
        given: Vec<PathBuf>,
        /// The files that they mean.
        files: Vec<PathBuf>,
        /// The number of files of folders that are left out, as they are no logs by their names.
        left_out: u64,
        /// How the files are read.
        options: Box<Options>,
    },
    /// From a load that is described, as if it had been logged.
    Load(LoadOrder),
}

/// A load of a week, over a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadOrder {
    /// The load of each week.
    pub week: WeekLoad,
    /// The day at whose midnight in China Standard Time it begins.
    pub first: NaiveDate,
    /// How many minutes it goes on.
    pub minutes: u64,
}

impl TracedFrom {
    /// Whether they are from a load that is described.
    #[must_use]
    pub fn is_load(&self) -> bool {
        matches!(self, Self::Load(_))
    }

    /// How files are read; `None` for a load.
    #[must_use]
    pub fn options(&self) -> Option<&Options> {
        match self {
            Self::Files { options, .. } => Some(options.as_ref()),
            Self::Load(_) => None,
        }
    }

    /// The number of files of folders that are left out.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        match self {
            Self::Files { left_out, .. } => *left_out,
            Self::Load(_) => 0,
        }
    }

    /// Whether a file is the standard input, which can be read once.
    #[must_use]
    pub fn is_stdin(&self) -> bool {
        match self {
            Self::Files { files, .. } => files.iter().any(|file| file == Path::new("-")),
            Self::Load(_) => false,
        }
    }
}
