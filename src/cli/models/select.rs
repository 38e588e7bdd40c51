//! Which models `models` shows: by a pattern, by how they are sold, by price; and their order.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use wildmatch::WildMatch;

use crate::billing::amount::Amount;
use crate::billing::exact::plain;
use crate::billing::quote::Method;
use crate::catalog::{Catalog, LookupError, Model, printable};
use crate::cli::failure::Failure;
use crate::cli::global::Regions;
use crate::report::models::selection::{Selection, Sort, basis, by, keep_specs, lowest_price};
use crate::report::models::{Card, price_of};

/// The id of the provider that is asked for.
pub fn seller<'a>(catalog: &'a Catalog, typed: Option<&str>) -> Result<Option<&'a str>, Failure> {
    let Some(typed) = typed else {
        return Ok(None);
    };
    if let Some((id, ..)) = catalog.provider_named(typed) {
        return Ok(Some(id));
    }
    let mut ids: Vec<&str> = Vec::new();
    for model in catalog.models() {
        if !ids.contains(&model.provider.as_str()) {
            ids.push(&model.provider);
        }
    }
    Err(Failure::Unmatched {
        message: format!("no provider `{}`", printable(typed)),
        hint: format!("there are `{}`", ids.join("`, `")),
    })
}

/// The models that match, of a provider where one is asked for, and of the regions that are asked for: a whole code is that model alone, whatever else
/// has it as a part.
pub fn matching<'a>(
    catalog: &'a Catalog,
    pattern: Option<&str>,
    seller: Option<&str>,
    regions: &Regions<'_>,
    method: Option<Method>,
    as_of: NaiveDate,
) -> Result<Vec<&'a Model>, Failure> {
    let ids = match regions {
        Regions::These(typed) => {
            let ids = typed.iter().map(|typed| catalog.region_id(typed));
            ids.collect::<Result<Vec<&str>, _>>()?
        }
        Regions::First | Regions::All => Vec::new(),
    };
    let there = |model: &&Model| match regions {
        Regions::First => catalog.is_in_first_region(model),
        Regions::These(_) => ids.contains(&model.region.as_str()),
        Regions::All => true,
    };
    let sold = |model: &&Model| method.is_none_or(|method| model.listed_by(method, as_of));
    let by_seller = |model: &&Model| seller.is_none_or(|seller| model.provider == seller);
    let Some(pattern) = pattern else {
        let all: Vec<&Model> = catalog.models().iter().filter(by_seller).collect();
        let placed: Vec<&Model> = all.iter().copied().filter(there).collect();
        let found: Vec<&Model> = placed.iter().copied().filter(sold).collect();
        return match found.is_empty() {
            false => Ok(found),
            true => Err(none(catalog, &all, &placed, (seller, &ids, method))),
        };
    };
    let mut found: Vec<&Model> = match catalog.in_regions(pattern) {
        Ok(models) => models,
        Err(_) => named(catalog, pattern),
    };
    if let (Some(seller), false) = (seller, found.is_empty()) {
        found.retain(|model| by_seller(model));
        if found.is_empty() {
            return Err(Failure::Unmatched {
                message: format!(
                    "`{seller}` has no model that matches `{}`",
                    printable(pattern)
                ),
                hint: "leave `--provider` out to see who has".to_owned(),
            });
        }
    }
    if found.is_empty() && is_glob(pattern) {
        return Err(Failure::Unmatched {
            message: format!("no model matches `{}`", printable(pattern)),
            hint: "`*` stands for any text and `?` for a character of a whole code, `<PROVIDER>/<CODE>`, name or family; `tollgate models` lists every model".to_owned(),
        });
    }
    if found.is_empty() {
        catalog.in_regions(pattern)?;
    }
    if !found.iter().any(there) {
        return Err(elsewhere(catalog, pattern, &ids, &found));
    }
    found.retain(there);
    found.retain(|model| sold(model));
    if let (Some(method), true) = (method, found.is_empty()) {
        return Err(Failure::Unmatched {
            message: format!(
                "no model that matches `{}` is sold by the method `{}`",
                printable(pattern),
                method.name()
            ),
            hint: "leave `--method` out to see how it is sold".to_owned(),
        });
    }
    Ok(found)
}

