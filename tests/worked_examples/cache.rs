//! Input that is read from a cache or written to it, by prices that were chosen to be reckoned by hand.

use serde_json::Value;

use super::support::{quote, refused};

/// Of `chat` a cache has two ways, of `once` one, and of `plain` no price is known.
const MODELS: &str = r#"version = 1
[provider]
id = "alibaba"
BATCH
[[model]]
code = "chat"
[[model.standard]]
tiers = [
  { up_to = "32K tokens", input = "10 per 1M tokens", cached = "2 per 1M tokens", cached_explicit = "1 per 1M tokens", cache_write = "12.5 per 1M tokens", output = "40 per 1M tokens" },
  { input = "20 per 1M tokens", cached = "4 per 1M tokens", output = "80 per 1M tokens" },
]
[[model]]
code = "once"
[[model.standard]]
tiers = [{ input = "10 per 1M tokens", cached = "6 per 1M tokens", output = "40 per 1M tokens" }]
[[model]]
code = "plain"
[[model.standard]]
tiers = [{ input = "10 per 1M tokens", output = "40 per 1M tokens" }]
"#;

/// The quote of `quote tokens <line>`; `batch` says whether batch calls have the prices of a cache.
fn quoted(line: &str, batch: Option<bool>) -> Value {
    let stacks = batch.map_or(String::new(), |stacks| {
        format!("batch_with_cache = {stacks}")
    });
    let billing = format!("[billing.tokens]\n{stacks}");
    under(line, &MODELS.replace("BATCH", &billing))
}

/// The same of a provider that does not document whether batch calls have the prices of a cache.
fn quoted_of_another(line: &str) -> Value {
    let other =
        "id = \"mine\"\nname = \"M\"\nregion = \"r\"\nregion_name = \"R\"\ncurrency = \"CNY\"";
    let models = MODELS.replace("id = \"alibaba\"", other);
    under(
        line,
        &models.replace("BATCH", "[billing.tokens]\nbatch = \"50%\""),
    )
}

fn under(line: &str, catalog: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("models.toml");
    std::fs::write(&path, catalog).unwrap();
    quote(&format!("tokens {line} --catalog {}", path.display()))
}

/// Each line as `id tokens amount rule`.
fn lines(quoted: &Value) -> Vec<String> {
    let items = quoted["items"].as_array().unwrap().iter();
    let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
    items
        .map(|item| {
            ["id", "quantity", "amount", "rule"]
                .map(|key| text(item, key))
                .join(" ")
        })
        .collect()
}

/// The notes with a rule that begins with `tokens.cache`, each with its rule and its basis.
fn notes(quoted: &Value) -> Vec<String> {
    let notes = quoted["notes"].as_array().unwrap().iter();
    let of_cache = notes.filter(|note| note["rule"].as_str().unwrap().starts_with("tokens.cache"));
    let said = |note: &Value| {
        let [rule, basis, message] =
            ["rule", "basis", "message"].map(|key| note[key].as_str().unwrap());
        format!("{rule}, {basis}: {message}")
    };
    of_cache.map(said).collect()
}

pub fn hits_have_a_price_of_their_own() {
    // 100 requests of 10,000 in, 6,000 of them hits: 0.4M × ¥10 + 0.6M × ¥2 + 0.1M × ¥40.
    let chat = quoted(
        "chat --requests 100 --input 1M --cached-input 600k --output 100k",
        None,
    );
    assert_eq!(
        lines(&chat),
        [
            "tokens.input 400000 4 tokens.tier",
            "tokens.cached 600000 1.2 tokens.cached",
            "tokens.output 100000 4 tokens.tier",
        ]
    );
    assert_eq!(chat["total"], "9.2");
    let parameters = &chat["parameters"];
    assert_eq!(parameters["input_tokens"], "1000000");
    assert_eq!(parameters["cached_tokens"], "600000");
    // All input picks the tier, hits among it: 40,000 a request are in the dearer one.
    let large = quoted(
        "chat --requests 25 --input 1M --cached-input 600k --output 100k",
        None,
    );
    assert_eq!(large["total"], "18.4");
    // Without a price they cost what input costs, and a note says so.
    let plain = quoted("plain --input 1M --cached-input 600k --output 100k", None);
    assert_eq!(
        lines(&plain),
        [
            "tokens.input 1000000 10 tokens.standard",
            "tokens.output 100000 4 tokens.standard",
        ]
    );
    assert_eq!(
        notes(&plain),
        [
            "tokens.cached, reading: no discount is published for cached input, so it is billed as input"
        ]
    );
    // Of a model with one way of the cache there is nothing to say.
    let once = quoted("once --input 1M --cached-input 600k --output 100k", None);
    assert_eq!(
        (once["total"].as_str(), notes(&once)),
        (Some("11.6"), Vec::new())
    );
}

