//! `--growth` of a log of several models: the months of each model are those of the model alone, and add up.

use proptest::prelude::*;
use serde_json::Value;

use super::common::folder::Folder;
use super::common::{Fraction, fraction, json, run, whole};
use super::laws::{calls, files, filters, traced};
use super::shown::LOG;

const MAP: [&str; 2] = ["--model-map", "azure/my-deployment=qwen-plus"];

fn amount(value: &Value) -> Fraction {
    fraction(value.as_str().unwrap())
}

fn months(growth: &Value) -> &Vec<Value> {
    growth["months"].as_array().unwrap()
}

/// The sum of a field of each month over several growths.
fn added_up<'a>(
    of: impl Iterator<Item = &'a Value>,
    place: usize,
    field: fn(&Value) -> Fraction,
) -> Fraction {
    of.map(|growth| field(&months(growth)[place]))
        .fold(whole(0), |sum, one| sum + one)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_month_of_the_bill_is_the_months_of_each_model_alone(
        calls in calls(),
        cut in 1_usize..4,
        growth in prop::sample::select(vec!["5%/month", "50%/month", "-40%/month", "-100%/month", "333.25%/month"]),
    ) {
        let folder = Folder::new(&[]);
        let files = files(&folder, &calls, cut.min(calls.len()));
        let grows = ["--growth", growth, "--growth-months", "4"];
        let mut args = traced(&["quote", "tokens", "--model-map", "mine=deepseek-v3.2"], &files);
        args.extend(grows);
        let bill = json(&args);
        let quotes = bill["quotes"].as_array().unwrap();
        for (model, quote) in bill["bill"]["models"].as_array().unwrap().iter().zip(quotes) {
            let filters = filters(model);
            let mut alone = traced(&["quote", "tokens", model["model"].as_str().unwrap()], &files);
            alone.extend(grows);
            for filter in &filters {
                alone.extend(["--where", filter]);
            }
            let alone = &json(&alone)["quotes"][0];
            prop_assert_eq!(&quote["growth"], &alone["growth"]);
            prop_assert_eq!(&quote["total"], &alone["total"]);
        }
        let all = &bill["bill"]["growth"];
        let each = || quotes.iter().map(|quote| &quote["growth"]);
        for (place, month) in months(all).iter().enumerate() {
            let of = |field| added_up(each(), place, field);
            prop_assert_eq!(amount(&month["total"]), of(|month| amount(&month["total"])));
            prop_assert_eq!(amount(&month["calls"]), of(|month| amount(&month["calls"])));
        }
        let sum = months(all).iter().fold(whole(0), |sum, month| sum + amount(&month["total"]));
        prop_assert_eq!(amount(&all["total"]), sum);
        prop_assert_eq!(&months(all)[0]["total"], &bill["bill"]["total"]);
    }

    #[test]
    fn a_month_of_the_comparison_is_the_months_of_each_model_alone(
        calls in calls(),
        (fit, now) in prop::sample::select(vec![("peak", "standard"), ("peak", "ptu-hourly"), ("cheapest", "standard")]),
        growth in prop::sample::select(vec!["70%/month", "-60%/month", "-100%/month", "1000%/month"]),
    ) {
        let folder = Folder::new(&[]);
        let files = files(&folder, &calls, 1);
        let grows = ["--growth", growth, "--growth-months", "3", "--fit", fit];
        let mut args = traced(&["compare", "--model-map", "mine=deepseek-v3.2", "--current", now], &files);
        args.extend(grows);
        let log = json(&args);
        let models = log["models"].as_array().unwrap();
        for model in models {
            let filters = filters(model);
            let mut alone = traced(&["compare", model["model"].as_str().unwrap(), "--no-savings-plan"], &files);
            alone.extend(grows);
            for filter in &filters {
                alone.extend(["--where", filter]);
            }
            prop_assert_eq!(&model["comparison"]["growth"], &json(&alone)["growth"]);
        }
        let all = &log["growth"];
        let each = || models.iter().map(|model| &model["comparison"]["growth"]);
        for (place, month) in months(all).iter().enumerate() {
            // Nothing is bought in a month without calls.
            let best = added_up(each(), place, |month| match month["best"].is_null() {
                true => whole(0),
                false => amount(&month["best"]["total"]),
            });
            prop_assert_eq!(amount(&month["best_total"]), best);
            prop_assert_eq!(amount(&month["calls"]), added_up(each(), place, |month| amount(&month["calls"])));
        }
        let of_each = months(all).iter().fold(whole(0), |sum, month| sum + amount(&month["best_total"]));
        prop_assert_eq!(amount(&all["best_of_each_month_total"]), of_each.clone());
        let over = each().fold(whole(0), |sum, growth| sum + amount(&growth["best"]["total"]));
        prop_assert_eq!(amount(&all["best_total"]), over.clone());
        prop_assert!(of_each <= over);
        prop_assert_eq!(&months(all)[0]["now_total"], &log["now_total"]);
        let paid = months(all).iter().fold(whole(0), |sum, month| sum + amount(&month["now_total"]));
        prop_assert_eq!(amount(&all["now_total"]), paid);
    }
}

