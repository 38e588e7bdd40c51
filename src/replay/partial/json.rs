//! The JSON of a contribution: numbers as decimal strings, so that no reader rounds them.

mod marks;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use super::{FORMAT, Parameters, Partial, ReadError, Reading, SCHEMA};
use crate::billing::kind::Tokens;
use crate::billing::load::Reserved;
use crate::billing::recorded::Odd;
use crate::billing::recorded::ReadAs;
use crate::catalog::is_printable;
use crate::replay::admission::Reservation;
use crate::replay::profile::{Profile, Row};
use crate::replay::sums::Replayed;
use crate::replay::{Calls, Minute, Stretches};
use crate::trace::{Spans, TimeFormat, TimeUnit, log_format};
use marks::MarksJson;

/// A whole number, written as a decimal string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Digits<T>(T);

impl<T: fmt::Display> Serialize for Digits<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr + fmt::Display> Deserialize<'de> for Digits<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<T>(std::marker::PhantomData<T>);
        impl<T: FromStr + fmt::Display> Visitor<'_> for Text<T> {
            type Value = Digits<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number in a string, such as `\"120\"`")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                let number: Option<T> = text.parse().ok();
                // Neither `+1` nor `01`: a number has one spelling.
                number
                    .filter(|number| number.to_string() == text)
                    .map(Digits)
                    .ok_or_else(|| E::custom("a number is not whole, or too large"))
            }
        }
        deserializer.deserialize_str(Text(std::marker::PhantomData))
    }
}

#[derive(Serialize, Deserialize)]
struct Document {
    schema: String,
    parameters: ParametersJson,
    reading: ReadingJson,
    replay: ReplayJson,
    profile: ProfileJson,
}

/// Read first, so that a text of another format is refused as such and not for a field that it lacks.
#[derive(Deserialize)]
struct SchemaOnly {
    schema: String,
}

