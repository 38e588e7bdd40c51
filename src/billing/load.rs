//! A steady stream of requests of one size, and what of it a reservation cannot take.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cache::CacheWay;
use super::error::QuoteError;
use super::exact;
use super::kind::Tokens;
use super::meter::{Meters, PerMeter};
use super::rule::Rule;
use super::term::Span;

/// Requests of one size at a steady rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Requests per minute on average: above 0, perhaps a fraction. They come evenly.
    pub rpm: Decimal,
    /// Tokens of each request.
    pub per_request: Tokens,
    /// The way of the cache that hits are of, where that is said.
    pub cache: Option<CacheWay>,
}

/// What is done with calls beyond the reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnOverflow {
    /// They are billed as ordinary calls.
    Bill,
    /// They are refused with 429, and cost nothing.
    Reject,
}

impl OnOverflow {
    /// `bill` or `reject`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bill => "bill",
            Self::Reject => "reject",
        }
    }
}

/// Traffic that a reservation serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    /// The requests that are sent to it.
    pub load: Load,
    /// In a subscription, the hours of a day in which requests come; `None` where they come all day. A
    /// reservation by the hour gets them for as long as it is up.
    pub hours_per_day: Option<Span>,
    /// In a subscription, the days on which requests come; `None` where these are those of its term.
    pub days: Option<u64>,
    /// What is done with calls that do not fit.
    pub on_overflow: OnOverflow,
    /// How the reservation was sized; `None` where a person gave its size.
    pub fit: Option<Fit>,
}

/// How a reservation is sized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// So that all calls fit.
    Peak,
    /// So that reservation and overflow together cost least.
    Cheapest,
}

impl Fit {
    /// `peak` or `cheapest`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Peak => "peak",
            Self::Cheapest => "cheapest",
        }
    }
}

/// Whether calls beyond a reservation can be refused instead. Catalog data, dated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Refusal {
    /// No document says.
    #[default]
    Unknown,
    /// The rules in force offer it.
    Offered,
    /// The rules in force do not offer it; those from this day on do.
    From(NaiveDate),
}

/// A reservation: the capacity of each of its meters, and the largest input it takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reserved {
    /// Tokens per minute of each meter.
    pub capacity: PerMeter<u64>,
    /// What a call takes of them.
    pub meters: Meters,
    /// Maximum input tokens of a call; `None` where there is no limit.
    pub max_input: Option<u64>,
}

/// What of a load does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excess {
    /// The rule by which it does not fit: `ptu.overflow`, `ptu.max-input`, or `service.mode` where the
    /// reservation is part of a service.
    pub cause: Rule,
    /// Calls per minute that do not fit, on average.
    pub calls_per_minute: Decimal,
    /// Tokens of these calls in all, each kind rounded up once.
    pub tokens: Tokens,
}

impl Reserved {
    /// Input and output tokens per minute, each token for one, without a limit of input.
    #[must_use]
    pub fn of_sides(input_tpm: u64, output_tpm: u64) -> Self {
        Self {
            capacity: [input_tpm, output_tpm],
            ..Self::default()
        }
    }

    /// Whether nothing is reserved, which takes no call: not even one of which no token counts.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.capacity == PerMeter::<u64>::default()
    }

    /// The number of whole calls of this size that a minute takes. A meter of which a call takes nothing sets no
    /// limit.
    #[must_use]
    pub fn whole_calls(&self, call: Tokens) -> u64 {
        if self.is_nothing() {
            return 0;
        }
        let quota = self.meters.quota(self.capacity);
        let shares = self.meters.shares(call, 1);
        let of_meters = quota.into_iter().zip(shares);
        let of_meters = of_meters.filter_map(|(quota, share)| quota.checked_div(share));
        of_meters
            .min()
            .map_or(u64::MAX, |calls| u64::try_from(calls).unwrap_or(u64::MAX))
    }
}

impl Load {
    /// Calls of the busiest minute: a steady load is whole calls, so a minute has `rpm` of them rounded
    /// down or up (`ptu.overflow-minute`).
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the count does not fit.
    pub fn busiest_calls(&self) -> Result<u64, QuoteError> {
        Ok(exact::div_ceil(self.rpm, 1)?)
    }

    /// The tokens of `calls` calls.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a product does not fit.
    pub fn tokens_of(&self, calls: u64) -> Result<Tokens, QuoteError> {
        Ok(self.per_request.times(calls)?)
    }

    /// Requests in `seconds`, a started one counted whole.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the count does not fit.
    pub fn requests_in(&self, seconds: Decimal) -> Result<u64, QuoteError> {
        Ok(exact::div_ceil(exact::mul(self.rpm, seconds)?, 60)?)
    }

