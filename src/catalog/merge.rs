//! Laying a file over what is known: providers, then models, then their prices.
//!
//! A row without `from` replaces all prices of its kind (for model units, of its specification); a
//! row with `from` is appended, or replaces the row with the same date.

use std::collections::{BTreeMap, HashSet};

use toml::Spanned;

use super::check::{self, Checker};
use super::error::{CatalogError, Fault};
use super::file::{Origin, ParsedFile};
use super::free;
use super::model::{Change, Model, Outline, Provider, Region};
use super::rows::{lay_capacities, lay_rows, rows};
use super::rules::{
    dtu_rules, early_ends, mu_rules, ptu_rules, refusals, region_rules, renewal_rules,
};
use super::sale::sale_rules;
use super::savings;
use super::says;
use super::service;
use super::tables::{ModelTable, ProviderTable, ServiceTable};
use super::{Catalog, CatalogFile, printable};
use crate::billing::quote::Source;
use crate::billing::rule::Rule;
use crate::billing::service::Service;

impl Catalog {
    /// Lays `file` over what is known.
    ///
    /// # Errors
    /// [`CatalogError::Invalid`] at the first thing that is wrong. The catalog is then of no use.
    pub(super) fn lay(&mut self, file: &ParsedFile) -> Result<(), CatalogError> {
        let version = &file.content.version;
        if *version.get_ref() != 1 {
            let message = format!("version {} is not known: it is 1", version.get_ref());
            return Err(file
                .invalid(version.span().start, message)
                .because(Fault::Version));
        }
        if self.lay_outline(file)? {
            return Ok(());
        }
        let (provider, region) = self.lay_provider(file)?;
        let is_known = self.providers.iter().any(|known| known.id == provider.id);
        let mut seen: HashSet<String> = HashSet::new();
        for table in &file.content.model {
            let code = &table.code.get_ref().0.0;
            let lower = code.to_ascii_lowercase();
            if !seen.insert(lower) {
                let at = table.code.span().start;
                let message = format!("the model `{code}` is in this file twice");
                return Err(file.invalid(at, message).because(Fault::ModelTwice));
            }
            self.lay_model(file, table, &provider, &region)?;
        }
        let provider_id = provider.id.clone();
        match self
            .providers
            .iter_mut()
            .find(|known| known.id == provider.id)
        {
            Some(known) => *known = provider,
            None => self.providers.push(provider),
        }
        // A provider that has prices now is billed as the file without prices says.
        if let Some(at) = self.outlines.iter().position(|one| one.id == provider_id) {
            self.files.push(CatalogFile {
                name: self.outlines.remove(at).file,
                built_in: Some((provider_id.clone(), None)),
            });
        }
        let built_in = file.origin == Origin::BuiltIn;
        let built_in = built_in.then_some((provider_id, is_known.then_some(region)));
        self.files.push(CatalogFile {
            name: file.name.clone(),
            built_in,
        });
        Ok(())
    }

    /// Lays a file that only says how a new provider's services are billed: no prices, no region,
    /// no currency. False where it is another file.
    fn lay_outline(&mut self, file: &ParsedFile) -> Result<bool, CatalogError> {
        let table = &file.content.provider;
        let id = &table.id.get_ref().0.0;
        let known = self.providers.iter().any(|known| known.id == *id)
            || self.outlines.iter().any(|known| known.id == *id);
        let placed =
            table.region.is_some() || table.region_name.is_some() || table.currency.is_some();
        let (Some(written), Some(name)) = (&file.content.service, &table.name) else {
            return Ok(false);
        };
        if known || placed || !file.content.model.is_empty() {
            return Ok(false);
        }
        let mut sources = BTreeMap::new();
        for (key, table) in &file.content.source {
            sources.insert(key.clone(), check::source(file, table)?);
        }
        self.outlines.push(Outline {
            id: id.clone(),
            name: name.0.0.clone(),
            file: file.name.clone(),
            service: checked_service(file, written, &sources)?,
            sources,
        });
        Ok(true)
    }

