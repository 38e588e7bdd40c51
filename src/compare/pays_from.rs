//! The capacity that one replica needs for its specification to be the cheapest option, in whole
//! replicas and whole calls.

use rust_decimal::Decimal;

use super::curve::{cost_at, discounted};
use super::options::{self, Missing};
use super::{Basis, Comparison, Kind, Request, Row, Traffic, break_even};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::number::{grouped, spoken};
use crate::workload::Steady;

/// The least that one replica has to serve to be the cheapest option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaysFrom {
    /// Input tokens per minute, at least 1.
    pub input_tpm: u64,
    /// Output tokens per minute, at least 1.
    pub output_tpm: u64,
    /// Calls a minute, rounded up to 2 decimals; `None` of a trace, whose calls differ.
    pub rpm: Option<Decimal>,
    /// The load at which this capacity pays.
    pub load: PayingLoad,
}

/// The load at which a capacity pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayingLoad {
    /// The workload: `replicas` cost less than the cheapest option, and one more does not.
    Workload {
        /// Number of replicas.
        replicas: u64,
    },
    /// A larger one: from this many calls a minute on, one replica costs less than tokens.
    Larger,
}

impl PaysFrom {
    /// The capacity for an unranked row of one replica. `None` where nothing is ranked, or where no load
    /// would make it pay.
    pub(super) fn of(
        request: &Request,
        comparison: &Comparison,
        row: &Row,
    ) -> Result<Option<Self>, QuoteError> {
        let Some(cheapest) = comparison.rows.first() else {
            return Ok(None);
        };
        let (least, one) = (cheapest.quote.total, row.quote.total);
        let busiest = comparison.traffic.busiest()?;
        // More replicas than tokens serve no more.
        let most = busiest.input.max(busiest.output).max(1);
        let replicas = match one.is_zero() {
            true if least.is_zero() => 0,
            true => most,
            false => below(least, one)?.min(most),
        };
        if let Some(share) = busiest.of_one_of(replicas)? {
            return Ok(Some(share));
        }
        match &comparison.traffic {
            Traffic::Steady(workload) => larger(request, comparison, workload, row),
            Traffic::Recorded(_) => Ok(None),
        }
    }
}

/// The most replicas that cost less than `least`, where one costs `one`.
fn below(least: Decimal, one: Decimal) -> Result<u64, QuoteError> {
    let count = exact::floor_ratio(least, one)?;
    let same = exact::mul(one, count.into())? == least;
    Ok(count.saturating_sub(same.into()))
}

/// The most doublings of a load that are looked at, for one that costs more than what is free.
const DOUBLINGS: usize = 40;
/// The same of a savings plan alone, which leaves a share of the cost of any load.
const DOUBLINGS_OF_A_PLAN: usize = 8;

/// The first whole number of calls a minute that cost more by token than one replica, with what a free quota
/// and packages pay for, and with the savings plan that costs least.
fn larger(
    request: &Request,
    comparison: &Comparison,
    workload: &Steady,
    row: &Row,
) -> Result<Option<PaysFrom>, QuoteError> {
    let by_token = comparison.rows.iter().find(|other| {
        let tokens = matches!(other.kind, Kind::Standard | Kind::FineTuned);
        tokens && other.quote.model == row.quote.model
    });
    let Some(by_token) = by_token else {
        return Ok(None);
    };
    let point = break_even::rented_or_tokens(workload, row, by_token)?;
    let Some(value) = point.and_then(|point| point.value) else {
        return Ok(None);
    };
    let calls = exact::floor_ratio(value, Decimal::ONE)?;
    let calls = calls.checked_add(1).ok_or(QuoteError::TooLarge)?;
    let Some(calls) = beyond_funding(request, workload, row, by_token, calls)? else {
        return Ok(None);
    };
    let tokens = workload.load.tokens_of(calls)?;
    Ok(Some(PaysFrom {
        input_tpm: tokens.input.max(1),
        output_tpm: tokens.output.max(1),
        rpm: Some(calls.into()),
        load: PayingLoad::Larger,
    }))
}

