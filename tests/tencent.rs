//! A provider whose billing is documented and whose prices are not: a file of one's own adds them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::fs;

use serde_json::{Value, json};
use support::{example_catalog, json as printed, quote, refused, rules_of, stdout};

/// What the hint of an unknown model says to write.
fn hinted(line: &str) -> String {
    let (code, stderr) = refused(line);
    assert_eq!(code, 1, "{stderr}");
    let (_, lines) = stderr.split_once("`--catalog`:\n\n").unwrap();
    lines.to_owned()
}

/// A folder with one catalog file, and the file's path.
fn file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

/// A Tencent file with this `[billing.ptu]` and this row.
fn reservation(billing: &str, row: &str) -> (tempfile::TempDir, String) {
    file(&format!(
        "version = 1\n[provider]\nid = \"tencent\"\nregion = \"r\"\nregion_name = \"R\"\ncurrency = \"CNY\"\n\
        [billing.ptu]\n{billing}\n[[model]]\ncode = \"m\"\n[[model.ptu]]\n{row}\n"
    ))
}

/// The first line of stderr of a quote for a day with this file.
fn error_of(billing: &str, row: &str) -> String {
    let (_folder, path) = reservation(billing, row);
    let (code, stderr) = refused(&format!(
        "quote ptu m --input-tpm 1 --output-tpm 1 --days 1 --catalog {path}"
    ));
    assert_eq!(code, 1);
    stderr.lines().next().unwrap().replace(&path, "own.toml")
}

/// What is said of a balance that can run out.
const STOPPED: &str = "while the balance of the account is overdue a pay-as-you-go service, default or custom, is Stopped; it is Running again by itself when the balance is replenished";

const BY_THE_HOUR: &str =
    "input = { hour = \"1 per TPM-hour\" }\noutput = [{ hour = \"1 per TPM-hour\" }]";
const BY_THE_DAY: &str =
    "input = { day = \"1 per TPM-day\" }\noutput = [{ day = \"1 per TPM-day\" }]";

#[test]
fn without_a_price_it_is_refused_with_the_lines_to_write() {
    for line in [
        "quote tokens tencent/hunyuan --input 1 --output 1",
        "quote ptu Tencent/hunyuan --input-tpm 1 --output-tpm 1 --days 1",
        "compare tencent/hunyuan --rpm 1 --input-per-request 1 --output-per-request 1",
        "models tencent/hunyuan",
    ] {
        let (_, stderr) = refused(line);
        let error = "error: `tencent` publishes no prices, so `tencent/hunyuan` has none\n\nhint: ";
        assert!(stderr.starts_with(error), "{line}: {stderr}");
        assert!(hinted(line).contains("\ncode = \"hunyuan\"\n"));
    }
}

#[test]
fn a_provider_is_not_a_model() {
    for line in [
        "quote tokens tencent --input 1 --output 1",
        "quote ptu Tencent --input-tpm 1 --output-tpm 1 --days 1",
        "compare tencent/ --rpm 1 --input-per-request 1 --output-per-request 1",
        "models tencent --format csv",
        "models tencent --method tokens",
    ] {
        let (code, stderr) = refused(line);
        assert_eq!(code, 1, "{line}");
        assert_eq!(
            stderr,
            "error: `tencent` is a provider, not a model, and publishes no prices\n\n\
            hint: name a model of it as `tencent/<CODE>`: then this hint shows the lines that give it prices\n",
            "{line}"
        );
    }
    let (_, stderr) = refused("quote tokens alibaba --input 1 --output 1");
    assert_eq!(
        stderr,
        "error: `alibaba` is a provider, not a model\n\n\
        hint: name one of its models, as `alibaba/<CODE>`: `tollgate models alibaba` lists them\n"
    );
    // Where it has prices, its models are listed.
    let (_folder, path) = example_catalog("tencent.toml");
    let listed = |line: &str| printed(line)["models"].as_array().unwrap().len();
    assert_eq!(listed(&format!("models tencent --catalog {path}")), 1);
    let of = |provider: &str| listed(&format!("models {provider}"));
    assert_eq!(of("alibaba") + of("azure") + of("google"), listed("models"));
}

