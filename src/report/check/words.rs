//! The phrases that the formats of a checked plan share.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Baseline, Cheapest, CheckReport};
use crate::billing::exact::{self, plain};
use crate::billing::note::Note;
use crate::billing::number::{counted, grouped};
use crate::billing::quote::{Parameters, Source};
use crate::plan::{
    self, BestChange, BestReason, Change, Changes, Deployment, Increase, Missed, OwnCost,
    PaidMonths, PriceChange, Priced, RATE, SettingChange, Status,
};
use crate::report::{recorded, renewals};

const MOST_NOTES: usize = 200;

/// The model and how it is bought: `qwen3-8b by ptu`, `qwen3-8b in ap-southeast-1 by ptu`.
pub fn bought(model: &str, deployment: &Deployment) -> String {
    let count = deployment.count;
    let times = (count > 1).then(|| format!("{} × ", grouped(count.into(), 0)));
    let region = deployment.region.as_ref();
    let region = region.map(|region| format!(" in {region}"));
    format!(
        "{}{model}{} by {}",
        times.unwrap_or_default(),
        region.unwrap_or_default(),
        deployment.method.name()
    )
}

/// A cost, or a range: `¥100.00`, `¥100.00–300.00`.
pub fn cost(report: &CheckReport, low: Decimal, high: Decimal) -> String {
    range(low, high, |amount| report.priced.money(amount).to_string())
}

fn range(low: Decimal, high: Decimal, shown: impl Fn(Decimal) -> String) -> String {
    match low == high {
        true => shown(high),
        false => format!("{} – {}", shown(low), shown(high)),
    }
}

/// The cost of a deployment in the currency of its prices, where the plan has another: `USD 15.00`.
pub fn own_cost(priced: &Priced) -> Option<(&OwnCost, String)> {
    let own = priced.own.as_ref()?;
    let shown = range(own.low, own.high, |amount| own.money(amount).to_string());
    Some((own, shown))
}

/// Where rounding shows in costs that were converted: those that do not add up to the total below
/// them.
pub fn rounding(report: &CheckReport) -> Option<String> {
    let priced = &report.priced;
    let costs = || priced.deployments.iter();
    let adds_up = |of: fn(&Priced) -> Decimal, total: Decimal| {
        let shown = costs().map(|one| priced.money(of(one)).shown());
        exact::sum(shown) == Ok(priced.money(total).shown())
    };
    let off = !adds_up(|one| one.low, priced.low) || !adds_up(|one| one.high, priced.high);
    (off && costs().any(|one| one.own.is_some())).then(|| {
        let precise = |amount| priced.money(amount).precise();
        let total = range(priced.low, priced.high, precise);
        format!("Costs are shown rounded and do not add up as shown: the total is {total}")
    })
}

/// The share of a cost in the total: `34.4%`; nothing where that is 0.
pub fn share(cost: Decimal, total: Decimal) -> String {
    if total.is_zero() {
        return "-".to_owned();
    }
    percent_of(cost, total).map_or_else(|| "-".to_owned(), |percent| format!("{percent}%"))
}

/// `cost ÷ whole` in percent with one decimal, half away from zero.
fn percent_of(cost: Decimal, whole: Decimal) -> Option<String> {
    let thousandfold = exact::mul(cost, Decimal::from(1_000)).ok()?;
    let ratio = exact::ratio_or_rounded(thousandfold, whole).ok()?;
    let nearest = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let tenths = ratio.value.round_dp_with_strategy(0, nearest);
    let percent = exact::div(tenths, 10).ok()?;
    Some(grouped(percent.value, 1))
}

