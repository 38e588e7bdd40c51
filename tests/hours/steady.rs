//! Tokens and loads, spread over the hours of the day.

use super::common::folder::Folder;
use super::{DAY, decimal, lines, notes, quote};

const SPREAD: &str =
    "the price depends on the hour of the day (UTC+8), and the tokens are spread evenly over it";
const LOAD: &str = "--rpm 1 --input-per-request 10000 --output-per-request 1000";

fn day() -> Folder {
    Folder::new(&[("day.toml", DAY)])
}

#[test]
fn sums_are_spread_evenly_over_the_day() {
    let quoted = quote(&day(), "tokens day --input 1M --output 100k");
    // 14 of 24 hours of 1M, rounded down, and the rest.
    assert_eq!(
        lines(&quoted),
        [
            "Input tokens, 08:00–22:00 583333 1.749999",
            "Output tokens, 08:00–22:00 58333 0.524997",
            "Input tokens, 22:00–08:00 416667 0.6250005",
            "Output tokens, 22:00–08:00 41667 0.1875015",
        ]
    );
    assert_eq!(quoted["total"], "3.087498");
    assert_eq!(
        notes(&quoted),
        [format!(
            "{SPREAD}; at list price, all of them in 08:00–22:00 cost ¥3.90, in 22:00–08:00 ¥1.95"
        )]
    );
}

#[test]
fn a_line_has_tokens() {
    // 1 token has no whole part in the first band.
    let quoted = quote(&day(), "tokens day --input 1 --output 0");
    assert_eq!(lines(&quoted), ["Input tokens, 22:00–08:00 1 0.0000015"]);
}

#[test]
fn a_load_of_whole_days_needs_no_reading_and_others_do() {
    let all_day = quote(&day(), &format!("tokens day {LOAD} --days 30"));
    assert_eq!(notes(&all_day), [""; 0]);
    assert_eq!(all_day["total"], "1333.8");
    let some = quote(
        &day(),
        &format!("tokens day {LOAD} --days 30 --hours-per-day 8"),
    );
    // A third of it, at unknown hours.
    assert_eq!(some["total"], "444.6");
    assert_eq!(
        notes(&some),
        [format!(
            "{SPREAD}; at list price, all of them in 08:00–22:00 cost ¥561.60, in 22:00–08:00 ¥280.80"
        )]
    );
}

#[test]
fn batch_and_cache_have_the_prices_of_the_hours() {
    let catalog = DAY.replace(
        "[[model]]",
        "[billing.tokens]\nbatch = \"50%\"\nbatch_with_cache = true\n[[model]]",
    );
    let folder = Folder::new(&[("day.toml", &catalog)]);
    let quoted = quote(
        &folder,
        "tokens day --input 24k --cached-input 12k --output 2400 --batch",
    );
    assert_eq!(
        lines(&quoted),
        [
            "Input tokens, batch at 50%, 08:00–22:00 7000 0.0105",
            "Cached input tokens, batch at 50%, 08:00–22:00 7000 0.00105",
            "Output tokens, batch at 50%, 08:00–22:00 1400 0.0063",
            "Input tokens, batch at 50%, 22:00–08:00 5000 0.00375",
            "Cached input tokens, batch at 50%, 22:00–08:00 5000 0.000375",
            "Output tokens, batch at 50%, 22:00–08:00 1000 0.00225",
        ]
    );
}

#[test]
fn a_free_quota_offsets_the_tokens_of_all_hours_alike() {
    let half = "tokens day --input 240k --output 24k --free-quota 132k";
    let quoted = quote(&day(), half);
    // 140K × ¥3 + 14K × ¥9 + 100K × ¥1.50 + 10K × ¥4.50, and half of that.
    assert_eq!(quoted["total"], "0.3705");
    assert_eq!(
        lines(&quoted)[4..],
        [
            "Free quota, input, 08:00–22:00 70000 -0.21",
            "Free quota, output, 08:00–22:00 7000 -0.063",
            "Free quota, input, 22:00–08:00 50000 -0.075",
            "Free quota, output, 22:00–08:00 5000 -0.0225",
        ]
    );
    let served = quote(&day(), &format!("{half} --postpaid off"));
    assert_eq!(served["total"], "0");
    assert_eq!(lines(&served)[0], "Input tokens, 08:00–22:00 70000 0.21");
    // A quota and a package that do not divide pay for all of it, to the token.
    let packages = "--free-quota 77777 --package 100003 --package 1M";
    let all = quote(
        &day(),
        &format!("tokens day --input 234567 --output 24k {packages}"),
    );
    assert_eq!(all["total"], "0");
}