/// Leaves out models that have no price yet; where no other is left, that is the error.
pub fn drop_not_yet(models: &mut Vec<&Model>, as_of: NaiveDate) -> Result<(), Failure> {
    let none_yet = models.iter().filter_map(|model| model.not_yet(as_of));
    let first = none_yet.min_by_key(|error| match error {
        LookupError::NotYet { first, .. } => Some(*first),
        _ => None,
    });
    models.retain(|model| model.not_yet(as_of).is_none());
    match first.filter(|_| models.is_empty()) {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

/// Refuses regions that no provider has, of a model with those that it is in.
pub fn refuse_unknown(
    catalog: &Catalog,
    pattern: Option<&str>,
    regions: &Regions<'_>,
) -> Result<(), Failure> {
    let Regions::These(typed) = regions else {
        return Ok(());
    };
    let error = typed
        .iter()
        .find_map(|typed| catalog.region_id(typed).err());
    match (error, pattern) {
        (None, _) => Ok(()),
        (Some(error), None) => Err(error.into()),
        (Some(error), Some(code)) => Err(catalog.in_own_regions(code, error).into()),
    }
}

/// What matches is sold in other regions than those that are asked for.
fn elsewhere(catalog: &Catalog, pattern: &str, ids: &[&str], found: &[&Model]) -> Failure {
    if let Err(error) = catalog.model_in(pattern, ids.first().copied())
        && matches!(error, LookupError::OtherRegion { .. })
    {
        return error.into();
    }
    let place = found.first().map(|model| catalog.region_of(model));
    let (id, name) = place.map_or_else(Default::default, |place| (place.id, place.name));
    Failure::Unmatched {
        message: format!(
            "no model that matches `{}` is sold {}",
            printable(pattern),
            match ids.is_empty() {
                true => "in the first region of its provider".to_owned(),
                false => format!("in `{}`", ids.join("` or `")),
            }
        ),
        hint: format!("such are sold in `{id}` ({name}): `--region {id}` or `--region all`"),
    }
}

/// No model is of all that is asked for: `all` are of the provider, and those of them that are `placed` of the regions.
fn none(
    catalog: &Catalog,
    all: &[&Model],
    placed: &[&Model],
    (seller, ids, method): (Option<&str>, &[&str], Option<Method>),
) -> Failure {
    let whose = seller.map_or_else(String::new, |seller| format!(" of `{seller}`"));
    let place = match ids.is_empty() {
        true => String::new(),
        false => format!(" in `{}`", ids.join("` or `")),
    };
    match method.filter(|_| !placed.is_empty()) {
        Some(method) => Failure::Unmatched {
            message: format!(
                "no model{whose}{place} is sold by the method `{}`",
                method.name()
            ),
            hint: "leave `--method` out to see how they are sold".to_owned(),
        },
        None => {
            let mut known: Vec<String> = Vec::new();
            for region in all.iter().map(|model| catalog.region_of(model)) {
                let region = format!("`{}` ({})", region.id, region.name);
                if !known.contains(&region) {
                    known.push(region);
                }
            }
            Failure::Unmatched {
                message: format!("the catalog has no model{whose}{place}"),
                hint: match (known.is_empty(), seller) {
                    (true, Some(seller)) => {
                        format!("`tollgate models {seller}` says what is known of it")
                    }
                    (true, None) => "`tollgate models` lists every model".to_owned(),
                    (false, _) => format!("it has such in {}", known.join(", ")),
                },
            }
        }
    }
}

/// Whether a pattern stands for the whole of what it matches, with what may vary marked.
pub fn is_glob(pattern: &str) -> bool {
    pattern.contains(['*', '?'])
}

/// The models whose code, name or family a pattern matches, or whose provider it is.
fn named<'a>(catalog: &'a Catalog, pattern: &str) -> Vec<&'a Model> {
    let models = catalog.models().iter();
    let wanted = pattern.to_lowercase();
    if is_glob(pattern) {
        let glob = WildMatch::new(&wanted);
        let has = |text: &str| glob.matches(&text.to_lowercase());
        let full = |model: &Model| format!("{}/{}", model.provider, model.code);
        let of = |model: &&Model| {
            has(&model.code) || has(&model.name) || has(&model.family) || has(&full(model))
        };
        return models.filter(of).collect();
    }
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    let of = |model: &&Model| {
        let of_provider = model.provider.eq_ignore_ascii_case(pattern);
        of_provider || has(&model.code) || has(&model.name) || has(&model.family)
    };
    models.filter(of).collect()
}

