//! The program: parse and run, write once, exit.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{NaiveDate, Utc};
use tollgate::billing::calendar::china_standard_time;
use tollgate::cli::{self, Environment, Outcome, Terminal};
use tollgate::{order, output};

/// Whether stdout is closed. What runs before `main` puts `/dev/null` in its place, so it is looked at
/// before that.
static CLOSED: AtomicBool = AtomicBool::new(false);

#[cfg(unix)]
#[ctor::ctor]
fn look_at_stdout() {
    let flags = rustix::io::fcntl_getfd(rustix::stdio::stdout());
    CLOSED.store(flags.is_err(), Ordering::Relaxed);
}

/// Fewer columns are taken for a mistake.
const NARROWEST: u16 = 40;

/// A stdout that is closed.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("the standard output is closed"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn main() -> ExitCode {
    output::exit_where_aborted();
    let completed = env::var_os(cli::COMPLETE).filter(|shell| !shell.is_empty());
    let outcome = match (environment(), completed) {
        (Ok(environment), None) => cli::run(env::args_os(), &environment),
        (Ok(environment), Some(shell)) => cli::complete(&shell, env::args_os(), &environment),
        (Err(stderr), None) => Outcome::failed(stderr),
        // Whoever is typing wants no message.
        (Err(_), Some(_)) => Outcome {
            code: 0,
            ..Outcome::failed(String::new())
        },
    };
    let mut stderr = io::stderr().lock();
    let code = match CLOSED.load(Ordering::Relaxed) {
        true => output::write(&outcome, &mut Closed, &mut stderr),
        false => output::write(&outcome, &mut io::stdout().lock(), &mut stderr),
    };
    ExitCode::from(code)
}

/// The day that `TOLLGATE_TODAY` says, so that a run can be repeated later, or the day that it is.
fn today() -> Result<NaiveDate, String> {
    let Some(given) = env::var_os("TOLLGATE_TODAY").filter(|given| !given.is_empty()) else {
        let now = Utc::now().with_timezone(&china_standard_time());
        return Ok(now.date_naive());
    };
    order::value::date(&given.to_string_lossy()).map_err(|problem| {
        format!(
            "error: `TOLLGATE_TODAY` cannot be used: {problem}\n\nhint: unset it, or write a date\n"
        )
    })
}

/// The columns that `COLUMNS` says or the terminal has; 80 in a pipe.
fn width() -> usize {
    let said = env::var("COLUMNS").ok();
    let said = said.and_then(|columns| columns.parse::<u16>().ok());
    let of_terminal = || terminal_size::terminal_size_of(io::stdout());
    let columns = said.or_else(|| of_terminal().map(|(width, _)| width.0));
    columns
        .filter(|columns| *columns >= NARROWEST)
        .map_or(80, usize::from)
}

fn environment() -> Result<Environment, String> {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    let may_style = !set("NO_COLOR") && !dumb;
    Ok(Environment {
        width: width(),
        today: today()?,
        catalog_path: env::var_os("TOLLGATE_CATALOG"),
        style_stdout: may_style && io::stdout().is_terminal(),
        style_stderr: may_style && io::stderr().is_terminal(),
        progress: io::stderr().is_terminal().then_some(Terminal {
            write: output::tell,
            clears: !dumb,
        }),
    })
}
