//! A total in another currency as JSON.

use serde::Serialize;

use super::Converted;
use crate::billing::exact::plain;
use crate::report::json::rounded;

/// A total at a rate that was given.
#[derive(Debug, Serialize)]
pub struct FxJson {
    currency: String,
    rate: String,
    stated: String,
    total: String,
    total_rounded: String,
    exact: bool,
}

impl FxJson {
    pub fn new(converted: &Converted) -> Self {
        Self {
            currency: converted.total.currency.code().to_owned(),
            rate: plain(converted.rate),
            stated: converted.stated.clone(),
            total: plain(converted.total.amount),
            total_rounded: rounded(converted.total.amount),
            exact: converted.exact,
        }
    }
}
