//! Counts of tokens and calls as logs write them.

/// Why a text is not a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountProblem {
    /// There is nothing, or the null of JSON.
    Missing,
    /// It is below zero.
    Negative,
    /// It has a fraction that is not zero.
    NotWhole,
    /// It is no number.
    NotANumber,
    /// It is more than the type holds.
    TooLarge,
}

/// A whole number; `4808.0` too, as tools write it that keep numbers as floats, and `1,234` with digits in
/// groups of three.
pub fn count(text: &[u8]) -> Result<u64, CountProblem> {
    match ungrouped(text) {
        Some(digits) => plain_count(&digits),
        None => plain_count(text),
    }
}

/// The text without its commas, where all digits before a point stand in groups of three.
fn ungrouped(text: &[u8]) -> Option<Vec<u8>> {
    let whole = text.split(|byte| *byte == b'.').next()?;
    let mut groups = whole.split(|byte| *byte == b',');
    let first = groups.next()?;
    // What begins with 0 is a fraction after a comma.
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with(b"0");
    if first.len() == whole.len() || !is_first {
        return None;
    }
    let is_grouped = groups.all(|group| group.len() == 3);
    let without = text.iter().copied().filter(|byte| *byte != b',');
    // A comma in the fraction stays, and is refused.
    let fraction = text.get(whole.len()..)?;
    (is_grouped && !fraction.contains(&b',')).then(|| without.collect())
}

fn plain_count(text: &[u8]) -> Result<u64, CountProblem> {
    let (digits, fraction) = match text.iter().position(|byte| *byte == b'.') {
        Some(point) => text.split_at_checked(point).unwrap_or((text, b"")),
        None => (text, b".0".as_slice()),
    };
    let fraction = fraction.get(1..).unwrap_or_default();
    if text.is_empty() {
        return Err(CountProblem::Missing);
    }
    if matches!(text, [b'-', b'0'..=b'9', ..]) {
        return Err(CountProblem::Negative);
    }
    let all_digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    if !all_digits(digits) || !all_digits(fraction) {
        return Err(CountProblem::NotANumber);
    }
    if fraction.iter().any(|digit| *digit != b'0') {
        return Err(CountProblem::NotWhole);
    }
    let add = |sum: u64, digit: &u8| {
        sum.checked_mul(10)?
            .checked_add(u64::from(digit.wrapping_sub(b'0')))
    };
    let sum = digits.iter().try_fold(0_u64, add);
    sum.ok_or(CountProblem::TooLarge)
}

