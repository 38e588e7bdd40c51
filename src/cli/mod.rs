//! The command line: one file a subcommand, with its arguments, its request and its run.

mod check;
mod compare;
mod completions;
mod failure;
mod files;
mod funding;
mod global;
mod growth;
mod help;
mod inert;
mod limit;
mod load;
mod merge;
mod models;
mod names;
mod output;
mod print;
mod quote;
mod resources;
mod savings;
mod schema;
mod trace;
mod trace_command;
mod usage;
mod watch;

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::StyledStr;
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::order::value;
use crate::report::Format;
use crate::trace::Progress;
pub use completions::{VARIABLE as COMPLETE, complete};
use failure::Failure;
use files::Files;
use global::Globals;
use inert::inert;
pub use watch::Terminal;
use watch::Watch;

/// Date, variables and terminals, read once in `main`.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Today in China Standard Time, where all prices are.
    pub today: NaiveDate,
    /// `TOLLGATE_CATALOG`.
    pub catalog_path: Option<OsString>,
    /// The columns of the terminal; 80 where stdout is not one.
    pub width: usize,
    /// Whether stdout may be styled: a terminal, and no `NO_COLOR` or `TERM=dumb`.
    pub style_stdout: bool,
    /// Whether stderr may be styled, by the same rule.
    pub style_stderr: bool,
    /// Where the progress of reading a trace is shown: stderr, if it is a terminal.
    pub progress: Option<Terminal>,
}

impl Environment {
    /// Shows progress on the terminal, and erases it when dropped.
    fn watch(&self) -> impl FnMut(Progress) + use<> {
        let mut watch = Watch::new(self.progress);
        move |progress| watch.tell(progress)
    }
}

/// Everything that a run prints and writes, before any of it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The data; empty when the run failed.
    pub stdout: String,
    /// Files to write before anything else, each whole or not at all.
    pub files: Vec<(PathBuf, String)>,
    /// Files to write that must not exist yet.
    pub new_files: Vec<(PathBuf, String)>,
    /// Messages for people.
    pub stderr: String,
    /// 0 done, 1 cannot be quoted, 2 wrong command line, 3 done and a limit is exceeded.
    pub code: u8,
}

impl Outcome {
    /// The outcome of an unusable environment: this text on stderr, and exit 2.
    #[must_use]
    pub fn failed(stderr: String) -> Self {
        Self {
            stdout: String::new(),
            files: Vec::new(),
            new_files: Vec::new(),
            stderr,
            code: 2,
        }
    }
}

/// Says what an LLM deployment will cost before anyone deploys it.
#[derive(Debug, Parser)]
#[command(
    name = "tollgate",
    version,
    term_width = 80,
    max_term_width = 80,
    disable_help_flag = true,
    after_help = "\
Try:
  tollgate quote mu qwen3-8b --spec MU1x2 --replicas 3 --hours 7d
  tollgate compare qwen3-max-2025-09-23 \\
    --rpm 30 --input-per-request 4000 --output-per-request 400
  tollgate models qwen3-8b",
    after_long_help = "Exit codes: 0 done, 1 it cannot be quoted, 2 the command line is wrong, 3 a limit is exceeded."
)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Price one deployment, line by line
    #[command(
        subcommand,
        after_help = "\
Try:
  tollgate quote ptu glm-5.1 --input-tpm 50k --output-tpm 4k --hours 90m
  tollgate quote mu qwen3-8b --spec MU1x2 --replicas 3 --hours 7d
  tollgate quote tokens qwen3-32b --input 1.5M --output 300k --mode thinking"
    )]
    Quote(quote::QuoteCommand),
    /// Show what is in a log, before any price
    Trace(trace_command::Args),
    /// Add up what `quote ptu --partial` printed, and print the quote
    Merge(merge::Args),
    /// Price a workload under every billing method, the cheapest first
    Compare(compare::Args),
    /// List the models, or show one model's price card
    Models(models::Args),
    /// Price a plan file, and hold it against its budgets and a baseline
    Check(check::Args),
    /// Show what prepaid and free resources have left, and until when
    Resources(resources::Args),
    /// Print the completion script of a shell
    Completions(completions::Args),
    /// Print the JSON Schema of a file, with which editors complete it
    Schema(schema::Args),
}

