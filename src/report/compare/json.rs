//! `tollgate/compare/1`: what scripts read. Fields are only ever added.

use serde::Serialize;

use super::CompareReport;
use super::growth::GrowthJson;
use super::then::ThenJson;
use super::words::bought;
use crate::billing::cache::CacheWay;
use crate::billing::exact::plain;
use crate::billing::units::Throughput;
use crate::compare::{
    At, Bought, BreakEven, Comparison, Now, PayingLoad, Pays, PaysFrom, Refund, Row, Running,
    Switch, Traffic,
};
use crate::report::json::{self, PerRequestJson, TokensJson, rounded};
use crate::report::quotes::{CatalogJson, QuoteJson, TraceJson, quote_json};

#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    catalog: CatalogJson<'a>,
    #[serde(flatten)]
    comparison: ComparisonJson<'a>,
}

/// A comparison, without the prices that it was made with.
#[derive(Debug, Serialize)]
pub struct ComparisonJson<'a> {
    workload: WorkloadJson<'a>,
    options: Vec<OptionJson<'a>>,
    unranked: Vec<UnrankedJson<'a>>,
    unavailable: Vec<UnavailableJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_sold: Vec<NotSoldJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    smaller_reservation: Option<SmallerJson<'a>>,
    break_even: Vec<BreakEvenJson<'a>>,
    current: Option<usize>,
    switch: Vec<SwitchJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of_then: Option<ThenJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    growth: Option<GrowthJson<'a>>,
}

#[derive(Debug, Serialize)]
struct WorkloadJson<'a> {
    rpm: Option<String>,
    #[serde(flatten)]
    per_request: PerRequestJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<&'static str>,
    hours_per_day: Option<String>,
    days: Option<String>,
    mode: Option<&'static str>,
    assumed_modes: Vec<&'static str>,
    requests: String,
    #[serde(flatten)]
    tokens: TokensJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<TraceJson<'a>>,
}

#[derive(Debug, Serialize)]
struct OptionJson<'a> {
    rank: usize,
    option: &'static str,
    currency: &'a str,
    total: String,
    total_rounded: String,
    quote: QuoteJson<'a>,
    per_million_tokens: String,
    above_cheapest_percent: Option<String>,
    pays_from: Option<PaysJson>,
    caveats: Vec<CaveatJson>,
}

/// At which load, or for how many hours a day, the option would be the cheapest.
#[derive(Debug, Serialize)]
struct PaysJson {
    now: bool,
    never: bool,
    rpm: Option<AtJson>,
    hours_per_day: Option<AtJson>,
    message: String,
}

#[derive(Debug, Serialize)]
struct AtJson {
    from: Option<String>,
    up_to: Option<String>,
}

/// A reservation that overflows and costs less than every option.
#[derive(Debug, Serialize)]
struct SmallerJson<'a> {
    option: &'static str,
    provider: &'a str,
    region: &'a str,
    model: &'a str,
    bought: String,
    currency: &'a str,
    total: String,
    total_rounded: String,
}

#[derive(Debug, Serialize)]
struct UnrankedJson<'a> {
    option: &'static str,
    currency: &'a str,
    total: String,
    total_rounded: String,
    quote: QuoteJson<'a>,
    per_million_tokens: String,
    current: bool,
    caveats: Vec<CaveatJson>,
    reason: CaveatJson,
    pays_from: Option<PaysFromJson>,
}

/// The capacity of one replica with which the option is the cheapest.
#[derive(Debug, Serialize)]
struct PaysFromJson {
    input_tpm: String,
    output_tpm: String,
    rpm: Option<String>,
    replicas: Option<String>,
    message: String,
}

#[derive(Debug, Serialize)]
struct CaveatJson {
    rule: Option<&'static str>,
    message: String,
}

#[derive(Debug, Serialize)]
struct UnavailableJson<'a> {
    option: &'static str,
    model: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    reason: &'a str,
}

/// A region in which a model is not sold.
#[derive(Debug, Serialize)]
struct NotSoldJson<'a> {
    model: &'a str,
    region: &'a str,
    message: String,
}

#[derive(Debug, Serialize)]
struct BreakEvenJson<'a> {
    id: &'static str,
    model: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    spec: Option<String>,
    pd_separated: bool,
    replicas: Option<String>,
    input_tpm: Option<String>,
    output_tpm: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<String>,
    left: &'static str,
    right: &'static str,
    unit: &'static str,
    value: Option<String>,
    billed_value: Option<String>,
    ratio_at_full_use: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    term_days: Option<String>,
    message: String,
}

