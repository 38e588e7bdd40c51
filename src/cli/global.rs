//! The flags that every command takes.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{ArgAction, Args, ValueEnum};

use super::failure::Failure;
use super::output::{Output, format_of};
use super::{Environment, value};
use crate::billing::age::Oldest;
use crate::billing::amount::Amount;
use crate::billing::fx::Fx;
use crate::billing::number::counted;
use crate::billing::quote::{Percent, Source};
use crate::catalog::printable;
use crate::order::AsOf;
use crate::order::value::AsOfDays;
use crate::report::{Depth, Format, Style, View};

/// Flags of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct Globals {
    /// The words of the command line, the program's name first.
    #[arg(skip)]
    pub words: Vec<OsString>,

    /// How to print
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_enum,
        value_name = "FORMAT"
    )]
    format: Option<FormatArg>,

    /// Also say how it was worked out, and where each price and rule was read
    #[arg(long, global = true, hide_short_help = true)]
    details: bool,

    /// Also write a file in the format of its ending: `.md`, `.html`, `.json`, `.csv` or `.txt`,
    /// of `check` `.focus.csv` too; may be repeated
    #[arg(long, global = true, hide_short_help = true, value_name = "FILE", value_parser = Output::file)]
    output: Vec<Output>,

    /// Short for `--format json`
    #[arg(long, global = true, hide_short_help = true, conflicts_with = "format")]
    json: bool,

    /// A TOML file, or a folder of them, laid over the built-in catalog; may be
    /// repeated; also `TOLLGATE_CATALOG`, a path list
    #[arg(long, global = true, hide_short_help = true, value_name = "PATH")]
    catalog: Vec<PathBuf>,

    /// The prices in force on that date [default: today; of recorded calls, the day of each];
    /// of `compare` also two dates, `2026-06-15..2026-11-20`
    #[arg(long, global = true, hide_short_help = true, value_name = "DATE", value_parser = value::as_of)]
    as_of: Option<AsOfDays>,

    /// Where the model runs, such as `ap-southeast-1` [default: the provider's first region];
    /// `compare` and `models` take several, `a,b`, and `all`
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_name = "REGION",
        value_delimiter = ','
    )]
    region: Vec<String>,

    /// A negotiated discount on every charge, such as `15%`
    #[arg(long, global = true, hide_short_help = true, value_name = "PERCENT", value_parser = value::percent, allow_hyphen_values = true)]
    pub discount: Option<Percent>,

    /// Also show totals in another currency, and add up prices in two: `1USD=7.2CNY`;
    /// `USD=0.1389` means 1 CNY is USD 0.1389, and beside totals in USD `CNY=7.2` means
    /// 1 USD is 7.2 CNY; may be repeated
    #[arg(long, global = true, hide_short_help = true, value_name = "CODE=RATE", value_parser = value::fx)]
    pub fx: Vec<Fx>,

    /// Exit with 3 when the total of a quote or of a plan is above this amount: `20000`, or
    /// with its currency `¥20000`, `USD 20000`
    #[arg(long, global = true, hide_short_help = true, value_name = "AMOUNT", value_parser = value::amount, allow_hyphen_values = true)]
    pub max_cost: Option<Amount>,

    /// Exit with 3 when a price that is used was last seen more than so many days ago, or has
    /// no day on which it was seen
    #[arg(long, global = true, hide_short_help = true, value_name = "DAYS", value_parser = value::count, allow_hyphen_values = true)]
    max_age: Option<u64>,

    /// When to style the output
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto"
    )]
    color: Color,

    /// Print all of the help; `-h` prints what is used most
    #[arg(short = 'h', long = "help", global = true, hide_short_help = true, action = ArgAction::Help)]
    _help: Option<bool>,
}

