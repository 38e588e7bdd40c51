//! From the names of models in a log to models that are sold.

use std::collections::BTreeSet;

use crate::billing::recorded::Unknown;
use crate::catalog::{Catalog, LookupError, Model};

/// Names in a log that stand for models under other names: `azure/my-deployment` for `qwen-plus`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModelMap {
    codes: Vec<(String, String)>,
}

impl ModelMap {
    /// Adds a name and the code that it stands for.
    ///
    /// # Errors
    /// The code that it already stands for, where that is another one.
    pub fn add(&mut self, name: &str, code: &str) -> Result<(), String> {
        match self.code_of(name) {
            Some(known) if known.eq_ignore_ascii_case(code) => Ok(()),
            Some(known) => Err(known.to_owned()),
            None => {
                self.codes.push((name.to_owned(), code.to_owned()));
                Ok(())
            }
        }
    }

    /// The code that a name stands for, whatever its case.
    fn code_of(&self, name: &str) -> Option<&str> {
        let mut codes = self.codes.iter();
        let found = codes.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, code)| code.as_str())
    }

    /// The codes.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(|(_, code)| code.as_str())
    }
}

/// The models that a log may name, in one region.
#[derive(Debug)]
pub struct Names<'c> {
    catalog: &'c Catalog,
    region: Option<&'c str>,
    map: &'c ModelMap,
}

impl<'c> Names<'c> {
    /// The names of the models of a catalog, with those of a map; without a region each model is meant in the first
    /// of its provider.
    ///
    /// # Errors
    /// [`LookupError`] for a code of the map that is no model.
    pub fn of(
        catalog: &'c Catalog,
        region: Option<&'c str>,
        map: &'c ModelMap,
    ) -> Result<Self, LookupError> {
        let names = Self {
            catalog,
            region,
            map,
        };
        if let Some(region) = region {
            catalog.region_id(region)?;
        }
        for code in map.codes() {
            catalog.model_in(code, region)?;
        }
        Ok(names)
    }

    /// The model of a name in a log.
    ///
    /// # Errors
    /// [`LookupError`] where nobody knows it.
    pub fn model(&self, name: &str) -> Result<&'c Model, LookupError> {
        let code = self.map.code_of(name).unwrap_or(name);
        self.catalog.model_in(code, self.region)
    }

    /// The names, in lower case, of models that have no price for output: a call of theirs may be without.
    #[must_use]
    pub fn without_output(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let models = self.catalog.models().iter();
        for model in models.filter(|model| model.writes_nothing()) {
            names.insert(model.code.to_lowercase());
            names.extend(model.aliases.iter().map(|alias| alias.to_lowercase()));
            names.insert(format!("{}/{}", model.provider, model.code).to_lowercase());
            let provider = self.catalog.provider(model).ok();
            let prefixes = provider.iter().flat_map(|known| &known.prefixes);
            names.extend(prefixes.map(|prefix| format!("{prefix}/{}", model.code).to_lowercase()));
        }
        let mapped = self.map.codes.iter().filter(|(_, code)| {
            let model = self.catalog.model_in(code, self.region);
            model.is_ok_and(Model::writes_nothing)
        });
        names.extend(mapped.map(|(name, _)| name.to_lowercase()));
        names
    }

    /// Why calls are of no known model; `None` where they name none.
    #[must_use]
    pub fn why(&self, unknown: &Unknown) -> Option<LookupError> {
        self.model(unknown.name.as_deref()?).err()
    }
}
