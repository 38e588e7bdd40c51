//! Round numbers, for the steps of axes and the minutes of a column.

/// 1, 2, 5, 10, 20, 50 and so on.
pub fn round_numbers() -> impl Iterator<Item = u128> {
    let powers = std::iter::successors(Some(1_u128), |power| power.checked_mul(10));
    powers.flat_map(|power| [1, 2, 5].map(|digit| power.saturating_mul(digit)))
}
