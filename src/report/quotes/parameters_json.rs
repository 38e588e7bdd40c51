//! The parameters of a quote as JSON.

use serde::Serialize;

use super::trace_json::AdmissionJson;
use crate::billing::cache::CacheWay;
use crate::billing::exact::plain;
use crate::billing::ptu::{Fit, Served};
use crate::billing::quote::{Parameters, Quote};
use crate::billing::speed::Speed;
use crate::billing::units::Throughput;
use crate::report::json::{PerRequestJson, TokensJson};

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum ParametersJson<'a> {
    Ptu {
        #[serde(skip_serializing_if = "Option::is_none")]
        product: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        service: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        spec: Option<&'a str>,
        #[serde(flatten)]
        throughput: ThroughputJson<'a>,
        #[serde(flatten)]
        sides: Option<SidesJson>,
        #[serde(skip_serializing_if = "Option::is_none")]
        mode: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        runs: Option<String>,
        duration: &'a str,
        billed: &'a str,
        #[serde(flatten)]
        served: Option<ServedJson>,
        #[serde(flatten)]
        admission: Option<AdmissionJson>,
        #[serde(skip_serializing_if = "Option::is_none")]
        renew: Option<String>,
    },
    Mu {
        spec: String,
        replicas: String,
        pd_separated: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        runs: Option<String>,
        duration: &'a str,
        billed: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        renew: Option<String>,
    },
    Tokens {
        rate: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        other_rate: Option<&'static str>,
        mode: Option<&'static str>,
        #[serde(flatten)]
        tokens: TokensJson,
        requests: Option<String>,
        batch: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        cache: Option<&'static str>,
        #[serde(flatten)]
        stream: Option<StreamJson>,
    },
}

#[derive(Debug, Serialize)]
pub struct ServedJson {
    rpm: String,
    #[serde(flatten)]
    per_request: PerRequestJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours_per_day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_overflow: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fit: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub struct StreamJson {
    rpm: String,
    #[serde(flatten)]
    per_request: PerRequestJson,
    hours_per_day: String,
    days: String,
}

/// What is reserved: both sides, or units and the tokens per minute that they add to each meter.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum ThroughputJson<'a> {
    Sides {
        input_tpm: String,
        output_tpm: String,
    },
    Units {
        units: String,
        unit_name: &'a str,
        capacity_tpm: Vec<MeterJson<'a>>,
    },
}

/// Tokens per minute of both sides together, where units add to both.
#[derive(Debug, Serialize)]
pub struct SidesJson {
    input_tpm: String,
    output_tpm: String,
}

impl SidesJson {
    fn of(throughput: &Throughput) -> Option<Self> {
        let (input, output) = throughput.sides()?;
        Some(Self {
            input_tpm: input.to_string(),
            output_tpm: output.to_string(),
        })
    }
}

/// Tokens per minute of a meter.
#[derive(Debug, Serialize)]
pub struct MeterJson<'a> {
    meter: &'a str,
    tpm: String,
}

impl<'a> MeterJson<'a> {
    pub fn new(meter: &'a str, tpm: u64) -> Self {
        let tpm = tpm.to_string();
        Self { meter, tpm }
    }
}

impl<'a> ThroughputJson<'a> {
    pub fn of(throughput: &'a Throughput) -> Self {
        match throughput {
            Throughput::Sides {
                input_tpm,
                output_tpm,
            } => Self::Sides {
                input_tpm: input_tpm.to_string(),
                output_tpm: output_tpm.to_string(),
            },
            Throughput::Units {
                count,
                name,
                capacity,
            } => Self::Units {
                units: count.to_string(),
                unit_name: name,
                capacity_tpm: capacity
                    .iter()
                    .map(|(meter, tpm)| MeterJson::new(meter, *tpm))
                    .collect(),
            },
        }
    }
}

impl<'a> ParametersJson<'a> {
    pub fn of(quote: &'a Quote) -> Self {
        match &quote.parameters {
            Parameters::Ptu {
                product,
                service,
                spec,
                throughput,
                mode,
                runs,
                duration,
                billed,
                served,
            } => ParametersJson::Ptu {
                product: *product,
                service: service.map(Speed::name),
                spec: spec.as_deref(),
                sides: spec.as_ref().and(SidesJson::of(throughput)),
                throughput: ThroughputJson::of(throughput),
                mode: mode.map(|mode| mode.name()),
                runs: several(*runs),
                duration,
                billed,
                served: served
                    .as_ref()
                    .map(|served| served_json(served, spec.is_none())),
                admission: AdmissionJson::of(quote),
                renew: renew(quote),
            },
            Parameters::Mu {
                spec,
                replicas,
                pd_separated,
                runs,
                duration,
                billed,
            } => ParametersJson::Mu {
                spec: spec.to_string(),
                replicas: replicas.to_string(),
                pd_separated: *pd_separated,
                runs: several(*runs),
                duration,
                billed,
                renew: renew(quote),
            },
            Parameters::Tokens {
                rate,
                other_rate,
                mode,
                tokens,
                requests,
                batch,
                cache,
                stream,
            } => ParametersJson::Tokens {
                rate: rate.name(),
                other_rate: other_rate.map(|other| other.name()),
                mode: mode.map(|mode| mode.name()),
                tokens: TokensJson(*tokens),
                requests: requests.map(|requests| requests.to_string()),
                batch: *batch,
                cache: cache.map(CacheWay::name),
                stream: stream.as_ref().map(|stream| StreamJson {
                    rpm: plain(stream.load.rpm),
                    per_request: PerRequestJson(Some(stream.load.per_request)),
                    hours_per_day: stream.hours_per_day.iso(),
                    days: stream.days.to_string(),
                }),
            },
        }
    }
}

fn renew(quote: &Quote) -> Option<String> {
    let renewals = quote.renewals.as_ref()?;
    Some(renewals.times.to_string())
}

/// The number of runs; left out where it is one.
fn several(runs: u64) -> Option<String> {
    (runs > 1).then(|| runs.to_string())
}

/// The traffic; what does not fit dedicated units is not priced.
fn served_json(served: &Served, overflows: bool) -> ServedJson {
    ServedJson {
        rpm: plain(served.load.rpm),
        per_request: PerRequestJson(Some(served.load.per_request)),
        cache: served.load.cache.map(CacheWay::name),
        hours_per_day: served.hours_per_day.map(|span| span.iso()),
        on_overflow: overflows.then_some(served.on_overflow.name()),
        fit: served.fit.map(Fit::name),
    }
}
