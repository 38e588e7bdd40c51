//! The sentences of a comparison, in the words that its formats share.

use rust_decimal::Decimal;

use super::CompareReport;
use crate::billing::exact::round2_or_more;
use crate::billing::money::Money;
use crate::billing::note::{FundingNote, Note};
use crate::billing::number::{counted, grouped, spoken};
use crate::billing::quote::{Parameters, Quote};
use crate::billing::rule::{Basis, Rule};
use crate::compare::{Caveat, Row, Traffic, compared};
use crate::report::words;

/// The purchase in a few words: `120K / 12K TPM`, `3 × MU1x8`, `by token`.
pub fn bought(row: &Row) -> String {
    match &row.quote.parameters {
        Parameters::Ptu {
            throughput,
            spec: Some(spec),
            ..
        } => format!("{throughput} {spec}"),
        Parameters::Ptu { throughput, .. } => throughput.to_string(),
        Parameters::Mu {
            replicas,
            spec,
            pd_separated,
            ..
        } => {
            let suffix = if *pd_separated { " PD" } else { "" };
            format!("{} × {spec}{suffix}", spoken(*replicas))
        }
        Parameters::Tokens { .. } => match &row.as_priced().savings {
            Some(savings) => format!(
                "{} a month for {}",
                Money {
                    amount: savings.plan.commitment,
                    currency: row.as_priced().currency,
                }
                .precise(),
                counted(savings.plan.term_months.into(), "month")
            ),
            None => "by token".to_owned(),
        },
    }
}

/// The break-even points, without those that depend on the capacity of a replica: these are in the
/// lines of the unranked options.
pub fn point_lines(report: &CompareReport) -> Vec<String> {
    let points = report.comparison.break_even.iter();
    let known = points.filter(|point| !point.needs_capacity());
    known.map(ToString::to_string).collect()
}

/// The rank of a row; empty where it has none.
pub fn rank(row: &Row) -> String {
    row.rank.map(|rank| rank.to_string()).unwrap_or_default()
}

/// Percent above the cheapest: `+12.5%`, from 1,000 on `12 ×` its total, empty for the cheapest itself.
pub fn above(row: &Row) -> String {
    match row.above_cheapest {
        Some(percent) if percent.is_zero() => String::new(),
        Some(percent) if percent >= Decimal::ONE_THOUSAND => words::times(percent),
        Some(percent) => {
            let shown = grouped(round2_or_more(percent), 2);
            format!("+{shown}%")
        }
        None => "-".to_owned(),
    }
}

pub fn remark(row: &Row, caveat: &Caveat) -> String {
    match row.cited(caveat.rule()) {
        Some(rule) => format!("{caveat} ({})", rule.id()),
        None => caveat.to_string(),
    }
}

/// Notes on prices that change in the time of a trace.
pub fn time_lines(report: &CompareReport) -> Vec<String> {
    note_lines(report, of_the_time)
}

/// Notes on the prices of what is read from a cache or written to it.
pub fn cache_lines(report: &CompareReport) -> Vec<String> {
    note_lines(report, |note| matches!(note.plain(), Note::Cache(_)))
}

/// What the documents of providers say of the reservations.
pub fn document_lines(report: &CompareReport) -> Vec<String> {
    note_lines(report, |note| matches!(note.plain(), Note::Says(_)))
}

/// Some notes, each once with the options that it holds for: by rank, or by name where they have none.
fn note_lines(report: &CompareReport, which: impl Fn(&Note) -> bool) -> Vec<String> {
    let comparison = &report.comparison;
    let mut found: Vec<(Vec<String>, &Note)> = Vec::new();
    let unranked = comparison.unranked.iter().map(|one| &one.row);
    let unranked = unranked.filter(|_| report.top.is_none());
    for row in report.shown().chain(unranked) {
        let name = match row.rank {
            Some(rank) => rank.to_string(),
            None => row.kind.name().to_owned(),
        };
        for note in row.quote.notes.iter().filter(|note| which(note)) {
            match found.iter_mut().find(|(_, known)| *known == note) {
                Some((names, _)) if names.contains(&name) => {}
                Some((names, _)) => names.push(name.clone()),
                None => found.push((vec![name.clone()], note)),
            }
        }
    }
    let line = |(names, note): &(Vec<String>, &Note)| format!("{}: {note}", names.join(", "));
    found.iter().map(line).collect()
}

