//! Renews a subscription: what is charged for each term in place of one price for all of them.

use chrono::NaiveDate;

use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::line::LineItem;
use crate::billing::note::{Note, RenewalNote};
use crate::billing::quote::{Parameters, Quote};
use crate::billing::renewal::{PaidTerm, RenewalRules, Renewals, TermDays, TermLength};

/// A term with the lines that are charged for it.
#[derive(Debug, Clone)]
pub struct DueTerm {
    /// The days of the term, where the start is known.
    pub days: Option<TermDays>,
    /// The lines, at the prices of the day on which the term is charged.
    pub lines: Vec<LineItem>,
}

/// Replaces the lines of `quote`, which price all terms together as of `as_of`, with the lines that are
/// charged for each of the `due` terms.
///
/// # Errors
/// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly.
pub fn renewed(
    mut quote: Quote,
    length: TermLength,
    due: &[DueTerm],
    rules: Option<RenewalRules>,
    as_of: NaiveDate,
) -> Result<Quote, QuoteError> {
    let first = due.first().map(|term| term.lines.as_slice());
    let differs = |item: &LineItem| {
        let mut lines = first.unwrap_or_default().iter();
        lines.any(|line| line.id == item.id && line.unit_price != item.unit_price)
    };
    let priced_apart = quote.items.iter().any(differs).then_some(as_of);
    let own = |item: &LineItem| due.iter().any(|term| has(&term.lines, item.id));
    quote.items.retain(|item| !own(item));
    let runs = alike(due);
    let mut lines = Vec::new();
    for (first, terms) in &runs {
        let Some(term) = terms.first() else { continue };
        let count = u64::try_from(terms.len()).unwrap_or(u64::MAX);
        for line in &term.lines {
            let mut line = line.repeated(count)?;
            if runs.len() > 1 {
                line.description.push_str(&which(*first, terms.len()));
            }
            lines.push(line);
        }
    }
    lines.append(&mut quote.items);
    quote.items = lines;
    let mut terms = Vec::new();
    for (at, term) in due.iter().enumerate() {
        terms.push(PaidTerm {
            part: length.part(at),
            days: term.days,
            cost: exact::sum(term.lines.iter().map(|line| line.amount))?,
        });
    }
    let times = u32::try_from(due.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let changes = runs
        .iter()
        .skip(1)
        .map(|(first, _)| first.saturating_add(1));
    let changes: Vec<usize> = changes.collect();
    let of_reservation = matches!(
        quote.parameters,
        Parameters::Ptu {
            service: Some(_),
            ..
        }
    );
    quote.notes.push(match rules {
        Some(rules) => Note::Renewal(RenewalNote::Charged {
            rules,
            of_reservation,
        }),
        None => Note::Renewal(RenewalNote::Undocumented),
    });
    quote.notes.push(Note::Renewal(RenewalNote::Terms {
        months: matches!(length, TermLength::Months(_)),
        one_day: matches!(length, TermLength::Days(1, _)) && rules.is_some(),
    }));
    if !changes.is_empty() || priced_apart.is_some() {
        quote.notes.push(Note::Renewal(RenewalNote::Prices {
            changes,
            as_of: priced_apart,
        }));
    }
    quote.renewals = Some(Renewals {
        times,
        terms,
        rules,
    });
    match &mut quote.parameters {
        Parameters::Ptu { duration: own, .. } | Parameters::Mu { duration: own, .. } => {
            *own = length.iso();
        }
        Parameters::Tokens { .. } => {}
    }
    quote.summed()
}

fn has(lines: &[LineItem], id: &str) -> bool {
    lines.iter().any(|line| line.id == id)
}

/// Runs of terms with the same prices, each with the index of its first term.
fn alike(due: &[DueTerm]) -> Vec<(usize, &[DueTerm])> {
    let prices =
        |term: &DueTerm| -> Vec<_> { term.lines.iter().map(|line| line.unit_price).collect() };
    let mut at = 0_usize;
    due.chunk_by(|one, next| prices(one) == prices(next))
        .map(|terms| {
            let first = at;
            at = at.saturating_add(terms.len());
            (first, terms)
        })
        .collect()
}

/// What stands behind the name of a line: `, term 3`, `, terms 1–2`.
fn which(first: usize, count: usize) -> String {
    let from = first.saturating_add(1);
    match count {
        1 => format!(", term {from}"),
        _ => format!(", terms {from}–{}", first.saturating_add(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::which;

    #[test]
    fn terms_without_a_date_are_counted() {
        assert_eq!(which(0, 2), ", terms 1–2");
        assert_eq!(which(2, 1), ", term 3");
    }
}
