//! Parts of an order that do not make sense together, said in the words of whoever ordered.

use chrono::NaiveDate;

use crate::billing::cache::CacheWay;
use crate::billing::exact::plain;
use crate::billing::kind::Tokens;
use crate::billing::money::Currency;
use crate::billing::number::{counted, whole};
use crate::billing::quote::Percent;
use crate::billing::recorded::{Pattern, Scale};
use crate::billing::spec::Spec;
use crate::billing::units::Asked;

const MINUTES_OF_A_DAY: u64 = 24 * 60;

/// How a message names the parts of an order: as flags or as keys of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Say {
    /// As flags: `--input-tpm 100k`.
    Flags,
    /// As keys of a plan: `input_tpm = "100k"`.
    Keys,
}

impl Say {
    /// The name of a part without a value, made from its key in a plan.
    #[must_use]
    pub fn name(self, key: &str) -> String {
        match self {
            Self::Flags => format!("`--{}`", key.replace('_', "-")),
            Self::Keys => format!("`{key}`"),
        }
    }

    /// The name with a value.
    #[must_use]
    pub fn with(self, key: &str, value: &str) -> String {
        match self {
            Self::Flags => format!("`--{} {value}`", key.replace('_', "-")),
            Self::Keys => format!("`{key} = \"{value}\"`"),
        }
    }
}

/// What tokens are counted of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountOf {
    /// One request of a workload.
    Request,
    /// All requests together.
    All,
}

impl CountOf {
    /// The keys of input, of what of it is read from a cache, and of what of it is written to one.
    #[must_use]
    pub fn keys(self) -> [&'static str; 3] {
        match self {
            Self::Request => [
                "input_per_request",
                "cached_per_request",
                "cache_write_per_request",
            ],
            Self::All => ["input", "cached_input", "cache_write"],
        }
    }
}

/// Why the parts of an order do not make sense together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// Both sides of a reservation are 0, or its units are.
    NothingReserved {
        /// Whether it was asked for in units.
        in_units: bool,
    },
    /// Requests without a token.
    EmptyRequests,
    /// Both input and output tokens are 0.
    NoTokens,
    /// More input is read from a cache or written to one than there is.
    MoreOfCache {
        /// What is counted.
        of: CountOf,
        /// The tokens.
        tokens: Tokens,
    },
    /// A share of the input of a request is not a whole number of tokens.
    HitNotWhole {
        /// The share.
        percent: Percent,
        /// Input tokens of a request.
        input: u64,
        /// The share of it, rounded down.
        down: u64,
    },
    /// Requests write to the cache, and their hits are said to be implicit ones.
    ImplicitWrites,
    /// The cheapest size is asked for, but calls that do not fit are rejected and so cost nothing.
    CheapestWithoutOverflow,
    /// A quota or package is given for a reservation without a load, so nothing overflows.
    FundingWithoutLoad,
    /// A quota or package is given for calls that are rejected.
    FundingOfRejected,
    /// A quota or package is given beside the cheapest size, which is weighed without them.
    FundingOfCheapest,
    /// A savings plan is given beside the cheapest size, which is weighed without it.
    SavingsOfCheapest,
    /// A savings plan is given where no token is billed.
    SavingsWithoutPostpaid,
    /// Renewals are asked for of pay-as-you-go, which has no term.
    RenewalOfPayAsYouGo,
    /// Renewals are asked for of an order that is cancelled.
    RenewalOfCancelled,
    /// A load that is described has no call in its time.
    NoCallsInLoad {
        /// The first day of that time.
        first: NaiveDate,
        /// Its minutes.
        minutes: u64,
    },
    /// A trace from the standard input is to size a reservation, which reads it twice.
    FitOfStdin,
    /// The cheapest size is asked for of a model whose ordinary calls have no price.
    CheapestWithoutPrice,
    /// The cheapest size is asked for, but what tokens count changes in the time of the trace.
    WeightsChange,
    /// A block of hours is to be renewed.
    RenewalOfBlocks,
    /// A part is asked for of a reservation that weighs tokens.
    PartialOfWeights,
    /// A part is asked for where what overflows has a price by the hour of the day.
    PartialByHour,
    /// The cheapest size is asked for, but the term is longer than the trace.
    CheapestBeyondTrace {
        /// The time that costs are stated for, in minutes.
        minutes: u64,
        /// Length of the trace in days.
        days: u64,
        /// Length of the term in minutes.
        term: u64,
    },
    /// The percentile that sizes the reservation is 0, since nearly all minutes have no calls.
    NothingToFit,
    /// No call of the trace has tokens that a reservation could take.
    NoTokensToFit,
    /// The trace was another one when it was read a second time.
    TraceChanged,
    /// No call of the trace has a token.
    NoTokensInTrace,
    /// A trace is scaled to other days, but the price of the reservation changes within the trace.
    ScaledOverChange {
        /// The day of the change.
        change: NaiveDate,
    },
    /// What a unit of the reservation adds changes within the trace.
    UnitsChange,
    /// A subscription of days ends before the last call.
    BeyondLastDay {
        /// Days of the subscription.
        days: u64,
        /// Days it would need to last until the last call.
        needed: u64,
    },
    /// The trace is longer than the term of its reservation.
    LongerThanTerm {
        /// Length of the trace in minutes.
        minutes: u64,
        /// Length of the term in minutes.
        term: u64,
    },
    /// The trace is scaled to a period that is longer than the term of the reservation.
    ScaledBeyondTerm {
        /// Days of the period.
        days: u64,
        /// Length of the term in minutes.
        term: u64,
    },
    /// Nobody says what a replica serves, and a trace is to say how many there are.
    CapacityUnknown {
        /// The specification of the replica.
        spec: Spec,
    },
    /// An amount is in another currency than that in which the model is paid.
    OtherCurrency {
        /// The key of the amount in a plan.
        key: &'static str,
        /// The currency that the amount is said to be in.
        said: Currency,
        /// The currency of the model's prices.
        paid: Currency,
    },
    /// The trace has more days than it is to be scaled to.
    LongerThanScale {
        /// How it would be repeated.
        scale: Scale,
    },
}

