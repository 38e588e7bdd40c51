//! `tollgate/trace/1`: what scripts read. Fields are only ever added.

use serde::Serialize;

use super::{
    BadRow, LargestCall, LeftOut, LogFile, LogModel, LogName, TraceReport, days as by_day,
};
use crate::billing::calendar::Moment;
use crate::billing::exact::plain;
use crate::billing::kind::Tokens;
use crate::billing::mode::Mode;
use crate::billing::recorded::{Calls, PerMinute, Recorded};
use crate::report::json;

#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    files: Vec<FileJson<'a>>,
    time: &'a str,
    zone_assumed: bool,
    doubtful_unit: Option<&'static str>,
    from: Option<String>,
    to: Option<String>,
    minutes: String,
    minutes_with_calls: String,
    aggregated_minutes: String,
    calls: String,
    tokens: TokensJson,
    input_tpm: PerMinuteJson,
    output_tpm: PerMinuteJson,
    requests_per_minute: PerMinuteJson,
    largest_call: Option<LargestJson<'a>>,
    models: Vec<NameJson<'a>>,
    modes: Vec<ModeJson>,
    cached_inside: Vec<&'a str>,
    cached_beside: Vec<&'a str>,
    cache_from: Option<&'a str>,
    filters: &'a [String],
    rows: Option<String>,
    left_out: Vec<LeftOutJson>,
    bad_rows: Vec<BadRowJson<'a>>,
    days: Vec<DayJson>,
}

#[derive(Debug, Serialize)]
struct FileJson<'a> {
    file: &'a str,
    read_as: &'a str,
    compression: Option<&'static str>,
    time: Option<&'static str>,
    columns: Vec<ColumnJson<'a>>,
    rows: String,
}

#[derive(Debug, Serialize)]
struct ColumnJson<'a> {
    role: &'static str,
    column: &'a str,
}

/// Tokens of each kind. Those of a cache are part of the input, and reasoning is part of the output.
#[derive(Debug, Serialize)]
struct TokensJson {
    input: String,
    cached: String,
    cache_write: String,
    output: String,
    reasoning: String,
}

#[derive(Debug, Serialize)]
struct PerMinuteJson {
    mean: String,
    p50: String,
    p95: String,
    p99: String,
    peak: String,
    busiest: Option<String>,
}

#[derive(Debug, Serialize)]
struct LargestJson<'a> {
    name: Option<&'a str>,
    input_tokens: String,
    output_tokens: String,
    minute: Option<String>,
}

#[derive(Debug, Serialize)]
struct NameJson<'a> {
    name: Option<&'a str>,
    model: Option<ModelJson<'a>>,
    why: Option<&'a str>,
    calls: String,
    tokens: TokensJson,
    minutes: String,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Debug, Serialize)]
struct ModelJson<'a> {
    code: &'a str,
    name: &'a str,
    provider: &'a str,
    region: &'a str,
}

#[derive(Debug, Serialize)]
struct ModeJson {
    mode: &'static str,
    calls: String,
    input_tokens: String,
    output_tokens: String,
}

#[derive(Debug, Serialize)]
struct LeftOutJson {
    reason: &'static str,
    rows: String,
}

#[derive(Debug, Serialize)]
struct BadRowJson<'a> {
    file: &'a str,
    line: String,
    reason: &'a str,
}

/// A day with calls, in UTC+8; of times that are no dates, 24 hours from time 0.
#[derive(Debug, Serialize)]
struct DayJson {
    day: String,
    calls: String,
    input_tokens: String,
    output_tokens: String,
}

