//! A plan as text: deployments that were chosen elsewhere, in the keys that `check` reads.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::text;
use crate::billing::cache::CacheWay;
use crate::billing::capacity::Capacity;
use crate::billing::exact::plain;
use crate::billing::fx::Fx;
use crate::billing::mode::Mode;
use crate::billing::ptu::Fixed;
use crate::billing::quote::{Percent, Rate};
use crate::billing::savings;
use crate::billing::spec::Spec;
use crate::billing::speed::Speed;
use crate::billing::units::Asked;
use crate::catalog::is_printable;
use crate::order::{FundingOrder, LoggedCalls, Repeats, value};
use crate::workload::{Steady, WeekLoad};

/// A plan that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    /// What is said above it, a line each.
    pub comment: Vec<String>,
    /// The period of all costs.
    pub days: u64,
    /// Catalog files, beside the plan unless they are absolute.
    pub catalogs: Vec<String>,
    /// A discount on every charge.
    pub discount: Option<Percent>,
    /// Rates of exchange.
    pub fx: Vec<Fx>,
    /// The date of the prices, where it is not the day of the check.
    pub as_of: Option<NaiveDate>,
    /// The deployments.
    pub deployments: Vec<NewDeployment>,
}

/// A deployment that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeployment {
    /// What is said above it.
    pub comment: String,
    /// Its name.
    pub name: String,
    /// The code of its model.
    pub model: String,
    /// Its region; `None` for the first of the provider.
    pub region: Option<String>,
    /// How it is bought.
    pub bought: Bought,
    /// What it serves.
    pub workload: Workload,
    /// What its replicas serve.
    pub capacities: Vec<Capacity>,
}

/// What a new deployment serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Workload {
    /// A log.
    Log(Box<LoggedCalls>),
    /// A load that is described by the week.
    Load {
        /// The load of each week.
        week: WeekLoad,
        /// Which way of a cache hits are of.
        cache: Option<CacheWay>,
    },
    /// Requests at a steady rate.
    Steady(Steady),
}

/// How a new deployment is bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bought {
    /// By token.
    Tokens {
        /// Which token prices.
        rate: Rate,
        /// The mode, where the model prices by mode.
        mode: Option<Mode>,
        /// What pays before money does.
        funding: Box<FundingOrder>,
        /// A savings plan.
        savings: Option<savings::Asked>,
    },
    /// A reservation.
    Ptu {
        /// How much.
        asked: Asked,
        /// Which throughput reservation, where it is one.
        service: Option<Speed>,
        /// The mode, where the model prices by mode.
        mode: Option<Mode>,
        /// For how long.
        term: NewTerm,
    },
    /// Replicas.
    Mu {
        /// The specification.
        spec: Spec,
        /// How many.
        replicas: u64,
        /// For how long.
        term: NewTerm,
    },
    /// Dedicated throughput units.
    Dtu {
        /// The specification.
        spec: Option<String>,
        /// How much.
        asked: Asked,
        /// For how long.
        term: NewTerm,
    },
}

/// For how long a new deployment is bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewTerm {
    /// As long as its workload lasts, paid as it is used.
    Hourly,
    /// A subscription of days.
    Days(u64),
    /// A subscription of months.
    Months(u32),
    /// A subscription of terms of a fixed length.
    Fixed(Fixed, u32),
}

impl NewPlan {
    /// The text of the plan, with the schema that editors know it by.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut lines = Lines("#:schema ./tollgate.schema.json\n".to_owned());
        for line in &self.comment {
            lines.comment(line);
        }
        lines.number("version", 1);
        lines.number("days", self.days);
        lines.texts("catalog", &self.catalogs);
        lines.text("discount", self.discount.as_ref().map(text::percent));
        let fx: Vec<String> = self.fx.iter().map(ToString::to_string).collect();
        lines.texts("fx", &fx);
        lines.text("as_of", self.as_of);
        for deployment in &self.deployments {
            deployment.write(&mut lines);
        }
        lines.0
    }
}

impl NewDeployment {
    fn write(&self, lines: &mut Lines) {
        lines.0.push('\n');
        lines.comment(&self.comment);
        lines.0.push_str("[[deployment]]\n");
        lines.text("name", Some(&self.name));
        let method = match &self.bought {
            Bought::Tokens { .. } => "tokens",
            Bought::Ptu { .. } => "ptu",
            Bought::Mu { .. } => "mu",
            Bought::Dtu { .. } => "dtu",
        };
        lines.text("method", Some(method));
        lines.text("model", Some(&self.model));
        lines.text("region", self.region.as_ref());
        // The term of a load is the period, whenever its first call comes.
        let whole = matches!(self.workload, Workload::Load { .. });
        self.bought.write(whole, lines);
        match &self.workload {
            Workload::Log(log) => write_log(log, lines),
            Workload::Load { week, cache } => {
                let load: Vec<String> = week.lines().iter().map(ToString::to_string).collect();
                lines.texts("load", &load);
                lines.text("cache", cache.map(CacheWay::name));
            }
            Workload::Steady(steady) => {
                let by_token = matches!(self.bought, Bought::Tokens { .. });
                write_steady(steady, by_token, lines);
            }
        }
        let capacities: Vec<String> = self.capacities.iter().map(text::capacity).collect();
        lines.texts("replica_capacity", &capacities);
    }
}