/// Whether a note says which day's prices are used.
fn of_the_time(note: &Note) -> bool {
    matches!(
        note,
        Note::PricesChange { .. } | Note::BoughtOn { .. } | Note::AsOfOneDay { .. }
    )
}

/// For each option who pays for its tokens, and the notes on free quota and packages.
pub fn funding_lines(report: &CompareReport) -> Vec<String> {
    let mut lines = Vec::new();
    for row in report.shown() {
        let Some(result) = &row.quote.funding else {
            continue;
        };
        lines.push(format!("{}: {}", rank(row), words::funding(result)));
        for note in row.quote.notes.iter().filter(|note| of_the_sources(note)) {
            let mark = match note.basis() {
                Basis::Reading => ", a reading",
                Basis::Literal | Basis::Given => "",
            };
            let rule = note.rule().id();
            lines.push(format!("{}: {note} ({rule}{mark})", rank(row)));
        }
    }
    lines
}

/// Whether a note is about a free quota or a package.
fn of_the_sources(note: &Note) -> bool {
    matches!(
        note.plain(),
        Note::Funding {
            what: FundingNote::FreeShared { .. }
                | FundingNote::FreeActivated { .. }
                | FundingNote::ShownAfter(_)
                | FundingNote::FreeOutOfScope { .. }
                | FundingNote::Cache { .. }
                | FundingNote::FreeExpired { .. }
                | FundingNote::FreeUsedUp { .. }
                | FundingNote::PackageExpired { .. }
                | FundingNote::Lapses { .. }
                | FundingNote::RunsOut { .. }
                | FundingNote::NotServed { .. }
                | FundingNote::StopSwitch
                | FundingNote::StopsNothing { .. },
            ..
        }
    )
}

pub fn workload_line(report: &CompareReport) -> String {
    let comparison = &report.comparison;
    let assumed = comparison.assumed_modes();
    let assumed: Vec<&str> = assumed.iter().map(|mode| mode.name()).collect();
    let mode = match (comparison.mode, assumed.is_empty()) {
        (Some(mode), _) => format!(" ({})", mode.name()),
        (None, true) => String::new(),
        (None, false) => format!(" ({}, assumed)", assumed.join(" and ")),
    };
    let number = |count: u64| grouped(count.into(), 0);
    let sums = |what| {
        let totals = &comparison.totals;
        format!(
            "{}, {} tokens in{}, {} out",
            counted(totals.requests, what),
            number(totals.tokens.input),
            totals.tokens.of_cache_said(number),
            number(totals.tokens.output),
        )
    };
    match &comparison.traffic {
        Traffic::Steady(workload) => format!(
            "{} a minute of {}{mode}, {} a day for {}: {}",
            rate(workload.load.rpm),
            workload.load.per_request.said(spoken),
            workload.hours_per_day,
            counted(workload.days, "day"),
            sums("request"),
        ),
        Traffic::Recorded(trace) => {
            let span = match trace.scale {
                Some(scale) => format!("{} {}", scale.what(), scale.taken()),
                None => compared(trace.minutes),
            };
            let calls = match trace.load {
                Some(_) => "Calls of the load",
                None => "Recorded calls",
            };
            format!("{calls}{mode} of {span}: {}", sums("call"))
        }
    }
}

pub fn sources(report: &CompareReport) -> Vec<String> {
    let quotes = || report.comparison.priced().map(Row::as_priced);
    let items = quotes().flat_map(|quote| &quote.items);
    let cited = |row: &Row| {
        let rules = row.caveats.iter().map(|caveat| row.cited(caveat.rule()));
        rules.flatten().collect::<Vec<Rule>>()
    };
    let caveats = report.comparison.priced().flat_map(cited);
    report.catalog.sources(
        items.filter_map(|item| item.source.as_ref()),
        quotes()
            .flat_map(Quote::documents)
            .chain(caveats.filter_map(Rule::document)),
    )
}

/// `1 request`, `1,200 requests`, `0.5 requests`.
fn rate(rpm: Decimal) -> String {
    match rpm == Decimal::ONE {
        true => "1 request".to_owned(),
        false => format!("{} requests", grouped(rpm, rpm.normalize().scale())),
    }
}