#[test]
fn the_name_of_a_provider_prints_how_its_services_are_paid() {
    let card = "\
Tencent Cloud online inference · tencent

 Billing modes (service.mode)
   Free Trial: usage within the free trial package is not billed
   Pay-as-you-go: postpaid by token; it can be enabled before the free trial is
     used up, and then both show
   TPM Reservation: traffic above the TPM limit is billed by token
   None: the free trial is used up and postpaid is not enabled: the service is
     stopped

 Statuses (service.status)
   Not Enabled: a default service before its first use; the free trial makes it
     Running
   Activating: a service that is enabled for the first time; expected to be
     Running within 5 seconds
   Running: the service can be called
   Stopped: pay-as-you-go with an overdue payment, Running again by itself once
     the balance is replenished; or the free trial used up without postpaid, or
     postpaid switched off, until postpaid is enabled by hand

 Types of service (service.type)
   default: made by the platform for every model that it supports
   custom: made by the account, several to tell teams apart; needed for TPM
     Reservation

 Consumed in this order (service.order)
   Free Trial
   Pay-as-you-go

 Notices of resources (resource.notices)
   product-console: above 90 % used, at 100 %, 30, 7 and 1 days before expiry,
     and once expired, in the notification center and on banners
   subscription: packages when 10, 5 and 1 % remain, and all that is prepaid 7,
     5, 3 and 1 days before expiry; of purchased resources only, in the site, by
     SMS or email, as set in the Message Center

 Resources (resource.kinds)
   list of resources: it is being discontinued: whoever bought packages uses
     Billing Resources
   postpaid setting: sub-accounts need a permission for it that the main account
     grants

 `--details` shows documents
";
    assert_eq!(stdout("models tencent"), card);
    let markdown = stdout("models TENCENT/ --format markdown");
    assert!(
        markdown.starts_with(
            "### Tencent Cloud online inference · tencent\n\nBilling modes (`service.mode`):\n\n- Free Trial: "
        ),
        "{markdown}"
    );
    assert!(
        markdown.contains("\n- None: the free trial is used up"),
        "{markdown}"
    );
    let report = printed("models tencent");
    assert_eq!(report["models"], json!([]));
    let groups = report["provider"]["groups"].as_array().unwrap();
    let ids: Vec<&Value> = groups.iter().map(|group| &group["id"]).collect();
    assert_eq!(
        ids,
        [
            "billing_modes",
            "statuses",
            "types",
            "consumption_order",
            "notices",
            "resources"
        ]
    );
    // With prices its models follow.
    let (_folder, path) = example_catalog("tencent.toml");
    let priced = stdout(&format!("models tencent --catalog {path}"));
    assert!(
        priced.starts_with("Tencent Cloud online inference · tencent\nChat-Model: "),
        "{priced}"
    );
    let (_, rules) = card.split_once("\n\n").unwrap();
    let (rules, _) = rules.split_once("\n\n `--details`").unwrap();
    assert!(priced.contains(rules), "{priced}");
    assert!(priced.contains("Chat-Model"), "{priced}");
}

