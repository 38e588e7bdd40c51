//! How to buy, in a few sentences.

use super::gaps::of_what;
use super::nearest::nearest;
use super::unranked::has_dearer_tokens;
use super::words::{bought, workload_line};
use super::{CompareReport, growth, then};
use crate::billing::note::Note;
use crate::billing::number::{counted, grouped};
use crate::billing::quote::Method;
use crate::compare::{
    Comparison, Kind, OverItsTerm, PayingLoad, Pays, Row, Traffic, Unranked, compared,
};
use crate::report::document::Depth;

/// The cheapest option, from where on the other methods pay, and what was compared.
pub fn answer(report: &CompareReport) -> Vec<String> {
    let comparison = &report.comparison;
    let mut answer = Vec::new();
    answer.extend(growth::sentence(report));
    match comparison.rows.first() {
        None => answer.push("No option is known to serve this workload".to_owned()),
        Some(row) => {
            let model = &row.quote.model;
            let of = format!(" of {}", model.name);
            let total = row.quote.total_money();
            let now = if row.is_current { " as now" } else { "" };
            answer.push(format!(
                "Cheapest{}: {}{of}{now}, {total} for {} ({})",
                of_what(comparison),
                option(row),
                period(report),
                model.region
            ));
            let left = row.quote.notes.iter().filter_map(Note::left_page);
            answer.extend(left.map(|note| format!("Its price is the last known one: {note}.")));
        }
    }
    answer.extend(smaller(report));
    answer.extend(then::sentence(report));
    answer.extend(others(report));
    answer.push(format!("{}.", workload_line(report)));
    answer
}

/// An option as one says it: `ordinary calls`, `PTU by the day (120K / 12K TPM)`.
pub fn option(row: &Row) -> String {
    match row.quote.method {
        Method::Tokens => match &row.as_priced().savings {
            Some(_) => format!("{} ({})", way(row.kind, row), bought(row)),
            None => way(row.kind, row).to_owned(),
        },
        Method::Ptu | Method::Mu | Method::Dtu => {
            format!("{} ({})", way(row.kind, row), bought(row))
        }
    }
}

pub fn way(kind: Kind, row: &Row) -> &'static str {
    match (kind, row.of_a_service()) {
        (Kind::PtuHourly, false) => "PTU by the hour",
        (Kind::PtuDaily, false) => "PTU by the day",
        (Kind::PtuMonthly, false) => "PTU by the month",
        (Kind::PtuBlock, _) => "PTU in blocks of 8 hours",
        (Kind::PtuWeekly, _) => "PTU by the week",
        (Kind::PtuQuarterly, _) => "PTU by three months",
        (Kind::PtuYearly, _) => "PTU by the year",
        (Kind::PtuHourly, true) => "TPM Reservation by the hour",
        (Kind::PtuDaily, true) => "TPM Reservation by the day",
        (Kind::PtuMonthly, true) => "TPM Reservation by the month",
        (Kind::ReservationDaily, _) => "a standard reservation by the day",
        (Kind::ReservationBlock, _) => "a standard reservation in blocks of 8 hours",
        (Kind::MuHourly, _) => "model units by the hour",
        (Kind::MuMonthly, _) => "model units by the month",
        (Kind::DtuMonthly, _) => "dedicated throughput units by the month",
        (Kind::FineTuned, _) => "fine-tuned tokens",
        (Kind::Standard, _) => "ordinary calls",
        (Kind::SavingsPlan, _) => "ordinary calls with a savings plan",
    }
}

fn period(report: &CompareReport) -> String {
    match &report.comparison.traffic {
        Traffic::Steady(workload) => counted(workload.days, "day"),
        Traffic::Recorded(trace) => match trace.scale {
            Some(scale) => counted(scale.to, "day"),
            None => compared(trace.minutes),
        },
    }
}

/// A reservation that does not hold every call, and costs less than the cheapest that does.
pub fn smaller(report: &CompareReport) -> Option<String> {
    let row = report.comparison.smaller.as_ref()?;
    Some(format!(
        "A smaller reservation costs less with its overflow: {} of {}, {}, which `--fit cheapest` ranks.",
        option(row),
        row.quote.model.name,
        row.quote.total_money()
    ))
}