    /// The provider as it is after this file, and the id of the region that its models are in.
    fn lay_provider(&self, file: &ParsedFile) -> Result<(Provider, String), CatalogError> {
        let table = &file.content.provider;
        let id = &table.id.get_ref().0.0;
        let known = self.providers.iter().find(|known| known.id == *id);
        let outline = self.outlines.iter().find(|outline| outline.id == *id);
        let missing = |field: &str| {
            let why = match outline {
                Some(_) => "has no prices yet",
                None => "is new",
            };
            let message = format!("the provider `{id}` {why}, so it needs `{field}`");
            file.invalid(table.id.span().start, message)
                .because(Fault::Provider)
        };
        let currency = table.currency.as_ref().map(|currency| currency.get_ref().0);
        if let (Some(known), Some(currency), Some(written)) = (known, currency, &table.currency)
            && known.currency != currency
        {
            let message = format!(
                "the prices of `{id}` are in {}, and a provider has one currency",
                known.currency
            );
            return Err(file
                .invalid(written.span().start, message)
                .because(Fault::Currency));
        }
        let text = |own: Option<String>, of_known: Option<&String>, field: &str| {
            own.or_else(|| of_known.cloned())
                .ok_or_else(|| missing(field))
        };
        let mut provider = Provider {
            id: id.clone(),
            name: text(
                table.name.as_ref().map(|name| name.0.0.clone()),
                known
                    .map(|known| &known.name)
                    .or(outline.map(|outline| &outline.name)),
                "name",
            )?,
            regions: known.map(|known| known.regions.clone()).unwrap_or_default(),
            currency: currency
                .or(known.map(|known| known.currency))
                .ok_or_else(|| missing("currency"))?,
            is_partial: table.partial || known.is_some_and(|known| known.is_partial),
            prefixes: known
                .map(|known| known.prefixes.clone())
                .unwrap_or_default(),
            service: known
                .and_then(|known| known.service.clone())
                .or(outline.map(|outline| outline.service.clone())),
            ptu: known.and_then(|known| known.ptu),
            says: known.map(|known| known.says.clone()).unwrap_or_default(),
            refusals: known
                .map(|known| known.refusals.clone())
                .unwrap_or_default(),
            early_ends: known
                .map(|known| known.early_ends.clone())
                .unwrap_or_default(),
            sale: known.and_then(|known| known.sale.clone()),
            overdue_restored_from: known.and_then(|known| known.overdue_restored_from),
            renewal: known.and_then(|known| known.renewal),
            mu: known.and_then(|known| known.mu),
            dtu: known.and_then(|known| known.dtu),
            batch: known.and_then(|known| known.batch),
            batch_with_cache: known.and_then(|known| known.batch_with_cache),
            free: known.and_then(|known| known.free.clone()),
            region_rules: known
                .map(|known| known.region_rules.clone())
                .unwrap_or_default(),
            savings: known.map(|known| known.savings.clone()).unwrap_or_default(),
            sources: known
                .map(|known| &known.sources)
                .or(outline.map(|outline| &outline.sources))
                .cloned()
                .unwrap_or_default(),
        };
        let region = lay_region(&mut provider.regions, table, &missing)?;
        for one in &table.regions {
            let known = provider.regions.iter().any(|known| known.id == one.id.0.0);
            if !known {
                provider.regions.push(Region {
                    id: one.id.0.0.clone(),
                    name: one.name.0.0.clone(),
                });
            }
        }
        for prefix in &table.prefixes {
            if !provider.prefixes.contains(&prefix.0.0) {
                provider.prefixes.push(prefix.0.0.clone());
            }
        }
        for (key, table) in &file.content.source {
            provider
                .sources
                .insert(key.clone(), check::source(file, table)?);
        }
        if let Some(table) = &file.content.service {
            provider.service = Some(checked_service(file, table, &provider.sources)?);
        }
        let billing = &file.content.billing;
        let checker = Checker {
            file,
            sources: &provider.sources,
            has_max_input: false,
        };
        if let Some(table) = &billing.ptu {
            provider.ptu = Some(ptu_rules(file, table, provider.ptu)?);
            let rows = &table.get_ref().early_end;
            if !rows.is_empty() {
                provider.early_ends = early_ends(&checker, rows)?;
            }
            let rows = &table.get_ref().says;
            if !rows.is_empty() {
                provider.says = says::says(&checker, id, &provider.regions, rows)?;
            }
            let rows = &table.get_ref().refuses_overflow;
            if !rows.is_empty() {
                provider.refusals = refusals(&checker, rows)?;
            }
            if let Some(written) = &table.get_ref().overdue_restored_from {
                provider.overdue_restored_from = Some(check::day(file, written)?);
            }
        }
        if let Some(table) = &billing.reservation {
            provider.sale = Some(sale_rules(&checker, table)?);
        }
        if let Some(table) = &billing.renewal {
            provider.renewal = Some(renewal_rules(&checker, table)?);
        }
        if let Some(table) = &billing.mu {
            provider.mu = Some(mu_rules(file, table, provider.mu)?);
        }
        if let Some(table) = &billing.dtu {
            provider.dtu = Some(dtu_rules(file, table, provider.dtu)?);
        }
        if let Some(table) = &billing.tokens {
            provider.batch = table.batch.as_ref().map(|share| share.0).or(provider.batch);
            provider.batch_with_cache = table.batch_with_cache.or(provider.batch_with_cache);
        }
        if !billing.region.is_empty() {
            provider.region_rules = region_rules(&checker, &billing.region)?;
        }
        if let Some(table) = &billing.free {
            provider.free = Some(free::free_part(&checker, table)?);
        }
        if !billing.savings_plan.is_empty() {
            provider.savings = savings::plans(&checker, &billing.savings_plan)?;
        }
        Ok((provider, region))
    }

