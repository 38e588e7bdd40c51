//! Prices by the hour of the day that were chosen to be reckoned by hand.

use serde_json::Value;

use super::support::quote;

const MODEL: &str = r#"version = 1
[provider]
id = "alibaba"
[[model]]
code = "day"
[[model.standard]]
tiers = [
  { hours = "08:00-22:00", input = "3 per 1M tokens", output = "9 per 1M tokens" },
  { hours = "22:00-08:00", input = "1.5 per 1M tokens", output = "4.5 per 1M tokens" },
]
"#;

/// Each line as `description tokens amount rule hours`.
fn lines(quoted: &Value) -> Vec<String> {
    let items = quoted["items"].as_array().unwrap().iter();
    let line = |item: &Value| {
        ["description", "quantity", "amount", "rule", "hours"]
            .map(|key| item[key].as_str().unwrap().to_owned())
            .join(" ")
    };
    items.map(line).collect()
}

/// A call a minute is 43,200 in 30 days: 432M in and 43.2M out, of which 14 of 24 hours are dear ones.
/// 252M × ¥3 + 25.2M × ¥9 + 180M × ¥1.50 + 18M × ¥4.50.
pub fn the_hour_of_the_day_picks_the_price() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("day.toml");
    std::fs::write(&path, MODEL).unwrap();
    let load = "--rpm 1 --input-per-request 10000 --output-per-request 1000 --days 30";
    let quoted = quote(&format!("tokens day {load} --catalog {}", path.display()));
    assert_eq!(
        lines(&quoted),
        [
            "Input tokens, 08:00–22:00 252000000 756 tokens.hours 08:00-22:00",
            "Output tokens, 08:00–22:00 25200000 226.8 tokens.hours 08:00-22:00",
            "Input tokens, 22:00–08:00 180000000 270 tokens.hours 22:00-08:00",
            "Output tokens, 22:00–08:00 18000000 81 tokens.hours 22:00-08:00",
        ]
    );
    assert_eq!(quoted["total"], "1333.8");
}
