//! The card of a provider: how its services are paid, in its own words.

use super::deployments;
use super::group::{Entry, Group};
use crate::billing::rule::Rule;
use crate::billing::service::{BillingMode, Service, ServiceType, Status};
use crate::report::document::{Body, Document};
use crate::resources::{Channel, notices_said};

/// What a provider's documents say about its services.
#[derive(Debug, Clone)]
pub struct ProviderCard {
    /// The provider's id.
    pub id: String,
    /// The provider's name.
    pub name: String,
    /// Its billing modes, statuses, types of service, order of consumption, notices.
    pub groups: Vec<Group>,
    /// The documents that say so: id and title.
    pub documents: Vec<(String, String)>,
}

impl ProviderCard {
    /// The card of a provider: of its services, where it sells these, and of its deployments. `None` where
    /// no document says anything. `documents` are all that are known, with their titles.
    #[must_use]
    pub fn new(
        id: &str,
        name: &str,
        service: Option<&Service>,
        documents: &[(String, String)],
    ) -> Option<Self> {
        let mut groups = match service {
            Some(service) => of_service(id, service),
            None => deployments::groups(id),
        };
        let notices = Rule::ResourceNotices;
        if notices.cited_by(id) == notices {
            let channels = Channel::ALL.iter();
            groups.push(group(
                id,
                ("notices", "Notices of resources", notices),
                channels.map(|channel| (channel.name(), Some(notices_said(*channel)))),
            ));
            groups.push(Group::of(
                "resources",
                "Resources",
                Some(Rule::ResourceKinds),
                RESOURCES,
            ));
        }
        let cited = |id: &String| {
            let rules = groups.iter().filter_map(|group| group.rule);
            rules.filter_map(Rule::document).any(|cited| cited == id)
        };
        let documents = documents.iter().filter(|(id, _)| cited(id));
        let documents = documents.cloned().collect();
        (!groups.is_empty()).then(|| Self {
            id: id.to_owned(),
            name: name.to_owned(),
            documents,
            groups,
        })
    }
}

/// Rules about the account that holds resources.
const RESOURCES: &[(&str, &str)] = &[
    (
        "list of resources",
        "it is being discontinued: whoever bought packages uses Billing Resources",
    ),
    (
        "postpaid setting",
        "sub-accounts need a permission for it that the main account grants",
    ),
];

/// The groups for how services are paid, their statuses and types.
fn of_service(id: &str, service: &Service) -> Vec<Group> {
    let (modes, statuses) = (service.modes.iter(), service.statuses.iter());
    let (types, order) = (service.types.iter(), service.order.iter());
    vec![
        group(
            id,
            ("billing_modes", "Billing modes", Rule::ServiceMode),
            modes.map(|mode| (mode.name(), of_mode(*mode))),
        ),
        group(
            id,
            ("statuses", "Statuses", Rule::ServiceStatus),
            statuses.map(|status| (status.name(), of_status(*status))),
        ),
        group(
            id,
            ("types", "Types of service", Rule::ServiceType),
            types.map(|kind| (kind.name(), of_type(*kind, service))),
        ),
        group(
            id,
            (
                "consumption_order",
                "Consumed in this order",
                Rule::ServiceOrder,
            ),
            order.map(|mode| (mode.name(), None)),
        ),
    ]
}

/// A group of words. What they mean is said where the rule is one of the provider's documents.
fn group<'a>(
    provider: &str,
    (id, title, rule): (&'static str, &'static str, Rule),
    words: impl Iterator<Item = (&'a str, Option<String>)>,
) -> Group {
    let own = rule.cited_by(provider) == rule;
    let entries = words.map(|(name, meaning)| Entry {
        name: name.to_owned(),
        meaning: meaning.filter(|_| own),
    });
    Group {
        id,
        title,
        rule: own.then_some(rule),
        entries: entries.collect(),
    }
}

fn of_mode(mode: BillingMode) -> Option<String> {
    let meaning = match mode {
        BillingMode::FreeTrial => "usage within the free trial package is not billed",
        BillingMode::PayAsYouGo => {
            "postpaid by token; it can be enabled before the free trial is used up, and then both show"
        }
        BillingMode::TpmReservation => "traffic above the TPM limit is billed by token",
        BillingMode::None => {
            "the free trial is used up and postpaid is not enabled: the service is stopped"
        }
        BillingMode::ProvisionedThroughput | BillingMode::ResourcePackage => return None,
    };
    Some(meaning.to_owned())
}

fn of_status(status: Status) -> Option<String> {
    let meaning = match status {
        Status::NotEnabled => {
            "a default service before its first use; the free trial makes it Running"
        }
        Status::Activating => {
            "a service that is enabled for the first time; expected to be Running within 5 seconds"
        }
        Status::Running => "the service can be called",
        Status::Stopped => {
            "pay-as-you-go with an overdue payment, Running again by itself once the balance is replenished; or the free trial used up without postpaid, or postpaid switched off, until postpaid is enabled by hand"
        }
    };
    Some(meaning.to_owned())
}

fn of_type(kind: ServiceType, service: &Service) -> Option<String> {
    let sold = service.reservation.filter(|sold| sold.service == kind);
    Some(match (kind, sold) {
        (ServiceType::Default, _) => {
            "made by the platform for every model that it supports".to_owned()
        }
        (ServiceType::Custom, Some(sold)) => format!(
            "made by the account, several to tell teams apart; needed for {}",
            sold.mode.name()
        ),
        (ServiceType::Custom, None) => {
            "made by the account, several to tell teams apart".to_owned()
        }
    })
}

/// Adds a part for each group of words, and the documents that say so.
pub fn add(document: &mut Document, card: &ProviderCard) {
    for group in &card.groups {
        document.part(title(group), Body::list(group.entries.iter().map(line)));
    }
    let documents = card.documents.iter();
    let documents = documents.map(|(id, title)| format!("{id}: {title}"));
    document.details("Documents", Body::list(documents));
}

/// The title of a group, with its rule.
fn title(group: &Group) -> String {
    match group.rule {
        Some(rule) => format!("{} ({})", group.title, rule.id()),
        None => group.title.to_owned(),
    }
}

fn line(entry: &Entry) -> String {
    match &entry.meaning {
        Some(meaning) => format!("{}: {meaning}", entry.name),
        None => entry.name.clone(),
    }
}
