//! A recorded trace as JSON: its sums, and which calls fit a reservation.

use serde::Serialize;

use crate::billing::calendar::Moment;
use crate::billing::exact::plain;
use crate::billing::hours::Hours;
use crate::billing::mode::Mode;
use crate::billing::quote::{Method, Quote};
use crate::billing::recorded::{
    Admitted, Apart, Calls, Described, OfModel, OfTier, PerMinute, ReadAs, Recorded, Told,
};

/// How calls that do not fit a reservation are treated, and how it was sized.
#[derive(Debug, Serialize)]
pub struct AdmissionJson {
    /// Left out of dedicated units: what does not fit them is not priced.
    #[serde(skip_serializing_if = "Option::is_none")]
    on_overflow: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fit: Option<&'static str>,
}

impl AdmissionJson {
    pub fn of(quote: &Quote) -> Option<Self> {
        let reserved = quote.recorded.as_ref()?.reserved.as_ref()?;
        Some(Self {
            on_overflow: (quote.method != Method::Dtu).then(|| reserved.on_overflow.name()),
            fit: reserved.fit,
        })
    }
}

#[derive(Debug, Serialize)]
pub struct TraceJson<'a> {
    files: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    log_formats: Vec<LogFormatJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    load: Option<LoadJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    files_left_out: Option<String>,
    time: &'a str,
    from: Option<String>,
    to: Option<String>,
    minutes: String,
    calls: String,
    input_tokens: String,
    output_tokens: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cached_tokens: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_write_tokens: Option<String>,
    input_tpm: PerMinuteJson,
    output_tpm: PerMinuteJson,
    day: Vec<String>,
    above_max_input: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    admitted: Option<AdmittedJson<'a>>,
    scaled_to_days: Option<String>,
    pattern: Option<&'static str>,
    pattern_days: Option<String>,
    times: Option<String>,
    rows: Option<String>,
    skipped_rows: String,
    filters: &'a [String],
    filtered_rows: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_rows: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed_calls: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeated_rows: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeated_far_rows: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_output_calls: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    out_of_order_rows: Option<String>,
    other_models: Vec<OfModelJson<'a>>,
    more_models: Option<CallsJson>,
    cached: Option<ApartJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cached_by: Option<CachedByJson<'a>>,
    reasoning: Option<ApartJson>,
    modes: Vec<OfModeJson>,
    doubtful_unit: Option<&'static str>,
    zone_assumed: bool,
    aggregated_minutes: String,
}

/// As which log a file was read.
#[derive(Debug, Serialize)]
struct LogFormatJson {
    name: Option<&'static str>,
    title: &'static str,
}

/// The load that the calls were made from.
#[derive(Debug, Serialize)]
struct LoadJson<'a> {
    lines: Vec<&'a str>,
    first_day: String,
    minutes: String,
}

impl<'a> LoadJson<'a> {
    fn of(load: &'a Described) -> Self {
        Self {
            lines: load.lines.iter().map(|line| line.text.as_str()).collect(),
            first_day: load.first.to_string(),
            minutes: load.minutes.to_string(),
        }
    }
}

/// Calls that name another model than the quoted one.
#[derive(Debug, Serialize)]
struct OfModelJson<'a> {
    model: &'a str,
    #[serde(flatten)]
    calls: CallsJson,
}

/// Calls that count some of their tokens apart.
#[derive(Debug, Serialize)]
struct ApartJson {
    #[serde(flatten)]
    calls: CallsJson,
    tokens: String,
}

/// From where cached tokens are known.
#[derive(Debug, Serialize)]
struct CachedByJson<'a> {
    inside: Vec<&'a str>,
    beside: Vec<&'a str>,
    derived: Option<DerivedJson<'a>>,
}

#[derive(Debug, Serialize)]
struct DerivedJson<'a> {
    field: &'a str,
    block: String,
    ttl: Option<String>,
}

#[derive(Debug, Serialize)]
struct OfModeJson {
    mode: &'static str,
    #[serde(flatten)]
    calls: CallsJson,
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

/// What is used of a meter.
#[derive(Debug, Serialize)]
struct UsedJson<'a> {
    meter: &'a str,
    percent: Option<String>,
}

#[derive(Debug, Serialize)]
struct AdmittedJson<'a> {
    in_quota: CallsJson,
    overflow: CallsJson,
    overflow_by_tier: Vec<OfTierJson>,
    overflow_minutes: String,
    input_utilisation: Option<String>,
    output_utilisation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    utilisation: Option<Vec<UsedJson<'a>>>,
}

