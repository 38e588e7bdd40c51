//! `[[billing.savings_plan]]`: the savings plans of a provider, from text to rules.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use toml::Spanned;

use super::check::Checker;
use super::error::CatalogError;
use super::model::{Dated, Model, Provider, in_force};
use super::tables::{SavingsBand, SavingsGroup, SavingsTable};
use super::text::{Read, Text, one_of, printable};
use crate::billing::number::counted;
use crate::billing::quote::Source;
use crate::billing::savings::{
    Asked, Band, Group, Payment, SavingsError, SavingsPlan, SavingsRules,
};

/// The most months of a term: a hundred years.
const MAX_MONTHS: u32 = 1_200;

impl Text for Payment {
    const EXPECTING: &'static str = "a way to pay such as `\"all-upfront\"`";

    fn parse(text: &str) -> Result<Self, String> {
        one_of(text, "a way to pay", Self::ALL, Self::name)
    }
}

impl Dated for SavingsRules {
    fn source(&self) -> &Source {
        &self.source
    }
}

impl Provider {
    /// The savings plans that are sold on `date`.
    ///
    /// # Errors
    /// [`SavingsError`] where none is known of it.
    pub fn savings_on(&self, date: NaiveDate) -> Result<&SavingsRules, SavingsError> {
        in_force(&self.savings, date).ok_or_else(|| {
            let first = self
                .savings
                .iter()
                .filter_map(|rules| rules.source.from)
                .min();
            match first {
                Some(first) => SavingsError::NotYet { as_of: date, first },
                None => SavingsError::NotSold {
                    provider: self.id.clone(),
                },
            }
        })
    }

    /// The savings plan that is asked for, for a model, as it is sold on `date`.
    ///
    /// # Errors
    /// [`SavingsError`] where it is not sold so, or no factor is known of the model.
    pub fn savings_plan(
        &self,
        asked: Asked,
        model: &Model,
        date: NaiveDate,
    ) -> Result<SavingsPlan, SavingsError> {
        let rules = self.savings_on(date)?;
        rules.plan(asked, &model.code, &model.family)
    }
}

/// The savings plans of a file.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn plans(
    checker: &Checker<'_>,
    rows: &[Spanned<SavingsTable>],
) -> Result<Vec<SavingsRules>, CatalogError> {
    let mut checked: Vec<SavingsRules> = Vec::new();
    for row in rows {
        let rules = plan(checker, row)?;
        let same = |known: &SavingsRules| known.source.from == rules.source.from;
        if checked.iter().any(same) {
            let message = "there are two of these from the same day on";
            return Err(checker.file.invalid(row.span().start, message.to_owned()));
        }
        checked.push(rules);
    }
    Ok(checked)
}

fn plan(checker: &Checker<'_>, row: &Spanned<SavingsTable>) -> Result<SavingsRules, CatalogError> {
    let (at, table) = (row.span().start, row.get_ref());
    let source = checker.source(at, table.source.as_ref(), table.from.as_ref())?;
    let smallest = above_none(checker, &table.smallest, "smallest")?;
    let step = above_none(checker, &table.step, "step")?;
    let terms = table.terms.get_ref();
    let of_terms = |message: &str| {
        let at = table.terms.span().start;
        Err(checker.file.invalid(at, message.to_owned()))
    };
    if terms.is_empty() {
        return of_terms("`terms` has no number of months");
    }
    if terms
        .iter()
        .any(|months| !(1..=MAX_MONTHS).contains(months))
    {
        return of_terms("a term has 1 to 1200 months");
    }
    if !terms.is_sorted_by(|one, next| one < next) {
        return of_terms("`terms` are in their order, the shortest first, each once");
    }
    let groups = groups(checker, &table.group)?;
    let bands = bands(checker, &table.band, &groups, terms.len())?;
    if bands.iter().all(|band| band.from > smallest) {
        let message = "no band has the `smallest` commitment: a `commitment_from` is not above it";
        return Err(checker.file.invalid(at, message.to_owned()));
    }
    Ok(SavingsRules {
        smallest,
        step,
        terms: terms.clone(),
        groups,
        bands,
        source,
    })
}