impl Conflict {
    /// That nothing is reserved, in the words in which it was asked for.
    #[must_use]
    pub fn nothing_reserved(asked: Option<Asked>) -> Self {
        Self::NothingReserved {
            in_units: matches!(asked, Some(Asked::Units(_))),
        }
    }

    /// Whether the cause is the content of the trace, and not what was asked for.
    #[must_use]
    pub fn is_of_the_trace(self) -> bool {
        matches!(
            self,
            Self::NoTokensInTrace
                | Self::NoTokensToFit
                | Self::TraceChanged
                | Self::ScaledOverChange { .. }
                | Self::UnitsChange
        )
    }

    /// What is wrong.
    #[must_use]
    pub fn message(self, say: Say) -> String {
        let both = |a, b| format!("{} and {} are both 0", say.name(a), say.name(b));
        match self {
            Self::NothingReserved { in_units: true } => {
                format!("{} is 0, so nothing is reserved", say.name("units"))
            }
            Self::NothingReserved { in_units: false } => format!(
                "{}, so nothing is reserved",
                both("input_tpm", "output_tpm")
            ),
            Self::EmptyRequests => both("input_per_request", "output_per_request"),
            Self::NoTokens => format!("{}, and billing starts at 1 token", both("input", "output")),
            Self::MoreOfCache { of, tokens } => {
                let [input, cached, cache_write] = of.keys().map(|key| say.name(key));
                let (parts, are) = match (tokens.cached, tokens.cache_write) {
                    (_, 0) => (cached, "is"),
                    (0, _) => (cache_write, "is"),
                    _ => (format!("{cached} and {cache_write}"), "are"),
                };
                let part = if are == "is" { "part" } else { "parts" };
                let sum = tokens.of_cache();
                format!(
                    "{parts} {are} {part} of {input}, and {} are more than {}",
                    counted(sum, "token"),
                    whole(tokens.input)
                )
            }
            Self::HitNotWhole { percent, input, .. } => format!(
                "{} of {} is not a whole number of tokens",
                say.with("cache_hit", &format!("{}%", plain(percent.value()))),
                counted(input, "input token")
            ),
            Self::ImplicitWrites => format!(
                "requests that write to the cache ({}) do not have hits of the implicit one, which {} says: a request has hits of one of both",
                say.name("cache_write_per_request"),
                say.with("cache", CacheWay::Implicit.name())
            ),
            Self::CheapestWithoutOverflow => format!(
                "{} weighs what overflow costs, and {} has none",
                say.with("fit", "cheapest"),
                say.with("on_overflow", "reject")
            ),
            Self::FundingWithoutLoad => format!(
                "the funding {} are for what overflows, and without a workload nothing does",
                match say {
                    Say::Flags => "flags",
                    Say::Keys => "keys",
                }
            ),
            Self::FundingOfRejected => format!(
                "with {} nothing is billed by token, so there is nothing to fund",
                say.with("on_overflow", "reject")
            ),
            Self::FundingOfCheapest => format!(
                "{} weighs the overflow at its price, not at what a quota leaves of it",
                say.with("fit", "cheapest")
            ),
            Self::SavingsOfCheapest => format!(
                "{} weighs the overflow at list price, and a savings plan pays for it otherwise",
                say.with("fit", "cheapest")
            ),
            Self::SavingsWithoutPostpaid => format!(
                "a savings plan pays for tokens that are billed, and with {} none is",
                say.with("postpaid", "off")
            ),
            Self::RenewalOfPayAsYouGo => format!(
                "{} renews a subscription, and pay-as-you-go has no term that ends",
                say.name("renew")
            ),
            Self::RenewalOfCancelled => format!(
                "a subscription that is cancelled with {} has no term that {} could follow",
                say.name("cancel_after"),
                say.name("renew")
            ),
            Self::NoCallsInLoad { first, minutes } => format!(
                "the load has no call in the {} from {first}",
                counted(minutes, "minute")
            ),
            Self::FitOfStdin => {
                "a reservation is sized by reading the trace more than once, and the standard input can be read once".to_owned()
            }
            Self::WeightsChange => format!(
                "{} finds one size for one weighing, and what tokens count changes within the time of the trace",
                say.with("fit", "cheapest")
            ),
            Self::RenewalOfBlocks => {
                format!("a block of hours has no term that {} could follow", say.name("renew"))
            }
            Self::PartialOfWeights => {
                "a part of a trace knows no reservation that is sold in units or weighs tokens".to_owned()
            }
            Self::PartialByHour => {
                "a part of a trace knows no prices that depend on the hour of the day".to_owned()
            }
            Self::CheapestWithoutPrice => format!(
                "{} weighs what overflow costs, and the model has no published price for ordinary calls",
                say.with("fit", "cheapest")
            ),
            Self::CheapestBeyondTrace { minutes, term, .. } => format!(
                "{} would weigh a reservation of {} against the overflow of {}",
                say.with("fit", "cheapest"),
                counted(term, "minute"),
                counted(minutes, "minute")
            ),
            Self::NothingToFit => {
                "so few minutes of the trace have calls that nothing would be reserved".to_owned()
            }
            Self::NoTokensToFit => {
                "no call of the trace has tokens that a reservation takes, so nothing would be reserved"
                    .to_owned()
            }
            Self::TraceChanged => {
                "the trace changed while it was read: a second reading found other calls".to_owned()
            }
            Self::NoTokensInTrace => {
                "the calls of the trace have no tokens, so there is nothing to price".to_owned()
            }
            Self::ScaledOverChange { change } => format!(
                "the price of the reservation changes on {change}, in the time of the trace, and the other days of {} have no date that says which price they have",
                say.name("scale_to")
            ),
            Self::UnitsChange => {
                "a unit of the reservation is something else on other days, so no number of them is one reservation".to_owned()
            }
            Self::BeyondLastDay { days, needed } => format!(
                "the trace needs a subscription of {}, as one ends with its last date, and the term is {}",
                counted(needed, "day"),
                counted(days, "day")
            ),
            Self::LongerThanTerm { minutes, term } => format!(
                "the trace has {}, and the term is {}",
                counted(minutes, "minute"),
                counted(term, "minute")
            ),
            Self::ScaledBeyondTerm { days, term } => format!(
                "{} is longer than the term, which is {}",
                say.with("scale_to", &days.to_string()),
                counted(term, "minute")
            ),
            Self::CapacityUnknown { spec } => format!(
                "what one replica of `{spec}` serves is not known, so the trace does not say how many there are"
            ),
            Self::OtherCurrency { key, said, paid } => format!(
                "{} is in {said}, and the model is paid in {paid}",
                say.name(key)
            ),
            Self::LongerThanScale { scale } => format!(
                "the trace covers {}, {} more than {}",
                scale.covered(),
                match (scale.pattern(), scale.days) {
                    (Pattern::Day, 1) => "which is".to_owned(),
                    (Pattern::Day, _) => "which are".to_owned(),
                    (Pattern::Week, _) => match scale.days {
                        ..=7 => "and 1 week is".to_owned(),
                        _ => format!("and {} are", scale.what()),
                    },
                },
                counted(scale.to, "day")
            ),
        }
    }

