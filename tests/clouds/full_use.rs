//! From which share of full use each term pays: the tables of others, recomputed.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::Ratio;
use proptest::prelude::*;
use serde_json::Value;
use tollgate::billing::full_use::Use;
use tollgate::billing::ptu::{Fixed, Period};
use tollgate::billing::unit::UnitPrice;

use super::common::{Fraction, fraction, json, run, whole};
use super::published::full_use::{AZURE, GOOGLE};

/// A number with as many decimals, a half away from zero.
fn rounded(number: &Fraction, decimals: u32) -> String {
    let scale = Ratio::from_integer(BigInt::from(10).pow(decimals));
    let scaled = (number * scale).round();
    let digits = scaled.to_integer().to_string();
    let width = usize::try_from(decimals).unwrap() + 1;
    let digits = format!("{digits:0>width$}");
    match decimals {
        0 => digits,
        _ => {
            let (before, after) = digits.split_at(digits.len() - width + 1);
            format!("{before}.{after}")
        }
    }
}

fn percent(share: &Fraction) -> String {
    rounded(&(share * whole(100)), 1)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The models of a provider that are sold in units and by the token, by code.
fn cards(provider: &str) -> BTreeMap<String, Value> {
    let all = json(&["models"]);
    let models = all["models"].as_array().unwrap().iter();
    let of = models.filter(|one| {
        one["provider"] == provider && !one["capacity"].is_null() && !one["standard"].is_null()
    });
    of.map(|one| (text(&one["code"]).to_owned(), one.clone()))
        .collect()
}

/// What a card says of a term, for input and for output: shares of full use.
fn shares(card: &Value, period: &str) -> [Fraction; 2] {
    let said = card["pays_above"].as_array().unwrap().iter();
    let of_term = said.filter(|one| one["period"] == period);
    let shares: Vec<Fraction> = ["input", "output"]
        .into_iter()
        .zip(of_term)
        .map(|(of, one)| {
            assert_eq!(one["of"], of, "{card}");
            let share = fraction(text(&one["share_of_full_use"]));
            assert_eq!(one["pays"], share < whole(1), "{card}");
            share
        })
        .collect();
    shares.try_into().unwrap()
}

/// What the tokens that a unit holds in a month of 730 hours cost as ordinary calls, of input alone and of output alone.
fn month_of_tokens(card: &Value) -> [Fraction; 2] {
    let holds = fraction(text(&card["capacity"]["adds_tpm"][0]["tpm"]));
    let weights = &card["capacity"]["weights"][0];
    let tier = &card["standard"]["tiers"][0];
    [("input", "input_per_1m"), ("output", "output_per_1m")].map(|(kind, price)| {
        let tokens = &holds * whole(730 * 60) / fraction(text(&weights[kind]));
        tokens * fraction(text(&tier[price])) / whole(1_000_000)
    })
}

/// The models whose output does not cost as many times its input as it counts: the tables are those of input.
fn output_differs(cards: &BTreeMap<String, Value>) -> BTreeSet<&str> {
    let differs = cards.iter().filter(|(_, card)| {
        let [input, output] = month_of_tokens(card);
        input != output
    });
    differs.map(|(code, _)| code.as_str()).collect()
}

#[test]
fn each_figure_of_azure_is_what_its_model_says() {
    let cards = cards("azure");
    for (code, value, hour, month, year) in AZURE {
        let card = &cards[*code];
        assert_eq!(rounded(&month_of_tokens(card)[0], 2), *value, "{code}");
        for (period, expected) in [("hour", hour), ("month", month), ("year", year)] {
            let [input, _] = shares(card, period);
            assert_eq!(percent(&input), *expected, "{code} by the {period}");
        }
    }
    let known: BTreeSet<&str> = AZURE.iter().map(|row| row.0).collect();
    let others = cards.keys().map(String::as_str);
    let others: Vec<&str> = others.filter(|code| !known.contains(code)).collect();
    // Models that are not OpenAI's are not in the table.
    assert_eq!(
        others,
        [
            "DeepSeek-V3-0324",
            "Llama-3.3-70B-Instruct",
            "azure/DeepSeek-R1"
        ]
    );
    assert_eq!(
        output_differs(&cards),
        BTreeSet::from(["Llama-3.3-70B-Instruct", "gpt-5.6-sol"])
    );
}

#[test]
fn each_figure_of_google_is_what_its_model_says() {
    let cards = cards("google");
    for (code, value, week, month, quarter, year) in GOOGLE {
        let card = &cards[*code];
        assert_eq!(rounded(&month_of_tokens(card)[0], 0), *value, "{code}");
        // The table takes a week of 168 × 7.14; here it is the page's own 1,200.
        let [input, _] = shares(card, "week");
        let of_hours = input * fraction("7.14") * whole(168) / whole(1_200);
        assert_eq!(percent(&of_hours), *week, "{code} by the week");
        for (period, expected) in [("month", month), ("quarter", quarter), ("year", year)] {
            let [input, _] = shares(card, period);
            assert_eq!(percent(&input), *expected, "{code} by the {period}");
        }
    }
    let known: BTreeSet<&str> = GOOGLE.iter().map(|row| row.0).collect();
    assert_eq!(
        cards.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        known
    );
    // 9 is not 2.50 ÷ 0.30, which is 8.33.
    assert_eq!(
        output_differs(&cards),
        BTreeSet::from(["gemini-2.5-flash", "gemini-3.5-flash-lite"])
    );
}

#[test]
fn a_share_is_the_price_of_the_term_against_the_tokens_of_its_hours() {
    for provider in ["azure", "google"] {
        for (code, card) in cards(provider) {
            let capacity = &card["capacity"];
            for (period, hours) in [
                ("hour", 1),
                ("week", 168),
                ("month", 730),
                ("quarter", 2_190),
                ("year", 8_760),
            ] {
                if capacity[period].is_null() {
                    continue;
                }
                let price = fraction(text(&capacity[period]));
                let tokens =
                    month_of_tokens(&card).map(|of_month| of_month * whole(hours) / whole(730));
                let exact = tokens.map(|tokens| &price / tokens);
                let found = shares(&card, period);
                let same = found
                    .iter()
                    .zip(&exact)
                    .all(|(found, exact)| rounded(found, 12) == rounded(exact, 12));
                assert!(same, "{code} by the {period}: {found:?}");
            }
        }
    }
}

/// Terms with their hours.
const PERIODS: [(Period, u64); 6] = [
    (Period::Hour, 1),
    (Period::Day, 24),
    (Period::Month, 730),
    (Period::Fixed(Fixed::Week), 168),
    (Period::Fixed(Fixed::Quarter), 2_190),
    (Period::Fixed(Fixed::Year), 8_760),
];

fn price(cents: u64, unit: &str) -> UnitPrice {
    UnitPrice::parse(&format!("{}.{:02} per {unit}", cents / 100, cents % 100)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// At the share the term costs what the tokens do; a cent more of either moves it the right way.
    #[test]
    fn at_the_share_both_cost_the_same(
        at in 0..PERIODS.len(),
        paid in 1_u64..10_000_000,
        holds in 1_u64..1_000_000,
        weight in 1_u64..100,
        token in 1_u64..10_000,
    ) {
        let (period, hours) = PERIODS[at];
        let of = Use {
            period,
            price: price(paid, "unit-hour"),
            holds,
            weight: weight.into(),
            token: price(token, "1M tokens"),
        };
        let share = of.share().unwrap().unwrap();
        let tokens = whole(holds * hours * 60) / whole(weight);
        let calls = tokens * whole(token) / whole(1_000_000);
        let exact = whole(paid) / calls;
        prop_assert_eq!(rounded(&fraction(&share.to_string()), 12), rounded(&exact, 12));

        let dearer = Use { price: price(paid + 1, "unit-hour"), ..of };
        prop_assert!(dearer.share().unwrap().unwrap() >= share);
        let more = Use { holds: holds + 1, ..of };
        prop_assert!(more.share().unwrap().unwrap() <= share);
        let heavier = Use { weight: (weight + 1).into(), ..of };
        prop_assert!(heavier.share().unwrap().unwrap() >= share);
        let dear_calls = Use { token: price(token + 1, "1M tokens"), ..of };
        prop_assert!(dear_calls.share().unwrap().unwrap() <= share);
        let free = Use { token: price(0, "1M tokens"), ..of };
        prop_assert_eq!(free.share().unwrap(), None);
    }
}

/// The example of a consultant: 4,750 input tokens a minute for 730 hours at USD 1.25 a million are 260.0625, and a
/// reservation of a year is 221 a month.
#[test]
fn a_year_of_gpt_5_pays_above_85_percent_of_full_use() {
    let card = &cards("azure")["gpt-5"];
    let [input, output] = month_of_tokens(card);
    assert_eq!((&input, &output), (&fraction("260.0625"), &input));
    assert_eq!(rounded(&input, 2), "260.06");
    let year = shares(card, "year");
    let exact = fraction("221") / fraction("260.0625");
    for share in year {
        assert_eq!(rounded(&share, 12), rounded(&exact, 12));
        assert_eq!(rounded(&(share * whole(100)), 2), "84.98");
    }
    let shown = run(&["models", "gpt-5"]).stdout;
    let shown = shown.replace('\n', " ");
    let said = "PTU pays against ordinary calls: the year above 84.98% of full use, the month above 99.98%, the hour never.";
    assert!(shown.contains(said), "{shown}");
}

/// The example of a gateway: 50 PTU of GPT-4.1 in shares of 30 and 20, at a dollar an hour, for a day.
#[test]
fn shares_of_a_deployment_cost_as_much_and_hold_as_much_as_their_units() {
    let of = |units: u64| {
        let units = units.to_string();
        let report = json(&[
            "quote", "ptu", "gpt-4.1", "--units", &units, "--hours", "24",
        ]);
        let quoted = &report["quotes"][0];
        let tpm = quoted["parameters"]["capacity_tpm"][0]["tpm"].clone();
        (text(&quoted["total"]).to_owned(), text(&tpm).to_owned())
    };
    assert_eq!(of(30), ("720".to_owned(), "90000".to_owned()));
    assert_eq!(of(20), ("480".to_owned(), "60000".to_owned()));
    assert_eq!(of(50).0, "1200");
}
