//! Tokens of each meter of a reservation, as notes say them.

use std::fmt;

use crate::billing::kind::Tokens;
use crate::billing::meter::{Meters, PerMeter};
use crate::billing::number::whole;

/// What calls of a minute take of each meter, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    /// Tokens of each meter, rounded up to whole ones.
    pub tokens: PerMeter<u128>,
    /// The names of the meters, where their tokens are weighed.
    weighed: Vec<String>,
}

impl Needs {
    /// What `calls` equal calls with these tokens in all take.
    #[must_use]
    pub fn of(meters: &Meters, tokens: Tokens, calls: u64) -> Self {
        Self::of_parts(meters, meters.shares(tokens, calls))
    }

    /// What these parts of each meter are.
    #[must_use]
    pub fn of_parts(meters: &Meters, parts: PerMeter<u128>) -> Self {
        Self::of_tokens(meters, meters.whole(parts))
    }

    /// These tokens of each meter.
    #[must_use]
    pub fn of_tokens(meters: &Meters, tokens: PerMeter<u128>) -> Self {
        let names = meters.iter().map(|meter| meter.name().to_owned());
        Self {
            tokens,
            weighed: match meters.are_sides() {
                true => Vec::new(),
                false => names.collect(),
            },
        }
    }

    /// Whether their tokens are weighed.
    #[must_use]
    pub fn is_weighed(&self) -> bool {
        !self.weighed.is_empty()
    }

    /// To what a share of minutes is held: each side, each meter, or the only one.
    #[must_use]
    pub fn on_each(&self) -> &'static str {
        match self.weighed.as_slice() {
            [] => " on each side",
            [_] => "",
            [..] => " on each meter",
        }
    }
}

impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |tokens: u128| match u64::try_from(tokens) {
            Ok(tokens) => whole(tokens),
            Err(_) => tokens.to_string(),
        };
        let [first, second] = self.tokens.map(said);
        match self.weighed.as_slice() {
            [] => write!(f, "{first} input and {second} output tokens a minute"),
            [only] => write!(f, "{first} weighted {only} a minute"),
            [one, other, ..] => write!(
                f,
                "{first} weighted {one} and {second} weighted {other} tokens a minute"
            ),
        }
    }
}
