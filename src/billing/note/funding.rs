//! What is said of who pays for tokens: the free quota, packages, money, or nobody.

use std::fmt;

use chrono::NaiveDate;

use crate::billing::money::Money;
use crate::billing::number::{counted, whole};
use crate::billing::rule::{Basis, Rule};
use crate::billing::term::Span;

/// Something about who pays for tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FundingNote {
    /// Several users share a free quota.
    FreeShared {
        /// Tokens of the whole quota.
        total: u64,
        /// Tokens that each user has used.
        used: Vec<u64>,
        /// Tokens that are left.
        left: u64,
    },
    /// A free quota does not offset calls of this kind.
    FreeOutOfScope {
        /// `batch calls`.
        what: &'static str,
        /// Whether the rules in force name these calls.
        said: bool,
    },
    /// A free quota does not offset input from the context cache.
    FreeCache,
    /// What is billed of the input that calls read from a cache or write to it.
    Cache {
        /// The number of tokens.
        tokens: u64,
        /// Whether there is a free quota.
        free: bool,
        /// Whether there are packages.
        packages: bool,
    },
    /// Whether a free quota pays for what exceeds a reservation.
    FreeOverflow {
        /// Whether the person who asks says that it does.
        covered: bool,
    },
    /// The last day of a free quota follows from its activation.
    FreeActivated {
        /// The day of the activation.
        activated: NaiveDate,
        /// Its last day.
        expires: NaiveDate,
    },
    /// How late the console shows what is used of a free quota.
    ShownAfter(Span),
    /// A free quota had expired before the usage began.
    FreeExpired {
        /// Its last day.
        expires: NaiveDate,
    },
    /// Nothing was left of a free quota when the usage began.
    FreeUsedUp {
        /// Tokens of the whole quota.
        total: u64,
    },
    /// A package had expired before the usage began.
    PackageExpired {
        /// Tokens that were left of it.
        tokens: u64,
        /// Its last day.
        expires: NaiveDate,
    },
    /// A free quota or a package expires with something left.
    Lapses {
        /// Whether it is the free quota; else it is a package.
        free: bool,
        /// Its last day.
        expires: NaiveDate,
        /// Tokens that are left of it then.
        left: u64,
    },
    /// Input and output use a free quota in proportion.
    FreeMix,
    /// When the free quota and the packages end, and what happens then.
    RunsOut {
        /// `the free quota lasts`; `None` where nothing pays for the first token.
        source: Option<&'static str>,
        /// The time from the first token until nothing is left.
        after: Span,
        /// What happens from then on.
        then: Then,
    },
    /// Tokens beyond the free quota are billed.
    Beyond {
        /// The number of tokens.
        tokens: u64,
    },
    /// Nobody is told when a free quota is used up.
    NoNotice,
    /// How much of a free quota is left when people are told.
    Notices {
        /// What is left when a notice is sent, in percent of the quota.
        left: Vec<u64>,
    },
    /// A switch stops calls, but not those under way.
    StopSwitch,
    /// The switch stops nothing, as these calls do not use up the free quota.
    StopsNothing {
        /// Why the quota does not pay.
        free: Spent,
    },
    /// Tokens that nobody pays for.
    NotServed {
        /// The number of tokens.
        tokens: u64,
        /// Why the free quota does not pay, where there is one.
        free: Option<Spent>,
        /// Why packages do not pay, and how many there are, where there are some.
        packages: Option<(Spent, usize)>,
        /// Whether the service stops. A reservation goes on.
        stopped: bool,
        /// The error that calls get, where the switch of the free quota stops them.
        error: Option<String>,
    },
}

