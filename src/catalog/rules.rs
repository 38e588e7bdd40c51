//! `[billing]`: how a provider bills throughput and model units, from text to rules.

use toml::Spanned;

use super::check::Checker;
use super::error::CatalogError;
use super::file::ParsedFile;
use super::model::{EarlyEndRow, RegionRule};
use super::tables::{
    DtuBilling, EarlyEndTable, MuBilling, PtuBilling, RefusalTable, RegionRuleTable, RenewalBilling,
};
use super::text::{Read, printable};
use crate::billing::calendar::ExpiryRules;
use crate::billing::early_end::{EarlyEnd, Settlement};
use crate::billing::exact;
use crate::billing::quote::Source;
use crate::billing::renewal::RenewalRules;
use crate::billing::term::{Increment, Span};
use crate::billing::{dedicated, mu, ptu};

/// The rules of throughput. What the file leaves out is as it is `known`, or not documented; the
/// calendar of a subscription is whole or not there at all.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn ptu_rules(
    file: &ParsedFile,
    written: &Spanned<PtuBilling>,
    known: Option<ptu::Rules>,
) -> Result<ptu::Rules, CatalogError> {
    let table = written.get_ref();
    // Which of the dated rules holds depends on the day.
    let mut rules = known.unwrap_or_default();
    if let Some(increment) = &table.increment {
        rules.increment = Some(within_an_hour(file, increment)?);
    }
    if let Some(step) = &table.input_step {
        rules.input_step = step.0.0;
    }
    if let Some(step) = &table.output_step {
        rules.output_step = step.0.0;
    }
    if let Some(hours) = &table.overdue_retention {
        rules.overdue_hours = Some(whole_hours(file, hours)?);
    }
    let ends = (
        &table.late_order_after,
        &table.expires_at,
        &table.grace,
        &table.retention,
    );
    if !matches!(ends, (None, None, None, None)) {
        let missing = |field: &str| {
            let message = format!("missing field `{field}`");
            file.invalid(written.span().start, message)
        };
        let (late_after, expires_at, grace, retention) = ends;
        let late_after = late_after.as_ref();
        let expires_at = expires_at.as_ref();
        let grace = grace.as_ref().ok_or_else(|| missing("grace"));
        let retention = retention.as_ref().ok_or_else(|| missing("retention"));
        rules.expiry = Some(ExpiryRules {
            late_after: late_after.ok_or_else(|| missing("late_order_after"))?.0,
            expires_at: expires_at.ok_or_else(|| missing("expires_at"))?.0,
            grace_hours: whole_hours(file, grace?)?,
            retention_hours: whole_hours(file, retention?)?,
        });
    }
    if let Some(scales) = table.scales_by_day {
        rules.scales_by_day = scales;
    }
    Ok(rules)
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

/// Since when calls beyond a reservation can be refused, as each edition has it.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn refusals(
    checker: &Checker<'_>,
    rows: &[Spanned<RefusalTable>],
) -> Result<Vec<Source>, CatalogError> {
    let read = |row: &Spanned<RefusalTable>| {
        let table = row.get_ref();
        checker.source(row.span().start, table.source.as_ref(), table.from.as_ref())
    };
    rows.iter().map(read).collect()
}

/// In which region models are, as each edition has it.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn region_rules(
    checker: &Checker<'_>,
    rows: &[Spanned<RegionRuleTable>],
) -> Result<Vec<RegionRule>, CatalogError> {
    let mut rules: Vec<RegionRule> = Vec::new();
    for row in rows {
        let (at, table) = (row.span().start, row.get_ref());
        let source = checker.source(at, table.source.as_ref(), table.from.as_ref())?;
        if rules.iter().any(|known| known.source.from == source.from) {
            let message = "there are two of these from the same day on";
            return Err(checker.file.invalid(at, message.to_owned()));
        }
        rules.push(RegionRule {
            only: table.only.as_ref().map(|region| region.0.0.clone()),
            of: table.of.iter().map(|method| method.0).collect(),
            source,
        });
    }
    Ok(rules)
}

