//! The program: parse and run, write once, exit.

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use chrono::Utc;
use tollgate::billing::calendar::china_standard_time;
use tollgate::cli::{self, Environment};

fn main() -> ExitCode {
    let outcome = cli::run(env::args_os(), &environment());
    if let Err(error) = write_once(&mut io::stdout().lock(), &outcome.stdout) {
        // A reader that has enough closes the pipe; the verdict stands.
        if error.kind() != ErrorKind::BrokenPipe {
            let message = format!("error: cannot write the output: {error}\n");
            let _ = write_once(&mut io::stderr().lock(), &message);
            return ExitCode::from(1);
        }
    }
    // Where stderr is gone there is nobody left to tell.
    let _ = write_once(&mut io::stderr().lock(), &outcome.stderr);
    ExitCode::from(outcome.code)
}

fn write_once(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
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
    }
}
