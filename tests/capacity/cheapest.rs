//! The cheapest size for a trace where tokens are weighed, against every size that one can buy.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::kind::{TokenKind, Tokens};
use tollgate::billing::load::Reserved;
use tollgate::billing::meter::{Meters, PerMeter};
use tollgate::replay::fit::{Costs, Effort, FitError, Price, Sold, TokenPrices, cheapest};
use tollgate::replay::{Call, Replay, Reservation, Sink, Stretches};

use super::shares::meter;

/// The most units of a kind that are tried; more are of no use to so few calls.
const MOST: u64 = 9;

fn cents(amount: u32) -> Price {
    Price {
        amount: Decimal::try_new(amount.into(), 2).unwrap(),
        per: 1,
    }
}

fn token_prices([input, cached, cache_write, output]: [u32; 4]) -> TokenPrices {
    TokenPrices {
        input: cents(input),
        cached: cents(cached),
        cache_write: cents(cache_write),
        output: Some(cents(output)),
    }
}

/// Calls of one minute each vector.
fn trace() -> impl Strategy<Value = Vec<Vec<Call>>> {
    let call = (0_u32..40, 0_u32..40, 0_u32..40, 0_u32..20);
    let call = call.prop_map(|(rest, cached, cache_write, output)| Tokens {
        input: rest + cached + cache_write,
        cached,
        cache_write,
        output,
    });
    prop::collection::vec(prop::collection::vec(call, 0..7), 1..4)
}

/// What a size costs with what overflows, replayed call by call.
fn cost(trace: &[Vec<Call>], costs: &Costs, [first, second]: PerMeter<u64>) -> Decimal {
    let (adds, (price, other)) = (costs.sold.adds, costs.sold.prices);
    let by = other.map_or(first, |_| second);
    let mut replay = Replay::new(Reservation {
        reserved: Reserved {
            capacity: [adds.0 * first, adds.1 * by],
            meters: costs.meters.clone(),
            max_input: None,
        },
        tiers: vec![None],
    });
    for (minute, calls) in (0..).zip(trace) {
        replay.calls(minute, calls).unwrap();
    }
    let overflow = replay.finish().unwrap().overflowed().unwrap().tokens;
    let prices = costs.tiers[0].1;
    let of_kinds = TokenKind::ALL.map(|kind| {
        let price = match kind {
            TokenKind::Input => prices.input,
            TokenKind::Cached => prices.cached,
            TokenKind::CacheWrite => prices.cache_write,
            TokenKind::Output => prices.output.unwrap(),
        };
        price.amount * Decimal::from(overflow.of(kind))
    });
    let units = price.amount * Decimal::from(first)
        + other.map_or(Decimal::ZERO, |other| other.amount * Decimal::from(second));
    of_kinds.iter().sum::<Decimal>() + units
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_size_that_is_sold_costs_less(
        meters in (meter(), meter()).prop_map(|(one, other)| Meters::new(vec![one, other]).unwrap()),
        together in any::<bool>(),
        adds in (10_u64..200, 10_u64..200),
        skipped in (0_u64..4, 0_u64..3),
        prices in (1_u32..9_000, 1_u32..9_000),
        tokens in [0_u32..90, 0_u32..90, 0_u32..90, 0_u32..200],
        tiles in 4_usize..60,
        trace in trace(),
    ) {
        let mut sold = Sold::default();
        if together {
            sold.add([adds.0, adds.1], cents(prices.0), skipped.0);
        } else {
            sold.add([adds.0, 0], cents(prices.0), skipped.0);
            sold.add([0, adds.1], cents(prices.1), skipped.1);
        }
        let costs = Costs {
            sold,
            tiers: vec![(None, token_prices(tokens))],
            later: Vec::new(),
            meters,
        };
        let effort = Effort { tiles, ..Effort::default() };
        let found = cheapest::<FitError>(&costs, &Stretches::from(None), effort, &mut |sink| {
            for (minute, calls) in (0..).zip(&trace) {
                sink.calls(minute, calls)?;
            }
            Ok(())
        })
        .unwrap();
        let cheapest = cost(&trace, &costs, [found.units.0, found.units.1]);
        let counts = |skipped: u64| (0..=MOST).filter(move |count| *count == 0 || *count > skipped);
        prop_assert!(counts(skipped.0).any(|count| count == found.units.0) || found.units.0 > MOST);
        for first in counts(skipped.0) {
            for second in counts(skipped.1).filter(|second| !together || *second == 0) {
                let other = cost(&trace, &costs, [first, second]);
                prop_assert!(cheapest <= other, "{cheapest} of {found:?}, {other} of {first}, {second}");
            }
        }
    }
}
