//! What is printed where some input is of a cache, whole.

use serde_json::json;

use super::Folder;

const CALLS: &str = "chat --rpm 30 --input-per-request 4000 --output-per-request 400 --cached-per-request 3000 --cache-write-per-request 500";

#[test]
fn a_comparison_reckons_with_the_cache() {
    let said = Folder::new().stdout(&format!("compare {CALLS} --details"));
    // A request is 500 × ¥10 + 3,000 × ¥1 + 500 × ¥12.5 + 400 × ¥40 a million: ¥0.03025. The reservation
    // costs ¥24,192, as 18.5124 requests in each of 43,200 minutes do.
    let shown = "\
Cheapest: PTU by the hour (120K / 12K TPM) of Chat, ¥24,192.00 for 30 days
(here)
30 requests a minute of 4K input (3K cached, 500 cache write) and 400 output
tokens, 24h a day for 30 days: 1,296,000 requests, 5,184,000,000 tokens in
(3,888,000,000 cached, 648,000,000 cache write), 518,400,000 out.

 #  Option           Total  Per 1M tokens   Dearer  Pays from
 1  ptu-hourly  ¥24,192.00          ¥4.24           now
     120K / 12K TPM
 2  standard    ¥39,204.00          ¥6.88  +62.05%  up to 3.08 rpm
     by token

 Cache
   2: cached input is priced as hits of the explicit cache, as some input is
     written to it; `--cache implicit` (`cache` in a plan) takes the other price

 Catalog files
   chat: adds the model (mine.toml)
   chat: adds ptu (mine.toml)
   chat: adds standard tokens (mine.toml)

 Break-even
   chat, 120K / 12K TPM: PTU by the hour costs less than standard tokens above
     18.5124 requests per minute
";
    assert!(said.starts_with(shown), "{said}");
}

#[test]
fn a_workload_of_a_cache_is_in_json() {
    let compared = Folder::new().json(&format!("compare {CALLS} --cache explicit"));
    let workload = &compared["workload"];
    for (key, value) in [
        ("input_per_request", "4000"),
        ("cached_per_request", "3000"),
        ("cache_write_per_request", "500"),
        ("output_per_request", "400"),
        ("cache", "explicit"),
        ("input_tokens", "5184000000"),
        ("cached_tokens", "3888000000"),
        ("cache_write_tokens", "648000000"),
        ("output_tokens", "518400000"),
    ] {
        assert_eq!(workload[key], value, "{key}");
    }
    // Without one there is no such field.
    let plain = "compare chat --rpm 30 --input-per-request 4000 --output-per-request 400";
    let plain = Folder::new().json(plain).to_string();
    assert!(!plain.contains("cache"), "{plain}");
}

#[test]
fn what_a_reservation_cannot_take_is_billed_by_kind() {
    let line = format!("quote ptu {CALLS} --input-tpm 10k --output-tpm 1k --hours 10");
    let quote = &Folder::new().json(&line)["quotes"][0];
    assert_eq!(
        quote["overflow"],
        json!({
            "rule": "catalog",
            "calls_per_minute": "28",
            "input_tokens": "67200000",
            "cached_tokens": "50400000",
            "cache_write_tokens": "8400000",
            "output_tokens": "6720000",
        })
    );
    let items = quote["items"].as_array().unwrap().iter();
    let lines: Vec<String> = items
        .map(|item| {
            format!(
                "{} {}",
                item["id"].as_str().unwrap(),
                item["amount"].as_str().unwrap()
            )
        })
        .collect();
    // 28 of 30 calls in each of 600 minutes.
    assert_eq!(
        lines,
        [
            "ptu.input 20",
            "ptu.output 8",
            "ptu.overflow.input 84",
            "ptu.overflow.cached 50.4",
            "ptu.overflow.cache-write 105",
            "ptu.overflow.output 268.8",
        ]
    );
    assert_eq!(quote["total"], "536.2");
}

#[test]
fn a_price_card_has_a_column_for_each_price() {
    let csv = Folder::new().stdout("models chat --format csv");
    let prices: Vec<&str> = csv
        .lines()
        .filter(|line| line.contains(",tokens,"))
        .collect();
    let sides: Vec<String> = prices
        .iter()
        .map(|line| {
            line.split(',')
                .skip(8)
                .take(3)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(
        sides,
        [
            "32000 input 10",
            "32000 cached 2",
            "32000 cached-explicit 1",
            "32000 cache-write 12.5",
            "32000 output 40",
            " input 20",
            " cached 4",
            " output 80",
        ]
    );
    let card = Folder::new().stdout("models chat");
    let shown = " Tokens of ordinary calls
 up to 32K input
   Input ¥10 per 1M tokens
   Cached ¥2 per 1M tokens
   Cached explicit ¥1 per 1M tokens
   Cache write ¥12.50 per 1M tokens
   Output ¥40 per 1M tokens
";
    assert!(card.contains(shown), "{card}");
    let models = Folder::new().json("models");
    let all = models["models"].as_array().unwrap();
    let of = |code: &str| all.iter().find(|model| model["code"] == code).unwrap();
    assert_eq!(
        of("chat")["standard"]["tiers"],
        json!([
            {
                "up_to": 32000, "mode": "any", "input_per_1m": "10", "cached_per_1m": "2",
                "cached_explicit_per_1m": "1", "cache_write_per_1m": "12.5", "output_per_1m": "40",
            },
            { "up_to": null, "mode": "any", "input_per_1m": "20", "cached_per_1m": "4", "output_per_1m": "80" },
        ])
    );
    assert_eq!(of("tuned")["fine_tuned"]["cached_per_1k"], "0.01");
}

#[test]
fn a_switch_that_stops_calls_stops_their_input_of_a_cache_too() {
    // Of 0.6M + 0.2M tokens beside the cache the quota has 0.5M: five eighths of all calls are served, with
    // five eighths of 0.4M hits, which are billed.
    let said = Folder::new().stdout(
        "quote tokens deepseek-v3.2 --input 1M --cached-input 400k --output 200k --free-quota 500k --postpaid off",
    );
    for shown in [
        "¥0.10 for DeepSeek-v3.2",
        " Input tokens         375,000 tokens  ¥2 per 1M tokens      ¥0.75\n",
        " Cached input tokens  250,000 tokens  ¥0.40 per 1M tokens   ¥0.10\n",
        " Free quota, input    375,000 tokens  -¥2 per 1M tokens    -¥0.75\n",
        " Free quota, output   125,000 tokens  -¥3 per 1M tokens    -¥0.38\n",
        "500,000 tokens offset, 250,000 billed,\n   450,000 not served\n",
        "   free.scope: the free quota does not offset the context cache: 250,000 tokens\n     that calls read from it or write to it are billed\n",
    ] {
        assert!(said.contains(shown), "{said}");
    }
}

#[test]
fn a_cache_of_one_way_has_one_price_for_all_hits() {
    let folder = Folder::new();
    folder.file(
        "one-way.toml",
        r#"version = 1
[provider]
id = "alibaba"
[[model]]
code = "own-explicit"
[[model.standard]]
tiers = [{ input = "10 per 1M tokens", cached_explicit = "1 per 1M tokens", cache_write = "12.5 per 1M tokens", output = "40 per 1M tokens" }]
"#,
    );
    let said = folder.stdout(
        "quote tokens own-explicit --input 1M --cached-input 400k --output 0 --catalog one-way.toml",
    );
    // 600,000 at ¥10 and 400,000 at ¥1 by a million.
    assert!(said.contains("¥6.40 for own-explicit"), "{said}");
    assert!(!said.contains("no discount is published"), "{said}");
}
