//! `--scale-to` and `--pattern`: how many days a trace is, and how often it is taken.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::common::{fraction, whole};
use super::support::{json as printed, quote, refused, stdout, total};
use super::traces::{CHEAP, Folder, csv};

const TOKENS: &str = "tokens qwen3-max-2025-09-23";

/// Calls of 20,000 and 1,000 tokens at these times: ¥0.144 each.
fn at(times: &[String]) -> String {
    let rows = times.iter().map(|time| format!("{time},20000,1000\n"));
    format!(
        "time,input_tokens,output_tokens\n{}",
        rows.collect::<String>()
    )
}

fn both(times: [&str; 2]) -> String {
    at(&times.map(str::to_owned))
}

/// Monday 09:00 to Friday 18:00, two calls a day.
fn office() -> String {
    let times = (2..7).flat_map(|day| [9, 18].map(|hour| format!("2026-03-{day:02} {hour:02}:00")));
    at(&times.collect::<Vec<_>>())
}

/// What of a trace is said about its pattern.
fn pattern(quote: &Value) -> Value {
    let trace = &quote["trace"];
    let said = ["pattern", "pattern_days", "times", "scaled_to_days"];
    json!(said.map(|field| trace[field].clone()))
}

/// The notes of a trace but for that of its zone, with their amounts.
fn notes(quote: &Value) -> Vec<String> {
    let notes = quote["notes"].as_array().unwrap().iter();
    let notes = notes.filter(|note| note["rule"] == "trace");
    let said = notes.map(|note| {
        let amount = note["amount"].as_str().unwrap_or("-");
        format!("{amount}: {}", note["message"].as_str().unwrap())
    });
    said.filter(|said| !said.contains("without a zone"))
        .collect()
}

#[test]
fn five_working_days_are_taken_six_times_in_thirty_days() {
    let folder = Folder::new(&[]);
    let trace = folder.file("office.csv", &office());
    let line = format!("{TOKENS} --trace {trace}");
    // 10 calls: 200,000 × 6 and 10,000 × 24 by a million.
    assert_eq!(total(&line), "1.44");
    let days = quote(&format!("{line} --scale-to 30"));
    assert_eq!(days["total"], "8.64");
    assert_eq!(pattern(&days), json!(["day", "5", "6", "30"]));
    let covers = "the trace covers 5 calendar days (UTC+8), ";
    // Of Monday 9 hours, and of Friday 5 hours and 59 minutes.
    assert_eq!(
        notes(&days),
        [
            format!(
                "-: {covers}which are taken 6 times for 30 days: the 899 of 7,200 minutes that it \
                 does not cover are taken to have no call"
            ),
            "6.17145: with `--pattern week`, in which weekdays that were not recorded have no call, \
             it is 1 week taken 4.29 times for 30 days: ¥6.17 in all"
                .to_owned(),
        ]
    );
    // 200,000 × 30 ÷ 7 is 857,142.86 tokens, 10,000 × 30 ÷ 7 is 42,857.14: a started one counts.
    let weeks = quote(&format!("{line} --scale-to 30 --pattern week"));
    assert_eq!(
        super::lines(&weeks),
        [
            "tokens.input 857143 5.142858",
            "tokens.output 42858 1.028592"
        ]
    );
    assert_eq!(weeks["total"], "6.17145");
    assert_eq!(pattern(&weeks), json!(["week", "7", "30/7", "30"]));
    assert_eq!(
        notes(&weeks),
        [
            format!(
                "-: {covers}as 1 week taken 4.29 times for 30 days: the 3,779 of 10,080 minutes \
                 that it does not cover are taken to have no call"
            ),
            "8.64: with `--pattern day` it is 5 days taken 6 times for 30 days: ¥8.64 in all"
                .to_owned(),
        ]
    );
    // A discount is off what the other pattern comes to, too.
    let off = quote(&format!(
        "{line} --scale-to 30 --pattern week --discount 25%"
    ));
    assert!(notes(&off)[1].starts_with("6.48: "), "{off}");
}

