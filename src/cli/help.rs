//! Help: the short one, `-h`, has the flags that are used most and the names of all others, and the long
//! one what is not of a flag.

use clap::builder::Styles;
use clap::{Arg, Command};
use textwrap::Options;

use super::check;

/// The columns of help.
const WIDTH: usize = 80;

/// The most values of a flag that the short help lists.
const VALUES: usize = 4;

/// The command with what its long help has beside its flags.
pub fn with_long_help(command: Command) -> Command {
    command.mut_subcommand("check", |check| {
        let examples = check.get_after_long_help().cloned().unwrap_or_default();
        let keys = check::keys_of_plans();
        check.after_long_help(format!("{examples}\n\n{keys}"))
    })
}

/// The command with what its short help has beside clap's: how it is written in one line, and the names of
/// the flags that only `--help` explains. Most runs print no help, so this is not done for them.
pub fn with_short_help(command: Command) -> Command {
    let globals = names(command.get_arguments().filter(|arg| arg.is_global_set()));
    let name = command.get_name().to_owned();
    short(command, &name, &globals)
}

fn short(command: Command, path: &str, globals: &str) -> Command {
    let mut lines = vec![header("Also, with `--help`:")];
    lines.extend(groups(&command));
    lines.push(line("Global options", globals));
    let mut after = lines.join("\n");
    if let Some(own) = command.get_after_help() {
        after = format!("{}\n\n{after}", own.ansi());
    }
    let command = match command.has_subcommands() {
        true => command,
        false => {
            let places = command.get_positionals().map(ToString::to_string);
            let words: Vec<String> = places.collect();
            let usage = format!("{path} [OPTIONS] {}", words.join(" "));
            command.override_usage(usage)
        }
    };
    let command = command.mut_args(without_long_lists).after_help(after);
    command.mut_subcommands(|subcommand| {
        let path = format!("{path} {}", subcommand.get_name());
        short(subcommand, &path, globals)
    })
}

/// The command's own flags that the short help does not explain, a line for each heading.
fn groups(command: &Command) -> Vec<String> {
    let mut groups: Vec<(&str, Vec<&Arg>)> = Vec::new();
    for arg in command.get_arguments().filter(|arg| !arg.is_global_set()) {
        let heading = arg.get_help_heading().unwrap_or("Options");
        let hidden = arg.is_hide_short_help_set().then_some(arg);
        match groups.iter_mut().find(|(name, _)| *name == heading) {
            Some((_, args)) => args.extend(hidden),
            None => groups.push((heading, hidden.into_iter().collect())),
        }
    }
    groups.retain(|(_, args)| !args.is_empty());
    let lines = groups.into_iter();
    lines
        .map(|(heading, args)| line(heading, &names(args.into_iter())))
        .collect()
}

/// The flag without the values that it takes, where they are too many for a line.
fn without_long_lists(arg: Arg) -> Arg {
    let is_long = arg.get_possible_values().len() > VALUES;
    match arg.is_positional() {
        true => arg,
        false => arg.hide_possible_values(is_long),
    }
}

fn names<'a>(args: impl Iterator<Item = &'a Arg>) -> String {
    let long = args.filter_map(Arg::get_long);
    // Each command explains how it is asked for help.
    let named: Vec<String> = long
        .filter(|name| *name != "help")
        .map(|name| format!("--{name}"))
        .collect();
    named.join(" ")
}

fn line(heading: &str, names: &str) -> String {
    let options = Options::new(WIDTH)
        .initial_indent("  ")
        .subsequent_indent("    ")
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(&format!("{heading}: {names}"), options)
}

fn header(text: &str) -> String {
    let style = Styles::styled();
    let header = style.get_header();
    format!("{header}{text}{header:#}")
}
