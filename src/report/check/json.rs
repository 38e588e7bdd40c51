//! `tollgate/check/1`: what scripts read, and what a later check compares with. Fields are only
//! ever added.

use rust_decimal::Decimal;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{BreachLine, Cheapest, CheckReport};
use crate::billing::edition::Came;
use crate::billing::exact::plain;
use crate::plan::{
    BestChange, BestReason, BreachKind, Change, Changes, Increase, Missed, OwnCost, PaidMonths,
    PastItem, PriceChange, Priced, RankedWay, Setting, SettingChange, Settings,
};
use crate::report::json::{self, GivenJson, rounded};
use crate::report::quotes::{CatalogJson, FxJson, LeftOutJson, QuoteJson, quote_json};

#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    catalog: CatalogJson<'a>,
    plan: PlanJson<'a>,
    currency: &'a str,
    deployments: Vec<DeploymentJson<'a>>,
    total: String,
    total_rounded: String,
    range: Option<RangeJson>,
    budget: BudgetJson,
    baseline: Option<BaselineJson<'a>>,
    baseline_error: Option<&'a str>,
    breaches: Vec<BreachJson<'a>>,
    fx: Vec<FxJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    in_no_deployment: Vec<MissedJson<'a>>,
}

/// Calls of a log that no deployment takes.
#[derive(Debug, Serialize)]
struct MissedJson<'a> {
    log: &'a str,
    #[serde(flatten)]
    calls: LeftOutJson<'a>,
}

impl<'a> MissedJson<'a> {
    fn new(missed: &'a Missed) -> Self {
        Self {
            log: &missed.log,
            calls: LeftOutJson::new(&missed.calls),
        }
    }
}

#[derive(Debug, Serialize)]
struct PlanJson<'a> {
    file: &'a str,
    days: String,
    discount: Option<String>,
}

#[derive(Debug, Serialize)]
struct RangeJson {
    low: String,
    high: String,
}

#[derive(Debug, Serialize)]
struct BudgetJson {
    total: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_as_given: Option<GivenJson>,
    increase: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    increase_as_given: Option<GivenJson>,
}

#[derive(Debug, Serialize)]
struct DeploymentJson<'a> {
    name: &'a str,
    method: &'static str,
    model: &'a str,
    line: usize,
    count: String,
    parameters: SettingsJson<'a>,
    total: String,
    total_rounded: String,
    range: Option<RangeJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    own: Option<OwnJson<'a>>,
    budget: Option<UsedJson>,
    parts: Vec<PartJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_months: Option<PaidMonthsJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cheapest: Option<CheapestJson<'a>>,
    #[serde(skip_serializing_if = "<[RankedWay]>::is_empty")]
    #[serde(serialize_with = "ranked")]
    ranked: &'a [RankedWay],
}

/// A way to serve a deployment, with the prices that a later check compares.
#[derive(Debug, Serialize)]
struct RankedJson<'a> {
    option: &'a str,
    spec: Option<&'a str>,
    prices: Vec<RankedPriceJson<'a>>,
}

#[derive(Debug, Serialize)]
struct RankedPriceJson<'a> {
    id: &'a str,
    item: &'a str,
    price: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

fn ranked<S: Serializer>(ways: &&[RankedWay], to: S) -> Result<S::Ok, S::Error> {
    let ways = ways.iter().map(|way| RankedJson {
        option: &way.option,
        spec: way.spec.as_deref(),
        prices: way.items.iter().map(ranked_price).collect(),
    });
    to.collect_seq(ways)
}

fn ranked_price(item: &PastItem) -> RankedPriceJson<'_> {
    RankedPriceJson {
        id: &item.id,
        item: &item.description,
        price: &item.price,
        from: item.came.map(|came| came.from.to_string()),
        after: after(item.came),
    }
}

fn after(came: Option<Came>) -> Option<String> {
    came.and_then(|came| came.after).map(|day| day.to_string())
}

#[derive(Debug, Serialize)]
struct OwnJson<'a> {
    currency: &'a str,
    total: String,
    total_rounded: String,
    range: Option<RangeJson>,
    stated: String,
    exact: bool,
}

#[derive(Debug, Serialize)]
struct UsedJson {
    limit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_as_given: Option<GivenJson>,
    on: &'static str,
    exceeded: bool,
}

#[derive(Debug, Serialize)]
struct PaidMonthsJson {
    months: String,
    days: String,
    whole: Option<WholeMonthsJson>,
}

#[derive(Debug, Serialize)]
struct WholeMonthsJson {
    days: String,
    total: String,
    total_rounded: String,
}

#[derive(Debug, Serialize)]
struct PartJson<'a> {
    label: Option<&'a str>,
    end: Option<&'static str>,
    quote: QuoteJson<'a>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
