//! Any command line at all.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tollgate::catalog::is_printable;

use super::run;

/// Command lines that work, to which others are added.
const BASES: [&str; 12] = [
    "quote ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 1.5",
    "quote ptu qwen-plus-2025-12-01 --input-tpm 999999999999999 --output-tpm 1 --days 36525",
    "quote mu qwen3-8b --months 1",
    "quote mu glm-4.7 --replicas 1000000 --hours 876000",
    "quote tokens qwen3-32b --input 1 --output 1",
    "quote tokens qwen3-max-2025-09-23 --input 262144 --output 9 --requests 1",
    "quote tokens glm-5.1 --rpm 0.3 --input-per-request 1k --output-per-request 7",
    "models qwen3-max",
    "completions fish",
    "schema plan",
    "resources tests/resources/account.toml --price-in 2 --price-out 8",
    "",
];

/// What may be added, often with sense.
#[rustfmt::skip]
const OPTIONS: &[&str] = &[
    "--input-tpm 1", "--output-tpm 0", "--hours 1h30m", "--hours 876000", "--days 7", "--months 1200",
    "--mode standard", "--mode thinking", "--start 2026-06-01T21:59", "--start 2100-12-31T23:59",
    "--spec mu1x2", "--spec MU65535x65535", "--replicas 7", "--cancel-after 6.5", "--cancel-after 32",
    "--input 1B", "--output 1.5M", "--requests 3", "--rate standard", "--rate fine-tuned", "--batch",
    "--free-quota 1M", "--free-used 1B", "--free-expires 2026-11-21", "--package 5M@2100-12-31",
    "--package 999999999999999", "--package-price 3", "--postpaid off", "--hours-per-day 0.00001",
    "--method tokens", "--format table", "--format csv", "--format markdown", "--json", "--help",
    "--catalog catalog", "--catalog catalog/alibaba.toml", "--catalog /dev/zero", "--as-of 2024-02-29",
    "--all", "--today 2026-11-20", "--today 2100-12-31", "--input-share 80%", "--input-share 33.333%",
    "--discount 15%", "--discount 100%", "--fx USD=0.1389", "--fx CNY=1", "--max-cost 0",
    "--max-cost 1.5M", "--fx USD=79228162514264337593543950335", "--discount 12.3456789012345%",
];

/// What may stand anywhere.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "quote", "ptu", "mu", "tokens", "models", "resources", "completions", "help", "bash", "-V", "-h", "--", "-",
    "--max-cost", "--catalog", "--fx", "--start", "--mode", "--spec", "--hours", "--input-tpm",
    "qwen3-8b", "QWEN3-32B", "qwen3-rerank", "glm", "no-such-model", "0", "31", "-1", "-1k", "1,5",
    "1e30", "18446744073709551616", "79228162514264337593543950335", "0.0000000000000000000000000001",
    "999,999,999,999,999", "", " ", "MU1x", "15%", "json", "2026-02-30", "Cargo.toml", "/dev/zero",
    "missing\u{1b}.toml", "\u{1b}[31m", "\u{202e}", "通义千问", "a\nb\t", "\0",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[0-9.,_kMBdhm%=:TMUx-]{0,12}",
        1 => Just("x".repeat(5_000)),
    ]
}

/// A command line of [`BASES`] with options, some of whose values are another word, and in a
/// quarter of the cases with words that stand alone.
fn command_line() -> impl Strategy<Value = Vec<String>> {
    let option = (prop::sample::select(OPTIONS), word(), 0..5);
    let option = option.prop_map(|(option, word, odd)| match option.split_once(' ') {
        Some((flag, _)) if odd == 0 => vec![flag.to_owned(), word],
        Some((flag, value)) => vec![flag.to_owned(), value.to_owned()],
        None => vec![option.to_owned()],
    });
    let options = prop::collection::vec(option, 0..4);
    let words = prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(word(), 1..6)];
    (prop::sample::select(&BASES[..]), options, words).prop_map(|(base, options, words)| {
        let base = base.split_whitespace().map(str::to_owned);
        base.chain(options.concat()).chain(words).collect()
    })
}

#[test]
fn no_command_line_panics_or_breaks_the_rules_of_the_streams() {
    let config = ProptestConfig {
        cases: 1_500,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let seen: RefCell<BTreeMap<u8, u32>> = RefCell::default();
    let checked = TestRunner::new(config).run(&command_line(), |args| {
        let outcome = run(["--color", "never"]
            .map(str::to_owned)
            .into_iter()
            .chain(args));
        let (stdout, stderr) = (outcome.stdout.as_str(), outcome.stderr.as_str());
        match outcome.code {
            0 => prop_assert!(!stdout.is_empty() && stderr.is_empty(), "{stderr}"),
            1 | 2 => prop_assert!(
                stdout.is_empty() && stderr.starts_with("error: "),
                "{stderr}"
            ),
            3 => prop_assert!(!stdout.is_empty() && stderr.starts_with("error: the limit of ")),
            code => prop_assert!(false, "exit code {code}"),
        }
        for text in [stdout, stderr] {
            let raw = text.chars().find(|c| *c != '\n' && !is_printable(*c));
            prop_assert!(raw.is_none(), "{raw:?} in {text:?}");
            prop_assert!(text.is_empty() || text.ends_with('\n'));
        }
        let mut seen = seen.borrow_mut();
        let count = seen.entry(outcome.code).or_default();
        *count = count.saturating_add(1);
        Ok(())
    });
    assert!(checked.is_ok(), "{}", checked.unwrap_err());
    // A generator that reaches only one verdict would prove little.
    let codes: Vec<u8> = seen.borrow().keys().copied().collect();
    assert_eq!(codes, [0, 1, 2, 3], "{:?}", seen.borrow());
}
