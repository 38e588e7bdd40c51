//! A reservation or replicas against tokens, in requests per minute, exactly: at the size of request
//! and the active hours of the workload, for what is bought for it, with time rounded up as it is
//! billed.

use rust_decimal::Decimal;

use super::{Bound, BreakEven, Names, longer_term, point, way};
use crate::billing::cache::CacheWay;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::kind::TokenKind;
use crate::billing::load::Reserved;
use crate::billing::rule::Rule;
use crate::billing::term::Span;
use crate::billing::tokens;
use crate::compare::{Basis, Kind, Row};
use crate::workload::Steady;

/// A reservation or replicas against tokens, in requests per minute.
pub fn rented_or_tokens(
    workload: &Steady,
    row: &Row,
    tokens: &Row,
) -> Result<Option<BreakEven>, QuoteError> {
    let standard = tokens.kind == Kind::Standard;
    let id = match (row.kind, standard) {
        (Kind::PtuDaily, true) => "ptu.daily-vs-standard",
        (Kind::PtuHourly, true) => "ptu.hourly-vs-standard",
        (Kind::PtuMonthly, true) => "ptu.monthly-vs-standard",
        (Kind::PtuWeekly, true) => "ptu.weekly-vs-standard",
        (Kind::PtuQuarterly, true) => "ptu.quarterly-vs-standard",
        (Kind::PtuYearly, true) => "ptu.yearly-vs-standard",
        (Kind::ReservationDaily, true) => "reservation.daily-vs-standard",
        (Kind::ReservationBlock, true) => "reservation.8h-vs-standard",
        (Kind::DtuMonthly, true) => "dtu.monthly-vs-standard",
        (Kind::MuHourly, true) => "mu.hourly-vs-standard",
        (Kind::MuMonthly, true) => "mu.monthly-vs-standard",
        (Kind::MuHourly, false) => "mu.hourly-vs-fine-tuned",
        (Kind::MuMonthly, false) => "mu.monthly-vs-fine-tuned",
        _ => return Ok(None),
    };
    let names = Names {
        id,
        left: way(row),
        right: way(tokens),
        unit: "requests per minute",
    };
    let all_day = Span::hours(24);
    let hours_per_day = workload.hours_per_day;
    let bound = Bound::Requests {
        active: (hours_per_day != all_day).then_some(hours_per_day),
    };
    let (per_request, shares) = request_cost(workload, tokens)?;
    // What is bought for longer than is compared is held against as many days of tokens.
    let days = longer_term(row, workload.days).unwrap_or(workload.days);
    let active = workload.hours_per_day.times(days)?;
    // Tokens cost requests × minutes; seconds ÷ 60 are the minutes, so 60 goes to the other side.
    let sixty_costs = exact::mul(rent(row)?, Decimal::from(60))?;
    let sixty_costs = exact::mul(sixty_costs, shares)?;
    let per_rpm = exact::mul(per_request, active.seconds())?;
    if per_rpm.is_zero() {
        // Nothing is cheaper than what costs nothing.
        return Ok(Some(point(workload, row, names, bound)));
    }
    let value = exact::ratio(sixty_costs, per_rpm)?.value;
    let most = most_requests(workload, row)?;
    let by_token = most.map(|most| exact::mul(per_rpm, most.into()));
    let by_token = by_token.transpose()?;
    let reached = by_token.is_none_or(|by_token| sixty_costs < by_token);
    let at_full_use = match by_token.filter(|by_token| !by_token.is_zero()) {
        None => None,
        Some(by_token) => Some(exact::ratio(sixty_costs, by_token)?.value),
    };
    Ok(Some(BreakEven {
        value: reached.then_some(value),
        at_full_use,
        ..point(workload, row, names, bound)
    }))
}

/// What a reservation or replicas cost in the period, in the currency of its prices, as tokens of the
/// same model do. Before a discount: it is off both sides.
fn rent(row: &Row) -> Result<Decimal, QuoteError> {
    let charges = row
        .as_priced()
        .items
        .iter()
        .filter(|item| item.rule != Rule::Discount && TokenKind::of_item(item.id).is_none());
    Ok(exact::sum(charges.map(|item| item.amount))?)
}

/// The price of one request by token, over all hours of the day, times a number.
fn request_cost(workload: &Steady, row: &Row) -> Result<(Decimal, Decimal), QuoteError> {
    let Basis::Tokens { prices, .. } = &row.basis else {
        return Ok((Decimal::ZERO, Decimal::ONE));
    };
    let load = &workload.load;
    let way = CacheWay::of(load.per_request, load.cache);
    tokens::cost_of_a_call(prices, load.per_request, way)
}

/// Whole requests that a minute of a row takes at most; `None` where that is not known.
pub fn most_requests(workload: &Steady, row: &Row) -> Result<Option<u64>, QuoteError> {
    let reserved = match &row.basis {
        Basis::Ptu(asked, prices) => prices.reserved(asked.size)?,
        Basis::Mu {
            request: asked,
            capacity: Some(capacity),
            ..
        } => {
            let all = |of_one: u64| asked.replicas.checked_mul(of_one);
            let sides = all(capacity.input_tpm).zip(all(capacity.output_tpm));
            let (input, output) = sides.ok_or(QuoteError::TooLarge)?;
            Reserved::of_sides(input, output)
        }
        _ => return Ok(None),
    };
    Ok(Some(reserved.whole_calls(workload.load.per_request)))
}
