//! Reading the files of a trace into a sink.

use std::path::Path;

use super::{TraceOrder, Watch};
use crate::catalog::Model;
use crate::order::{Conflict, OrderError};
use crate::replay::Reading;
use crate::trace::{NoOutput, Sink, Source, read};

/// Minutes of a day.
pub const DAY: u64 = 24 * 60;

impl TraceOrder {
    /// Whether a file is the standard input, which can be read once.
    pub(super) fn of_stdin(&self) -> bool {
        self.files.iter().any(|file| file == Path::new("-"))
    }

    /// The same trace for quotes of these models: where none has a price for output, calls may be without.
    pub(super) fn of_models<'m>(&self, models: impl IntoIterator<Item = &'m Model>) -> Self {
        let mut models = models.into_iter().peekable();
        let mut trace = self.clone();
        if models.peek().is_some() && models.all(Model::writes_nothing) {
            trace.options.no_output = NoOutput::All;
        }
        trace
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
