//! Recorded traffic in a quote: what a trace of calls adds up to, and what of it a reservation could
//! not take.

mod described;
mod odd;
mod quarter;
mod scale;
mod told;

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::cache::CacheWay;
use super::days::Days;
use super::error::QuoteError;
use super::exact::{self, TooLarge};
use super::hours::Hours;
use super::kind::Tokens;
use super::load::OnOverflow;
use super::meter::PerMeter;
use super::moment::Moment;

pub use described::{Described, DescribedLine};
pub use odd::Odd;
pub use quarter::Quarter;
pub use scale::{Otherwise, Pattern, Scale};
pub use told::{Apart, CachedBy, Derived, OfModel, Told};

/// Calls and their tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Calls {
    /// The number of calls.
    pub calls: u64,
    /// Their tokens.
    pub tokens: Tokens,
}

impl Calls {
    /// Both together.
    ///
    /// # Errors
    /// [`TooLarge`] when a sum does not fit 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, TooLarge> {
        Ok(Self {
            calls: self.calls.checked_add(other.calls).ok_or(TooLarge)?,
            tokens: self.tokens.plus(other.tokens)?,
        })
    }

    /// Both together, for messages: a sum that does not fit stays at the most that does. A trace with such
    /// a sum is refused when its tokens are priced.
    #[must_use]
    pub fn roughly_plus(self, other: Self) -> Self {
        let sums = self.tokens.zip(other.tokens);
        Self {
            calls: self.calls.saturating_add(other.calls),
            tokens: sums.map(|(one, other)| one.saturating_add(other)),
        }
    }

    /// Without `part`, which is contained; never below 0.
    #[must_use]
    pub fn without(self, part: Self) -> Self {
        Self {
            calls: self.calls.saturating_sub(part.calls),
            tokens: self.tokens.without(part.tokens),
        }
    }

    /// Whether there is neither a call nor a token.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// Calls of a model that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Its name, as it is shown; `None` for calls that name none.
    pub name: Option<String>,
    /// The calls.
    pub calls: Calls,
}

/// Tokens per minute of one side, over all minutes of the span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerMinute {
    /// The mean, rounded at [`exact::QUOTIENT_DECIMALS`] where it does not end.
    pub mean: Decimal,
    /// What half of the minutes do not exceed, by nearest rank.
    pub p50: u64,
    /// What 95 of 100 minutes do not exceed.
    pub p95: u64,
    /// What 99 of 100 minutes do not exceed.
    pub p99: u64,
    /// The most tokens of a minute.
    pub peak: u64,
    /// The first minute with the most; `None` where times are not dates.
    pub busiest: Option<Moment>,
}

/// As which log a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadAs {
    /// Its name in `--log-format`; `None` where its fields are known by usual names.
    pub name: Option<&'static str>,
    /// Its name in sentences.
    pub title: &'static str,
}

impl ReadAs {
    /// A file of no known log.
    pub const USUAL: Self = Self {
        name: None,
        title: "usual names",
    };
}

/// A trace of calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The files, as they are shown.
    pub files: Vec<String>,
    /// Which logs they are; empty where all are read by usual names.
    pub logs: Vec<ReadAs>,
    /// The load whose calls they are, where they come from no file.
    pub load: Option<Described>,
    /// The number of files of folders that were left out, as they are no logs by their names.
    pub files_left_out: u64,
    /// How times are written, each way once: `Unix milliseconds`.
    pub time: String,
    /// All calls.
    pub total: Calls,
    /// The way of the cache that hits are of, where that is said.
    pub cache: Option<CacheWay>,
    /// The first and the last minute, of which sums may say that they have no call; `None` where times
    /// are not dates.
    pub between: Option<(Moment, Moment)>,
    /// The number of minutes from the first to the last, both included.
    pub minutes: u64,
    /// Input tokens per minute.
    pub input_tpm: PerMinute,
    /// Output tokens per minute.
    pub output_tpm: PerMinute,
    /// Calls above the maximum input; 0 where there is none.
    pub above_max: u64,
    /// Mean tokens a minute in each half hour of the day, in China Standard Time; empty where times
    /// are not dates.
    pub day: Vec<u64>,
    /// What became of the calls in a reservation, where there is one.
    pub reserved: Option<Admitted>,
    /// The period that the tokens of the quote are stated for, where they are those of more days.
    pub scale: Option<Scale>,
    /// The number of minutes whose calls are priced, where the term has more.
    pub shorter_than_term: Option<u64>,
    /// The number of all rows, where it is known.
    pub rows: Option<u64>,
    /// Rows that were left out because they cannot be read.
    pub skipped: u64,
    /// Rows that filters left out.
    pub filtered: u64,
    /// Rows that are of other types than calls.
    pub other_rows: u64,
    /// The filters: `model=qwen3-max`.
    pub filters: Vec<String>,
    /// What is odd about its rows.
    pub odd: Odd,
    /// What its calls tell beside their tokens.
    pub told: Told,
    /// The unit in which times that are counted from a start of their own would be dates.
    pub doubtful_unit: Option<&'static str>,
    /// Whether times had no zone, and were taken as China Standard Time.
    pub zone_assumed: bool,
    /// Minutes of which only sums were known.
    pub aggregated: u64,
    /// The minutes of the longest sum, where that is said.
    pub longest_sum: u64,
    /// The minutes with calls in their order, where they are asked for to be drawn.
    pub timeline: Option<Arc<[MinuteTokens]>>,
}

