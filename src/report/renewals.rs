//! The terms of a subscription that is renewed, in the words that tables and Markdown share.

use crate::billing::exact;
use crate::billing::money::{Currency, Money};
use crate::billing::number::counted;
use crate::billing::renewal::{PaidTerm, Renewals};
use crate::report::document::{Cell, Column, Table};

const MOST: usize = 6;

/// A table of the terms. Its last row is all of them.
pub fn table(renewals: &Renewals, currency: Currency) -> Table {
    let any = |test: fn(&PaidTerm) -> bool| renewals.terms.iter().any(test);
    let dated = any(|term| term.days.is_some());
    let clock = any(|term| last_moment(term).is_some());
    let mut titles = vec!["Term"];
    titles.extend(match (dated, clock) {
        (true, true) => &["First day", "Last moment"][..],
        (true, false) => &["First day", "Last day"],
        (false, _) => &["Time"],
    });
    titles.push("Charged");
    let columns = titles.into_iter().map(Column::text);
    let mut table = Table::new(columns.chain([Column::number("Cost")]).collect());
    let costs = costs(renewals, currency);
    for (at, (term, cost)) in renewals.terms.iter().zip(&costs).enumerate() {
        let mut row = vec![at.saturating_add(1).to_string()];
        match term.days {
            Some(days) => {
                row.push(days.first.to_string());
                row.push(last_moment(term).unwrap_or_else(|| days.last.to_string()));
            }
            None => row.push(term.part.clone()),
        }
        row.push(renewals.charged(at));
        row.push(cost.clone());
        table.row(row.into_iter().map(Cell::text).collect());
    }
    let mut last = vec![Cell::text("In all")];
    last.resize(table.columns.len().saturating_sub(1), Cell::Empty);
    last.extend(costs.last().map(Cell::number));
    table.row(last);
    table
}

fn last_moment(term: &PaidTerm) -> Option<String> {
    let expires = term.days?.expires?;
    Some(expires.format("%Y-%m-%d %H:%M").to_string())
}

/// The cost of each term and then of all, with every digit where rounded amounts would not add up.
fn costs(renewals: &Renewals, currency: Currency) -> Vec<String> {
    let money = |amount| Money { amount, currency };
    let each = || renewals.terms.iter().map(|term| money(term.cost));
    let all = exact::sum(renewals.terms.iter().map(|term| term.cost)).map(money);
    let adds_up = match all {
        Ok(all) => exact::sum(each().map(|cost| cost.shown())) == Ok(all.shown()),
        Err(_) => true,
    };
    each()
        .chain(all)
        .map(|cost| match adds_up {
            true => cost.to_string(),
            false => cost.precise(),
        })
        .collect()
}

/// The terms in a line: `3 terms: ¥70.00 on 2026-06-01, ¥70.00 on 2026-06-06, …`.
pub fn line(renewals: &Renewals, currency: Currency) -> String {
    let costs = costs(renewals, currency);
    let count = u64::try_from(renewals.terms.len()).unwrap_or(u64::MAX);
    let mut parts: Vec<String> = Vec::new();
    for (at, (term, cost)) in renewals.terms.iter().zip(&costs).enumerate().take(MOST) {
        let charged = renewals.charged(at);
        parts.push(match (term.days.and_then(|days| days.charged), at) {
            (Some(_), _) => format!("{cost} on {charged}"),
            (None, 0) => format!("{cost} {charged}"),
            (None, _) => format!("{cost} for {} ({charged})", term.part),
        });
    }
    let more = renewals.terms.len().saturating_sub(MOST);
    if more > 0 {
        parts.push(format!("and {more} more"));
    }
    format!("{}: {}", counted(count, "term"), parts.join(", "))
}
