//! `[billing]`: how a provider bills throughput and model units, from text to rules.

use toml::Spanned;

use super::check::Checker;
use super::error::CatalogError;
use super::file::{EarlyEndTable, MuBilling, ParsedFile, PtuBilling, RenewalBilling};
use super::model::EarlyEndRow;
use super::text::{Read, printable};
use crate::billing::calendar::ExpiryRules;
use crate::billing::early_end::{EarlyEnd, Settlement};
use crate::billing::exact;
use crate::billing::renewal::RenewalRules;
use crate::billing::term::{Increment, Span};
use crate::billing::{mu, ptu};

/// The rules of throughput. Where they are to be `whole`, nothing may be missing; the calendar of
/// a subscription is whole or not there at all.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is missing or wrong.
pub fn ptu_rules(
    file: &ParsedFile,
    written: &Spanned<PtuBilling>,
    whole: bool,
) -> Result<ptu::Rules, CatalogError> {
    let table = written.get_ref();
    let missing = |field: &str| {
        let message = format!("missing field `{field}`");
        file.invalid(written.span().start, message)
    };
    let needs = |there: bool, field: &str| match there || !whole {
        true => Ok(()),
        false => Err(missing(field)),
    };
    needs(table.increment.is_some(), "increment")?;
    needs(table.input_step.is_some(), "input_step")?;
    needs(table.output_step.is_some(), "output_step")?;
    needs(table.overdue_retention.is_some(), "overdue_retention")?;
    let ends = (
        &table.late_order_after,
        &table.expires_at,
        &table.grace,
        &table.retention,
    );
    let expiry = match ends {
        (None, None, None, None) if !whole => None,
        (late_after, expires_at, grace, retention) => {
            let grace = grace.as_ref();
            let retention = retention.as_ref();
            Some(ExpiryRules {
                late_after: late_after
                    .as_ref()
                    .ok_or_else(|| missing("late_order_after"))?
                    .0,
                expires_at: expires_at.as_ref().ok_or_else(|| missing("expires_at"))?.0,
                grace_hours: whole_hours(file, grace.ok_or_else(|| missing("grace"))?)?,
                retention_hours: whole_hours(file, retention.ok_or_else(|| missing("retention"))?)?,
            })
        }
    };
    let increment = table.increment.as_ref();
    let overdue = table.overdue_retention.as_ref();
    Ok(ptu::Rules {
        increment: increment
            .map(|increment| within_an_hour(file, increment))
            .transpose()?,
        // Without a step every number of TPM is for sale.
        input_step: table.input_step.as_ref().map_or(1, |step| step.0.0),
        output_step: table.output_step.as_ref().map_or(1, |step| step.0.0),
        overdue_hours: overdue.map(|hours| whole_hours(file, hours)).transpose()?,
        expiry,
        overdue_restored: false,
        // Which of the dated ones holds depends on the day.
        early_end: None,
    })
}

/// How renewals are charged.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn renewal_rules(
    checker: &Checker<'_>,
    written: &Spanned<RenewalBilling>,
) -> Result<RenewalRules, CatalogError> {
    let file = checker.file;
    let table = written.get_ref();
    checker.source(written.span().start, table.source.as_ref(), None)?;
    let tries = *table.tries.get_ref();
    if !(1..=1_000).contains(&tries) {
        let message = "a renewal is tried 1 to 1000 times".to_owned();
        return Err(file.invalid(table.tries.span().start, message));
    }
    let (from, to) = (table.first_try.0, table.last_try.get_ref().0);
    if to < from {
        let message = "`last_try` is before `first_try`".to_owned();
        return Err(file.invalid(table.last_try.span().start, message));
    }
    Ok(RenewalRules {
        days_before: whole_days(file, &table.charged_before)?,
        tries,
        from,
        to,
    })
}

/// Whether subscriptions can be ended early: each row either refuses it or settles what was used.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is missing or wrong.
pub fn early_ends(
    checker: &Checker<'_>,
    rows: &[Spanned<EarlyEndTable>],
) -> Result<Vec<EarlyEndRow>, CatalogError> {
    let file = checker.file;
    let mut checked: Vec<EarlyEndRow> = Vec::new();
    for row in rows {
        let at = row.span().start;
        let table = row.get_ref();
        let rule = match (table.refused, &table.factor, &table.factor_within) {
            (true, None, None) => EarlyEnd::Refused,
            (false, Some(factor), Some(within)) => EarlyEnd::Settled(Settlement {
                factor: factor.0,
                within_days: whole_days(file, within)?,
            }),
            _ => {
                let message = "write either `refused = true`, or `factor` and `factor_within`";
                return Err(file.invalid(at, message.to_owned()));
            }
        };
        let source = checker.source(at, table.source.as_ref(), table.from.as_ref())?;
        if checked.iter().any(|known| known.source.from == source.from) {
            let message = "there are two of these from the same day on";
            return Err(file.invalid(at, message.to_owned()));
        }
        checked.push(EarlyEndRow { rule, source });
    }
    Ok(checked)
}

/// The rules of model units.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn mu_rules(file: &ParsedFile, table: &MuBilling) -> Result<mu::Rules, CatalogError> {
    let rules = mu::Rules {
        increment: within_an_hour(file, &table.increment)?,
        overdue_hours: table
            .overdue_retention
            .as_ref()
            .map(|hours| whole_hours(file, hours))
            .transpose()?,
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

pub(super) fn whole_days(
    file: &ParsedFile,
    written: &Spanned<Read<Span>>,
) -> Result<u64, CatalogError> {
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
