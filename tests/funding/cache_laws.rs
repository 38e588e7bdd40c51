//! Input of a cache is never offset: it is billed, as far as the calls that it is part of are served.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::funding::Usage;
use tollgate::billing::kind::{TokenKind, Tokens};
use tollgate::billing::tokens::{Prices, Request};

use super::laws::{funded_at, price, prices, request, sources};

/// Prices of which those of a cache are published, or are not.
fn at(cached: bool, cache_write: bool) -> Prices {
    let mut prices = prices();
    for tier in &mut prices.bands[0].tiers {
        tier.prices.cached = cached.then(|| price("0.7 per 1M tokens"));
        tier.prices.cache_write = cache_write.then(|| price("2.6 per 1M tokens"));
    }
    prices
}

fn usage() -> impl Strategy<Value = Request> {
    let tokens = || prop_oneof![0_u64..50, 0_u64..2_000_000, Just(1_000_000_000_000)];
    (tokens(), tokens(), tokens(), tokens()).prop_map(|(plain, cached, cache_write, output)| {
        let tokens = Tokens {
            input: plain + cached + cache_write,
            cached,
            cache_write,
            output,
        };
        Request {
            tokens,
            ..request(1, 1, None)
        }
    })
}

proptest! {
    #[test]
    fn only_money_pays_for_input_of_a_cache(
        request in usage(), funding in sources(), cached in any::<bool>(), cache_write in any::<bool>(),
    ) {
        let quote = funded_at(&request, &funding, &at(cached, cache_write));
        let result = quote.funding.clone().unwrap();
        let Tokens { input, output, .. } = request.tokens;
        prop_assert_eq!(result.offset + result.billed + result.unserved, input + output);
        let tokens = |prefix: &str| -> Decimal {
            let items = quote.items.iter().filter(|item| item.id.starts_with(prefix));
            items.map(|item| item.quantity.value).sum()
        };
        prop_assert_eq!(tokens("tokens."), Decimal::from(input + output - result.unserved));
        prop_assert_eq!(tokens("credit."), Decimal::from(result.offset));
        // No more is offset than there is beside the cache, of each side.
        let of_cache = request.tokens.cached + request.tokens.cache_write;
        let credited = |side: &str| -> Decimal {
            let items = quote.items.iter().filter(|item| item.description.ends_with(&format!(", {side}")));
            items.map(|item| item.quantity.value).sum()
        };
        prop_assert!(credited("input") <= Decimal::from(input - of_cache));
        prop_assert!(credited("output") <= Decimal::from(output));
        prop_assert_eq!(credited("input") + credited("output"), Decimal::from(result.offset));
        prop_assert!(!funding.postpaid || result.billed >= of_cache);
        let sum: Decimal = quote.items.iter().map(|item| item.amount).sum();
        prop_assert_eq!(sum, quote.total);
        prop_assert!(quote.total >= Decimal::ZERO);
    }

    #[test]
    fn calls_that_are_not_served_have_no_input_of_a_cache(
        request in usage(), funding in sources(),
    ) {
        let mut funding = funding;
        funding.postpaid = false;
        let quote = funded_at(&request, &funding, &at(true, true));
        let result = quote.funding.clone().unwrap();
        let others = u128::from(Usage(request.tokens).total().unwrap());
        let count = |kind: TokenKind| {
            let items = quote.items.iter().filter(|item| item.id == kind.item(false));
            u128::try_from(items.map(|item| item.quantity.value).sum::<Decimal>()).unwrap()
        };
        for kind in TokenKind::OF_A_CACHE {
            let all = u128::from(request.tokens.of(kind));
            // The share of the calls that are served, a started token counted whole.
            let served = match others {
                0 => 0,
                others => (all * u128::from(result.offset)).div_ceil(others),
            };
            prop_assert_eq!(count(kind), served, "{:?}", kind);
        }
        prop_assert_eq!(
            count(TokenKind::Input) + count(TokenKind::Output),
            u128::from(result.offset)
        );
    }

    #[test]
    fn without_input_of_a_cache_nothing_changes(
        request in usage(), funding in sources(), cached in any::<bool>(), cache_write in any::<bool>(),
    ) {
        let plain = Request {
            tokens: Tokens::plain(request.tokens.input, request.tokens.output),
            ..request
        };
        let (with, without) = (at(cached, cache_write), prices());
        prop_assert_eq!(
            funded_at(&plain, &funding, &with),
            funded_at(&plain, &funding, &without)
        );
    }
}
