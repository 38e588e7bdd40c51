//! One workload under every billing method: ranked, with what cannot be priced, and the points at
//! which one method becomes cheaper than another.

mod break_even;
mod curve;
mod options;
mod switch;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::funding::Funding;
use crate::billing::mode::Mode;
use crate::billing::quote::{Percent, Quote};
use crate::billing::rule::Rule;
use crate::billing::service::Service;
use crate::billing::spec::Spec;
use crate::billing::term::Span;
use crate::billing::{mu, ptu, tokens};
use crate::catalog::{Catalog, Model};
use crate::workload::{Capacity, Steady, Totals};

pub use break_even::{Bought, BreakEven};
pub use curve::{Crossing, Curve, crossings, curves};
pub use switch::Switch;

/// A way to serve the workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Provisioned throughput by the hour.
    PtuHourly,
    /// Provisioned throughput by the day.
    PtuDaily,
    /// Model units by the minute.
    MuHourly,
    /// Model units by the month.
    MuMonthly,
    /// Fine-tuned tokens.
    FineTuned,
    /// Ordinary calls.
    Standard,
}

impl Kind {
    /// Every kind, in the order of the documents.
    pub const ALL: &[Self] = &[
        Self::PtuHourly,
        Self::PtuDaily,
        Self::MuHourly,
        Self::MuMonthly,
        Self::FineTuned,
        Self::Standard,
    ];

    /// The name in flags and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PtuHourly => "ptu-hourly",
            Self::PtuDaily => "ptu-daily",
            Self::MuHourly => "mu-hourly",
            Self::MuMonthly => "mu-monthly",
            Self::FineTuned => "fine-tuned",
            Self::Standard => "standard",
        }
    }
}

/// What is compared.
#[derive(Debug)]
pub struct Request<'a> {
    /// Where prices come from.
    pub catalog: &'a Catalog,
    /// The models, the one that is meant first.
    pub models: Vec<&'a Model>,
    /// The traffic.
    pub workload: Steady,
    /// The mode, where a method prices by mode.
    pub mode: Option<Mode>,
    /// Only these specifications; all where there are none.
    pub specs: Vec<Spec>,
    /// What replicas serve.
    pub capacities: Vec<Capacity>,
    /// A discount on every charge.
    pub discount: Option<Percent>,
    /// What pays for ordinary calls of the first model before money does.
    pub funding: Option<Funding>,
    /// The date of the prices.
    pub as_of: NaiveDate,
    /// How the workload is served today.
    pub current: Option<Current>,
}

/// How the workload is served today, by the first model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Current {
    /// Which way.
    pub kind: Kind,
    /// Of model units: which specification; the cheapest where that is not said.
    pub spec: Option<Spec>,
    /// For how long old and new would overlap.
    pub overlap: Span,
}

/// One way to serve the workload, priced.
#[derive(Debug, Clone)]
pub struct Row {
    /// 1 for the cheapest.
    pub rank: usize,
    /// Which way.
    pub kind: Kind,
    /// The quote, as `quote` makes it.
    pub quote: Quote,
    /// The total per million tokens served; rounded at [`exact::QUOTIENT_DECIMALS`] if need be.
    pub per_million: Decimal,
    /// Percent above the cheapest total; `None` where that is 0.
    pub above_cheapest: Option<Decimal>,
    /// In what it differs from the others.
    pub caveats: Vec<Caveat>,
    /// How it was priced, so that other loads can be.
    basis: Basis,
}

impl Row {
    /// Whether its provider documents it as a service: what holds of deployments does not then.
    #[must_use]
    pub fn of_a_service(&self) -> bool {
        match &self.basis {
            Basis::Ptu(_, prices) => prices.reservation.is_some(),
            Basis::Mu { .. } => false,
            Basis::Tokens { service, .. } => service.is_some(),
        }
    }

    /// The specification of its replicas.
    fn spec(&self) -> Option<Spec> {
        match &self.basis {
            Basis::Mu { prices, .. } => Some(prices.spec),
            _ => None,
        }
    }
}

/// The request and the prices behind a row.
#[derive(Debug, Clone)]
enum Basis {
    Ptu(ptu::Request, Box<ptu::Prices>),
    Mu {
        request: mu::Request,
        prices: mu::Prices,
        capacity: Option<Capacity>,
    },
    Tokens {
        prices: tokens::Prices,
        funding: Option<Funding>,
        service: Option<Service>,
    },
}

