//! How numbers are written by people: `100k`, `1.5M`, `100,000`, and back.

use std::fmt;

use rust_decimal::Decimal;

use super::exact;

/// The largest count of tokens, TPM, requests or replicas that is accepted.
pub const MAX_COUNT: u64 = 1_000_000_000_000_000;

/// Why a number is refused. Shown after the text it is about: "`1.5` is not a whole number".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberError {
    /// Not written as a number.
    NotANumber,
    /// Below zero.
    Negative,
    /// Has a fraction where none makes sense.
    NotWhole,
    /// Above [`MAX_COUNT`], or more digits than a decimal holds.
    TooLarge,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => f.write_str("not a number such as `100k`, `1.5M` or `100,000`"),
            Self::Negative => f.write_str("negative"),
            Self::NotWhole => f.write_str("not a whole number"),
            Self::TooLarge => f.write_str("too large: the limit is 1,000,000,000,000,000"),
        }
    }
}

/// Reads a count: digits, also grouped in threes by `,` or `_`, with `k`, `M` or `B` (powers of ten).
///
/// # Errors
/// [`NumberError`] unless it is a whole number from 0 to [`MAX_COUNT`].
pub fn parse_count(text: &str) -> Result<u64, NumberError> {
    let (digits, factor) = match text.char_indices().last() {
        Some((at, 'k' | 'K')) => (text.get(..at), 1_000),
        Some((at, 'm' | 'M')) => (text.get(..at), 1_000_000),
        Some((at, 'b' | 'B')) => (text.get(..at), 1_000_000_000),
        _ => (Some(text), 1),
    };
    let number = parse_decimal(digits.unwrap_or_default())?;
    let count = exact::mul(number, Decimal::from(factor))
        .map_err(|_: exact::TooLarge| NumberError::TooLarge)?;
    if !count.fract().is_zero() {
        return Err(NumberError::NotWhole);
    }
    match u64::try_from(count) {
        Ok(count) if count <= MAX_COUNT => Ok(count),
        _ => Err(NumberError::TooLarge),
    }
}

/// Reads a decimal that is not negative: digits, optionally grouped in threes, optionally a fraction.
/// No exponent, no sign, no other separator, so that `1,5` is never taken for 15.
///
/// # Errors
/// [`NumberError`] for anything else, and where a decimal cannot hold every digit.
pub fn parse_decimal(text: &str) -> Result<Decimal, NumberError> {
    if let Some(rest) = text.strip_prefix('-') {
        return Err(match unsigned(rest) {
            Ok(_) => NumberError::Negative,
            Err(error) => error,
        });
    }
    unsigned(text)
}

fn unsigned(text: &str) -> Result<Decimal, NumberError> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let whole = ungrouped(whole).ok_or(NumberError::NotANumber)?;
    let plain = match fraction {
        None => whole,
        Some(fraction) if is_digits(fraction) => format!("{whole}.{fraction}"),
        Some(_) => return Err(NumberError::NotANumber),
    };
    Decimal::from_str_exact(&plain).map_err(|_| NumberError::TooLarge)
}

fn ungrouped(whole: &str) -> Option<String> {
    if is_digits(whole) {
        return Some(whole.to_owned());
    }
    let separator = [',', '_'].into_iter().find(|c| whole.contains(*c))?;
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let first_ok = is_digits(first) && first.len() <= 3;
    let rest_ok = groups.all(|group| is_digits(group) && group.len() == 3);
    (first_ok && rest_ok).then(|| whole.replace(separator, ""))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `value` with at least `decimals` digits and thousands grouped: `18,076.80`. Does not round.
#[must_use]
pub fn grouped(value: Decimal, decimals: u32) -> String {
    // Padded as text: a decimal of 28 digits has no room for the zeros.
    let text = value.normalize().to_string();
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.as_str()),
    };
    let (whole, digits) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let decimals = usize::try_from(decimals).unwrap_or(0);
    let fraction = match decimals.max(digits.len()) {
        0 => String::new(),
        width => format!(".{digits:0<width$}"),
    };
    let mut groups = String::new();
    for (position, digit) in whole.chars().enumerate() {
        let left = whole.len().saturating_sub(position);
        if position > 0 && left.is_multiple_of(3) {
            groups.push(',');
        }
        groups.push(digit);
    }
    format!("{sign}{groups}{fraction}")
}

/// A whole number with thousands grouped: `18,076`.
#[must_use]
pub fn whole(count: impl Into<Decimal>) -> String {
    grouped(count.into(), 0)
}

/// A count as one says it: `100K`, `1.5M`, and `1,234,567` where a suffix would hide digits.
#[must_use]
pub fn spoken(count: u64) -> String {
    let short = [
        (1_000_000_000_u64, 10_000_000, "B"),
        (1_000_000, 10_000, "M"),
        (1_000, 1_000, "K"),
    ]
    .into_iter()
    .find(|(unit, step, _)| count >= *unit && count.is_multiple_of(*step));
    let decimal = Decimal::from(count);
    match short {
        Some((unit, _, suffix)) => match exact::div(decimal, unit) {
            Ok(quotient) => {
                let value = quotient.value.normalize();
                format!("{}{suffix}", grouped(value, value.scale()))
            }
            Err(exact::TooLarge) => grouped(decimal, 0),
        },
        None => grouped(decimal, 0),
    }
}

