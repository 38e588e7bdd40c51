//! The part of a trace that one machine reads, and the quote of all parts: what the quote needs
//! beside the minutes goes along as labels.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{DateTime, NaiveDate};

use super::ptu::Found;
use super::{TraceOrder, TraceTerm, TracedPtu, Watch};
use crate::billing::calendar::china_standard_time;
use crate::billing::load::OnOverflow;
use crate::billing::mode::Mode;
use crate::billing::ptu::{Length, Prices};
use crate::billing::quote::Quote;
use crate::billing::term::{Increment, Span};
use crate::billing::unit::UnitPrice;
use crate::catalog::{Catalog, Model};
use crate::order::{Conflict, OrderError};
use crate::replay::partial::{MergeError, Parameters, Recorder};
use crate::replay::{Minute, Partial, Reading};
use crate::trace::{Options, TraceError};

/// What stands for a label without a value.
const NONE: &str = "none";

impl TracedPtu {
    /// What the minutes of the trace contribute, at the prices in force on `as_of`.
    ///
    /// # Errors
    /// [`OrderError`] when nothing is reserved, the trace cannot be read or there is no price.
    pub fn partial(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
        trace: &TraceOrder,
        watch: Watch<'_>,
    ) -> Result<Partial, OrderError> {
        let size = self.size.ok_or(Conflict::NothingReserved)?;
        let prices = self.prices(catalog, model, as_of)?;
        let mut recorder = Recorder::new(Parameters {
            reservation: self.reservation(size, &prices),
            labels: self.labels(model, as_of, trace, &prices),
        });
        let reading = match trace.read(&mut recorder, watch) {
            // A part may well have no call, such as a day off.
            Err(OrderError::Trace(error)) => match *error {
                TraceError::NoCalls(summary) => Reading::of(&summary),
                error => return Err(error.into()),
            },
            other => other?,
        };
        Ok(recorder.finish()?.read_from(reading))
    }

    fn labels(
        &self,
        model: &Model,
        as_of: NaiveDate,
        trace: &TraceOrder,
        prices: &Prices,
    ) -> BTreeMap<String, String> {
        let or_none = |value: Option<String>| value.unwrap_or_else(|| NONE.to_owned());
        let labels = [
            ("as_of", as_of.to_string()),
            (
                "mode",
                or_none(self.mode.map(|mode| mode.name().to_owned())),
            ),
            ("model", format!("{}/{}", model.provider, model.code)),
            ("on_overflow", overflow_name(self.on_overflow).to_owned()),
            ("prices", said(prices)),
            (
                "scale_to",
                or_none(trace.scale_to.map(|days| days.to_string())),
            ),
            ("term", or_none(self.given_term().map(term_name))),
            ("where", where_of(trace)),
        ];
        let labels = labels.into_iter();
        labels.map(|(key, value)| (key.to_owned(), value)).collect()
    }

    /// The length that was given; without one it is that of the trace, by the hour.
    fn given_term(&self) -> Option<Length> {
        match self.term {
            TraceTerm::Given(length) => Some(length),
            TraceTerm::Hours | TraceTerm::Days | TraceTerm::Months => None,
        }
    }
}

fn overflow_name(what: OnOverflow) -> &'static str {
    match what {
        OnOverflow::Bill => "bill",
        OnOverflow::Reject => "reject",
    }
}

/// What picks rows, in one order: parts of other rows are of another trace.
fn where_of(trace: &TraceOrder) -> String {
    let filters = trace.options.filters.iter();
    let said: BTreeSet<String> = filters.map(ToString::to_string).collect();
    match said.is_empty() {
        true => NONE.to_owned(),
        false => said.into_iter().collect::<Vec<_>>().join(", "),
    }
}

/// A term in one word; a trace is replayed in one run.
fn term_name(length: Length) -> String {
    match length {
        Length::Hours { span, .. } => format!("{}s", span.seconds().normalize()),
        Length::Days(days) => format!("{days} days"),
        Length::Months(months) => format!("{months} months"),
    }
}

fn term_named(name: &str) -> Option<Length> {
    if let Some(days) = name.strip_suffix(" days") {
        return days.parse().ok().map(Length::Days);
    }
    if let Some(months) = name.strip_suffix(" months") {
        return months.parse().ok().map(Length::Months);
    }
    let span = Span::parse(name, Increment::Hour).ok()?;
    Some(Length::Hours { span, runs: 1 })
}

