//! A comparison in each format, and as a chart.

mod answer;
pub mod chart;
mod document;
mod json;
mod lines;
mod nearest;
mod sheet;
mod svg;
mod switches;

use rust_decimal::Decimal;

pub use lines::ChartData;
pub use svg::svg;

use super::document::Document;
use super::quotes::PricedQuote;
use super::render::csv::Sheet;
use super::render::{Report, View};
use super::{CatalogInfo, words};
use crate::billing::exact::{plain, round2_or_more};
use crate::billing::fx::Exchange;
use crate::billing::note::{FundingNote, Note, ToldNote, TraceNote};
use crate::billing::number::{counted, grouped};
use crate::billing::quote::{Method, Parameters, Quote};
use crate::billing::recorded::Recorded;
use crate::billing::rule::{Basis, Rule};
use crate::compare::{Caveat, CheapestOtherwise, Comparison, Doubt, Row, Traffic, Unranked};

/// A comparison and what else is said about it.
#[derive(Debug, Clone)]
pub struct CompareReport {
    /// The ranking and what follows from it.
    pub comparison: Comparison,
    /// The quotes of its rows, in order: in the currency of their prices, with totals in others.
    pub quotes: Vec<PricedQuote>,
    /// The quotes of the options that are not ranked.
    pub unranked: Vec<PricedQuote>,
    /// The rates of exchange that were given.
    pub rates: Vec<Exchange>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
    /// Whether a limit is exceeded.
    pub exceeded: bool,
    /// The number of ranked options to show; `None` for all.
    pub top: Option<usize>,
    /// The chart as text.
    pub chart: Option<String>,
    /// The chart as SVG.
    pub svg: Option<String>,
}

impl CompareReport {
    /// The ranked options that are shown.
    fn shown(&self) -> impl Iterator<Item = &Row> {
        let most = self.top.unwrap_or(usize::MAX);
        self.comparison.rows.iter().take(most)
    }
}

impl Report for CompareReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        Ok(document::document(self, view.depth()))
    }

    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        Ok(sheet::sheet(self))
    }

    fn json(&self) -> anyhow::Result<String> {
        json::render(self)
    }

    fn total(&self) -> Option<String> {
        let cheapest = self.comparison.rows.first()?;
        Some(plain(cheapest.quote.total))
    }
}

/// What is bought, in a few words: `120K / 12K TPM`, `3 × MU1x8`, `72M + 7.2M tokens`.
fn bought(row: &Row) -> String {
    use crate::billing::number::spoken;
    match &row.quote.parameters {
        Parameters::Ptu {
            input_tpm,
            output_tpm,
            ..
        } => format!("{} / {} TPM", spoken(*input_tpm), spoken(*output_tpm)),
        Parameters::Mu {
            replicas,
            spec,
            pd_separated,
            ..
        } => {
            let suffix = if *pd_separated { " PD" } else { "" };
            format!("{} × {spec}{suffix}", spoken(*replicas))
        }
        Parameters::Tokens { .. } => "by token".to_owned(),
    }
}

/// The break-even points, but for those that the capacity of a replica decides: from when on these pay
/// is said where they are not ranked.
fn point_lines(report: &CompareReport) -> Vec<String> {
    let points = report.comparison.break_even.iter();
    let known = points.filter(|point| !point.needs_capacity());
    known.map(ToString::to_string).collect()
}

/// The rank of a row; nothing where it has none.
fn rank(row: &Row) -> String {
    row.rank.map(|rank| rank.to_string()).unwrap_or_default()
}

/// What is not known to serve the workload, and from which capacity on it would pay, a line each.
fn unranked_lines(report: &CompareReport) -> Vec<String> {
    let comparison = &report.comparison;
    let several = comparison.of_several_models();
    let line = |one: &Unranked| {
        let row = &one.row;
        let now = if row.is_current { " (now)" } else { "" };
        let model = match several {
            true => format!(" of {}", row.quote.model.code),
            false => String::new(),
        };
        let total = row.quote.total_money();
        format!(
            "{}{now}, {}{model}, {total}: {}",
            row.kind.name(),
            bought(row),
            doubt(one)
        )
    };
    comparison.unranked.iter().map(line).collect()
}