/// A count to one decimal of the largest unit, half away from zero: `144.8M`, `4K`, and `950`.
#[must_use]
pub fn rough(count: u64) -> String {
    let units = [
        (1_000_u64, "K"),
        (1_000_000, "M"),
        (1_000_000_000, "B"),
        (1_000_000_000_000, "T"),
    ];
    if count < 1_000 {
        return whole(count);
    }
    let in_unit = |(unit, suffix): (u64, &'static str)| {
        let (tenth, half) = (unit / 10, unit / 20);
        let tenths = u128::from(count)
            .saturating_add(half.into())
            .checked_div(tenth.into())?;
        let tenths = u64::try_from(tenths).ok()?;
        Some((tenths, suffix))
    };
    let mut all = units.into_iter().filter_map(in_unit);
    // What rounds up to a thousand of a unit is one of the next.
    let last = in_unit((1_000_000_000_000, "T"));
    let fits = all.find(|(tenths, _)| *tenths < 10_000).or(last);
    match fits {
        Some((tenths, suffix)) if tenths % 10 == 0 => format!("{}{suffix}", whole(tenths / 10)),
        Some((tenths, suffix)) => format!("{}.{}{suffix}", whole(tenths / 10), tenths % 10),
        None => whole(count),
    }
}

/// An average with more decimals than this is not written out.
const AVERAGE_DECIMALS: u32 = 4;

/// `count ÷ of` in words: `40,000`, `32,768.5`, or `between 3 and 4` where it has more decimals. Never
/// rounded, as an average can be just above a limit.
#[must_use]
pub fn average(count: u64, of: u64) -> String {
    let floor = count.checked_div(of).unwrap_or(count);
    match exact::div(Decimal::from(count), of).map(|each| (each.exact, each.value.normalize())) {
        Ok((true, each)) if each.scale() <= AVERAGE_DECIMALS => grouped(each, each.scale()),
        _ => format!(
            "between {} and {}",
            whole(floor),
            whole(floor.saturating_add(1))
        ),
    }
}

/// The text with its first letter in upper case.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// "1 day", "7 days": a count and its noun. The noun takes an `s`.
#[must_use]
pub fn counted(count: u64, noun: &str) -> String {
    let number = whole(count);
    let plural = if count == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rough_count_is_rounded_once_and_never_a_thousand_of_its_unit() {
        for (count, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1K"),
            (1_049, "1K"),
            (1_050, "1.1K"),
            (999_949, "999.9K"),
            (999_950, "1M"),
            (144_812_345, "144.8M"),
            (999_950_000, "1B"),
            (12_345_678_901_234_567, "12,345.7T"),
        ] {
            assert_eq!(rough(count), text);
        }
        assert_eq!(rough(u64::MAX), "18,446,744.1T");
    }

    #[test]
    fn counts_are_read_as_people_write_them() {
        for (text, count) in [
            ("0", 0),
            ("100k", 100_000),
            ("100K", 100_000),
            ("1.5M", 1_500_000),
            ("2B", 2_000_000_000),
            ("100_000", 100_000),
            ("100,000", 100_000),
            ("1,500k", 1_500_000),
            ("1000000000000000", MAX_COUNT),
        ] {
            assert_eq!(parse_count(text), Ok(count), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_whole_number_is_refused() {
        use NumberError::{Negative, NotANumber, NotWhole, TooLarge};
        for (text, error) in [
            ("", NotANumber),
            ("k", NotANumber),
            ("1e5", NotANumber),
            ("1,5", NotANumber),
            ("1__0", NotANumber),
            ("1,000_000", NotANumber),
            ("+1", NotANumber),
            ("0x10", NotANumber),
            ("NaN", NotANumber),
            ("١", NotANumber),
            ("1.", NotANumber),
            ("-5", Negative),
            ("-5k", Negative),
            ("1.5", NotWhole),
            ("1.0001k", NotWhole),
            ("1000000000000001", TooLarge),
            ("99999999999999999999999999999999", TooLarge),
        ] {
            assert_eq!(parse_count(text), Err(error), "{text}");
        }
    }

    #[test]
    fn an_average_is_said_with_its_digits_or_by_the_numbers_around_it() {
        assert_eq!(average(1_000_000, 25), "40,000");
        assert_eq!(average(65_537, 2), "32,768.5");
        assert_eq!(average(100_000, 3), "between 33,333 and 33,334");
        assert_eq!(average(32_768_001, 1_000_000), "between 32 and 33");
        assert_eq!(average(5, 0), "between 5 and 6");
    }

    #[test]
    fn counts_are_said_short_only_where_no_digit_is_lost() {
        for (count, text) in [
            (0, "0"),
            (999, "999"),
            (100_000, "100K"),
            (4_000, "4K"),
            (1_010, "1,010"),
            (1_500_000, "1.5M"),
            (1_250_000, "1.25M"),
            (1_234_567, "1,234,567"),
            (2_000_000_000, "2B"),
        ] {
            assert_eq!(spoken(count), text);
        }
    }
}
