//! A wrong command line in our words: what is wrong, and the way out.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::failure::Failure;
use crate::catalog::printable;
use crate::order::value::{self, PercentError};

const HELP: &str = "add `--help` for what the command takes";

/// What clap found in `args`, as a failure.
pub fn failure(error: &Error, args: &[OsString]) -> Failure {
    let argument = first(error, ContextKind::InvalidArg);
    let (message, hint) = match error.kind() {
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => wrong_value(error, &argument),
        ErrorKind::UnknownArgument => {
            let hint = instead_of_unknown(error, &argument, args);
            (format!("no flag or argument `{argument}` here"), hint)
        }
        ErrorKind::InvalidSubcommand => {
            let name = first(error, ContextKind::InvalidSubcommand);
            let hint = suggestion(error, ContextKind::SuggestedSubcommand);
            let hint = hint.unwrap_or_else(|| commands(error));
            (format!("no command `{name}`"), hint)
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ("a command is missing".to_owned(), commands(error))
        }
        ErrorKind::MissingRequiredArgument => missing(error),
        ErrorKind::ArgumentConflict => conflict(error, &argument),
        ErrorKind::InvalidUtf8 => {
            let message = "an argument is not UTF-8".to_owned();
            (message, "give it in UTF-8".to_owned())
        }
        _ => {
            let rendered = error.render().to_string();
            let line = rendered.lines().next().unwrap_or_default();
            let message = line.strip_prefix("error: ").unwrap_or(line);
            (printable(message), HELP.to_owned())
        }
    };
    Failure::Usage {
        message,
        hint: Some(hint),
    }
}

fn wrong_value(error: &Error, argument: &str) -> (String, String) {
    let value = first(error, ContextKind::InvalidValue);
    let wrong = format!("`{value}` is not a value for `{argument}`");
    if error.kind() == ErrorKind::InvalidValue {
        if value.is_empty() {
            return (format!("`{argument}` needs a value"), HELP.to_owned());
        }
        let valid = || quoted(&all(error, ContextKind::ValidValue));
        let hint = suggestion(error, ContextKind::SuggestedValue);
        return (
            wrong,
            hint.unwrap_or_else(|| format!("it takes {}", valid())),
        );
    }
    let Some(reason) = std::error::Error::source(error) else {
        return (wrong, HELP.to_owned());
    };
    let hint = reason.downcast_ref::<PercentError>();
    let hint = hint.and_then(PercentError::hint);
    let hint = hint.unwrap_or_else(|| HELP.to_owned());
    (format!("{wrong}: {reason}"), hint)
}

fn instead_of_unknown(error: &Error, argument: &str, args: &[OsString]) -> String {
    let has_trace = args.iter().any(|arg| arg == "--trace");
    match argument {
        // As a shell writes out `--trace *.csv`.
        file if has_trace && !file.starts_with('-') => EACH_FILE.to_owned(),
        "--days" if is_of(error, "tollgate quote mu") => days_of_units(args),
        // No other command has it, so the way out is not a flag of another name.
        "--cancel-after" => "leave it out: only `quote mu --months` and `quote dtu` can be cancelled early; `compare --current ptu-daily` says what ending a PTU subscription gives back".to_owned(),
        _ => suggestion(error, ContextKind::SuggestedArg).unwrap_or_else(|| HELP.to_owned()),
    }
}

fn missing(error: &Error) -> (String, String) {
    let missing = all(error, ContextKind::InvalidArg);
    let sizes = missing.iter().filter(|one| one.ends_with("-tpm <TPM>"));
    let hint = if sizes.count() == 2 {
        "give them, or `--units <N>` where it is sold in units, or let `--fit peak` or `--fit cheapest` find the size for a workload or a trace"
    } else {
        HELP
    };
    let missing: Vec<String> = missing.iter().map(|one| either(one)).collect();
    (format!("missing {}", quoted(&missing)), hint.to_owned())
}

fn conflict(error: &Error, argument: &String) -> (String, String) {
    let others = all(error, ContextKind::PriorArg);
    let message = if others.is_empty() || others.contains(argument) {
        format!("`{argument}` is given twice")
    } else {
        format!("`{argument}` does not go with {}", quoted(&others))
    };
    let of = |flag: &str| {
        let is_of_flag = |text: &String| text.starts_with(flag);
        is_of_flag(argument) || others.iter().any(is_of_flag)
    };
    let hint = if of("--cancel-after ") && of("--hours ") {
        "`--cancel-after` needs `--months` instead of `--hours`: pay-as-you-go just ends"
    } else {
        "leave one of them out"
    };
    (message, hint.to_owned())
}

/// The texts that clap gives for `kind`, harmless and clipped.
fn all(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![printable(text)],
        Some(ContextValue::Strings(texts)) => texts.iter().map(|text| printable(text)).collect(),
        _ => Vec::new(),
    }
}

fn first(error: &Error, kind: ContextKind) -> String {
    all(error, kind).into_iter().next().unwrap_or_default()
}

/// Whether it is of this command.
fn is_of(error: &Error, command: &str) -> bool {
    match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string().contains(command),
        _ => false,
    }
}

/// The hint where to find the list of commands.
fn commands(error: &Error) -> String {
    let of = match is_of(error, "tollgate quote") {
        true => "tollgate quote",
        false => "tollgate",
    };
    format!("`{of} -h` lists the commands, with some to try")
}

/// The hint for model units that are asked for by the day.
fn days_of_units(args: &[OsString]) -> String {
    let mut texts = args.iter().filter_map(|arg| arg.to_str());
    let days = texts.find_map(|text| text.strip_prefix("--days"));
    let days = days.and_then(|rest| rest.strip_prefix('=').or_else(|| texts.next()));
    let days = days.and_then(|days| value::days(days).ok()).unwrap_or(7);
    format!("model units have no days: write `--hours {days}d` or `--months <MONTHS>`")
}

/// The hint where more than one file follows a `--trace`.
pub const EACH_FILE: &str = "name each file of a trace with a `--trace` of its own";

/// Clap's `<--hours <HOURS>|--months <MONTHS>>`, a group of which one is needed, as one says it.
fn either(argument: &str) -> String {
    match argument
        .strip_prefix("<--")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        Some(group) => format!("--{}", group.replace('|', "` or `")),
        None => argument.to_owned(),
    }
}

fn suggestion(error: &Error, kind: ContextKind) -> Option<String> {
    let near = all(error, kind);
    (!near.is_empty()).then(|| format!("did you mean {}?", quoted(&near)))
}

fn quoted(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
    quoted.join(", ")
}