enum CheapestJson<'a> {
    Other {
        option: &'static str,
        spec: Option<&'a str>,
        total: String,
        saves: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        caveat: Option<String>,
    },
    Own,
    NotCompared {
        reason: &'a str,
    },
}

#[derive(Debug, Serialize)]
struct BaselineJson<'a> {
    file: &'a str,
    total: String,
    difference: String,
    percent: Option<String>,
    settings: Vec<SettingChangeJson<'a>>,
    deployments: Vec<ChangeJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ChangeJson<'a> {
    name: &'a str,
    status: &'static str,
    method: &'a str,
    model: &'a str,
    old: Option<String>,
    new: Option<String>,
    difference: String,
    percent: Option<String>,
    by_prices: Option<String>,
    settings: Vec<SettingChangeJson<'a>>,
    prices: Vec<PriceChangeJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    best: Option<BestJson<'a>>,
}

/// Another way is the best one.
#[derive(Debug, Serialize)]
struct BestJson<'a> {
    old: &'a str,
    new: &'a str,
    reasons: Vec<BestReasonJson<'a>>,
}

#[derive(Debug, Serialize)]
struct BestReasonJson<'a> {
    option: &'a str,
    what: &'static str,
    price: Option<PriceChangeJson<'a>>,
}

fn best(change: &BestChange) -> BestJson<'_> {
    let reasons = change.reasons.iter().map(|reason| {
        let (option, what, of) = match reason {
            BestReason::Came(option) => (option, "came", None),
            BestReason::Left(option) => (option, "left", None),
            BestReason::Price(option, change) => (option, "price", Some(price(change))),
        };
        BestReasonJson {
            option,
            what,
            price: of,
        }
    });
    BestJson {
        old: &change.old,
        new: &change.new,
        reasons: reasons.collect(),
    }
}

#[derive(Debug, Serialize)]
struct SettingChangeJson<'a> {
    key: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct PriceChangeJson<'a> {
    item: &'a str,
    old: &'a str,
    new: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

#[derive(Debug, Serialize)]
struct BreachJson<'a> {
    kind: &'static str,
    deployment: Option<&'a str>,
    limit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_as_given: Option<GivenJson>,
    cost: String,
    line: Option<usize>,
    message: &'a str,
}

/// The keys of a deployment as the plan has them.
#[derive(Debug)]
struct SettingsJson<'a>(&'a Settings);

impl Serialize for SettingsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0 {
            match value {
                Setting::Text(text) => map.serialize_entry(key, text)?,
                Setting::Flag(flag) => map.serialize_entry(key, flag)?,
                Setting::List(list) => map.serialize_entry(key, list)?,
                Setting::Tables(tables) => {
                    let tables: Vec<SettingsJson<'_>> = tables.iter().map(SettingsJson).collect();
                    map.serialize_entry(key, &tables)?;
                }
            }
        }
        map.end()
    }
}

pub fn render(report: &CheckReport) -> anyhow::Result<String> {
    let mut cheapest = report.cheapest.iter().flatten();
    let mut ranked = report.ranked.iter().flatten();
    let priced = &report.priced;
    let deployments = priced.deployments.iter().zip(&report.places);
    let deployments = deployments
        .map(|(priced, (line, _))| deployment(priced, *line, (cheapest.next(), ranked.next())))
        .collect();
    let percent = |percent| format!("{}%", plain(percent));
    let baseline = report.baseline.as_ref();
    let fields = ReportJson {
        catalog: CatalogJson::new(&report.catalog),
        plan: PlanJson {
            file: &report.file,
            days: report.days.to_string(),
            discount: report.discount.map(|discount| percent(discount.value())),
        },
        currency: priced.currency.code(),
        deployments,
        total: plain(priced.held),
        total_rounded: rounded(priced.held),
        range: range(priced.low, priced.high),
        budget: BudgetJson {
            total: report.budget.total.map(|total| plain(total.number)),
            total_as_given: report.budget.total.as_ref().and_then(GivenJson::new),
            increase: report.budget.increase.map(|increase| match increase {
                Increase::Percent(increase) => percent(increase),
                Increase::Amount(amount) => plain(amount.number),
            }),
            increase_as_given: match &report.budget.increase {
                Some(Increase::Amount(amount)) => GivenJson::new(amount),
                Some(Increase::Percent(_)) | None => None,
            },
        },
        baseline: baseline.and_then(|one| Some(baseline_json(&one.name, one.known()?))),
        baseline_error: baseline.and_then(|one| Some(one.changes.as_ref().err()?.as_str())),
        breaches: report.breaches.iter().map(breach).collect(),
        fx: report.converted.iter().map(FxJson::new).collect(),
        in_no_deployment: report.missed.iter().map(MissedJson::new).collect(),
    };
    json::text("tollgate/check/1", &fields)
}

