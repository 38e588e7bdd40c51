//! A model in the region that is asked for, and where else it is sold.

use chrono::NaiveDate;

use super::lines::{MissingPrice, Wanted};
use super::lookup_error::{LookupError, SoldIn};
use super::model::{Model, Provider, Region, RegionRule};
use super::{Catalog, near};
use crate::billing::quote::{Method, Source};

impl Catalog {
    /// The model of this code in a region, whatever the case of both; without one in the first region of
    /// its provider. A code may have its provider before it: `alibaba/qwen3-8b`.
    ///
    /// # Errors
    /// [`LookupError::UnknownRegion`] for a region that no provider has,
    /// [`LookupError::OtherRegion`] for a model that is sold in others only, and those of
    /// [`Catalog::model`].
    pub fn model_in(&self, code: &str, region: Option<&str>) -> Result<&Model, LookupError> {
        let id = region.map(|region| self.region_id(region)).transpose();
        let id = id.map_err(|error| self.in_own_regions(code, error))?;
        let all = self.in_regions(code);
        let all = all.map_err(|error| self.placed(error, id))?;
        let provider = all.first().and_then(|model| self.provider(model).ok());
        let first = provider.and_then(|provider| Some(provider.regions.first()?.id.as_str()));
        let wanted = id.or(first).unwrap_or_default();
        let found = all.iter().find(|model| model.region == wanted);
        found.copied().ok_or_else(|| {
            let model = all.first().map_or(code, |model| &model.code);
            let has_region = |known: &&Provider| {
                let mut regions = known.regions.iter();
                known.is_partial && regions.any(|region| region.id == wanted)
            };
            LookupError::OtherRegion {
                model: model.to_owned(),
                region: wanted.to_owned(),
                asked: id.is_some(),
                sold: all
                    .iter()
                    .map(|model| SoldIn {
                        region: self.region_of(model),
                        by_token: !model.standard.is_empty(),
                        reserved: !model.ptu.is_empty(),
                    })
                    .collect(),
                missing: provider.filter(has_region).map(|known| {
                    Box::new(MissingPrice {
                        provider: known.id.clone(),
                        region: wanted.to_owned(),
                        region_name: None,
                        code: model.to_owned(),
                        wanted: Wanted::Tokens,
                    })
                }),
            }
        })
    }

    /// A model that is not in the catalog is not in the region that is asked for.
    fn placed(&self, mut error: LookupError, id: Option<&str>) -> LookupError {
        if let (
            LookupError::NotInCatalog {
                region,
                how: None,
                missing,
                ..
            },
            Some(id),
        ) = (&mut error, id)
        {
            id.clone_into(region);
            id.clone_into(&mut missing.region);
            let mut sellers = self.providers.iter();
            let seller = sellers.find(|known| known.id == missing.provider);
            let mut own = seller.iter().flat_map(|known| &known.regions);
            if !own.any(|region| region.id == id) {
                let name = self.regions().find(|region| region.id == id);
                missing.region_name = name.map(|region| region.name.clone());
            }
        }
        error
    }

    /// The id of a region as its provider writes it.
    ///
    /// # Errors
    /// [`LookupError::UnknownRegion`] with those there are.
    pub fn region_id(&self, typed: &str) -> Result<&str, LookupError> {
        let mut regions = self.regions();
        let found = regions.find(|region| region.id.eq_ignore_ascii_case(typed));
        if let Some(found) = found {
            return Ok(&found.id);
        }
        let known: Vec<Region> = self.regions().cloned().collect();
        let mut named = self.regions();
        let named = named.find(|region| region.name.eq_ignore_ascii_case(typed));
        let near = match named {
            Some(region) => vec![region.id.clone()],
            None => near(typed, known.iter().map(|one| one.id.as_str())),
        };
        Err(LookupError::UnknownRegion {
            region: typed.to_owned(),
            near,
            known,
            model: None,
        })
    }

    /// What is wrong with a region, with those that the model is in instead of all there are.
    #[must_use]
    pub fn in_own_regions(&self, code: &str, mut error: LookupError) -> LookupError {
        if let LookupError::UnknownRegion {
            near, known, model, ..
        } = &mut error
            && let Ok(all) = self.in_regions(code)
        {
            *known = all.iter().map(|one| self.region_of(one)).collect();
            near.retain(|near| known.iter().any(|one| one.id == *near));
            *model = all.first().map(|one| one.code.clone());
        }
        error
    }

    /// The regions of all providers, the first of each first, each once.
    pub fn regions(&self) -> impl Iterator<Item = &Region> {
        let mut seen: Vec<&str> = Vec::new();
        let all = self.providers.iter().flat_map(|known| &known.regions);
        all.filter(move |region| {
            let is_new = !seen.contains(&region.id.as_str());
            if is_new {
                seen.push(&region.id);
            }
            is_new
        })
    }

    /// The region of a model with its name for people.
    #[must_use]
    pub fn region_of(&self, model: &Model) -> Region {
        let provider = self.provider(model).ok();
        let mut regions = provider.iter().flat_map(|known| &known.regions);
        let known = regions.find(|known| known.id == model.region);
        known.cloned().unwrap_or_else(|| Region {
            id: model.region.clone(),
            name: model.region.clone(),
        })
    }

    /// Whether it is in the region that is meant where none is named.
    #[must_use]
    pub fn is_in_first_region(&self, model: &Model) -> bool {
        let provider = self.provider(model).ok();
        let first = provider.and_then(|provider| provider.regions.first());
        first.is_some_and(|first| first.id == model.region)
    }

    /// The same model in the other regions in which it is sold.
    pub fn elsewhere<'a>(&'a self, model: &'a Model) -> impl Iterator<Item = &'a Model> {
        let all = self.anywhere(&model.code).into_iter();
        all.filter(|other| other.region != model.region)
    }

    /// The methods by which models are sold in one region only, by the rule in force on `date`, where the
    /// model is there.
    pub(super) fn only_there(&self, model: &Model, date: NaiveDate) -> Vec<Method> {
        let provider = self.provider(model).ok();
        let rules = provider.map(|provider| provider.region_rules.as_slice());
        let rule = super::in_force(rules.unwrap_or_default(), date);
        let of = |rule: &RegionRule| match rule.only.as_deref() == Some(&model.region) {
            true => rule.of.clone(),
            false => Vec::new(),
        };
        rule.map(of).unwrap_or_default()
    }
}

impl Model {
    /// Why a model has no price on `date`, where one came later; `None` where it has one, or never will.
    #[must_use]
    pub fn not_yet(&self, date: NaiveDate) -> Option<LookupError> {
        let mut methods = Method::ALL.iter();
        if methods.any(|method| self.listed_by(*method, date)) {
            return None;
        }
        let first = self.sources().filter_map(Source::came);
        let first = first.min_by_key(|came| came.from)?;
        Some(LookupError::NotYet {
            model: self.code.clone(),
            as_of: date,
            first: first.from,
            after: first.after,
        })
    }
}
