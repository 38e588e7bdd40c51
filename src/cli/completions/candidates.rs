//! The candidates for the next word of a command line, as the shell's completion script asks for them.

use std::ffi::{OsStr, OsString};
use std::sync::Arc;

use clap::{Arg, Command, CommandFactory};
use clap_complete::engine::ArgValueCompleter;
use clap_complete::env::Shells;

use super::values::Values;
use crate::billing::quote::Method;
use crate::cli::{Cli, Environment, Outcome};

/// The variable in which a script names its shell.
pub const VARIABLE: &str = "TOLLGATE_COMPLETE";

/// The candidates for a command line that `shell` completes, as that shell reads them: `args` are the
/// program, `--`, and the words. Whoever is typing wants no message, so where there is none it is empty.
#[must_use]
pub fn complete(
    shell: &OsStr,
    args: impl IntoIterator<Item = OsString>,
    environment: &Environment,
) -> Outcome {
    let words = args.into_iter().skip_while(|arg| arg != "--").skip(1);
    let words: Vec<OsString> = words.collect();
    Outcome {
        stdout: candidates(shell, words, environment).unwrap_or_default(),
        code: 0,
        ..Outcome::failed(String::new())
    }
}

fn candidates(shell: &OsStr, words: Vec<OsString>, environment: &Environment) -> Option<String> {
    // Shells have no place to be completed at in no words.
    let shells = Shells::builtins();
    let shell = shells
        .completer(shell.to_str()?)
        .filter(|_| !words.is_empty())?;
    let values = Arc::new(Values::new(&words, environment));
    let mut command = with_values(Cli::command(), None, &values);
    let folder = std::env::current_dir().ok();
    let mut written = Vec::new();
    let found = shell.write_complete(&mut command, words, folder.as_deref(), &mut written);
    found.ok()?;
    String::from_utf8(written).ok()
}

/// The command, whose models and specifications are those of the catalog.
fn with_values(command: Command, method: Option<Method>, values: &Arc<Values>) -> Command {
    let command = command.mut_args(|arg| arg_with_values(arg, method, values));
    command.mut_subcommands(|subcommand| {
        let method = match subcommand.get_name() {
            "ptu" => Some(Method::Ptu),
            "mu" => Some(Method::Mu),
            "tokens" => Some(Method::Tokens),
            "dtu" => Some(Method::Dtu),
            _ => None,
        };
        with_values(subcommand, method, values)
    })
}

fn arg_with_values(arg: Arg, method: Option<Method>, values: &Arc<Values>) -> Arg {
    let values = Arc::clone(values);
    match arg.get_id().as_str() {
        "model" | "models" | "pattern" => {
            let completer = move |typed: &OsStr| values.models(typed, method);
            arg.add(ArgValueCompleter::new(completer))
        }
        "spec" | "current_spec" => {
            let completer = move |typed: &OsStr| values.specs(typed, "", method);
            arg.add(ArgValueCompleter::new(completer))
        }
        "region" => {
            let completer = move |typed: &OsStr| values.regions(typed);
            arg.add(ArgValueCompleter::new(completer))
        }
        "replica_capacity" => {
            let completer = move |typed: &OsStr| values.specs(typed, "=", None);
            arg.add(ArgValueCompleter::new(completer))
        }
        _ => arg,
    }
}
