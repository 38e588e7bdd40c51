//! What an overdue balance does in each product.

use serde_json::{Value, json};

use super::support::{example_catalog, json as printed, quote, refused, stdout};
use super::{Folder, notes};

/// 374.40 an hour.
const HOURLY: &str = "ptu qwen3.7-max-2026-05-20 --input-tpm 100k --output-tpm 10k";

fn overdue(quote: &Value) -> Value {
    quote["overdue"].clone()
}

#[test]
fn throughput_by_the_hour_is_kept_and_billed_for_a_day_and_released() {
    let line = format!("{HOURLY} --hours 240 --start 2026-06-01T10:00");
    let since = format!("{line} --overdue-since 2026-06-03T12:30");
    assert_eq!(
        overdue(&quote(&since)),
        json!({
            "since": "2026-06-03T12:30:00+08:00",
            "outcome": "kept-and-billed",
            "billed_until": "2026-06-04T12:30:00+08:00",
            "billed": "8985.6",
            "in_total": true,
            "released": "2026-06-04T12:30:00+08:00",
            "overflow_stops": false
        })
    );
    // Deleted before that: the hours that begin at 13:00 to 19:00.
    let short = quote(&format!(
        "{HOURLY} --hours 10 --start 2026-06-01T10:00 --overdue-since 2026-06-01T12:30 --discount 50%"
    ));
    assert_eq!(short["overdue"]["billed"], "1310.4");
    assert_eq!(
        short["overdue"]["billed_until"],
        "2026-06-01T20:00:00+08:00"
    );
    assert_eq!(short["overdue"]["released"], Value::Null);
    // Where nobody says when it starts, a day more is the most.
    let unknown = quote(&format!("{HOURLY} --hours 10 --overdue-since 2026-06-01"));
    assert_eq!(unknown["overdue"]["billed"], "8985.6");
    assert_eq!(unknown["overdue"]["in_total"], false);
    let table = stdout(&format!(
        "quote {HOURLY} --hours 10 --overdue-since 2026-06-01"
    ));
    assert!(
        table.contains(
            "\n Overdue since 2026-06-01 00:00:00 +08:00: kept and billed until 2026-06-02\n   \
             00:00:00 +08:00 (at most ¥8,985.60, not in the total) and then released\n"
        ),
        "{table}"
    );
}

#[test]
fn it_comes_back_by_the_rules_that_say_so() {
    let said = "with an overdue balance the deployment is kept and billed for 24 hours more, then released: ¥8,985.60, not in the total";
    let on = |as_of: &str| {
        notes(
            &quote(&format!("{HOURLY} --hours 10 --as-of {as_of}")),
            "ptu.overdue",
        )
    };
    assert_eq!(on("2026-09-21"), [said]);
    assert_eq!(
        on("2026-09-22"),
        [format!(
            "{said}; when the balance is topped up it comes back and is billed again, unless its task is deleted"
        )]
    );
}

#[test]
fn replicas_by_the_minute_are_read_alike() {
    let quoted = quote(
        "mu qwen3-8b --spec MU5x1 --hours 48 --start 2026-06-01T10:00 --overdue-since 2026-06-02",
    );
    // 24 × 21.
    assert_eq!(quoted["overdue"]["billed"], "504");
    let note = &quoted["notes"][0];
    assert_eq!(
        (&note["rule"], &note["basis"]),
        (&json!("ptu.overdue"), &json!("reading"))
    );
    assert_eq!(note["amount"], "504");
    // Minutes that begin from 10:30:30 to the end at 11:00.
    let short = quote(
        "mu qwen3-8b --spec MU5x1 --hours 1 --start 2026-06-01T10:00 --overdue-since 2026-06-01T10:30:30",
    );
    // 29 × 21 ÷ 60.
    assert_eq!(short["overdue"]["billed"], "10.15");
}

#[test]
fn nothing_is_documented_of_prepaid_terms() {
    for line in [
        "ptu glm-5.1 --input-tpm 10k --output-tpm 1k --days 7",
        "mu qwen3-8b --spec MU5x1 --months 1 --renew 1",
    ] {
        let quoted = quote(&format!("{line} --overdue-since 2026-06-02"));
        assert_eq!(quoted["overdue"]["outcome"], "not-documented", "{line}");
    }
    // Calls beyond a reservation are ordinary calls.
    let served = quote(
        "ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k --days 7 --rpm 30 --input-per-request 4000 --output-per-request 400 --overdue-since 2026-06-02",
    );
    assert_eq!(served["overdue"]["overflow_stops"], true);
    assert_eq!(notes(&served, "free.overdue").len(), 1);
}

