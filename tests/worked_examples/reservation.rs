//! Throughput reservations, of standard and of high speed, at the prices of a catalog of the test's own.

use serde_json::Value;
use tollgate::billing::early_end::Settlement;
use tollgate::billing::scaling::At;

use super::support::{json, quote, refused, rules_of, total};

/// The model is `made-up`.
const CATALOG: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/reservation/catalog.toml"
);

fn line(service: &str, rest: &str) -> String {
    format!("ptu made-up --catalog {CATALOG} --service {service} {rest}")
}

fn standard(rest: &str) -> String {
    line("standard", rest)
}

fn said(quote: &Value, rule: &str) -> Vec<String> {
    let notes = quote["notes"].as_array().unwrap().iter();
    let notes = notes.filter(|note| note["rule"] == rule);
    notes
        .map(|note| note["message"].as_str().unwrap().to_owned())
        .collect()
}

/// 21 days of 200K / 50K TPM: 21 × 20 × 121 and 21 × 50 × 36.29. The page has 37,904.50 for the latter product,
/// and misadds: it is 38,104.50.
pub fn a_day_costs_the_same_in_every_term() {
    let quoted = quote(&standard("--input-tpm 200k --output-tpm 50k --days 21"));
    let amounts = [0, 1].map(|at| quoted["items"][at]["amount"].as_str().unwrap().to_owned());
    assert_eq!(amounts, ["50820", "38104.5"]);
    assert_eq!(quoted["items"][0]["rule"], "reservation.daily");
    assert_eq!(quoted["parameters"]["service"], "standard");
    let of_days = |days: u32| {
        total(&standard(&format!(
            "--input-tpm 200k --output-tpm 20k --days {days}"
        )))
    };
    // 20 × 121 + 20 × 36.29 a day, whatever the term.
    for (days, total) in [
        (1, "3145.8"),
        (30, "94374"),
        (60, "188748"),
        (365, "1148217"),
    ] {
        assert_eq!(of_days(days), total, "{days}");
    }
    // A renewal costs what a new order does.
    let renewed = standard("--input-tpm 200k --output-tpm 20k --days 30 --renew 1");
    assert_eq!(total(&renewed), "188748");
    let note = said(&quote(&renewed), "reservation.daily");
    let message = "a renewal is charged 1 day before the term expires, at the price of a new order, in up to 4 tries between 08:20 and 20:00, and renewing automatically is the default";
    assert_eq!(note, [message]);
}

/// 100K / 50K TPM for 30 minutes and for 10 hours.
pub fn high_speed_is_metered_by_the_minute() {
    let of = |hours: &str| {
        let rest = format!("--input-tpm 100k --output-tpm 50k --hours {hours}");
        quote(&line("high-speed", &rest))
    };
    assert_eq!(of("30m")["total"], "360");
    assert_eq!(of("10")["total"], "7200");
    // 29 minutes and a second are 30 minutes.
    assert_eq!(of("29m1s")["total"], "360");
    assert_eq!(of("30m")["items"][0]["rule"], "reservation.minute");
    // Provisioned throughput keeps its started hours, and says what minutes would come to.
    let rest = "--input-tpm 100k --output-tpm 50k --hours 30m";
    let plain = quote(&format!("ptu made-up --catalog {CATALOG} {rest}"));
    assert_eq!(plain["total"], "720");
    assert_eq!(
        said(&plain, "ptu.hourly"),
        [
            "30m, billed as 1 h: a started hour counts whole",
            "the reservation page meters by the minute: so read it would be ¥360.00, ¥360.00 less"
        ]
    );
}