fn groups(
    checker: &Checker<'_>,
    rows: &[Spanned<SavingsGroup>],
) -> Result<Vec<Group>, CatalogError> {
    let mut groups: Vec<Group> = Vec::new();
    for row in rows {
        let table = row.get_ref();
        let mut group = Group {
            name: table.name.get_ref().0.0.clone(),
            families: Vec::new(),
            code_begins: Vec::new(),
        };
        if groups.iter().any(|known| known.name == group.name) {
            let message = format!("the group `{}` is there twice", group.name);
            return Err(checker.file.invalid(table.name.span().start, message));
        }
        let twice = |at: usize, what: &str, name: &str| {
            let message = format!("the {what} `{name}` is in a group already");
            Err(checker.file.invalid(at, message))
        };
        for family in &table.families {
            let name = &family.get_ref().0.0;
            let known = groups.iter().any(|group| group.families.contains(name));
            if known || group.families.contains(name) {
                return twice(family.span().start, "family", name);
            }
            group.families.push(name.clone());
        }
        for begin in &table.code_begins {
            let name = begin.get_ref().0.0.to_ascii_lowercase();
            let known = groups.iter().any(|group| group.code_begins.contains(&name));
            if known || group.code_begins.contains(&name) {
                return twice(begin.span().start, "beginning", &name);
            }
            group.code_begins.push(name);
        }
        groups.push(group);
    }
    Ok(groups)
}

fn bands(
    checker: &Checker<'_>,
    rows: &[Spanned<SavingsBand>],
    groups: &[Group],
    terms: usize,
) -> Result<Vec<Band>, CatalogError> {
    let file = checker.file;
    let mut bands: Vec<Band> = Vec::new();
    for row in rows {
        let table = row.get_ref();
        let from = above_none(checker, &table.commitment_from, "commitment_from")?;
        let payment = table.payment.0;
        if bands
            .iter()
            .any(|band| (band.payment, band.from) == (payment, from))
        {
            let message = "this band is there twice";
            return Err(file.invalid(row.span().start, message.to_owned()));
        }
        let at = table.factors.span().start;
        let written = table.factors.get_ref();
        let unknown = written
            .keys()
            .find(|name| groups.iter().all(|group| group.name != **name));
        if let Some(name) = unknown {
            let message = format!(
                "no group `{}`: define it as `[[billing.savings_plan.group]]`",
                printable(name)
            );
            return Err(file.invalid(at, message));
        }
        let mut factors = Vec::new();
        for group in groups {
            let Some(of_terms) = written.get(&group.name) else {
                let message = format!("missing factors of the group `{}`", group.name);
                return Err(file.invalid(at, message));
            };
            if of_terms.len() != terms {
                let message = format!(
                    "the group `{}` has {}, and there are {terms} `terms`",
                    group.name,
                    counted(u64::try_from(of_terms.len()).unwrap_or(u64::MAX), "factor")
                );
                return Err(file.invalid(at, message));
            }
            let of_terms = of_terms.iter().map(|written| factor(checker, written));
            factors.push(of_terms.collect::<Result<Vec<Decimal>, _>>()?);
        }
        bands.push(Band {
            payment,
            from,
            factors,
        });
    }
    Ok(bands)
}

/// A factor above 0 and up to 1, of few digits: a commitment is divided by it.
fn factor(
    checker: &Checker<'_>,
    written: &Spanned<Read<Decimal>>,
) -> Result<Decimal, CatalogError> {
    let factor = written.get_ref().0;
    let few = factor.normalize().scale() <= 6;
    match factor > Decimal::ZERO && factor <= Decimal::ONE && few {
        true => Ok(factor),
        false => Err(checker.file.invalid(
            written.span().start,
            "a factor is above 0 and at most 1, and has up to 6 decimals".to_owned(),
        )),
    }
}

fn above_none(
    checker: &Checker<'_>,
    written: &Spanned<Read<Decimal>>,
    field: &str,
) -> Result<Decimal, CatalogError> {
    let value = written.get_ref().0;
    match value > Decimal::ZERO {
        true => Ok(value),
        false => {
            let message = format!("`{field}` is above 0");
            Err(checker.file.invalid(written.span().start, message))
        }
    }
}
