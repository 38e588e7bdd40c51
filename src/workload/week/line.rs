//! A line of a load: days, a span of time on each, a rate and the size of a call.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::days::Days;
use super::span::DaySpan;
use crate::billing::exact::{self, TooLarge, plain};
use crate::billing::kind::Tokens;
use crate::billing::number::{grouped, parse_count};
use crate::workload::rate;

/// How a line is written, for messages.
const FORM: &str = "mon-fri 09:00-18:00 120rpm 3000/350";

/// Calls of one size at a steady rate, in a span of time on some days of the week.
///
/// As text `mon-fri 09:00-18:00 120rpm 3000/350`, and with cached input `… 3000/350 cached=2000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LoadLine {
    /// The days on which the span begins.
    pub days: Days,
    /// The span of time on each of them, in China Standard Time.
    pub span: DaySpan,
    /// Calls per minute: above 0, perhaps a fraction.
    pub rpm: Decimal,
    /// Tokens of each call.
    pub call: Tokens<u32>,
}

impl LoadLine {
    /// Calls in a minute of the span, its first minute being 0. They are whole and come evenly, from its
    /// start on: 0.5 a minute is a call in every second minute.
    ///
    /// # Errors
    /// [`TooLarge`] when a number does not fit.
    pub fn calls_in(&self, minute: u16) -> Result<u64, TooLarge> {
        let until = |minutes: u16| exact::div_ceil(exact::mul(self.rpm, minutes.into())?, 1);
        let next = minute.checked_add(1).ok_or(TooLarge)?;
        Ok(until(next)?.saturating_sub(until(minute)?))
    }

    /// As one says it: `mon-fri 09:00-18:00, 120 requests a minute of 3,000 + 350 tokens`.
    #[must_use]
    pub fn said(&self) -> String {
        let Self {
            days, span, call, ..
        } = self;
        let number = |tokens: u32| grouped(tokens.into(), 0);
        let rate = grouped(self.rpm, self.rpm.scale());
        let requests = match self.rpm == Decimal::ONE {
            true => "request",
            false => "requests",
        };
        let cached = match call.cached {
            0 => String::new(),
            cached => format!(" ({} cached)", number(cached)),
        };
        let (input, output) = (number(call.input), number(call.output));
        format!("{days} {span}, {rate} {requests} a minute of {input}{cached} + {output} tokens")
    }
}

impl FromStr for LoadLine {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split_whitespace().collect();
        let wrong = |part: &str, what: &str| format!("`{part}` {what}; a load is `{FORM}`");
        let ([days, span, rpm, sizes], cached) = match *parts.as_slice() {
            [days, span, rpm, sizes] => ([days, span, rpm, sizes], None),
            [days, span, rpm, sizes, cached] => ([days, span, rpm, sizes], Some(cached)),
            _ => {
                return Err(format!(
                    "it has {} parts, and a load has days, a span of time, a rate and tokens: `{FORM}`",
                    parts.len()
                ));
            }
        };
        let of_days = Days::parse(days);
        let of_days = of_days.ok_or_else(|| {
            wrong(
                days,
                "is no days of the week such as `mon-fri`, `sat,sun` or `daily`",
            )
        })?;
        let of_span = DaySpan::parse(span).map_err(|what| wrong(span, what))?;
        let bare = rpm.strip_suffix("rpm");
        let bare =
            bare.ok_or_else(|| wrong(rpm, "is no rate such as `120rpm`, calls per minute"))?;
        let rate = rate(bare).map_err(|what| wrong(rpm, &format!("is no rate: {what}")))?;
        let (input, output) = sizes
            .split_once('/')
            .ok_or_else(|| wrong(sizes, "is no input and output tokens of a call"))?;
        let tokens = |text: &str, of: &str| {
            let count =
                parse_count(text).map_err(|error| wrong(of, &format!("is no tokens: {error}")))?;
            u32::try_from(count).map_err(|_| wrong(of, "is more tokens than a call may have"))
        };
        let mut call = Tokens::plain(tokens(input, sizes)?, tokens(output, sizes)?);
        if call == Tokens::default() {
            return Err(wrong(sizes, "is no tokens at all"));
        }
        if let Some(part) = cached {
            let count = part.strip_prefix("cached=").ok_or_else(|| {
                wrong(part, "is no cached tokens of a call such as `cached=2000`")
            })?;
            call.cached = tokens(count, part)?;
            if call.cached > call.input {
                return Err(wrong(part, "is more than the input of a call"));
            }
        }
        Ok(Self {
            days: of_days,
            span: of_span,
            rpm: rate.normalize(),
            call,
        })
    }
}

impl fmt::Display for LoadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            days,
            span,
            rpm,
            call,
        } = self;
        let (rpm, input, output) = (plain(*rpm), call.input, call.output);
        write!(f, "{days} {span} {rpm}rpm {input}/{output}")?;
        match call.cached {
            0 => Ok(()),
            cached => write!(f, " cached={cached}"),
        }
    }
}

impl TryFrom<String> for LoadLine {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<LoadLine> for String {
    fn from(line: LoadLine) -> Self {
        line.to_string()
    }
}
