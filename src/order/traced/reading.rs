//! Reading the files of a trace into a sink.

use std::path::Path;

use super::{TraceOrder, Watch};
use crate::order::{Conflict, OrderError};
use crate::replay::Reading;
use crate::trace::{Sink, Source, read};

/// Minutes of a day.
pub const DAY: u64 = 24 * 60;

impl TraceOrder {
    /// Whether a file is the standard input, which can be read once.
    pub(super) fn of_stdin(&self) -> bool {
        self.files.iter().any(|file| file == Path::new("-"))
    }

    /// Reads all files into `sink`.
    pub(super) fn read(
        &self,
        sink: &mut dyn Sink,
        watch: Watch<'_>,
    ) -> Result<Reading, OrderError> {
        let sources = self
            .files
            .iter()
            .map(|file| match file.as_os_str() == "-" {
                true => Source::stream("-", Box::new(std::io::stdin())),
                false => Source::path(file),
            })
            .collect();
        read(sources, &self.options, sink, watch)
            .map(|summary| Reading {
                files_left_out: self.left_out,
                ..Reading::of(&summary)
            })
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
