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
/// How any table of the text begins.
const TABLE: &str = "\n[";
/// How the tables of savings plans are called.
const SAVINGS: &str = "billing.savings_plan";
/// Names the provider of the models of [`ALIBABA`] before a code.
const PREFIX: &str = "alibaba/";
/// How services are billed, without a price.
const TENCENT: &str = include_str!("../../catalog/tencent.toml");

/// The whole built-in catalog.
///
/// # Errors
/// None that a test does not exclude.
pub fn whole() -> Result<[ParsedFile; 2], CatalogError> {
    Ok([file::parse(NAME, ALIBABA, Origin::BuiltIn)?, outline()?])
}

/// The provider without prices.
///
/// # Errors
/// None that a test does not exclude.
pub fn outline() -> Result<ParsedFile, CatalogError> {
    file::parse("built-in:tencent.toml", TENCENT, Origin::BuiltIn)
}

/// The provider with prices, and of its models only those of these codes. A model is one block of
/// the text, so the others need not be parsed.
///
/// # Errors
/// None that a test does not exclude.
pub fn only(codes: &[&str]) -> Result<ParsedFile, CatalogError> {
    file::parse(NAME, &text_of(codes), Origin::BuiltIn)
}

/// The provider with prices and one of its models, and only the sources that these name: without files of
/// a user nothing else can name one, and they are half of what there is to parse. Savings plans are as much
/// again, and few ask for them.
///
/// # Errors
/// None that a test does not exclude.
pub fn alone(code: &str, savings: bool) -> Result<ParsedFile, CatalogError> {
    let text = text_of(&[code]);
    let named = text
        .lines()
        .filter_map(|line| line.strip_prefix("source = \"")?.strip_suffix('"'));
    let named: Vec<&str> = named.collect();
    let mut tables = text.split(TABLE);
    let mut kept = tables.next().unwrap_or_default().to_owned();
    for table in tables {
        let source = table.strip_prefix("source.");
        let key = source.and_then(|rest| Some(rest.split_once(']')?.0));
        let left_out = !savings && table.trim_start_matches('[').starts_with(SAVINGS);
        if !left_out && key.is_none_or(|key| named.contains(&key)) {
            kept.push_str(TABLE);
            kept.push_str(table);
        }
    }
    file::parse(NAME, &kept, Origin::BuiltIn)
}

/// The text of the provider with prices and of these of its models.
fn text_of(codes: &[&str]) -> String {
    let mut blocks = ALIBABA.split(BLOCK);
    let mut text = blocks.next().unwrap_or_default().to_owned();
    for block in blocks {
        let wanted = code_of(block).is_some_and(|found| {
            let mut codes = codes.iter();
            codes.any(|code| found.eq_ignore_ascii_case(code))
        });
        if wanted {
            text.push_str(BLOCK);
            text.push_str(block);
        }
    }
    text
}

/// The code that the built-in catalog may have a model under: `alibaba/` before it is left out.
pub fn bare(code: &str) -> &str {
    match code.split_at_checked(PREFIX.len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(PREFIX) => rest,
        _ => code,
    }
}

