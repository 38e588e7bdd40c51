//! What holds whatever the numbers: tokens are conserved, credits never exceed the charge, and more
//! of a quota never costs more.

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::amend::fund::fund;
use tollgate::billing::funding::{FreeQuota, Funding, Package, Terms};
use tollgate::billing::kind::Tokens;
use tollgate::billing::load::Load;
use tollgate::billing::money::Currency;
use tollgate::billing::pace::Steady;
use tollgate::billing::quote::{ModelRef, Quote, Rate, Source};
use tollgate::billing::service::{BillingMode, Service, ServiceType, Status};
use tollgate::billing::term::Span;
use tollgate::billing::tokens::KindPrices;
use tollgate::billing::tokens::{self, Band, Prices, Request, Tier};
use tollgate::billing::unit::UnitPrice;

pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

pub fn price(text: &str) -> UnitPrice {
    UnitPrice::parse(text).unwrap()
}

pub fn request(input: u64, output: u64, stream: Option<Steady>) -> Request {
    Request {
        tokens: Tokens::plain(input, output),
        model: ModelRef {
            code: "m".to_owned(),
            name: "M".to_owned(),
            provider: "p".to_owned(),
            region: "r".to_owned(),
            region_name: "R".to_owned(),
            only_there: Vec::new(),
        },
        requests: None,
        cache: None,
        stream,
    }
}

pub fn prices() -> Prices {
    Prices {
        rate: Rate::Standard,
        mode: None,
        bands: vec![Band {
            hours: None,
            tiers: vec![Tier {
                up_to: None,
                or_up_to: None,
                prices: KindPrices::plain(
                    price("2.1 per 1M tokens"),
                    Some(price("12.7 per 1M tokens")),
                ),
                cached_explicit: None,
                implicit_unknown: false,
            }],
        }],
        batch: None,
        batch_with_cache: None,
        batch_unmarked: false,
        cache_source: None,
        limited_offer: None,
        currency: Currency::CNY,
        source: Source {
            document: "d".to_owned(),
            section: "s".to_owned(),
            first_seen: None,
            seen: None,
            transcribed: None,
            from: None,
            after: None,
            until: None,
            next: None,
        },
    }
}

/// A provider that documents services, so that what stops has a status.
pub fn service() -> Service {
    Service {
        modes: BillingMode::OF_A_SERVICE.to_vec(),
        statuses: Status::ALL.to_vec(),
        types: ServiceType::ALL.to_vec(),
        order: vec![BillingMode::FreeTrial, BillingMode::PayAsYouGo],
        overdue_stops: false,
        reservation: None,
    }
}

fn funded(request: &Request, funding: &Funding) -> Quote {
    funded_at(request, funding, &prices())
}

pub fn funded_at(request: &Request, funding: &Funding, prices: &Prices) -> Quote {
    let terms = Terms {
        funding: Some(funding),
        service: Some(&service()),
        pace: request.stream.map(|stream| stream.pace().unwrap()),
        on: first_day(),
    };
    fund(tokens::quote(request, prices).unwrap(), &terms).unwrap()
}

/// Usage, with and without a time in which it happens.
fn usage() -> impl Strategy<Value = Request> {
    let stream = (1_u32..=24, 1_u64..40).prop_map(|(hours, days)| Steady {
        load: Load {
            per_request: Tokens::plain(1, 1),
            rpm: Decimal::ONE,
            cache: None,
        },
        hours_per_day: Span::hours(hours),
        days,
    });
    let tokens = prop_oneof![0_u64..50, 0_u64..2_000_000, Just(1_000_000_000_000)];
    (tokens.clone(), tokens, proptest::option::of(stream))
        .prop_map(|(input, output, stream)| request(input, output, stream))
}

fn date() -> impl Strategy<Value = Option<NaiveDate>> {
    let days = prop_oneof![0_u64..5, 0_u64..50];
    proptest::option::of(days.prop_map(|days| {
        let before = first_day() - chrono::Days::new(2);
        before + chrono::Days::new(days)
    }))
}

pub fn sources() -> impl Strategy<Value = Funding> {
    let tokens = || prop_oneof![0_u64..60, 0_u64..3_000_000];
    let free = (
        tokens(),
        proptest::collection::vec(0_u64..500_000, 0..3),
        date(),
    );
    let package = (tokens(), date()).prop_map(|(tokens, expires)| Package { tokens, expires });
    (
        proptest::option::of(free),
        proptest::collection::vec(package, 0..4),
        any::<bool>(),
    )
        .prop_map(|(free, packages, postpaid)| Funding {
            free: free.map(|(total, used, expires)| FreeQuota {
                total,
                used,
                expires,
                activated: None,
            }),
            packages,
            package_price: None,
            postpaid,
            covers_overflow: true,
            on: first_day(),
            documented: None,
        })
}

proptest! {
    #[test]
    fn offset_billed_and_unserved_tokens_are_the_used_ones(
        request in usage(), funding in sources(),
    ) {
        let quote = funded(&request, &funding);
        let result = quote.funding.clone().unwrap();
        let used = request.tokens.input + request.tokens.output;
        prop_assert_eq!(result.offset + result.billed + result.unserved, used);
        prop_assert!(!result.modes.is_empty());
        // No billing mode is what a service has that stops, and no other.
        prop_assert_eq!(result.modes.contains(&"None".to_owned()), result.status == Some(Status::Stopped));
        prop_assert!(result.unserved == 0 || result.status == Some(Status::Stopped));
        prop_assert!(funding.postpaid || result.billed == 0);
        prop_assert!(!funding.postpaid || result.unserved == 0);
        // The lines say the same: charged tokens are served, credited ones are offset.
        let tokens = |prefix: &str| -> Decimal {
            let items = quote.items.iter().filter(|item| item.id.starts_with(prefix));
            items.map(|item| item.quantity.value).sum()
        };
        prop_assert_eq!(tokens("tokens."), Decimal::from(used - result.unserved));
        prop_assert_eq!(tokens("credit."), Decimal::from(result.offset));
        let held: u64 = funding.packages.iter().map(|package| package.tokens).sum();
        let free = funding.free.as_ref().map_or(0, FreeQuota::left);
        prop_assert!(result.offset <= held + free);
    }

    #[test]
    fn credits_never_exceed_the_charge_of_their_side(
        request in usage(), funding in sources(),
    ) {
        let quote = funded(&request, &funding);
        for side in ["input", "output"] {
            let of_side = quote.items.iter().filter(|item| {
                item.id == format!("tokens.{side}") || item.description.ends_with(&format!(", {side}"))
            });
            let sum: Decimal = of_side.map(|item| item.amount).sum();
            prop_assert!(sum >= Decimal::ZERO, "{side}: {sum}");
        }
        prop_assert!(quote.total <= tokens::quote(&request, &prices()).unwrap().total);
        prop_assert!(funding.postpaid || quote.total.is_zero());
    }

    #[test]
    fn more_of_a_quota_never_costs_more_and_never_ends_sooner(
        request in usage(), funding in sources(), more in 1_u64..1_000_000,
    ) {
        let mut larger = funding.clone();
        let free = larger.free.get_or_insert(FreeQuota { total: 0, used: Vec::new(), expires: None, activated: None });
        free.total += more;
        let (less, more) = (funded(&request, &funding), funded(&request, &larger));
        prop_assert!(more.total <= less.total, "{} {}", more.total, less.total);
        let after = |quote: &Quote| quote.funding.as_ref().unwrap().exhausted_after;
        if let Some(more) = after(&more) {
            // What does not end at all ends last.
            prop_assert!(after(&less).is_some_and(|less| more >= less));
        }
    }
}
