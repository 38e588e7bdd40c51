//! Objects of JSON that stand as text in a column, as a copy of a table has them.

use super::columns::Role;
use super::count::count;
use super::json;
use super::marks::{MarkedTexts, is_nothing};
use super::plan::Within;
use super::reason::{Reason, shown};
use super::row::Texts;
use super::rules::Rules;

/// What a row has so far.
#[derive(Debug)]
pub struct SoFar<'r, 'a> {
    /// The texts of its roles.
    pub texts: &'r mut Texts<'a>,
    /// What it says beside.
    pub told: &'r mut MarkedTexts<'a>,
    /// What is known of whether it is a call.
    pub kept: &'r mut u64,
    /// The first role that two fields have, and not the same.
    pub twice: &'r mut Option<Role>,
}

impl Within {
    /// Adds the fields of an object. A text that is no object says nothing, unless it may hide cached tokens.
    pub fn add(&self, field: &[u8], rules: Rules, so_far: SoFar<'_, '_>) -> Result<(), Reason> {
        if !field.starts_with(b"{") {
            return Ok(());
        }
        let found = json::within(field, &self.fields, rules, *so_far.kept);
        let (texts, told, kept) = match found {
            Ok(found) => found,
            Err(_) if !self.fields.has_cached() => return Ok(()),
            Err(reason) => {
                let name = shown(self.name.as_bytes());
                return Err(Reason::Json(format!(
                    "`{name}` is no object of JSON: {reason}"
                )));
            }
        };
        *so_far.kept = kept;
        so_far.told.extend(told);
        for ((role, text), slot) in Role::ALL.into_iter().zip(texts).zip(so_far.texts) {
            let Some(text) = text else { continue };
            match slot {
                Some(old) if !is_nothing(old) => {
                    if !is_nothing(&text) && count(old) != count(&text) {
                        *so_far.twice = so_far.twice.or(Some(role));
                    }
                }
                _ => *slot = Some(text),
            }
        }
        Ok(())
    }
}
