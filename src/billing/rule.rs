//! The billing rules, each with its id, the document it comes from, and whether the document says
//! it or we read it so.

/// The document about deploying models: prices, billing and operation.
pub const DEPLOYMENT: &str = "alibaba-model-deployment";
/// The document about throughput reservations: how they are billed, and ended early.
pub const RESERVATION: &str = "alibaba-reservation-billing";
/// The document about refunds for prepaid terms that become smaller. That about deploying points to it.
pub const DOWNGRADES: &str = "alibaba-downgrade-refunds";
/// The document about dedicated throughput units.
pub const DTU: &str = "alibaba-dtu-deployment";
/// The list prices of ordinary model calls.
pub const PRICING: &str = "alibaba-model-pricing";
/// The list of resources that an account of Tencent's Agent Development Platform holds.
pub const RESOURCES: &str = "tencent-adp-resources";
/// The document about savings plans and resource packages.
pub const SAVINGS: &str = "alibaba-savings-plan";
/// The document about the free quota of ordinary calls.
pub const FREE_QUOTA: &str = "alibaba-free-quota";
/// The document about services, their status and their billing modes.
pub const ONLINE_INFERENCE: &str = "tencent-online-inference";

/// The document about how provisioned throughput is bought and billed on Azure.
pub const AZURE_BILLING: &str = "azure-ptu-onboarding";
/// The prices of deployment types on Azure, second-hand.
pub const AZURE_TYPES: &str = "azure-ptu-calculator";
/// The document about what provisioned throughput is on Azure.
pub const AZURE_PTU: &str = "azure-ptu-concepts";
/// The prices of Google's units of provisioned throughput.
pub const GOOGLE_PRICING: &str = "google-pt-pricing";
/// What units of provisioned throughput hold on Google.
pub const GOOGLE_MODELS: &str = "google-pt-models";

/// The provider whose documents on deployments, prices and the free quota the rules are from.
const ALIBABA: &str = "alibaba";
/// The provider of PTU with reservations that are discounts.
const AZURE: &str = "azure";
/// The provider of generative scale units.
const GOOGLE: &str = "google";
/// The provider whose documents on services and resources the rules are from.
const TENCENT: &str = "tencent";

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The document says so.
    Literal,
    /// The document leaves it open, and this is how it is read.
    Reading,
    /// The person who asks for the quote says so.
    Given,
}

impl Basis {
    /// `literal`, `reading` or `given`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Literal => "literal",
            Self::Reading => "reading",
            Self::Given => "given",
        }
    }
}

