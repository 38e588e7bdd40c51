//! Reading a trace into a sink.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::from::TracedFrom;
use super::grown::{Grown, GrownApart};
use super::{TraceOrder, Watch};
use crate::catalog::Model;
use crate::order::{Conflict, OrderError};
use crate::replay::Reading;
use crate::trace::{NoOutput, Sink, Sinks, Source, Summary, TraceError, read, read_apart};

/// Minutes of a day.
pub const DAY: u64 = 24 * 60;

impl TraceOrder {
    /// Hands the calls of each model to its own sink, as often as the trace has grown.
    pub(super) fn read_apart(
        &self,
        sinks: &mut dyn Sinks,
        watch: Watch<'_>,
    ) -> Result<Reading, OrderError> {
        let mut grown;
        let sinks = match self.grown {
            Some(factor) => {
                grown = GrownApart::new(factor, sinks);
                &mut grown
            }
            None => sinks,
        };
        match &self.from {
            TracedFrom::Files { .. } => Ok(self.reading(&self.summary(sinks, watch)?)),
            // A load names no model.
            TracedFrom::Load(load) => {
                let only = sinks.sink_of(None);
                Ok(load.replay(sinks.sink(only))?)
            }
        }
    }

    /// The same trace for calls of several models, of which those with such a name may be without output.
    #[must_use]
    pub fn without_output(mut self, names: BTreeSet<String>) -> Self {
        if let TracedFrom::Files { options, .. } = &mut self.from {
            options.no_output = NoOutput::Of(Arc::new(names));
        }
        self
    }

    /// The same trace for quotes of these models: where none has a price for output, calls may be without.
    pub(super) fn of_models<'m>(&self, models: impl IntoIterator<Item = &'m Model>) -> Self {
        let mut models = models.into_iter().peekable();
        let mut trace = self.clone();
        if models.peek().is_some()
            && models.all(Model::writes_nothing)
            && let TracedFrom::Files { options, .. } = &mut trace.from
        {
            options.no_output = NoOutput::All;
        }
        trace
    }

    /// The same of files, and what was read of each; nothing where there is a load.
    pub(super) fn summary(
        &self,
        sinks: &mut dyn Sinks,
        watch: Watch<'_>,
    ) -> Result<Summary, OrderError> {
        let TracedFrom::Files { files, options, .. } = &self.from else {
            return Ok(Summary::default());
        };
        read_apart(sources(files), options, sinks, watch)
            .map_err(|error| OrderError::Trace(Box::new(error)))
    }

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
            TracedFrom::Files { files, options, .. } => (files, options),
            TracedFrom::Load(load) => return load.replay(sink),
        };
        read(sources(files), options, sink, watch)
            .map(|summary| self.reading(&summary))
            .map_err(|error| OrderError::Trace(Box::new(error)))
    }

    /// What a quote says of what was read.
    pub(super) fn reading(&self, summary: &Summary) -> Reading {
        Reading {
            files_left_out: self.from.left_out(),
            ..Reading::of(summary)
        }
    }

    /// Refuses to read the standard input a second time.
    pub(super) fn readable_twice(&self) -> Result<(), Conflict> {
        match self.from.is_stdin() {
            true => Err(Conflict::FitOfStdin),
            false => Ok(()),
        }
    }
}

/// Refuses sums of more than a minute for what is sized or filled minute by minute.
pub(super) fn refuse_long_sums(reading: &Reading) -> Result<(), OrderError> {
    match reading.marks.longest_sum {
        0 | 1 => Ok(()),
        minutes => Err(OrderError::Trace(Box::new(TraceError::LongSums {
            minutes,
        }))),
    }
}

fn sources(files: &[PathBuf]) -> Vec<Source> {
    let sources = files.iter().map(|file| match file.as_os_str() == "-" {
        true => Source::stream("-", Box::new(std::io::stdin())),
        false => Source::path(file),
    });
    sources.collect()
}
