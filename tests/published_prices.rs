//! The prices of 2026-06-15 against the tables that were published then, in both directions. `tests/editions.rs`
//! has those of every other edition.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;
mod published;

use std::collections::{BTreeMap, BTreeSet};

use common::{fraction, json, whole};
use published::{fine_tuned, mu, ptu, standard};
use serde_json::Value;

type Row = Vec<String>;

/// The day of the edition.
const EDITION: &str = "2026-06-15";

/// The models that it has, and others of its provider that were sold on its day.
fn models() -> Vec<Value> {
    let all = json(&["models", "--as-of", EDITION]);
    let all = all["models"].as_array().unwrap().iter();
    let of_page = all.filter(|model| model["provider"] == "alibaba");
    of_page.cloned().collect()
}

/// A cell of a table: numbers and flags as text, `null` as nothing.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn row(cells: &[&str]) -> Row {
    cells.iter().map(ToString::to_string).collect()
}

/// The prices of a JSON object by mode; without modes the table has an empty cell.
fn by_mode(prices: &Value) -> BTreeMap<String, String> {
    let prices = prices.as_object().unwrap().iter();
    let mode = |key: &str| if key == "default" { "" } else { key }.to_owned();
    prices
        .map(|(key, price)| (mode(key), cell(price)))
        .collect()
}

fn assert_same(catalog: Vec<Row>, page: Vec<Row>, count: usize) {
    assert_eq!((catalog.len(), page.len()), (count, count));
    let catalog: BTreeSet<Row> = catalog.into_iter().collect();
    let page: BTreeSet<Row> = page.into_iter().collect();
    let missing: Vec<&Row> = page.difference(&catalog).collect();
    let extra: Vec<&Row> = catalog.difference(&page).collect();
    assert_eq!(
        (missing, extra),
        (Vec::new(), Vec::new()),
        "(missing, extra)"
    );
    assert_eq!(page.len(), count, "a row stands twice");
}

/// The rows of `table` that a model has, each behind its family, name and code.
fn rows_of(models: &[Value], table: impl Fn(&Value) -> Vec<Row>) -> Vec<Row> {
    let named = |model: &Value, cells: Row| {
        let mut named: Row = ["family", "name", "code"]
            .map(|key| cell(&model[key]))
            .into();
        named.extend(cells);
        named
    };
    let rows = models.iter().flat_map(|model| {
        let rows = table(model).into_iter();
        rows.map(|cells| named(model, cells)).collect::<Vec<Row>>()
    });
    rows.collect()
}

fn sold(models: &[Value], key: &str) -> usize {
    let none = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    models.iter().filter(|model| !none(&model[key])).count()
}

#[test]
fn ptu_prices_are_the_published_ones() {
    let models = models();
    let mut catalog = rows_of(&models, |model| {
        let card = &model["ptu"];
        if card.is_null() {
            return Vec::new();
        }
        let output = |term: &str| by_mode(&card[term]["output_per_1k_tpm"]);
        let (hour, day) = (output("hour"), output("day"));
        assert!(hour.keys().eq(day.keys()), "{model}");
        let input = |term: &str| cell(&card[term]["input_per_10k_tpm"]);
        let max = cell(&card["max_input_tokens"]);
        let row = |(mode, by_hour): (&String, &String)| {
            let by_day = &day[mode];
            row(&[&max, mode, &input("hour"), by_hour, &input("day"), by_day])
        };
        hour.iter().map(row).collect()
    });
    let page = ptu::ROWS.iter().map(
        |(family, name, code, max, mode, hour_in, hour_out, day_in, day_out)| {
            row(&[
                family, name, code, max, mode, hour_in, hour_out, day_in, day_out,
            ])
        },
    );
    // These came with the edition that was seen on that day.
    let came = ["qwen3.7-plus-2026-05-26", "deepseek-v4-flash"];
    let before = catalog.len();
    catalog.retain(|row| !came.contains(&row[2].as_str()));
    assert_eq!(before - catalog.len(), came.len());
    assert_same(catalog, page.collect(), 13);
}

#[test]
fn model_unit_prices_are_the_published_ones() {
    let models = models();
    assert_eq!(sold(&models, "mu"), 53);
    let columns = ["spec", "unit", "count", "pd_separated", "hour", "month"];
    let mut catalog = rows_of(&models, |model| {
        let offers = model["mu"].as_array().unwrap().iter();
        let cells = |offer: &Value| columns.map(|column| cell(&offer[column])).into();
        offers.map(cells).collect()
    });
    let page = mu::ROWS
        .iter()
        .map(|(family, name, code, spec, pd, hour, month)| {
            let (unit, count) = spec.split_once('x').unwrap_or((spec, "1"));
            let spec = format!("{unit}x{count}");
            row(&[
                family,
                name,
                code,
                &spec,
                unit,
                count,
                &pd.to_string(),
                hour,
                month,
            ])
        });
    // Chinese editions of these days have these too, one until 2026-06-10 alone.
    let others = [
        ("deepseek-v3.2", "MU1x16"),
        ("qwen3.5-27b", "MU1x2"),
        ("qwen3.5-9b", "MU1x2"),
    ];
    let before = catalog.len();
    catalog.retain(|row| !others.contains(&(row[2].as_str(), row[3].as_str())));
    assert_eq!(before - catalog.len(), others.len());
    assert_same(catalog, page.collect(), 80);
}

