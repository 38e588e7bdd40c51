//! The catalog that is compiled into the program.

mod cut;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::check::date;
use super::file::{self, Origin, ParsedFile};
use super::text::{Code, Name, Read};
use super::{CatalogError, Document};
use cut::{has_name, is_of, parts, with_named_sources};

/// A built-in file of a provider with prices.
#[derive(Clone, Copy)]
struct RegionFile {
    /// The id of the region that its models are in.
    id: &'static str,
    /// As it is shown.
    file: &'static str,
    text: &'static str,
}

/// A provider with prices: its rules and sources with its models in its first region, then those in others.
#[derive(Clone, Copy)]
struct Seller {
    /// What stands before its codes, where it is said: `azure` of `azure/gpt-5.2`.
    id: &'static str,
    files: &'static [RegionFile],
}

const SELLERS: [Seller; 3] = [
    Seller {
        id: "alibaba",
        files: &[
            RegionFile {
                id: "cn-beijing",
                file: "built-in:alibaba.toml",
                text: include_str!("../../catalog/alibaba.toml"),
            },
            RegionFile {
                id: "ap-southeast-1",
                file: "built-in:alibaba-singapore.toml",
                text: include_str!("../../catalog/alibaba-singapore.toml"),
            },
        ],
    },
    Seller {
        id: "azure",
        files: &[
            RegionFile {
                id: "global",
                file: "built-in:azure.toml",
                text: include_str!("../../catalog/azure.toml"),
            },
            RegionFile {
                id: "data-zone",
                file: "built-in:azure-data-zone.toml",
                text: include_str!("../../catalog/azure-data-zone.toml"),
            },
            RegionFile {
                id: "regional",
                file: "built-in:azure-regional.toml",
                text: include_str!("../../catalog/azure-regional.toml"),
            },
        ],
    },
    Seller {
        id: "google",
        files: &[RegionFile {
            id: "global",
            file: "built-in:google.toml",
            text: include_str!("../../catalog/google.toml"),
        }],
    },
];
const SOURCES: &str = include_str!("../../catalog/sources.toml");
/// How services are billed, without a price.
const TENCENT: &str = include_str!("../../catalog/tencent.toml");

/// The whole built-in catalog.
///
/// # Errors
/// None that a test does not exclude.
pub fn whole() -> Result<Vec<ParsedFile>, CatalogError> {
    let files = files().map(|region| file::parse(region.file, region.text, Origin::BuiltIn));
    files.chain(std::iter::once_with(outline)).collect()
}

/// Every file with prices.
fn files() -> impl Iterator<Item = &'static RegionFile> {
    SELLERS.iter().flat_map(|seller| seller.files)
}

/// The provider without prices.
///
/// # Errors
/// None that a test does not exclude.
pub fn outline() -> Result<ParsedFile, CatalogError> {
    file::parse("built-in:tencent.toml", TENCENT, Origin::BuiltIn)
}

/// The providers with prices, and of their models only those of these codes. A model is one block of
/// the text, so the others need not be parsed.
///
/// # Errors
/// None that a test does not exclude.
pub fn only(codes: &[&str]) -> Result<Vec<ParsedFile>, CatalogError> {
    let files = files().map(|region| {
        let (head, blocks) = parts(region.text);
        let mut text = head.to_owned();
        for block in blocks {
            let is = |code: &&str| is_of(block, code) || is_of(block, by_provider(code).1);
            if codes.iter().any(is) {
                text.push_str(block);
            }
        }
        file::parse(region.file, &text, Origin::BuiltIn)
    });
    files.collect()
}

/// The provider that sells a model in a region and that model, and only the sources that these name: without
/// files of a user nothing else can name one, and they are half of what there is to parse. Nothing is read of a
/// text after the model, and of no other region. What pays for usage before money does is as much again,
/// and few ask for it. Nothing where no provider has the model there.
///
/// # Errors
/// None that a test does not exclude.
pub fn alone(
    code: &str,
    region: Option<&str>,
    paying: bool,
) -> Result<Vec<ParsedFile>, CatalogError> {
    let (named, bare) = by_provider(code);
    for seller in &SELLERS {
        if named.is_some_and(|named| named != seller.id) {
            continue;
        }
        // A code may have its provider in it.
        for code in [code, bare] {
            let found = alone_of(seller.files, code, region, paying)?;
            if !found.is_empty() {
                return Ok(found);
            }
            if named.is_none() {
                break;
            }
        }
    }
    Ok(Vec::new())
}

