//! What changed since a baseline: keys, prices, both, and what cannot be compared.

use super::{Folder, text};

const PLAN: &str = "version = 1\ncatalog = \"prices.toml\"\n[[deployment]]\nname = \"own\"\n\
     method = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"MU5x1\"\nhours = 10\n\
     [[deployment]]\nname = \"other\"\nmethod = \"mu\"\nmodel = \"qwen3-rerank\"\nhours = 1\n";

fn prices(hour: &str) -> String {
    format!(
        "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"qwen3-8b\"\n[[model.mu]]\nspec = \"MU5x1\"\n\
         hour = \"{hour} per replica-hour\"\n"
    )
}

#[test]
fn a_new_price_is_not_a_bigger_deployment() {
    let folder = Folder::new(&[("plan.toml", PLAN), ("prices.toml", &prices("10"))]);
    let before = folder.check("plan.toml", "--json");
    folder.write("before.json", &before.stdout);
    folder.write("prices.toml", &prices("12"));
    let report = folder.json("plan.toml", "--baseline @before.json");
    let own = &report["baseline"]["deployments"][0];
    assert_eq!(text(own, "/status"), "changed");
    assert_eq!(own["settings"].as_array().unwrap().len(), 0);
    assert_eq!(text(own, "/prices/0/old"), "10 per 60 replica-minute");
    assert_eq!(text(own, "/prices/0/new"), "12 per 60 replica-minute");
    assert_eq!(text(own, "/difference"), "20");
    assert_eq!(text(own, "/by_prices"), "20");
    assert_eq!(text(own, "/percent"), "20");
    let other = &report["baseline"]["deployments"][1];
    assert_eq!(text(other, "/status"), "same");

    // Twice the hours at the new price: ¥20 by the price, ¥120 by the size.
    folder.write("plan.toml", &PLAN.replace("hours = 10", "hours = 20"));
    let report = folder.json("plan.toml", "--baseline @before.json");
    let own = &report["baseline"]["deployments"][0];
    assert_eq!(text(own, "/difference"), "140");
    assert_eq!(text(own, "/by_prices"), "20");
    assert_eq!(own["settings"].as_array().unwrap().len(), 1);
    assert_eq!(text(own, "/settings/0/key"), "hours");
    assert_eq!(text(own, "/settings/0/old"), "10h");
}

#[test]
fn a_bigger_deployment_has_no_new_price() {
    let folder = Folder::new(&[
        ("plan.toml", PLAN),
        ("prices.toml", &prices("10")),
        (
            "next.toml",
            &PLAN.replace("spec = \"MU5x1\"", "spec = \"MU1x2\""),
        ),
    ]);
    // Another specification has another price, but the catalog did not change.
    let report = folder.json("next.toml", "--baseline @plan.toml");
    let own = &report["baseline"]["deployments"][0];
    assert_eq!(text(own, "/by_prices"), "0");
    assert_eq!(own["prices"].as_array().unwrap().len(), 0);
    assert_eq!(text(own, "/settings/0/key"), "spec");
}

#[test]
fn the_table_says_what_changed_and_why() {
    let folder = Folder::new(&[("plan.toml", PLAN), ("prices.toml", &prices("10"))]);
    folder.write("before.json", &folder.check("plan.toml", "--json").stdout);
    folder.write("prices.toml", &prices("12"));
    folder.write(
        "plan.toml",
        &PLAN
            .replace("hours = 10", "hours = 20\nreplicas = 2")
            .replace("name = \"other\"", "name = \"another\""),
    );
    let outcome = folder.check("plan.toml", "--baseline @before.json");
    let (_, changes) = outcome.stdout.split_once("\n\n Changes since ").unwrap();
    let (changes, _) = changes.split_once("\n\n").unwrap();
    assert_eq!(
        changes,
        "\
 `before.json`
 Deployment   Before      Now           Difference
 own         ¥100.00  ¥480.00  +¥380.00 (+380.00%)
     changed: hours 10h → 20h; replicas none → 2; price of Replicas of MU5x1 10
       → 12 per 60 replica-minute; prices alone make +¥20.00
 another               ¥21.00              +¥21.00
     added: `qwen3-rerank` by mu
 other        ¥21.00            -¥21.00 (-100.00%)
     removed: `qwen3-rerank` by mu
 ─────────────────────────────────────────────────
 Total       ¥121.00  ¥501.00  +¥380.00 (+314.05%)"
    );
}

#[test]
fn another_period_or_discount_is_a_change_of_the_plan() {
    let folder = Folder::new(&[
        ("plan.toml", PLAN),
        ("prices.toml", &prices("10")),
        (
            "next.toml",
            &PLAN.replace("version = 1", "version = 1\ndays = 31\ndiscount = \"10%\""),
        ),
    ]);
    let report = folder.json("next.toml", "--baseline @plan.toml");
    let settings = &report["baseline"]["settings"];
    assert_eq!(text(settings, "/0/key"), "days");
    assert_eq!(text(settings, "/1/key"), "discount");
    assert_eq!(settings[1]["old"], serde_json::Value::Null);
    let own = &report["baseline"]["deployments"][0];
    assert_eq!(text(own, "/status"), "changed");
    assert_eq!(text(own, "/difference"), "-10");
    assert_eq!(text(own, "/by_prices"), "0");
}

