//! What pays for tokens before money does, as it is ordered.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::billing::funding::{FreeQuota, Funding, Package};

/// A free quota, packages, and whether tokens beyond are billed. The default is none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FundingOrder {
    /// Tokens of the model's free quota.
    pub free_quota: Option<u64>,
    /// What each user has used of it.
    pub free_used: Vec<u64>,
    /// The last day on which it is valid.
    pub free_expires: Option<NaiveDate>,
    /// Token packages.
    pub packages: Vec<Package>,
    /// What they cost together, where that belongs to the quote.
    pub package_price: Option<Decimal>,
    /// Whether tokens beyond are billed, where that was said; they are.
    pub postpaid: Option<bool>,
}

impl FundingOrder {
    /// Whether any of it was said.
    #[must_use]
    pub fn given(&self) -> bool {
        self.free_quota.is_some() || !self.packages.is_empty() || self.postpaid.is_some()
    }

    /// What pays for usage from `on`, where it was said.
    #[must_use]
    pub fn funding(&self, on: NaiveDate) -> Option<Funding> {
        self.given().then(|| Funding {
            free: self.free_quota.map(|total| FreeQuota {
                total,
                used: self.free_used.clone(),
                expires: self.free_expires,
            }),
            packages: self.packages.clone(),
            package_price: self.package_price,
            postpaid: self.postpaid != Some(false),
            on,
        })
    }
}
