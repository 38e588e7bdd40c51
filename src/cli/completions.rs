//! `tollgate completions <SHELL>`: the script for a shell.

use clap::Args as ClapArgs;
use clap_complete::Shell;

use super::Done;
use super::failure::Failure;
use super::global::Globals;

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

/// Generates the script from the command line that the program parses with.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    globals.refuse_of_quotes("completions")?;
    globals.refuse_of_reports("completions")?;
    globals.refuse_max_age("completions")?;
    // `generate` panics when it cannot write; memory always takes it.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "tollgate", &mut script);
    Ok(Done::output(String::from_utf8(script)?))
}
