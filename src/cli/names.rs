//! The flags for the names by which a log calls models.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use crate::catalog::{is_printable, printable};
use crate::order::ModelMap;

/// The most bytes of a file of names.
const MOST: u64 = 1 << 20;

/// Names of models in a log.
#[derive(Debug, Args)]
#[command(next_help_heading = "Recorded traffic")]
pub struct NamesArgs {
    #[command(flatten)]
    map: MapArgs,

    /// Leave out calls of unknown models, and say how many
    #[arg(long, hide_short_help = true)]
    skip_unknown_models: bool,
}

/// Names that stand for models.
#[derive(Debug, Args)]
#[command(next_help_heading = "Recorded traffic")]
pub struct MapArgs {
    /// The model that a name in the log stands for, such as `azure/my-deployment=qwen-plus`; or a file with
    /// such lines; may be repeated
    #[arg(long, hide_short_help = true, value_name = "NAME=CODE|FILE")]
    model_map: Vec<String>,
}

impl NamesArgs {
    /// Whether calls of unknown models are left out.
    pub fn skips(&self) -> bool {
        self.skip_unknown_models
    }

    /// The files with names.
    pub fn files(&self) -> Vec<PathBuf> {
        self.map.files()
    }

    /// Refuses the flags where a model is named, and all calls are priced as its own.
    ///
    /// # Errors
    /// [`Failure::Usage`].
    pub fn refuse(&self, why: &str, hint: &str) -> Result<(), Failure> {
        let given = [
            ("--model-map", self.map.given()),
            ("--skip-unknown-models", self.skip_unknown_models),
        ];
        match given.into_iter().find(|(_, given)| *given) {
            None => Ok(()),
            Some((flag, _)) => Err(Failure::usage(format!("`{flag}` {why}"), hint)),
        }
    }

    /// The names, as [`MapArgs::map`].
    ///
    /// # Errors
    /// As [`MapArgs::map`].
    pub fn map(&self) -> Result<ModelMap, Failure> {
        self.map.map()
    }
}

impl MapArgs {
    /// Whether there is one.
    pub fn given(&self) -> bool {
        !self.model_map.is_empty()
    }

    /// The files with names.
    pub fn files(&self) -> Vec<PathBuf> {
        let files = self.model_map.iter().filter(|one| !one.contains('='));
        files.map(PathBuf::from).collect()
    }

    /// The names, from the command line and from files.
    ///
    /// # Errors
    /// [`Failure`] for a file that cannot be read, or a name that stands for two models.
    pub fn map(&self) -> Result<ModelMap, Failure> {
        let mut map = ModelMap::default();
        for one in &self.model_map {
            if one.contains('=') {
                add(&mut map, one, "`--model-map`")?;
                continue;
            }
            let path = Path::new(one);
            let name = printable(one);
            let text = read(path).map_err(|reason| Failure::Unmatched {
                message: format!("cannot read `{name}`: {reason}"),
                hint: HINT.to_owned(),
            })?;
            for (number, line) in (1_usize..).zip(text.lines()) {
                let line = line.trim();
                if !line.is_empty() && !line.starts_with('#') {
                    add(&mut map, line, &format!("{name}:{number}"))?;
                }
            }
        }
        Ok(map)
    }
}

const HINT: &str = "give `NAME=CODE`, or a file with such lines";

fn read(path: &Path) -> Result<String, String> {
    // Opening a pipe can hang, so what it is comes first.
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    match metadata.is_file() {
        false => Err("it is no regular file".to_owned()),
        true if metadata.len() > MOST => Err("it has more than 1 MiB".to_owned()),
        true => fs::read_to_string(path).map_err(|error| error.to_string()),
    }
}

/// Adds `NAME=CODE`; either may stand in quotes.
fn add(map: &mut ModelMap, line: &str, place: &str) -> Result<(), Failure> {
    let bare = |text: &str| text.trim().trim_matches('"').trim().to_owned();
    // Codes have no `=` in them, and names in logs may.
    let (name, code) = line.rsplit_once('=').unwrap_or((line, ""));
    let (name, code) = (bare(name), bare(code));
    if name.is_empty() || code.is_empty() || !name.chars().all(is_printable) {
        let line = printable(line);
        return Err(Failure::usage(
            format!("{place}: `{line}` is not `NAME=CODE`"),
            HINT,
        ));
    }
    map.add(&name, &code).map_err(|known| {
        Failure::usage(
            format!(
                "{place}: `{name}` stands for `{known}` and for `{}`",
                printable(&code)
            ),
            "leave one of them out",
        )
    })
}
