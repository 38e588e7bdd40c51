//! `[billing.free]`, as TOML has it.

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::billing::term::Span;
use crate::catalog::text::{Name, Read};

/// `[billing.free]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeBilling {
    pub words: WordsTable,
    pub rules: Vec<Spanned<FreeTable>>,
}

/// What the provider calls the ways to pay.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordsTable {
    pub free: Spanned<Read<Name>>,
    pub package: Spanned<Read<Name>>,
    pub postpaid: Spanned<Read<Name>>,
    pub reservation: Spanned<Read<Name>>,
}

/// `[[billing.free.rules]]`: what holds from a day on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeTable {
    pub from: Option<Spanned<Datetime>>,
    pub valid: Spanned<Read<Span>>,
    pub valid_up_to: Option<Spanned<Read<Span>>>,
    pub shown_after: Read<Span>,
    pub stop: Option<Read<Name>>,
    #[serde(default)]
    pub notices: Vec<Spanned<u64>>,
    #[serde(default)]
    pub overdue_blocks: bool,
    #[serde(default)]
    pub not_fine_tuned: bool,
    pub source: Option<Spanned<String>>,
}