/// The used share of a limit: `103.7%`; empty for a limit of 0.
pub fn used(cost: Decimal, limit: Decimal) -> String {
    let percent = percent_of(cost, limit).filter(|_| !limit.is_zero());
    match percent {
        None => String::new(),
        // From where on percents say little.
        Some(_) if exact::div(cost, 10).is_ok_and(|tenth| tenth.value >= limit) => {
            let hundredfold = exact::mul(cost, Decimal::ONE_HUNDRED);
            let more = hundredfold
                .and_then(|cost| exact::ratio_or_rounded(cost, limit))
                .and_then(|percent| exact::sub(percent.value, Decimal::ONE_HUNDRED));
            more.map_or_else(|_| String::new(), crate::report::words::times)
        }
        Some(percent) => format!("{percent}%"),
    }
}

/// A difference with its sign: `+¥100.00`, `-¥5.00`, `¥0.00`.
pub fn difference(report: &CheckReport, amount: Decimal) -> String {
    let money = report.priced.money(amount);
    let sign = if amount > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{money}")
}

/// A difference in percent with its sign: `+20.0%`; nothing where there is none.
pub fn percent(percent: Option<Decimal>) -> String {
    let Some(percent) = percent.filter(|percent| !percent.is_zero()) else {
        return String::new();
    };
    if percent >= Decimal::ONE_THOUSAND {
        return crate::report::words::times(percent);
    }
    let shown = exact::round2(percent);
    let sign = if percent > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}%", grouped(shown, 2))
}

/// `input_tpm 200000 → 400000`.
pub fn setting(change: &SettingChange) -> String {
    let side = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    let (old, new) = (side(&change.old), side(&change.new));
    format!("{} {old} → {new}", change.key)
}

/// `price of Input throughput 28.8 → 30 per 10000 TPM-hour`.
pub fn price(change: &PriceChange) -> String {
    let PriceChange {
        description,
        old,
        new,
        came,
    } = change;
    let came = came.map(|came| format!(" ({came})")).unwrap_or_default();
    match (old.split_once(' '), new.split_once(' ')) {
        (Some((amount, basis)), Some((_, of_new))) if basis == of_new => {
            format!("price of {description} {amount} → {new}{came}")
        }
        _ => format!("price of {description} {old} → {new}{came}"),
    }
}

/// Why a deployment costs something else, where no key and no price says it.
pub fn unnamed_reasons(change: &Change) -> impl Iterator<Item = &'static str> {
    let by_rules = change.by_prices.is_some_and(|amount| !amount.is_zero());
    let by_rate = change.settings.iter().any(|one| one.key == RATE);
    let rules = change.prices.is_empty() && by_rules && !by_rate;
    let is_named = !change.settings.is_empty() || !change.prices.is_empty();
    let logged = change.of_log && change.status == Status::Changed && !is_named;
    let logged = logged.then_some(match change.of_load {
        true => "the days that its load covers, which begin with the day of the check, or the billing rules",
        false => "the calls of its log, or the billing rules",
    });
    let lost = change.status == Status::Changed && change.by_prices.is_none() && !change.of_log;
    let rules = rules.then_some("the billing rules, or which price holds");
    let lost = lost.then_some("the deployment of the baseline cannot be priced any more");
    rules.into_iter().chain(logged).chain(lost)
}

/// The whole check in one line:
/// `tollgate.toml: ¥20,000.00 for 30 days, +¥100.00 (+0.50%) since main.toml, within budget`.
pub fn verdict(report: &CheckReport) -> String {
    let priced = &report.priced;
    let mut text = format!(
        "{}: {} for {}",
        report.file,
        cost(report, priced.low, priced.high),
        counted(report.days, "day")
    );
    if let Some(baseline) = &report.baseline {
        let since = &baseline.name;
        text.push_str(&match &baseline.changes {
            Err(_) => format!(", {since} cannot be priced"),
            Ok(changes) if changes.difference.is_zero() => format!(", the same cost as {since}"),
            Ok(changes) => format!(", {} since {since}", increase(report, changes)),
        });
    }
    let exceeded = u64::try_from(report.breaches.len()).unwrap_or(u64::MAX);
    if exceeded > 0 {
        text.push_str(&format!(", {} exceeded", counted(exceeded, "budget")));
    } else if has_budget(report) {
        text.push_str(", within budget");
    }
    text
}