#[derive(Serialize, Deserialize)]
struct ParametersJson {
    input_tpm: Digits<u64>,
    output_tpm: Digits<u64>,
    max_input: Option<Digits<u64>>,
    tiers: Vec<Option<Digits<u64>>>,
    /// What differs in the stretches of time that follow, where prices change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    later: Vec<LaterJson>,
    labels: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct LaterJson {
    from_minute: Digits<i64>,
    max_input: Option<Digits<u64>>,
    tiers: Vec<Option<Digits<u64>>>,
}

#[derive(Serialize, Deserialize)]
struct ReadingJson {
    files: Vec<String>,
    /// The names of the logs that they are, an empty one for usual names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    logs: Vec<String>,
    times: Vec<String>,
    relative: bool,
    doubtful_unit: Option<String>,
    rows: Option<Digits<u64>>,
    skipped_rows: Digits<u64>,
    filtered_rows: Option<Digits<u64>>,
    #[serde(default = "none", skip_serializing_if = "is_none")]
    other_rows: Digits<u64>,
    /// The first and the last minute of those rows, by dates and by times from a start of its own.
    filtered_dates: Option<SpanJson>,
    filtered_counted: Option<SpanJson>,
    #[serde(default)]
    filters: Vec<String>,
    /// What is odd about the rows; what is none of them is left out.
    #[serde(default = "none", skip_serializing_if = "is_none")]
    failed_calls: Digits<u64>,
    #[serde(default = "none", skip_serializing_if = "is_none")]
    repeated_rows: Digits<u64>,
    #[serde(default = "none", skip_serializing_if = "is_none")]
    repeated_far_rows: Digits<u64>,
    #[serde(default = "none", skip_serializing_if = "is_none")]
    no_output_calls: Digits<u64>,
    #[serde(default = "none", skip_serializing_if = "is_none")]
    out_of_order_rows: Digits<u64>,
    /// What the calls say beside their tokens.
    told: MarksJson,
}

#[derive(Serialize, Deserialize)]
struct ReplayJson {
    in_quota: SumsJson,
    overflow: Vec<SumsJson>,
    unpriced: SumsJson,
    above_max_input: Digits<u64>,
    overflow_minutes: Digits<u64>,
    less_exact_minutes: Digits<u64>,
    /// What became of the calls in each later stretch of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    later: Vec<ReplayJson>,
}

#[derive(Serialize, Deserialize)]
struct SumsJson {
    calls: Digits<u64>,
    input: Digits<u64>,
    output: Digits<u64>,
    /// What of the input is read from a cache, and what is written to one.
    #[serde(default = "none", skip_serializing_if = "is_none")]
    cached: Digits<u64>,
    #[serde(default = "none", skip_serializing_if = "is_none")]
    cache_write: Digits<u64>,
}

fn none() -> Digits<u64> {
    Digits(0)
}

fn is_none(tokens: &Digits<u64>) -> bool {
    tokens.0 == 0
}

type SpanJson = (Digits<i64>, Digits<i64>);

type RowJson = (Digits<i64>, Digits<u64>, Digits<u64>);

/// Minutes as `[minute, input, output]`: there can be half a million.
#[derive(Serialize, Deserialize)]
struct ProfileJson {
    largest_input: Digits<u32>,
    largest_output: Digits<u32>,
    /// The first and the last minute, where they are said to have no calls: else those of `minutes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    span: Option<SpanJson>,
    minutes: Vec<RowJson>,
    above_max_input: Vec<RowJson>,
}

impl From<Calls> for SumsJson {
    fn from(sums: Calls) -> Self {
        Self {
            calls: Digits(sums.calls),
            input: Digits(sums.tokens.input),
            output: Digits(sums.tokens.output),
            cached: Digits(sums.tokens.cached),
            cache_write: Digits(sums.tokens.cache_write),
        }
    }
}

impl From<SumsJson> for Calls {
    fn from(json: SumsJson) -> Self {
        Self {
            calls: json.calls.0,
            tokens: Tokens {
                input: json.input.0,
                cached: json.cached.0,
                cache_write: json.cache_write.0,
                output: json.output.0,
            },
        }
    }
}

fn rows_to(rows: &[Row]) -> Vec<RowJson> {
    let row = |row: &Row| (Digits(row.minute), Digits(row.input), Digits(row.output));
    rows.iter().map(row).collect()
}

fn rows_from(rows: Vec<RowJson>) -> Vec<Row> {
    let row = |(minute, input, output): RowJson| Row {
        minute: minute.0,
        input: input.0,
        output: output.0,
    };
    rows.into_iter().map(row).collect()
}

fn span_to((first, last): (i64, i64)) -> SpanJson {
    (Digits(first), Digits(last))
}

fn span_from((first, last): SpanJson) -> (i64, i64) {
    (first.0, last.0)
}

fn reading_to(reading: &Reading) -> ReadingJson {
    ReadingJson {
        files: reading.files.clone(),
        logs: reading
            .logs
            .iter()
            .map(|log| log.name.unwrap_or_default().to_owned())
            .collect(),
        times: reading
            .times
            .iter()
            .map(|time| (*time).to_owned())
            .collect(),
        relative: reading.relative,
        doubtful_unit: reading.doubtful_unit.map(|unit| unit.name().to_owned()),
        rows: reading.rows.map(Digits),
        skipped_rows: Digits(reading.skipped),
        filtered_rows: Some(Digits(reading.filtered)),
        other_rows: Digits(reading.other_rows),
        filtered_dates: reading.filtered_at.dates.map(span_to),
        filtered_counted: reading.filtered_at.counted.map(span_to),
        filters: reading.filters.clone(),
        failed_calls: Digits(reading.odd.failed),
        repeated_rows: Digits(reading.odd.repeated),
        repeated_far_rows: Digits(reading.odd.repeated_far),
        no_output_calls: Digits(reading.odd.no_output),
        out_of_order_rows: Digits(reading.odd.out_of_order),
        told: marks::to(&reading.marks),
    }
}

/// Names are shown as they are, so they have nothing that a terminal would obey.
fn reading_from(json: ReadingJson) -> Result<Reading, ReadError> {
    let times = json.times.iter().map(|name| {
        let words = TimeFormat::known_words(name);
        words.ok_or(ReadError::Inconsistent("a format of times is unknown"))
    });
    let times = times.collect::<Result<_, _>>()?;
    let logs = json.logs.iter().map(|name| log_of(name));
    let logs = logs.collect::<Result<_, _>>()?;
    let unit = json.doubtful_unit.map(|name| {
        let unit = TimeUnit::named(&name);
        unit.ok_or(ReadError::Inconsistent("a unit of times is unknown"))
    });
    let shown = |names: &[String]| names.iter().all(|name| name.chars().all(is_printable));
    if !shown(&json.files) {
        return Err(ReadError::Inconsistent("a file's name cannot be shown"));
    }
    if !shown(&json.filters) {
        return Err(ReadError::Inconsistent("a filter cannot be shown"));
    }
    Ok(Reading {
        files: json.files,
        logs,
        load: None,
        files_left_out: 0,
        times,
        relative: json.relative,
        doubtful_unit: unit.transpose()?,
        rows: json.rows.map(|rows| rows.0),
        skipped: json.skipped_rows.0,
        filtered: json.filtered_rows.map_or(0, |rows| rows.0),
        other_rows: json.other_rows.0,
        filtered_at: Spans {
            dates: json.filtered_dates.map(span_from),
            counted: json.filtered_counted.map(span_from),
        },
        filters: json.filters,
        odd: Odd {
            failed: json.failed_calls.0,
            repeated: json.repeated_rows.0,
            repeated_far: json.repeated_far_rows.0,
            no_output: json.no_output_calls.0,
            out_of_order: json.out_of_order_rows.0,
        },
        marks: marks::from(json.told)?,
    })
}

/// The log with this name, an empty one for usual names.
fn log_of(name: &str) -> Result<ReadAs, ReadError> {
    if name.is_empty() {
        return Ok(ReadAs::USUAL);
    }
    let log = log_format(name).map_err(|_| ReadError::Inconsistent("a log is unknown"))?;
    Ok(ReadAs {
        name: Some(&log.name),
        title: &log.title,
    })
}

fn tiers_to(reservation: &Reservation) -> Vec<Option<Digits<u64>>> {
    let ends = reservation.tiers.iter();
    ends.map(|end| end.map(Digits)).collect()
}

fn replay_to(replayed: &Replayed) -> ReplayJson {
    let overflow = replayed.overflow.iter();
    ReplayJson {
        in_quota: replayed.in_quota.into(),
        overflow: overflow.map(|sums| (*sums).into()).collect(),
        unpriced: replayed.unpriced.into(),
        above_max_input: Digits(replayed.above_max),
        overflow_minutes: Digits(replayed.overflow_minutes),
        less_exact_minutes: Digits(replayed.less_exact),
        later: Vec::new(),
    }
}

/// What became of the calls in the first stretch of time. The number of minutes is filled in later.
fn replay_from(json: ReplayJson) -> Replayed {
    let in_quota = Calls::from(json.in_quota);
    Replayed {
        in_quota,
        overflow: json.overflow.into_iter().map(Calls::from).collect(),
        unpriced: json.unpriced.into(),
        // A part is one of a reservation by side.
        used: [in_quota.tokens.input.into(), in_quota.tokens.output.into()],
        above_max: json.above_max_input.0,
        minutes: 0,
        overflow_minutes: json.overflow_minutes.0,
        less_exact: json.less_exact_minutes.0,
    }
}

/// The reservation of each stretch of time.
fn reservations(
    (input_tpm, output_tpm): (u64, u64),
    first: (Option<Digits<u64>>, Vec<Option<Digits<u64>>>),
    later: Vec<LaterJson>,
) -> Result<Stretches<Reservation>, ReadError> {
    let of = |(max_input, tiers): (Option<Digits<u64>>, Vec<Option<Digits<u64>>>)| Reservation {
        reserved: Reserved {
            max_input: max_input.map(|max| max.0),
            ..Reserved::of_sides(input_tpm, output_tpm)
        },
        tiers: tiers.into_iter().map(|end| end.map(|end| end.0)).collect(),
    };
    let later: Vec<_> = later
        .into_iter()
        .map(|one| (one.from_minute.0, of((one.max_input, one.tiers))))
        .collect();
    if !later.is_sorted_by(|a, b| a.0 < b.0) {
        return Err(ReadError::Inconsistent(
            "its stretches of time are not in order",
        ));
    }
    Ok(Stretches::from(of(first)).then(later))
}

/// What became of the calls in each stretch of time that has a reservation; minutes are those of
/// `rows`.
fn replays(
    mut json: ReplayJson,
    reservations: &Stretches<Reservation>,
    rows: &[Row],
) -> Result<Stretches<Replayed>, ReadError> {
    let later = std::mem::take(&mut json.later);
    let starts: Vec<Minute> = reservations.later().map(|(from, _)| from).collect();
    if later.len() != starts.len() || later.iter().any(|one| !one.later.is_empty()) {
        return Err(ReadError::Inconsistent(
            "its calls have not the stretches of time of its parameters",
        ));
    }
    let later = starts.into_iter().zip(later.into_iter().map(replay_from));
    let mut replayed = Stretches::from(replay_from(json)).then(later);
    for row in rows {
        let minutes = &mut replayed.at_mut(row.minute).minutes;
        *minutes = minutes.saturating_add(1);
    }
    Ok(replayed)
}

pub(super) fn write(partial: &Partial) -> Result<String, serde_json::Error> {
    let Partial {
        parameters,
        reading,
        replayed,
        profile,
    } = partial;
    let reservation = parameters.reservation.first();
    let [input_tpm, output_tpm] = reservation.reserved.capacity;
    let later = parameters.reservation.later();
    let document = Document {
        schema: SCHEMA.to_owned(),
        parameters: ParametersJson {
            input_tpm: Digits(input_tpm),
            output_tpm: Digits(output_tpm),
            max_input: reservation.reserved.max_input.map(Digits),
            tiers: tiers_to(reservation),
            later: later
                .map(|(from, reservation)| LaterJson {
                    from_minute: Digits(from),
                    max_input: reservation.reserved.max_input.map(Digits),
                    tiers: tiers_to(reservation),
                })
                .collect(),
            labels: parameters.labels.clone(),
        },
        reading: reading_to(reading),
        replay: ReplayJson {
            later: replayed.later().map(|(_, one)| replay_to(one)).collect(),
            ..replay_to(replayed.first())
        },
        profile: ProfileJson {
            largest_input: Digits(profile.largest_input),
            largest_output: Digits(profile.largest_output),
            span: profile
                .span()
                .filter(|span| Some(*span) != profile.busy_span())
                .map(span_to),
            minutes: rows_to(&profile.rows),
            above_max_input: rows_to(&profile.above_rows),
        },
    };
    serde_json::to_string(&document)
}

/// The contribution as it is written; whether its numbers fit together is for the caller.
pub(super) fn read(text: &str) -> Result<Partial, ReadError> {
    if !text.trim_start().starts_with('{') {
        return Err(ReadError::NoObject);
    }
    let SchemaOnly { schema } =
        serde_json::from_str(text).map_err(|error| match wrong(&error) {
            ReadError::Field { .. } => ReadError::NoSchema,
            other => other,
        })?;
    if schema != SCHEMA {
        return Err(other_format(schema));
    }
    let document: Document = serde_json::from_str(text).map_err(|error| wrong(&error))?;
    let (parameters, replay, profile) = (document.parameters, document.replay, document.profile);
    let reservation = reservations(
        (parameters.input_tpm.0, parameters.output_tpm.0),
        (parameters.max_input, parameters.tiers),
        parameters.later,
    )?;
    let rows = rows_from(profile.minutes);
    let above_rows = rows_from(profile.above_max_input);
    let replayed = replays(replay, &reservation, &rows)?;
    let all = Replayed::joined(replayed.iter())?;
    let (input, output) = super::tokens_of(&above_rows)?;
    let said = profile.span.map(span_from);
    let busy = rows.first().zip(rows.last());
    let profile = Profile {
        max_input: reservation.map(|one| one.reserved.max_input),
        total: all.total()?,
        span: said.or(busy.map(|(first, last)| (first.minute, last.minute))),
        rows,
        above_rows,
        above: Calls {
            calls: all.above_max,
            tokens: Tokens::plain(input, output),
        },
        largest_input: profile.largest_input.0,
        largest_output: profile.largest_output.0,
        pending: None,
        less_exact: all.less_exact,
    };
    Ok(Partial {
        parameters: Parameters {
            reservation,
            labels: parameters.labels,
        },
        reading: reading_from(document.reading)?,
        replayed,
        profile,
    })
}

/// The error of the parser, without its words.
fn wrong(error: &serde_json::Error) -> ReadError {
    // It is said of one line.
    let after = error.column();
    match error.classify() {
        Category::Eof => ReadError::CutOff,
        Category::Data => ReadError::Field { after },
        Category::Syntax | Category::Io => ReadError::Syntax { after },
    }
}

fn other_format(schema: String) -> ReadError {
    let number = schema.strip_prefix(FORMAT);
    let is_number = |text: &&str| {
        let is_digit = |c: char| c.is_ascii_digit();
        (1..=9).contains(&text.len()) && text.chars().all(is_digit)
    };
    match number.filter(is_number) {
        Some(number) => ReadError::Version(number.to_owned()),
        None => ReadError::Schema(schema),
    }
}
