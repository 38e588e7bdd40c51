//! `tollgate trace`: what is in a log, before any price.

mod formats;
mod found;

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::failure::Failure;
use super::files::{CHART, Files};
use super::global::Globals;
use super::names::MapArgs;
use super::print::print;
use super::trace::ReadingArgs;
use super::{Done, Environment};
use crate::catalog::Catalog;
use crate::order::{self, Names};
use crate::report::traffic::{self, TrafficChart};
use crate::report::{Format, View};

/// Arguments of `trace`.
#[derive(Debug, ClapArgs)]
#[command(override_usage = "\
tollgate trace [OPTIONS] <FILE>...
       tollgate trace --formats")]
#[command(after_long_help = "\
Examples:
  tollgate trace calls.csv
  tollgate trace monday.jsonl.gz tuesday.jsonl.gz \\
    --where team=search --output traffic.html
  tollgate trace calls.csv --columns time=ts,input=in,output=out --json
  tollgate trace --formats")]
pub struct Args {
    /// Logged calls: CSV with a header, or JSON Lines; also sums by the minute, and files compressed with gzip
    /// or zstd; `-` is the standard input
    #[arg(
        value_name = "FILE",
        required_unless_present = "formats",
        conflicts_with = "formats"
    )]
    files: Vec<PathBuf>,

    /// List the logs that are known
    #[arg(long)]
    formats: bool,

    #[command(flatten)]
    reading: ReadingArgs,

    #[command(flatten)]
    map: MapArgs,

    /// Draw the minutes of the log as an SVG file
    #[arg(
        long,
        hide_short_help = true,
        value_name = "FILE",
        conflicts_with = "formats",
        help_heading = "Recorded traffic"
    )]
    chart_file: Option<PathBuf>,
}

impl Args {
    /// The files that the command reads and writes, apart from the catalog.
    pub fn files(&self) -> Files {
        Files::default()
            .reads_trace(&self.files)
            .reads("a file of names", self.map.files())
            .writes(CHART, &self.chart_file)
    }

    /// Refuses the flags of a log where the known ones are listed.
    fn refuse_beside_formats(&self) -> Result<(), Failure> {
        let map = self.map.given().then_some("--model-map");
        match self.reading.first_given().or(map) {
            None => Ok(()),
            Some(flag) => Err(Failure::usage(
                format!("`{flag}` is for a log, and `--formats` lists the known ones"),
                "leave one of them out",
            )),
        }
    }
}

/// Reads the log and says what is in it.
pub fn run(
    args: &Args,
    globals: &Globals,
    environment: &Environment,
    view: View,
) -> Result<Done, Failure> {
    globals.refuse_of_quotes("trace")?;
    globals.refuse_max_age("trace")?;
    if args.formats {
        args.refuse_beside_formats()?;
        globals.refuse_region("trace --formats", "leave it out")?;
        let printed = print(&formats::report(), globals, view)?;
        return Ok(Done {
            files: printed.files,
            ..Done::output(printed.stdout)
        });
    }
    let mut trace = args.reading.order(&args.files)?;
    trace.keeps_minutes = args.chart_file.is_some() || globals.asks_for(Format::Html);
    let region = globals.region()?;
    let catalog = Catalog::load(&globals.catalogs(environment))?;
    let map = args.map.map()?;
    let names = Names::of(&catalog, region, &map)?;
    let trace = trace.without_output(names.without_output());
    let mut watch = environment.watch();
    let contents = order::traced_contents(&trace, &mut watch)?;
    drop(watch);
    let drawn = TrafficChart::of_log(&contents.whole);
    let svg = drawn.map(|chart| traffic::svg(&chart)).transpose()?;
    let report = found::report(contents, &names, svg.clone());
    let printed = print(&report, globals, view)?;
    let mut files = printed.files;
    files.extend(args.chart_file.clone().zip(svg));
    Ok(Done {
        files,
        ..Done::output(printed.stdout)
    })
}
