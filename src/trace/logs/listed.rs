//! The known logs as documentation lists them.

use super::{Log, known};
use crate::trace::marks::{Failure, Mark};

/// A known log in words. Names of fields stand in backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name in `--log-format`.
    pub name: &'static str,
    /// Its name in sentences.
    pub title: &'static str,
    /// Where its shape is published.
    pub schema: &'static str,
    /// The fields by which it is recognised, each way to do so.
    pub recognised: Vec<String>,
    /// What is read, and from which fields: the first that is there.
    pub read: Vec<(&'static str, Vec<&'static str>)>,
    /// Which rows are no calls, and what is not read.
    pub left_out: Vec<String>,
}

impl Listed {
    /// What is read, in words: each with the fields that have it.
    #[must_use]
    pub fn read_in_words(&self) -> String {
        let read = self.read.iter().map(|(what, fields)| {
            let fields: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
            match fields.is_empty() {
                true => (*what).to_owned(),
                false => format!("{what} from {}", fields.join(", ")),
            }
        });
        read.collect::<Vec<String>>().join("; ")
    }
}

/// Every known log, in the order in which they are tried.
#[must_use]
pub fn listed() -> Vec<Listed> {
    known().iter().map(listed_one).collect()
}

fn listed_one(log: &'static Log) -> Listed {
    let signs = log.signs.iter().map(|signs| {
        let shown: Vec<String> = signs.iter().map(super::sign::Sign::shown).collect();
        all_of(&shown)
    });
    Listed {
        name: &log.name,
        title: &log.title,
        schema: &log.schema,
        recognised: signs.collect(),
        read: read(log),
        left_out: left_out(log),
    }
}

fn read(log: &'static Log) -> Vec<(&'static str, Vec<&'static str>)> {
    let fields = &log.fields;
    let usual = &super::usual().fields;
    let own = |names: &'static [String], usual: &[String]| match names == usual {
        true => Vec::new(),
        false => names.iter().map(String::as_str).collect(),
    };
    let [read_inside, read_beside, write_inside, write_beside] = &fields.cache;
    let [usual_inside, usual_beside, usual_write, usual_write_beside] = &usual.cache;
    let marks = |mark: Mark| {
        let names = fields.names_of(|one| *one == mark);
        match names == usual.names_of(|one| *one == mark) {
            true => Vec::new(),
            false => names,
        }
    };
    let time = match (log.from_zero, log.utc) {
        (Some(unit), _) => match unit.name() {
            "seconds" => "time, in seconds from 0",
            _ => "time, in milliseconds from 0",
        },
        (None, true) => "time, UTC where it has no zone",
        (None, false) => "time",
    };
    let cached = match log.unclear_cached {
        true => "cached, which `--cached` says how to count",
        false => "cached, inside the input",
    };
    let all = [
        (time, own(&fields.time, &usual.time)),
        ("requests", own(&fields.requests, &usual.requests)),
        ("input", own(&fields.input, &usual.input)),
        ("output", own(&fields.output, &usual.output)),
        (cached, own(read_inside, usual_inside)),
        ("cached, beside the input", own(read_beside, usual_beside)),
        (
            "written to a cache, inside the input",
            own(write_inside, usual_write),
        ),
        (
            "written to a cache, beside the input",
            own(write_beside, usual_write_beside),
        ),
        ("model", marks(Mark::Model)),
        ("reasoning", marks(Mark::Reasoning)),
        ("id", marks(Mark::Id)),
    ];
    let some = all.into_iter().filter(|(_, names)| !names.is_empty());
    some.collect()
}

fn left_out(log: &'static Log) -> Vec<String> {
    let mut left_out = Vec::new();
    for rule in &log.rules {
        let fields: Vec<&str> = rule.fields.iter().map(String::as_str).collect();
        let values: Vec<&str> = rule.values.iter().map(String::as_str).collect();
        let fields = either(&fields);
        left_out.push(match (rule.are_calls, values.is_empty()) {
            (true, true) => format!("rows without {fields}"),
            (true, false) => format!("rows whose {fields} is not {}", either(&values)),
            (false, _) => format!("rows whose {fields} is {}", either(&values)),
        });
    }
    let own = log.fields.failures();
    if own != super::usual().fields.failures() {
        left_out.extend(own.into_iter().map(|(failure, fields)| {
            let fields = either(&fields);
            let Failure {
                values,
                from,
                present,
            } = failure;
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            match (from, present, values.is_empty()) {
                (Some(from), _, _) => format!("calls whose {fields} is {from} or more"),
                (None, true, _) => format!("calls with {fields}"),
                (None, false, _) => format!("calls whose {fields} is {}", either(&values)),
            }
        }));
    }
    if log.failed_without_output {
        left_out.push("calls without output tokens".to_owned());
    }
    if !log.left_out.is_empty() {
        left_out.push(log.left_out.clone());
    }
    left_out
}

/// `` `a`, `b` and `c` ``.
fn all_of(shown: &[String]) -> String {
    match shown {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => shown.join(""),
    }
}

/// `` `a`, `b` or `c` ``.
fn either(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => quoted.join(""),
    }
}
