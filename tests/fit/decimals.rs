//! What a decimal keeps of a fraction.

use num_bigint::BigInt;
use num_rational::Ratio;

use crate::common::Fraction;

/// Decimals that are kept of a quotient that does not end.
const DECIMALS: u32 = 12;

/// The number itself where it ends as a decimal, else rounded half away from zero.
pub fn kept(number: &Fraction) -> Fraction {
    if ends(number) {
        return number.clone();
    }
    // `round` takes halves away from zero.
    let power = Ratio::from_integer(BigInt::from(10).pow(DECIMALS));
    (number * &power).round() / power
}

/// Whether nothing but twos and fives divides the denominator.
pub fn ends(number: &Fraction) -> bool {
    let mut rest = number.denom().clone();
    for prime in [2, 5] {
        while &rest % prime == BigInt::ZERO {
            rest /= prime;
        }
    }
    rest == BigInt::from(1)
}
