//! What pays for tokens before money does, as it is ordered.

use chrono::NaiveDate;

use super::{Conflict, SavingsOrder};
use crate::billing::amount::Amount;
use crate::billing::error::QuoteError;
use crate::billing::free::{Documented, FreePart};
use crate::billing::funding::{FreeQuota, Funding, Package};
use crate::billing::money::Currency;
use crate::catalog::Provider;

/// A free quota, packages, and whether tokens beyond are billed. The default is none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FundingOrder {
    /// Size of the model's free quota, in tokens.
    pub free_quota: Option<u64>,
    /// Tokens of the quota that each user has used already.
    pub free_used: Vec<u64>,
    /// The day on which the quota was activated.
    pub free_activated: Option<NaiveDate>,
    /// The last day on which the quota is valid.
    pub free_expires: Option<NaiveDate>,
    /// Whether the user says that the quota also pays for calls beyond a reservation.
    pub covers_overflow: bool,
    /// Token packages.
    pub packages: Vec<Package>,
    /// What the packages cost together, if the quote is to include it.
    pub package_price: Option<Amount>,
    /// Whether tokens beyond quota and packages are billed; `None` means yes.
    pub postpaid: Option<bool>,
    /// A savings plan that pays for what is then billed.
    pub savings: Option<SavingsOrder>,
}

impl FundingOrder {
    /// Whether any of these fields was set, but for the savings plan.
    #[must_use]
    pub fn given(&self) -> bool {
        self.free_quota.is_some() || !self.packages.is_empty() || self.postpaid.is_some()
    }

    /// Whether a savings plan makes sense beside the other parts.
    ///
    /// # Errors
    /// The first [`Conflict`].
    pub fn check(&self) -> Result<(), Conflict> {
        match self.savings.is_some() && self.postpaid == Some(false) {
            true => Err(Conflict::SavingsWithoutPostpaid),
            false => Ok(()),
        }
    }

    /// Whether its amounts are in the currency in which a model is paid.
    ///
    /// # Errors
    /// [`Conflict::OtherCurrency`] for the first that is not.
    pub fn check_currency(&self, paid: Currency) -> Result<(), Conflict> {
        if let Some(said) = self.package_price.and_then(|price| price.other_than(paid)) {
            let key = "package_price";
            return Err(Conflict::OtherCurrency { key, said, paid });
        }
        match self.savings {
            Some(savings) => savings.check_currency(paid),
            None => Ok(()),
        }
    }

    /// What pays for usage of a model in a region from `on` by the rules in force on `as_of`, where it was said.
    ///
    /// # Errors
    /// [`QuoteError`] where the provider's document does not have what is asked for.
    pub fn funding(
        &self,
        provider: &Provider,
        region: &str,
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
            if self.free_quota.is_some() && !free.is_in(region) {
                return Err(QuoteError::FreeElsewhere {
                    region: region.to_owned(),
                    regions: free.regions.clone(),
                });
            }
            self.refuse_a_switch_without_rule(free, as_of)?;
        }
        let expires = self.last_day(free, on)?;
        Ok(Some(Funding {
            free: self.free_quota.map(|total| FreeQuota {
                total,
                used: self.free_used.clone(),
                expires,
                activated: self.free_activated.filter(|_| self.free_expires.is_none()),
            }),
            packages: self.packages.clone(),
            package_price: self.package_price.map(|price| price.number),
            postpaid: self.postpaid != Some(false),
            covers_overflow: self.covers_overflow,
            on,
            documented: free.map(|free| {
                Box::new(Documented {
                    words: free.words.clone(),
                    rules: free.rules_on(as_of).cloned(),
                })
            }),
        }))
    }

    /// The last day of the quota: as it was given, where a rule allows it, or by the days that it is
    /// valid from its activation (`free.validity`).
    fn last_day(
        &self,
        free: Option<&FreePart>,
        on: NaiveDate,
    ) -> Result<Option<NaiveDate>, QuoteError> {
        let expires = self.free_expires;
        let Some(activated) = self.free_activated else {
            let latest = free.and_then(|free| free.latest_day(on));
            return match (expires, latest) {
                (Some(expires), Some(latest)) if expires > latest => {
                    Err(QuoteError::ValidTooLong {
                        expires,
                        on,
                        latest,
                    })
                }
                _ => Ok(expires),
            };
        };
        if activated > on {
            return Err(QuoteError::ActivatedLater { activated, on });
        }
        let Some(free) = free else {
            return Err(QuoteError::NoValidity);
        };
        let rules = free.rules_on(activated);
        let (Some(rules), Some((first, last))) = (rules, free.last_days(activated)) else {
            return Err(QuoteError::NoValidity);
        };
        match expires {
            Some(expires) if expires < first || expires > last => Err(QuoteError::ValidOtherwise {
                activated,
                expires,
                first,
                last,
            }),
            Some(expires) => Ok(Some(expires)),
            None if rules.valid_days.0 == rules.valid_days.1 => Ok(Some(first)),
            None => Err(QuoteError::ValidFromTo {
                activated,
                least: rules.valid_days.0,
                most: rules.valid_days.1,
            }),
        }
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
