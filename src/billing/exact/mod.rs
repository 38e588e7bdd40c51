//! Arithmetic that is exact or an error.
//!
//! `Decimal`'s own operators round silently past 28 digits or panic, so every product, sum and
//! quotient of the billing core goes through here, on integer mantissas.

mod quotient;

use rust_decimal::{Decimal, RoundingStrategy};

pub use quotient::{Quotient, div, div_ceil, floor_ratio, ratio, ratio_or_rounded};

/// Decimals kept where a quotient does not end, such as ¥47 an hour for one minute.
pub const QUOTIENT_DECIMALS: u32 = 12;

/// The exact result has more digits than a decimal holds (96 bits of mantissa, 28 decimals).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// `a × b`.
///
/// # Errors
/// [`TooLarge`] when a decimal cannot hold every digit of the product.
pub fn mul(a: Decimal, b: Decimal) -> Result<Decimal, TooLarge> {
    let (mut ma, mut scale) = (
        a.mantissa(),
        i64::from(a.scale()).saturating_add(b.scale().into()),
    );
    let mut mb = b.mantissa();
    // Tens are taken out of the mantissas first, also those that only appear in the product
    // (2 × 5), so that an overflow below means that the product really does not fit.
    for (of_a, of_b) in [(10, 1), (1, 10), (2, 5), (5, 2)] {
        while ma != 0
            && mb != 0
            && ma.checked_rem(of_a) == Some(0)
            && mb.checked_rem(of_b) == Some(0)
        {
            ma = ma.checked_div(of_a).ok_or(TooLarge)?;
            mb = mb.checked_div(of_b).ok_or(TooLarge)?;
            scale = scale.saturating_sub(1);
        }
    }
    scaled(ma.checked_mul(mb).ok_or(TooLarge)?, scale)
}

/// `a + b`.
///
/// # Errors
/// [`TooLarge`] when a decimal cannot hold every digit of the sum.
pub fn add(a: Decimal, b: Decimal) -> Result<Decimal, TooLarge> {
    let (ma, sa) = parts(a);
    let (mb, sb) = parts(b);
    let scale = sa.max(sb);
    let widened = |mantissa: i128, from: u32| {
        pow10(scale.saturating_sub(from)).and_then(|factor| mantissa.checked_mul(factor))
    };
    let sum = widened(ma, sa)
        .zip(widened(mb, sb))
        .and_then(|(x, y)| x.checked_add(y))
        .ok_or(TooLarge)?;
    from_parts(sum, scale)
}

/// `a − b`.
///
/// # Errors
/// As [`add`].
pub fn sub(a: Decimal, b: Decimal) -> Result<Decimal, TooLarge> {
    add(a, negate(b))
}

/// The sum of `values`, 0 for none.
///
/// # Errors
/// As [`add`].
pub fn sum(values: impl IntoIterator<Item = Decimal>) -> Result<Decimal, TooLarge> {
    values.into_iter().try_fold(Decimal::ZERO, add)
}

/// `−a`, without a negative zero.
#[must_use]
pub fn negate(a: Decimal) -> Decimal {
    let mut negated = a;
    if !a.is_zero() {
        negated.set_sign_positive(a.is_sign_negative());
    }
    negated
}

/// `mantissa ÷ 10^scale`, where the scale may be negative.
fn scaled(mantissa: i128, scale: i64) -> Result<Decimal, TooLarge> {
    if mantissa == 0 {
        return Ok(Decimal::ZERO);
    }
    match u32::try_from(scale) {
        Ok(scale) => from_parts(mantissa, scale),
        Err(_) => {
            let factor = u32::try_from(scale.unsigned_abs()).ok().and_then(pow10);
            let whole = factor.and_then(|factor| mantissa.checked_mul(factor));
            from_parts(whole.ok_or(TooLarge)?, 0)
        }
    }
}

/// The one rounding of money: 2 digits, half away from zero.
#[must_use]
pub fn round2(a: Decimal) -> Decimal {
    let mut rounded = a.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    rounded
}

/// [`round2`]; where that would give 0, the first 2 digits that are not 0.
#[must_use]
pub fn round2_or_more(a: Decimal) -> Decimal {
    let rounded = round2(a);
    if !rounded.is_zero() || a.is_zero() {
        return rounded;
    }
    let digits = a.mantissa().unsigned_abs().checked_ilog10().unwrap_or(0);
    let decimals = a.scale().saturating_sub(digits).saturating_add(1);
    a.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// Rounds a product with an amount that is itself rounded: at [`QUOTIENT_DECIMALS`], as that is.
#[must_use]
pub fn round_quotient(a: Decimal) -> Decimal {
    a.round_dp_with_strategy(QUOTIENT_DECIMALS, RoundingStrategy::MidpointAwayFromZero)
}

/// A decimal as a script reads it: no grouping, no trailing zeros, no exponent, no `-0`.
#[must_use]
pub fn plain(a: Decimal) -> String {
    a.normalize().to_string()
}

fn parts(a: Decimal) -> (i128, u32) {
    let normal = a.normalize();
    (normal.mantissa(), normal.scale())
}

fn from_parts(mut mantissa: i128, mut scale: u32) -> Result<Decimal, TooLarge> {
    while scale > 0 && mantissa.checked_rem(10) == Some(0) {
        mantissa = mantissa.checked_div(10).ok_or(TooLarge)?;
        scale = scale.saturating_sub(1);
    }
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| TooLarge)
}

fn pow10(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn products_are_exact_or_an_error() {
        assert_eq!(mul(d("1.1"), d("1.1")), Ok(d("1.21")));
        assert_eq!(mul(d("-2.5"), d("4")), Ok(d("-10")));
        // 29 digits: the operator of `Decimal` would round it.
        assert_eq!(
            mul(d("1.00000000000001"), d("1.000000000000001")),
            Err(TooLarge)
        );
        // A product that fits, of factors with many zeros and many decimals.
        assert_eq!(
            mul(d("675.21908831230425"), d("25197930000000000000000000")),
            Ok(d("17014123321957260630202500000"))
        );
        // The mantissas overflow 127 bits, the product does not: 2^95 × 5^28 ÷ 10^28.
        let two = d("39614081257132168796771975168");
        let five = Decimal::try_from_i128_with_scale(5_i128.pow(28), 28).unwrap();
        assert_eq!(mul(two, five), Ok(Decimal::from(2_u128.pow(67))));
    }

    #[test]
    fn sums_are_exact_or_an_error() {
        assert_eq!(add(d("0.1"), d("0.2")), Ok(d("0.3")));
        assert_eq!(
            add(d("79228162514264337593543950335"), d("0.1")),
            Err(TooLarge)
        );
        assert_eq!(sub(d("1"), d("1")).map(plain), Ok("0".to_owned()));
    }

    #[test]
    fn rounding_is_half_away_from_zero_and_never_minus_zero() {
        for (exact, shown) in [
            ("1.005", "1.01"),
            ("1.015", "1.02"),
            ("-1.005", "-1.01"),
            ("-0.004", "0"),
            ("1.999", "2"),
        ] {
            assert_eq!(plain(round2(d(exact))), shown);
        }
    }
}