#[test]
fn a_terminal_says_what_was_taken_how_often() {
    let folder = Folder::new(&[]);
    let trace = folder.file("office.csv", &office());
    let line = format!("quote {TOKENS} --trace {trace} --scale-to 30");
    let shown = stdout(&format!("{line} --details")).replace(&trace, "office.csv");
    assert_eq!(shown, include_str!("pattern.txt"));
    let markdown = stdout(&format!("{line} --format markdown"));
    let headline = "### ¥8.64 for Qwen3-Max-2025-09-23 · standard tokens, non-thinking · pay-as-you-go · cn-beijing · 5 days \
                    taken 6 times for 30 days\n";
    assert!(markdown.starts_with(headline), "{markdown}");
}

#[test]
fn a_day_is_one_however_much_of_it_was_recorded() {
    let folder = Folder::new(&[]);
    for times in [
        ["2026-03-02 00:01", "2026-03-02 23:58"],
        ["2026-03-02 00:00", "2026-03-02 23:59"],
        ["2026-03-02 12:00", "2026-03-02 12:00"],
        // The last of them is in another zone: in China both are on the 2nd.
        ["2026-03-02T08:00:00+08:00", "2026-03-01T23:59:00-05:00"],
    ] {
        let trace = folder.file("day.csv", &both(times));
        let days = quote(&format!("{TOKENS} --trace {trace} --scale-to 30"));
        assert_eq!(pattern(&days), json!(["day", "1", "30", "30"]), "{times:?}");
        assert_eq!(days["total"], "8.64");
        let once = quote(&format!("{TOKENS} --trace {trace} --scale-to 1"));
        assert_eq!((&once["total"], notes(&once).len()), (&json!("0.288"), 1));
    }
}

#[test]
fn a_minute_beyond_midnight_is_a_day_more_and_says_so() {
    let folder = Folder::new(&[]);
    let trace = folder.file("night.csv", &both(["2026-03-02 23:59", "2026-03-03 00:00"]));
    let days = quote(&format!("{TOKENS} --trace {trace} --scale-to 30"));
    assert_eq!(days["total"], "4.32");
    assert_eq!(pattern(&days), json!(["day", "2", "15", "30"]));
    assert_eq!(
        notes(&days),
        [
            "-: the trace covers 2 calendar days (UTC+8), which are taken 15 times for 30 days: the \
             2,878 of 2,880 minutes that it does not cover are taken to have no call",
            "1.234302: with `--pattern week`, in which weekdays that were not recorded have no call, \
             it is 1 week taken 4.29 times for 30 days: ¥1.23 in all",
            "8.64: counted in blocks of 24 hours from its first minute it is 1 day taken 30 times \
             for 30 days: ¥8.64 in all",
        ]
    );
    // Seven times 24 hours, from one Monday's noon to before the next one's.
    let trace = folder.file("week.csv", &both(["2026-03-02 12:00", "2026-03-09 11:59"]));
    let days = quote(&format!("{TOKENS} --trace {trace} --scale-to 28"));
    assert_eq!(pattern(&days), json!(["day", "8", "7/2", "28"]));
    let said = notes(&days);
    assert!(
        said[2].contains("it is 1 week taken 4 times for 28 days"),
        "{said:?}"
    );
}

#[test]
fn whole_weeks_are_repeated_by_the_week() {
    let folder = Folder::new(&[]);
    // From a Wednesday to the next Tuesday.
    let trace = folder.file("week.csv", &both(["2026-03-04 00:00", "2026-03-10 23:59"]));
    let line = format!("{TOKENS} --trace {trace} --scale-to 30");
    let weeks = quote(&line);
    assert_eq!(pattern(&weeks), json!(["week", "7", "30/7", "30"]));
    assert_eq!(
        notes(&weeks),
        ["-: the trace covers 7 calendar days (UTC+8), as 1 week taken 4.29 times for 30 days"]
    );
    let days = quote(&format!("{line} --pattern day"));
    assert_eq!(pattern(&days), json!(["day", "7", "30/7", "30"]));
    assert_eq!(days["total"], weeks["total"]);
    // Ten days are two weeks.
    let trace = folder.file("ten.csv", &both(["2026-03-02 09:00", "2026-03-11 18:00"]));
    let line = format!("{TOKENS} --trace {trace} --scale-to 28");
    assert_eq!(pattern(&quote(&line)), json!(["day", "10", "14/5", "28"]));
    let weeks = quote(&format!("{line} --pattern week"));
    assert_eq!(pattern(&weeks), json!(["week", "14", "2", "28"]));
    assert_eq!(weeks["total"], "0.576");
}

