//! `--write-plan`: the best way of each model as a plan, whose costs are those of the comparison.

use std::path::{Component, Path, PathBuf};

use rust_decimal::Decimal;

use super::args::Workload;
use crate::billing::exact;
use crate::billing::number::counted;
use crate::billing::ptu::{Fixed, Length};
use crate::billing::quote::{Method, Parameters};
use crate::billing::savings::Asked;
use crate::billing::speed::Speed;
use crate::catalog::{Model, printable};
use crate::cli::Environment;
use crate::cli::failure::Failure;
use crate::cli::global::Globals;
use crate::compare::{Comparison, Kind, Request, Row, Traffic};
use crate::order::{AsOf, FundingOrder, LoggedCalls, TraceOrder, TracedFrom};
use crate::plan::{
    Bought, Lines, NewDeployment, NewPlan, NewTerm, Plan, Pricing, Rates, Workload as Serves, price,
};
use crate::report::compare::LogModel;
use crate::trace::Filter;

/// Refuses what cannot be planned before a log is read for it: calls that have no name, and a file that is there.
pub fn refuse(path: &Path, workload: &Workload) -> Result<(), Failure> {
    if let Workload::Trace(trace, _) = workload
        && trace.from.is_stdin()
    {
        return Err(Failure::usage(
            "`--write-plan` names the log in the plan, and the standard input has no name",
            "write it to a file, or leave `--write-plan` out",
        ));
    }
    refuse_file(path)
}

/// Refuses a file that is there.
pub fn refuse_file(path: &Path) -> Result<(), Failure> {
    match path.symlink_metadata() {
        Err(_) => Ok(()),
        Ok(_) => Err(Failure::Unmatched {
            message: format!(
                "cannot write `{}`: there is such a file already",
                printable(&path.to_string_lossy())
            ),
            hint: "name another file, or remove this one first".to_owned(),
        }),
    }
}