impl Bought {
    fn write(&self, whole: bool, lines: &mut Lines) {
        match self {
            Self::Tokens {
                rate,
                mode,
                funding,
                savings,
            } => {
                lines.text("rate", Some(rate.name()));
                lines.text("mode", mode.map(Mode::name));
                write_funding(funding, lines);
                if let Some(savings) = savings {
                    lines.text("savings_plan", Some(plain(savings.commitment)));
                    if let Some(months) = savings.term_months {
                        lines.number("savings_plan_term", months.into());
                    }
                    lines.text("savings_plan_payment", Some(savings.payment.name()));
                }
            }
            Self::Ptu {
                asked,
                service,
                mode,
                term,
            } => {
                // Of throughput a subscription without its length is one of days.
                term.write(whole && matches!(term, NewTerm::Days(_)), lines);
                write_asked(*asked, lines);
                lines.text("service", service.map(Speed::name));
                lines.text("mode", mode.map(Mode::name));
            }
            Self::Mu {
                spec,
                replicas,
                term,
            } => {
                term.write(whole, lines);
                lines.text("spec", Some(spec));
                lines.number("replicas", *replicas);
            }
            Self::Dtu { spec, asked, term } => {
                term.write(whole, lines);
                lines.text("spec", spec.as_ref());
                write_asked(*asked, lines);
            }
        }
    }
}

impl NewTerm {
    fn write(self, whole: bool, lines: &mut Lines) {
        match self {
            Self::Days(_) | Self::Months(_) if whole => lines.text("term", Some("subscription")),
            Self::Hourly => lines.text("term", Some("pay-as-you-go")),
            Self::Days(days) => lines.number("days", days),
            Self::Months(months) => lines.number("months", months.into()),
            Self::Fixed(one, count) => lines.number(one.noun_of_many(), count.into()),
        }
    }
}

fn write_asked(asked: Asked, lines: &mut Lines) {
    match asked {
        Asked::Units(units) => lines.number("units", units),
        Asked::Sides {
            input_tpm,
            output_tpm,
        } => {
            lines.number("input_tpm", input_tpm);
            lines.number("output_tpm", output_tpm);
        }
    }
}

fn write_funding(funding: &FundingOrder, lines: &mut Lines) {
    if let Some(quota) = funding.free_quota {
        lines.number("free_quota", quota);
        let used: Vec<String> = funding.free_used.iter().map(text::count).collect();
        lines.texts("free_used", &used);
        lines.text("free_activated", funding.free_activated);
        lines.text("free_expires", funding.free_expires);
    }
    if !funding.packages.is_empty() {
        let packages: Vec<String> = funding.packages.iter().map(text::package).collect();
        lines.texts("package", &packages);
        lines.text(
            "package_price",
            funding.package_price.map(|price| plain(price.number)),
        );
    }
    lines.text("postpaid", funding.postpaid.map(text::switch_name));
}

fn write_log(log: &LoggedCalls, lines: &mut Lines) {
    lines.texts("trace", &log.paths);
    let filters = log.filters.iter();
    let filters = filters.map(|filter| format!("{}={}", filter.column, filter.value));
    lines.texts("where", &filters.collect::<Vec<String>>());
    if let Some(days) = log.scale_to {
        lines.number("scale_to", days);
    }
    lines.text("pattern", log.pattern.map(|pattern| pattern.name()));
    lines.text("columns", value::columns_text(&log.columns));
    lines.text("cached", log.cached.map(value::cache_place_name));
    if let Some(derived) = &log.derived {
        lines.text("cache_from", Some(&derived.field));
        lines.number("cache_block", derived.block.into());
        let kept = derived.ttl.as_ref().map(text::span);
        lines.text("cache_ttl", Some(kept.as_deref().unwrap_or("none")));
    }
    lines.text("time_unit", log.time_unit.map(|unit| unit.name()));
    if log.skip_bad_rows {
        lines.0.push_str("skip_bad_rows = true\n");
    }
    lines.text("log_format", log.log_format.map(|log| log.name.as_str()));
    if log.bills_failed {
        lines.text("failed_calls", Some(value::failed_calls_name(true)));
    }
    lines.text("repeated_calls", log.repeats.map(Repeats::name));
    lines.text("cache", log.cache.map(CacheWay::name));
}

fn write_steady(steady: &Steady, by_token: bool, lines: &mut Lines) {
    let load = &steady.load;
    lines.text("rpm", Some(plain(load.rpm)));
    let tokens = load.per_request;
    lines.number("input_per_request", tokens.input);
    lines.number("output_per_request", tokens.output);
    if tokens.cached > 0 {
        lines.number("cached_per_request", tokens.cached);
    }
    if tokens.cache_write > 0 {
        lines.number("cache_write_per_request", tokens.cache_write);
    }
    lines.text("cache", load.cache.map(CacheWay::name));
    lines.text("hours_per_day", Some(text::span(&steady.hours_per_day)));
    if by_token {
        lines.number("days", steady.days);
    }
}

/// Lines of TOML.
struct Lines(String);

impl Lines {
    fn comment(&mut self, line: &str) {
        let _ = writeln!(self.0, "# {}", printable_line(line));
    }

    fn number(&mut self, key: &str, number: u64) {
        let _ = writeln!(self.0, "{key} = {number}");
    }

    fn text(&mut self, key: &str, text: Option<impl ToString>) {
        if let Some(text) = text {
            let _ = writeln!(self.0, "{key} = {}", quoted(&text.to_string()));
        }
    }

    /// A text, or a list of several; nothing of none.
    fn texts(&mut self, key: &str, texts: &[String]) {
        let _ = match texts {
            [] => Ok(()),
            [only] => writeln!(self.0, "{key} = {}", quoted(only)),
            several => {
                let several: Vec<String> = several.iter().map(|text| quoted(text)).collect();
                writeln!(self.0, "{key} = [{}]", several.join(", "))
            }
        };
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A comment ends with its line.
fn printable_line(line: &str) -> String {
    let mut shown = String::new();
    for c in line.chars() {
        match is_printable(c) || c == ' ' {
            true => shown.push(c),
            false => shown.extend(c.escape_default()),
        }
    }
    shown
}
