//! The built-in prices of Alibaba against the tables of every edition that they were read from. `tests/cloud_prices.rs` has
//! those of Azure and Google.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod editions {
    pub mod dtu;
    pub mod fine_tuned;
    pub mod mu;
    pub mod mu_history;
    pub mod ptu;
    pub mod ptu_history;
    pub mod quota_factors;
    pub mod reservation;
    pub mod standard;
}

#[path = "editions/full_use.rs"]
mod full_use;

use chrono::NaiveDate;
use editions::{
    dtu, fine_tuned, mu, mu_history, ptu, ptu_history, quota_factors, reservation, standard,
};
use rust_decimal::Decimal;
use tollgate::billing::meter::{Bracket, Meter};
use tollgate::billing::mode::Mode;
use tollgate::billing::tokens::Tier;
use tollgate::billing::unit::UnitPrice;
use tollgate::catalog::{
    Catalog, Dated, ModeTier, Model, MuRow, Offer, PtuRow, PtuSide, TokenRow, in_force,
};

/// The newest day of any edition.
const NEWEST: &str = "2026-10-10";

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap()
}

/// The models of the provider whose editions these are.
fn models(catalog: &Catalog) -> impl Iterator<Item = &Model> {
    let models = catalog.models().iter();
    models.filter(|model| model.provider == "alibaba")
}