    /// The way out.
    #[must_use]
    pub fn hint(self, say: Say) -> String {
        let one_of = |key, value| {
            format!(
                "give at least one of them, such as {}",
                say.with(key, value)
            )
        };
        match self {
            Self::NothingReserved { in_units: true } => {
                format!("give at least one, such as {}", say.with("units", "10"))
            }
            Self::NothingReserved { in_units: false } => one_of("input_tpm", "100k"),
            Self::EmptyRequests => one_of("input_per_request", "4000"),
            Self::NoTokens => one_of("input", "1M"),
            Self::MoreOfCache { of, tokens } => {
                let [input, ..] = of.keys();
                let all = tokens.of_cache();
                let beside = tokens.input.saturating_add(all).to_string();
                format!(
                    "{} counts all input: where a log counts the cache beside it, write {}",
                    say.name(input),
                    say.with(input, &beside)
                )
            }
            Self::HitNotWhole { down, .. } => format!(
                "give their number, such as {}",
                say.with("cached_per_request", &down.to_string())
            ),
            Self::ImplicitWrites => "leave one of them out".to_owned(),
            Self::CheapestWithoutOverflow => format!(
                "use {}, or leave {} out",
                say.with("fit", "peak"),
                say.name("on_overflow")
            ),
            Self::FundingWithoutLoad => match say {
                Say::Flags => "add the workload, as in `--rpm 30 --input-per-request 4000 --output-per-request 400`".to_owned(),
                Say::Keys => "add the workload: `rpm`, `input_per_request` and `output_per_request`".to_owned(),
            },
            Self::FundingOfRejected => format!("leave {} out", say.name("on_overflow")),
            Self::SavingsWithoutPostpaid => "leave one of them out".to_owned(),
            Self::FundingOfCheapest | Self::SavingsOfCheapest => format!(
                "give {} and {}, or use {}",
                say.name("input_tpm"),
                say.name("output_tpm"),
                say.with("fit", "peak")
            ),
            Self::RenewalOfPayAsYouGo => match say {
                Say::Flags => "leave it out, or buy a subscription with `--days` or `--months`",
                Say::Keys => "leave it out, or write `days` or `months` of one term",
            }
            .to_owned(),
            Self::RenewalOfCancelled => "leave one of them out".to_owned(),
            Self::NoCallsInLoad { .. } => {
                "give it more days, or a line for these: `daily` is every day of the week".to_owned()
            }
            Self::FitOfStdin => "save the trace to a file".to_owned(),
            Self::WeightsChange => format!(
                "use {}, or `--as-of <DATE>`, which takes what holds on that day for all",
                say.with("fit", "peak")
            ),
            Self::RenewalOfBlocks => {
                "leave it out, and ask for more blocks with `--blocks`".to_owned()
            }
            Self::PartialOfWeights | Self::PartialByHour => "price the whole trace in one run".to_owned(),
            Self::CheapestWithoutPrice => format!(
                "use {}, or add the price in a file of your own with `--catalog`",
                say.with("fit", "peak")
            ),
            Self::CheapestBeyondTrace { term, days: of_trace, .. } => match (term / MINUTES_OF_A_DAY, term % MINUTES_OF_A_DAY) {
                (days, 0) if days >= of_trace => format!(
                    "add {}, which takes the trace as the pattern of the term",
                    say.with("scale_to", &days.to_string())
                ),
                _ => format!(
                    "leave the term out: it is then that of the trace, or of the days of {}",
                    say.name("scale_to")
                ),
            },
            Self::NothingToFit => format!(
                "use {}, or give {} and {}",
                say.with("fit", "peak"),
                say.name("input_tpm"),
                say.name("output_tpm")
            ),
            Self::NoTokensToFit => format!(
                "give {} and {}, or name the columns of tokens with `--columns`",
                say.name("input_tpm"),
                say.name("output_tpm")
            ),
            Self::TraceChanged => "price a copy that nobody writes to".to_owned(),
            Self::NoTokensInTrace => {
                "name the columns of tokens, as in `--columns input=prompt,output=answer`".to_owned()
            }
            Self::ScaledOverChange { change } => {
                format!("`--as-of {change}` takes the prices of that day for all")
            }
            Self::UnitsChange => "`--as-of <DATE>` takes what is sold on that day for all".to_owned(),
            Self::LongerThanTerm { .. } | Self::BeyondLastDay { .. } => {
                "give a longer term, or leave it out: it is then that of the trace".to_owned()
            }
            Self::ScaledBeyondTerm { .. } => format!(
                "scale to fewer days, or leave the term out: it is then that of {}",
                say.name("scale_to")
            ),
            Self::CapacityUnknown { spec } => format!(
                "say it with {}, or give {}",
                say.with("replica_capacity", &format!("{spec}=300k/60k")),
                say.name("replicas")
            ),
            Self::LongerThanScale { scale }
                if scale.pattern() == Pattern::Week && scale.days <= scale.to =>
            {
                format!("give more days, or use {}", say.with("pattern", "day"))
            }
            Self::OtherCurrency { paid, .. } => format!("write it in {paid}"),
            Self::LongerThanScale { .. } => {
                format!("leave {} out, or give more days", say.name("scale_to"))
            }
        }
    }
}
