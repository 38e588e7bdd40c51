//! What is in a log as a document: its sums in a sentence, then models, minutes and days.

use super::days;
use super::{LogFile, LogName, TraceReport};
use crate::billing::number::{counted, grouped, rough, whole};
use crate::report::document::{Body, Cell, Chart, Column, Document, Look, Table};
use crate::report::recorded;
use crate::report::render::{Format, View};

/// The most files that are listed without being asked for.
const FILES: usize = 12;
/// The most names that a sentence has.
const NAMES: usize = 5;

pub fn document(report: &TraceReport, view: View) -> Document {
    let mut document = Document::new(view.depth(), answer(report));
    document.part("", Body::Facts(facts(report)));
    document.part("", Body::Table(models(report)));
    document.part("", Body::Table(minutes(report)));
    // Pages have a drawing of the minutes, and are read in any width.
    let width = if view.format == Format::Table {
        view.width
    } else {
        80
    };
    if let Some((title, table)) = days::table(report, width) {
        document.part(title, Body::Table(table));
    }
    let (text, svg) = (None, report.svg.clone());
    document.part("", Body::Chart(Chart { text, svg }));
    let left_out = report.left_out.iter().map(|one| one.said.clone());
    let bad_rows = report.bad_rows.iter();
    let bad_rows = bad_rows.map(|row| format!("{}:{}: {}", row.file, row.place, row.reason));
    let files_left_out = match report.whole.files_left_out {
        0 => None,
        files => {
            let files = counted(files, "file");
            Some(format!("{files}, no log by name or without a call"))
        }
    };
    let left_out = files_left_out.into_iter().chain(left_out);
    document.part("Left out", Body::list(left_out.chain(bad_rows)));
    document.part("Notes", Body::list(notes(report)));
    match report.files.len() {
        0 | 1 => {}
        2..=FILES => document.part("", Body::Table(files(&report.files))),
        _ => document.details("Files", Body::Table(files(&report.files))),
    }
    document
}

/// The sums in a sentence.
fn answer(report: &TraceReport) -> Vec<String> {
    let total = report.whole.total;
    let of = match report.models() {
        0 => String::new(),
        models => format!(" of {}", counted(models, "model")),
    };
    let mut line = format!(
        "{}{of} in {}: {} input and {} output tokens",
        counted(total.calls, "call"),
        counted(report.whole.minutes, "minute"),
        rough(total.tokens.input),
        rough(total.tokens.output)
    );
    if report.unnamed() > 0 {
        let calls = counted(report.unnamed(), "call");
        line.push_str(&format!("; {calls} without a model's name"));
    }
    vec![line]
}

fn facts(report: &TraceReport) -> Vec<(&'static str, String)> {
    let whole_log = &report.whole;
    let mut facts = vec![
        ("Log", recorded::named(whole_log)),
        ("Read as", read_as(&report.files)),
    ];
    if let Some(first) = report.files.first() {
        let alike = report
            .files
            .iter()
            .all(|file| columns(file) == columns(first));
        facts.push(match alike {
            true => ("Columns", columns(first)),
            false => ("Columns", "not the same in each file".to_owned()),
        });
    }
    let zone = match whole_log.zone_assumed {
        true => ", taken as UTC+8",
        false => "",
    };
    facts.push(("Times", format!("{}{zone}", whole_log.time)));
    let span = recorded::span(whole_log);
    let busy = whole(report.busy_minutes);
    facts.push(("Span", format!("{span}, {busy} of them with calls")));
    facts.push(("Input", input(report)));
    facts.push(("Output", output(report)));
    facts.extend(largest(report).map(|largest| ("Largest call", largest)));
    facts
}

/// What the files were read as, each once.
fn read_as(files: &[LogFile]) -> String {
    let mut all: Vec<String> = Vec::new();
    for file in files {
        let said = match file.compression {
            Some(compression) => format!("{} in {compression}", file.read_as),
            None => file.read_as.clone(),
        };
        if !all.contains(&said) {
            all.push(said);
        }
    }
    all.join(", ")
}

/// The columns by their role: time `ts`, input `prompt_tokens`.
fn columns(file: &LogFile) -> String {
    let models = file.model_fields.iter().map(|name| ("model", name));
    let found = file.columns.iter().map(|(role, name)| (*role, name));
    let all = found.chain(models);
    let all: Vec<String> = all.map(|(role, name)| format!("{role} `{name}`")).collect();
    all.join(", ")
}

fn input(report: &TraceReport) -> String {
    let tokens = report.whole.total.tokens;
    let kinds = [
        (tokens.cached, "cached"),
        (tokens.cache_write, "written to a cache"),
    ];
    let parts = kinds.into_iter().filter(|(count, _)| *count > 0);
    let parts = parts.map(|(count, what)| format!(", {} of them {what}", whole(count)));
    format!(
        "{}{}",
        counted(tokens.input, "token"),
        parts.collect::<String>()
    )
}

fn output(report: &TraceReport) -> String {
    let reasoning = match report.reasoning() {
        0 => String::new(),
        some => format!(", {} of them reasoning", whole(some)),
    };
    format!(
        "{}{reasoning}",
        counted(report.whole.total.tokens.output, "token")
    )
}