#[test]
fn no_model_of_alibaba_can_be_called_free_quota_or_not() {
    let line = "tokens glm-5.1 --input 1M --output 1M --requests 9";
    let blocked = "while the balance of the account is overdue no model can be called, also where free quota is left";
    let funded = quote(&format!("{line} --free-quota 1M"));
    assert_eq!(notes(&funded, "free.overdue"), [blocked]);
    assert_eq!(funded["overdue"], Value::Null);
    assert_eq!(notes(&quote(line), "free.overdue"), Vec::<String>::new());
    let since = quote(&format!("{line} --overdue-since 2026-06-02"));
    assert_eq!(since["overdue"]["outcome"], "calls-stop");
    assert_eq!(since["overdue"]["billed"], Value::Null);
    assert_eq!(notes(&since, "free.overdue"), [blocked]);
}

#[test]
fn a_service_of_tencent_is_stopped_and_comes_back_by_itself() {
    let (_folder, path) = example_catalog("tencent.toml");
    let line =
        format!("tokens tencent/chat-model --input 1M --output 1M --requests 999 --catalog {path}");
    let stopped = "while the balance of the account is overdue a pay-as-you-go service, default or custom, is Stopped; it is Running again by itself when the balance is replenished";
    let quoted = quote(&line);
    assert!(notes(&quoted, "service.status").contains(&stopped.to_owned()));
    // What is not billed afterwards does not depend on a balance.
    let off = quote(&format!("{line} --free-quota 1M --postpaid off"));
    assert!(!notes(&off, "service.status").contains(&stopped.to_owned()));
    let since = quote(&format!("{line} --overdue-since 2026-06-02"));
    assert_eq!(since["overdue"]["outcome"], "service-stops");
}

#[test]
fn resources_of_an_overdue_account_cannot_be_used() {
    let account = "[[resource]]\nname = \"A\"\nkind = \"tokens\"\nsource = \"purchased\"\n\
                   total = 1000\nused = 1\nexpires = 2026-12-31\n";
    let folder = Folder::new(&[("account.toml", account)]);
    let line = format!(
        "resources {} --today 2026-11-20",
        folder.path_of("account.toml")
    );
    assert_eq!(
        notes(&printed(&line), "resource.overdue"),
        ["while the account is overdue its services cannot be used, whatever is left here"]
    );
    let since = printed(&format!("{line} --overdue-since 2026-11-10"));
    assert_eq!(since["overdue_since"], "2026-11-10T00:00:00+08:00");
    assert_eq!(
        notes(&since, "resource.overdue"),
        [
            "the account is overdue since 2026-11-10 00:00:00 +08:00: from then on its services cannot be used, whatever is left here; whether anything is billed meanwhile, and whether validity goes on, is not documented"
        ]
    );
}

#[test]
fn a_balance_is_overdue_while_something_runs() {
    let line = format!("quote {HOURLY} --hours 10 --start 2026-06-01T10:00 --overdue-since");
    for (since, message) in [
        (
            "2026-06-01",
            "the balance is overdue since 2026-06-01 00:00:00, before the deployment starts at 2026-06-01 10:00:00",
        ),
        (
            "2026-06-01T20:00",
            "the balance is overdue since 2026-06-01 20:00:00, and the deployment has ended by 2026-06-01 20:00:00",
        ),
    ] {
        let (code, stderr) = refused(&format!("{line} {since}"));
        assert_eq!(
            (code, stderr),
            (
                1,
                format!(
                    "error: {message}\n\nhint: give a moment in the time of the deployment, which `--start` begins\n"
                )
            )
        );
    }
    let (code, stderr) = refused(&format!("{line} 2026-6-1"));
    assert_eq!(code, 2, "{stderr}");
    for command in ["quote ptu glm-5.1 --fit peak", "quote tokens glm-5.1"] {
        let (code, stderr) = refused(&format!(
            "{command} --trace calls.csv --overdue-since 2026-06-01"
        ));
        assert_eq!(
            (code, stderr),
            (
                2,
                "error: `--overdue-since` cannot be used with `--trace`\n\nhint: leave one of them out\n".to_owned()
            )
        );
    }
}

#[test]
fn every_subscription_says_that_its_grace_may_be_billed() {
    let said = "the service stops 2 hours after it expires, and its resources are released 14 hours later; whether these hours are billed is not documented";
    let line = "ptu glm-5.1 --input-tpm 10k --output-tpm 1k --days 1";
    for flags in ["", "--renew 1", "--start 2026-06-01T10:00"] {
        assert_eq!(
            notes(&quote(&format!("{line} {flags}")), "ptu.grace"),
            [said],
            "{flags}"
        );
    }
}
