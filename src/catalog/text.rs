//! The strings of a catalog file: codes, names, prices and the like, each checked as it is read.

use std::fmt;
use std::marker::PhantomData;

use chrono::NaiveTime;
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use crate::billing::calendar::is_shaped;
use crate::billing::capacity::{Capacity, SaidBy};
use crate::billing::hours::Hours;
use crate::billing::mode::Mode;
use crate::billing::money::Currency;
use crate::billing::number::{parse_count, parse_decimal};
use crate::billing::quote::{Method, Percent};
use crate::billing::spec::Spec;
use crate::billing::term::{Increment, Span};
use crate::billing::unit::UnitPrice;

/// The longest code or name.
const MAX_CHARS: usize = 128;

/// A value that is written as a TOML string.
pub trait Text: Sized {
    /// What belongs there, for the message about anything that is not a string.
    const EXPECTING: &'static str;

    /// Reads it, or says what is wrong.
    fn parse(text: &str) -> Result<Self, String>;
}

/// A [`Text`] in a TOML file. Floats, numbers and tables in its place are errors.
#[derive(Debug, Clone)]
pub struct Read<T>(pub T);

impl<'de, T: Text> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor<T>(PhantomData<T>);
        impl<T: Text> Visitor<'_> for TextVisitor<T> {
            type Value = Read<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTING)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                T::parse(text).map(Read).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(TextVisitor(PhantomData))
    }
}

/// A model code or an id: `[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(pub String);

impl Text for Code {
    const EXPECTING: &'static str = "a code such as `\"qwen3-8b\"`";

    fn parse(text: &str) -> Result<Self, String> {
        let first = text
            .bytes()
            .next()
            .is_some_and(|b| b.is_ascii_alphanumeric());
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._:/@-".contains(&b);
        if first && text.len() <= MAX_CHARS && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!(
                "`{}` is not a code: a code has up to 128 of `A-Z a-z 0-9 . _ : / @ -` and begins with a letter or digit",
                printable(text)
            ))
        }
    }
}

/// A name for people: up to 128 characters, none of them invisible, a letter or digit first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(pub String);

impl Text for Name {
    const EXPECTING: &'static str = "a name such as `\"Qwen3-8B\"`";

    fn parse(text: &str) -> Result<Self, String> {
        let first = text.chars().next().is_some_and(char::is_alphanumeric);
        if first && text.chars().count() <= MAX_CHARS && text.chars().all(is_printable) {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!(
                "`{}` is not a name: a name has up to 128 visible characters and begins with a letter or digit",
                printable(text)
            ))
        }
    }
}

/// A sentence for people: up to 400 visible characters, a letter or digit first and no full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence(pub String);

impl Text for Sentence {
    const EXPECTING: &'static str = "a sentence";

    fn parse(text: &str) -> Result<Self, String> {
        let first = text.chars().next().is_some_and(char::is_alphanumeric);
        let fits = text.chars().count() <= 400 && text.chars().all(is_printable);
        if first && fits && !text.ends_with('.') {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!(
                "`{}` is not a sentence: one has up to 400 visible characters, begins with a letter or digit and has no full stop",
                printable(text)
            ))
        }
    }
}

impl Name {
    /// The same for two names that read alike: by the confusable characters of Unicode's UTS #39, so
    /// a Cyrillic `а` is an `a`, and an accent may stand apart from its letter. Case counts.
    #[must_use]
    pub fn read(text: &str) -> String {
        unicode_security::skeleton(text).collect()
    }
}

impl Text for UnitPrice {
    const EXPECTING: &'static str = "a price with its unit, such as `\"28.8 per 10K TPM-hour\"`";

    fn parse(text: &str) -> Result<Self, String> {
        Self::parse(text).map_err(|error| format!("`{}` is not a price: {error}", printable(text)))
    }
}

impl Text for Hours {
    const EXPECTING: &'static str = "hours of the day such as `\"08:00-22:00\"`";

    fn parse(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| {
            format!(
                "`{}` are not hours of the day: they are written `08:00-22:00`, from the first minute to before the second, and may go over midnight",
                printable(text)
            )
        })
    }
}

impl Text for Method {
    const EXPECTING: &'static str = "a method such as `\"ptu\"`";

