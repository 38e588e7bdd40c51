//! What a quote says of the trace that was read.

use chrono::DateTime;
use rust_decimal::Decimal;

use crate::billing::calendar::{Moment, china_standard_time};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::recorded::{OfModel, PerMinute, Recorded, Told};
use crate::order::OrderError;
use crate::replay::profile::Side;
use crate::replay::{Minute, Profile, Reading, TooLarge};
use crate::trace::{Marks, TimeUnit};

/// The trace, without what became of it in a reservation, in a quote of a model with this code.
pub fn recorded(
    reading: &Reading,
    profile: &Profile,
    quoted: &str,
) -> Result<Recorded, OrderError> {
    let dated = !reading.relative;
    let side = |side| per_minute(profile, side, dated);
    Ok(Recorded {
        files: reading.files.clone(),
        // Known ones first.
        logs: reading.logs.iter().rev().copied().collect(),
        load: reading.load.clone(),
        files_left_out: reading.files_left_out,
        time: reading.time(),
        total: profile.total(),
        cache: None,
        between: match profile.span().filter(|_| dated) {
            Some((first, last)) => moment(first).zip(moment(last)),
            None => None,
        },
        minutes: profile.span_minutes(),
        input_tpm: side(Side::Input)?,
        output_tpm: side(Side::Output)?,
        above_max: profile.above_max().calls,
        day: match dated {
            true => day(profile),
            false => Vec::new(),
        },
        reserved: None,
        scale: None,
        shorter_than_term: None,
        rows: reading.rows,
        skipped: reading.skipped,
        filtered: reading.filtered,
        other_rows: reading.other_rows,
        filters: reading.filters.clone(),
        odd: reading.odd,
        told: told(&reading.marks, quoted),
        doubtful_unit: reading.doubtful_unit.map(TimeUnit::name),
        zone_assumed: reading.zone_assumed(),
        longest_sum: reading.marks.longest_sum,
        aggregated: profile.less_exact(),
        timeline: None,
    })
}

/// What the log says of its calls beside their tokens, for a quote of the model with this code.
fn told(marks: &Marks, quoted: &str) -> Told {
    let named = marks.models.iter().map(|(name, sums)| OfModel {
        model: name.clone(),
        calls: *sums,
    });
    let mut fields = marks.model_fields.iter();
    let told = Told {
        more: marks.more_models,
        field: fields.next().filter(|_| fields.len() == 0).cloned(),
        cached: marks.cached,
        cached_by: marks.cached_by.clone(),
        reasoning: marks.reasoning,
        thinking: marks.thinking,
        non_thinking: marks.non_thinking,
        ..Told::default()
    };
    told.of_models(named, quoted)
}

fn per_minute(profile: &Profile, side: Side, dated: bool) -> Result<PerMinute, QuoteError> {
    let (tokens, minutes) = profile.mean(side);
    let busiest = profile.busiest(side);
    Ok(PerMinute {
        mean: exact::ratio_or_rounded(Decimal::from(tokens), Decimal::from(minutes.max(1)))?.value,
        p50: profile.percentile(side, 50),
        p95: profile.percentile(side, 95),
        p99: profile.percentile(side, 99),
        peak: busiest.map_or(0, |row| row.side(side)),
        busiest: busiest.filter(|_| dated).and_then(|row| moment(row.minute)),
    })
}

/// Mean tokens a minute, input and output together, in each half hour.
fn day(profile: &Profile) -> Vec<u64> {
    profile
        .day()
        .iter()
        .map(|part| {
            let tokens = u128::from(part.input).saturating_add(part.output.into());
            let mean = tokens.checked_div(part.minutes.into()).unwrap_or(0);
            u64::try_from(mean).unwrap_or(u64::MAX)
        })
        .collect()
}

/// A minute since the Unix epoch, in UTC+8.
#[must_use]
pub fn moment(minute: Minute) -> Option<Moment> {
    let utc = DateTime::from_timestamp(minute.checked_mul(60)?, 0)?;
    Some(utc.with_timezone(&china_standard_time()))
}

impl From<TooLarge> for OrderError {
    fn from(error: TooLarge) -> Self {
        Self::Trace(Box::new(error.into()))
    }
}