fn model<'a>(catalog: &'a Catalog, code: &str, region: &str) -> &'a Model {
    let mut models = models(catalog);
    let same = |one: &&Model| one.code.eq_ignore_ascii_case(code) && one.region == region;
    let found = models.find(same);
    found.unwrap_or_else(|| panic!("{code} in {region}"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// `128K`, `1M`, `64000`: a K is 1,000, as the page of prices says.
fn count(text: &str) -> u64 {
    let (digits, factor) = match text.split_at(text.len() - 1) {
        (digits, "K") => (digits, 1_000),
        (digits, "M") => (digits, 1_000_000),
        _ => (text, 1),
    };
    digits.parse::<u64>().unwrap() * factor
}

/// A price as its table has it: the number alone, for so many of its unit.
fn assert_price(price: Option<UnitPrice>, amount: &str, per: u64, of: &str) {
    match (price, amount) {
        (None, "") => {}
        (Some(price), text) if !text.is_empty() => {
            assert_eq!(
                price.amount * Decimal::from(per) / Decimal::from(price.per),
                decimal(text),
                "{of}"
            );
        }
        (price, text) => panic!("{of}: {price:?} and `{text}`"),
    }
}

/// The prices of one mode, where `any` is that of a model without modes. Tables have the two names of a mode.
fn side<'a>(row: &'a PtuRow, mode: &str) -> (&'a PtuSide, &'a PtuSide) {
    let Offer::Sides { input, output } = &row.offer else {
        panic!("units")
    };
    let mode = match mode {
        "any" => None,
        name => Some(Mode::parse(name).unwrap().for_ptu()),
    };
    let (_, output) = output.iter().find(|(known, _)| *known == mode).unwrap();
    (input, output)
}

fn assert_ptu(row: &PtuRow, mode: &str, prices: [&str; 4], of: &str) {
    let (input, output) = side(row, mode);
    let [hour_in, hour_out, day_in, day_out] = prices;
    assert_price(input.hour, hour_in, 10_000, of);
    assert_price(output.hour, hour_out, 1_000, of);
    assert_price(input.day, day_in, 10_000, of);
    assert_price(output.day, day_out, 1_000, of);
}

/// The brackets of a side.
fn brackets(row: &PtuRow, side: usize) -> Vec<Bracket> {
    let meter: &Meter = row.meters.iter().nth(side).unwrap();
    meter.brackets().to_vec()
}

/// What a hit weighs in the first bracket, and what input and output weigh by length.
fn assert_weights(row: &PtuRow, hit: &str, lengths: &str, of: &str) {
    let (input, output) = (brackets(row, 0), brackets(row, 1));
    assert_eq!(input[0].weights.cached, decimal(hit), "{of}");
    let expected: Vec<(Option<u64>, &str, &str)> = match lengths {
        "" => vec![(None, "1", "1")],
        text if text.contains("6x") => vec![
            (Some(32_000), "1", "1"),
            (Some(256_000), "3", "3"),
            (None, "6", "6"),
        ],
        text if text.contains("1.33") => {
            assert!(text.contains("1.17"), "{of}");
            vec![(Some(32_000), "1", "1"), (None, "1.33", "1.17")]
        }
        other => panic!("{of}: {other}"),
    };
    assert_eq!(input.len(), expected.len(), "{of}");
    for ((input, output), (up_to, weight_in, weight_out)) in
        input.iter().zip(&output).zip(&expected)
    {
        assert_eq!((input.up_to, output.up_to), (*up_to, *up_to), "{of}");
        assert_eq!(input.weights.input, decimal(weight_in), "{of}");
        assert_eq!(
            input.weights.cached,
            decimal(weight_in) * decimal(hit),
            "{of}"
        );
        assert_eq!(output.weights.output, decimal(weight_out), "{of}");
    }
}

#[test]
fn throughput_has_the_prices_of_the_newest_editions() {
    let catalog = catalog();
    for [
        code,
        region,
        mode,
        table,
        factors,
        hour_in,
        hour_out,
        day_in,
        day_out,
        hit,
        edition,
    ] in ptu::ROWS
    {
        let model = model(&catalog, code, region);
        let of = format!("{code} in {region}");
        let row = in_force(&model.ptu, day(edition)).unwrap();
        assert_ptu(row, mode, [hour_in, hour_out, day_in, day_out], &of);
        // On its day the table of prices counts, and after that the newest page.
        if !table.is_empty() {
            assert_eq!(row.max_input, Some(count(table)), "{of}");
        }
        let newest = in_force(&model.ptu, day(NEWEST)).unwrap();
        assert_ptu(newest, mode, [hour_in, hour_out, day_in, day_out], &of);
        let known = [newest.max_input, newest.or_max_input];
        for text in [table, factors] {
            if !text.is_empty() {
                assert!(
                    known.contains(&Some(count(text))),
                    "{of}: {text} of {known:?}"
                );
            }
        }
        if !hit.is_empty() {
            assert_eq!(brackets(newest, 0)[0].weights.cached, decimal(hit), "{of}");
        }
        assert_eq!(newest.source.until, None, "{of}");
    }
}

#[test]
fn no_other_throughput_is_on_the_newest_pages() {
    for model in models(&catalog()) {
        let rows = ptu::ROWS.iter();
        let listed = rows
            .filter(|row| row[0] == model.code && row[1] == model.region)
            .count();
        let row = in_force(&model.ptu, day(NEWEST)).filter(|row| row.source.until.is_none());
        let modes = row.map_or(0, |row| row.offer.modes().len());
        assert_eq!(modes, listed, "{} in {}", model.code, model.region);
    }
}

#[test]
fn reservations_have_the_prices_of_their_page() {
    let catalog = catalog();
    let mut sold = 0;
    for [
        code,
        region,
        speed,
        hour_in,
        hour_out,
        day_in,
        day_out,
        max,
        hit,
        lengths,
        status,
    ] in reservation::ROWS
    {
        let model = model(&catalog, code, region);
        let of = format!("{code} {speed} in {region}");
        let row = match *speed {
            "standard" => in_force(&model.reservation, day(NEWEST)),
            _ => in_force(&model.ptu, day(NEWEST)).filter(|row| row.source.until.is_none()),
        };
        let Some(row) = row else {
            assert_eq!(*status, "", "{of}");
            continue;
        };
        assert_eq!(*status, "sold", "{of}");
        sold += 1;
        assert_ptu(row, "any", [hour_in, hour_out, day_in, day_out], &of);
        assert_eq!(row.max_input, Some(count(max)), "{of}");
        assert_weights(row, hit, lengths, &of);
    }
    assert_eq!(sold, 44);
    let standard = models(&catalog).filter(|one| !one.reservation.is_empty());
    assert_eq!(standard.count(), 27);
}

#[test]
fn throughput_has_the_prices_of_every_older_edition() {
    let catalog = catalog();
    for [
        code,
        region,
        max,
        hour_in,
        hour_out,
        day_in,
        day_out,
        first,
        last,
    ] in ptu_history::ROWS
    {
        let model = model(&catalog, code, region);
        for on in [first, last] {
            let of = format!("{code} in {region} on {on}");
            let row = in_force(&model.ptu, day(on)).unwrap_or_else(|| panic!("{of}"));
            let is_left = row.source.until.is_some_and(|until| until <= day(on));
            assert!(!is_left, "{of} has left");
            assert_eq!(row.max_input, Some(count(max)), "{of}");
            let by_mode = |cell: &str| match cell.split_once(' ') {
                None => vec![("any".to_owned(), cell.to_owned())],
                Some((one, two)) => [one, two]
                    .map(|each| each.split_once(':').unwrap())
                    .map(|(mode, price)| (mode.to_owned(), price.to_owned()))
                    .to_vec(),
            };
            for ((mode, hour), (_, day)) in by_mode(hour_out).iter().zip(by_mode(day_out)) {
                assert_ptu(row, mode, [hour_in, hour, day_in, &day], &of);
            }
        }
    }
}

fn specification<'a>(model: &'a Model, spec: &str, separated: bool) -> Vec<&'a MuRow> {
    let rows = model.mu.iter();
    rows.filter(|row| row.spec.to_string() == spec && row.pd_separated == separated)
        .collect()
}