/// A rule by which something is billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Hourly PTU prices are per 10K input and 1K output TPM for an hour.
    PtuPriceUnit,
    /// Pay-as-you-go PTU: a started hour is billed whole.
    PtuHourly,
    /// PTU subscription: whole days, paid at the order.
    PtuDaily,
    /// A PTU subscription ends at 23:59 on its last day; a late order has a day more.
    PtuExpiry,
    /// Service stops, and resources are released, some hours after expiry.
    PtuGrace,
    /// A PTU subscription cannot be ended early.
    PtuNoEarlyEnd,
    /// A PTU subscription can be ended early, and what was used counts more.
    PtuEarlyEnd,
    /// An overdue balance keeps a pay-as-you-go deployment, and bills it, for a day more.
    PtuOverdue,
    /// A call above the maximum input is billed as ordinary pay-as-you-go.
    PtuMaxInput,
    /// Calls beyond the purchased TPM are billed as ordinary pay-as-you-go.
    PtuOverflow,
    /// At its creation one chooses whether calls beyond a reservation are ordinary ones or refused.
    PtuOverflowChoice,
    /// The quota is counted per clock minute, and a call switches as a whole.
    PtuOverflowMinute,
    /// Some models price output by mode.
    PtuModes,
    /// TPM is bought in the units it is priced in.
    PtuSteps,
    /// A unit adds capacity to each meter, and units are bought whole.
    PtuUnits,
    /// A call takes a weighted share of each meter.
    PtuWeights,
    /// A reservation costs days × the price of a day, whatever the term; a renewal costs what a new order does.
    ReservationDaily,
    /// High speed, pay-as-you-go, is metered in minutes.
    ReservationMinute,
    /// A block of 8 hours: its price, and when it can be ordered.
    ReservationBlock,
    /// The fewest input and output TPM of a reservation, and their steps.
    ReservationMinimum,
    /// The numbers of days that are sold as a term.
    ReservationTerms,
    /// A reservation stops when it expires, and is released soon after.
    ReservationExpiry,
    /// What comes back of a reservation that is ended early or becomes smaller.
    ReservationEarlyEnd,
    /// What is added to a reservation is paid for the days that are left, a started one whole.
    ReservationExpansion,
    /// What becomes of calls above the maximum input where overflow is refused.
    ReservationMaxInput,
    /// A reservation of a month or a year on Azure is a discount on units by the hour, and no capacity.
    AzureReservation,
    /// The prices of data zones and of regions on Azure are of a second-hand source.
    AzureTypes,
    /// Whether calls beyond a deployment go to a standard one, on Azure, is its owner's choice.
    AzureSpillover,
    /// Calls are admitted per clock minute, where Azure has a gauge of its own.
    AzureGauge,
    /// The terms in which Google sells units, and the hours that they have.
    GoogleTerms,
    /// Calls are admitted per clock minute, where Google publishes tokens per second.
    GoogleMinute,
    /// The price in a row is for the whole specification.
    MuBundle,
    /// Pay-as-you-go model units: a started minute counts whole.
    MuMinute,
    /// Prepaid model units: whole months.
    MuMonthly,
    /// Cancelling within the first month is charged by the started day.
    MuCancelFirstMonth,
    /// Cancelling after the first month is not documented.
    MuCancelLater,
    /// Pay-as-you-go capacity is first come, first served.
    MuFirstCome,
    /// Prefill and decode run on separate nodes.
    MuPd,
    /// A specification without a count is one unit.
    MuCountOne,
    /// Dedicated throughput units: whole months, paid ahead.
    DtuMonthly,
    /// A unit adds input and output tokens per minute together, and units are bought whole.
    DtuUnits,
    /// Ending a term early is charged by the started day.
    DtuEarlyEnd,
    /// What becomes of calls beyond the units is not documented.
    DtuBeyond,
    /// Token prices of LoRA fine-tuned models.
    TokensFineTuned,
    /// Token prices of ordinary calls.
    TokensStandard,
    /// The input of one request picks the tier for all its tokens.
    TokensTier,
    /// The hour of the day, in China Standard Time, picks the price of a call.
    TokensHours,
    /// The bounds of tiers are written in two ways, and the console's counts.
    TokensTierBound,
    /// A share of a list price that is offered for a time without a published end is not applied.
    TokensLimitedOffer,
    /// Batch calls of ordinary models cost half.
    TokensBatch,
    /// Input that is read from a cache has a price of its own, or is billed as input.
    TokensCached,
    /// Input that is written to a cache has a price of its own, or is billed as input.
    TokensCacheWrite,
    /// A request has hits of one way of the cache only, implicit or explicit.
    TokensCacheWay,
    /// The discount of batch calls and that of a cache do not add up.
    TokensCacheBatch,
    /// Usage at list price is deducted from the commitment of its month, at a factor.
    TokensSavingsPlan,
    /// What a savings plan pays for, and in which order.
    TokensSavingsScope,
    /// A savings plan is bought for a term, and returned only before anything is deducted.
    TokensSavingsTerm,
    /// Which months a savings plan is paid for.
    TokensSavingsMonth,
    /// A commitment between two bands is in the upper one.
    TokensSavingsBand,
    /// A subscription can be renewed, also automatically.
    DeployRenew,
    /// Billing runs from the end of deploying to the end of deleting.
    DeployWindow,
    /// The billing method of a service cannot be changed.
    DeploySwitch,
    /// A prepaid term can change its size before it ends.
    DeployDowngrade,
    /// In which region deployments are, and whether in no other.
    DeployRegion,
    /// A version can be updated in full or by phases.
    DeployUpdate,
    /// How a deployment that is billed by token is scaled, and when it is released.
    DeployTokens,
    /// An autoscaled deployment costs between its minimum and its maximum.
    DeployAutoscale,
    /// Packages are used up within their validity; prepaid resources can be renewed.
    ResourceKinds,
    /// When a resource is nearly exhausted, exhausted, expiring soon or expired.
    ResourceStatus,
    /// Who is told what about a resource, and when.
    ResourceNotices,
    /// Knowledge beyond the limit is isolated when knowledge base capacity expires.
    ResourceKbIsolation,
    /// The postpaid setting can be changed once per hour.
    ResourcePostpaid,
    /// With an overdue balance no service can be used.
    ResourceOverdue,
    /// A free quota offsets nothing after it has expired.
    FreeValidity,
    /// A free quota offsets ordinary real-time calls only.
    FreeScope,
    /// An account and its users share a free quota.
    FreeShared,
    /// Each model has a free quota of its own.
    FreePerModel,
    /// Tokens beyond a free quota are billed at list price.
    FreeOverrun,
    /// Where only totals are known, input and output use a free quota in proportion.
    FreeMix,
    /// Nobody is told when a free quota is used up.
    FreeNoNotice,
    /// The free quota is consumed first, then packages, then money.
    FreeOrder,
    /// Whether a free quota pays for what exceeds a reservation is not established.
    FreeOverflow,
    /// How old the figure is that says what is used of a free quota.
    FreeConsole,
    /// A switch stops calls when a free quota is used up.
    FreeStop,
    /// When people are told that a free quota comes to its end.
    FreeNotice,
    /// With an overdue balance no model can be called, even where free quota is left.
    FreeOverdue,
    /// What pays for tokens, where no document says so.
    Funding,
    /// The billing modes of a service, and what each pays for.
    ServiceMode,
    /// The free trial is consumed first, then tokens are billed.
    ServiceOrder,
    /// When a service runs, and when it is stopped.
    ServiceStatus,
    /// Some billing modes need a custom service.
    ServiceType,
    /// A discount that was negotiated.
    Discount,
    /// A rate of exchange that was given.
    Fx,
    /// A price or a rule of a provider of whom no document is known: a catalog file says it.
    Catalog,
    /// What a trace of recorded calls is, and how it is taken: no rule of billing.
    Trace,
}

