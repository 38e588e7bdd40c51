//! The catalog that is compiled into the program.

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::check::date;
use super::file::{self, Origin, ParsedFile};
use super::text::{Code, Name, Read};
use super::{CatalogError, Document};

const ALIBABA: &str = include_str!("../../catalog/alibaba.toml");
const SOURCES: &str = include_str!("../../catalog/sources.toml");
const NAME: &str = "built-in:alibaba.toml";
const BLOCK: &str = "\n[[model]]\n";
/// Names the provider of the models of [`ALIBABA`] before a code.
const PREFIX: &str = "alibaba/";
/// How services are billed, without a price.
const TENCENT: &str = include_str!("../../catalog/tencent.toml");

/// The whole built-in catalog.
///
/// # Errors
/// None that a test does not exclude.
pub fn whole() -> Result<[ParsedFile; 2], CatalogError> {
    Ok([
        file::parse(NAME, ALIBABA, Origin::BuiltIn)?,
        file::parse("built-in:tencent.toml", TENCENT, Origin::BuiltIn)?,
    ])
}

/// The built-in catalog with only the model of this code. A model is one block of the text, so
/// the others need not be parsed.
///
/// # Errors
/// None that a test does not exclude.
pub fn only(code: &str) -> Result<Option<ParsedFile>, CatalogError> {
    let code = match code.split_at_checked(PREFIX.len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(PREFIX) => rest,
        _ => code,
    };
    let mut blocks = ALIBABA.split(BLOCK);
    let head = blocks.next().unwrap_or_default();
    let wanted = blocks.find(|block| {
        block
            .strip_prefix("code = \"")
            .and_then(|rest| rest.split_once('"'))
            .is_some_and(|(found, _)| found.eq_ignore_ascii_case(code))
    });
    wanted
        .map(|block| file::parse(NAME, &format!("{head}{BLOCK}{block}"), Origin::BuiltIn))
        .transpose()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourcesTable {
    #[serde(rename = "version")]
    _version: i64,
    document: Vec<DocumentTable>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentTable {
    id: Read<Code>,
    publisher: Read<Name>,
    title: Read<Name>,
    updated: Option<Spanned<Datetime>>,
}

/// The documents of `catalog/sources.toml`.
///
/// # Errors
/// None that a test does not exclude.
pub fn documents() -> Result<Vec<Document>, CatalogError> {
    let name = "built-in:sources.toml";
    let table: SourcesTable = file::parse_toml(name, SOURCES)?;
    table
        .document
        .into_iter()
        .map(|document| {
            let updated = document
                .updated
                .map(|updated| {
                    date(&updated).map_err(|message| {
                        CatalogError::invalid(name, SOURCES, updated.span().start, message)
                    })
                })
                .transpose()?;
            Ok(Document {
                id: document.id.0.0,
                publisher: document.publisher.0.0,
                title: document.title.0.0,
                updated,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::Catalog;
    use super::*;

    fn whole_file() -> ParsedFile {
        let [alibaba, _] = whole().unwrap();
        alibaba
    }

    #[test]
    fn a_single_model_is_the_same_as_in_the_whole_catalog() {
        let whole = Catalog::load(&[]).unwrap();
        assert!(whole.models().len() > 60);
        for model in whole.models() {
            let single = Catalog::load_for(&model.code.to_ascii_uppercase(), &[]).unwrap();
            assert_eq!(single.models().len(), 1, "{}", model.code);
            assert_eq!(format!("{:?}", single.models()[0]), format!("{model:?}"));
            assert_eq!(single.files(), whole.files());
        }
    }

    #[test]
    fn every_built_in_price_names_a_known_document_and_when_it_was_checked() {
        let known: Vec<String> = documents().unwrap().into_iter().map(|d| d.id).collect();
        let whole = Catalog::load(&[]).unwrap();
        let of_providers = whole.providers.iter().map(|provider| &provider.sources);
        let of_outlines = whole.outlines.iter().map(|outline| &outline.sources);
        for sources in of_providers.chain(of_outlines) {
            for source in sources.values() {
                assert!(known.contains(&source.document), "{}", source.document);
                assert!(source.checked.is_some(), "{}", source.section);
            }
        }
        for model in whole_file().content.model {
            assert!(model.ptu.iter().all(|row| row.get_ref().source.is_some()));
            assert!(model.mu.iter().all(|row| row.get_ref().source.is_some()));
            assert!(
                model
                    .fine_tuned
                    .iter()
                    .all(|row| row.get_ref().source.is_some())
            );
            assert!(
                model
                    .standard
                    .iter()
                    .all(|row| row.get_ref().source.is_some())
            );
        }
    }
}