    fn parse(text: &str) -> Result<Self, String> {
        let mut all = Self::ALL.iter().copied();
        all.find(|method| method.name() == text).ok_or_else(|| {
            let names = Self::ALL.iter();
            let names: Vec<_> = names.map(|method| format!("`{}`", method.name())).collect();
            let names = names.join(", ");
            format!(
                "`{}` is not a method: it is one of {names}",
                printable(text)
            )
        })
    }
}

impl Text for Mode {
    const EXPECTING: &'static str = "a mode such as `\"thinking\"`";

    fn parse(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| {
            let names: Vec<_> = Self::ALL
                .iter()
                .map(|mode| format!("`{}`", mode.name()))
                .collect();
            format!(
                "`{}` is not a mode: it is one of {}",
                printable(text),
                names.join(", ")
            )
        })
    }
}

/// A model unit specification, and whether its count was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpecText {
    /// The specification.
    pub spec: Spec,
    /// False for `MU5`, which is read as one unit, and for a name of its own without one.
    pub count_given: bool,
}

impl Text for SpecText {
    const EXPECTING: &'static str = "a specification such as `\"MU1 x 8\"`";

    fn parse(text: &str) -> Result<Self, String> {
        let spec = Spec::parse(text).ok_or_else(|| {
            format!(
                "`{}` is not a specification such as `MU1 x 8`",
                printable(text)
            )
        })?;
        Ok(Self {
            spec,
            count_given: Spec::says_count(text),
        })
    }
}

/// A number of tokens: `128000 tokens`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenCount(pub u64);

impl Text for TokenCount {
    const EXPECTING: &'static str = "a number of tokens such as `\"128K tokens\"`";

    fn parse(text: &str) -> Result<Self, String> {
        counted_in(text, "tokens").map(Self)
    }
}

/// What a token counts: `0.2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight(pub Decimal);

impl Text for Weight {
    const EXPECTING: &'static str = "a weight such as `\"0.2\"`";

    fn parse(text: &str) -> Result<Self, String> {
        let weight = parse_decimal(text);
        weight
            .map(Self)
            .map_err(|error| format!("`{}` is {error}", printable(text)))
    }
}

/// A purchase step: `10K TPM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TpmStep(pub u64);

impl Text for TpmStep {
    const EXPECTING: &'static str = "a purchase step such as `\"10K TPM\"`";

    fn parse(text: &str) -> Result<Self, String> {
        counted_in(text, "TPM").map(Self)
    }
}

/// Tokens per minute that a unit adds: `3400 TPM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tpm(pub u64);

impl Text for Tpm {
    const EXPECTING: &'static str = "tokens per minute such as `\"3400 TPM\"`";

    fn parse(text: &str) -> Result<Self, String> {
        counted_in(text, "TPM").map(Self)
    }
}

impl Text for Capacity {
    const EXPECTING: &'static str = "what a replica serves, such as `\"MU1x8=300k/60k\"`";

    fn parse(text: &str) -> Result<Self, String> {
        Self::parse(text, SaidBy::Catalog)
            .map_err(|problem| format!("`{}`: {problem}", printable(text)))
    }
}

fn counted_in(text: &str, unit: &str) -> Result<u64, String> {
    let count = text
        .strip_suffix(unit)
        .and_then(|rest| rest.strip_suffix(' '))
        .ok_or_else(|| format!("`{}` does not end in ` {unit}`", printable(text)))?;
    match parse_count(count) {
        Ok(0) => Err(format!("`{}` is zero", printable(text))),
        Ok(count) => Ok(count),
        Err(error) => Err(format!("`{}` is {error}", printable(count))),
    }
}

impl Text for Increment {
    const EXPECTING: &'static str = "a billing increment, `\"minute\"`, `\"hour\"` or `\"day\"`";

    fn parse(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| {
            format!(
                "`{}` is not an increment: it is `minute`, `hour` or `day`",
                printable(text)
            )
        })
    }
}

impl Text for Span {
    const EXPECTING: &'static str = "a duration with its unit, such as `\"24h\"`";

    fn parse(text: &str) -> Result<Self, String> {
        if !text.ends_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(format!(
                "`{}` has no unit, as in `24h` or `30d`",
                printable(text)
            ));
        }
        Self::parse(text, Increment::Hour)
            .map_err(|error| format!("`{}` is not a duration: {error}", printable(text)))
    }
}

