//! `tollgate compare`: one workload under every billing method.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use rust_decimal::Decimal;

use super::failure::Failure;
use super::funding::FundingArgs;
use super::global::Globals;
use super::load::LoadArgs;
use super::quote::{check_fx, info, over_limit};
use super::trace::{FitArg, TraceArgs};
use super::{Done, Environment, value};
use crate::billing::mode::Mode;
use crate::billing::number::counted;
use crate::billing::quote::Parameters;
use crate::billing::spec::Spec;
use crate::billing::term::Span;
use crate::catalog::{Catalog, Model};
use crate::compare::{self, Comparison, Current, Kind, Request, crossings, curves};
use crate::order::{TraceFit, TraceOrder};
use crate::report::compare::{ChartData, CompareReport, chart, render, svg};
use crate::report::quotes::PricedQuote;
use crate::report::traffic::{self, TrafficChart};
use crate::report::{Format, Style};
use crate::workload::{Capacity, Steady};

/// Arguments of `compare`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  tollgate compare qwen3-max-2025-09-23 \\
    --rpm 30 --input-per-request 4000 --output-per-request 400
  tollgate compare qwen3-8b qwen3-32b \\
    --rpm 60 --input-per-request 1k --output-per-request 200 \\
    --hours-per-day 10 --replica-capacity MU1x2=300k/60k \\
    --current mu-hourly --chart
  tollgate compare qwen3-max-2025-09-23 --trace calls.csv \\
    --fit cheapest --scale-to 30")]
pub struct Args {
    /// The models' codes, the one that is meant first
    #[arg(required = true)]
    models: Vec<String>,

    /// What output is priced for, where a method prices by mode
    #[arg(long, value_name = "MODE", value_parser = value::mode)]
    mode: Option<Mode>,

    /// Only this model unit specification; may be repeated [default: all of the model]
    #[arg(long, value_name = "SPEC", value_parser = value::spec)]
    spec: Vec<Spec>,

    /// Input and output TPM that one replica serves, such as `MU1x8=300k/60k`; may be repeated
    #[arg(long, value_name = "SPEC=IN/OUT", value_parser = value::capacity)]
    replica_capacity: Vec<Capacity>,

    /// How the workload is served today: what changing to each cheaper option costs
    #[arg(long, value_enum, value_name = "METHOD")]
    current: Option<KindArg>,

    /// Which specification that is, of model units [default: the cheapest]
    #[arg(long, value_name = "SPEC", value_parser = value::spec, requires = "current")]
    current_spec: Option<Spec>,

    /// How long the old and the new deployment are both up when changing
    #[arg(long, value_name = "HOURS", default_value = "1", value_parser = value::hours, allow_hyphen_values = true, requires = "current")]
    overlap: Span,

    /// Exit with 3 when the current method costs more than so much above the cheapest
    #[arg(long, value_name = "PERCENT", value_parser = value::percent_above, allow_hyphen_values = true, requires = "current")]
    fail_above_cheapest: Option<Decimal>,

    /// Draw cost against load under the table; other formats have none
    #[arg(long)]
    chart: bool,

    /// Write the chart to an SVG file: of a trace its minutes, with the cheapest reservation
    #[arg(long, value_name = "FILE")]
    chart_file: Option<PathBuf>,

    #[command(flatten)]
    load: LoadArgs,

    #[command(flatten)]
    trace: TraceArgs,

    /// How reservations are sized for the trace [default: peak]
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        requires = "trace",
        help_heading = "Recorded traffic"
    )]
    fit: Option<FitArg>,

    /// How long requests come each day
    #[arg(long, value_name = "HOURS", default_value = "24", value_parser = value::hours_per_day, allow_hyphen_values = true, conflicts_with = "trace", help_heading = "Workload")]
    hours_per_day: Span,

    /// For how many days
    #[arg(long, value_name = "DAYS", default_value = "30", value_parser = value::days, allow_hyphen_values = true, conflicts_with = "trace", help_heading = "Workload")]
    days: u64,

    #[command(flatten)]
    funding: FundingArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KindArg {
    PtuHourly,
    PtuDaily,
    PtuMonthly,
    MuHourly,
    MuMonthly,
    FineTuned,
    Standard,
}

/// What is compared, as it is given.
enum Workload {
    Steady(Steady),
    Trace(TraceOrder, TraceFit),
}