impl Rule {
    /// Every rule, in the order in which people meet them.
    pub const ALL: &[Self] = &[
        Self::PtuPriceUnit,
        Self::PtuHourly,
        Self::PtuDaily,
        Self::PtuExpiry,
        Self::PtuGrace,
        Self::PtuNoEarlyEnd,
        Self::PtuEarlyEnd,
        Self::PtuOverdue,
        Self::PtuMaxInput,
        Self::PtuOverflow,
        Self::PtuOverflowChoice,
        Self::PtuOverflowMinute,
        Self::PtuModes,
        Self::PtuSteps,
        Self::PtuUnits,
        Self::PtuWeights,
        Self::ReservationDaily,
        Self::ReservationMinute,
        Self::ReservationBlock,
        Self::ReservationMinimum,
        Self::ReservationTerms,
        Self::ReservationExpiry,
        Self::ReservationEarlyEnd,
        Self::ReservationExpansion,
        Self::ReservationMaxInput,
        Self::AzureReservation,
        Self::AzureTypes,
        Self::AzureSpillover,
        Self::AzureGauge,
        Self::GoogleTerms,
        Self::GoogleMinute,
        Self::MuBundle,
        Self::MuMinute,
        Self::MuMonthly,
        Self::MuCancelFirstMonth,
        Self::MuCancelLater,
        Self::MuFirstCome,
        Self::MuPd,
        Self::MuCountOne,
        Self::DtuMonthly,
        Self::DtuUnits,
        Self::DtuEarlyEnd,
        Self::DtuBeyond,
        Self::TokensFineTuned,
        Self::TokensStandard,
        Self::TokensTier,
        Self::TokensHours,
        Self::TokensTierBound,
        Self::TokensLimitedOffer,
        Self::TokensBatch,
        Self::TokensCached,
        Self::TokensCacheWrite,
        Self::TokensCacheWay,
        Self::TokensCacheBatch,
        Self::TokensSavingsPlan,
        Self::TokensSavingsScope,
        Self::TokensSavingsTerm,
        Self::TokensSavingsMonth,
        Self::TokensSavingsBand,
        Self::DeployRenew,
        Self::DeployWindow,
        Self::DeploySwitch,
        Self::DeployDowngrade,
        Self::DeployRegion,
        Self::DeployUpdate,
        Self::DeployTokens,
        Self::DeployAutoscale,
        Self::ResourceKinds,
        Self::ResourceStatus,
        Self::ResourceNotices,
        Self::ResourceKbIsolation,
        Self::ResourcePostpaid,
        Self::ResourceOverdue,
        Self::FreeValidity,
        Self::FreeScope,
        Self::FreeShared,
        Self::FreePerModel,
        Self::FreeOverrun,
        Self::FreeMix,
        Self::FreeNoNotice,
        Self::FreeOrder,
        Self::FreeOverflow,
        Self::FreeConsole,
        Self::FreeStop,
        Self::FreeNotice,
        Self::FreeOverdue,
        Self::Funding,
        Self::ServiceMode,
        Self::ServiceOrder,
        Self::ServiceStatus,
        Self::ServiceType,
        Self::Discount,
        Self::Fx,
        Self::Catalog,
        Self::Trace,
    ];