fn largest(report: &TraceReport) -> Option<String> {
    let largest = report.largest.as_ref()?;
    let of = largest.name.iter().map(|name| format!(" of `{name}`"));
    let at = largest
        .at
        .iter()
        .map(|at| format!(", {}", recorded::said(*at)));
    Some(format!(
        "{} input and {}{}{}",
        whole(largest.tokens.input),
        counted(largest.tokens.output, "output token"),
        of.collect::<String>(),
        at.collect::<String>()
    ))
}

/// A row a name.
fn models(report: &TraceReport) -> Table {
    let total = report.whole.total.tokens;
    let optional = [
        ("Cached", total.cached),
        ("Cache write", total.cache_write),
        ("Reasoning", report.reasoning()),
    ];
    let mut table = Table::new(vec![
        Column::text("Model in the log"),
        Column::text("In the catalog").titled_below(),
        Column::number("Calls"),
        Column::number("Input"),
        Column::number("Cached").droppable(),
        Column::number("Cache write").droppable(),
        Column::number("Output"),
        Column::number("Reasoning").droppable(),
        Column::number("Minutes").droppable(),
    ]);
    for one in &report.names {
        let tokens = one.calls.tokens;
        let counts = [
            one.calls.calls,
            tokens.input,
            tokens.cached,
            tokens.cache_write,
            tokens.output,
            one.reasoning,
            one.minutes,
        ];
        let mut cells = vec![
            match &one.name {
                Some(name) => Cell::code(name.clone()),
                None => Cell::text("no name"),
            },
            known(one),
        ];
        cells.extend(counts.map(|count| Cell::number(whole(count))));
        table.row(cells);
    }
    if report.names.len() > 1 {
        let counts = [
            report.whole.total.calls,
            total.input,
            total.cached,
            total.cache_write,
            total.output,
            report.reasoning(),
            report.busy_minutes,
        ];
        let mut cells = vec![Cell::text("All"), Cell::Empty];
        cells.extend(counts.map(|count| Cell::number(whole(count))));
        table.add(cells, Look::Total);
    }
    for (title, _) in optional.iter().filter(|(_, tokens)| *tokens == 0) {
        let place = table
            .columns
            .iter()
            .position(|column| column.title == *title);
        if let Some(place) = place {
            table.without(place);
        }
    }
    table
}

fn known(one: &LogName) -> Cell {
    match (&one.model, &one.name) {
        (Ok(model), _) => Cell::code(model.code.clone()),
        (Err(_), None) => Cell::Empty,
        (Err(no), Some(_)) => Cell::text(match no.why {
            Some(_) => "not one model",
            None => "not in the catalog",
        }),
    }
}

fn minutes(report: &TraceReport) -> Table {
    let mut table = Table::new(vec![
        Column::text("A minute"),
        Column::number("Input tokens"),
        Column::number("Output tokens"),
        Column::number("Requests"),
    ]);
    let sides = [
        &report.whole.input_tpm,
        &report.whole.output_tpm,
        &report.requests,
    ];
    let [input, output, requests] = sides.map(recorded::statistics);
    for (((label, input), (_, output)), (_, requests)) in
        input.into_iter().zip(output).zip(requests)
    {
        let mut cells = vec![Cell::text(label)];
        cells.extend([input, output, requests].map(Cell::number));
        table.row(cells);
    }
    table
}

/// What one should know of the numbers.
fn notes(report: &TraceReport) -> Vec<String> {
    let mut notes = Vec::new();
    let unknown = report.names.iter().filter_map(|one| {
        let no = one.model.as_ref().err()?;
        Some((one.name.as_deref()?, no))
    });
    let unknown: Vec<_> = unknown.collect();
    if let Some((first, no)) = unknown.first() {
        let names = unknown.iter().take(NAMES).map(|(name, no)| match &no.why {
            Some(why) => format!("`{name}` ({why})"),
            None => format!("`{name}`"),
        });
        let mut names: Vec<String> = names.collect();
        let more = unknown.len().saturating_sub(names.len());
        if more > 0 {
            names.push(format!(
                "{} more",
                grouped(u64::try_from(more).unwrap_or(0).into(), 0)
            ));
        }
        let code = no.near.as_deref().unwrap_or("<CODE>");
        notes.push(format!(
            "Not in the catalog: {}; `--model-map '{first}={code}'` says what a name stands for",
            names.join(", ")
        ));
    }
    notes.extend(report.whole.odd.said());
    if report.whole.told.field.is_none() && report.models() == 0 {
        notes.push("No field of the log names a model".to_owned());
    }
    if let Some(unit) = report.whole.doubtful_unit {
        notes.push(format!(
            "Times are counted from a start of their own; taken as {unit} they would be dates"
        ));
    }
    if report.whole.longest_sum > 1 {
        let minutes = counted(report.whole.longest_sum, "minute");
        notes.push(format!(
            "Sums of up to {minutes} count in their first minute: what a minute has, and when, is not known of them"
        ));
    }
    if report.whole.aggregated > 0 {
        let minutes = counted(report.whole.aggregated, "minute");
        notes.push(format!(
            "Of {minutes} only the sums are known, not each call"
        ));
    }
    notes
}

fn files(files: &[LogFile]) -> Table {
    let mut table = Table::new(vec![
        Column::text("File"),
        Column::text("Read as"),
        Column::text("Times").below(),
        Column::number("Rows"),
    ]);
    for file in files {
        let alone = std::slice::from_ref(file);
        table.row(vec![
            Cell::text(file.name.clone()),
            Cell::text(read_as(alone)),
            Cell::text(file.time.unwrap_or_default()),
            Cell::number(whole(file.rows)),
        ]);
    }
    table
}
