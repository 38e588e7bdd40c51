//! `[billing.reservation]`: how throughput reservations are sold, from text to rules.

use toml::Spanned;

use super::check::Checker;
use super::error::CatalogError;
use super::rules::{whole_days, whole_hours, within_an_hour};
use super::tables::SaleBilling;
use crate::billing::calendar::ExpiryRules;
use crate::billing::early_end::Settlement;
use crate::billing::speed::{BlockRules, SaleRules};

/// The rules. What belongs together is told whole: a block, the end of a term, and what an early end settles.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn sale_rules(
    checker: &Checker<'_>,
    written: &Spanned<SaleBilling>,
) -> Result<SaleRules, CatalogError> {
    let file = checker.file;
    let table = written.get_ref();
    let at = written.span().start;
    let source = checker.source(at, table.source.as_ref(), None)?;
    let together = |keys: &[(&str, bool)]| {
        let missing = keys.iter().find(|(_, given)| !given);
        let any = keys.iter().any(|(_, given)| *given);
        match missing.filter(|_| any) {
            Some((key, _)) => Err(file.invalid(at, format!("missing field `{key}`"))),
            None => Ok(()),
        }
    };
    together(&[
        ("input_smallest", table.input_smallest.is_some()),
        ("output_smallest", table.output_smallest.is_some()),
    ])?;
    together(&[
        ("block", table.block.is_some()),
        ("blocks_ordered_from", table.blocks_ordered_from.is_some()),
    ])?;
    together(&[
        ("late_order_after", table.late_order_after.is_some()),
        ("expires_at", table.expires_at.is_some()),
        ("renewable", table.renewable.is_some()),
    ])?;
    together(&[
        ("early_end_factor", table.early_end_factor.is_some()),
        ("early_end_within", table.early_end_within.is_some()),
    ])?;
    let mut rules = SaleRules {
        known_from: source.first_evidence(),
        ..SaleRules::default()
    };
    if let Some(increment) = &table.increment {
        rules.increment = Some(within_an_hour(file, increment)?);
    }
    if let (Some(input), Some(output)) = (&table.input_smallest, &table.output_smallest) {
        rules.smallest = [input.get_ref().0.0, output.get_ref().0.0];
    }
    if let Some(days) = &table.days_up_to {
        let up_to = *days.get_ref();
        if up_to == 0 {
            let message = "terms are at least a day".to_owned();
            return Err(file.invalid(days.span().start, message));
        }
        rules.days_up_to = Some(up_to);
    }
    let longer = table.longer_days.as_ref().map(Spanned::get_ref);
    let longer = longer.map_or(&[][..], Vec::as_slice);
    let rises = longer.iter().zip(longer.iter().skip(1));
    let beyond = longer.first().zip(rules.days_up_to);
    let in_order = rises.into_iter().all(|(one, next)| one < next);
    let is_longer = longer.is_empty() || beyond.is_some_and(|(first, up_to)| *first > up_to);
    if !in_order || !is_longer {
        let message = "`longer_days` are more than `days_up_to`, the shortest first".to_owned();
        let place = table
            .longer_days
            .as_ref()
            .map_or(at, |days| days.span().start);
        return Err(file.invalid(place, message));
    }
    longer.clone_into(&mut rules.longer_days);
    if let (Some(share), Some(from)) = (&table.block, &table.blocks_ordered_from) {
        rules.block = Some(BlockRules {
            of_a_day: share.get_ref().0,
            ordered_from: from.0,
        });
    }
    if let (Some(late), Some(expires), Some(renewable)) =
        (&table.late_order_after, &table.expires_at, &table.renewable)
    {
        rules.expiry = Some(ExpiryRules {
            late_after: late.0,
            expires_at: expires.0,
            // The service stops as it expires.
            grace_hours: 0,
            retention_hours: whole_hours(file, renewable)?,
        });
    }
    if let (Some(factor), Some(within)) = (&table.early_end_factor, &table.early_end_within) {
        rules.settlement = Some(Settlement {
            factor: factor.0,
            within_days: whole_days(file, within)?,
        });
    }
    Ok(rules)
}