#[test]
fn the_card_of_a_provider_of_deployments_says_what_bills() {
    let report = printed("models alibaba");
    let card = &report["provider"];
    let groups = card["groups"].as_array().unwrap();
    let ids: Vec<Value> = groups
        .iter()
        .map(|group| json!([group["id"], group["rule"]]))
        .collect();
    assert_eq!(
        json!(ids),
        json!([
            ["before", null],
            ["configuration", null],
            ["deployment_statuses", "deploy.window"],
            ["scaling", "deploy.autoscale"],
            ["end", "deploy.window"],
            ["free_quota", "free.scope"],
        ])
    );
    assert_eq!(
        card["documents"],
        json!(["alibaba-model-deployment", "alibaba-free-quota"])
    );
    let statuses: Vec<&str> = groups[2]["entries"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|entry| entry["name"].as_str().unwrap().split(", "))
        .collect();
    // The twelve that the list of deployments shows, each once.
    let mut twelve = vec![
        "Pending",
        "Deploying",
        "Running",
        "Deployment Failed",
        "Taking Offline",
        "Service Suspended",
        "Stopped",
        "Deleting",
        "Suspended (Unsubscribed/Overdue)",
        "Restoring",
        "Running (Resizing)",
        "Running (Resizing Failed)",
    ];
    let mut found = statuses.clone();
    found.sort_unstable();
    twelve.sort_unstable();
    assert_eq!(found, twelve);
    let table = stdout("models alibaba");
    let (first, _) = table.split_once("\n\n Configured").unwrap();
    assert_eq!(
        first,
        "\
Alibaba Cloud Model Studio · alibaba
145 models, prices in force on 2026-11-20
35 models with a price that is not on its page any more: the last known one is
shown.
The lowest price of each: PTU and tokens of input, standard reservations of
input, model units of a replica, dedicated throughput units of one.

 Before a deployment
   permission: an account needs `ModelDeploy-FullAccess` in its workspace, or
     deploying ends with \"insufficient permissions\"
   billing method: it cannot be changed once a service is there: deploy anew,
     test, then release the old one
   capacity pack: it can be bought for a deployment of provisioned throughput;
     no price is published, so it is not quoted"
    );
    // A provider of one's own has none: no document of its own says so.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    fs::write(
        &file,
        "version = 1\n[provider]\nid = \"own\"\nname = \"Own\"\nregion = \"here\"\nregion_name = \"Here\"\n\
         currency = \"CNY\"\n[[model]]\ncode = \"m\"\n[[model.standard]]\n\
         tiers = [{ input = \"1 per 1M tokens\", output = \"2 per 1M tokens\" }]\n",
    )
    .unwrap();
    let own = printed(&format!("models own --catalog {}", file.to_str().unwrap()));
    assert!(own.get("provider").is_none(), "{own}");
}

#[test]
fn a_provider_of_a_file_has_its_words_and_no_meaning_of_another() {
    let (_folder, path) = file(
        "version = 1\n[provider]\nid = \"mine\"\nname = \"Mine\"\n[service]\n\
        billing_modes = [\"Free Trial\", \"Pay-as-you-go\"]\nstatuses = [\"Running\"]\n\
        types = [\"custom\"]\nconsumption_order = [\"Free Trial\", \"Pay-as-you-go\"]\n\
        source = \"s\"\n[source.s]\ndocument = \"Ours\"\nsection = \"1\"\n",
    );
    assert_eq!(
        stdout(&format!("models mine --catalog {path}")),
        "\
Mine · mine

 Billing modes
   Free Trial
   Pay-as-you-go

 Statuses
   Running

 Types of service
   custom

 Consumed in this order
   Free Trial
   Pay-as-you-go
"
    );
}

#[test]
fn the_lines_of_the_hint_price_the_model_once_they_are_filled_in() {
    let lines = hinted("quote tokens tencent/hunyuan --input 1 --output 1");
    let (_folder, empty) = file(&lines);
    let (code, _) = refused(&format!("models tencent/hunyuan --catalog {empty}"));
    assert_eq!(code, 1);
    let filled = lines
        .replace("currency = \"?\"", "currency = \"CNY\"")
        .replace("\"?\"", "\"somewhere\"")
        .replace("\"? per", "\"3 per");
    let (_folder, path) = file(&filled);
    let tokens = quote(&format!(
        "tokens tencent/hunyuan --input 1M --output 1M --catalog {path}"
    ));
    assert_eq!(tokens["total"], "6");
    let reserved = quote(&format!(
        "ptu hunyuan --input-tpm 10k --output-tpm 1k --months 2 --catalog {path}"
    ));
    assert_eq!(reserved["total"], "12");
}

