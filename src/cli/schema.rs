//! `tollgate schema <FILE>`: the JSON Schema of a file that people write, for their editors.

use clap::{Args as ClapArgs, ValueEnum};

use super::Done;
use super::failure::Failure;
use super::global::Globals;

/// Arguments of `schema`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  tollgate schema plan > tollgate.schema.json
  tollgate schema catalog > catalog.schema.json

Editors with Taplo, such as Even Better TOML, read it where the first line of a file says
`#:schema ./tollgate.schema.json`.")]
pub struct Args {
    /// The file that is described
    #[arg(value_enum)]
    file: File,
}

/// The files that are written by hand.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum File {
    /// A plan, which `check` prices
    Plan,
    /// Prices of your own, for `--catalog`
    Catalog,
    /// What an account holds, for `resources`
    Account,
}

/// Prints the schema as it stands in `schema/`.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    globals.refuse_of_quotes("schema")?;
    globals.refuse_of_reports("schema")?;
    globals.refuse_max_age("schema")?;
    let schema = match args.file {
        File::Plan => include_str!("../../schema/plan-1.json"),
        File::Catalog => include_str!("../../schema/catalog-1.json"),
        File::Account => include_str!("../../schema/account-1.json"),
    };
    Ok(Done::output(schema.to_owned()))
}