/// Something that makes an option not equivalent to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caveat {
    /// Another model than the first.
    OtherModel,
    /// Only for models made by LoRA fine-tuning.
    FineTunedOnly,
    /// A free quota or packages pay for a part of it.
    Funded {
        /// Whether a document says that each model has a free quota of its own.
        per_model: bool,
    },
    /// It cannot be ended early.
    CannotEndEarly,
    /// Ending it early costs more by the day.
    EndsEarlyAtAPrice,
    /// Nobody said what a replica serves.
    OneReplicaAssumed,
    /// It is deployed and deleted each day.
    DeployedDaily {
        /// Whether a document says from when to when a deployment is billed.
        documented: bool,
    },
    /// It is taken as the current way, the cheapest of several.
    AssumedCurrent {
        /// How many there are of its kind.
        of: usize,
        /// Which kind.
        kind: Kind,
    },
    /// Whole months are paid for.
    MonthsCover {
        /// Months.
        months: u32,
        /// Days of the workload.
        days: u64,
    },
}

impl Caveat {
    /// The rule behind it, where a document has one.
    #[must_use]
    pub fn rule(self) -> Option<Rule> {
        match self {
            Self::OtherModel | Self::OneReplicaAssumed | Self::AssumedCurrent { .. } => None,
            Self::FineTunedOnly => Some(Rule::TokensFineTuned),
            Self::Funded { per_model } => per_model.then_some(Rule::FreePerModel),
            Self::CannotEndEarly => Some(Rule::PtuNoEarlyEnd),
            Self::EndsEarlyAtAPrice => Some(Rule::MuCancelFirstMonth),
            Self::DeployedDaily { documented } => documented.then_some(Rule::DeployWindow),
            Self::MonthsCover { .. } => Some(Rule::MuMonthly),
        }
    }
}

impl std::fmt::Display for Caveat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherModel => f.write_str("another model: its answers are not the same"),
            Self::FineTunedOnly => {
                f.write_str("only serves custom models made by LoRA fine-tuning of this base model")
            }
            Self::Funded { .. } => f.write_str(
                "the free quota and packages pay for this model's ordinary calls only; break-even points hold without them",
            ),
            Self::CannotEndEarly => f.write_str("cannot be ended early"),
            Self::EndsEarlyAtAPrice => f.write_str(
                "ending it in the first month costs more by the day; later is not documented",
            ),
            Self::OneReplicaAssumed => f.write_str(
                "one replica is assumed to serve the workload: its capacity is not published, `--replica-capacity` gives it",
            ),
            Self::DeployedDaily { .. } => {
                f.write_str("deployed and deleted each day, and only up in the active hours")
            }
            Self::AssumedCurrent { of, kind } => write!(
                f,
                "taken as the current one, the cheapest of {of} `{}` options: `--current-spec` names another",
                kind.name()
            ),
            Self::MonthsCover { months, days } => write!(
                f,
                "{} of 30 days {} the {}",
                crate::billing::number::counted(u64::from(*months), "month"),
                if *months == 1 { "covers" } else { "cover" },
                crate::billing::number::counted(*days, "day")
            ),
        }
    }
}

/// A way that cannot be priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unavailable {
    /// Which way.
    pub kind: Kind,
    /// The provider's id.
    pub provider: String,
    /// The region's id.
    pub region: String,
    /// Of which model.
    pub model: String,
    /// Why not.
    pub reason: String,
}

/// Every way, ranked, and what follows from it.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// What is served.
    pub workload: Steady,
    /// The mode that was asked for.
    pub mode: Option<Mode>,
    /// What it adds up to.
    pub totals: Totals,
    /// The cheapest first.
    pub rows: Vec<Row>,
    /// What cannot be priced.
    pub unavailable: Vec<Unavailable>,
    /// Where one way becomes cheaper than another.
    pub break_even: Vec<BreakEven>,
    /// What changing to a cheaper way costs.
    pub switches: Vec<Switch>,
    /// The rank of the way that is used today.
    pub current: Option<usize>,
}

/// Why nothing can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompareError {
    /// A number does not fit.
    Quote(QuoteError),
    /// No way can be priced.
    Nothing(Vec<Unavailable>),
    /// Totals in several currencies have no order.
    Currencies,
    /// The way that is used today is not among the rows.
    CurrentUnavailable {
        /// Which way.
        kind: Kind,
        /// Why not, each reason once.
        reasons: Vec<String>,
    },
}