#[test]
fn what_cannot_be_a_baseline_is_refused() {
    let folder = Folder::new(&[
        ("plan.toml", PLAN),
        ("prices.toml", &prices("10")),
        ("quote.json", "{ \"schema\": \"tollgate/quote/1\" }"),
        ("cut.json", "{ \"schema\": \"tollgate/check/1\","),
    ]);
    for (name, stderr) in [
        (
            "quote.json",
            "error: the baseline `quote.json` is not the JSON of a check: missing field `plan` at line 1 column 32\n\n\
             hint: write it with `tollgate check --json`, or name a plan\n",
        ),
        (
            "cut.json",
            "error: the baseline `cut.json` is not the JSON of a check: EOF while parsing a value at line 1 column 31\n\n\
             hint: write it with `tollgate check --json`, or name a plan\n",
        ),
        (
            "none.json",
            "error: cannot read the baseline `none.json`: No such file or directory (os error 2)\n\n\
             hint: name a plan, or JSON that `tollgate check --json` wrote\n",
        ),
    ] {
        let outcome = folder.check("plan.toml", &format!("--baseline @{name}"));
        assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""), "{name}");
        assert_eq!(outcome.stderr, stderr, "{name}");
    }
}

#[test]
fn a_baseline_that_cannot_be_priced_is_said_wherever_the_plan_is() {
    let folder = Folder::new(&[
        (
            "plan.toml",
            &format!("{PLAN}\n[budget]\ntotal = 1000\nincrease = \"1%\"\n"),
        ),
        ("prices.toml", &prices("10")),
        ("base.toml", &PLAN.replace("qwen3-rerank", "no-such-model")),
    ]);
    let flags = "--baseline @base.toml --baseline-name main --output @comment.md";
    let outcome = folder.check("plan.toml", flags);
    let reason = "base.toml:12:1: no model `no-such-model`: `tollgate models` lists every model";
    assert_eq!(
        (outcome.code, outcome.stderr.as_str()),
        (
            0,
            format!(
                "warning: the baseline `main` cannot be priced, so no increase is held: {reason}\n"
            )
            .as_str()
        )
    );
    let first = "plan.toml: ¥121.00 for 30 days, main cannot be priced, within\nbudget\n";
    assert!(outcome.stdout.starts_with(first), "{}", outcome.stdout);
    let comment = written(&outcome, "comment.md");
    for said in [
        "\nChanges since `main`:\n\n`main` cannot be priced, so what changed since it is not known: ",
        "\n- Increase: 1% allowed, not held: the baseline has no cost\n",
    ] {
        assert!(comment.contains(said), "{comment}");
    }
    let github = folder.check("plan.toml", "--baseline @base.toml --format github");
    let warning = format!(
        "::warning title=Baseline cannot be priced::the baseline `base.toml` cannot be priced, so no increase is held: {reason}\n"
    );
    assert!(github.stdout.contains(&warning), "{}", github.stdout);
    let json = folder.json("plan.toml", "--baseline @base.toml");
    assert_eq!(
        (&json["baseline"], &json["baseline_error"]),
        (&serde_json::Value::Null, &reason.into())
    );
}

#[test]
fn a_plan_that_cannot_be_priced_writes_a_comment_and_prints_nothing() {
    let folder = Folder::new(&[("plan.toml", "version = 2\n")]);
    let outcome = folder.check("plan.toml", "--output @comment.md --output @cost.json");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""));
    let comment = written(&outcome, "comment.md").replace(&folder.path(""), "");
    let (marker, comment) = comment.split_once("\n\n").unwrap();
    assert!(marker.starts_with("<!-- tollgate:check "), "{marker}");
    assert_eq!(
        comment,
        "### `plan.toml` cannot be priced, so no budget is held\n\n\
         What has to be mended:\n\n\
         - `plan.toml:1:1`: only version 1 of plans is known: write `version = 1`\n\
         - `plan.toml:1:1`: the plan has no deployment: write `[[deployment]]`, or start from `tollgate check --init`\n"
    );
    assert_eq!(outcome.files.len(), 1);
}

#[test]
fn a_baseline_that_is_missing_is_not_said_of_the_plan() {
    let folder = Folder::new(&[("plan.toml", PLAN), ("prices.toml", &prices("10"))]);
    let outcome = folder.check("plan.toml", "--baseline @none.toml --output @comment.md");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""));
    assert_eq!(outcome.files, []);
}

#[test]
fn a_budget_that_is_exceeded_many_times_is_said_so() {
    let folder = Folder::new(&[
        ("plan.toml", &format!("{PLAN}\n[budget]\ntotal = 11\n")),
        ("prices.toml", &prices("10")),
    ]);
    let outcome = folder.check("plan.toml", "");
    let budget = " Budget   Limit     Cost  Used  Exceeded by\n total   ¥11.00  ¥121.00  11 ×      ¥110.00\n";
    assert_eq!(outcome.code, 3);
    assert!(outcome.stdout.contains(budget), "{}", outcome.stdout);
}

/// What is written to a file.
fn written(outcome: &tollgate::cli::Outcome, name: &str) -> String {
    let mut files = outcome.files.iter();
    let found = files.find(|(path, _)| path.ends_with(name)).unwrap();
    found.1.clone()
}

#[test]
fn a_wrong_catalog_does_not_hide_what_is_wrong_with_the_plan() {
    let folder = Folder::new(&[
        (
            "plan.toml",
            &PLAN.replace("hours = 1\n", "hours = 1\nreplica = 2\n"),
        ),
        ("prices.toml", "version = 7\n"),
    ]);
    let outcome = folder.check("plan.toml", "");
    assert_eq!(outcome.code, 1);
    let lines: Vec<&str> = outcome.stderr.lines().take(2).collect();
    assert!(
        lines[0].starts_with("error: plan.toml:1:1: its prices cannot be read: prices.toml:1:"),
        "{lines:?}"
    );
    assert!(lines[1].starts_with("error: plan.toml:14:1: a deployment by `mu` has no key `replica`: did you mean `replicas`?"), "{lines:?}");
}