#[derive(Debug, Serialize)]
struct SwitchJson {
    from: Option<usize>,
    to: usize,
    cost: String,
    saving: Option<String>,
    saving_per_day: Option<String>,
    payback_days: Option<String>,
    reading: Option<&'static str>,
    term: Option<TermJson>,
}

/// A term that is paid in advance, and the result of ending it now.
#[derive(Debug, Serialize)]
struct TermJson {
    days: String,
    days_left: String,
    now: NowJson,
}

#[derive(Debug, Serialize)]
struct NowJson {
    refund: Option<String>,
    refund_rule: Option<&'static str>,
    new_cost: Option<String>,
    gain: Option<String>,
    payback_days: Option<String>,
}

pub fn render(report: &CompareReport) -> anyhow::Result<String> {
    let fields = ReportJson {
        catalog: CatalogJson::new(&report.catalog),
        comparison: comparison_json(report),
    };
    json::text("tollgate/compare/1", &fields)
}

pub fn comparison_json(report: &CompareReport) -> ComparisonJson<'_> {
    let comparison = &report.comparison;
    let options = (1..).zip(&comparison.rows).zip(&report.quotes);
    let unranked = comparison.unranked.iter().zip(&report.unranked);
    let unavailable = comparison.unavailable.iter();
    let several = comparison.of_several_regions();
    let unavailable = unavailable.map(|one| UnavailableJson {
        option: one.kind.name(),
        model: &one.model,
        region: several.then_some(one.region.as_str()),
        reason: &one.reason,
    });
    ComparisonJson {
        workload: workload(comparison),
        options: options
            .map(|((rank, row), priced)| OptionJson {
                rank,
                option: row.kind.name(),
                currency: row.quote.currency.code(),
                total: plain(row.quote.total),
                total_rounded: rounded(row.quote.total),
                quote: quote_json(&priced.quote, &priced.converted),
                per_million_tokens: plain(row.per_million),
                above_cheapest_percent: row.above_cheapest.map(plain),
                pays_from: row.pays.as_ref().map(pays),
                caveats: caveats(row),
            })
            .collect(),
        unranked: unranked
            .map(|(one, priced)| UnrankedJson {
                option: one.row.kind.name(),
                currency: one.row.quote.currency.code(),
                total: plain(one.row.quote.total),
                total_rounded: rounded(one.row.quote.total),
                quote: quote_json(&priced.quote, &priced.converted),
                per_million_tokens: plain(one.row.per_million),
                current: one.row.is_current,
                caveats: caveats(&one.row),
                reason: CaveatJson {
                    rule: one.row.cited(one.doubt.rule()).map(|rule| rule.id()),
                    message: one.doubt.to_string(),
                },
                pays_from: one.pays_from.map(pays_from),
            })
            .collect(),
        unavailable: unavailable.collect(),
        not_sold: comparison
            .not_sold
            .iter()
            .map(|one| NotSoldJson {
                model: &one.model,
                region: &one.region,
                message: one.to_string(),
            })
            .collect(),
        smaller_reservation: comparison.smaller.as_deref().map(smaller),
        break_even: comparison.break_even.iter().map(break_even).collect(),
        current: comparison.current().and_then(|row| row.rank),
        switch: comparison.switches.iter().map(switch).collect(),
        as_of_then: report.then.as_ref().map(ThenJson::new),
        growth: report.growth.as_ref().map(GrowthJson::new),
    }
}

fn smaller(row: &Row) -> SmallerJson<'_> {
    let model = &row.quote.model;
    SmallerJson {
        option: row.kind.name(),
        provider: &model.provider,
        region: &model.region,
        model: &model.code,
        bought: bought(row),
        currency: row.quote.currency.code(),
        total: plain(row.quote.total),
        total_rounded: rounded(row.quote.total),
    }
}

fn workload(comparison: &Comparison) -> WorkloadJson<'_> {
    let totals = &comparison.totals;
    let sums = WorkloadJson {
        rpm: None,
        per_request: PerRequestJson(None),
        cache: None,
        hours_per_day: None,
        days: None,
        mode: comparison.mode.map(|mode| mode.name()),
        assumed_modes: comparison
            .assumed_modes()
            .iter()
            .map(|mode| mode.name())
            .collect(),
        requests: totals.requests.to_string(),
        tokens: TokensJson(totals.tokens),
        trace: None,
    };
    match &comparison.traffic {
        Traffic::Steady(workload) => {
            let hours = crate::billing::exact::div(workload.hours_per_day.seconds(), 3_600);
            WorkloadJson {
                rpm: Some(plain(workload.load.rpm)),
                per_request: PerRequestJson(Some(workload.load.per_request)),
                cache: workload.load.cache.map(CacheWay::name),
                hours_per_day: hours.ok().map(|hours| plain(hours.value)),
                days: Some(workload.days.to_string()),
                ..sums
            }
        }
        Traffic::Recorded(trace) => WorkloadJson {
            trace: Some(TraceJson::new(trace)),
            ..sums
        },
    }
}