impl KindArg {
    fn kind(self) -> Kind {
        match self {
            Self::PtuHourly => Kind::PtuHourly,
            Self::PtuDaily => Kind::PtuDaily,
            Self::PtuMonthly => Kind::PtuMonthly,
            Self::MuHourly => Kind::MuHourly,
            Self::MuMonthly => Kind::MuMonthly,
            Self::FineTuned => Kind::FineTuned,
            Self::Standard => Kind::Standard,
        }
    }
}

/// Compares, and prints the ranking.
pub fn run(
    args: &Args,
    globals: &Globals,
    environment: &Environment,
    style: Style,
) -> Result<Done, Failure> {
    let workload = args.workload()?;
    args.check_chart(globals)?;
    let catalogs = globals.catalogs(environment);
    let catalog = match args.models.as_slice() {
        [only] => Catalog::load_for(only, &catalogs)?,
        _ => Catalog::load(&catalogs)?,
    };
    let request = Request {
        models: models(&catalog, &args.models)?,
        catalog: &catalog,
        mode: args.mode,
        specs: args.spec.clone(),
        capacities: args.replica_capacity.clone(),
        discount: globals.discount,
        funding: args.funding.order().funding(globals.as_of(environment)),
        as_of: globals.as_of(environment),
        current: args.current(),
    };
    let comparison = match &workload {
        Workload::Steady(workload) => compare::compare(&request, workload)?,
        Workload::Trace(trace, fit) => {
            let mut watch = environment.watch();
            compare::compare_trace(&request, trace, *fit, &mut watch)?
        }
    };
    check_capacities(args, &comparison)?;
    if let Some(first) = comparison.rows.first() {
        check_fx(&first.quote, globals)?;
    }
    let exceeded = args.exceeded(&comparison, globals);
    let drawn = args.chart || args.chart_file.is_some();
    let chart = match &workload {
        Workload::Steady(workload) if drawn => Some(chart_data(&request, workload, &comparison)?),
        _ => None,
    };
    let drawn = match &chart {
        Some(data) => Some(svg(data)?),
        None => traffic(&comparison)
            .map(|chart| traffic::svg(&chart))
            .transpose()?,
    };
    let files = match (&args.chart_file, drawn) {
        (Some(path), Some(drawn)) => vec![(path.clone(), drawn)],
        _ => Vec::new(),
    };
    let quotes = comparison
        .rows
        .iter()
        .map(|row| PricedQuote::new(row.quote.clone(), &globals.fx))
        .collect::<Result<Vec<_>, _>>()?;
    let mut catalog_info = info(&catalog, None, globals, environment);
    catalog_info.changes.retain(|change| {
        request
            .models
            .iter()
            .any(|model| model.code == change.model)
    });
    let report = CompareReport {
        comparison,
        quotes,
        catalog: catalog_info,
    };
    let mut stdout = render(&report, globals.format(), style)?;
    if let (true, Some(data)) = (args.chart, &chart) {
        stdout.push('\n');
        stdout.push_str(&chart::render(data));
    }
    Ok(Done {
        stdout,
        files,
        exceeded,
        ..Done::output(String::new())
    })
}

impl Args {
    fn workload(&self) -> Result<Workload, Failure> {
        self.check_units()?;
        if let Some(mut trace) = self.trace.order()? {
            trace.keeps_minutes = self.chart_file.is_some();
            if self.funding.order().given() {
                return Err(Failure::usage(
                    "the funding flags cannot be used with `--trace`",
                    "leave one of them out",
                ));
            }
            let fit = self.fit.map_or(TraceFit::Peak, FitArg::fit);
            return Ok(Workload::Trace(trace, fit));
        }
        let Some(load) = self.load.load() else {
            return Err(Failure::usage(
                "missing the workload: `--rpm`, `--input-per-request` and `--output-per-request`, or `--trace`",
                "as in `--rpm 30 --input-per-request 4000 --output-per-request 400`",
            ));
        };
        if load.input_per_request == 0 && load.output_per_request == 0 {
            return Err(Failure::usage(
                "`--input-per-request` and `--output-per-request` are both 0",
                "give at least one of them, such as `--input-per-request 4000`",
            ));
        }
        Ok(Workload::Steady(Steady {
            load,
            hours_per_day: self.hours_per_day,
            days: self.days,
        }))
    }

    /// Refuses what is said of model units and holds for none.
    fn check_units(&self) -> Result<(), Failure> {
        let units = [KindArg::MuHourly, KindArg::MuMonthly];
        if self.current_spec.is_some() && self.current.is_some_and(|kind| !units.contains(&kind)) {
            return Err(Failure::usage(
                "`--current-spec` is for `--current mu-hourly` and `--current mu-monthly`",
                "leave it out",
            ));
        }
        for (at, capacity) in self.replica_capacity.iter().enumerate() {
            let mut others = self.replica_capacity.iter().skip(at.saturating_add(1));
            if others.any(|other| other.spec == capacity.spec) {
                return Err(Failure::usage(
                    format!(
                        "`--replica-capacity` is given twice for `{}`",
                        capacity.spec
                    ),
                    "leave one of them out",
                ));
            }
        }
        Ok(())
    }

