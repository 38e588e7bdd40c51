//! Laying a file over what is known: providers, then models, then their prices.
//!
//! A row without `from` replaces all prices of its kind (for model units, of its specification); a
//! row with `from` is appended, or replaces the row with the same date.

use chrono::NaiveDate;
use toml::Spanned;

use super::check::{self, Checker};
use super::error::CatalogError;
use super::file::{ModelTable, MuBilling, Origin, ParsedFile, PtuBilling};
use super::model::{Change, Dated, Model, Provider};
use super::text::Read;
use super::{Catalog, printable};
use crate::billing::calendar::ExpiryRules;
use crate::billing::exact;
use crate::billing::term::{Increment, Span};
use crate::billing::{mu, ptu};

impl Catalog {
    /// Lays `file` over what is known.
    ///
    /// # Errors
    /// [`CatalogError::Invalid`] at the first thing that is wrong. The catalog is then of no use.
    pub(super) fn lay(&mut self, file: &ParsedFile) -> Result<(), CatalogError> {
        let version = &file.content.version;
        if *version.get_ref() != 1 {
            return Err(file.invalid(
                version.span().start,
                format!("version {} is not known: it is 1", version.get_ref()),
            ));
        }
        let provider = self.lay_provider(file)?;
        let mut seen: Vec<String> = Vec::new();
        for table in &file.content.model {
            let code = &table.code.get_ref().0.0;
            let lower = code.to_ascii_lowercase();
            if seen.contains(&lower) {
                let at = table.code.span().start;
                return Err(file.invalid(at, format!("the model `{code}` is in this file twice")));
            }
            seen.push(lower);
            self.lay_model(file, table, &provider)?;
        }
        match self
            .providers
            .iter_mut()
            .find(|known| known.id == provider.id)
        {
            Some(known) => *known = provider,
            None => self.providers.push(provider),
        }
        self.files.push(file.name.clone());
        Ok(())
    }

    fn lay_provider(&self, file: &ParsedFile) -> Result<Provider, CatalogError> {
        let table = &file.content.provider;
        let id = &table.id.get_ref().0.0;
        let known = self.providers.iter().find(|known| known.id == *id);
        let missing = |field: &str| {
            let message = format!("the provider `{id}` is new, so it needs `{field}`");
            file.invalid(table.id.span().start, message)
        };
        let currency = table.currency.as_ref().map(|currency| currency.get_ref().0);
        if let (Some(known), Some(currency), Some(written)) = (known, currency, &table.currency)
            && known.currency != currency
        {
            return Err(file.invalid(
                written.span().start,
                format!(
                    "the prices of `{id}` are in {}, and a provider has one currency",
                    known.currency
                ),
            ));
        }
        let text = |own: Option<String>, of_known: Option<&String>, field: &str| {
            own.or_else(|| of_known.cloned())
                .ok_or_else(|| missing(field))
        };
        let mut provider = Provider {
            id: id.clone(),
            name: text(
                table.name.as_ref().map(|name| name.0.0.clone()),
                known.map(|known| &known.name),
                "name",
            )?,
            region: text(
                table.region.as_ref().map(|region| region.0.0.clone()),
                known.map(|known| &known.region),
                "region",
            )?,
            region_name: text(
                table.region_name.as_ref().map(|name| name.0.0.clone()),
                known.map(|known| &known.region_name),
                "region_name",
            )?,
            currency: currency
                .or(known.map(|known| known.currency))
                .ok_or_else(|| missing("currency"))?,
            ptu: known.and_then(|known| known.ptu),
            mu: known.and_then(|known| known.mu),
            batch: known.and_then(|known| known.batch),
            sources: known.map(|known| known.sources.clone()).unwrap_or_default(),
        };
        let billing = &file.content.billing;
        if let Some(table) = &billing.ptu {
            provider.ptu = Some(ptu_rules(file, table)?);
        }
        if let Some(table) = &billing.mu {
            provider.mu = Some(mu_rules(file, table)?);
        }
        if let Some(table) = &billing.tokens {
            provider.batch = Some(table.batch.0);
        }
        for (key, table) in &file.content.source {
            provider
                .sources
                .insert(key.clone(), check::source(file, table)?);
        }
        Ok(provider)
    }

