//! Runs inside the process of the test, quick enough for thousands, and fractions to check them with.

pub mod folder;

use std::ffi::OsString;

use chrono::NaiveDate;
use num_bigint::BigInt;
use num_rational::Ratio;
use serde_json::Value;
use tollgate::cli::{self, Environment, Outcome};

/// A number that nothing rounds.
pub type Fraction = Ratio<BigInt>;

/// What a command line gives on a fixed day, without a catalog of the user's.
pub fn run<A: AsRef<str>>(args: &[A]) -> Outcome {
    let environment = Environment {
        width: 80,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        catalog_path: None,
        style_stdout: false,
        style_stderr: false,
        progress: None,
    };
    let args = args.iter().map(|arg| OsString::from(arg.as_ref()));
    cli::run(
        [OsString::from("tollgate")].into_iter().chain(args),
        &environment,
    )
}

/// The JSON of a command line that succeeds.
pub fn json<A: AsRef<str>>(args: &[A]) -> Value {
    let mut args: Vec<&str> = args.iter().map(AsRef::as_ref).collect();
    args.push("--json");
    let outcome = run(&args);
    let verdict = (outcome.code, outcome.stderr.as_str());
    assert_eq!(verdict, (0, ""), "{}", args.join(" "));
    serde_json::from_str(&outcome.stdout).unwrap()
}

/// A plain decimal as a fraction.
pub fn fraction(text: &str) -> Fraction {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{whole}{decimals}").parse().unwrap();
    let places = u32::try_from(decimals.len()).unwrap();
    Ratio::new(digits, BigInt::from(10).pow(places))
}

/// A whole number as a fraction.
pub fn whole(number: u64) -> Fraction {
    Ratio::from_integer(BigInt::from(number))
}