/// 6,049 a day is 1,814.70 a block: 6,049 × 8 ÷ 24 × 0.9.
pub fn a_block_costs_three_tenths_of_a_day() {
    let of = |rest: &str| standard(&format!("--input-tpm 200k --output-tpm 100k {rest}"));
    assert_eq!(total(&of("--days 1")), "6049");
    let block = quote(&of("--blocks 1 --start 2026-11-30T23:59:59"));
    assert_eq!(block["total"], "1814.7");
    assert_eq!(block["schedule"]["expires"], "2026-12-01T07:00:00+08:00");
    assert_eq!(block["schedule"]["released"], "2026-12-01T07:00:00+08:00");
    let evenings = quote(&of("--blocks 3 --start 2026-11-30T22:00"));
    assert_eq!(evenings["total"], "5444.1");
    assert_eq!(evenings["schedule"]["expires"], "2026-12-03T06:00:00+08:00");
    for start in ["2026-11-30T21:59:59", "2026-12-01T00:00"] {
        let (code, why) = refused(&format!(
            "quote {}",
            of(&format!("--blocks 1 --start {start}"))
        ));
        assert_eq!(code, 1);
        assert!(
            why.contains("it is ordered from 22:00 to 24:00 (`reservation.block`)"),
            "{why}"
        );
    }
    let (code, why) = refused(&format!("quote {}", of("--blocks 1 --renew 1")));
    assert_eq!(code, 2, "{why}");
}

/// 200K / 20K TPM, in steps of 10K and 1K.
pub fn both_sides_have_a_minimum() {
    let why = |input: &str, output: &str| {
        let rest = format!("--input-tpm {input} --output-tpm {output} --days 1");
        let (code, why) = refused(&format!("quote {}", standard(&rest)));
        assert_eq!(code, 1);
        why
    };
    for (input, output) in [
        ("190k", "20k"),
        ("200k", "19k"),
        ("200k", "0"),
        ("0", "20k"),
    ] {
        let message = "a standard reservation is sold from 200K / 20K TPM on";
        assert!(why(input, output).contains(message), "{input} {output}");
    }
    assert!(why("205k", "20k").contains("in steps of 10K, next to it 200K and 210K"));
    assert!(why("200k", "20500").contains("in steps of 1K, next to it 20K and 21K"));
    // Of what the deployment page sells too it is only said, from the day on which the page is known.
    let small = "--input-tpm 100k --output-tpm 10k --days 1";
    let plain = |rest: &str| quote(&format!("ptu made-up --catalog {CATALOG} {rest}"));
    let message =
        "the reservation page sells from 200K / 20K TPM on; the deployment page gives no minimum";
    assert_eq!(said(&plain(small), "reservation.minimum"), [message]);
    let fast = quote(&line("high-speed", small));
    assert_eq!(said(&fast, "reservation.minimum"), [message]);
    let before = plain(&format!("{small} --as-of 2026-10-09"));
    assert_eq!(said(&before, "reservation.minimum"), [""; 0]);
    let on = plain(&format!("{small} --as-of 2026-10-10"));
    assert_eq!(said(&on, "reservation.minimum"), [message]);
    let enough = plain("--input-tpm 200k --output-tpm 20k --days 1");
    assert_eq!(said(&enough, "reservation.minimum"), [""; 0]);
}

/// 1 to 30, 60, 90, 120 and 365 days.
pub fn some_numbers_of_days_are_no_term() {
    let size = "--input-tpm 200k --output-tpm 20k";
    for (days, near) in [
        (31, "the nearest terms are 30 and 60 days"),
        (61, "the nearest terms are 60 and 90 days"),
        (366, "the longest term is 365 days"),
    ] {
        let (code, why) = refused(&format!(
            "quote {}",
            standard(&format!("{size} --days {days}"))
        ));
        assert_eq!(code, 1);
        assert!(why.contains(near), "{why}");
        let fast = quote(&line("high-speed", &format!("{size} --days {days}")));
        assert_eq!(said(&fast, "reservation.terms").len(), 1, "{days}");
    }
    let (code, why) = refused(&format!("quote {}", standard(&format!("{size} --hours 1"))));
    assert_eq!(code, 1);
    assert!(
        why.contains("is not sold pay-as-you-go at standard speed"),
        "{why}"
    );
}

/// It stops as it expires, and is released 2 hours later; provisioned throughput has 2 hours and 14 more.
pub fn the_service_stops_as_it_expires() {
    let rest = "--input-tpm 200k --output-tpm 20k --days 7 --start 2026-11-20T22:00:01";
    for service in ["standard", "high-speed"] {
        let quoted = quote(&line(service, rest));
        let schedule = &quoted["schedule"];
        assert_eq!(schedule["expires"], "2026-11-27T23:59:00+08:00");
        assert_eq!(schedule["stops"], "2026-11-27T23:59:00+08:00");
        assert_eq!(schedule["released"], "2026-11-28T01:59:00+08:00");
        assert_eq!(said(&quoted, "reservation.expiry").len(), 1);
        assert!(!rules_of(&quoted).contains(&"ptu.grace".to_owned()));
    }
    let plain = quote(&format!("ptu made-up --catalog {CATALOG} {rest}"));
    assert_eq!(plain["schedule"]["stops"], "2026-11-28T01:59:00+08:00");
}