/// Calls that do not fit, of one tier of the standard price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfTier {
    /// The calls.
    pub calls: Calls,
    /// The largest input of a request in the tier; `None` where there is no end.
    pub up_to: Option<u64>,
    /// When they were made, where prices change in the time of the trace.
    pub days: Days,
    /// At which hours they were made, where the price depends on that and they have an hour.
    pub hours: Option<Hours>,
    /// What they cost in the period that is stated, before a discount; `None` where they are refused.
    pub amount: Option<Decimal>,
}

/// What became of the calls of a trace in a reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// Calls within the quota of their minute.
    pub in_quota: Calls,
    /// Calls that do not fit.
    pub overflow: Calls,
    /// The calls that do not fit, by the tier of the standard price; a single entry where they are refused.
    pub by_tier: Vec<OfTier>,
    /// Minutes in which a call did not fit.
    pub overflow_minutes: u64,
    /// How much of each meter is used, in percent, over the minutes of the trace or over the days that it is
    /// scaled to. Rounded at [`exact::QUOTIENT_DECIMALS`]; `None` where nothing is reserved.
    pub utilisation: PerMeter<Option<Decimal>>,
    /// The names of the meters, where these weigh tokens; empty where they count input and output.
    pub meters: Vec<String>,
    /// What is done with calls that do not fit.
    pub on_overflow: OnOverflow,
    /// How the reservation was sized, where that was not given: `p95`.
    pub fit: Option<&'static str>,
}

impl Admitted {
    /// What is used of input and of output, where there are such meters.
    #[must_use]
    pub fn sides(&self) -> PerMeter<Option<Decimal>> {
        let names: Vec<&str> = self.meters.iter().map(String::as_str).collect();
        match names.as_slice() {
            [] | ["input", "output"] => self.utilisation,
            _ => PerMeter::default(),
        }
    }
}

/// What became of the tokens of a minute in a reservation: input, then output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinuteTokens {
    /// The minute, counted from the Unix epoch, or from time 0 of a trace whose times are not dates.
    pub minute: i64,
    /// Tokens of calls within the quota; of all calls where nothing is reserved and nothing
    /// overflows.
    pub in_quota: (u64, u64),
    /// Tokens of calls that do not fit.
    pub overflow: (u64, u64),
}

impl Recorded {
    /// The minutes that costs are stated for: those of the trace, or of the days it is scaled to.
    #[must_use]
    pub fn stated_minutes(&self) -> u64 {
        let days = self.scale.map(|scale| scale.to);
        days.map_or(self.minutes, |days| days.saturating_mul(24 * 60))
    }

    /// The calls in the time that costs are stated for; a started call counts whole.
    #[must_use]
    pub fn stated_calls(&self) -> u64 {
        let calls = self.total.calls;
        let scaled = self.scale.map(|scale| scale.scaled(calls));
        scaled.map_or(calls, |scaled| scaled.unwrap_or(u64::MAX))
    }

    /// The days that costs are stated for: those that the trace is scaled to, the dates that it covers, or the days
    /// of a load that is described.
    #[must_use]
    pub fn stated_days(&self) -> u64 {
        if let Some(load) = &self.load {
            return load.minutes.div_ceil(24 * 60);
        }
        let between = self.between.filter(|_| self.scale.is_none());
        let dates = between.and_then(|(first, last)| {
            let nights = last.date_naive().signed_duration_since(first.date_naive());
            u64::try_from(nights.num_days()).ok()?.checked_add(1)
        });
        dates.unwrap_or_else(|| self.stated_minutes().div_ceil(24 * 60))
    }

    /// Tokens of the trace for the period that is stated: a started token counts whole.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when they do not fit.
    pub fn scaled(&self, tokens: u64) -> Result<u64, QuoteError> {
        match self.scale {
            Some(scale) => scale.scaled(tokens),
            None => Ok(tokens),
        }
    }
}

/// `part ÷ whole` in percent; `None` where `whole` is 0.
///
/// # Errors
/// [`QuoteError::TooLarge`] when it does not fit.
pub fn percent(part: u128, whole: u128) -> Result<Option<Decimal>, QuoteError> {
    // `Decimal::from` would panic above 96 bits.
    let part = Decimal::from_u128(part).ok_or(QuoteError::TooLarge)?;
    let whole = Decimal::from_u128(whole).ok_or(QuoteError::TooLarge)?;
    if whole.is_zero() {
        return Ok(None);
    }
    let hundredfold = exact::mul(part, Decimal::ONE_HUNDRED)?;
    Ok(Some(exact::ratio_or_rounded(hundredfold, whole)?.value))
}
