//! The keys of a plan, as `check --help` lists them.

use crate::billing::quote::Method;
use crate::plan::keys;

/// Keys that are no flag of a command, or say something else than it, with what they say.
const OWN: &[(&str, &str)] = &[
    ("version", "1"),
    (
        "days",
        "of the head: the period of all costs; 30 where it is left out",
    ),
    (
        "total",
        "of `[budget]`: the most that all may cost, for the period",
    ),
    (
        "increase",
        "of `[budget]`: the most above `--baseline`, `10%` or money",
    ),
    (
        "name",
        "what a deployment is called; each has a name of its own",
    ),
    ("method", "`ptu`, `mu` or `tokens`"),
    ("model", "the model's code, as `tollgate models` lists it"),
    (
        "trace",
        "logs that are its workload: files, folders or patterns, beside the plan",
    ),
    ("count", "how many such deployments there are"),
    ("budget", "the most that it may cost, for the period"),
    (
        "budget_on",
        "which end of a range of replicas that holds: `high` or `low`",
    ),
    (
        "term",
        "`pay-as-you-go` or `subscription`, over the whole period",
    ),
    (
        "replicas_min",
        "the fewest replicas, in place of `replicas`",
    ),
    ("replicas_max", "the most replicas, in place of `replicas`"),
    ("schedule", "windows of each day with replicas of their own"),
    ("from", "of a window: its start, such as `09:00`"),
    ("to", "of a window: its end"),
    ("phases", "some days each with a size of their own"),
];

/// The list of keys in `check --help`.
pub fn help() -> String {
    let mut text = String::from(
        "Keys of a plan; those that are flags, too, take the same values: `input_tpm` is \
         `--input-tpm`.\n",
    );
    let mut list = |of: &str, names: &[&str]| {
        let options = textwrap::Options::new(80)
            .initial_indent("  ")
            .subsequent_indent("    ");
        let line = format!("{of}: {}", names.join(", "));
        text.push_str(&textwrap::fill(&line, options));
        text.push('\n');
    };
    list("its head", keys::OF_HEAD);
    list("[budget]", keys::OF_BUDGET);
    list(
        "[defaults]",
        &["those of deployments, but `name` and `phases`"],
    );
    for (methods, names) in keys::by_methods() {
        list(&format!("[[deployment]]{}", by(methods)), &names);
    }
    list("a phase", &[&["days"], keys::OF_PHASES].concat());
    list("a window of `schedule`", keys::OF_WINDOWS);
    text.push_str("Those that no flag explains:\n");
    let longest = OWN.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
    for (key, says) in OWN {
        text.push_str(&format!("  {key:longest$}  {says}\n"));
    }
    text
}

/// ` by ptu and mu`; nothing where all have it.
fn by(methods: &[Method]) -> String {
    if methods == Method::ALL {
        return String::new();
    }
    let names: Vec<&str> = methods.iter().map(|method| method.name()).collect();
    format!(" by {}", names.join(" and "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The names of all flags of all commands, as keys are written.
    fn flags(command: &clap::Command) -> BTreeSet<String> {
        let own = command.get_arguments().filter_map(clap::Arg::get_long);
        let own = own.map(|flag| flag.replace('-', "_"));
        let more = command.get_subcommands().flat_map(flags);
        own.chain(more).collect()
    }

    #[test]
    fn every_key_is_a_flag_or_explained_and_every_explained_one_is_a_key() {
        let of_deployments = keys::by_methods().into_iter().flat_map(|(_, names)| names);
        let tables = [
            keys::OF_HEAD,
            keys::OF_BUDGET,
            keys::OF_PHASES,
            keys::OF_WINDOWS,
        ];
        let all: BTreeSet<&str> = of_deployments.chain(tables.concat()).collect();
        let flags = flags(&crate::cli::command());
        let help = help();
        for key in &all {
            let explained = OWN.iter().any(|(own, _)| own == key);
            assert!(explained || flags.contains(*key), "{key}");
            assert!(help.contains(key), "{key}");
        }
        for (key, _) in OWN {
            assert!(all.contains(key), "{key}");
        }
    }
}
