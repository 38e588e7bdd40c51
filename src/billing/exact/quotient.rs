//! Quotients: exact where they end, else rounded once, and whole ones.

use rust_decimal::Decimal;

use super::{QUOTIENT_DECIMALS, TooLarge, from_parts, parts, pow10, scaled};

/// A quotient, and whether it is exact or rounded at [`QUOTIENT_DECIMALS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotient {
    /// The value, rounded half away from zero where it does not end.
    pub value: Decimal,
    /// Whether it is the exact quotient.
    pub exact: bool,
}

/// `a ÷ divisor`: exact where the quotient ends, else rounded half away from zero at
/// [`QUOTIENT_DECIMALS`].
///
/// # Errors
/// [`TooLarge`] when the quotient does not fit, or `divisor` is 0.
pub fn div(a: Decimal, divisor: u64) -> Result<Quotient, TooLarge> {
    ratio(a, Decimal::from(divisor))
}

/// `a ÷ b`, as [`div`].
///
/// # Errors
/// [`TooLarge`] when the quotient does not fit, or `b` is 0.
pub fn ratio(a: Decimal, b: Decimal) -> Result<Quotient, TooLarge> {
    let (mut mantissa, mut rest, mut scale) = fraction(a, b)?;
    let common = gcd(mantissa.unsigned_abs(), rest.unsigned_abs());
    let common = i128::try_from(common).map_err(|_| TooLarge)?;
    mantissa = mantissa.checked_div(common).ok_or(TooLarge)?;
    rest = rest.checked_div(common).ok_or(TooLarge)?;
    if !ends(rest) {
        return rounded(mantissa, rest, scale);
    }
    // Each 10 of the divisor is one more decimal, and so is each 2 or 5: ÷ 2 is × 5 ÷ 10.
    for (factor, partner) in [(10, 1), (2, 5), (5, 2)] {
        while rest.checked_rem(factor) == Some(0) {
            rest = rest.checked_div(factor).ok_or(TooLarge)?;
            mantissa = mantissa.checked_mul(partner).ok_or(TooLarge)?;
            scale = scale.saturating_add(1);
        }
    }
    Ok(Quotient {
        value: scaled(mantissa, scale)?,
        exact: true,
    })
}

/// `a ÷ b` as `mantissa ÷ divisor ÷ 10^scale`, in whole numbers: the divisor is positive, and the scale of
/// either sign.
fn fraction(a: Decimal, b: Decimal) -> Result<(i128, i128, i64), TooLarge> {
    let ((mantissa, a_scale), (divisor, b_scale)) = (parts(a), parts(b));
    let scale = i64::from(a_scale).saturating_sub(i64::from(b_scale));
    let mantissa = mantissa.checked_mul(divisor.signum()).ok_or(TooLarge)?;
    match divisor.checked_abs() {
        None | Some(0) => Err(TooLarge),
        Some(divisor) => Ok((mantissa, divisor, scale)),
    }
}

/// Whether a fraction in lowest terms with this divisor ends as a decimal: only 2 and 5 divide it.
fn ends(mut divisor: i128) -> bool {
    for factor in [2, 5] {
        while divisor != 0 && divisor.checked_rem(factor) == Some(0) {
            divisor = divisor.checked_div(factor).unwrap_or(0);
        }
    }
    divisor == 1
}

/// `mantissa ÷ divisor ÷ 10^scale`, rounded at [`QUOTIENT_DECIMALS`]. The divisor is positive and,
/// as the mantissa, no longer than a decimal holds.
fn rounded(mantissa: i128, divisor: i128, scale: i64) -> Result<Quotient, TooLarge> {
    let shift = i64::from(QUOTIENT_DECIMALS).saturating_sub(scale);
    let digits = if shift >= 0 {
        long_division(mantissa, divisor, shift)
    } else {
        let factor = u32::try_from(shift.unsigned_abs()).ok().and_then(pow10);
        match factor.and_then(|factor| divisor.checked_mul(factor)) {
            Some(divisor) => long_division(mantissa, divisor, 0),
            // A divisor of over 38 digits under at most 29: less than half of the last decimal.
            None => Some(0),
        }
    };
    Ok(Quotient {
        value: from_parts(digits.ok_or(TooLarge)?, QUOTIENT_DECIMALS)?,
        exact: false,
    })
}

/// `numerator × 10^digits ÷ denominator`, rounded half away from zero. Digit by digit, so that only
/// a result that is too large overflows.
fn long_division(numerator: i128, denominator: i128, digits: i64) -> Option<i128> {
    let mut whole = numerator.checked_div(denominator)?;
    let mut rest = numerator.checked_rem(denominator)?;
    for _ in 0..digits {
        let next = rest.checked_mul(10)?;
        whole = whole
            .checked_mul(10)?
            .checked_add(next.checked_div(denominator)?)?;
        rest = next.checked_rem(denominator)?;
    }
    let half_reached = rest.checked_abs()?.checked_mul(2)? >= denominator.checked_abs()?;
    if half_reached {
        whole.checked_add(numerator.signum())
    } else {
        Some(whole)
    }
}

/// `a ÷ divisor`, rounded up to a whole number. `a` is not negative.
///
/// # Errors
/// [`TooLarge`] when the result does not fit, `a` is negative or `divisor` is 0.
pub fn div_ceil(a: Decimal, divisor: u64) -> Result<u64, TooLarge> {
    let (mantissa, scale) = parts(a);
    let denominator = pow10(scale)
        .and_then(|factor| factor.checked_mul(i128::from(divisor)))
        .ok_or(TooLarge)?;
    let whole = mantissa.checked_div(denominator).ok_or(TooLarge)?;
    let rest = mantissa.checked_rem(denominator).ok_or(TooLarge)?;
    let up = i128::from(rest > 0);
    whole
        .checked_add(up)
        .and_then(|value| u64::try_from(value).ok())
        .ok_or(TooLarge)
}

