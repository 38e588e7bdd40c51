//! The same laws for what overflows a reservation, with and without a documented service, and for
//! the standard option of a comparison.

use std::ffi::OsString;

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use tollgate::billing::amend::fund::fund;
use tollgate::billing::funding::{FreeQuota, Funding, Terms};
use tollgate::billing::kind::Tokens;
use tollgate::billing::load::{Load, OnOverflow};
use tollgate::billing::meter::Meters;
use tollgate::billing::ptu::{self, Length, Rules, Served};
use tollgate::billing::quote::Quote;
use tollgate::billing::service::{BillingMode, Reservation, Service, ServiceType, Status};
use tollgate::billing::term::{Increment, Span};
use tollgate::billing::units::{self, Size, Sold};
use tollgate::cli::{Environment, run};

use super::laws::{first_day, price, prices, request, sources};
use super::support::example_catalog;

fn service() -> Service {
    Service {
        modes: BillingMode::OF_A_SERVICE.to_vec(),
        statuses: Status::ALL.to_vec(),
        types: ServiceType::ALL.to_vec(),
        order: vec![BillingMode::FreeTrial, BillingMode::PayAsYouGo],
        overdue_stops: false,
        reservation: Some(Reservation {
            mode: BillingMode::TpmReservation,
            service: ServiceType::Custom,
        }),
    }
}

fn reservation() -> impl Strategy<Value = ptu::Request> {
    let length = prop_oneof![
        (1_u64..20).prop_map(Length::Days),
        (1_u32..3).prop_map(Length::Months),
        (1_u32..48, 1_u64..4).prop_map(|(hours, runs)| Length::Hours {
            span: Span::hours(hours),
            runs,
        }),
    ];
    let load = (1_u32..200, 1_u64..5_000, 0_u64..2_000);
    (length, load, 0_u64..200_000, 0_u64..40_000, 1_u32..=24).prop_map(
        |(length, (rpm, input, output), input_tpm, output_tpm, hours)| ptu::Request {
            model: request(0, 0, None).model,
            size: Size([input_tpm, output_tpm]),
            length,
            mode: None,
            start: None,
            served: Some(Served {
                load: Load {
                    per_request: Tokens::plain(input, output),
                    rpm: rpm.into(),
                    cache: None,
                },
                hours_per_day: (!matches!(length, Length::Hours { .. }))
                    .then(|| Span::hours(hours)),
                days: None,
                on_overflow: OnOverflow::Bill,
                fit: None,
            }),
        },
    )
}

fn sides(input: &str, output: &str) -> Vec<Sold> {
    units::sides((price(input), 1), (price(output), 1))
}

/// The quote without funding, and with it.
fn quoted(request: &ptu::Request, funding: &Funding, service: Option<&Service>) -> (Quote, Quote) {
    let prices = ptu::Prices {
        units: sides("7.68 per 10K TPM-hour", "3.08 per 1K TPM-hour"),
        meters: Meters::of_sides(),
        mode: None,
        max_input: None,
        or_max_input: None,
        rules: Rules {
            early_end: None,
            dedicated: tollgate::billing::dedicated::Rules::default(),
            refusal: tollgate::billing::load::Refusal::Unknown,
            scales_by_day: false,
            increment: Some(Increment::Hour),
            input_step: 1,
            output_step: 1,
            overdue_hours: None,
            overdue_restored: false,
            expiry: None,
        },
        currency: prices().currency,
        source: prices().source,
        standard: Some(prices()),
        reservation: service.and_then(|service| service.reservation),
        sale: None,
        says: Vec::new(),
        sizing: None,
    };
    let prices = match request.length {
        Length::Hours { .. } => prices,
        Length::Days(_) => ptu::Prices {
            units: sides("92.16 per 10K TPM-day", "36.96 per 1K TPM-day"),
            ..prices
        },
        Length::Months(_) => ptu::Prices {
            units: sides("4000 per 10K TPM-month", "1600 per 1K TPM-month"),
            ..prices
        },
        Length::Fixed(..) => unreachable!("no side is sold so"),
    };
    let plain = ptu::quote(request, &prices).unwrap();
    let terms = Terms {
        funding: Some(funding),
        service,
        pace: request.pace().unwrap(),
        on: first_day(),
    };
    let funded = fund(plain.clone(), &terms).unwrap();
    (plain, funded)
}

