//! Whole outputs, compared with `tests/golden/`. `TOLLGATE_REWRITE=1` writes them anew: read the
//! difference before it is committed.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use support::stdout_of;

/// The file, and the command line whose output it holds.
#[rustfmt::skip]
const OUTPUTS: &[(&str, &str)] = &[
    ("ptu-hours.json", "quote ptu qwen3.7-max-2026-05-20 --input-tpm 100k --output-tpm 10k --hours 10 --json"),
    ("ptu-days-all.txt", "quote ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7 --start 2026-06-01T21:59 --discount 15% --fx USD=0.1389 --fx EUR=0.12"),
    ("ptu-days-all.json", "quote ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7 --start 2026-06-01T21:59 --discount 15% --fx USD=0.1389 --fx EUR=0.12 --json"),
    ("ptu-days-all.csv", "quote ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7 --start 2026-06-01T21:59 --discount 15% --fx USD=0.1389 --fx EUR=0.12 --format csv"),
    ("ptu-days-all.md", "quote ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7 --start 2026-06-01T21:59 --discount 15% --fx USD=0.1389 --fx EUR=0.12 --format markdown"),
    ("ptu-overflow.json", "quote ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400 --json"),
    ("ptu-reject.txt", "quote ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400 --on-overflow reject"),
    ("ptu-long-numbers.txt", "quote ptu qwen3-max-2025-09-23 --input-tpm 999,999,999,999,999 --output-tpm 20k --days 36525"),
    ("mu-specs.txt", "quote mu qwen3.6-plus-2026-04-02 --hours 24"),
    ("mu-specs.csv", "quote mu qwen3.6-plus-2026-04-02 --hours 24 --format csv"),
    ("mu-cancelled.json", "quote mu qwen3-8b --spec MU5x1 --months 1 --cancel-after 6.5 --json"),
    ("mu-cancelled.md", "quote mu qwen3-8b --spec MU5x1 --months 1 --cancel-after 6.5 --format markdown"),
    ("mu-months-start.txt", "quote mu qwen3-8b --spec MU5x1 --months 3 --start 2026-01-31T10:00"),
    ("tokens-tier.json", "quote tokens qwen3-max-2025-09-23 --input 1M --output 100k --requests 25 --json"),
    ("tokens-thinking.txt", "quote tokens qwen3-32b --input 1,234,567 --output 345,678 --mode thinking"),
    ("tokens-batch.md", "quote tokens qwen3-max-2025-09-23 --input 1M --output 100k --requests 25 --batch --format markdown"),
    ("models.txt", "models"),
    ("models.csv", "models --format csv"),
    ("models-ptu.md", "models --method ptu --format markdown"),
    ("model.txt", "models qwen-plus-2025-12-01"),
    ("model.md", "models qwen3-8b --format markdown"),
    ("model.json", "models qwen3-rerank --json"),
    ("compare.txt", "compare qwen3-max-2025-09-23 --rpm 200 --input-per-request 4000 --output-per-request 400 --spec MU2x8 --chart"),
    ("compare.json", "compare qwen3-8b --rpm 30 --input-per-request 4000 --output-per-request 400 --spec MU5x1 --replica-capacity MU5x1=100k/20k --current mu-hourly --json"),
    ("load.txt", "quote tokens qwen3-max-2025-09-23 --load 'mon-fri 09:00-18:00 120rpm 3000/350'"),
    ("growth.txt", "quote tokens qwen3-max-2025-09-23 --trace examples/calls.csv --growth 50%/month --growth-months 3"),
    ("compare-growth.txt", "compare qwen3-max-2025-09-23 --load 'mon-fri 09:00-18:00 120rpm 3000/350' --growth 40%/month --growth-months 3"),
    ("short-help.txt", "-h"),
    ("short-help-quote-ptu.txt", "quote ptu -h"),
    ("short-help-compare.txt", "compare -h"),
    ("short-help-check.txt", "check -h"),
    ("help.txt", "--help"),
    ("help-quote-ptu.txt", "quote ptu --help"),
    ("help-quote-mu.txt", "quote mu --help"),
    ("help-quote-tokens.txt", "quote tokens --help"),
    ("help-compare.txt", "compare --help"),
    ("help-models.txt", "models --help"),
    ("help-check.txt", "check --help"),
    ("help-merge.txt", "merge --help"),
];

/// The words of a command line; what stands between `'` is one.
fn words(line: &str) -> Vec<&str> {
    let parts = line.split('\'').enumerate();
    let words = parts.flat_map(|(place, part)| match place % 2 {
        0 => part.split_whitespace().collect(),
        _ => vec![part],
    });
    words.collect()
}

#[test]
fn every_output_is_the_one_that_was_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let rewrite = std::env::var_os("TOLLGATE_REWRITE").is_some();
    let mut changed = Vec::new();
    for (name, line) in OUTPUTS {
        let path = folder.join(name);
        let output = stdout_of(words(line));
        if rewrite {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &output).unwrap();
        } else if fs::read_to_string(&path).ok().as_deref() != Some(output.as_str()) {
            changed.push(format!(
                "tests/golden/{name}: `tollgate {line}` prints\n{output}"
            ));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn no_output_is_left_over() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let found: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let known: BTreeSet<String> = OUTPUTS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(found, known);
}
