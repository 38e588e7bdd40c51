//! The known logs from their file.

use std::sync::OnceLock;

use serde::Deserialize;

use super::sign::Sign;
use super::{Fields, Log, Nesting};
use crate::trace::format::TimeUnit;
use crate::trace::marks::{Failure, Mark};
use crate::trace::rules::RowRule;

const TEXT: &str = include_str!("logs.toml");

/// The known logs, in the order in which they are tried.
pub fn known() -> &'static [Log] {
    &all().1
}

/// Any log, by usual names.
pub fn usual() -> &'static Log {
    &all().0
}

fn all() -> &'static (Log, Vec<Log>) {
    static ALL: OnceLock<(Log, Vec<Log>)> = OnceLock::new();
    // A test reads the file, so it can be read.
    ALL.get_or_init(|| read(TEXT).unwrap_or_default())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTable {
    usual: FieldsTable,
    log: Vec<LogTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LogTable {
    name: String,
    title: String,
    schema: String,
    signs: Vec<Vec<String>>,
    times: Option<TimesTable>,
    zone: Option<Zone>,
    #[serde(default)]
    calls: Vec<RuleTable>,
    #[serde(default)]
    no_calls: Vec<RuleTable>,
    #[serde(default)]
    failed_without_output: bool,
    #[serde(default)]
    others: Vec<String>,
    nested: Option<Nesting>,
    cached_is: Option<CachedIs>,
    #[serde(default)]
    left_out: String,
    fields: FieldsTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TimesTable {
    #[serde(rename = "from")]
    _from: From,
    unit: Unit,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum From {
    Zero,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Zone {
    Utc,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum CachedIs {
    Unclear,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    fields: Vec<String>,
    #[serde(default)]
    values: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldsTable {
    time: Option<Vec<String>>,
    minute: Option<Vec<String>>,
    input: Option<Vec<String>>,
    output: Option<Vec<String>>,
    requests: Option<Vec<String>>,
    cached_inside: Option<Vec<String>>,
    cached_beside: Option<Vec<String>>,
    cache_write_inside: Option<Vec<String>>,
    cache_write_beside: Option<Vec<String>>,
    model: Option<Vec<String>>,
    reasoning: Option<Vec<String>>,
    switch: Option<Vec<String>>,
    mode: Option<Vec<String>>,
    id: Option<Vec<String>>,
    likely_id: Option<Vec<String>>,
    kind: Option<Vec<String>>,
    end: Option<Vec<String>>,
    failed: Option<Vec<FailedTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FailedTable {
    fields: Vec<String>,
    #[serde(default)]
    values: Vec<String>,
    from: Option<u64>,
    #[serde(default)]
    present: bool,
}

fn read(text: &str) -> Result<(Log, Vec<Log>), toml::de::Error> {
    let FileTable { usual, log } = toml::from_str(text)?;
    let none = Fields::default();
    let usual = Log {
        title: "usual names".to_owned(),
        fields: usual.over(&none),
        ..Log::default()
    };
    let known = log.into_iter().map(|log| log.log(&usual.fields)).collect();
    Ok((usual, known))
}

impl LogTable {
    fn log(self, usual: &Fields) -> Log {
        let rule = |are_calls| {
            move |RuleTable { fields, values }| RowRule {
                fields,
                values,
                are_calls,
            }
        };
        let calls = self.calls.into_iter().map(rule(true));
        let rules = calls.chain(self.no_calls.into_iter().map(rule(false)));
        let signs = self.signs.iter();
        let signs = signs.map(|signs| signs.iter().map(|sign| Sign::parse(sign)).collect());
        Log {
            name: self.name,
            title: self.title,
            schema: self.schema,
            signs: signs.collect(),
            from_zero: self.times.map(|times| match times.unit {
                Unit::Seconds => TimeUnit::Seconds,
                Unit::Milliseconds => TimeUnit::Milliseconds,
                Unit::Microseconds => TimeUnit::Microseconds,
                Unit::Nanoseconds => TimeUnit::Nanoseconds,
            }),
            utc: matches!(self.zone, Some(Zone::Utc)),
            unclear_cached: matches!(self.cached_is, Some(CachedIs::Unclear)),
            rules: rules.collect(),
            failed_without_output: self.failed_without_output,
            nesting: self.nested,
            fields: self.fields.over(usual),
            left_out: self.left_out,
            others: self.others,
        }
    }
}

impl FieldsTable {
    /// These names, and those of `usual` for what none is given.
    fn over(self, usual: &Fields) -> Fields {
        let cache = [
            self.cached_inside,
            self.cached_beside,
            self.cache_write_inside,
            self.cache_write_beside,
        ];
        let cache = match cache.iter().all(Option::is_none) {
            true => usual.cache.clone(),
            false => cache.map(Option::unwrap_or_default),
        };
        let or = |own: Option<Vec<String>>, usual: &[String]| own.unwrap_or_else(|| usual.to_vec());
        let mut fields = Fields {
            time: or(self.time, &usual.time),
            minute: or(self.minute, &usual.minute),
            input: or(self.input, &usual.input),
            output: or(self.output, &usual.output),
            requests: or(self.requests, &usual.requests),
            cache,
            marks: Vec::new(),
        };
        let mut usual_marks = Vec::new();
        for (mark, own) in [
            (Mark::Model, self.model),
            (Mark::Reasoning, self.reasoning),
            (Mark::Switch, self.switch),
            (Mark::Mode, self.mode),
            (Mark::Id, self.id),
            (Mark::LikelyId, self.likely_id),
            (Mark::Kind, self.kind),
            (Mark::End, self.end),
        ] {
            match own {
                Some(own) => fields.tell(mark, &own),
                None => {
                    let marks = usual.marks.iter();
                    usual_marks.extend(marks.filter(|field| field.marked.mark == mark));
                }
            }
        }
        match self.failed {
            Some(own) => {
                for FailedTable {
                    fields: names,
                    values,
                    from,
                    present,
                } in own
                {
                    let failure = Failure {
                        values,
                        from,
                        present,
                    };
                    // The few of them are kept as long as the program runs, so that marks can be copied.
                    fields.tell(Mark::Failure(Box::leak(Box::new(failure))), &names);
                }
            }
            None => {
                let marks = usual.marks.iter();
                usual_marks.extend(marks.filter(|field| field.marked.mark.is_failure()));
            }
        }
        // A name that the log has for one thing is not usual for another: the `id` of a request is not a likely one.
        let own: Vec<String> = fields
            .marks
            .iter()
            .map(|field| field.name.clone())
            .collect();
        let usual = usual_marks.into_iter();
        let usual = usual.filter(|field| !own.contains(&field.name));
        fields.marks.extend(usual.cloned());
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read_and_says_each_thing_once() {
        let (usual, known) = read(TEXT).map_err(|error| error.to_string()).unwrap();
        let lower = |name: &&String| **name == name.to_ascii_lowercase();
        let roles = [
            &usual.fields.time,
            &usual.fields.input,
            &usual.fields.output,
        ];
        assert!(roles.into_iter().flatten().all(|name| lower(&name)));
        for log in std::iter::once(&usual).chain(&known) {
            let Fields {
                time,
                minute,
                input,
                output,
                requests,
                cache,
                marks,
            } = &log.fields;
            let of_cache: Vec<&String> = cache.iter().flatten().collect();
            // One bit for each of them, and two for names that are given.
            assert!(of_cache.len() <= 62, "{}", log.name);
            let mut all: Vec<&String> = [time, minute, input, output, requests]
                .into_iter()
                .flatten()
                .chain(of_cache)
                .collect();
            all.extend(marks.iter().map(|field| &field.name));
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), count, "{}", log.name);
            assert!(marks.iter().all(|field| field.marked.rank < 64));
        }
        let mut names: Vec<&str> = known.iter().map(|log| log.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), known.len());
        for log in &known {
            assert!(!log.signs.is_empty() && log.signs.iter().all(|signs| !signs.is_empty()));
            assert!(log.rules.len() < 64);
            assert!(log.schema.starts_with("https://"), "{}", log.name);
        }
    }
}