#[test]
fn model_units_have_the_prices_of_the_newest_editions() {
    let catalog = catalog();
    for [code, class, units, separated, hour, month, billing, on_dtu] in mu::ROWS {
        let model = model(&catalog, code, "cn-beijing");
        let units = if units.is_empty() { "1" } else { units };
        let of = format!("{code} {class}x{units}");
        let rows = specification(model, &format!("{class}x{units}"), *separated == "yes");
        let [row] = rows.as_slice() else {
            panic!("{of}: {rows:?}")
        };
        assert_price(row.hour, hour, 1, &of);
        assert_price(row.month, month, 1, &of);
        // What only the older page has is not on the newest one.
        let left = row.source.until;
        match (*billing, *on_dtu) {
            ("yes", _) => assert_eq!(left, None, "{of}"),
            _ => assert_eq!(left, Some(day("2026-09-22")), "{of}"),
        }
    }
    let on_page = |row: &&MuRow| row.source.until.is_none();
    let all = models(&catalog).flat_map(|model| &model.mu);
    let newest = mu::ROWS.iter().filter(|row| row[6] == "yes").count();
    assert_eq!(all.filter(on_page).count(), newest);
}

#[test]
fn model_units_have_the_prices_of_every_older_edition() {
    let catalog = catalog();
    for [code, spec, hour, month, first, last] in mu_history::ROWS {
        let model = model(&catalog, code, "cn-beijing");
        let of = format!("{code} {spec}");
        let separated = spec.ends_with(" PD");
        let spec = spec.trim_end_matches(" PD").replace(" x ", "x");
        let Some(class) = spec.strip_suffix(" (no count)") else {
            let rows = specification(model, &spec, separated);
            let [row] = rows.as_slice() else {
                panic!("{of}: {rows:?}")
            };
            assert_price(row.hour, hour, 1, &of);
            assert_price(row.month, month, 1, &of);
            let begins = row.source.from.or(row.source.first_seen).unwrap();
            assert!(begins <= day(first), "{of} begins {begins}");
            assert!(
                row.source.until.is_none_or(|until| until > day(last)),
                "{of}"
            );
            continue;
        };
        // Editions before that of 2026-06-05 have what one unit of a class costs.
        let rows = model.mu.iter();
        let of_class = rows.filter(|row| row.spec.to_string().split_once('x').unwrap().0 == class);
        for row in of_class {
            let spec = row.spec.to_string();
            let units: u64 = spec.split_once('x').unwrap().1.parse().unwrap();
            let times = |price: &str| (decimal(price) * Decimal::from(units)).to_string();
            assert_price(row.hour, &times(hour), 1, &of);
            assert_price(row.month, &times(month), 1, &of);
        }
    }
}

#[test]
fn units_of_throughput_have_the_prices_of_their_page() {
    let catalog = catalog();
    for [code, spec, input, output, month, each_more] in dtu::ROWS {
        let model = model(&catalog, code, "cn-beijing");
        let row = model.dtu.iter().find(|row| row.spec == *spec).unwrap();
        let Offer::Unit(unit) = &row.row.offer else {
            panic!("{code}")
        };
        assert_eq!(
            unit.adds.map(|tpm| tpm.to_string()),
            [*input, *output],
            "{code}"
        );
        assert_price(unit.prices.month, month, 1, code);
        assert_eq!(month, each_more, "{code}: more of it costs something else");
    }
    let all = models(&catalog).map(|model| model.dtu.len());
    assert_eq!(all.sum::<usize>(), dtu::ROWS.len());
}

fn tiers_of<'a>(row: &'a TokenRow, mode: &str) -> Vec<&'a ModeTier> {
    let mode = Mode::parse(mode);
    // A model that has one mode has prices without its name in older tables.
    let is_one = row.modes().len() == 1;
    let wanted = |tier: &&ModeTier| tier.mode == mode || is_one;
    row.tiers.iter().filter(wanted).collect()
}