/// The prices in a line: another catalog is told from this one by it.
fn said(prices: &Prices) -> String {
    let price = |price: &UnitPrice| format!("{}/{}", price.amount.normalize(), price.per);
    let mut said = format!(
        "{} {} {}",
        prices.currency,
        price(&prices.input),
        price(&prices.output)
    );
    let rules = prices.rules;
    let step = (rules.input_step, rules.output_step);
    said.push_str(&format!(" in steps of {} {}", step.0, step.1));
    if let Some(increment) = rules.increment {
        said.push_str(&format!(" by {}", increment.noun()));
    }
    let tiers = prices.standard.iter().flat_map(|standard| &standard.tiers);
    for tier in tiers {
        let end = tier.up_to.map_or(NONE.to_owned(), |end| end.to_string());
        let output = tier.output.as_ref().map_or(NONE.to_owned(), price);
        said.push_str(&format!(", {end}: {} {output}", price(&tier.input)));
    }
    said
}

/// A reservation for a trace that was read in parts.
#[derive(Debug, Clone)]
pub struct MergedPtu {
    order: TracedPtu,
    trace: TraceOrder,
    as_of: NaiveDate,
    all: Partial,
}

impl MergedPtu {
    /// Adds parts up, each with the name it is called by where it does not fit the others.
    ///
    /// # Errors
    /// [`PartialError`] where they do not fit together, or are not of a reservation for a trace.
    pub fn of(parts: Vec<(String, Partial)>) -> Result<Self, PartialError> {
        let first = parts.first().ok_or(MergeError::Nothing)?;
        let other = |(_, part): &&(String, Partial)| part.parameters() != first.1.parameters();
        if let Some(other) = parts.iter().find(other) {
            return Err(PartialError::Different {
                first: first.0.clone(),
                other: other.0.clone(),
                what: difference(first.1.parameters(), other.1.parameters()),
            });
        }
        let has_times = |part: &Partial| !part.reading().times.is_empty();
        let named = |relative: bool| {
            let of_kind = |(_, part): &&(String, Partial)| {
                has_times(part) && part.reading().relative == relative
            };
            parts.iter().find(of_kind).map(|(name, _)| name.clone())
        };
        if let (Some(counted), Some(dated)) = (named(true), named(false)) {
            return Err(PartialError::MixedTimes { counted, dated });
        }
        let relative = parts.iter().any(|(_, part)| part.reading().relative);
        let all = Partial::merge(parts.into_iter().map(|(_, part)| part));
        let all = all.map_err(|error| match error {
            MergeError::SameMinute(minute) if !relative => PartialError::SameMinute(minute),
            error => error.into(),
        })?;
        if all.profile().span().is_none() {
            return Err(PartialError::NoCalls);
        }
        let labels = &all.parameters().labels;
        let reserved = all.parameters().reservation.reserved;
        let order = TracedPtu {
            size: Some((reserved.input_tpm, reserved.output_tpm)),
            fit: None,
            term: optional(labels, "term", term_named)?.map_or(TraceTerm::Hours, TraceTerm::Given),
            mode: optional(labels, "mode", Mode::parse)?,
            on_overflow: label(labels, "on_overflow", |name| {
                let mut all = [OnOverflow::Bill, OnOverflow::Reject].into_iter();
                all.find(|what| overflow_name(*what) == name)
            })?,
        };
        let trace = TraceOrder {
            files: Vec::new(),
            options: Options::default(),
            scale_to: optional(labels, "scale_to", |days| {
                days.parse().ok().filter(|days| *days > 0)
            })?,
            keeps_minutes: false,
        };
        let as_of = label(labels, "as_of", |date| date.parse().ok())?;
        let _: String = label(labels, "model", |code| Some(code.to_owned()))?;
        if order.size == Some((0, 0)) {
            return Err(OrderError::from(Conflict::NothingReserved).into());
        }
        Ok(Self {
            order,
            trace,
            as_of,
            all,
        })
    }

    /// The model's code, with its provider.
    #[must_use]
    pub fn model(&self) -> &str {
        let labels = &self.all.parameters().labels;
        labels.get("model").map_or("", String::as_str)
    }

    /// The day whose prices are used.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// The quote: that of one run over the whole trace.
    ///
    /// # Errors
    /// [`PartialError::Prices`] when the catalog has other prices than the parts were made with, and
    /// what a single run would say.
    pub fn quote(&self, catalog: &Catalog, model: &Model) -> Result<Quote, PartialError> {
        let parameters = self.all.parameters();
        let prices = self.order.prices(catalog, model, self.as_of)?;
        let size = self.order.size.unwrap_or_default();
        let mut now = Parameters {
            reservation: self.order.reservation(size, &prices),
            labels: self.order.labels(model, self.as_of, &self.trace, &prices),
        };
        // Which rows were picked is a matter of the parts alone.
        let picked = |(key, _): &(&String, &String)| key.as_str() == "where";
        let of_parts = parameters.labels.iter().find(picked);
        now.labels
            .extend(of_parts.map(|(key, value)| (key.clone(), value.clone())));
        if now != *parameters {
            return Err(PartialError::Prices {
                what: difference(&now, parameters),
            });
        }
        let found = Found {
            size,
            reading: self.all.reading(),
            replayed: self.all.replayed(),
            profile: self.all.profile(),
            timeline: None,
        };
        let quote = self
            .order
            .priced(catalog, model, self.as_of, &self.trace, &prices, &found);
        Ok(quote?)
    }
}

