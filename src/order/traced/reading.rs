//! Reading the files of a trace into a sink.

use std::path::Path;

use super::{TraceOrder, Watch};
use crate::order::{Conflict, OrderError};
use crate::replay::Reading;
use crate::trace::{Sink, Sinks, Source, read, read_apart};

/// Minutes of a day.
pub const DAY: u64 = 24 * 60;

impl TraceOrder {
    /// Whether a file is the standard input, which can be read once.
    pub(super) fn of_stdin(&self) -> bool {
        self.files.iter().any(|file| file == Path::new("-"))
    }

    /// Reads all files, each model into its own sink.
    pub(super) fn read_apart(
        &self,
        sinks: &mut dyn Sinks,
        watch: Watch<'_>,
    ) -> Result<Reading, OrderError> {
        read_apart(self.sources(), &self.options, sinks, watch)
            .map(|summary| Reading::of(&summary))
            .map_err(|error| OrderError::Trace(Box::new(error)))
    }

    pub(super) fn sources(&self) -> Vec<Source> {
        let files = self.files.iter();
        let sources = files.map(|file| match file.as_os_str() == "-" {
            true => Source::stream("-", Box::new(std::io::stdin())),
            false => Source::path(file),
        });
        sources.collect()
    }

    /// Reads all files into `sink`.
    pub(super) fn read(
        &self,
        sink: &mut dyn Sink,
        watch: Watch<'_>,
    ) -> Result<Reading, OrderError> {
        read(self.sources(), &self.options, sink, watch)
            .map(|summary| Reading::of(&summary))
            .map_err(|error| OrderError::Trace(Box::new(error)))
    }

    /// Refuses to read the standard input a second time.
    pub(super) fn readable_twice(&self) -> Result<(), Conflict> {
        match self.of_stdin() {
            true => Err(Conflict::FitOfStdin),
            false => Ok(()),
        }
    }
}