impl Text for Percent {
    const EXPECTING: &'static str = "a percentage such as `\"50%\"`";

    fn parse(text: &str) -> Result<Self, String> {
        text.strip_suffix('%')
            .and_then(|number| parse_decimal(number).ok())
            .and_then(Self::new)
            .ok_or_else(|| {
                format!(
                    "`{}` is not a percentage from `0%` to `100%`",
                    printable(text)
                )
            })
    }
}

impl Text for Decimal {
    const EXPECTING: &'static str = "a decimal as a string, such as `\"1.2\"`";

    fn parse(text: &str) -> Result<Self, String> {
        parse_decimal(text).map_err(|error| format!("`{}` is {error}", printable(text)))
    }
}

impl Text for Currency {
    const EXPECTING: &'static str = "a currency code such as `\"CNY\"`";

    fn parse(text: &str) -> Result<Self, String> {
        Self::parse(text)
            .ok_or_else(|| format!("`{}` is not a currency code such as `CNY`", printable(text)))
    }
}

impl Text for NaiveTime {
    const EXPECTING: &'static str = "a clock time such as `\"22:00\"`";

    fn parse(text: &str) -> Result<Self, String> {
        Some(text)
            .filter(|text| is_shaped(text, "00:00"))
            .and_then(|text| Self::parse_from_str(text, "%H:%M").ok())
            .ok_or_else(|| format!("`{}` is not a clock time such as `22:00`", printable(text)))
    }
}

/// Whether a character shows itself and leaves the others where they are: no control characters,
/// no marks that reorder or hide text, no letters that print as nothing, and nothing that only
/// chooses how the character before it looks.
#[must_use]
pub fn is_printable(c: char) -> bool {
    let hidden = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}');
    !c.is_control() && !hidden
}

/// The one of `all` whose name is `text`; `what` says what is expected, as in `a status`.
///
/// # Errors
/// A sentence that lists every name.
pub fn one_of<T: Copy>(
    text: &str,
    what: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, String> {
    let found = all.iter().copied().find(|one| name(*one) == text);
    found.ok_or_else(|| {
        let names: Vec<String> = all.iter().map(|one| format!("`{}`", name(*one))).collect();
        let text = printable(text);
        format!("`{text}` is not {what}: it is one of {}", names.join(", "))
    })
}

/// Text from outside as it may stand in a message: escaped where it is not printable, and clipped.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut clipped: String = text.chars().take(MAX_CHARS).collect();
    if clipped.len() < text.len() {
        clipped.push('…');
    }
    escaped(&clipped)
}

/// Text escaped where it is not printable, whole.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        if is_printable(c) {
            shown.push(c);
        } else {
            shown.extend(c.escape_default());
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_harmless() {
        for code in ["qwen3-8b", "MiniMax-M2.5", "a/b:c@1_2"] {
            assert!(<Code as Text>::parse(code).is_ok(), "{code}");
        }
        for code in [
            "",
            "-a",
            "=cmd",
            "a b",
            "a\u{1b}[31m",
            "ä",
            &"a".repeat(129),
        ] {
            assert!(<Code as Text>::parse(code).is_err(), "{code}");
        }
        for name in ["Qwen3-8B", "通义千问 Max", "GLM 5 (beta)"] {
            assert!(<Name as Text>::parse(name).is_ok(), "{name}");
        }
        for name in [
            "",
            "=cmd",
            "+1",
            "@x",
            " a",
            "a\u{7}",
            "a\u{202e}b",
            "a\u{200b}",
            "\u{3164}",
            "a\u{115f}",
            "a\u{1160}",
            "a\u{ffa0}",
            "a\u{fe0f}",
            "a\u{e0101}",
            "a\u{180b}",
            "a\u{34f}",
            "a\u{2800}",
            &"a".repeat(129),
        ] {
            assert!(<Name as Text>::parse(name).is_err(), "{name}");
        }
    }

    #[test]
    fn text_from_outside_is_escaped_and_clipped() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}"), "a\\u{1b}[31mb\\u{202e}");
        assert_eq!(printable("\n"), "\\n");
        assert_eq!(printable(&"x".repeat(1_000)).chars().count(), 129);
    }
}