/// Why options have no rank, each reason once with their names, and how to read from when on they pay.
fn not_ranked_lines(report: &CompareReport) -> Vec<String> {
    if report.top.is_some() {
        let shown = report.top.unwrap_or_default();
        let more = report.comparison.rows.len().saturating_sub(shown);
        let more = u64::try_from(more).unwrap_or(u64::MAX);
        return match more {
            0 => Vec::new(),
            more => vec![format!(
                "{} not shown: leave `--top` out to see all",
                counted(more, "option")
            )],
        };
    }
    let mut lines = Vec::new();
    let comparison = &report.comparison;
    for doubt in [
        Doubt::Capacity,
        Doubt::FineTunedOnly,
        Doubt::FineTunedPrice,
        Doubt::BaseModelOnly,
    ] {
        let of_doubt = || comparison.unranked.iter().filter(|one| one.doubt == doubt);
        let Some(first) = of_doubt().next() else {
            continue;
        };
        let mut names: Vec<&str> = Vec::new();
        for one in of_doubt() {
            if !names.contains(&one.row.kind.name()) {
                names.push(one.row.kind.name());
            }
        }
        let rule = first.row.cited(doubt.rule());
        let rule = rule
            .map(|rule| format!(" ({})", rule.id()))
            .unwrap_or_default();
        let mark = match doubt {
            Doubt::Capacity if of_doubt().all(|one| one.pays_from.is_none()) => "",
            Doubt::Capacity if has_dearer_tokens(comparison) => {
                "; `?` holds if one replica serves that much, for a larger load against tokens of the same model"
            }
            Doubt::Capacity => "; `?` holds if one replica serves that much",
            _ => "",
        };
        lines.push(format!(
            "Not ranked: {}: {doubt}{rule}{mark}",
            names.join(", ")
        ));
    }
    lines
}

/// Whether tokens of some model are not the cheapest: what pays against them is not the cheapest yet.
fn has_dearer_tokens(comparison: &Comparison) -> bool {
    let first = comparison.rows.first();
    comparison.of_several_models() || first.is_some_and(|row| row.quote.method != Method::Tokens)
}

/// What is not known of an option, and from when on it would pay all the same.
fn doubt(one: &Unranked) -> String {
    let mut text = match (one.pays_from, one.row.cited(one.doubt.rule())) {
        (Some(pays_from), _) => pays_from.to_string(),
        (None, Some(rule)) => format!("{} ({})", one.doubt, rule.id()),
        (None, None) if one.never_pays => {
            "does not pay: one replica costs more than the cheapest option".to_owned()
        }
        (None, None) => one.doubt.to_string(),
    };
    let assumed = |caveat: &&Caveat| matches!(caveat, Caveat::AssumedCurrent { .. });
    if let Some(caveat) = one.row.caveats.iter().find(assumed) {
        text.push_str(&format!("; {caveat}"));
    }
    text
}