/// Refuses a price without the method that it is of.
pub fn refuse_price_of_no_method(selection: &Selection) -> Result<(), Failure> {
    let flag = match (selection.method, selection.max_price, selection.sort) {
        (None, Some(_), _) => "--max-price",
        (None, None, Some(Sort::Price)) => "--sort price",
        _ => return Ok(()),
    };
    Err(Failure::usage(
        format!("`{flag}` needs `--method`: each method has a price of its own"),
        "add `--method ptu` (10K input TPM-hour), `--method mu` (replica-hour) or `--method tokens` (1M input tokens)",
    ))
}

/// Keeps what costs no more than the limit, and puts what is left in order.
pub fn select(
    cards: Vec<Card>,
    selection: &Selection,
    pattern: Option<&str>,
) -> Result<Vec<Card>, Failure> {
    let mut cards = match (selection.method, selection.max_price) {
        (Some(method), Some(max)) => up_to(cards, method, max, pattern)?,
        _ => cards,
    };
    match (selection.sort, selection.method) {
        (None, _) | (Some(Sort::Price), None) => {}
        (Some(Sort::Name), _) => cards.sort_by_cached_key(|card| card.code.to_lowercase()),
        (Some(Sort::Family), _) => cards.sort_by_cached_key(|card| card.family.to_lowercase()),
        (Some(Sort::Price), Some(method)) => {
            let mut priced = priced(cards, method, "--sort price")?;
            priced.sort_by_key(|(price, _)| (price.is_none(), *price));
            cards = priced.into_iter().map(|(_, card)| card).collect();
        }
    }
    Ok(cards)
}

/// The models with a price by a method at or below `max`.
fn up_to(
    cards: Vec<Card>,
    method: Method,
    max: Amount,
    pattern: Option<&str>,
) -> Result<Vec<Card>, Failure> {
    let priced = priced(cards, method, "--max-price")?;
    let lowest = priced
        .iter()
        .filter_map(|(price, card)| Some(((*price)?, card)))
        .min_by_key(|(price, _)| *price);
    let which = pattern.map_or(String::new(), |pattern| {
        format!(" that matches `{}`", printable(pattern))
    });
    let Some((least, card)) = lowest else {
        return Err(Failure::Unmatched {
            message: format!(
                "no model{which} has a price {} {}",
                by(method),
                basis(method)
            ),
            hint: "leave `--max-price` out to see how it is sold".to_owned(),
        });
    };
    if let Some(said) = max.other_than(card.currency) {
        let paid = card.currency;
        return Err(Failure::usage(
            format!("`--max-price` is in {said}, and the prices are in {paid}"),
            format!("write it in {paid}"),
        ));
    }
    let max = max.number;
    if least > max {
        let [said, max] = [least, max].map(|price| price_of(price, card.currency));
        return Err(Failure::Unmatched {
            message: format!(
                "no model{which} costs {max} {} or less {}: the lowest price is {said}, of `{}`",
                basis(method),
                by(method),
                card.code
            ),
            hint: format!("`--max-price {}` finds it", plain(least)),
        });
    }
    let fits = |price: Option<Decimal>| price.is_some_and(|price| price <= max);
    let mut kept = Vec::new();
    for (_, mut card) in priced.into_iter().filter(|(price, _)| fits(*price)) {
        if method == Method::Mu {
            keep_specs(&mut card, max)?;
        }
        kept.push(card);
    }
    Ok(kept)
}

/// The cards with their lowest prices by a method, which are compared and so of one currency.
fn priced(
    cards: Vec<Card>,
    method: Method,
    flag: &str,
) -> Result<Vec<(Option<Decimal>, Card)>, Failure> {
    let mut priced = Vec::new();
    let mut sellers: BTreeMap<String, String> = BTreeMap::new();
    for card in cards {
        let price = lowest_price(&card, method)?;
        if price.is_some() {
            let seller = sellers.entry(card.currency.code().to_owned());
            seller.or_insert_with(|| card.provider.clone());
        }
        priced.push((price, card));
    }
    if sellers.len() > 1 {
        let codes: Vec<&str> = sellers.keys().map(String::as_str).collect();
        let globs = sellers
            .iter()
            .map(|(code, seller)| format!("`{seller}/*` is in {code}"));
        let globs: Vec<String> = globs.collect();
        return Err(Failure::Unmatched {
            message: format!(
                "`{flag}` compares prices of one currency, and these are in {}",
                codes.join(" and ")
            ),
            hint: format!("name a provider: {}", globs.join(", ")),
        });
    }
    Ok(priced)
}
