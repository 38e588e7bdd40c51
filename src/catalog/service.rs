//! `[service]`: what a provider documents of its services, in the words that the billing core knows.

use toml::Spanned;

use super::error::CatalogError;
use super::file::ParsedFile;
use super::tables::ServiceTable;
use super::text::{Read, Text, one_of};
use crate::billing::service::{BillingMode, Reservation, Service, ServiceType, Status};

impl Text for BillingMode {
    const EXPECTING: &'static str = "a billing mode such as `\"Pay-as-you-go\"`";

    fn parse(text: &str) -> Result<Self, String> {
        one_of(text, "a billing mode", Self::OF_A_SERVICE, |mode| {
            mode.name()
        })
    }
}

impl Text for Status {
    const EXPECTING: &'static str = "a status such as `\"Running\"`";

    fn parse(text: &str) -> Result<Self, String> {
        one_of(text, "a status", Self::ALL, |status| status.name())
    }
}

impl Text for ServiceType {
    const EXPECTING: &'static str = "a type of service, `\"default\"` or `\"custom\"`";

    fn parse(text: &str) -> Result<Self, String> {
        one_of(text, "a type of service", Self::ALL, |kind| kind.name())
    }
}

/// Checks the table: no word twice, and nothing that the billing core would do otherwise.
///
/// # Errors
/// [`CatalogError::Invalid`] at what is wrong.
pub fn service(
    file: &ParsedFile,
    written: &Spanned<ServiceTable>,
) -> Result<Service, CatalogError> {
    let at = written.span().start;
    let table = written.get_ref();
    let service = Service {
        modes: once(file, at, &table.billing_modes)?,
        statuses: once(file, at, &table.statuses)?,
        types: once(file, at, &table.types)?,
        order: once(file, at, &table.consumption_order)?,
        overdue_stops: table.overdue_stops,
        reservation: table.reservation.as_ref().map(|reservation| Reservation {
            mode: reservation.get_ref().name.0,
            service: reservation.get_ref().service.0,
        }),
    };
    let wrong = |at: usize, message: &str| Err(file.invalid(at, message.to_owned()));
    let first_order = table.consumption_order.first();
    let order_at = first_order.map_or(at, |first| first.span().start);
    if service.order != [BillingMode::FreeTrial, BillingMode::PayAsYouGo] {
        return wrong(
            order_at,
            "tokens are consumed in the order `Free Trial`, `Pay-as-you-go`",
        );
    }
    if !service
        .order
        .iter()
        .all(|mode| service.modes.contains(mode))
    {
        return wrong(order_at, "what is consumed is one of the `billing_modes`");
    }
    if let (Some(reservation), Some(written)) = (service.reservation, &table.reservation) {
        let at = written.span().start;
        if reservation.mode != BillingMode::TpmReservation
            || !service.modes.contains(&reservation.mode)
        {
            return wrong(
                at,
                "a reservation is `TPM Reservation`, and one of the `billing_modes`",
            );
        }
        if !service.types.contains(&reservation.service) {
            return wrong(at, "what a reservation needs is one of the `types`");
        }
    }
    Ok(service)
}

/// The words of a list. A word that comes twice, or an empty list, is an error.
fn once<T: Copy + PartialEq>(
    file: &ParsedFile,
    at: usize,
    words: &[Spanned<Read<T>>],
) -> Result<Vec<T>, CatalogError> {
    let mut known = Vec::new();
    for word in words {
        let value = word.get_ref().0;
        if known.contains(&value) {
            return Err(file.invalid(word.span().start, "this is in the list twice".to_owned()));
        }
        known.push(value);
    }
    if known.is_empty() {
        return Err(file.invalid(at, "a list of a service is not empty".to_owned()));
    }
    Ok(known)
}