/// `a ÷ b`, rounded down to a whole number. Neither is negative.
///
/// # Errors
/// [`TooLarge`] when the result does not fit, one is negative or `b` is 0.
pub fn floor_ratio(a: Decimal, b: Decimal) -> Result<u64, TooLarge> {
    let (ma, sa) = parts(a);
    let (mb, sb) = parts(b);
    if ma < 0 || mb <= 0 {
        return Err(TooLarge);
    }
    // Only the difference of the scales is multiplied in.
    let factor = pow10(sa.abs_diff(sb)).ok_or(TooLarge)?;
    let (numerator, denominator) = if sa >= sb {
        (Some(ma), mb.checked_mul(factor))
    } else {
        (ma.checked_mul(factor), Some(mb))
    };
    numerator
        .zip(denominator)
        .and_then(|(numerator, denominator)| numerator.checked_div(denominator))
        .and_then(|whole| u64::try_from(whole).ok())
        .ok_or(TooLarge)
}

/// `a ÷ b` as [`ratio`], but rounded at [`QUOTIENT_DECIMALS`] also where the quotient ends later
/// than a decimal holds: 1 ÷ 2^40.
///
/// # Errors
/// [`TooLarge`] when the rounded quotient does not fit, or `b` is 0.
pub fn ratio_or_rounded(a: Decimal, b: Decimal) -> Result<Quotient, TooLarge> {
    ratio(a, b).or_else(|TooLarge| {
        let (mantissa, divisor, scale) = fraction(a, b)?;
        rounded(mantissa, divisor, scale)
    })
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn whole_quotients_are_rounded_down() {
        for (a, b, whole) in [
            ("7", "2", 3),
            ("1", "0.3", 3),
            ("0.9", "0.3", 3),
            ("0", "5", 0),
        ] {
            assert_eq!(floor_ratio(d(a), d(b)), Ok(whole), "{a} {b}");
        }
        for (a, b) in [
            ("1", "0"),
            ("-1", "1"),
            ("1", "-1"),
            ("1000000000000", "0.00000001"),
        ] {
            assert_eq!(floor_ratio(d(a), d(b)), Err(TooLarge), "{a} {b}");
        }
    }

    #[test]
    fn a_quotient_that_ends_too_late_can_be_rounded() {
        let odd = d("1099511627776");
        assert_eq!(ratio(Decimal::ONE, odd), Err(TooLarge));
        for (a, b, value) in [
            (d("100"), odd, "0.000000000091"),
            (d("1099511627775"), odd, "0.999999999999"),
            (d("0.5"), odd, "0"),
            (d("1"), d("109951162777.6"), "0.000000000009"),
            (d("10.5"), d("10995116277.76"), "0.000000000955"),
        ] {
            let quotient = ratio_or_rounded(a, b).unwrap();
            assert_eq!(
                (plain(quotient.value).as_str(), quotient.exact),
                (value, false)
            );
        }
        // Many digits on both sides, and a quotient that fits.
        let (long, most) = (
            "7448920193704242306.26306128",
            "79228162514264337593543950335",
        );
        let (money, below) = (
            "79228162514264.337593543950335",
            "-79228162514264.33759354395",
        );
        for (a, b, value) in [
            (long, "30720", "242477870888809.970907000693"),
            (most, "79228162514264337593543950333", "1"),
            ("-0.0000000000000000000000000001", most, "0"),
            (money, "-0.9999999999999999999999999997", below),
        ] {
            let quotient = ratio_or_rounded(d(a), d(b)).unwrap();
            assert_eq!(
                (plain(quotient.value).as_str(), quotient.exact),
                (value, false),
                "{a} {b}"
            );
        }
        assert!(ratio_or_rounded(d("1"), d("8")).unwrap().exact);
        assert_eq!(ratio_or_rounded(d("1"), d("0")), Err(TooLarge));
    }

    #[test]
    fn quotients_end_or_are_rounded_once() {
        let ends = div(d("12166.8"), 30).unwrap();
        assert_eq!((ends.value, ends.exact), (d("405.56"), true));
        let third = div(d("47"), 60).unwrap();
        assert_eq!((third.value, third.exact), (d("0.783333333333"), false));
        let up = div(d("-2"), 3).unwrap();
        assert_eq!(up.value, d("-0.666666666667"));
        assert_eq!(div(d("1"), 0), Err(TooLarge));
        for (a, b, value) in [
            ("345.6", "28.8", "12"),
            ("20.74", "1.73", "11.988439306358"),
            ("-1", "0.003", "-333.333333333333"),
            ("1", "0.0008", "1250"),
            ("0", "7", "0"),
        ] {
            assert_eq!(
                ratio(d(a), d(b)).map(|q| plain(q.value)),
                Ok(value.to_owned())
            );
        }
    }

    #[test]
    fn a_started_unit_counts_whole() {
        assert_eq!(div_ceil(d("5400"), 3600), Ok(2));
        assert_eq!(div_ceil(d("7200"), 3600), Ok(2));
        assert_eq!(div_ceil(d("7200.0000001"), 3600), Ok(3));
        assert_eq!(div_ceil(d("0"), 3600), Ok(0));
    }
}