#[test]
fn the_template_of_the_readme_prices_tokens_and_a_reservation() {
    let (_folder, path) = example_catalog("tencent.toml");
    let quoted = quote(&format!(
        "ptu tencent/chat-model --input-tpm 100k --output-tpm 10k --months 1 --rpm 30 --input-per-request 4000 --output-per-request 400 --free-quota 100M --catalog {path}"
    ));
    // 5 of 30 calls a minute for 30 days: 864M and 86.4M tokens.
    let amounts: Vec<&Value> = (0..4).map(|at| &quoted["items"][at]["amount"]).collect();
    assert_eq!(amounts, ["40000", "16000", "3456", "1382.4"]);
    assert_eq!(quoted["parameters"]["product"], "TPM Reservation");
    assert_eq!(quoted["parameters"]["duration"], "P1M");
    assert_eq!(quoted["items"][0]["unit"], "TPM-month");
    assert_eq!(
        quoted["funding"]["modes"],
        json!(["TPM Reservation", "Free Trial", "Pay-as-you-go"])
    );
    assert_eq!(quoted["overflow"]["rule"], "service.mode");
    assert_eq!(
        rules_of(&quoted),
        [
            "service.mode",
            "service.mode",
            "service.mode",
            "service.type",
            "service.order",
            "service.order",
            "service.order"
        ]
    );
    // Nothing is said in the words of another provider's platform.
    assert!(!quoted.to_string().contains("dashscope"));
}

#[test]
fn usage_that_nobody_funds_is_pay_as_you_go() {
    let (_folder, path) = example_catalog("tencent.toml");
    let quoted = quote(&format!(
        "tokens tencent/chat-model --input 1M --output 0 --catalog {path}"
    ));
    assert_eq!(
        quoted["funding"],
        json!({
            "modes": ["Pay-as-you-go"], "status": "Running", "offset_tokens": "0",
            "billed_tokens": "1000000", "unserved_tokens": "0",
            "exhausted_after": null, "per_day_after": null
        })
    );
    // Its balance can run out.
    assert_eq!(
        quoted["notes"],
        json!([{ "rule": "service.status", "basis": "literal", "message": STOPPED }])
    );
}

#[test]
fn nothing_is_said_in_the_name_of_another_providers_document() {
    let (_folder, path) = example_catalog("tencent.toml");
    let text = fs::read_to_string(&path).unwrap();
    let fine_tuned = "\n[[model.fine_tuned]]\ninput = \"0.0005 per 1K tokens\"\noutput = [{ price = \"0.002 per 1K tokens\" }]\n";
    let by_the_day = text
        .replace(
            "{ hour = \"12 per",
            "{ day = \"140 per 10K TPM-day\", hour = \"12 per",
        )
        .replace(
            "{ hour = \"5 per",
            "{ day = \"60 per 1K TPM-day\", hour = \"5 per",
        );
    assert_ne!(text, by_the_day);
    fs::write(&path, by_the_day + fine_tuned).unwrap();
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    let used = "--free-quota 10M --free-used 1M --free-used 2M";
    // What the documents about deployments and about the free quota of another provider say, apart
    // from how a total is read.
    let foreign = |text: &str| {
        [
            "ptu.no-early-end",
            "ptu.overflow\"",
            "ptu.overflow)",
            "ptu.overflow:",
            "ptu.hourly",
            "ptu.daily",
            "ptu.steps",
            "free.shared",
            "free.per-model",
            "free.scope",
            "free.no-notice",
            "free.overrun",
            "free.validity",
            "deploy.",
            "RAM users",
            "LoRA",
        ]
        .into_iter()
        .find(|word| text.contains(word))
    };
    for line in [
        format!("compare chat-model {load} {used} --hours-per-day 8 --current ptu-daily"),
        format!("compare chat-model {load} --free-quota 9M --free-expires 2026-11-19"),
        format!("quote ptu chat-model --fit cheapest --days 3 {load}"),
        format!("quote ptu chat-model --fit peak --hours 3.5 {load} --start 2026-12-01T10:00"),
        format!("quote ptu chat-model --input-tpm 7 --output-tpm 9 --days 3 {load} {used}"),
        format!("quote tokens chat-model --rate standard {load} {used}"),
        format!("quote tokens chat-model --rate fine-tuned --input 1M --output 1M {used}"),
        "models chat-model".to_owned(),
    ] {
        for format in ["table", "markdown"] {
            let shown = stdout(&format!("{line} --catalog {path} --format {format}"));
            assert_eq!(foreign(&shown), None, "{line}: {shown}");
        }
    }
    // No document of this provider limits what a free trial pays for.
    let quoted = quote(&format!(
        "tokens chat-model --rate fine-tuned --input 1M --output 1M {used} --catalog {path}"
    ));
    assert_eq!(quoted["total"], "0");
    assert_eq!(
        quoted["notes"],
        json!([{
            "rule": "service.order", "basis": "given",
            "message": "of the free quota: 10,000,000 tokens less 1,000,000 and 2,000,000, so 7,000,000 are left"
        }, {
            "rule": "service.status", "basis": "literal", "message": STOPPED
        }])
    );
}