pub fn render(report: &TraceReport) -> anyhow::Result<String> {
    let log = &report.whole;
    let (from, to) = log.between.unzip();
    let by = &log.told.cached_by;
    let fields = ReportJson {
        files: report.files.iter().map(file).collect(),
        time: &log.time,
        zone_assumed: log.zone_assumed,
        doubtful_unit: log.doubtful_unit,
        from: from.map(moment),
        to: to.map(moment),
        minutes: log.minutes.to_string(),
        minutes_with_calls: report.busy_minutes.to_string(),
        aggregated_minutes: log.aggregated.to_string(),
        calls: log.total.calls.to_string(),
        tokens: tokens(log.total.tokens, report.reasoning()),
        input_tpm: per_minute(&log.input_tpm),
        output_tpm: per_minute(&log.output_tpm),
        requests_per_minute: per_minute(&report.requests),
        largest_call: report.largest.as_ref().map(largest),
        models: report.names.iter().map(name).collect(),
        modes: modes(log),
        cached_inside: by.inside.iter().map(String::as_str).collect(),
        cached_beside: by.beside.iter().map(String::as_str).collect(),
        cache_from: by.derived.as_ref().map(|derived| derived.field.as_str()),
        filters: &log.filters,
        rows: log.rows.map(|rows| rows.to_string()),
        left_out: report.left_out.iter().map(left_out).collect(),
        bad_rows: report.bad_rows.iter().map(bad_row).collect(),
        days: days(report),
    };
    json::text("tollgate/trace/1", &fields)
}

fn moment(at: Moment) -> String {
    at.to_rfc3339()
}

fn file(file: &LogFile) -> FileJson<'_> {
    let found = file.columns.iter();
    let found = found.map(|(role, column)| ColumnJson { role, column });
    let models = file.model_fields.iter().map(|column| ColumnJson {
        role: "model",
        column,
    });
    FileJson {
        file: &file.name,
        read_as: &file.read_as,
        compression: file.compression,
        time: file.time,
        columns: found.chain(models).collect(),
        rows: file.rows.to_string(),
    }
}

fn tokens(tokens: Tokens, reasoning: u64) -> TokensJson {
    TokensJson {
        input: tokens.input.to_string(),
        cached: tokens.cached.to_string(),
        cache_write: tokens.cache_write.to_string(),
        output: tokens.output.to_string(),
        reasoning: reasoning.to_string(),
    }
}

fn per_minute(side: &PerMinute) -> PerMinuteJson {
    PerMinuteJson {
        mean: plain(side.mean),
        p50: side.p50.to_string(),
        p95: side.p95.to_string(),
        p99: side.p99.to_string(),
        peak: side.peak.to_string(),
        busiest: side.busiest.map(moment),
    }
}

fn largest(one: &LargestCall) -> LargestJson<'_> {
    LargestJson {
        name: one.name.as_deref(),
        input_tokens: one.tokens.input.to_string(),
        output_tokens: one.tokens.output.to_string(),
        minute: one.at.map(moment),
    }
}

fn name(one: &LogName) -> NameJson<'_> {
    let (from, to) = one.between.unzip();
    NameJson {
        name: one.name.as_deref(),
        model: one.model.as_ref().ok().map(model),
        why: one.model.as_ref().err().and_then(|no| no.why.as_deref()),
        calls: one.calls.calls.to_string(),
        tokens: tokens(one.calls.tokens, one.reasoning),
        minutes: one.minutes.to_string(),
        from: from.map(moment),
        to: to.map(moment),
    }
}

fn model(model: &LogModel) -> ModelJson<'_> {
    ModelJson {
        code: &model.code,
        name: &model.name,
        provider: &model.provider,
        region: &model.region,
    }
}

fn modes(log: &Recorded) -> Vec<ModeJson> {
    let modes = [
        (Mode::Thinking, log.told.thinking),
        (Mode::NonThinking, log.told.non_thinking),
    ];
    let named = modes
        .into_iter()
        .filter(|(_, calls)| *calls != Calls::default());
    let named = named.map(|(mode, calls)| ModeJson {
        mode: mode.name(),
        calls: calls.calls.to_string(),
        input_tokens: calls.tokens.input.to_string(),
        output_tokens: calls.tokens.output.to_string(),
    });
    named.collect()
}

fn left_out(one: &LeftOut) -> LeftOutJson {
    LeftOutJson {
        reason: one.reason,
        rows: one.rows.to_string(),
    }
}

fn bad_row(row: &BadRow) -> BadRowJson<'_> {
    BadRowJson {
        file: &row.file,
        line: row.number.to_string(),
        reason: &row.reason,
    }
}

fn days(report: &TraceReport) -> Vec<DayJson> {
    let days = by_day::days(report).into_iter();
    let days = days.map(|day| DayJson {
        day: day.name,
        calls: day.calls.to_string(),
        input_tokens: day.input.to_string(),
        output_tokens: day.output.to_string(),
    });
    days.collect()
}
