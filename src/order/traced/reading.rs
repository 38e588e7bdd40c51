//! Reading a trace into a sink.

use super::from::TracedFrom;
use super::grown::Grown;
use super::{TraceOrder, Watch};
use crate::order::{Conflict, OrderError};
use crate::replay::Reading;
use crate::trace::{Sink, Source, read};

/// Minutes of a day.
pub const DAY: u64 = 24 * 60;

impl TraceOrder {
    /// Hands all calls to `sink`, as often as the trace has grown.
    pub(super) fn read(
        &self,
        sink: &mut dyn Sink,
        watch: Watch<'_>,
    ) -> Result<Reading, OrderError> {
        let mut grown;
        let sink = match self.grown {
            Some(factor) => {
                grown = Grown::new(factor, sink);
                &mut grown
            }
            None => sink,
        };
        let (files, options) = match &self.from {
            TracedFrom::Files { files, options } => (files, options),
            TracedFrom::Load(load) => return load.replay(sink),
        };
        let sources = files
            .iter()
            .map(|file| match file.as_os_str() == "-" {
                true => Source::stream("-", Box::new(std::io::stdin())),
                false => Source::path(file),
            })
            .collect();
        read(sources, options, sink, watch)
            .map(|summary| Reading::of(&summary))
            .map_err(|error| OrderError::Trace(Box::new(error)))
    }

    /// Refuses to read the standard input a second time.
    pub(super) fn readable_twice(&self) -> Result<(), Conflict> {
        match self.from.is_stdin() {
            true => Err(Conflict::FitOfStdin),
            false => Ok(()),
        }
    }
}