#[test]
fn a_comparison_has_a_reservation_by_the_month_as_its_quote_has_it() {
    let (_folder, path) = example_catalog("tencent.toml");
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    let monthly = |days: u64| {
        let compared = printed(&format!(
            "compare chat-model {load} --days {days} --catalog {path}"
        ));
        let rows = compared["options"].as_array().unwrap().clone();
        rows.into_iter()
            .find(|row| row["option"] == "ptu-monthly")
            .unwrap()
    };
    for (days, months) in [(1, 1), (30, 1), (31, 1), (32, 2), (60, 2), (62, 2)] {
        let row = monthly(days);
        let quoted = quote(&format!(
            "ptu chat-model --fit peak --months {months} {load} --catalog {path}"
        ));
        // A month has the traffic of 30 days, and what is compared that of its own.
        let mut expected = quoted.clone();
        if days != 30 * months {
            let notes = expected["notes"].as_array_mut().unwrap();
            notes.retain(|note| {
                note["message"] != "the traffic of a month is taken as that of 30 days"
            });
        }
        assert_eq!(row["quote"], expected, "{days}");
        // 12 × (4,000 + 1,600) a month.
        assert_eq!(quoted["total"], (67_200 * months).to_string());
        let caveats = match days {
            30 | 31 | 60 | 62 => json!([]),
            1 => json!([{ "rule": null, "message": "1 month covers the 1 day" }]),
            _ => json!([{ "rule": null, "message": "2 months cover the 32 days" }]),
        };
        assert_eq!(row["caveats"], caveats);
    }
    // It has a name, and points of its own.
    let table = stdout(&format!(
        "compare chat-model {load} --current ptu-monthly --overlap 72h --catalog {path} --details"
    ));
    assert!(table.contains("chat-model, 120K / 12K TPM: TPM Reservation by the month costs"));
    assert!(!table.contains("PTU by"), "{table}");
    assert!(table.contains(": TPM Reservation, Pay-as-you-go; Running\n"));
    // What ending the month early gives back is not documented.
    assert!(
        table.contains("what comes back is not documented, taken as nothing"),
        "{table}"
    );
    let card = stdout(&format!("models chat-model --catalog {path}"));
    assert!(card.contains("\n TPM Reservation\n"), "{card}");
    assert!(!card.contains("PTU") && !card.contains("steps"), "{card}");
    // Nobody else sells months, and nothing is said of them there.
    let other = printed(&format!("compare glm-5.1 {load}"));
    assert!(!other.to_string().contains("ptu-monthly"));
}

#[test]
fn a_started_hour_is_rounded_as_the_file_says() {
    let (_folder, path) = example_catalog("tencent.toml");
    let quoted = quote(&format!(
        "ptu tencent/chat-model --input-tpm 10k --output-tpm 1k --hours 1.5 --catalog {path}"
    ));
    assert_eq!(quoted["total"], "34");
    assert_eq!(
        quoted["notes"][0],
        json!({
            "rule": "service.mode", "basis": "given",
            "message": "1h 30m, billed as 2 h: a started hour counts whole"
        })
    );
}