/// Whether there is a budget that the plan was held against.
pub fn has_budget(report: &CheckReport) -> bool {
    let budget = &report.budget;
    let known = report.baseline.as_ref().and_then(Baseline::known);
    let mut deployments = report.priced.deployments.iter();
    budget.total.is_some()
        || (budget.increase.is_some() && known.is_some())
        || deployments.any(|one| one.deployment.budget.is_some())
}

/// The allowed increase over the baseline: `10%`, `¥100.00`.
pub fn allowed(report: &CheckReport, increase: Increase) -> String {
    match increase {
        Increase::Percent(percent) => format!("{}%", plain(percent)),
        Increase::Amount(amount) => amount.said(report.priced.currency),
    }
}

/// When the prices were last seen: `, last seen from 2026-09-22 to 2026-10-10`. Nothing
/// where no source says.
pub fn edition(report: &CheckReport) -> String {
    let parts = report.priced.deployments.iter().flat_map(|one| &one.parts);
    let sources = parts.flat_map(|part| part.quote.sources());
    let seen: Vec<NaiveDate> = sources.filter_map(Source::evidence).collect();
    match (seen.iter().min(), seen.iter().max()) {
        (Some(first), Some(last)) if first == last => format!(", last seen on {first}"),
        (Some(first), Some(last)) => format!(", last seen from {first} to {last}"),
        _ => String::new(),
    }
}

pub use crate::report::words::ages;

/// Months that last longer than the period: `2 months are paid for 40 days; 31 days would cost
/// ¥10,139.00`.
pub fn paid_months(report: &CheckReport, paid: &PaidMonths) -> String {
    let PaidMonths {
        months,
        days,
        whole,
    } = paid;
    let mut text = format!(
        "{} {} paid for {}",
        counted(u64::from(*months), "month"),
        if *months == 1 { "is" } else { "are" },
        counted(*days, "day")
    );
    if let Some(whole) = whole {
        text.push_str(&format!(
            "; {} would cost {}",
            counted(whole.days, "day"),
            report.priced.money(whole.cost)
        ));
    }
    text
}

/// Terms of a fixed length that last longer than the period: `1 year is paid for 30 days: …`.
pub fn paid_terms(priced: &Priced) -> Option<String> {
    let notes = priced.parts.iter().flat_map(|part| &part.quote.notes);
    let mut paid = notes.filter(|note| matches!(note.plain(), Note::TermsPaid { .. }));
    paid.next().map(ToString::to_string)
}

/// What is bought for a part of the period: `1 month is bought of the 365 days of the plan: nothing is billed for the
/// rest`.
pub fn covered(priced: &Priced, period: u64) -> Option<String> {
    let part = plan::covered(&priced.deployment, period)?;
    let days = counted(period, "day");
    Some(format!(
        "{part} of the {days} of the plan: nothing is billed for the rest"
    ))
}

/// Calls that no deployment takes: `` `gpt-5.2` of `logs/`: 3 calls: … ``.
pub fn missed(missed: &Missed) -> String {
    let name = match &missed.calls.name {
        Some(name) => format!("`{name}`"),
        None => "no model".to_owned(),
    };
    format!(
        "{name} of `{}`: {}",
        missed.log,
        recorded::sums(missed.calls.calls)
    )
}

/// The terms of a deployment that is renewed, of one of `count`.
pub fn renewals(priced: &Priced) -> Option<String> {
    let quote = &priced.parts.first()?.quote;
    let line = renewals::line(quote.renewals.as_ref()?, quote.currency);
    Some(match priced.deployment.count {
        1 => line,
        count => format!("each of {count}, {line}"),
    })
}

