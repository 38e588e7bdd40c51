//! What a reservation costs of the ordinary calls that it can serve, if all of it is used all day.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use tollgate::billing::unit::UnitPrice;
use tollgate::catalog::{Model, Offer, PtuRow, in_force};

use super::{NEWEST, catalog, day, decimal, models};

/// Minutes of a day.
const MINUTES: Decimal = Decimal::from_parts(1_440, 0, 0, false, 0);

/// Input and output of ordinary calls, of the first tier, and at the dearest hours where these differ.
fn of_calls(model: &Model) -> Option<[Decimal; 2]> {
    let row = in_force(&model.standard, day(NEWEST))?;
    let first = &row.tiers.first()?.tier.prices;
    let per_token = |price: UnitPrice| price.amount / Decimal::from(price.per);
    Some([per_token(first.input), per_token(first.output?)])
}

/// What 10K input TPM and 1K output TPM cost a day, beside the ordinary calls that fit.
fn shares(row: &PtuRow, calls: [Decimal; 2]) -> [(Decimal, Decimal); 2] {
    let Offer::Sides { input, output } = &row.offer else {
        panic!("units")
    };
    let day_of = |price: Option<UnitPrice>, tpm: u64| {
        let price = price.unwrap();
        price.amount * Decimal::from(tpm) / Decimal::from(price.per)
    };
    let of = |price, tpm: u64, token: Decimal| {
        (day_of(price, tpm), token * Decimal::from(tpm) * MINUTES)
    };
    [
        of(input.day, 10_000, calls[0]),
        of(output[0].1.day, 1_000, calls[1]),
    ]
}

/// Whether a published price is that share of what calls cost, rounded as it is published.
fn is_share(price: Decimal, calls: Decimal, share: &str, unit: &str) -> bool {
    let exact = calls * decimal(share);
    (price - exact).abs() * Decimal::TWO <= decimal(unit)
}

#[test]
fn a_standard_reservation_costs_seven_tenths_of_the_calls_that_it_serves() {
    let mut others = BTreeMap::new();
    let mut count = 0;
    for model in models(&catalog()) {
        let Some(row) = model.reservation.first() else {
            continue;
        };
        count += 1;
        let [(day_in, calls_in), (day_out, calls_out)] = shares(row, of_calls(model).unwrap());
        // Input is published to 0.1, output to 0.01.
        let (input, output) = (
            is_share(day_in, calls_in, "0.7", "0.1"),
            is_share(day_out, calls_out, "0.7", "0.01"),
        );
        if !(input && output) {
            others.insert(
                (model.code.clone(), model.region.clone()),
                [day_in / calls_in, day_out / calls_out].map(|share| share.round_dp(3).to_string()),
            );
        }
    }
    assert_eq!(count, 27);
    let singapore = "ap-southeast-1".to_owned();
    let known = [
        ("deepseek-v4-flash-0731", ["0.680", "0.680"]),
        ("deepseek-v4-pro-0813", ["0.680", "0.680"]),
        // Perhaps a misprint of its page.
        ("deepseek-v4.1-flash", ["0.701", "0.652"]),
    ];
    let known = known.map(|(code, shares)| {
        (
            (code.to_owned(), singapore.clone()),
            shares.map(str::to_owned),
        )
    });
    assert_eq!(others, BTreeMap::from(known));
}

#[test]
fn high_speed_costs_two_or_three_times_the_calls_that_it_serves() {
    let mut found: BTreeMap<(String, String), String> = BTreeMap::new();
    for model in models(&catalog()) {
        let row = in_force(&model.ptu, day(NEWEST)).filter(|row| row.source.until.is_none());
        let (Some(row), Some(calls)) = (row, of_calls(model)) else {
            continue;
        };
        let shares = shares(row, calls).map(|(day, calls)| day / calls);
        let near = |whole: &str| {
            shares
                .iter()
                .all(|share| (share - decimal(whole)).abs() < decimal("0.005"))
        };
        let said = ["2", "3"].into_iter().find(|whole| near(whole));
        let said = said.map_or_else(
            || {
                shares
                    .map(|share| share.round_dp(3).normalize().to_string())
                    .join(" and ")
            },
            str::to_owned,
        );
        found.insert((model.region.clone(), model.code.clone()), said);
    }
    let beijing = [
        ("deepseek-v3", "3"),
        ("deepseek-v4-flash", "3"),
        ("deepseek-v4-flash-0731", "2 and 1.333"),
        ("deepseek-v4-pro", "3"),
        ("glm-5.2", "3"),
        ("qwen-flash-2025-07-28", "2"),
        ("qwen-plus-2025-12-01", "2"),
        ("qwen3-max-2025-09-23", "1.067 and 1.069"),
        ("qwen3-vl-plus-2025-09-23", "2"),
        ("qwen3.5-plus-2026-04-20", "2"),
        ("qwen3.6-flash-2026-04-16", "2"),
        ("qwen3.6-plus-2026-04-02", "2"),
        ("qwen3.7-flash-2026-07-15", "2"),
        ("qwen3.7-max-2026-05-20", "2"),
        ("qwen3.7-plus-2026-05-26", "2"),
        ("qwen3.8-max", "2"),
    ];
    let singapore = [
        ("deepseek-v4-flash", "3"),
        ("deepseek-v4-flash-0731", "2.803 and 1.869"),
        ("deepseek-v4-pro", "3"),
        ("glm-5.2", "3"),
        ("qwen3-vl-plus-2025-09-23", "2.044 and 2.042"),
        ("qwen3.5-plus-2026-04-20", "2.041 and 2.042"),
        ("qwen3.6-plus-2026-04-02", "2"),
        ("qwen3.7-flash-2026-07-15", "2"),
        ("qwen3.7-max-2026-05-20", "2"),
        ("qwen3.7-plus-2026-05-26", "2"),
        ("qwen3.8-max", "2"),
    ];
    let expected = [("cn-beijing", &beijing[..]), ("ap-southeast-1", &singapore)];
    let expected = expected.into_iter().flat_map(|(region, rows)| {
        let row = move |(code, share): &(&str, &str)| {
            ((region.to_owned(), (*code).to_owned()), (*share).to_owned())
        };
        rows.iter().map(row)
    });
    assert_eq!(found, expected.collect());
}
