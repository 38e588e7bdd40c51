//! The axis of tokens: its steps, and how many dots a number of tokens is high.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::columns::Column;
use super::round::round_numbers;
use crate::billing::exact;
use crate::billing::number::grouped;

/// An axis has fewer steps than this to its highest column, and at most as many in all.
const MOST_STEPS: u128 = 5;
/// The least height of overflow in dots, so that it is seen.
const LEAST_OVERFLOW: u32 = 3;
const BILLION: u64 = 1_000_000_000;

/// An axis from 0 to above the most that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    step: u128,
    top: u128,
    height: u32,
    empty: bool,
}

impl Scale {
    /// An axis of `height` dots for up to `most` tokens.
    pub fn new(most: u128, height: u32) -> Self {
        let enough = |step: &u128| step.saturating_mul(MOST_STEPS) > most;
        let step = round_numbers().find(enough).unwrap_or(u128::MAX);
        let steps = most.checked_div(step).unwrap_or(0).saturating_add(1);
        let top = step.saturating_mul(steps);
        Self {
            step,
            top,
            height,
            empty: most == 0,
        }
    }

    /// The tokens at its steps, from 0 to its top; 0 alone where there is nothing to show.
    pub fn steps(self) -> impl Iterator<Item = u128> {
        (0..=MOST_STEPS)
            .map(move |at| self.step.saturating_mul(at))
            .take_while(move |tokens| *tokens <= if self.empty { 0 } else { self.top })
    }

    /// Dots from 0, rounded; at least one for any tokens.
    pub fn dots(self, tokens: u128) -> u32 {
        let scaled = tokens.saturating_mul(self.height.into());
        let half = self.top.checked_div(2).unwrap_or(0);
        let dots = scaled.saturating_add(half).checked_div(self.top);
        let dots = u32::try_from(dots.unwrap_or(0)).unwrap_or(u32::MAX);
        dots.clamp(u32::from(tokens > 0), self.height)
    }

    /// Dots to the top of what is within the quota, and to that of what overflows.
    pub fn stacked(self, column: Column) -> (u32, u32) {
        let low = self.dots(column.in_quota);
        if column.overflow == 0 {
            return (low, low);
        }
        let least = low.saturating_add(LEAST_OVERFLOW);
        let high = self.dots(column.total()).max(least).min(self.height);
        (low.min(high.saturating_sub(LEAST_OVERFLOW)), high)
    }
}

/// Tokens at a step: `500`, `10K`, `1.5M`, `20,000B`.
pub fn label(tokens: u128) -> String {
    let units = [(BILLION, "B"), (1_000_000, "M"), (1_000, "K")];
    let unit = units.iter().find(|(unit, _)| tokens >= u128::from(*unit));
    let (unit, suffix) = unit.copied().unwrap_or((1, ""));
    let count = Decimal::from_u128(tokens).and_then(|tokens| exact::div(tokens, unit).ok());
    let count = count.map_or(Decimal::MAX, |count| count.value.normalize());
    format!("{}{suffix}", grouped(count, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(most: u128) -> Vec<String> {
        Scale::new(most, 200).steps().map(label).collect()
    }

    #[test]
    fn an_axis_has_few_round_steps_and_ends_above_the_most() {
        assert_eq!(steps(0), ["0"]);
        assert_eq!(steps(1), ["0", "1", "2"]);
        assert_eq!(steps(9), ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(steps(10_000), ["0", "5K", "10K", "15K"]);
        assert_eq!(steps(1_900), ["0", "500", "1K", "1.5K", "2K"]);
        assert_eq!(steps(1_499_999), ["0", "500K", "1M", "1.5M"]);
        assert_eq!(
            steps(1 << 64),
            [
                "0",
                "5,000,000,000B",
                "10,000,000,000B",
                "15,000,000,000B",
                "20,000,000,000B"
            ]
        );
    }

    #[test]
    fn what_overflows_is_seen_however_little_it_is() {
        let scale = Scale::new(1_000_000, 200);
        let column = |in_quota, overflow| scale.stacked(Column { in_quota, overflow });
        assert_eq!(column(0, 0), (0, 0));
        assert_eq!(column(1, 0), (1, 1));
        assert_eq!(column(0, 1), (0, 3));
        assert_eq!(column(750_000, 0), (100, 100));
        assert_eq!(column(750_000, 1), (100, 103));
        assert_eq!(column(750_000, 75_000), (100, 110));
        assert_eq!(column(u128::MAX, u128::MAX), (197, 200));
    }
}