/// A call of the log: input, cached tokens of it, output.
type Call = (u64, u64, u64);

/// The calls of a model, and what each of them costs.
type Priced = (Vec<Call>, fn(Call) -> u64);

/// The calls of each model in order of time, as they stand in the log, with the list price of a call in millionths
/// of a thousandth of a yuan.
fn models() -> [Priced; 3] {
    let of_max = |(input, _, output): Call| match input {
        0..=32_000 => input * 6_000 + output * 24_000,
        _ => input * 10_000 + output * 40_000,
    };
    [
        (
            vec![(4_000, 0, 300), (1_000, 0, 300), (40_000, 0, 10)],
            of_max,
        ),
        (vec![(2_000, 0, 100); 2], |(input, _, output)| {
            input * 2_000 + output * 3_000
        }),
        (vec![(1_000, 400, 300)], |(input, cached, output)| {
            (input - cached) * 800 + cached * 160 + output * 2_000
        }),
    ]
}

/// What the calls of each model cost in 30 days, each of them taken so many times that after any number of them
/// there are `more` of 8 as many, rounded down.
fn by_hand(eighths: u64) -> Vec<(u64, Fraction)> {
    let of = |(calls, price): (Vec<Call>, fn(Call) -> u64)| {
        let times = |number: u64| number * eighths / 8;
        let each = calls.iter().zip(1_u64..);
        let counted = each.map(|(call, number)| (*call, times(number) - times(number - 1)));
        let counted: Vec<(Call, u64)> = counted.collect();
        let cost: u64 = counted
            .iter()
            .map(|(call, times)| times * price(*call))
            .sum();
        let count: u64 = counted.iter().map(|(_, times)| times).sum();
        (30 * count, whole(30 * cost) / whole(1_000_000_000))
    };
    models().map(of).into()
}

#[test]
fn the_months_are_those_that_are_added_up_by_hand() {
    let folder = Folder::new(&[("log.jsonl", LOG)]);
    let path = folder.path_of("log.jsonl");
    let flags = grown(&path, "4");
    let of = |command: &[&str]| json(&[command, &MAP, &flags].concat());
    let (bill, log) = (of(&["quote", "tokens"]), of(&["compare"]));
    // 1, 1.5, 2.25 and 3.375 times.
    for (place, eighths) in [8, 12, 18, 27].into_iter().enumerate() {
        let expected = by_hand(eighths);
        let quotes = bill["quotes"].as_array().unwrap();
        for (quote, (calls, cost)) in quotes.iter().zip(&expected) {
            let month = &months(&quote["growth"])[place];
            assert_eq!(amount(&month["calls"]), whole(*calls));
            assert_eq!(amount(&month["total"]), *cost);
        }
        let calls: u64 = expected.iter().map(|(calls, _)| calls).sum();
        let cost = expected.iter().fold(whole(0), |sum, (_, cost)| sum + cost);
        let month = &months(&bill["bill"]["growth"])[place];
        assert_eq!(amount(&month["calls"]), whole(calls));
        assert_eq!(amount(&month["total"]), cost);
        // Ordinary calls are the best way of so few.
        let month = &months(&log["growth"])[place];
        assert_eq!(amount(&month["calls"]), whole(calls));
        assert_eq!(amount(&month["best_total"]), cost);
        assert_eq!(amount(&month["now_total"]), cost);
    }
}