#[test]
fn overflow_has_the_hours_of_the_reservation_where_they_are_known() {
    let line = "ptu day --input-tpm 10k --output-tpm 1k --rpm 2 --input-per-request 10000 --output-per-request 1000";
    // A call a minute overflows: 600K tokens of input an hour. From 19:30 to 22:00, and to 05:30.
    let known = quote(
        &day(),
        &format!("{line} --hours 10 --start 2026-12-01T19:30"),
    );
    assert_eq!(
        lines(&known)[2..],
        [
            "Overflow input, 08:00–22:00 1500000 4.5",
            "Overflow output, 08:00–22:00 150000 1.35",
            "Overflow input, 22:00–08:00 4500000 6.75",
            "Overflow output, 22:00–08:00 450000 2.025",
        ]
    );
    assert_eq!(notes(&known), [""; 0]);
    // The same moment on another clock, and over a day more.
    let longer = quote(
        &day(),
        &format!("{line} --hours 34 --start 2026-12-01T11:30:00Z"),
    );
    assert_eq!(
        lines(&longer)[2],
        "Overflow input, 08:00–22:00 9900000 29.7"
    );
    assert_eq!(
        lines(&longer)[4],
        "Overflow input, 22:00–08:00 10500000 15.75"
    );
    let unknown = quote(&day(), &format!("{line} --hours 10"));
    assert_eq!(
        lines(&unknown)[2],
        "Overflow input, 08:00–22:00 3500000 10.5"
    );
    assert_eq!(
        notes(&unknown),
        [
            "the price of calls that do not fit depends on the hour of the day (UTC+8), and they are spread evenly over it; at list price, all of them in 08:00–22:00 cost ¥23.40, in 22:00–08:00 ¥11.70"
        ]
    );
    for whole_days in ["--hours 48", "--days 2", "--months 1"] {
        let quoted = quote(&day(), &format!("{line} {whole_days}"));
        assert_eq!(notes(&quoted), [""; 0], "{whole_days}");
    }
    let some = quote(&day(), &format!("{line} --days 2 --hours-per-day 8"));
    assert_eq!(notes(&some).len(), 1);
}

#[test]
fn the_cheapest_size_is_that_of_the_least_total() {
    let line = "ptu day --rpm 7 --input-per-request 4000 --output-per-request 300 --days 1";
    let found = quote(&day(), &format!("{line} --fit cheapest"));
    let mut least = decimal(&found["total"]);
    for input in 0..4_u32 {
        for output in 0..4_u32 {
            if input + output == 0 {
                continue;
            }
            let size = format!("--input-tpm {input}0k --output-tpm {output}k");
            least = least.min(decimal(&quote(&day(), &format!("{line} {size}"))["total"]));
        }
    }
    assert_eq!(decimal(&found["total"]), least);
}

#[test]
fn a_break_even_point_is_where_both_cost_the_same() {
    let folder = day();
    let line = "day --rpm 2 --input-per-request 1000 --output-per-request 100 --days 30 --catalog {day.toml}";
    let compared = super::json(&folder, &format!("compare {line}"));
    let points = compared["break_even"].as_array().unwrap();
    let point = points
        .iter()
        .find(|point| point["id"] == "ptu.monthly-vs-standard")
        .unwrap();
    // ¥40 a month ÷ (43,200 minutes × ¥0.003,087,5 a call): 1K × ¥2.375 and 100 × ¥7.125.
    let value = point["value"].as_str().unwrap();
    assert!(value.starts_with("0.299895"), "{value}");
}

#[test]
fn a_comparison_says_how_much_the_hours_matter() {
    let line = "compare day --rpm 1 --input-per-request 10000 --output-per-request 1000 --days 30 --catalog {day.toml}";
    let caveats = |line: &str| -> Vec<String> {
        let compared = super::json(&day(), line);
        let options = compared["options"].as_array().unwrap();
        let standard = options
            .iter()
            .find(|option| option["option"] == "standard")
            .unwrap();
        let caveats = standard["caveats"].as_array().unwrap().iter();
        let own = caveats.filter(|caveat| caveat["rule"] == "tokens.hours");
        own.map(|caveat| caveat["message"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(caveats(line), [""; 0]);
    assert_eq!(
        caveats(&format!("{line} --hours-per-day 8")),
        [
            "its price depends on the hour of the day (UTC+8), and its calls are spread evenly over it: at list price, all of them in 08:00–22:00 cost ¥561.60, in 22:00–08:00 ¥280.80"
        ]
    );
}
