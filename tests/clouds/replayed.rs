//! One recorded load over three clouds, against what is computed here apart from the program.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use tollgate::cli::Outcome;

use super::common::folder::Folder;
use super::common::{self, Fraction, fraction, whole};

/// A call: the second of its day from 08:00 on, and its tokens.
#[derive(Debug, Clone, Copy)]
struct Call {
    second: u64,
    input: u64,
    cached: u64,
    output: u64,
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one_of(&mut self, sizes: &[u64]) -> u64 {
        let at = self.below(sizes.len().try_into().unwrap());
        sizes[usize::try_from(at).unwrap()]
    }
}

/// A day from 08:00 on: calls over ten hours, and as many again in four minutes.
fn day(inputs: &[u64], is_cached: bool) -> Vec<Call> {
    let mut numbers = Numbers(18);
    let mut calls: Vec<Call> = (0..320)
        .map(|at| {
            let second = if at % 2 == 0 {
                numbers.below(36_000)
            } else {
                7_200 + numbers.below(240)
            };
            let input = numbers.one_of(inputs) + numbers.below(97);
            Call {
                second,
                input,
                cached: if is_cached {
                    input * numbers.below(4) / 4
                } else {
                    0
                },
                output: numbers.one_of(&[20, 150, 600, 2_500]) + numbers.below(13),
            }
        })
        .collect();
    calls.sort_by_key(|call| call.second);
    calls
}

/// A log in a folder of its own.
struct Log {
    path: String,
    _folder: Folder,
}

impl Log {
    fn of(calls: &[Call]) -> Self {
        let mut log = "timestamp,input_tokens,cached_tokens,output_tokens\n".to_owned();
        for Call {
            second,
            input,
            cached,
            output,
        } in calls
        {
            let (hour, minute, second) = (8 + second / 3_600, second / 60 % 60, second % 60);
            let time = format!("2026-11-02T{hour:02}:{minute:02}:{second:02}+08:00");
            writeln!(log, "{time},{input},{cached},{output}").unwrap();
        }
        let folder = Folder::new(&[("calls.csv", &log)]);
        Self {
            path: folder.path_of("calls.csv"),
            _folder: folder,
        }
    }

    /// The words of a line, with the log as its trace, taken for 30 days.
    fn words<'a>(&'a self, line: &'a str) -> Vec<&'a str> {
        let trace = ["--trace", &self.path, "--scale-to", "30"];
        line.split_whitespace().chain(trace).collect()
    }

    fn json(&self, line: &str) -> Value {
        common::json(&self.words(line))
    }