/// The log or the load of a deployment, the days that its cost is of, and what of it makes the cost another one than it
/// should be.
pub fn log(priced: &Priced, period: u64) -> Option<String> {
    let quote = &priced.parts.first()?.quote;
    let trace = quote.recorded.as_ref()?;
    let calls = counted(trace.total.calls, "call");
    let days = trace.stated_days();
    if let Some(load) = &trace.load {
        let lines = load.lines.iter().map(|line| line.said.as_str());
        let lines: Vec<&str> = lines.collect();
        return Some(format!(
            "{}: {calls} in {} from {}",
            lines.join("; "),
            counted(days, "day"),
            load.first
        ));
    }
    let taken = match trace.scale {
        Some(scale) => format!("{}, {}", scale.covered(), scale.taken()),
        None if days < period => format!(
            "{} of {period}; `scale_to = {period}` takes what is logged as the pattern of all",
            counted(days, "day")
        ),
        None => counted(days, "day"),
    };
    let told = quote.notes.iter().filter_map(|note| match note {
        Note::Told(told) => Some(format!("; {told}")),
        _ => None,
    });
    let told: String = told.collect();
    Some(format!(
        "{}, {calls} in {taken}{told}",
        recorded::named(trace)
    ))
}

/// Which of two token prices was taken, where the plan does not say, and how to have the other.
pub fn other_rate(priced: &Priced) -> Option<String> {
    let parameters = priced.parts.iter().map(|part| &part.quote.parameters);
    parameters.into_iter().find_map(|of_part| match of_part {
        Parameters::Tokens {
            rate,
            other_rate: Some(other),
            ..
        } => Some(format!(
            "priced as {} tokens; `rate = \"{}\"` takes the other price of the model",
            rate.name(),
            other.name()
        )),
        _ => None,
    })
}

pub fn cheapest(cheapest: &Cheapest) -> String {
    match cheapest {
        Cheapest::Other {
            option,
            spec,
            total,
            saves,
            left,
        } => {
            let left = left.map(|left| format!("; {left}"));
            let spec = spec.iter().map(|spec| format!(" {spec}"));
            let spec: String = spec.collect();
            format!(
                "{option}{spec} at {total} would save {saves}{}",
                left.unwrap_or_default()
            )
        }
        Cheapest::Own => "is the cheapest".to_owned(),
        Cheapest::Not(reason) => format!("not compared: {reason}"),
    }
}

/// The increase over the baseline: `+¥100.00 (+0.50%)`.
pub fn increase(report: &CheckReport, changes: &Changes) -> String {
    let percent = percent(changes.percent);
    let difference = difference(report, changes.difference);
    match percent.is_empty() {
        true => difference,
        false => format!("{difference} ({percent})"),
    }
}

/// The notes of all quotes, each once.
pub fn notes(report: &CheckReport) -> Vec<&Note> {
    let mut notes: Vec<&Note> = Vec::new();
    let parts = report.priced.deployments.iter().flat_map(|one| &one.parts);
    for note in parts.flat_map(|part| &part.quote.notes) {
        // Of thousands of deployments only the first few kinds are told apart.
        if notes.len() < MOST_NOTES && !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// What of a deployment has left its page, each once.
pub fn left(priced: &Priced) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    let notes = priced.parts.iter().flat_map(|part| &part.quote.notes);
    for note in notes.filter_map(Note::left_page) {
        let note = note.to_string();
        if !said.contains(&note) {
            said.push(note);
        }
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// Another way is the best: `was standard, is ptu-daily: ptu-daily: price of …`.
pub fn best(change: &BestChange) -> String {
    let mut reasons: Vec<String> = Vec::new();
    for reason in &change.reasons {
        reasons.push(match reason {
            BestReason::Came(way) => format!("{way} is a new way"),
            BestReason::Left(way) => format!("{way} is not offered any more"),
            BestReason::Price(way, change) => format!("{way}, {}", price(change)),
        });
    }
    let why = match reasons.is_empty() {
        true => "no price of these changed".to_owned(),
        false => reasons.join("; "),
    };
    format!("was {}, is {}: {why}", change.old, change.new)
}
