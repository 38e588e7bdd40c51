//! Models and specifications that can stand on a command line, of the catalogs that it names.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use chrono::NaiveDate;
use clap_complete::engine::CompletionCandidate;

use crate::billing::quote::Method;
use crate::catalog::{Catalog, Model, is_printable};
use crate::cli::Environment;
use crate::order::value;

/// What the words typed so far tell about the values to complete.
pub struct Values {
    words: Vec<String>,
    catalogs: Vec<PathBuf>,
    as_of: NaiveDate,
}

impl Values {
    /// Reads the words typed so far.
    pub fn new(words: &[OsString], environment: &Environment) -> Self {
        let listed = environment.catalog_path.iter();
        let listed = listed.flat_map(std::env::split_paths);
        let listed = listed.filter(|path| !path.as_os_str().is_empty());
        let words = words.iter().filter_map(|word| word.to_str());
        let words: Vec<String> = words.map(str::to_owned).collect();
        let given = values_of("--catalog", &words).map(PathBuf::from);
        let catalogs = listed.chain(given).collect();
        let as_of = values_of("--as-of", &words).find_map(|date| value::date(date).ok());
        Self {
            as_of: as_of.unwrap_or(environment.today),
            catalogs,
            words,
        }
    }

    /// The codes that begin so, in any case, of models that are sold this way.
    pub fn models(&self, typed: &OsStr, method: Option<Method>) -> Vec<CompletionCandidate> {
        let Some((catalog, typed)) = self.catalog().zip(typed.to_str()) else {
            return Vec::new();
        };
        let models = self.in_region(&catalog);
        let fits = |model: &&Model| {
            let is_sold = method.is_none_or(|method| model.sold_by(method, self.as_of));
            is_sold && begins(&model.code, typed)
        };
        let named = models.into_iter().filter(fits).map(|model| {
            let name = Some(model.name.clone().into());
            CompletionCandidate::new(&model.code).help(name)
        });
        named.collect()
    }

    /// The specifications that begin so, of the models on the command line or of all, each with `end`
    /// behind it.
    pub fn specs(
        &self,
        typed: &OsStr,
        end: &str,
        method: Option<Method>,
    ) -> Vec<CompletionCandidate> {
        let Some((catalog, typed)) = self.catalog().zip(typed.to_str()) else {
            return Vec::new();
        };
        let words = self.words.iter();
        let mut models: Vec<&Model> = words
            .filter_map(|word| self.model(&catalog, word))
            .collect();
        if models.is_empty() {
            models = self.in_region(&catalog);
        }
        let of_model = |model: &&Model| -> Vec<String> {
            let units = model.mu_in_force(self.as_of).into_iter();
            let dedicated = model.dtu_in_force(self.as_of).into_iter();
            match method {
                Some(Method::Dtu) => dedicated.map(|row| row.spec.clone()).collect(),
                _ => units.map(|row| row.spec.to_string()).collect(),
            }
        };
        let mut specs: Vec<String> = models.iter().flat_map(of_model).collect();
        specs.sort();
        specs.dedup();
        let fitting = specs.iter().filter(|spec| begins(spec, typed));
        fitting
            .map(|spec| CompletionCandidate::new(format!("{spec}{end}")))
            .collect()
    }

    /// The regions that begin so, after those that are typed before a comma; `all` where several can be meant.
    pub fn regions(&self, typed: &OsStr) -> Vec<CompletionCandidate> {
        let Some((catalog, typed)) = self.catalog().zip(typed.to_str()) else {
            return Vec::new();
        };
        let (before, last) = match typed.rfind(',') {
            Some(comma) => typed.split_at(comma.saturating_add(1)),
            None => ("", typed),
        };
        let takes_several = |word: &String| ["compare", "models"].contains(&word.as_str());
        let all = self.words.iter().any(takes_several).then_some(("all", ""));
        let known = catalog.regions();
        let known = known.map(|region| (region.id.as_str(), region.name.as_str()));
        let fitting = known.chain(all).filter(|(id, _)| begins(id, last));
        let candidate = |(id, name): (&str, &str)| {
            let name = (!name.is_empty()).then(|| name.to_owned().into());
            CompletionCandidate::new(format!("{before}{id}")).help(name)
        };
        fitting.map(candidate).collect()
    }

    /// The models of the region on the command line, or of the first one; each once.
    fn in_region<'a>(&self, catalog: &'a Catalog) -> Vec<&'a Model> {
        let typed: Vec<&str> = self.region().collect();
        let there = |model: &&Model| match typed.as_slice() {
            [] => catalog.is_in_first_region(model),
            typed => {
                let mut typed = typed.iter();
                typed.any(|id| id.eq_ignore_ascii_case(&model.region) || *id == "all")
            }
        };
        let mut seen = HashSet::new();
        let models = catalog.models().iter().filter(there);
        models.filter(|model| seen.insert(&model.code)).collect()
    }

    /// A model that a word names, in the first region on the command line.
    fn model<'a>(&self, catalog: &'a Catalog, word: &str) -> Option<&'a Model> {
        let region = self.region().find(|id| *id != "all");
        catalog.model_in(word, region).ok()
    }

    fn region(&self) -> impl Iterator<Item = &str> {
        let lists = values_of("--region", &self.words);
        lists
            .flat_map(|list| list.split(','))
            .filter(|id| !id.is_empty())
    }

    /// The catalog; without the user's files where one of them is wrong.
    fn catalog(&self) -> Option<Catalog> {
        let catalog = Catalog::load(&self.catalogs);
        catalog.or_else(|_| Catalog::load(&[])).ok()
    }
}

/// The values of a flag, given as `--flag value` or `--flag=value`.
fn values_of<'a>(flag: &'a str, words: &'a [String]) -> impl Iterator<Item = &'a str> {
    let following = words.iter().skip(1).map(String::as_str);
    let pairs = words.iter().zip(following.chain(std::iter::once("")));
    let values = pairs.filter_map(move |(word, next)| match word.strip_prefix(flag)? {
        "" => Some(next),
        rest => rest.strip_prefix('='),
    });
    values.filter(|value| !value.is_empty())
}

/// Whether a text begins as it was typed, and is one that a terminal shows as it is.
fn begins(text: &str, typed: &str) -> bool {
    let start = text.get(..typed.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(typed)) && text.chars().all(is_printable)
}