    fn lay_model(
        &mut self,
        file: &ParsedFile,
        table: &ModelTable,
        provider: &Provider,
    ) -> Result<(), CatalogError> {
        let code = &table.code.get_ref().0.0;
        let found = self
            .models
            .iter()
            .position(|model| model.code.eq_ignore_ascii_case(code));
        let mut model = match found.and_then(|at| self.models.get(at)) {
            Some(known) if known.provider != provider.id => {
                let message = format!("the model `{code}` is sold by `{}`", known.provider);
                return Err(file.invalid(table.code.span().start, message));
            }
            Some(known) => known.clone(),
            None => Model {
                provider: provider.id.clone(),
                code: code.clone(),
                name: code.clone(),
                family: provider.name.clone(),
                ptu: Vec::new(),
                mu: Vec::new(),
                fine_tuned: Vec::new(),
                standard: Vec::new(),
            },
        };
        if let Some(name) = &table.name {
            model.name.clone_from(&name.0.0);
        }
        if let Some(family) = &table.family {
            model.family.clone_from(&family.0.0);
        }
        self.lay_prices(file, table, provider, &mut model, found.is_none())?;
        match found.and_then(|at| self.models.get_mut(at)) {
            Some(known) => *known = model,
            None => self.models.push(model),
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
        };
        for (rows, rules, key) in [
            (
                table.ptu.first().map(|row| row.span().start),
                provider.ptu.is_some(),
                "ptu",
            ),
            (
                table.mu.first().map(|row| row.span().start),
                provider.mu.is_some(),
                "mu",
            ),
        ] {
            if let (Some(at), false) = (rows, rules) {
                let message = format!(
                    "`{}` has no `[billing.{key}]`, which says how it is billed",
                    provider.id
                );
                return Err(file.invalid(at, message));
            }
        }
        let mut laid = Vec::new();
        let checked = rows(file, &table.ptu, |row| checker.ptu(row), |_| ())?;
        laid.extend(lay_rows(
            &mut model.ptu,
            checked,
            |_| (),
            |()| "ptu".to_owned(),
        ));
        let checked = rows(file, &table.mu, |row| checker.mu(row), |row| row.key())?;
        laid.extend(lay_rows(
            &mut model.mu,
            checked,
            |row| row.key(),
            |(spec, pd)| format!("mu {spec}{}", if pd { " PD-separated" } else { "" }),
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
            |()| "fine-tuned tokens".to_owned(),
        ));
        let checked = rows(file, &table.standard, |row| checker.standard(row), |_| ())?;
        laid.extend(lay_rows(
            &mut model.standard,
            checked,
            |_| (),
            |()| "standard tokens".to_owned(),
        ));
        if file.origin == Origin::User {
            if is_new {
                laid.insert(0, "adds the model".to_owned());
            }
            if laid.is_empty() && (table.name.is_some() || table.family.is_some()) {
                laid.push("renames".to_owned());
            }
            self.changes.extend(laid.into_iter().map(|what| Change {
                file: file.name.clone(),
                model: model.code.clone(),
                what,
            }));
        }
        Ok(())
    }
}

/// Checks the rows of one kind in one file: no two of the same offer and date.
fn rows<Table, Row: Dated, Key: PartialEq>(
    file: &ParsedFile,
    tables: &[Spanned<Table>],
    check: impl Fn(&Spanned<Table>) -> Result<Row, CatalogError>,
    key: impl Fn(&Row) -> Key,
) -> Result<Vec<Row>, CatalogError> {
    let mut checked: Vec<Row> = Vec::new();
    for table in tables {
        let row = check(table)?;
        let same =
            |known: &Row| key(known) == key(&row) && known.source().from == row.source().from;
        if checked.iter().any(same) {
            let message = "this price is in the file twice: a second one has another `from`";
            return Err(file.invalid(table.span().start, message.to_owned()));
        }
        checked.push(row);
    }
    Ok(checked)
}