/// The check of a plan of `made-up` at standard speed with these keys.
fn checked(keys: &str) -> Value {
    let folder = tempfile::TempDir::new().unwrap();
    let plan = folder.path().join("plan.toml");
    let text = format!(
        "version = 1\ncatalog = [\"{CATALOG}\"]\n[[deployment]]\nname = \"a\"\nmethod = \"ptu\"\n\
         model = \"made-up\"\nservice = \"standard\"\nterm = \"subscription\"\n{keys}"
    );
    std::fs::write(&plan, text).unwrap();
    json(&format!("check {}", plan.display()))
}

/// The examples of the page: 100K TPM at 1,210 a day. Then 400K / 40K TPM for 30 days, half of it given up after 20:
/// 188,748 paid, 6,291.60 × 20 × 1.2 settled, 3,145.80 × 10 for what is left: 6,291.60 comes back.
pub fn what_was_used_is_settled() {
    let rule = Settlement {
        factor: "1.2".parse().unwrap(),
        within_days: 30,
    };
    for (days, paid, used, half, ended) in [
        (30, 36_300, 20, 1_210, 7_260),
        (60, 72_600, 40, 12_100, 24_200),
    ] {
        for (new_per_day, back) in [(605, half), (0, ended)] {
            let at = At { used, days };
            let refund = rule.scaled_in(paid.into(), 1_210.into(), at, new_per_day.into());
            assert_eq!(refund, Ok(back.into()), "{days} {new_per_day}");
        }
    }
    let report = checked(
        "input_tpm = \"200k\"\noutput_tpm = \"20k\"\n\
         phases = [{ days = 20, input_tpm = \"400k\", output_tpm = \"40k\" }]\n",
    );
    assert_eq!(report["total"], "182456.4");
    let back = &report["deployments"][0]["parts"][1]["quote"];
    assert_eq!(back["total"], "-6291.6");
    let said = said(back, "reservation.early-end");
    let message = "scaled in on day 21: of ¥188,748 paid, ¥150,998.40 is settled for the 20 days used, each counted 1.2 times, and ¥31,458 is kept for the smaller reservation: ¥6,291.60 comes back";
    assert!(said.iter().any(|said| said == message), "{said:?}");
    let note = back["notes"].as_array().unwrap().iter();
    let mut note = note.filter(|note| note["message"] == message);
    assert_eq!(note.next().unwrap()["basis"], "literal");
    // One day before the end nothing is left: the used part counts more than what was paid.
    let late = checked(
        "input_tpm = \"200k\"\noutput_tpm = \"20k\"\n\
         phases = [{ days = 29, input_tpm = \"400k\", output_tpm = \"40k\" }]\n",
    );
    assert_eq!(late["total"], "188748");
}

/// 5 hours before the end 100K / 50K TPM are added: one day, 10 × 121 + 50 × 36.29 = 3,024.50.
pub fn a_started_day_of_what_is_added_is_paid_whole() {
    let report = checked(
        "input_tpm = \"300k\"\noutput_tpm = \"70k\"\n\
         phases = [{ days = 29, input_tpm = \"200k\", output_tpm = \"20k\" }]\n",
    );
    let added = &report["deployments"][0]["parts"][1]["quote"];
    assert_eq!(added["total"], "3024.5");
    assert_eq!(added["items"][0]["rule"], "reservation.expansion");
    assert_eq!(said(added, "reservation.expansion").len(), 1);
}

/// Only of overflow that is billed the page says what becomes of calls above the maximum input.
pub fn over_length_is_not_settled_where_overflow_is_refused() {
    let size = "--input-tpm 200k --output-tpm 20k --days 1";
    let load = "--rpm 10 --input-per-request 4000 --output-per-request 400";
    let of = |how: &str| quote(&standard(&format!("{size} {load} --on-overflow {how}")));
    assert_eq!(said(&of("reject"), "reservation.max-input").len(), 1);
    assert_eq!(said(&of("bill"), "reservation.max-input").len(), 0);
}
