//! A model of a log, with the ranking of its ways.

use super::document::ranking;
use super::shown::caveat_lines;
use super::{CompareReport, growth};
use crate::billing::number::counted;
use crate::billing::recorded::Calls;
use crate::compare::Row;
use crate::report::document::{Body, Depth, Document};

/// A model of a log, and its comparison.
#[derive(Debug, Clone)]
pub struct LogModel {
    /// The names by which the log calls it.
    pub names: Vec<String>,
    /// Its calls.
    pub calls: Calls,
    /// The ranking, with at least one option.
    pub report: CompareReport,
}

impl LogModel {
    /// The cheapest option that is known to serve.
    pub fn best(&self) -> Option<&Row> {
        self.report.comparison.rows.first()
    }

    /// The option of the way that costs least over all months of calls that grow.
    pub fn over_all(&self) -> Option<&Row> {
        let way = self.report.growth.as_ref()?.ways.first()?;
        let mut rows = self.report.comparison.rows.iter();
        rows.find(|row| way.is_of(row))
    }

    /// Whether its ranking is shown.
    pub fn is_ranked(&self, depth: Depth) -> bool {
        depth == Depth::Details || self.report.top.is_some()
    }

    /// Adds its ranking, and its months where its calls grow.
    pub fn add(&self, document: &mut Document, depth: Depth) -> anyhow::Result<()> {
        let (Some(best), report) = (self.best(), &self.report) else {
            return Ok(());
        };
        let is_ranked = self.is_ranked(depth);
        if is_ranked || report.growth.is_some() {
            document.part(best.quote.model.name.clone(), Body::Heading);
        }
        if is_ranked {
            document.part("", Body::Table(ranking(report, depth)));
            let rows = report.comparison.rows.len();
            let more = report.top.map_or(0, |top| rows.saturating_sub(top));
            let more = u64::try_from(more).unwrap_or(u64::MAX);
            let more = (more > 0).then(|| {
                let options = counted(more, "option");
                format!("{options} not shown: `--details` without `--top` shows all")
            });
            document.part("", Body::list(more));
            document.part("", Body::list(caveat_lines(report, depth)));
        }
        growth::add(document, report)
    }

    /// The option that is used now, where it is known to serve the calls.
    pub fn paid(&self) -> Option<&Row> {
        self.report.comparison.ranked_now()
    }

    /// The option that is used now, where it is not known to serve the calls.
    pub fn unknown_now(&self) -> Option<&Row> {
        let now = self.report.comparison.current()?;
        self.paid().is_none().then_some(now)
    }
}