    /// The id that stands in JSON, in CSV and beside notes: `ptu.hourly`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::PtuPriceUnit => "ptu.price-unit",
            Self::PtuHourly => "ptu.hourly",
            Self::PtuDaily => "ptu.daily",
            Self::PtuExpiry => "ptu.expiry",
            Self::PtuGrace => "ptu.grace",
            Self::PtuNoEarlyEnd => "ptu.no-early-end",
            Self::PtuEarlyEnd => "ptu.early-end",
            Self::PtuOverdue => "ptu.overdue",
            Self::PtuMaxInput => "ptu.max-input",
            Self::PtuOverflow => "ptu.overflow",
            Self::PtuOverflowChoice => "ptu.overflow-choice",
            Self::PtuOverflowMinute => "ptu.overflow-minute",
            Self::PtuModes => "ptu.modes",
            Self::PtuSteps => "ptu.steps",
            Self::PtuUnits => "ptu.units",
            Self::PtuWeights => "ptu.weights",
            Self::ReservationDaily => "reservation.daily",
            Self::ReservationMinute => "reservation.minute",
            Self::ReservationBlock => "reservation.block",
            Self::ReservationMinimum => "reservation.minimum",
            Self::ReservationTerms => "reservation.terms",
            Self::ReservationExpiry => "reservation.expiry",
            Self::ReservationEarlyEnd => "reservation.early-end",
            Self::ReservationExpansion => "reservation.expansion",
            Self::ReservationMaxInput => "reservation.max-input",
            Self::AzureReservation => "azure.reservation",
            Self::AzureTypes => "azure.types",
            Self::AzureSpillover => "azure.spillover",
            Self::AzureGauge => "azure.gauge",
            Self::GoogleTerms => "google.terms",
            Self::GoogleMinute => "google.minute",
            Self::MuBundle => "mu.bundle",
            Self::MuMinute => "mu.minute",
            Self::MuMonthly => "mu.monthly",
            Self::MuCancelFirstMonth => "mu.cancel-first-month",
            Self::MuCancelLater => "mu.cancel-later",
            Self::MuFirstCome => "mu.first-come",
            Self::MuPd => "mu.pd",
            Self::MuCountOne => "mu.count-one",
            Self::DtuMonthly => "dtu.monthly",
            Self::DtuUnits => "dtu.units",
            Self::DtuEarlyEnd => "dtu.early-end",
            Self::DtuBeyond => "dtu.beyond",
            Self::TokensFineTuned => "tokens.fine-tuned",
            Self::TokensStandard => "tokens.standard",
            Self::TokensTier => "tokens.tier",
            Self::TokensHours => "tokens.hours",
            Self::TokensTierBound => "tokens.tier-bound",
            Self::TokensLimitedOffer => "tokens.limited-offer",
            Self::TokensBatch => "tokens.batch",
            Self::TokensCached => "tokens.cached",
            Self::TokensCacheWrite => "tokens.cache-write",
            Self::TokensCacheWay => "tokens.cache-way",
            Self::TokensCacheBatch => "tokens.cache-batch",
            Self::TokensSavingsPlan => "tokens.savings-plan",
            Self::TokensSavingsScope => "tokens.savings-scope",
            Self::TokensSavingsTerm => "tokens.savings-term",
            Self::TokensSavingsMonth => "tokens.savings-month",
            Self::TokensSavingsBand => "tokens.savings-band",
            Self::DeployRenew => "deploy.renew",
            Self::DeployWindow => "deploy.window",
            Self::DeploySwitch => "deploy.switch",
            Self::DeployDowngrade => "deploy.downgrade",
            Self::DeployRegion => "deploy.region",
            Self::DeployUpdate => "deploy.update",
            Self::DeployTokens => "deploy.tokens",
            Self::DeployAutoscale => "deploy.autoscale",
            Self::ResourceKinds => "resource.kinds",
            Self::ResourceStatus => "resource.status",
            Self::ResourceNotices => "resource.notices",
            Self::ResourceKbIsolation => "resource.kb-isolation",
            Self::ResourcePostpaid => "resource.postpaid",
            Self::ResourceOverdue => "resource.overdue",
            Self::FreeValidity => "free.validity",
            Self::FreeScope => "free.scope",
            Self::FreeShared => "free.shared",
            Self::FreePerModel => "free.per-model",
            Self::FreeOverrun => "free.overrun",
            Self::FreeMix => "free.mix",
            Self::FreeNoNotice => "free.no-notice",
            Self::FreeOrder => "free.order",
            Self::FreeOverflow => "free.overflow",
            Self::FreeConsole => "free.console",
            Self::FreeStop => "free.stop",
            Self::FreeNotice => "free.notice",
            Self::FreeOverdue => "free.overdue",
            Self::Funding => "funding",
            Self::ServiceMode => "service.mode",
            Self::ServiceOrder => "service.order",
            Self::ServiceStatus => "service.status",
            Self::ServiceType => "service.type",
            Self::Discount => "discount",
            Self::Fx => "fx",
            Self::Catalog => "catalog",
            Self::Trace => "trace",
        }
    }

    /// Whether the document says it, or it is our reading of what the document leaves open.
    #[must_use]
    pub fn basis(self) -> Basis {
        match self {
            Self::PtuPriceUnit
            | Self::PtuHourly
            | Self::PtuOverflowMinute
            | Self::PtuSteps
            | Self::ReservationMaxInput
            | Self::AzureTypes
            | Self::AzureGauge
            | Self::GoogleTerms
            | Self::GoogleMinute
            | Self::MuBundle
            | Self::MuCountOne
            | Self::TokensSavingsMonth
            | Self::TokensSavingsBand
            | Self::DtuEarlyEnd
            | Self::TokensTierBound
            | Self::DeployDowngrade
            | Self::DeployAutoscale
            | Self::FreeOverflow
            | Self::FreeMix => Basis::Reading,
            Self::Discount | Self::Funding | Self::Fx | Self::Catalog | Self::Trace => Basis::Given,
            _ => Basis::Literal,
        }
    }

    /// The id of the document that the rule comes from; `None` where a person gives it.
    #[must_use]
    pub fn document(self) -> Option<&'static str> {
        match self {
            Self::TokensStandard
            | Self::TokensTier
            | Self::TokensHours
            | Self::TokensTierBound
            | Self::TokensLimitedOffer
            | Self::TokensBatch
            | Self::TokensCached
            | Self::TokensCacheWrite
            | Self::TokensCacheWay
            | Self::TokensCacheBatch => Some(PRICING),
            Self::TokensSavingsPlan
            | Self::TokensSavingsScope
            | Self::TokensSavingsTerm
            | Self::TokensSavingsMonth
            | Self::TokensSavingsBand => Some(SAVINGS),
            Self::PtuEarlyEnd => Some(RESERVATION),
            Self::DeployDowngrade => Some(DOWNGRADES),
            Self::AzureReservation => Some(AZURE_BILLING),
            Self::AzureTypes => Some(AZURE_TYPES),
            Self::AzureSpillover | Self::AzureGauge => Some(AZURE_PTU),
            Self::GoogleTerms => Some(GOOGLE_PRICING),
            Self::GoogleMinute => Some(GOOGLE_MODELS),
            Self::Discount | Self::Funding | Self::Fx | Self::Catalog | Self::Trace => None,
            rule => Some(match rule.id().split_once('.') {
                Some(("dtu", _)) => DTU,
                Some(("free", _)) => FREE_QUOTA,
                Some(("reservation", _)) => RESERVATION,
                Some(("resource", _)) => RESOURCES,
                Some(("service", _)) => ONLINE_INFERENCE,
                _ => DEPLOYMENT,
            }),
        }
    }

    /// The id of the provider whose document it comes from; `None` where a person gives it.
    #[must_use]
    pub fn provider(self) -> Option<&'static str> {
        self.document().map(|document| match document {
            RESOURCES | ONLINE_INFERENCE => TENCENT,
            AZURE_BILLING | AZURE_TYPES | AZURE_PTU => AZURE,
            GOOGLE_PRICING | GOOGLE_MODELS => GOOGLE,
            _ => ALIBABA,
        })
    }

    /// A message about something of this provider, without the rules of other providers' documents
    /// that it names in brackets.
    #[must_use]
    pub fn only_of(provider: &str, message: &str) -> String {
        let foreign = Self::ALL
            .iter()
            .filter(|rule| rule.cited_by(provider) != **rule);
        foreign.fold(message.to_owned(), |message, rule| {
            message.replace(&format!(" (`{}`)", rule.id()), "")
        })
    }

    /// The rule that a quote of `provider` cites in place of this one, as no provider bills by the
    /// document of another. Tencent's document about services has one rule for all ways to pay; for other
    /// providers it is their catalog file that says so.
    #[must_use]
    pub fn cited_by(self, provider: &str) -> Self {
        if self.provider().is_none_or(|own| own == provider) {
            return self;
        }
        let of_free_part = self.document() == Some(FREE_QUOTA) || self == Self::ServiceOrder;
        let of_calls = ["ptu.", "tokens."]
            .iter()
            .any(|start| self.id().starts_with(start));
        match (of_free_part, provider == TENCENT) {
            (true, true) => Self::ServiceOrder,
            (true, false) => Self::Funding,
            (false, true) if of_calls => Self::ServiceMode,
            (false, _) => Self::Catalog,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_cites_its_own_documents_and_no_others() {
        for rule in Rule::ALL {
            for provider in [ALIBABA, TENCENT, AZURE, GOOGLE, "mine"] {
                let cited = rule.cited_by(provider);
                assert!(cited.provider().is_none_or(|own| own == provider));
                assert_eq!(cited.cited_by(provider), cited, "{}", rule.id());
                if rule.provider().is_none_or(|own| own == provider) {
                    assert_eq!(cited, *rule);
                }
            }
        }
        let message = "so it is (`ptu.overflow`), and so (`service.mode`)";
        assert_eq!(
            Rule::only_of(TENCENT, message),
            "so it is, and so (`service.mode`)"
        );
        assert_eq!(Rule::only_of("mine", message), "so it is, and so");
    }
}