impl Command {
    /// The files that the command reads and writes, apart from the catalog.
    fn files(&self) -> Files {
        match self {
            Self::Quote(command) => command.files(),
            Self::Compare(args) => args.files(),
            Self::Check(args) => args.files(),
            Self::Trace(args) => args.files(),
            Self::Merge(args) => args.files(),
            Self::Resources(args) => args.files(),
            Self::Models(_) | Self::Completions(_) | Self::Schema(_) => Files::default(),
        }
    }
}

/// The result of a command: its output, and the limits that are exceeded.
struct Done {
    stdout: String,
    files: Vec<(PathBuf, String)>,
    /// Files that must not be there yet.
    new_files: Vec<(PathBuf, String)>,
    exceeded: Vec<String>,
    /// Warnings of a run that succeeded.
    warnings: Vec<String>,
    /// Whether an exceeded limit only warns: exit 0 instead of 3.
    warn_only: bool,
}

impl Done {
    fn output(stdout: String) -> Self {
        Self {
            stdout,
            files: Vec::new(),
            new_files: Vec::new(),
            exceeded: Vec::new(),
            warnings: Vec::new(),
            warn_only: false,
        }
    }
}

/// The command line as clap knows it, for completions and man pages.
#[must_use]
pub fn command() -> clap::Command {
    help::with_long_help(Cli::command())
}

/// Runs a command line, the program's name first. Reads files, writes nothing.
pub fn run(args: impl IntoIterator<Item = OsString>, environment: &Environment) -> Outcome {
    let args: Vec<OsString> = args.into_iter().collect();
    let (outcome, commands) = outcome(&args, environment);
    let files = outcome.files.into_iter();
    Outcome {
        stdout: inert(outcome.stdout, commands),
        stderr: inert(outcome.stderr, commands),
        files: files
            .map(|(path, text)| (path, inert(text, false)))
            .collect(),
        ..outcome
    }
}

/// The outcome of a run; also whether GitHub workflow commands are wanted.
fn outcome(args: &[OsString], environment: &Environment) -> (Outcome, bool) {
    let cli = match parsed(args) {
        Ok(mut cli) => {
            cli.globals.words = args.to_vec();
            cli
        }
        Err(error) => return (not_parsed(error, args, environment), false),
    };
    let style_stderr = cli.globals.style(environment.style_stderr);
    let outcome = match dispatch(&cli, environment) {
        Ok(done) => {
            let warnings = done.warnings.iter();
            let warnings = warnings.map(|line| failure::warning(line, style_stderr));
            let lines = done.exceeded.iter();
            let lines = lines.map(|line| match done.warn_only {
                true => failure::warning(line, style_stderr),
                false => failure::message(line, None, style_stderr),
            });
            let stderr: String = warnings.chain(lines).collect();
            Outcome {
                stdout: done.stdout,
                files: done.files,
                new_files: done.new_files,
                code: if done.exceeded.is_empty() || done.warn_only {
                    0
                } else {
                    3
                },
                stderr,
            }
        }
        Err(failure) => Outcome {
            stdout: String::new(),
            new_files: Vec::new(),
            stderr: failure.render(style_stderr),
            code: failure.code(),
            files: failure.into_files(),
        },
    };
    (outcome, cli.globals.format() == Format::Github)
}

/// The command line. Most are right, so the flags of one `quote` are tried alone first: of what is wrong
/// clap says more where it knows every command.
fn parsed(args: &[OsString]) -> Result<Cli, clap::Error> {
    if let Some(alone) = quote::alone(args)
        && let Ok(cli) = parsed_by(alone, args)
    {
        return Ok(cli);
    }
    parsed_by(Cli::command(), args)
}

fn parsed_by(mut command: clap::Command, args: &[OsString]) -> Result<Cli, clap::Error> {
    let matches = command.try_get_matches_from_mut(args);
    // A tenth of a short run was to take the tree of flags down again. A fuzzer does many runs.
    if !cfg!(fuzzing) {
        std::mem::forget(command);
    }
    Cli::from_arg_matches(&matches?)
}

