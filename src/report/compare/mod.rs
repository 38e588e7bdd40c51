//! A comparison in each format, and as a chart.

pub mod chart;
mod csv;
mod json;
mod markdown;
mod paper;
mod svg;
mod switches;
mod table;

use rust_decimal::Decimal;

pub use svg::svg;

use super::quotes::PricedQuote;
use super::{CatalogInfo, Format, Style, words};
use crate::billing::exact::round2_or_more;
use crate::billing::fx::Exchange;
use crate::billing::money::Currency;
use crate::billing::note::Note;
use crate::billing::number::grouped;
use crate::billing::quote::Parameters;
use crate::compare::{Caveat, Comparison, Crossing, Curve, Row, Traffic};

/// A comparison and what else is said about it.
#[derive(Debug, Clone)]
pub struct CompareReport {
    /// The ranking and what follows from it.
    pub comparison: Comparison,
    /// The quotes of its rows in the currency of their prices, with their totals in others, in the
    /// same order.
    pub quotes: Vec<PricedQuote>,
    /// The rates of exchange that were given.
    pub rates: Vec<Exchange>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
}

/// What is drawn.
#[derive(Debug, Clone)]
pub struct ChartData {
    /// Above the chart.
    pub title: String,
    /// One an option, the cheapest at the workload first.
    pub curves: Vec<Curve>,
    /// Where they cross.
    pub crossings: Vec<Crossing>,
    /// The currency of all costs.
    pub currency: Currency,
    /// The load that was compared.
    pub workload_rpm: Decimal,
}

impl ChartData {
    /// The end of the axis: twice the workload, also where every curve ends before it.
    fn top_rpm(&self) -> Decimal {
        let twice = crate::billing::exact::mul(self.workload_rpm, Decimal::TWO);
        twice.unwrap_or(self.workload_rpm)
    }
}

/// The report as text, with a newline at its end.
///
/// # Errors
/// None that is not a bug: everything is computed.
pub fn render(report: &CompareReport, format: Format, style: Style) -> anyhow::Result<String> {
    match format {
        Format::Table => Ok(table::render(report, style)),
        Format::Json => json::render(report),
        Format::Csv => csv::render(report),
        Format::Markdown => Ok(markdown::render(report)),
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

/// Percent above the cheapest: `+12.5%`, nothing for the cheapest itself.
fn above(row: &Row) -> String {
    match row.above_cheapest {
        Some(percent) if percent.is_zero() => String::new(),
        Some(percent) => {
            let shown = grouped(round2_or_more(percent), 2);
            format!("+{shown}%")
        }
        None => "-".to_owned(),
    }
}

/// The caveats of all rows, each once, with the ranks that they hold for.
fn caveats(report: &CompareReport) -> Vec<(Vec<usize>, Caveat)> {
    let mut found: Vec<(Vec<usize>, Caveat)> = Vec::new();
    for row in &report.comparison.rows {
        for caveat in &row.caveats {
            match found.iter_mut().find(|(_, known)| known == caveat) {
                Some((ranks, _)) => ranks.push(row.rank),
                None => found.push((vec![row.rank], *caveat)),
            }
        }
    }
    found
}

/// A caveat as a line: `1, 3: …`.
fn caveat_line((ranks, caveat): &(Vec<usize>, Caveat)) -> String {
    let ranks: Vec<String> = ranks.iter().map(ToString::to_string).collect();
    format!("{}: {}", ranks.join(", "), remark(caveat))
}

/// A caveat with its rule.
fn remark(caveat: &Caveat) -> String {
    match caveat.rule() {
        Some(rule) => format!("{caveat} ({})", rule.id()),
        None => caveat.to_string(),
    }
}

/// Who pays for the tokens of an option, what becomes of the free quota and the packages, and when
/// they end.
fn funding_lines(report: &CompareReport) -> Vec<String> {
    let mut lines = Vec::new();
    for row in &report.comparison.rows {
        let Some(result) = &row.quote.funding else {
            continue;
        };
        lines.push(format!("{}: {}", row.rank, words::funding(result)));
        for note in row.quote.notes.iter().filter(|note| of_the_sources(note)) {
            lines.push(format!("{}: {note} ({})", row.rank, note.rule().id()));
        }
    }
    lines
}

/// Whether a note says what becomes of a free quota or a package.
fn of_the_sources(note: &Note) -> bool {
    matches!(
        note,
        Note::FreeShared { .. }
            | Note::FreeOutOfScope { .. }
            | Note::FreeExpired { .. }
            | Note::FreeUsedUp { .. }
            | Note::PackageExpired { .. }
            | Note::Lapses { .. }
            | Note::RunsOut { .. }
            | Note::NotServed { .. }
    )
}

/// The workload in a sentence.
fn workload_line(report: &CompareReport) -> String {
    use crate::billing::exact::plain;
    use crate::billing::number::{counted, grouped, spoken};
    let comparison = &report.comparison;
    let mode = comparison
        .mode
        .map(|mode| format!(" ({})", mode.name()))
        .unwrap_or_default();
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
            let minutes = counted(trace.minutes, "minute");
            let span = match trace.scaled_to_days {
                Some(days) => format!(
                    "{minutes}, taken as the pattern of {}",
                    counted(days, "day")
                ),
                None => minutes,
            };
            format!("recorded calls{mode} of {span}: {}", sums("calls"))
        }
    }
}

/// What was taken as given when a trace was read, a line each.
fn trace_lines(report: &CompareReport) -> Vec<String> {
    match &report.comparison.traffic {
        Traffic::Steady(_) => Vec::new(),
        Traffic::Recorded(trace) => trace.assumed().iter().map(ToString::to_string).collect(),
    }
}

/// Where the options' prices were read, each once.
fn sources(report: &CompareReport) -> Vec<String> {
    let mut sources = Vec::new();
    for item in report
        .comparison
        .rows
        .iter()
        .flat_map(|row| &row.as_priced().items)
    {
        let text = item.source.as_ref().map(words::source);
        if let Some(text) = text.filter(|text| !sources.contains(text)) {
            sources.push(text);
        }
    }
    sources
}