pub fn what_is_written_has_a_price_of_its_own() {
    // 0.3M × ¥10 + 0.6M × ¥1 + 0.1M × ¥12.5 + 0.1M × ¥40.
    let chat = quoted(
        "chat --requests 100 --input 1M --cached-input 600k --cache-write 100k --output 100k",
        None,
    );
    assert_eq!(
        lines(&chat),
        [
            "tokens.input 300000 3 tokens.tier",
            "tokens.cached 600000 0.6 tokens.cached",
            "tokens.cache-write 100000 1.25 tokens.cache-write",
            "tokens.output 100000 4 tokens.tier",
        ]
    );
    assert_eq!(chat["parameters"]["cache_write_tokens"], "100000");
    let plain = quoted("plain --input 1M --cache-write 100k --output 0", None);
    assert_eq!(plain["total"], "10");
    assert_eq!(
        notes(&plain),
        [
            "tokens.cache-write, reading: no price is published for what is written to a cache, so it is billed as input"
        ]
    );
}

pub fn hits_of_what_was_written_have_another_price() {
    let hits = |more: &str| {
        let all = "chat --requests 100 --input 1M --cached-input 600k --output 0";
        let quoted = quoted(&format!("{all} {more}"), None);
        (quoted["total"].as_str().unwrap().to_owned(), notes(&quoted))
    };
    let (total, said) = hits("");
    assert_eq!(total, "5.2");
    assert_eq!(
        said,
        [
            "tokens.cache-way, reading: cached input is priced as hits of the implicit cache, as nothing is written to it; `--cache explicit` (`cache` in a plan) takes the other price"
        ]
    );
    let (total, said) = hits("--cache-write 100k");
    assert_eq!(total, "4.85");
    assert_eq!(
        said,
        [
            "tokens.cache-way, reading: cached input is priced as hits of the explicit cache, as some input is written to it; `--cache implicit` (`cache` in a plan) takes the other price"
        ]
    );
    let (total, said) = hits("--cache explicit");
    assert_eq!(total, "4.6");
    assert_eq!(
        said,
        [
            "tokens.cache-way, given: cached input is priced as hits of the explicit cache, as `--cache explicit` says (`cache` in a plan)"
        ]
    );
    assert_eq!(hits("--cache-write 100k --cache implicit").0, "5.45");
    // A request has hits of one of both.
    let (code, said) = refused(
        "quote tokens qwen3-max-2025-09-23 --rpm 1 --input-per-request 10 --output-per-request 1 --cached-per-request 5 --cache-write-per-request 1 --cache implicit",
    );
    assert_eq!(code, 2);
    assert_eq!(
        said,
        "error: requests that write to the cache (`--cache-write-per-request`) do not have hits of the implicit one, which `--cache implicit` says: a request has hits of one of both\n\nhint: leave one of them out\n"
    );
}

pub fn batch_calls_have_one_discount() {
    let all = "--input 1M --cached-input 600k --cache-write 100k --output 100k --batch";
    let chat = |stacks| quoted(&format!("chat --requests 100 {all}"), stacks);
    // Not together: 1M × ¥5 + 0.1M × ¥20.
    let apart = chat(Some(false));
    assert_eq!(
        lines(&apart),
        [
            "tokens.input 1000000 5 tokens.batch",
            "tokens.output 100000 2 tokens.batch",
        ]
    );
    assert_eq!(
        notes(&apart).last().unwrap(),
        "tokens.cache-batch, literal: batch calls do not have the prices of a cache: what they read from it or write to it is billed as their other input"
    );
    // Together: (0.3M × ¥10 + 0.6M × ¥1 + 0.1M × ¥12.5 + 0.1M × ¥40) ÷ 2.
    let together = chat(Some(true));
    assert_eq!(together["total"], "4.425");
    assert_eq!(lines(&together)[1], "tokens.cached 600000 0.3 tokens.batch");
    // Not documented: 0.3M × ¥5 + 0.6M × ¥1 + 0.1M × ¥12.5 + 0.1M × ¥20.
    let unknown = quoted_of_another(&format!("chat --requests 100 {all}"));
    assert_eq!(unknown["total"], "5.35");
    let said = unknown["notes"].as_array().unwrap().iter();
    let mut said = said.map(|note| note["message"].as_str().unwrap());
    assert_eq!(
        said.next_back().unwrap(),
        "whether batch calls pay less for what they read from a cache or write to it, too, is not documented: these prices stand as published, and a hit costs no more than other input of the same calls"
    );
    // ¥6 for a hit would be more than the ¥5 of other input of a batch: all is that.
    let once = quoted_of_another("once --input 1M --cached-input 600k --output 0 --batch");
    assert_eq!(once["items"][0]["amount"], "5");
    assert_eq!(once["total"], "5");
}