#[test]
fn what_is_not_documented_is_left_open() {
    let (_folder, path) = example_catalog("tencent.toml");
    let line = "ptu chat-model --input-tpm 123 --output-tpm 7 --months 1 --start 2026-12-01T23:00";
    let quoted = quote(&format!("{line} --catalog {path}"));
    assert_eq!(
        quoted["schedule"],
        json!({
            "starts": "2026-12-01T23:00:00+08:00", "expires": null, "stops": null, "released": null
        })
    );
    // Any number of TPM, no calendar of another provider, no overdue hours.
    assert_eq!(rules_of(&quoted), ["service.type"]);
    let table = stdout(&format!("quote {line} --catalog {path}"));
    let answer = " for Chat-Model · TPM Reservation · 123 / 7 TPM · 1 month · subscription ·\nap-guangzhou\n";
    assert!(table.contains(answer), "{table}");
    assert!(table.contains("\n Expires  not documented\n"), "{table}");
    // No limit of a call's input.
    let large = "--hours 1 --rpm 1 --input-per-request 1M --output-per-request 0";
    let quoted = quote(&format!(
        "ptu chat-model --input-tpm 1M --output-tpm 0 {large} --catalog {path}"
    ));
    assert_eq!(quoted["overflow"], Value::Null);
}

#[test]
fn a_period_without_a_price_names_those_that_have_one() {
    let (_folder, path) = example_catalog("tencent.toml");
    let (code, stderr) = refused(&format!(
        "quote ptu chat-model --input-tpm 1 --output-tpm 1 --days 1 --catalog {path}"
    ));
    assert_eq!(code, 1);
    assert_eq!(
        stderr,
        "error: `chat-model` is not sold by the day (`--days`)\n\n\
        hint: it is sold by the hour (`--hours`) or by the month (`--months`)\n"
    );
}

#[test]
fn the_price_card_has_the_months() {
    let (_folder, path) = example_catalog("tencent.toml");
    let card = printed(&format!("models chat-model --catalog {path}"));
    assert_eq!(
        card["models"][0]["ptu"]["month"],
        json!({ "input_per_10k_tpm": "4000", "output_per_1k_tpm": { "default": "1600" } })
    );
    assert_eq!(card["models"][0]["ptu"]["max_input_tokens"], Value::Null);
    // The rules of the services were read too, and without a Tencent model they are not.
    let files = |report: &Value| report["catalog"]["files"].clone();
    assert_eq!(files(&card), json!(["built-in:tencent.toml", path]));
    assert_eq!(
        files(&printed("models")),
        json!([
            "built-in:alibaba.toml",
            "built-in:azure.toml",
            "built-in:google.toml"
        ])
    );
    assert_eq!(
        files(&printed("models tencent")),
        json!(["built-in:tencent.toml"])
    );
}

#[test]
fn a_code_may_have_its_provider_before_it() {
    let line = "--input-tpm 10k --output-tpm 1k --days 1";
    for code in ["alibaba/glm-5.1", "Alibaba/GLM-5.1"] {
        assert_eq!(
            quote(&format!("ptu {code} {line}")),
            quote(&format!("ptu glm-5.1 {line}"))
        );
    }
    let (_, stderr) = refused(&format!("quote ptu alibaba/glm-5.4 {line}"));
    let hint = "hint: did you mean `glm-5.1`, `glm-5.2` or `glm-5.3`?";
    assert!(stderr.contains(hint), "{stderr}");
    for code in ["tencent/glm-5.1", "nobody/glm-5.1", "alibaba/no-such-model"] {
        let (exit, _) = refused(&format!("quote ptu {code} {line}"));
        assert_eq!(exit, 1, "{code}");
    }
}

#[test]
fn a_code_that_another_provider_has_is_written_with_the_provider() {
    let row = BY_THE_DAY;
    let (_folder, path) = reservation("", row);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"m\"", "\"tencent/glm-5.1\"")).unwrap();
    let line = "--input-tpm 10k --output-tpm 1k --days 1";
    let own = quote(&format!("ptu tencent/glm-5.1 {line} --catalog {path}"));
    assert_eq!(own["total"], "11000");
    let other = quote(&format!("ptu glm-5.1 {line} --catalog {path}"));
    assert_eq!(other["model"]["provider"], "alibaba");
}

