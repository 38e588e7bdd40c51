//! What is in a log, before anything is priced.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::summary::{self, moment};
use super::{TraceOrder, Watch};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::recorded::{PerMinute, Recorded};
use crate::order::OrderError;
use crate::replay::Contents;
use crate::replay::timeline::unreserved;
use crate::trace::Summary;

/// What is in a log.
#[derive(Debug)]
pub struct LogContents {
    /// The whole log.
    pub whole: Recorded,
    /// Calls per minute.
    pub requests: PerMinute,
    /// What was found of each name of a model, and of minutes.
    pub found: Contents,
    /// What was read.
    pub summary: Summary,
}

/// Reads a log once, and says what is in it.
///
/// # Errors
/// As [`super::quotes`]; a log without a call is one.
pub fn contents(trace: &TraceOrder, watch: Watch<'_>) -> Result<LogContents, OrderError> {
    let mut found = Contents::default();
    let summary = trace.summary(&mut found, watch)?;
    let reading = trace.reading(&summary);
    let mut whole = summary::recorded(&reading, found.profile(), "")?;
    if trace.keeps_minutes {
        whole.timeline = Some(Arc::from(unreserved(found.profile().minutes())));
    }
    let requests = requests(&found, whole.total.calls, !reading.relative)?;
    Ok(LogContents {
        whole,
        requests,
        found,
        summary,
    })
}

fn requests(found: &Contents, calls: u64, dated: bool) -> Result<PerMinute, QuoteError> {
    let minutes = found.profile().span_minutes().max(1);
    let (busiest, peak) = found.busiest().unzip();
    Ok(PerMinute {
        mean: exact::ratio_or_rounded(Decimal::from(calls), Decimal::from(minutes))?.value,
        p50: found.percentile(50),
        p95: found.percentile(95),
        p99: found.percentile(99),
        peak: peak.unwrap_or(0),
        busiest: busiest.filter(|_| dated).and_then(moment),
    })
}
