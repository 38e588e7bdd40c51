//! The shape of a file of resources, and reading one.

use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::amount::{Amount, PerDay, Used};
use super::check::Checker;
use super::error::ResourceError;
use super::{Kind, Origin, Resource};
use crate::catalog::{CatalogError, Name, Read, Text, parse_toml, printable, read_regular};

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileTable {
    /// The version of the format: 1, also where it is left out.
    pub version: Option<Spanned<i64>>,
    #[serde(default)]
    pub resource: Vec<ResourceTable>,
}

/// `[[resource]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceTable {
    pub name: Spanned<Read<Name>>,
    pub kind: Read<Kind>,
    pub source: Read<Origin>,
    pub total: Spanned<Amount>,
    pub used: Spanned<Used>,
    pub expires: Spanned<Datetime>,
    pub usage_per_day: Option<Spanned<PerDay>>,
    pub reason: Option<Spanned<Read<Reason>>>,
}

/// Why more is used than there is: a few words, as long and as visible as a name.
#[derive(Debug)]
pub struct Reason(pub String);

impl Text for Reason {
    const EXPECTING: &'static str = "a reason such as `\"calls under way were finished\"`";

    fn parse(text: &str) -> Result<Self, String> {
        match Name::parse(text) {
            Ok(name) => Ok(Self(name.0)),
            Err(_) => Err(format!(
                "`{}` is not a `reason`: it says in up to 128 visible characters why more is used than there is, and begins with a letter or digit",
                printable(text)
            )),
        }
    }
}

impl Text for Kind {
    const EXPECTING: &'static str = "a kind such as `\"tokens\"`";

    fn parse(text: &str) -> Result<Self, String> {
        one_of(text, "a kind", Self::ALL, Self::name)
    }
}

impl Text for Origin {
    const EXPECTING: &'static str = "a source such as `\"free-trial\"`";

    fn parse(text: &str) -> Result<Self, String> {
        one_of(text, "a source", Self::ALL, Self::name)
    }
}

fn one_of<T: Copy>(
    text: &str,
    what: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, String> {
    let found = all.iter().copied().find(|one| name(*one) == text);
    found.ok_or_else(|| {
        let names: Vec<String> = all.iter().map(|one| format!("`{}`", name(*one))).collect();
        let text = printable(text);
        format!("`{text}` is not {what}: it is one of {}", names.join(", "))
    })
}

/// The parser names a date among numbers by a key of its own.
fn in_our_words(error: CatalogError) -> CatalogError {
    match error {
        CatalogError::Invalid {
            file,
            line,
            column,
            message,
            fault,
        } if message.contains("$__toml_private") => CatalogError::Invalid {
            file,
            line,
            column,
            message: "a date alone is not a reading: `{ on = 2026-11-01, value = 100_000 }`"
                .to_owned(),
            fault,
        },
        error => error,
    }
}

/// Reads a file: its name as it is shown, and the resources as of `today`, in their order.
///
/// # Errors
/// [`ResourceError`] when it cannot be read, or for the first thing that is wrong in it.
pub fn read(path: &Path, today: NaiveDate) -> Result<(String, Vec<Resource>), ResourceError> {
    let (name, text) = read_regular(path)?;
    let table: FileTable = parse_toml(&name, &text).map_err(in_our_words)?;
    let checker = Checker {
        name: &name,
        text: &text,
        today,
    };
    let resources = checker.resources(&table)?;
    Ok((name, resources))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fields_of::{assert_same_keys, fields_of};
    use crate::resources::amount::{ReadingTable, SplitTable};

    #[test]
    fn the_schema_has_the_same_keys() {
        let tables = [
            ("", fields_of::<FileTable>()),
            ("resource", fields_of::<ResourceTable>()),
            ("reading", fields_of::<ReadingTable>()),
            ("split", fields_of::<SplitTable>()),
        ];
        assert_same_keys(include_str!("../../schema/account-1.json"), &tables);
    }
}