fn alone_of(
    regions: &[RegionFile],
    code: &str,
    region: Option<&str>,
    paying: bool,
) -> Result<Vec<ParsedFile>, CatalogError> {
    let Some(first) = regions.first() else {
        return Ok(Vec::new());
    };
    let asked = match region {
        None => Some(first),
        Some(id) => regions.iter().find(|one| one.id.eq_ignore_ascii_case(id)),
    };
    let Some(asked) = asked else {
        return Ok(Vec::new());
    };
    let (head, mut blocks) = parts(asked.text);
    let Some(block) = blocks.find(|block| is_of(block, code)) else {
        return Ok(Vec::new());
    };
    let (rules, mut of_first) = parts(first.text);
    if asked.id == first.id {
        let text = with_named_sources(rules, &[block], paying);
        return Ok(vec![file::parse(
            first.file,
            &(text + block),
            Origin::BuiltIn,
        )?]);
    }
    // A model without names in this region has those of the first one.
    let names = match has_name(block) {
        true => "",
        false => of_first
            .find(|block| is_of(block, code))
            .unwrap_or_default(),
    };
    let rules = with_named_sources(rules, &[names, block], paying) + names;
    let own = with_named_sources(head, &[block], paying) + block;
    Ok(vec![
        file::parse(first.file, &rules, Origin::BuiltIn)?,
        file::parse(asked.file, &own, Origin::BuiltIn)?,
    ])
}

