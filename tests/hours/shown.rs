//! Price cards, CSV and exports.

use super::common::{self, folder::Folder};
use super::{DAY, args, json};

fn printed(folder: &Folder, line: &str) -> String {
    let outcome = common::run(&args(folder, line));
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
    outcome.stdout
}

#[test]
fn a_price_card_has_the_hours_of_each_price() {
    let folder = Folder::new(&[("day.toml", DAY)]);
    let card = printed(&folder, "models day --catalog {day.toml}");
    let tokens = card.split_once("Tokens of ordinary calls\n").unwrap().1;
    let table: Vec<&str> = tokens.lines().take(3).map(str::trim_end).collect();
    assert_eq!(
        table,
        [
            " Request                    Input               Cached               Output",
            " 08:00–22:00     ¥3 per 1M tokens  ¥0.30 per 1M tokens     ¥9 per 1M tokens",
            " 22:00–08:00  ¥1.50 per 1M tokens  ¥0.15 per 1M tokens  ¥4.50 per 1M tokens",
        ]
    );
    let card = json(&folder, "models day --catalog {day.toml}");
    let tiers = &card["models"][0]["standard"]["tiers"];
    assert_eq!(
        (&tiers[0]["hours"], &tiers[1]["hours"]),
        (&"08:00-22:00".into(), &"22:00-08:00".into())
    );
    let sheet = printed(&folder, "models day --catalog {day.toml} --format csv");
    assert!(sheet.contains(",standard 22:00-08:00,"), "{sheet}");
}

#[test]
fn an_export_tells_the_hours_apart() {
    let plan = "version = 1\ndays = 30\n[[deployment]]\nname = \"d\"\nmodel = \"day\"\nmethod = \"tokens\"\ninput = \"1M\"\noutput = \"100k\"\n";
    let folder = Folder::new(&[("day.toml", DAY), ("plan.toml", plan)]);
    let line = "check {plan.toml} --catalog {day.toml} --format";
    let focus = printed(&folder, &format!("{line} focus"));
    for hours in ["08:00-22:00", "22:00-08:00"] {
        assert!(
            focus.contains(&format!("/cn-beijing/token/{hours}")),
            "{focus}"
        );
        assert!(
            focus.contains(&format!("\"\"x_Hours\"\":\"\"{hours}\"\"")),
            "{focus}"
        );
    }
    let sheet = printed(&folder, &format!("{line} csv"));
    assert!(
        sheet.contains("\"Input tokens, 08:00–22:00\",583333,token"),
        "{sheet}"
    );
    // Against itself as it was nothing changed.
    let before = printed(&folder, "check {plan.toml} --catalog {day.toml} --json");
    folder.file("before.json", &before);
    let same = json(
        &folder,
        "check {plan.toml} --catalog {day.toml} --baseline {before.json}",
    );
    assert_eq!(same["baseline"]["difference"], "0", "{same}");
}

#[test]
fn a_price_that_became_one_by_the_hour_is_a_changed_price() {
    let plan = "version = 1\ndays = 30\n[[deployment]]\nname = \"d\"\nmodel = \"day\"\nmethod = \"tokens\"\ninput = \"1M\"\noutput = \"100k\"\n";
    let flat = "[[model]]\ncode = \"day\"\n[[model.standard]]\ntiers = [{ input = \"3 per 1M tokens\", output = \"8 per 1M tokens\" }]\n";
    let flat = format!("version = 1\n[provider]\nid = \"alibaba\"\n{flat}");
    let folder = Folder::new(&[("day.toml", DAY), ("flat.toml", &flat), ("plan.toml", plan)]);
    let before = printed(&folder, "check {plan.toml} --catalog {flat.toml} --json");
    folder.file("before.json", &before);
    let now = json(
        &folder,
        "check {plan.toml} --catalog {day.toml} --baseline {before.json}",
    );
    let prices = &now["baseline"]["deployments"][0]["prices"];
    let said = |price: &serde_json::Value| {
        ["item", "old", "new"]
            .map(|key| price[key].as_str().unwrap().to_owned())
            .join("; ")
    };
    let said: Vec<String> = prices.as_array().unwrap().iter().map(said).collect();
    assert_eq!(
        said,
        [
            "Output tokens, 08:00–22:00; 8 per 1000000 token; 9 per 1000000 token",
            "Input tokens, 22:00–08:00; 3 per 1000000 token; 1.5 per 1000000 token",
            "Output tokens, 22:00–08:00; 8 per 1000000 token; 4.5 per 1000000 token",
        ]
    );
}

#[test]
fn a_day_of_tokens_has_no_price_by_the_hour() {
    let account = "version = 1\n[[resource]]\nname = \"t\"\nkind = \"tokens\"\nsource = \"purchased\"\ntotal = 10\nused = 0\nexpires = 2026-12-31\n";
    let folder = Folder::new(&[("day.toml", DAY), ("account.toml", account)]);
    let refused = common::run(&args(
        &folder,
        "resources {account.toml} --model day --catalog {day.toml}",
    ));
    assert_eq!(
        (
            refused.code,
            refused.stdout.as_str(),
            refused.stderr.as_str()
        ),
        (
            1,
            "",
            "error: `day` is priced by the hour of the day\n\nhint: give the price that holds for your calls: `--price-in <AMOUNT> --price-out <AMOUNT>`\n"
        )
    );
}
