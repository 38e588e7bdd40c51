//! Rows by the names of their columns, and numbers that lose no digit.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;

use super::plans::checked;

/// A row: an empty cell is null, and is left out.
pub type Row = BTreeMap<String, String>;

/// The rows of a plan with the names of the columns.
pub fn rows(plan: &str) -> (Vec<String>, Vec<Row>) {
    let text = checked(plan, &["--format", "focus"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let rows = reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            names
                .iter()
                .zip(&record)
                .filter(|(_, cell)| !cell.is_empty())
                .map(|(name, cell)| (name.clone(), cell.to_owned()))
                .collect()
        })
        .collect();
    (names, rows)
}

/// The number in a column.
pub fn number(row: &Row, column: &str) -> BigRational {
    exact(&row[column])
}

/// A plain decimal: no exponent, no grouping.
pub fn exact(text: &str) -> BigRational {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{whole}{decimals}").parse().unwrap();
    let scale = BigInt::from(10).pow(u32::try_from(decimals.len()).unwrap());
    assert!(!text.starts_with('+') && !text.contains(['e', 'E', '_', ',']));
    BigRational::new(digits, scale)
}

pub fn zero() -> BigRational {
    BigRational::from_integer(BigInt::from(0))
}