    fn lay_model(
        &mut self,
        file: &ParsedFile,
        table: &ModelTable,
        provider: &Provider,
        region: &str,
    ) -> Result<(), CatalogError> {
        let code = &table.code.get_ref().0.0;
        let all = self.anywhere(code);
        if let Some(known) = all.iter().find(|known| known.provider != provider.id) {
            let message = format!("the model `{code}` is sold by `{}`", known.provider);
            return Err(file
                .invalid(table.code.span().start, message)
                .because(Fault::Taken));
        }
        let found = self.place(code, region);
        let mut model = match found.and_then(|at| self.models.get(at)) {
            Some(known) => known.clone(),
            // The same model in another region has the same names.
            None => Model {
                provider: provider.id.clone(),
                region: region.to_owned(),
                code: all.first().map_or(code, |known| &known.code).clone(),
                name: all.first().map_or(code, |known| &known.name).clone(),
                family: all
                    .first()
                    .map_or(&provider.name, |known| &known.family)
                    .clone(),
                aliases: Vec::new(),
                ptu: Vec::new(),
                reservation: Vec::new(),
                dtu: Vec::new(),
                mu: Vec::new(),
                fine_tuned: Vec::new(),
                standard: Vec::new(),
                capacities: Vec::new(),
            },
        };
        if let Some(name) = &table.name {
            model.name.clone_from(&name.0.0);
        }
        if let Some(family) = &table.family {
            model.family.clone_from(&family.0.0);
        }
        for alias in &table.aliases {
            if !model.aliases.contains(&alias.0.0) {
                model.aliases.push(alias.0.0.clone());
            }
        }
        self.lay_prices(file, table, provider, &mut model, found.is_none())?;
        model.link_prices();
        match found.and_then(|at| self.models.get_mut(at)) {
            Some(known) => *known = model,
            None => {
                let code = model.code.to_ascii_lowercase();
                self.places.entry(code).or_default().push(self.models.len());
                self.models.push(model);
            }
        }
        Ok(())
    }