/// The regions in which models are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Regions<'a> {
    /// The first of each provider.
    First,
    /// These, each once.
    These(Vec<&'a str>),
    /// Every one.
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatArg {
    Table,
    Json,
    Csv,
    Markdown,
    /// One page with charts, for a browser and for paper
    Html,
    /// The total alone, for scripts
    Total,
    /// Workflow commands of GitHub Actions; only `check`
    Github,
    /// Rows of the FinOps FOCUS specification; only `check`
    Focus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Where the stream is a terminal that wants it
    Auto,
    /// Also in a pipe
    Always,
    /// Not at all
    Never,
}

impl Color {
    /// Whether to style a stream that may be styled or not.
    pub fn style(self, may: bool) -> Style {
        let color = match self {
            Self::Auto => may,
            Self::Always => true,
            Self::Never => false,
        };
        Style { color }
    }
}

/// The last `--color` of a command line that could not be parsed; `auto` where there is none.
pub fn color_of(args: &[OsString]) -> Color {
    let texts: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let mut color = Color::Auto;
    for (at, text) in texts.iter().enumerate() {
        let value = match text.strip_prefix("--color") {
            Some("") => texts.get(at.saturating_add(1)).copied(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(found) = value.and_then(|value| Color::from_str(value, false).ok()) {
            color = found;
        }
    }
    color
}

/// A word in quotes where a shell would read it as something else.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:,@%+".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

impl Globals {
    /// The format of stdout.
    pub fn format(&self) -> Format {
        match self.format {
            _ if self.json => Format::Json,
            None | Some(FormatArg::Table) => Format::Table,
            Some(FormatArg::Json) => Format::Json,
            Some(FormatArg::Csv) => Format::Csv,
            Some(FormatArg::Markdown) => Format::Markdown,
            Some(FormatArg::Html) => Format::Html,
            Some(FormatArg::Total) => Format::Total,
            Some(FormatArg::Github) => Format::Github,
            Some(FormatArg::Focus) => Format::Focus,
        }
    }

    /// Whether a format is printed, or written to a file.
    pub fn asks_for(&self, format: Format) -> bool {
        let written = |path: &PathBuf| format_of(path).ok() == Some(format);
        self.format() == format || self.outputs().any(written)
    }

    /// The files that are written beside what is printed.
    pub fn outputs(&self) -> impl Iterator<Item = &PathBuf> {
        self.output.iter().filter_map(Output::path)
    }

    /// Format, depth, style and width of what is printed.
    pub fn view(&self, environment: &Environment) -> View {
        View {
            format: self.format(),
            depth: match self.details {
                true => Depth::Details,
                false => Depth::Answer,
            },
            style: self.style(environment.style_stdout),
            width: environment.width,
        }
    }

    /// The command line as a shell takes it, in one line.
    pub fn command_line(&self) -> String {
        let words = self.words.iter().enumerate();
        let words = words.map(|(at, word)| match at {
            0 => "tollgate".to_owned(),
            _ => quoted(&word.to_string_lossy()),
        });
        words.collect::<Vec<String>>().join(" ")
    }

    /// Refuses the formats that only `check` has.
    pub fn refuse_formats_of_check(&self) -> Result<(), Failure> {
        let name = match self.format {
            Some(FormatArg::Github) => "github",
            Some(FormatArg::Focus) => "focus",
            _ => return Ok(()),
        };
        Err(Failure::usage(
            format!("only `check` has `--format {name}`"),
            "use `table`, `json`, `csv`, `markdown`, `html` or `total`",
        ))
    }

    /// The date that was given; of two the later.
    pub fn given_as_of(&self) -> Option<NaiveDate> {
        self.as_of.map(|given| match given {
            AsOfDays::One(day) | AsOfDays::Two(_, day) => day,
        })
    }

    /// The earlier of two dates that were given.
    pub fn as_of_then(&self) -> Option<NaiveDate> {
        match self.as_of? {
            AsOfDays::One(_) => None,
            AsOfDays::Two(then, _) => Some(then),
        }
    }

    /// Refuses two dates where nothing is compared.
    pub fn refuse_two_days(&self) -> Result<(), Failure> {
        let Some(AsOfDays::Two(_, now)) = self.as_of else {
            return Ok(());
        };
        Err(Failure::usage(
            "only `compare` takes two days as `--as-of`",
            format!("name one, as in `--as-of {now}`"),
        ))
    }

    /// The catalog files of a user, with those of a plan before the flags.
    pub fn catalogs_with(
        &self,
        environment: &Environment,
        of_plan: impl Iterator<Item = PathBuf>,
    ) -> Vec<PathBuf> {
        let mut all = self.catalogs(environment);
        let of_environment = all.len().saturating_sub(self.catalog.len());
        let flags = all.split_off(of_environment);
        all.extend(of_plan);
        all.extend(flags);
        all
    }

    /// Whether to style a stream that may be styled or not.
    pub fn style(&self, may: bool) -> Style {
        self.color.style(may)
    }

    /// The catalog files of a user: those of the environment first, then the flags.
    pub fn catalogs(&self, environment: &Environment) -> Vec<PathBuf> {
        let listed = environment
            .catalog_path
            .iter()
            .flat_map(std::env::split_paths);
        listed
            .filter(|path| !path.as_os_str().is_empty())
            .chain(self.catalog.iter().cloned())
            .collect()
    }

    /// The catalog files of the flags.
    pub fn given_catalogs(&self) -> &[PathBuf] {
        &self.catalog
    }

    /// The date whose prices are used.
    pub fn as_of(&self, environment: &Environment) -> NaiveDate {
        self.given_as_of().unwrap_or(environment.today)
    }

    /// The dates of the prices of recorded calls: each call's own day, unless `--as-of` is given.
    pub fn as_of_traced(&self, environment: &Environment) -> AsOf {
        AsOf {
            date: self.as_of(environment),
            given: self.as_of.is_some(),
        }
    }

    /// The message where one of these prices is older than `--max-age` allows.
    pub fn too_old<'a>(
        &self,
        sources: impl Iterator<Item = &'a Source>,
        today: NaiveDate,
    ) -> Option<String> {
        let most = self.max_age?;
        let oldest = Oldest::of(sources, today).filter(|oldest| oldest.is_beyond(most))?;
        let of = printable(&format!(
            "{}: {}",
            oldest.source.document, oldest.source.section
        ));
        let limit = counted(most, "day");
        Some(match oldest.seen.zip(oldest.days) {
            Some((seen, days)) => format!(
                "the limit of {limit} is exceeded: {of} was last seen on {seen}, {} before {today}",
                counted(days, "day")
            ),
            None => format!(
                "the limit of {limit} may be exceeded: {of} has no day on which it was seen"
            ),
        })
    }

    /// The regions that were asked for.
    pub fn regions(&self) -> Regions<'_> {
        let mut named: Vec<&str> = Vec::new();
        for region in &self.region {
            if region.eq_ignore_ascii_case("all") {
                return Regions::All;
            }
            if !named.iter().any(|known| known.eq_ignore_ascii_case(region)) {
                named.push(region);
            }
        }
        match named.is_empty() {
            true => Regions::First,
            false => Regions::These(named),
        }
    }

    /// The region of all that is priced, where one was given.
    pub fn region(&self) -> Result<Option<&str>, Failure> {
        match self.regions() {
            Regions::First => Ok(None),
            Regions::These(named) if named.len() == 1 => Ok(named.first().copied()),
            Regions::These(_) | Regions::All => Err(Failure::usage(
                "`--region` has several regions, and one is needed here",
                "name one of them; `compare` ranks several",
            )),
        }
    }

    /// Refuses `--region` where no model is looked up.
    pub fn refuse_region(&self, command: &str, hint: &str) -> Result<(), Failure> {
        refuse([("--region", !self.region.is_empty())], command, hint)
    }

    /// Refuses `--max-age` where no price is used.
    pub fn refuse_max_age(&self, command: &str) -> Result<(), Failure> {
        refuse(
            [("--max-age", self.max_age.is_some())],
            command,
            "leave it out: `quote`, `compare`, `check` and `models` use prices",
        )
    }

    /// Refuses the flags of a quote where nothing is quoted: they would do nothing.
    pub fn refuse_of_quotes(&self, command: &str) -> Result<(), Failure> {
        let flags = [
            ("--discount", self.discount.is_some()),
            ("--fx", !self.fx.is_empty()),
            ("--max-cost", self.max_cost.is_some()),
        ];
        refuse(
            flags,
            command,
            "leave it out: `quote` and `compare` have totals that it is for",
        )
    }

    /// Refuses what a partial result has no place for: it is JSON, and has no total yet.
    pub fn refuse_of_partials(&self) -> Result<(), Failure> {
        let other_format = self.format.is_some_and(|format| format != FormatArg::Json);
        let flags = [
            ("--discount", self.discount.is_some()),
            ("--fx", !self.fx.is_empty()),
            ("--max-cost", self.max_cost.is_some()),
            ("--max-age", self.max_age.is_some()),
            ("--format", other_format),
            ("--details", self.details),
            ("--output", self.outputs().next().is_some()),
        ];
        refuse(
            flags,
            "quote ptu --partial",
            "give it to `tollgate merge`: a partial result is JSON and has no total",
        )
    }

    /// Refuses the flags that say what is printed and at which prices, where neither is chosen.
    pub fn refuse_of_reports(&self, command: &str) -> Result<(), Failure> {
        let flags = [
            ("--format", self.format.is_some()),
            ("--json", self.json),
            ("--details", self.details),
            ("--output", self.outputs().next().is_some()),
            ("--catalog", !self.catalog.is_empty()),
            ("--as-of", self.as_of.is_some()),
            ("--region", !self.region.is_empty()),
        ];
        refuse(flags, command, "leave it out")
    }
}

/// Refuses the first of these flags that is given.
fn refuse(
    flags: impl IntoIterator<Item = (&'static str, bool)>,
    command: &str,
    hint: &str,
) -> Result<(), Failure> {
    match flags.into_iter().find(|(_, given)| *given) {
        None => Ok(()),
        Some((flag, _)) => Err(Failure::usage(
            format!("`{flag}` does nothing in `tollgate {command}`"),
            hint,
        )),
    }
}
