//! What a document says is called literal, and what is read into it a reading.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::fs;

use serde_json::Value;
use support::{example_catalog, json, quote, stdout};

/// The basis of the only note with these words.
fn basis_of(quote: &Value, words: &str) -> String {
    let notes = quote["notes"].as_array().unwrap();
    let mut found = notes
        .iter()
        .filter(|note| note["message"].as_str().unwrap().contains(words));
    let (note, other) = (found.next(), found.next());
    assert!(note.is_some() && other.is_none(), "{words}: {quote:#}");
    let note = note.unwrap();
    note["basis"].as_str().unwrap().to_owned()
}

const RESERVED: &str = "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --output-per-request 400";

#[test]
fn that_calls_are_refused_is_literal_only_where_it_can_be_chosen() {
    let refused = format!("{RESERVED} --input-per-request 4000 --on-overflow reject");
    let now = quote(&refused);
    assert_eq!(basis_of(&now, "(429)"), "literal");
    let before = quote(&format!("{refused} --as-of 2026-06-20"));
    assert_eq!(basis_of(&before, "(429)"), "reading");
    assert_eq!(
        basis_of(&before, "can only be chosen from 2026-07-23 on"),
        "reading"
    );
    // Calls above the maximum are ordinary ones: that they can be refused is not said.
    let above = quote(&format!(
        "{RESERVED} --input-per-request 200000 --on-overflow reject"
    ));
    assert_eq!(basis_of(&above, "(429)"), "reading");
    // The document about services has traffic beyond a reservation billed.
    let (_folder, path) = example_catalog("tencent.toml");
    let service = quote(&format!(
        "ptu chat-model --input-tpm 100k --output-tpm 10k --hours 3 --rpm 30 --input-per-request 4000 --output-per-request 400 --on-overflow reject --catalog {path}"
    ));
    assert_eq!(basis_of(&service, "(429)"), "reading");
}

#[test]
fn a_trace_says_too_that_its_calls_can_only_be_refused_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calls.csv");
    let rows = "time,input_tokens,output_tokens\n2026-01-01T00:00:00+08:00,9000,9\n\
        2026-01-01T00:00:01+08:00,9000,9\n2026-01-01T00:59:59+08:00,10,1\n";
    fs::write(&path, rows).unwrap();
    let line = format!(
        "ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k --on-overflow reject --trace {}",
        path.display()
    );
    let before = quote(&format!("{line} --as-of 2026-06-20"));
    assert_eq!(basis_of(&before, "can only be chosen from"), "reading");
    assert!(!quote(&line).to_string().contains("can only be chosen from"));
}

#[test]
fn the_end_of_a_free_quota_depends_on_an_even_use() {
    let line = "tokens qwen3-max-2025-09-23 --rpm 1 --input-per-request 1000 --output-per-request 100 --free-quota 1M";
    let quoted = quote(line);
    assert_eq!(basis_of(&quoted, "at this rate, taken as even"), "reading");
}

#[test]
fn the_end_of_months_is_read() {
    let quoted = quote("mu qwen3-8b --spec MU5x1 --months 1 --start 2026-12-01T10:00");
    assert_eq!(
        basis_of(&quoted, "the months are taken to run to 2027-01-01"),
        "reading"
    );
}

#[test]
fn overflow_of_a_mode_is_priced_in_the_mode_that_it_is_read_as() {
    let line = "ptu qwen-plus-2025-12-01 --input-tpm 10k --output-tpm 1k --hours 1 --rpm 9 --input-per-request 4000 --output-per-request 400";
    for (mode, priced) in [
        ("standard", "non-thinking"),
        ("code-interpreter", "thinking"),
    ] {
        let quoted = quote(&format!("{line} --mode {mode}"));
        let words =
            format!("in the mode `{mode}` are priced as ordinary calls in the mode `{priced}`");
        assert_eq!(basis_of(&quoted, &words), "reading");
    }
    // Without overflow it is no matter.
    let fits = quote(&line.replace("--rpm 9", "--rpm 1"));
    assert!(!fits.to_string().contains("are priced as ordinary calls in"));
}

#[test]
fn months_that_last_longer_than_the_days_are_paid_whole_and_read_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.toml");
    let plan = "version = 1\ndays = 45\n[[deployment]]\nname = \"a\"\nmethod = \"mu\"\nmodel = \"qwen3-8b\"\n\
        spec = \"MU5x1\"\nterm = \"subscription\"\n";
    fs::write(&path, plan).unwrap();
    let report = json(&format!("check {}", path.display()));
    let part = &report["deployments"][0]["parts"][0]["quote"];
    let words = "2 months are paid for 45 days: a started month is paid whole";
    assert_eq!(basis_of(part, words), "reading");
    let shown = stdout(&format!("check {}", path.display()));
    assert!(shown.contains("mu.monthly"), "{shown}");
}

#[test]
fn what_postpaid_does_beyond_a_package_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("account.toml");
    let text = "version = 1\n[[resource]]\nname = \"a\"\nkind = \"tokens\"\n\
        source = \"purchased\"\ntotal = 1000\nused = 0\nexpires = 2026-12-31\nusage_per_day = 100\n";
    fs::write(&path, text).unwrap();
    let report = json(&format!("resources {}", path.display()));
    assert_eq!(
        basis_of(
            &report,
            "taken as billed while postpaid is on, and the service as stopped"
        ),
        "reading"
    );
    assert_eq!(
        basis_of(&report, "can only be enabled once per hour"),
        "literal"
    );
}