/// Percent above the cheapest: `+12.5%`, from 1,000 on `12 ×` its total, nothing for the cheapest itself.
fn above(row: &Row) -> String {
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

/// The caveats of all rows, each once, with the ranks that they hold for.
fn caveats(report: &CompareReport) -> Vec<(Vec<usize>, String)> {
    let mut found: Vec<(Vec<usize>, String)> = Vec::new();
    for row in report.shown() {
        for caveat in &row.caveats {
            let said = remark(row, caveat);
            match found.iter_mut().find(|(_, known)| *known == said) {
                Some((ranks, _)) => ranks.extend(row.rank),
                None => found.push((row.rank.into_iter().collect(), said)),
            }
        }
    }
    found
}

/// A caveat as a line: `1, 3: …`.
fn caveat_line((ranks, said): &(Vec<usize>, String)) -> String {
    let ranks: Vec<String> = ranks.iter().map(ToString::to_string).collect();
    format!("{}: {}", ranks.join(", "), said)
}

/// A caveat with its rule.
fn remark(row: &Row, caveat: &Caveat) -> String {
    match row.cited(caveat.rule()) {
        Some(rule) => format!("{caveat} ({})", rule.id()),
        None => caveat.to_string(),
    }
}

/// What is said of prices that change in the time of a trace, each once with the options that it holds
/// for: by rank, or by name where they have none.
fn time_lines(report: &CompareReport) -> Vec<String> {
    let comparison = &report.comparison;
    let mut found: Vec<(Vec<String>, &Note)> = Vec::new();
    let unranked = comparison.unranked.iter().map(|one| &one.row);
    let unranked = unranked.filter(|_| report.top.is_none());
    for row in report.shown().chain(unranked) {
        let name = match row.rank {
            Some(rank) => rank.to_string(),
            None => row.kind.name().to_owned(),
        };
        for note in row.quote.notes.iter().filter(|note| of_the_time(note)) {
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

/// Who pays for the tokens of an option, what becomes of the free quota and the packages, and when
/// they end.
fn funding_lines(report: &CompareReport) -> Vec<String> {
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

/// Whether a note says what becomes of a free quota or a package.
fn of_the_sources(note: &Note) -> bool {
    matches!(
        note.plain(),
        Note::Funding {
            what: FundingNote::FreeShared { .. }
                | FundingNote::FreeActivated { .. }
                | FundingNote::ShownAfter(_)
                | FundingNote::FreeOutOfScope { .. }
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

/// The workload in a sentence.
fn workload_line(report: &CompareReport) -> String {
    use crate::billing::number::spoken;
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
            "{} {what}, {} tokens in, {} out",
            number(totals.requests),
            number(totals.input_tokens),
            number(totals.output_tokens),
        )
    };
    match &comparison.traffic {
        Traffic::Steady(workload) => format!(
            "{} requests a minute of {} input and {} output tokens{mode}, {} a day for {}: {}",
            plain(workload.load.rpm),
            spoken(workload.load.input_per_request),
            spoken(workload.load.output_per_request),
            workload.hours_per_day,
            counted(workload.days, "day"),
            sums("requests"),
        ),
        Traffic::Recorded(trace) => {
            let span = match trace.scale {
                Some(scale) => format!("{} {}", scale.what(), scale.taken()),
                None => counted(trace.minutes, "minute"),
            };
            format!("Recorded calls{mode} of {span}: {}", sums("calls"))
        }
    }
}

/// What was taken as given when a trace was read, a line each.
fn trace_lines(report: &CompareReport) -> Vec<String> {
    match &report.comparison.traffic {
        Traffic::Steady(_) => Vec::new(),
        Traffic::Recorded(trace) => {
            let (scaled, assumed): (Vec<_>, Vec<_>) = trace
                .assumed()
                .into_iter()
                .partition(|note| matches!(note, TraceNote::Scaled { .. }));
            let told = told_lines(report, trace);
            let otherwise = report.comparison.otherwise.iter();
            let scaled = scaled.iter().map(ToString::to_string);
            told.into_iter()
                .chain(scaled)
                .chain(otherwise.map(|other| otherwise_line(other, report)))
                .chain(assumed.iter().map(ToString::to_string))
                .collect()
        }
    }
}

/// What the calls of a trace tell and no option prices.
fn told_lines(report: &CompareReport, trace: &Recorded) -> Vec<String> {
    let (told, of) = (&trace.told, trace.total.calls);
    let rows = &report.comparison.rows;
    let several = rows
        .iter()
        .any(|row| row.quote.model.code != told.priced_as);
    let mut notes = told.notes(report.comparison.mode, of, several);
    let in_another = |row: &Row| {
        let mode = row.quote.parameters.mode();
        mode.is_some_and(|mode| told.in_another(mode).is_some())
    };
    if report.comparison.mode.is_none() && rows.iter().any(in_another) {
        notes.push(ToldNote::Modes {
            thinking: told.thinking,
            non_thinking: told.non_thinking,
            of,
        });
    }
    notes.iter().map(ToString::to_string).collect()
}

/// Which option is the cheapest, were the days of the trace counted in another way.
fn otherwise_line(other: &CheapestOtherwise, report: &CompareReport) -> String {
    let CheapestOtherwise {
        how,
        scale,
        rank,
        total,
        sized,
    } = *other;
    let mut rows = report.comparison.rows.iter();
    let option = rows
        .find(|row| row.rank == Some(rank))
        .map(|row| row.kind.name());
    let note = TraceNote::Otherwise {
        how,
        scale,
        total: None,
        sized: false,
    };
    let too = if rank == 1 { ", too" } else { "" };
    let sizes = if sized { " at the same sizes" } else { "" };
    format!(
        "{note}: {rank} ({}) is the cheapest then{too}{sizes}, {total} in all",
        option.unwrap_or_default()
    )
}

/// How old the evidence of prices is, where that is to be known: each once.
fn ages(report: &CompareReport) -> Vec<String> {
    let quotes = report.comparison.priced().map(Row::as_priced);
    words::ages(quotes.flat_map(|quote| &quote.notes))
}

/// Where the options' prices were read, each once.
fn sources(report: &CompareReport) -> Vec<String> {
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
