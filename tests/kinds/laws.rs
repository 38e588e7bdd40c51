//! Laws of the price of kinds, over generated prices and tokens.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::cache::CacheWay;
use tollgate::billing::kind::{TokenKind, Tokens};
use tollgate::billing::money::{Currency, Percent};
use tollgate::billing::offer::{ModelRef, Rate, Source};
use tollgate::billing::quote::Quote;
use tollgate::billing::tokens::{self, Band, KindPrices, Prices, Request, Tier};
use tollgate::billing::unit::{Unit, UnitPrice};

fn price(amount: u32) -> UnitPrice {
    UnitPrice {
        amount: amount.into(),
        per: 1_000_000,
        unit: Unit::Token,
    }
}

fn prices() -> impl Strategy<Value = Prices> {
    let some = || proptest::option::of((0_u32..40).prop_map(price));
    let batch =
        proptest::option::of((0_u32..=100).prop_map(|share| Percent::new(share.into()).unwrap()));
    let with_cache = proptest::option::of(any::<bool>());
    (
        0_u32..40,
        some(),
        some(),
        some(),
        0_u32..40,
        batch,
        with_cache,
    )
        .prop_map(
            |(input, cached, cached_explicit, cache_write, output, batch, batch_with_cache)| {
                Prices {
                    rate: Rate::Standard,
                    mode: None,
                    bands: vec![Band {
                        hours: None,
                        tiers: vec![Tier {
                            up_to: None,
                            or_up_to: None,
                            prices: KindPrices {
                                input: price(input),
                                cached,
                                cache_write,
                                output: Some(price(output)),
                            },
                            cached_explicit,
                            implicit_unknown: false,
                        }],
                    }],
                    batch,
                    batch_with_cache,
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
            },
        )
}

fn usage() -> impl Strategy<Value = Tokens> {
    let count = || prop_oneof![Just(0_u64), 0_u64..50, 0_u64..5_000_000];
    (count(), count(), count(), count()).prop_map(|(plain, cached, cache_write, output)| Tokens {
        input: plain + cached + cache_write,
        cached,
        cache_write,
        output,
    })
}

fn way() -> impl Strategy<Value = Option<CacheWay>> {
    proptest::option::of(proptest::sample::select(CacheWay::ALL.to_vec()))
}

fn quoted(tokens: Tokens, cache: Option<CacheWay>, prices: &Prices) -> Quote {
    let request = Request {
        model: ModelRef {
            code: "m".to_owned(),
            name: "M".to_owned(),
            provider: "p".to_owned(),
            region: "r".to_owned(),
            region_name: "R".to_owned(),
            only_there: Vec::new(),
        },
        tokens,
        requests: None,
        cache,
        stream: None,
    };
    tokens::quote(&request, prices).unwrap()
}

fn charged(quote: &Quote, kinds: &[TokenKind]) -> Decimal {
    let items = quote.items.iter();
    let items = items.filter(|item| kinds.iter().any(|kind| kind.item(false) == item.id));
    items.map(|item| item.quantity.value).sum()
}

proptest! {
    #[test]
    fn each_token_is_charged_once(tokens in usage(), way in way(), prices in prices()) {
        let quote = quoted(tokens, way, &prices);
        let of_input = [TokenKind::Input, TokenKind::Cached, TokenKind::CacheWrite];
        prop_assert_eq!(charged(&quote, &of_input), Decimal::from(tokens.input));
        prop_assert_eq!(charged(&quote, &[TokenKind::Output]), Decimal::from(tokens.output));
        let sum: Decimal = quote.items.iter().map(|item| item.amount).sum();
        prop_assert_eq!(sum, quote.total);
        // What is shown as a price of one request is the same.
        let tier = &prices.bands[0].tiers[0];
        let way = CacheWay::of(tokens, way);
        prop_assert_eq!(prices.cost(tier, tokens, way).unwrap(), quote.total);
    }

    #[test]
    fn more_hits_never_cost_more_where_a_hit_costs_no_more_than_input(
        tokens in usage(), more in 0_u64..5_000_000, way in way(), prices in prices(),
    ) {
        let tier = &prices.bands[0].tiers[0];
        let way = CacheWay::of(tokens, way);
        let hit = tier.published(way).cached;
        prop_assume!(hit.is_none_or(|hit| hit.amount <= tier.prices.input.amount));
        let more = Tokens {
            cached: tokens.cached + more.min(tokens.of(TokenKind::Input)),
            ..tokens
        };
        let (fewer, more) = (quoted(tokens, Some(way), &prices), quoted(more, Some(way), &prices));
        prop_assert!(more.total <= fewer.total, "{} {}", more.total, fewer.total);
    }

    #[test]
    fn prices_of_a_cache_change_nothing_of_calls_without_one(tokens in usage(), way in way(), prices in prices()) {
        let plain = Tokens::plain(tokens.input, tokens.output);
        let mut without = prices.clone();
        for tier in &mut without.bands[0].tiers {
            tier.cached_explicit = None;
            tier.prices = KindPrices::plain(tier.prices.input, tier.prices.output);
        }
        prop_assert_eq!(quoted(plain, way, &prices), quoted(plain, way, &without));
    }

    #[test]
    fn without_prices_of_a_cache_all_input_costs_the_same(tokens in usage(), way in way(), prices in prices()) {
        let mut without = prices;
        for tier in &mut without.bands[0].tiers {
            tier.cached_explicit = None;
            tier.prices = KindPrices::plain(tier.prices.input, tier.prices.output);
        }
        let plain = Tokens::plain(tokens.input, tokens.output);
        prop_assert_eq!(quoted(tokens, way, &without).total, quoted(plain, way, &without).total);
    }
}
