//! A steady stream of requests of one size, and what of it a reservation cannot take.

use rust_decimal::Decimal;

use super::error::QuoteError;
use super::exact;
use super::rule::Rule;
use super::term::Span;

/// Requests of one size at a steady rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Requests per minute; above 0, may be a fraction.
    pub rpm: Decimal,
    /// Input tokens of each.
    pub input_per_request: u64,
    /// Output tokens of each.
    pub output_per_request: u64,
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

/// A reservation: tokens per minute of each side, and the largest input it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserved {
    /// Input tokens per minute.
    pub input_tpm: u64,
    /// Output tokens per minute.
    pub output_tpm: u64,
    /// Maximum input tokens of a call; `None` where there is no limit.
    pub max_input: Option<u64>,
}

/// What of a load does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excess {
    /// Why: `ptu.overflow`, `ptu.max-input`, or `service.mode` of a reservation that is part of a
    /// service.
    pub cause: Rule,
    /// Calls per minute, rounded at [`exact::QUOTIENT_DECIMALS`] where they do not end.
    pub calls_per_minute: Decimal,
    /// Input tokens of these calls in all, rounded up once.
    pub input_tokens: u64,
    /// Output tokens of these calls in all, rounded up once.
    pub output_tokens: u64,
}

impl Load {
    /// Input tokens per minute.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the product does not fit.
    pub fn input_tpm(&self) -> Result<Decimal, QuoteError> {
        Ok(exact::mul(self.rpm, Decimal::from(self.input_per_request))?)
    }

    /// Output tokens per minute.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the product does not fit.
    pub fn output_tpm(&self) -> Result<Decimal, QuoteError> {
        Ok(exact::mul(
            self.rpm,
            Decimal::from(self.output_per_request),
        )?)
    }

    /// Requests in `span`, a started one counted whole.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the count does not fit.
    pub fn requests_in(&self, seconds: Decimal) -> Result<u64, QuoteError> {
        Ok(exact::div_ceil(exact::mul(self.rpm, seconds)?, 60)?)
    }

    /// What does not fit into `reserved` during `span`; `None` when all does.
    ///
    /// The share of calls within quota is `min(1, input TPM ÷ input demand, output TPM ÷ output
    /// demand)`; the rest overflows with both its sides (`ptu.overflow-minute`).
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a count does not fit.
    pub fn excess(&self, reserved: &Reserved, span: Span) -> Result<Option<Excess>, QuoteError> {
        // Calls per minute beyond the quota are `beyond ÷ size`: kept apart, to divide once.
        let too_large = |max| self.input_per_request > max;
        let (cause, beyond, size) = if reserved.max_input.is_some_and(too_large) {
            (Rule::PtuMaxInput, self.rpm, 1)
        } else {
            let (quota, size) = self.tighter(reserved);
            let demand = exact::mul(self.rpm, Decimal::from(size))?;
            let beyond = exact::sub(demand, Decimal::from(quota))?;
            (Rule::PtuOverflow, beyond, size)
        };
        if beyond <= Decimal::ZERO {
            return Ok(None);
        }
        let divisor = size.checked_mul(60).ok_or(QuoteError::TooLarge)?;
        let tokens = |per_request: u64| -> Result<u64, QuoteError> {
            let calls = exact::mul(beyond, span.seconds())?;
            let tokens = exact::mul(calls, Decimal::from(per_request))?;
            Ok(exact::div_ceil(tokens, divisor)?)
        };
        Ok(Some(Excess {
            cause,
            calls_per_minute: exact::div(beyond, size)?.value,
            input_tokens: tokens(self.input_per_request)?,
            output_tokens: tokens(self.output_per_request)?,
        }))
    }

    /// The quota and the size per request of the side that fewer calls fit into.
    fn tighter(&self, reserved: &Reserved) -> (u64, u64) {
        let input = (reserved.input_tpm, self.input_per_request);
        let output = (reserved.output_tpm, self.output_per_request);
        // quota ÷ size is compared as a product; a side without tokens takes any number of calls.
        let calls = |(quota, _): (u64, u64), (_, other): (u64, u64)| {
            u128::from(quota).saturating_mul(u128::from(other))
        };
        let output_is_tighter = calls(output, input) < calls(input, output);
        if output.1 > 0 && (input.1 == 0 || output_is_tighter) {
            output
        } else {
            input
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::term::Increment;
    use super::*;

    fn excess(rpm: &str, sizes: (u64, u64), quota: (u64, u64), hours: &str) -> Option<(u64, u64)> {
        let load = Load {
            rpm: Decimal::from_str_exact(rpm).unwrap(),
            input_per_request: sizes.0,
            output_per_request: sizes.1,
        };
        let reserved = Reserved {
            input_tpm: quota.0,
            output_tpm: quota.1,
            max_input: Some(128_000),
        };
        let span = Span::parse(hours, Increment::Hour).unwrap();
        let found = load.excess(&reserved, span).unwrap();
        found.map(|excess| (excess.input_tokens, excess.output_tokens))
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
        assert_eq!(excess("0.5", (3, 5), (1, 10), "1m"), Some((1, 1)));
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