    fn lay_prices(
        &mut self,
        file: &ParsedFile,
        table: &ModelTable,
        provider: &Provider,
        model: &mut Model,
        is_new: bool,
    ) -> Result<(), CatalogError> {
        let checker = Checker {
            file,
            sources: &provider.sources,
            has_max_input: Rule::PtuMaxInput.cited_by(&provider.id) == Rule::PtuMaxInput,
        };
        let mut laid = Vec::new();
        let mut checked = rows(file, &table.ptu, |row| checker.ptu(row), |_| ())?;
        let units = rows(file, &table.capacity, |row| checker.capacity(row), |_| ())?;
        if let (Some(_), Some(unit)) = (table.ptu.first(), table.capacity.first()) {
            let message =
                "a model is sold by side, as `[[model.ptu]]`, or in units, as `[[model.capacity]]`";
            return Err(file.invalid(unit.span().start, message.to_owned()));
        }
        checked.extend(units);
        laid.extend(lay_rows(
            &mut model.ptu,
            checked,
            |_| (),
            |&()| "ptu".to_owned(),
        ));
        let checked = rows(file, &table.reservation, |row| checker.ptu(row), |_| ())?;
        laid.extend(lay_rows(
            &mut model.reservation,
            checked,
            |_| (),
            |&()| "reservation".to_owned(),
        ));
        let checked = rows(
            file,
            &table.dtu,
            |row| checker.dtu(row),
            |row| row.spec.clone(),
        )?;
        laid.extend(lay_rows(
            &mut model.dtu,
            checked,
            |row| row.spec.clone(),
            |spec| format!("dtu {spec}"),
        ));
        let checked = rows(file, &table.mu, |row| checker.mu(row), |row| row.key())?;
        laid.extend(lay_rows(
            &mut model.mu,
            checked,
            |row| row.key(),
            |(spec, pd)| format!("mu {spec}{}", if *pd { " PD-separated" } else { "" }),
        ));
        let checked = rows(
            file,
            &table.fine_tuned,
            |row| checker.fine_tuned(row),
            |_| (),
        )?;
        laid.extend(lay_rows(
            &mut model.fine_tuned,
            checked,
            |_| (),
            |&()| "fine-tuned tokens".to_owned(),
        ));
        let checked = rows(file, &table.standard, |row| checker.standard(row), |_| ())?;
        laid.extend(lay_rows(
            &mut model.standard,
            checked,
            |_| (),
            |&()| "standard tokens".to_owned(),
        ));
        laid.extend(lay_capacities(
            file,
            table,
            &model.mu,
            &mut model.capacities,
        )?);
        if file.origin == Origin::User {
            if is_new {
                laid.insert(0, "adds the model".to_owned());
            }
            if laid.is_empty() && (table.name.is_some() || table.family.is_some()) {
                laid.push("renames".to_owned());
            }
            // Where no region is said, it is the first.
            let first = provider.regions.first().map(|first| &first.id);
            let place = match first == Some(&model.region) {
                true => String::new(),
                false => format!(" in {}", model.region),
            };
            self.changes.extend(laid.into_iter().map(|what| Change {
                file: file.name.clone(),
                model: model.code.clone(),
                region: model.region.clone(),
                what: format!("{what}{place}"),
            }));
        }
        Ok(())
    }
}

/// The region of a file's models: that which it names, or the first of its provider. A new one is added.
fn lay_region(
    regions: &mut Vec<Region>,
    table: &ProviderTable,
    missing: &impl Fn(&str) -> CatalogError,
) -> Result<String, CatalogError> {
    let name = table.region_name.as_ref().map(|name| &name.0.0);
    let Some(id) = table.region.as_ref().map(|region| &region.0.0) else {
        let first = regions.first_mut().ok_or_else(|| missing("region"))?;
        if let Some(name) = name {
            first.name.clone_from(name);
        }
        return Ok(first.id.clone());
    };
    match regions.iter_mut().find(|known| known.id == *id) {
        Some(known) => {
            if let Some(name) = name {
                known.name.clone_from(name);
            }
        }
        None => regions.push(Region {
            id: id.clone(),
            name: name.ok_or_else(|| missing("region_name"))?.clone(),
        }),
    }
    Ok(id.clone())
}

/// The service, once its source is known to be one.
fn checked_service(
    file: &ParsedFile,
    written: &Spanned<ServiceTable>,
    sources: &BTreeMap<String, Source>,
) -> Result<Service, CatalogError> {
    let source = &written.get_ref().source;
    if !sources.contains_key(source.get_ref()) {
        let name = printable(source.get_ref());
        let message = format!("no source `{name}`: define it as `[source.{name}]`");
        return Err(file
            .invalid(source.span().start, message)
            .because(Fault::Source));
    }
    service::service(file, written)
}