/// The values of digits, the first in the lowest byte, and the top bit of each byte that is none. What
/// comes after a byte above 127 is noise.
#[inline]
pub fn digits_of(bytes: [u8; 8]) -> (u64, u64) {
    // A digit is 0x30 to 0x39, so it is 0 to 9 after the exclusive or. Adding 0x76 carries any
    // other value into its top bit; the carry of a byte above 127 spoils the byte after it.
    let values = u64::from_le_bytes(bytes) ^ 0x3030_3030_3030_3030;
    let others = (values.wrapping_add(0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080;
    (values, others)
}

/// The number that the first `count` digits make, 1 to 8 of them.
#[inline]
pub fn combined(count: u32, values: u64) -> u64 {
    // Zeros move in before the digits; then pairs, fours and the eight are added up in place.
    let values = values.wrapping_shl(64_u32.wrapping_sub(count.wrapping_mul(8)));
    let pairs = values.wrapping_mul(10).wrapping_add(values >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff
}

/// The whole number of up to eight digits at the start, how many they are, and the rest. `None`
/// where there is none or fewer than eight bytes are left. Eight digits may have more after them.
#[inline]
pub fn quick_digits(text: &[u8]) -> Option<(u64, u32, &[u8])> {
    let (values, others) = digits_of(*text.first_chunk::<8>()?);
    let count = others.trailing_zeros() >> 3;
    if count == 0 {
        return None;
    }
    let rest = text.get(usize::try_from(count).ok()?..)?;
    Some((combined(count, values), count, rest))
}

/// A count of up to seven digits at the start, and the rest. `None` for anything else.
#[inline]
pub fn quick_count(text: &[u8]) -> Option<(u32, &[u8])> {
    let (value, digits, rest) = quick_digits(text)?;
    if digits == 8 {
        return None;
    }
    Some((u32::try_from(value).ok()?, rest))
}

/// As [`quick_count`], but no zero stands before other digits, as in JSON.
#[inline(always)]
pub fn quick_json_count(text: &[u8]) -> Option<(u32, &[u8])> {
    let (values, others) = digits_of(*text.first_chunk::<8>()?);
    let count = others.trailing_zeros() >> 3;
    let is_odd = values & 0xff == 0 && count > 1;
    if !(1..8).contains(&count) || is_odd {
        return None;
    }
    let rest = text.get(usize::try_from(count).ok()?..)?;
    Some((u32::try_from(combined(count, values)).ok()?, rest))
}

/// The two counts of up to seven digits at the start, and what follows their line: there is a separator between
/// them and the end of the line after them. `None` for anything else, and near the end of the block.
///
/// Both ends come from one look at the text, so that the processor is sooner at the next row.
#[inline]
pub fn quick_pair<const SEPARATOR: u8>(text: &[u8]) -> Option<(u32, u32, &[u8])> {
    let bytes = text.first_chunk::<16>()?;
    let values = u128::from_le_bytes(*bytes) ^ 0x3030_3030_3030_3030_3030_3030_3030_3030;
    // As in `digits_of`; a separator and a newline carry nothing into the byte after them.
    let others = values.wrapping_add(0x7676_7676_7676_7676_7676_7676_7676_7676) | values;
    let others = others & 0x8080_8080_8080_8080_8080_8080_8080_8080;
    let comma = others.trailing_zeros() >> 3;
    let after_comma = comma.wrapping_add(1);
    let newline = (others & others.wrapping_sub(1)).trailing_zeros() >> 3;
    let digits = newline.wrapping_sub(after_comma);
    let is_pair = (1..8).contains(&comma) & (1..8).contains(&digits);
    if !is_pair || bytes.get(usize::try_from(comma).ok()?) != Some(&SEPARATOR) {
        return None;
    }
    let rest = match text.get(usize::try_from(newline).ok()?..)? {
        [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => rest,
        _ => return None,
    };
    let low = |values: u128| u64::try_from(values & u128::from(u64::MAX)).ok();
    let first = combined(comma, low(values)?);
    let second = combined(digits, low(values >> after_comma.wrapping_mul(8).min(127))?);
    Some((
        u32::try_from(first).ok()?,
        u32::try_from(second).ok()?,
        rest,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_whole_numbers_and_nothing_else() {
        use CountProblem::{Missing, Negative, NotANumber, NotWhole, TooLarge};
        for (text, expected) in [
            ("0", Ok(0)),
            ("007", Ok(7)),
            ("4808.00", Ok(4808)),
            ("18446744073709551615", Ok(u64::MAX)),
            ("18446744073709551616", Err(TooLarge)),
            ("", Err(Missing)),
            ("-1", Err(Negative)),
            ("-1.5", Err(Negative)),
            ("-", Err(NotANumber)),
            ("1.5", Err(NotWhole)),
            ("1.", Err(NotANumber)),
            (".5", Err(NotANumber)),
            ("1e3", Err(NotANumber)),
            ("NaN", Err(NotANumber)),
            ("+1", Err(NotANumber)),
            ("1 000", Err(NotANumber)),
            ("1_000", Err(NotANumber)),
            ("1,234", Ok(1234)),
            ("12,345,678", Ok(12_345_678)),
            ("1,234.0", Ok(1234)),
            ("0,001", Err(NotANumber)),
            ("1,23", Err(NotANumber)),
            ("1,2345", Err(NotANumber)),
            ("1234,567", Err(NotANumber)),
            ("1,234,56", Err(NotANumber)),
            (",234", Err(NotANumber)),
            ("1,,234", Err(NotANumber)),
            ("1,234,", Err(NotANumber)),
            ("1,234.5", Err(NotWhole)),
            ("1,234.0,00", Err(NotANumber)),
            ("-1,234", Err(Negative)),
            ("1.234,000", Err(NotANumber)),
            ("1,a34", Err(NotANumber)),
        ] {
            assert_eq!(count(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn the_quick_way_reads_the_same_count_or_none() {
        for byte in 0..=u8::MAX {
            for digits in 0..=9_usize {
                let mut text = b"123456789".get(..digits).unwrap().to_vec();
                text.extend([byte, byte, b'7', 0xff, b'0', b'1', b'2', b'3', b'4']);
                let end = text.iter().position(|b| !b.is_ascii_digit()).unwrap();
                let (number, rest) = text.split_at(end);
                let quick = quick_count(&text);
                if (1..8).contains(&end) {
                    let slow = u32::try_from(count(number).unwrap()).unwrap();
                    assert_eq!(quick, Some((slow, rest)), "{text:?}");
                } else {
                    assert_eq!(quick, None, "{text:?}");
                }
                let is_json = end < 2 || !text.starts_with(b"0");
                assert_eq!(
                    quick_json_count(&text),
                    quick.filter(|_| is_json),
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn a_count_of_json_does_not_begin_with_zero_unless_it_is_zero() {
        for (text, expected) in [
            ("0, \"x\": 1", Some(0)),
            ("01, \"x\": 1", None),
            ("00, \"x\": 1", None),
        ] {
            let found = quick_json_count(text.as_bytes());
            assert_eq!(found.map(|(count, _)| count), expected, "{text}");
        }
    }

    #[test]
    fn two_counts_are_those_that_are_read_one_by_one() {
        let ends: Vec<u8> = (0..=u8::MAX).collect();
        for first in 0..=8_usize {
            for second in 0..=8_usize {
                for (comma, newline) in ends
                    .iter()
                    .flat_map(|end| [(b',', *end), (*end, b'\n'), (*end, *end)])
                {
                    let number = |digits: usize| b"94817263".get(..digits).unwrap().to_vec();
                    let rest = b"\n7\xff,1234567890123456";
                    let text = [
                        number(first),
                        vec![comma],
                        number(second),
                        vec![newline],
                        rest.to_vec(),
                    ]
                    .concat();
                    let one_by_one = quick_count(&text).and_then(|(first, rest)| {
                        let (second, rest) = quick_count(rest.strip_prefix(b",")?)?;
                        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
                        Some((first, second, rest.strip_prefix(b"\n")?))
                    });
                    assert_eq!(quick_pair::<b','>(&text), one_by_one, "{text:?}");
                }
            }
        }
        assert_eq!(quick_pair::<b','>(b"1,2\n34567890123"), None);
        assert_eq!(
            quick_pair::<b','>(b"1,2\n345678901234"),
            Some((1, 2, &b"345678901234"[..]))
        );
    }
}
