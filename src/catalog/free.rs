//! `[billing.free]`: what a provider documents of its free quota, from text to rules.

use toml::Spanned;

use super::check::Checker;
use super::error::CatalogError;
use super::file::ParsedFile;
use super::rules::whole_days;
use super::tables::FreeBilling;
use super::text::{Name, Read};
use crate::billing::free::{FreePart, FreeRules, Words};

/// The free quota of a provider.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn free_part(checker: &Checker<'_>, table: &FreeBilling) -> Result<FreePart, CatalogError> {
    let file = checker.file;
    let mut rules: Vec<FreeRules> = Vec::new();
    for row in &table.rules {
        let at = row.span().start;
        let invalid = |at, message: &str| Err(file.invalid(at, message.to_owned()));
        let row = row.get_ref();
        let least = whole_days(file, &row.valid)?;
        let most = match &row.valid_up_to {
            Some(most) => whole_days(file, most)?,
            None => least,
        };
        if most < least {
            return invalid(at, "`valid_up_to` is less than `valid`");
        }
        if let Some(notice) = row.notices.iter().find(|notice| *notice.get_ref() > 100) {
            return invalid(notice.span().start, "more than 100 percent are never left");
        }
        let source = checker.source(at, row.source.as_ref(), row.from.as_ref())?;
        if rules.iter().any(|known| known.source.from == source.from) {
            return invalid(at, "there are two of these from the same day on");
        }
        rules.push(FreeRules {
            stop: row.stop.as_ref().map(|stop| stop.0.0.clone()),
            notices: row.notices.iter().map(|notice| *notice.get_ref()).collect(),
            valid_days: (least, most),
            shown_after: row.shown_after.0,
            overdue_blocks: row.overdue_blocks,
            not_fine_tuned: row.not_fine_tuned,
            source,
        });
    }
    let words = &table.words;
    Ok(FreePart {
        regions: table.regions.iter().map(|one| one.0.0.clone()).collect(),
        words: Words {
            free: word(file, &words.free)?,
            package: word(file, &words.package)?,
            postpaid: word(file, &words.postpaid)?,
            reservation: word(file, &words.reservation)?,
        },
        rules,
    })
}

/// A word as it stands in sentences, tables and Markdown alike: it means nothing in any of them.
fn word(file: &ParsedFile, written: &Spanned<Read<Name>>) -> Result<String, CatalogError> {
    let text = &written.get_ref().0.0;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-');
    match text.starts_with(char::is_alphabetic) && text.chars().all(plain) {
        true => Ok(text.clone()),
        false => Err(file.invalid(
            written.span().start,
            "a word begins with a letter and has letters, digits, spaces and `-`".to_owned(),
        )),
    }
}