/// The text of the plan at `path`: for each model its first way of the ranking.
pub fn text(
    path: &Path,
    (request, comparison): (&Request<'_>, &Comparison),
    workload: &Workload,
    globals: &Globals,
    environment: &Environment,
) -> Result<String, Failure> {
    let folder = folder_of(path);
    let mut best: Vec<&Row> = Vec::new();
    let mut codes: Vec<&str> = Vec::new();
    for model in &request.models {
        if codes.contains(&model.code.as_str()) {
            continue;
        }
        codes.push(&model.code);
        let mut ranked = comparison.rows.iter();
        let first = ranked.find(|row| row.quote.model.code == model.code);
        best.push(first.ok_or_else(|| unknown(model))?);
    }
    let serves = match workload {
        Workload::Steady(steady) => Serves::Steady(*steady),
        Workload::Trace(trace, _) => match &trace.from {
            TracedFrom::Load(load) => Serves::Load {
                week: load.week.clone(),
                cache: trace.cache,
            },
            TracedFrom::Files { .. } => Serves::Log(Box::new(log(trace, folder)?)),
        },
    };
    let deployments = best.iter().enumerate();
    let deployments =
        deployments.map(|(at, row)| deployment(row, &serves, request, (comparison, at == 0)));
    let deployments = deployments.collect::<Result<_, _>>()?;
    let plan = (path, days(comparison), deployments);
    whole(plan, (request, &best), globals, environment)
}

/// The text of the plan at `path` of a log of several models: for each its best way, with its calls of the log. They
/// are picked by the `field` that names models.
pub fn text_of_log(
    path: &Path,
    request: &Request<'_>,
    models: &[LogModel],
    (trace, field): (&TraceOrder, Option<&str>),
    globals: &Globals,
    environment: &Environment,
) -> Result<String, Failure> {
    let field = field.ok_or_else(|| Failure::Unmatched {
        message: "the log names its models in several fields, by which a plan cannot pick them"
            .to_owned(),
        hint: "write a plan for the files of each kind".to_owned(),
    })?;
    let log = log(trace, folder_of(path))?;
    let (mut best, mut deployments, mut period) = (Vec::new(), Vec::new(), 1);
    for model in models {
        let Some(row) = model.best() else { continue };
        let mut log = log.clone();
        log.filters.retain(|filter| filter.column != field);
        log.filters.extend(model.names.iter().map(|name| Filter {
            column: field.to_owned(),
            value: name.clone(),
        }));
        let comparison = &model.report.comparison;
        let serves = Serves::Log(Box::new(log));
        deployments.push(deployment(row, &serves, request, (comparison, false))?);
        best.push(row);
        period = period.max(days(comparison));
    }
    let plan = (path, period, deployments);
    whole(plan, (request, &best), globals, environment)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// The log as a plan in `folder` names it: as it was given, so that files that come later belong to it.
fn log(trace: &TraceOrder, folder: &Path) -> Result<LoggedCalls, Failure> {
    let TracedFrom::Files { given, .. } = &trace.from else {
        return Ok(LoggedCalls::default());
    };
    let paths = given.iter().map(|file| beside(file, folder));
    let log = LoggedCalls::of(trace, paths.collect::<Result<_, _>>()?);
    Ok(log.unwrap_or_default())
}

/// The text of a plan with these deployments, once it is known that they cost what the comparison says.
fn whole(
    (path, days, deployments): (&Path, u64, Vec<NewDeployment>),
    (request, best): (&Request<'_>, &[&Row]),
    globals: &Globals,
    environment: &Environment,
) -> Result<String, Failure> {
    let folder = folder_of(path);
    let files = globals.given_catalogs().iter();
    let plan = NewPlan {
        comment: vec![
            format!(
                "Written on {} by `{}`",
                environment.today,
                globals.command_line()
            ),
            "`tollgate check` prices it, and `tollgate schema plan` writes the schema that is named above"
                .to_owned(),
        ],
        days,
        catalogs: files
            .map(|file| beside(file, folder))
            .collect::<Result<_, _>>()?,
        discount: request.discount,
        fx: request.rates.to_vec(),
        as_of: globals.given_as_of(),
        deployments,
    };
    let text = plan.to_toml();
    hold(&text, folder, (request, best), environment)?;
    Ok(text)
}

/// Why a model has no way that could be written.
fn unknown(model: &Model) -> Failure {
    Failure::Unmatched {
        message: format!(
            "no option is known to serve the workload by `{}`, so there is none to plan",
            model.code
        ),
        hint: "say what a replica serves with `--replica-capacity`, or leave the model out"
            .to_owned(),
    }
}

/// The days that the costs of a comparison are stated for.
fn days(comparison: &Comparison) -> u64 {
    match &comparison.traffic {
        Traffic::Steady(steady) => steady.days,
        Traffic::Recorded(recorded) => recorded.stated_days(),
    }
}

fn deployment(
    row: &Row,
    serves: &Serves,
    request: &Request<'_>,
    (comparison, first): (&Comparison, bool),
) -> Result<NewDeployment, Failure> {
    let model = &row.quote.model;
    let of_it = |one: &&&Model| (&one.code, &one.region) == (&model.code, &model.region);
    let found = request.models.iter().find(of_it).copied();
    let other = found.is_some_and(|model| !request.catalog.is_in_first_region(model));
    // Two providers may sell a model of the same code.
    let is_one = request.catalog.model(&model.code).is_ok();
    let code = match is_one {
        true => model.code.clone(),
        false => format!("{}/{}", model.provider, model.code),
    };
    let funding = match (row.kind, first) {
        (Kind::Standard | Kind::SavingsPlan, true) => request.funding.clone(),
        _ => FundingOrder::default(),
    };
    let rented = row.quote.method == Method::Mu;
    Ok(NewDeployment {
        comment: format!(
            "{}: {} for {}",
            row.kind.name(),
            row.quote.total_money().precise(),
            counted(days(comparison), "day")
        ),
        name: model.code.clone(),
        model: code,
        region: other.then(|| model.region.clone()),
        bought: bought(row, funding)?,
        workload: serves.clone(),
        capacities: row.capacity().filter(|_| rented).into_iter().collect(),
    })
}

/// How a way is bought, in what a plan has keys for.
fn bought(row: &Row, funding: FundingOrder) -> Result<Bought, Failure> {
    let quote = row.as_priced();
    Ok(match &quote.parameters {
        Parameters::Tokens { rate, mode, .. } => Bought::Tokens {
            rate: *rate,
            mode: *mode,
            funding: Box::new(funding),
            savings: quote.savings.as_ref().map(|savings| Asked {
                commitment: savings.plan.commitment,
                term_months: Some(savings.plan.term_months),
                payment: savings.plan.payment,
            }),
        },
        Parameters::Mu { spec, replicas, .. } => Bought::Mu {
            spec: *spec,
            replicas: *replicas,
            term: term(row)?,
        },
        Parameters::Ptu {
            spec, throughput, ..
        } if quote.method == Method::Dtu => Bought::Dtu {
            spec: spec.clone(),
            asked: throughput.asked(),
            term: term(row)?,
        },
        Parameters::Ptu {
            service,
            throughput,
            mode,
            ..
        } => Bought::Ptu {
            asked: throughput.asked(),
            service: service.filter(|speed| *speed == Speed::Standard),
            mode: *mode,
            term: term(row)?,
        },
    })
}

fn term(row: &Row) -> Result<NewTerm, Failure> {
    match row.length() {
        Some(Length::Days(days)) => Ok(NewTerm::Days(days)),
        Some(Length::Months(months)) => Ok(NewTerm::Months(months)),
        Some(Length::Fixed(one, count)) if one != Fixed::Block => Ok(NewTerm::Fixed(one, count)),
        Some(Length::Fixed(..)) => Err(Failure::Unmatched {
            message: format!(
                "the best way of `{}` is `{}`, and a plan has no blocks",
                row.quote.model.code,
                row.kind.name()
            ),
            hint: "leave `--write-plan` out, and price that way with `tollgate quote ptu`"
                .to_owned(),
        }),
        Some(Length::Hours { .. }) | None => Ok(NewTerm::Hourly),
    }
}

/// Holds that the plan costs what the comparison says: nobody plans with another number.
fn hold(
    text: &str,
    folder: &Path,
    (request, best): (&Request<'_>, &[&Row]),
    environment: &Environment,
) -> Result<(), Failure> {
    let mut problems = Vec::new();
    let plan = Plan::parse(text, &mut problems);
    let pricing = Pricing {
        catalog: request.catalog,
        as_of: AsOf {
            date: request.as_of,
            given: request.as_of_given,
        },
        discount: request.discount,
        folder,
        watch: &|| Box::new(environment.watch()),
    };
    let rates = Rates {
        into: best.first().map(|row| row.quote.currency),
        given: request.rates,
    };
    let priced = price(plan, &pricing, &rates, &mut problems);
    if let Some(problem) = problems.first() {
        let (line, _) = Lines::new(text).place(text, problem.at);
        let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        return Err(Failure::Unmatched {
            message: format!(
                "what is best cannot be planned: at `{}`, {}",
                printable(line),
                problem.message
            ),
            hint: "leave `--write-plan` out, or plan it by hand from `tollgate check --init`"
                .to_owned(),
        });
    }
    for (one, row) in priced.deployments.iter().zip(best) {
        let off = exact::sub(one.held(), row.quote.total).unwrap_or(Decimal::ONE);
        if !off.is_zero() {
            return Err(Failure::Unmatched {
                message: format!(
                    "a plan prices {} of `{}` at {}, and the comparison at {}: it is not written",
                    row.kind.name(),
                    one.deployment.name,
                    priced.money(one.held()).precise(),
                    row.quote.total_money().precise()
                ),
                hint: "leave `--write-plan` out, or plan it by hand from `tollgate check --init`"
                    .to_owned(),
            });
        }
    }
    Ok(())
}

/// The path of a file as a plan in `folder` names it.
fn beside(file: &Path, folder: &Path) -> Result<String, Failure> {
    let is_below = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    let path = match file.is_absolute() {
        true => file.to_owned(),
        // Out of the folder of the plan, and back to the file.
        false if folder.components().all(is_below) => {
            let below = folder.components();
            let below = below.filter(|part| matches!(part, Component::Normal(_)));
            let up: PathBuf = below.map(|_| Component::ParentDir).collect();
            up.join(file)
        }
        false => std::path::absolute(file).unwrap_or_else(|_| file.to_owned()),
    };
    path.to_str().map(str::to_owned).ok_or_else(|| {
        let name = printable(&file.to_string_lossy());
        Failure::usage(
            format!(
                "`--write-plan` names `{name}` in the plan, which is a text, and the name is none"
            ),
            "give the file another name, or leave `--write-plan` out",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_folder_of_the_plan() {
        for (file, folder, named) in [
            ("logs/a.csv", "", "logs/a.csv"),
            ("logs", ".", "logs"),
            ("logs/*.jsonl", "plans", "../logs/*.jsonl"),
            ("../a.csv", "plans/ours", "../../../a.csv"),
            ("/var/a.csv", "plans", "/var/a.csv"),
        ] {
            let found = beside(Path::new(file), Path::new(folder)).ok();
            assert_eq!(found.as_deref(), Some(named), "{file} from {folder}");
        }
        let above = beside(Path::new("a.csv"), Path::new("../plans"));
        assert!(above.is_ok_and(|path| path.starts_with('/') && path.ends_with("/a.csv")));
    }
}
