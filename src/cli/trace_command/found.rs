//! What was found in a log, as the report says it.

use std::cmp::Reverse;

use crate::billing::number::{counted, whole};
use crate::billing::recorded::Calls;
use crate::order::{LogContents, Names, moment_of};
use crate::replay::contents::OfName;
use crate::report::trace::{
    BadRow, LargestCall, LeftOut, LogFile, LogModel, LogName, NoModel, TraceReport,
};
use crate::trace::{FileSummary, Marks, Summary};

/// The report of what is in a log, with the models that its names stand for.
pub fn report(contents: LogContents, names: &Names<'_>, svg: Option<String>) -> TraceReport {
    let LogContents {
        whole,
        requests,
        found,
        summary,
    } = contents;
    let is_dated = whole.between.is_some();
    let moment = |minute| moment_of(minute).filter(|_| is_dated);
    let marks = &summary.marks;
    let of_names = found.names().iter().filter(|one| one.calls.calls > 0);
    let of_names = of_names.map(|one| LogName {
        name: one.name.clone(),
        model: model(one, names),
        calls: one.calls,
        reasoning: reasoning(marks, one.name.as_deref()),
        minutes: one.minutes,
        between: one.span.and_then(|(from, to)| moment(from).zip(moment(to))),
    });
    let mut of_names: Vec<LogName> = of_names.collect();
    of_names.sort_by(|a, b| {
        (Reverse(tokens(a.calls)), &a.name).cmp(&(Reverse(tokens(b.calls)), &b.name))
    });
    let profile = found.profile();
    let largest = found.largest().map(|largest| LargestCall {
        name: found
            .names()
            .get(largest.name)
            .and_then(|one| one.name.clone()),
        tokens: largest.call.into(),
        at: moment(largest.minute),
    });
    TraceReport {
        busy_minutes: u64::try_from(profile.minutes().len()).unwrap_or(u64::MAX),
        files: summary.files.iter().map(file).collect(),
        names: of_names,
        largest,
        left_out: left_out(&summary),
        bad_rows: bad_rows(&summary),
        quarters: found.quarters(),
        span: profile.span(),
        whole,
        requests,
        svg,
    }
}

/// Input and output together, by which names are put in order.
fn tokens(calls: Calls) -> u128 {
    u128::from(calls.tokens.input).saturating_add(calls.tokens.output.into())
}

fn model(one: &OfName, names: &Names<'_>) -> Result<LogModel, NoModel> {
    let none = NoModel {
        why: None,
        near: None,
    };
    let found = names.model(one.name.as_deref().ok_or(none)?);
    let model = found.map_err(|why| NoModel {
        near: why.near().first().cloned(),
        why: (!why.is_unknown()).then(|| why.to_string()),
    })?;
    Ok(LogModel {
        code: model.code.clone(),
        name: model.name.clone(),
        provider: model.provider.clone(),
        region: model.region.clone(),
    })
}

/// The tokens of reasoning of the calls with this name; of those with none, what is left of all.
fn reasoning(marks: &Marks, name: Option<&str>) -> u64 {
    match name {
        Some(name) => marks
            .apart
            .get(name)
            .map_or(0, |said| said.reasoning.tokens),
        None => {
            let named = marks.apart.values().map(|said| said.reasoning.tokens);
            named.fold(marks.reasoning.tokens, u64::saturating_sub)
        }
    }
}

fn file(file: &FileSummary) -> LogFile {
    LogFile {
        name: file.name.clone(),
        read_as: match (file.log.filter(|log| log.is_known()), file.shape) {
            (Some(log), Some(shape)) => format!("{} ({})", log.title, shape.name()),
            (_, shape) => shape.map_or("empty", |shape| shape.name()).to_owned(),
        },
        compression: file.compression.map(|compression| compression.name()),
        time: file.time.map(|time| time.words(file.relative)),
        columns: file
            .found()
            .map(|(role, name)| (role, crate::catalog::printable(name)))
            .collect(),
        model_fields: file.marks.model_fields.iter().cloned().collect(),
        rows: file.rows,
    }
}

/// The rows that are not counted, one entry for each reason.
fn left_out(summary: &Summary) -> Vec<LeftOut> {
    let filters = summary.filters.join("`, `");
    let repeats = summary.odd.repeats();
    let shown = u64::try_from(summary.bad.first.len()).unwrap_or(u64::MAX);
    let first = match summary.bad.count > shown {
        true => format!(", of which the first {}", whole(shown)),
        false => String::new(),
    };
    let all = [
        LeftOut {
            reason: "filtered",
            rows: summary.filtered,
            said: format!(
                "{} that `{filters}` leaves out",
                counted(summary.filtered, "row")
            ),
        },
        LeftOut {
            reason: "other-type",
            rows: summary.other_rows,
            said: format!(
                "{} of other types than calls",
                counted(summary.other_rows, "row")
            ),
        },
        LeftOut {
            reason: "failed",
            rows: summary.odd.failed,
            said: format!(
                "{} (`--failed-calls bill` counts them)",
                counted(summary.odd.failed, "failed call")
            ),
        },
        LeftOut {
            reason: "repeated",
            rows: repeats,
            said: format!(
                "{} of a call that another has too (`--repeated-calls bill` counts each)",
                counted(repeats, "row")
            ),
        },
        LeftOut {
            reason: "bad-row",
            rows: summary.bad.count,
            said: format!(
                "{} that cannot be read{first}:",
                counted(summary.bad.count, "row")
            ),
        },
    ];
    all.into_iter().filter(|one| one.rows > 0).collect()
}

fn bad_rows(summary: &Summary) -> Vec<BadRow> {
    let rows = summary.bad.first.iter().map(|row| BadRow {
        file: row.file.clone(),
        place: row.line.to_string(),
        number: row.line.number(),
        reason: row.reason.to_string(),
    });
    rows.collect()
}
