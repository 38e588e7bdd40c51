//! The tables of a file of resources, as TOML has them.

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::amount::{Amount, PerDay, Used};
use super::{Kind, Origin};
use crate::catalog::{Name, Read, Text, one_of, printable};

/// A file of resources as TOML.
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

/// The reason for using more than the total: as short as a name, and printable.
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