#[test]
fn fine_tuned_prices_are_the_published_ones() {
    let models = models();
    assert_eq!(sold(&models, "fine_tuned"), 11);
    let catalog = rows_of(&models, |model| {
        let card = &model["fine_tuned"];
        if card.is_null() {
            return Vec::new();
        }
        let input = cell(&card["input_per_1k"]);
        let output = by_mode(&card["output_per_1k"]);
        let row = |(mode, output): (&String, &String)| row(&[mode, &input, output]);
        output.iter().map(row).collect()
    });
    let page = fine_tuned::ROWS
        .iter()
        .map(|(family, name, code, mode, input, output)| {
            row(&[family, name, code, mode, input, output])
        });
    assert_same(catalog, page.collect(), 14);
}

#[test]
fn standard_prices_are_the_published_ones_tier_by_tier() {
    let models = models();
    // The order of the tiers counts, so each row has its place in its model.
    let placed = |rows: Vec<Row>| {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let place = |mut row: Row| {
            let place = places.entry(row[0].clone()).or_default();
            *place += 1;
            row.push(place.to_string());
            row
        };
        rows.into_iter().map(place).collect::<Vec<Row>>()
    };
    let columns = ["mode", "up_to", "input_per_1m", "output_per_1m"];
    let mut catalog = Vec::new();
    let on_page: BTreeSet<&str> = standard::ROWS.iter().map(|row| row.0).collect();
    let listed = |model: &&Value| on_page.contains(cell(&model["code"]).to_lowercase().as_str());
    for model in models.iter().filter(listed) {
        let tiers = model["standard"]["tiers"].as_array().into_iter().flatten();
        // This page has its codes in lower case, the deployment page has not.
        let code = cell(&model["code"]).to_lowercase();
        catalog.extend(tiers.map(|tier| {
            let mut cells = vec![code.clone()];
            cells.extend(columns.map(|column| cell(&tier[column])));
            cells
        }));
    }
    let page = standard::ROWS.iter();
    let page = page.map(|(code, mode, up_to, input, output)| {
        // The console has one end for both, and it counts.
        let up_to = match *up_to {
            "202752" | "169984" => "204800",
            other => other,
        };
        row(&[code, mode, up_to, input, output])
    });
    assert_same(
        placed(catalog),
        placed(page.collect()),
        standard::ROWS.len(),
    );
}

#[test]
fn the_catalog_has_the_models_of_the_deployment_tables() {
    let names = |(family, name, code): (&&str, &&str, &&str)| row(&[family, name, code]);
    let on_ptu = ptu::ROWS.iter().map(|row| names((&row.0, &row.1, &row.2)));
    let on_mu = mu::ROWS.iter().map(|row| names((&row.0, &row.1, &row.2)));
    let tuned = fine_tuned::ROWS
        .iter()
        .map(|row| names((&row.0, &row.1, &row.2)));
    let page: BTreeSet<Row> = on_ptu.chain(on_mu).chain(tuned).collect();
    let catalog: BTreeSet<Row> = rows_of(&models(), |_| vec![Vec::new()])
        .into_iter()
        .collect();
    let missing: Vec<&Row> = page.difference(&catalog).collect();
    assert_eq!(missing, Vec::<&Row>::new());
    for model in models() {
        let place = ["region", "currency"].map(|key| cell(&model[key]));
        assert_eq!(place, ["cn-beijing", "CNY"], "{}", model["code"]);
    }
}

#[test]
fn a_specification_costs_its_count_times_its_class() {
    let classes = BTreeMap::from([
        ("MU1", ("54", "26118")),
        ("MU2", ("63", "30036")),
        ("MU3", ("137", "65969")),
        ("MU5", ("21", "10139")),
        ("MU6", ("25", "12089")),
        ("MU8", ("47", "22400")),
        ("MU9", ("51", "24600")),
    ]);
    let mut met = BTreeSet::new();
    for model in models() {
        for offer in model["mu"].as_array().unwrap() {
            let unit = offer["unit"].as_str().unwrap();
            let (hour, month) = classes[unit];
            let count = whole(offer["count"].as_u64().unwrap());
            let price = |term: &str| fraction(&cell(&offer[term]));
            assert_eq!(price("hour"), &count * fraction(hour), "{offer}");
            assert_eq!(price("month"), &count * fraction(month), "{offer}");
            met.insert(unit.to_owned());
        }
    }
    assert_eq!(met.len(), classes.len());
}

#[test]
fn day_prices_are_published_and_not_twelve_times_the_hour() {
    // Most are 12 hours to the digit; these two show that a column was typed and not computed.
    let mut odd = Vec::new();
    for model in models().iter().filter(|model| !model["ptu"].is_null()) {
        let price = |term: &str, key: &str| {
            let price = &model["ptu"][term][key];
            price.as_str().map_or_else(
                || by_mode(price),
                |price| BTreeMap::from([(String::new(), price.to_owned())]),
            )
        };
        for key in ["input_per_10k_tpm", "output_per_1k_tpm"] {
            let day = price("day", key);
            for (mode, hour) in price("hour", key) {
                if fraction(&day[&mode]) != whole(12) * fraction(&hour) {
                    odd.push(row(&[&cell(&model["code"]), key, &hour, &day[&mode]]));
                }
            }
        }
    }
    odd.sort();
    let expected = [
        row(&[
            "qwen3.5-plus-2026-04-20",
            "output_per_1k_tpm",
            "1.15",
            "13.82",
        ]),
        row(&[
            "qwen3.6-flash-2026-04-16",
            "output_per_1k_tpm",
            "1.73",
            "20.74",
        ]),
    ];
    assert_eq!(odd, expected);
}
