//! The prices: TOML files read strictly, laid over each other, looked up as of a date.

mod between;
mod builtin;
mod capacity;
mod check;
mod error;
#[cfg(test)]
pub(crate) mod fields_of;
mod file;
mod free;
mod lines;
mod link;
mod lookup_error;
mod magnitudes;
mod merge;
mod model;
mod price_rows;
mod read;
mod regions;
mod rows;
mod rules;
mod sale;
mod savings;
mod says;
mod select;
mod service;
mod suggest;
mod tables;
mod text;

use std::collections::HashMap;
use std::path::PathBuf;

use crate::billing::quote::Source;
use crate::billing::service::Service;

pub use between::Between;
pub use check::date;
pub use error::{CatalogError, Fault};
pub use file::parse_toml;
use lines::MissingPrice;
pub use lines::Wanted;
pub use lookup_error::{LookupError, OfTrace, not_there};
pub use magnitudes::likely_turned;
pub use model::{
    Change, Dated, DtuRow, EarlyEndRow, ModeTier, Model, MuRow, Offer, Outline, Provider, PtuRow,
    PtuSide, Region, RegionRule, TokenRow, UnitOffer, in_force,
};
pub use read::{files_of_folder, read_regular, read_regular_up_to};
pub use select::{AT_HIGH_SPEED, AT_STANDARD_SPEED, BY_FINE_TUNED_TOKEN, IN_DTU, IN_MU};
pub use suggest::near;
pub use text::{Name, Read, Text, escaped, is_printable, one_of, printable};

/// A document that prices were read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The id that sources name.
    pub id: String,
    /// Who published it.
    pub publisher: String,
    /// What it is called.
    pub title: String,
    /// Where it is read.
    pub url: Option<String>,
    /// The date that the document gives itself, where it does.
    pub updated: Option<chrono::NaiveDate>,
}

impl std::fmt::Display for Document {
    /// `Alibaba Cloud, Model Studio: …, edition of 2026-05-26`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}", self.publisher, self.title)?;
        match self.updated {
            Some(date) => write!(f, ", edition of {date}"),
            None => Ok(()),
        }
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CatalogFile {
    name: String,
    /// Of a built-in file: its provider, and the region of its models where that is not the first.
    built_in: Option<(String, Option<String>)>,
}

/// Every model with its prices, and what user files did to them.
#[derive(Debug, Clone)]
pub struct Catalog {
    providers: Vec<Provider>,
    outlines: Vec<Outline>,
    models: Vec<Model>,
    /// Where in `models` a code is, in lower case: a place for each region in which it is sold.
    places: HashMap<String, Vec<usize>>,
    files: Vec<CatalogFile>,
    changes: Vec<Change>,
}

impl Catalog {
    /// The built-in catalog with the files of `overlays` laid over it, in their order. A folder
    /// stands for the `.toml` files in it, by name.
    ///
    /// # Errors
    /// [`CatalogError`] for a file that cannot be read or is not a valid catalog.
    pub fn load(overlays: &[PathBuf]) -> Result<Self, CatalogError> {
        let mut catalog = Self::empty();
        for file in builtin::whole()? {
            catalog.lay(&file)?;
        }
        for path in overlays {
            for (name, text) in read::catalog_files(path)? {
                catalog.lay(&file::parse(&name, &text, file::Origin::User)?)?;
            }
        }
        Ok(catalog)
    }

    /// What a quote for one model in a region needs. Of the built-in models only that one is parsed and
    /// those that overlays have rows for, because parsing is most of a quote's time; what it says of the
    /// model is the same as from [`Catalog::load`].
    ///
    /// # Errors
    /// As [`Catalog::load`].
    pub fn load_for(
        code: &str,
        region: Option<&str>,
        overlays: &[PathBuf],
    ) -> Result<Self, CatalogError> {
        Self::load_one(code, region, overlays, true)
    }

    /// The same without what is built in of savings plans and of the free quota, where no order has one.
    ///
    /// # Errors
    /// As [`Catalog::load`].
    pub fn load_for_prices(
        code: &str,
        region: Option<&str>,
        overlays: &[PathBuf],
    ) -> Result<Self, CatalogError> {
        Self::load_one(code, region, overlays, false)
    }

    fn load_one(
        code: &str,
        region: Option<&str>,
        overlays: &[PathBuf],
        paying: bool,
    ) -> Result<Self, CatalogError> {
        // An unknown model needs every other one for suggestions, and a wrong file is found in the
        // order in which files are laid: the whole load has both.
        match Self::load_few(code, region, overlays, paying) {
            Ok(catalog) if catalog.model_in(code, region).is_ok() => Ok(catalog),
            _ => Self::load(overlays),
        }
    }