    fn run(&self, line: &str) -> Outcome {
        common::run(&self.words(line))
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn number(value: &Value) -> Fraction {
    fraction(text(value))
}

/// What a call counts of a unit, in tokens.
type Weigh = fn(&Call) -> Fraction;

/// A unit as its tables have it.
struct Unit {
    name: &'static str,
    code: &'static str,
    holds: u64,
    weigh: Weigh,
    smallest: u64,
    step: u64,
    /// Option, price of a unit, how many of it cover 30 days.
    terms: &'static [(&'static str, &'static str, u64)],
    /// Ordinary calls per 1M tokens: input, cached input, output.
    calls: [&'static str; 3],
}

const PTU: Unit = Unit {
    name: "PTU",
    code: "gpt-5.2",
    holds: 3_400,
    weigh: |call| whole(call.input - call.cached + 8 * call.output),
    smallest: 15,
    step: 5,
    terms: &[
        ("ptu-hourly", "1", 720),
        ("ptu-monthly", "260", 1),
        ("ptu-yearly", "2652", 1),
    ],
    calls: ["1.75", "0.175", "14"],
};

const GSU: Unit = Unit {
    name: "GSU",
    code: "gemini-2.5-pro",
    holds: 650 * 60,
    // Nothing says that cached input counts less.
    weigh: |call| match call.input {
        ..=200_000 => whole(call.input + 8 * call.output),
        _ => whole(2 * call.input + 12 * call.output),
    },
    smallest: 1,
    step: 1,
    terms: &[
        ("ptu-weekly", "1200", 5),
        ("ptu-monthly", "2700", 1),
        ("ptu-quarterly", "7200.063", 1),
        ("ptu-yearly", "23999.772", 1),
    ],
    calls: ["1.25", "0.125", "10"],
};

impl Unit {
    /// Units that hold the busiest minute.
    fn peak(&self, calls: &[Call]) -> u64 {
        let mut minutes: BTreeMap<u64, Fraction> = BTreeMap::new();
        for call in calls {
            *minutes.entry(call.second / 60).or_insert_with(|| whole(0)) += (self.weigh)(call);
        }
        let most = minutes.into_values().max().unwrap();
        let units = (most / whole(self.holds)).ceil();
        let steps = (units.max(whole(self.smallest)) / whole(self.step)).ceil();
        steps
            .to_integer()
            .try_into()
            .map(|steps: u64| steps * self.step)
            .unwrap()
    }

    /// The calls that so many units take whole, minute by minute, and the others.
    fn admitted(&self, units: u64, calls: &[Call]) -> [Vec<Call>; 2] {
        let mut left: BTreeMap<u64, Fraction> = BTreeMap::new();
        let (mut fit, mut over) = (Vec::new(), Vec::new());
        for call in calls {
            let left = left
                .entry(call.second / 60)
                .or_insert_with(|| whole(units * self.holds));
            let takes = (self.weigh)(call);
            if takes <= *left {
                *left -= takes;
                fit.push(*call);
            } else {
                over.push(*call);
            }
        }
        [fit, over]
    }

    /// What these calls of a day cost as ordinary ones, thirty times.
    fn ordinary(&self, calls: &[Call]) -> Fraction {
        let [input, cached, output] = self.calls.map(fraction);
        let of = calls.iter().map(|call| {
            whole(call.input - call.cached) * &input
                + whole(call.cached) * &cached
                + whole(call.output) * &output
        });
        of.sum::<Fraction>() * whole(30) / whole(1_000_000)
    }

    /// What each option costs, and how many units it has.
    fn options(&self, calls: &[Call]) -> Vec<(String, Fraction)> {
        let units = self.peak(calls);
        let terms = self.terms.iter().map(|(option, price, times)| {
            let label = format!("{option} {} {units}", self.code);
            (label, whole(units * times) * fraction(price))
        });
        let ordinary = (format!("standard {}", self.code), self.ordinary(calls));
        terms.chain([ordinary]).collect()
    }
}

/// The options of Qwen3.7-Max in CNY: throughput in whole steps of both sides for the busiest minute of each.
fn qwen(calls: &[Call]) -> Vec<(String, Fraction)> {
    let code = "qwen3.7-max-2026-05-20";
    let peak = |side: fn(&Call) -> u64, step: u64| {
        let mut minutes: BTreeMap<u64, u64> = BTreeMap::new();
        for call in calls {
            *minutes.entry(call.second / 60).or_default() += side(call);
        }
        minutes.into_values().max().unwrap().div_ceil(step)
    };
    let (input, output) = (
        peak(|call| call.input, 10_000),
        peak(|call| call.output, 1_000),
    );
    assert!(
        input >= 20 && output >= 20,
        "below the smallest reservation"
    );
    let of = |option: &str, hour_in: &str, hour_out: &str, times: u64| {
        let a_term = whole(input) * fraction(hour_in) + whole(output) * fraction(hour_out);
        (
            format!("{option} {code} {}K/{output}K", input * 10),
            a_term * whole(times),
        )
    };
    let sum = |side: fn(&Call) -> u64| whole(calls.iter().map(side).sum());
    let tokens = sum(|call| call.input) * whole(12) + sum(|call| call.output) * whole(36);
    vec![
        of("ptu-hourly", "28.8", "8.64", 720),
        of("ptu-daily", "345.6", "103.68", 30),
        of("reservation-daily", "121", "36.29", 30),
        (
            format!("standard {code}"),
            tokens * whole(30) / whole(1_000_000),
        ),
    ]
}

/// An option of the program's ranking as it is named here.
fn label(row: &Value) -> String {
    let (option, quote) = (text(&row["option"]), &row["quote"]);
    let code = text(&quote["model"]["code"]);
    let parameters = &quote["parameters"];
    let bought = match (&parameters["units"], &parameters["input_tpm"]) {
        (Value::String(units), _) => format!(" {units}"),
        (_, Value::String(input)) => {
            let output = text(&parameters["output_tpm"]);
            format!(
                " {}K/{}K",
                input.strip_suffix("000").unwrap(),
                output.strip_suffix("000").unwrap()
            )
        }
        _ => String::new(),
    };
    format!("{option} {code}{bought}")
}

#[test]
fn one_ranking_has_all_clouds_in_one_currency() {
    let calls = day(&[200, 900, 4_000, 12_000, 60_000], false);
    let compared = Log::of(&calls).json(
        "compare gpt-5.2 qwen3.7-max-2026-05-20 gemini-2.5-pro --fx USD=0.14 --no-savings-plan",
    );
    // 1 CNY is USD 0.14.
    let of_qwen = qwen(&calls);
    let in_usd = of_qwen
        .iter()
        .map(|(label, total)| (label.clone(), total * fraction("0.14")));
    let mut expected: Vec<(String, Fraction)> = in_usd
        .chain(PTU.options(&calls))
        .chain(GSU.options(&calls))
        .collect();
    expected.sort_by(|one, other| one.1.cmp(&other.1));
    let rows = compared["options"].as_array().unwrap();
    let found: Vec<_> = rows
        .iter()
        .map(|row| (label(row), number(&row["total"])))
        .collect();
    assert_eq!(found, expected);
    // Each is shown in both currencies, and what it was priced in stays as it is.
    for (row, (label, total)) in rows.iter().zip(&expected) {
        assert_eq!(row["currency"], "USD", "{label}");
        let priced = of_qwen.iter().find(|one| one.0 == *label);
        let (currency, amount) = match priced {
            Some((_, amount)) => ("CNY", amount.clone()),
            None => ("USD", total.clone()),
        };
        assert_eq!(row["quote"]["currency"], currency, "{label}");
        assert_eq!(number(&row["quote"]["total"]), amount, "{label}");
        let other = &row["quote"]["fx"][0];
        assert_eq!(other["stated"], "1 CNY = 0.14 USD", "{label}");
        let in_cny = total / fraction("0.14");
        let off = match currency {
            "CNY" => number(&other["total"]) - total,
            _ => number(&other["total"]) - in_cny,
        };
        // What does not end is rounded at decimal 12.
        let most = whole(1) / whole(2_000_000_000_000);
        assert!(
            off <= most && -off <= whole(1) / whole(2_000_000_000_000),
            "{label}"
        );
    }
    // The same calls in the other currency have the same ranking.
    let in_cny = Log::of(&calls).json(
        "compare qwen3.7-max-2026-05-20 gpt-5.2 gemini-2.5-pro --fx USD=0.14 --no-savings-plan",
    );
    let rows = in_cny["options"].as_array().unwrap();
    assert_eq!(rows[0]["currency"], "CNY");
    let again: Vec<String> = rows.iter().map(label).collect();
    let before: Vec<String> = expected.into_iter().map(|one| one.0).collect();
    assert_eq!(again, before);
}

#[test]
fn without_a_rate_unlike_amounts_are_neither_ranked_nor_added() {
    let calls = day(&[200], false);
    let log = Log::of(&calls);
    let outcome = log.run("compare gpt-5.2 qwen3.7-max-2026-05-20");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""));
    assert!(
        outcome.stderr.contains("different currencies: USD and CNY"),
        "{}",
        outcome.stderr
    );
}

/// A reservation by the month of so many units, with what does not fit.
fn replayed(log: &Log, unit: &Unit, units: u64, flags: &str) -> Value {
    let report = log.json(&format!(
        "quote ptu {} --units {units} --months 1 {flags}",
        unit.code
    ));
    report["quotes"][0].clone()
}

#[test]
fn calls_fit_whole_in_their_minute_or_spill_over() {
    let calls = day(&[200, 900, 4_000, 12_000, 60_000], true);
    let log = Log::of(&calls);
    for (unit, sizes) in [(PTU, [15, 40, 100, 400]), (GSU, [1, 3, 10, 40])] {
        for units in sizes {
            let of = format!("{units} {} of {}", unit.name, unit.code);
            let [fit, over] = unit.admitted(units, &calls);
            let quoted = replayed(&log, &unit, units, "");
            let admitted = &quoted["trace"]["admitted"];
            for (part, calls) in [("in_quota", &fit), ("overflow", &over)] {
                let sum = |side: fn(&Call) -> u64| whole(calls.iter().map(side).sum());
                assert_eq!(
                    number(&admitted[part]["calls"]),
                    whole(calls.len().try_into().unwrap()),
                    "{of}"
                );
                assert_eq!(
                    number(&admitted[part]["input_tokens"]),
                    sum(|call| call.input),
                    "{of}"
                );
                assert_eq!(
                    number(&admitted[part]["output_tokens"]),
                    sum(|call| call.output),
                    "{of}"
                );
            }
            let month = unit
                .terms
                .iter()
                .find(|one| one.0 == "ptu-monthly")
                .unwrap();
            let paid = whole(units) * fraction(month.1);
            assert_eq!(
                number(&quoted["total"]),
                &paid + unit.ordinary(&over),
                "{of}"
            );
            let refused = replayed(&log, &unit, units, "--on-overflow reject");
            assert_eq!(number(&refused["total"]), paid, "{of}");
        }
        // One unit less than the peak holds does not take all.
        let peak = unit.peak(&calls);
        assert_eq!(unit.admitted(peak, &calls)[1].len(), 0);
        assert!(!unit.admitted(peak - unit.step, &calls)[1].is_empty());
    }
}

#[test]
fn a_long_call_counts_more_as_a_whole_and_has_no_price_as_an_ordinary_one() {
    let calls = day(&[4_000, 60_000, 199_950, 250_000], false);
    let log = Log::of(&calls);
    // Some are just below the length from which they count more, and some just above.
    let near = |call: &&Call| call.input.abs_diff(200_000) < 100;
    let above = calls
        .iter()
        .filter(near)
        .filter(|call| call.input > 200_000);
    assert!(above.count() > 0 && calls.iter().filter(near).any(|call| call.input <= 200_000));
    let fit = format!("quote ptu {} --fit peak --months 1", GSU.code);
    let quoted = log.json(&fit)["quotes"][0].clone();
    assert_eq!(
        text(&quoted["parameters"]["units"]),
        GSU.peak(&calls).to_string()
    );
    let [fit, over] = GSU.admitted(20, &calls);
    assert!(over.iter().any(|call| call.input > 200_000));
    let counted = replayed(&log, &GSU, 20, "--on-overflow reject");
    let admitted = &counted["trace"]["admitted"];
    assert_eq!(
        number(&admitted["in_quota"]["calls"]),
        whole(fit.len().try_into().unwrap())
    );
    assert_eq!(
        number(&admitted["overflow"]["calls"]),
        whole(over.len().try_into().unwrap())
    );
    // What spills over has no price, so there is no total.
    let line = format!("quote ptu {} --units 20 --months 1", GSU.code);
    let outcome = log.run(&line);
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (1, ""),
        "{}",
        outcome.stderr
    );
}
