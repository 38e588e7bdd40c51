//! Growth: each month is the quote of a log with its calls repeated.

use super::AS_OF;
use super::common::folder::Folder;
use super::common::{json, run};

const LOG: [(&str, u32, u32); 4] = [
    ("2026-11-02T09:30:01+08:00", 4000, 100),
    ("2026-11-02T09:30:12+08:00", 5000, 100),
    ("2026-11-02T09:31:03+08:00", 9000, 700),
    ("2026-11-02T21:05:40+08:00", 40000, 600),
];

/// A log with each call so many times.
fn log(times: [usize; 4]) -> String {
    let mut text = "timestamp,input_tokens,output_tokens\n".to_owned();
    for ((instant, input, output), times) in LOG.iter().zip(times) {
        text.push_str(&format!("{instant},{input},{output}\n").repeat(times));
    }
    text
}

#[test]
fn a_month_costs_what_a_log_with_its_calls_repeated_costs() {
    // 1.5 and 2.25 times, by hand: 1, 3, 4, 6 and 2, 4, 6, 9 after each call.
    let months = [[1, 1, 1, 1], [1, 2, 1, 2], [2, 2, 2, 3]];
    for of in [
        "quote tokens qwen3-max-2025-09-23",
        "quote ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k",
        "quote ptu qwen3-max-2025-09-23 --fit cheapest",
    ] {
        let quote = |times, more: &[&str]| {
            let folder = Folder::new(&[("calls.csv", &log(times))]);
            let path = folder.path_of("calls.csv");
            let words: Vec<&str> = of.split(' ').collect();
            let flags = ["--as-of", AS_OF, "--trace", &path];
            json(&[words.as_slice(), &flags, more].concat())["quotes"][0].clone()
        };
        let grown = quote(
            months[0],
            &["--growth", "50%/month", "--growth-months", "3"],
        );
        for (place, times) in months.into_iter().enumerate() {
            let of_log = quote(times, &["--scale-to", "30"]);
            let month = &grown["growth"]["months"][place];
            assert_eq!(month["total"], of_log["total"], "{of} {place}");
            // The log is of one day, and the month has it 30 times.
            let of_month = 30 * times.iter().sum::<usize>();
            assert_eq!(month["calls"], of_month.to_string(), "{of} {place}");
        }
    }
}

/// A script that reads the total gets that of all months, from either command.
#[test]
fn the_total_of_calls_that_grow_is_that_of_all_months() {
    let folder = Folder::new(&[("calls.csv", &log([1; 4]))]);
    let path = folder.path_of("calls.csv");
    let total = |command: &str| {
        let words = command.split(' ');
        let more = [
            "--growth",
            "50%/month",
            "--growth-months",
            "3",
            "--as-of",
            AS_OF,
        ];
        let args: Vec<&str> = words
            .chain(["--trace", &path, "--format", "total"])
            .chain(more)
            .collect();
        run(&args).stdout
    };
    let quoted = total("quote tokens qwen3-max-2025-09-23");
    assert_eq!(
        total("compare qwen3-max-2025-09-23 --no-savings-plan"),
        quoted
    );
    assert_ne!(quoted, "");
}