#[test]
fn clocks_that_change_make_no_day_more() {
    let folder = Folder::new(&[]);
    // 12:30 of the 8th and 11:30 of the 9th in China; the offset changed in between.
    let times = ["2026-03-07T23:30:00-05:00", "2026-03-08T23:30:00-04:00"];
    let trace = folder.file("new-york.csv", &both(times));
    let days = quote(&format!("{TOKENS} --trace {trace} --scale-to 30"));
    assert_eq!(pattern(&days), json!(["day", "2", "15", "30"]));
}

#[test]
fn times_counted_from_a_start_have_days_of_24_hours() {
    let folder = Folder::new(&[]);
    for (last, days, times) in [(86_399, "1", "30"), (86_400, "2", "15")] {
        let rows = format!("timestamp,input_tokens,output_tokens\n0,9,9\n{last},9,9\n");
        let trace = folder.file("counted.csv", &rows);
        let quoted = quote(&format!(
            "{TOKENS} --trace {trace} --time-unit seconds --scale-to 30"
        ));
        assert_eq!(pattern(&quoted), json!(["day", days, times, "30"]));
        let said = &notes(&quoted)[0];
        let words = if days == "1" { "1 day of" } else { "2 days of" };
        assert!(
            said.contains(&format!("the trace covers {words} 24 hours, ")),
            "{said}"
        );
    }
}

/// A log of Monday to Friday in which `rare` is called twice on Tuesday.
fn mixed(as_json: bool) -> String {
    let mut rows = Vec::new();
    for day in 2..7 {
        rows.push((format!("2026-03-{day:02}T09:00:00+08:00"), "usual"));
        if day == 3 {
            rows.extend(["10:00", "11:00"].map(|at| (format!("2026-03-03T{at}:00+08:00"), "rare")));
        }
    }
    let line = |(time, model): &(String, &str)| match as_json {
        true => format!(
            "{{\"time\":\"{time}\",\"model\":\"{model}\",\"input_tokens\":20000,\"output_tokens\":1000}}\n"
        ),
        false => format!("{time},{model},20000,1000\n"),
    };
    let header = match as_json {
        true => "",
        false => "time,model,input_tokens,output_tokens\n",
    };
    format!("{header}{}", rows.iter().map(line).collect::<String>())
}

#[test]
fn days_on_which_a_filter_leaves_nothing_are_days_of_the_log() {
    let folder = Folder::new(&[]);
    for (name, as_json) in [("log.csv", false), ("log.jsonl", true)] {
        let trace = folder.file(name, &mixed(as_json));
        let line = format!("{TOKENS} --trace {trace} --where model=rare");
        let days = quote(&format!("{line} --scale-to 30"));
        assert_eq!(pattern(&days), json!(["day", "5", "6", "30"]), "{name}");
        assert_eq!(days["total"], "1.728");
        let said = notes(&days);
        assert_eq!(
            said[0],
            "-: 2 of 2 calls (42,000 tokens, 100% of all) were made to another model, `rare`, and are priced as `qwen3-max-2025-09-23`"
        );
        assert_eq!(
            said[3],
            "8.64: counted from the first to the last row that `--where` keeps it is 1 day taken 30 \
             times for 30 days: ¥8.64 in all"
        );
        assert_eq!(said[4], "-: 5 of 7 rows are left out by `--where`");
        // The span and the term are those of the calls that count.
        assert_eq!(days["trace"]["minutes"], "61");
        let (code, said) = refused(&format!("quote {line} --scale-to 4"));
        assert_eq!(code, 2);
        assert!(said.contains("covers 5 calendar days"), "{said}");
    }
}

