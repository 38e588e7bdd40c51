//! Rows of prices of a file, laid over those that are known.

use chrono::NaiveDate;
use toml::Spanned;

use super::error::{CatalogError, Fault};
use super::file::ParsedFile;
use super::model::{Dated, MuRow};
use super::tables::ModelTable;
use crate::billing::capacity::Capacity;

/// Lays what replicas serve over what is known of them, and says what that did.
pub fn lay_capacities(
    file: &ParsedFile,
    table: &ModelTable,
    sold: &[MuRow],
    known: &mut Vec<Capacity>,
) -> Result<Vec<String>, CatalogError> {
    let mut laid: Vec<String> = Vec::new();
    for written in &table.replica_capacity {
        let new = written.get_ref().0;
        let name = format!("replica capacity of {}", new.spec);
        if laid.iter().any(|said| said.ends_with(&name)) {
            let message = format!("the replica capacity of `{}` is there twice", new.spec);
            return Err(file.invalid(written.span().start, message));
        }
        if !sold.iter().any(|row| row.spec == new.spec) {
            // A slip in its name would leave the replica's load unknown without a word.
            let message = format!(
                "`replica_capacity` is for `{}`, which the model has no price for",
                new.spec
            );
            return Err(file.invalid(written.span().start, message));
        }
        let before = known.len();
        known.retain(|capacity| capacity.spec != new.spec);
        let verb = match known.len() < before {
            true => "replaces",
            false => "adds",
        };
        laid.push(format!("{verb} {name}"));
        known.push(new);
    }
    Ok(laid)
}

/// Checks the rows of one kind in one file: no two of the same offer and date.
pub fn rows<Table, Row: Dated, Key: PartialEq>(
    file: &ParsedFile,
    tables: &[Spanned<Table>],
    check: impl Fn(&Spanned<Table>) -> Result<Row, CatalogError>,
    key: impl Fn(&Row) -> Key,
) -> Result<Vec<Row>, CatalogError> {
    let mut checked: Vec<Row> = Vec::new();
    for table in tables {
        let row = check(table)?;
        let same =
            |known: &Row| key(known) == key(&row) && known.source().from == row.source().from;
        if checked.iter().any(same) {
            let message = "this price is in the file twice: a second one has another `from`";
            return Err(file
                .invalid(table.span().start, message.to_owned())
                .because(Fault::PriceTwice));
        }
        checked.push(row);
    }
    Ok(checked)
}

/// Lays `new` rows over `known` ones, and says what that did.
pub fn lay_rows<Row: Dated, Key: PartialEq>(
    known: &mut Vec<Row>,
    new: Vec<Row>,
    key: impl Fn(&Row) -> Key,
    name: impl Fn(&Key) -> String,
) -> Vec<String> {
    let mut laid = Vec::new();
    let starts: Vec<(Key, Option<NaiveDate>)> = new
        .iter()
        .map(|row| (key(row), row.source().from))
        .collect();
    // Rows without a date first: a dated row of the same file is not replaced by them.
    for (of, _) in starts.iter().filter(|(_, from)| from.is_none()) {
        let before = known.len();
        known.retain(|row| key(row) != *of);
        let verb = if known.len() < before {
            "replaces"
        } else {
            "adds"
        };
        laid.push(format!("{verb} {}", name(of)));
    }
    for (of, from) in &starts {
        if let Some(date) = from {
            let before = known.len();
            known.retain(|row| key(row) != *of || row.source().from != *from);
            let verb = if known.len() < before {
                "replaces"
            } else {
                "appends"
            };
            laid.push(format!("{verb} {} from {date}", name(of)));
        }
    }
    known.extend(new);
    laid
}