impl FundingNote {
    /// Whether the document of `rule` says it.
    pub(super) fn basis(&self, rule: Rule) -> Basis {
        match self {
            // A person says what there is, and until when.
            Self::PackageExpired { .. }
            | Self::Lapses { free: false, .. }
            | Self::FreeUsedUp { .. } => Basis::Given,
            Self::Lapses { .. } | Self::FreeExpired { .. } | Self::FreeShared { .. }
                if rule == Rule::ServiceOrder =>
            {
                Basis::Given
            }
            Self::Cache { packages, .. } if *packages || rule != Rule::FreeScope => Basis::Reading,
            // No document says what becomes of a reservation without postpaid.
            Self::NotServed { stopped: false, .. }
                if matches!(rule, Rule::ServiceStatus | Rule::FreeStop) =>
            {
                Basis::Reading
            }
            // When it ends depends on an even use.
            Self::RunsOut {
                source: Some(_), ..
            }
            | Self::FreeOutOfScope { said: false, .. }
            | Self::FreeActivated { .. }
            | Self::FreeMix
            | Self::StopsNothing { .. } => Basis::Reading,
            _ => rule.basis(),
        }
    }

    /// Writes its sentence, in words that a document with `rule` has.
    pub(super) fn write(&self, rule: Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FreeShared {
                total,
                used,
                left,
            } => {
                let used: Vec<String> = used.iter().map(|used| whole(*used)).collect();
                write!(
                    f,
                    "{}: {} less {}, so {} are left",
                    match rule {
                        // Only one document speaks of users.
                        Rule::FreeShared => "the account and its RAM users share the free quota",
                        _ => "of the free quota",
                    },
                    counted(*total, "token"),
                    used.join(" and "),
                    whole(*left)
                )
            }
            Self::FreeOutOfScope { what, .. } => {
                write!(f, "the free quota offsets real-time calls of preset models, not {what}")
            }
            Self::FreeCache => f.write_str(
                "the free quota does not offset the context cache: what calls read from it or write to it is billed, and all input is taken as neither",
            ),
            Self::Cache {
                tokens,
                free,
                packages,
            } => {
                let sources = match (free, packages) {
                    (true, false) => "the free quota does",
                    (false, true) => "packages do",
                    _ => "the free quota and packages do",
                };
                let (verb, it) = if *tokens == 1 { ("is", "it") } else { ("are", "they") };
                write!(
                    f,
                    "{sources} not offset the context cache: {} that calls read from it or write to it {verb} billed",
                    counted(*tokens, "token")
                )?;
                match rule {
                    Rule::FreeScope if !packages => Ok(()),
                    _ => write!(f, ", as no document says that {it} can be offset"),
                }
            }
            Self::FreeOverflow { covered: true, .. } => f.write_str(
                "the free quota is taken to pay for calls beyond the reservation, as `--free-covers-overflow` says (`free_covers_overflow` in a plan): that it does is not established",
            ),
            Self::FreeOverflow { covered: false, .. } => f.write_str(
                "that the free quota pays for calls beyond a reservation is not established, so it offsets none of them; `--free-covers-overflow` (`free_covers_overflow` in a plan) takes it to",
            ),
            Self::FreeActivated { activated, expires } => write!(
                f,
                "the free quota is activated on {activated} and valid to {expires}: the day of activation is read as the first of its days"
            ),
            Self::ShownAfter(late) => write!(
                f,
                "what is used of the free quota is shown up to {} late, so less can be left than it says",
                late.in_words()
            ),
            Self::FreeExpired { expires, .. } => {
                write!(f, "the free quota expired on {expires}, so it offsets nothing")
            }
            Self::FreeUsedUp { total, .. } => write!(
                f,
                "the free quota of {} is used up, so it offsets nothing",
                counted(*total, "token")
            ),
            Self::PackageExpired { tokens, expires, .. } => write!(
                f,
                "the package of {} expired on {expires}, so it offsets nothing",
                counted(*tokens, "token")
            ),
            Self::Lapses {
                free,
                expires,
                left,
                ..
            } => write!(
                f,
                "the {} expires on {expires} with {} left",
                if *free { "free quota" } else { "package" },
                counted(*left, "token")
            ),
            Self::FreeMix => f.write_str(
                "the tokens that are offset are taken from input and output in proportion",
            ),
            Self::RunsOut {
                source,
                after,
                then,
                ..
            } => {
                match source {
                    Some(source) => {
                        write!(f, "{source} {} at this rate, taken as even; from then on ", after.in_words())?;
                    }
                    None => f.write_str("from the start ")?,
                }
                match then {
                    Then::Costs(money) => write!(f, "{money} a day"),
                    Then::PlanPays => f.write_str("the savings plan pays"),
                    Then::NotServed => f.write_str("nothing is served"),
                }
            }
            Self::Beyond {
                tokens,
            } if rule == Rule::ServiceOrder => write!(
                f,
                "the free trial is consumed first; {} beyond are billed",
                counted(*tokens, "token")
            ),
            Self::Beyond { tokens, .. } => write!(
                f,
                "calls under way are not interrupted when the free quota ends; {} beyond are billed at list price",
                counted(*tokens, "token")
            ),
            Self::NoNotice => f.write_str(
                "the platform sends no notice when the free quota is used up",
            ),
            Self::Notices { left } => {
                let left: Vec<String> = left.iter().map(|left| format!("{left} %")).collect();
                write!(
                    f,
                    "the platform sends a notice when {} of the free quota are left",
                    left.join(" and ")
                )
            }
            Self::StopSwitch => f.write_str(
                "calls stop only with the switch of the free quota on, which is off by default for verified accounts and always on for others; a call under way when the quota ends is finished, and what it takes beyond is billed",
            ),
            Self::StopsNothing { free } => write!(
                f,
                "the switch stops calls when the free quota is used up; {}, so these are taken as billed",
                spent_said("the free quota", false, *free)
            ),
            Self::NotServed {
                tokens,
                free,
                packages,
                stopped,
                error,
            } => {
                let mut causes: Vec<String> = Vec::new();
                causes.extend(free.map(|spent| spent_said("the free quota", false, spent)));
                causes.extend(packages.map(|(spent, count)| match count {
                    1 => spent_said("the package", false, spent),
                    _ => spent_said("the packages", true, spent),
                }));
                if causes.is_empty() {
                    causes.push("there is no free quota or package".to_owned());
                }
                write!(f, "{}, and ", causes.join(", "))?;
                f.write_str(match rule {
                    Rule::FreeStop => "calls are set to stop then",
                    _ => "postpaid is off",
                })?;
                if *tokens > 0 {
                    let verb = if *tokens == 1 { "is" } else { "are" };
                    write!(f, ": {} {verb} not served", counted(*tokens, "token"))?;
                }
                match error {
                    Some(error) => write!(f, "; calls beyond it fail with 403 `{error}`")?,
                    None if *stopped && rule == Rule::ServiceStatus => {
                        f.write_str("; the service is Stopped until postpaid is switched on")?;
                    }
                    None => {}
                }
                f.write_str(if *stopped { "" } else { "; the reservation goes on" })
            }
        }
    }
}

/// Why a source pays for no more, as a clause.
fn spent_said(what: &str, several: bool, spent: Spent) -> String {
    let (is, has, does) = match several {
        true => ("are", "have", "do"),
        false => ("is", "has", "does"),
    };
    match spent {
        Spent::UsedUp => format!("{what} {is} used up"),
        Spent::Expired => format!("{what} {has} expired"),
        Spent::Both => format!("{what} {is} used up or {has} expired"),
        Spent::OutOfScope(calls) => format!("{what} {does} not offset {calls}"),
    }
}

/// Why a source of tokens pays for no more of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spent {
    /// All of it is used up.
    UsedUp,
    /// It has expired.
    Expired,
    /// Of several, some are used up and some have expired.
    Both,
    /// It is not for calls of this kind.
    OutOfScope(&'static str),
}

/// What happens when the free quota and the packages have ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Tokens are billed: the cost of a day.
    Costs(Money),
    /// A savings plan pays, and money for what is beyond it.
    PlanPays,
    /// Nothing is served.
    NotServed,
}
