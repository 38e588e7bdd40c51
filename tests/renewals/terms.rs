//! The calendar of each term, the day on which it is charged, its cost and that of all.

use serde_json::json;

use super::support::{quote, refused, stdout};
use super::{CHANGING, Folder, each, notes};

const WEEK: &str = "ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7";

#[test]
fn seven_days_of_throughput_are_renewed_twice() {
    // 7 days cost 18,076.80.
    let quoted = quote(&format!("{WEEK} --renew 2 --start 2026-06-01T21:59"));
    assert_eq!(quoted["total"], "54230.4");
    assert_eq!(each(&quoted, "cost"), ["18076.8"; 3]);
    assert_eq!(
        each(&quoted, "first_day"),
        ["2026-06-01", "2026-06-08", "2026-06-15"]
    );
    assert_eq!(
        each(&quoted, "expires"),
        [
            "2026-06-07T23:59:00+08:00",
            "2026-06-14T23:59:00+08:00",
            "2026-06-21T23:59:00+08:00"
        ]
    );
    assert_eq!(
        each(&quoted, "charged_on"),
        ["2026-06-01", "2026-06-06", "2026-06-13"]
    );
    assert_eq!(quoted["renewals"]["times"], "2");
    let parameters = &quoted["parameters"];
    assert_eq!(
        (
            &parameters["duration"],
            &parameters["billed"],
            &parameters["renew"]
        ),
        (&json!("P7D"), &json!("21 days"), &json!("2"))
    );
    // It ends with the last term.
    assert_eq!(quoted["schedule"]["expires"], "2026-06-21T23:59:00+08:00");
    assert_eq!(quoted["schedule"]["released"], "2026-06-22T15:59:00+08:00");
    let items = quoted["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    // 200K × 7 × 3 at 92.16 per 10K.
    assert_eq!(items[0]["quantity"], "4200000");
    assert_eq!(items[0]["amount"], "38707.2");
}

#[test]
fn a_late_order_has_one_day_more_in_its_first_term() {
    let quoted = quote(&format!("{WEEK} --renew 1 --start 2026-06-01T22:00:01"));
    assert_eq!(each(&quoted, "last_day"), ["2026-06-08", "2026-06-15"]);
    assert_eq!(each(&quoted, "charged_on"), ["2026-06-01", "2026-06-07"]);
    assert_eq!(quoted["total"], "36153.6");
}

#[test]
fn months_of_28_and_31_days_are_counted_from_the_first_start() {
    let line = "mu qwen3-8b --spec MU5x1 --months 1 --renew 3 --start 2026-01-31T10:00";
    let quoted = quote(line);
    assert_eq!(
        each(&quoted, "first_day"),
        ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    );
    assert_eq!(
        each(&quoted, "last_day"),
        ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]
    );
    assert_eq!(
        each(&quoted, "charged_on"),
        ["2026-01-31", "2026-02-27", "2026-03-30", "2026-04-29"]
    );
    assert_eq!(each(&quoted, "expires"), ["null"; 4]);
    // 4 × 10,139, and what a discount of 15% leaves of it.
    assert_eq!(quoted["total"], "40556");
    let discounted = quote(&format!("{line} --discount 15%"));
    assert_eq!(discounted["total"], "34472.6");
    assert_eq!(each(&discounted, "cost"), ["8618.15"; 4]);
    assert_eq!(
        notes(&quoted, "mu.monthly"),
        [
            "the months are taken to run to 2026-05-31; the hour of expiry, grace and release are not documented for model units"
        ]
    );
}

#[test]
fn without_a_start_the_terms_are_counted() {
    let quoted = quote(&format!("{WEEK} --renew 2"));
    assert_eq!(
        each(&quoted, "part"),
        ["days 1–7", "days 8–14", "days 15–21"]
    );
    for key in ["first_day", "last_day", "expires", "charged_on"] {
        assert_eq!(each(&quoted, key), ["null"; 3], "{key}");
    }
    assert_eq!(quoted["total"], "54230.4");
    let quarters = quote("mu qwen3-8b --spec MU5x1 --months 3 --renew 1");
    assert_eq!(each(&quarters, "part"), ["months 1–3", "months 4–6"]);
    assert_eq!(each(&quarters, "cost"), ["30417"; 2]);
}