/// Lays `new` rows over `known` ones, and says what that did.
fn lay_rows<Row: Dated, Key: PartialEq + Copy>(
    known: &mut Vec<Row>,
    new: Vec<Row>,
    key: impl Fn(&Row) -> Key,
    name: impl Fn(Key) -> String,
) -> Vec<String> {
    let mut laid = Vec::new();
    let starts: Vec<(Key, Option<NaiveDate>)> = new
        .iter()
        .map(|row| (key(row), row.source().from))
        .collect();
    // Rows without a date first: a dated row of the same file is not replaced by them.
    for (of, _) in starts.iter().filter(|(_, from)| from.is_none()) {
        let before = known.len();
        known.retain(|row| key(row) != *of);
        let verb = if known.len() < before {
            "replaces"
        } else {
            "adds"
        };
        laid.push(format!("{verb} {}", name(*of)));
    }
    for (of, from) in &starts {
        if let Some(date) = from {
            let before = known.len();
            known.retain(|row| key(row) != *of || row.source().from != *from);
            let verb = if known.len() < before {
                "replaces"
            } else {
                "appends"
            };
            laid.push(format!("{verb} {} from {date}", name(*of)));
        }
    }
    known.extend(new);
    laid
}

fn ptu_rules(file: &ParsedFile, table: &PtuBilling) -> Result<ptu::Rules, CatalogError> {
    Ok(ptu::Rules {
        increment: within_an_hour(file, &table.increment)?,
        input_step: table.input_step.0.0,
        output_step: table.output_step.0.0,
        overdue_hours: whole_hours(file, &table.overdue_retention)?,
        expiry: ExpiryRules {
            late_after: table.late_order_after.0,
            expires_at: table.expires_at.0,
            grace_hours: whole_hours(file, &table.grace)?,
            retention_hours: whole_hours(file, &table.retention)?,
        },
    })
}

fn mu_rules(file: &ParsedFile, table: &MuBilling) -> Result<mu::Rules, CatalogError> {
    let rules = mu::Rules {
        increment: within_an_hour(file, &table.increment)?,
        cancellation_increment: table.cancellation_increment.get_ref().0,
        cancellation_factor: table.cancellation_factor.0,
        cancellation_month_days: whole_days(file, &table.cancellation_month)?,
        cancellation_within_days: whole_days(file, &table.cancellation_within)?,
    };
    let at = |message: &str, place: usize| Err(file.invalid(place, message.to_owned()));
    if rules.cancellation_increment != Increment::Day {
        let place = table.cancellation_increment.span().start;
        return at("used days are counted in `day`s", place);
    }
    let rate = exact::div(rules.cancellation_factor, rules.cancellation_month_days);
    if !rate.is_ok_and(|rate| rate.exact) {
        let place = table.cancellation_month.span().start;
        return at(
            "`cancellation_factor` ÷ `cancellation_month` does not end as a decimal",
            place,
        );
    }
    Ok(rules)
}

fn within_an_hour(
    file: &ParsedFile,
    written: &Spanned<Read<Increment>>,
) -> Result<Increment, CatalogError> {
    match written.get_ref().0 {
        Increment::Day => Err(file.invalid(
            written.span().start,
            "pay-as-you-go is billed by the `minute` or the `hour`".to_owned(),
        )),
        increment => Ok(increment),
    }
}

fn whole_hours(file: &ParsedFile, written: &Spanned<Read<Span>>) -> Result<u32, CatalogError> {
    whole(file, written, Increment::Hour)
        .and_then(|hours| u32::try_from(hours).map_err(|_| not_whole(file, written, "hour")))
}

fn whole_days(file: &ParsedFile, written: &Spanned<Read<Span>>) -> Result<u64, CatalogError> {
    whole(file, written, Increment::Day)
}

fn whole(
    file: &ParsedFile,
    written: &Spanned<Read<Span>>,
    increment: Increment,
) -> Result<u64, CatalogError> {
    let span: Span = written.get_ref().0;
    match increment.bill(span) {
        Ok(billed) if !billed.rounded_up && billed.count > 0 => Ok(billed.count),
        _ => Err(not_whole(file, written, increment.noun())),
    }
}

fn not_whole(file: &ParsedFile, written: &Spanned<Read<Span>>, noun: &str) -> CatalogError {
    let text = printable(&written.get_ref().0.to_string());
    file.invalid(
        written.span().start,
        format!("`{text}` is not a positive whole number of {noun}s"),
    )
}
