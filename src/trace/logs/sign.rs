//! By which fields a log is recognised.

use std::collections::BTreeMap;

use super::Log;

/// A field that a row of the log has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Its name, or the path of a nested one.
    pub field: String,
    /// Its text, where that is asked for.
    pub text: Option<String>,
}

impl Sign {
    /// Reads `field` or `field=text`.
    pub fn parse(text: &str) -> Self {
        match text.split_once('=') {
            Some((field, text)) => Self {
                field: field.to_owned(),
                text: Some(text.to_owned()),
            },
            None => Self {
                field: text.to_owned(),
                text: None,
            },
        }
    }

    /// The sign as documentation shows it.
    pub fn shown(&self) -> String {
        match &self.text {
            Some(text) => format!("`{}={text}`", self.field),
            None => format!("`{}`", self.field),
        }
    }
}

/// The log with this header.
pub fn of_header(logs: &'static [Log], header: &[String]) -> Option<&'static Log> {
    let is_there = |sign: &Sign| sign.text.is_none() && header.contains(&sign.field);
    find(logs, is_there)
}

/// The log that has an object with these fields and texts.
pub fn of_object(
    logs: &'static [Log],
    fields: &BTreeMap<String, Option<String>>,
) -> Option<&'static Log> {
    find(logs, |sign| {
        let field = fields.get(&sign.field);
        match &sign.text {
            Some(text) => field.is_some_and(|found| found.as_ref() == Some(text)),
            None => field.is_some(),
        }
    })
}

fn find(logs: &'static [Log], is_there: impl Fn(&Sign) -> bool) -> Option<&'static Log> {
    let fits = |signs: &Vec<Sign>| signs.iter().all(&is_there);
    logs.iter().find(|log| log.signs.iter().any(fits))
}