    /// Refuses a chart that there is not.
    fn check_chart(&self, globals: &Globals) -> Result<(), Failure> {
        if self.chart && globals.format() != Format::Table {
            return Err(Failure::usage(
                "`--chart` draws under a table, and another format is asked for",
                "use `--chart-file cost.svg`, or leave one of them out",
            ));
        }
        if self.chart && self.trace.given() {
            return Err(Failure::usage(
                "`--chart` draws cost against the rate of a steady workload, and a trace has none",
                "use `--chart-file tpm.svg`, which draws the minutes of the trace",
            ));
        }
        Ok(())
    }

    /// How the workload is served today, where that was said.
    fn current(&self) -> Option<Current> {
        self.current.map(|current| Current {
            kind: current.kind(),
            spec: self.current_spec,
            overlap: self.overlap,
        })
    }

    /// A line for each limit that is exceeded.
    fn exceeded(&self, comparison: &Comparison, globals: &Globals) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(cheapest) = comparison.rows.first() {
            lines.extend(over_limit(&cheapest.quote, globals));
        }
        let current = comparison
            .rows
            .iter()
            .find(|row| Some(row.rank) == comparison.current);
        if let (Some(most), Some(row)) = (self.fail_above_cheapest, current) {
            let percent = |value| format!("{}%", crate::billing::exact::plain(value));
            let above = match row.above_cheapest {
                Some(above) if above <= most => None,
                Some(above) => Some(format!("costs {} above the cheapest", percent(above))),
                // Any cost is more than any share above nothing.
                None if row.quote.total.is_zero() => None,
                None => Some(format!(
                    "costs {} where the cheapest costs nothing",
                    row.quote.total_money()
                )),
            };
            lines.extend(above.map(|above| {
                format!(
                    "the current method `{}` {above}, and the limit is {}",
                    row.kind.name(),
                    percent(most)
                )
            }));
        }
        lines
    }
}

/// Refuses a capacity of a specification that no option has: a slip in its name would leave the
/// assumption of one replica in place.
fn check_capacities(args: &Args, comparison: &Comparison) -> Result<(), Failure> {
    let has = |spec: Spec| {
        comparison.rows.iter().any(|row| {
            matches!(row.quote.parameters, Parameters::Mu { spec: known, .. } if known == spec)
        })
    };
    match args
        .replica_capacity
        .iter()
        .find(|capacity| !has(capacity.spec))
    {
        None => Ok(()),
        Some(capacity) => Err(Failure::usage(
            format!(
                "`--replica-capacity` is for `{}`, which no option has",
                capacity.spec
            ),
            "name a specification of the models that are compared",
        )),
    }
}

/// The models that are named, each once.
fn models<'a>(catalog: &'a Catalog, codes: &[String]) -> Result<Vec<&'a Model>, Failure> {
    let mut models: Vec<&Model> = Vec::new();
    for code in codes {
        let model = catalog.model(code)?;
        if models.iter().any(|known| known.code == model.code) {
            return Err(Failure::usage(
                format!("the model `{}` is named twice", model.code),
                "name each model once",
            ));
        }
        models.push(model);
    }
    Ok(models)
}

/// The minutes of a trace with the cheapest reservation, if there is one.
fn traffic(comparison: &Comparison) -> Option<TrafficChart> {
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

fn chart_data(
    request: &Request,
    workload: &Steady,
    comparison: &Comparison,
) -> Result<ChartData, Failure> {
    let curves = curves(request, workload, comparison)?;
    let names: Vec<&str> = request
        .models
        .iter()
        .map(|model| model.name.as_str())
        .collect();
    let currency = comparison
        .rows
        .first()
        .map_or(crate::billing::money::Currency::CNY, |row| {
            row.quote.currency
        });
    Ok(ChartData {
        title: format!(
            "Cost of {} for {}",
            match names.as_slice() {
                [] | [_] | [_, _] => names.join(" and "),
                several => format!("{} models", several.len()),
            },
            counted(workload.days, "day")
        ),
        crossings: crossings(&curves)?,
        curves,
        currency,
        workload_rpm: workload.load.rpm,
    })
}
