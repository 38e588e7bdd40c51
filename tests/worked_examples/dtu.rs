//! Dedicated throughput units of Qwen3.6-27B: 49,118 a month for 273K input and 34K output TPM.

use super::support::{quote, refused, total};

const UNITS: &str = "dtu qwen3.6-27b --catalog tests/dtu/prices.toml";

/// 3 × 49,118 for one month; 12 are the most.
pub fn months_are_whole_and_at_most_twelve() {
    assert_eq!(total(&format!("{UNITS} --units 3 --months 1")), "147354");
    assert_eq!(total(&format!("{UNITS} --units 1 --months 12")), "589416");
    let (code, stderr) = refused(&format!("quote {UNITS} --units 1 --months 13"));
    assert!(code == 1 && stderr.contains("at most 12"), "{stderr}");
}

/// 600K ÷ 273K and 60K ÷ 34K are up to 2.2 units, so 3 are bought.
pub fn units_hold_both_sides() {
    let asked = quote(&format!(
        "{UNITS} --input-tpm 600k --output-tpm 60k --months 1"
    ));
    assert_eq!(asked["parameters"]["units"], "3");
    let note = &asked["notes"][0];
    assert_eq!(note["rule"], "dtu.units");
    assert_eq!(
        note["message"],
        "600,000 input and 60,000 output TPM are 2.20 DTU, bought as 3 DTU"
    );
}

/// 49,118 × 1.2 ÷ 30 a used day, 7 of them: 13,753.04.
pub fn started_days_are_settled() {
    let ended = quote(&format!("{UNITS} --units 1 --months 1 --cancel-after 6.5"));
    assert_eq!(ended["total"], "13753.04");
    assert_eq!(ended["cancellation"]["refund"], "35364.96");
    assert_eq!(ended["items"][0]["rule"], "dtu.early-end");
}

/// One unit takes 34 of 60 such calls.
pub fn calls_beyond_the_units_are_refused() {
    let load = "--rpm 60 --input-per-request 8000 --output-per-request 800";
    let (code, stderr) = refused(&format!("quote {UNITS} --units 1 --months 1 {load}"));
    assert!(
        code == 1
            && stderr.contains("26 calls a minute do not fit")
            && stderr.contains("dtu.beyond"),
        "{stderr}"
    );
}
