//! `[[billing.ptu.says]]`: what a provider's documents say of its reservations, from text to notes.

use toml::Spanned;

use super::check::Checker;
use super::error::CatalogError;
use super::model::RegionalSays;
use super::tables::SaysTable;
use super::text::printable;
use crate::billing::note::SaysNote;
use crate::billing::ptu::{self, Period};
use crate::billing::rule::Rule;

/// The sentences of a file.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn says(
    checker: &Checker<'_>,
    provider: &str,
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
        let terms = table.terms.iter().map(term).collect::<Result<_, _>>()?;
        let source = checker.source(row.span().start, table.source.as_ref(), None)?;
        Ok(RegionalSays {
            what: ptu::Says {
                note: SaysNote {
                    rule: *rule,
                    text: table.text.0.0.clone(),
                    source,
                    always: table.terms.is_empty() && !table.overflow,
                },
                terms,
                on_overflow: table.overflow,
            },
            regions: table.regions.iter().map(|one| one.0.0.clone()).collect(),
        })
    };
    rows.iter().map(row).collect()
}
