//! The cost of a size, computed apart from the program in fractions.

use num_bigint::BigInt;
use num_rational::Ratio;

use super::decimals::{ends, kept};
use super::shop::{Length, Shop};
use crate::common::{Fraction, whole};

/// Input and output TPM.
pub type Size = (u64, u64);

/// What a size costs and what of the load it cannot take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Costs {
    pub calls_per_minute: Fraction,
    pub input_tokens: Fraction,
    pub output_tokens: Fraction,
    /// Input and output throughput, overflowing input and output.
    pub amounts: [Fraction; 4],
}

impl Costs {
    pub fn total(&self) -> Fraction {
        self.amounts.iter().sum()
    }
}

/// A shop with what does not depend on the size.
pub struct Apart {
    /// For one TPM of input and of output over the whole time.
    reserved: (Fraction, Fraction),
    /// For one token of input and of output.
    token: (Fraction, Fraction),
    minutes: Fraction,
    rpm: Fraction,
    sizes: (Fraction, Fraction),
    takes_none: bool,
    /// Whether each multiple of the reserved prices ends as a decimal.
    ends: bool,
    pub steps: Size,
}

fn part(number: u64, of: u64) -> Fraction {
    Ratio::new(BigInt::from(number), BigInt::from(of))
}

impl Apart {
    pub fn new(shop: &Shop) -> Self {
        let load = shop.load;
        let (minutes, billed) = match shop.length {
            Length::Hours { each, runs } => {
                let minutes = part(each * 60 * runs, 100);
                let billed = if shop.by_minute {
                    part((each * 60).div_ceil(100), 60)
                } else {
                    whole(each.div_ceil(100))
                };
                (minutes, billed * whole(runs))
            }
            Length::Days { days, a_day } => (part(a_day * 60 * days, 100), whole(days)),
        };
        let price = shop.prices();
        let unit = |price: u64, tpm: u64| &billed * part(price, 10_u64.pow(12)) / whole(tpm);
        let (_, input_cents, output_cents) = shop.tier();
        let rpm = part(load.rpm, 100);
        let reserved = (unit(price.0, 10_000), unit(price.1, 1_000));
        Self {
            ends: ends(&reserved.0) && ends(&reserved.1),
            reserved,
            token: (
                part(input_cents, 100_000_000),
                part(output_cents, 100_000_000),
            ),
            minutes,
            rpm,
            sizes: (whole(load.input), whole(load.output)),
            takes_none: load.input > shop.max_input,
            steps: shop.steps,
        }
    }

    /// The smallest multiples of the steps into which the calls of the busiest minute fit.
    pub fn peak(&self) -> Size {
        let calls = self.rpm.ceil();
        let up = |size: &Fraction, step: u64| {
            let steps = (&calls * size / whole(step)).ceil().to_integer();
            u64::try_from(steps).unwrap() * step
        };
        (
            up(&self.sizes.0, self.steps.0),
            up(&self.sizes.1, self.steps.1),
        )
    }

    /// Calls within quota, on average over minutes of `rpm` calls rounded down or up.
    fn in_quota(&self, size: Size) -> Fraction {
        if self.takes_none {
            return whole(0);
        }
        let sides = [(size.0, &self.sizes.0), (size.1, &self.sizes.1)];
        let with_tokens = sides.into_iter().filter(|(_, size)| **size > whole(0));
        let taken = with_tokens.map(|(tpm, size)| (whole(tpm) / size).floor());
        let taken = taken.min().unwrap();
        let (few, many) = (self.rpm.floor(), self.rpm.ceil());
        let busier = &self.rpm - &few;
        (whole(1) - &busier) * few.min(taken.clone()) + busier * many.min(taken)
    }

    pub fn costs(&self, size: Size) -> Costs {
        let calls_per_minute = &self.rpm - self.in_quota(size);
        let calls = &calls_per_minute * &self.minutes;
        let input_tokens = (&calls * &self.sizes.0).ceil();
        let output_tokens = (&calls * &self.sizes.1).ceil();
        let reserved = |price: &Fraction, tpm: u64| {
            let amount = price * whole(tpm);
            if self.ends { amount } else { kept(&amount) }
        };
        Costs {
            amounts: [
                reserved(&self.reserved.0, size.0),
                reserved(&self.reserved.1, size.1),
                &self.token.0 * &input_tokens,
                &self.token.1 * &output_tokens,
            ],
            calls_per_minute,
            input_tokens,
            output_tokens,
        }
    }
}