/// A quote of the model whose price changes on 2026-06-02.
fn changing(line: &str) -> serde_json::Value {
    let folder = Folder::new(&[("own.toml", CHANGING)]);
    let path = folder.path_of("own.toml");
    quote(&format!("{line} --as-of 2026-04-01 --catalog {path}"))
}

#[test]
fn a_renewal_costs_what_is_in_force_when_it_is_charged() {
    // Charged on 04-03, 05-02 and 06-02, the day of the change.
    let month = "mu own --months 1 --renew 2 --start";
    let over = changing(&format!("{month} 2026-04-03T10:00"));
    assert_eq!(each(&over, "cost"), ["3000", "3000", "1500"]);
    assert_eq!(over["total"], "7500");
    let lines: Vec<(&str, &str)> = over["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            (
                item["description"].as_str().unwrap(),
                item["amount"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("Replicas of MU1x2, terms 1–2", "6000"),
            ("Replicas of MU1x2, term 3", "1500")
        ]
    );
    assert!(notes(&over, "deploy.renew").contains(
        &"each term costs what is in force on the day on which it is charged: other prices begin with term 3".to_owned()
    ));
    // A day earlier the last term begins on the day of the change, and is charged the day before.
    let before = changing(&format!("{month} 2026-04-02T10:00"));
    assert_eq!(each(&before, "first_day")[2], "2026-06-02");
    assert_eq!(each(&before, "charged_on")[2], "2026-06-01");
    assert_eq!(before["total"], "9000");
    // Without a start no term has a day.
    let undated = changing("mu own --months 1 --renew 2");
    assert_eq!(undated["total"], "9000");
    assert!(notes(&undated, "deploy.renew").contains(
        &"without `--start` (`start` in a plan) no renewal has a date: all terms are at the prices of 2026-04-01".to_owned()
    ));
    // Throughput: 7 × 70, and 7 × 35 from the change on.
    let week = "ptu own --input-tpm 10k --output-tpm 1k --days 7 --renew 2 --start";
    let over = changing(&format!("{week} 2026-05-21T10:00"));
    assert_eq!(each(&over, "charged_on")[2], "2026-06-02");
    assert_eq!(each(&over, "cost"), ["490", "490", "245"]);
    assert_eq!(
        changing(&format!("{week} 2026-05-20T10:00"))["total"],
        "1470"
    );
}

#[test]
fn the_first_term_costs_what_is_in_force_when_it_is_ordered() {
    let folder = Folder::new(&[("own.toml", CHANGING)]);
    let path = folder.path_of("own.toml");
    let line = format!("mu own --months 1 --renew 1 --catalog {path} --start");
    // Today a month costs 1,500; both were charged before the change.
    let before = quote(&format!("{line} 2026-04-01T10:00"));
    assert_eq!(each(&before, "cost"), ["3000", "3000"]);
    assert!(notes(&before, "deploy.renew").contains(
        &"each term costs what is in force on the day on which it is charged, and not what is on 2026-11-20".to_owned()
    ));
    assert_eq!(notes(&before, "mu.monthly").len(), 1);
    // It is ordered before there is a price.
    let text = CHANGING.replace(
        "[[model.mu]]\nspec",
        "[[model.mu]]\nfrom = 2026-04-20\nspec",
    );
    let folder = Folder::new(&[("own.toml", &text)]);
    let path = folder.path_of("own.toml");
    let (code, stderr) = refused(&format!(
        "quote mu own --months 1 --renew 1 --catalog {path} --start 2026-04-01T10:00"
    ));
    assert_eq!(
        (code, stderr),
        (
            1,
            "error: no price is in force on 2026-04-01, when term 1 is charged (`deploy.renew`)\n\n\
             hint: let it begin later, or leave out `--start`: all terms are then at the prices of `--as-of`\n"
                .to_owned()
        )
    );
}

#[test]
fn a_spreadsheet_has_the_days_of_payment_of_each_line() {
    let folder = Folder::new(&[("own.toml", CHANGING)]);
    let path = folder.path_of("own.toml");
    let line = "quote mu own --months 1 --renew 2 --start 2026-04-03T10:00 --as-of 2026-04-01";
    let csv = stdout(&format!("{line} --format csv --catalog {path}"));
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].ends_with(",terms,charged_on"), "{csv}");
    assert!(rows[1].ends_with(",2,2026-04-03 2026-05-02"), "{csv}");
    assert!(rows[2].ends_with(",1,2026-06-02"), "{csv}");
}