impl CompareError {
    /// The way out.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Quote(error) => error.hint(),
            Self::Nothing(_) => Some("`tollgate models <MODEL>` shows how it is sold"),
            Self::Currencies => Some("compare models of one currency at a time"),
            Self::CurrentUnavailable { .. } => Some("name one of the options that can be priced"),
        }
    }
}

impl std::fmt::Display for CompareError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Quote(error) => error.fmt(f),
            Self::Nothing(unavailable) => {
                f.write_str("no option can be priced")?;
                for one in unavailable {
                    write!(
                        f,
                        "\n  {} of `{}`: {}",
                        one.kind.name(),
                        one.model,
                        one.reason
                    )?;
                }
                Ok(())
            }
            Self::Currencies => f.write_str("the models are priced in different currencies"),
            Self::CurrentUnavailable { kind, reasons } => write!(
                f,
                "the current method `{}` cannot be priced: {}",
                kind.name(),
                reasons.join("; ")
            ),
        }
    }
}

impl std::error::Error for CompareError {}

impl<E: Into<QuoteError>> From<E> for CompareError {
    fn from(error: E) -> Self {
        Self::Quote(error.into())
    }
}

/// Prices the workload under every method of every model, and ranks the results.
///
/// # Errors
/// [`CompareError`] when nothing can be ranked.
pub fn compare(request: &Request) -> Result<Comparison, CompareError> {
    let totals = request.workload.totals()?;
    let options::Found {
        mut rows,
        unavailable,
    } = options::all(request, &totals)?;
    let Some(first) = rows.first() else {
        return Err(CompareError::Nothing(unavailable));
    };
    let currency = first.quote.currency;
    if rows.iter().any(|row| row.quote.currency != currency) {
        return Err(CompareError::Currencies);
    }
    // Stable: equal totals keep the order of the documents.
    rows.sort_by_key(|row| row.quote.total);
    let cheapest = rows.first().map_or(Decimal::ZERO, |row| row.quote.total);
    for (rank, row) in (1_usize..).zip(&mut rows) {
        row.rank = rank;
        row.above_cheapest = percent_above(row.quote.total, cheapest)?;
    }
    let break_even = break_even::all(request, &rows)?;
    let current = match &request.current {
        None => None,
        Some(current) => Some(current_rank(request, current, &mut rows, &unavailable)?),
    };
    let switches = switch::all(request, &rows, current)?;
    Ok(Comparison {
        workload: request.workload,
        mode: request.mode,
        totals,
        rows,
        unavailable,
        break_even,
        switches,
        current,
    })
}

/// The rank of the current way. Where several are meant it is the cheapest, and its row says so.
fn current_rank(
    request: &Request,
    current: &Current,
    rows: &mut [Row],
    unavailable: &[Unavailable],
) -> Result<usize, CompareError> {
    let Current { kind, spec, .. } = *current;
    let mut meant: Vec<&mut Row> = rows
        .iter_mut()
        .filter(|row| row.kind == kind && !row.caveats.contains(&Caveat::OtherModel))
        .filter(|row| spec.is_none() || row.spec() == spec)
        .collect();
    let of = meant.len();
    if let Some(first) = meant.first_mut() {
        if of > 1 {
            first.caveats.push(Caveat::AssumedCurrent { of, kind });
        }
        return Ok(first.rank);
    }
    let model = request.models.first().map_or("", |model| &model.code);
    let mut reasons: Vec<String> = unavailable
        .iter()
        .filter(|one| one.kind == kind && one.model == model)
        .map(|one| one.reason.clone())
        .collect();
    if let Some(spec) = spec
        && reasons.is_empty()
    {
        reasons.push(format!("`{spec}` is not among its options"));
    }
    Err(CompareError::CurrentUnavailable { kind, reasons })
}

/// How many percent `total` is above `cheapest`; `None` where that is 0.
fn percent_above(total: Decimal, cheapest: Decimal) -> Result<Option<Decimal>, QuoteError> {
    if cheapest.is_zero() {
        return Ok(None);
    }
    let above = exact::mul(exact::sub(total, cheapest)?, Decimal::ONE_HUNDRED)?;
    Ok(Some(exact::ratio(above, cheapest)?.value))
}