proptest! {
    #[test]
    fn overflow_is_offset_billed_or_not_served(
        request in reservation(), funding in sources(), documented in any::<bool>(),
    ) {
        let service = documented.then(service);
        let (plain, quote) = quoted(&request, &funding, service.as_ref());
        let result = quote.funding.clone().unwrap();
        let used = plain.overflow.map_or(0, |excess| excess.tokens.input + excess.tokens.output);
        prop_assert_eq!(result.offset + result.billed + result.unserved, used);
        prop_assert!(funding.postpaid || result.billed == 0);
        prop_assert!(!funding.postpaid || result.unserved == 0);
        // The lines say the same, and those of the reservation stay.
        let sum = |prefix: &str, of: &dyn Fn(&tollgate::billing::quote::LineItem) -> Decimal| {
            let items = quote.items.iter().filter(|item| item.id.starts_with(prefix));
            items.map(of).sum::<Decimal>()
        };
        prop_assert_eq!(
            sum("ptu.overflow.", &|item| item.quantity.value),
            Decimal::from(used - result.unserved)
        );
        prop_assert_eq!(sum("credit.", &|item| item.quantity.value), Decimal::from(result.offset));
        let charge = sum("ptu.overflow.", &|item| item.amount);
        let credits = sum("credit.", &|item| item.amount);
        prop_assert!(charge + credits >= Decimal::ZERO);
        prop_assert!(quote.total <= plain.total);
        prop_assert!(funding.postpaid || charge + credits == Decimal::ZERO);
        prop_assert_eq!(&quote.items[..2], &plain.items[..2]);
        // A reservation goes on, and is always the first mode.
        prop_assert_eq!(result.status, documented.then_some(Status::Running));
        let first = match documented {
            true => BillingMode::TpmReservation,
            false => BillingMode::ProvisionedThroughput,
        };
        prop_assert_eq!(result.modes[0].as_str(), first.name());
        prop_assert!(!result.modes.contains(&"None".to_owned()));
        prop_assert_eq!(result.modes.contains(&"Pay-as-you-go".to_owned()), funding.postpaid);
        // What is not served is not said to be billed.
        let said: Vec<String> = quote.notes.iter().map(ToString::to_string).collect();
        let billed = said.iter().any(|note| note.contains("they are billed as ordinary calls"));
        prop_assert_eq!(billed, used > 0 && funding.postpaid);
    }

    #[test]
    fn more_of_a_quota_never_makes_a_reservation_cost_more(
        request in reservation(), funding in sources(), more in 1_u64..100_000_000,
    ) {
        let mut larger = funding.clone();
        let free = larger.free.get_or_insert(FreeQuota { total: 0, used: Vec::new(), expires: None, activated: None });
        free.total += more;
        let (_, less) = quoted(&request, &funding, None);
        let (_, more) = quoted(&request, &larger, None);
        prop_assert!(more.total <= less.total, "{} {}", more.total, less.total);
        let unserved = |quote: &Quote| quote.funding.as_ref().unwrap().unserved;
        prop_assert!(unserved(&more) <= unserved(&less));
    }
}

fn flags() -> impl Strategy<Value = String> {
    let date = || proptest::option::of(15_u32..29);
    let free = (0_u64..40_000_000, 0_u64..9_000_000, date()).prop_map(|(total, used, day)| {
        let day = day.map(|day| format!(" --free-expires 2026-11-{day}"));
        format!(
            " --free-quota {total} --free-used {used}{}",
            day.unwrap_or_default()
        )
    });
    let package = (1_u64..40_000_000, date()).prop_map(|(tokens, day)| {
        let day = day.map(|day| format!("@2026-11-{day}"));
        format!(" --package {tokens}{}", day.unwrap_or_default())
    });
    let postpaid = prop_oneof![Just(""), Just(" --postpaid on"), Just(" --postpaid off")];
    let packages = proptest::collection::vec(package, 0..3);
    (proptest::option::of(free), packages, postpaid).prop_map(|(free, packages, postpaid)| {
        // The switch of a free quota needs one, and nothing that would pay after it.
        let switch = free.is_some() && packages.is_empty();
        let postpaid = if switch { postpaid } else { "" };
        format!(
            "{}{}{postpaid}",
            free.unwrap_or_default(),
            packages.concat()
        )
    })
}

fn printed(line: &str) -> Value {
    let environment = Environment {
        width: 80,
        today: first_day(),
        catalog_path: None,
        style_stdout: false,
        style_stderr: false,
        progress: None,
    };
    let outcome = run(
        format!("tollgate {line} --json")
            .split_whitespace()
            .map(OsString::from),
        &environment,
    );
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
    serde_json::from_str(&outcome.stdout).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_standard_option_is_the_quote_of_the_same_tokens(
        flags in flags(), of_a_service in any::<bool>(), rpm in 1_u32..9, days in 1_u32..20,
    ) {
        let (_folder, path) = example_catalog("tencent.toml");
        let model = match of_a_service {
            true => format!("tencent/chat-model --catalog {path}"),
            false => "glm-5.1".to_owned(),
        };
        let load = format!("{model} --rpm {rpm} --input-per-request 900 --output-per-request 100 --days {days}");
        let quote = printed(&format!("quote tokens {load}{flags}"))["quotes"][0].clone();
        let compared = printed(&format!("compare {load}{flags}"));
        let standard = |list: &str| {
            let list = compared[list].as_array().unwrap().clone();
            list.into_iter().find(|one| one["option"] == "standard")
        };
        match (standard("options"), standard("unavailable")) {
            (Some(row), None) => {
                prop_assert_eq!(&row["quote"]["items"], &quote["items"]);
                prop_assert_eq!(&row["quote"]["funding"], &quote["funding"]);
                prop_assert_eq!(&row["quote"]["notes"], &quote["notes"]);
                // Whoever gives nothing before money gets no more than money.
                if flags.is_empty() && of_a_service {
                    prop_assert_eq!(&quote["funding"]["modes"], &serde_json::json!(["Pay-as-you-go"]));
                }
            }
            // What does not serve the workload is not compared.
            (None, Some(_)) => prop_assert_ne!(&quote["funding"]["unserved_tokens"], "0"),
            both => prop_assert!(false, "{both:?}"),
        }
    }
}