/// The rules of model units. What the file leaves out is as it is `known`, or not documented; what a
/// cancellation costs is whole or not there at all.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn mu_rules(
    file: &ParsedFile,
    written: &Spanned<MuBilling>,
    known: Option<mu::Rules>,
) -> Result<mu::Rules, CatalogError> {
    let table = written.get_ref();
    let mut rules = known.unwrap_or_default();
    if let Some(increment) = &table.increment {
        rules.increment = Some(within_an_hour(file, increment)?);
    }
    if let Some(hours) = &table.overdue_retention {
        rules.overdue_hours = Some(whole_hours(file, hours)?);
    }
    if let Some(scales) = table.scales_out_by_day {
        rules.scales_out_by_day = scales;
    }
    let terms = (
        &table.cancellation_increment,
        &table.cancellation_factor,
        &table.cancellation_month,
        &table.cancellation_within,
    );
    if matches!(terms, (None, None, None, None)) {
        return Ok(rules);
    }
    let missing = |field: &str| {
        let message = format!("missing field `{field}`: what cancelling costs is told whole");
        file.invalid(written.span().start, message)
    };
    let (increment, factor, month, within) = terms;
    let increment = increment.as_ref();
    let increment = increment.ok_or_else(|| missing("cancellation_increment"))?;
    let factor = factor.as_ref();
    let factor = factor.ok_or_else(|| missing("cancellation_factor"))?.0;
    let month = month.as_ref();
    let month = month.ok_or_else(|| missing("cancellation_month"))?;
    let within = within.as_ref();
    let within = within.ok_or_else(|| missing("cancellation_within"))?;
    let terms = mu::CancellationRules {
        increment: increment.get_ref().0,
        factor,
        month_days: whole_days(file, month)?,
        within_days: whole_days(file, within)?,
    };
    let at = |message: &str, place: usize| Err(file.invalid(place, message.to_owned()));
    if terms.increment != Increment::Day {
        return at("used days are counted in `day`s", increment.span().start);
    }
    let rate = exact::div(terms.factor, terms.month_days);
    if !rate.is_ok_and(|rate| rate.exact) {
        return at(
            "`cancellation_factor` ÷ `cancellation_month` does not end as a decimal",
            month.span().start,
        );
    }
    rules.cancellation = Some(terms);
    Ok(rules)
}

/// The rules of dedicated throughput units. What the file leaves out is as it is `known`, or not documented; what
/// an early end costs is whole or not there at all.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn dtu_rules(
    file: &ParsedFile,
    written: &Spanned<DtuBilling>,
    known: Option<dedicated::Rules>,
) -> Result<dedicated::Rules, CatalogError> {
    let table = written.get_ref();
    let mut rules = known.unwrap_or_default();
    if let Some(most) = &table.most_months {
        if *most.get_ref() == 0 {
            let message = "a term has at least 1 month".to_owned();
            return Err(file.invalid(most.span().start, message));
        }
        rules.most_months = Some(*most.get_ref());
    }
    let (factor, month) = match (&table.cancellation_factor, &table.cancellation_month) {
        (None, None) => return Ok(rules),
        (Some(factor), Some(month)) => (factor.0, month),
        (factor, _) => {
            let field = match factor {
                None => "cancellation_factor",
                Some(_) => "cancellation_month",
            };
            let message = format!("missing field `{field}`: what cancelling costs is told whole");
            return Err(file.invalid(written.span().start, message));
        }
    };
    let early_end = dedicated::EarlyEnd {
        factor,
        month_days: whole_days(file, month)?,
    };
    let rate = exact::div(early_end.factor, early_end.month_days);
    if !rate.is_ok_and(|rate| rate.exact) {
        let message = "`cancellation_factor` ÷ `cancellation_month` does not end as a decimal";
        return Err(file.invalid(month.span().start, message.to_owned()));
    }
    rules.early_end = Some(early_end);
    Ok(rules)
}

pub(super) fn within_an_hour(
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

pub(super) fn whole_hours(
    file: &ParsedFile,
    written: &Spanned<Read<Span>>,
) -> Result<u32, CatalogError> {
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
