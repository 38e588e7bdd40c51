//! What a person should know beside the numbers, each with its rule where a document has one.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::isolation::isolation;
use super::{Holding, Isolation, Kind, Origin};
use crate::billing::calendar::Moment;
use crate::billing::number::grouped;
use crate::billing::rule::{Basis, Rule};

/// A short remark. `Display` gives its sentence, without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// From when to when something is expiring soon, and expired.
    Validity,
    /// How days are counted.
    StartOfDay,
    /// The state of a resource follows from its rate, because the last reading is older.
    Estimated {
        /// The resource.
        name: String,
        /// The day of the reading.
        reading: NaiveDate,
    },
    /// The last reading is so old that its resource may have run out since.
    Stale {
        /// The resource.
        name: String,
        /// The day of the reading.
        reading: NaiveDate,
        /// The day on which it ran out, if the rate held.
        ran_out: NaiveDate,
    },
    /// More is used than there is.
    Above {
        /// The resource.
        name: String,
        /// Why, as the file says.
        reason: String,
    },
    /// A package ends with its validity.
    Lost,
    /// Prepaid resources can be renewed.
    Renewable,
    /// What happens to knowledge beyond the limit.
    Isolation {
        /// The resource.
        name: String,
        /// The last day on which it can be used.
        expires: NaiveDate,
        /// Whether that is past.
        expired: bool,
        /// The amounts, over all packages.
        amount: Option<Isolation>,
    },
    /// The subscription channel tells of purchased resources only.
    TrialChannel,
    /// Other packages of the same kind may pay for what is beyond one.
    EachByItself,
    /// When usage beyond a package is billed at all.
    Postpaid,
    /// How often the postpaid setting can be changed.
    PostpaidSetting,
    /// The list of resources that is modelled is being withdrawn.
    Discontinued,
    /// No service can be used with an overdue balance.
    Overdue {
        /// Since when it is overdue, where that was said.
        since: Option<Moment>,
    },
    /// A cost that no decimal holds.
    Inexact,
}

impl Note {
    /// The rule behind it, where a document has one.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        match self {
            Self::Validity => Some(Rule::ResourceStatus),
            Self::Lost | Self::Renewable => Some(Rule::ResourceKinds),
            Self::Isolation { .. } => Some(Rule::ResourceKbIsolation),
            Self::TrialChannel => Some(Rule::ResourceNotices),
            Self::Postpaid | Self::PostpaidSetting => Some(Rule::ResourcePostpaid),
            Self::Discontinued => Some(Rule::ResourceKinds),
            Self::Overdue { .. } => Some(Rule::ResourceOverdue),
            Self::StartOfDay
            | Self::Estimated { .. }
            | Self::Stale { .. }
            | Self::Above { .. }
            | Self::EachByItself
            | Self::Inexact => None,
        }
    }

    /// Whether it is said of every account that holds such resources.
    #[must_use]
    pub fn is_standing(&self) -> bool {
        !matches!(
            self,
            Self::Estimated { .. }
                | Self::Stale { .. }
                | Self::Above { .. }
                | Self::Isolation { .. }
                | Self::Overdue { since: Some(_) }
                | Self::Inexact
        )
    }

    /// Whether the document says it.
    #[must_use]
    pub fn basis(&self) -> Basis {
        match self {
            Self::Validity
            | Self::StartOfDay
            | Self::TrialChannel
            | Self::Estimated { .. }
            | Self::Stale { .. }
            | Self::EachByItself
            | Self::Postpaid
            // That packages are one limit is not said.
            | Self::Isolation {
                amount: Some(Isolation { packages: 2.., .. }),
                ..
            } => Basis::Reading,
            Self::Above { .. } => Basis::Given,
            Self::Inexact => Basis::Reading,
            Self::Lost
            | Self::Renewable
            | Self::Isolation { .. }
            | Self::PostpaidSetting
            | Self::Discontinued
            | Self::Overdue { .. } => Basis::Literal,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Validity => f.write_str(
                "a resource is taken as usable through the day it expires, as expiring soon from 30 days before to that day, and as expired from the day after",
            ),
            Self::StartOfDay => f.write_str(
                "a figure is taken as of the start of its day, and usage as the same every day",
            ),
            Self::Stale {
                name,
                reading,
                ran_out,
            } => write!(
                f,
                "`{name}` was last read on {reading} and at its rate ran out on {ran_out}: read it again"
            ),
            Self::Estimated { name, reading } => write!(
                f,
                "`{name}` was last read on {reading}: what is left and its status are at its rate since then"
            ),
            Self::EachByItself => f.write_str(
                "a package is forecast by itself: what it no longer pays for is billed if no other package of its kind pays",
            ),
            Self::Above { name, reason } => {
                write!(f, "`{name}` has more used than its total: {reason}")
            }
            Self::Lost => f.write_str(
                "packages are used within their validity: what is left when it ends is lost",
            ),
            Self::Renewable => {
                f.write_str("prepaid resources, by the month or the year, can be renewed; renewing before they expire is recommended")
            }
            Self::Isolation {
                name,
                expires,
                expired,
                amount,
            } => {
                let (expires_after, then) = match expired {
                    true => ("expired after", ""),
                    false => ("expires after", "then "),
                };
                write!(f, "`{name}` {expires_after} {expires}: ")?;
                let said = |value: Decimal| {
                    let value = value.normalize();
                    grouped(value, value.scale())
                };
                match amount {
                    Some(amount) if amount.isolated.is_zero() => {
                        return write!(
                            f,
                            "the {} in use are within the {} that are {then}left, so no knowledge is isolated",
                            said(amount.used),
                            said(amount.limit)
                        );
                    }
                    Some(amount) => write!(
                        f,
                        "{} of the {} in use are beyond the limit of {} that is {then}left: this knowledge is isolated",
                        said(amount.isolated),
                        said(amount.used),
                        said(amount.limit)
                    )?,
                    None => write!(f, "knowledge beyond the limit is {then}isolated")?,
                }
                f.write_str(", and is restored by hand after more capacity is bought")
            }
            Self::TrialChannel => f.write_str(
                "the subscription channel is described for purchased resources only: no notice is expected there for a free trial",
            ),
            Self::Postpaid => f.write_str(
                "what is used beyond a package is taken as billed while postpaid is on, and the service as stopped while it is off",
            ),
            Self::PostpaidSetting => {
                f.write_str("postpaid can only be enabled once per hour")
            }
            Self::Discontinued => f.write_str(
                "the console's list of resources is being discontinued: whoever bought packages uses Billing Resources",
            ),
            Self::Overdue { since: None } => f.write_str(
                "while the account is overdue its services cannot be used, whatever is left here",
            ),
            Self::Overdue { since: Some(since) } => write!(
                f,
                "the account is overdue since {}: from then on its services cannot be used, whatever is left here; whether anything is billed meanwhile, and whether validity goes on, is not documented",
                since.format("%Y-%m-%d %H:%M:%S %:z")
            ),
            Self::Inexact => f.write_str(
                "a cost that does not end as a decimal is rounded at the 12th decimal",
            ),
        }
    }
}

