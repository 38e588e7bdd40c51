//! An inference service as a provider runs it: how usage of it is paid, and what state that leaves
//! it in. The words are those of the document.

/// How usage of a service is paid. A service can have several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BillingMode {
    /// Throughput is reserved; what exceeds it is billed by token.
    TpmReservation,
    /// The same, sold by a provider that documents no billing modes: the word is that of its price list.
    ProvisionedThroughput,
    /// Usage is taken from a free quota and not billed.
    FreeTrial,
    /// Usage is taken from tokens that were bought before. The word is that of the list of
    /// resources; the billing modes do not speak of packages.
    ResourcePackage,
    /// Usage is billed by token afterwards.
    PayAsYouGo,
    /// Nothing pays for usage: the free quota is used up and postpaid is off.
    None,
}

impl BillingMode {
    /// Every mode, in the order in which a service goes through them.
    pub const ALL: &[Self] = &[
        Self::TpmReservation,
        Self::ProvisionedThroughput,
        Self::FreeTrial,
        Self::ResourcePackage,
        Self::PayAsYouGo,
        Self::None,
    ];

    /// The modes that a provider documents for its services.
    pub const OF_A_SERVICE: &[Self] = &[
        Self::TpmReservation,
        Self::FreeTrial,
        Self::PayAsYouGo,
        Self::None,
    ];

    /// The word of the document.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TpmReservation => "TPM Reservation",
            Self::ProvisionedThroughput => "Provisioned Throughput",
            Self::FreeTrial => "Free Trial",
            Self::ResourcePackage => "Resource Package",
            Self::PayAsYouGo => "Pay-as-you-go",
            Self::None => "None",
        }
    }
}

/// The state of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Nobody has used it yet.
    NotEnabled,
    /// For some seconds when it is enabled for the first time.
    Activating,
    /// It answers calls.
    Running,
    /// It does not answer calls, as nothing pays for them.
    Stopped,
}

impl Status {
    /// Every status.
    pub const ALL: &[Self] = &[
        Self::NotEnabled,
        Self::Activating,
        Self::Running,
        Self::Stopped,
    ];

    /// The word of the document.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotEnabled => "Not Enabled",
            Self::Activating => "Activating",
            Self::Running => "Running",
            Self::Stopped => "Stopped",
        }
    }
}

/// Who made a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ServiceType {
    /// The platform made it, for every model.
    Default,
    /// The account made it.
    Custom,
}

impl ServiceType {
    /// Every type.
    pub const ALL: &[Self] = &[Self::Default, Self::Custom];

    /// `default` or `custom`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Custom => "custom",
        }
    }
}

/// Throughput that is reserved, as the provider sells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reservation {
    /// Its billing mode.
    pub mode: BillingMode,
    /// The type of service that it needs.
    pub service: ServiceType,
}

/// What a provider documents of its services. Catalog data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The billing modes that there are.
    pub modes: Vec<BillingMode>,
    /// The states that there are.
    pub statuses: Vec<Status>,
    /// The types of service that there are.
    pub types: Vec<ServiceType>,
    /// What is consumed first.
    pub order: Vec<BillingMode>,
    /// Whether a service that is paid for as it is used is stopped while the balance is overdue, and
    /// comes back by itself.
    pub overdue_stops: bool,
    /// Reserved throughput, where it is sold.
    pub reservation: Option<Reservation>,
}