#[test]
fn overflow_and_what_pays_for_it_are_of_all_terms() {
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    let ptu = "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k";
    let free = "--free-quota 1M --free-covers-overflow";
    let whole = quote(&format!("{ptu} --days 21 {load} {free}"));
    let renewed = quote(&format!("{ptu} --days 7 --renew 2 {load} {free}"));
    assert_eq!(whole["total"], renewed["total"]);
    assert_eq!(whole["funding"], renewed["funding"]);
    assert_eq!(whole["overflow"], renewed["overflow"]);
    assert_eq!(
        notes(&renewed, "funding"),
        ["the free quota and the packages are there once, for all terms together"]
    );
}

#[test]
fn nothing_is_said_of_renewals_that_no_document_says() {
    let own = r#"
version = 1
[provider]
id = "own"
name = "Own"
region = "r"
region_name = "R"
currency = "CNY"
[billing.mu]
increment = "minute"
cancellation_increment = "day"
cancellation_factor = "1.2"
cancellation_month = "30d"
cancellation_within = "31d"
[[model]]
code = "m"
[[model.mu]]
spec = "MU1 x 2"
hour = "1 per replica-hour"
month = "300 per replica-month"
"#;
    let folder = Folder::new(&[("own.toml", own)]);
    let path = folder.path_of("own.toml");
    let line = format!("mu m --catalog {path}");
    let quoted = quote(&format!(
        "{line} --months 1 --renew 1 --start 2026-01-31T10:00"
    ));
    assert_eq!(quoted["total"], "600");
    assert_eq!(each(&quoted, "charged_on"), ["2026-01-31", "null"]);
    assert_eq!(
        notes(&quoted, "catalog"),
        [
            "when a renewal is charged, and at which price, is not documented: it is taken at the price of its first day",
            "a renewed term begins when the one before it ends, and the months of all terms are counted from the first start"
        ]
    );
    // Nor of a balance.
    let hours = quote(&format!("{line} --hours 9 --overdue-since 2026-06-01"));
    assert_eq!(notes(&hours, "ptu.overdue"), Vec::<String>::new());
    assert_eq!(hours["overdue"]["outcome"], "not-documented");
}

#[test]
fn what_has_no_term_is_not_renewed() {
    for (line, message, hint) in [
        (
            "ptu glm-5.1 --input-tpm 1k --output-tpm 1k --hours 7 --renew 2",
            "`--renew` renews a subscription, and pay-as-you-go has no term that ends",
            "leave it out, or buy a subscription with `--days` or `--months`",
        ),
        (
            "mu qwen3-8b --hours 7 --renew 2",
            "`--renew` renews a subscription, and pay-as-you-go has no term that ends",
            "leave it out, or buy a subscription with `--days` or `--months`",
        ),
        (
            "mu qwen3-8b --months 1 --renew 2 --cancel-after 5",
            "a subscription that is cancelled with `--cancel-after` has no term that `--renew` could follow",
            "leave one of them out",
        ),
        (
            "ptu glm-5.1 --trace calls.csv --fit peak --days 7 --renew 2",
            "`--renew` cannot be used with `--trace`: a trace is served in one term",
            "leave one of them out, or give a term of `--days` that covers all of it",
        ),
        (
            "mu qwen3-8b --months 1 --renew 0",
            "`0` is not a value for `--renew <TIMES>`: must be at least 1",
            "add `--help` for what the command takes",
        ),
        (
            "mu qwen3-8b --months 1 --renew 1001",
            "`1001` is not a value for `--renew <TIMES>`: must be at most 1,000",
            "add `--help` for what the command takes",
        ),
    ] {
        let (code, stderr) = refused(&format!("quote {line}"));
        assert_eq!(
            (code, stderr),
            (2, format!("error: {message}\n\nhint: {hint}\n")),
            "{line}"
        );
    }
    let (code, stderr) =
        refused("quote mu qwen3-8b --months 12 --renew 90 --start 2026-01-31T10:00");
    assert_eq!(code, 1);
    assert_eq!(
        stderr,
        "error: the calendar of this quote goes beyond the year 2100\n\n\
         hint: let it begin earlier, or ask for a shorter term\n"
    );
}