/// The first parameter that is not the same, with both values.
fn difference(one: &Parameters, other: &Parameters) -> String {
    let values = |parameters: &Parameters| {
        let reserved = parameters.reservation.reserved;
        let max = reserved
            .max_input
            .map_or(NONE.to_owned(), |max| max.to_string());
        let mut values = parameters.labels.clone();
        values.insert("input_tpm".to_owned(), reserved.input_tpm.to_string());
        values.insert("output_tpm".to_owned(), reserved.output_tpm.to_string());
        values.insert("max_input".to_owned(), max);
        values
    };
    let (one, other) = (values(one), values(other));
    let shown = |value: Option<&String>| match value {
        Some(value) => format!("`{value}`"),
        None => "missing".to_owned(),
    };
    // Prices follow from the rest, but where the catalog is another one.
    let prices = "prices".to_owned();
    let keys = one.keys().chain(other.keys());
    let mut keys = keys.filter(|key| **key != prices).chain([&prices]);
    match keys.find(|key| one.get(*key) != other.get(*key)) {
        Some(key) => format!(
            "`{key}` is {} here and {} there",
            shown(one.get(key)),
            shown(other.get(key))
        ),
        None => "the tiers of the standard price differ".to_owned(),
    }
}

fn label<T>(
    labels: &BTreeMap<String, String>,
    key: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, PartialError> {
    let value = labels.get(key).and_then(|text| read(text));
    value.ok_or(PartialError::Label(key))
}

fn optional<T>(
    labels: &BTreeMap<String, String>,
    key: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, PartialError> {
    label(labels, key, |text| match text {
        NONE => Some(None),
        text => read(text).map(Some),
    })
}

/// Why parts have no quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartialError {
    /// Two were made for different parameters.
    Different {
        /// The first of all.
        first: String,
        /// The first that differs from it.
        other: String,
        /// In what.
        what: String,
    },
    /// Two have the same minute, since the Unix epoch.
    SameMinute(Minute),
    /// They do not add up.
    Merge(MergeError),
    /// A label is missing, or is not what it should be.
    Label(&'static str),
    /// The catalog has other prices than they were made with.
    Prices {
        /// Which.
        what: String,
    },
    /// None of them has a call.
    NoCalls,
    /// Times that are dates beside times from a start of their own.
    MixedTimes {
        /// A part with times from a start of its own.
        counted: String,
        /// A part with dates.
        dated: String,
    },
    /// What a single run would say, too.
    Order(OrderError),
}

impl fmt::Display for PartialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Different { first, other, what } => write!(
                f,
                "`{first}` and `{other}` were made for different parameters: {what}"
            ),
            Self::SameMinute(minute) => {
                let utc = minute
                    .checked_mul(60)
                    .and_then(|seconds| DateTime::from_timestamp(seconds, 0));
                match utc.map(|utc| utc.with_timezone(&china_standard_time())) {
                    Some(time) => write!(
                        f,
                        "the minute {} is in more than one partial result",
                        time.format("%Y-%m-%d %H:%M %:z")
                    ),
                    None => MergeError::SameMinute(*minute).fmt(f),
                }
            }
            Self::Merge(error) => error.fmt(f),
            Self::Label(key) => write!(
                f,
                "not a partial result of `quote ptu`: its label `{key}` is missing or wrong"
            ),
            Self::Prices { what } => write!(
                f,
                "the catalog is not the one that the partial results were made with: {what}"
            ),
            Self::NoCalls => f.write_str("there is no call in the partial results"),
            Self::MixedTimes { counted, dated } => write!(
                f,
                "the times of `{counted}` are counted from a start of its own, and those of `{dated}` are dates"
            ),
            Self::Order(_) => f.write_str("the partial results have no quote"),
        }
    }
}

impl PartialError {
    /// The way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Different { .. } => MergeError::Different { at: 0 }.hint(),
            Self::SameMinute(minute) => MergeError::SameMinute(*minute).hint(),
            Self::Merge(error) => error.hint(),
            Self::Label(_) => Some("make it with `tollgate quote ptu --trace <FILE> --partial`"),
            Self::Prices { .. } => {
                Some("give the same `--catalog` as then, or make the partial results again")
            }
            Self::NoCalls => Some("merge the parts that have calls, too"),
            Self::MixedTimes { .. } => Some("merge those of one trace"),
            Self::Order(_) => None,
        }
    }
}

impl From<MergeError> for PartialError {
    fn from(error: MergeError) -> Self {
        Self::Merge(error)
    }
}

impl From<OrderError> for PartialError {
    fn from(error: OrderError) -> Self {
        Self::Order(error)
    }
}