/// What is to be said of these holdings on `today`, of an account that is overdue since
/// `overdue_since`, where that was said.
#[must_use]
pub fn notes(holdings: &[Holding], today: NaiveDate, overdue_since: Option<Moment>) -> Vec<Note> {
    let any = |holds: &dyn Fn(&Holding) -> bool| holdings.iter().any(holds);
    let mut notes = Vec::new();
    for holding in holdings {
        let resource = &holding.resource;
        if let Some(reason) = &resource.reason
            && resource.used.value > resource.total
        {
            notes.push(Note::Above {
                name: resource.name.clone(),
                reason: reason.clone(),
            });
        }
        if holding.standing.estimated && holding.days_left >= 0 {
            let (name, reading) = (resource.name.clone(), resource.used.on);
            notes.push(match holding.forecast.runs_out.filter(|day| *day < today) {
                Some(ran_out) => Note::Stale {
                    name,
                    reading,
                    ran_out,
                },
                None => Note::Estimated { name, reading },
            });
        }
        if resource.kind == Kind::KnowledgeBase {
            notes.push(Note::Isolation {
                name: resource.name.clone(),
                expires: resource.expires,
                expired: holding.days_left < 0,
                amount: isolation(holdings, resource.expires, today),
            });
        }
    }
    let lost = |holding: &Holding| {
        let lost = holding.forecast.lost;
        lost.is_some_and(|lost| !lost.value.is_zero())
    };
    let others_pay = |holding: &Holding| holding.may_be_followed(holdings);
    let inexact = |holding: &Holding| holding.cost_per_day.is_some_and(|cost| !cost.exact);
    for (note, holds) in [
        (Note::Validity, !holdings.is_empty()),
        (Note::StartOfDay, any(&|one| one.resource.rate.is_some())),
        (Note::Lost, any(&lost)),
        (Note::Renewable, any(&|one| !one.resource.kind.is_package())),
        (
            Note::TrialChannel,
            any(&|one| one.resource.origin == Origin::FreeTrial),
        ),
        (Note::EachByItself, any(&others_pay)),
        (
            Note::Postpaid,
            any(&|one| one.forecast.billed_from.is_some()),
        ),
        (
            Note::PostpaidSetting,
            any(&|one| one.forecast.billed_from.is_some()),
        ),
        (
            Note::Discontinued,
            any(&|one| one.resource.kind.is_package()),
        ),
        (
            Note::Overdue {
                since: overdue_since,
            },
            !holdings.is_empty() || overdue_since.is_some(),
        ),
        (Note::Inexact, any(&inexact)),
    ] {
        if holds {
            notes.push(note);
        }
    }
    notes
}
