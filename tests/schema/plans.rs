//! Documents of checked plans: of each method, with every kind of key, budget and change.

use std::fs;

use chrono::NaiveDate;
use serde_json::Value;

use super::documents::{ABROAD, WEIGHED};
use tollgate::cli::{Environment, run};

const PLAIN: &str = r#"
version = 1
[[deployment]]
name = "chat"
method = "ptu"
model = "qwen3-max-2025-09-23"
input_tpm = "100k"
output_tpm = "10k"
term = "subscription"
"#;

// Between them the next three have every key that a plan can have.

pub const THROUGHPUT: &str = r#"
version = 1
days = 31
discount = "12.5%"
fx = ["USD=0.1389", "EUR=0.12"]
[budget]
total = "100"
increase = "1%"
[defaults]
count = 1
[[deployment]]
name = "fitted"
method = "ptu"
model = "qwen-plus-2025-12-01"
mode = "thinking"
fit = "cheapest"
on_overflow = "bill"
term = "pay-as-you-go"
hours_per_day = "7h20m"
rpm = "31.7"
input_per_request = 4000
output_per_request = 400
budget = "10"
[[deployment]]
name = "runs"
method = "ptu"
model = "qwen3-max-2025-09-23"
input_tpm = "100k"
output_tpm = "10k"
hours = "90.5m"
runs = 30
count = 2
[[deployment]]
name = "subscribed"
method = "ptu"
model = "qwen3-max-2025-09-23"
input_tpm = "100k"
output_tpm = 0
days = 7
start = 2026-12-01T10:00:00
rpm = "31"
input_per_request = 4000
output_per_request = 0
free_quota = "1M"
free_covers_overflow = true
free_activated = 2026-11-20
[[deployment]]
name = "phases"
method = "ptu"
model = "qwen3-max-2025-09-23"
input_tpm = "100k"
output_tpm = "10k"
term = "subscription"
phases = [{ days = 10, input_tpm = "400k" }]
"#;

pub const UNITS: &str = r#"
version = 1
days = 60
[[deployment]]
name = "range"
method = "mu"
model = "qwen3-8b"
spec = "MU1x2"
term = "pay-as-you-go"
replicas_min = 1
replicas_max = 3
budget_on = "low"
replica_capacity = "MU1x2=300k/60k"
rpm = "3"
input_per_request = 4000
output_per_request = 400
[[deployment]]
name = "windows"
method = "mu"
model = "qwen3-rerank"
term = "pay-as-you-go"
hours_per_day = "10"
replicas = 2
schedule = [{ from = "09:00", to = "12:01", replicas = 6 }]
phases = [{ days = 3, schedule = [{ from = "22:00", to = "24:00", replicas = 1 }] }]
[[deployment]]
name = "cancelled"
method = "mu"
model = "qwen3-8b"
spec = "MU5x1"
months = 1
cancel_after = "6.5"
[[deployment]]
name = "renewed"
method = "mu"
model = "qwen3-8b"
spec = "MU5x1"
months = 1
renew = 1
"#;

/// Months that last longer than the period.
const MONTHS: &str = r#"
version = 1
days = 31
[[deployment]]
name = "monthly"
method = "mu"
model = "qwen3-8b"
spec = "MU5x1"
term = "subscription"
"#;

const TOKENS: &str = r#"
version = 1
days = 31
[[deployment]]
name = "funded"
method = "tokens"
model = "qwen3-max-2025-09-23"
rpm = "0.5"
input_per_request = "4k"
output_per_request = 400
hours_per_day = "10"
days = 5
free_quota = "1M"
free_used = ["100k", 5]
free_expires = 2026-12-31
package = ["100k@2026-12-31", 5]
package_price = "3"
postpaid = "on"
[[deployment]]
name = "batch"
method = "tokens"
model = "qwen3-max-2025-09-23"
rate = "standard"
mode = "non-thinking"
input = "1M"
output = "100k"
requests = 25
batch = true
[[deployment]]
name = "cached"
method = "tokens"
model = "glm-5.1"
input = "1M"
output = 0
requests = 100
cached_input = "600k"
cache_write = 100_000
cache = "explicit"
[[deployment]]
name = "hits"
method = "tokens"
model = "glm-5.1"
rpm = 1
input_per_request = "4k"
output_per_request = 400
cache_hit = "75%"
cache_write_per_request = "1k"
phases = [{ days = 2, cached_per_request = 2000 }]
[[deployment]]
name = "read"
method = "tokens"
model = "glm-5.1"
rpm = 1
input_per_request = "4k"
output_per_request = 400
cached_per_request = "1k"
"#;

/// A plan of two currencies, and a range in the second.
const CONVERTED: &str = r#"
version = 1
fx = ["USD=0.1389", "1EUR=7.7CNY"]
[[deployment]]
name = "here"
method = "ptu"
model = "qwen3-max-2025-09-23"
input_tpm = "10k"
output_tpm = 0
term = "subscription"
[[deployment]]
name = "there"
method = "mu"
model = "own-abroad"
term = "pay-as-you-go"
replicas_min = 1
replicas_max = 3
[[deployment]]
name = "calls"
method = "tokens"
model = "own-abroad"
input = "1M"
output = "100k"
"#;

/// Throughput in units.
const IN_UNITS: &str = r#"
version = 1
[[deployment]]
name = "scaled"
method = "ptu"
model = "own-unit"
units = 20
term = "subscription"
phases = [{ days = 10, units = 40 }, { days = 5, units = 20 }]
"#;