#[test]
fn fine_tuned_models_have_the_prices_of_the_newest_edition() {
    let catalog = catalog();
    let mut seen = 0;
    for [code, region, mode, up_to, input, output] in fine_tuned::ROWS {
        let model = model(&catalog, code, region);
        let of = format!("{code} {mode} in {region}");
        let row = in_force(&model.fine_tuned, day("2026-09-22")).unwrap();
        let tiers = tiers_of(row, mode);
        let up_to = Some(*up_to).filter(|text| !text.is_empty()).map(count);
        let tiers = tiers.iter().map(|one| &one.tier);
        let tier = tiers.clone().find(|tier| tier.up_to == up_to).unwrap();
        assert_price(Some(tier.prices.input), input, 1_000_000, &of);
        assert_price(tier.prices.output, output, 1_000_000, &of);
        seen += 1;
    }
    let rows = models(&catalog).flat_map(|model| &model.fine_tuned);
    assert_eq!(rows.map(|row| row.tiers.len()).sum::<usize>(), seen);
}

#[test]
fn ordinary_calls_have_the_prices_of_the_newest_list() {
    let catalog = catalog();
    for cells in standard::ROWS {
        let [
            code,
            region,
            mode,
            hours,
            page,
            console,
            input,
            hit,
            explicit,
            write,
            output,
            batch,
            offer,
            of_cache,
        ] = cells;
        let model = model(&catalog, code, region);
        let of = format!("{cells:?}");
        let row = in_force(&model.standard, day(NEWEST)).unwrap_or_else(|| panic!("{of}"));
        assert_eq!(row.source().until, None, "{of}");
        let ends = |tier: &Tier| {
            let known = [tier.up_to, tier.or_up_to];
            let has = |text: &&str| text.is_empty() || known.contains(&Some(count(text)));
            has(page) && has(console) && (page.is_empty() || tier.up_to.is_some())
        };
        let tiers = tiers_of(row, mode);
        let hours_of = |one: &ModeTier| one.hours.map_or(String::new(), |hours| hours.to_string());
        let found = tiers.iter().filter(|one| ends(&one.tier));
        let found: Vec<&Tier> = found
            .filter(|one| hours_of(one).replace('–', "-") == *hours)
            .map(|one| &one.tier)
            .collect();
        let [tier] = found.as_slice() else {
            panic!("{of}: {found:?}")
        };
        if !console.is_empty() {
            assert_eq!(tier.up_to, Some(count(console)), "the console counts: {of}");
        }
        assert_price(Some(tier.prices.input), input, 1_000_000, &of);
        assert_price(tier.prices.cached, hit, 1_000_000, &of);
        assert_price(tier.cached_explicit, explicit, 1_000_000, &of);
        assert_price(tier.prices.cache_write, write, 1_000_000, &of);
        assert_price(tier.prices.output, output, 1_000_000, &of);
        // What an older page has without marks is a reading, and what none marks is not sold.
        let unmarked = row.batch_unmarked || row.not_in_batches;
        assert_eq!(unmarked, *batch == "no", "{of}");
        assert_eq!(row.limited_offer.is_some(), *offer == "80%", "{of}");
        let source = row
            .cache_source
            .as_ref()
            .map(|source| source.document.as_str());
        let document = match *of_cache {
            "console" => Some("alibaba-console-models"),
            "page" => Some("alibaba-context-cache"),
            _ => None,
        };
        assert_eq!(source, document, "{of}");
    }
    let newest = models(&catalog).filter_map(|model| in_force(&model.standard, day(NEWEST)));
    let newest = newest.filter(|row| row.source.until.is_none());
    let tiers = newest.map(|row| row.tiers.len()).sum::<usize>();
    assert_eq!(tiers, standard::ROWS.len());
}

#[test]
fn hits_and_lengths_weigh_what_each_edition_says() {
    let catalog = catalog();
    for [code, _, hit, lengths, edition] in quota_factors::ROWS {
        // The pages between two days, and a row of all other models, have no day or no code of their own.
        if *edition == "between" || code.starts_with("other") || hit.parse::<Decimal>().is_err() {
            continue;
        }
        let model = model(&catalog, code, "cn-beijing");
        let of = format!("{code} on {edition}");
        let ptu = in_force(&model.ptu, day(edition)).filter(|row| row.source.until.is_none());
        let reservation = in_force(&model.reservation, day(edition));
        for row in ptu.into_iter().chain(reservation) {
            assert_weights(row, hit, lengths, &of);
        }
    }
}