/// The id of the provider that a code names, where it does, and the rest of it: of `azure/gpt-5.2` the id is
/// `azure`.
fn by_provider(code: &str) -> (Option<&'static str>, &str) {
    let prefixed = code.split_once('/');
    let named = prefixed.and_then(|(prefix, rest)| {
        let seller = SELLERS
            .iter()
            .find(|seller| seller.id.eq_ignore_ascii_case(prefix))?;
        Some((seller.id, rest))
    });
    match named {
        Some((id, rest)) => (Some(id), rest),
        None => (None, code),
    }
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
    url: Option<Read<Name>>,
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
                url: document.url.map(|url| url.0.0),
                updated,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::Catalog;
    use super::super::tables::ModelTable;
    use super::*;

    fn models() -> impl Iterator<Item = ModelTable> {
        let files = whole().unwrap().into_iter();
        files.flat_map(|file| file.content.model)
    }

    #[test]
    fn each_file_is_of_the_region_that_it_is_looked_up_by() {
        for seller in SELLERS {
            for region in seller.files {
                let file = file::parse(region.file, region.text, Origin::BuiltIn).unwrap();
                assert_eq!(file.content.provider.id.get_ref().0.0, seller.id);
                let written = file.content.provider.region.unwrap();
                assert_eq!(written.0.0, region.id);
            }
        }
        let whole = Catalog::load(&[]).unwrap();
        for (seller, known) in SELLERS.iter().zip(&whole.providers) {
            let regions: Vec<&str> = known.regions.iter().map(|one| one.id.as_str()).collect();
            let files: Vec<&str> = seller.files.iter().map(|one| one.id).collect();
            assert_eq!((known.id.as_str(), regions), (seller.id, files));
        }
    }

    #[test]
    fn a_single_model_is_the_same_as_in_the_whole_catalog() {
        let whole = Catalog::load(&[]).unwrap();
        assert!(whole.models().len() > 60);
        for model in whole.models() {
            let code = model.code.to_ascii_uppercase();
            let region = Some(model.region.as_str());
            let regions = match whole.is_in_first_region(model) {
                true => vec![region, None],
                false => vec![region],
            };
            let few = regions.into_iter();
            let few = few.map(|region| Catalog::load_for(&code, region, &[]).unwrap());
            let few: Vec<Catalog> = few.collect();
            assert!(
                few.iter()
                    .all(|one| format!("{one:?}") == format!("{:?}", few[0]))
            );
            let single = &few[0];
            let found = single.model_in(&code, region).unwrap();
            // Without names of its own it has those of the first region.
            let named = single.models().len() == 1;
            assert!(named || !whole.is_in_first_region(model), "{}", model.code);
            assert_eq!(format!("{found:?}"), format!("{model:?}"));
            assert_eq!(single.files(&[found]), whole.files(&[model]));
            let rules = |catalog: &Catalog| {
                let mut provider = catalog.provider(model).unwrap().clone();
                provider.sources.clear();
                format!("{provider:?}")
            };
            assert_eq!(rules(single), rules(&whole), "{}", model.code);
        }
    }

    #[test]
    fn prices_alone_have_everything_but_what_pays_before_money() {
        let code = "qwen3-8b";
        let whole = Catalog::load_for(code, None, &[]).unwrap();
        let prices = Catalog::load_for_prices(code, None, &[]).unwrap();
        let provider = |catalog: &Catalog| {
            let model = catalog.model(code).unwrap();
            catalog.provider(model).unwrap().clone()
        };
        let (mut whole, prices) = (provider(&whole), provider(&prices));
        assert_eq!((whole.savings.len(), prices.savings.len()), (1, 0));
        assert!(whole.free.is_some() && prices.free.is_none());
        whole.savings.clear();
        whole.free = None;
        for source in ["savings-plan", "free-quota", "free-quota-2026-09"] {
            whole.sources.remove(source).unwrap();
        }
        assert_eq!(format!("{whole:?}"), format!("{prices:?}"));
    }

    /// Two regions: `named` says its names in both, `unnamed` in the first only.
    fn two_regions() -> [RegionFile; 2] {
        let first = r#"version = 1
[provider]
id = "alibaba"
name = "A"
region = "one"
region_name = "One"
regions = [{ id = "two", name = "Two" }]
currency = "CNY"

[source.a]
document = "d"
section = "a"

[source.b]
document = "d"
section = "b"

[[model]]
code = "other"

[[model]]
code = "unnamed"
name = "Unnamed"
family = "F"

[[model.standard]]
tiers = [{ input = "1 per 1M tokens" }]
source = "a"

[[model]]
code = "named"
"#;
        let other = r#"version = 1
[provider]
id = "alibaba"
region = "two"

[source.c]
document = "d"
section = "c"

[[model]]
code = "named"
name = "Named"

[[model.standard]]
tiers = [{ input = "2 per 1M tokens" }]
cache_source = "b"
source = "c"

[[model]]
code = "unnamed"

[[model.standard]]
tiers = [{ input = "3 per 1M tokens" }]
source = "b"
"#;
        let file = |id, file, text| RegionFile { id, file, text };
        [file("one", "1", first), file("two", "2", other)]
    }

    #[test]
    fn a_file_is_its_head_and_a_block_for_each_model() {
        let [first, other] = two_regions();
        let (head, blocks) = parts(first.text);
        assert!(head.ends_with("section = \"b\"\n"));
        let blocks: Vec<&str> = blocks.collect();
        assert_eq!(head.to_owned() + &blocks.concat(), first.text);
        for (code, block) in ["Other", "UNNAMED", "named"].iter().zip(&blocks) {
            assert!(is_of(block, code), "{code}: {block}");
        }
        assert_eq!(blocks.len(), 3);
        assert_eq!(parts(other.text).1.count(), 2);
        assert_eq!(parts("version = 1").1.count(), 0);
    }

    #[test]
    fn a_model_without_names_in_its_region_has_those_of_the_first_one() {
        let regions = two_regions();
        let laid = |files: Vec<ParsedFile>| {
            let mut catalog = Catalog::empty();
            for file in files {
                catalog.lay(&file).unwrap();
            }
            catalog
        };
        let names = |catalog: &Catalog, code: &str, region: Option<&str>| {
            let model = catalog.model_in(code, region).unwrap();
            (
                model.name.clone(),
                model.family.clone(),
                model.region.clone(),
            )
        };
        for (code, region, expected) in [
            ("unnamed", None, ["Unnamed", "F", "one"]),
            ("unnamed", Some("ONE"), ["Unnamed", "F", "one"]),
            ("UNNAMED", Some("Two"), ["Unnamed", "F", "two"]),
            ("named", None, ["named", "A", "one"]),
            ("named", Some("two"), ["Named", "A", "two"]),
        ] {
            let catalog = laid(alone_of(&regions, code, region, true).unwrap());
            let [name, family, region_of] = expected.map(str::to_owned);
            assert_eq!(names(&catalog, code, region), (name, family, region_of));
        }
        assert!(
            alone_of(&regions, "named", Some("three"), true)
                .unwrap()
                .is_empty()
        );
    }

    /// Changes prices of two built-in models, adds a model, sells two in another region, and gives the other
    /// provider one.
    const OVERLAYS: [&str; 3] = [
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
        id = "alibaba"
        region = "ap-southeast-1"
        [[model]]
        code = "qwen3-8b"
        [[model.standard]]
        tiers = [{ input = "2 per 1M tokens", output = "8 per 1M tokens" }]
        [[model]]
        code = "only-there"
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
            Catalog::load(&[]).unwrap().models().len() + 3
        );
        for model in whole.models() {
            for code in [
                model.code.clone(),
                format!("{}/{}", model.provider, model.code),
            ] {
                let region = Some(model.region.as_str());
                let few = Catalog::load_for(&code, region, &overlays).unwrap();
                assert!(few.models().len() <= 10, "{code}");
                let found = few.model_in(&code, region).unwrap();
                assert_eq!(format!("{found:?}"), format!("{model:?}"));
                let provider = |catalog: &Catalog| format!("{:?}", catalog.provider(found));
                assert_eq!(provider(&few), provider(&whole), "{code}");
                assert_eq!(few.changes(), whole.changes(), "{code}");
                assert_eq!(few.files(&[found]), whole.files(&[model]), "{code}");
            }
        }
    }

    #[test]
    fn what_is_wrong_under_overlays_is_the_same_as_of_the_whole_catalog() {
        let elsewhere = OVERLAYS[2].replace("tencent/", "");
        let (_folder, overlays) = written(&[OVERLAYS[0], &elsewhere, "version = 2"]);
        for files in [&overlays[..2], &overlays, &overlays[2..]] {
            let few = Catalog::load_for("glm-5.1", None, files).unwrap_err();
            assert_eq!(few, Catalog::load(files).unwrap_err());
        }
        let few = Catalog::load_for("glm-9.9", None, &overlays[..1]).unwrap();
        let whole = Catalog::load(&overlays[..1]).unwrap();
        let error = |catalog: &Catalog| catalog.model("glm-9.9").unwrap_err();
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
        for model in models() {
            assert!(model.ptu.iter().all(|row| row.get_ref().source.is_some()));
            assert!(
                model
                    .reservation
                    .iter()
                    .all(|row| row.get_ref().source.is_some())
            );
            assert!(model.dtu.iter().all(|row| row.get_ref().source.is_some()));
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