fn deployment<'a>(
    priced: &'a Priced,
    line: usize,
    (cheapest, ranked): (Option<&'a Cheapest>, Option<&'a Vec<RankedWay>>),
) -> DeploymentJson<'a> {
    let own = &priced.deployment;
    let held = priced.held();
    let parts = priced.parts.iter().map(|part| PartJson {
        label: part.label.as_deref(),
        end: part.end.map(|end| end.name()),
        quote: quote_json(&part.quote, &[]),
    });
    DeploymentJson {
        name: &own.name,
        method: own.method.name(),
        model: &priced.model,
        line,
        count: own.count.to_string(),
        parameters: SettingsJson(&own.settings),
        total: plain(held),
        total_rounded: rounded(held),
        range: range(priced.low, priced.high),
        own: priced.own.as_ref().map(|cost| own_json(priced, cost)),
        budget: own.budget.map(|limit| UsedJson {
            limit: plain(limit.number),
            limit_as_given: GivenJson::new(&limit),
            on: own.budget_on.name(),
            exceeded: held > limit.number,
        }),
        parts: parts.collect(),
        paid_months: priced.months.as_ref().map(paid_months),
        ranked: ranked.map_or(&[], Vec::as_slice),
        cheapest: cheapest.map(|cheapest| match cheapest {
            Cheapest::Other {
                option,
                spec,
                total,
                saves,
                left,
            } => CheapestJson::Other {
                option,
                caveat: left.map(|left| left.to_string()),
                spec: spec.as_deref(),
                total: plain(total.amount),
                saves: plain(saves.amount),
            },
            Cheapest::Own => CheapestJson::Own,
            Cheapest::Not(reason) => CheapestJson::NotCompared { reason },
        }),
    }
}

fn own_json<'a>(priced: &Priced, own: &'a OwnCost) -> OwnJson<'a> {
    let held = own.held(priced.deployment.budget_on);
    OwnJson {
        currency: own.currency.code(),
        total: plain(held),
        total_rounded: rounded(held),
        range: range(own.low, own.high),
        stated: own.exchange.stated(),
        exact: own.mark().is_empty(),
    }
}

fn paid_months(paid: &PaidMonths) -> PaidMonthsJson {
    PaidMonthsJson {
        months: paid.months.to_string(),
        days: paid.days.to_string(),
        whole: paid.whole.map(|whole| WholeMonthsJson {
            days: whole.days.to_string(),
            total: plain(whole.cost),
            total_rounded: rounded(whole.cost),
        }),
    }
}

fn baseline_json<'a>(file: &'a str, changes: &'a Changes) -> BaselineJson<'a> {
    BaselineJson {
        file,
        total: plain(changes.old),
        difference: plain(changes.difference),
        percent: changes.percent.map(plain),
        settings: changes.settings.iter().map(setting).collect(),
        deployments: changes.deployments.iter().map(change).collect(),
    }
}

fn change(change: &Change) -> ChangeJson<'_> {
    ChangeJson {
        name: &change.name,
        status: change.status.name(),
        method: &change.method,
        model: &change.model,
        old: change.old.map(plain),
        new: change.new.map(plain),
        difference: plain(change.difference),
        percent: change.percent.map(plain),
        by_prices: change.by_prices.map(plain),
        settings: change.settings.iter().map(setting).collect(),
        prices: change.prices.iter().map(price).collect(),
        best: change.best.as_ref().map(best),
    }
}

fn setting(change: &SettingChange) -> SettingChangeJson<'_> {
    SettingChangeJson {
        key: &change.key,
        old: change.old.as_deref(),
        new: change.new.as_deref(),
    }
}

fn price(change: &PriceChange) -> PriceChangeJson<'_> {
    PriceChangeJson {
        item: &change.description,
        old: &change.old,
        new: &change.new,
        from: change.came.map(|came| came.from.to_string()),
        after: after(change.came),
    }
}

fn breach(line: &BreachLine) -> BreachJson<'_> {
    let breach = &line.breach;
    BreachJson {
        kind: breach.kind.name(),
        deployment: match &breach.kind {
            BreachKind::Deployment(name) => Some(name),
            _ => None,
        },
        limit: plain(breach.limit.number),
        limit_as_given: GivenJson::new(&breach.limit),
        cost: plain(breach.cost),
        line: line.place.map(|(line, _)| line),
        message: &line.message,
    }
}

fn range(low: Decimal, high: Decimal) -> Option<RangeJson> {
    (low != high).then(|| RangeJson {
        low: plain(low),
        high: plain(high),
    })
}
