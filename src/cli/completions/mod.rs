//! `tollgate completions <SHELL>`: the script for a shell, which asks the program for what can come next.

mod candidates;
mod values;

use clap::Args as ClapArgs;
use clap_complete::Shell;
use clap_complete::env::Shells;

use super::Done;
use super::failure::Failure;
use super::global::Globals;
pub use candidates::{VARIABLE, complete};

/// Arguments of `completions`.
#[derive(Debug, ClapArgs)]
#[command(after_long_help = "\
Examples:
  tollgate completions bash > ~/.local/share/bash-completion/completions/tollgate")]
pub struct Args {
    /// The shell to complete for
    #[arg(value_enum)]
    shell: Shell,
}

/// zsh loads the file when a command is completed for the first time: these lines complete that one.
const FIRST_OF_ZSH: &str = "
if [ \"$funcstack[1]\" = \"_tollgate\" ]; then
    _clap_dynamic_completer_tollgate \"$@\"
fi
";

/// Prints the script.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    globals.refuse_of_quotes("completions")?;
    globals.refuse_of_reports("completions")?;
    globals.refuse_max_age("completions")?;
    let mut script = Vec::new();
    let shells = Shells::builtins();
    if let Some(shell) = shells.completer(&args.shell.to_string()) {
        let name = "tollgate";
        shell.write_registration(VARIABLE, name, name, name, &mut script)?;
    }
    let script = String::from_utf8(script)?;
    let more = match args.shell {
        Shell::Zsh => FIRST_OF_ZSH,
        _ => "",
    };
    Ok(Done::output(format!("{}\n{more}", script.trim())))
}
