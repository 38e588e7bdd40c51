//! What has left its page is priced at its last known price, and marked wherever it is.

use super::shop::Shop;

const DEPLOYMENT: &str =
    "not on the page since 2026-08-18 (last seen 2026-08-17); deployments bought before may go on";
const CALLS: &str = "ordinary calls are not on the page since 2026-08-18 (last seen 2026-08-17); whether they still go through is not known";
const PTU: &str = "ptu gone --input-tpm 10k --output-tpm 1k --days 1";

#[test]
fn every_quote_says_that_it_has_left() {
    let shop = Shop::new();
    assert_eq!(shop.notes(PTU), [DEPLOYMENT]);
    assert_eq!(
        shop.json(&format!("quote {PTU}"))["quotes"][0]["total"],
        "99.36"
    );
    for line in [
        "tokens gone --input 1000 --output 10",
        "tokens gone --input 1000 --output 10 --as-of 2026-08-18",
    ] {
        assert_eq!(shop.notes(line), [CALLS], "{line}");
    }
    assert_eq!(
        shop.notes("mu gone --spec MU1x2 --hours 1"),
        [
            "not on the page since 2026-08-03 (last seen 2026-07-29); deployments bought before may go on"
        ]
    );
    // Overflow of a reservation is of ordinary calls, and both have left.
    let overflow = format!("{PTU} --rpm 30 --input-per-request 4000 --output-per-request 400");
    assert_eq!(shop.notes(&overflow), [DEPLOYMENT, CALLS]);
    for format in ["table", "markdown", "html"] {
        let text = shop.run(&format!("quote {PTU} --format {format}")).stdout;
        assert!(text.contains("not on the page since 2026-08-18"), "{text}");
    }
    let csv = shop.run(&format!("quote {PTU} --format csv")).stdout;
    assert!(csv.contains("gone 2026-08-18"), "{csv}");
}

#[test]
fn of_other_specifications_days_and_prices_nothing_is_said() {
    let shop = Shop::new();
    for line in [
        "mu gone --spec MU2x2 --hours 1",
        "ptu gone --input-tpm 10k --output-tpm 1k --days 1 --as-of 2026-08-17",
        "tokens back --input 1000 --output 10",
        "tokens back --input 1000 --output 10 --as-of 2026-06-30",
    ] {
        assert!(
            shop.notes(line).is_empty(),
            "{line}: {:?}",
            shop.notes(line)
        );
    }
    // Between leaving and coming back.
    assert_eq!(
        shop.notes("tokens back --input 1000 --output 10 --as-of 2026-09-30"),
        [
            "ordinary calls are not on the page since 2026-07-01 (last seen 2026-06-30); whether they still go through is not known"
        ]
    );
}

#[test]
fn json_has_the_days() {
    let shop = Shop::new();
    let quote = shop.json(&format!("quote {PTU}"));
    let source = &quote["quotes"][0]["items"][0]["source"];
    assert_eq!(
        (&source["seen"], &source["until"]),
        (&"2026-08-17".into(), &"2026-08-18".into())
    );
    let models = shop.json("models gone");
    let card = &models["models"][0];
    assert_eq!(card["ptu"]["source"]["until"], "2026-08-18");
    assert_eq!(card["mu"][0]["source"]["until"], "2026-08-03");
    assert!(card["mu"][1]["source"]["until"].is_null());
}

#[test]
fn the_list_and_the_card_mark_it() {
    let shop = Shop::new();
    let list = shop.stdout("models shop");
    assert!(
        list.contains("2 models with a price that is not on its page any more"),
        "{list}"
    );
    assert!(
        list.contains("\n     PTU, ordinary calls left 2026-08-18; MU1x2 left 2026-08-03\n"),
        "{list}"
    );
    let card = shop.stdout("models gone");
    assert!(
        card.contains(
            "\nMU1x2: not on the page since 2026-08-03 (last seen 2026-07-29); what was bought"
        ),
        "{card}"
    );
    let before = shop.stdout("models gone --as-of 2026-07-29");
    assert!(!before.contains("on the page"), "{before}");
    let csv = shop.run("models gone --format csv").stdout;
    assert!(
        csv.lines().next().unwrap().ends_with(",source,seen,until"),
        "{csv}"
    );
    assert!(csv.contains(",2026-08-17,2026-08-18\n"), "{csv}");
    let csv = shop.run("models halved --format csv").stdout;
    assert!(csv.lines().next().unwrap().ends_with(",source"), "{csv}");
}

#[test]
fn a_comparison_ranks_it_and_says_so() {
    let shop = Shop::new();
    let line = "compare gone --rpm 1 --input-per-request 900 --output-per-request 100";
    let text = shop.stdout(line);
    assert!(
        text.contains("\nIts price is the last known one: ordinary calls are not on the page since\n2026-08-18"),
        "{text}"
    );
    let report = shop.json(line);
    assert_eq!(report["options"][0]["option"], "standard");
    for (at, said) in [(0, CALLS), (1, DEPLOYMENT)] {
        let caveats = report["options"][at]["caveats"].as_array().unwrap();
        assert!(
            caveats.iter().any(|caveat| caveat["message"] == said),
            "{caveats:?}"
        );
    }
    // What is not ranked has no caveat in the table, and is named.
    assert!(
        text.contains("mu-hourly: not on the page since 2026-08-03"),
        "{text}"
    );
    let before = shop.stdout(&format!("{line} --as-of 2026-07-29"));
    assert!(!before.contains("on the page"), "{before}");
}

#[test]
fn a_plan_names_the_deployments() {
    let shop = Shop::new();
    let plan = shop.file(
        "plan.toml",
        "version = 1\ndays = 30\n[[deployment]]\nname = \"old\"\nmethod = \"ptu\"\nmodel = \"gone\"\n\
         input_tpm = 10000\noutput_tpm = 1000\nterm = \"subscription\"\n\
         [[deployment]]\nname = \"chat\"\nmethod = \"mu\"\nmodel = \"gone\"\nspec = \"MU2x2\"\nterm = \"pay-as-you-go\"\n\
         rpm = 1\ninput_per_request = 900\noutput_per_request = 100\n",
    );
    let text = shop.stdout(&format!("check {plan}"));
    assert!(
        text.contains("\n Not on the page\n   old: not on the page since 2026-08-18"),
        "{text}"
    );
    assert!(!text.contains("chat: not on the page"), "{text}");
    // The cheapest way for the other one has left.
    let cheapest = shop.stdout(&format!("check {plan} --cheapest"));
    assert!(
        cheapest.contains(
            "chat: standard at ¥362.88 would save ¥90,357.12; ordinary calls are not on\n"
        ),
        "{cheapest}"
    );
    let report = shop.json(&format!("check {plan} --cheapest"));
    assert_eq!(report["deployments"][1]["cheapest"]["caveat"], CALLS);
}

#[test]
fn a_forecast_of_an_account_says_it_too() {
    let shop = Shop::new();
    let account = shop.file(
        "account.toml",
        "[[resource]]\nname = \"Pack\"\nkind = \"tokens\"\nsource = \"purchased\"\ntotal = 1_000_000\n\
         used = 100_000\nexpires = 2026-12-20\nusage_per_day = { input = 20_000, output = 5_000 }\n",
    );
    let text = shop.stdout(&format!("resources {account} --model gone"));
    assert!(
        text.contains("ordinary calls are not on the page since"),
        "{text}"
    );
}