#[test]
fn a_pattern_that_cannot_be_has_a_way_out() {
    let folder = Folder::new(&[]);
    let trace = folder.file("office.csv", &office());
    for (rest, message, hint) in [
        (
            "--pattern week",
            "`--pattern` says what `--scale-to` repeats, and there is no `--scale-to`",
            "add `--scale-to 30`, or leave it out",
        ),
        (
            "--scale-to 5 --pattern week",
            "the trace covers 5 calendar days (UTC+8), and 1 week is more than 5 days",
            "give more days, or use `--pattern day`",
        ),
        (
            "--scale-to 4 --pattern week",
            "the trace covers 5 calendar days (UTC+8), and 1 week is more than 4 days",
            "leave `--scale-to` out, or give more days",
        ),
        (
            "--scale-to 4",
            "the trace covers 5 calendar days (UTC+8), which are more than 4 days",
            "leave `--scale-to` out, or give more days",
        ),
    ] {
        for command in [
            format!("quote {TOKENS}"),
            "compare qwen3-max-2025-09-23".to_owned(),
        ] {
            assert_eq!(
                refused(&format!("{command} --trace {trace} {rest}")),
                (2, format!("error: {message}\n\nhint: {hint}\n"))
            );
        }
    }
    // For its own days it is what was recorded, and no week fits that could be named.
    let once = quote(&format!("{TOKENS} --trace {trace} --scale-to 5"));
    assert_eq!((&once["total"], notes(&once).len()), (&json!("1.44"), 1));
    // The way out of a day's term is none where the trace is on two days.
    let night = folder.file("night.csv", &both(["2026-03-02 23:59", "2026-03-03 00:00"]));
    let line = format!("ptu qwen3-max-2025-09-23 --trace {night} --fit cheapest");
    let (_, said) = refused(&format!("quote {line} --days 1"));
    assert!(said.contains("hint: leave the term out"), "{said}");
    let (_, said) = refused(&format!("quote {line} --days 2"));
    assert!(said.contains("hint: add `--scale-to 2`"), "{said}");
}

#[test]
fn what_is_used_of_a_reservation_is_of_the_days_that_are_paid_for() {
    let folder = Folder::new(&[]);
    let trace = folder.file("office.csv", &office());
    let line = format!("ptu qwen3-max-2025-09-23 --trace {trace} --input-tpm 20k --output-tpm 1k");
    let used = |more: &str| {
        let quoted = quote(&format!("{line} {more}"));
        fraction(
            quoted["trace"]["admitted"]["input_utilisation"]
                .as_str()
                .unwrap(),
        )
    };
    // 10 minutes of 30 × 1,440 ÷ 6, in percent; by the week of 30 × 1,440 × 7 ÷ 30.
    let percent = |minutes: u64| whole(1_000) / whole(minutes);
    let near = |found, exact| {
        let off = if found > exact {
            found - exact
        } else {
            exact - found
        };
        off * whole(1_000_000_000) < whole(1)
    };
    assert!(near(used("--scale-to 30"), percent(7_200)));
    assert!(near(used("--scale-to 30 --pattern week"), percent(10_080)));
    assert!(near(used(""), percent(6_301)));
    let shown = stdout(&format!("quote {line} --scale-to 30"));
    assert!(
        shown.contains("0.14% of the input TPM, 0.14% of the output TPM in the 30 days"),
        "{shown}"
    );
}

