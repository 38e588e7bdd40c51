//! Each operation against the same one in fractions: equal, or refused where the result does not fit.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rust_decimal::Decimal;
use tollgate::billing::exact::{self, TooLarge};

use crate::common::{Fraction, fraction, whole};
use crate::{config, decimals, rounded, written};

/// Decimals of every length, many of them with factors that only cancel in a product or a quotient.
fn decimal() -> impl Strategy<Value = Decimal> {
    let shapes = (
        any::<bool>(),
        0..=96_u32,
        any::<u128>(),
        0..3_u8,
        0..40_u32,
        0..=28_u32,
    );
    shapes.prop_map(|(negative, bits, random, shape, power, scale)| {
        let factor = [2_u128, 5, 10][usize::from(shape)].checked_pow(power);
        let mantissa = random & ((1 << bits) - 1);
        let cut = factor.and_then(|factor| (mantissa / factor).checked_mul(factor));
        let mantissa = i128::try_from(cut.unwrap_or(mantissa)).unwrap();
        let signed = if negative { -mantissa } else { mantissa };
        Decimal::try_from_i128_with_scale(signed, scale).unwrap()
    })
}

fn exactly(number: Decimal) -> Fraction {
    fraction(&number.to_string())
}

fn text(result: Result<Decimal, TooLarge>) -> Option<String> {
    result.ok().map(exact::plain)
}

#[test]
fn products_sums_and_quotients_are_exact_or_refused() {
    // What prices are divided by: small numbers, powers of ten, and minutes of either.
    let power = (0..=7_u32).prop_map(|power| 10_u64.pow(power));
    let divisor = prop_oneof![
        1..=1_000_u64,
        power.clone(),
        power.prop_map(|power| power * 60)
    ];
    let operands = (decimal(), decimal(), divisor);
    let same = TestRunner::new(config(5_000)).run(&operands, |(a, b, divisor)| {
        let (x, y) = (exactly(a), exactly(b));
        prop_assert_eq!(text(exact::mul(a, b)), written(&(&x * &y)), "{} * {}", a, b);
        prop_assert_eq!(text(exact::add(a, b)), written(&(&x + &y)), "{} + {}", a, b);
        prop_assert_eq!(text(exact::sub(a, b)), written(&(&x - &y)), "{} - {}", a, b);
        let quotient = x / whole(divisor);
        let ends = decimals(&quotient).is_some();
        let expected = if ends {
            quotient
        } else {
            rounded(&quotient, 12)
        };
        let result = exact::div(a, divisor);
        prop_assert_eq!(
            text(result.map(|quotient| quotient.value)),
            written(&expected),
            "{} / {}",
            a,
            divisor
        );
        if let Ok(quotient) = result {
            prop_assert_eq!(quotient.exact, ends, "{} / {}", a, divisor);
        }
        Ok(())
    });
    if let Err(failure) = same {
        panic!("{failure}");
    }
}
