//! What pays for tokens before money does, as it is ordered.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::billing::error::QuoteError;
use crate::billing::free::{Documented, FreePart};
use crate::billing::funding::{FreeQuota, Funding, Package};
use crate::catalog::Provider;

/// A free quota, packages, and whether tokens beyond are billed. The default is none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FundingOrder {
    /// Tokens of the model's free quota.
    pub free_quota: Option<u64>,
    /// What each user has used of it.
    pub free_used: Vec<u64>,
    /// The last day on which it is valid.
    pub free_expires: Option<NaiveDate>,
    /// Whether it is said to pay for what exceeds a reservation.
    pub covers_overflow: bool,
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

    /// What pays for usage from `on` by the rules in force on `as_of`, where it was said.
    ///
    /// # Errors
    /// [`QuoteError`] where the provider's document does not have what is asked for.
    pub fn funding(
        &self,
        provider: &Provider,
        as_of: NaiveDate,
        on: NaiveDate,
    ) -> Result<Option<Funding>, QuoteError> {
        if !self.given() {
            return Ok(None);
        }
        // A document about services is about all of it.
        let free = provider
            .free
            .as_ref()
            .filter(|_| provider.service.is_none());
        if let Some(free) = free {
            self.refuse_a_switch_without_rule(free, as_of)?;
        }
        Ok(Some(Funding {
            free: self.free_quota.map(|total| FreeQuota {
                total,
                used: self.free_used.clone(),
                expires: self.free_expires,
            }),
            packages: self.packages.clone(),
            package_price: self.package_price,
            postpaid: self.postpaid != Some(false),
            covers_overflow: self.covers_overflow,
            on,
            documented: free.map(|free| Documented {
                words: free.words.clone(),
                rules: free.rules_on(as_of).cloned(),
            }),
        }))
    }

    /// Of a provider whose quota has a switch of its own, `postpaid` is that switch: it has to be
    /// there, and to be about something (`free.stop`).
    fn refuse_a_switch_without_rule(
        &self,
        free: &FreePart,
        as_of: NaiveDate,
    ) -> Result<(), QuoteError> {
        if self.postpaid != Some(false) {
            return Ok(());
        }
        let rules = free.rules_on(as_of);
        if rules.is_none_or(|rules| rules.stop.is_none()) {
            return Err(QuoteError::NoStopSwitch {
                as_of,
                from: free.stops_from(),
            });
        }
        if self.free_quota.is_none() {
            return Err(QuoteError::StopWithoutQuota);
        }
        if !self.packages.is_empty() {
            return Err(QuoteError::StopBeforePackages);
        }
        Ok(())
    }
}