    /// What does not fit into `reserved` during `span`; `None` when all does.
    ///
    /// The quota of a minute takes `k` whole calls. Where `k` is below the calls of the busiest minute it
    /// is below those of every other minute too, or the same, so `rpm − k` calls a minute overflow with
    /// both their sides (`ptu.overflow-minute`).
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a count does not fit.
    pub fn excess(&self, reserved: &Reserved, span: Span) -> Result<Option<Excess>, QuoteError> {
        let too_large = |max| self.per_request.input > max;
        let (cause, taken) = match reserved.max_input.is_some_and(too_large) {
            true => (Rule::PtuMaxInput, 0),
            false => (Rule::PtuOverflow, reserved.whole_calls(self.per_request)),
        };
        if Decimal::from(taken) >= self.rpm {
            return Ok(None);
        }
        // More calls than a count holds are not told from as many as it holds.
        self.busiest_calls()?;
        let calls_per_minute = exact::sub(self.rpm, Decimal::from(taken))?;
        let tokens = |per_request: u64| -> Result<u64, QuoteError> {
            let calls = exact::mul(calls_per_minute, span.seconds())?;
            Ok(exact::div_ceil(
                exact::mul(calls, Decimal::from(per_request))?,
                60,
            )?)
        };
        Ok(Some(Excess {
            cause,
            calls_per_minute,
            tokens: self.per_request.try_map(tokens)?,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::term::Increment;
    use super::*;

    fn excess(rpm: &str, sizes: (u64, u64), quota: (u64, u64), hours: &str) -> Option<(u64, u64)> {
        let load = Load {
            rpm: Decimal::from_str_exact(rpm).unwrap(),
            per_request: Tokens::plain(sizes.0, sizes.1),
            cache: None,
        };
        let reserved = Reserved {
            max_input: Some(128_000),
            ..Reserved::of_sides(quota.0, quota.1)
        };
        let span = Span::parse(hours, Increment::Hour).unwrap();
        let found = load.excess(&reserved, span).unwrap();
        found.map(|excess| (excess.tokens.input, excess.tokens.output))
    }

    #[test]
    fn the_rest_overflows_with_both_its_sides() {
        // Demand 120K / 12K, five sixths fit.
        let sizes = (4_000, 400);
        assert_eq!(
            excess("30", sizes, (100_000, 10_000), "10"),
            Some((12_000_000, 1_200_000))
        );
        assert_eq!(excess("25", sizes, (100_000, 10_000), "10"), None);
        assert_eq!(excess("30", sizes, (0, 0), "1m"), Some((120_000, 12_000)));
    }

    #[test]
    fn tokens_are_rounded_up_once_at_the_end() {
        // 1 of 3 calls a minute does not fit for a second: 7 ÷ 60 of a token is one token.
        assert_eq!(excess("3", (7, 0), (14, 0), "1s"), Some((1, 0)));
        assert_eq!(excess("0.5", (3, 5), (1, 10), "1m"), Some((2, 3)));
    }

    #[test]
    fn a_call_that_is_larger_than_the_quota_never_fits() {
        // Not two thirds of it.
        assert_eq!(
            excess("1", (15_000, 100), (10_000, 1_000), "1"),
            Some((900_000, 6_000))
        );
        assert_eq!(
            excess("0.5", (100_000, 5_000), (50_000, 3_000), "1"),
            Some((3_000_000, 150_000))
        );
    }

    #[test]
    fn the_busier_minutes_have_a_call_more() {
        // Of 2.5 calls a minute two fit: half of the minutes have three.
        let size = (4_000, 0);
        assert_eq!(excess("2.5", size, (11_999, 0), "1"), Some((120_000, 0)));
        assert_eq!(excess("2.5", size, (12_000, 0), "1"), None);
        assert_eq!(excess("2.5", size, (7_999, 0), "1"), Some((360_000, 0)));
    }

    #[test]
    fn a_request_above_the_maximum_overflows_wholly() {
        let quota = (10_000_000, 10_000_000);
        assert_eq!(excess("2", (128_001, 1), quota, "1m"), Some((256_002, 2)));
        assert_eq!(excess("2", (128_000, 1), quota, "1m"), None);
    }

    #[test]
    fn a_side_without_tokens_is_never_the_tighter_one() {
        assert_eq!(excess("10", (0, 10), (0, 100), "1m"), None);
        assert_eq!(excess("10", (10, 0), (100, 0), "1m"), None);
        assert_eq!(excess("20", (0, 10), (0, 100), "1m"), Some((0, 100)));
    }
}
