//! The table of the page, typed a second time: for each payment and band the factors of A and B for 3, 6, 12
//! and 24 months. Those of C are all 1.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use tollgate::billing::savings::Payment;
use tollgate::catalog::Catalog;

#[rustfmt::skip]
const TABLE: &[(&str, u64, [&str; 4], [&str; 4])] = &[
    ("all-upfront", 1_000, ["0.88", "0.86", "0.84", "0.82"], ["0.83", "0.80", "0.77", "0.74"]),
    ("all-upfront", 5_000, ["0.86", "0.84", "0.82", "0.80"], ["0.80", "0.77", "0.74", "0.71"]),
    ("all-upfront", 10_000, ["0.84", "0.82", "0.80", "0.78"], ["0.77", "0.74", "0.71", "0.68"]),
    ("all-upfront", 30_000, ["0.82", "0.80", "0.78", "0.76"], ["0.74", "0.71", "0.68", "0.65"]),
    ("all-upfront", 50_000, ["0.80", "0.78", "0.76", "0.74"], ["0.71", "0.68", "0.65", "0.62"]),
    ("all-upfront", 100_000, ["0.78", "0.76", "0.74", "0.72"], ["0.68", "0.65", "0.62", "0.59"]),
    ("all-upfront", 300_000, ["0.76", "0.74", "0.72", "0.70"], ["0.65", "0.62", "0.59", "0.56"]),
    ("all-upfront", 1_000_000, ["0.74", "0.72", "0.70", "0.68"], ["0.62", "0.59", "0.56", "0.53"]),
    ("no-upfront", 1_000, ["0.90", "0.88", "0.86", "0.84"], ["0.85", "0.82", "0.79", "0.76"]),
    ("no-upfront", 5_000, ["0.88", "0.86", "0.84", "0.82"], ["0.82", "0.79", "0.76", "0.73"]),
    ("no-upfront", 10_000, ["0.86", "0.84", "0.82", "0.80"], ["0.79", "0.76", "0.73", "0.70"]),
    ("no-upfront", 30_000, ["0.84", "0.82", "0.80", "0.78"], ["0.76", "0.73", "0.70", "0.67"]),
    ("no-upfront", 50_000, ["0.82", "0.80", "0.78", "0.76"], ["0.73", "0.70", "0.67", "0.64"]),
    ("no-upfront", 100_000, ["0.80", "0.78", "0.76", "0.74"], ["0.70", "0.67", "0.64", "0.61"]),
    ("no-upfront", 300_000, ["0.78", "0.76", "0.74", "0.72"], ["0.67", "0.64", "0.61", "0.58"]),
    ("no-upfront", 1_000_000, ["0.76", "0.74", "0.72", "0.70"], ["0.64", "0.61", "0.58", "0.55"]),
];

#[test]
fn every_factor_is_the_published_one() {
    let catalog = Catalog::load(&[]).unwrap();
    let model = catalog.model("qwen3-8b").unwrap();
    let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let rules = catalog.provider(model).unwrap().savings_on(day).unwrap();
    assert_eq!(rules.smallest, Decimal::from(1_000));
    assert_eq!(rules.step, Decimal::TEN);
    assert_eq!(rules.terms, [3, 6, 12, 24]);
    let names: Vec<&str> = rules.groups.iter().map(|group| &*group.name).collect();
    assert_eq!(names, ["A", "B", "C"]);
    let read = |factors: &[&str; 4]| -> Vec<Decimal> {
        let read = |text: &&str| Decimal::from_str_exact(text).unwrap();
        factors.iter().map(read).collect()
    };
    assert_eq!(rules.bands.len(), TABLE.len());
    for (payment, from, a, b) in TABLE {
        let payment = Payment::ALL.iter().find(|one| one.name() == *payment);
        let is = |from: u64| {
            let mut bands = rules.bands.iter();
            bands.find(|band| Some(&band.payment) == payment && band.from == from.into())
        };
        let band = is(*from).unwrap();
        let c = read(&["1.00"; 4]);
        assert_eq!(band.factors, [read(a), read(b), c], "{payment:?} {from}");
    }
}

#[test]
fn every_model_with_ordinary_calls_is_in_its_group_or_in_none() {
    let catalog = Catalog::load(&[]).unwrap();
    let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    for model in catalog.models() {
        let rules = catalog.provider(model).unwrap().savings_on(day);
        // Only one provider has plans.
        assert_eq!(rules.is_ok(), model.provider == "alibaba", "{}", model.code);
        let Ok(rules) = rules else { continue };
        let group = rules.group_of(&model.code, &model.family);
        let group = group.map(|at| rules.groups[at].name.as_str());
        let code = model.code.to_ascii_lowercase();
        let others = ["deepseek", "glm", "kimi", "minimax"];
        let expected = match () {
            () if others.iter().any(|begin| code.starts_with(begin)) => Some("C"),
            () if code.contains("-vl") || code.contains("omni") || code.contains("ocr") => None,
            // QwQ is a text model of Qwen by another name.
            () if code.starts_with("qwen") || code.starts_with("qwq") => Some("A"),
            () => None,
        };
        assert_eq!(group, expected, "{code}");
    }
}
