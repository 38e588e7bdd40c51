//! The program: parse and run, write once, exit.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::Utc;
use tollgate::billing::calendar::china_standard_time;
use tollgate::cli::{self, Environment, Terminal};
use tollgate::output;

/// Whether stdout is closed. What runs before `main` puts `/dev/null` in its place, so it is looked at
/// before that.
static CLOSED: AtomicBool = AtomicBool::new(false);

#[cfg(unix)]
#[ctor::ctor]
fn look_at_stdout() {
    let flags = rustix::io::fcntl_getfd(rustix::stdio::stdout());
    CLOSED.store(flags.is_err(), Ordering::Relaxed);
}

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
    let outcome = cli::run(env::args_os(), &environment());
    let mut stderr = io::stderr().lock();
    let code = match CLOSED.load(Ordering::Relaxed) {
        true => output::write(&outcome, &mut Closed, &mut stderr),
        false => output::write(&outcome, &mut io::stdout().lock(), &mut stderr),
    };
    ExitCode::from(code)
}

fn environment() -> Environment {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    let may_style = !set("NO_COLOR") && !dumb;
    Environment {
        today: Utc::now()
            .with_timezone(&china_standard_time())
            .date_naive(),
        catalog_path: env::var_os("TOLLGATE_CATALOG"),
        style_stdout: may_style && io::stdout().is_terminal(),
        style_stderr: may_style && io::stderr().is_terminal(),
        progress: io::stderr().is_terminal().then_some(Terminal {
            write: output::tell,
            clears: !dumb,
        }),
    }
}
