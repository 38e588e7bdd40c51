//! The program: parse and run, write once, exit.

use std::env;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use chrono::Utc;
use tollgate::billing::calendar::china_standard_time;
use tollgate::cli::{self, Environment, Terminal};
use tollgate::output;

fn main() -> ExitCode {
    let outcome = cli::run(env::args_os(), &environment());
    let code = output::write(&outcome, &mut io::stdout().lock(), &mut io::stderr().lock());
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