/// From where on each other method pays, the best of its options; of recorded calls nothing is known
/// but of what is not ranked.
pub fn others(report: &CompareReport) -> Option<String> {
    let rows = &report.comparison.rows;
    let first = rows.first()?;
    let unknown = nearest(report, Depth::Answer);
    let unknown = unknown
        .iter()
        .filter_map(|(one, _)| if_it_serves(report, one));
    let mut unknown = unknown.take(1).collect::<Vec<String>>();
    let mut never = Vec::new();
    let mut said = Vec::new();
    // One of each method, named as its method is.
    for kind in [
        Kind::PtuDaily,
        Kind::ReservationDaily,
        Kind::MuMonthly,
        Kind::DtuMonthly,
    ] {
        let method = kind.method();
        let name = match kind {
            Kind::ReservationDaily => "a throughput reservation",
            _ => method,
        };
        let of_method = rows.iter().filter(|row| row.kind.method() == method);
        let pays: Vec<Pays> = of_method.filter_map(|row| row.pays).collect();
        let in_units = kind == Kind::MuMonthly;
        let may_pay = in_units && !unknown.is_empty();
        if method == first.kind.method() || pays.is_empty() {
            continue;
        }
        match pays.iter().find(|pays| **pays != Pays::Never) {
            Some(pays) => {
                let said_name = match is_one(name) {
                    true => format!("{name} is"),
                    false => format!("{name} are"),
                };
                said.push(format!("{said_name} the cheapest {}", pays.sentence()));
                if in_units {
                    unknown.clear();
                }
            }
            None if may_pay => {}
            None => never.push(name),
        }
    }
    let longer = pays_over_its_term(&report.comparison);
    if !never.is_empty() {
        let verb = match never.as_slice() {
            [only] if is_one(only) => "pays",
            _ => "pay",
        };
        said.insert(
            0,
            match longer {
                Some(_) => format!(
                    "{} never {verb} for such requests in {}",
                    all_of(&never),
                    period(report)
                ),
                None => format!("{} never {verb} for such requests", all_of(&never)),
            },
        );
    }
    said.extend(unknown);
    said.extend(longer);
    let text = said.join("; ");
    let initial = text.chars().next()?;
    let rest = text.strip_prefix(initial).unwrap_or_default();
    Some(format!("{}{rest}.", initial.to_uppercase()))
}

/// The term that is longer than the workload, and the cheapest over all of its own time.
fn pays_over_its_term(comparison: &Comparison) -> Option<String> {
    let term = comparison.over_its_term.as_ref()?;
    let row = comparison.rows.iter().find(|row| term.is_of(row))?;
    let OverItsTerm { model, kind, days } = term;
    let of = match comparison.rows.first() {
        Some(first) if first.quote.model == *model => String::new(),
        _ => format!(" of {}", comparison.said_model(&model.code, &model.region)),
    };
    Some(format!(
        "{}{of} costs less over its own {}: `--days {days}` compares it",
        way(*kind, row),
        counted(*days, "day")
    ))
}

/// Whether the name of a method is of one thing.
fn is_one(method: &str) -> bool {
    !method.ends_with('s')
}

/// From where on model units would pay, of which nobody said what a replica serves.
fn if_it_serves(report: &CompareReport, one: &Unranked) -> Option<String> {
    let (from, way) = (one.pays_from?, way(one.row.kind, &one.row));
    let spec = bought(&one.row);
    let against = match has_dearer_tokens(&report.comparison) {
        true => {
            let of = &one.row.quote.model;
            let said = report.comparison.said_model(&of.code, &of.region);
            format!(" against tokens of {said}")
        }
        false => String::new(),
    };
    Some(match (from.load, from.rpm) {
        (PayingLoad::Larger, Some(rpm)) => format!(
            "{way} ({spec}) would pay from {} requests a minute on{against}, if one replica serves them",
            grouped(rpm, rpm.normalize().scale())
        ),
        _ => format!("{way} ({spec}) {from}"),
    })
}

/// `PTU`, `PTU and model units`, `PTU, model units and tokens`.
fn all_of(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}
