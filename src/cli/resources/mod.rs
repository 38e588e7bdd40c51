//! `tollgate resources`: what an account holds, and when each of it ends.

mod price;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args as ClapArgs, ValueEnum};

use super::failure::Failure;
use super::files::Files;
use super::global::Globals;
use super::print::print;
use super::{Done, Environment, value};
use crate::billing::calendar::Moment;
use crate::billing::rule::RESOURCES;
use crate::catalog::Catalog;
use crate::report::View;
use crate::report::resources::ResourcesReport;
use crate::resources::{self, Holding, PriceError, Status};
use price::PriceArgs;

/// Arguments of `resources`.
#[derive(Debug, ClapArgs)]
#[command(after_long_help = "\
Examples:
  tollgate resources account.toml --fail-on exhausted,expired --within 7
  tollgate resources account.toml --model deepseek-v3.2 --input-share 80%

A resource of the file:
  [[resource]]
  name = \"Team tokens\"
  kind = \"tokens\"              # or search, concurrency, knowledge-base
  source = \"purchased\"         # or free-trial
  total = 1_000_000
  used = [100_000, 200_000]    # one number, or one a user, or readings of the
                               # whole: [{ on = 2026-11-01, value = 100_000 }]
  expires = 2026-12-20         # its last day
  usage_per_day = 20_000       # or { input = 16_000, output = 4_000 }; optional")]
pub struct Args {
    /// A TOML file with what the account holds
    file: PathBuf,

    /// As of which day [default: today]
    #[arg(long, value_name = "DATE", value_parser = value::date)]
    today: Option<NaiveDate>,

    /// Also show what is used up and what has expired
    #[arg(long)]
    all: bool,

    /// Exit with 3 when a resource has one of these statuses
    #[arg(
        long,
        long_help = "Exit with 3 when a resource, shown or not, has one of these statuses; several can hold: what is exhausted is nearly exhausted, too",
        value_enum,
        value_name = "STATUS",
        value_delimiter = ','
    )]
    fail_on: Vec<StatusArg>,

    /// Exit with 3 when one ends within so many days
    #[arg(long, long_help = "Exit with 3 when a resource that has not ended expires or runs out within so many days", value_name = "DAYS", value_parser = value::days_or_none, allow_hyphen_values = true)]
    within: Option<u64>,

    /// Say what becomes of it while the account is overdue from this day or moment on
    #[arg(long, hide_short_help = true, value_name = "DATE[ TIME]", value_parser = value::day_or_moment)]
    overdue_since: Option<Moment>,

    #[command(flatten)]
    price: PriceArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StatusArg {
    Available,
    NearlyExhausted,
    Exhausted,
    ExpiringSoon,
    Expired,
}

impl StatusArg {
    fn status(self) -> Status {
        match self {
            Self::Available => Status::Available,
            Self::NearlyExhausted => Status::NearlyExhausted,
            Self::Exhausted => Status::Exhausted,
            Self::ExpiringSoon => Status::ExpiringSoon,
            Self::Expired => Status::Expired,
        }
    }
}

/// Reads the file and prints what it holds.
pub fn run(
    args: &Args,
    globals: &Globals,
    environment: &Environment,
    view: View,
) -> Result<Done, Failure> {
    args.checked(globals)?;
    let today = args.today.unwrap_or(environment.today);
    let (file, resources) = resources::read(&args.file, today)?;
    // Prices, too, are those of the day as of which everything is said.
    let on_the_day = Environment {
        today,
        ..environment.clone()
    };
    let (price, catalog) = args.price.price(globals, &on_the_day)?.unzip();
    let catalog = catalog.flatten();
    let catalogs = globals.catalogs(environment);
    if catalog.is_none() && !catalogs.is_empty() {
        // Nothing is priced with it, but who names a file wants to know that it is none.
        Catalog::load(&catalogs)?;
    }
    let mut holdings =
        resources::assess(resources, today, price.as_ref()).map_err(|error| match error {
            PriceError::NoSplit { .. } => Failure::usage(error.to_string(), error.hint()),
            _ => unmatched(&error),
        })?;
    let exceeded = args.exceeded(&holdings, today);
    let all = holdings.len();
    holdings.retain(|holding| args.all || holding.counts());
    let report = ResourcesReport {
        file,
        document: document()?,
        today,
        hidden: all.saturating_sub(holdings.len()),
        notes: resources::notes(&holdings, today, args.overdue_since),
        overdue_since: args.overdue_since,
        holdings,
        price,
        catalog,
    };
    let printed = print(&report, globals, view)?;
    Ok(Done {
        stdout: printed.stdout,
        files: printed.files,
        exceeded,
        ..Done::output(String::new())
    })
}

/// The document with the rules, as a list of sources names it.
fn document() -> Result<String, Failure> {
    let documents = Catalog::documents()?;
    let found = documents.into_iter().find(|one| one.id == RESOURCES);
    Ok(found.map_or_else(String::new, |one| one.to_string()))
}

fn unmatched(error: &PriceError) -> Failure {
    Failure::Unmatched {
        message: error.to_string(),
        hint: error.hint().to_owned(),
    }
}

impl Args {
    /// What it reads, apart from the catalog.
    pub fn files(&self) -> Files {
        Files::default().reads("the account", [&self.file])
    }

    /// Refuses what would do nothing here.
    fn checked(&self, globals: &Globals) -> Result<(), Failure> {
        if globals.max_cost.is_some() {
            return Err(Failure::usage(
                "`--max-cost` limits the total of a quote, and resources have none",
                "use `--fail-on` or `--within`",
            ));
        }
        if !globals.fx.is_empty() {
            return Err(Failure::usage(
                "`--fx` converts the total of a quote, and resources have none",
                "leave it out; `--currency` says what `--price-in` and `--price-out` are in",
            ));
        }
        globals.refuse_max_age("resources")?;
        self.price.checked(globals)
    }

    /// A line for each resource with a status that fails, or that ends within the days.
    fn exceeded(&self, holdings: &[Holding], today: NaiveDate) -> Vec<String> {
        let mut lines = Vec::new();
        for holding in holdings {
            let name = &holding.resource.name;
            let fails = |status: &&Status| self.fail_on.iter().any(|one| one.status() == **status);
            for status in holding.statuses.iter().filter(fails) {
                lines.push(format!("`{name}` is {}", status.said()));
            }
            let Some(days) = self.within.filter(|_| holding.counts()) else {
                continue;
            };
            let runs_out = holding.forecast.runs_out;
            let past = runs_out.is_some_and(|day| day < today);
            let ends = [
                (
                    if past {
                        "ran out at its rate"
                    } else {
                        "runs out"
                    },
                    runs_out,
                ),
                ("expires", Some(holding.resource.expires)),
            ];
            for (how, day) in ends {
                let Some(day) = day else { continue };
                // A resource that has run out since its last reading is within any number of days.
                let until = day.signed_duration_since(today).num_days();
                if u64::try_from(until.max(0)).is_ok_and(|until| until <= days) {
                    lines.push(format!(
                        "`{name}` {how} on {day}, and the limit is within {}",
                        crate::billing::number::counted(days, "day")
                    ));
                }
            }
        }
        lines
    }
}
