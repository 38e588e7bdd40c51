//! What does not fit, against fractions, and how its cost grows.

use proptest::prelude::*;
use serde_json::{Value, json as value};
use tollgate::billing::number::grouped;

use super::apart::Apart;
use super::decimals::kept;
use super::shop::{Shop, any_shop, hundredths};
use super::{Opened, config, number, quote, total, tpm};
use crate::common::{Fraction, whole};

/// Any size, also one that is not for sale, around the peak of a shop's load.
fn with_size() -> impl Strategy<Value = (Shop, (u64, u64))> {
    (any_shop(), 0..=1_300_u64, 0..=1_300_u64).prop_map(|(shop, input, output)| {
        let peak = Apart::new(&shop).peak();
        let size = (peak.0 * input / 1_000, peak.1 * output / 1_000);
        (shop, if size == (0, 0) { (1, 0) } else { size })
    })
}

/// The amount of the item with this id, 0 where there is none.
fn item(quote: &Value, id: &str, key: &str) -> Fraction {
    let items = quote["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["id"] == id);
    item.map_or(whole(0), |item| number(&item[key]))
}

/// A number of calls as a note says it: up to two decimals.
fn said(calls: &Fraction) -> String {
    let cents = (calls * whole(100)).round().to_integer();
    let cents = u64::try_from(cents).unwrap();
    let text = hundredths(cents);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn overflow_is_what_the_share_within_quota_leaves((shop, size) in with_size()) {
        let quote = Opened::new(&shop).sized(size).unwrap();
        let expected = Apart::new(&shop).costs(size);
        let ids = ["ptu.input", "ptu.output", "ptu.overflow.input", "ptu.overflow.output"];
        prop_assert_eq!(ids.map(|id| item(&quote, id, "amount")), expected.amounts.clone());
        prop_assert_eq!(total(&quote), expected.total());
        prop_assert_eq!(item(&quote, ids[2], "quantity"), expected.input_tokens.clone());
        prop_assert_eq!(item(&quote, ids[3], "quantity"), expected.output_tokens.clone());
        let overflow = &quote["overflow"];
        if expected.calls_per_minute == whole(0) {
            prop_assert_eq!(overflow, &Value::Null);
        } else {
            prop_assert_eq!(&overflow["rule"], "catalog");
            prop_assert_eq!(number(&overflow["calls_per_minute"]), kept(&expected.calls_per_minute));
            prop_assert_eq!(number(&overflow["input_tokens"]), expected.input_tokens);
            prop_assert_eq!(number(&overflow["output_tokens"]), expected.output_tokens);
        }
    }

    #[test]
    fn more_load_never_costs_less(
        (mut shop, size) in with_size(),
        more in prop_oneof![0..=3_u64, 0..=20_000_u64],
    ) {
        let few = total(&Opened::new(&shop).sized(size).unwrap());
        shop.load.rpm += more;
        let many = quote(&Opened::new(&shop).line(&format!("{} --on-overflow bill", tpm(size))));
        prop_assert!(few <= total(&many), "{} > {}", few, total(&many));
    }

    #[test]
    fn what_is_refused_costs_nothing_and_is_counted((shop, size) in with_size()) {
        let opened = Opened::new(&shop);
        let refused = quote(&opened.line(&format!("{} --on-overflow reject", tpm(size))));
        let billed = opened.sized(size).unwrap();
        let reservation: Vec<Value> = billed["items"].as_array().unwrap()[..2].to_vec();
        prop_assert_eq!(&refused["items"], &Value::from(reservation));
        prop_assert_eq!(&refused["overflow"], &billed["overflow"]);
        let expected = Apart::new(&shop).costs(size);
        prop_assert_eq!(total(&refused), &expected.amounts[0] + &expected.amounts[1]);
        // No document of this provider says what becomes of them.
        let note = |message: String| value!({
            "rule": "catalog",
            "basis": "reading",
            "message": message
        });
        let notes: Vec<Value> = refused["notes"].as_array().unwrap().iter()
            .filter(|note| note["message"].as_str().unwrap().contains("(429)"))
            .cloned()
            .collect();
        if expected.calls_per_minute == whole(0) {
            prop_assert_eq!(notes, Vec::<Value>::new());
        } else {
            let (calls, of) = (said(&expected.calls_per_minute), said(&(whole(shop.load.rpm) / whole(100))));
            let which = if shop.load.input > shop.max_input {
                format!(
                    "a request of {} input tokens is above the maximum of {}, so none of the {of} calls a minute \
                     can use a reservation; they are",
                    grouped(shop.load.input.into(), 0),
                    grouped(shop.max_input.into(), 0)
                )
            } else {
                format!("{calls} of {of} calls a minute are")
            };
            let message = format!("{which} refused (429): they are not served and cost nothing");
            prop_assert_eq!(notes, vec![note(message)]);
        }
    }
}