#[derive(Debug, Serialize)]
struct OfTierJson {
    #[serde(flatten)]
    calls: CallsJson,
    up_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<String>,
    amount: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct CallsJson {
    calls: String,
    input_tokens: String,
    output_tokens: String,
    /// What of the input tokens is read from a cache, and what is written to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    cached_tokens: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_write_tokens: Option<String>,
}

impl<'a> TraceJson<'a> {
    pub fn new(trace: &'a Recorded) -> Self {
        let (from, to) = trace.between.unzip();
        let said = |moment: Moment| moment.to_rfc3339();
        Self {
            files: &trace.files,
            log_formats: trace.logs.iter().map(log_format).collect(),
            load: trace.load.as_ref().map(LoadJson::of),
            files_left_out: (trace.files_left_out > 0).then(|| trace.files_left_out.to_string()),
            time: &trace.time,
            from: from.map(said),
            to: to.map(said),
            minutes: trace.minutes.to_string(),
            calls: trace.total.calls.to_string(),
            input_tokens: trace.total.tokens.input.to_string(),
            output_tokens: trace.total.tokens.output.to_string(),
            cached_tokens: some_count(trace.total.tokens.cached),
            cache_write_tokens: some_count(trace.total.tokens.cache_write),
            input_tpm: per_minute(&trace.input_tpm),
            output_tpm: per_minute(&trace.output_tpm),
            day: trace.day.iter().map(u64::to_string).collect(),
            // Without a reservation none is too large for it.
            above_max_input: trace.reserved.as_ref().map(|_| trace.above_max.to_string()),
            admitted: trace.reserved.as_ref().map(admitted),
            scaled_to_days: trace.scale.map(|scale| scale.to.to_string()),
            pattern: trace.scale.map(|scale| scale.pattern().name()),
            pattern_days: trace.scale.map(|scale| scale.pattern_days().to_string()),
            times: trace.scale.map(|scale| scale.times()),
            rows: trace.rows.map(|rows| rows.to_string()),
            skipped_rows: trace.skipped.to_string(),
            filters: &trace.filters,
            filtered_rows: trace.filtered.to_string(),
            other_rows: some_count(trace.other_rows),
            failed_calls: some_count(trace.odd.failed),
            repeated_rows: some_count(trace.odd.repeats()),
            repeated_far_rows: some_count(trace.odd.repeated_far),
            no_output_calls: some_count(trace.odd.no_output),
            out_of_order_rows: some_count(trace.odd.out_of_order),
            other_models: trace.told.others.iter().map(of_model).collect(),
            more_models: some(trace.told.more).map(calls),
            cached: apart(trace.told.cached),
            cached_by: cached_by(&trace.told),
            reasoning: apart(trace.told.reasoning),
            modes: modes(&trace.told),
            doubtful_unit: trace.doubtful_unit,
            zone_assumed: trace.zone_assumed,
            aggregated_minutes: trace.aggregated.to_string(),
        }
    }
}

fn log_format(log: &ReadAs) -> LogFormatJson {
    let ReadAs { name, title } = *log;
    LogFormatJson { name, title }
}

fn of_model(one: &OfModel) -> OfModelJson<'_> {
    OfModelJson {
        model: &one.model,
        calls: calls(one.calls),
    }
}

fn some(calls: Calls) -> Option<Calls> {
    (calls != Calls::default()).then_some(calls)
}

fn apart(apart: Apart) -> Option<ApartJson> {
    Some(ApartJson {
        calls: calls(some(apart.calls)?),
        tokens: apart.tokens.to_string(),
    })
}

fn cached_by(told: &Told) -> Option<CachedByJson<'_>> {
    let by = &told.cached_by;
    let derived = by.derived.as_ref().map(|derived| DerivedJson {
        field: &derived.field,
        block: derived.block.to_string(),
        ttl: derived.ttl.map(|ttl| ttl.iso()),
    });
    (told.cached.tokens > 0).then(|| CachedByJson {
        inside: by.inside.iter().map(String::as_str).collect(),
        beside: by.beside.iter().map(String::as_str).collect(),
        derived,
    })
}

fn modes(told: &Told) -> Vec<OfModeJson> {
    let modes = [
        (Mode::Thinking, told.thinking),
        (Mode::NonThinking, told.non_thinking),
    ];
    let named = modes.into_iter().filter_map(|(mode, of_mode)| {
        Some(OfModeJson {
            mode: mode.name(),
            calls: calls(some(of_mode)?),
        })
    });
    named.collect()
}

fn per_minute(side: &PerMinute) -> PerMinuteJson {
    PerMinuteJson {
        mean: plain(side.mean),
        p50: side.p50.to_string(),
        p95: side.p95.to_string(),
        p99: side.p99.to_string(),
        peak: side.peak.to_string(),
        busiest: side.busiest.map(|moment| moment.to_rfc3339()),
    }
}

/// What is used of each meter, where these weigh tokens.
fn by_meter(admitted: &Admitted) -> Option<Vec<UsedJson<'_>>> {
    let meters = admitted.meters.iter().zip(admitted.utilisation);
    let meters = meters.map(|(meter, share)| UsedJson {
        meter,
        percent: share.map(plain),
    });
    (!admitted.meters.is_empty()).then(|| meters.collect())
}

fn admitted(admitted: &Admitted) -> AdmittedJson<'_> {
    let [input, output] = admitted.sides();
    AdmittedJson {
        in_quota: calls(admitted.in_quota),
        overflow: calls(admitted.overflow),
        overflow_by_tier: admitted.by_tier.iter().map(of_tier).collect(),
        overflow_minutes: admitted.overflow_minutes.to_string(),
        input_utilisation: input.map(plain),
        output_utilisation: output.map(plain),
        utilisation: by_meter(admitted),
    }
}

fn of_tier(tier: &OfTier) -> OfTierJson {
    OfTierJson {
        calls: calls(tier.calls),
        up_to: tier.up_to.map(|end| end.to_string()),
        from: tier.days.from.map(|day| day.to_string()),
        before: tier.days.before.map(|day| day.to_string()),
        hours: tier.hours.map(Hours::written),
        amount: tier.amount.map(plain),
    }
}

pub fn calls(sum: Calls) -> CallsJson {
    CallsJson {
        calls: sum.calls.to_string(),
        input_tokens: sum.tokens.input.to_string(),
        output_tokens: sum.tokens.output.to_string(),
        cached_tokens: some_count(sum.tokens.cached),
        cache_write_tokens: some_count(sum.tokens.cache_write),
    }
}

fn some_count(count: u64) -> Option<String> {
    (count > 0).then(|| count.to_string())
}
