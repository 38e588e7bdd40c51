//! `[[billing.ptu.says]]`: what a provider's documents say of its reservations, from text to notes.

use toml::Spanned;

use super::check::Checker;
use super::error::CatalogError;
use super::model::{Region, RegionalSays};
use super::tables::SaysTable;
use super::text::{Code, Read, printable};
use crate::billing::note::SaysNote;
use crate::billing::ptu::{self, Period};
use crate::billing::rule::Rule;

/// The sentences of a file of a provider that has these regions.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn says(
    checker: &Checker<'_>,
    provider: &str,
    regions: &[Region],
    rows: &[Spanned<SaysTable>],
) -> Result<Vec<RegionalSays>, CatalogError> {
    let row = |row: &Spanned<SaysTable>| {
        let table = row.get_ref();
        let id = table.rule.get_ref();
        let mut rules = Rule::ALL.iter();
        let rule = rules.find(|rule| rule.id() == id && rule.cited_by(provider) == **rule);
        let rule = rule.ok_or_else(|| {
            let message = format!("`{}` is not a rule of `{provider}`", printable(id));
            checker.at(&table.rule, message)
        })?;
        let term = |written: &Spanned<String>| {
            let mut all = Period::ALL.into_iter();
            all.find(|period| period.name() == written.get_ref())
                .ok_or_else(|| {
                    let known = Period::ALL.map(|period| format!("`{}`", period.name()));
                    let message = format!(
                        "`{}` is not a term: it is one of {}",
                        printable(written.get_ref()),
                        known.join(", ")
                    );
                    checker.at(written, message)
                })
        };
        let region = |written: &Spanned<Read<Code>>| {
            let id = &written.get_ref().0.0;
            let mut all = regions.iter();
            let found = all.find(|known| known.id == *id);
            found.map(|known| known.id.clone()).ok_or_else(|| {
                let known = regions.iter().map(|known| format!("`{}`", known.id));
                let known: Vec<String> = known.collect();
                let message = format!(
                    "`{}` is not a region of `{provider}`: it is one of {}",
                    printable(id),
                    known.join(", ")
                );
                checker.at(written, message)
            })
        };
        let terms = named(checker, table.terms.as_ref(), "terms")?;
        let terms: Vec<Period> = terms.iter().map(term).collect::<Result<_, _>>()?;
        let regions = named(checker, table.regions.as_ref(), "regions")?;
        let source = checker.source(row.span().start, table.source.as_ref(), None)?;
        Ok(RegionalSays {
            what: ptu::Says {
                note: SaysNote {
                    rule: *rule,
                    text: table.text.0.0.clone(),
                    source,
                    always: terms.is_empty() && !table.overflow,
                },
                terms,
                on_overflow: table.overflow,
            },
            regions: regions.iter().map(region).collect::<Result<_, _>>()?,
        })
    };
    rows.iter().map(row).collect()
}

/// What a key names: nothing where it is left out, and else at least one.
fn named<'a, T>(
    checker: &Checker<'_>,
    written: Option<&'a Spanned<Vec<T>>>,
    key: &str,
) -> Result<&'a [T], CatalogError> {
    match written {
        None => Ok(&[]),
        Some(written) if written.get_ref().is_empty() => {
            let message = format!("`{key}` names none: leave it out where it is said of all");
            Err(checker.at(written, message))
        }
        Some(written) => Ok(written.get_ref()),
    }
}