/// The code of the model of a block.
fn code_of(block: &str) -> Option<&str> {
    let rest = block.strip_prefix("code = \"")?;
    rest.split_once('"').map(|(code, _)| code)
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
            let rules = |catalog: &Catalog| {
                let mut provider = catalog.provider(model).unwrap().clone();
                provider.sources.clear();
                format!("{provider:?}")
            };
            assert_eq!(rules(&single), rules(&whole), "{}", model.code);
        }
    }

    #[test]
    fn prices_alone_have_everything_but_savings_plans() {
        let code = "qwen3-8b";
        let whole = Catalog::load_for(code, &[]).unwrap();
        let prices = Catalog::load_for_prices(code, &[]).unwrap();
        let provider = |catalog: &Catalog| {
            let model = catalog.model(code).unwrap();
            catalog.provider(model).unwrap().clone()
        };
        let (mut whole, prices) = (provider(&whole), provider(&prices));
        assert_eq!((whole.savings.len(), prices.savings.len()), (1, 0));
        whole.savings.clear();
        whole.sources.remove("savings-plan").unwrap();
        assert_eq!(format!("{whole:?}"), format!("{prices:?}"));
    }

    /// Changes prices of two built-in models, adds a model, and gives the other provider one.
    const OVERLAYS: [&str; 2] = [
        r#"
        version = 1
        [provider]
        id = "alibaba"
        [[model]]
        code = "GLM-5.1"
        name = "Ours"
        [[model.ptu]]
        from = 2027-01-01
        max_input = "64000 tokens"
        input = { hour = "20 per 10K TPM-hour" }
        output = [{ hour = "8 per 1K TPM-hour" }]
        [[model]]
        code = "qwen3-8b"
        [[model.mu]]
        spec = "MU5 x 1"
        hour = "19 per replica-hour"
        [[model]]
        code = "our-model"
        [[model.standard]]
        tiers = [{ input = "1 per 1M tokens" }]
        "#,
        r#"
        version = 1
        [provider]
        id = "tencent"
        region = "ap-guangzhou"
        region_name = "Guangzhou"
        currency = "CNY"
        [[model]]
        code = "tencent/qwen3-8b"
        [[model.standard]]
        tiers = [{ input = "4 per 1M tokens", output = "16 per 1M tokens" }]
        "#,
    ];

    /// The files in a folder of their own, which is to be kept, and their paths.
    fn written(texts: &[&str]) -> (tempfile::TempDir, Vec<std::path::PathBuf>) {
        let folder = tempfile::tempdir().unwrap();
        let paths = texts.iter().enumerate().map(|(at, text)| {
            let path = folder.path().join(format!("{at}.toml"));
            std::fs::write(&path, text).unwrap();
            path
        });
        let paths = paths.collect();
        (folder, paths)
    }

    #[test]
    fn a_single_model_under_overlays_is_the_same_as_in_the_whole_catalog() {
        let (_folder, overlays) = written(&OVERLAYS);
        let whole = Catalog::load(&overlays).unwrap();
        assert_eq!(
            whole.models().len(),
            Catalog::load(&[]).unwrap().models().len() + 2
        );
        for model in whole.models() {
            for code in [
                model.code.clone(),
                format!("{}/{}", model.provider, model.code),
            ] {
                let few = Catalog::load_for(&code, &overlays).unwrap();
                assert!(few.models().len() <= 5, "{code}");
                let found = few.model(&code).unwrap();
                assert_eq!(format!("{found:?}"), format!("{model:?}"));
                let provider = |catalog: &Catalog| format!("{:?}", catalog.provider(found));
                assert_eq!(provider(&few), provider(&whole), "{code}");
                assert_eq!(few.changes(), whole.changes(), "{code}");
                assert_eq!(few.files(), whole.files(), "{code}");
            }
        }
    }

    #[test]
    fn what_is_wrong_under_overlays_is_the_same_as_of_the_whole_catalog() {
        let elsewhere = OVERLAYS[1].replace("tencent/", "");
        let (_folder, overlays) = written(&[OVERLAYS[0], &elsewhere, "version = 2"]);
        for files in [&overlays[..2], &overlays, &overlays[2..]] {
            let few = Catalog::load_for("glm-5.1", files).unwrap_err();
            assert_eq!(few, Catalog::load(files).unwrap_err());
        }
        let few = Catalog::load_for("glm-5.2", &overlays[..1]).unwrap();
        let whole = Catalog::load(&overlays[..1]).unwrap();
        let error = |catalog: &Catalog| catalog.model("glm-5.2").unwrap_err();
        assert_eq!(error(&few), error(&whole));
    }

    #[test]
    fn every_built_in_price_names_a_known_document_and_its_evidence() {
        let known: Vec<String> = documents().unwrap().into_iter().map(|d| d.id).collect();
        let whole = Catalog::load(&[]).unwrap();
        let of_providers = whole.providers.iter().map(|provider| &provider.sources);
        let of_outlines = whole.outlines.iter().map(|outline| &outline.sources);
        for sources in of_providers.chain(of_outlines) {
            for source in sources.values() {
                assert!(known.contains(&source.document), "{}", source.document);
                assert!(source.transcribed.is_some(), "{}", source.section);
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
