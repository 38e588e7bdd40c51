//! Runs of calls that are weighed together against the same one by one.

use proptest::prelude::*;
use rust_decimal::Decimal;

use tollgate::billing::kind::Tokens;
use tollgate::billing::meter::{Bracket, Meter, Meters, Shares, Weights};

fn weight() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (0_i64..10).prop_map(Decimal::from),
        (0_i64..3_000).prop_map(|thousandths| Decimal::try_new(thousandths, 3).unwrap()),
    ]
}

pub fn meter() -> impl Strategy<Value = Meter> {
    let weights = [weight(), weight(), weight(), weight()];
    let bracket = (1_u64..40, weights).prop_map(|(length, weights)| {
        let [input, cached, cache_write, output] = weights;
        let weights = Weights {
            input,
            cached,
            cache_write,
            output,
        };
        (length, weights)
    });
    let made = prop::collection::vec(bracket, 1..4).prop_map(|rows| {
        let mut end = 0;
        let last = rows.len() - 1;
        let brackets = rows
            .into_iter()
            .enumerate()
            .map(|(place, (length, weights))| {
                end += length;
                let up_to = (place < last).then_some(end);
                Bracket { up_to, weights }
            });
        Meter::new("meter", brackets.collect()).ok()
    });
    made.prop_filter_map("all weights are 0", |meter| meter)
}

fn calls() -> impl Strategy<Value = Vec<Tokens<u32>>> {
    let size = || prop_oneof![4 => 0_u32..120, 1 => Just(u32::MAX)];
    let call = (size(), 0_u32..60, 0_u32..60, size(), any::<bool>());
    let call = call.prop_map(|(input, cached, cache_write, output, plain)| match plain {
        true => Tokens::plain(input, output),
        false => Tokens {
            input,
            cached,
            cache_write,
            output,
        },
    });
    prop::collection::vec(call, 0..20)
}

proptest! {
    #[test]
    fn a_run_takes_what_its_calls_take(meter in meter(), other in prop::option::of(meter()), run in calls()) {
        let meters = Meters::new(std::iter::once(meter).chain(other).collect()).unwrap();
        let largest = run.iter().map(|call| call.input).max().unwrap_or(0);
        let all = run.iter().fold(Tokens::default(), |sum: Tokens, call| {
            sum.plus(Tokens::from(*call)).unwrap()
        });
        let mut shares = Shares::default();
        shares.weigh(&meters, &run, all, largest);
        let each: Vec<_> = shares.iter().map(|one| one.map(u128::from)).collect();
        let expected: Vec<_> =
            run.iter().map(|call| meters.shares(Tokens::from(*call), 1)).collect();
        prop_assert_eq!(each, expected);
    }
}