/// A plan that changes: one deployment goes, one comes, one has other keys, one another price.
pub const BEFORE: &str = r#"
version = 1
[budget]
increase = "1%"
[[deployment]]
name = "gone"
method = "ptu"
model = "qwen3-max-2025-09-23"
input_tpm = "10k"
output_tpm = 0
term = "subscription"
[[deployment]]
name = "grows"
method = "mu"
model = "qwen3-8b"
spec = "MU1x2"
term = "pay-as-you-go"
replicas = 1
[[deployment]]
name = "dearer"
method = "mu"
model = "qwen3-rerank"
term = "pay-as-you-go"
"#;

pub fn after() -> String {
    let new = BEFORE.replace("name = \"gone\"", "name = \"new\"");
    new.replace("replicas = 1", "replicas = 2")
        .replace("version = 1", "version = 1\ndays = 31\ndiscount = \"5%\"")
}

/// Another price of a model.
const DEARER: &str = r#"
version = 1
[provider]
id = "alibaba"
[[model]]
code = "qwen3-rerank"
[[model.mu]]
spec = "MU5 x 1"
hour = "25 per replica-hour"
"#;

/// Calls of a log, which the plan beside it names.
const LOG: &str = "at,prompt,answer,hit,kind\n1794276000,4000,200,1000,a\n1794276030,900,90,0,a\n1794279600,7000,700,0,b\n1794326000,500,50,100,a\n";

/// A log as the workload of each method, read in every way.
const LOGGED: &str = r#"
version = 1

[defaults]
trace = ["log.csv"]
columns = "time=at,input=prompt,output=answer,cached=hit"
cached = "inside"
log_format = "openai"
failed_calls = "bill"
repeated_calls = "bill"
time_unit = "seconds"
skip_bad_rows = true
scale_to = 30
pattern = "day"

[[deployment]]
name = "called"
method = "tokens"
model = "qwen3-max-2025-09-23"
where = ["kind=a", "kind=b"]
cache = "implicit"

[[deployment]]
name = "reserved"
method = "ptu"
model = "qwen3-max-2025-09-23"
term = "subscription"
fit = "peak"
where = "kind=a"

[[deployment]]
name = "dedicated"
method = "dtu"
model = "qwen3.6-27b"
term = "subscription"
fit = "peak"

[[deployment]]
name = "rented"
method = "mu"
model = "qwen3-8b"
spec = "MU5x1"
months = 1
replica_capacity = "MU5x1=5k/500"
"#;

/// A week with holes.
const DESCRIBED: &str = r#"
version = 1

[[deployment]]
name = "called"
method = "tokens"
model = "qwen3-max-2025-09-23"
load = ["mon-fri 09:00-18:00 12rpm 3000/350", "sat,sun 10:00-12:00 0.5rpm 900/90 cached=300"]
"#;

/// A log whose cached tokens are derived.
const DERIVED: &str = r#"
version = 1

[[deployment]]
name = "called"
method = "tokens"
model = "qwen3-max-2025-09-23"
trace = "hashes.jsonl"
time_unit = "milliseconds"
cache_from = "hash_ids"
cache_block = 512
cache_ttl = "5m"
"#;

/// Its calls.
const HASHES: &str = "{\"timestamp\":0,\"input_length\":1200,\"output_length\":9,\"hash_ids\":[1,2,3]}\n{\"timestamp\":2000,\"input_length\":1100,\"output_length\":9,\"hash_ids\":[1,2,4]}\n";

/// What `tollgate check <plan> <flags> --json` prints on 2026-11-20. `BASE` stands for the path of
/// `baseline`, `DEARER`, `ABROAD` and `WEIGHED` for those of catalog files.
pub fn checked(plan: &str, baseline: &str, flags: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.into_os_string()
    };
    file("log.csv", LOG);
    file("hashes.jsonl", HASHES);
    let ending = if baseline.starts_with('{') {
        "json"
    } else {
        "toml"
    };
    let base = file(&format!("baseline.{ending}"), baseline);
    let mut words = vec![
        "tollgate".into(),
        "check".into(),
        file("tollgate.toml", plan),
    ];
    words.extend(flags.split_whitespace().map(|word| match word {
        "BASE" => base.clone(),
        "DEARER" => file("dearer.toml", DEARER),
        "ABROAD" => file("abroad.toml", ABROAD),
        "WEIGHED" => file("weighed.toml", WEIGHED),
        word => word.into(),
    }));
    words.extend(["--warn-only".into(), "--json".into()]);
    let environment = Environment {
        width: 80,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        catalog_path: None,
        style_stdout: false,
        style_stderr: false,
        progress: None,
    };
    let outcome = run(words, &environment);
    assert_eq!(outcome.code, 0, "{flags}: {}", outcome.stderr);
    serde_json::from_str(&outcome.stdout).unwrap()
}

/// A document for each kind of check.
pub fn checks() -> Vec<Value> {
    let before = checked(BEFORE, "", "").to_string();
    vec![
        checked(PLAIN, "", ""),
        checked(
            PLAIN,
            PLAIN,
            "--baseline BASE --max-cost USD1 --fx USD=0.1389",
        ),
        checked(&after(), BEFORE, "--baseline BASE"),
        checked(&after(), &before, "--baseline BASE --catalog DEARER"),
        checked(THROUGHPUT, "", "--cheapest"),
        checked(UNITS, "", "--cheapest"),
        checked(TOKENS, "", "--cheapest"),
        checked(CONVERTED, "", "--catalog ABROAD"),
        checked(IN_UNITS, "", "--catalog WEIGHED"),
        checked(MONTHS, "", ""),
        checked(&MONTHS.replace("31", "29"), "", ""),
        checked(LOGGED, "", "--cheapest"),
        checked(DERIVED, "", ""),
        checked(DESCRIBED, "", "--cheapest"),
        checked(
            LOGGED,
            &checked(LOGGED, "", "").to_string(),
            "--baseline BASE",
        ),
    ]
}