/// The flags of calls that grow by half a month.
fn grown<'a>(path: &'a str, months: &'a str) -> [&'a str; 6] {
    [
        "--trace",
        path,
        "--growth",
        "50%/month",
        "--growth-months",
        months,
    ]
}

/// A row a line item of each month, so the amounts of a month add up to it.
#[test]
fn rows_for_a_spreadsheet_have_the_months_of_each_model() {
    let folder = Folder::new(&[("log.jsonl", LOG)]);
    let path = folder.path_of("log.jsonl");
    let flags = grown(&path, "3");
    let args = [&["quote", "tokens", "--format", "csv"][..], &MAP, &flags].concat();
    let text = run(&args).stdout;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|title| title == name).unwrap();
    let mut sums = vec![whole(0); 3];
    for row in reader.records() {
        let row = row.unwrap();
        let month: usize = row[place("month")].parse().unwrap();
        sums[month - 1] += fraction(&row[place("amount")]);
    }
    let expected = [8, 12, 18].map(|eighths| {
        let each = by_hand(eighths).into_iter();
        each.fold(whole(0), |sum, (_, cost)| sum + cost)
    });
    assert_eq!(sums, expected);
}

#[test]
fn a_page_has_the_months() {
    let folder = Folder::new(&[("log.jsonl", LOG)]);
    let path = folder.path_of("log.jsonl");
    let flags = grown(&path, "3");
    for (command, row) in [
        (
            &["quote", "tokens"][..],
            "<tr><td class=\"number\">2</td><td class=\"number\">240</td><td class=\"number\">¥14.16</td></tr>",
        ),
        (
            &["compare"],
            "<tr><td class=\"number\">2</td><td class=\"number\">240</td><td class=\"number\">¥14.16</td><td class=\"number\">¥14.16</td></tr>",
        ),
    ] {
        let args = [command, &["--format", "html"], &MAP, &flags].concat();
        let page = run(&args).stdout;
        assert_eq!(page.matches(row).count(), 1, "{page}");
        // The minutes of the log are drawn once.
        assert_eq!(page.matches("<svg").count(), 1, "{page}");
    }
}

#[test]
fn a_script_gets_the_total_of_all_months() {
    let folder = Folder::new(&[("log.jsonl", LOG)]);
    let path = folder.path_of("log.jsonl");
    let flags = grown(&path, "3");
    let expected = [8, 12, 18].into_iter().flat_map(by_hand);
    let expected = expected.fold(whole(0), |sum, (_, cost)| sum + cost);
    for command in [&["quote", "tokens"][..], &["compare"]] {
        let args = [command, &["--format", "total"], &MAP, &flags].concat();
        let total = run(&args).stdout;
        assert_eq!(fraction(total.trim_end()), expected, "{command:?}");
    }
}

#[test]
fn growth_that_has_no_months_is_refused() {
    let folder = Folder::new(&[("log.jsonl", LOG)]);
    let path = folder.path_of("log.jsonl");
    for command in [&["quote", "tokens"][..], &["compare"]] {
        for (more, said) in [
            (
                vec!["--scale-to", "7"],
                "error: `--growth` states the cost of months of 30 days, and `--scale-to` is of another time",
            ),
            (
                vec!["--max-cost", "7"],
                "error: `--max-cost` cannot be used with `--growth`, which has a cost a month",
            ),
        ] {
            let flags = ["--trace", &path, "--growth", "5%/month"];
            let outcome = run(&[command, &MAP, &flags, &more].concat());
            assert_eq!(
                (outcome.code, outcome.stderr.lines().next()),
                (2, Some(said)),
                "{command:?}"
            );
        }
    }
}
