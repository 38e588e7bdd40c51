//! What changed between two days.

use serde_json::Value;

use super::shop::Shop;

/// Model, what became of it, and of each row: method, what, and what it says otherwise.
fn found(report: &Value) -> Vec<(String, String, Vec<String>)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let models = report["changes"]["models"].as_array().unwrap().iter();
    let row = |row: &Value| {
        let changes = row["changes"].as_array().unwrap().len();
        let variant = text(&row["variant"]);
        format!(
            "{} {variant} {} {changes}",
            text(&row["method"]),
            text(&row["what"])
        )
    };
    let model = |model: &Value| {
        let rows = model["rows"].as_array().unwrap().iter().map(row);
        (text(&model["code"]), text(&model["what"]), rows.collect())
    };
    models.map(model).collect()
}

fn expected(all: &[(&str, &str, &[&str])]) -> Vec<(String, String, Vec<String>)> {
    let one = |(code, what, rows): &(&str, &str, &[&str])| {
        let rows = rows.iter().map(ToString::to_string).collect();
        ((*code).to_owned(), (*what).to_owned(), rows)
    };
    all.iter().map(one).collect()
}

#[test]
fn models_that_came_left_and_changed_are_told_apart() {
    let shop = Shop::new();
    let report = shop.json("models shop --changes 2026-06-15..2026-11-20");
    assert_eq!(
        found(&report),
        expected(&[
            (
                "gone",
                "changed",
                &["ptu  left 5", "mu MU1x2 left 1", "standard  left 2"]
            ),
            // The price for 1K tokens is that for 1M.
            ("halved", "changed", &["ptu  changed 3"]),
            ("new", "came", &["standard  came 2"]),
            ("short", "came and left", &["standard  came and left 2"]),
            ("flip", "changed", &["standard  changed 2"]),
        ])
    );
    let halved = &report["changes"]["models"][1]["rows"][0];
    assert_eq!(halved["when"], "between 2026-07-29 and 2026-08-03");
    let change = &halved["changes"][0];
    assert_eq!(change["what"], "input by the hour");
    assert_eq!(
        (&change["old"]["price"], &change["new"]["price"]),
        (&"4".into(), &"2".into())
    );
    assert_eq!(change["percent"], "-50");
    let max = &halved["changes"][2];
    assert_eq!(
        (&max["old"]["text"], &max["new"]["text"]),
        (&"64K tokens".into(), &"128K tokens".into())
    );
    assert!(max["percent"].is_null());
    assert!(report["changes"]["known_from"].is_null());
}

#[test]
fn the_day_of_a_change_is_part_of_what_is_up_to_it() {
    let shop = Shop::new();
    let models = |days: &str| found(&shop.json(&format!("models shop --changes {days}")));
    let short: &[&str] = &["standard  came 2"];
    assert_eq!(
        models("2026-07-09..2026-07-10"),
        expected(&[("short", "came", short)])
    );
    assert_eq!(models("2026-07-10..2026-07-11"), []);
    let back: &[&str] = &["standard  left 2"];
    assert_eq!(
        models("2026-06-30..2026-07-01"),
        expected(&[("back", "left", back)])
    );
    let back: &[&str] = &["standard  came 2"];
    assert_eq!(models("2026-07-29..2026-07-30"), []);
    assert_eq!(
        models("2026-09-30..2026-10-01"),
        expected(&[("back", "came", back)])
    );
}

#[test]
fn a_table_has_old_and_new_with_percent() {
    let shop = Shop::new();
    assert_eq!(
        shop.stdout("models halved --changes 2026-06-15..2026-11-20"),
        "\
1 model changed between 2026-06-15 and 2026-11-20

 changed: halved

 halved · north: changed
 What                         Before                  Now  Change
 ptu, input by the hour           ¥4  ¥2 per 10K TPM-hour    -50%
     changed between 2026-07-29 and 2026-08-03
 ptu, output by the hour          ¥2   ¥1 per 1K TPM-hour    -50%
 ptu, maximum input       64K tokens          128K tokens

 `--details` shows sources
"
    );
    let csv = shop
        .run("models halved --changes 2026-06-15..2026-11-20 --format csv")
        .stdout;
    assert!(
        csv.contains("\nshop,north,halved,changed,ptu,,changed,between 2026-07-29 and 2026-08-03,input by the hour,4,10000,TPM-hour,2,10000,TPM-hour,-50,CNY,"),
        "{csv}"
    );
    for format in ["markdown", "html"] {
        let line = format!("models halved --changes 2026-06-15..2026-11-20 --format {format}");
        assert!(shop.run(&line).stdout.contains("-50%"), "{format}");
    }
}

#[test]
fn that_nothing_changed_is_said() {
    let shop = Shop::new();
    let line = "models shop --changes 2026-11-01..2026-11-20";
    assert_eq!(
        shop.stdout(line),
        "Nothing changed between 2026-11-01 and 2026-11-20\n"
    );
    assert_eq!(found(&shop.json(line)), []);
}

#[test]
fn what_was_before_the_first_edition_is_not_known() {
    let shop = Shop::new();
    let line = "models flip --changes 2026-04-01..2026-05-02";
    assert_eq!(
        shop.stdout(line),
        "Nothing changed between 2026-04-01 and 2026-05-02\n\
         The first evidence of a price is of 2026-05-01: what changed before is not\nknown.\n"
    );
    assert_eq!(shop.json(line)["changes"]["known_from"], "2026-05-01");
}

#[test]
fn days_that_are_no_two_days_in_their_order_are_refused() {
    let shop = Shop::new();
    for (days, said) in [
        ("2026-06-15..2026-06-15", "both days are the same"),
        (
            "2026-11-20..2026-06-15",
            "the later day comes first: write `2026-06-15..2026-11-20`",
        ),
        ("2026-06-15", "it is not two dates such as"),
        (
            "1999-12-31..2026-06-15",
            "it is not a date from 2000 to 2100",
        ),
        (
            "2026-06-15..2101-01-01",
            "it is not a date from 2000 to 2100",
        ),
        ("2026-06-15..", "it is not a date from 2000 to 2100"),
        (
            "2026-06-31..2026-07-01",
            "it is not a date from 2000 to 2100",
        ),
    ] {
        let (code, stderr) = shop.refused(&format!("models --changes {days}"));
        assert_eq!(code, 2, "{days}");
        assert!(stderr.contains(said), "{days}: {stderr}");
    }
}

#[test]
fn what_changed_in_neither_part_of_a_time_did_not_change_in_it() {
    let shop = Shop::new();
    let days = [
        "2026-04-30",
        "2026-06-30",
        "2026-07-01",
        "2026-07-09",
        "2026-07-10",
        "2026-07-28",
        "2026-07-29",
        "2026-08-02",
        "2026-08-03",
        "2026-08-17",
        "2026-08-18",
        "2026-08-31",
        "2026-09-01",
        "2026-09-30",
        "2026-10-01",
        "2026-11-20",
    ];
    let codes = |from: usize, to: usize| -> Vec<String> {
        let line = format!("models shop --changes {}..{}", days[from], days[to]);
        let found = found(&shop.json(&line)).into_iter();
        found.map(|(code, ..)| code).collect()
    };
    let mut seen = 0;
    for from in 0..days.len() {
        for to in from + 2..days.len() {
            let whole = codes(from, to);
            let parts = [codes(from, to - 1), codes(to - 1, to)].concat();
            seen += whole.len();
            for code in whole {
                assert!(
                    parts.contains(&code),
                    "{code}: {} to {}",
                    days[from],
                    days[to]
                );
            }
        }
    }
    assert!(seen > 100, "{seen}");
}
