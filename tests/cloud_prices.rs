//! Azure and Google: the built-in catalog against tables of others, in both directions, and one load over all clouds.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "clouds/azure.rs"]
mod azure;
mod common;
#[path = "clouds/full_use.rs"]
mod full_use;
#[path = "clouds/google.rs"]
mod google;
#[path = "clouds/named.rs"]
mod named;
#[path = "clouds/replayed.rs"]
mod replayed;

/// The tables, typed as plain rows, apart from the catalog.
mod published {
    pub mod azure;
    pub mod full_use;
    pub mod google;
}

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use tollgate::billing::unit::UnitPrice;
use tollgate::catalog::{Catalog, Model, Offer, PtuRow, UnitOffer};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// The models of a provider, by region and code in lower case, without its prefix.
fn models(catalog: &Catalog, provider: &str) -> BTreeMap<(String, String), Model> {
    let of_provider = catalog
        .models()
        .iter()
        .filter(|one| one.provider == provider);
    let mut found = BTreeMap::new();
    for model in of_provider {
        let code = model.code.to_lowercase();
        let code = code.strip_prefix(&format!("{provider}/")).unwrap_or(&code);
        let key = (model.region.clone(), code.to_owned());
        assert!(found.insert(key, model.clone()).is_none(), "{code} twice");
    }
    found
}

/// The only row of units of a model.
fn unit(model: &Model) -> Option<(&PtuRow, &UnitOffer)> {
    assert!(model.ptu.len() <= 1, "{}", model.code);
    let row = model.ptu.first()?;
    let Offer::Unit(unit) = &row.offer else {
        panic!("{} is sold in sides", model.code)
    };
    Some((row, unit))
}

/// A price as its table has it, for one of its unit; "" is none.
fn assert_price(price: Option<UnitPrice>, per: u64, amount: &str, unit: &str, of: &str) {
    match (price, amount) {
        (None, "") => {}
        (Some(price), text) if !text.is_empty() => {
            let of_one = price.amount / Decimal::from(price.per) * Decimal::from(per);
            assert_eq!(of_one, decimal(text), "{of}");
            assert!(price.to_string().ends_with(unit), "{of}: {price}");
        }
        (price, text) => panic!("{of}: {price:?} and `{text}`"),
    }
}

/// Prices of ordinary calls in a table, per 1M tokens: input, cached input, output, batch input, batch output.
type Calls = [&'static str; 5];

/// Whether batch calls cost half: those of the table, where it has both of them.
fn batch_at_half([input, _, output, batch_input, batch_output]: Calls) -> bool {
    let [Ok(batch_input), Ok(batch_output)] =
        [batch_input, batch_output].map(str::parse::<Decimal>)
    else {
        return false;
    };
    let half = |text: &str| decimal(text) / Decimal::TWO;
    assert_eq!(
        [batch_input, batch_output],
        [half(input), half(output)],
        "batch calls at another share"
    );
    true
}

/// Ordinary calls of a model: of one length, or of the first one where it has an end.
fn assert_calls(model: &Model, calls: Calls, up_to: Option<u64>, of: &str) {
    let [row] = model.standard.as_slice() else {
        panic!("{of}: {} rows", model.standard.len())
    };
    let [tier] = row.tiers.as_slice() else {
        panic!("{of}: {} tiers", row.tiers.len())
    };
    assert_eq!((tier.mode, tier.hours), (None, None), "{of}");
    assert_eq!(tier.tier.up_to, up_to, "{of}");
    let prices = tier.tier.prices;
    let million = 1_000_000;
    assert_price(Some(prices.input), million, calls[0], "tokens", of);
    assert_price(prices.cached, million, calls[1], "tokens", of);
    assert_price(prices.output, million, calls[2], "tokens", of);
    assert_eq!(prices.cache_write, None, "{of}");
    assert_eq!(!row.not_in_batches, batch_at_half(calls), "{of}: batch");
    assert_eq!(row.source.document, "litellm-prices", "{of}");
}

/// Asserts that a model is sold in no way but in units and by token.
fn assert_in_units_alone(model: &Model) {
    let others = [
        model.mu.is_empty(),
        model.dtu.is_empty(),
        model.fine_tuned.is_empty(),
        model.reservation.is_empty(),
        model.capacities.is_empty(),
    ];
    assert_eq!(others, [true; 5], "{}", model.code);
}
