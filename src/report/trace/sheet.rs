//! One row a name of a model.

use super::{LogName, TraceReport};
use crate::report::render::csv::{Cell, Sheet, titles};

const HEADER: &[&str] = &[
    "name",
    "model",
    "provider",
    "region",
    "calls",
    "input_tokens",
    "cached_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
    "minutes",
    "from",
    "to",
];

/// The report for a spreadsheet. A name that the catalog does not know has no model.
pub fn sheet(report: &TraceReport) -> Sheet<'_> {
    Sheet {
        header: titles(&[HEADER]),
        rows: report.names.iter().map(row).collect(),
    }
}

fn row(one: &LogName) -> Vec<Cell<'_>> {
    let number = |count: u64| Cell::Number(count.to_string());
    let text = |text: Option<&'_ str>| Cell::text(text.unwrap_or_default().to_owned());
    let model = one.model.as_ref().ok();
    let tokens = one.calls.tokens;
    let moment = |at: Option<crate::billing::calendar::Moment>| {
        Cell::Number(at.map_or(String::new(), |at| at.to_rfc3339()))
    };
    vec![
        text(one.name.as_deref()),
        text(model.map(|model| model.code.as_str())),
        text(model.map(|model| model.provider.as_str())),
        text(model.map(|model| model.region.as_str())),
        number(one.calls.calls),
        number(tokens.input),
        number(tokens.cached),
        number(tokens.cache_write),
        number(tokens.output),
        number(one.reasoning),
        number(one.minutes),
        moment(one.between.map(|(from, _)| from)),
        moment(one.between.map(|(_, to)| to)),
    ]
}
