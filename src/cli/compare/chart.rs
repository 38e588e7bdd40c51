//! The charts of `compare`: cost against load, or the minutes of a trace.

use crate::billing::money::Currency;
use crate::billing::number::{counted, spoken};
use crate::cli::failure::Failure;
use crate::compare::{Comparison, Request, crossings, curves};
use crate::report::compare::ChartData;
use crate::report::traffic::TrafficChart;
use crate::workload::Steady;

/// The minutes of a trace with the cheapest reservation, if there is one.
pub fn traffic(comparison: &Comparison) -> Option<TrafficChart> {
    let charts = || {
        comparison
            .rows
            .iter()
            .filter_map(|row| TrafficChart::of(&row.quote))
    };
    charts()
        .find(|chart| chart.reserved.is_some())
        .or_else(|| charts().next())
}

/// The curves of a steady workload.
pub fn chart_data(
    request: &Request,
    workload: &Steady,
    comparison: &Comparison,
) -> Result<ChartData, Failure> {
    let curves = curves(request, workload, comparison)?;
    let mut names: Vec<&str> = request
        .models
        .iter()
        .map(|model| model.name.as_str())
        .collect();
    // A model that is compared in two regions stands there twice.
    names.dedup();
    let models = match names.as_slice() {
        [first, second, third] => format!("{first}, {second} and {third}"),
        [_, _, _, ..] => format!("{} models", names.len()),
        _ => names.join(" and "),
    };
    let currency = comparison
        .rows
        .first()
        .map_or(Currency::CNY, |row| row.quote.currency);
    let load = workload.load;
    Ok(ChartData {
        title: format!("Cost of {models} for {}", counted(workload.days, "day")),
        requests: format!(
            "requests of {}, {} a day",
            load.per_request.said(spoken),
            workload.hours_per_day
        ),
        crossings: crossings(&curves)?,
        curves,
        currency,
        workload_rpm: load.rpm,
    })
}