fn dispatch(cli: &Cli, environment: &Environment) -> Result<Done, Failure> {
    let globals = &cli.globals;
    let view = globals.view(environment);
    if !matches!(cli.command, Command::Check(_)) {
        globals.refuse_formats_of_check()?;
    }
    if !matches!(cli.command, Command::Compare(_)) {
        globals.refuse_two_days()?;
    }
    let files = cli.command.files();
    let files = files.reads("a catalog", globals.catalogs(environment));
    let files = files.writes("--output", globals.outputs());
    files.refuse_overwriting()?;
    files.refuse_other_charts()?;
    match &cli.command {
        Command::Quote(command) => quote::run(command, globals, environment, view),
        Command::Trace(args) => trace_command::run(args, globals, environment, view),
        Command::Merge(args) => merge::run(args, globals, environment, view),
        Command::Compare(args) => compare::run(args, globals, environment, view),
        Command::Check(args) => check::run(args, globals, environment, view),
        Command::Models(args) => models::run(args, globals, environment, view),
        Command::Resources(args) => resources::run(args, globals, environment, view),
        Command::Completions(args) => completions::run(args, globals),
        Command::Schema(args) => schema::run(args, globals),
    }
}

/// Help, the version, or what is wrong with the command line. It was not parsed, so `--color` is
/// looked for by hand.
fn not_parsed(error: clap::Error, args: &[OsString], environment: &Environment) -> Outcome {
    let style = |may| global::color_of(args).style(may);
    let shown = |text: &StyledStr, may| match style(may).color {
        true => text.ansi().to_string(),
        false => text.to_string(),
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Outcome {
            stdout: shown(&in_full(error, args).render(), environment.style_stdout),
            code: 0,
            ..Outcome::failed(String::new())
        },
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let text = in_full(error, args).render();
            Outcome::failed(shown(&text, environment.style_stderr))
        }
        _ => {
            let failure = usage::failure(&error, args);
            Outcome::failed(failure.render(style(environment.style_stderr)))
        }
    }
}

/// The help with our own sections, which are only made when help is asked for.
fn in_full(error: clap::Error, args: &[OsString]) -> clap::Error {
    let is_long = args.iter().any(|arg| arg == "--help" || arg == "help");
    let command = match is_long {
        true => command(),
        false => help::with_short_help(Cli::command()),
    };
    command.try_get_matches_from(args).err().unwrap_or(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_quote_alone_takes_what_it_takes_among_all_commands() {
        let all = built(Cli::command());
        for method in ["ptu", "mu", "tokens"] {
            let args = ["tollgate", "quote", method].map(OsString::from);
            let alone = built(quote::alone(&args).unwrap());
            let leaf = |root: &clap::Command| {
                let quote = root.find_subcommand("quote").unwrap();
                quote.find_subcommand(method).unwrap().clone()
            };
            let (alone, all) = (leaf(&alone), leaf(&all));
            let args = |leaf: &clap::Command| -> Vec<String> {
                leaf.get_arguments().map(|one| format!("{one:?}")).collect()
            };
            assert_eq!(args(&alone).len(), args(&all).len(), "{method}");
            for (one, other) in args(&alone).iter().zip(args(&all)) {
                assert_eq!(*one, other, "{method}");
            }
            let groups = |leaf: &clap::Command| -> Vec<String> {
                leaf.get_groups().map(|one| format!("{one:?}")).collect()
            };
            assert_eq!(groups(&alone), groups(&all), "{method}");
            assert_eq!(
                alone.is_disable_help_flag_set(),
                all.is_disable_help_flag_set()
            );
        }
        for other in [
            &["tollgate", "check"][..],
            &["tollgate", "quote", "help"],
            &["x", "ptu", "mu"],
        ] {
            let args: Vec<OsString> = other.iter().map(OsString::from).collect();
            assert!(quote::alone(&args).is_none(), "{other:?}");
        }
    }

    fn built(mut command: clap::Command) -> clap::Command {
        command.build();
        command
    }
}