fn pays(pays: &Pays) -> PaysJson {
    let (load, hours) = match pays {
        Pays::Now | Pays::Never => (None, None),
        Pays::Elsewhere { load, hours } => (*load, *hours),
    };
    PaysJson {
        now: *pays == Pays::Now,
        never: *pays == Pays::Never,
        rpm: load.map(|load| at(load, plain)),
        hours_per_day: hours.map(|hours| at(hours, |hours| hours.to_string())),
        message: pays.sentence(),
    }
}

fn at<T>(at: At<T>, shown: impl Fn(T) -> String) -> AtJson {
    let (from, up_to) = match at {
        At::From(value) => (Some(shown(value)), None),
        At::UpTo(value) => (None, Some(shown(value))),
        At::Between(from, to) => (Some(shown(from)), Some(shown(to))),
    };
    AtJson { from, up_to }
}

fn pays_from(from: PaysFrom) -> PaysFromJson {
    PaysFromJson {
        input_tpm: from.input_tpm.to_string(),
        output_tpm: from.output_tpm.to_string(),
        rpm: from.rpm.map(plain),
        replicas: match from.load {
            PayingLoad::Workload { replicas } => Some(replicas.to_string()),
            PayingLoad::Larger => None,
        },
        message: from.to_string(),
    }
}

fn caveats(row: &Row) -> Vec<CaveatJson> {
    let caveats = row.caveats.iter().map(|caveat| CaveatJson {
        rule: row.cited(caveat.rule()).map(|rule| rule.id()),
        message: caveat.to_string(),
    });
    caveats.collect()
}

fn break_even(point: &BreakEven) -> BreakEvenJson<'_> {
    let (replicas, throughput) = match &point.bought {
        Bought::Replicas {
            replicas,
            spec,
            pd_separated,
        } => (Some((*replicas, *spec, *pd_separated)), None),
        Bought::Throughput { throughput, .. } => (None, Some(throughput)),
        Bought::Tokens => (None, None),
    };
    let (sides, units) = match throughput {
        Some(Throughput::Sides {
            input_tpm,
            output_tpm,
        }) => (Some((input_tpm, output_tpm)), None),
        Some(Throughput::Units { count, .. }) => (None, Some(count)),
        None => (None, None),
    };
    let of_units = match &point.bought {
        Bought::Throughput { spec, .. } => spec.clone(),
        _ => None,
    };
    BreakEvenJson {
        id: point.id,
        model: &point.model,
        region: point.region.as_deref(),
        spec: replicas.map(|(_, spec, _)| spec.to_string()).or(of_units),
        pd_separated: replicas.is_some_and(|(_, _, pd_separated)| pd_separated),
        replicas: replicas.map(|(replicas, _, _)| replicas.to_string()),
        input_tpm: sides.map(|(input, _)| input.to_string()),
        output_tpm: sides.map(|(_, output)| output.to_string()),
        units: units.map(|units| units.to_string()),
        left: point.left,
        right: point.right,
        unit: point.unit,
        value: point.value.map(plain),
        billed_value: point.billed.map(plain),
        ratio_at_full_use: point.at_full_use.map(plain),
        term_days: point.term_days.map(|days| days.to_string()),
        message: point.to_string(),
    }
}

fn switch(switch: &Switch) -> SwitchJson {
    SwitchJson {
        from: switch.from,
        to: switch.to,
        cost: plain(switch.cost),
        saving: switch.saving.map(plain),
        saving_per_day: switch.rate.map(|rate| plain(rate.saving_per_day)),
        payback_days: switch.rate.map(|rate| plain(rate.payback_days)),
        reading: switch.reading,
        term: switch.term.map(|(running, now)| term(running, &now)),
    }
}

fn term(running: Running, now: &Now) -> TermJson {
    TermJson {
        days: running.days.to_string(),
        days_left: running.left.to_string(),
        now: NowJson {
            refund: match now.refund {
                Refund::NotDocumented(_) | Refund::NoPriceThen(_) => None,
                known => Some(plain(known.amount())),
            },
            refund_rule: now.refund.rule().map(|rule| rule.id()),
            new_cost: now.outcome.map(|outcome| plain(outcome.until_end)),
            gain: now.outcome.map(|outcome| plain(outcome.gain)),
            payback_days: now
                .outcome
                .and_then(|outcome| outcome.payback_days)
                .map(plain),
        },
    }
}