    fn load_few(
        code: &str,
        region: Option<&str>,
        overlays: &[PathBuf],
        paying: bool,
    ) -> Result<Self, CatalogError> {
        let mut files = Vec::new();
        for path in overlays {
            for (name, text) in read::catalog_files(path)? {
                files.push(file::parse(&name, &text, file::Origin::User)?);
            }
        }
        let mut catalog = Self::empty();
        if files.is_empty() {
            for file in builtin::alone(code, region, paying)? {
                catalog.lay(&file)?;
            }
            return Ok(catalog);
        }
        let tables = files.iter().flat_map(|file| &file.content.model);
        let mut codes: Vec<&str> = tables
            .map(|table| table.code.get_ref().0.0.as_str())
            .collect();
        codes.push(code);
        for file in builtin::only(&codes)? {
            catalog.lay(&file)?;
        }
        catalog.lay(&builtin::outline()?)?;
        for file in &files {
            catalog.lay(file)?;
        }
        Ok(catalog)
    }

    fn empty() -> Self {
        Self {
            providers: Vec::new(),
            outlines: Vec::new(),
            models: Vec::new(),
            places: HashMap::new(),
            files: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// The model with this code in the first region of its provider, whatever its case. A code may have
    /// its provider before it, `alibaba/qwen3-8b`, or another prefix that logs write: `dashscope/qwen3-8b`.
    ///
    /// # Errors
    /// [`LookupError::ProviderAlone`] for a provider without a model,
    /// [`LookupError::NoPrices`] for a model of a provider that publishes none,
    /// [`LookupError::OtherRegion`] for a model that is sold in other regions only,
    /// [`LookupError::UnknownModel`] with up to three near codes.
    pub fn model(&self, code: &str) -> Result<&Model, LookupError> {
        self.model_in(code, None)
    }

    /// The model of a code, which may have its provider before it, in each region in which it is sold: at
    /// least one.
    ///
    /// # Errors
    /// As [`Catalog::model`], but for its region.
    pub fn in_regions(&self, code: &str) -> Result<Vec<&Model>, LookupError> {
        let found = self.anywhere(code);
        if !found.is_empty() {
            return Ok(found);
        }
        if let Some(error) = self.provider_alone(code.strip_suffix('/').unwrap_or(code)) {
            return Err(error);
        }
        if let Some((provider, code)) = code.split_once('/') {
            let mut found = self.anywhere(code);
            found.retain(|model| model.provider.eq_ignore_ascii_case(provider));
            if !found.is_empty() {
                return Ok(found);
            }
            let priceless = |outline: &&Outline| outline.id.eq_ignore_ascii_case(provider);
            if let Some(outline) = self.outlines.iter().find(priceless) {
                return Err(LookupError::NoPrices {
                    provider: outline.id.clone(),
                    code: code.to_owned(),
                });
            }
        }
        let found = self.called(code);
        if !found.is_empty() {
            return Ok(found);
        }
        if let Some(error) = self.not_entered(code) {
            return Err(error);
        }
        // Of a known provider only the rest can be mistyped.
        let typed = match code.split_once('/') {
            Some((provider, rest)) if self.sells(provider) => rest,
            _ => code,
        };
        // Another seller's name of a model that is sold here, too, is no name of it, but nearest to it.
        let last = code.rsplit('/').next().unwrap_or(code);
        if let Some(model) = self.anywhere(last).first() {
            return Err(LookupError::UnknownModel {
                code: code.to_owned(),
                near: vec![model.code.clone()],
            });
        }
        Err(LookupError::UnknownModel {
            code: code.to_owned(),
            near: near(typed, self.models.iter().map(|model| model.code.as_str())),
        })
    }

    /// What is wrong with an unknown code of a provider of which the catalog has a part, where no code is near it.
    fn not_entered(&self, code: &str) -> Option<LookupError> {
        let (prefix, rest) = code.split_once('/')?;
        let mut providers = self.providers.iter().filter(|known| known.is_partial);
        let provider = providers.find(|known| known.id.eq_ignore_ascii_case(prefix))?;
        let own = self.models.iter();
        let own = own.filter(|model| model.provider == provider.id);
        let is_near = !near(rest, own.map(|model| model.code.as_str())).is_empty();
        let region = provider.regions.first().filter(|_| !is_near)?;
        Some(LookupError::NotInCatalog {
            model: code.to_owned(),
            region: region.id.clone(),
            how: None,
            missing: Box::new(MissingPrice {
                provider: provider.id.clone(),
                region: region.id.clone(),
                region_name: None,
                code: rest.to_owned(),
                wanted: Wanted::Tokens,
            }),
        })
    }

    /// The model that logs call so, in each region in which it is sold: by an alias, or by its code after a prefix
    /// of its provider.
    fn called(&self, name: &str) -> Vec<&Model> {
        let is_alias = |model: &&Model| {
            let mut aliases = model.aliases.iter();
            aliases.any(|alias| alias.eq_ignore_ascii_case(name))
        };
        let codes = self.models.iter().filter(is_alias);
        let found = codes.flat_map(|model| self.anywhere(&model.code));
        let mut found: Vec<&Model> = found.collect();
        found.sort_by_key(|model| (&model.code, &model.region));
        found.dedup_by_key(|model| (&model.code, &model.region));
        if found.is_empty()
            && let Some((prefix, code)) = name.split_once('/')
        {
            let is_prefix = |known: &String| known.eq_ignore_ascii_case(prefix);
            found = self.anywhere(code);
            found.retain(|model| {
                let provider = self.provider(model);
                provider.is_ok_and(|provider| provider.prefixes.iter().any(is_prefix))
            });
        }
        found
    }

    /// The model of a code in each region in which it is sold, whatever its case.
    fn anywhere(&self, code: &str) -> Vec<&Model> {
        let places = self.places.get(&code.to_ascii_lowercase());
        let places = places.into_iter().flatten();
        places.filter_map(|at| self.models.get(*at)).collect()
    }

    /// Where in `models` a code is in a region.
    fn place(&self, code: &str, region: &str) -> Option<usize> {
        let places = self.places.get(&code.to_ascii_lowercase())?;
        let in_region = |at: &&usize| {
            self.models
                .get(**at)
                .is_some_and(|one| one.region == region)
        };
        places.iter().find(in_region).copied()
    }

    /// The provider of that id: it, its name, and its services where it sells these.
    #[must_use]
    pub fn provider_named(&self, name: &str) -> Option<(&str, &str, Option<&Service>)> {
        let same = |id: &str| id.eq_ignore_ascii_case(name);
        let priced = self.providers.iter().map(|known| {
            let service = known.service.as_ref();
            (known.id.as_str(), known.name.as_str(), service)
        });
        let priceless = self.outlines.iter();
        let priceless =
            priceless.map(|one| (one.id.as_str(), one.name.as_str(), Some(&one.service)));
        priced.chain(priceless).find(|(id, ..)| same(id))
    }

    /// What is wrong with a code that is only the name of a provider.
    fn provider_alone(&self, name: &str) -> Option<LookupError> {
        let same = |id: &str| id.eq_ignore_ascii_case(name);
        let priced = self.providers.iter().find(|known| same(&known.id));
        let priceless = self.outlines.iter().find(|known| same(&known.id));
        let id = priced.map(|known| &known.id);
        let provider = id.or(priceless.map(|known| &known.id))?.clone();
        Some(LookupError::ProviderAlone {
            provider,
            priced: priced.is_some(),
        })
    }

    fn sells(&self, provider: &str) -> bool {
        let mut ids = self.providers.iter().map(|known| known.id.as_str());
        ids.any(|id| id.eq_ignore_ascii_case(provider))
    }

    /// Every model, in the order of the catalog files.
    #[must_use]
    pub fn models(&self) -> &[Model] {
        &self.models
    }

    /// The files that were read and say something of these models, the built-in ones as
    /// `built-in:alibaba.toml`.
    #[must_use]
    pub fn files(&self, models: &[&Model]) -> Vec<String> {
        let has = |(provider, region): &(String, Option<String>)| {
            let mut models = models.iter();
            models.any(|model| {
                let there = region.as_ref().is_none_or(|region| model.region == *region);
                model.provider == *provider && there
            })
        };
        let files = self.files.iter();
        let said = files.filter(|file| file.built_in.as_ref().is_none_or(has));
        said.map(|file| file.name.clone()).collect()
    }

    /// The file of a provider without prices.
    #[must_use]
    pub fn file_without_prices(&self, provider: &str) -> Option<&str> {
        let known = self.outlines.iter().find(|known| known.id == provider)?;
        Some(&known.file)
    }

    /// What user files added, replaced or appended.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Every source that files define, of prices and of rules.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let priced = self.providers.iter().map(|known| &known.sources);
        let priceless = self.outlines.iter().map(|known| &known.sources);
        priced.chain(priceless).flat_map(|sources| sources.values())
    }

    /// The documents that the built-in prices were read from.
    ///
    /// # Errors
    /// [`CatalogError`] when the built-in list is not valid, which a test excludes.
    pub fn documents() -> Result<Vec<Document>, CatalogError> {
        builtin::documents()
    }
}