#[test]
fn a_started_hour_needs_an_increment_and_a_calendar_is_whole() {
    let (_folder, path) = reservation("", BY_THE_HOUR);
    let quote = |hours: &str| {
        let asked = "quote ptu tencent/m --input-tpm 10k --output-tpm 1k";
        format!("{asked} --hours {hours} --catalog {path}")
    };
    let (_, stderr) = refused(&quote("1.5"));
    let error = "error: how a started hour is billed is not documented: the catalog has no `increment` for it";
    assert_eq!(stderr.lines().next(), Some(error));
    stdout(&quote("2"));
    let error = error_of("grace = \"2h\"", BY_THE_DAY);
    assert_eq!(
        error,
        "error: own.toml:7:1: missing field `late_order_after`"
    );
}

#[test]
fn a_row_has_a_maximum_where_the_document_has_one() {
    let alibaba = "version = 1\n[provider]\nid = \"alibaba\"\n";
    let text = format!("{alibaba}[[model]]\ncode = \"m\"\n[[model.ptu]]\n{BY_THE_DAY}\n");
    let (_folder, path) = file(&text);
    let (_, stderr) = refused(&format!("models --catalog {path}"));
    let first = stderr.lines().next().unwrap().replace(&path, "own.toml");
    assert_eq!(
        first,
        "error: own.toml:6:1: missing field `max_input`".to_owned()
    );
}

#[test]
fn a_service_is_described_in_the_words_that_are_known() {
    let service = |from: &str, to: &str| {
        let text = include_str!("../catalog/tencent.toml");
        assert!(text.contains(from), "{from}");
        let (_folder, path) = file(
            &text
                .replace("id = \"tencent\"", "id = \"mine\"")
                .replace(from, to),
        );
        let (code, stderr) = refused(&format!("models --catalog {path}"));
        assert_eq!(code, 1);
        let first = stderr.lines().next().unwrap().to_owned();
        first
            .rsplit_once(": ")
            .map(|(_, reason)| reason.to_owned())
            .unwrap()
    };
    let order = "[\"Free Trial\", \"Pay-as-you-go\"]\nres";
    for (from, to, reason) in [
        (
            "\"Stopped\"]",
            "\"Halted\"]",
            "it is one of `Not Enabled`, `Activating`, `Running`, `Stopped`",
        ),
        ("\"None\"]", "\"Free Trial\"]", "this is in the list twice"),
        (
            "types = [\"default\", \"custom\"]",
            "types = []",
            "a list of a service is not empty",
        ),
        (
            "types = [\"default\", \"custom\"]",
            "types = [\"default\"]",
            "what a reservation needs is one of the `types`",
        ),
        (
            order,
            "[\"Pay-as-you-go\", \"Free Trial\"]\nres",
            "tokens are consumed in the order `Free Trial`, `Pay-as-you-go`",
        ),
        (
            "name = \"TPM Reservation\"",
            "name = \"Free Trial\"",
            "a reservation is `TPM Reservation`, and one of the `billing_modes`",
        ),
        (
            "source = \"service\"",
            "source = \"page\"",
            "define it as `[source.page]`",
        ),
    ] {
        assert_eq!(service(from, to), reason);
    }
}

#[test]
fn a_provider_gets_a_region_and_a_currency_with_its_first_prices() {
    let (_folder, path) =
        file("version = 1\n[provider]\nid = \"tencent\"\nregion = \"r\"\nregion_name = \"R\"\n");
    let (_, stderr) = refused(&format!("models --catalog {path}"));
    let first = stderr.lines().next().unwrap().replace(&path, "own.toml");
    let reason = "the provider `tencent` has no prices yet, so it needs `currency`";
    assert_eq!(first, format!("error: own.toml:3:6: {reason}"));
}