/// The same where something else than money pays for a part of them, or a savings plan does: with it they cost
/// less, so no fewer than `calls` do, and more of them never cost less.
fn beyond_funding(
    request: &Request,
    workload: &Steady,
    row: &Row,
    by_token: &Row,
    calls: u64,
) -> Result<Option<u64>, QuoteError> {
    let funded = matches!(
        by_token.basis,
        Basis::Tokens {
            funding: Some(_),
            ..
        }
    );
    let costs_more = |cost: Option<Decimal>| cost.is_none_or(|cost| cost > row.quote.total);
    let pays = |calls: u64| -> Result<bool, QuoteError> {
        let planned = planned(request, workload, by_token, calls)?;
        let alone = || cost_at(request, workload, by_token, calls.into());
        Ok(costs_more(planned) && (!funded || costs_more(alone()?)))
    };
    let (mut below, mut above) = (calls.saturating_sub(1), calls);
    let doublings = if funded {
        DOUBLINGS
    } else {
        DOUBLINGS_OF_A_PLAN
    };
    for _ in 0..doublings {
        if pays(above)? {
            break;
        }
        below = above;
        above = above.saturating_mul(2);
    }
    if !pays(above)? {
        return Ok(None);
    }
    while above.saturating_sub(below) > 1 {
        let middle = below.midpoint(above);
        match pays(middle)? {
            true => above = middle,
            false => below = middle,
        }
    }
    Ok(Some(above))
}

/// What the calls cost at another rate with the savings plan that costs least there; `None` where none does.
fn planned(
    request: &Request,
    workload: &Steady,
    by_token: &Row,
    calls: u64,
) -> Result<Option<Decimal>, QuoteError> {
    let code = &by_token.quote.model.code;
    let mut models = request.models.iter().enumerate();
    let model = models.find(|(_, model)| model.code == *code);
    let Some((position, model)) = model.filter(|_| request.savings_plans) else {
        return Ok(None);
    };
    let at_rate = workload.at(calls.into());
    match options::steady(request, &at_rate, position, model, Kind::SavingsPlan) {
        Err(Missing::Failed(error)) => Err(error),
        Err(Missing::NoPrice(_) | Missing::NotInCatalog(..)) => Ok(None),
        Ok(priced) => {
            let total = priced.first().map(|(quote, ..)| quote.total);
            let total = total.map(|total| discounted(total, request.discount));
            let total = total.transpose()?;
            total.map(|total| by_token.converted(total)).transpose()
        }
    }
}

/// Demand of the busiest minute.
pub(super) struct Busiest {
    /// Calls, where they are all of one size.
    pub calls: Option<u64>,
    /// Input tokens.
    pub input: u64,
    /// Output tokens.
    pub output: u64,
}

impl Traffic {
    /// The most of a minute, each side by itself.
    pub(super) fn busiest(&self) -> Result<Busiest, QuoteError> {
        match self {
            Self::Steady(workload) => {
                let calls = workload.load.busiest_calls()?;
                let tokens = workload.load.tokens_of(calls)?;
                Ok(Busiest {
                    calls: Some(calls),
                    input: tokens.input,
                    output: tokens.output,
                })
            }
            Self::Recorded(recorded) => Ok(Busiest {
                calls: None,
                input: recorded.input_tpm.peak,
                output: recorded.output_tpm.peak,
            }),
        }
    }
}

impl Busiest {
    /// The share of one of `replicas` that serve this minute together; `None` for no replicas.
    fn of_one_of(&self, replicas: u64) -> Result<Option<PaysFrom>, QuoteError> {
        if replicas == 0 {
            return Ok(None);
        }
        let rpm = self.calls.map(|calls| {
            let hundredths = exact::mul(calls.into(), Decimal::ONE_HUNDRED)?;
            let up = exact::div_ceil(hundredths, replicas)?;
            Ok::<_, QuoteError>(exact::div(up.into(), 100)?.value)
        });
        Ok(Some(PaysFrom {
            input_tpm: self.input.div_ceil(replicas).max(1),
            output_tpm: self.output.div_ceil(replicas).max(1),
            rpm: rpm.transpose()?,
            load: PayingLoad::Workload { replicas },
        }))
    }
}

impl std::fmt::Display for PaysFrom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tpm = format!(
            "{} / {} TPM",
            spoken(self.input_tpm),
            spoken(self.output_tpm)
        );
        let rpm = self.rpm.map(|rpm| grouped(rpm, rpm.normalize().scale()));
        match (self.load, rpm) {
            (PayingLoad::Workload { .. }, Some(rpm)) => write!(
                f,
                "pays if one replica serves at least {tpm} ({rpm} requests a minute)"
            ),
            (PayingLoad::Workload { .. }, None) => {
                write!(f, "pays if one replica serves at least {tpm}")
            }
            (PayingLoad::Larger, rpm) => write!(
                f,
                "does not pay at this load; against tokens it would pay from {} requests a minute on, if one replica serves them ({tpm})",
                rpm.unwrap_or_default()
            ),
        }
    }
}