#[test]
fn the_cheapest_size_weighs_calls_as_often_as_they_are_taken() {
    let folder = Folder::new(&[]);
    let prices = folder.file("own.toml", CHEAP);
    // 200 calls of ¥0.076 on each of five days: ¥15.20 a day, and a reservation costs ¥12.
    let calls = (0..5).flat_map(|day| (0..200).map(move |at| (day * 1_440 + at, (4000, 900))));
    let trace = folder.file("calls.csv", &csv(calls));
    let line = format!("own-model --catalog {prices} --trace {trace} --scale-to 30");
    let fitted = format!("ptu {line} --fit cheapest --days 30");
    let days = quote(&fitted);
    assert_eq!(days["total"], "360");
    assert!(notes(&days)[1].ends_with(
        "it is 1 week taken 4.29 times for 30 days: ¥360.00 in all at the same size, and another \
         size may then cost less"
    ));
    // By the week it is 1,000 × 0.076 × 30 ÷ 7: ¥325.71.
    let weeks = quote(&format!("{fitted} --pattern week"));
    assert_eq!(weeks["parameters"]["input_tpm"], "0");
    assert_eq!(weeks["total_rounded"], "325.71");
    // What is the cheapest differs, and is said.
    let compared = |more: &str| {
        let shown = stdout(&format!("compare {line} {more}"));
        let (_, shown) = shown.split_once("\n Trace\n").unwrap();
        let (shown, _) = shown.split_once("\n\n").unwrap();
        shown
            .replace("\n     ", " ")
            .lines()
            .nth(1)
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        compared(""),
        "   with `--pattern week`, in which weekdays that were not recorded have no call, it is 1 \
         week taken 4.29 times for 30 days: 2 (standard) is the cheapest then, ¥325.71 in all"
    );
    assert_eq!(
        compared("--pattern week"),
        "   with `--pattern day` it is 5 days taken 6 times for 30 days: 2 (ptu-daily) is the \
         cheapest then, ¥360.00 in all"
    );
    let options = printed(&format!("compare {line} --pattern week"));
    assert_eq!(options["options"][0]["option"], "standard");
    assert_eq!(options["workload"]["trace"]["times"], "30/7");
    assert_eq!(options["workload"]["requests"], "4286");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whole_days_taken_so_often_cost_so_many_times_their_tokens(
        calls in prop::collection::vec((0_u64..9_000, 0_u64..9_000), 1..40),
        places in prop::collection::vec(0_u64..20_000, 40),
        days in 1_u64..15,
        often in 1_u64..9,
        pattern in prop_oneof![Just(""), Just("--pattern day"), Just("--pattern week")],
    ) {
        prop_assume!(calls.iter().any(|call| *call != (0, 0)));
        let folder = Folder::new(&[]);
        // Each on some minute of the days, and one on the first and the last day.
        let mut rows: Vec<_> = calls
            .iter()
            .zip(&places)
            .map(|(call, place)| (place % (days * 1_440), *call))
            .collect();
        rows.extend([(0, (1, 0)), ((days - 1) * 1_440, (1, 0))]);
        rows.sort_unstable();
        let trace = folder.file("calls.csv", &csv(rows));
        let repeated = match pattern {
            "--pattern week" => days.div_ceil(7) * 7,
            _ => days,
        };
        let once = quote(&format!("{TOKENS} --trace {trace}"));
        let line = format!("{TOKENS} --trace {trace} --scale-to {} {pattern}", repeated * often);
        let scaled = quote(&line);
        let of = |quote: &Value, field: &str| fraction(quote[field].as_str().unwrap());
        prop_assert_eq!(of(&scaled, "total"), of(&once, "total") * whole(often));
        for field in ["input_tokens", "output_tokens", "requests"] {
            let (all, one) = (of(&scaled["parameters"], field), of(&once["parameters"], field));
            prop_assert_eq!(all, one * whole(often));
        }
        prop_assert_eq!(&scaled["trace"]["times"], &json!(often.to_string()));
        // What another way is said to come to is what it comes to.
        let others = scaled["notes"].as_array().unwrap().iter();
        for note in others.filter(|note| note["amount"].is_string()) {
            let said = note["message"].as_str().unwrap();
            let flag = ["day", "week"].into_iter().find(|name| said.starts_with(&format!("with `--pattern {name}`")));
            if let Some(flag) = flag {
                let line = line.replace(pattern, "");
                let other = quote(&format!("{line} --pattern {flag}"));
                prop_assert_eq!(&other["total"], &note["amount"]);
            }
        }
    }
}
